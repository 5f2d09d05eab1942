"""The lexer, which cuts clean text into raw tokens: words, marks and noise, with their places."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.word_endings import EndingKind, word_endings
from pmo_classify.reading.noise import find_noise

__all__ = ["BREAK", "SLASH", "WORD", "RawToken", "scan"]

WORD: Final = "word"
BREAK: Final = "break"
SLASH: Final = "slash"


class RawToken(NamedTuple):
    """A word, a mark or a stretch of noise, with its place in the text.

    ``kind`` is ``WORD``, ``BREAK`` (comma, dash, bracket), ``SLASH``, ``Tag.JOIN`` ("&", "+") or
    ``Tag.NOISE``. The ``text`` of a word is in lower case; ``is_capitals`` says that all of its
    letters were capitals.
    """

    start: int
    end: int
    kind: str
    text: str
    is_capitals: bool = False


_PATTERN: Final = r"""
    (?P<acronym>(?<![^\W_])(?:[^\W\d_]\.\s?){2,8}(?:[^\W\d_]\b)?)
  | (?P<word>[^\W_]+(?:['’´`][^\W\d_]+)*)
    (?:
        [/*_:·(]-?(?:<gender>)(?![\w-])\)?
        # In capitals only after a longer word: "MANAGER/IN", but not "QA/RA".
      | (?<=[^\W\d_]{4})[/*_:·(]-?(?i:<gender>)(?![\w-])\)?
    )?
  | (?P<hard>
        [,;:|()\[\]{}•·–—―*!@"“”„«»<>]
      | (?<!\S)[-?~]++
      | [-?~]++(?!\S)(?!\s+(?:&|(?i:<shared>)\b))
    )
  | (?P<within>[-?~]++)  # matched as a whole, or many signs in a row would take quadratic time
  | (?P<soft>[/\\])
  | (?P<and>[&+])
    """
_APOSTROPHE = re.compile(r"['’´`]")


@cache
def _token_pattern() -> re.Pattern[str]:
    gender = "|".join(word_endings(EndingKind.GENDER))
    shared = "|".join(word_endings(EndingKind.SHARED))
    return re.compile(_PATTERN.replace("<gender>", gender).replace("<shared>", shared), re.VERBOSE)


def scan(text: str, *, noise: bool = True) -> list[RawToken]:
    """Return the words, marks and noise of clean text; ``noise=False`` reads noise as words.

    >>> [(token.kind, token.text) for token in scan("P.M.O. (Lead) £40k")]
    [('word', 'pmo'), ('break', '('), ('word', 'lead'), ('break', ')'), ('noise', '')]
    """
    tokens: list[RawToken] = []
    at = 0
    for start, end in find_noise(text) if noise else ():
        _scan_words(tokens, text, at, start)
        tokens.append(RawToken(start, end, Tag.NOISE, ""))
        at = end
    _scan_words(tokens, text, at, len(text))
    return tokens


def _scan_words(tokens: list[RawToken], text: str, start: int, end: int) -> None:
    for match in _token_pattern().finditer(text, start, end):
        kind = match.lastgroup
        if kind == "word":
            word, (start, end) = match["word"], match.span("word")
            if word.isalnum():
                tokens.append(RawToken(start, end, WORD, word.lower(), word.isupper()))
                continue
            tokens += [
                RawToken(start, end, WORD, part.lower(), part.isupper())
                for part in _parts_of_elision(word)
            ]
        elif kind == "acronym":
            letters = re.sub(r"[.\s]", "", match["acronym"]).lower()
            end_of_acronym = match.start() + len(match[0].rstrip())
            tokens.append(RawToken(match.start(), end_of_acronym, WORD, letters, True))
        elif kind != "within":
            mark = {"hard": BREAK, "soft": SLASH}.get(kind or "", Tag.JOIN)
            tokens.append(RawToken(*match.span(), mark, match[0]))


def _parts_of_elision(word: str) -> list[str]:
    """Return the words around an apostrophe, as in "d'affaires", without a possessive s."""
    parts = _APOSTROPHE.split(word)
    return [part for part in parts if part and (part not in ("s", "S") or part == word)]
