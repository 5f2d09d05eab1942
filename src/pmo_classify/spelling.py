"""Spelling repair, one word at a time.

Only a word that no table knows is repaired, and only to a word that the ladder turns on. A known
word is never rewritten, however near it stands: "product" is not "project". So a whole title is
never compared with another: the word that differs is the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

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
    one_edit = _Targets(targets)
    two_edits = _Targets([t for t in targets if len(t) >= LONG_WORD])

    @lru_cache(maxsize=WORD_CACHE_SIZE)
    def repair(word: str) -> str | None:
        length = len(word)
        if not REPAIR_MIN_TOKEN <= length <= REPAIR_MAX_TOKEN or not word.isalpha():
            return None
        if vocabulary.knows(word):
            return None
        found = _nearest(word, one_edit.with_an_end_of(word), 1)
        if found is None and length >= LONG_WORD - MOST_EDITS:
            found = _nearest(word, two_edits.with_a_part_of(word), MOST_EDITS)
        if found is None and length == REPAIR_MIN_TOKEN:
            found = _with_letters_swapped(word, short_targets)
        return found

    return repair


class _Targets:
    """Right spellings by two letters at either end and three amid them, so that few are compared.

    An edit changes two neighbouring letters at most. So one edit leaves one end of the right word
    as it is, and two edits leave an end, or all that is three letters away from both.
    """

    def __init__(self, targets: Iterable[str]) -> None:
        self._starts: defaultdict[str, list[str]] = defaultdict(list)
        self._ends: defaultdict[str, list[str]] = defaultdict(list)
        self._middles: defaultdict[str, list[str]] = defaultdict(list)
        for target in targets:
            self._starts[target[:2]].append(target)
            self._ends[target[-2:]].append(target)
            self._middles[target[3:6]].append(target)

    def with_an_end_of(self, word: str) -> list[str]:
        """Find all that may be one edit away."""
        return [*self._starts.get(word[:2], ()), *self._ends.get(word[-2:], ())]

    def with_a_part_of(self, word: str) -> list[str]:
        """Find all long ones that may be two edits away; the first may move the others by one."""
        found = self.with_an_end_of(word)
        for start in (2, 3, 4):
            found += self._middles.get(word[start : start + 3], ())
        return found


def _with_letters_swapped(word: str, targets: frozenset[str]) -> str | None:
    """Mend "haed": in a word this short, no other slip can be told from another word."""
    for i in range(len(word) - 1):
        swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if swapped in targets:
            return swapped
    return None


def _nearest(word: str, targets: list[str], edits: int) -> str | None:
    if not targets:
        return None
    extract, distance_of = _rapidfuzz()
    found = extract(word, targets, scorer=distance_of, score_cutoff=edits, limit=None)
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


@cache
def _rapidfuzz() -> tuple[Callable[..., list[tuple[str, float, int]]], Callable[..., int]]:
    # Imported here because only a word that no table knows needs it.
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    return extract, OSA.distance
