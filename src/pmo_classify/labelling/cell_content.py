"""What the cells of a column hold: job titles, other words, or numbers, codes and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.labelling.name_content import names_something
from pmo_classify.reading.cleaning import fold

__all__ = [
    "column_cells",
    "holds_a_role",
    "holds_names",
    "holds_words",
    "is_words",
    "samples",
    "share_of_titles",
]

_LONGEST_TITLE: Final = 200
_LEAST_WORDS: Final = 0.5
_LEAST_NAMES: Final = 0.25
_NAMES_FOR_A_TITLE: Final = 2
_ROLES: Final = frozenset({Tag.ROLE, Tag.TRADE})
_ADDRESS: Final = re.compile(r"://|\bwww\.|\S@\S", re.IGNORECASE)

Rows = Sequence[Sequence[str]]


def column_cells(rows: Rows, position: int) -> list[str]:
    """Return the cells of a column that are not empty."""
    return [row[position] for row in rows if position < len(row) and row[position].strip()]


def share_of_titles(cells: Sequence[str]) -> float:
    """Return the share of cells with a role word, from 0 to 1; 0 if there is no cell.

    >>> share_of_titles(["PMO Analyst", "Leeds"])
    0.5
    """
    return sum(map(holds_a_role, cells)) / len(cells) if cells else 0.0


def holds_words(cells: Sequence[str]) -> bool:
    """Return whether most cells are words, as titles are; true if there is no cell.

    >>> holds_words(["Curators", "Visitor Services Staff"]), holds_words(["DIR01", "LS1 4AB", "7"])
    (True, False)
    """
    return sum(map(is_words, cells)) >= _LEAST_WORDS * len(cells)


def holds_names(cells: Sequence[str]) -> bool:
    """Return whether cells are names of people, bodies or places rather than titles.

    Most are, or a good part of them, and hardly any holds a role.

    >>> holds_names(["Smith, John", "Kowalska, Anna", "Baker"])
    True
    >>> holds_names(["Data Architect", "Sous Chef", "Nurse", "Growth Hacker"])
    False
    """
    others = [cell for cell in cells if not names_something(cell)]
    names, titles = len(cells) - len(others), sum(map(holds_a_role, others))
    if 2 * names > len(cells):
        return True
    return names >= _LEAST_NAMES * len(cells) and names > _NAMES_FOR_A_TITLE * titles


def is_words(cell: str) -> bool:
    """Return whether a cell is words rather than a number, a code, a date or an address.

    >>> is_words("PMO Analyst (12m FTC)"), is_words("JOB-1234"), is_words("3 May 2026")
    (True, False, False)
    >>> is_words("https://ads.example/pmo-lead"), is_words("12 High Street")
    (False, False)
    """
    if _ADDRESS.search(cell):
        return False
    parts = cell.split()
    with_digits = [any(map(str.isdecimal, part)) for part in parts]
    plain = sum(
        not digits and any(map(str.isalpha, part))
        for part, digits in zip(parts, with_digits, strict=True)
    )
    if parts and with_digits[0] and not holds_a_role(cell):
        # A street with its number, or a code with its name.
        return False
    return plain > len(parts) - plain


def holds_a_role(cell: str) -> bool:
    """Return whether a cell names a role, and is short enough to be a title.

    >>> holds_a_role("Head Chef"), holds_a_role("Leeds")
    (True, False)
    """
    if len(cell) > _LONGEST_TITLE:
        return False  # a description, which mentions roles too
    words = re.findall(r"[^\W\d_]+", fold(cell))
    lexicon = default_lexicon()
    found = (lexicon.match(words, i)[0] for i in range(len(words)))
    return any(word is not None and word.tag in _ROLES for word in found)


def samples(cells: Iterable[str], most: int) -> list[str]:
    """Return the first distinct cells, without the spaces around them."""
    return list(dict.fromkeys(cell.strip() for cell in cells))[:most]
