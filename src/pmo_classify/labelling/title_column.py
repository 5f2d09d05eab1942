"""Which column of a table holds the job titles, and which row is its header."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from statistics import mode
from typing import Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.xlsx.cell_range import column_letter, column_number
from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.reading.cleaning import fold

__all__ = [
    "NoTitleColumn",
    "TitleColumn",
    "find_title_column",
    "is_title_header",
    "likely_title_columns",
    "without_columns",
]

_HEADER_WITHIN: Final = 20
_HEADER_MAX_LENGTH: Final = 40
_CONTENT_WEIGHT: Final = 2.0
_CLEAR_LEAD: Final = 0.75
_CONTENT_ALONE: Final = 0.5
_LONGEST_TITLE: Final = 200
_CLEAR_HEADER: Final = 2
_CERTAINTIES: Final = ("none", "possible", "likely", "certain")
_ROLES: Final = frozenset({Tag.ROLE, Tag.TRADE})

Rows = Sequence[Sequence[str]]


class NoTitleColumn(FileError):  # noqa: N818 - a state of the table more than an error
    """A table has no column with titles; another sheet of the same workbook may have one."""


class TitleColumn(NamedTuple):
    """The column with the titles.

    ``header_row`` counts the rows that were searched from 0, ``position`` columns from 0; ``name``
    is the header as written.
    """

    header_row: int
    position: int
    name: str

    def __str__(self) -> str:
        return f"{self.name!r} ({column_letter(self.position)})"


class _Candidate(NamedTuple):
    score: float
    column: TitleColumn


def is_title_header(cell: str) -> bool:
    """Return whether a cell alone is enough to know that its column holds titles.

    >>> is_title_header("JOB_TITLE"), is_title_header("id;job title")
    (True, False)
    """
    return _strength(cell) >= _CLEAR_HEADER


def find_title_column(rows: Rows, wanted: str | None, place: str) -> TitleColumn:
    """Return the title column of a table, found from its first rows.

    ``wanted`` names it by its header, its letter ("C") or its number ("3"); without it, the
    headers and the cells decide. The header need not be the first row.

    >>> rows = [["Export of 3 May", ""], ["Id", "Job title"], ["1", "PMO Analyst"]]
    >>> find_title_column(rows, None, "ads.csv")
    TitleColumn(header_row=1, position=1, name='Job title')
    >>> find_title_column(rows, "b", "ads.csv").position
    1

    A ``NoTitleColumn`` that starts with ``place`` lists the columns if none is found; a plain
    ``FileError`` names both if two could be meant.
    """
    if not any(any(cell.strip() for cell in row) for row in rows):
        message = f"{place}: there is nothing in it: give a table whose header names the columns"
        raise NoTitleColumn(message)
    if wanted is not None:
        return _find_wanted(rows, wanted, place)
    found = likely_title_columns(rows)
    if not found:
        message = (
            f"{place}: no column looks like job titles: say which with --column; "
            f"the columns are {_listing(rows[_header_row(rows)])}"
        )
        raise NoTitleColumn(message)
    if len(found) > 1:
        names = " or ".join(map(str, found))
        message = f"{place}: the titles could be in {names}: say which with --column"
        raise FileError(message)
    return found[0]


def likely_title_columns(rows: Rows, *, is_headed: bool = False) -> list[TitleColumn]:
    """Return the columns that may hold the titles: one if it is clear, or several, or none.

    ``is_headed`` says that the first row is certainly the header, as in a data frame.

    >>> rows = [["Post", "Role", "Town"], ["PMO Lead", "Clerk", "Leeds"]]
    >>> [column.name for column in likely_title_columns(rows, is_headed=True)]
    ['Post', 'Role']
    """
    within = 1 if is_headed else _HEADER_WITHIN
    candidates = _candidates(rows, within)
    if not candidates:
        candidates = _candidates_by_content(rows, 0 if is_headed else _header_row(rows))
    if not candidates:
        return []
    best = max(candidates, key=lambda c: c.score)
    close = [c for c in candidates if c is best or c.score > best.score - _CLEAR_LEAD]
    return sorted((c.column for c in close), key=lambda column: column.position)


def without_columns(rows: Rows, names: Collection[str]) -> list[list[str]]:
    """Return rows in which the columns with these names are empty.

    >>> without_columns([["title", "pmo_track"], ["Chef", "other"]], ["pmo_track"])
    [['title', ''], ['Chef', '']]
    """
    named = {at for row in rows for at, text in enumerate(row) if text.strip() in names}
    return [["" if at in named else text for at, text in enumerate(row)] for row in rows]


def _find_wanted(rows: Rows, wanted: str, place: str) -> TitleColumn:
    folded = " ".join(fold(wanted).split())
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        found = [i for i, cell in enumerate(row) if " ".join(fold(cell).split()) == folded]
        if len(found) > 1:
            letters = " and ".join(column_letter(i) for i in found)
            message = f"{place}: columns {letters} are both called {wanted!r}: give the letter"
            raise FileError(message)
        if found:
            return TitleColumn(number, found[0], row[found[0]])
    header = _header_row(rows)
    index = _index_of(wanted)
    width = max(map(len, rows))
    if index is None or index >= width:
        listing = _listing(rows[header])
        message = f"{place}: there is no column {wanted!r}: name one of {listing}"
        raise NoTitleColumn(message)
    name = rows[header][index] if index < len(rows[header]) else ""
    return TitleColumn(header, index, name)


def _index_of(wanted: str) -> int | None:
    """Return the index of a column from its letters or number."""
    text = wanted.strip()
    number = int(text) if text.isdecimal() else column_number(text.upper())
    return number - 1 if number else None


def _header_row(rows: Rows) -> int:
    """Return the first row that has about as many filled cells as most rows."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = mode(count for count in filled if count)
    return next(i for i, count in enumerate(filled) if count and 2 * count >= usual)


