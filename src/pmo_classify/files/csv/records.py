"""The records of delimited text, each with the very text it had."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from pmo_classify.errors import FileError

__all__ = ["LONGEST_RECORD", "Dialect", "Record", "cell_value", "read_batches", "read_records"]

LONGEST_RECORD: Final = 64 * 1024 * 1024
"""Characters that one record may have; a longer one is refused, so that memory stays bounded."""

_LINES_APART: Final = 4_096

Record: TypeAlias = tuple[list[str], str, str]
"""The cells as they are written, the text that they stand in, and the line end after it."""


class Dialect(NamedTuple):
    """How cells are told apart: the delimiter, and the quote around a cell, or None.

    ``quoting`` says which cells the file quotes: ``needed`` (those that must be), ``text`` (those
    that are no numbers) or ``all``.
    """

    delimiter: str
    quote: str | None = '"'
    quoting: str = "needed"


def read_records(texts: Iterable[str], dialect: Dialect, place: str) -> Iterator[Record]:
    r"""Cut text into records and cells as Python's ``csv`` does, and keep every character.

    A record ends with ``\n``, ``\r\n`` or a lone ``\r`` outside quotes; an empty line is a record
    of one empty cell. A quote counts only where it opens a cell.

    >>> list(read_records(['a,"b\n"\r\n', '5" pipe,'], Dialect(","), "ads.csv"))
    [(['a', '"b\n"'], 'a,"b\n"', '\r\n'), (['5" pipe', ''], '5" pipe,', '')]

    A ``FileError`` that starts with ``place`` names the line where a quote opens and never closes,
    and a record longer than ``LONGEST_RECORD``.
    """
    return chain.from_iterable(read_batches(texts, dialect, place))


def read_batches(
    texts: Iterable[str], dialect: Dialect, place: str, lines_before: int = 0
) -> Generator[list[Record]]:
    """Give the records as ``read_records`` does, those that a piece of text completes together.

    ``lines_before`` stand above the text in its file.
    """
    delimiter = dialect.delimiter
    # A line holds one line end at most, so this is in none of them.
    quote = dialect.quote or "\n\n"
    find_cells = _cell_finder(dialect)
    held = _OpenRecord(place, find_cells, quote)
    number = lines_before
    for lines in _lines(texts, place, lines_before):
        batch: list[Record] = []
        for at, line in enumerate(lines, number + 1):
            if held.lines:
                found = held.add(line)
            elif quote not in line:
                body = line.rstrip("\r\n")
                batch.append((body.split(delimiter), body, line[len(body) :]))
                continue
            else:
                found = find_cells(line)
                if found is None:
                    held.open(line, at)
            if found is not None:
                batch.append(found)
        number += len(lines)
        yield batch
    held.check_closed()


class _OpenRecord:
    """The lines of a record whose quoted cell has not closed yet."""

    def __init__(self, place: str, find_cells: Callable[[str], Record | None], quote: str) -> None:
        self.lines: list[str] = []
        # Lines are joined now and then, since many short ones take far more memory than their text.
        self._older: list[str] = []
        self._place = place
        self._find_cells = find_cells
        self._quote = quote
        self._size = 0
        self._start = 0

    def open(self, line: str, number: int) -> None:
        """Hold the first line, which has this number in the file."""
        self.lines.append(line)
        self._size, self._start = len(line), number

    def add(self, line: str) -> Record | None:
        """Hold one more line, and give the record if it closes the cell."""
        if len(self.lines) == _LINES_APART:
            self._older.append("".join(self.lines))
            self.lines.clear()
        self.lines.append(line)
        self._size += len(line)
        if self._size > LONGEST_RECORD:
            raise _too_long(self._place, self._start)
        # Quotes that all stand in pairs close nothing.
        if line.count(self._quote) == 2 * line.count(2 * self._quote):
            return None
        # A line amid a quoted cell reads as one that starts with a quote.
        if self._find_cells(self._quote + line) is None:
            return None
        whole = "".join([*self._older, *self.lines])
        self._older, self.lines = [], []
        return self._find_cells(whole)

    def check_closed(self) -> None:
        if self.lines:
            message = (
                f"{self._place}: line {self._start}: a quote opens a cell here and never closes: "
                "close it, or take it away, and run again"
            )
            raise FileError(message)


def cell_value(raw: str, quote: str | None) -> str:
    """Read a cell as it is written.

    >>> cell_value("'it''s'", "'"), cell_value("5' pipe", "'")
    ("it's", "5' pipe")
    """
    if quote is None or not raw.startswith(quote):
        return raw
    found = _quoted_cell(quote).match(raw)
    if found is None:
        return raw
    return found[1].replace(quote * 2, quote) + raw[found.end() :]


def _lines(texts: Iterable[str], place: str, number: int) -> Iterator[list[str]]:
    """Give the lines that each piece of text completes, with their ends; ``number`` stand above."""
    held: list[str] = []
    size = 0
    for text in filter(None, texts):
        held.append(text)
        size += len(text)
        if size > LONGEST_RECORD + len(text):
            raise _too_long(place, number + 1)
        ends_in_cr = len(held) > 1 and held[-2].endswith("\r")
        if "\n" not in text and "\r" not in text and not ends_in_cr:
            continue
        lines = io.StringIO(held.pop(), newline="").readlines()
        if ends_in_cr and lines[0] != "\n":
            lines.insert(0, "".join(held))
        else:
            lines[0] = "".join([*held, lines[0]])
        # A carriage return at the end may be the first half of a line end.
        held = [] if lines[-1].endswith("\n") else [lines.pop()]
        size = sum(map(len, held))
        number += len(lines)
        yield lines
    if held:
        yield ["".join(held)]


def _too_long(place: str, line: int) -> FileError:
    return FileError(
        f"{place}: line {line}: a record of more than {LONGEST_RECORD:,} characters starts here: "
        "see whether a quote is left open, or cut the cell short"
    )


@cache
def _quoted_cell(quote: str) -> re.Pattern[str]:
    q = re.escape(quote)
    return re.compile(f"{q}([^{q}]*+(?:{q}{q}[^{q}]*+)*+){q}")


def _cell_finder(dialect: Dialect) -> Callable[[str], Record | None]:
    """Make the function that cuts a record into cells, or gives None where a quote is open."""
    d, q = re.escape(dialect.delimiter), re.escape(dialect.quote or "\n")
    quoted = f"{q}[^{q}]*+(?:{q}{q}[^{q}]*+)*+{q}[^{d}]*+"
    find_all = re.compile(f"{d}({quoted}|[^{q}{d}][^{d}]*+|)").findall
    delimiter = dialect.delimiter

    def find_cells(text: str) -> Record | None:
        body = text.rstrip("\r\n")
        cells = find_all(delimiter + body)
        # An open quote is in no cell, so the cells are shorter than the text.
        if sum(map(len, cells)) + len(cells) != len(body) + 1:
            return None
        return cells, body, text[len(body) :]

    return find_cells
