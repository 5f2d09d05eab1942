"""A file of delimited text in pieces: many plain records at once, and with care what is odd."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, TypeAlias

from pmo_classify.files.csv import records as csv_records
from pmo_classify.files.csv.encoding import Encoding, read_block, read_texts
from pmo_classify.files.csv.records import Dialect, Record, read_batches

if TYPE_CHECKING:
    from pmo_classify.files.csv.records_fast import PlainRows, Shape

__all__ = ["CsvText", "Piece", "read_pieces"]

Piece: TypeAlias = "list[Record] | PlainRows"
"""Records cut one by one, or plain ones at once."""

_LARGE_FILE: Final = 1 << 22
_SMALLEST_BLOCK: Final = 1 << 18
_LARGEST_BLOCK: Final = 1 << 22
_GROWTH: Final = 4
_MANY_ROWS: Final = 25_000
_MOST_FOR_LONG_ROWS: Final = 4


class CsvText(NamedTuple):
    """An open file, and how it is read; ``place`` names it in messages."""

    handle: BinaryIO
    encoding: Encoding
    dialect: Dialect
    place: str

    def batches(self) -> Generator[list[Record]]:
        """Give the records from the start, each cut with care, some hundreds at once."""
        texts = read_texts(self.handle, self.encoding, self.place)
        return read_batches(texts, self.dialect, self.place)


def read_pieces(text: CsvText, head: int, width: int, title: int) -> Generator[Piece]:
    """Give the records from the start; those of a large file at once wherever they are plain.

    The first ``head`` records are never given as plain. Plain ones have ``width`` cells, of which
    number ``title``, from 0, is the title. The records are those of ``CsvText.batches``, and so
    are the ``FileError``s.
    """
    # Where the header has no cell above the titles, no plain record has a title.
    if text.handle.seek(0, 2) < _LARGE_FILE or title >= width or not _can_be_plain(text):
        return text.batches()
    # numpy and pyarrow take longer to load than a small file takes to read.
    from pmo_classify.files.csv.records_fast import Shape  # noqa: PLC0415

    delimiter, quote, _ = text.dialect
    shape = Shape(ord(delimiter), None if quote is None else ord(quote), width, title)
    return _ahead(_Reader(text).pieces(head, shape))


def _can_be_plain(text: CsvText) -> bool:
    """Tell whether the marks between cells are single bytes that stand for nothing else."""
    delimiter, quote, _ = text.dialect
    return delimiter.isascii() and (quote or "").isascii() and text.encoding.holds_ascii()


def _ahead(pieces: Iterator[Piece]) -> Generator[Piece]:
    """Make each piece while the one before it is in use; the libraries can work at once."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = thread.submit(next, pieces, None)
            yield piece


def _largest_block(rows: PlainRows) -> int:
    """Say how many bytes to read at once, which long records need more of to be many."""
    needed = _MANY_ROWS * rows.size // rows.count
    return min(max(needed, _LARGEST_BLOCK), _LARGEST_BLOCK * _MOST_FOR_LONG_ROWS)


class _Reader:
    """Reads a file from record to record; ``_at`` bytes and ``_lines`` lines are behind it."""

    def __init__(self, text: CsvText) -> None:
        self._text = text
        self._at = len(text.encoding.bom)
        self._lines = 0

    def pieces(self, head: int, shape: Shape) -> Generator[Piece]:
        """Give all records, each piece starting where the one before it ended."""
        size = _SMALLEST_BLOCK
        while (records := self._with_care()) is not None:
            yield records
            head -= len(records)
            # Blocks grow as long as they are plain, so that an odd file costs little more.
            size = _SMALLEST_BLOCK
            while head <= 0 and (rows := self._at_once(shape, size)) is not None:
                yield rows
                if rows.is_cut:
                    break
                size = min(size * _GROWTH, _largest_block(rows))

    def _at_once(self, shape: Shape, size: int) -> PlainRows | None:
        from pmo_classify.files.csv.records_fast import find_plain_rows  # noqa: PLC0415 - as above

        # A record that may be too long is for those who know the limit.
        size = min(size, csv_records.LONGEST_RECORD)
        block = read_block(self._text.handle, self._at, size, self._text.place)
        rows = find_plain_rows(block, shape) if block else None
        if rows is not None:
            self._at += rows.size
            self._lines += rows.lines
        return rows

    def _with_care(self) -> list[Record] | None:
        """Cut the next records one by one; None at the end of the file."""
        handle, encoding, dialect, place = self._text
        texts = read_texts(handle, encoding, place, self._at)
        for records in read_batches(texts, dialect, place, self._lines):
            if records:
                text = "".join(body + end for _, body, end in records)
                self._at += len(encoding.encode(text))
                self._lines += text.count("\n") + text.count("\r") - text.count("\r\n")
                return records
        return None
