"""Which column of a table holds the job titles, and which row is its header."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from statistics import mode
from typing import Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.rows import TextRow
from pmo_classify.files.xlsx.cell_range import column_letter, column_number
from pmo_classify.labelling.cell_content import (
    column_cells,
    holds_a_role,
    holds_names,
    holds_words,
    is_words,
    samples,
    share_of_titles,
)
from pmo_classify.labelling.header_words import (
    CERTAIN,
    MAX_HEADER_LENGTH,
    header_strength,
    is_title_header,
    names_another,
)
from pmo_classify.reading.cleaning import fold
from pmo_classify.wording import did_you_mean, shortened

__all__ = [
    "NO_HEADER",
    "NoTitleColumn",
    "TitleColumn",
    "find_title_column",
    "header_index",
    "header_warning",
    "is_title_header",
    "likely_title_columns",
    "without_columns",
]

NO_HEADER: Final = -1
"""The header row of a table that has none: its first row is a title like the others."""

_HEADER_WITHIN: Final = 20
_CONTENT_WEIGHT: Final = 2.0
_CLEAR_LEAD: Final = 0.75
_CONTENT_ALONE: Final = 0.5
_LIST_ALONE: Final = 0.25
_SAMPLES: Final = 3

Rows = Sequence[Sequence[str]]


class NoTitleColumn(FileError):  # noqa: N818 - a state of the table more than an error
    """A table has no column with titles; another sheet of the same workbook may have one."""


class TitleColumn(NamedTuple):
    """The column with the titles.

    ``header_row`` counts the rows that were searched from 0, or is ``NO_HEADER``; ``position``
    counts columns from 0; ``name`` is the header as written.
    """

    header_row: int
    position: int
    name: str

    @property
    def letter(self) -> str:
        """The letters that a spreadsheet has for the column."""
        return column_letter(self.position)

    def __str__(self) -> str:
        return f"{self.name!r} ({self.letter})" if self.name.strip() else self.letter


class _Candidate(NamedTuple):
    score: float
    column: TitleColumn


def find_title_column(
    rows: Rows,
    wanted: str | None,
    place: str,
    *,
    header: int | None = None,
    needs_header: bool = True,
    has_letters: bool = True,
) -> TitleColumn:
    """Return the title column of a table, found from its first rows.

    ``wanted`` names it by its header, its letter ("C") or its number ("3"); without it, the
    headers and the cells decide. The header need not be the first row; ``header`` says which row
    it is, from 0, or that there is ``NO_HEADER``. ``has_letters`` is false where columns have
    only names, as in Parquet.

    >>> rows = [["Export of 3 May", ""], ["Id", "Job title"], ["1", "PMO Analyst"]]
    >>> find_title_column(rows, None, "ads.csv")
    TitleColumn(header_row=1, position=1, name='Job title')
    >>> find_title_column(rows, "b", "ads.csv").position
    1

    A first row that itself reads as a title is no header. The result then says ``NO_HEADER``, or
    if the caller ``needs_header``, it is a ``NoTitleColumn``.

    A ``NoTitleColumn`` that starts with ``place`` lists the columns if none is found; a plain
    ``FileError`` shows some cells of both if two could be meant.
    """
    if not any(any(cell.strip() for cell in row) for row in rows):
        message = f"{place}: there is nothing in it: give a table whose header names the columns"
        raise NoTitleColumn(message)
    if wanted is not None:
        found = _find_wanted(rows, wanted, place, header, has_letters=has_letters)
    else:
        found = _only(rows, place, header, has_letters=has_letters)
    is_named = wanted is not None and _named([found.name], wanted)
    if header is None and found.header_row == 0 and not is_named and _is_data(rows, found):
        found = TitleColumn(NO_HEADER, found.position, "")
    if found.header_row == NO_HEADER and needs_header:
        first = column_cells(rows, found.position)[0]
        message = (
            f"{place}: the first row reads as a title ({shortened(first, MAX_HEADER_LENGTH)!r}), "
            "not as a header: put a row with the names of the columns above it"
        )
        raise NoTitleColumn(message)
    return found


def header_index(first: Sequence[TextRow], number: int | None, place: str) -> int | None:
    """Return the index of the header among the first rows, from its number in the file.

    0 means no header, and None a header that is to be found.

    >>> header_index([TextRow(1, ["Export"]), TextRow(3, ["Title"])], 3, "ads.csv")
    1
    """
    if not number:
        return number if number is None else NO_HEADER
    for index, row in enumerate(first):
        if row.number == number:
            return index
    message = (
        f"{place}: row {number} is empty, or too far down to be the header: "
        "give another with --header-row"
    )
    raise FileError(message)


def header_warning(first: TextRow, found: TitleColumn) -> str:
    """Return the warning that no row was taken for the header, because the first is a title."""
    title = shortened(first.cells[found.position].strip(), MAX_HEADER_LENGTH)
    return (
        f"row {first.number} reads as a title ({title!r}), so it is labelled and there is no "
        f"header: if it is the header, use --header-row {first.number}"
    )


def likely_title_columns(
    rows: Rows, *, is_headed: bool = False, header: int | None = None
) -> list[TitleColumn]:
    """Return the columns that may hold the titles: one if it is clear, or several, or none.

    ``is_headed`` says that the first row is certainly the header, as in a data frame; ``header``
    is another row that is, or ``NO_HEADER``.

    >>> rows = [["Post", "Role", "Town"], ["PMO Lead", "Clerk", "Leeds"]]
    >>> [column.name for column in likely_title_columns(rows, is_headed=True)]
    ['Post', 'Role']
    """
    header = 0 if is_headed else header
    if header is None:
        header = _find_header(rows)
    candidates = _candidates(rows, header)
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


def _only(rows: Rows, place: str, header: int | None, *, has_letters: bool) -> TitleColumn:
    found = likely_title_columns(rows, header=header)
    if not found:
        named = _called_titles(rows, header, has_letters=has_letters)
        message = (
            f"{place}: no column looks like job titles{named}: choose one with --column; "
            f"the columns are {_listing(rows, header, has_letters=has_letters)}"
        )
        raise NoTitleColumn(message)
    if len(found) > 1:
        names = " or ".join(_with_samples(rows, column, has_letters) for column in found)
        message = f"{place}: the titles could be in {names}: choose one with --column"
        raise FileError(message)
    return found[0]


def _called_titles(rows: Rows, header: int | None, *, has_letters: bool) -> str:
    """Return, for a message, the columns whose headers promise titles and that hold names."""
    number = _find_header(rows) if header is None else header
    if number == NO_HEADER:
        return ""
    columns = [_column(rows, number, at) for at in range(len(rows[number]))]
    called = [
        _with_samples(rows, column, has_letters, "holds names:")
        for column in columns
        if header_strength(column.name)
        and holds_names(column_cells(rows[number + 1 :], column.position))
    ]
    return f" ({' and '.join(called)})" if called else ""


def _with_samples(rows: Rows, column: TitleColumn, has_letters: bool, joint: str = "with") -> str:
    cells = column_cells(rows[column.header_row + 1 :], column.position)
    shown = ", ".join(repr(shortened(cell, MAX_HEADER_LENGTH)) for cell in samples(cells, _SAMPLES))
    name = str(column) if has_letters else repr(column.name)
    return f"{name} {joint} {shown}" if shown else name


def _find_wanted(
    rows: Rows, wanted: str, place: str, header: int | None, *, has_letters: bool
) -> TitleColumn:
    """Return the column with this name; else with this letter or number."""
    usual = _header_row(rows) if header is None else header
    index = _index_of(wanted) if has_letters else None
    width = max(map(len, rows))
    is_place = index is not None and index < width
    for number in _name_rows(rows, usual, only_usual=is_place or header is not None):
        found = _named(rows[number], wanted)
        if len(found) > 1 and not is_place:
            letters = " and ".join(map(column_letter, found))
            which = "give the letter" if has_letters else "rename one of them"
            message = f"{place}: columns {letters} are both called {wanted!r}: {which}"
            raise FileError(message)
        if len(found) == 1:
            return TitleColumn(number, found[0], rows[number][found[0]])
    if index is None or not is_place:
        listing = _listing(rows, header, has_letters=has_letters)
        near = did_you_mean(wanted, rows[max(usual, 0)])
        hint = f"{near} If not, " if near else ""
        message = f"{place}: there is no column {wanted!r}: {hint}name one of {listing}"
        raise NoTitleColumn(message)
    return _column(rows, usual, index)


def _name_rows(rows: Rows, usual: int, *, only_usual: bool) -> Iterator[int]:
    """Return the rows that may hold the names of columns, the most likely first."""
    if usual == NO_HEADER:
        return
    yield usual
    if not only_usual:
        for number in range(min(len(rows), _HEADER_WITHIN)):
            if number != usual and _may_be_header(rows, number):
                yield number


def _named(row: Sequence[str], wanted: str) -> list[int]:
    folded = " ".join(fold(wanted).split())
    return [i for i, cell in enumerate(row) if " ".join(fold(cell).split()) == folded]


def _column(rows: Rows, header: int, position: int) -> TitleColumn:
    names = [] if header == NO_HEADER else rows[header]
    return TitleColumn(header, position, names[position] if position < len(names) else "")


def _index_of(wanted: str) -> int | None:
    """Return the index of a column from its letters or number."""
    text = wanted.strip()
    number = int(text) if text.isdecimal() else column_number(text.upper())
    return number - 1 if number else None


def _find_header(rows: Rows) -> int:
    """Return the first row with a header of titles, or else the usual header row."""
    # Empty columns, such as those of an earlier run are here, do not count.
    filled = {i for row in rows for i, cell in enumerate(row) if cell.strip()}
    least = 2 if mode(map(len, rows)) > 1 and len(filled) > 1 else 1
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        if _filled(row) < least or not _may_be_header(rows, number):
            continue
        if any(map(header_strength, row)):
            return number
    return _header_row(rows)


def _header_row(rows: Rows) -> int:
    """Return the first row that has about as many filled cells as most rows."""
    filled = list(map(_filled, rows))
    usual = mode(count for count in filled if count)
    return next(i for i, count in enumerate(filled) if count and 2 * count >= usual)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _may_be_header(rows: Rows, number: int) -> bool:
    """Return whether a row can be the header: not one of the data below a header."""
    row = rows[number]
    if any(header_strength(cell) == CERTAIN for cell in row):
        return True
    if all(_filled(above) < _filled(row) for above in rows[:number]):
        return True
    return not any(
        any(map(str.isdecimal, cell)) or (holds_a_role(cell) and not header_strength(cell))
        for cell in row
    )


def _candidates(rows: Rows, header: int) -> list[_Candidate]:
    """Return the columns that may hold titles, with scores for header and cells."""
    below = rows[header + 1 :]
    names = [] if header == NO_HEADER else rows[header]
    width = max(map(len, rows)) if header == NO_HEADER else len(names)
    filled = [i for i in range(width) if column_cells(rows, i)]
    alone = _LIST_ALONE if len(filled) == 1 else _CONTENT_ALONE
    found = []
    for i in filled:
        column = _column(rows, header, i)
        cells = column_cells(below, i)
        share = share_of_titles(cells)
        strength = header_strength(column.name)
        if not strength and names_another(column.name):
            continue
        if not strength and share < alone:
            continue
        if holds_words(cells) and not holds_names(cells):
            found.append(_Candidate(strength + _CONTENT_WEIGHT * share, column))
        elif strength == CERTAIN:
            # Where nothing else is likely, an exact header is believed.
            found.append(_Candidate(0.0, column))
    return found


def _is_data(rows: Rows, found: TitleColumn) -> bool:
    """Return whether the header that was found is rather a row of data like those below it."""
    if header_strength(found.name) or not holds_a_role(found.name):
        return False
    header, below = rows[0], rows[1:]
    if any(map(header_strength, header)):
        return False
    # A header is words even above numbers, codes and dates.
    return not any(
        cell.strip() and is_words(cell) and not holds_words(column_cells(below, i))
        for i, cell in enumerate(header)
    )


def _listing(rows: Rows, header: int | None, *, has_letters: bool) -> str:
    """Return the columns for a message, each with its letter."""
    row = rows[_header_row(rows) if header is None else max(header, 0)]
    names = [(i, shortened(cell, MAX_HEADER_LENGTH)) for i, cell in enumerate(row) if cell.strip()]
    if not has_letters:
        return ", ".join(repr(name) for _, name in names) or "none"
    return ", ".join(f"{name!r} ({column_letter(i)})" for i, name in names) or "none"
