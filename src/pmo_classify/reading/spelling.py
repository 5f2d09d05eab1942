"""Spelling repair, one word at a time.

Only a word that no table lists is repaired, and only to a word that can decide an answer, or of
whose letters it has all but some vowels: "admnstrtr". A known word is never changed, however
similar it is to another: "product" is not "project". For the same reason whole titles are never
compared, because the one word that differs may decide the answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Final

from pmo_classify.knowledge.lexicon import ENGLISH, Lexicon, Tag
from pmo_classify.thresholds import (
    LONG_WORD,
    MOST_EDITS,
    REPAIR_MAX_TOKEN,
    REPAIR_MIN_TARGET,
    REPAIR_MIN_TOKEN,
    SHORT_FORM_MIN,
)

__all__ = ["Speller", "is_short_for"]

_TRADES: Final = frozenset(
    {Tag.CONTEXT, Tag.FIELD, Tag.FINANCE, Tag.SERVICE, Tag.SERVICE_WITHIN, Tag.TECHNICAL, Tag.TRADE}
)
_DOUBLE = re.compile(r"(.)\1+")
_NO_VOWELS: Final = str.maketrans("", "", "aeiouy")


class Speller:
    """Repairs the spelling of words, with the words of a lexicon.

    >>> from pmo_classify.knowledge.lexicon import default_lexicon
    >>> repair = Speller(default_lexicon()).repair
    >>> repair("porgramme"), repair("analsyt"), repair("product"), repair("zebra")
    ('programme', 'analyst', None, None)
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def repair(self, word: str) -> str | None:
        """Return the most likely right spelling of a word; ``None`` if it is not misspelt.

        The word is in lower case without accents.
        """
        return next(iter(self.candidates(word)), None)

    def candidates(self, word: str) -> Sequence[str]:
        """Return the possible right spellings of a misspelt word, the most likely first."""
        length = len(word)
        if not REPAIR_MIN_TOKEN <= length <= REPAIR_MAX_TOKEN or not word.isalpha():
            return ()
        if self._lexicon.knows(word):
            return ()
        found = self._targets.near(word)
        if found:
            return _likeliest_first(word, found)
        found = self._without_vowels(word)
        if found or length > REPAIR_MIN_TOKEN:
            return found
        return _with_letters_swapped(word, self._short)

    def _without_vowels(self, word: str) -> list[str]:
        """Return the words that one without most of its vowels may stand for: "admnstrtr"."""
        if 3 * len(word.translate(_NO_VOWELS)) < 2 * len(word):
            # Most words have more vowels than that.
            return []
        consonants = _consonants(word)
        if len(consonants) < SHORT_FORM_MIN:
            return []
        targets = self._by_consonants.get(consonants, ())
        return sorted(target for target in targets if is_short_for(word, target))

    @cached_property
    def _by_consonants(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        trades = (form for form, word in self._lexicon.tagged(_TRADES) if word.language == ENGLISH)
        for target in {*self._lexicon.repair_targets, *filter(str.isalpha, trades)}:
            found[_consonants(target)].append(target)
        return found

    # Made only when the first unknown word needs them.
    @cached_property
    def _targets(self) -> _Targets:
        words = [t for t in self._lexicon.repair_targets if len(t) >= REPAIR_MIN_TARGET]
        return _Targets(words, self._lexicon.is_compound)

    @cached_property
    def _short(self) -> frozenset[str]:
        return frozenset(t for t in self._lexicon.repair_targets if len(t) == REPAIR_MIN_TOKEN)


class _Targets:
    """Finds the spellings nearest to a word: one edit away, or else two if they are long words.

    An edit adds, drops or changes a letter, or swaps two neighbours. Spellings are looked up by
    their first two letters, their last two and, if they are long, the three in their middle,
    because one or two edits leave one of these as it is.
    """

    def __init__(self, targets: Iterable[str], is_compound: Callable[[str], bool]) -> None:
        self._is_compound = is_compound
        starts: defaultdict[str, list[str]] = defaultdict(list)
        ends: defaultdict[str, list[str]] = defaultdict(list)
        middles: defaultdict[str, list[str]] = defaultdict(list)
        for target in targets:
            starts[target[:2]].append(target)
            ends[target[-2:]].append(target)
            if len(target) >= LONG_WORD:
                middles[target[3:6]].append(target)
        self._middles = middles
        self._starts_of, self._ends_of, self._middles_of = map(_ByLength, (starts, ends, middles))

    def near(self, word: str) -> list[str]:
        """Return all nearest spellings, some perhaps twice."""
        length = len(word)
        near = [
            *self._starts_of[word[:2], length],
            *self._ends_of[word[-2:], length],
        ]
        most = 1
        if length >= LONG_WORD - MOST_EDITS:
            most = MOST_EDITS
            # An edit may have moved the middle by one.
            for at in (2, 3, 4):
                if (letters := word[at : at + 3]) in self._middles:
                    near += self._middles_of[letters, length]
        if not near:
            return []
        extract, distance = _rapidfuzz()
        found = extract(word, near, scorer=distance, score_cutoff=most, limit=None)
        if not found:
            return []
        nearest = [target for target, edits, _ in found if edits == 1]
        # Two edits apart are the compounds "Projektchef" and "Produktchef".
        return nearest or [
            target
            for target, _, _ in found
            if len(target) >= LONG_WORD and not self._is_compound(target)
        ]


class _ByLength(dict[tuple[str, int], Sequence[str]]):
    """Targets by some of their letters and the length of the word that may be meant for them.

    The lists of a length are made when a word first needs them: one title needs few.
    """

    def __init__(self, targets: Mapping[str, Sequence[str]]) -> None:
        self._targets = targets

    def __missing__(self, key: tuple[str, int]) -> Sequence[str]:
        letters, length = key
        targets = self._targets.get(letters)
        if targets is None:
            # Not kept, because there is no end of such letters.
            return ()
        found = self[key] = [t for t in targets if abs(len(t) - length) <= _most_edits(t)]
        return found


def _most_edits(target: str) -> int:
    return MOST_EDITS if len(target) >= LONG_WORD else 1


def _consonants(word: str) -> str:
    """Return a word without its vowels, but for the first letter, and without double letters.

    >>> _consonants("offcr"), _consonants("officer")
    ('ofcr', 'ofcr')
    """
    return _DOUBLE.sub(r"\1", word[0] + word[1:].translate(_NO_VOWELS))


def is_short_for(word: str, target: str) -> bool:
    """Return whether a word is another without two or more of its letters, not the last."""
    if len(target) - len(word) < MOST_EDITS or word[-1] != target[-1]:
        return False
    letters = iter(target)
    return all(letter in letters for letter in word)


def _with_letters_swapped(word: str, targets: frozenset[str]) -> Sequence[str]:
    """Return the targets that differ from a short word by two swapped letters: "haed".

    Any other slip in so short a word might as well be another word.
    """
    swapped = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    return [other for other in swapped if other in targets]


def _likeliest_first(word: str, targets: Iterable[str]) -> Sequence[str]:
    """Return equally near spellings, the most likely first.

    The first letter counts most. Next come spellings with the same letters, which were only
    swapped, and then those that keep the last letter.
    """
    letters = sorted(word)

    def unlikeliness(target: str) -> tuple[bool, bool, bool, str]:
        first, last = target[0] != word[0], target[-1] != word[-1]
        return first, sorted(target) != letters, last, target

    return sorted(set(targets), key=unlikeliness)


@cache
def _rapidfuzz() -> tuple[Callable[..., list[tuple[str, float, int]]], Callable[..., int]]:
    # Imported here because a title whose words are all known does not need it.
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    return extract, OSA.distance
