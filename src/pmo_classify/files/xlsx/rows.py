"""The rows of one sheet of an open workbook, read in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator

from pmo_classify.errors import FileError
from pmo_classify.files.xlsx.memory_guard import is_light
from pmo_classify.files.xlsx.package import Package
from pmo_classify.files.xlsx.scan import scan_sheet
from pmo_classify.files.xlsx.values import Row, read_rows
from pmo_classify.files.xlsx.workbook import Sheet
from pmo_classify.files.xlsx.xml import UnreadableXml

__all__ = ["sheet_rows"]


def sheet_rows(package: Package, workbook: str, sheet: Sheet) -> Iterator[Row]:
    """Give the rows of a sheet that hold something, in order.

    ``workbook`` is the name of the workbook's main part. A ``FileError`` says why the sheet cannot
    be read.
    """
    try:
        with package.open(sheet.part) as stream:
            scan = scan_sheet(stream)
    except UnreadableXml as error:
        place = f"{package.source}, sheet {sheet.name!r}"
        message = f"{place}: it {error}: open the workbook in Excel, and save it again"
        raise FileError(message) from None
    at_once = is_light(package, workbook, sheet.part, scan)
    return read_rows(package.source, sheet.name, at_once=at_once)
