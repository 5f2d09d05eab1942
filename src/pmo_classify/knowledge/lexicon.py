"""The words that the reading knows: what each means, and which part it can play.

The words stand in ``data/words/*.csv``. A new word or abbreviation is a row there; each row
carries a title that shows it, with the answer that the title gets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from pmo_classify.knowledge.tables import read_shipped, read_shipped_rows
from pmo_classify.thresholds import REPAIR_MIN_FOREIGN, REPAIR_MIN_FUNCTION, SHORTEST_SINGULAR

__all__ = [
    "TAGS",
    "Lexicon",
    "ProtectedWord",
    "Tag",
    "Word",
    "WordRow",
    "default_lexicon",
    "read_protected_words",
    "read_word_rows",
]


class Tag:
    """The part that a word can play in a title.

    Plain text, and no enumeration: a title asks for these so often that each look-up counts.
    """

    P3: Final = "p3"
    """project, programme, portfolio"""
    P3_NAME: Final = "p3_name"
    """a short name for several of them: PPM, P3M"""
    OFFICE_NAME: Final = "office_name"
    """an office's short name: PMO, ePMO, P3O"""
    OFFICE: Final = "office"
    """office, unit"""
    OFFICE_KIND: Final = "office_kind"
    """what makes an office one of ours without a P3 word: change, transformation, delivery"""
    ENTERPRISE: Final = "enterprise"
    MANAGEMENT: Final = "management"
    SERVICES: Final = "services"
    ROLE: Final = "role"
    SENIORITY: Final = "seniority"
    LEARNER: Final = "learner"
    """trainee, apprentice, intern, graduate, student"""
    FUNCTION: Final = "function"
    """a function of a P3 office that counts for any P3 work: planning, risk, reporting"""
    OFFICE_FUNCTION: Final = "office_function"
    """a function that counts only inside an office: communications, commercial"""
    TOOL: Final = "tool"
    """software that only P3 planners use"""
    CONTEXT: Final = "context"
    """what makes a programme or portfolio a P3 one: change, IT, capital, construction"""
    TECHNICAL: Final = "technical"
    """the subject of an agency's own programme: a science, a ship, a weapon"""
    SERVICE: Final = "service"
    """what a service's programme is for: youth, health, training"""
    SERVICE_WITHIN: Final = "service_within"
    """the same, but only right beside the programme; elsewhere it may be a firm's business"""
    FINANCE: Final = "finance"
    """what finance's portfolios, or a trader's, hold: loans, funds, products"""
    FIELD: Final = "field"
    """a trade's field: sales, procurement, engineering"""
    TRADE: Final = "trade"
    """a person of another trade: architect, nurse, business analyst"""
    SCHEME: Final = "scheme"
    """a programme that people are on, not one that is managed: graduate programme"""
    NEUTRAL: Final = "neutral"
    """known, and of no weight"""
    LINK: Final = "link"
    """of, for, to: what follows belongs to what stood before"""
    JOIN: Final = "join"
    """and, or"""
    FILLER: Final = "filler"
    """the, a, team"""
    ABBREVIATION: Final = "abbreviation"
    """short for other words: "chef de projet" is "project manager" """
    PLACE: Final = "place"
    NOISE: Final = "noise"
    """says nothing of the work: urgent, hybrid, full time"""
    UNKNOWN: Final = "unknown"


TAGS: Final = frozenset(value for name, value in vars(Tag).items() if name.isupper())
"""All parts that there are."""


class Word(NamedTuple):
    """What a known word, or a run of words, means."""

    tag: str
    meaning: str


class WordRow(NamedTuple):
    """One row of the tables of words, with its place."""

    file: str
    line: int
    form: str
    tag: str
    meaning: str
    language: str
    example: str
    answer: str

    @property
    def entry(self) -> Entry:
        """What a lexicon needs of the row."""
        return self.form, self.tag, self.meaning, self.language


Entry = tuple[str, str, str, str]
"""A word or phrase, its part, its meaning (empty where that is the word itself), its language."""


class ProtectedWord(NamedTuple):
    """A real word that is no misspelling of the one it stands ``near``."""

    line: int
    word: str
    near: str
    language: str


