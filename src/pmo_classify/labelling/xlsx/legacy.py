"""Labelling an .xls or .ods workbook: its values and the labels, in a new .xlsx."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pmo_classify.files.output import atomic_write
from pmo_classify.files.xlsx.cell_range import column_letter
from pmo_classify.files.xlsx.legacy import LegacySheet, read_legacy_sheets
from pmo_classify.files.xlsx.limits import LAST_COLUMN, fault
from pmo_classify.files.xlsx.rows import Row
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.groups import GROUP_COLUMNS, group_counts
from pmo_classify.labelling.label_set import LabelSet
from pmo_classify.labelling.labeller import Labeller, Progress
from pmo_classify.labelling.xlsx.cells import cell_string, label_width
from pmo_classify.labelling.xlsx.groups_sheet import GROUP_WIDTHS, GROUPS_SHEET, group_rows
from pmo_classify.labelling.xlsx.legend import (
    LEGEND_NAME,
    MEANINGS,
    LegendLook,
    LegendRow,
    legend_rows,
    legend_widths,
)
from pmo_classify.labelling.xlsx.notes import note_title
from pmo_classify.labelling.xlsx.selection import select_legacy_sheets
from pmo_classify.labelling.xlsx.styles import HEADING_COLOUR, LEVEL_COLOURS, REVIEW_COLOUR
from pmo_classify.labelling.xlsx.titles import (
    SheetTitles,
    TitleSearch,
    describe_titles,
    row_progress,
)

__all__ = ["label_legacy"]

_LOST: Final = "only values are kept, no formats, formulas or charts: {} is written as a new .xlsx"
_NOT_IN_NAMES: Final = re.compile(r"[\\*?:/\[\]\x00-\x1f]")
_LONGEST_NAME: Final = 31
_LEVEL: Final = LABEL_COLUMNS.index("pmo_level")
_CONFIDENCE: Final = LABEL_COLUMNS.index("pmo_confidence")
_REVIEW: Final = LABEL_COLUMNS.index("pmo_review")


@dataclass(slots=True)
class _PlannedSheet:
    """A sheet with its titles and the column of each label; without titles it gets no labels.

    ``columns`` is the column of each label, from 1, by its index.
    """

    sheet: LegacySheet
    found: SheetTitles | None = None
    columns: dict[int, int] = field(default_factory=dict)

    def place_labels(self, found: SheetTitles) -> None:
        """Choose the column of each label: that of an earlier run, or the next free one."""
        self.found = found
        free = max((len(row.cells) for row in self.sheet.rows), default=0) + 1
        for index in found.labels.indexes:
            self.columns[index] = found.earlier.get(index, free)
            free += index not in found.earlier


def label_legacy(
    source: Path,
    target: Path,
    labeller: Labeller,
    search: TitleSearch,
    *,
    strict: bool,
    legend: bool,
    groups: bool,
    progress: Progress | None,
) -> None:
    """Read the workbook, and write its values and the labels as a new one."""
    if strict:
        message = "its formats and formulas cannot be kept: save it as .xlsx in Excel"
        raise fault(source, "", message)
    sheets = [_PlannedSheet(read) for read in read_legacy_sheets(source)]
    labeller.summary.warnings.extend(_find_titles(source, sheets, search))
    labeller.summary.warnings.append(_LOST.format(source.name))
    found = {planned.sheet.name: planned.found for planned in sheets if planned.found is not None}
    describe_titles(labeller.summary, found)
    labeller.has_clean_titles = any(titles.labels.has_clean_title for titles in found.values())
    with atomic_write(target) as out:
        book = _new_book(sheets, labeller, row_progress(progress, found.values()))
        if legend:
            shown = search.labels.including({at for planned in sheets for at in planned.columns})
            _add_legend(book, (*search.labels.beside, shown))
        if groups:
            _add_groups(source, book, labeller)
        book.save(out)


def _find_titles(source: Path, sheets: list[_PlannedSheet], search: TitleSearch) -> list[str]:
    by_name = {planned.sheet.name: planned for planned in sheets}
    selection = select_legacy_sheets(source, [planned.sheet for planned in sheets], search)
    for name, found in selection.found.items():
        planned = by_name[name]
        planned.place_labels(found)
        _check_room(source, planned)
    return selection.warnings


def _check_room(source: Path, planned: _PlannedSheet) -> None:
    if max(planned.columns.values()) > LAST_COLUMN:
        message = "there is no room for the labels at the right: delete columns"
        raise fault(source, f"sheet {planned.sheet.name!r}", message)


def _new_book(
    sheets: list[_PlannedSheet], labeller: Labeller, show_rows: Callable[[int], None]
) -> Any:
    import openpyxl  # noqa: PLC0415 - only workbooks need it

    book = openpyxl.Workbook(write_only=True)
    for planned in sheets:
        sheet = planned.sheet
        page = book.create_sheet(_NOT_IN_NAMES.sub("_", sheet.name)[:_LONGEST_NAME])
        page.sheet_state = "visible" if sheet.visible else "hidden"
        cells = _CellFactory(page)
        if planned.found is not None:
            names = planned.found.labels
            for at, column in planned.columns.items():
                width = label_width(at, names.name(at))
                page.column_dimensions[column_letter(column - 1)].width = width
            if planned.found.header_row is not None:
                _add_notes(page, planned, names, planned.found.header_row)
        written = 0
        for row in sheet.rows:
            for _ in range(written + 1, row.number):
                page.append([])
            written = row.number
            page.append(_labelled(cells, planned, row, labeller))
            show_rows(labeller.rows)
    return book


def _add_legend(book: Any, sets: Sequence[LabelSet]) -> None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - only workbooks need it
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    page = book.create_sheet(LEGEND_NAME)
    rows = legend_rows(sets)
    for column, width in enumerate(legend_widths(rows)):
        page.column_dimensions[column_letter(column)].width = width
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, row in enumerate(rows, 1):
        page.row_dimensions[number].height = row.height
        cells = [WriteOnlyCell(page, text) for text in (row.name, row.meaning)]
        colour = _legend_colour(row)
        for at, cell in enumerate(cells):
            is_heading = row.look is LegendLook.HEADING
            cell.font = Font(bold=not at or is_heading)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if colour is not None and (not at or is_heading):
                cell.fill = PatternFill("solid", fgColor=colour)
        page.append(cells)


def _legend_colour(row: LegendRow) -> str | None:
    if row.look is LegendLook.LEVEL:
        return LEVEL_COLOURS[row.level - 1]
    return {LegendLook.HEADING: HEADING_COLOUR, LegendLook.REVIEW: REVIEW_COLOUR}.get(row.look)


def _add_notes(page: Any, planned: _PlannedSheet, names: LabelSet, header_row: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    for at, column in planned.columns.items():
        place = f"{column_letter(column - 1)}{header_row}"
        title, meaning = note_title(names.name(at)), MEANINGS[LABEL_COLUMNS[at]]
        note = DataValidation(sqref=place, promptTitle=title, prompt=meaning)
        note.showInputMessage = True
        page.data_validations.append(note)


def _add_groups(source: Path, book: Any, labeller: Labeller) -> None:
    if GROUPS_SHEET.casefold() in {name.casefold() for name in book.sheetnames}:
        message = f"there is a sheet {GROUPS_SHEET!r} already: delete or rename it"
        raise fault(source, "", message)
    page = book.create_sheet(GROUPS_SHEET)
    for column, width in enumerate(GROUP_WIDTHS):
        page.column_dimensions[column_letter(column)].width = width
    cells = _CellFactory(page)
    for row in (GROUP_COLUMNS, *group_rows(group_counts(labeller.titles()))):
        page.append([cells.value(value) for value in row])


def _labelled(
    cells: _CellFactory, planned: _PlannedSheet, row: Row, labeller: Labeller
) -> list[Any]:
    """Return the values of a row, with the labels in their columns."""
    values = [cells.value(value) for value in row.cells]
    found = planned.found
    if found is None or row.number < found.top:
        return values
    if row.number < found.start:
        labels = {at: cells.value(found.labels.name(at)) for at in planned.columns}
    else:
        texts = labeller.cells(found.of(row.number) or "")
        labels = {at: cells.label(at, texts[at]) for at in planned.columns}
    values.extend([None] * (max(planned.columns.values()) - len(values)))
    for at, column in planned.columns.items():
        values[column - 1] = labels[at]
    return values


class _CellFactory:
    """Makes the cells of a new sheet; a text never becomes a formula."""

    def __init__(self, page: Any) -> None:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - only workbooks need it
        from openpyxl.styles import PatternFill  # noqa: PLC0415

        self._page = page
        self._cell = WriteOnlyCell
        self._fills = [PatternFill("solid", fgColor=colour) for colour in LEVEL_COLOURS]
        self._review = PatternFill("solid", fgColor=REVIEW_COLOUR)

    def value(self, value: object) -> Any:
        """Return a value of the user as the library writes it."""
        if isinstance(value, float) and float(f"{value:.16g}") != value:
            # The library writes 16 digits, and some numbers need one more.
            exact = self._cell(self._page, repr(value))
            exact.data_type = "n"
            return exact
        if not isinstance(value, str):
            return value
        if not value:
            return None
        cell = self._cell(self._page, cell_string(value))
        cell.data_type = "s"
        return cell

    def label(self, index: int, text: str) -> Any:
        """Return the cell of a label; levels and rows to review have their colours."""
        if not text:
            return None
        if index not in {_LEVEL, _CONFIDENCE, _REVIEW}:
            return self.value(text)
        is_number = index in {_LEVEL, _CONFIDENCE}
        cell = self._cell(self._page, float(text) if is_number else text)
        if index == _LEVEL:
            cell.value = int(text)
            cell.fill = self._fills[int(text) - 1]
        elif index == _CONFIDENCE:
            cell.number_format = "0.00"
        elif text == "yes":
            cell.fill = self._review
        return cell
