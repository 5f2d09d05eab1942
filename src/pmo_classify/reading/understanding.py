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
    words = [token for token in tokens if token.tag not in (BREAK, SLASH, Tag.NOISE)]
    if words and not any(_LATIN.search(token.written) for token in words):
        return "unread-language"
    content = [token for token in tokens if token.tag not in _NO_CONTENT]
    is_about_acronym = bool(content) and all(token.tag == Tag.ACRONYM for token in content)
    if is_about_acronym and any(token.tag == Tag.ROLE for token in tokens):
        return "unread-acronym"
    if any(t.tag == Tag.UNKNOWN and _STEM.match(t.written) for t in content):
        return "unread-stem"
    return None
