"""The endings of words: of roles, of trades and of female forms.

They are the rows of ``data/word_endings.csv``, and help to read words that no table lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from pmo_classify.knowledge.tables import read_shipped_rows

__all__ = ["EndingKind", "EndingRow", "read_ending_rows", "word_endings"]


class EndingKind(StrEnum):
    """What an ending says about its word."""

    ROLE = "role"
    """it is a compound that names a role: "Prozessmanager" """
    TRADE = "trade"
    """it is a person of a trade that no table lists: "Landscapist" """
    GENDER = "gender"
    """it has a female form after a sign: "Projektleiter/in" """
    SHARED = "shared"
    """it joins two compounds that share an ending: "Projekt- und Programmleiter" """


class EndingRow(NamedTuple):
    """One row of the table, with its file and line."""

    file: str
    line: int
    ending: str
    kind: str
    language: str
    example: str
    answer: str


def read_ending_rows() -> list[EndingRow]:
    """Return the rows of the table."""
    file = "word_endings.csv"
    rows = enumerate(read_shipped_rows(file), start=2)
    return [EndingRow(file, number, *cells) for number, cells in rows]


def word_endings(kind: EndingKind) -> tuple[str, ...]:
    """Return the endings of one kind, the longest first.

    >>> word_endings(EndingKind.GENDER)[:2]
    ('niczka', 'czyni')
    """
    return _endings()[kind]


@cache
def _endings() -> Mapping[str, tuple[str, ...]]:
    rows = sorted(read_ending_rows(), key=lambda row: (-len(row.ending), row.ending))
    return {kind: tuple(row.ending for row in rows if row.kind == kind) for kind in EndingKind}
