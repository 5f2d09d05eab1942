"""The words that the reading knows, with the tag, meaning and language of each.

They are the rows of ``data/words/*.csv``, one file for each language; English is split by topic.
CONTRIBUTING.md says how to add a word or a language.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.tables import list_shipped, read_shipped, read_shipped_rows
from pmo_classify.thresholds import (
    LONG_WORD,
    REPAIR_MIN_FOREIGN,
    REPAIR_MIN_FUNCTION,
    SHORTEST_SINGULAR,
)

__all__ = [
    "ENGLISH",
    "TAGS",
    "TAGS_WITH_MEANING",
    "Lexicon",
    "Tag",
    "Word",
    "WordRow",
    "default_lexicon",
    "is_head_first",
    "language_of",
    "read_word_rows",
    "related_languages",
]


class Tag:
    """The tags of words: the parts that a word can play in a title.

    They are strings and not an enumeration, because they are compared so often that the time of
    each look-up matters.
    """

    P3: Final = "p3"
    """project, programme, portfolio, which are called P3 words below"""
    P3_NAME: Final = "p3_name"
    """a short name for several of them: PPM, P3M"""
    OFFICE_NAME: Final = "office_name"
    """an office's short name: PMO, ePMO, P3O"""
    OFFICE: Final = "office"
    """office, unit"""
    OFFICE_KIND: Final = "office_kind"
    """what makes an office a project office without a P3 word: change, transformation"""
    ENTERPRISE: Final = "enterprise"
    MANAGEMENT: Final = "management"
    SERVICES: Final = "services"
    ROLE: Final = "role"
    SENIORITY: Final = "seniority"
    LEARNER: Final = "learner"
    """trainee, apprentice, intern, graduate, student"""
    FUNCTION: Final = "function"
    """a function of a project office that counts for any P3 work: planning, risk, reporting"""
    OWN_FUNCTION: Final = "own_function"
    """a function that only P3 work has, so that it needs no P3 word: RAID, stage gate"""
    OFFICE_FUNCTION: Final = "office_function"
    """a function that counts only inside an office: communications, commercial"""
    TOOL: Final = "tool"
    """software that only P3 planners use"""
    CONTEXT: Final = "context"
    """what makes a programme or portfolio a P3 one: change, IT, capital, construction"""
    TECHNICAL: Final = "technical"
    """the subject of an agency's own programme: a science, a ship, a weapon"""
    SERVICE: Final = "service"
    """what the programme of a public service is for: youth, health, training"""
    SERVICE_WITHIN: Final = "service_within"
    """the same, but only right beside the programme; elsewhere it may be a company's business"""
    FINANCE: Final = "finance"
    """what a portfolio of finance or trade consists of: loans, funds, products"""
    DEVELOPMENT: Final = "development"
    """the development of projects, which is a trade of its own"""
    PEOPLE: Final = "people"
    """the field of those who look after a company's own people: talent, workforce, pay"""
    FIELD: Final = "field"
    """the field of another trade: sales, procurement, engineering"""
    TRADE: Final = "trade"
    """a person of another trade: architect, nurse, business analyst"""
    SCHEME: Final = "scheme"
    """a programme that people are on, not one that is managed: graduate programme"""
    NEUTRAL: Final = "neutral"
    """a word that decides nothing: offshore, systems; listed so that its spelling is kept"""
    LINK: Final = "link"
    """of, for, to: what follows belongs to what came before"""
    JOIN: Final = "join"
    """and, or"""
    FILLER: Final = "filler"
    """the, a, team"""
    ABBREVIATION: Final = "abbreviation"
    """short for other words: "chef de projet" is "project manager" """
    PLACE: Final = "place"
    NOISE: Final = "noise"
    """says nothing about the work: urgent, hybrid, full time"""
    UNKNOWN: Final = "unknown"
    ACRONYM: Final = "acronym"
    """the short name of something: an unknown word in capitals, in a title that is not"""


TAGS: Final = frozenset(value for name, value in vars(Tag).items() if name.isupper())
"""All tags."""


