"""The phrases of a title: what commas, dashes, brackets, slashes and "and" part.

A chunk stands between hard marks (comma, dash, bracket); its pieces are joined by "and" or a slash.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.shapes import SEPARATORS, Token

__all__ = ["RANK_WORDS", "Chunk", "Piece", "flatten", "has_content", "split_chunks"]

Piece = list[Token]
"""Words with no "and", slash or comma between them."""

RANK_WORDS: Final = frozenset({Tag.SENIORITY, Tag.LEARNER, Tag.FILLER})
"""Parts that say how high somebody stands, but not what the work is."""

_WITHOUT_CONTENT: Final = RANK_WORDS | {Tag.LINK}
_SKIPPED: Final = frozenset({Tag.NOISE, Tag.PLACE, Tag.FILLER})


class Chunk(NamedTuple):
    """Pieces, what opened them, and what joins them.

    ``opener`` is "" at the start, ",", "-" or "("; ``joiners`` has, for each piece, what stands
    before it: "" for the first, then "and" or "/".
    """

    opener: str
    pieces: list[Piece]
    joiners: list[str]

    @classmethod
    def of(cls, opener: str, pieces: list[Piece]) -> Chunk:
        """Make a chunk of pieces that "and" joins."""
        return cls(opener, pieces, ["", *("and" for _ in pieces[1:])])

    @property
    def words(self) -> Piece:
        """All words of the chunk."""
        return flatten(self.pieces)


def has_content(piece: Piece) -> bool:
    """Tell whether a piece holds more than rank and small words."""
    # A loop, since this is asked most often.
    for token in piece:  # noqa: SIM110
        if token.tag not in _WITHOUT_CONTENT:
            return True
    return False


def flatten(pieces: Iterable[Piece]) -> Piece:
    """Give the words of all pieces in one list."""
    return [token for piece in pieces for token in piece]


def split_chunks(tokens: Sequence[Token]) -> list[Chunk]:
    """Split a title into its phrases; noise, places and small words are left out."""
    chunks: list[Chunk] = []
    opener = joiner = ""
    pieces: list[Piece] = []
    joiners: list[str] = []
    words: Piece = []
    for at, token in enumerate(tokens):
        kind = token.tag
        if kind in _SKIPPED:
            continue
        if kind not in SEPARATORS:
            words.append(token)
            continue
        if words:
            joiners.append(joiner if pieces else "")
            pieces.append(words)
            words = []
        if kind == BREAK and not _lists_p3_words(tokens, at):
            if pieces:
                chunks.append(Chunk(opener, pieces, joiners))
                pieces, joiners = [], []
            opener, joiner = _opener(token.meaning), ""
        else:
            joiner = "/" if kind == SLASH else "and"
    if words:
        joiners.append(joiner if pieces else "")
        pieces.append(words)
    if pieces:
        chunks.append(Chunk(opener, pieces, joiners))
    return chunks


def _lists_p3_words(tokens: Sequence[Token], at: int) -> bool:
    """Tell the comma of "Project, Programme and Portfolio Office", which joins."""
    if not 0 < at < len(tokens) - 1 or tokens[at].meaning != ",":
        return False
    return tokens[at - 1].tag == Tag.P3 and tokens[at + 1].tag == Tag.P3


def _opener(mark: str) -> str:
    if mark in "([{":
        return "("
    return "," if mark in ",;" else "-"
