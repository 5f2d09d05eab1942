"""From text to pieces: words, marks and noise, each with its place.

Noise (pay, dates, references) is found by the patterns in ``data/noise_patterns.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.knowledge.word_endings import EndingKind, word_endings
from pmo_classify.reading.cleaning import fold

__all__ = [
    "BREAK",
    "SLASH",
    "WORD",
    "Lexeme",
    "find_noise",
    "joins_others",
    "lex",
    "may_extend_noise",
    "may_hold_noise",
]

WORD: Final = "word"
BREAK: Final = "break"
SLASH: Final = "slash"


class Lexeme(NamedTuple):
    """A word, mark or stretch of noise: its place in the text, what it is, and how it stands.

    ``kind`` is ``WORD``, ``BREAK`` (comma, dash, bracket), ``SLASH``, ``Tag.JOIN`` (an "and" in
    one sign) or ``Tag.NOISE``. The ``text`` of a word is folded.
    """

    start: int
    end: int
    tag: str
    text: str


_PIECES: Final = r"""
    (?P<acronym>(?<![^\W_])(?:[^\W\d_]\.\s?){2,8}(?:[^\W\d_]\b)?)
  | (?P<word>[^\W_]+(?:['’´`][^\W\d_]+)*)
    (?:
        [/*_:·(]-?(?:<gender>)(?![\w-])\)?
        # In capitals only after a longer word: "MANAGER/IN", but not "QA/RA".
      | (?<=[^\W\d_]{4})[/*_:·(]-?(?i:<gender>)(?![\w-])\)?
    )?
  | (?P<hard>[,;:|()\[\]{}•·–—―*!@"“”«»<>]|(?<!\S)[-?~]++|[-?~]++(?!\S)(?!\s+(?i:<shared>)\b))
  | (?P<within>[-?~]++)  # read over as a whole, for else each of many would be tried to the end
  | (?P<soft>[/\\])
  | (?P<and>[&+])
    """
_APOSTROPHE = re.compile(r"['’´`]")
_SIGN_OF_NOISE = re.compile(r"[\d£$€₹¥@/]")
_SHORT_BRACKET = re.compile(r"\([A-Za-z ]{1,11}\)")
_LETTERS_OF_THE_SEXES = re.compile(r"\b[HhMmFfWw]-[HhMmFfWwDd]\b")


@cache
def _pieces_pattern() -> re.Pattern[str]:
    gender = "|".join(word_endings(EndingKind.GENDER))
    shared = "|".join(word_endings(EndingKind.SHARED))
    return re.compile(_PIECES.replace("<gender>", gender).replace("<shared>", shared), re.VERBOSE)


@cache
def _joining_pattern() -> re.Pattern[str]:
    """What the pattern above reads across a blank: "P. M. O.", and "Projekt- und"."""
    shared = "|".join(word_endings(EndingKind.SHARED))
    return re.compile(rf"(?<![^\W_])[^\W\d_]\.\Z|\A(?i:{shared})\b")


def joins_others(part: str) -> bool:
    """Tell whether what stands between two blanks may be one word with what stands around it.

    >>> joins_others("P."), joins_others("Prog.")
    (True, False)
    """
    if part.isalpha():
        return part.lower() in word_endings(EndingKind.SHARED)
    return _joining_pattern().search(part) is not None


def may_hold_noise(part: str) -> bool:
    """Tell whether noise may stand in, or start or end in, what stands between two blanks.

    >>> may_hold_noise("Co-ordinator,"), may_hold_noise("£40k")
    (False, True)
    """
    return "(" in part or _shows_noise(part)


def _shows_noise(text: str) -> bool:
    """Tell at little cost that no pattern of noise can match; most titles have none."""
    if not text.isalpha() and (
        _SIGN_OF_NOISE.search(text)
        or ("(" in text and _SHORT_BRACKET.search(text))
        or ("-" in text and _LETTERS_OF_THE_SEXES.search(text))
    ):
        return True
    small = text.lower()
    return (
        "band" in small or "grade" in small or "level" in small or "lvl" in small
        or "tier" in small or "www." in small
    )  # fmt: skip


def may_extend_noise(part: str) -> bool:
    """Tell whether noise that stands beside it may take it in: the "months" of "12 months".

    >>> may_extend_noise("months"), may_extend_noise("-"), may_extend_noise("PMO")
    (True, True, False)
    """
    words = [part] if part.isalpha() else _LETTERS.findall(part)
    return not words or any(map(_is_of_noise, words))


def find_noise(text: str) -> list[tuple[int, int]]:
    """Find the stretches of noise.

    >>> find_noise("PMO Analyst, £40k")
    [(13, 17)]
    """
    if not _shows_noise(text):
        return []
    pattern = _noise_pattern()
    matches = ((m.start(), m.start() + len(m[0].rstrip())) for m in pattern.finditer(text))
    return [(start, end) for start, end in matches if end > start]


@cache
def _noise_patterns() -> list[str]:
    return [pattern for _, pattern, _ in read_shipped_rows("noise_patterns.csv")]


@cache
def _noise_pattern() -> re.Pattern[str]:
    # Noise starts where a word does, or with a sign; nowhere else is it looked for.
    start = r"(?:(?<!\w)(?=\w)|(?=[£$€₹¥(/.+-]))"
    patterns = "|".join(f"(?:{pattern})" for pattern in _noise_patterns())
    return re.compile(f"{start}(?:{patterns})", re.IGNORECASE)


_LONGEST_OF_NOISE: Final = 16
_ROMAN_NUMBERS: Final = "iv"
_LITERAL = re.compile(r"(?<!\\)[a-z]+\??")
_LETTERS = re.compile(r"[^\W\d_]+")


def _is_of_noise(word: str) -> bool:
    """Tell whether the patterns may take in a word: a letter, or one made of what they spell out.

    So "June" may be, of "jun" and "e", and "Junior" may not.
    """
    if len(word) == 1:
        return True
    # Where case is ignored, an i without a dot is one.
    small = word.lower().replace("ı", "i")
    starts, pieces = _spelt_out()
    if not small.startswith(starts):
        return not small.strip(_ROMAN_NUMBERS)
    return len(small) <= _LONGEST_OF_NOISE and _is_made_of(small, pieces)


def _is_made_of(text: str, pieces: frozenset[str]) -> bool:
    return not text or any(
        text[:end] in pieces and _is_made_of(text[end:], pieces) for end in range(len(text), 0, -1)
    )


@cache
def _spelt_out() -> tuple[tuple[str, ...], frozenset[str]]:
    """Give what words may start with, and all that the patterns spell out.

    Of "sept?(?:ember)?" that is "sep", "sept" and "ember".
    """
    found = {literal for pattern in _noise_patterns() for literal in _LITERAL.findall(pattern)}
    pieces = {p for text in found for p in ({text[:-1], text[:-2]} if text[-1] == "?" else {text})}
    return tuple(sorted(p for p in pieces if len(p) > 1)), frozenset(pieces - {""})


def lex(text: str, start: int, end: int) -> Iterator[Lexeme]:
    """Read the words and marks from ``start`` to ``end``.

    >>> [(lexeme.tag, lexeme.text) for lexeme in lex("P.M.O. (Lead)", 0, 13)]
    [('word', 'pmo'), ('break', '('), ('word', 'lead'), ('break', ')')]
    """
    if start < end and text.isalpha():
        yield Lexeme(start, end, WORD, fold(text[start:end]))
        return
    for match in _pieces_pattern().finditer(text, start, end):
        kind = match.lastgroup
        if kind == "word":
            word = match["word"]
            if word.isalnum():
                yield Lexeme(match.start(), match.end("word"), WORD, fold(word))
            else:
                yield from _words(match)  # an apostrophe stands in it
        elif kind == "acronym":
            letters = fold(re.sub(r"[.\s]", "", match["acronym"]))
            yield Lexeme(match.start(), match.start() + len(match[0].rstrip()), WORD, letters)
        elif kind == "and":
            yield Lexeme(*match.span(), Tag.JOIN, match[0])
        elif kind != "within":
            yield Lexeme(*match.span(), BREAK if kind == "hard" else SLASH, match[0])


def _words(match: re.Match[str]) -> Iterator[Lexeme]:
    word = match["word"]
    for part in _APOSTROPHE.split(word):
        # The possessive s is no word; the elided article of "d'affaires" is one.
        if part and (part not in ("s", "S") or part == word):
            yield Lexeme(match.start(), match.end("word"), WORD, fold(part))
