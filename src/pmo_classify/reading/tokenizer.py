"""The tokenizer, which turns clean text into tokens: each word, its meaning and its place.

A token is a word, or a run of words with one meaning ("project management office"). An abbreviation
becomes one token for each word that it stands for, all with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Lexicon, Tag, Word, default_lexicon
from pmo_classify.reading.cleaning import clean_text, places_in_title
from pmo_classify.reading.forms import NOISE, Form, FormFinder, PlacedWord
from pmo_classify.reading.languages import settle_languages
from pmo_classify.reading.lexer import BREAK, SLASH, cut
from pmo_classify.reading.noise import find_noise
from pmo_classify.reading.traits import WORD, traits_of_word
from pmo_classify.thresholds import READ_CACHE_SIZE, WORD_CACHE_SIZE

__all__ = [
    "IGNORED",
    "SEPARATORS",
    "PlacedForm",
    "Tokenizer",
    "default_tokenizer",
    "first_word",
    "traits_of",
    "words_in_title",
]

_is_open = attrgetter("is_open")

IGNORED: Final = frozenset({Tag.NOISE, Tag.PLACE, Tag.FILLER})
"""Tags of tokens that the rules ignore."""
SEPARATORS: Final = frozenset({BREAK, SLASH, Tag.JOIN})
_LEFT_OUT: Final = IGNORED | SEPARATORS
_READ_AS_WORDS: Final = frozenset({*IGNORED, Tag.JOIN, Tag.LINK})

PlacedForm = tuple[Form, int, int]
"""A word, or a run of words with one meaning, and where it starts and ends in the text."""


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
        self._forms = FormFinder(lexicon)
        self._phrase = lru_cache(maxsize=WORD_CACHE_SIZE)(self._read_phrase)
        # The words of a title are often asked for again right after its answer.
        self._lately = lru_cache(maxsize=READ_CACHE_SIZE)(self._read)

    def tokenize(self, text: str) -> list[Token]:
        """Return the tokens of clean text; if all of it is noise, the noise is read as words."""
        return self.tokens(self.read(text))

    def read(self, text: str) -> tuple[PlacedForm, ...]:
        """Return the words of clean text with their places, before abbreviations are written out.

        >>> [form.meaning for form, _, _ in default_tokenizer().read("Chef de projet, Paris")]
        ['project manager', ',', 'paris']
        """
        return self._lately(text)

    def tokens(self, words: Iterable[PlacedForm]) -> list[Token]:
        """Return words as tokens: an abbreviation becomes the words that it stands for."""
        tokens: list[Token] = []
        for (tag, meaning, language, written, _, is_repaired, *_), start, end in words:
            if tag != Tag.ABBREVIATION:
                tokens.append(Token(start, end, tag, meaning, language, written, is_repaired))
                continue
            tokens += [
                Token(start, end, other.tag, other.meaning, language, written, is_repaired)
                for other in self._lexicon.expand(Word(tag, meaning, language))
            ]
        return tokens

    def right_spelling(self, token: Token) -> str:
        """Return the right spelling of a repaired token, in lower case without accents.

        >>> tokens = default_tokenizer().tokenize("Progect Manager")
        >>> default_tokenizer().right_spelling(tokens[0])
        'project'
        """
        words = token.written.split(" ")
        return " ".join([self._forms.right_word(word, token.language) for word in words])

    def _read(self, text: str) -> tuple[PlacedForm, ...]:
        words = self._read_around(find_noise(text), text, has_acronyms=not text.isupper())
        if any(form.traits & WORD for form, _, _ in words):
            return tuple(words)
        words = self._read_around((), text, has_acronyms=False)
        return tuple([(_as_word(form), start, end) for form, start, end in words])

    def _read_around(
        self, noise: Iterable[tuple[int, int]], text: str, *, has_acronyms: bool
    ) -> list[PlacedForm]:
        words: list[PlacedWord] = []
        at = 0
        for start, end in noise:
            self._add_words(words, text, at, start)
            words.append((NOISE, start, end, None))
            at = end
        self._add_words(words, text, at, len(text))
        read = [word for word, _, _, _ in words]
        if any(map(_is_open, read)):
            read = settle_languages(read)
        placed: list[PlacedForm] = []
        has_phrases = False
        # The words that may come second in a phrase that the word before starts.
        seconds: frozenset[str] = frozenset()
        for (forms, _, _), (_, start, end, acronym) in zip(read, words, strict=True):
            form = forms[0]
            if seconds and (form.spelling in seconds or form.in_full in seconds):
                has_phrases = True
            seconds = form.second_words
            if len(forms) > 1:
                placed += _share_out(forms, start, end)
                has_phrases, seconds = True, forms[-1].second_words
            elif acronym is not None and has_acronyms and form.tag == Tag.UNKNOWN:
                placed.append((acronym, start, end))
            else:
                placed.append((form, start, end))
        return self._with_phrases(placed) if has_phrases else placed

    def _add_words(self, words: list[PlacedWord], text: str, at: int, end: int) -> None:
        find = self._forms.find
        for piece in cut(text, at, end):
            at = text.index(piece, at)
            for word, start_in_piece, end_in_piece, acronym in find(piece):
                words.append((word, at + start_in_piece, at + end_in_piece, acronym))
            at += len(piece)

    def _with_phrases(self, words: Sequence[PlacedForm]) -> list[PlacedForm]:
        """Return words with each run of them that has one meaning in the place of its words."""
        found: list[PlacedForm] = []
        at = 0
        while at < len(words):
            word = words[at]
            known, length = self._phrase_at(words, at)
            if known is None or length == 1:
                found.append(word)
            else:
                forms = [form for form, _, _ in words[at : at + length]]
                spellings = " ".join([form.spelling for form in forms])
                phrase = self._phrase(known, spellings, " ".join([form.written for form in forms]))
                found.append((phrase, word[1], words[at + length - 1][2]))
            at += length
        return found

    def _phrase_at(self, words: Sequence[PlacedForm], at: int) -> tuple[Word | None, int]:
        """Return the meaning and the length of the longest phrase that starts here, if any."""
        seconds = words[at][0].second_words
        if not seconds or at + 1 == len(words):
            return None, 1
        after = words[at + 1][0]
        if after.spelling not in seconds and after.in_full not in seconds:
            return None, 1
        forms = [form for form, _, _ in words[at:]]
        known, length = self._lexicon.match([form.spelling for form in forms], 0)
        if length > 1:
            return known, length
        return self._lexicon.match([form.in_full for form in forms], 0)

    def _read_phrase(self, word: Word, spellings: str, written: str) -> Form:
        return self._forms.form(word, written, is_repaired=spellings != written)


def _share_out(forms: Sequence[Form], start: int, end: int) -> list[PlacedForm]:
    """Return the words of a compound with their places in it."""
    if sum(len(form.written) for form in forms) != end - start:
        # A folded or linking letter changed the length, so each word gets the whole place.
        return [(form, start, end) for form in forms]
    ends = [start + form.offset + len(form.written) for form in forms]
    return list(zip(forms, [start, *ends[:-1]], ends, strict=True))


def _as_word(form: Form) -> Form:
    """Return a form as a word of the title, even if it is noise or a small word."""
    tag, written = form.tag, form.written
    if tag in _READ_AS_WORDS or form.meaning == "grade":
        traits = traits_of_word(Tag.UNKNOWN, written, written)
        return form._replace(tag=Tag.UNKNOWN, meaning=written, traits=traits)
    return form


@cache
def default_tokenizer() -> Tokenizer:
    """Return the tokenizer of the lexicon that ships with the library; it is made only once."""
    return Tokenizer(default_lexicon())


def traits_of(words: Iterable[PlacedForm]) -> int:
    """Return what the words of a title can mean for its answer."""
    traits = 0
    for form, _, _ in words:
        traits |= form.traits
    return traits


def first_word(words: Iterable[PlacedForm]) -> Form | None:
    """Return the first word of a title that its normal form has: no noise, no mark, no grade."""
    for form, _, _ in words:
        if form.tag not in _LEFT_OUT and form.meaning != "grade":
            return form
    return None


def words_in_title(title: str) -> tuple[Token, ...]:
    """Return the tokens of a title with their places in it, whatever the state of its text.

    >>> title = "PMO  &amp; Planner"
    >>> [title[token.start:token.end] for token in words_in_title(title)]
    ['PMO', '&amp;', 'Planner']
    """
    clean = clean_text(title)
    if clean.is_blank:
        return ()
    tokens = default_tokenizer().tokenize(clean.text)
    if title.startswith(clean.text):
        return tuple(tokens)
    place = places_in_title(title, clean)
    places = [place(token.start, token.end) for token in tokens]
    return tuple(
        token._replace(start=start, end=end)
        for token, (start, end) in zip(tokens, places, strict=True)
    )
