"""The lexer, which cuts clean text into pieces, and reads each as a word or a mark.

Titles share most of their pieces, so a piece is read without the text around it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from pmo_classify.knowledge.clean_words import gender_endings
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.word_parts import PartKind, word_parts

__all__ = [
    "BREAK",
    "CAPITALISED",
    "INNER_CAPITAL",
    "SLASH",
    "WORD",
    "RawToken",
    "cut",
    "read_piece",
]

WORD: Final = "word"
BREAK: Final = "break"
SLASH: Final = "slash"


class RawToken(NamedTuple):
    """A word or a mark, with its place in the piece of text that holds it.

    ``kind`` is ``WORD``, ``BREAK`` (comma, dash, bracket), ``SLASH`` or ``Tag.JOIN`` ("&", "+").
    The ``text`` of a word is in lower case; ``is_capitals`` says that all of its letters were
    capitals.
    """

    start: int
    end: int
    kind: str
    text: str
    is_capitals: bool = False


_WORD: Final = r"[^\W_]+(?:['’´`][^\W\d_]+)*"
_PATTERN: Final = rf"""
    (?<![^\W_])(?:[^\W\d_]\.\s?){{2,8}}(?:[^\W\d_]\b)?  # an acronym: "P.M.O."
  | {_WORD}
    (?:
        [/*_:·(]-?(?:<gender>)(?![\w-])\)?
        # In capitals only after a longer word: "MANAGER/IN", but not "QA/RA".
      | (?<=[^\W\d_]{{4}})[/*_:·(]-?(?i:<gender>)(?![\w-])\)?
      | (?<=[^\W\d_]{{4}})(?i:\.(?:<dotted>)|-(?:<dashed>))(?:\.s)?(?![\w-])
    )?
  | [,;:|()\[\]{{}}•·–—―*!@"“”„«»<>/\\&+]
    # A sign between two words without blanks is part of them: "co-ordinator".
  | (?<!\S)[-?~]++
  | (?<![-?~])[-?~]++(?!\S)(?!\s+(?:&|(?i:<shared>)\b))
    """
_FIRST_WORD = re.compile(_WORD)
_UNSPACED: Final = "\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""The letters of scripts that put no spaces between words, such as Thai, Japanese and Chinese."""
# A string, because it is compiled only if a title needs it.
_RUN: Final = rf"[{_UNSPACED}]+|[^{_UNSPACED}]+"
INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
CAPITALISED = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""A word among those that are written together: three of them in "SeniorPMOAnalyst"."""
_APOSTROPHE = re.compile(r"['’´`]")
_KINDS: Final = {"/": SLASH, "\\": SLASH, "&": Tag.JOIN, "+": Tag.JOIN}
"""The kinds of the marks that do not break a title into phrases."""


@cache
def _pattern() -> re.Pattern[str]:
    gender = "|".join(word_parts(PartKind.GENDER))
    shared = "|".join(word_parts(PartKind.SHARED))
    pattern = _PATTERN.replace("<gender>", gender).replace("<shared>", shared)
    for name, sign in (("<dotted>", "."), ("<dashed>", "-")):
        pattern = pattern.replace(name, "|".join(gender_endings()[sign]))
    return re.compile(pattern, re.VERBOSE)


def cut(text: str, start: int, end: int) -> list[str]:
    """Return the words and marks between two places in clean text, as they are written there.

    >>> cut("P.M.O. (Lead) co-ordinator", 0, 26)
    ['P.M.O. ', '(', 'Lead', ')', 'co', 'ordinator']
    """
    return _pattern().findall(text, start, end)


def read_piece(piece: str) -> list[RawToken]:
    """Return what a piece of text is: a mark, a word, or the words around an apostrophe.

    >>> read_piece("P.M.O. ")
    [RawToken(start=0, end=6, kind='word', text='pmo', is_capitals=True)]
    """
    if piece.isalnum():
        if piece.isascii():
            return [RawToken(0, len(piece), WORD, piece.lower(), piece.isupper())]
        # "PMOリーダー" is two words.
        return [
            RawToken(run.start(), run.end(), WORD, run[0].lower(), run[0].isupper())
            for run in re.finditer(_RUN, piece)
        ]
    if not piece[0].isalnum():
        return [RawToken(0, len(piece), _KINDS.get(piece, BREAK), piece)]
    if piece[1] == ".":
        letters = re.sub(r"[.\s]", "", piece).lower()
        return [RawToken(0, len(piece.rstrip()), WORD, letters, True)]
    found = _FIRST_WORD.match(piece)
    word = piece if found is None else found[0]
    return [
        RawToken(0, len(word), WORD, part.lower(), part.isupper())
        for part in _parts_of_elision(word)
    ]


def _parts_of_elision(word: str) -> list[str]:
    """Return the words around an apostrophe, as in "d'affaires", without a possessive s."""
    parts = _APOSTROPHE.split(word)
    return [part for part in parts if part and (part not in ("s", "S") or part == word)]
