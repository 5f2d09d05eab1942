"""What stands between two blanks of a title, and all that can be seen of it.

Each stretch of text is read once; what is seen of it, its ``Sight``, is shared with all others
that cannot be told from it, so that sights are compared by identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from re import compile as pattern
from typing import Final

from pmo_classify.reading.cleaning import is_clean, joins_mojibake
from pmo_classify.reading.lexer import joins_others, may_extend_noise, may_hold_noise
from pmo_classify.reading.memo import Memo
from pmo_classify.reading.shapes import Shape
from pmo_classify.reading.terms import NormalWord, Term
from pmo_classify.reading.tokenizer import NormalisedTitle, Tokenizer
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = [
    "ODD",
    "OF_THE_FIELD",
    "RANK",
    "REPAIR",
    "WORD",
    "FullError",
    "Sight",
    "Stretch",
    "StretchReader",
]

WORD: Final = 1
"""A sight holds a word that is not ignored ..."""
OF_THE_FIELD: Final = 2
"""... or a word of the field ..."""
RANK: Final = 4
"""... or another word that can weigh ..."""
REPAIR: Final = 8
"""... or a word that was mended ..."""
ODD: Final = 16
"""... or it can only be read together with the whole title."""


class Sight:
    """What the reading can see of a stretch.

    ``shapes`` are its words, ``keys`` what it gives to the key of a title (``None`` where no title
    in a table has such a word), ``ranks`` its words of seniority, ``repairs`` what was mended.
    ``is_tail`` says that nothing is lost where it ends a title. What its shapes have among them is
    asked of every title at once, so these answers are bits of a number, ``holds``.
    """

    __slots__ = ("holds", "is_tail", "keys", "ranks", "repairs", "shapes")

    def __init__(
        self,
        shapes: tuple[Shape, ...] = (),
        keys: tuple[NormalWord, ...] | None = (),
        ranks: tuple[str, ...] = (),
        repairs: tuple[str, ...] = (),
        *,
        is_odd: bool = False,
    ) -> None:
        self.shapes = shapes
        self.keys = keys
        self.ranks = ranks
        self.repairs = repairs
        self.is_tail = (
            all(shape.is_separator for shape in shapes)
            and (keys is not None and all(key.separates for key in keys))
            and not (ranks or repairs)
        )
        holds = (REPAIR if repairs else 0) | (ODD if is_odd else 0)
        for shape in shapes:
            if shape.is_word:
                holds |= WORD
            if shape.is_of_the_field:
                holds |= OF_THE_FIELD
            elif shape.can_weigh:
                holds |= RANK
        self.holds = holds


_NOTHING: Final = Sight()
_UNSEEN: Final = Sight(keys=None, is_odd=True)


class Stretch:
    """Text between two blanks, or several such that belong together, and what is seen of it.

    ``continues`` holds the words that would make a phrase with its end, and ``first`` is its first
    word, where that may end such a phrase. It ``is_noisy`` where noise may stand in it, and
    ``extends_noise`` where it may be noise together with what is beside it. ``is_tail`` says that
    nothing is lost where it ends a title.
    """

    __slots__ = (
        "continues",
        "extends_noise",
        "first",
        "is_noisy",
        "is_tail",
        "sight",
        "text",
    )

    def __init__(
        self,
        text: str,
        sight: Sight,
        first: str = "",
        continues: frozenset[str] = frozenset(),
    ) -> None:
        self.text = text
        self.sight = sight
        self.first = first
        self.continues = continues
        self.is_noisy = may_hold_noise(text)
        self.extends_noise = self.is_noisy or may_extend_noise(text)
        self.is_tail = sight.is_tail and not first

    @property
    def is_alone(self) -> bool:
        """It is itself alone, whatever stands beside it, and its text says no more."""
        return not (self.extends_noise or self.continues or self.first)


_START: Final = Stretch("", _NOTHING)
_DIGITS = pattern(r"\d{2,}")


class FullError(Exception):
    """As much is remembered as memory may hold."""


class StretchReader:
    """Reads stretches of text, for one lexicon and the keys of its tables of titles.

    It remembers what it has read, and raises a ``FullError`` where that is as much as memory may
    hold: make another one.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> read = StretchReader(default_tokenizer(), keys=[]).stretches
    >>> read["Leeds"].sight is read["Bristol"].sight, read["Leeds"].sight is read["Lead"].sight
    (True, False)
    """

    def __init__(self, tokenizer: Tokenizer, keys: Iterable[NormalisedTitle]) -> None:
        self._tokenizer = tokenizer
        self._words_of_keys = frozenset(word for key in keys for word in key.split())
        self._numbers = [word for word in tokenizer.words() if _DIGITS.search(word)]
        self._sights: dict[tuple[object, ...], Sight] = {}
        self._alike: dict[Sight, Stretch] = {}
        self._together = Memo(self._joined, 2 * WORD_CACHE_SIZE)
        self.stretches = Memo(self._part, 2 * WORD_CACHE_SIZE)

    def without_noise(self, stretches: Iterable[Stretch]) -> list[Stretch]:
        """Put together what may be one stretch of noise, as "12", "month" and "contract" are.

        What ends the title and says nothing is left out.
        """
        found: list[Stretch] = []
        run: list[Stretch] = []
        for stretch in stretches:
            if stretch.extends_noise:
                run.append(stretch)
                continue
            if run:
                found += self._read_run(run)
                run = []
            found.append(stretch)
        found += self._read_run(run)
        while found and found[-1].is_tail:
            del found[-1]
        return found

    def _read_run(self, run: list[Stretch]) -> list[Stretch]:
        run = [stretch for stretch in run if stretch.text]
        if len(run) > 1 and any(stretch.is_noisy for stretch in run):
            return [self._together[" ".join([stretch.text for stretch in run])]]
        return run

    def sights(self, stretches: Iterable[Stretch]) -> list[Sight]:
        """Give what is seen of stretches; of a phrase, as "customer service" is, as of one.

        What ends the title and says nothing is left out.
        """
        found: list[Sight] = []
        last = _START
        for stretch in stretches:
            if stretch.first in last.continues:
                last = self._together[f"{last.text} {stretch.text}"]
                found[-1] = last.sight
            elif stretch.sight is not _NOTHING:
                last = stretch
                found.append(stretch.sight)
        while found and found[-1].is_tail:
            del found[-1]
        return found

    def _part(self, text: str) -> Stretch:
        masked = self._masked(text)
        return self._stretch(text) if masked == text else self.stretches[masked]

    def _masked(self, text: str) -> str:
        """Write all numbers of two or more digits alike, but for those that are words of ours."""
        if text.isalpha() or not _DIGITS.search(text):
            return text
        small = text.casefold()
        for number in self._numbers:
            if number in small:
                return text
        return _DIGITS.sub(lambda found: "0" * len(found[0]), text)

    def _joined(self, text: str) -> Stretch:
        if len(self._together) >= WORD_CACHE_SIZE:
            raise FullError
        return self._stretch(text)

    def _stretch(self, text: str) -> Stretch:
        """Read a stretch; of all that are alone and look alike, one stands for all."""
        if not text:
            return Stretch(text, _NOTHING)
        if not is_clean(text) or joins_mojibake(text) or joins_others(text):
            return Stretch(text, _UNSEEN)
        pieces = self._tokenizer.pieces(text)
        if not pieces:
            # What is not read, as a full stop, stands between the words of a phrase unseen.
            return Stretch(text, _NOTHING)
        stretch = Stretch(
            text,
            self._sight(self._tokenizer.terms_of(pieces)),
            self._tokenizer.first(pieces),
            self._tokenizer.continuations(pieces),
        )
        if not stretch.is_alone:
            return stretch
        return self._alike.setdefault(stretch.sight, stretch)

    def _sight(self, terms: Sequence[Term]) -> Sight:
        """Give the one sight of all that looks like this."""
        shapes = tuple([shape for term in terms if not (shape := term.shape).is_ignored])
        if len(terms) == 1:
            term = terms[0]
            seen = shapes, self._keys(term.keys), term.ranks, term.repairs
        else:
            seen = (
                shapes,
                self._keys([key for term in terms for key in term.keys]),
                tuple([rank for term in terms for rank in term.ranks]),
                tuple([repair for term in terms for repair in term.repairs]),
            )
        found = self._sights.get(seen)
        if found is None:
            found = self._sights[seen] = Sight(*seen)
        return found

    def _keys(self, keys: Sequence[NormalWord]) -> tuple[NormalWord, ...] | None:
        return tuple(keys) if all(map(self._is_in_a_table, keys)) else None

    def _is_in_a_table(self, key: NormalWord) -> bool:
        words = self._words_of_keys
        if key.separates or key.text in words or key.mended in words:
            return True
        # Some words are two, as "vice president" is.
        return " " in key.mended and not words.isdisjoint(key.mended.split())
