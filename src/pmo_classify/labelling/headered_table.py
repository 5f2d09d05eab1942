"""A table of titles with further columns that are found by their names, read row by row."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.rows import first_rows
from pmo_classify.files.tables import TextTable, open_tables
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.title_column import (
    NoTitleColumn,
    find_title_column,
    is_title_header,
    without_columns,
)
from pmo_classify.reading.cleaning import fold

__all__ = ["HeaderedRow", "HeaderedTable", "column_key", "headered_tables"]


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
        return ", ".join(repr(name) for name in self.header if name.strip()) or "none"


def column_key(header: str) -> str:
    """Return the form of a header by which its column is found: letters and digits, case ignored.

    >>> column_key("PMO Level"), column_key("pmo_level")
    ('pmolevel', 'pmolevel')
    """
    return "".join(filter(str.isalnum, fold(header)))


@contextmanager
def headered_tables(
    source: Path | str,
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Iterator[Iterator[HeaderedTable]]:
    """Open a CSV, TSV or Excel file, and return its tables: one, or one for each sheet with titles.

    Header, title column, delimiter and encoding are found as labelling finds them. Read the rows of
    a table before you ask for the next one.

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
        yield _with_titles(tables, source, column)


def _with_titles(
    tables: Iterator[TextTable], source: Path | str, column: str | None
) -> Iterator[HeaderedTable]:
    """Return the tables that have a title column; a ``FileError`` if none has."""
    without: list[NoTitleColumn] = []
    unclear: list[FileError] = []
    found = False
    for table in tables:
        try:
            headered = _headered(table, column)
        except NoTitleColumn as error:
            without.append(error)
        except FileError as error:
            # Labelling leaves out a sheet where two columns could be meant, if another is clear.
            unclear.append(error)
        else:
            found = True
            yield headered
    if found:
        return
    if unclear:
        raise unclear[0]
    if len(without) == 1:
        raise without[0]
    message = f"{source}: no sheet has a column of job titles: say which with --column"
    raise NoTitleColumn(message)


def _headered(table: TextTable, column: str | None) -> HeaderedTable:
    first = first_rows(table.rows)
    own = without_columns([row.cells for row in first], LABEL_COLUMNS)
    title = find_title_column(own, column, table.place)
    header = first[title.header_row].cells
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
