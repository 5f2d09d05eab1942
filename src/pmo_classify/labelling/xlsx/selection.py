"""Which sheets of a workbook are labelled: those with data, not the summaries made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from pmo_classify.errors import FileError
from pmo_classify.files.xlsx.cell_range import parse_range
from pmo_classify.files.xlsx.legacy import LegacySheet, read_legacy_sheets, wanted_legacy_sheets
from pmo_classify.files.xlsx.limits import fault
from pmo_classify.files.xlsx.package import Package, open_package
from pmo_classify.files.xlsx.rows import sheet_rows
from pmo_classify.files.xlsx.workbook import (
    Sheet,
    WorkbookKind,
    wanted_sheets,
    workbook_kind,
    workbook_part,
)
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.labelling.title_column import NoTitleColumn
from pmo_classify.labelling.xlsx.groups_sheet import GROUPS_SHEET
from pmo_classify.labelling.xlsx.legend import LEGEND_NAME
from pmo_classify.labelling.xlsx.titles import (
    SheetTitles,
    SheetWithoutTitles,
    TitleSearch,
    read_titles,
)
from pmo_classify.reading.cleaning import fold

__all__ = [
    "SheetSelection",
    "choose_sheets",
    "is_in_pivot",
    "is_summary",
    "select_legacy_sheets",
    "select_sheets",
]


@dataclass(slots=True)
class SheetSelection:
    """The titles of the sheets to label, by the names of the sheets, and what to warn of."""

    found: dict[str, SheetTitles] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def select_sheets(
    source: Path,
    sheets: Mapping[str, Callable[[], SheetTitles]],
    search: TitleSearch,
    *,
    pivots: Iterable[str] = (),
) -> SheetSelection:
    """Read the sheets, each by its function, and return those to label.

    ``pivots`` are the sheets whose titles are in a pivot table. Unless the user has named a sheet,
    the sheets that labelling adds, pivot tables, summaries, and sheets without rows are left out
    if there is data elsewhere, and so are sheets whose first row is a title, if others have a
    header. A sheet where two columns could be meant does not stop the others; warnings say so. A
    ``FileError`` says why there is nothing to label.
    """
    selection = SheetSelection()
    without: dict[str, SheetWithoutTitles] = {}
    unclear: dict[str, FileError] = {}
    is_named = search.sheet is not None
    for name, read in sheets.items():
        if not is_named and name in {LEGEND_NAME, GROUPS_SHEET}:
            continue
        try:
            selection.found[name] = read()
        except SheetWithoutTitles as error:
            without[name] = error
        except FileError as error:
            if is_named:
                raise
            unclear[name] = error
    if not selection.found:
        raise next(iter(unclear.values()), None) or _no_sheet(source, without, search.column)
    if not is_named:
        _leave_out(selection, frozenset(pivots))
    if search.column is not None and len(selection.found) > 1:
        _check_one_meaning(source, selection.found, search.column)
    selection.warnings += [
        f"sheet {name!r} was left out: {_without_place(error, source, name)}"
        for name, error in unclear.items()
    ]
    return selection


def select_legacy_sheets(
    source: Path, sheets: Iterable[LegacySheet], search: TitleSearch
) -> SheetSelection:
    """Return the sheets of an .xls or .ods file to label, as ``select_sheets`` does."""
    wanted = wanted_legacy_sheets(source, sheets, search.sheet)
    readers = {s.name: partial(read_titles, s.rows, search, s.name, source) for s in wanted}
    return select_sheets(source, readers, search)


def choose_sheets(source: Path, search: TitleSearch) -> SheetSelection:
    """Read a workbook of any kind, and return the sheets that labelling would label."""
    if workbook_kind(source) is WorkbookKind.LEGACY:
        return select_legacy_sheets(source, read_legacy_sheets(source), search)
    with open_package(source) as package:
        workbook = workbook_part(package)
        pivots: list[str] = []

        def read(sheet: Sheet) -> SheetTitles:
            rows = sheet_rows(package, workbook, sheet)
            found = read_titles(rows, search, sheet.name, source)
            pivots.extend([sheet.name] if is_in_pivot(package, sheet, found) else [])
            return found

        wanted = wanted_sheets(package, workbook, search.sheet)
        readers = {sheet.name: partial(read, sheet) for sheet in wanted}
        return select_sheets(source, readers, search, pivots=pivots)


def _without_place(error: FileError, source: Path, name: str) -> str:
    return str(error).removeprefix(f"{source}, sheet {name!r}: ")


def _leave_out(selection: SheetSelection, pivots: frozenset[str]) -> None:
    """Leave out sheets without rows, and summaries, if others have data."""
    filled = {name for name, titles in selection.found.items() if any(titles.titles)}
    summaries = {name for name in filled if name in pivots or is_summary(selection.found[name])}
    data = filled - summaries or filled or set(selection.found)
    kept = {name for name in data if selection.found[name].header_row is not None} or data
    selection.warnings += [
        f"sheet {name!r} was left out, because it sums up other data: label it with --sheet"
        for name in selection.found
        if name in summaries - kept
    ]
    for name in set(selection.found) - kept:
        del selection.found[name]


def _check_one_meaning(source: Path, found: Mapping[str, SheetTitles], column: str) -> None:
    """Refuse a letter or number if several sheets have such a column."""
    if any(_folded(titles.title.name) != _folded(column) for titles in found.values()):
        listing = ", ".join(map(repr, found))
        message = f"the column {column!r} could be in the sheets {listing}: say which with --sheet"
        raise fault(source, "", message)


def is_in_pivot(package: Package, sheet: Sheet, found: SheetTitles) -> bool:
    """Return whether the titles of a sheet are in one of its pivot tables."""
    for relation in package.relations(sheet.part):
        if relation.kind == "pivotTable" and package.name(relation.part):
            location = package.parse(relation.part)[1].first("location")
            cells = parse_range(location.attributes.get("ref", "")) if location else None
            if cells and cells.left <= found.column <= cells.right:
                return cells.top <= found.top <= cells.bottom
    return False


def is_summary(found: SheetTitles) -> bool:
    """Return whether a sheet sums up titles, as the copy of a pivot table does.

    Its title column is called "Row Labels", or it ends with a "Grand Total" below titles of which
    none comes twice.
    """
    if _summary_words().get(_folded(found.title.name)) == "header":
        return True
    filled = [text for text in found.titles if text and text.strip()]
    if not filled or _summary_words().get(_folded(filled[-1])) != "total":
        return False
    return len(set(filled)) == len(filled)


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


@cache
def _summary_words() -> dict[str, str]:
    return {text: place for text, place in read_shipped_rows("summary_words.csv")}  # noqa: C416 - rows are lists


def _no_sheet(
    source: Path, without: Mapping[str, SheetWithoutTitles], column: str | None
) -> NoTitleColumn:
    if len(without) == 1:
        return next(iter(without.values()))
    if column is not None:
        has = "; ".join(
            f"sheet {name!r} has {error.columns}" if error.columns else f"sheet {name!r} is empty"
            for name, error in without.items()
        )
        message = f"{source}: no sheet has a column {column!r}: {has or 'all are hidden'}"
        return NoTitleColumn(message)
    listing = ", ".join(map(repr, without)) or "none that can be seen"
    message = (
        f"{source}: no sheet has a column that looks like job titles: "
        f"say which with --sheet and --column; the sheets are {listing}"
    )
    return NoTitleColumn(message)
