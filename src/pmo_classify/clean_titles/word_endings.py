"""Roles that are in another case than alone, as objects of a sentence are: "Kucharza"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.clean_titles.words_left_out import WORKERS
from pmo_classify.knowledge.clean_words import case_endings, languages_with_objects
from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.reading.tokenizer import default_tokenizer

__all__ = ["in_nominative", "names_worker", "starts_with_an_object"]

_PIECES = re.compile(r"( ?[,/] ?| )")
_SURELY_POLISH = re.compile(r"(?i)[ąćęłńśźż]|ów\b")
_ROLE_AND_ADJECTIVE: Final = 3
"""Pieces of a role and one word beside it, with the blank between them."""


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


def in_nominative(title: str) -> str:
    """Return a title that is in another case as it is written alone, if its role is a known one.

    >>> in_nominative("kucharza zimnej kuchni"), in_nominative("Rejestratorki medycznej")
    ('kucharz zimnej kuchni', 'Rejestratorka medyczna')
    >>> in_nominative("pracowników budowlanych i spawaczy")
    'pracownicy budowlani i spawacze'
    """
    pieces = _PIECES.split(title.lower() if title.isupper() else title)
    kind = beside = ""
    for at in range(0, len(pieces), 2):
        word = pieces[at]
        if not at or pieces[at - 1] != " " or _joins_roles(pieces[at - 2]):
            pieces[at], kind = _alone(word)
            if kind:
                # What follows "zimnej" in "kucharki zimnej kuchni" may be what it belongs to.
                beside = "" if kind == "female" and len(pieces) > _ROLE_AND_ADJECTIVE else kind
                continue
            if not at or word.endswith(tuple(case_endings("object"))):
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
    if role == small or not names_worker(role):
        role, kind = _with_ending(small, "roles"), "several"
        if role == small or not names_worker(_with_ending(role, "one")):
            return word, ""
    return word[0] + role[1:], kind


def _with_ending(word: str, kind: str) -> str:
    """Return a word with the ending that it has alone, or the word itself if it has none of them.

    The longest ending counts: "Angielskiego", the language that someone teaches, stays.
    """
    endings = case_endings(kind)
    ending = max(filter(word.endswith, endings), key=len, default="")
    return word.removesuffix(ending) + endings.get(ending, "")


def _joins_roles(word: str) -> bool:
    """Return whether a word joins two others: "i", "lub".

    >>> _joins_roles("oraz"), _joins_roles("kucharz")
    (True, False)
    """
    return any(known.tag == Tag.JOIN for known in default_lexicon().in_languages(word).values())


def names_worker(text: str) -> bool:
    """Return whether a text has a word for someone who works."""
    return any(token.tag in WORKERS for token in default_tokenizer().tokenize(text))