TAGS_WITH_MEANING: Final = frozenset(
    {
        Tag.ABBREVIATION,
        Tag.CONTEXT,
        Tag.DEVELOPMENT,
        Tag.ENTERPRISE,
        Tag.FUNCTION,
        Tag.JOIN,
        Tag.LEARNER,
        Tag.LINK,
        Tag.MANAGEMENT,
        Tag.NEUTRAL,
        Tag.OFFICE,
        Tag.OFFICE_FUNCTION,
        Tag.OFFICE_KIND,
        Tag.OFFICE_NAME,
        Tag.OWN_FUNCTION,
        Tag.P3,
        Tag.P3_NAME,
        Tag.ROLE,
        Tag.SENIORITY,
        Tag.SERVICES,
    }
)
"""Tags of words whose meaning is used; for all other words the tag is enough."""


class Word(NamedTuple):
    """The tag and meaning of a known word, or of a known run of words, in one language.

    ``language`` is a code of two letters ("de"), or empty for what is the same in all languages.
    """

    tag: str
    meaning: str
    language: str = ""


class WordRow(NamedTuple):
    """One row of the tables of words, with its file and line.

    ``meaning`` is empty where it is the same as ``form``.
    """

    file: str
    line: int
    form: str
    tag: str
    meaning: str
    example: str
    answer: str

    @property
    def language(self) -> str:
        """The language of the row's file: a code of two letters, or empty for all languages."""
        return language_of(self.file)


ENGLISH: Final = "en"
_LETTERS_OF_A_LANGUAGE: Final = 2
_CELLS: Final = 5

_REPAIRABLE: Final = frozenset(
    {
        Tag.P3,
        Tag.OFFICE,
        Tag.OFFICE_KIND,
        Tag.MANAGEMENT,
        Tag.SERVICES,
        Tag.ROLE,
        Tag.LEARNER,
        Tag.SENIORITY,
        Tag.ENTERPRISE,
    }
)
_ENGLISH_REPAIRABLE: Final = frozenset({Tag.TOOL, Tag.CONTEXT, Tag.FUNCTION, Tag.OFFICE_FUNCTION})
_COUNTABLE: Final = frozenset({Tag.ROLE, Tag.LEARNER, Tag.OFFICE, Tag.SERVICES, Tag.FUNCTION})
"""Tags of English words whose plural in -s needs no row, because the singular is enough."""
_MAY_BE_REPAIRED: Final = _REPAIRABLE | _ENGLISH_REPAIRABLE | {Tag.ABBREVIATION}
_PROJECT_WORDS: Final = ("project", "programme", "portfolio")


class _Phrases(NamedTuple):
    """The known runs of words that start with one word: their second words, and the most words."""

    second_words: frozenset[str]
    longest: int


