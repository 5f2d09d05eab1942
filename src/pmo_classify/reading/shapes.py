"""What the reading sees of a title's words.

A ``Shape`` is made once for all words that the rules cannot tell apart: "Leeds" and "York" have
one. So titles that differ in nothing but such words have equal shapes, and are read once.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import (
    PLANNING_FUNCTIONS,
    RoleGroup,
    known_roles,
    modifier_roles,
    phrase_ending_roles,
)
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = [
    "IGNORED",
    "NO_WORDS",
    "PLAIN",
    "SENIORITY",
    "SEPARATORS",
    "Shape",
    "Token",
    "as_seen",
    "can_weigh",
    "is_led_by_rank",
    "is_of_the_field",
    "is_rank",
    "outline",
    "rank_outline",
    "shape_of",
    "shape_of_unknown",
    "tokens_of",
    "without_end",
]


class Token(NamedTuple):
    """One word as the reading sees it.

    ``kind`` is the part that the word plays, or ``BREAK`` for a comma, dash or bracket, or
    ``SLASH``; ``meaning`` the word in its standard form, ``written`` as it stood, folded.
    """

    tag: str
    meaning: str
    written: str


IGNORED: Final = frozenset({Tag.NOISE, Tag.PLACE, Tag.FILLER})
SEPARATORS: Final = frozenset({BREAK, SLASH, Tag.JOIN})
NO_WORDS: Final = frozenset({BREAK, SLASH, Tag.JOIN, Tag.LINK})
_FIELD_PARTS: Final = frozenset({Tag.P3, Tag.P3_NAME, Tag.OFFICE_NAME, Tag.OFFICE_KIND, Tag.TOOL})


@cache
def _field_roles() -> frozenset[str]:
    return frozenset(
        role.name
        for role in known_roles().values()
        if role.group is RoleGroup.DELIVERY or role.function is not None
    )


def is_of_the_field(token: Token) -> bool:
    """Tell a word without which no rule but "nothing" can hold."""
    if token.tag == Tag.ROLE:
        return token.meaning in _field_roles()
    if token.tag == Tag.FUNCTION:
        return token.meaning in PLANNING_FUNCTIONS
    return token.tag in _FIELD_PARTS


def is_rank(token: Token) -> bool:
    """Tell a role word that may be only a rank; "support" says what the work is."""
    return (
        token.tag == Tag.ROLE and token.meaning in modifier_roles() and token.meaning != "support"
    )


def can_weigh(token: Token) -> bool:
    """Tell a word that may change an answer: one of the field, or of rank.

    A title without any is off the ladder, and no seniority is told of it.
    """
    return token.tag == Tag.SENIORITY or is_of_the_field(token) or is_rank(token)


def _is_surely_a_role(token: Token) -> bool:
    if token.tag == Tag.ROLE:
        return token.meaning not in phrase_ending_roles()
    return token.tag == Tag.TRADE


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
        self.is_ignored = all(token.tag in IGNORED for token in tokens)
        self.is_break = any(token.tag == BREAK for token in tokens)
        self.is_separator = all(token.tag in SEPARATORS for token in tokens)
        self.is_word = any(t.tag not in NO_WORDS and t.meaning != "grade" for t in tokens)
        self.is_of_the_field = any(map(is_of_the_field, tokens))
        self.can_weigh = any(map(can_weigh, tokens))
        self.is_role = any(map(_is_surely_a_role, tokens))
        self.is_structure = any(token.tag in _STRUCTURE for token in tokens)


_STRUCTURE: Final = frozenset(
    {BREAK, SLASH, Tag.JOIN, Tag.LEARNER, Tag.LINK, Tag.OFFICE, Tag.ROLE, Tag.SENIORITY,
     Tag.TRADE}
)  # fmt: skip
"""Parts by which headings and their ranks are found; of the others it only counts that they are."""
_READ_BY_MEANING: Final = frozenset(
    {
        Tag.ENTERPRISE,
        Tag.FUNCTION,
        Tag.LEARNER,
        Tag.OFFICE_FUNCTION,
        Tag.OFFICE_KIND,
        Tag.OFFICE_NAME,
        Tag.P3,
        Tag.P3_NAME,
        Tag.ROLE,
    }
)
"""Parts whose words the rules tell apart; of any other they see only that it is there ..."""
_READ_WORDS: Final = frozenset(
    {"construction", "cpm", "delivery", "enterprise", "grade", "implementation"}
)
_READ_STEMS: Final = ("project", "programme", "portfolio")
"""... but for these words, and those that start so."""
_READ_AS_WRITTEN: Final = frozenset({Tag.OFFICE, Tag.P3, Tag.P3_NAME})
"""Parts of which it counts whether the word is English."""


_OPENERS: Final = {"(": "(", "[": "(", "{": "(", ",": ",", ";": ";"}
"""Marks that are read alike; all others are dashes."""


def as_seen(token: Token, *, repaired: bool = False) -> Token:
    """Leave of a token what the rules look at.

    >>> as_seen(Token(Tag.PLACE, "leeds", "leeds")) == as_seen(Token(Tag.PLACE, "york", "york"))
    True
    """
    meaning, kind = token.meaning, token.tag
    if kind == BREAK:
        return Token(kind, _OPENERS.get(meaning, "-"), "")
    is_read = kind in _READ_BY_MEANING or meaning in _READ_WORDS or meaning.startswith(_READ_STEMS)
    # How a misspelt word is written says nothing of its language.
    shows_language = kind in _READ_AS_WRITTEN and not repaired
    return Token(kind, meaning if is_read else "", token.written if shows_language else "")


@cache
def shape_of(tokens: tuple[Token, ...]) -> Shape:
    """Give the one shape of tokens that ``as_seen`` has made."""
    # As many as the lexicon has words, for what no table knows has one shape.
    return Shape(tokens)


_UNKNOWN_SHAPES: Final = {
    kind: shape_of((Token(kind, "", ""),)) for kind in (Tag.UNKNOWN, Tag.TRADE, Tag.NOISE)
}
SENIORITY: Final = shape_of((as_seen(Token(Tag.SENIORITY, "senior", "senior")),))
"""The shape of a word of seniority; the rules cannot tell "senior" from "junior"."""
PLAIN: Final = _UNKNOWN_SHAPES[Tag.UNKNOWN]
"""The shape of a word that no table knows."""


_DASH, _BRACKET, _LINK = (
    shape_of((Token(*token, ""),)) for token in ((BREAK, "-"), (BREAK, "("), (Tag.LINK, ""))
)
_UNWEIGHED: Final = frozenset({PLAIN, _LINK})


def shape_of_unknown(tag: str, written: str) -> Shape | None:
    """Give the shape of a word that no table knows; ``None`` if the rules look at its letters."""
    if written in _READ_WORDS or written.startswith(_READ_STEMS):
        return None
    return _UNKNOWN_SHAPES[tag]


def outline(shapes: list[Shape]) -> tuple[Shape, ...]:
    """Leave of a title's shapes what its reading depends on; equal outlines have one reading.

    Where nothing is of the field, that is the rank of the first role, and nothing where none of
    its words can be a rank.
    """
    if any(shape.is_of_the_field for shape in shapes):
        return without_end(shapes)
    return rank_outline(shapes) if any(shape.can_weigh for shape in shapes) else ()


def without_end(shapes: list[Shape]) -> tuple[Shape, ...]:
    """Leave out what only parts words at the end, and "- Milton Keynes" where that says nothing.

    Unknown words after a dash change nothing where there is a role that they are not. A title in
    brackets is read by whether it is all that stands there.
    """
    start = _start_of_end(shapes)
    if start:
        role = next((at for at, shape in enumerate(shapes) if shape.is_role), start)
        bracket = shapes.index(_BRACKET) if _BRACKET in shapes else start
        while role < start <= bracket:
            del shapes[start:]
            start = _start_of_end(shapes)
    return tuple(shapes)


def _start_of_end(shapes: list[Shape]) -> int:
    """Drop separators; find the dash or bracket before a last phrase that no table knows."""
    while shapes and shapes[-1].is_separator:
        shapes.pop()
    at = len(shapes)
    while at and shapes[at - 1] in _UNWEIGHED:
        at -= 1
    return at - 1 if at and shapes[at - 1] in (_DASH, _BRACKET) else 0


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


def is_led_by_rank(shapes: tuple[Shape, ...]) -> bool:
    """Tell whether a word of seniority comes first, and then another word."""
    return len(shapes) > 1 and shapes[0] is SENIORITY and shapes[1].is_word


def tokens_of(shapes: tuple[Shape, ...]) -> list[Token]:
    """Give the words of a title as the reading sees them, each of them another object."""
    tokens = [token for shape in shapes for token in shape.tokens]
    if len(set(shapes)) < len(shapes):
        # Which of two equal words is meant is told by identity.
        tokens = [Token(*token) for token in tokens]
    return tokens
