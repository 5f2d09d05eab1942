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
    "PARTS",
    "NotRepaired",
    "Part",
    "Vocabulary",
    "Word",
    "WordRow",
    "default_vocabulary",
    "read_not_repaired",
    "read_word_rows",
]


class Part:
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
    SECTOR: Final = "sector"
    """known, and of no weight"""
    LINK: Final = "link"
    """of, for, to: what follows belongs to what stood before"""
    JOIN: Final = "join"
    """and, or"""
    FILLER: Final = "filler"
    """the, a, team"""
    EXPANDS: Final = "expands"
    """short for other words: "chef de projet" is "project manager" """
    PLACE: Final = "place"
    NOISE: Final = "noise"
    """says nothing of the work: urgent, hybrid, full time"""
    UNKNOWN: Final = "unknown"


PARTS: Final = frozenset(value for name, value in vars(Part).items() if name.isupper())
"""All parts that there are."""


class Word(NamedTuple):
    """What a known word, or a run of words, means."""

    part: str
    meaning: str


class WordRow(NamedTuple):
    """One row of the tables of words, with its place."""

    file: str
    line: int
    form: str
    part: str
    meaning: str
    language: str
    example: str
    answer: str

    @property
    def entry(self) -> Entry:
        """What a vocabulary needs of the row."""
        return self.form, self.part, self.meaning, self.language


Entry = tuple[str, str, str, str]
"""A word or phrase, its part, its meaning (empty where that is the word itself), its language."""


class NotRepaired(NamedTuple):
    """A real word that is no misspelling of the one it stands ``near``."""

    line: int
    word: str
    near: str
    language: str


WORD_FILES: Final = (
    "contexts.csv",
    "functions.csv",
    "known.csv",
    "noise.csv",
    "offices.csv",
    "places.csv",
    "roles.csv",
    "small_words.csv",
    "trades.csv",
)

_REPAIRABLE: Final = frozenset(
    {
        Part.P3,
        Part.OFFICE,
        Part.OFFICE_KIND,
        Part.MANAGEMENT,
        Part.SERVICES,
        Part.ROLE,
        Part.LEARNER,
        Part.SENIORITY,
        Part.ENTERPRISE,
    }
)
_ENGLISH_REPAIRABLE: Final = frozenset(
    {Part.TOOL, Part.CONTEXT, Part.FUNCTION, Part.OFFICE_FUNCTION}
)
_MAY_BE_REPAIRED: Final = _REPAIRABLE | _ENGLISH_REPAIRABLE


class Vocabulary:
    """Known words by their pieces, so that a title's words are found in one pass.

    The forms of its entries are folded, with single blanks.

    >>> default_vocabulary().lookup("programme")
    Word(part='p3', meaning='programme')
    """

    def __init__(self, entries: Iterable[Entry], not_repaired: Iterable[str] = ()) -> None:
        self.single: dict[str, Word] = {}
        self.phrases: dict[str, dict[tuple[str, ...], Word]] = {}
        self.pieces: set[str] = set(not_repaired)
        self.later_pieces: set[str] = set()
        targets: set[str] = set()
        for form, part, meaning, language in entries:
            word = Word(part, meaning or form)
            pieces: tuple[str, ...] = (form,)
            if " " in form:
                pieces = tuple(form.split())
                self.phrases.setdefault(pieces[0], {})[pieces] = word
                self.pieces.update(pieces)
                self.later_pieces.update(pieces[1:])
            else:
                self.single[form] = word
            if part in _MAY_BE_REPAIRED:
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
    """Read the same rows for a vocabulary, which needs half of their cells, in half the time."""
    for name in WORD_FILES:
        for row in read_shipped(f"words/{name}").splitlines()[1:]:
            # Only examples have commas in them, and they stand behind these cells.
            form, part, meaning, language, _ = row.split(",", 4)
            yield form, part, meaning, language


def _is_repair_target(piece: str, language: str, word: Word) -> bool:
    """Tell whether a misspelling may be mended to this word; abbreviations are too short for it."""
    if language != "en":
        return word.part in _REPAIRABLE and len(piece) >= REPAIR_MIN_FOREIGN
    if word.part in _REPAIRABLE:
        return len(piece) + 2 >= len(word.meaning.replace("-", "").split()[0])
    return word.part in _ENGLISH_REPAIRABLE and len(piece) >= REPAIR_MIN_FUNCTION


def read_not_repaired() -> Iterator[NotRepaired]:
    """Read the words that stand near ours and mean something else, row by row."""
    for number, cells in enumerate(read_shipped_rows("not_repaired.csv"), start=2):
        yield NotRepaired(number, *cells)


@cache
def default_vocabulary() -> Vocabulary:
    """The vocabulary that ships with the library, read once."""
    return Vocabulary(_read_entries(), (row.word for row in read_not_repaired()))