def _candidates(rows: Rows, within: int) -> list[_Candidate]:
    """Return columns with scores for header and cells; the first row that has any is the header."""
    # Empty columns, such as those of an earlier run are here, do not count.
    filled = {i for row in rows for i, cell in enumerate(row) if cell.strip()}
    least = 2 if within > 1 and mode(map(len, rows)) > 1 and len(filled) > 1 else 1
    for number, row in enumerate(rows[:within]):
        if sum(bool(cell.strip()) for cell in row) < least:
            continue
        found = [
            _Candidate(
                strength + _CONTENT_WEIGHT * _share_of_titles(rows[number + 1 :], i),
                TitleColumn(number, i, cell),
            )
            for i, cell in enumerate(row)
            if (strength := _strength(cell))
        ]
        if found:
            return found
    return []


def _candidates_by_content(rows: Rows, header: int) -> list[_Candidate]:
    found = []
    for i, cell in enumerate(rows[header]):
        share = _share_of_titles(rows[header + 1 :], i)
        if share >= _CONTENT_ALONE:
            found.append(_Candidate(_CONTENT_WEIGHT * share, TitleColumn(header, i, cell)))
    return found


def _strength(header: str) -> int:
    """Return how clearly a header says that its column holds titles, from 0 to 3."""
    if len(header) > _HEADER_MAX_LENGTH:
        return 0
    text = " ".join(re.findall(r"[^\W_]+", fold(header)))
    if not text:
        return 0
    known = _header_words().get(text)
    if known is not None:
        return known
    return int(any(_header_words().get(word, 0) > 1 for word in text.split()))


def _share_of_titles(rows: Rows, index: int) -> float:
    """Return the share of filled cells with a role word, from 0 to 1; 0 if none is filled."""
    cells = [row[index] for row in rows if index < len(row) and row[index].strip()]
    if not cells:
        return 0.0
    return sum(map(_holds_a_role, cells)) / len(cells)


def _holds_a_role(cell: str) -> bool:
    if len(cell) > _LONGEST_TITLE:
        return False  # a description, which mentions roles too
    words = re.findall(r"[^\W\d_]+", fold(cell))
    lexicon = default_lexicon()
    found = (lexicon.match(words, i)[0] for i in range(len(words)))
    return any(word is not None and word.tag in _ROLES for word in found)


def _listing(row: Sequence[str]) -> str:
    named = ((i, cell) for i, cell in enumerate(row) if cell.strip())
    return ", ".join(f"{_shortened(cell)!r} ({column_letter(i)})" for i, cell in named)


def _shortened(cell: str) -> str:
    """Return a cell cut short for a message: a long text may be where a header should be."""
    return cell if len(cell) <= _HEADER_MAX_LENGTH else f"{cell[: _HEADER_MAX_LENGTH - 1]}…"


@cache
def _header_words() -> dict[str, int]:
    rows = read_shipped_rows("header_words.csv")
    return {header: _CERTAINTIES.index(certainty) for header, certainty in rows}