class Lexicon:
    """The known words and runs of words, with their meanings.

    Forms are in lower case without accents, with single spaces. A form that several languages have
    is read in English, or else in the first of these languages by their codes; ``in_languages``
    returns all of them. ``tables`` has for each language the forms of its words, each with the
    other cells of its row: the tag and the meaning, and what may follow them.

    >>> default_lexicon().lookup("programme")
    Word(tag='p3', meaning='programme', language='en')
    """

    def __init__(self, tables: Mapping[str, Mapping[str, str]]) -> None:
        self._tables = {code: tables[code] for code in sorted(tables, key=_language_order)}
        self._first_languages: dict[str, str] = {}
        self._shared: set[str] = set()
        for code in reversed(self._tables):
            self._shared |= self._first_languages.keys() & self._tables[code].keys()
            self._first_languages |= dict.fromkeys(self._tables[code], code)
        self._by_first_word: dict[str, list[str]] = {}
        for form in self._first_languages:
            if " " in form:
                self._by_first_word.setdefault(form.partition(" ")[0], []).append(form)
        # Rows are read when their word is asked for: a title has few words, and a table thousands.
        self._words: dict[str, Word] = {}
        self._phrases_with: dict[str, _Phrases] = {}
        self._expansions: dict[str, tuple[Word, ...]] = {}

    @classmethod
    def of_rows(cls, rows: Iterable[WordRow]) -> Lexicon:
        """Return the lexicon of rows; of two of one form and language the first counts."""
        tables: dict[str, dict[str, str]] = {}
        for row in rows:
            table = tables.setdefault(row.language, {})
            table.setdefault(row.form, f"{row.tag},{row.meaning},")
        return cls(tables)

    def tagged(self, tags: Container[str]) -> Iterator[tuple[str, Word]]:
        """Yield the forms that have one of the tags in a language, with their meanings there."""
        for language, table in self._tables.items():
            for form, cells in table.items():
                tag, _, rest = cells.partition(",")
                if tag in tags:
                    yield form, Word(tag, rest.partition(",")[0] or form, language)

    def get(self, form: str) -> Word | None:
        """Return the meaning of a word, or of a run of words, that has a row of its own.

        >>> default_lexicon().get("chef de projet").meaning
        'project manager'
        """
        word = self._words.get(form)
        if word is None:
            language = self._first_languages.get(form)
            if language is not None:
                word = self._words[form] = self._word(form, language)
        return word

    def _word(self, form: str, language: str) -> Word:
        tag, meaning, _ = self._tables[language][form].split(",", 2)
        return Word(tag, meaning or form, language)

    @cached_property
    def _of_phrases(self) -> frozenset[str]:
        phrases = itertools.chain.from_iterable(self._by_first_word.values())
        return frozenset(" ".join(phrases).split(" "))

    @cached_property
    def repair_targets(self) -> tuple[str, ...]:
        """All single words that a misspelling may be repaired to, in alphabetical order."""
        targets: set[str] = set()
        for form, word in self.tagged(_MAY_BE_REPAIRED):
            if word.tag == Tag.ABBREVIATION:
                if _is_compound(form, word):
                    targets.add(form)
                continue
            pieces = [p for p in form.split(" ") if _is_repair_target(p, word)]
            targets.update(pieces)
            if word.language == ENGLISH and word.tag in _COUNTABLE and pieces == [form]:
                targets.add(f"{form}s")
        return tuple(sorted(targets))

    def is_compound(self, form: str) -> bool:
        """Return whether one word stands for several, such as "project manager".

        >>> default_lexicon().is_compound("projektledare")
        True
        """
        word = self.get(form)
        return word is not None and word.tag == Tag.ABBREVIATION

    def lookup(self, piece: str) -> Word | None:
        """Return the meaning of one word; a plural in -s has that of its singular."""
        if piece in self._first_languages:
            return self.get(piece)
        if len(piece) > SHORTEST_SINGULAR and piece[-1] == "s":
            return self.get(piece[:-1])
        return None

    def in_languages(self, form: str) -> Mapping[str, Word]:
        """Return the meaning of a word, or of a run of words, in each language that has it.

        >>> sorted(default_lexicon().in_languages("programmer"))
        ['da', 'en']
        """
        if form not in self._first_languages:
            return _NO_MEANINGS
        return {c: self._word(form, c) for c, forms in self._tables.items() if form in forms}

    def knows(self, piece: str) -> bool:
        """Return whether a word is in the tables, alone or in a run of words."""
        return piece in self._of_phrases or self.lookup(piece) is not None

    def second_words(self, first: str) -> frozenset[str]:
        """Return the words that come second in the known runs that start with a word."""
        return self._phrases(first).second_words

    def _phrases(self, first: str) -> _Phrases:
        phrases = self._phrases_with.get(first)
        if phrases is None:
            runs = [run.split(" ") for run in self._by_first_word.get(first, ())]
            if not runs:
                return _NO_PHRASES
            phrases = _Phrases(frozenset([run[1] for run in runs]), max(map(len, runs)))
            self._phrases_with[first] = phrases
        return phrases

    def shared(self, form: str) -> Mapping[str, Word]:
        """Return the meanings of a form by language if several have it, else an empty mapping."""
        return self.in_languages(form) if form in self._shared else _NO_MEANINGS

    def expand(self, word: Word) -> tuple[Word, ...]:
        """Return the words that an abbreviation stands for."""
        expansion = self._expansions.get(word.meaning)
        if expansion is None:
            expansion = self._expansions[word.meaning] = tuple(self._expanded(word))
        return expansion

    def _expanded(self, word: Word) -> Iterator[Word]:
        pieces = word.meaning.replace("-", " ").split()
        at = 0
        while at < len(pieces):
            inner, length = self.match(pieces, at)
            if inner is not None:
                yield inner
            at += length

    def match(self, pieces: Sequence[str], start: int) -> tuple[Word | None, int]:
        """Return the meaning of the longest known run of words from ``start``, and its length."""
        longest = min(self._phrases(pieces[start]).longest, len(pieces) - start)
        for length in range(longest, 1, -1):
            word = self.get(" ".join(pieces[start : start + length]))
            if word is not None:
                return word, length
        return self.lookup(pieces[start]), 1