WORD_FILES: Final = (
    "contexts.csv",
    "functions.csv",
    "neutral_words.csv",
    "noise.csv",
    "offices.csv",
    "places.csv",
    "roles.csv",
    "small_words.csv",
    "trades.csv",
)

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
_MAY_BE_REPAIRED: Final = _REPAIRABLE | _ENGLISH_REPAIRABLE


class Lexicon:
    """Known words by their pieces, so that a title's words are found in one pass.

    The forms of its entries are folded, with single blanks.

    >>> default_lexicon().lookup("programme")
    Word(tag='p3', meaning='programme')
    """

    def __init__(self, entries: Iterable[Entry], protected: Iterable[str] = ()) -> None:
        self.single: dict[str, Word] = {}
        self.phrases: dict[str, dict[tuple[str, ...], Word]] = {}
        self.pieces: set[str] = set(protected)
        self.later_pieces: set[str] = set()
        targets: set[str] = set()
        for form, tag, meaning, language in entries:
            word = Word(tag, meaning or form)
            pieces: tuple[str, ...] = (form,)
            if " " in form:
                pieces = tuple(form.split())
                self.phrases.setdefault(pieces[0], {})[pieces] = word
                self.pieces.update(pieces)
                self.later_pieces.update(pieces[1:])
            else:
                self.single[form] = word
            if tag in _MAY_BE_REPAIRED:
                targets.update([p for p in pieces if _is_repair_target(p, language, word)])
        self.pieces.update(self.single)
        self.longest: dict[str, int] = {
            first: max(map(len, phrases)) for first, phrases in self.phrases.items()
        }
        self.repair_targets: tuple[str, ...] = tuple(sorted(targets))

    def lookup(self, piece: str) -> Word | None:
        """Find one word; a plural in -s is found by its singular."""
        word = self.single.get(piece)
        if word is None and len(piece) > SHORTEST_SINGULAR and piece[-1] == "s":
            word = self.single.get(piece[:-1])
        return word

    def knows(self, piece: str) -> bool:
        """Tell whether a word stands in the tables, alone or inside a phrase."""
        return piece in self.pieces or self.lookup(piece) is not None

    def match(self, pieces: list[str], start: int) -> tuple[Word | None, int]:
        """Find the longest known run of words from ``start``; return it and its length."""
        first = pieces[start]
        phrases = self.phrases.get(first)
        if phrases is not None:
            for length in range(min(self.longest[first], len(pieces) - start), 1, -1):
                word = phrases.get(tuple(pieces[start : start + length]))
                if word is not None:
                    return word, length
        return self.lookup(first), 1


def read_word_rows() -> Iterator[WordRow]:
    """Read the tables that ship with the library, row by row, with file and line."""
    for name in WORD_FILES:
        file = f"words/{name}"
        for number, cells in enumerate(read_shipped_rows(file), start=2):
            yield WordRow(file, number, *cells)


def _read_entries() -> Iterator[Entry]:
    """Read the same rows for a lexicon, which needs half of their cells, in half the time."""
    for name in WORD_FILES:
        for row in read_shipped(f"words/{name}").splitlines()[1:]:
            # Only examples have commas in them, and they stand behind these cells.
            form, tag, meaning, language, _ = row.split(",", 4)
            yield form, tag, meaning, language


def _is_repair_target(piece: str, language: str, word: Word) -> bool:
    """Tell whether a misspelling may be mended to this word; abbreviations are too short for it."""
    if language != "en":
        return word.tag in _REPAIRABLE and len(piece) >= REPAIR_MIN_FOREIGN
    if word.tag in _REPAIRABLE:
        return len(piece) + 2 >= len(word.meaning.replace("-", "").split()[0])
    return word.tag in _ENGLISH_REPAIRABLE and len(piece) >= REPAIR_MIN_FUNCTION


def read_protected_words() -> Iterator[ProtectedWord]:
    """Read the words that stand near ours and mean something else, row by row."""
    for number, cells in enumerate(read_shipped_rows("protected_words.csv"), start=2):
        yield ProtectedWord(number, *cells)


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that ships with the library, read once."""
    return Lexicon(_read_entries(), (row.word for row in read_protected_words()))
