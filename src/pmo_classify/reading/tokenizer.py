"""The tokenizer, which turns clean text into tokens: each word, its meaning and its place.

A token is a word, or a run of words with one meaning ("project management office"). An abbreviation
becomes one token for each word that it stands for, all with its place.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import (
    ENGLISH,
    Lexicon,
    Tag,
    Word,
    default_lexicon,
    related_languages,
)
from pmo_classify.knowledge.word_endings import EndingKind, word_endings
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.compounds import CompoundSplitter
from pmo_classify.reading.lexer import BREAK, SLASH, WORD, RawToken, scan
from pmo_classify.reading.spelling import Speller
from pmo_classify.thresholds import ACRONYM_MAX_LENGTH, TRADE_MIN_LENGTH, WORD_CACHE_SIZE

__all__ = ["IGNORED", "SEPARATORS", "Tokenizer", "default_tokenizer"]

IGNORED: Final = frozenset({Tag.NOISE, Tag.PLACE, Tag.FILLER})
"""Tags of tokens that the rules ignore."""
SEPARATORS: Final = frozenset({BREAK, SLASH, Tag.JOIN})
_NO_WORDS: Final = frozenset({*SEPARATORS, Tag.LINK, *IGNORED})
_READ_AS_WORDS: Final = frozenset({*IGNORED, Tag.JOIN, Tag.LINK})
_SHORT_NAMES: Final = frozenset({Tag.OFFICE_NAME, Tag.P3_NAME})
_DASH: Final = "-"
_MARKS: Final = {"(": "(", "[": "(", "{": "(", ",": ",", ";": ",", "|": "|"}
"""What the marks between phrases are read as; all others are dashes."""


class _Form(NamedTuple):
    """A word of a title with its meaning.

    ``written`` is the word in lower case without accents; ``spelling`` is the same after a repair
    (empty for marks, so that they end any phrase); ``offset`` is its place in a compound, in
    characters. ``second_words`` are the words that may follow it in a phrase of the lexicon.
    ``in_languages`` has its meanings by language, if several languages have it.
    """

    word: Word
    written: str
    spelling: str = ""
    is_repaired: bool = False
    offset: int = 0
    second_words: frozenset[str] = frozenset()
    in_languages: Mapping[str, Word] = MappingProxyType({})


class _LookedUp(NamedTuple):
    """The forms of the parts of a word: as it is written, and after each possible repair."""

    forms: tuple[_Form, ...]
    repaired: tuple[tuple[_Form, ...], ...] = ()
    is_open: bool = False
    """Whether the language of the title decides between them."""


_PlacedForm = tuple[_Form, int, int]
"""A form, and where it starts and ends in the text."""


class Tokenizer:
    """Turns clean text into tokens, with the words of a lexicon.

    >>> [(token.tag, token.meaning) for token in default_tokenizer().tokenize("Progamme Mgr")]
    [('p3', 'programme'), ('role', 'manager')]

    A word that several languages have is read in the language of the other words of the title, or
    in English if these do not settle it. The spelling of unknown words is repaired, with words in
    the languages of the rest of the title.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._speller = Speller(lexicon)
        self._split = CompoundSplitter(lexicon, self._speller.repair).split
        # Titles share most of their words, so each is looked up once.
        self._words = lru_cache(maxsize=WORD_CACHE_SIZE)(self._look_up)

    def tokenize(self, text: str) -> list[Token]:
        """Return the tokens of clean text; if all of it is noise, the noise is read as words."""
        tokens = self._tokenize(scan(text), has_acronyms=not text.isupper())
        if any(map(_is_a_word, tokens)):
            return tokens
        words = self._tokenize(scan(text, noise=False), has_acronyms=False)
        return [_as_word(token) for token in words]

    def right_spelling(self, token: Token) -> str:
        """Return the right spelling of a repaired token, in lower case without accents.

        >>> tokens = default_tokenizer().tokenize("Progect Manager")
        >>> default_tokenizer().right_spelling(tokens[0])
        'project'
        """
        words = token.written.split(" ")
        return " ".join([self._right_word(word, token.language) for word in words])

    def _right_word(self, word: str, language: str) -> str:
        found = self._speller.candidates(word)
        in_language = (c for c in found if language in self._lexicon.in_languages(c))
        return next(in_language, next(iter(found), word))

    def _tokenize(self, raw_tokens: Sequence[RawToken], *, has_acronyms: bool) -> list[Token]:
        words = [
            self._words(raw.text) if raw.kind == WORD else _mark(raw.kind, raw.text[:1])
            for raw in raw_tokens
        ]
        if any(map(_is_open, words)):
            words = self._settle_languages(words)
        placed: list[_PlacedForm] = []
        for raw, (forms, _, _) in zip(raw_tokens, words, strict=True):
            if len(forms) > 1:
                placed += _share_out(forms, raw.start, raw.end)
                continue
            form = forms[0]
            if raw.is_capitals and has_acronyms and _may_be_acronym(form):
                form = form._replace(word=Word(Tag.ACRONYM, form.written))
            placed.append((form, raw.start, raw.end))
        return self._find_phrases(placed)

    def _look_up(self, written: str) -> _LookedUp:
        folded = fold(written)
        if written != folded and written in self._lexicon.single:
            # A row with accents is only for the word with accents: "più" is not PIU.
            form = _Form(self._lexicon.single[written], folded, written)
            return _LookedUp((form,))
        has_accents = written != folded
        parts = self._split(folded)
        forms = self._forms(parts, parts)
        if has_accents and forms[0].word.tag in _SHORT_NAMES:
            forms = (_Form(Word(Tag.UNKNOWN, folded), folded, folded),)
        repaired = self._repaired(parts)
        if has_accents and repaired:
            # English words and short names have no accents, so a word with one is not one of them.
            repaired = tuple(r for r in repaired if all(map(_has_language, r)))
        is_open = bool(repaired) or any(map(_is_shared, forms))
        return _LookedUp(forms, repaired, is_open)

    def _repaired(self, parts: Sequence[str]) -> tuple[tuple[_Form, ...], ...]:
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

    def _forms(self, parts: Sequence[str], spellings: Sequence[str]) -> tuple[_Form, ...]:
        forms: list[_Form] = []
        offset = 0
        for part, spelling in zip(parts, spellings, strict=True):
            word = self._lexicon.lookup(spelling)
            is_repaired = word is not None and spelling != part
            word = word or Word(_tag_of_unknown(part), part)
            forms.append(
                _Form(
                    word,
                    part,
                    spelling,
                    is_repaired,
                    offset,
                    self._lexicon.second_words(spelling),
                    self._lexicon.shared(spelling),
                )
            )
            offset += len(part)
        return tuple(forms)

    def _settle_languages(self, words: Sequence[_LookedUp]) -> list[_LookedUp]:
        """Return the words with the meanings and repairs that fit the languages of the title."""
        forms = [form for word in words for form in word.forms]
        spoken = Counter(
            form.word.language
            for word in words
            for form in word.forms
            # The English role in a compound such as "Projektmanager" does not make a title English.
            if not form.in_languages and (len(word.forms) == 1 or form.word.language != ENGLISH)
        )
        del spoken[""]
        # Titles in all languages have English words, so any other language counts first.
        order = sorted(spoken, key=lambda language: (language != ENGLISH, spoken[language]))
        maybe_spoken = {language for form in forms for language in form.in_languages}
        unread = [word for word in words if not word.repaired and _is_unread(word)]
        # Where most words are unknown, a similar spelling proves nothing.
        is_home = 2 * len(unread) <= sum(not _is_mark(word) for word in words)
        related = {other for lang in (*spoken, *maybe_spoken) for other in related_languages(lang)}
        home = {*related, ""} if is_home or spoken else None
        if (
            home
            and home != {""}
            and all(f.word.tag == Tag.NEUTRAL for f in forms if _is_foreign(f))
        ):
            # Words such as "public" and "general" are English as well, whatever their table.
            home.add(ENGLISH)
        return [_settled(word, order[::-1], home) if word.is_open else word for word in words]

    def _find_phrases(self, placed: Sequence[_PlacedForm]) -> list[Token]:
        tokens: list[Token] = []
        at = 0
        while at < len(placed):
            (word, written, _, is_repaired, _, second_words, _), start, end = placed[at]
            length = self._length_of_phrase(placed, at) if second_words else 1
            if length > 1:
                forms = [form for form, _, _ in placed[at : at + length]]
                spellings = tuple(form.spelling for form in forms)
                word = self._lexicon.phrases[spellings[0]][spellings]
                written = " ".join(form.written for form in forms)
                is_repaired = any(form.written != form.spelling for form in forms)
                end = placed[at + length - 1][2]
            at += length
            tag, meaning, language = word
            if tag != Tag.ABBREVIATION:
                tokens.append(Token(start, end, tag, meaning, language, written, is_repaired))
                continue
            for tag, meaning, _ in self._lexicon.expand(word):
                tokens.append(Token(start, end, tag, meaning, language, written, is_repaired))
        return tokens

    def _length_of_phrase(self, placed: Sequence[_PlacedForm], at: int) -> int:
        """Return how many words the longest phrase has that starts here; 1 if there is none."""
        form = placed[at][0]
        if at + 1 == len(placed) or placed[at + 1][0].spelling not in form.second_words:
            return 1
        phrases = self._lexicon.phrases[form.spelling]
        end = at + self._lexicon.longest[form.spelling]
        spellings = tuple(f.spelling for f, _, _ in placed[at:end])
        lengths = range(len(spellings), 1, -1)
        return next((length for length in lengths if spellings[:length] in phrases), 1)


