"""What each word of a title can mean for its answer, as bits that are joined for the whole title.

Nineteen titles in twenty have no word of project work. For these the bits are the answer, so most
of them need no token.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import PLANNING_FUNCTIONS, RoleGroup, known_roles, modifier_roles
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = [
    "ACRONYM",
    "CONTENT",
    "OF_THE_FIELD",
    "OTHER_SCRIPT",
    "RANK",
    "READ",
    "REPAIRED",
    "ROLE",
    "STEM",
    "STEM_PATTERN",
    "TRADE",
    "WORD",
    "is_of_the_field",
    "is_rank",
    "rank_named_by",
    "traits_of_word",
]

OF_THE_FIELD: Final = 1
"""The word can put a title on the ladder or in delivery."""
RANK: Final = 2
"""It is a rank, such as "senior", or a role that may be one, such as "lead"."""
TRADE: Final = 4
"""It is a trade or a role."""
ROLE: Final = 8
"""It is a role that needs to be known what it is for: all but an engineer's or a technician's."""
ACRONYM: Final = 16
"""It is a short name that no table lists."""
CONTENT: Final = 32
"""It says what the work is, in a word that is no role and no short name."""
READ: Final = 64
"""It is a word that the tables know, or is at least in Latin letters."""
STEM: Final = 128
"""No table lists it, but it looks like project, programme or portfolio."""
WORD: Final = 256
"""It is a word of the title: no noise, no mark, no small word."""
REPAIRED: Final = 512
"""Its spelling was repaired."""
OTHER_SCRIPT: Final = 1024
"""It is in letters that no table has, such as Greek ones."""

_FIELD_TAGS: Final = frozenset(
    {Tag.P3, Tag.P3_NAME, Tag.OFFICE_NAME, Tag.OFFICE_KIND, Tag.TOOL, Tag.OWN_FUNCTION}
)
_NO_WORDS: Final = frozenset({BREAK, SLASH, Tag.JOIN, Tag.LINK, Tag.NOISE, Tag.PLACE, Tag.FILLER})
_NO_CONTENT: Final = _NO_WORDS | {Tag.ACRONYM, Tag.LEARNER, Tag.ROLE, Tag.SENIORITY}
_UNREAD_OR_MARK: Final = frozenset({BREAK, SLASH, Tag.ACRONYM, Tag.JOIN, Tag.NOISE, Tag.UNKNOWN})
_ROLES_WITH_ANY_NAME: Final = frozenset({"engineer", "technician"})
_LATIN: Final = re.compile(r"[a-z]")
_OTHER_LETTER: Final = re.compile(r"[^\W\d_\u0000-\u036f\u1e00-\u1eff]")
# In many languages the words for project, programme and portfolio start like this. Longer words and
# some other endings are those of other trades (programmer, designer).
STEM_PATTERN: Final = re.compile(
    r"(?:(?P<project>proje[ck]t?|projet|proyec|proget|prosjekt|proiect|prohjek)"
    r"|(?P<portfolio>porto?f))(?!ant|ist|eur|ier|ow|ov|ut)\w{0,5}$"
    r"|(?P<programme>program(?:m?[aeiruy]?|men?|mes|met))$"
)


def traits_of_word(tag: str, meaning: str, written: str) -> int:
    """Return what a word can mean, from its tag, its meaning and how it is written."""
    traits = _traits_of_tag(tag)
    if meaning == "grade":
        traits &= ~WORD
    if not traits & READ and tag != Tag.NOISE and _LATIN.search(written):
        traits |= READ
    if tag == Tag.UNKNOWN and not written.isascii() and _OTHER_LETTER.search(written):
        traits |= OTHER_SCRIPT
    if _is_of_the_field(tag, meaning):
        traits |= OF_THE_FIELD
    if tag == Tag.ROLE:
        if meaning not in _ROLES_WITH_ANY_NAME:
            traits |= ROLE
        if _may_be_rank(meaning):
            traits |= RANK
    elif tag == Tag.UNKNOWN and STEM_PATTERN.match(written):
        traits |= STEM
    return traits


@cache
def _traits_of_tag(tag: str) -> int:
    traits = 0 if tag in _NO_WORDS else WORD
    if tag not in _NO_CONTENT:
        traits |= CONTENT
    if tag not in _UNREAD_OR_MARK:
        traits |= READ
    if tag in (Tag.TRADE, Tag.ROLE):
        traits |= TRADE
    return traits | {Tag.SENIORITY: RANK, Tag.ACRONYM: ACRONYM}.get(tag, 0)


def is_of_the_field(token: Token) -> bool:
    """Return whether a word can put a title on the ladder or in delivery.

    Most titles have no such word, and are answered without the rules.
    """
    return _is_of_the_field(token.tag, token.meaning)


def _is_of_the_field(tag: str, meaning: str) -> bool:
    if tag == Tag.ROLE:
        role = known_roles().get(meaning)
        return role is not None and (role.group is RoleGroup.DELIVERY or role.function is not None)
    if tag == Tag.FUNCTION:
        return meaning in PLANNING_FUNCTIONS
    return tag in _FIELD_TAGS


def is_rank(token: Token) -> bool:
    """Return whether a role word can also be a rank, as "lead" in "Lead Analyst"."""
    return token.tag == Tag.ROLE and _may_be_rank(token.meaning)


def rank_named_by(tag: str, meaning: str) -> str | None:
    """Return the rank that a word names where it qualifies a role, or ``None``.

    >>> rank_named_by("role", "lead"), rank_named_by("role", "administrator")
    ('lead', None)
    """
    if tag == Tag.SENIORITY:
        # Grades, such as "II", are ranks of each employer's own.
        return None if meaning == "grade" else meaning
    role = known_roles().get(meaning)
    return (role.rank or None) if role is not None else None


def _may_be_rank(role: str) -> bool:
    return role in modifier_roles() and role != "support"
