"""How clearly a header says that its column holds job titles, or something else."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.reading.cleaning import fold

__all__ = ["CERTAIN", "MAX_HEADER_LENGTH", "header_strength", "is_title_header", "names_another"]

MAX_HEADER_LENGTH: Final = 40
"""A longer cell is no header."""

CERTAIN: Final = 3
"""The strength of a header that leaves no doubt."""

_CLEAR: Final = 2
_CERTAINTIES: Final = ("none", "possible", "likely", "certain")
_NEVER: Final = "never"


def is_title_header(cell: str) -> bool:
    """Return whether a cell alone is enough to know that its column holds titles.

    >>> is_title_header("JOB_TITLE"), is_title_header("ad;job title")
    (True, False)
    """
    return _header_words().get(" ".join(_words(cell)), 0) >= _CLEAR


def header_strength(header: str) -> int:
    """Return how clearly a header says that its column holds titles, from 0 to 3.

    >>> [header_strength(header) for header in ("Job title", "Generic Job Title", "Post A")]
    [3, 2, 1]
    >>> header_strength("Number of Job Postings"), header_strength("Town")
    (0, 0)
    """
    if len(header) > MAX_HEADER_LENGTH:
        return 0
    words = _words(header)
    known = _header_words()
    whole = known.get(" ".join(words))
    if whole is not None:
        return whole
    # A number is a code of the data, and another word says that only a part of the title is meant.
    if any(map(str.isdecimal, "".join(words))) or names_another(header):
        return 0
    runs = (
        known.get(" ".join(words[start:end]), 0)
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    return max(0, max(runs, default=0) - 1)


def names_another(header: str) -> bool:
    """Return whether a header says that its column holds no titles, whatever it seems to hold.

    >>> names_another("Job URL"), names_another("Job description"), names_another("Job title")
    (True, True, False)
    """
    words = _words(header)
    return " ".join(words) not in _header_words() and not _other_words().isdisjoint(words)


def _words(header: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(header))


@cache
def _header_words() -> dict[str, int]:
    rows = read_shipped_rows("header_words.csv")
    return {
        header: _CERTAINTIES.index(certainty) for header, certainty in rows if certainty != _NEVER
    }


@cache
def _other_words() -> frozenset[str]:
    rows = read_shipped_rows("header_words.csv")
    return frozenset(header for header, certainty in rows if certainty == _NEVER)
