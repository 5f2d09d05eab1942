"""A person's decisions: read from a reviewed sheet, checked, and put into their table of titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.errors import FileError, TableError, TableFault
from pmo_classify.knowledge.listed_titles import ListedTitle, RawRow, check_row
from pmo_classify.labelling.headered_table import HeaderedTable, column_key, headered_tables
from pmo_classify.reading.normal_form import form_of_title
from pmo_classify.review.user_titles import merge_titles
from pmo_classify.wording import names_no_scope

__all__ = ["AppliedReview", "apply_review"]

_DECISION: Final = ("track", "level", "scope")
_DETAILS: Final = _DECISION[1:]
_SOURCE: Final = "reviewed"


class AppliedReview(NamedTuple):
    """What a reviewed sheet changed in the table of titles.

    ``added``, ``changed`` and ``unchanged`` count titles; ``undecided`` counts the rows that the
    person left open.
    """

    added: int
    changed: int
    unchanged: int
    undecided: int


class _ReviewedRow(NamedTuple):
    """A row's number in the sheet, and its cells by the name of their column."""

    number: int
    cells: Mapping[str, str]


def apply_review(reviewed: Path, titles_csv: Path) -> AppliedReview:
    """Put a person's decisions into a table of titles, for ``label --titles`` to use.

    ``reviewed`` is the workbook of ``write_review`` as a spreadsheet program saved it, or a CSV
    made from it. The columns are found by name, in any order and among others; rows that a filter
    hides count like the rest, and rows without a decision are left out. ``titles_csv`` is created
    if missing; otherwise new answers replace old ones in place, and its other rows stay as they
    are. It is written whole or not at all.

    A ``TableError`` lists every row that cannot be used, with its number in the sheet and how to
    fix it; nothing is written then. A ``FileError`` says which file cannot be read or written.
    """
    rows = _reviewed_rows(reviewed)
    decided = [row for row in rows if any(row.cells[name] for name in _DECISION)]
    faults: list[TableFault] = []
    answers: dict[str, ListedTitle] = {}
    for row in decided:
        checked = _checked(row, reviewed.name)
        if isinstance(checked, list):
            faults.extend(checked)
            continue
        first = answers.setdefault(form_of_title(checked.title), checked)
        if first[1:4] != checked[1:4]:
            what = f"{checked.title!r} contradicts {first.title!r} in row {first.line}"
            fix = "both are read as one title; give them one answer, or clear one"
            faults.append(TableFault(reviewed.name, row.number, what, fix))
    if faults:
        raise TableError(faults)
    merged = merge_titles(titles_csv, answers.values())
    return AppliedReview(*merged, undecided=len(rows) - len(decided))


def _checked(row: _ReviewedRow, file: str) -> ListedTitle | list[TableFault]:
    """Return the title with its decision, or the faults of the row."""
    cells = dict(row.cells)
    if not cells["track"]:
        what = f"{' and '.join(n for n in _DETAILS if cells[n])} without a track"
        return [TableFault(file, row.number, what, "choose a track, or clear the row")]
    if names_no_scope(cells["scope"]):
        cells["scope"] = ""
    cells |= {"ambiguous": "", "source": cells["note"] or _SOURCE}
    return check_row(RawRow(file, row.number, cells))


def _reviewed_rows(path: Path) -> list[_ReviewedRow]:
    """Read the rows of the first sheet that has the columns of a review."""
    with headered_tables(path, column="title") as tables:
        for table in tables:
            if all(column_key(name) in table.positions for name in _DECISION):
                _check_names(table)
                return list(_rows(table))
    message = (
        f"{path}: no sheet has the columns title, {', '.join(_DECISION)}: "
        "use a workbook that review wrote, with its header as it was"
    )
    raise FileError(message)


def _check_names(table: HeaderedTable) -> None:
    counts = Counter(map(column_key, table.header))
    twice = [name for name in (*_DECISION, "note") if counts[column_key(name)] > 1]
    if twice:
        message = f"{table.place}: two columns are called {twice[0]!r}: rename one of them"
        raise FileError(message)


def _rows(table: HeaderedTable) -> Iterator[_ReviewedRow]:
    positions = {name: table.positions.get(column_key(name)) for name in (*_DECISION, "note")}
    for row in table.rows:
        cells = {name: row.cell(position) for name, position in positions.items()}
        cells["title"] = row.title.strip()
        if any(cells.values()):
            yield _ReviewedRow(row.number, cells)
