"""Columns and ranges of cells as spreadsheets name them: ``C``, ``A1:C9``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from pmo_classify.files.xlsx.limits import LAST_COLUMN

__all__ = ["CellRange", "column_letter", "column_number", "parse_range", "range_text"]

_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


class CellRange(NamedTuple):
    """A range of cells; rows and columns count from 1, and both ends are inside."""

    top: int
    left: int
    bottom: int
    right: int


def column_letter(index: int) -> str:
    """Return the letters of a column, which counts from 0.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int | None:
    """Return the number of a column, from 1; None if no sheet has such a column.

    >>> column_number("A"), column_number("XFD"), column_number("XFE"), column_number("1")
    (1, 16384, None, None)
    """
    column = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return None
        column = column * 26 + ord(letter) - ord("A") + 1
    return column if 1 <= column <= LAST_COLUMN else None


def parse_range(text: str) -> CellRange | None:
    """Return the range that a workbook writes as ``A1:C9``; None if it is not a single range.

    >>> parse_range("B2:D9")
    CellRange(top=2, left=2, bottom=9, right=4)
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    left, right = column_number(found[1]), column_number(found[3] or found[1])
    if left is None or right is None:
        return None
    cells = CellRange(int(found[2]), left, int(found[4] or found[2]), right)
    return cells if cells.top <= cells.bottom and cells.left <= cells.right else None


def range_text(cells: CellRange) -> str:
    """Return a range as a workbook writes it.

    >>> range_text(CellRange(1, 1, 9, 3))
    'A1:C9'
    """
    first, last = column_letter(cells.left - 1), column_letter(cells.right - 1)
    return f"{first}{cells.top}:{last}{cells.bottom}"
