"""The rows of a sheet, read by python-calamine, or by openpyxl if memory or format demand it.

The value of a formula is the one that the workbook has stored.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.xlsx.limits import LAST_ROW, fault
from pmo_classify.files.xlsx.memory_guard import fits_in_memory
from pmo_classify.files.xlsx.package import Package
from pmo_classify.files.xlsx.scan import SheetScan, scan_sheet
from pmo_classify.files.xlsx.workbook import Sheet
from pmo_classify.files.xlsx.xml import UnreadableXml

__all__ = [
    "Row",
    "calamine_book",
    "cell_text",
    "read_rows",
    "reader_crash",
    "scanned_rows",
    "sheet_rows",
]

_UNREADABLE: Final = "open it in Excel and save it again"
_OPENPYXL_ERRORS: Final = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    OSError,
    zipfile.BadZipFile,
)


class Row(NamedTuple):
    """A row that is not empty: its number from 1, and its cells from column A on."""

    number: int
    cells: list[Any]


def sheet_rows(package: Package, workbook: str, sheet: Sheet) -> Iterator[Row]:
    """Read the rows of a sheet that are not empty, in order and in bounded memory.

    ``workbook`` is the name of the main part. A ``FileError`` says why the sheet cannot be read.
    """
    try:
        with package.open(sheet.part) as stream:
            scan = scan_sheet(stream)
    except UnreadableXml as error:
        place = f"{package.source}, sheet {sheet.name!r}"
        message = f"{place}: it {error}: open the workbook in Excel, and save it again"
        raise FileError(message) from None
    return scanned_rows(package, workbook, sheet, scan)


def scanned_rows(package: Package, workbook: str, sheet: Sheet, scan: SheetScan) -> Iterator[Row]:
    """Read the rows of a sheet that was scanned before, as ``sheet_rows`` does."""
    if not scan.has_values:
        # Libraries fail on some sheets without cells.
        return iter(())
    at_once = fits_in_memory(package, workbook, sheet.part, scan)
    return read_rows(package.source, sheet.name, at_once=at_once, last_row=max(scan.rows))


def cell_text(value: object) -> str:
    """Return the value of a cell as a person reads it.

    >>> cell_text(2024.0), cell_text(True), cell_text(None), cell_text("PMO Lead")
    ('2024', 'TRUE', '', 'PMO Lead')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def calamine_book(source: Path, readable: Path | None = None) -> Any:
    """Open a workbook with python-calamine; a ``FileError`` says why it cannot be read.

    ``readable`` is the file to open, where that is a repaired copy.
    """
    from python_calamine import (  # noqa: PLC0415 - only workbooks need it
        CalamineError,
        CalamineWorkbook,
        PasswordError,
    )

    try:
        return CalamineWorkbook.from_path(str(readable or source))
    except PasswordError:
        message = "it is protected by a password: save it without one, and run again"
        raise fault(source, "", message) from None
    except OSError as error:
        raise fault(source, "", f"cannot be read: {error.strerror or error}") from None
    except (CalamineError, ValueError):
        raise fault(source, "", f"not a readable workbook: {_UNREADABLE}") from None
    except BaseException as error:  # noqa: BLE001 - raised again, or as a FileError
        raise reader_crash(source, error) from None


def reader_crash(source: Path, error: BaseException) -> BaseException:
    """Return the error to raise; a panic of the reader is a fault of the file."""
    if type(error).__name__ == "PanicException":
        return fault(source, "", f"the workbook is damaged: {_UNREADABLE}")
    return error


def read_rows(
    source: Path, sheet: str, *, at_once: bool, last_row: int = LAST_ROW
) -> Iterator[Row]:
    """Read the rows of a sheet that are not empty, in order.

    Reading them ``at_once`` is fast, but needs a sheet that fits into memory. What follows below
    the ``last_row`` does not matter, even if it cannot be read.
    """
    if at_once:
        rows = _rows_at_once(source, sheet)
        if rows is not None:
            return rows
    return _rows_one_by_one(source, sheet, last_row)


def _rows_at_once(source: Path, sheet: str) -> Iterator[Row] | None:
    """Read with python-calamine; None if it finds nothing that it can read."""
    try:
        book = calamine_book(source)
        cells = book.get_sheet_by_name(sheet)
    except FileError:
        return None
    except Exception:  # noqa: BLE001 - the library raises many kinds; openpyxl comes next
        return None
    except BaseException as error:  # noqa: BLE001 - raised again, or as a FileError
        raise reader_crash(source, error) from None
    if cells.start is None:
        return None
    left = [""] * cells.start[1]
    return (
        Row(number, [*left, *row] if left else row)
        for number, row in enumerate(cells.iter_rows(), 1)
        if _has_content(row)
    )


def _rows_one_by_one(source: Path, sheet: str, last_row: int) -> Iterator[Row]:
    """Read with openpyxl, which holds one row at a time."""
    number = 0
    import warnings  # noqa: PLC0415 - with openpyxl, which warns of parts that do not matter here

    import openpyxl  # noqa: PLC0415 - only workbooks need it

    try:
        # The library does not close a file that it cannot read.
        with source.open("rb") as handle, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(handle, read_only=True, data_only=True)
            with closing(book):
                cells = book[sheet]
                cells.reset_dimensions()
                for number, row in enumerate(cells.iter_rows(values_only=True), 1):
                    if _has_content(row):
                        yield Row(number, list(row))
    except _OPENPYXL_ERRORS:
        # After the rows come merged cells and rules, which may have forms that it does not know.
        if number < last_row:
            message = f"the cells cannot be read: {_UNREADABLE}"
            raise fault(source, f"sheet {sheet!r}", message) from None


def _has_content(row: Iterable[object]) -> bool:
    return any(value is not None and value != "" for value in row)
