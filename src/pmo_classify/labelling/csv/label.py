"""Labelling a CSV file: every record comes back with the text it had, and our cells after it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from pmo_classify.classifier import Classifier
from pmo_classify.files.csv.blocks import Piece
from pmo_classify.files.csv.kind import check_ending
from pmo_classify.files.csv.records import Record
from pmo_classify.files.csv.table import CsvTable, is_blank
from pmo_classify.files.output import check_source, check_target, default_output
from pmo_classify.files.streams import (
    Parts,
    open_source,
    unchanging,
    whole_output,
    writing_behind,
)
from pmo_classify.labelling.csv.title_cells import TitleCells
from pmo_classify.labelling.labeller import LABEL_COLUMNS, Labeller, Summary
from pmo_classify.labelling.workers import TitleReaders

if TYPE_CHECKING:
    from pmo_classify.labelling.csv.title_cells_fast import PlainTitles

__all__ = ["label_csv"]

_AHEAD: Final = 1 << 24
_RECORDS_WEIGH: Final = 8


def label_csv(
    source: Path | str,
    output: Path | str | None = None,
    *,
    column: str | None = None,
    encoding: str | None = None,
    classifier: Classifier | None = None,
    force: bool = False,
    jobs: int | None = None,
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

    ``jobs`` is the number of processes that read titles; by default that is decided by how many
    distinct titles there are. The output is the same for any number.

    ``progress`` is called with the number of rows done, now and then. Memory is bounded: a
    record has at most ``csv_records.LONGEST_RECORD`` characters, and of distinct titles so many
    are held, the rest is in a temporary file. The input is never changed; the output appears whole
    or not at all.

    A ``FileError`` says what is wrong, where, and what to do: no such file or column, another kind
    of file, a byte that is not in ``encoding``, a quote that never closes, an output that exists
    (unless ``force``). A ``ValueError`` refuses fewer jobs than one.
    """
    target = _checked_target(source, output, force=force)
    classifier = classifier or Classifier()
    with (
        TitleReaders(classifier, jobs) as readers,
        open_source(source) as handle,
        unchanging(source, handle) as check_unchanged,
    ):
        table = CsvTable(handle, source, column, encoding)
        with whole_output(target) as out:
            run = _Run(table, table.header_width, Labeller(classifier), readers, progress)
            try:
                run.write(out)
            except _LongerRowError:
                run = _Run(table, table.widest(), Labeller(classifier), readers, progress)
                run.write(out)
            check_unchanged()
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


class _Asked(NamedTuple):
    """A piece of the table whose titles are being read: the first ``titles`` must be there.

    ``size`` is about the bytes that it holds, ``parts`` gives the bytes to write.
    """

    size: int
    rows: int
    titles: int
    parts: Callable[[], Parts]


class _Run:
    """One table on its way to the output, with our columns after ``width`` of its own."""

    def __init__(
        self,
        table: CsvTable,
        width: int,
        labeller: Labeller,
        readers: TitleReaders,
        progress: Callable[[int], None] | None,
    ) -> None:
        self._table = table
        self._width = width
        self._labeller = labeller
        self._readers = readers
        self._progress = progress
        self._titles = TitleCells(labeller, readers, table.value, table.writer.cells)
        self._plain: PlainTitles | None = None
        self._head = table.header_number + 1
        self._asked: deque[_Asked] = deque()
        self._rows = 0
        self._short = self._long = 0

    def write(self, out: BinaryIO) -> None:
        """Write the whole table, from the start of the output."""
        out.seek(0)
        out.truncate()
        out.write(self._table.encoding.bom)
        with closing(self._table.pieces()) as pieces, writing_behind(out) as write:
            for piece in pieces:
                if self._titles.is_full:
                    self._write_asked(write)
                    self._titles.forget()
                    self._plain = None
                self._asked.append(self._ask(piece))
                # While others read the titles of these rows, we go on to the next rows.
                self._write_asked(write, _AHEAD if self._readers.are_helped else 0)
            self._write_asked(write)
        self._titles.forget()

    def summary(self) -> Summary:
        """Say what the run found, and what a user should know of it."""
        summary = self._labeller.summary
        summary.replaced_columns = self._table.replaced
        summary.read_as = self._table.read_as()
        odd_byte = self._table.encoding.odd_byte
        if odd_byte is not None:
            summary.warnings.append(
                f"not all of it is {self._table.encoding}: the first odd byte is at "
                f"{odd_byte:,}; such bytes stay as they are"
            )
        if self._readers.lost_helper:
            summary.warnings.append("helpers could not read on; the rest was read without them")
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

    def _write_asked(self, write: Callable[[Parts], None], most: int = 0) -> None:
        """Write the pieces that wait, until those that still do have less than this size."""
        size = sum(asked.size for asked in self._asked)
        while self._asked and size >= most:
            asked = self._asked.popleft()
            size -= asked.size
            self._titles.wait(asked.titles)
            write(asked.parts())
            self._rows += asked.rows
            if self._progress is not None:
                self._progress(self._rows)

    def _ask(self, piece: Piece) -> _Asked:
        """Have the titles of a piece read, those that are new."""
        if not isinstance(piece, list):
            plain = self._plain = self._plain or self._new_plain()
            write = partial(plain.labelled, piece, plain.count(piece))
            return _Asked(piece.size, piece.count, len(self._titles), write)
        head, rows = piece[: self._head], piece[self._head :]
        texts = self._headed(head, is_whole=len(head) == self._head)
        self._head -= len(head)
        raws = [self._raw(cells, body) for cells, body, _ in rows]
        blank = raws.count(None)
        parts = partial(self._labelled, texts, rows, self._titles.count(raws))
        size = _RECORDS_WEIGH * sum(len(body) for _, body, _ in piece)
        return _Asked(size, len(rows) - blank, len(self._titles), parts)

    def _new_plain(self) -> PlainTitles:
        # The first plain rows have loaded what this loads.
        from pmo_classify.labelling.csv.title_cells_fast import PlainTitles  # noqa: PLC0415

        missing = self._width - self._table.header_width
        padding = missing * (self._table.dialect.delimiter + self._table.writer.cell(""))
        return PlainTitles(self._titles, self._table.encoding, padding)

    def _raw(self, cells: list[str], body: str) -> str | None:
        """Give the title cell of a row as it is written; None for a blank line."""
        if is_blank(cells, body):
            return None
        at = self._table.title
        return cells[at] if at < len(cells) else ""

    def _headed(self, records: list[Record], *, is_whole: bool) -> list[str]:
        """Give the text of the records down to the header, the last of them if they are whole."""
        texts = [body + end for _, body, end in records]
        if records and is_whole:
            header, _, end = records[-1]
            texts[-1] = self._filled(header) + self._table.writer.cells(LABEL_COLUMNS) + end
        return texts

    def _labelled(self, texts: list[str], rows: list[Record], numbers: list[int]) -> list[bytes]:
        """Give the bytes of rows with our cells in them, after the texts above them."""
        table, label = self._table, self._titles.text
        # A row as wide as the header, in a table without longer ones, is written as it stands.
        is_plain = self._width == table.header_width and not table.replaced
        plain_width = self._width if is_plain else None
        for (cells, body, end), number in zip(rows, numbers, strict=True):
            if number < 0:
                texts.append(body + end)
                continue
            before = body if len(cells) == plain_width else self._filled(cells)
            texts.append(f"{before}{label(number)}{end}")
        return [table.encoding.encode("".join(texts))]

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
