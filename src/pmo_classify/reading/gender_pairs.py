"""One form for a role that is written in both genders: "Camarera/o", "Księgowa / Księgowy".

The male form stays, as it does where only an ending is added to it: "Camarero/a".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from pmo_classify.knowledge.clean_words import gender_pairs
from pmo_classify.reading.cleaning import fold
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = ["without_pairs"]

_SIGN = re.compile(r"[/|*:·_]|\(-?[^\W\d_]{1,3}\)|-[^\W\d_]{1,3}(?![\w-])")
"""A sign that all pairs have but those with a dash between them; it is found faster than they."""
_PAIR = re.compile(
    r"(?<![\w-])([^\W\d_]{3,})"
    r"(?:\s?[/|*:·]\s?([^\W\d_]{3,})"
    r"|[/*_:·]-?([^\W\d_]{1,4})|-([^\W\d_]{1,3})|\s?\(-?([^\W\d_]{1,3})\))(?![\w-])"
)
"""A word with a sign and another word, or with a sign and what may be an ending."""
_APART = re.compile(r"(?<![\w-])([^\W\d_]{3,})\s-\s([^\W\d_]{3,})(?![\w-])")
_SHORTEST_STEM: Final = 3
_LONGEST_ENDING: Final = 3
_NO_ENDINGS: Final = frozenset("dfhkmwx")
_WHOLE: Final = "^"
"""How the pattern of a female form starts that is a word of its own: "Femme/Homme"."""


def without_pairs(text: str) -> str:
    """Return text with the male form of each role that it has in both genders.

    >>> without_pairs("Starsza/y Księgowa | Księgowy"), without_pairs("Cook/Baker")
    ('Starszy Księgowy', 'Cook/Baker')
    """
    if _SIGN.search(text):
        text = _PAIR.sub(_with_one, text)
    return _APART.sub(_with_one_of_two, text) if " - " in text else text


def _with_one(found: re.Match[str]) -> str:
    word, other, *endings = found.groups()
    one = _male_of_two(word, other) if other else ""
    return one or _with_ending(word, other or next(filter(None, endings))) or found[0]


def _with_one_of_two(found: re.Match[str]) -> str:
    return _male_of_two(found[1], found[2]) or found[0]


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _male_of_two(word: str, other: str) -> str:
    """Return the male form where one word is the female form of the other, or ""."""
    first, second = fold(word), fold(other)
    if first[:2] != second[:2] and _whole_words().isdisjoint((first, second)):
        return ""
    for male, female in gender_pairs():
        for form, small, kept in ((first, second, word), (second, first, other)):
            stem = female.sub("", small)
            is_long = len(stem) >= _SHORTEST_STEM or female.pattern.startswith(_WHOLE)
            if is_long and stem != small and form == stem + male:
                return (kept[0].upper() if word[0].isupper() else kept[0]) + kept[1:]
    return ""


@cache
def _whole_words() -> frozenset[str]:
    """Return the female forms that do not start as the male ones do: "femme"."""
    patterns = (female.pattern for _, female in gender_pairs())
    return frozenset(pattern.strip("^$") for pattern in patterns if pattern.startswith(_WHOLE))


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _with_ending(word: str, ending: str) -> str:
    """Return the male form of a word before the ending of the other gender, or "" if not sure."""
    small, end = fold(word), fold(ending)
    # The letter in "Executive (F)" says who is wanted.
    if len(small) != len(word) or len(small) <= _SHORTEST_STEM or end in _NO_ENDINGS:
        return ""
    for male, female in gender_pairs():
        if male and len(end) > _LONGEST_ENDING and female.fullmatch(end) and small.endswith(male):
            # "Kaufmann/frau"
            return word
        stem = female.sub("", small)
        # "Camarera/o", "Recepcjonistka/ta"
        if stem not in ("", small) and len(end) <= _LONGEST_ENDING and (stem + male).endswith(end):
            return word[: len(stem)] + (male.upper() if word.isupper() else male)
    return ""
