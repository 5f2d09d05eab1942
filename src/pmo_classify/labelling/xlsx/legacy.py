"""Labelling an .xls or .ods workbook: its values, with the labels, in a new .xlsx."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pmo_classify.errors import FileError
from pmo_classify.files.output import whole_file
from pmo_classify.files.title_column import NoTitleColumn, column_letter
from pmo_classify.files.xlsx.limits import LAST_COLUMN, fault
from pmo_classify.files.xlsx.ods_check import check_ods
from pmo_classify.files.xlsx.reader_trial import try_reading
from pmo_classify.files.xlsx.values import (
    Row,
    SheetTitles,
    calamine_book,
    crash_of_the_reader,
    read_titles,
)
from pmo_classify.labelling.labeller import LABEL_COLUMNS, Labeller
from pmo_classify.labelling.xlsx.cells import WIDTHS, cell_string
from pmo_classify.labelling.xlsx.styles import LEVEL_COLOURS, REVIEW_COLOUR

__all__ = ["label_old", "old_rows"]

_LOST: Final = (
    "formats, formulas, charts and all else but the values are not kept: {} is written anew as "
    ".xlsx"
)
_NOT_IN_NAMES: Final = re.compile(r"[\\*?:/\[\]\x00-\x1f]")
_LONGEST_NAME: Final = 31
_LEVEL: Final = LABEL_COLUMNS.index("pmo_level")
_CONFIDENCE: Final = LABEL_COLUMNS.index("pmo_confidence")
_REVIEW: Final = LABEL_COLUMNS.index("pmo_review")


@dataclass(slots=True)
class _OldSheet:
    """A sheet as it was read; ``found`` is None where it gets no labels."""

    name: str
    visible: bool
    rows: list[Row]
    found: SheetTitles | None = None
    columns: tuple[int, ...] = ()

    def place_labels(self, earlier: dict[str, int]) -> None:
        """Give each label its column: that of an earlier run, or the next free one."""
        free = max((len(row.cells) for row in self.rows), default=0) + 1
        places = []
        for name in LABEL_COLUMNS:
            places.append(earlier.get(name, free))
            free += name not in earlier
        self.columns = tuple(places)


def label_old(
    source: Path,
    target: Path,
    labeller: Labeller,
    column: str | None,
    sheet: str | None,
    *,
    strict: bool,
    progress: Callable[[int], None] | None,
) -> None:
    """Read the workbook, and write its values and the labels as a new one."""
    if strict:
        message = "its formats and formulas cannot be kept: save it as .xlsx in Excel"
        raise fault(source, "", message)
    sheets = list(_read(source))
    _find_titles(source, sheets, column, sheet)
    _tell(source, labeller, sheets)
    with whole_file(target) as out:
        _new_book(sheets, labeller, progress).save(out)


def old_rows(source: Path) -> Iterator[list[Row]]:
    """Give for each sheet of an .xls or .ods file the rows that hold something."""
    return (sheet.rows for sheet in _read(source))


def _read(source: Path) -> Iterator[_OldSheet]:
    if source.suffix.lower() == ".ods":
        check_ods(source)
    try_reading(source)
    book = calamine_book(source)
    try:
        for about in book.sheets_metadata:
            if str(about.typ).rpartition(".")[2] != "WorkSheet":
                continue
            cells = book.get_sheet_by_name(about.name)
            left = [""] * (cells.start[1] if cells.start else 0)
            rows = [
                Row(number, [*left, *row])
                for number, row in enumerate(cells.iter_rows() if cells.start else (), 1)
                if any(value != "" for value in row)
            ]
            yield _OldSheet(about.name, str(about.visible).endswith("Visible"), rows)
    except Exception as error:  # noqa: BLE001 - the library raises many kinds, all of them the file's
        message = f"not a readable workbook ({error}): save it as .xlsx in Excel"
        raise fault(source, "", message) from None
    except BaseException as error:  # noqa: BLE001 - raised again, or told as a FileError
        raise crash_of_the_reader(source, error) from None


def _find_titles(
    source: Path, sheets: list[_OldSheet], column: str | None, wanted: str | None
) -> None:
    names = ", ".join(repr(sheet.name) for sheet in sheets) or "none"
    folded = None if wanted is None else wanted.strip().casefold()
    looked_at = [
        s for s in sheets if (s.visible if folded is None else s.name.casefold() == folded)
    ]
    if wanted is not None and not looked_at:
        raise fault(source, "", f"there is no sheet {wanted!r}: name one of {names}")
    errors: list[FileError] = []
    for sheet in looked_at:
        try:
            sheet.found = read_titles(iter(sheet.rows), column, f"{source}, sheet {sheet.name!r}")
        except NoTitleColumn as error:
            errors.append(error)
        else:
            sheet.place_labels(sheet.found.earlier)
            _check_room(source, sheet)
    if len(errors) == len(looked_at):
        message = (
            "no sheet has a column that looks like job titles: say which with --sheet and "
            f"--column; the sheets are {names}"
        )
        raise errors[0] if len(errors) == 1 else fault(source, "", message)


def _check_room(source: Path, sheet: _OldSheet) -> None:
    if max(sheet.columns) > LAST_COLUMN:
        message = "there is no room for the labels at the right: delete columns"
        raise fault(source, f"sheet {sheet.name!r}", message)


def _tell(source: Path, labeller: Labeller, sheets: list[_OldSheet]) -> None:
    summary = labeller.summary
    summary.warnings.append(_LOST.format(source.name))
    named = {
        sheet.name: f"{sheet.found.title.name!r} ({column_letter(sheet.found.column - 1)})"
        for sheet in sheets
        if sheet.found is not None
    }
    earlier = {name for sheet in sheets if sheet.found for name in sheet.found.earlier}
    summary.replaced_columns = tuple(name for name in LABEL_COLUMNS if name in earlier)
    summary.read_as["sheets"] = ", ".join(map(repr, named))
    several = "; ".join(f"{name!r}: {text}" for name, text in named.items())
    summary.read_as["column"] = several if len(named) > 1 else next(iter(named.values()))


def _new_book(
    sheets: list[_OldSheet], labeller: Labeller, progress: Callable[[int], None] | None
) -> Any:
    import openpyxl  # noqa: PLC0415 - only workbooks need it

    book = openpyxl.Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(_NOT_IN_NAMES.sub("_", sheet.name)[:_LONGEST_NAME])
        page.sheet_state = "visible" if sheet.visible else "hidden"
        cells = _Cells(page)
        if sheet.found is not None:
            for column, width in zip(sheet.columns, WIDTHS, strict=True):
                page.column_dimensions[column_letter(column - 1)].width = width
        written = 0
        for row in sheet.rows:
            for _ in range(written + 1, row.number):
                page.append([])
            written = row.number
            page.append(_labelled(cells, sheet, row, labeller))
            if progress is not None:
                progress(labeller.rows)
    return book


def _labelled(cells: _Cells, sheet: _OldSheet, row: Row, labeller: Labeller) -> list[Any]:
    """Give a row's values, with the labels at their places."""
    values = [cells.value(value) for value in row.cells]
    found = sheet.found
    if found is None or row.number < found.header_row:
        return values
    labels: list[Any]
    if row.number == found.header_row:
        labels = [cells.value(name) for name in LABEL_COLUMNS]
    else:
        title = found.of(row.number)
        given = labeller.cells(title or "")
        labels = [cells.label(at, text) for at, text in enumerate(given)]
    columns = sheet.columns
    values.extend([None] * (max(columns) - len(values)))
    for column, value in zip(columns, labels, strict=True):
        values[column - 1] = value
    return values


