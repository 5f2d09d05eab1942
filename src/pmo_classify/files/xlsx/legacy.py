"""Reading .xls and .ods workbooks, whose hostile files could take all memory or end the process.

Their reader is a library's, and fast; each file is first read once in a process of its own, which
is limited in memory and time.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from xml.parsers import expat

from pmo_classify.files.browser import IN_BROWSER
from pmo_classify.files.streams import temporary_folder
from pmo_classify.files.xlsx.limits import (
    CHUNK,
    LARGEST_LEGACY_BYTES,
    LARGEST_LEGACY_CELLS,
    LAST_COLUMN,
    LAST_ROW,
    LONGEST_TRIAL_SECONDS,
    fault,
)
from pmo_classify.files.xlsx.package import Package, open_package, write_package
from pmo_classify.files.xlsx.rows import Row, calamine_book, reader_crash
from pmo_classify.files.xlsx.splice import XmlSplicer
from pmo_classify.files.xlsx.xml import UnreadableXml, new_parser

__all__ = ["LegacySheet", "read_legacy_sheets", "wanted_legacy_sheets"]

_PROGRAM: Final = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
except (ImportError, ValueError, OSError):
    # Not all systems can limit memory, and this one may have a lower limit.
    pass
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    sheet = book.get_sheet_by_name(name)
    if sheet.start:
        for row in sheet.iter_rows():
            pass
"""
_TYPE: Final = "office:value-type"
_WITHOUT_NUMBER: Final = frozenset({"string", "boolean", "date", "time"})
_VALUE: Final = re.compile(rb"""\soffice:value\s*=\s*("[^"]*"|'[^']*')""")
_OUT_OF_MEMORY: Final = (b"MemoryError", b"memory allocation", b"capacity overflow")


class LegacySheet(NamedTuple):
    """A sheet of cells: its name, whether it is visible, and its rows that are not empty."""

    name: str
    visible: bool
    rows: list[Row]


def read_legacy_sheets(source: Path) -> Iterator[LegacySheet]:
    """Read the sheets of an .xls or .ods file; a ``FileError`` says why it cannot be read."""
    with ExitStack() as stack:
        readable = source
        if source.suffix.lower() == ".ods" and (wrong := _check_ods(source)):
            readable = stack.enter_context(temporary_folder()) / "repaired.ods"
            _write_repaired(source, readable, wrong)
        yield from _sheets(source, readable)


def wanted_legacy_sheets(
    source: Path, sheets: Iterable[LegacySheet], wanted: str | None
) -> list[LegacySheet]:
    """Return the sheets to read: the visible ones, or the one that is named."""
    if wanted is None:
        return [sheet for sheet in sheets if sheet.visible]
    folded = wanted.strip().casefold()
    known = list(sheets)
    found = [sheet for sheet in known if sheet.name.strip().casefold() == folded]
    if not found:
        names = ", ".join(repr(sheet.name) for sheet in known) or "none"
        raise fault(source, "", f"there is no sheet {wanted!r}: name one of {names}")
    return found


def _sheets(source: Path, readable: Path) -> Iterator[LegacySheet]:
    """Read the sheets of a workbook from a file that the reader can read."""
    _try_reading(source, readable)
    book = calamine_book(source, readable)
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
            yield LegacySheet(about.name, str(about.visible).endswith("Visible"), rows)
    except Exception:  # noqa: BLE001 - the library raises many kinds, all of them the file's
        message = "not a readable workbook: save it as .xlsx in Excel"
        raise fault(source, "", message) from None
    except BaseException as error:  # noqa: BLE001 - raised again, or as a FileError
        raise reader_crash(source, error) from None


