"""Checks of how well a title was understood."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.traits import (
    ACRONYM,
    CONTENT,
    OTHER_SCRIPT,
    READ,
    ROLE,
    STEM,
    STEM_PATTERN,
    TRADE,
)
from pmo_classify.taxonomy import Scope

__all__ = ["find_unread", "scope_of_stems"]


def find_unread(traits: int) -> str | None:
    """Return the code of the doubt about a title that was not understood, or ``None``.

    ``traits`` are those of its words.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer, traits_of
    >>> read = default_tokenizer().read
    >>> [find_unread(traits_of(read(title))) for title in ("Head of the QRO", "Head Gardener")]
    ['unread-acronym', None]
    """
    if not traits & READ or (traits & OTHER_SCRIPT and not traits & TRADE):
        return "unread-language"
    if traits & ACRONYM and traits & ROLE and not traits & CONTENT:
        return "unread-acronym"
    return "unread-stem" if traits & STEM else None


def scope_of_stems(tokens: Sequence[Token]) -> Scope:
    """Return the scope that unknown words seem to name, by their stems.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> tokenize = default_tokenizer().tokenize
    >>> str(scope_of_stems(tokenize("Projektijuht")))
    'project'
    """
    stems = (STEM_PATTERN.match(token.written) for token in tokens if token.tag == Tag.UNKNOWN)
    scope = Scope.NONE
    for stem in stems:
        if stem is not None and stem.lastgroup:
            scope |= Scope[stem.lastgroup.upper()]
    return scope
