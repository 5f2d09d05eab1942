"""The parts of words that say what the whole word is: endings of roles and trades, and starts.

They are the rows of ``data/word_parts.csv``, and help to read words that no table lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from pmo_classify.knowledge.tables import read_shipped_rows

__all__ = ["PartKind", "PartRow", "endings", "read_part_rows", "starts", "word_parts"]


class PartKind(StrEnum):
    """What a part says about its word."""

    ROLE = "role"
    """it is a compound that names a role: "Prozessmanager" """
    TRADE = "trade"
    """it is a person of a trade that no table lists: "Landscapist" """
    GENDER = "gender"
    """it has a female form after a sign: "Projektleiter/in" """
    SHARED = "shared"
    """it joins two compounds that share an ending: "Projekt- und Programmleiter" """
    SERVICE = "service"
    """it starts a word for a public service: Polish "stypendialny", German "Stipendienwerk" """


class PartRow(NamedTuple):
    """One row of the table, with its file and line."""

    file: str
    line: int
    part: str
    kind: str
    language: str
    example: str
    answer: str


def read_part_rows() -> list[PartRow]:
    """Return the rows of the table."""
    file = "word_parts.csv"
    rows = enumerate(read_shipped_rows(file), start=2)
    return [PartRow(file, number, *cells) for number, cells in rows]


def word_parts(kind: PartKind) -> tuple[str, ...]:
    """Return the parts of one kind, the longest first.

    >>> word_parts(PartKind.GENDER)[:2]
    ('niczka', 'czyni')
    """
    return _parts()[kind]


@cache
def endings(kind: PartKind) -> Mapping[str, tuple[str, ...]]:
    """Return the parts of one kind by their last two letters, so that few are tried on a word.

    >>> "landscapist".endswith(endings(PartKind.TRADE)["st"])
    True
    """
    return _grouped(word_parts(kind), slice(-2, None))


@cache
def starts(kind: PartKind) -> Mapping[str, tuple[str, ...]]:
    """Return the parts of one kind by their first two letters.

    >>> "stipendienwerk".startswith(starts(PartKind.SERVICE)["st"])
    True
    """
    return _grouped(word_parts(kind), slice(2))


def _grouped(parts: Iterable[str], letters: slice) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for part in parts:
        groups[part[letters]] = (*groups.get(part[letters], ()), part)
    return groups


@cache
def _parts() -> Mapping[str, tuple[str, ...]]:
    rows = sorted(read_part_rows(), key=lambda row: (-len(row.part), row.part))
    return {kind: tuple(row.part for row in rows if row.kind == kind) for kind in PartKind}