def _try_reading(source: Path, readable: Path) -> None:
    """Refuse a workbook that would exhaust the memory or end the process of its reader.

    Other faults that the reader finds are left to the real reading. In a web page there is no other
    process: the page's own memory is limited, and the browser ends it alone.
    """
    if IN_BROWSER:
        return
    command = [sys.executable, "-P", "-c", _PROGRAM, str(readable), str(LARGEST_LEGACY_BYTES)]
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter, with a fixed program
            command, capture_output=True, check=False, timeout=LONGEST_TRIAL_SECONDS
        )
    except subprocess.TimeoutExpired:
        minutes = LONGEST_TRIAL_SECONDS // 60
        message = f"reading it takes more than {minutes} minutes: save it as .xlsx in Excel"
        raise fault(source, "", message) from None
    if any(sign in run.stderr for sign in _OUT_OF_MEMORY):
        message = (
            f"reading it takes more than {LARGEST_LEGACY_BYTES >> 20:,} MiB of memory: split it, "
            "or save it as .xlsx in Excel"
        )
        raise fault(source, "", message)
    if run.returncode not in {0, 1} or b"PanicException" in run.stderr:
        raise fault(source, "", "the workbook is damaged: open it in Excel and save it as .xlsx")


def _check_ods(source: Path) -> array[int]:
    """Refuse an .ods file whose repeated cells would fill the memory.

    Return the positions of the cells that the reader would refuse; see ``_write_repaired``.
    """
    with open_package(source) as package:
        part = package.name("content.xml")
        if part is None:
            raise fault(source, "", "there is no workbook in it: save it as .xlsx")
        parser = new_parser()
        cells = _OdsCells(source, parser)
        parser.StartElementHandler = cells.start
        with package.open(part) as stream:
            try:
                while chunk := stream.read(CHUNK):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
            except (expat.ExpatError, UnreadableXml, zipfile.BadZipFile):
                message = "the workbook is damaged: save it again"
                raise fault(source, "", message) from None
    return cells.with_odd_number


def _write_repaired(source: Path, target: Path, cells: array[int]) -> None:
    """Write an .ods file in which texts, dates, yes and no are not written as numbers too.

    Old releases of pandas do so, and readers fail on it.
    """
    with open_package(source) as package, target.open("wb") as out:
        part = package.name("content.xml") or "content.xml"
        write_package(package, out, {part: partial(_write_without_values, package, part, cells)})


def _write_without_values(package: Package, part: str, cells: array[int], out: BinaryIO) -> None:
    with package.open(part) as stream:
        splicer = XmlSplicer(stream, out)
        for position in cells:
            splicer.copy_to(position)
            splicer.put(_repaired(splicer.take_tag()))
        splicer.copy_rest()


def _repaired(tag: bytes) -> bytes:
    """Return the tag of a cell without its number, or with the name of a yes or no."""
    is_boolean = re.search(rb"""\soffice:value-type\s*=\s*["']boolean""", tag)
    return _VALUE.sub(rb" office:boolean-value=\1" if is_boolean else b"", tag)


class _OdsCells:
    """Counts the cells between the first and the last of each sheet of an .ods file.

    ``with_odd_number`` are the positions of texts, dates, yes and no that are numbers too.
    """

    def __init__(self, source: Path, parser: expat.XMLParserType) -> None:
        self.with_odd_number = array("Q")
        self._parser = parser
        self._source = source
        self._row = self._rows = self._column = self._width = 0
        self._cells = self._cells_before = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the next element."""
        if name == "table:table":
            self._cells_before += self._cells
            self._row = self._rows = self._width = self._cells = 0
        elif name == "table:table-row":
            self._row += self._rows
            self._rows = _repeated(attributes, "table:number-rows-repeated")
            self._column = 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._column += _repeated(attributes, "table:number-columns-repeated")
            if attributes.get(_TYPE) in _WITHOUT_NUMBER and "office:value" in attributes:
                self.with_odd_number.append(self._parser.CurrentByteIndex)
            if any(key.startswith(("office:", "table:formula")) for key in attributes):
                self._width = max(self._width, self._column)
                self._cells = (self._row + self._rows) * self._width
                self._check(self._cells_before + self._cells)
            self._check(0)

    def _check(self, cells: int) -> None:
        outside = self._row + self._rows > LAST_ROW or self._column > LAST_COLUMN
        if cells > LARGEST_LEGACY_CELLS or outside:
            message = f"it has more than {LARGEST_LEGACY_CELLS:,} cells: split it, or save as .xlsx"
            raise fault(self._source, "", message)


def _repeated(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text[:9]) if text.isdecimal() else 1
