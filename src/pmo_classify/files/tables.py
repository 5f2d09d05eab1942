"""A CSV or a workbook as tables of text: the rows of each, with their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.csv.dialect import HeaderTest
from pmo_classify.files.csv.table import CsvTable, TextRow
from pmo_classify.files.kinds import FileKind, check_readable, is_workbook
from pmo_classify.files.output import check_source
from pmo_classify.files.streams import STANDARD_STREAM, open_source
from pmo_classify.files.xlsx.legacy import read_legacy_sheets
from pmo_classify.files.xlsx.limits import fault
from pmo_classify.files.xlsx.package import open_package
from pmo_classify.files.xlsx.rows import Row, cell_text, sheet_rows
from pmo_classify.files.xlsx.workbook import (
    WorkbookKind,
    wanted_sheets,
    workbook_kind,
    workbook_part,
)

__all__ = ["PREVIEW_ROWS", "TextTable", "first_rows", "open_tables"]

PREVIEW_ROWS: Final = 60
"""Rows at the start of a table among which its header is looked for."""

_PREVIEW_CHARACTERS: Final = 1 << 22


class TextTable(NamedTuple):
    """The rows of a file or sheet that are not empty; ``place`` names it in messages.

    The rows can be read once.
    """

    place: str
    rows: Iterator[TextRow]


@contextmanager
def open_tables(
    source: Path | str,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    is_header: HeaderTest | None = None,
) -> Iterator[Iterator[TextTable]]:
    """Open a CSV, TSV or Excel file, and return its tables: one, or one for each visible sheet.

    Encoding and dialect of a CSV are found as labelling finds them; ``encoding`` decides instead,
    and ``is_header`` helps where some column names are known. ``sheet`` names the only sheet
    wanted, which may be a hidden one. ``"-"`` is stdin, for a CSV. Read the rows of a table before
    you ask for the next one.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "gold.csv")
    ...     _ = path.write_text("Job title;Level\\n\\nPMO Lead;3\\n")
    ...     with open_tables(path) as tables:
    ...         [(row.number, row.cells) for table in tables for row in table.rows]
    [(1, ['Job title', 'Level']), (3, ['PMO Lead', '3'])]

    A ``FileError`` says what is wrong, where, and what to do.
    """
    if source != STANDARD_STREAM:
        check_source(Path(source))
        if is_workbook(source):
            if encoding is not None:
                message = f"{source}: --encoding is for CSV files; a workbook states its own"
                raise FileError(message)
            yield _workbook_tables(Path(source), sheet)
            return
        check_readable(source, FileKind.TEXT)
    if sheet is not None:
        message = f"{source}: --sheet is for workbooks; this file has no sheets"
        raise FileError(message)
    with open_source(source) as handle:
        table = CsvTable(handle, source, encoding, is_header)
        yield iter([TextTable(table.source_name, table.rows())])


def first_rows(rows: Iterator[TextRow]) -> list[TextRow]:
    """Take the first rows of a table, among which the header is looked for.

    They are ``PREVIEW_ROWS``, or fewer if they are very long.
    """
    taken: list[TextRow] = []
    length = 0
    while len(taken) < PREVIEW_ROWS and length <= _PREVIEW_CHARACTERS:
        row = next(rows, None)
        if row is None:
            break
        taken.append(row)
        length += sum(map(len, row.cells))
    return taken


def _workbook_tables(source: Path, wanted: str | None) -> Iterator[TextTable]:
    if workbook_kind(source) is WorkbookKind.LEGACY:
        yield from _legacy_tables(source, wanted)
        return
    with open_package(source) as package:
        workbook = workbook_part(package)
        for sheet in wanted_sheets(package, workbook, wanted):
            rows = sheet_rows(package, workbook, sheet)
            yield _sheet_table(source, sheet.name, rows)


def _legacy_tables(source: Path, wanted: str | None) -> Iterator[TextTable]:
    sheets = list(read_legacy_sheets(source))
    if wanted is not None:
        folded = wanted.strip().casefold()
        found = [sheet for sheet in sheets if sheet.name.strip().casefold() == folded]
        if not found:
            names = ", ".join(repr(sheet.name) for sheet in sheets) or "none"
            raise fault(source, "", f"there is no sheet {wanted!r}: name one of {names}")
    else:
        found = [sheet for sheet in sheets if sheet.visible]
    for sheet in found:
        yield _sheet_table(source, sheet.name, iter(sheet.rows))


def _sheet_table(source: Path, name: str, rows: Iterator[Row]) -> TextTable:
    place = f"{source}, sheet {name!r}"
    return TextTable(place, (TextRow(row.number, list(map(cell_text, row.cells))) for row in rows))
