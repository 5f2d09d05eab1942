"""How the words of a phrase of a clean title are written together: names, shouting, short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Final

from pmo_classify.clean_titles.short_forms import with_pairs
from pmo_classify.clean_titles.title_style import Style, is_foreign, is_known
from pmo_classify.clean_titles.town_names import is_listed
from pmo_classify.clean_titles.word_case import (
    FRONT,
    INSIDE,
    START,
    capitalised,
    is_in_capitals,
    is_small_word,
    may_be_in_capitals,
    write_word,
)
from pmo_classify.clean_titles.word_looks import (
    AROUND,
    SHORTEST_SHOUT,
    SHOUTED,
    SMALL,
    has_shout,
    is_acronym,
    looks_of,
)
from pmo_classify.knowledge.clean_languages import letter_case
from pmo_classify.knowledge.clean_words import names_of_words, small_words, writings
from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.knowledge.place_words import place_words
from pmo_classify.reading.cleaning import fold

__all__ = ["write_words"]

_GRADE: Final = re.compile(r"[IVX]{1,4}|\d")
_FEWEST_NAMES: Final = 2
"""Short names in a list that show that others in it are some too."""
_LONGEST_TOWN: Final = 4
"""Words of the name of a town."""
_LONGEST_FIRM: Final = 2
"""Words of the name of a company."""
_NO_LOOKS: Final[frozenset[int]] = frozenset()
_CAPITALS: Final = frozenset({0})
_ANY_CASE: Final = frozenset({0, SMALL})


def write_words(
    words: Sequence[str], style: Style, *, is_first: bool = True, goes_on: bool = False
) -> list[str]:
    """Return the words of a phrase as a careful person writes them.

    ``is_first`` says that the phrase is the first of its title, ``goes_on`` that it carries on
    the phrase before a bracket.

    >>> write_words(["SNR", "IOS", "DEVELOPER"], Style("shouted", "en", True))
    ['Senior', 'iOS', 'Developer']

    A word may be empty where the words of a name are written as one: "Dot Net".
    """
    words = given = with_pairs(words, style, _last_before_grades(words))
    if style.mode == "mixed" and style.is_titled and any(map(is_foreign, words)):
        style = style._replace(is_titled=False)
    looks = list(map(looks_of, words))
    if style.mode == "mixed" and any(look & SHOUTED for look in looks):
        if _is_shouted_phrase(words):
            # After other words, it is most often the name of a company.
            is_titled = not is_first or letter_case(style.language) != "sentence"
            style = style._replace(mode="shouted", is_titled=is_titled)
        else:
            words = _without_shouted_runs(words, looks)
            looks = list(map(looks_of, words))
            # "DIRECTEUR DE PROJET Oracle"
            words = [
                word.lower() if word.isupper() and is_small_word(word.lower(), style) else word
                for word in words
            ]
    elif style.mode == "shouted" and not (is_first or goes_on) and _may_be_name(words):
        style = style._replace(is_titled=True)
    front = INSIDE if goes_on and not is_first else FRONT
    if is_first or (style.mode != "mixed" and not goes_on):
        front = START
    settled = _settled_looks(style)
    last = _last_before_grades(words)
    written = [
        word
        if looks[at] in settled and (at or front != START)
        else write_word(word, style, _place(at, last, len(words) - 1), INSIDE if at else front)
        for at, word in enumerate(words)
    ]
    if style.mode != "mixed" and not style.is_titled:
        for at in _names(words):
            written[at] = capitalised(written[at])
    _write_names(written, given, style)
    if "/" in words:
        _write_list(written, words)
    return written


def _write_list(written: list[str], words: Sequence[str]) -> None:
    """Write what may be a short name in capitals beside two that are: "MBA / BSc / ba / MA"."""
    slashes = [at for at in range(1, len(words) - 1) if words[at] == "/"]
    names = {beside: words[beside].strip(AROUND) for at in slashes for beside in (at - 1, at + 1)}
    if sum(is_in_capitals(name.lower()) for name in names.values()) < _FEWEST_NAMES:
        return
    for at, name in names.items():
        if name.islower() and may_be_in_capitals(name):
            written[at] = words[at].upper()


def _write_names(written: list[str], words: Sequence[str], style: Style) -> None:
    """Write the names of several words, such as "Dot Net", in place; ``words`` are as given."""
    cores = [word.strip(AROUND).lower() for word in words]
    for at, core in enumerate(cores):
        for others, name in names_of_words().get(core, ()):
            end = at + 1 + len(others)
            if cores[at + 1 : end] == others and (name.is_sure or style.mode == "shouted"):
                parts = name.written.split(" ")
                if len(parts) < end - at:
                    before, after = words[at].lower(), words[end - 1].lower()
                    before, after = before.partition(core)[0], after.rpartition(others[-1])[2]
                    written[at:end] = [f"{before}{name.written}{after}", *[""] * len(others)]
                    break
                for i, part in enumerate(parts, at):
                    # A word in lower case is written as it would be without the name.
                    if not part.strip(".").islower():
                        written[i] = words[i].lower().replace(cores[i], part)
                break


def _may_be_name(words: Sequence[str]) -> bool:
    """Return whether a phrase has no known word, as names have none: "Farmácia Oliveira"."""
    return "/" not in words and not any(map(is_known, words))


def _without_shouted_runs(words: Sequence[str], looks: Sequence[int]) -> list[str]:
    """Return words without the capitals of a run with a shouted one: "TECH VOICE PROCESS"."""
    found = list(words)
    shouted = [bool(look & SHOUTED) for look in looks]
    for steps in (range(1, len(words)), range(len(words) - 2, -1, -1)):
        for at in steps:
            near = at - steps.step * (1 + (words[at - steps.step] == "&"))
            if shouted[near] and not shouted[at] and _may_be_shouted(words[at]):
                shouted[at] = True
                found[at] = capitalised(words[at].lower())
    return found


def _may_be_shouted(word: str) -> bool:
    is_word = len(word) >= SHORTEST_SHOUT or is_known(word)
    is_word = is_word and word.isalpha() and word.isupper() and word.lower() not in writings()
    return is_word and not is_acronym(word, word.lower())


def _names(words: Sequence[str]) -> Iterator[int]:
    """Yield the positions of places, and of companies before their legal form: "till Paroc AB"."""
    lexicon = default_lexicon()
    yield from _towns_in([fold(word).partition("/")[0].strip(AROUND) for word in words])
    for at, word in enumerate(words):
        known = lexicon.get(word.lower()) or lexicon.get(fold(word))
        if known is not None and known.tag == Tag.PLACE:
            yield at
        before = place_words().get(words[at - 1].lower()) if at else None
        is_company = place_words().get(word.lower()) == "company"
        if is_company or (before == "name" and not lexicon.knows(fold(word))):
            yield at
        if is_company:
            names = takewhile(lambda i: not lexicon.knows(fold(words[i])), range(at - 1, -1, -1))
            yield from islice(names, _LONGEST_FIRM)


def _towns_in(words: Sequence[str]) -> Iterator[int]:
    """Yield the positions of words of towns with several, without small ones: "São João do Sul"."""
    for start in range(len(words) - 1):
        for end in range(start + 2, min(start + _LONGEST_TOWN, len(words)) + 1):
            if is_listed(" ".join(words[start:end])):
                yield from (at for at in range(start, end) if words[at] not in small_words())


def _settled_looks(style: Style) -> frozenset[int]:
    """Return which looks need no change inside a phrase of a style."""
    if style.mode != "mixed":
        return _NO_LOOKS
    return _CAPITALS if style.is_titled else _ANY_CASE


def _is_shouted_phrase(words: Sequence[str]) -> bool:
    if not words[1:] or not all(word.isupper() or word in "&+/" for word in words):
        return False
    return any(map(has_shout, words))


def _last_before_grades(words: Sequence[str]) -> int:
    """Return the place of the last word that is no grade: that of "Rep" in "Sales Rep II"."""
    last = len(words) - 1
    while last > 1 and _GRADE.fullmatch(words[last]):
        last -= 1
    return last


def _place(at: int, last: int, end: int) -> str:
    if not last:
        return "only"
    return "first" if not at else "last" if at in (last, end) else "inside"
