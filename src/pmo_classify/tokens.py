"""From text to tokens: each word, what it means, and where it stands.

Noise (pay, dates, references, places, "urgent") becomes tokens too, so that an explanation can
show what was ignored. ``normalise`` writes the tokens back as the tidy text that the tables are
keyed by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple, NewType

from pmo_classify.compounds import make_splitter
from pmo_classify.roles import TRADE_ENDINGS
from pmo_classify.shipped import read_shipped_rows
from pmo_classify.spelling import make_repairer
from pmo_classify.text import clean, fold
from pmo_classify.thresholds import MAX_PASSES, TRADE_MIN_LENGTH
from pmo_classify.vocabulary import Part, Vocabulary, Word, default_vocabulary

__all__ = [
    "BREAK",
    "SLASH",
    "NormalisedTitle",
    "Token",
    "Tokeniser",
    "default_tokeniser",
    "normalise",
]

NormalisedTitle = NewType("NormalisedTitle", str)
"""A title in the one tidy form that tables and input are compared in; made by ``normalise``."""

BREAK: Final = "break"
SLASH: Final = "slash"


class Token(NamedTuple):
    """One word of a title, or a run of words that belong together.

    ``start`` and ``end`` count characters of the mended text. ``kind`` is the part that the
    word plays, or ``BREAK`` for a comma, dash or bracket, or ``SLASH``. ``meaning`` is the word in
    its standard form, ``written`` as it stood, folded; ``repaired`` says that they differ because
    the spelling was mended.
    """

    start: int
    end: int
    kind: str
    meaning: str
    written: str
    repaired: bool = False


_LEX = re.compile(
    r"""
    (?P<acronym>(?<![^\W_])(?:[^\W\d_]\.\s?){2,8}(?:[^\W\d_]\b)?)
  | (?P<word>[^\W_]+(?:['’´`][^\W\d_]+)*)
    (?:[/*:_·(]-?(?:innen|in|trice|euse|rice|ne|ra|e|a|o|s|r)(?![\w-])\)?)?
  | (?P<hard>[,;:|()\[\]{}•·–—―*!@"“”«»<>]|(?<!\S)[-?~]+|[-?~]+(?!\S)(?!\s+(?:und|oder|en)\b))
  | (?P<soft>[/\\])
  | (?P<and>[&+])
    """,
    re.VERBOSE,
)
_MAY_HOLD_NOISE = re.compile(
    r"[\d£$€₹¥@/]|www\.|\([A-Za-z ]{1,11}\)|\b[HhMmFfWw]-[HhMmFfWwDd]\b|(?i:band|grade|level|tier)"
)
_IGNORED: Final = frozenset({Part.NOISE, Part.PLACE, Part.FILLER})
_CANONICAL: Final = frozenset(
    {
        Part.P3,
        Part.P3_NAME,
        Part.OFFICE_NAME,
        Part.OFFICE,
        Part.OFFICE_KIND,
        Part.MANAGEMENT,
        Part.SERVICES,
        Part.ROLE,
        Part.SENIORITY,
        Part.LEARNER,
        Part.FUNCTION,
        Part.LINK,
        Part.JOIN,
    }
)


class _Piece(NamedTuple):
    start: int
    end: int
    text: str


class Tokeniser:
    """Turns mended text into tokens, by a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._noise = _noise_pattern()
        self.repair: Callable[[str], str | None] = make_repairer(vocabulary)
        self._split = make_splitter(vocabulary, self.repair)

    def tokens(self, text: str) -> list[Token]:
        """Read mended text; if nothing but noise stands in it, the noise is kept as words."""
        tokens = self._tokens(text, _noise_spans(self._noise, text))
        if not any(_holds_a_word(t) for t in tokens):
            tokens = [_as_word(t) for t in self._tokens(text, [])]
        return tokens

    def _tokens(self, text: str, noise: list[tuple[int, int]]) -> list[Token]:
        found: list[Token] = []
        run: list[_Piece] = []
        for item in self._pieces(text, noise):
            if isinstance(item, _Piece):
                run.append(item)
                continue
            if run:
                self._read_run(run, found)
                run = []
            found.append(item)
        if run:
            self._read_run(run, found)
        return found

    def _pieces(self, text: str, noise: list[tuple[int, int]]) -> Iterator[_Piece | Token]:
        position = 0
        for start, end in [*noise, (len(text), len(text))]:
            for match in _LEX.finditer(text, position, start):
                yield from _lexed(match)
            if start < end:
                yield Token(start, end, Part.NOISE, "", fold(text[start:end]))
            position = end

    def _read_run(self, run: list[_Piece], found: list[Token]) -> None:
        """Read words that no punctuation parts: split compounds, mend spelling, find phrases."""
        pieces: list[_Piece] = []
        repaired: list[str | None] = []
        for piece in run:
            for part in self._parts(piece):
                pieces.append(part)
                repaired.append(self.repair(part.text))
        texts = [fix or piece.text for fix, piece in zip(repaired, pieces, strict=True)]
        at = 0
        while at < len(pieces):
            word, length = self._vocabulary.match(texts, at)
            first, last = pieces[at], pieces[at + length - 1]
            written = " ".join(p.text for p in pieces[at : at + length])
            fixed = any(repaired[at : at + length])
            found.extend(self._as_tokens(word, first.start, last.end, written, fixed))
            at += length

    def _parts(self, piece: _Piece) -> list[_Piece]:
        texts = self._split(piece.text)
        if len(texts) == 1 or sum(map(len, texts)) != piece.end - piece.start:
            return [_Piece(piece.start, piece.end, text) for text in texts]
        parts, start = [], piece.start
        for text in texts:
            parts.append(_Piece(start, start + len(text), text))
            start += len(text)
        return parts

    def _as_tokens(
        self, word: Word | None, start: int, end: int, written: str, fixed: bool
    ) -> Iterator[Token]:
        if word is None:
            yield Token(start, end, _unknown_kind(written), written, written)
        elif word.part is Part.EXPANDS:
            texts = word.meaning.replace("-", " ").split()
            at = 0
            while at < len(texts):
                inner, length = self._vocabulary.match(texts, at)
                if inner is not None:
                    yield Token(start, end, inner.part, inner.meaning, written, fixed)
                at += length
        else:
            yield Token(start, end, word.part, word.meaning, written, fixed)

    def key(self, tokens: list[Token], *, repaired: bool = False) -> NormalisedTitle:
        """Write tokens as the text that tables are keyed by; noise is left out.

        ``repaired`` asks for the mended spelling of misspelt words, not the one that stood there.
        """
        words: list[str] = []
        separator = ""
        for token in tokens:
            text = _key_text(token, repaired)
            if token.kind in _SEPARATORS:
                separator = text
            elif text:
                # Of separators side by side the last one stays, and none at either end.
                words += [separator, text] if words and separator else [text]
                separator = ""
        return NormalisedTitle(" ".join(words))


_SEPARATORS: Final = frozenset({BREAK, SLASH, Part.JOIN})


def _unknown_kind(word: str) -> Part:
    if any(map(str.isdigit, word)):
        return Part.NOISE
    is_trade = len(word) >= TRADE_MIN_LENGTH and word.endswith(TRADE_ENDINGS)
    return Part.TRADE if is_trade else Part.UNKNOWN


def _key_text(token: Token, repaired: bool) -> str:
    kind = token.kind
    if kind == BREAK:
        return ","
    if kind == SLASH:
        return "/"
    if kind in _IGNORED or (kind == Part.SENIORITY and token.meaning == "grade"):
        return ""
    if token.repaired and not repaired:
        return token.written
    return token.meaning if kind in _CANONICAL else token.written


def _holds_a_word(token: Token) -> bool:
    return token.kind not in (BREAK, SLASH, Part.JOIN, Part.LINK) and bool(
        _key_text(token, repaired=False)
    )


def _as_word(token: Token) -> Token:
    if token.kind in _IGNORED or token.kind in (Part.JOIN, Part.LINK) or token.meaning == "grade":
        return token._replace(kind=Part.UNKNOWN, meaning=token.written)
    return token


def _lexed(match: re.Match[str]) -> Iterator[_Piece | Token]:
    start, end = match.span()
    kind = match.lastgroup
    if kind == "word":
        for part in re.split(r"['’´`]", match["word"]):
            # The possessive s is no word; the elided article of "d'affaires" is one.
            if part and (part not in ("s", "S") or part == match["word"]):
                yield _Piece(start, match.end("word"), fold(part))
    elif kind == "acronym":
        end = start + len(match[0].rstrip())
        yield _Piece(start, end, fold(re.sub(r"[.\s]", "", match["acronym"])))
    elif kind == "and":
        yield Token(start, end, Part.JOIN, "and", match[0])
    else:
        yield Token(
            start, end, BREAK if kind == "hard" else SLASH, match[0].strip() or ",", match[0]
        )


def _noise_spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    if not _MAY_HOLD_NOISE.search(text):
        return []
    matches = ((m.start(), m.start() + len(m[0].rstrip())) for m in pattern.finditer(text))
    return [(start, end) for start, end in matches if end > start]


@cache
def _noise_pattern() -> re.Pattern[str]:
    rows = read_shipped_rows("noise_patterns.csv")
    return re.compile("|".join(f"(?:{pattern})" for _, pattern, _ in rows), re.IGNORECASE)


@cache
def default_tokeniser() -> Tokeniser:
    """The tokeniser for the vocabulary that ships with the library, made once."""
    return Tokeniser(default_vocabulary())


def normalise(title: str) -> NormalisedTitle:
    """Give a title's tidy form: small letters, British spelling, no abbreviation, no noise.

    >>> normalise("URGENT - Snr Prog. Office Coord (12 month contract), Leeds, £40k")
    'senior programme office co-ordinator'
    >>> normalise("P.M.O. Mgr"), normalise("Manager, PMO")
    ('pmo manager', 'manager , pmo')

    Doing it twice changes nothing, and a title that holds words is never emptied:

    >>> normalise("London"), normalise("Urgent!")
    ('london', 'urgent')

    The spelling is not repaired here; ``classify`` does that, and says so.
    """
    tokeniser = default_tokeniser()
    key = tokeniser.key(tokeniser.tokens(clean(title).text))
    for _ in range(MAX_PASSES):
        # What noise parted may stand together now, and mean something else: "P 2 H" is "P H".
        again = tokeniser.key(tokeniser.tokens(key))
        if again == key:
            break
        key = again
    return key
