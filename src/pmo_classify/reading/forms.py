"""What the lexicon says of a word, or of any other piece of a title: its forms.

A form is a word with its meaning. A compound has several, and a misspelt word may be one of
several; the other words of the title settle which.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache, reduce
from operator import or_
from types import MappingProxyType
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import ENGLISH, Lexicon, Tag, Word
from pmo_classify.knowledge.word_parts import PartKind, endings, starts
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.compounds import CompoundSplitter
from pmo_classify.reading.lexer import BREAK, CAPITALISED, INNER_CAPITAL, WORD, read_piece
from pmo_classify.reading.spelling import Speller
from pmo_classify.reading.traits import (
    OF_THE_FIELD,
    REPAIRED,
    STEM,
    STEM_PATTERN,
    traits_of_word,
)
from pmo_classify.thresholds import (
    ACRONYM_MAX_LENGTH,
    TRADE_MIN_LENGTH,
    WORD_CACHE_SIZE,
)

__all__ = ["NOISE", "Form", "FormFinder", "PlacedWord", "ReadWord"]

_SHORT_NAMES: Final = frozenset({Tag.OFFICE_NAME, Tag.P3_NAME})
_DASH: Final = "-"
_MARKS: Final = {"(": "(", "[": "(", "{": "(", ",": ",", ";": ",", "|": "|"}
"""What the marks between phrases are read as; all others are dashes."""
_NO_LANGUAGES: Final[Mapping[str, Form]] = MappingProxyType({})


class Form(NamedTuple):
    """A word of a title with its meaning.

    ``tag``, ``meaning`` and ``language`` are those of the lexicon. ``written`` is the word in lower
    case without accents; ``spelling`` is the same after a repair (empty for marks, so that they end
    any phrase). ``traits`` are what the word can mean for an answer. ``second_words`` are the words
    that may follow it in a phrase of the lexicon. ``in_languages`` has its forms by language, if
    several languages have it. ``offset`` is its place in a compound, in characters.
    """

    tag: str
    meaning: str
    language: str
    written: str
    spelling: str
    is_repaired: bool
    traits: int
    second_words: frozenset[str] = frozenset()
    in_languages: Mapping[str, Form] = _NO_LANGUAGES
    offset: int = 0

    @property
    def in_full(self) -> str:
        """The English word for a short form or a role, or else the word itself."""
        is_english = self.language == ENGLISH or self.tag == Tag.ROLE
        return self.meaning if is_english else self.spelling


class ReadWord(NamedTuple):
    """The forms of the parts of a word: as it is written, and after each possible repair."""

    forms: tuple[Form, ...]
    repaired: tuple[tuple[Form, ...], ...] = ()
    is_open: bool = False
    """Whether the language of the title decides between them."""


PlacedWord = tuple[ReadWord, int, int, Form | None]
"""A word or mark, where it starts and ends, and its form if it may be a short name in capitals."""


class FormFinder:
    """Finds the forms of words in a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._speller = Speller(lexicon)
        self._split = CompoundSplitter(lexicon, self._speller.repair).split
        # Titles share most of their words, so each is looked up once, and each way to write it.
        self._words = lru_cache(maxsize=WORD_CACHE_SIZE)(self._look_up)
        self.find = lru_cache(maxsize=WORD_CACHE_SIZE)(self._find)

    def right_word(self, word: str, language: str) -> str:
        """Return the right spelling of a misspelt word of a language."""
        found = self._speller.candidates(word)
        in_language = (c for c in found if language in self._lexicon.in_languages(c))
        return next(in_language, next(iter(found), word))

    def form(
        self,
        word: Word,
        written: str,
        spelling: str = "",
        *,
        is_repaired: bool = False,
        offset: int = 0,
    ) -> Form:
        """Return a word with a meaning of the lexicon, as it is written in a title."""
        tag, meaning, language = word
        if tag == Tag.ABBREVIATION:
            words = self._lexicon.expand(word)
            traits = reduce(or_, [traits_of_word(w.tag, w.meaning, written) for w in words], 0)
        else:
            traits = traits_of_word(tag, meaning, written)
        if is_repaired:
            traits |= REPAIRED
            if tag == Tag.TRADE and STEM_PATTERN.match(written):
                # "Programmr" is as near to "programme" as to "programmer".
                traits |= STEM
        second_words = self._lexicon.second_words(spelling)
        if language == ENGLISH and meaning != spelling:
            second_words |= self._lexicon.second_words(meaning)
        return Form(
            tag, meaning, language, written, spelling, is_repaired, traits, second_words,
            _NO_LANGUAGES, offset,
        )  # fmt: skip

    def _find(self, piece: str) -> tuple[PlacedWord, ...]:
        """Return the words of a piece of text with their places in it."""
        placed: list[PlacedWord] = []
        for start, end, kind, text, is_capitals in read_piece(piece):
            word = self._words(text) if kind == WORD else _mark(kind, text[:1])
            form = word.forms[0]
            if form.language == "" and not (is_capitals or piece.islower()):
                parts = self._run_together(piece[start:end], start)
                if parts:
                    placed += parts
                    continue
            acronym = None
            if is_capitals and 1 < len(form.written) <= ACRONYM_MAX_LENGTH:
                acronym = self.form(Word(Tag.ACRONYM, form.written), form.written, form.spelling)
            placed.append((word, start, end, acronym))
        return tuple(placed)

    def _run_together(self, word: str, at: int) -> list[PlacedWord]:
        """Return the words of one that is not known, if capitals show them: "SeniorPMOAnalyst"."""
        is_plain = not word.isascii() or INNER_CAPITAL.search(word) is None
        if is_plain or self._lexicon.knows(word.lower()):
            return []
        found: list[PlacedWord] = [
            (self._words(part[0].lower()), at + part.start(), at + part.end(), None)
            for part in CAPITALISED.finditer(word)
        ]
        is_ours = any(form.traits & OF_THE_FIELD for read, *_ in found for form in read.forms)
        return found if is_ours else []

    def _look_up(self, written: str) -> ReadWord:
        folded = fold(written)
        word = self._lexicon.get(written) if written != folded else None
        if word is not None:
            # A row with accents is only for the word with accents: "più" is not PIU.
            return ReadWord((self.form(word, folded, written),))
        has_accents = written != folded
        if self._lexicon.knows(folded):
            form = self._form_of(folded, folded)
            if has_accents and form.tag in _SHORT_NAMES:
                form = self.form(Word(Tag.UNKNOWN, folded), folded, folded)
            return ReadWord((form,), (), bool(form.in_languages))
        parts = self._split(folded)
        forms = self._forms(parts, parts) if len(parts) > 1 else (self._unknown(folded, folded),)
        repaired = self._repaired(parts)
        if len(parts) > 1 and not all(map(self._lexicon.knows, parts)):
            repaired += self._repaired((folded,))
        if has_accents and repaired:
            # English words and short names have no accents, so a word with one is not one of them.
            repaired = tuple(r for r in repaired if all(map(_has_language, r)))
        is_open = bool(repaired) or any(map(_is_shared, forms))
        return ReadWord(forms, repaired, is_open)

    def _repaired(self, parts: Sequence[str]) -> tuple[tuple[Form, ...], ...]:
        """Return the forms after each possible repair: of one word, or of all in a compound."""
        if len(parts) == 1:
            found = self._speller.candidates(parts[0])
            return tuple([self._forms(parts, [spelling]) for spelling in found])
        candidates = [self._speller.candidates(part) for part in parts]
        options: dict[tuple[str, ...], None] = {}
        for language in (None, *self._languages_of(itertools.chain(*candidates))):
            spellings = [
                next((c for c in found if language in (None, *self._lexicon.in_languages(c))), part)
                for part, found in zip(parts, candidates, strict=True)
            ]
            if spellings != list(parts):
                options[tuple(spellings)] = None
        return tuple(self._forms(parts, spellings) for spellings in options)

    def _languages_of(self, spellings: Iterable[str]) -> list[str]:
        return sorted({lang for s in spellings for lang in self._lexicon.in_languages(s)})

    def _forms(self, parts: Sequence[str], spellings: Sequence[str]) -> tuple[Form, ...]:
        offsets = itertools.accumulate(map(len, parts), initial=0)
        return tuple(map(self._form_of, parts, spellings, offsets))

    def _form_of(self, written: str, spelling: str, offset: int = 0) -> Form:
        word = self._lexicon.lookup(spelling)
        if word is None:
            return self._unknown(written, spelling, offset)
        is_repaired = spelling != written
        form = self.form(word, written, spelling, is_repaired=is_repaired, offset=offset)
        shared = self._lexicon.shared(spelling)
        if not shared:
            return form
        in_languages = {
            language: self.form(other, written, spelling, is_repaired=is_repaired, offset=offset)
            for language, other in shared.items()
        }
        return form._replace(in_languages=in_languages)

    def _unknown(self, written: str, spelling: str, offset: int = 0) -> Form:
        return self.form(Word(_tag_of_unknown(written), written), written, spelling, offset=offset)


def _is_shared(form: Form) -> bool:
    return bool(form.in_languages)


def _has_language(form: Form) -> bool:
    return form.language != ""


@cache
def _mark(kind: str, sign: str) -> ReadWord:
    meaning = "and" if kind == Tag.JOIN else _MARKS.get(sign, _DASH) if kind == BREAK else sign
    return ReadWord(
        (Form(kind, meaning, "", sign, "", False, traits_of_word(kind, meaning, sign)),)
    )


NOISE: Final = _mark(Tag.NOISE, "")
"""A stretch of noise, which is read as one word."""


def _tag_of_unknown(word: str) -> str:
    if not word.isalpha() and any(map(str.isdigit, word)):
        return Tag.NOISE
    if len(word) >= TRADE_MIN_LENGTH and word.endswith(endings(PartKind.TRADE).get(word[-2:], ())):
        return Tag.TRADE
    is_service = word.startswith(starts(PartKind.SERVICE).get(word[:2], ()))
    return Tag.SERVICE if is_service else Tag.UNKNOWN
