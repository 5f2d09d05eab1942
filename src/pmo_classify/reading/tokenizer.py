"""From text to terms: each word of a title, and what it means.

``normalise`` writes the terms back as the tidy text that the tables are keyed by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Final, NewType

from pmo_classify.knowledge.lexicon import Lexicon, Tag, Word, default_lexicon
from pmo_classify.knowledge.word_endings import EndingKind, word_endings
from pmo_classify.reading.cleaning import clean, fold
from pmo_classify.reading.compounds import make_splitter
from pmo_classify.reading.lexer import (
    WORD,
    Lexeme,
    find_noise,
    lex,
)
from pmo_classify.reading.memo import Memo
from pmo_classify.reading.shapes import Token
from pmo_classify.reading.spelling import make_repairer
from pmo_classify.reading.terms import NormalWord, Term
from pmo_classify.thresholds import MAX_PASSES, MAX_TITLE_LENGTH, TRADE_MIN_LENGTH, WORD_CACHE_SIZE

__all__ = [
    "NormalisedTitle",
    "Piece",
    "Tokenizer",
    "default_tokenizer",
    "hold_a_word",
    "join_key",
    "normalise",
]

NormalisedTitle = NewType("NormalisedTitle", str)
"""A title in the one tidy form that tables and input are compared in; made by ``normalise``."""


class Piece:
    """A word or mark, and the term that it is where no phrase holds it.

    ``text`` has its spelling mended, and is empty for a mark; ``seconds`` are the words that may
    come next in a phrase which starts with it.
    """

    __slots__ = ("seconds", "term", "text", "written")

    def __init__(
        self, term: Term, text: str = "", written: str = "", seconds: frozenset[str] = frozenset()
    ) -> None:
        self.term = term
        self.text = text
        self.written = written
        self.seconds = seconds

    @property
    def is_mended(self) -> bool:
        """The spelling was mended."""
        return self.text != self.written


_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_NO_WORDS: Final[frozenset[str]] = frozenset()
_NOISE: Final = Piece(Term((Token(Tag.NOISE, "", ""),)))


class Tokenizer:
    """Turns mended text into terms, by a lexicon.

    ``mends=False`` takes every word as it is written, which is enough for the key of a title that
    is spelt right, and takes half the time.
    """

    def __init__(self, lexicon: Lexicon, *, mends: bool = True) -> None:
        self._lexicon = lexicon
        self.repair: Callable[[str], str | None] = make_repairer(lexicon) if mends else _as_written
        self._split = make_splitter(lexicon, self.repair)
        self._words = Memo(self._word, WORD_CACHE_SIZE)
        self._phrases = Memo(self._phrase, WORD_CACHE_SIZE)

    def terms(self, text: str) -> list[Term]:
        """Read mended text; if nothing but noise stands in it, the noise is kept as words."""
        terms = self.terms_of(self.pieces(text))
        return terms if hold_a_word(terms) else self._all_as_words(text)

    def key(self, text: str) -> NormalisedTitle:
        """Write mended text as the text that tables are keyed by; noise is left out."""
        return join_key(key for term in self.terms(text) for key in term.keys)

    def places(self, text: str) -> list[tuple[Term, int, int]]:
        """Read mended text, and say from which character to which each term stands."""
        terms, noise = self.terms_of(self.pieces(text)), find_noise(text)
        if not hold_a_word(terms):
            terms, noise = self._all_as_words(text), []
        spans = [span for lexeme in _lexemes(text, noise) for span in self._spans(lexeme)]
        placed, at = [], 0
        for term in terms:
            placed.append((term, spans[at][0], spans[at + term.length - 1][1]))
            at += term.length
        return placed

    def words(self) -> frozenset[str]:
        """Give all words that the lexicon has."""
        return frozenset(self._lexicon.pieces)

    def first(self, pieces: Sequence[Piece]) -> str:
        """Give the first word, if it can stand in a phrase elsewhere than at its start."""
        return pieces[0].text if pieces[0].text in self._lexicon.later_pieces else ""

    def continuations(self, pieces: Sequence[Piece]) -> frozenset[str]:
        """Give the words that could come next and make a phrase with the last of the pieces."""
        if not pieces[-1].text:
            return _NO_WORDS
        if len(pieces) == 1:
            return pieces[0].seconds
        texts = tuple(piece.text for piece in pieces)
        return frozenset(
            phrase[len(texts) - start]
            for start, first in enumerate(texts)
            for phrase in self._lexicon.phrases.get(first, {})
            if len(phrase) > len(texts) - start and phrase[: len(texts) - start] == texts[start:]
        )

    def _all_as_words(self, text: str) -> list[Term]:
        return [term.as_word() for term in self.terms_of(self._lexed(lex(text, 0, len(text))))]

    def pieces(self, text: str) -> list[Piece]:
        """Read the words, marks and noise of mended text."""
        noise = find_noise(text)
        words = _HYPHEN.sub(" ", text).split() if "-" in text else text.split()
        if not noise and all(map(str.isalpha, words)):
            # Letters, blanks and hyphens: there is nothing to tell apart but the words.
            return [piece for word in words for piece in self._pieces_of_word(fold(word))]
        return self._lexed(_lexemes(text, noise))

    def _pieces_of_word(self, word: str) -> list[Piece]:
        return [self._words[part] for part in self._split(word)]

    def _lexed(self, lexemes: Iterable[Lexeme]) -> list[Piece]:
        return list(chain.from_iterable(map(self._pieces_of, lexemes)))

    def _pieces_of(self, lexeme: Lexeme) -> Sequence[Piece]:
        if lexeme.tag == WORD:
            return self._pieces_of_word(lexeme.text)
        if lexeme.tag == Tag.NOISE:
            return (_NOISE,)
        # A run of dashes counts as one, so that marks are few.
        return (_mark(lexeme.tag, lexeme.text[0]),)

    def _word(self, written: str) -> Piece:
        mended = self.repair(written)
        text = mended or written
        term = self._term(self._lexicon.lookup(text), written, repaired=mended is not None)
        phrases = self._lexicon.phrases.get(text)
        seconds = frozenset(phrase[1] for phrase in phrases) if phrases else _NO_WORDS
        return Piece(term, text, written, seconds)

    def terms_of(self, pieces: Sequence[Piece]) -> list[Term]:
        """Find the words, and the runs of words, that mean one thing."""
        if len(pieces) == 1:
            return [pieces[0].term]
        terms: list[Term] = []
        at, last = 0, len(pieces) - 1
        while at <= last:
            piece = pieces[at]
            term = piece.term
            if piece.seconds and at < last and pieces[at + 1].text in piece.seconds:
                longest = self._lexicon.longest[piece.text]
                term = self._phrases[tuple(pieces[at : at + longest])] or term
            terms.append(term)
            at += term.length
        return terms

    def _phrase(self, pieces: tuple[Piece, ...]) -> Term | None:
        """Find the longest known run of words that starts the pieces."""
        phrases = self._lexicon.phrases[pieces[0].text]
        for length in range(len(pieces), 1, -1):
            word = phrases.get(tuple(piece.text for piece in pieces[:length]))
            if word is not None:
                run = pieces[:length]
                written = " ".join(piece.written for piece in run)
                repaired = any(piece.is_mended for piece in run)
                return self._term(word, written, repaired=repaired, length=length)
        return None

    def _term(self, word: Word | None, written: str, *, repaired: bool, length: int = 1) -> Term:
        if word is None:
            return Term.of_unknown(_unknown_kind(written), written)
        meanings = self._expanded(word) if word.tag == Tag.ABBREVIATION else [word]
        tokens = tuple(Token(m.tag, m.meaning, written, word.language) for m in meanings)
        return Term(tokens, repaired=repaired, length=length)

    def _expanded(self, word: Word) -> Iterator[Word]:
        """Give the words that an abbreviation stands for."""
        texts = word.meaning.replace("-", " ").split()
        at = 0
        while at < len(texts):
            inner, length = self._lexicon.match(texts, at)
            if inner is not None:
                yield inner
            at += length

    def _spans(self, lexeme: Lexeme) -> list[tuple[int, int]]:
        """Say where the words of a compound stand; where its letters changed, all over it."""
        words = self._split(lexeme.text) if lexeme.tag == WORD else (lexeme.text,)
        if len(words) == 1 or sum(map(len, words)) != lexeme.end - lexeme.start:
            return [(lexeme.start, lexeme.end)] * len(words)
        spans, start = [], lexeme.start
        for word in words:
            spans.append((start, start + len(word)))
            start += len(word)
        return spans


def join_key(keys: Iterable[NormalWord], *, repaired: bool = False) -> NormalisedTitle:
    """Write words as the text that tables are keyed by.

    ``repaired`` asks for the mended spelling of misspelt words, not the one that stood there.
    """
    words: list[str] = []
    separator = ""
    for written, mended, separates in keys:
        text = mended if repaired else written
        if separates:
            separator = text
            continue
        if not text:
            continue
        # Of separators side by side the last one stays, and none at either end.
        if separator and words:
            words.append(separator)
        words.append(text)
        separator = ""
    return NormalisedTitle(" ".join(words))


def _as_written(_word: str) -> None:
    """Mend nothing."""


def _lexemes(text: str, noise: list[tuple[int, int]]) -> Iterator[Lexeme]:
    at = 0
    for start, end in noise:
        yield from lex(text, at, start)
        yield Lexeme(start, end, Tag.NOISE, "")
        at = end
    yield from lex(text, at, len(text))


@cache
def _mark(tag: str, text: str) -> Piece:
    return Piece(Term((Token(tag, "and" if tag == Tag.JOIN else text, text),)))


def hold_a_word(terms: list[Term]) -> bool:
    """Tell whether any term is a word that is not ignored."""
    # A loop, since this is asked of every title, and nearly always answered by the first term.
    for term in terms:  # noqa: SIM110
        if term.holds_word:
            return True
    return False


def _unknown_kind(word: str) -> str:
    if any(map(str.isdigit, word)):
        return Tag.NOISE
    endings = word_endings(EndingKind.TRADE)
    is_trade = len(word) >= TRADE_MIN_LENGTH and word.endswith(endings)
    return Tag.TRADE if is_trade else Tag.UNKNOWN


@cache
def default_tokenizer() -> Tokenizer:
    """The tokenizer for the lexicon that ships with the library, made once."""
    return Tokenizer(default_lexicon())


def normalise(title: str) -> NormalisedTitle:
    """Give a title's tidy form: small letters, British spelling, no abbreviation, no noise.

    >>> normalise("URGENT - Snr Prog. Office Coord (12 month contract), Leeds, £40k")
    'senior programme office co-ordinator'
    >>> normalise("P.M.O. Mgr"), normalise("Manager, PMO")
    ('pmo manager', 'manager , pmo')

    Doing it twice changes nothing, and a title that holds words is never emptied:

    >>> normalise("London"), normalise("Urgent!")
    ('london', 'urgent')

    The spelling is not repaired here; ``classify`` does that, and says so. The form has at most
    1,000 characters, like all that is read.
    """
    tokenizer = default_tokenizer()
    key = _within_limit(tokenizer.key(clean(title).text))
    for _ in range(MAX_PASSES):
        # What noise parted may stand together now, and mean something else: "P 2 H" is "P H".
        again = _within_limit(tokenizer.key(key))
        if again == key:
            break
        key = again
    return key


def _within_limit(key: NormalisedTitle) -> NormalisedTitle:
    """Leave whole words of no more than is read: written out, a title may have grown past that."""
    if len(key) <= MAX_TITLE_LENGTH:
        return key
    words = key[: MAX_TITLE_LENGTH + 1].rpartition(" ")[0]
    return NormalisedTitle(words or key[:MAX_TITLE_LENGTH])