def read_word_rows() -> Iterator[WordRow]:
    """Yield the rows of all tables of words, in the order of the tables' names."""
    for file in list_shipped("words"):
        for number, cells in enumerate(_cells_of(file), start=2):
            yield WordRow(file, number, *cells)


def _read_tables() -> dict[str, dict[str, str]]:
    """Return for each language the forms of its words, each with the other cells of its row."""
    tables: dict[str, dict[str, str]] = {}
    for file in list_shipped("words"):
        # Only the last two cells, which no meaning needs, may be in quotes. A reader of CSV takes
        # longer, and each start of a program waits for this.
        lines = read_shipped(file).splitlines()[1:]
        rows = dict([line.split(",", 1) for line in lines])
        tables.setdefault(language_of(file), {}).update(rows)
    return tables


def _cells_of(file: str) -> list[list[str]]:
    rows = read_shipped_rows(file)
    for number, cells in enumerate(rows, start=2):
        if len(cells) != _CELLS:
            what = f"the row has {len(cells)} cells, not {_CELLS}"
            fix = "put a cell that contains a comma in quotes"
            raise TableError([TableFault(file, number, what, fix)])
    return rows


_NO_PHRASES: Final = _Phrases(frozenset(), 1)
_NO_MEANINGS: Final[Mapping[str, Word]] = MappingProxyType({})


def _language_order(language: str) -> tuple[bool, str]:
    return language != ENGLISH, language


class _Language(NamedTuple):
    name: str
    family: str
    order: str


@cache
def _languages() -> Mapping[str, _Language]:
    rows = read_shipped_rows("languages.csv")
    return {code: _Language(name, family, order) for code, name, family, order in rows}


def is_head_first(language: str) -> bool:
    """Return whether a language puts the head of a phrase first, as in "chef de projet".

    >>> is_head_first("fr"), is_head_first("en")
    (True, False)
    """
    return (row := _languages().get(language)) is not None and row.order == "head first"


@cache
def related_languages(language: str) -> frozenset[str]:
    """Return a language and the others of its family, with which it shares many words.

    >>> sorted(related_languages("nl"))
    ['de', 'nl']
    """
    rows = _languages()
    if language not in rows:
        return frozenset({language})
    return frozenset(code for code, row in rows.items() if row.family == rows[language].family)


def language_of(file: str) -> str:
    """Return the language that the name of a table starts with, or an empty string.

    >>> [language_of(f"words/{name}.csv") for name in ("en_roles", "de", "places")]
    ['en', 'de', '']
    """
    start = file.rpartition("/")[2].removesuffix(".csv").partition("_")[0]
    return start if len(start) == _LETTERS_OF_A_LANGUAGE else ""


def _is_compound(form: str, word: Word) -> bool:
    """Return whether a long word of another language stands for "project manager" or the like."""
    is_one_word = len(form) >= LONG_WORD and " " not in form
    return is_one_word and word.language != ENGLISH and word.meaning.startswith(_PROJECT_WORDS)


def _is_repair_target(piece: str, word: Word) -> bool:
    """Return whether a misspelling may be repaired to a word; short abbreviations never are."""
    if word.language not in (ENGLISH, ""):
        return word.tag in _REPAIRABLE and len(piece) >= REPAIR_MIN_FOREIGN
    if word.tag in _REPAIRABLE:
        return len(piece) + 2 >= len(word.meaning.replace("-", "").split()[0])
    return word.tag in _ENGLISH_REPAIRABLE and len(piece) >= REPAIR_MIN_FUNCTION


@cache
def default_lexicon() -> Lexicon:
    """Return the lexicon that ships with the library; it is read only once."""
    _languages()  # read now, so that no title opens a file later, whatever its language
    return Lexicon(_read_tables())
