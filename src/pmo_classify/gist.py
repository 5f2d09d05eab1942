"""The gist of a title: all that its answer depends on, found at the cost of a look-up a word.

Neither the rules nor the tables of titles can tell "Senior Baker, Leeds" from "Senior Butcher,
York". Titles with the same gist have the same answer, and are judged once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from pmo_classify.memo import Memo
from pmo_classify.shapes import Shape, outline, rank_outline, without_end
from pmo_classify.stretches import (
    ODD,
    OF_THE_FIELD,
    RANK,
    REPAIR,
    WORD,
    Sight,
    Stretch,
    StretchReader,
)
from pmo_classify.terms import KeyWord
from pmo_classify.text import clean
from pmo_classify.thresholds import MAX_TITLE_LENGTH, READING_CACHE_SIZE, WORD_CACHE_SIZE
from pmo_classify.tokens import NormalisedTitle, Tokeniser, hold_a_word, join_key

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
    """Finds the gist of titles, for one vocabulary and the keys of its tables of titles.

    >>> from pmo_classify.tokens import default_tokeniser
    >>> find = GistFinder(default_tokeniser(), keys=[]).find
    >>> find("Senior Baker, Leeds") is find("SENIOR BUTCHER, York")
    True
    >>> find("Senior Baker") is find("Senior Planner")
    False
    """

    def __init__(self, tokeniser: Tokeniser, keys: Iterable[NormalisedTitle]) -> None:
        self._tokeniser = tokeniser
        self._keys = frozenset(keys)
        self._met = self._nothing_met()

    def find(self, title: str) -> Gist:
        """Give the gist of any text."""
        if len(title) > MAX_TITLE_LENGTH:
            return self._read(title)
        met = self._met
        parts = title.split(" ")
        # Most titles have no word that can weigh, and one comparison of sets settles them. (One of
        # nothing but marks is an empty title, and not among them.)
        if met.weightless.issuperset(parts) and parts[0][:1].isalnum():
            return NOTHING
        read = met.parts
        stretches = [read[part] for part in parts]
        if not met.noisy.isdisjoint(parts):
            at = 0
            while not stretches[at].extends_noise:
                at += 1
            stretches[at:] = met.ends[tuple(stretches[at:])]
        while stretches and stretches[-1].is_tail:
            del stretches[-1]
        return met.titles[tuple(stretches)] or self._read(title)

    def _nothing_met(self) -> _Met:
        return _Met(StretchReader(self._tokeniser, self._keys), self._by_sights, self._renew)

    def _renew(self) -> None:
        """Forget all at once: what was met is compared by identity, and others may be reading."""
        self._met = self._nothing_met()

    def _by_sights(self, sights: Sequence[Sight]) -> Gist | None:
        """Find the gist of a title by what is seen of its parts; ``None`` where it holds no word.

        Without a word, the noise is all there is, and is read as words.
        """
        holds = 0
        for sight in sights:
            holds |= sight.holds
        if not holds & WORD:
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
        keys: list[KeyWord] = []
        for sight in sights:
            if sight.keys is None:
                return None
            keys += sight.keys
        return self._key_of(keys, repaired=repaired)

    def _key_of(self, keys: Sequence[KeyWord], *, repaired: bool) -> NormalisedTitle | None:
        """Find a title in a table, as it stands or with its spelling mended."""
        key = join_key(keys)
        if repaired and key not in self._keys:
            key = join_key(keys, repaired=True)
        return key if key in self._keys else None

    def _read(self, title: str) -> Gist:
        """Find the gist of a title by its text as a whole."""
        text = clean(title)
        terms = self._tokeniser.terms(text.text)
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

    ``parts`` are the stretches between two blanks by their text; ``weightless`` and ``noisy`` the
    texts of those that are so. ``ends`` gives what is left of stretches that start with noise,
    ``titles`` the gist of all stretches of a title, or ``None`` where they read differently
    together. ``when_full`` is called where it holds as much as memory may.
    """

    __slots__ = ("_reader", "_when_full", "ends", "gists", "noisy", "parts", "titles", "weightless")

    def __init__(
        self,
        reader: StretchReader,
        by_sights: Callable[[tuple[Sight, ...]], Gist | None],
        when_full: Callable[[], None],
    ) -> None:
        seen = Memo(by_sights, READING_CACHE_SIZE)

        def by_stretches(stretches: tuple[Stretch, ...]) -> Gist | None:
            sights = [stretch.sight for stretch in reader.with_phrases(stretches)]
            while sights and sights[-1].is_tail:
                del sights[-1]
            return None if ODD in sights else seen[tuple(sights)]

        self._reader = reader
        self._when_full = when_full
        self.weightless: set[str] = set()
        self.noisy: set[str] = set()
        self.parts = Memo(self._part, 2 * WORD_CACHE_SIZE)
        self.ends = Memo(reader.without_noise, READING_CACHE_SIZE)
        self.titles = Memo(by_stretches, WORD_CACHE_SIZE)
        self.gists: dict[tuple[object, ...], Gist] = {}

    def _part(self, text: str) -> Stretch:
        if len(self.parts) >= WORD_CACHE_SIZE or self._reader.is_full:
            self._when_full()
        stretch = self._reader.stretches[text]
        if stretch.is_noisy:
            self.noisy.add(text)
        if stretch.is_weightless:
            self.weightless.add(text)
        return stretch
