"""The title in a sentence of an employer: "Salon Ada söker en frisör till Lund".

The patterns are in ``data/clean/adverts.csv``; each has a word that sets off the search for it, so
that most titles are not searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.clean_titles.words_left_out import WORKERS
from pmo_classify.knowledge.clean_words import (
    adverts,
    case_endings,
    languages_with_objects,
    sentence_words,
    verbs_with_cases,
)
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.thresholds import MAX_PASSES, WORD_CACHE_SIZE

__all__ = ["is_advert", "may_be_advert", "starts_with_an_object", "title_in"]

_SLOGAN = re.compile(r"\W*((?:[^\s?!]+\s+){2,}[^\s?!]+)(\s?[?!])[?!]*\s+(.+)")
"""Three words or more, the mark after them, and what comes after that."""
_COUNT = re.compile(
    r"^\d{1,2}\s?[-–]\s?\d{1,2}\s(?!years?\b|yrs?\b|months?\b)(?=[^\W\d_]{3})", re.I
)
"""How many are wanted, after the words of an employer: "Vi söker 2-3 kockar"."""
_PIECES = re.compile(r"( ?[,/] ?| )")
_JOINTS = frozenset({"a", "i", "in", "ja", "lub", "nebo", "oraz"})
"""Words that another role may follow."""
_OBJECT = ("ę", "ów", "ńca", "era")
"""Endings that no role has alone."""
_SURELY_POLISH = re.compile(r"(?i)[ąćęłńśźż]|ów\b")
_ROLE_AND_ADJECTIVE: Final = 3
"""Pieces of a role and one word beside it, with the blank between them."""
_END_OF_SENTENCE = re.compile(r"(?:(?<=[?!])|(?<=[^\W\d_]{4}\.)|(?<=[^\W\d_]{3}\.))\s+")


def may_be_advert(words: Iterable[Token]) -> bool:
    """Return whether some of the words are ones that employers use in sentences."""
    return any(map(_has_cue, [token.written for token in words]))


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _has_cue(written: str) -> bool:
    return not adverts().keys().isdisjoint(written.split(" "))


def is_advert(text: str, words: Iterable[Token]) -> bool:
    """Return whether a text is a sentence about a post; ``words`` may contain others too."""
    cues = [cue for token in words if _has_cue(token.written) for cue in token.written.split(" ")]
    return any(advert.match(text) for cue in cues for advert in adverts().get(cue, ()))


def title_in(text: str, words: Sequence[Token]) -> str:
    """Return the title that an employer's sentence is about, or the text as it is.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> tokenize = default_tokenizer().tokenize
    >>> text = "Salon Ada söker en frisör till Lund!"
    >>> title_in(text, tokenize(text)), title_in("Job Searcher", tokenize("Job Searcher"))
    ('Frisör till Lund', 'Job Searcher')
    """
    for _ in range(MAX_PASSES):
        found = next(_titles(text, words), "")
        if not found and starts_with_an_object(text, words):
            found = _in_nominative(text)
        found = found or _without_slogan(text)
        if found == text:
            break
        text, words = found, default_tokenizer().tokenize(found)
    return text


def _titles(text: str, words: Iterable[Token]) -> Iterator[str]:
    for written in filter(_has_cue, [token.written for token in words]):
        for advert in chain.from_iterable(adverts().get(cue, ()) for cue in written.split(" ")):
            found = advert.match(text)
            title = " ".join(filter(None, found.groups())) if found else ""
            title = title.strip(" ,:;-–—|/!\"'“”")
            title = title if text.startswith(title) else _COUNT.sub("", title)
            if any(map(str.isalpha, title)):
                title = _in_nominative(title) if written in verbs_with_cases() else title
                yield title[0].upper() + title[1:]


def starts_with_an_object(text: str, words: Sequence[Token]) -> bool:
    """Return whether a title is what is left of a sentence: "Kucharza do restauracji".

    Its first word has an ending that a role has only as an object, and it is surely in a language
    with such endings.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> tokenize = default_tokenizer().tokenize
    >>> titles = "Kucharza do restauracji", "Operadora de caja"
    >>> [starts_with_an_object(title, tokenize(title)) for title in titles]
    [True, False]
    """
    word = _PIECES.split(text, maxsplit=1)[0].lower()
    if not word.endswith(tuple(case_endings("object"))):
        return False
    if not _alone(word)[1]:
        return False
    if _SURELY_POLISH.search(text):
        return True
    return any(token.language in languages_with_objects() for token in words[1:])


def _in_nominative(title: str) -> str:
    """Return a title that is in another case as it is written alone, if its role is a known one.

    >>> _in_nominative("kucharza zimnej kuchni"), _in_nominative("Rejestratorki medycznej")
    ('kucharz zimnej kuchni', 'Rejestratorka medyczna')
    >>> _in_nominative("pracowników budowlanych i spawaczy")
    'pracownicy budowlani i spawacze'
    """
    pieces = _PIECES.split(title.lower() if title.isupper() else title)
    kind = beside = ""
    for at in range(0, len(pieces), 2):
        word = pieces[at]
        if not at or pieces[at - 1] != " " or pieces[at - 2] in _JOINTS:
            pieces[at], kind = _alone(word)
            if kind:
                # What follows "zimnej" in "kucharki zimnej kuchni" may be what it belongs to.
                beside = "" if kind == "female" and len(pieces) > _ROLE_AND_ADJECTIVE else kind
                continue
            if not at or word.endswith(_OBJECT):
                # Of several roles all must be known.
                return title
        pieces[at] = _with_ending(word, beside) if beside else word
        if pieces[at] == word:
            beside = ""
    text = "".join(pieces)
    return text.upper() if title.isupper() else text


def _alone(word: str) -> tuple[str, str]:
    """Return a role as it is written alone, and the kind of an adjective beside it, or "".

    >>> _alone("kucharza"), _alone("Kucharzy"), _alone("kuchni")
    (('kucharz', 'male'), ('Kucharze', 'several'), ('kuchni', ''))
    """
    small = word.lower()
    role = _with_ending(small, "role")
    kind = "female" if role.endswith("ka") else "male"
    if role == small or not _names_worker(role):
        role, kind = _with_ending(small, "roles"), "several"
        if role == small or not _names_worker(_with_ending(role, "one")):
            return word, ""
    return word[0] + role[1:], kind


def _with_ending(word: str, kind: str) -> str:
    """Return a word with the ending that it has alone, or the word itself if it has none of them.

    The longest ending counts: "Angielskiego", the language that someone teaches, stays.
    """
    endings = case_endings(kind)
    ending = max(filter(word.endswith, endings), key=len, default="")
    return word.removesuffix(ending) + endings.get(ending, "")


def _without_slogan(text: str) -> str:
    """Return the title after a question or a call to readers: "Lust auf Brot? Bäcker".

    The slogan names no worker, and the title does. A call has a word that only sentences have; so
    has a question with a blank before its mark, which may be what is left of a dash.
    """
    found = _SLOGAN.match(text) if "?" in text or "!" in text else None
    if found is None or _names_worker(found[1]):
        return text
    if found[2] != "?" and sentence_words().isdisjoint(found[1].lower().split()):
        return text
    parts = _END_OF_SENTENCE.split(found[3])
    at = next((at for at, part in enumerate(parts) if _names_worker(part)), None)
    return text if at is None else " ".join(parts[at:])


def _names_worker(text: str) -> bool:
    return any(token.tag in WORKERS for token in default_tokenizer().tokenize(text))
