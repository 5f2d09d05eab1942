"""A reviewed sheet as a spreadsheet program left it: its rows, with the number of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.output import check_source
from pmo_classify.files.xlsx.legacy import read_legacy_sheets
from pmo_classify.files.xlsx.package import open_package
from pmo_classify.files.xlsx.rows import Row, sheet_rows
from pmo_classify.files.xlsx.workbook import WorkbookKind, all_sheets, workbook_kind, workbook_part

__all__ = ["SheetRow", "read_review_rows"]

_REQUIRED: Final = ("title", "track", "level", "scope")
_HEADER_WITHIN: Final = 20
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})

Grid = Sequence[Sequence[str]]


class SheetRow(NamedTuple):
    """A row's cells by the name of their column, and its number as the sheet counts it."""

    number: int
    cells: Mapping[str, str]


def read_review_rows(path: Path) -> list[SheetRow]:
    """Read the rows under the header, in a workbook or in a CSV made of it.

    The columns are found by their names, in any order and among others; rows that a filter hides
    are read like the rest. A ``FileError`` says what is wrong with the file.
    """
    check_source(path)
    sheets = _workbook(path) if path.suffix.lower() in _WORKBOOKS else [_text_table(path)]
    for grid in sheets:
        for number, row in enumerate(grid[:_HEADER_WITHIN], start=1):
            names = [" ".join(cell.split()).casefold() for cell in row]
            if all(name in names for name in _REQUIRED):
                _check_names(path, number, names)
                return _below(grid, number, names)
    message = (
        f"{path}: no sheet has the columns {', '.join(_REQUIRED)}: "
        "give a workbook that the review made, with its header as it was"
    )
    raise FileError(message)


def _check_names(path: Path, number: int, names: Sequence[str]) -> None:
    twice = [name for name in (*_REQUIRED, "note") if names.count(name) > 1]
    if twice:
        message = f"{path}: row {number}: two columns are called {twice[0]!r}: rename one of them"
        raise FileError(message)


def _below(grid: Grid, header: int, names: Sequence[str]) -> list[SheetRow]:
    rows = []
    for number, row in enumerate(grid[header:], start=header + 1):
        # A row may be shorter or longer than the header.
        whole = zip_longest(names, row[: len(names)], fillvalue="")
        cells = {name: cell.strip() for name, cell in whole if name}
        if any(cells.values()):
            rows.append(SheetRow(number, cells))
    return rows


def _workbook(path: Path) -> list[Grid]:
    if workbook_kind(path) is WorkbookKind.PACKAGE:
        with open_package(path) as package:
            workbook = workbook_part(package)
            sheets = all_sheets(package, workbook)
            return [_grid(sheet_rows(package, workbook, sheet)) for sheet in sheets]
    return [_grid(sheet.rows) for sheet in read_legacy_sheets(path)]


def _grid(rows: Iterable[Row]) -> Grid:
    """Give the rows with those in between that hold nothing."""
    grid: list[list[str]] = []
    for number, cells in rows:
        grid.extend([] for _ in range(number - 1 - len(grid)))
        grid.append(list(map(_text, cells)))
    return grid


def _text(value: object) -> str:
    """Write a cell as a person sees it: spreadsheets keep every number as a float.

    >>> _text(2.0), _text(" pmo "), _text(0.82), _text(None)
    ('2', ' pmo ', '0.82', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _text_table(path: Path) -> Grid:
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror or error}"
        raise FileError(message) from None
    text = _decode(raw)
    if "\0" in text:
        message = f"{path}: not a workbook or a CSV by what is in it: give the reviewed .xlsx"
        raise FileError(message)
    # The delimiter is the one that the header needs; spreadsheets choose it by country.
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        message = f"{path}: not a readable CSV ({error}): save it again from the workbook"
        raise FileError(message) from None


def _decode(raw: bytes) -> str:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        # What a spreadsheet on Windows writes as plain "CSV" in Western Europe.
        return raw.decode("cp1252", "replace")
