"""Compounds cut into their words: "Projektkoordinator", "Programmabureau", "ProjectManager"."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from pmo_classify.knowledge.lexicon import Lexicon, Tag
from pmo_classify.knowledge.word_endings import EndingKind, word_endings
from pmo_classify.thresholds import (
    COMPOUND_MAX_LENGTH,
    COMPOUND_MIN_LENGTH,
    COMPOUND_MIN_STEM,
    WORD_CACHE_SIZE,
)

__all__ = ["make_splitter"]

_HEADS: Final = frozenset({Tag.P3, Tag.OFFICE_NAME})
_TAILS: Final = frozenset(
    {Tag.ROLE, Tag.OFFICE, Tag.MANAGEMENT, Tag.P3, Tag.FUNCTION, Tag.LEARNER, Tag.ABBREVIATION}
)
_SHORTEST_HEAD: Final = 3
"""Letters of the shortest word that a compound is cut into."""


def make_splitter(
    lexicon: Lexicon, repair: Callable[[str], str | None]
) -> Callable[[str], tuple[str, ...]]:
    """Return a function that cuts a compound into words; any other word it gives back whole.

    >>> from pmo_classify.reading.spelling import make_repairer
    >>> from pmo_classify.knowledge.lexicon import default_lexicon
    >>> words = default_lexicon()
    >>> split = make_splitter(words, make_repairer(words))
    >>> split("projektportfoliomanager"), split("prozessmanager"), split("projectionist")
    (('projekt', 'portfolio', 'manager'), ('prozess', 'manager'), ('projectionist',))

    A misspelt compound is cut too, and its parts stay as they were written.
    """
    splitter = _Splitter(lexicon, repair)
    return lru_cache(maxsize=WORD_CACHE_SIZE)(splitter.split)


class _Splitter:
    def __init__(self, lexicon: Lexicon, repair: Callable[[str], str | None]) -> None:
        self._lexicon = lexicon
        self._repair = repair
        heads = [form for form, word in lexicon.single.items() if word.tag in _HEADS]
        self._starts_of_heads = frozenset(head[:_SHORTEST_HEAD] for head in heads)

    def split(self, word: str) -> tuple[str, ...]:
        if not COMPOUND_MIN_LENGTH <= len(word) <= COMPOUND_MAX_LENGTH:
            return (word,)
        if self._lexicon.knows(word):
            return (word,)
        parts = None
        if word[:_SHORTEST_HEAD] in self._starts_of_heads:
            parts = self._cut(word, _HEADS, set(), mend=False)
        # Only what starts like a P3 word is worth the search for a misspelt one.
        if parts is None and "p" in word[:2] and self._repair(word) is None:
            parts = self._cut(word, _HEADS, set(), mend=True)
        return parts or _cut_role(word)

    def _cut(
        self, word: str, kinds: frozenset[str], hopeless: set[str], *, mend: bool
    ) -> tuple[str, ...] | None:
        """Cut a word into known words, the first of the given kinds and as long as may be.

        ``hopeless`` are ends found to be no words: several ways to cut may lead to one.
        """
        if self._is_a(word, kinds & _TAILS, mend=mend):
            return (word,)
        for cut in range(len(word) - _SHORTEST_HEAD, _SHORTEST_HEAD - 1, -1):
            if not self._is_a(word[:cut], kinds, mend=mend):
                continue
            tails = (word[cut:], word[cut + 1 :]) if word[cut] == "s" else (word[cut:],)
            for tail in tails:
                if tail in hopeless:
                    continue
                parts = self._cut(tail, _TAILS, hopeless, mend=mend)
                if parts is not None:
                    return (word[:cut], *parts)
                hopeless.add(tail)
        return None

    def _is_a(self, piece: str, kinds: frozenset[str], *, mend: bool) -> bool:
        word = self._lexicon.lookup(piece)
        if word is None and mend:
            word = self._lexicon.lookup(self._repair(piece) or "")
        return word is not None and word.tag in kinds


def _cut_role(word: str) -> tuple[str, ...]:
    """Cut a role off a compound of something else: "Prozessmanager"."""
    roles = word_endings(EndingKind.ROLE)
    if not word.endswith(roles):
        return (word,)
    for role in roles:
        if word.endswith(role) and len(word) - len(role) >= COMPOUND_MIN_STEM:
            return word[: -len(role)], role
    return (word,)
