"""A way to read titles with a lexicon without one row, at the cost of a few look-ups."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Sequence

from pmo_classify import Classification, Classifier
from pmo_classify.classification import Token
from pmo_classify.classifier import default_classifier
from pmo_classify.knowledge.lexicon import Lexicon, WordRow, default_lexicon
from pmo_classify.reading.cleaning import clean_text
from pmo_classify.reading.compounds import CompoundSplitter
from pmo_classify.reading.spelling import Speller
from pmo_classify.reading.tokenizer import Tokenizer


def classify_afresh(title: str) -> tuple[Classification, tuple[Token, ...]]:
    """Return the answer that a title gets when no word of it was read before, and its words."""
    tokenizer = _tokenizer(default_lexicon())
    return _read(title, tokenizer), tuple(tokenizer.tokenize(clean_text(title).text))


def classify_without(row: WordRow, title: str) -> tuple[Classification, tuple[Token, ...]]:
    """Return the answer that a title gets without one row of the tables of words, and its words."""
    lexicon = _lexicon_without(row)
    known = set(lexicon.in_languages(row.form))
    tokenizer = _tokenizer(lexicon, lost=row.form if not known else "")
    return _read(title, tokenizer), tuple(tokenizer.tokenize(clean_text(title).text))


def _tokenizer(lexicon: Lexicon, lost: str = "") -> Tokenizer:
    tokenizer = Tokenizer(lexicon)
    # What takes long to make is shared with the whole lexicon, without one form.
    speller = copy.copy(_SPELLER)
    speller._lexicon = lexicon
    forms = tokenizer._forms
    forms._speller = _Speller(speller, lost)  # type: ignore[assignment]
    splitter = copy.copy(_SPLITTER)
    splitter._lexicon, splitter._repair = lexicon, forms._speller.repair
    forms._split = splitter.split
    return tokenizer


def _read(title: str, tokenizer: Tokenizer) -> Classification:
    reader = Classifier.__new__(Classifier)
    vars(reader).update(vars(default_classifier()))
    reader._tokenizer = tokenizer
    return reader._read(title)


class _Speller:
    """A speller that repairs no word to the one that was removed."""

    def __init__(self, speller: Speller, lost: str) -> None:
        self._speller = speller
        self._lost = {lost, f"{lost}s"}

    def candidates(self, word: str) -> Sequence[str]:
        return [found for found in self._speller.candidates(word) if found not in self._lost]

    def repair(self, word: str) -> str | None:
        return next(iter(self.candidates(word)), None)


def _lexicon_without(row: WordRow) -> Lexicon:
    """Return the lexicon of all rows but one; what takes long to make is copied."""
    form, lexicon = row.form, copy.copy(default_lexicon())
    rest = {**lexicon._tables[row.language]}
    del rest[form]
    lexicon._tables = {**lexicon._tables, row.language: rest}
    lexicon._words, lexicon._phrases_with, lexicon._expansions = {}, {}, {}
    languages = [code for code, forms in lexicon._tables.items() if form in forms]
    if len(languages) < 2:
        lexicon._shared = lexicon._shared - {form}
    lexicon._first_languages = {**lexicon._first_languages}
    if languages:
        lexicon._first_languages[form] = languages[0]
        return lexicon
    del lexicon._first_languages[form]
    first, _, later = form.partition(" ")
    if later:
        phrases = [phrase for phrase in lexicon._by_first_word[first] if phrase != form]
        lexicon._by_first_word = {**lexicon._by_first_word, first: phrases}
        lost = {word for word, uses in Counter(form.split(" ")).items() if _USES[word] == uses}
        vars(lexicon)["_of_phrases"] = default_lexicon()._of_phrases - lost
    return lexicon


_USES = Counter(
    word for runs in default_lexicon()._by_first_word.values() for word in " ".join(runs).split(" ")
)
"""How often a word is in the runs of words of the lexicon."""
_SPELLER = Speller(default_lexicon())
# Its look-ups are made once here, for two copies out of three would make them again.
_SPELLER.candidates("organisattionally")
_SPELLER.candidates("xqzj")
_SPLITTER = CompoundSplitter(default_lexicon(), _SPELLER.repair)
assert _SPLITTER.split("porgrammeoffice") == ("porgramme", "office")