def _may_be_acronym(form: _Form) -> bool:
    return form.word.tag == Tag.UNKNOWN and 1 < len(form.written) <= ACRONYM_MAX_LENGTH


def _is_shared(form: _Form) -> bool:
    return bool(form.in_languages)


def _is_open(word: _LookedUp) -> bool:
    return word.is_open


def _is_mark(word: _LookedUp) -> bool:
    return not word.forms[0].spelling


def _is_unread(word: _LookedUp) -> bool:
    return any(form.word.tag == Tag.UNKNOWN for form in word.forms)


def _is_foreign(form: _Form) -> bool:
    return form.word.language not in (ENGLISH, "")


def _has_language(form: _Form) -> bool:
    return form.word.language != ""


def _settled(word: _LookedUp, spoken: Sequence[str], home: Collection[str] | None) -> _LookedUp:
    """Return a word as it is read in a title in the ``spoken`` languages, the most likely first.

    A repair counts if it is a word of the ``home`` languages, or of any if ``home`` is only "".
    """
    near = [lang for spoke in spoken for lang in sorted(related_languages(spoke))]
    order = [*spoken, *near] or [ENGLISH]
    forms = word.forms
    if home is not None:
        fitting = [r for r in word.repaired if home == {""} or _is_home(r, home)]
        # Of equally likely repairs the one in the language of the title counts.
        forms = min(fitting, key=lambda repaired: _distance(repaired, order), default=forms)
    settled = []
    for form in forms:
        language = next((lang for lang in order if lang in form.in_languages), None)
        settled.append(
            form if language is None else form._replace(word=form.in_languages[language])
        )
    return _LookedUp(tuple(settled))


