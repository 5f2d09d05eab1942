"""The records of delimited text, each with the exact text that it has in the file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from pmo_classify.errors import FileError

__all__ = [
    "LONGEST_RECORD",
    "Dialect",
    "Record",
    "cell_value",
    "is_blank",
    "read_batches",
    "read_records",
]

LONGEST_RECORD: Final = 64 * 1024 * 1024
"""The most characters of a record; a longer one is refused, so that memory stays bounded."""

_LINES_APART: Final = 4_096

Record: TypeAlias = tuple[list[str], str, str]
"""The cells as they are written, the raw text of the record, and the line end after it."""


class Dialect(NamedTuple):
    """The delimiter between cells, and the quote around a cell, or None.

    ``quoting`` says which cells the file quotes: ``needed`` (only where necessary), ``text`` (all
    but numbers) or ``all``.
    """

    delimiter: str
    quote: str | None = '"'
    quoting: str = "needed"


def read_records(texts: Iterable[str], dialect: Dialect, source_name: str) -> Iterator[Record]:
    r"""Split text into records and cells as Python's ``csv`` does, and keep every character.

    A record ends with ``\n``, ``\r\n`` or a lone ``\r`` outside quotes; an empty line is a record
    of one empty cell. A quote counts only if it opens a cell.

    >>> list(read_records(['a,"b\n"\r\n', '5" pipe,'], Dialect(","), "ads.csv"))
    [(['a', '"b\n"'], 'a,"b\n"', '\r\n'), (['5" pipe', ''], '5" pipe,', '')]

    A ``FileError`` that starts with ``source_name`` names the line of a quote that never closes,
    or of a record longer than ``LONGEST_RECORD``.
    """
    return chain.from_iterable(read_batches(texts, dialect, source_name))


def read_batches(
    texts: Iterable[str], dialect: Dialect, source_name: str, lines_before: int = 0
) -> Generator[list[Record]]:
    """Read records as ``read_records`` does, in lists: those that a piece of text completes.

    ``lines_before`` is the number of lines above the text in its file.
    """
    delimiter = dialect.delimiter
    # A line holds one line end at most, so this is in none of them.
    quote = dialect.quote or "\n\n"
    find_cells = _cell_finder(dialect)
    open_record = _OpenRecord(source_name, find_cells, quote)
    number = lines_before
    for lines in _lines(texts, source_name, lines_before):
        batch: list[Record] = []
        for at, line in enumerate(lines, number + 1):
            if open_record.lines:
                found = open_record.add(line)
            elif quote not in line:
                raw_text = line.rstrip("\r\n")
                batch.append((raw_text.split(delimiter), raw_text, line[len(raw_text) :]))
                continue
            else:
                found = find_cells(line)
                if found is None:
                    open_record.open(line, at)
            if found is not None:
                batch.append(found)
        number += len(lines)
        yield batch
    open_record.check_closed()


class _OpenRecord:
    """The lines of a record whose quoted cell has not closed yet."""

    def __init__(
        self, source_name: str, find_cells: Callable[[str], Record | None], quote: str
    ) -> None:
        self.lines: list[str] = []
        # Lines are joined now and then, since many short ones take far more memory than one text.
        self._older: list[str] = []
        self._source_name = source_name
        self._find_cells = find_cells
        self._quote = quote
        self._size = 0
        self._start = 0

    def open(self, line: str, number: int) -> None:
        """Start with a line, which has this number in the file."""
        self.lines.append(line)
        self._size, self._start = len(line), number

    def add(self, line: str) -> Record | None:
        """Add a line, and return the record if it closes the cell."""
        if len(self.lines) == _LINES_APART:
            self._older.append("".join(self.lines))
            self.lines.clear()
        self.lines.append(line)
        self._size += len(line)
        if self._size > LONGEST_RECORD:
            raise _too_long(self._source_name, self._start)
        # Doubled quotes close nothing.
        if line.count(self._quote) == 2 * line.count(2 * self._quote):
            return None
        # A line inside a quoted cell reads like one that starts with a quote.
        if self._find_cells(self._quote + line) is None:
            return None
        whole = "".join([*self._older, *self.lines])
        self._older, self.lines = [], []
        return self._find_cells(whole)

    def check_closed(self) -> None:
        if self.lines:
            message = (
                f"{self._source_name}: line {self._start}: a quote opens a cell here and never "
                "closes: close or remove it, and run again"
            )
            raise FileError(message)


def is_blank(cells: list[str], raw_text: str) -> bool:
    """Return whether a record is a blank line: no delimiter, and nothing but spaces.

    >>> is_blank([""], ""), is_blank(["", ""], ",")
    (True, False)
    """
    return len(cells) == 1 and not raw_text.strip()


def cell_value(raw: str, quote: str | None) -> str:
    """Return the value of a cell from the way it is written.

    >>> cell_value("'it''s'", "'"), cell_value("5' pipe", "'")
    ("it's", "5' pipe")
    """
    if quote is None or not raw.startswith(quote):
        return raw
    found = _quoted_cell(quote).match(raw)
    if found is None:
        return raw
    return found[1].replace(quote * 2, quote) + raw[found.end() :]


def _lines(texts: Iterable[str], source_name: str, number: int) -> Iterator[list[str]]:
    """Split each piece into the lines that it completes, with their ends; ``number`` are above."""
    pending: list[str] = []
    size = 0
    for text in filter(None, texts):
        pending.append(text)
        size += len(text)
        if size > LONGEST_RECORD + len(text):
            raise _too_long(source_name, number + 1)
        ends_in_cr = len(pending) > 1 and pending[-2].endswith("\r")
        if "\n" not in text and "\r" not in text and not ends_in_cr:
            continue
        lines = io.StringIO(pending.pop(), newline="").readlines()
        if ends_in_cr and lines[0] != "\n":
            lines.insert(0, "".join(pending))
        else:
            lines[0] = "".join([*pending, lines[0]])
        # A carriage return at the end may be the first half of a line end.
        pending = [] if lines[-1].endswith("\n") else [lines.pop()]
        size = sum(map(len, pending))
        number += len(lines)
        yield lines
    if pending:
        yield ["".join(pending)]


def _too_long(source_name: str, line: int) -> FileError:
    return FileError(
        f"{source_name}: line {line}: a record of more than {LONGEST_RECORD:,} characters starts "
        "here: look for a quote that is not closed, or shorten the cell"
    )


@cache
def _quoted_cell(quote: str) -> re.Pattern[str]:
    q = re.escape(quote)
    return re.compile(f"{q}([^{q}]*+(?:{q}{q}[^{q}]*+)*+){q}")


def _cell_finder(dialect: Dialect) -> Callable[[str], Record | None]:
    """Return a function that splits a record into cells; None if a quote is open at its end."""
    d, q = re.escape(dialect.delimiter), re.escape(dialect.quote or "\n")
    quoted = f"{q}[^{q}]*+(?:{q}{q}[^{q}]*+)*+{q}[^{d}]*+"
    find_all = re.compile(f"{d}({quoted}|[^{q}{d}][^{d}]*+|)").findall
    delimiter = dialect.delimiter

    def find_cells(text: str) -> Record | None:
        raw_text = text.rstrip("\r\n")
        cells = find_all(delimiter + raw_text)
        # An open quote is in no cell, so the cells are shorter than the text.
        if sum(map(len, cells)) + len(cells) != len(raw_text) + 1:
            return None
        return cells, raw_text, text[len(raw_text) :]

    return find_cells
