"""What stands in a title: words, and runs of words that mean one thing.

A ``Term`` is made once for each way that it is written, and a ``Shape`` once for all terms that
the reading cannot tell apart: "Leeds" and "York" have one. So titles that differ in nothing but
such words have equal shapes, and are read once.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from pmo_classify.lexing import BREAK, SLASH
from pmo_classify.roles import DEMOTABLE_ROLES, PLANNING_FUNCTIONS, ROLES, RoleGroup
from pmo_classify.vocabulary import Part

__all__ = [
    "PLAIN",
    "KeyWord",
    "Shape",
    "Term",
    "Token",
    "as_seen",
    "can_weigh",
    "is_of_the_field",
    "is_rank",
    "outline",
    "rank_outline",
    "tokens_of",
    "without_end",
]


class Token(NamedTuple):
    """One word as the reading sees it.

    ``kind`` is the part that the word plays, or ``BREAK`` for a comma, dash or bracket, or
    ``SLASH``; ``meaning`` the word in its standard form, ``written`` as it stood, folded. ``at``
    counts the terms before it: words that one abbreviation stands for have the same.
    """

    kind: str
    meaning: str
    written: str
    at: int = 0


class KeyWord(NamedTuple):
    """What a token gives to a title's normalised form: as it stood, and with its spelling mended.

    ``separates`` says that it is a comma, a slash or "and", which the form does not end with.
    """

    text: str
    mended: str
    separates: bool


_FIELD_PARTS: Final = frozenset(
    {Part.P3, Part.P3_NAME, Part.OFFICE_NAME, Part.OFFICE_KIND, Part.TOOL}
)
_FIELD_ROLES: Final = frozenset(
    role.name
    for role in ROLES.values()
    if role.group is RoleGroup.DELIVERY or role.function is not None
)


def is_of_the_field(token: Token) -> bool:
    """Tell a word without which no rule but "nothing" can hold."""
    if token.kind == Part.ROLE:
        return token.meaning in _FIELD_ROLES
    if token.kind == Part.FUNCTION:
        return token.meaning in PLANNING_FUNCTIONS
    return token.kind in _FIELD_PARTS


def is_rank(token: Token) -> bool:
    """Tell a role word that may be only a rank; "support" says what the work is."""
    return (
        token.kind == Part.ROLE and token.meaning in DEMOTABLE_ROLES and token.meaning != "support"
    )


def can_weigh(token: Token) -> bool:
    """Tell a word that may change an answer: one of the field, or of rank.

    A title without any is off the ladder, and no seniority is told of it.
    """
    return token.kind == Part.SENIORITY or is_of_the_field(token) or is_rank(token)


def _is_surely_a_role(token: Token) -> bool:
    if token.kind == Part.ROLE:
        return not ROLES[token.meaning].weak
    return token.kind == Part.TRADE


class Shape:
    """What the reading sees of a term; two terms that it cannot tell apart share one.

    Shapes are compared by identity, which costs next to nothing.
    """

    __slots__ = (
        "can_weigh",
        "is_break",
        "is_ignored",
        "is_of_the_field",
        "is_role",
        "is_separator",
        "is_structure",
        "is_word",
        "tokens",
    )

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.is_ignored = all(token.kind in _IGNORED for token in tokens)
        self.is_break = any(token.kind == BREAK for token in tokens)
        self.is_separator = all(token.kind in _SEPARATORS for token in tokens)
        self.is_word = any(t.kind not in _NO_WORDS and t.meaning != "grade" for t in tokens)
        self.is_of_the_field = any(map(is_of_the_field, tokens))
        self.can_weigh = any(map(can_weigh, tokens))
        self.is_role = any(map(_is_surely_a_role, tokens))
        self.is_structure = any(token.kind in _STRUCTURE for token in tokens)


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
                text = token.written if repaired else standard
                keys.append(KeyWord(text, standard, kind in _SEPARATORS))
                self.holds_word = self.holds_word or kind not in _NO_WORDS
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
            self._shape = _shape(tuple([as_seen(t, repaired=repaired) for t in self.tokens]))
        return self._shape

    @classmethod
    def of_unknown(cls, kind: str, written: str) -> Term:
        """Make the term of a word that no table knows; quicker, for there are so many of them."""
        token = Token(kind, written, written)
        if written in _READ_WORDS or written.startswith(_READ_STEMS):
            return cls((token,))
        term = cls.__new__(cls)
        term.tokens = (token,)
        term.repaired = False
        term.ranks = ()
        term.repairs = ()
        term.length = 1
        term._shape = _UNKNOWN_SHAPES[kind]  # noqa: SLF001 - it is our own
        term.holds_word = kind != Part.NOISE
        term.keys = (KeyWord(written, written, False),) if term.holds_word else ()
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


_IGNORED: Final = frozenset({Part.NOISE, Part.PLACE, Part.FILLER})
_STRUCTURE: Final = frozenset(
    {BREAK, SLASH, Part.JOIN, Part.LEARNER, Part.LINK, Part.OFFICE, Part.ROLE, Part.SENIORITY,
     Part.TRADE}
)  # fmt: skip
"""Parts by which headings and their ranks are found; of the others it only counts that they are."""
_SEPARATORS: Final = frozenset({BREAK, SLASH, Part.JOIN})
_NO_WORDS: Final = frozenset({BREAK, SLASH, Part.JOIN, Part.LINK})
_TAKEN_AS_WORDS: Final = _IGNORED | {Part.JOIN, Part.LINK}
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
_READ_BY_MEANING: Final = frozenset(
    {
        Part.ENTERPRISE,
        Part.FUNCTION,
        Part.LEARNER,
        Part.OFFICE_FUNCTION,
        Part.OFFICE_KIND,
        Part.OFFICE_NAME,
        Part.P3,
        Part.P3_NAME,
        Part.ROLE,
    }
)
"""Parts whose words the rules tell apart; of any other they see only that it is there ..."""
_READ_WORDS: Final = frozenset(
    {"construction", "cpm", "delivery", "enterprise", "grade", "implementation"}
)
_READ_STEMS: Final = ("project", "programme", "portfolio")
"""... but for these words, and those that start so."""
_READ_AS_WRITTEN: Final = frozenset({Part.OFFICE, Part.P3, Part.P3_NAME})
"""Parts of which it counts whether the word is English."""


_OPENERS: Final = {"(": "(", "[": "(", "{": "(", ",": ",", ";": ";"}
"""Marks that are read alike; all others are dashes."""


def as_seen(token: Token, *, repaired: bool = False) -> Token:
    """Leave of a token what the rules look at.

    >>> as_seen(Token(Part.PLACE, "leeds", "leeds")) == as_seen(Token(Part.PLACE, "york", "york"))
    True
    """
    meaning, kind = token.meaning, token.kind
    if kind == BREAK:
        return Token(kind, _OPENERS.get(meaning, "-"), "")
    is_read = kind in _READ_BY_MEANING or meaning in _READ_WORDS or meaning.startswith(_READ_STEMS)
    # How a misspelt word is written says nothing of its language.
    shows_language = kind in _READ_AS_WRITTEN and not repaired
    return Token(kind, meaning if is_read else "", token.written if shows_language else "")


@cache
def _shape(tokens: tuple[Token, ...]) -> Shape:
    # As many as the vocabulary has words, for what no table knows has one shape.
    return Shape(tokens)


_UNKNOWN_SHAPES: Final = {
    kind: _shape((Token(kind, "", ""),)) for kind in (Part.UNKNOWN, Part.TRADE, Part.NOISE)
}
PLAIN: Final = _UNKNOWN_SHAPES[Part.UNKNOWN]
"""The shape of a word that no table knows."""


def outline(shapes: list[Shape]) -> tuple[Shape, ...]:
    """Leave of a title's shapes what its reading depends on; equal outlines have one reading.

    Where nothing is of the field, that is the rank of the first role, and nothing where none of
    its words can be a rank.
    """
    if any(shape.is_of_the_field for shape in shapes):
        return without_end(shapes)
    return rank_outline(shapes) if any(shape.can_weigh for shape in shapes) else ()


def without_end(shapes: list[Shape]) -> tuple[Shape, ...]:
    """Leave out what only parts words at the end."""
    while shapes and shapes[-1].is_separator:
        shapes.pop()
    return tuple(shapes)


def rank_outline(shapes: list[Shape]) -> tuple[Shape, ...]:
    """Leave what tells the rank of the first role, up to the comma or dash that ends its phrase.

    Words that are neither role nor rank count as one where they stand side by side.
    """
    found: list[Shape] = []
    has_role = False
    for shape in shapes:
        if not shape.is_structure:
            if not found or found[-1] is not PLAIN:
                found.append(PLAIN)
            continue
        if shape.is_break and has_role:
            break
        has_role = has_role or shape.is_role
        found.append(shape)
    return without_end(found)


def tokens_of(shapes: tuple[Shape, ...]) -> list[Token]:
    """Give the words of a title as the reading sees them."""
    return [
        Token(token.kind, token.meaning, token.written, at)
        for at, shape in enumerate(shapes)
        for token in shape.tokens
    ]


def _key_text(token: Token) -> str:
    if token.kind == BREAK:
        return ","
    if token.kind == SLASH:
        return "/"
    if token.kind in _IGNORED or (token.kind == Part.SENIORITY and token.meaning == "grade"):
        return ""
    return token.meaning if token.kind in _CANONICAL else token.written
