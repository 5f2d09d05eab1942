"""Whether an .ods file can be read within the memory that there is."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.parsers import expat

from pmo_classify.files.xlsx.limits import CHUNK, LARGEST_OLD_BOX, LAST_COLUMN, LAST_ROW, fault
from pmo_classify.files.xlsx.package import open_package
from pmo_classify.files.xlsx.xml import UnreadableXml, new_parser

__all__ = ["check_ods"]


def check_ods(source: Path) -> None:
    """Refuse a sheet whose repeated cells would fill the memory."""
    with open_package(source) as package:
        part = package.name("content.xml")
        if part is None:
            raise fault(source, "", "there is no workbook in it: save it as .xlsx")
        parser = new_parser()
        box = _OdsBox(source)
        parser.StartElementHandler = box.start
        with package.open(part) as stream:
            try:
                while chunk := stream.read(CHUNK):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
            except (expat.ExpatError, UnreadableXml, zipfile.BadZipFile) as error:
                message = f"the workbook is damaged ({error}): save it again"
                raise fault(source, "", message) from None


class _OdsBox:
    """Counts the places that the sheets of an .ods file fill."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._row = self._rows = self._column = self._width = 0
        self._filled = self._before = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the next element."""
        if name == "table:table":
            self._before += self._filled
            self._row = self._rows = self._width = self._filled = 0
        elif name == "table:table-row":
            self._row += self._rows
            self._rows = _count(attributes, "table:number-rows-repeated")
            self._column = 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._column += _count(attributes, "table:number-columns-repeated")
            if any(given.startswith(("office:", "table:formula")) for given in attributes):
                self._width = max(self._width, self._column)
                self._filled = (self._row + self._rows) * self._width
                self._check(self._before + self._filled)
            self._check(0)

    def _check(self, places: int) -> None:
        outside = self._row + self._rows > LAST_ROW or self._column > LAST_COLUMN
        if places > LARGEST_OLD_BOX or outside:
            message = f"it has more than {LARGEST_OLD_BOX:,} cells: split it, or save as .xlsx"
            raise fault(self._source, "", message)


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text[:9]) if text.isdecimal() else 1
