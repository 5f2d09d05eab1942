"""Stretches of cells as workbooks write them: ``A1:C9``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from pmo_classify.files.title_column import column_letter
from pmo_classify.files.xlsx.limits import LAST_COLUMN
from pmo_classify.files.xlsx.xml import UnreadableXml

__all__ = ["Area", "area_text", "column_number", "parse_area"]

_AREA: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


class Area(NamedTuple):
    """A stretch of cells; rows and columns count from 1, and both ends are in it."""

    top: int
    left: int
    bottom: int
    right: int


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """Give the number of a column from 1; ``UnreadableXml`` for one that no sheet has.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    column = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            column = 0
            break
        column = column * 26 + ord(letter) - 64
    if not 1 <= column <= LAST_COLUMN:
        message = f"has a cell in the column {letters[:20]!r}, which no sheet has"
        raise UnreadableXml(message)
    return column


def parse_area(text: str) -> Area | None:
    """Read ``A1:C9``; None where it is not one plain stretch.

    >>> parse_area("B2:D9")
    Area(top=2, left=2, bottom=9, right=4)
    """
    found = _AREA.fullmatch(text.strip())
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    one = Area(int(top), column_number(left), int(bottom or top), column_number(right or left))
    return one if one.top <= one.bottom and one.left <= one.right else None


def area_text(area: Area) -> str:
    """Write an area as a workbook does.

    >>> area_text(Area(1, 1, 9, 3))
    'A1:C9'
    """
    first, last = column_letter(area.left - 1), column_letter(area.right - 1)
    return f"{first}{area.top}:{last}{area.bottom}"
