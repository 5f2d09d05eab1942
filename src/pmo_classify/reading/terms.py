"""What stands in a title: words, and runs of words that mean one thing."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import Tag
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

__all__ = ["NormalWord", "Term"]


class NormalWord(NamedTuple):
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
        keys: list[NormalWord] = []
        ranks: list[str] = []
        for token in tokens:
            kind = token.tag
            standard = _key_text(token)
            if standard:
                # What a misspelt form is short for stood there as one, so that is written once.
                text = standard if not repaired else "" if keys else token.written
                keys.append(NormalWord(text, standard, kind in SEPARATORS))
                self.holds_word = self.holds_word or kind not in NO_WORDS
            if kind == Tag.SENIORITY:
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
    def of_unknown(cls, tag: str, written: str) -> Term:
        """Make the term of a word that no table knows; quicker, for there are so many of them."""
        token = Token(tag, written, written)
        term = cls.__new__(cls)
        term.tokens = (token,)
        term.repaired = False
        term.ranks = ()
        term.repairs = ()
        term.length = 1
        term._shape = shape_of_unknown(tag, written)  # noqa: SLF001 - it is our own
        term.holds_word = tag != Tag.NOISE
        key = _british().get(written, written)
        term.keys = (NormalWord(key, key, False),) if term.holds_word else ()
        return term

    def as_word(self) -> Term:
        """Take it for a word of the title, even if it is noise or a small word."""
        tokens = tuple(
            t._replace(tag=Tag.UNKNOWN, meaning=t.written)
            if t.tag in _TAKEN_AS_WORDS or t.meaning == "grade"
            else t
            for t in self.tokens
        )
        return Term(tokens, repaired=self.repaired, length=self.length)


_TAKEN_AS_WORDS: Final = IGNORED | {Tag.JOIN, Tag.LINK}
_CANONICAL: Final = frozenset(
    {
        Tag.P3,
        Tag.P3_NAME,
        Tag.OFFICE_NAME,
        Tag.OFFICE,
        Tag.OFFICE_KIND,
        Tag.MANAGEMENT,
        Tag.SERVICES,
        Tag.ROLE,
        Tag.SENIORITY,
        Tag.LEARNER,
        Tag.FUNCTION,
        Tag.LINK,
        Tag.JOIN,
    }
)


def _key_text(token: Token) -> str:
    if token.tag == BREAK:
        return ","
    if token.tag == SLASH:
        return "/"
    if token.tag in IGNORED or (token.tag == Tag.SENIORITY and token.meaning == "grade"):
        return ""
    if token.tag in _CANONICAL:
        return token.meaning
    british = _british()
    return " ".join([british.get(word, word) for word in token.written.split()])


@cache
def _british() -> dict[str, str]:
    """Words that tables tell by how they are written, by their American spelling."""
    return dict(read_shipped_rows("british.csv"))
