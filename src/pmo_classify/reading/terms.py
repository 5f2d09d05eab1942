"""What stands in a title: words, and runs of words that mean one thing."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import Part
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.shapes import (
    IGNORED,
    NO_WORDS,
    SEPARATORS,
    Shape,
    Token,
    as_seen,
    shape_of,
    shape_of_unknown,
)

__all__ = ["KeyWord", "Term"]


class KeyWord(NamedTuple):
    """What a token gives to a title's normalised form: as it stood, and with its spelling mended.

    ``separates`` says that it is a comma, a slash or "and", which the form does not end with.
    ``text`` is empty where another token of the same misspelt words has it.
    """

    text: str
    mended: str
    separates: bool


class Term:
    """A word, mark, or run of words that means one thing.

    ``tokens`` is what it means: one token, or those of the words that it is short for. ``repaired``
    says that its spelling was mended, ``repairs`` how, as reason codes; ``ranks`` are the words of
    seniority in it; ``length`` counts the pieces of text that it was made of.
    """

    __slots__ = ("_shape", "holds_word", "keys", "length", "ranks", "repaired", "repairs", "tokens")

    def __init__(self, tokens: tuple[Token, ...], *, repaired: bool = False, length: int = 1):
        self.tokens = tokens
        self.repaired = repaired
        self.length = length
        self._shape: Shape | None = None
        self.holds_word = False
        keys: list[KeyWord] = []
        ranks: list[str] = []
        for token in tokens:
            kind = token.kind
            standard = _key_text(token)
            if standard:
                # What a misspelt form is short for stood there as one, so that is written once.
                text = standard if not repaired else "" if keys else token.written
                keys.append(KeyWord(text, standard, kind in SEPARATORS))
                self.holds_word = self.holds_word or kind not in NO_WORDS
            if kind == Part.SENIORITY:
                ranks.append(token.meaning)
        self.keys = tuple(keys)
        self.ranks = tuple(ranks)
        self.repairs = tuple([f"repaired:{t.written}>{t.meaning}" for t in tokens if repaired])

    @property
    def shape(self) -> Shape:
        """What the reading sees of it; worked out when asked for, since a key needs none."""
        if self._shape is None:
            repaired = self.repaired
            self._shape = shape_of(tuple([as_seen(t, repaired=repaired) for t in self.tokens]))
        return self._shape

    @classmethod
    def of_unknown(cls, kind: str, written: str) -> Term:
        """Make the term of a word that no table knows; quicker, for there are so many of them."""
        token = Token(kind, written, written)
        term = cls.__new__(cls)
        term.tokens = (token,)
        term.repaired = False
        term.ranks = ()
        term.repairs = ()
        term.length = 1
        term._shape = shape_of_unknown(kind, written)  # noqa: SLF001 - it is our own
        term.holds_word = kind != Part.NOISE
        key = _british().get(written, written)
        term.keys = (KeyWord(key, key, False),) if term.holds_word else ()
        return term

    def as_word(self) -> Term:
        """Take it for a word of the title, even if it is noise or a small word."""
        tokens = tuple(
            t._replace(kind=Part.UNKNOWN, meaning=t.written)
            if t.kind in _TAKEN_AS_WORDS or t.meaning == "grade"
            else t
            for t in self.tokens
        )
        return Term(tokens, repaired=self.repaired, length=self.length)


_TAKEN_AS_WORDS: Final = IGNORED | {Part.JOIN, Part.LINK}
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


def _key_text(token: Token) -> str:
    if token.kind == BREAK:
        return ","
    if token.kind == SLASH:
        return "/"
    if token.kind in IGNORED or (token.kind == Part.SENIORITY and token.meaning == "grade"):
        return ""
    if token.kind in _CANONICAL:
        return token.meaning
    british = _british()
    return " ".join([british.get(word, word) for word in token.written.split()])


@cache
def _british() -> dict[str, str]:
    """Words that tables tell by how they are written, by their American spelling."""
    return dict(read_shipped_rows("british.csv"))
