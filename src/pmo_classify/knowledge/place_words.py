"""Words around places and the names of towns, which clean titles leave out.

They are in ``data/clean/place_words.csv`` and ``data/clean/towns.txt``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from pmo_classify.knowledge.tables import read_shipped, read_shipped_rows

__all__ = [
    "branch_words",
    "is_state",
    "listed_codes",
    "mall_words",
    "place_words",
    "place_words_of",
    "towns",
]

_SECOND_USES: Final = (
    "where",
    "in",
    "after",
    "area",
    "code",
    "employer",
    "field",
    "kind",
    "label",
    "listed",
    "shop",
    "topic",
    "worker",
)
"""The uses that a word may have beside another one."""
_NONE: Final[frozenset[str]] = frozenset()


@cache
def place_words() -> Mapping[str, str]:
    """Return the words that say what a place is to a title: its "link", its "subject", a "state".

    >>> place_words()["in"], place_words()["country"]
    ('link', 'subject')
    """
    uses = _forms_by_use().items()
    return {form: use for use, forms in uses if use not in _SECOND_USES for form in forms}


@cache
def place_words_of(use: str) -> frozenset[str]:
    """Return the words with a use that they may have beside another one, such as "where".

    >>> "standort" in place_words_of("where"), "west" in place_words_of("area")
    (True, True)

    The uses are listed in CONTRIBUTING.md.
    """
    return _forms_by_use().get(use, _NONE)


@cache
def _forms_by_use() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for form, use, *_ in read_shipped_rows("clean/place_words.csv"):
        found.setdefault(use, set()).add(form)
    return {use: frozenset(forms) for use, forms in found.items()}


def is_state(word: str) -> bool:
    """Return whether a word is the abbreviation of a state, which follows its town.

    >>> is_state("SP"), is_state("Recife")
    (True, False)
    """
    return place_words().get(word.lower()) == "state"


@cache
def branch_words() -> frozenset[str]:
    """Return the words in front of the name or number of a branch: "Filial 09".

    >>> "filial" in branch_words()
    True
    """
    return frozenset(form for form, use in place_words().items() if use in ("branch", "mall"))


@cache
def mall_words() -> frozenset[str]:
    """Return the words in the name of a shopping centre: "Zorba Shopping".

    >>> "shopping" in mall_words()
    True
    """
    return frozenset(form for form, use in place_words().items() if use == "mall")


@cache
def listed_codes() -> frozenset[str]:
    """Return the short names that are places only in a list of them: the "DE" in "FR, DE, UK".

    >>> "de" in listed_codes()
    True
    """
    states = frozenset(form for form, use in place_words().items() if use == "state")
    return place_words_of("listed") | place_words_of("after") | states


@cache
def towns() -> Sequence[str]:
    """Return the names of towns and regions, in order, in lower case without accents.

    >>> towns()[:2]
    ['a coruna', 'a dos cunhados']
    """
    # In order, for a search by halves: a set of so many names would take twice as long to load.
    return read_shipped("clean/towns.txt").splitlines()
