"""A table of titles with further columns that are found by their names, read row by row."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.csv.kind import check_ending
from pmo_classify.files.csv.table import CsvTable, is_blank
from pmo_classify.files.output import check_source
from pmo_classify.files.streams import open_source
from pmo_classify.files.title_column import (
    PREVIEW_ROWS,
    NoTitleColumn,
    column_letter,
    find_title_column,
)
from pmo_classify.files.xlsx.kind import ENDINGS, Kind, kind_of
from pmo_classify.files.xlsx.package import Package, open_package
from pmo_classify.files.xlsx.rows import sheet_rows
from pmo_classify.files.xlsx.values import Row, cell_text
from pmo_classify.files.xlsx.workbook import Sheet, wanted_sheets, workbook_part
from pmo_classify.labelling.labeller import LABEL_COLUMNS
from pmo_classify.reading.cleaning import fold

__all__ = ["NamedRow", "NamedTable", "column_key", "named_tables"]


class NamedRow(NamedTuple):
    """A row's number as a spreadsheet counts it, its title, and all its cells as text."""

    number: int
    title: str
    cells: Sequence[str]

    def cell(self, position: int | None) -> str:
        """Give a cell without the spaces around it; what is not there is empty.

        >>> row = NamedRow(2, "PMO Lead", ["PMO Lead", " pmo "])
        >>> row.cell(1), row.cell(7), row.cell(None)
        ('pmo', '', '')
        """
        if position is None or position >= len(self.cells):
            return ""
        return self.cells[position].strip()


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table: ``place`` for messages, its ``header``, the ``title`` column and the rows below.

    ``positions`` maps each column's key (see ``column_key``) to its place from 0. The rows can be
    read once.
    """

    place: str
    header: Sequence[str]
    title: str
    positions: Mapping[str, int]
    rows: Iterator[NamedRow]

    def listing(self) -> str:
        """Name the columns, for a message."""
        return ", ".join(repr(name) for name in self.header if name.strip()) or "none"


def column_key(header: str) -> str:
    """Give the form under which a column is found: its letters and digits, case aside.

    >>> column_key("PMO Level"), column_key("pmo_level")
    ('pmolevel', 'pmolevel')
    """
    return "".join(filter(str.isalnum, fold(header)))


@contextmanager
def named_tables(
    source: Path | str,
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Iterator[Iterator[NamedTable]]:
    """Open a CSV, TSV or Excel file, and give its tables: one, or one for each sheet with titles.

    Header, title column, delimiter and encoding are found as labelling finds them. Take a table's
    rows before you ask for the next table.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     gold = Path(folder, "gold.csv")
    ...     _ = gold.write_text("Job title,Level\\nPMO Lead,3\\n")
    ...     with named_tables(gold) as tables:
    ...         [(row.number, row.title, row.cell(1)) for table in tables for row in table.rows]
    [(2, 'PMO Lead', '3')]

    A ``FileError`` says what is wrong, where, and what to do.
    """
    if source != "-":
        check_source(Path(source))
    if source != "-" and Path(source).suffix.lower() in {*ENDINGS, ".xlsb"}:
        if encoding is not None:
            message = f"{source}: --encoding is for CSV files; a workbook says its own"
            raise FileError(message)
        yield _workbook(Path(source), column, sheet)
        return
    if sheet is not None:
        message = f"{source}: --sheet is for workbooks; this file has no sheets"
        raise FileError(message)
    if source != "-":
        check_ending(Path(source))
    with open_source(source) as handle:
        yield iter([_text_table(CsvTable(handle, source, column, encoding))])


def _positions(header: Sequence[str]) -> dict[str, int]:
    """Find the columns; of two with one name the first counts."""
    found: dict[str, int] = {}
    for at, name in enumerate(header):
        found.setdefault(column_key(name), at)
    return found


def _named(name: str, at: int) -> str:
    return f"{name!r} ({column_letter(at)})"


def _text_table(table: CsvTable) -> NamedTable:
    records = itertools.islice(table.records(), table.header_number, None)
    header = [table.value(cell) for cell in next(records)[0]]
    return NamedTable(
        table.place,
        header,
        _named(header[table.title], table.title),
        _positions(header),
        _text_rows(table),
    )


def _text_rows(table: CsvTable) -> Iterator[NamedRow]:
    below = itertools.islice(enumerate(table.records(), 1), table.header_number + 1, None)
    for number, (raw, body, _) in below:
        if not is_blank(raw, body):
            cells = [table.value(cell) for cell in raw]
            title = cells[table.title] if table.title < len(cells) else ""
            yield NamedRow(number, title, cells)


def _workbook(source: Path, column: str | None, wanted: str | None) -> Iterator[NamedTable]:
    if kind_of(source) is not Kind.PACKAGE:
        message = f"{source}: an old workbook is not read here: save it as .xlsx"
        raise FileError(message)
    without: list[FileError] = []
    found = False
    with open_package(source) as package:
        workbook = workbook_part(package)
        for sheet in wanted_sheets(package, workbook, wanted):
            try:
                table = _sheet_table(package, workbook, sheet, column)
            except NoTitleColumn as error:
                without.append(error)
            else:
                found = True
                yield table
    if not found:
        if len(without) == 1:
            raise without[0]
        message = f"{source}: no sheet has a column of job titles: say which with --column"
        raise FileError(message)


def _sheet_table(package: Package, workbook: str, sheet: Sheet, column: str | None) -> NamedTable:
    place = f"{package.source}, sheet {sheet.name!r}"
    rows = sheet_rows(package, workbook, sheet)
    first = list(itertools.islice(rows, PREVIEW_ROWS))
    texts = [[cell_text(value) for value in row.cells] for row in first]
    title = find_title_column(_without_labels(texts), column, place)
    header = texts[title.header_row]
    below = itertools.chain(first[title.header_row + 1 :], rows)
    return NamedTable(
        place,
        header,
        _named(title.name, title.position),
        _positions(header),
        _sheet_rows(below, title.position),
    )


def _without_labels(rows: list[list[str]]) -> list[list[str]]:
    """Empty the columns that labelling writes, which hold titles too, but not the user's."""
    ours = {at for row in rows for at, text in enumerate(row) if text.strip() in LABEL_COLUMNS}
    return [["" if at in ours else text for at, text in enumerate(row)] for row in rows]


def _sheet_rows(rows: Iterator[Row], position: int) -> Iterator[NamedRow]:
    for number, values in rows:
        cells = [cell_text(value) for value in values]
        yield NamedRow(number, cells[position] if position < len(cells) else "", cells)
