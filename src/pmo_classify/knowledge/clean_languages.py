"""How languages write titles: their capitals, letters and accents, for clean titles.

They are in ``data/clean/languages.csv`` and ``data/clean/accents.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon
from pmo_classify.knowledge.tables import read_shipped_rows

__all__ = [
    "accent_endings",
    "accents",
    "foreign_letters",
    "language_of_letters",
    "languages_of_forms",
    "letter_case",
    "own_marks",
    "similar_language",
    "words_without_accents",
]


@cache
def letter_case(language: str) -> str:
    """Return which words of a title in a language start with a capital.

    It is "title" for all but the small words, and "sentence" for the first word alone.

    >>> letter_case("en"), letter_case("pl")
    ('title', 'sentence')
    """
    return _habits_of(language).case


@cache
def foreign_letters(language: str) -> re.Pattern[str]:
    """Return a pattern of letters and small words that a language never has, in lower case.

    >>> foreign_letters("es").search("serviço")
    <re.Match object; span=(5, 6), match='ç'>
    """
    return re.compile(_habits_of(language).foreign or "(?!)")


def similar_language(language: str) -> str:
    """Return the language whose titles may look the same but for accents, or "" if there is none.

    >>> similar_language("es"), similar_language("de")
    ('it', '')
    """
    return _habits_of(language).similar


@cache
def own_marks(language: str) -> re.Pattern[str]:
    """Return a pattern of marks that only titles in a language have, such as "H/F" in French.

    >>> own_marks("fr").search("ingenieur (h/f)") is None, own_marks("en").search("cook (h/f)")
    (False, None)
    """
    return re.compile(_habits_of(language).marks or "(?!)")


def language_of_letters(word: str) -> str:
    """Return the language that alone has a word's letters or ending, or "" if there is none.

    ``word`` is in lower case.

    >>> language_of_letters("szkła"), language_of_letters("sportowym"), language_of_letters("cook")
    ('pl', 'pl', '')
    """
    found = _own_letters().search(word)
    return (found.lastgroup or "") if found else ""


@cache
def _own_letters() -> re.Pattern[str]:
    owns = [f"(?P<{code}>{habits.own})" for code, habits in _habits().items() if habits.own]
    return re.compile("|".join(owns) or "(?!)")


class _Habits(NamedTuple):
    """How a language writes titles: the cells of its row, from ``case`` to ``own``."""

    case: str = "title"
    foreign: str = ""
    similar: str = ""
    marks: str = ""
    own: str = ""


def _habits_of(language: str) -> _Habits:
    return _habits().get(language, _Habits())


@cache
def _habits() -> Mapping[str, _Habits]:
    return {
        language: _Habits(*cells[: len(_Habits._fields)])
        for language, *cells in read_shipped_rows("clean/languages.csv")
    }


@cache
def accents(language: str) -> Mapping[str, str]:
    """Return words of a language, and endings after a hyphen, without and with their accents.

    >>> accents("es")["almacen"], accents("pt")["-cao"]
    ('almacén', '-ção')
    """
    return {form: written for form, written, spoken in _accented() if spoken == language}


@cache
def _accented() -> Sequence[tuple[str, str, str]]:
    rows = read_shipped_rows("clean/accents.csv")
    return [(form, written, language) for form, written, language, *_ in rows]


def _forms_that_are_right() -> set[str]:
    # A title that may be in a similar language is told by its other words.
    similar = {habits.similar for habits in _habits().values()}
    return {form for form, written, code in _accented() if form == written and code not in similar}


@cache
def accent_endings(language: str) -> tuple[str, ...]:
    """Return the endings of words of a language that titles often lack the accents of.

    >>> "cao" in accent_endings("pt"), "cao" in accent_endings("es")
    (True, False)
    """
    return tuple(form[1:] for form in accents(language) if form.startswith("-"))


@cache
def languages_of_forms() -> Mapping[str, frozenset[str]]:
    """Return the languages in which words, and endings after a hyphen, lack their accents.

    A word is left out if a row says that a language writes it so.

    >>> sorted(languages_of_forms()["tecnico"]), sorted(languages_of_forms()["-cao"])
    (['es', 'pt'], ['pt'])
    """
    found: dict[str, set[str]] = {}
    right = _forms_that_are_right()
    for form, written, language in _accented():
        if form != written and form not in right:
            found.setdefault(form, set()).add(language)
    return {form: frozenset(languages) for form, languages in found.items()}


@cache
def words_without_accents() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that surely lack accents in titles that have others, and the endings.

    A word is left out if a row says that a language writes it so, or if it is English but no rank,
    for other languages have those too: "Júnior". Rows of a similar language only count in titles
    that may be in it.

    >>> words, endings = words_without_accents()
    >>> "almacen" in words, "gestion" in words, "cao" in endings
    (True, False, True)
    """
    rows = _accented()
    endings = {form.removeprefix("-") for form, *_ in rows if form.startswith("-")}
    right = _forms_that_are_right()
    lexicon = default_lexicon()
    lacking = {
        form
        for form, *_ in rows
        if (word := lexicon.get(form)) is None
        or word.language != ENGLISH
        or word.tag == Tag.SENIORITY
    }
    return frozenset(lacking - right), tuple(endings)
