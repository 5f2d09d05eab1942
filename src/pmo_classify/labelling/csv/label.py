"""Labelling a CSV file: every record keeps its text, and the label cells come after it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.files.csv.blocks import Block
from pmo_classify.files.csv.dialect import delimiter_name
from pmo_classify.files.csv.records import Record, is_blank
from pmo_classify.files.csv.table import CsvTable
from pmo_classify.files.csv.writer import CellWriter
from pmo_classify.files.kinds import (
    DELIMITERS,
    FileKind,
    checked_target,
    file_format,
    name_ending,
)
from pmo_classify.files.packing import packed_output
from pmo_classify.files.streams import (
    Parts,
    atomic_output,
    background_writer,
    detect_changes,
    open_source,
)
from pmo_classify.labelling.csv.layout import CsvLayout
from pmo_classify.labelling.label_set import ALL_LABELS, LabelSet
from pmo_classify.labelling.labeller import Labeller, Progress, Summary
from pmo_classify.labelling.pending import PendingBlock, PendingBlocks
from pmo_classify.labelling.title_cache import TitleColumnCache
from pmo_classify.labelling.title_column import is_title_header
from pmo_classify.labelling.workers import WorkerPool

if TYPE_CHECKING:
    from pmo_classify.labelling.csv.title_cache_fast import ArrowTitleCache

__all__ = ["label_csv"]

_BYTES_PER_CHARACTER: Final = 8
"""About how much memory the records of a text take."""


def label_csv(
    source: Path | str,
    output: Path | str | None = None,
    *,
    column: str | None = None,
    encoding: str | None = None,
    header: int | None = None,
    labels: LabelSet = ALL_LABELS,
    classifier: Classifier | None = None,
    force: bool = False,
    jobs: int | None = 1,
    progress: Progress | None = None,
) -> Summary:
    """Label a file of delimited text and write it beside the input, or as ``output``.

    Every record keeps its bytes, and the label columns are appended to it in the delimiter,
    quoting, encoding and line end of the file. ``"-"`` as ``source`` is stdin, as ``output``
    stdout, which is also where the labels of stdin go. Encoding, delimiter, header and title column
    are found, and ``Summary.read_as`` says what they are; ``encoding`` and ``column`` (a name,
    letter or number) are used instead if given. ``header`` is the number of the header row, from
    1, or 0 for a file without one; ``labels`` says which columns are added.

    A file whose name ends in .gz, .bz2, .xz, .zst or .zip is unpacked first, and an output with
    such an ending is compressed. A first row that reads as a title is labelled like the others,
    and a warning says so.

    Odd files come back as they were, and the label columns still line up:

    - Rows that are too short get empty cells before the labels.
    - If a row has more cells than the header, the labels start after the longest row, and the
      header and the other rows get empty cells before them; ``Summary.warnings`` says so.
    - Blank lines, and the lines above the header, get nothing.
    - Label columns of an earlier run are removed, and the new ones are added at the end;
      ``Summary.replaced_columns`` names them.
    - Bytes that are invalid in the encoding found stay as they are; a warning names the first.

    ``jobs`` is the number of processes that read titles, for which a script needs the usual guard
    ``if __name__ == "__main__":``; None starts several when reading takes long. The output is the
    same for any number.

    ``progress`` is called with the rows done and about how many there are. Memory is bounded: a
    record has at most ``csv.records.LONGEST_RECORD`` characters, and if there are many distinct
    titles, some of them are kept in a temporary file. The input is never changed; the output
    appears whole or not at all.

    A ``FileError`` says what is wrong, where, and what to do: no such file or column, another kind
    of file, a byte that is invalid in ``encoding``, a quote that never closes, an output that
    exists (unless ``force``). A ``ValueError`` refuses fewer jobs than one.
    """
    target = checked_target(source, output, FileKind.TEXT, force=force)
    classifier = classifier or Classifier()
    ending = file_format(source).ending
    with (
        WorkerPool(classifier, jobs, has_clean_titles=labels.has_clean_title) as pool,
        open_source(source) as handle,
        detect_changes(source, handle) as check_unchanged,
    ):
        table = CsvTable(handle, source, encoding, is_title_header)
        layout = CsvLayout(table, column, header, labels)
        _check_delimiter(table, ending, target)

        def written(out: BinaryIO, width: int) -> _Run:
            run = _Run(layout, width, Labeller(classifier), pool, progress)
            out.seek(0)
            out.truncate()
            with packed_output(out, target, ending or ".csv") as stream:
                run.write(stream)
            return run

        with atomic_output(target) as out:
            try:
                run = written(out, layout.header_width)
            except _LongerRowError:
                run = written(out, layout.widest())
            check_unchanged()
        return run.summary()


def _check_delimiter(table: CsvTable, ending: str, target: Path | str) -> None:
    """Refuse an output whose ending promises another delimiter than the one that was found."""
    wanted = name_ending(target)
    delimiter = table.dialect.delimiter
    if wanted != ending and delimiter not in DELIMITERS.get(wanted, delimiter):
        message = (
            f"{target}: the labelled copy has the delimiter of its input, here the "
            f"{delimiter_name(delimiter)}: name an output that ends in {ending or '.txt'}"
        )
        raise FileError(message)


class _LongerRowError(Exception):
    """A row has more cells than there is room for before the labels."""


class _Run:
    """Writes one table with its labels, which come after ``width`` cells of its own."""

    def __init__(
        self,
        layout: CsvLayout,
        width: int,
        labeller: Labeller,
        pool: WorkerPool,
        progress: Progress | None,
    ) -> None:
        self._table = table = layout.table
        self._layout = layout
        self._width = width
        self._labeller = labeller
        self._writer = CellWriter(table.dialect, table.encoding)
        self._cache = TitleColumnCache(
            labeller, pool, table.value, layout.labels.writer(self._writer.cells)
        )
        self._arrow_cache: ArrowTitleCache | None = None
        self._head = layout.header_number + 1
        self._pending = PendingBlocks(self._cache, pool, table.size, progress)
        self._short_rows = self._long_rows = 0

    def write(self, out: BinaryIO) -> None:
        """Write the whole table."""
        out.write(self._table.encoding.bom)
        with closing(self._layout.blocks()) as blocks, background_writer(out.writelines) as write:
            for block in blocks:
                if self._cache.is_full:
                    self._clear()
                self._pending.add(self._begun(block, write))
            self._clear()

    def _clear(self) -> None:
        """Write all that was begun, and count its titles."""
        self._pending.write_all()
        self._arrow_cache = None
        self._cache.clear()

    def summary(self) -> Summary:
        """Return what the run found, and what a user should know about it."""
        summary = self._labeller.summary
        summary.replaced_columns = self._layout.replaced
        summary.read_as = self._layout.read_as()
        summary.places = [self._layout.place()._replace(rows=summary.rows)]
        summary.warnings += self._layout.warnings
        odd_byte = self._table.encoding.odd_byte
        if odd_byte is not None:
            summary.warnings.append(
                f"not all of it is {self._table.encoding}: the first odd byte is at "
                f"{odd_byte:,}; such bytes stay as they are"
            )
        if self._long_rows:
            summary.warnings.append(
                f"rows with more cells than the header: {self._long_rows:,}, the longest with "
                f"{self._width:,} cells against {self._layout.header_width:,}; "
                "our columns start after the longest row"
            )
        if self._short_rows:
            summary.warnings.append(
                f"rows with fewer cells than the header: {self._short_rows:,}; "
                "they got empty cells before our columns"
            )
        return summary

    def _begun(self, block: Block, write: Callable[[Parts], None]) -> PendingBlock:
        """Have the new titles of a block read."""
        if not isinstance(block, list):
            arrow = self._arrow_cache = self._arrow_cache or self._new_arrow_cache()
            parts = partial(arrow.labelled, block, arrow.count(block))
            titles = len(self._cache)
            return PendingBlock(block.size, block.size, block.count, titles, lambda: write(parts()))
        head, rows = block[: self._head], block[self._head :]
        texts = self._head_texts(head, is_whole=len(head) == self._head)
        self._head -= len(head)
        raws = [
            None if is_blank(cells, raw_text) else self._layout.title_cell(cells)
            for cells, raw_text, _ in rows
        ]
        blank = raws.count(None)
        labelled = partial(self._labelled, texts, rows, self._cache.count(raws))
        length = sum(len(raw_text) + len(end) for _, raw_text, end in block)
        size = _BYTES_PER_CHARACTER * length
        length *= self._table.encoding.width
        titles = len(self._cache)
        return PendingBlock(size, length, len(rows) - blank, titles, lambda: write(labelled()))

    def _new_arrow_cache(self) -> ArrowTitleCache:
        # The first simple records have loaded the libraries that this loads.
        from pmo_classify.labelling.csv.title_cache_fast import ArrowTitleCache  # noqa: PLC0415

        missing = self._width - self._layout.header_width
        padding = missing * (self._table.dialect.delimiter + self._writer.cell(""))
        return ArrowTitleCache(self._cache, self._table.encoding, padding)

    def _head_texts(self, records: list[Record], *, is_whole: bool) -> list[str]:
        """Return the text of the records down to the header, the last one if they are whole."""
        texts = [raw_text + end for _, raw_text, end in records]
        if records and is_whole and self._layout.has_header:
            header, _, end = records[-1]
            texts[-1] = self._padded(header) + self._writer.cells(self._layout.labels.names) + end
        return texts

    def _labelled(self, texts: list[str], rows: list[Record], numbers: list[int]) -> list[bytes]:
        """Return the bytes of rows with their labels, after the texts above them."""
        table, label = self._table, self._cache.text
        # In a table without longer rows, those as wide as the header are written as they are.
        is_simple = self._width == self._layout.header_width and not self._layout.replaced
        simple_width = self._width if is_simple else None
        for (cells, raw_text, end), number in zip(rows, numbers, strict=True):
            if number < 0:
                texts.append(raw_text + end)
                continue
            before = raw_text if len(cells) == simple_width else self._padded(cells)
            texts.append(f"{before}{label(number)}{end}")
        return [table.encoding.encode("".join(texts))]

    def _padded(self, cells: list[str]) -> str:
        """Return a record without the cells of an earlier run, padded to the width."""
        own = self._layout.own_cells(cells)
        missing = self._width - len(own)
        if missing < 0:
            raise _LongerRowError
        self._short_rows += len(own) < self._layout.header_width
        self._long_rows += len(own) > self._layout.header_width
        empty = self._writer.cell("")
        return self._table.dialect.delimiter.join([*own, *[empty] * missing])
