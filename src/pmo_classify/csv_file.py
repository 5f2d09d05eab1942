"""Labelling a CSV file: every record comes back with the text it had, and our cells after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pmo_classify.batch import LABEL_COLUMNS, Labeller, Summary
from pmo_classify.classifier import Classifier
from pmo_classify.csv_kind import check_ending
from pmo_classify.csv_records import Record
from pmo_classify.csv_table import CsvTable, is_blank
from pmo_classify.output import check_source, check_target, default_output
from pmo_classify.streams import open_source, whole_output

__all__ = ["label_csv"]

_LONGEST_TITLE: Final = 10_000
_KNOWN_TITLES: Final = 100_000


def label_csv(
    source: Path | str,
    output: Path | str | None = None,
    *,
    column: str | None = None,
    encoding: str | None = None,
    classifier: Classifier | None = None,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Label a file of delimited text and write it beside the input, or as ``output``.

    Every record comes back with the bytes it had, and the label columns are appended to it in the
    file's own delimiter, quoting, encoding and line end. ``"-"`` as ``source`` is stdin, as
    ``output`` stdout, which is also where the labels of stdin go. Encoding, delimiter, header and
    title column are found, and ``Summary.read_as`` says what they are; ``encoding`` and ``column``
    (a name, letter or number) override what would be found.

    What is odd comes back as it was, and our columns still line up:

    - Rows that are short get empty cells before ours.
    - Where a row has more cells than the header, our columns start after the longest row, and the
      header and the other rows get empty cells before ours; ``Summary.warnings`` says so.
    - Blank lines, and the lines above the header, get nothing.
    - Columns of an earlier run are taken out, and the new ones stand at the end;
      ``Summary.replaced_columns`` names them.
    - Bytes that the encoding which was found does not know stay as they are; a warning names the
      first.

    ``progress`` is called with the number of rows done, now and then. Memory is bounded: a
    record has at most ``csv_records.LONGEST_RECORD`` characters. The input is never changed; the
    output appears whole or not at all.

    A ``FileError`` says what is wrong, where, and what to do: no such file or column, another kind
    of file, a byte that is not in ``encoding``, a quote that never closes, an output that exists
    (unless ``force``).
    """
    target = _checked_target(source, output, force=force)
    classifier = classifier or Classifier()
    with open_source(source) as handle:
        table = CsvTable(handle, source, column, encoding)
        with whole_output(target) as out:
            run = _Run(table, table.header_width, Labeller(classifier), progress)
            try:
                run.write(out)
            except _LongerRowError:
                run = _Run(table, table.widest(), Labeller(classifier), progress)
                run.write(out)
    return run.summary()


def _checked_target(source: Path | str, output: Path | str | None, *, force: bool) -> Path | str:
    if source == "-":
        target = output or "-"
    else:
        check_source(Path(source))
        check_ending(Path(source))
        target = output or default_output(Path(source))
    if target != "-":
        check_target(Path(source), Path(target), force=force)
    return target


class _LongerRowError(Exception):
    """A row has more cells than stand before our columns."""


@dataclass(slots=True)
class _Title:
    """A title with its labels as they are written, and the rows it stood in."""

    text: str
    labels: str
    rows: int = 0


class _Run:
    """One table on its way to the output, with our columns after ``width`` of its own."""

    def __init__(
        self,
        table: CsvTable,
        width: int,
        labeller: Labeller,
        progress: Callable[[int], None] | None,
    ) -> None:
        self._table = table
        self._width = width
        self._labeller = labeller
        self._progress = progress
        self._titles: dict[str, _Title] = {}
        self._rows = 0
        self._short = self._long = 0

    def write(self, out: BinaryIO) -> None:
        """Write the whole table, from the start of the output."""
        out.seek(0)
        out.truncate()
        out.write(self._table.encoding.bom)
        head = self._table.header_number + 1
        for batch in self._table.batches():
            texts = self._head(batch[:head], head) if head else []
            rows = batch[head:] if head else batch
            head -= len(batch) - len(rows)
            texts += self._labelled(rows)
            out.write(self._table.encoding.encode("".join(texts)))
            if self._progress is not None:
                self._progress(self._rows)

    def summary(self) -> Summary:
        """Say what the run found, and what a user should know of it."""
        self._count_rows()
        summary = self._labeller.summary
        summary.replaced_columns = self._table.replaced
        summary.read_as = self._table.read_as()
        odd_byte = self._table.encoding.odd_byte
        if odd_byte is not None:
            summary.warnings.append(
                f"not all of it is {self._table.encoding}: the first odd byte is at "
                f"{odd_byte:,}; such bytes stay as they are"
            )
        if self._long:
            summary.warnings.append(
                f"rows with more cells than the header: {self._long:,}, the longest with "
                f"{self._width:,} cells against {self._table.header_width:,}; "
                "our columns start after the longest row"
            )
        if self._short:
            summary.warnings.append(
                f"rows with fewer cells than the header: {self._short:,}; "
                "they got empty cells before our columns"
            )
        return summary

    def _head(self, records: list[Record], length: int) -> list[str]:
        """Give the text of the records down to the header, the last of ``length``."""
        texts = [body + end for _, body, end in records]
        if len(records) == length:
            header, _, end = records[-1]
            texts[-1] = self._filled(header) + self._table.writer.cells(LABEL_COLUMNS) + end
        return texts

    def _labelled(self, rows: list[Record]) -> list[str]:
        """Give the text of rows with our cells in it."""
        table, at, known = self._table, self._table.title, self._titles.get
        # A row as wide as the header, in a table without longer ones, is written as it stands.
        is_plain = self._width == table.header_width > 1 and not table.replaced
        plain_width = self._width if is_plain else None
        texts = []
        blank = 0
        for cells, body, end in rows:
            if len(cells) == plain_width:
                before, raw = body, cells[at]
            elif is_blank(cells, body):
                blank += 1
                texts.append(body + end)
                continue
            else:
                before, raw = self._filled(cells), cells[at] if at < len(cells) else ""
            title = known(raw) or self._title(raw)
            title.rows += 1
            texts.append(f"{before}{title.labels}{end}")
        self._rows += len(rows) - blank
        return texts

    def _filled(self, cells: list[str]) -> str:
        """Give a record without the cells of an earlier run, and filled up to the width."""
        kept = self._table.kept_cells(cells)
        missing = self._width - len(kept)
        if missing < 0:
            raise _LongerRowError
        self._short += len(kept) < self._table.header_width
        self._long += len(kept) > self._table.header_width
        empty = self._table.writer.cell("")
        return self._table.dialect.delimiter.join([*kept, *[empty] * missing])

    def _title(self, raw: str) -> _Title:
        """Read a title that is met for the first time, or again after many others."""
        if len(self._titles) == _KNOWN_TITLES:
            self._count_rows()
        text = self._table.value(raw)[:_LONGEST_TITLE]
        # A very long title is not kept in memory, so its row is counted at once.
        is_long = len(raw) > _LONGEST_TITLE
        cells = self._labeller.cells(text, rows=int(is_long))
        title = _Title(text, self._table.writer.cells(cells))
        if not is_long:
            self._titles[raw] = title
        return title

    def _count_rows(self) -> None:
        """Tell the labeller how often each title stood, and forget the titles."""
        for title in self._titles.values():
            self._labeller.cells(title.text, rows=title.rows)
        self._titles.clear()
