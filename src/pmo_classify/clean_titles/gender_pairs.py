"""One form for a role that is written in both genders: "Camarera/o", "Księgowa / Księgowy".

The male form stays, as it does where only an ending is added to it: "Camarero/a".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import takewhile
from typing import Final

from pmo_classify.knowledge.clean_words import gender_pairs, small_words
from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.reading.cleaning import fold
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = ["without_pairs"]

_SIGN = re.compile(r"[/|*:·_]|\(-?[^\W\d_]{1,3}\)|-[^\W\d_]{1,3}(?![\w-])")
"""A sign that all pairs have but those with a dash between them; it is found faster than they."""
_PAIR = re.compile(
    r"(?<![\w-])([^\W\d_]{3,})"
    r"(?:\s?[/|*:·]\s?([^\W\d_]{3,})"
    r"|[/*_:·]-?([^\W\d_]{1,5})|-([^\W\d_]{1,3})|\s?\(-?([^\W\d_]{1,3})\))(?![\w-])"
)
"""A word with a sign and another word, or with a sign and what may be an ending."""
_APART = re.compile(r"(?<![\w-])([^\W\d_]{3,})\s-\s([^\W\d_]{3,})(?![\w-])")
_PIECE = re.compile(r"[^\s/|,;()–-][^\s/|,;()–]*(?<!-)|[^\s\w]")
"""A word, or a mark that may stand between the two forms of a title."""
_PLAIN: Final = str.maketrans("äöüé/|(", "aoue   ")
_JOINTS: Final = frozenset("/|,;–-(")
_MARKS: Final = _JOINTS | {")"}
_MOST_WORDS: Final = 7
_LONGEST_JOINT: Final = 5
_SHORTEST_STEM: Final = 3
_LONGEST_ENDING: Final = 3
_SHORTEST_NEIGHBOUR: Final = 5
"""Letters of a form that stands beside another without a sign."""
_NO_ENDINGS: Final = frozenset("dfhkmwx")
_GERMAN_ENDINGS: Final = frozenset({"in", "innen"})
_WHOLE: Final = "^"
"""How the pattern of a female form starts that is a word of its own: "Femme/Homme"."""


def without_pairs(text: str) -> str:
    """Return text with the male form of each role that it has in both genders.

    >>> without_pairs("Starsza/y Księgowa | Księgowy"), without_pairs("Cook/Baker")
    ('Starszy Księgowy', 'Cook/Baker')
    """
    if _SIGN.search(text):
        text = _PAIR.sub(_with_one, text)
    text = _APART.sub(_with_one_of_two, text) if " - " in text else text
    # Two forms of one word start with the same letters.
    words = text.lower().translate(_PLAIN).split()
    starts = [word[:_SHORTEST_STEM] for word in words if len(word) > _SHORTEST_STEM]
    if len(set(starts)) == len(starts):
        return text
    return _without_pairs_of_words(_with_one_of_neighbours(text))


def _with_one_of_neighbours(text: str) -> str:
    """Return text with the male form of roles whose forms are side by side, without a sign.

    >>> _with_one_of_neighbours("Cocinero cocinera de hotel")
    'Cocinero de hotel'
    """
    words: list[str] = []
    for word in text.split(" "):
        before = words[-1] if words else ""
        is_long = min(len(before), len(word)) >= _SHORTEST_NEIGHBOUR
        both = before.isalpha() and word.isalpha() and before.lower() != word.lower()
        male = _male_of_two(before, word) if is_long and both else ""
        words[-1:] = [male] if male else [*words[-1:], word]
    return " ".join(words)


def _without_pairs_of_words(text: str) -> str:
    """Return text with the male form of a title of several words that it has in both genders.

    >>> _without_pairs_of_words("Młodszy kucharz / Młodsza kucharka zmiany")
    'Młodszy kucharz zmiany'

    A word such as "ou" may join them, and what follows only the first of them stays.
    """
    pieces = list(_PIECE.finditer(text))
    words = [piece[0] for piece in pieces]
    for at in range(1, len(words) - 1):
        if not _is_joint(words[at]):
            continue
        for start in range(max(0, at - _MOST_WORDS), at):
            before = words[start:at]
            after = _until_a_mark(words[at + 1 : at + 1 + len(before)])
            end = at + 1 + len(after)
            is_whole = not start or words[start - 1] in _JOINTS
            if len(after) < len(before) and not is_whole:
                # "Senior Chef de rang / Cheffe": what follows the first form is of both.
                continue
            is_closed = words[at] != "(" or words[end : end + 1] == [")"]
            found = _males_of(before, after) if is_closed else ""
            if found:
                last = pieces[end - (words[at] != "(")].end()
                return without_pairs(f"{text[: pieces[start].start()]}{found}{text[last:]}")
    return text


def _is_joint(word: str) -> bool:
    """Return whether a mark or a small word may stand between two forms: "/", "ou"."""
    if word in _JOINTS or len(word) > _LONGEST_JOINT:
        return word in _JOINTS
    known = default_lexicon().get(fold(word))
    return word in small_words() or (known is not None and known.tag == Tag.JOIN)


def _until_a_mark(words: Sequence[str]) -> Sequence[str]:
    return list(takewhile(lambda word: word not in _MARKS, words))


def _male_of(word: str, other: str) -> str:
    """Return the male form of two equal words or forms of one, also of all parts of a compound."""
    if word.lower() == other.lower():
        return word
    parts, others = word.split("-"), other.rstrip(".").split("-")
    if len(parts) == 1 or len(parts) != len(others):
        return _male_of_two(word, other.rstrip("."))
    males = list(map(_male_of, parts, others))
    return "-".join(males) if all(males) else ""


def _males_of(before: Sequence[str], after: Sequence[str]) -> str:
    """Return the male forms of words that stand in both genders, then the rest, or ""."""
    if not after or fold(before[0][:1]) != fold(after[0][:1]):
        return ""
    count = len(after)
    males = list(map(_male_of, before, after))
    is_pair = [word.lower() for word in before[:count]] != [word.lower() for word in after]
    return " ".join([*males, *before[count:]]) if is_pair and all(males) else ""


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
            if not form.endswith(male):
                continue
            stem = female.sub("", small)
            is_long = len(stem) >= _SHORTEST_STEM or female.pattern.startswith(_WHOLE)
            if is_long and stem != small and form == stem + male:
                return _in_case_of(word, kept)
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
    if end in _GERMAN_ENDINGS:
        return _male_before_in(word, small)
    is_whole = len(end) > _LONGEST_ENDING
    for male, female in gender_pairs():
        if is_whole:
            # "Kaufmann/frau"
            if male and small.endswith(male) and female.fullmatch(end):
                return word
        elif male.endswith(end) or end.endswith(male):
            # "Camarera/o", "Recepcjonistka/ta"
            stem = female.sub("", small)
            if stem not in ("", small) and (stem + male).endswith(end):
                return word[: len(stem)] + (male.upper() if word.isupper() else male)
    return ""


def _male_before_in(word: str, small: str) -> str:
    """Return the male form of a German word before a sign and "in", or "" if it is the word itself.

    >>> _male_before_in("Psycholog", "psycholog"), _male_before_in("Zahnärzt", "zahnarzt")
    ('Psychologe', 'Zahnarzt')
    """
    for male, female in gender_pairs():
        stem = female.sub("", f"{small}in")
        if male and len(stem) < len(small):
            added = (stem + male)[len(small) :]
            # Where the male form is longer, the letters before its ending keep their accents.
            return _in_case_of(word, word + added if added else word[: len(stem)] + male)
    return ""


def _in_case_of(word: str, form: str) -> str:
    """Return another form of a word, in capitals or with one at the start if the word is."""
    if word.isupper():
        return form.upper()
    return (form[0].upper() if word[0].isupper() else form[0]) + form[1:]
