"""Checks of how well a title was understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.taxonomy import Scope

__all__ = ["find_unread", "names_a_trade", "scope_of_stems"]

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
# In many languages the words for project, programme and portfolio start like this. Longer words and
# some other endings are those of other trades (programmer, designer).
_STEM: Final = re.compile(
    r"(?:(?P<project>proje[ck]t?|projet|proyec|proget|prosjekt|proiect|prohjek)"
    r"|(?P<portfolio>porto?f))(?!ant|ist|eur|ier|ow|ov|ut)\w{0,5}$"
    r"|(?P<programme>program(?:m?[aeiuy]?|men?|mes|met))$"
)
_LATIN: Final = re.compile(r"[a-z]")


def names_a_trade(tokens: Sequence[Token]) -> bool:
    """Return whether a title names a trade or a role that the tables know."""
    return any(token.tag in (Tag.TRADE, Tag.ROLE) for token in tokens)


def find_unread(tokens: Sequence[Token]) -> str | None:
    """Return the code of the doubt about a title that was not understood, or ``None``.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> tokenize = default_tokenizer().tokenize
    >>> find_unread(tokenize("Head of the QRO")), find_unread(tokenize("Head Gardener"))
    ('unread-acronym', None)
    """
    tags = {token.tag for token in tokens}
    # The tables have only words in Latin letters, so a title with a known word needs no check.
    if tags <= _UNREAD_OR_MARK:
        words = [token.written for token in tokens if token.tag != Tag.NOISE]
        if not any(map(_LATIN.search, words)):
            return "unread-language"
    if Tag.ACRONYM in tags and Tag.ROLE in tags and tags - _NO_CONTENT == {Tag.ACRONYM}:
        roles = {token.meaning for token in tokens if token.tag == Tag.ROLE}
        # An engineer's trade is another one, whatever the short name stands for.
        return None if roles <= _TRADES_WITH_ANY_NAME else "unread-acronym"
    if any(token.tag == Tag.UNKNOWN and _STEM.match(token.written) for token in tokens):
        return "unread-stem"
    return None


def scope_of_stems(tokens: Sequence[Token]) -> Scope:
    """Return the scope that unknown words seem to name, by their stems.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> tokenize = default_tokenizer().tokenize
    >>> str(scope_of_stems(tokenize("Vodja projektne pisarne")))
    'project'
    """
    stems = (_STEM.match(token.written) for token in tokens if token.tag == Tag.UNKNOWN)
    scope = Scope.NONE
    for stem in stems:
        if stem is not None and stem.lastgroup:
            scope |= Scope[stem.lastgroup.upper()]
    return scope
