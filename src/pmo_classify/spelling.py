"""Spelling repair, one word at a time.

Only a word that no table knows is repaired, and only to a word that the ladder turns on. A known
word is never rewritten, however near it stands: "product" is not "project". So a whole title is
never compared with another: the word that differs is the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pmo_classify.thresholds import (
    LONG_WORD,
    MOST_EDITS,
    REPAIR_MAX_TOKEN,
    REPAIR_MIN_TARGET,
    REPAIR_MIN_TOKEN,
    WORD_CACHE_SIZE,
)
from pmo_classify.vocabulary import Vocabulary

__all__ = ["make_repairer"]


def make_repairer(vocabulary: Vocabulary) -> Callable[[str], str | None]:
    """Return a function that gives a misspelt word's right spelling, or ``None``.

    >>> from pmo_classify.vocabulary import default_vocabulary
    >>> repair = make_repairer(default_vocabulary())
    >>> repair("porgramme"), repair("analsyt"), repair("product"), repair("zebra")
    ('programme', 'analyst', None, None)

    The function takes and gives folded words, and remembers what it was asked.
    """
    short_targets = frozenset(t for t in vocabulary.repair_targets if len(t) == REPAIR_MIN_TOKEN)
    targets = [t for t in vocabulary.repair_targets if len(t) >= REPAIR_MIN_TARGET]
    # Words of another length than one edit can bridge are not even looked at.
    one_edit = _by_length(targets, 1)
    two_edits = _by_length([t for t in targets if len(t) >= LONG_WORD], MOST_EDITS)

    @lru_cache(maxsize=WORD_CACHE_SIZE)
    def repair(word: str) -> str | None:
        if not REPAIR_MIN_TOKEN <= len(word) <= REPAIR_MAX_TOKEN or not word.isalpha():
            return None
        if vocabulary.knows(word):
            return None
        return (
            _nearest(word, one_edit[len(word)], 1)
            or _nearest(word, two_edits[len(word)], MOST_EDITS)
            or _with_letters_swapped(word, short_targets)
        )

    return repair


def _by_length(targets: list[str], edits: int) -> dict[int, tuple[str, ...]]:
    """For each length of a word, the targets that so many edits can reach from it."""
    return {
        length: tuple(t for t in targets if abs(len(t) - length) <= edits)
        for length in range(REPAIR_MIN_TOKEN, REPAIR_MAX_TOKEN + 1)
    }


def _with_letters_swapped(word: str, targets: frozenset[str]) -> str | None:
    """Mend "haed": in a word this short, no other slip can be told from another word."""
    for i in range(len(word) - 1):
        swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if swapped in targets:
            return swapped
    return None


def _nearest(word: str, targets: tuple[str, ...], edits: int) -> str | None:
    # rapidfuzz is imported here because only a word that no table knows needs it.
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    found = extract(word, targets, scorer=OSA.distance, score_cutoff=edits, limit=None)
    if not found:
        return None
    # Of equally near words, one with the same letters is the likeliest: they were only swapped.
    # Then one that keeps the first and the last letter.
    letters = sorted(word)

    def distance(match: tuple[str, float, int]) -> tuple[float, bool, bool, bool, str]:
        target = match[0]
        first, last = target[0] != word[0], target[-1] != word[-1]
        return match[1], first, sorted(target) != letters, last, target

    best = min(found, key=distance)
    return best[0]
