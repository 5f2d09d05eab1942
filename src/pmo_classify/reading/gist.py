"""The gist of a title: all that its answer depends on, found at the cost of a look-up a word.

Neither the rules nor the tables of titles can tell "Senior Baker, Leeds" from "Senior Butcher,
York". Titles with the same gist have the same answer, and are judged once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from pmo_classify.reading.cleaning import clean
from pmo_classify.reading.memo import Memo
from pmo_classify.reading.shapes import Shape, outline, rank_outline, without_end
from pmo_classify.reading.signs import UNWRITTEN, Signs
from pmo_classify.reading.stretches import (
    ODD,
    OF_THE_FIELD,
    RANK,
    REPAIR,
    WORD,
    FullError,
    Sight,
    StretchReader,
)
from pmo_classify.reading.terms import NormalWord
from pmo_classify.reading.tokenizer import NormalisedTitle, Tokenizer, hold_a_word, join_key
from pmo_classify.thresholds import READING_CACHE_SIZE, WORD_CACHE_SIZE

__all__ = ["EMPTY", "NOTHING", "NO_NOTES", "Gist", "GistFinder", "Notes"]


class Notes(NamedTuple):
    """What was done to the title before it was read: reason codes of mended words and text."""

    repairs: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


NO_NOTES: Final = Notes()
"""Nothing was done to the title."""


class Gist:
    """What the rules see of a title, the key under which a table has it, and what was mended.

    ``ranks`` are the words of seniority, in their order: the rules see only where they stand. A
    finder gives one gist to all titles that have the same, so that they are compared by identity.
    """

    __slots__ = ("listed_as", "notes", "ranks", "shapes")

    def __init__(
        self,
        shapes: tuple[Shape, ...],
        ranks: tuple[str, ...] = (),
        listed_as: NormalisedTitle | None = None,
        notes: Notes = NO_NOTES,
    ) -> None:
        self.shapes = shapes
        self.ranks = ranks
        self.listed_as = listed_as
        self.notes = notes

    @property
    def contents(self) -> tuple[object, ...]:
        """All that it holds, by which the gists of two finders can be compared."""
        return self.shapes, self.ranks, self.listed_as, self.notes


NOTHING: Final = Gist(())
"""The gist of all titles that hold nothing of the field, and no rank."""
EMPTY: Final = Gist((), notes=Notes(text=("empty",)))
"""The gist of a title without a word."""


class GistFinder:
    """Finds the gist of titles, for one lexicon and the keys of its tables of titles.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> find = GistFinder(default_tokenizer(), keys=[]).find
    >>> find("Senior Baker, Leeds") is find("SENIOR BUTCHER, York")
    True
    >>> find("Senior Baker") is find("Senior Planner")
    False
    """

    def __init__(self, tokenizer: Tokenizer, keys: Iterable[NormalisedTitle]) -> None:
        self._tokenizer = tokenizer
        self._keys = frozenset(keys)
        self._met = self._nothing_met()

    def find(self, title: str) -> Gist:
        """Give the gist of any text."""
        met = self._met
        try:
            return met.titles[met.signs.write(title)] or self._read(title)
        except FullError:
            self._forget(met)
        return self._read(title)

    def find_many(self, titles: Sequence[str]) -> list[Gist]:
        """Give the gists of titles; many thousands at once take the least time.

        One thing is done for all of them before the next is, which Python does quicker.
        """
        met = self._met
        try:
            found = list(map(met.titles.__getitem__, met.signs.write_many(titles)))
        except FullError:
            self._forget(met)
            if len(titles) == 1:
                return [self._read(titles[0])]
            half = len(titles) // 2
            return self.find_many(titles[:half]) + self.find_many(titles[half:])
        return [gist or self._read(title) for gist, title in zip(found, titles, strict=True)]

    def _nothing_met(self) -> _Met:
        return _Met(StretchReader(self._tokenizer, self._keys), self._by_sights)

    def _forget(self, met: _Met) -> None:
        """Forget all at once: what was met is compared by identity, and others may be reading."""
        if self._met is met:
            self._met = self._nothing_met()

    def _by_sights(self, sights: Sequence[Sight]) -> Gist | None:
        """Find the gist of a title by what is seen of its parts; ``None`` where that is not enough.

        Where it holds no word, the noise is all there is, and is read as words.
        """
        holds = 0
        for sight in sights:
            holds |= sight.holds
        if holds & ODD or not holds & WORD:
            return None
        seen: tuple[Shape, ...] = ()
        if holds & (OF_THE_FIELD | RANK):
            shapes = [shape for sight in sights for shape in sight.shapes]
            seen = without_end(shapes) if holds & OF_THE_FIELD else rank_outline(shapes)
        ranks = tuple([rank for sight in sights for rank in sight.ranks])
        listed_as = self._listed_as(sights, repaired=bool(holds & REPAIR))
        if not holds & REPAIR:
            return self._one(seen, ranks, listed_as, NO_NOTES)
        repairs = tuple([repair for sight in sights for repair in sight.repairs])
        return self._one(seen, ranks, listed_as, Notes(repairs))

    def _listed_as(self, sights: Sequence[Sight], *, repaired: bool) -> NormalisedTitle | None:
        """Find the title in a table."""
        keys: list[NormalWord] = []
        for sight in sights:
            if sight.keys is None:
                return None
            keys += sight.keys
        return self._key_of(keys, repaired=repaired)

    def _key_of(self, keys: Sequence[NormalWord], *, repaired: bool) -> NormalisedTitle | None:
        """Find a title in a table, as it stands or with its spelling mended."""
        key = join_key(keys)
        if repaired and key not in self._keys:
            key = join_key(keys, repaired=True)
        return key if key in self._keys else None

    def _read(self, title: str) -> Gist:
        """Find the gist of a title by its text as a whole."""
        text = clean(title)
        terms = self._tokenizer.terms(text.text)
        if not hold_a_word(terms) and not any(map(str.isalnum, text.text)):
            return EMPTY
        repairs = tuple(code for term in terms for code in term.repairs)
        flags = (("mended-text", text.was_mended), ("cut", text.was_cut))
        return self._one(
            outline([shape for term in terms if not (shape := term.shape).is_ignored]),
            tuple(rank for term in terms for rank in term.ranks),
            self._key_of([key for term in terms for key in term.keys], repaired=bool(repairs)),
            Notes(repairs, tuple(code for code, holds in flags if holds)),
        )

    def _one(
        self,
        shapes: tuple[Shape, ...],
        ranks: tuple[str, ...],
        listed_as: NormalisedTitle | None,
        notes: Notes,
    ) -> Gist:
        """Give the one gist that all titles with these have."""
        if not shapes and not ranks and listed_as is None and notes == NO_NOTES:
            return NOTHING
        seen = (shapes, ranks, listed_as, notes)
        gists = self._met.gists
        found = gists.get(seen)
        if found is None:
            if len(gists) >= READING_CACHE_SIZE:
                gists.clear()
            found = gists[seen] = Gist(*seen)
        return found


class _Met:
    """What was met so far.

    ``signs`` write a title, and ``titles`` has the gist of what is written, or ``None`` where the
    stretches read differently together.
    """

    __slots__ = ("_reader", "_seen", "gists", "signs", "titles")

    def __init__(
        self,
        reader: StretchReader,
        by_sights: Callable[[Sequence[Sight]], Gist | None],
    ) -> None:
        self._reader = reader
        self._seen = Memo(by_sights, READING_CACHE_SIZE)
        self.signs = Signs(reader)
        self.titles = Memo(self._gist, WORD_CACHE_SIZE)
        self.gists: dict[tuple[object, ...], Gist] = {}

    def _gist(self, signs: str) -> Gist | None:
        if signs == UNWRITTEN:
            return None
        return self._seen[tuple(self._reader.sights(self.signs.read(signs)))]
