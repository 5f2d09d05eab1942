"""Compounds split into their words: "Projektkoordinator", "Programmabureau", "ProjectManager"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from operator import itemgetter
from typing import Final

from pmo_classify.knowledge.lexicon import (
    ENGLISH,
    Lexicon,
    Tag,
    is_head_first,
    related_languages,
)
from pmo_classify.knowledge.word_parts import PartKind, endings
from pmo_classify.thresholds import (
    COMPOUND_MAX_LENGTH,
    COMPOUND_MIN_LENGTH,
    COMPOUND_MIN_STEM,
)

__all__ = ["CompoundSplitter"]

_HEADS: Final = frozenset({Tag.P3, Tag.OFFICE_NAME})
_TAILS: Final = frozenset(
    {Tag.ROLE, Tag.OFFICE, Tag.MANAGEMENT, Tag.P3, Tag.FUNCTION, Tag.LEARNER, Tag.ABBREVIATION}
)
_SHORTEST_HEAD: Final = 3
"""The fewest letters of a word that a compound is split into."""


class CompoundSplitter:
    """Splits compounds into words of a lexicon.

    >>> from pmo_classify.knowledge.lexicon import default_lexicon
    >>> from pmo_classify.reading.spelling import Speller
    >>> lexicon = default_lexicon()
    >>> split = CompoundSplitter(lexicon, Speller(lexicon).repair).split
    >>> split("projektportfoliomanager"), split("prozessmanager"), split("projectionist")
    (('projekt', 'portfolio', 'manager'), ('prozess', 'manager'), ('projectionist',))

    A misspelt compound is split too; its parts keep their spelling.
    """

    def __init__(self, lexicon: Lexicon, repair: Callable[[str], str | None]) -> None:
        self._lexicon = lexicon
        self._repair = repair

    @cached_property
    def _starts_of_heads(self) -> frozenset[str]:
        return frozenset(form[:_SHORTEST_HEAD] for form, _ in self._lexicon.tagged(_HEADS))

    def split(self, word: str) -> tuple[str, ...]:
        """Return the words of a compound; any other word is returned whole."""
        if not COMPOUND_MIN_LENGTH <= len(word) <= COMPOUND_MAX_LENGTH:
            return (word,)
        if self._lexicon.knows(word):
            return (word,)
        starts_as_head = word[:_SHORTEST_HEAD] in self._starts_of_heads
        parts = self._cut(word, _HEADS, set(), slips=0) if starts_as_head else None
        # Other words are worth the longer search only if they start like "project" or "ePMO".
        may_be_misspelt = starts_as_head or "p" in word[:2]
        if parts is None and may_be_misspelt and self._repair(word) is None:
            parts = self._cut(word, _HEADS, set(), slips=1)
        return parts or _cut_role(word)

    def _cut(
        self, word: str, tags: frozenset[str], failed: set[tuple[str, int]], *, slips: int
    ) -> tuple[str, ...] | None:
        """Return known words that make up a word, the first with a tag and as long as possible.

        ``slips`` is how many of them may be misspelt, one or none. ``failed`` has the ends that
        could not be split, because several splits may lead to the same end.
        """
        if self._is_a(word, tags & _TAILS) or (slips and self._may_be_a(word, tags & _TAILS)):
            return (word,)
        found: tuple[str, ...] | None = None
        for cut, left in self._heads(word, tags, slips):
            tails = (word[cut:], word[cut + 1 :]) if word[cut] == "s" else (word[cut:],)
            for tail in tails:
                if (tail, left) in failed:
                    continue
                parts = self._cut(tail, _TAILS, failed, slips=left)
                if parts is None:
                    failed.add((tail, left))
                elif not slips or self._go_together(word[:cut], parts[0]):
                    return (word[:cut], *parts)
                else:
                    found = found or (word[:cut], *parts)
        return found

    def _heads(self, word: str, tags: frozenset[str], slips: int) -> Iterable[tuple[int, int]]:
        """Return where the known words end that a word may start with, the most likely first.

        With each end goes how many of the words after it may be misspelt.
        """
        found: list[tuple[bool, int, int]] = []
        for cut in range(len(word) - _SHORTEST_HEAD, _SHORTEST_HEAD - 1, -1):
            left = slips
            known = self._lexicon.lookup(word[:cut])
            if known is None and slips:
                left = 0
                known = self._lexicon.lookup(self._repair(word[:cut]) or "")
            if known is not None and known.tag in tags:
                # "Projektassisent" is German, although Croatian has "projekta".
                found.append((slips > 0 and is_head_first(known.language), cut, left))
        found.sort(key=itemgetter(0))
        return [(cut, left) for _, cut, left in found]

    def _is_a(self, piece: str, tags: frozenset[str]) -> bool:
        word = self._lexicon.lookup(piece)
        return word is not None and word.tag in tags

    def _go_together(self, piece: str, other: str) -> bool:
        """Return whether two pieces are words of one language or its relatives, or English."""
        languages, others = map(self._languages_of, (piece, other))
        return ENGLISH in languages | others or not languages.isdisjoint(others)

    def _languages_of(self, piece: str) -> set[str]:
        known = self._lexicon.in_languages(piece)
        found = known or self._lexicon.in_languages(self._repair(piece) or "")
        return {other for language in found for other in related_languages(language)}

    def _may_be_a(self, piece: str, tags: frozenset[str]) -> bool:
        return self._is_a(self._repair(piece) or "", tags)


def _cut_role(word: str) -> tuple[str, ...]:
    """Return a compound of another field split before its role, as "Prozessmanager" is."""
    for role in endings(PartKind.ROLE).get(word[-2:], ()):
        if word.endswith(role) and len(word) - len(role) >= COMPOUND_MIN_STEM:
            return word[: -len(role)], role
    return (word,)
