"""Rows of a table as text, and the first of them, among which its header is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["PREVIEW_ROWS", "TextRow", "first_rows"]

PREVIEW_ROWS: Final = 60
"""Rows at the start of a table among which its header is looked for."""

_PREVIEW_CHARACTERS: Final = 1 << 22


class TextRow(NamedTuple):
    """A row of a table: its number from 1, as a spreadsheet counts, and its cells as text."""

    number: int
    cells: list[str]


def first_rows(rows: Iterator[TextRow]) -> list[TextRow]:
    """Take the first rows of a table, among which the header is looked for.

    They are ``PREVIEW_ROWS``, or fewer if they are very long.
    """
    taken: list[TextRow] = []
    length = 0
    while len(taken) < PREVIEW_ROWS and length <= _PREVIEW_CHARACTERS:
        row = next(rows, None)
        if row is None:
            break
        taken.append(row)
        length += sum(map(len, row.cells))
    return taken
