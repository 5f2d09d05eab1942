"""From clean text to tokens: each word of a title, what it means, and where it is.

A token is a word or a run of words that means one thing ("project management office"); an
abbreviation becomes the tokens of the words that it is short for, all at its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Lexicon, Tag, Word, default_lexicon
from pmo_classify.knowledge.word_endings import EndingKind, word_endings
from pmo_classify.reading.compounds import CompoundSplitter
from pmo_classify.reading.lexer import BREAK, SLASH, WORD, RawToken, scan
from pmo_classify.reading.spelling import Speller
from pmo_classify.thresholds import TRADE_MIN_LENGTH, WORD_CACHE_SIZE

__all__ = ["IGNORED", "SEPARATORS", "Tokenizer", "default_tokenizer"]

IGNORED: Final = frozenset({Tag.NOISE, Tag.PLACE, Tag.FILLER})
"""Tags of tokens that no rule looks at."""
SEPARATORS: Final = frozenset({BREAK, SLASH, Tag.JOIN})
_NO_WORDS: Final = frozenset({*SEPARATORS, Tag.LINK, *IGNORED})
_READ_AS_WORDS: Final = frozenset({*IGNORED, Tag.JOIN, Tag.LINK})
_DASH: Final = "-"
_MARKS: Final = {"(": "(", "[": "(", "{": "(", ",": ",", ";": ","}
"""What the marks between phrases are read as; all others are dashes."""


class _Form(NamedTuple):
    """A word of a title, looked up.

    ``written`` is the word as it was, ``spelling`` the same with its spelling repaired (empty for
    marks, so that they end any phrase); ``offset`` is its place in a compound, in characters.
    ``second_words`` are the words that may follow it in a phrase of the lexicon.
    """

    word: Word
    written: str
    spelling: str = ""
    is_repaired: bool = False
    offset: int = 0
    second_words: frozenset[str] = frozenset()


_PlacedForm = tuple[_Form, int, int]
"""A form, and where it starts and ends in the text."""


class Tokenizer:
    """Turns clean text into tokens, by the words of a lexicon.

    >>> [(token.tag, token.meaning) for token in default_tokenizer().tokenize("Progamme Mgr")]
    [('p3', 'programme'), ('role', 'manager')]

    Unless ``repairs`` is false, the spelling of unknown words is repaired.
    """

    def __init__(self, lexicon: Lexicon, *, repairs: bool = True) -> None:
        self._lexicon = lexicon
        speller = Speller(lexicon)
        self.repair: Callable[[str], str | None] = speller.repair if repairs else _as_written
        self._split = CompoundSplitter(lexicon, self.repair).split
        # Titles share most of their words, so each is looked up once.
        self._forms = lru_cache(maxsize=WORD_CACHE_SIZE)(self._look_up)

    def tokenize(self, text: str) -> list[Token]:
        """Return the tokens of clean text; where all of it is noise, the noise is read as words."""
        tokens = self._tokenize(scan(text))
        if any(_is_a_word(token) for token in tokens):
            return tokens
        return [_as_word(token) for token in self._tokenize(scan(text, noise=False))]

    def _tokenize(self, raw_tokens: Iterable[RawToken]) -> list[Token]:
        placed: list[_PlacedForm] = []
        for start, end, kind, text in raw_tokens:
            if kind != WORD:
                placed.append((_mark(kind, text[:1]), start, end))
                continue
            forms = self._forms(text)
            if len(forms) == 1:
                placed.append((forms[0], start, end))
            else:
                placed += _share_out(forms, start, end)
        return self._find_phrases(placed)

    def _look_up(self, written: str) -> tuple[_Form, ...]:
        forms: list[_Form] = []
        offset = 0
        for part in self._split(written):
            spelling = self.repair(part) or part
            word = self._lexicon.lookup(spelling)
            is_repaired = word is not None and spelling != part
            word = word or Word(_tag_of_unknown(part), part)
            second_words = self._lexicon.second_words(spelling)
            forms.append(_Form(word, part, spelling, is_repaired, offset, second_words))
            offset += len(part)
        return tuple(forms)

    def _find_phrases(self, placed: Sequence[_PlacedForm]) -> list[Token]:
        tokens: list[Token] = []
        at = 0
        while at < len(placed):
            form, start, end = placed[at]
            word, written, is_repaired = form.word, form.written, form.is_repaired
            length = self._length_of_phrase(placed, at) if form.second_words else 1
            if length > 1:
                forms = [form for form, _, _ in placed[at : at + length]]
                word = self._lexicon.phrases[form.spelling][tuple(f.spelling for f in forms)]
                written = " ".join(f.written for f in forms)
                is_repaired = any(f.written != f.spelling for f in forms)
                end = placed[at + length - 1][2]
            at += length
            meant = self._lexicon.expand(word) if word.tag == Tag.ABBREVIATION else [word]
            tokens += [
                Token(start, end, tag, meaning, word.language, written, is_repaired)
                for tag, meaning, _ in meant
            ]
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


def _share_out(forms: Sequence[_Form], start: int, end: int) -> list[_PlacedForm]:
    """Return the words of a compound with their places in it."""
    if sum(len(form.written) for form in forms) != end - start:
        # Folding or a linking letter changed the length: each word is somewhere in the whole.
        return [(form, start, end) for form in forms]
    ends = [start + form.offset + len(form.written) for form in forms]
    return list(zip(forms, [start, *ends[:-1]], ends, strict=True))


def _is_a_word(token: Token) -> bool:
    return token.tag not in _NO_WORDS and token.meaning != "grade"


def _as_word(token: Token) -> Token:
    """Return a token of noise, or a small word, as a word of the title."""
    if token.tag in _READ_AS_WORDS or token.meaning == "grade":
        return token._replace(tag=Tag.UNKNOWN, meaning=token.written)
    return token


@cache
def _mark(kind: str, sign: str) -> _Form:
    meaning = "and" if kind == Tag.JOIN else _MARKS.get(sign, _DASH) if kind == BREAK else sign
    return _Form(Word(kind, meaning), sign)


def _tag_of_unknown(word: str) -> str:
    if any(map(str.isdigit, word)):
        return Tag.NOISE
    endings = word_endings(EndingKind.TRADE)
    is_trade = len(word) >= TRADE_MIN_LENGTH and word.endswith(endings)
    return Tag.TRADE if is_trade else Tag.UNKNOWN


def _as_written(_word: str) -> None:
    """Repair nothing."""


@cache
def default_tokenizer() -> Tokenizer:
    """Return the tokenizer of the lexicon that ships with the library, made once."""
    return Tokenizer(default_lexicon())
