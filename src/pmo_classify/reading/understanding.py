"""How much of a title was understood, and what is left unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = ["find_unread", "names_a_trade"]

_NO_CONTENT: Final = frozenset(
    {
        BREAK,
        SLASH,
        Tag.FILLER,
        Tag.JOIN,
        Tag.LEARNER,
        Tag.LINK,
        Tag.NOISE,
        Tag.PLACE,
        Tag.ROLE,
        Tag.SENIORITY,
    }
)
_TRADES_WITH_ANY_NAME: Final = frozenset({"engineer", "technician"})
_UNREAD_OR_MARK: Final = frozenset({BREAK, SLASH, Tag.ACRONYM, Tag.JOIN, Tag.NOISE, Tag.UNKNOWN})
# Project, programme and portfolio begin so in many languages; a longer word is a trade's
# (programmer, designer), and those that begin alike with another ending are, too.
_STEM: Final = re.compile(
    r"(?:proje[ck]t?|projet|proyec|proget|prosjekt|proiect|prohjek|porto?f)"
    r"(?!ant|ist|eur|ier|ow|ov|ut)\w{0,5}$"
    r"|program(?:m?[aeiuy]?|men?|mes|met)$"
)
_LATIN: Final = re.compile(r"[a-z]")


def names_a_trade(tokens: Sequence[Token]) -> bool:
    """Return whether a title names a trade or a role that the tables know."""
    return any(token.tag in (Tag.TRADE, Tag.ROLE) for token in tokens)


def find_unread(tokens: Sequence[Token]) -> str | None:
    """Return the code of the doubt where a title without words of the field was not understood.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> tokenize = default_tokenizer().tokenize
    >>> find_unread(tokenize("Head of the QRO")), find_unread(tokenize("Head Gardener"))
    ('unread-acronym', None)
    """
    tags = {token.tag for token in tokens}
    # The words of all tables are in Latin letters, so that only the others need a look.
    if tags <= _UNREAD_OR_MARK:
        words = [token.written for token in tokens if token.tag != Tag.NOISE]
        if not any(map(_LATIN.search, words)):
            return "unread-language"
    if Tag.ACRONYM in tags and Tag.ROLE in tags and tags - _NO_CONTENT == {Tag.ACRONYM}:
        roles = {token.meaning for token in tokens if token.tag == Tag.ROLE}
        # Whatever an engineer's short name is short for, it is an engineer's trade.
        return None if roles <= _TRADES_WITH_ANY_NAME else "unread-acronym"
    if any(token.tag == Tag.UNKNOWN and _STEM.match(token.written) for token in tokens):
        return "unread-stem"
    return None
