"""The end of a title that was cut short: "Supply Chain Managem...", "Sales and...".

Websites cut long titles at a number of letters. A word that was cut is completed only where no
other can be meant. One that may be several goes, as a small word with nothing after it does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, takewhile
from typing import Final

from pmo_classify.clean_titles.title_style import is_surely_english
from pmo_classify.clean_titles.town_names import is_listed
from pmo_classify.clean_titles.word_looks import is_acronym
from pmo_classify.knowledge.clean_words import (
    abbreviations,
    dangling_words,
    noise_places,
    small_words,
    spelled_words,
    writings,
)
from pmo_classify.knowledge.lexicon import ENGLISH, TAGS, Tag, default_lexicon
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.tokenizer import default_tokenizer

__all__ = ["with_end"]

_SHORTEST: Final = 6
"""Letters that tell a word in most cases; fewer may start many words that no table has."""
_LAST_WORD = re.compile(r"(?<![^\W_])(?<!['’])[^\W\d_]+$")
_SMALL_WORD = re.compile(r"(?<=\w)\s+([^\W\d_]+)$")
_TWO_SMALL_WORDS = re.compile(r"\s+([^\W\d_]+\s[^\W\d_]+)$")
_WORD_AND_STOP = re.compile(r"(?<![^\s/(&-])([^\W\d_]{3,})\.$")
_LONGEST_SHORT_FORM: Final = 3
"""Letters of what may be a short form although it is also a word: "Ind."."""
_MANAGEMENT: Final = "management"
_SHORTEST_CUT: Final = 4
"""Letters of it that tell it from other words."""
_SHORTEST_NOISE: Final = 3
_WORKERS: Final = frozenset({Tag.ROLE, Tag.TRADE})
_LONGEST_TOWN: Final = 5
"""Words of the name of a town."""
_MARKS: Final = " -–,&/+"
_LOOSE_SIGNS = re.compile(r"(?<=\w)(?:[^\w.…]|\s[.…])+$")
"""Signs that a clean title does not keep at its end."""
_DOTS: Final = ".… "


def with_end(text: str) -> str:
    """Return a text without a small word at its end, or with the word in full that was cut there.

    >>> with_end("Supply Chain Managem ..."), with_end("Sales Team and..."), with_end("Claims Tr…")
    ('Supply Chain Management', 'Sales Team', 'Claims')

    In other languages than English, a word that cannot be completed stays with its dots.
    """
    if not text.endswith(("...", "…", "...)", "…)")):
        return _without_small_word(_without_stop(text) if text.endswith(".") else text)
    start = text.removesuffix(")").rstrip(_DOTS)
    short = _without_small_word(start)
    if short != start or start.endswith(("&", "/", ",", "-")):
        return _closed(short.rstrip(_MARKS))
    found = start if start.endswith(")") else _without_cut_word(start)
    if found:
        return _closed(found)
    return text if text.endswith(")") else f"{start}..."


def _without_cut_word(start: str) -> str:
    """Return the text before dots with its last word in full, or without it; "" if it must stay.

    >>> _without_cut_word("Process Managem"), _without_cut_word("Claims Tr")
    ('Process Management', 'Claims')
    """
    last = _LAST_WORD.search(start) if start.isascii() else None
    if last is None:
        return ""
    before = start[: last.start()]
    if full := _completed(last[0]) or _completed_after_a_role(last[0], before):
        return before + full
    if not is_surely_english(start, default_tokenizer().tokenize(start)):
        return ""
    if _is_whole(last[0]):
        return start
    # Two letters in a bracket say nothing: "Clerk (Pr...".
    says_nothing = before.endswith("(") and len(last[0]) < _SHORTEST_NOISE
    if says_nothing or _is_cut_noise(last[0]):
        return before.rstrip(_MARKS + "(")
    return before.rstrip() if _ends_in_a_word(before) else ""


def _is_cut_noise(word: str) -> bool:
    """Return whether only words that a clean title leaves out start with some letters.

    >>> _is_cut_noise("Hybri"), _is_cut_noise("Rem")
    (True, False)
    """
    small = word.lower()
    if len(small) < _SHORTEST_NOISE or default_lexicon().knows(small) or small in abbreviations():
        return False
    found = [default_lexicon().get(form) for form in _starting_with(small)]
    return bool(found) and all(known and known.tag == Tag.NOISE for known in found)


def _completed_after_a_role(word: str, before: str) -> str:
    """Return "Management" for a cut word in a phrase after one that names the worker, or "".

    >>> _completed_after_a_role("Manag", "Analyst - Credit Risk ")
    'Management'
    """
    role, _, subject = before.rpartition(" - ")
    is_cut = len(word) >= _SHORTEST_CUT and _MANAGEMENT.startswith(word.lower())
    if not (is_cut and role and subject.strip() and "/" not in subject):
        return ""
    is_worker = default_tokenizer().tokenize(role)[-1].tag in _WORKERS
    return word + _MANAGEMENT[len(word) :] if is_worker else ""


def _closed(text: str) -> str:
    """Return text with the bracket closed that was open where it was cut."""
    return f"{text})" if text.count("(") > text.count(")") else text


def _ends_in_a_word(text: str) -> bool:
    """Return whether a text says something of the phrase it ends in: "Clerk - Claims".

    In "Clerk - Fin..." and "Clerk - Concept to Mar..." the word that was cut says what it is about,
    and "Contract Manag..." is no contract.
    """
    last = _LAST_WORD.search(text.rstrip())
    if last is None or last[0].lower() in small_words():
        return False
    word = fold(last[0])
    known = default_lexicon().get(word)
    says_little = known is not None and known.tag in (Tag.NOISE, Tag.SENIORITY)
    return not says_little and "alone" not in noise_places().get(word, ())


def _is_whole(word: str) -> bool:
    """Return whether a word in front of dots was surely not cut: "Cash", but not "Rep"."""
    small = word.lower()
    if small in abbreviations():
        return False
    if word.isupper():
        return len(word) > 1 and (is_acronym(word, small) or small in writings())
    return len(small) > _LONGEST_SHORT_FORM and default_lexicon().knows(small)


def _without_stop(text: str) -> str:
    """Return text without the full stop after its last word, if that is surely no short form.

    >>> _without_stop("Clerk in Sales."), _without_stop("Clerk, Zorba Ltd.")
    ('Clerk in Sales', 'Clerk, Zorba Ltd.')
    """
    found = _WORD_AND_STOP.search(text)
    if not found:
        return text
    word = fold(found[1])
    known = default_lexicon().get(word)
    if word in abbreviations() or (known is not None and known.tag == Tag.NOISE):
        return text
    is_word = known is not None and len(word) > _LONGEST_SHORT_FORM
    if text.isupper() or text.islower():
        is_name = word in writings() or is_acronym(found[1], word)
    else:
        is_name = found[1].isupper()
    return text[:-1] if is_word or is_name else text


def _without_small_word(text: str) -> str:
    given, text = text, text.rstrip(" ([/")
    if "(" not in text and "[" not in text:
        text = _LOOSE_SIGNS.sub("", text)
    if text.rpartition(" ")[2].lower() not in _last_words():
        return given
    for pattern in (_TWO_SMALL_WORDS, _SMALL_WORD):
        found = pattern.search(text)
        may_be_name = found is not None and found[1].isupper() and not text.isupper()
        if found and not may_be_name and found[1].lower() in dangling_words():
            if _ends_in_a_town(text):
                break
            return _without_small_word(text[: found.start()].rstrip(_MARKS))
    return given


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words.rpartition(" ")[2] for words in dangling_words())


def _ends_in_a_town(text: str) -> bool:
    """Return whether the last words are the name of a town: "Santa Maria do Para"."""
    words = fold(text).split()
    return any(is_listed(" ".join(words[-count:])) for count in range(2, _LONGEST_TOWN + 1))


def _completed(word: str) -> str:
    """Return the only English word that starts with the letters of one that was cut, or ""."""
    small = word.lower()
    if len(small) < _SHORTEST or not small.isascii():
        return ""
    found = [form for form in _starting_with(small) if form not in (small, f"{small}s")]
    whole = list(islice(_starting_with(small), 1))
    if not found:
        return word if whole else ""
    shortest = min(found, key=len)
    if small in whole or not all(form.startswith(shortest) for form in found):
        return ""
    return word + shortest[len(small) :]


def _starting_with(start: str) -> Iterator[str]:
    words = _english_words()
    later = islice(words, bisect_left(words, start), None)
    return takewhile(lambda word: word.startswith(start), later)


@cache
def _english_words() -> Sequence[str]:
    """Return the words of the lexicon and of the table of common words, in order."""
    known = {
        word
        for form, entry in default_lexicon().tagged(TAGS)
        if entry.language == ENGLISH
        for word in form.split(" ")
    }
    return sorted(known.union(word for word, language in spelled_words() if language == ENGLISH))
