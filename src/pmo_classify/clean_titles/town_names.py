"""The names of towns in ``data/clean/towns.txt``, and how a word relates to a town beside it."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.knowledge.place_words import place_words, towns
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = ["MAY_BE_TOWN", "is_listed", "is_no_other_word", "starts_a_town", "use_of"]

MAY_BE_TOWN: Final = frozenset({Tag.UNKNOWN, Tag.ACRONYM, Tag.PLACE})
"""Tags of which every town has at least one word."""


def is_no_other_word(token: Token) -> bool:
    """Return whether a word is a place or unknown, even if it ends like a trade: "Ladysmith"."""
    return token.tag in MAY_BE_TOWN or not default_lexicon().knows(token.written)


@lru_cache(maxsize=WORD_CACHE_SIZE)
def is_listed(name: str) -> bool:
    """Return whether a name, in lower case without accents, is that of a town.

    >>> is_listed("bad homburg"), is_listed("homburg payroll")
    (True, False)
    """
    names = towns()
    at = bisect_left(names, name)
    return at < len(names) and names[at] == name


@lru_cache(maxsize=WORD_CACHE_SIZE)
def starts_a_town(word: str) -> bool:
    """Return whether the name of a town is a word, or starts with it: "new"."""
    names = towns()
    at = bisect_left(names, word)
    # The blank comes before all letters.
    return word != "" and at < len(names) and f"{names[at]} ".startswith(f"{word} ")


def use_of(token: Token) -> str:
    """Return how a word relates to a place beside it, such as "link", or "" if not at all."""
    return place_words().get(token.written, "")
