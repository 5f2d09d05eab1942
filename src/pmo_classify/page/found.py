"""What was found in a file, before it is labelled: its tables, their title columns, first rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.kinds import FileKind, file_format
from pmo_classify.files.rows import TextRow, first_rows
from pmo_classify.files.tables import TextTable, open_tables
from pmo_classify.files.xlsx.cell_range import column_letter
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.title_column import (
    NO_HEADER,
    find_title_column,
    header_index,
    is_title_header,
    without_columns,
)
from pmo_classify.wording import shortened

__all__ = ["Where", "find_tables"]

_ROWS_SHOWN: Final = 5
_COLUMNS_SHOWN: Final = 60
_LONGEST_CELL: Final = 80


class Where(NamedTuple):
    """Where a person says that the titles are, as the options of ``label``; None is found."""

    column: str | None = None
    sheet: str | None = None
    header: int | None = None


def find_tables(source: Path, where: Where) -> list[dict[str, Any]]:
    """Return the tables of a file as plain JSON types: title column, header row, first rows.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ads = Path(folder, "ads.csv")
    ...     _ = ads.write_text("Export of May\\nNo,Job title\\n1,PMO Lead\\n")
    ...     (table,) = find_tables(ads, Where())
    >>> table["column"], table["header_row"], table["rows"]
    (1, 2, [['1', 'PMO Lead']])

    The ``column`` counts from 0, and is None where none was found. A ``FileError`` says why the
    file cannot be read.
    """
    kind = file_format(source).kind
    with open_tables(source, sheet=where.sheet, is_header=is_title_header) as tables:
        return [_found(table, kind, where) for table in tables]


def _found(table: TextTable, kind: FileKind, where: Where) -> dict[str, Any]:
    first = first_rows(table.rows)
    cells = [row.cells for row in first]
    found: dict[str, Any] = {"sheet": table.sheet, "column": None, "header_row": None}
    try:
        title = find_title_column(
            without_columns(cells, LABEL_COLUMNS),
            where.column,
            table.place,
            header=header_index(first, where.header, table.place),
            needs_header=False,
            has_letters=kind is not FileKind.JSON_LINES,
        )
    except FileError:
        header = _fullest(cells)
    else:
        header = title.header_row
        number = first[header].number if header != NO_HEADER else 0
        found |= {"column": title.position, "header_row": number or None}
    names = cells[header] if header != NO_HEADER else []
    return {**found, "columns": _columns(names, cells), "rows": _shown(first[header + 1 :])}


def _fullest(cells: Sequence[Sequence[str]]) -> int:
    """Return the first of the rows that have the most filled cells, which may be the header."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in cells]
    return filled.index(max(filled)) if filled else NO_HEADER


def _columns(names: Sequence[str], cells: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Return the letter and the name of each column."""
    width = min(max(map(len, cells), default=0), _COLUMNS_SHOWN)
    return [
        {
            "letter": column_letter(at),
            "name": shortened(names[at].strip(), _LONGEST_CELL) if at < len(names) else "",
        }
        for at in range(width)
    ]


def _shown(rows: Sequence[TextRow]) -> list[list[str]]:
    return [
        [shortened(cell, _LONGEST_CELL) for cell in row.cells[:_COLUMNS_SHOWN]]
        for row in rows[:_ROWS_SHOWN]
    ]
