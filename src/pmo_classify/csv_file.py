"""Labelling a CSV or TSV file: read row by row, written whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from pmo_classify.batch import LABEL_COLUMNS, Labeller, Summary
from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.output import check_source, check_target, default_output, whole_file

__all__ = ["label_csv"]

_DELIMITERS: Final = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_LONGEST_CELL: Final = 2**31 - 1
_HEADER_WORDS: Final = (
    "job title",
    "title",
    "position",
    "role",
    "post",
    "vacancy",
    "business title",
)


def label_csv(
    source: Path,
    output: Path | None = None,
    *,
    column: str | None = None,
    classifier: Classifier | None = None,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Label a CSV or TSV file and write it beside the input, or as ``output``.

    The title column is the one called ``column``; without it, the one whose header says that it
    holds titles. The rows are kept in order, with the label columns after the user's own; columns
    of an earlier run are replaced, and the summary names them. ``progress`` is called with the
    number of rows done. The input is never changed; the output appears whole or not at all.

    A ``FileError`` says what is wrong, where, and what to do: no such file or column, not UTF-8,
    a row longer than the header, an output that exists (unless ``force``).
    """
    target = output or default_output(source)
    check_source(source)
    _check_kind(source)
    check_target(source, target, force=force)
    labeller = Labeller(classifier or Classifier())
    with _open_source(source) as handle, whole_file(target) as raw:
        out = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        run = _Run(source, labeller, column)
        for row in run.rows(handle, out):
            run.write(row)
            if progress is not None:
                progress(labeller.summary.rows)
        out.detach()
    return labeller.summary


class _Run:
    """One file on its way from input to output."""

    def __init__(self, source: Path, labeller: Labeller, column: str | None) -> None:
        self._source = source
        self._labeller = labeller
        self._column = column

    def rows(self, handle: TextIO, out: TextIO) -> Iterator[list[str]]:
        """Read the header, write ours, and give the rows that follow."""
        csv.field_size_limit(_LONGEST_CELL)
        delimiter = _DELIMITERS[self._source.suffix.lower()]
        self._reader = csv.reader(handle, delimiter=delimiter)
        rows = _readable(self._source, self._reader)
        header = next(rows, None)
        if header is None:
            message = f"{self._source}: the file is empty: give a CSV whose first row names columns"
            raise FileError(message)
        self._at = _find_column(self._source, header, self._column)
        self._width = len(header)
        self._kept = [i for i, name in enumerate(header) if name not in LABEL_COLUMNS]
        replaced = tuple(name for name in header if name in LABEL_COLUMNS)
        self._labeller.summary.replaced_columns = replaced
        end = _line_end(self._source)
        self._writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
        self._writer.writerow([*(header[i] for i in self._kept), *LABEL_COLUMNS])
        yield from rows

    def write(self, row: list[str]) -> None:
        """Write one row with its labels; a short one is filled up, a blank line stays one."""
        if not row:
            self._writer.writerow([])
            return
        if len(row) > self._width:
            message = (
                f"{self._source}: line {self._reader.line_num}: {len(row)} cells under "
                f"{self._width} columns: quote the cell that holds the delimiter, and run again"
            )
            raise FileError(message)
        full = [*row, *[""] * (self._width - len(row))]
        self._writer.writerow(
            [*(full[i] for i in self._kept), *self._labeller.cells(full[self._at])]
        )


def _readable(source: Path, reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except UnicodeDecodeError as error:
        message = f"{source}: not UTF-8 at byte {error.start}: save the file as CSV UTF-8"
        raise FileError(message) from None
    except csv.Error as error:
        message = f"{source}: not a readable CSV: {error}"
        raise FileError(message) from None


def _find_column(source: Path, header: Sequence[str], column: str | None) -> int:
    names = [name.strip().casefold() for name in header]
    listing = ", ".join(repr(name) for name in header)
    if column is not None:
        found = [i for i, name in enumerate(names) if name == column.strip().casefold()]
        if not found:
            message = f"{source}: there is no column {column!r}: name one of {listing}"
            raise FileError(message)
        return found[0]
    found = [i for i, name in enumerate(names) if name in _HEADER_WORDS]
    if len(found) != 1:
        what = "no column is called a title" if not found else "several columns may hold the title"
        message = f"{source}: {what}: say which with --column; the columns are {listing}"
        raise FileError(message)
    return found[0]


def _check_kind(source: Path) -> None:
    if source.suffix.lower() not in _DELIMITERS:
        message = f"{source}: not a CSV or TSV file by its ending: save it as .csv"
        raise FileError(message)


@contextmanager
def _open_source(source: Path) -> Iterator[TextIO]:
    try:
        handle = source.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        message = f"{source}: cannot be read: {error.strerror or error}"
        raise FileError(message) from None
    with handle:
        yield handle


def _line_end(source: Path) -> str:
    with source.open("rb") as handle:
        return "\r\n" if handle.readline(65_536).endswith(b"\r\n") else "\n"
