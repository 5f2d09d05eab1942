"""A file of delimited text in blocks: many simple records at once, all others one by one."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, TypeAlias

from pmo_classify.files.browser import IN_BROWSER
from pmo_classify.files.csv import records as csv_records
from pmo_classify.files.csv.encoding import Encoding, read_block, read_texts
from pmo_classify.files.csv.records import Dialect, Record, read_batches

if TYPE_CHECKING:
    from pmo_classify.files.csv.fast import RecordShape, SimpleRecordBlock

__all__ = ["Block", "CsvText", "read_blocks"]

Block: TypeAlias = "list[Record] | SimpleRecordBlock"
"""Records split one by one, or simple ones found together."""

_LARGE_FILE: Final = 1 << 22
_SMALLEST_BLOCK: Final = 1 << 18
_LARGEST_BLOCK: Final = 1 << 22
_GROWTH: Final = 4
_MANY_ROWS: Final = 25_000
_MOST_FOR_LONG_ROWS: Final = 4


class CsvText(NamedTuple):
    """An open file and how it is read; ``source_name`` is its name in messages."""

    handle: BinaryIO
    encoding: Encoding
    dialect: Dialect
    source_name: str

    def batches(self) -> Generator[list[Record]]:
        """Read the records from the start, one by one, in lists of some hundred."""
        texts = read_texts(self.handle, self.encoding, self.source_name)
        return read_batches(texts, self.dialect, self.source_name)


def read_blocks(text: CsvText, head: int, width: int, column: int) -> Generator[Block]:
    """Read the records from the start; those of a large file in simple blocks where possible.

    The first ``head`` records are always read one by one. Records of a simple block have ``width``
    cells, of which number ``column``, from 0, is at hand. The records and the ``FileError``s are
    those of ``CsvText.batches``.
    """
    # If the header has no cell above the column, no simple record has one in it.
    is_small = text.handle.seek(0, 2) < _LARGE_FILE
    if is_small or IN_BROWSER or column >= width or not _has_ascii_marks(text):
        return text.batches()
    # numpy and pyarrow take longer to load than a small file takes to read.
    from pmo_classify.files.csv.fast import RecordShape  # noqa: PLC0415

    delimiter, quote, _ = text.dialect
    shape = RecordShape(ord(delimiter), None if quote is None else ord(quote), width, column)
    return _read_ahead(_BlockReader(text).blocks(head, shape))


def _has_ascii_marks(text: CsvText) -> bool:
    """Return whether delimiter and quote are single bytes that mean nothing else."""
    delimiter, quote, _ = text.dialect
    return delimiter.isascii() and (quote or "").isascii() and text.encoding.extends_ascii()


def _read_ahead(blocks: Iterator[Block]) -> Generator[Block]:
    """Read each block while the one before it is in use; the libraries run in parallel."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = thread.submit(next, blocks, None)
            yield block


def _largest_block(rows: SimpleRecordBlock) -> int:
    """Return how many bytes to read at once: more if records are long."""
    needed = _MANY_ROWS * rows.size // rows.count
    return min(max(needed, _LARGEST_BLOCK), _LARGEST_BLOCK * _MOST_FOR_LONG_ROWS)


class _BlockReader:
    """Reads a file from record to record; ``_position`` and ``_lines`` count what is behind."""

    def __init__(self, text: CsvText) -> None:
        self._text = text
        self._position = len(text.encoding.bom)
        self._lines = 0

    def blocks(self, head: int, shape: RecordShape) -> Generator[Block]:
        """Read all records, each block from where the one before it ended."""
        size = _SMALLEST_BLOCK
        while (records := self._one_by_one()) is not None:
            yield records
            head -= len(records)
            # Blocks grow as long as they are simple, so that an odd file costs little more.
            size = _SMALLEST_BLOCK
            while head <= 0 and (rows := self._simple_block(shape, size)) is not None:
                yield rows
                if rows.is_cut:
                    break
                size = min(size * _GROWTH, _largest_block(rows))

    def _simple_block(self, shape: RecordShape, size: int) -> SimpleRecordBlock | None:
        from pmo_classify.files.csv.fast import find_simple_records  # noqa: PLC0415 - as above

        # A record that may be too long is left to the reader that checks the limit.
        size = min(size, csv_records.LONGEST_RECORD)
        block = read_block(self._text.handle, self._position, size, self._text.source_name)
        rows = find_simple_records(block, shape) if block else None
        if rows is not None:
            self._position += rows.size
            self._lines += rows.lines
        return rows

    def _one_by_one(self) -> list[Record] | None:
        """Read the next records one by one; None at the end of the file."""
        handle, encoding, dialect, source_name = self._text
        texts = read_texts(handle, encoding, source_name, self._position)
        for records in read_batches(texts, dialect, source_name, self._lines):
            if records:
                text = "".join(raw_text + end for _, raw_text, end in records)
                self._position += len(encoding.encode(text))
                self._lines += text.count("\n") + text.count("\r") - text.count("\r\n")
                return records
        return None
