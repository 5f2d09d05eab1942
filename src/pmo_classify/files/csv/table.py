"""A file of delimited text as a table: its encoding and dialect are found, its records read."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from pmo_classify.errors import FileError
from pmo_classify.files.csv.blocks import Block, CsvText, read_blocks
from pmo_classify.files.csv.dialect import (
    SAMPLE_LENGTH,
    HeaderTest,
    delimiter_name,
    find_dialect,
)
from pmo_classify.files.csv.encoding import find_encoding, read_texts
from pmo_classify.files.csv.records import Record, cell_value, is_blank
from pmo_classify.files.kinds import text_ending
from pmo_classify.files.rows import TextRow
from pmo_classify.files.streams import source_label

__all__ = ["CsvTable"]

_WEB_PAGE: Final = ("a web page or XML", "open it in a spreadsheet and save it as CSV UTF-8")
_OTHER_KINDS: Final = {
    b"PK\x03\x04": ("a workbook or a ZIP archive", "give it its right ending, such as .xlsx"),
    b"\xd0\xcf\x11\xe0": ("an old or an encrypted workbook", "save it as .xlsx or as CSV UTF-8"),
    b"PAR1": ("a Parquet file", "give it the ending .parquet"),
    b"\x1f\x8b": ("compressed by gzip", "give it the ending .gz after its own"),
    b"\x28\xb5\x2f\xfd": ("compressed by Zstandard", "give it the ending .zst after its own"),
    b"\xfd7zXZ\x00": ("compressed by xz", "give it the ending .xz after its own"),
    b"BZh": ("compressed by bzip2", "give it the ending .bz2 after its own"),
    b"<!doctype": _WEB_PAGE,
    b"<html": _WEB_PAGE,
    b"<table": _WEB_PAGE,
    b"<?xml": _WEB_PAGE,
}
"""How files start that are not delimited text but are often taken for it, in lower case."""


class CsvTable:
    """An open file of delimited text, with the encoding and the dialect that were found.

    ``is_header`` helps to find the dialect where the caller knows some of the column names. A
    ``FileError`` says why the file cannot be read as a table.

    >>> import io
    >>> table = CsvTable(io.BytesIO(b"Export\\nid;title\\n7;PMO Lead\\n"), Path("ads.csv"))
    >>> table.read_as()
    {'encoding': 'UTF-8', 'delimiter': 'semicolon'}
    >>> list(table.rows())[-1]
    TextRow(number=3, cells=['7', 'PMO Lead'])
    """

    def __init__(
        self,
        handle: BinaryIO,
        source: Path | str,
        encoding: str | None = None,
        is_header: HeaderTest | None = None,
    ) -> None:
        self.source_name = source_label(source)
        _check_kind(handle, self.source_name)
        self.encoding = find_encoding(handle, encoding, self.source_name)
        texts = read_texts(handle, self.encoding, self.source_name)
        self.dialect = find_dialect(_sample(texts), text_ending(source), is_header)
        self._text = CsvText(handle, self.encoding, self.dialect, self.source_name)

    @property
    def size(self) -> int:
        """The bytes of the file, without its compression."""
        return self._text.handle.seek(0, 2)

    def records(self) -> Iterator[Record]:
        """Read the records from the start of the file, with the text that each has there."""
        return chain.from_iterable(self.batches())

    def batches(self) -> Generator[list[Record]]:
        """Read the records as ``records`` does, in lists of some hundred."""
        return self._text.batches()

    def blocks(self, head: int, width: int, column: int) -> Generator[Block]:
        """Read the records as ``files.csv.blocks.read_blocks`` does: fast where a file is large."""
        return read_blocks(self._text, head, width, column)

    def rows(self) -> Iterator[TextRow]:
        """Read the values of all records that are not blank lines, from the start of the file."""
        for number, (cells, raw_text, _) in enumerate(self.records(), 1):
            if not is_blank(cells, raw_text):
                yield TextRow(number, [self.value(cell) for cell in cells])

    def value(self, raw: str) -> str:
        """Return the value of a cell from the way it is written."""
        return cell_value(raw, self.dialect.quote)

    def read_as(self) -> dict[str, str]:
        """Return how the file is read, for messages."""
        delimiter = delimiter_name(self.dialect.delimiter)
        return {"encoding": str(self.encoding), "delimiter": delimiter}


def _check_kind(handle: BinaryIO, source_name: str) -> None:
    """Refuse a file that is empty, or that starts as other kinds of file do."""
    handle.seek(0)
    start = handle.read(64)
    if not start:
        message = f"{source_name}: the file is empty: give a CSV whose header names the columns"
        raise FileError(message)
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, (kind, fix) in _OTHER_KINDS.items():
        if start.startswith(magic) or (magic[:1] == b"<" and start.lower().startswith(magic)):
            message = f"{source_name}: this is {kind}, not a CSV: {fix}"
            raise FileError(message)


def _sample(texts: Iterator[str]) -> str:
    """Return the start of a text."""
    pieces: list[str] = []
    length = 0
    for text in texts:
        pieces.append(text)
        length += len(text)
        if length >= SAMPLE_LENGTH:
            break
    return "".join(pieces)[:SAMPLE_LENGTH]
