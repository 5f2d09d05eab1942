"""The gist of a title: all that its answer depends on, found at the cost of a look-up a word.

Neither the rules nor the tables of titles can tell "Senior Baker, Leeds" from "Senior Butcher,
York". Titles with the same gist have the same answer, and are judged once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pmo_classify.lexing import joins_others, may_extend_noise, may_hold_noise
from pmo_classify.memo import Memo
from pmo_classify.shapes import Shape, can_weigh, outline, rank_outline, without_end
from pmo_classify.terms import KeyWord, Term
from pmo_classify.text import clean, is_clean
from pmo_classify.thresholds import WORD_CACHE_SIZE
from pmo_classify.tokens import NormalisedTitle, Piece, Tokeniser, hold_a_word, join_key
from pmo_classify.vocabulary import Part

__all__ = ["EMPTY", "NOTHING", "Gist", "GistFinder", "Notes"]


class Notes(NamedTuple):
    """What was done to the title before it was read: reason codes of mended words and text."""

    repairs: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


class Gist(NamedTuple):
    """What the rules see of a title, the key under which a table has it, and what was mended.

    ``ranks`` are the words of seniority, in their order: the rules see only where they stand.
    """

    shapes: tuple[Shape, ...]
    ranks: tuple[str, ...] = ()
    listed_as: NormalisedTitle | None = None
    notes: Notes = Notes()


NOTHING: Final = Gist(())
"""The gist of all titles that hold nothing of the field, and no rank."""
EMPTY: Final = Gist((), notes=Notes(text=("empty",)))
"""The gist of a title without a word."""

_NO_NOTES: Final = Notes()
_DIGITS = re.compile(r"\d{2,}")

# What a title's stretches have among them is asked at once, so the answers are bits of a number.
_READ_TOGETHER: Final = 1
_MAY_HOLD_NOISE: Final = 2
_MAY_CONTINUE: Final = 4
_IN_NO_TABLE: Final = 8
_MENDED: Final = 16
_RANKED: Final = 32
_HOLDS_A_WORD: Final = 64
_OF_THE_FIELD: Final = 128
_CAN_WEIGH: Final = 256


class _Stretch:
    """What can be seen of the text between two blanks, or of several such that belong together.

    Where ``first``, its first word, is among those that ``continues`` the stretch before, a phrase
    reaches over the blank; ``first`` is empty for a mark, and None where there is nothing to read.
    """

    __slots__ = (
        "continues",
        "extends_noise",
        "first",
        "flags",
        "is_weightless",
        "keys",
        "ranks",
        "repairs",
        "shapes",
        "text",
    )

    def __init__(self, text: str, pieces: Sequence[Piece], terms: Sequence[Term]) -> None:
        shapes: list[Shape] = []
        keys: list[KeyWord] = []
        ranks: list[str] = []
        repairs: list[str] = []
        flags = 0
        for term in terms:
            shape = term.shape
            if not shape.is_ignored:
                shapes.append(shape)
                if shape.is_word:
                    flags |= _HOLDS_A_WORD
                if shape.is_of_the_field:
                    flags |= _OF_THE_FIELD
                if shape.can_weigh:
                    flags |= _CAN_WEIGH
            keys += term.keys
            ranks += term.ranks
            repairs += term.repairs
        if ranks:
            flags |= _RANKED
        if repairs:
            flags |= _MENDED
        if may_hold_noise(text):
            flags |= _MAY_HOLD_NOISE
        if joins_others(text):
            flags |= _READ_TOGETHER
        self.text = text
        self.first = pieces[0].text if pieces else None
        self.shapes = shapes
        self.keys = keys
        self.ranks = ranks
        self.repairs = repairs
        self.flags = flags
        self.continues: frozenset[str] = frozenset()
        self.is_weightless = False
        # Asked only where there is noise beside it.
        self.extends_noise: bool | None = None


class GistFinder:
    """Finds the gist of titles, for one vocabulary and the keys of its tables of titles.

    >>> from pmo_classify.tokens import default_tokeniser
    >>> find = GistFinder(default_tokeniser(), keys=[]).find
    >>> find("Senior Baker, Leeds") == find("SENIOR BUTCHER, York")
    True
    >>> find("Senior Baker") == find("Senior Planner")
    False
    """

    def __init__(self, tokeniser: Tokeniser, keys: Iterable[NormalisedTitle]) -> None:
        self._tokeniser = tokeniser
        self._keys = frozenset(keys)
        self._keys_by_word: dict[str, list[NormalisedTitle]] = {}
        self._words_of_keys: set[str] = set()
        for key in self._keys:
            words = key.split()
            self._words_of_keys.update(words)
            self._keys_by_word.setdefault(words[0], []).append(key)
        self._numbers = [word for word in tokeniser.words() if _DIGITS.search(word)]
        self._weightless: set[str] = set()
        self._weighty = Memo(self._may_weigh, WORD_CACHE_SIZE)
        self._starts_weightless = Memo(self._starts_weightless_key, WORD_CACHE_SIZE)
        self._parts = Memo(self._part, WORD_CACHE_SIZE)
        self._together = Memo(self._stretch, WORD_CACHE_SIZE)

    def find(self, title: str) -> Gist:
        """Give the gist of any text."""
        return (self._seen(title) if is_clean(title) else None) or self._read(title)

    def _seen(self, title: str) -> Gist | None:
        """Find the gist of a clean title by its parts; ``None`` where they read differently so."""
        parts = title.split()
        # Most titles have no word that can weigh, and one comparison of sets settles them. (One of
        # nothing but marks is an empty title, and not among them.)
        if self._weightless.issuperset(parts) and parts and parts[0][0].isalnum():
            return NOTHING
        stretches = [self._parts[part] for part in parts]
        flags = _flags(stretches)
        if flags & _MAY_HOLD_NOISE:
            stretches = self._with_noise(stretches)
            flags = _flags(stretches)
        if flags & _MAY_CONTINUE:
            stretches = self._with_phrases(stretches)
            flags = _flags(stretches)
        # Without a word, the noise is all there is, and is read as words.
        if flags & _READ_TOGETHER or not flags & _HOLDS_A_WORD:
            return None
        listed_as = None
        if not flags & _IN_NO_TABLE:
            keys = [key for stretch in stretches for key in stretch.keys]
            listed_as = self._listed_as(keys, repaired=bool(flags & _MENDED))
        seen: tuple[Shape, ...] = ()
        if flags & (_OF_THE_FIELD | _CAN_WEIGH):
            shapes = [shape for stretch in stretches for shape in stretch.shapes]
            seen = without_end(shapes) if flags & _OF_THE_FIELD else rank_outline(shapes)
        return Gist(
            seen,
            tuple([r for s in stretches for r in s.ranks]) if flags & _RANKED else (),
            listed_as,
            _repairs(stretches) if flags & _MENDED else _NO_NOTES,
        )

    def _read(self, title: str) -> Gist:
        """Find the gist of a title by its text as a whole."""
        text = clean(title)
        terms = self._tokeniser.terms(text.text)
        if not hold_a_word(terms) and not any(map(str.isalnum, text.text)):
            return EMPTY
        repairs = tuple(code for term in terms for code in term.repairs)
        flags = (("mended-text", text.was_mended), ("cut", text.was_cut))
        return Gist(
            outline([shape for term in terms if not (shape := term.shape).is_ignored]),
            tuple(rank for term in terms for rank in term.ranks),
            self._listed_as([key for t in terms for key in t.keys], repaired=bool(repairs)),
            Notes(repairs, tuple(code for code, holds in flags if holds)),
        )

    def _listed_as(self, keys: Sequence[KeyWord], *, repaired: bool) -> NormalisedTitle | None:
        """Find the title in a table, as it stands or with its spelling mended."""
        key = join_key(keys)
        if key not in self._keys and repaired:
            key = join_key(keys, repaired=True)
        return key if key in self._keys else None

    def _with_noise(self, stretches: list[_Stretch]) -> list[_Stretch]:
        """Put together what may be one stretch of noise, as "12", "month" and "contract" are."""
        found: list[_Stretch] = []
        run: list[_Stretch] = []
        for stretch in stretches:
            if stretch.extends_noise is None:
                noisy = stretch.flags & _MAY_HOLD_NOISE
                stretch.extends_noise = bool(noisy) or may_extend_noise(stretch.text)
            if stretch.extends_noise:
                run.append(stretch)
                continue
            if run:
                found += self._read_run(run)
                run = []
            found.append(stretch)
        return found + self._read_run(run) if run else found

    def _read_run(self, run: list[_Stretch]) -> list[_Stretch]:
        if len(run) == 1 or not _flags(run) & _MAY_HOLD_NOISE:
            return run
        return [self._together[" ".join([stretch.text for stretch in run])]]

    def _with_phrases(self, stretches: list[_Stretch]) -> list[_Stretch]:
        """Put together what may be one phrase, as "customer" and "service" are."""
        found: list[_Stretch] = []
        for stretch in stretches:
            # What is not read, as a full stop, stands between the words of a phrase unseen.
            after = found[-1].continues if found else frozenset()
            if after and (stretch.first is None or stretch.first in after):
                found[-1] = self._together[f"{found[-1].text} {stretch.text}"]
            else:
                found.append(stretch)
        return found

    def _part(self, text: str) -> _Stretch:
        masked = self._masked(text)
        stretch = self._stretch(text) if masked == text else self._parts[masked]
        if stretch.is_weightless:
            if len(self._weightless) >= WORD_CACHE_SIZE:
                self._weightless.clear()
            self._weightless.add(text)
        return stretch

    def _masked(self, text: str) -> str:
        """Write all numbers of two or more digits alike, but for those that are words of ours."""
        if not _DIGITS.search(text) or any(n in text.casefold() for n in self._numbers):
            return text
        return _DIGITS.sub(lambda found: "0" * len(found[0]), text)

    def _stretch(self, text: str) -> _Stretch:
        pieces = self._tokeniser.pieces(text)
        stretch = _Stretch(text, pieces, self._tokeniser.terms_of(pieces))
        stretch.continues = self._tokeniser.continuations(pieces)
        if stretch.continues:
            stretch.flags |= _MAY_CONTINUE
        if not all(map(self._is_in_a_table, stretch.keys)):
            stretch.flags |= _IN_NO_TABLE
        stretch.is_weightless = not (
            stretch.flags & (_CAN_WEIGH | _READ_TOGETHER) or any(self._weighty[p] for p in pieces)
        )
        return stretch

    def _is_in_a_table(self, key: KeyWord) -> bool:
        words = (*key.text.split(), *key.mended.split())
        return key.separates or not self._words_of_keys.isdisjoint(words)

    def _may_weigh(self, piece: Piece) -> bool:
        """Tell whether a piece may change an answer, alone or with what follows it."""
        if piece.is_mended or piece.term.shape.can_weigh:
            return True
        phrases = self._tokeniser.phrase_tokens(piece) if piece.seconds else ()
        if any(token.kind == Part.EXPANDS or can_weigh(token) for token in phrases):
            return True
        return any(self._starts_weightless[word.text] for word in piece.term.keys)

    def _starts_weightless_key(self, word: str) -> bool:
        """Tell whether a title in a table starts with a word, and no word of it can weigh."""
        return any(map(self._is_weightless, self._keys_by_word.get(word, ())))

    def _is_weightless(self, key: NormalisedTitle) -> bool:
        terms = self._tokeniser.terms(key)
        return not any(can_weigh(token) for term in terms for token in term.tokens)


def _repairs(stretches: list[_Stretch]) -> Notes:
    return Notes(tuple([repair for stretch in stretches for repair in stretch.repairs]))


def _flags(stretches: list[_Stretch]) -> int:
    flags = 0
    for stretch in stretches:
        flags |= stretch.flags
    return flags