def _languages(form: _Form) -> set[str]:
    return {form.word.language, *form.in_languages}


def _is_home(repaired: Sequence[_Form], home: Collection[str]) -> bool:
    return not any(_languages(form).isdisjoint(home) for form in repaired if form.is_repaired)


def _distance(repaired: Sequence[_Form], order: Sequence[str]) -> int:
    """Return how far down the order of languages a repair is; 0 is the best."""
    found = [set(order) & _languages(form) for form in repaired if form.is_repaired]
    return max((min(map(order.index, f), default=len(order)) for f in found), default=0)


def _share_out(forms: Sequence[_Form], start: int, end: int) -> list[_PlacedForm]:
    """Return the words of a compound with their places in it."""
    if sum(len(form.written) for form in forms) != end - start:
        # A folded or linking letter changed the length, so each word gets the whole place.
        return [(form, start, end) for form in forms]
    ends = [start + form.offset + len(form.written) for form in forms]
    return list(zip(forms, [start, *ends[:-1]], ends, strict=True))


def _is_a_word(token: Token) -> bool:
    return token.tag not in _NO_WORDS and token.meaning != "grade"


def _as_word(token: Token) -> Token:
    """Return a token as a word of the title, even if it is noise or a small word."""
    if token.tag in _READ_AS_WORDS or token.meaning == "grade":
        return token._replace(tag=Tag.UNKNOWN, meaning=token.written)
    return token


@cache
def _mark(kind: str, sign: str) -> _LookedUp:
    meaning = "and" if kind == Tag.JOIN else _MARKS.get(sign, _DASH) if kind == BREAK else sign
    return _LookedUp((_Form(Word(kind, meaning), sign),))


def _tag_of_unknown(word: str) -> str:
    if not word.isalpha() and any(map(str.isdigit, word)):
        return Tag.NOISE
    endings = word_endings(EndingKind.TRADE)
    is_trade = len(word) >= TRADE_MIN_LENGTH and word.endswith(endings)
    return Tag.TRADE if is_trade else Tag.UNKNOWN


@cache
def default_tokenizer() -> Tokenizer:
    """Return the tokenizer of the lexicon that ships with the library; it is made only once."""
    return Tokenizer(default_lexicon())
