"""A table of titles with further columns that are found by their names, read row by row."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pmo_classify.files.kinds import FileKind, file_format
from pmo_classify.files.rows import first_rows
from pmo_classify.files.tables import TextTable, open_tables
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.title_column import (
    NO_HEADER,
    find_title_column,
    header_index,
    is_title_header,
    without_columns,
)
from pmo_classify.labelling.xlsx.selection import choose_sheets
from pmo_classify.labelling.xlsx.titles import TitleSearch
from pmo_classify.reading.cleaning import fold

__all__ = ["HeaderedRow", "HeaderedTable", "HeaderedTables", "column_key", "headered_tables"]


class HeaderedRow(NamedTuple):
    """A row's number as a spreadsheet counts it, its title, and all its cells as text."""

    number: int
    title: str
    cells: Sequence[str]

    def cell(self, position: int | None) -> str:
        """Return a cell without the spaces around it; a missing one is empty.

        >>> row = HeaderedRow(2, "PMO Lead", ["PMO Lead", " pmo "])
        >>> row.cell(1), row.cell(7), row.cell(None)
        ('pmo', '', '')
        """
        if position is None or position >= len(self.cells):
            return ""
        return self.cells[position].strip()


@dataclass(frozen=True, slots=True)
class HeaderedTable:
    """A table: ``place`` for messages, its ``header``, the ``title`` column and the rows below.

    ``positions`` maps the key of each column (see ``column_key``) to its position, from 0. The rows
    can be read once.
    """

    place: str
    header: Sequence[str]
    title: str
    positions: Mapping[str, int]
    rows: Iterator[HeaderedRow]

    def listing(self) -> str:
        """Return the names of the columns, for a message."""
        names = ", ".join(repr(name) for name in self.header if name.strip())
        return f"the columns are {names}" if names else "the file has no other columns"

    @staticmethod
    def missing(names: Sequence[str]) -> str:
        """Return that columns are missing, for a message.

        >>> HeaderedTable.missing(["track", "level", "scope"])
        "the columns 'track', 'level' and 'scope' are missing"
        """
        *first, last = map(repr, names)
        if not first:
            return f"the column {last} is missing"
        return f"the columns {', '.join(first)} and {last} are missing"


def column_key(header: str) -> str:
    """Return the form of a header by which its column is found: letters and digits, case ignored.

    >>> column_key("PMO Level"), column_key("pmo_level")
    ('pmolevel', 'pmolevel')
    """
    return "".join(filter(str.isalnum, fold(header)))


class HeaderedTables:
    """The tables of a file, to be read once, and ``warnings`` of what of it was left out."""

    def __init__(self, tables: Iterator[HeaderedTable], warnings: Sequence[str] = ()) -> None:
        self._tables = tables
        self.warnings = tuple(warnings)

    def __iter__(self) -> Iterator[HeaderedTable]:
        return self._tables


@contextmanager
def headered_tables(
    source: Path | str,
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    header: int | None = None,
) -> Iterator[HeaderedTables]:
    """Open a file of any kind, and return its tables: one, or one for each sheet with titles.

    Header, title column, sheets, delimiter and encoding are found as labelling finds them;
    ``header`` is the number of the header row, or 0 for a table without one. Read the rows of a
    table before you ask for the next one.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     gold = Path(folder, "gold.csv")
    ...     _ = gold.write_text("Job title,Level\\nPMO Lead,3\\n")
    ...     with headered_tables(gold) as tables:
    ...         [(row.number, row.title, row.cell(1)) for table in tables for row in table.rows]
    [(2, 'PMO Lead', '3')]

    A ``FileError`` says what is wrong, where, and what to do.
    """
    with open_tables(source, sheet=sheet, encoding=encoding, is_header=is_title_header) as tables:
        if file_format(source).kind is not FileKind.WORKBOOK:
            yield HeaderedTables(_headered(table, column, header) for table in tables)
            return
        chosen = choose_sheets(Path(source), TitleSearch(column, sheet, header))
        kept = (table for table in tables if table.sheet in chosen.found)
        yield HeaderedTables((_headered(table, column, header) for table in kept), chosen.warnings)


def _headered(table: TextTable, column: str | None, number: int | None) -> HeaderedTable:
    first = first_rows(table.rows)
    own = without_columns([row.cells for row in first], LABEL_COLUMNS)
    index = header_index(first, number, table.place)
    title = find_title_column(
        own, column, table.place, header=index, needs_header=index != NO_HEADER
    )
    header = [] if title.header_row == NO_HEADER else first[title.header_row].cells
    positions: dict[str, int] = {}
    for position, name in enumerate(header):
        # Of two columns with one name the first counts.
        positions.setdefault(column_key(name), position)
    below = itertools.chain(first[title.header_row + 1 :], table.rows)
    rows = (
        HeaderedRow(number, cells[title.position] if title.position < len(cells) else "", cells)
        for number, cells in below
    )
    return HeaderedTable(table.place, header, str(title), positions, rows)