class _Cells:
    """Makes the cells of a new sheet; a text is never taken for a formula."""

    def __init__(self, page: Any) -> None:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - only workbooks need it
        from openpyxl.styles import PatternFill  # noqa: PLC0415

        self._page = page
        self._cell = WriteOnlyCell
        self._fills = [PatternFill("solid", fgColor=colour) for colour in LEVEL_COLOURS]
        self._review = PatternFill("solid", fgColor=REVIEW_COLOUR)

    def value(self, value: object) -> Any:
        """Give a value of the user's as the library writes it."""
        if not isinstance(value, str):
            return value
        if not value:
            return None
        cell = self._cell(self._page, cell_string(value))
        cell.data_type = "s"
        return cell

    def label(self, at: int, text: str) -> Any:
        """Give a label of ours; levels and doubtful rows have their colours."""
        if not text:
            return None
        if at not in {_LEVEL, _CONFIDENCE, _REVIEW}:
            return self.value(text)
        number = at in {_LEVEL, _CONFIDENCE}
        cell = self._cell(self._page, float(text) if number else text)
        if at == _LEVEL:
            cell.value = int(text)
            cell.fill = self._fills[int(text) - 1]
        elif at == _CONFIDENCE:
            cell.number_format = "0.00"
        elif text == "yes":
            cell.fill = self._review
        return cell
