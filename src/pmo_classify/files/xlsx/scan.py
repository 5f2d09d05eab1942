"""The positions of rows and cells in the XML of a sheet, found in one pass in bounded memory.

Values are not read here, only the positions where new cells go, and what is in their way.
"""

from __future__ import annotations

import codecs
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final, NamedTuple
from xml.parsers import expat

from pmo_classify.files.xlsx.cell_range import column_number, parse_range
from pmo_classify.files.xlsx.limits import CHUNK, LARGEST_CELL_BYTES, LAST_COLUMN, LAST_ROW
from pmo_classify.files.xlsx.xml import UnreadableXml, codec_of, new_parser, number_of

__all__ = ["ColRange", "SheetScan", "scan_sheet", "unicode_chunks"]

_MAIN: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
# Where in the rows the scan is: between rows, between cells, in a cell, or in something else.
_ROWS, _CELLS, _CELL, _ELSE = range(4)
# What is between the rows and the rules for input, in the order of the format.
_BEFORE_RULES: Final = frozenset(
    {
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
    }
)
_STYLED_ROWS: Final = 100
_STYLED_CELLS: Final = 100_000


class ColRange(NamedTuple):
    """A ``col`` element: the position of its tag, and its attributes."""

    start: int
    attributes: dict[str, str]


@dataclass(slots=True)
class SheetScan:
    """What a pass over a sheet has found; positions count bytes of its UTF-8 form.

    ``rows`` has the number of each row element, ``row_starts`` the position of its tag. ``marks``
    has for each row as many positions as there are thresholds, then the position of its end tag.
    ``validations`` has the position and the count of the rules for input, ``validated`` their
    cells, and ``after_rules`` is the position where such rules would go.
    """

    prefix: str = ""
    codec: str | None = None
    rows: array[int] = field(default_factory=lambda: array("L"))
    row_starts: array[int] = field(default_factory=lambda: array("Q"))
    marks: array[int] = field(default_factory=lambda: array("Q"))
    first_column: int = LAST_COLUMN
    last_column: int = 0
    dimension: tuple[int, str] | None = None
    cols: list[ColRange] = field(default_factory=list)
    cols_end: int | None = None
    data_start: int | None = None
    auto_filter: tuple[int, str] | None = None
    merges_right: int = 0
    has_values: bool = False
    validations: tuple[int, str] | None = None
    validations_end: int | None = None
    validated: list[str] = field(default_factory=list)
    after_rules: int | None = None
    tables: list[str] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    styles: dict[tuple[int, int], str] = field(default_factory=dict)
    uncached: Counter[int] = field(default_factory=Counter)
    formulas_in_runs: int = 0


def unicode_chunks(stream: BinaryIO) -> Iterator[tuple[bytes, str | None]]:
    """Read a part piece by piece as UTF-8, with the codec to turn it back."""
    chunk = stream.read(CHUNK)
    codec = codec_of(chunk[:400])
    decoder = codecs.getincrementaldecoder(codec)() if codec else None
    while chunk:
        try:
            yield decoder.decode(chunk).encode() if decoder else chunk, codec
        except UnicodeError:
            message = "begins as UTF-16 but is not"
            raise UnreadableXml(message) from None
        chunk = stream.read(CHUNK)


def scan_sheet(stream: BinaryIO, thresholds: Sequence[int] = ()) -> SheetScan:
    """Return the positions in a sheet; ``UnreadableXml`` says why it cannot be read.

    ``thresholds`` are columns in rising order. For each row and each of them, the position of the
    first cell at or after that column is marked, so that columns between two can be replaced.
    """
    scanner = _Scanner(thresholds)
    scan = scanner.scan
    try:
        for chunk, scan.codec in unicode_chunks(stream):
            scanner.feed(chunk)
        scanner.feed(b"", last=True)
    except expat.ExpatError as error:
        message = f"is damaged or cut short ({expat.ErrorString(error.code)})"
        raise UnreadableXml(message) from None
    if scan.data_start is None:
        message = "holds no rows that could be read"
        raise UnreadableXml(message)
    return scan


class _Scanner:
    """Takes the elements of a sheet in order."""

    def __init__(self, thresholds: Sequence[int]) -> None:
        self.scan = SheetScan()
        self._parser = new_parser()
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start_root
        self._edges = (*thresholds, LAST_COLUMN + 1)
        self._edge = self._edges[0]
        self._number = self._column = self._passed = 0
        self._digits = ""
        self._uncached = False
        self._place = _ROWS
        self._styles_wanted = True
        self._depth = 0
        self._fed = self._still = 0
        self._seen = (0, 0)

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Read the next chunk; a cell without end is refused before it fills the memory."""
        self._parser.Parse(chunk, last)
        self._fed += len(chunk)
        now = (len(self.scan.rows), self._column)
        self._still = self._still + len(chunk) if now == self._seen and self._number else 0
        self._seen = now
        waiting = self._fed - self._parser.CurrentByteIndex
        if not last and max(self._still, waiting) > LARGEST_CELL_BYTES:
            limit = LARGEST_CELL_BYTES >> 20
            message = f"holds a cell or tag of more than {limit} MiB after row {self._number}"
            raise UnreadableXml(message)

    def _start_root(self, name: str, attributes: list[str]) -> None:
        prefix = name.rpartition(":")[0]
        space = _value(attributes, f"xmlns:{prefix}" if prefix else "xmlns")
        if name.rpartition(":")[2] != "worksheet" or space not in _MAIN:
            message = "is not a worksheet"
            raise UnreadableXml(message)
        self.scan.prefix = f"{prefix}:" if prefix else ""
        self._skip = len(self.scan.prefix)
        self._row, self._cell, self._v, self._is, self._f, self._data, self._cols = (
            self.scan.prefix + local for local in ("row", "c", "v", "is", "f", "sheetData", "cols")
        )
        self._validations = self.scan.prefix + "dataValidations"
        self._listen_outside()

    def _listen_outside(self) -> None:
        self._number = 0
        self._parser.StartElementHandler = self._start_outside
        self._parser.EndElementHandler = self._end_outside

    def _start_outside(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        if name == self._data and self.scan.data_start is None:
            self.scan.data_start = self._parser.CurrentByteIndex
            self._parser.StartElementHandler = self._start_inside
            self._parser.EndElementHandler = self._end_inside
            return
        self._note_place_of_rules(name)
        take = _OUTSIDE.get((self._depth, name[self._skip :]))
        if take is not None:
            given = dict(zip(attributes[::2], attributes[1::2], strict=True))
            take(self.scan, self._parser.CurrentByteIndex, given)

    def _note_place_of_rules(self, name: str) -> None:
        scan = self.scan
        is_below_rows = self._depth == 1 and scan.data_start is not None
        if is_below_rows and scan.after_rules is None and name[self._skip :] not in _BEFORE_RULES:
            scan.after_rules = self._parser.CurrentByteIndex

    def _end_outside(self, name: str) -> None:
        self._depth -= 1
        here = self._parser.CurrentByteIndex
        if self._depth == 0 and name == self._cols:
            self.scan.cols_end = here
        elif self._depth == 0 and name == self._validations:
            self.scan.validations_end = here
        elif self._depth < 0 and self.scan.after_rules is None:
            self.scan.after_rules = here

    def _start_inside(self, name: str, attributes: list[str]) -> None:
        if name == self._cell:
            self._start_cell(attributes)
        elif name == self._row:
            self._start_row(attributes)
        elif self._place == _CELLS:
            self._place = _ELSE
        elif name == self._v:
            self._uncached = False
            self.scan.has_values = True
        elif name == self._is:
            self.scan.has_values = True
        elif name == self._f:
            self._uncached = True
            self.scan.formulas_in_runs += self._passed % 2

    def _move(self, expected: int, place: int) -> None:
        """Enter a row or a cell, which must not be inside another."""
        if self._place != expected:
            message = f"has a cell or row inside another one, after row {self._number}"
            raise UnreadableXml(message)
        self._place = place

    def _start_row(self, attributes: list[str]) -> None:
        self._move(_ROWS, _CELLS)
        given = _value(attributes, "r")
        self._number = self._number + 1 if given is None else _row_number(given)
        self._digits = str(self._number)
        self._column = self._passed = 0
        self._edge = self._edges[0]
        self._styles_wanted = self._styles_wanted and len(self.scan.rows) < _STYLED_ROWS
        self.scan.rows.append(self._number)
        self.scan.row_starts.append(self._parser.CurrentByteIndex)

    def _start_cell(self, attributes: list[str]) -> None:
        self._move(_CELLS, _CELL)
        if attributes and attributes[0] == "r":
            reference: str | None = attributes[1]
        else:
            reference = _value(attributes, "r")
        if reference:
            letters = reference.removesuffix(self._digits)
            if len(letters) == len(reference):
                message = f"has a cell {reference[:20]!r} in row {self._number}"
                raise UnreadableXml(message)
            column = _existing_column(letters)
        else:
            column = self._next_column()
        self._column = column
        scan = self.scan
        while column >= self._edge:
            scan.marks.append(self._parser.CurrentByteIndex)
            self._passed += 1
            self._edge = self._edges[self._passed]
        scan.last_column = max(scan.last_column, column)
        scan.first_column = min(scan.first_column, column)
        if self._styles_wanted:
            scan.styles[self._number, column] = _value(attributes, "s") or "0"
            self._styles_wanted = len(scan.styles) < _STYLED_CELLS

    def _next_column(self) -> int:
        if self._column == LAST_COLUMN:
            message = f"has a cell after the last column in row {self._number}"
            raise UnreadableXml(message)
        return self._column + 1

    def _end_inside(self, name: str) -> None:
        if name == self._cell:
            self._place = _CELLS
            if self._uncached:
                self.scan.uncached[self._column] += 1
                self._uncached = False
        elif name == self._row:
            self._place = _ROWS
            here = self._parser.CurrentByteIndex
            self.scan.marks.extend([here] * (len(self._edges) - self._passed))
        elif name == self._data:
            self._depth -= 1
            self._listen_outside()


def _value(attributes: list[str], name: str) -> str | None:
    for at in range(0, len(attributes), 2):
        if attributes[at] == name:
            return attributes[at + 1]
    return None


def _row_number(text: str) -> int:
    number = number_of(text) if text.isascii() else 0
    if not 1 <= number <= LAST_ROW:
        message = f"has a row {text[:20]!r}, which no sheet has"
        raise UnreadableXml(message)
    return number


_Attributes = dict[str, str]


def _take_dimension(scan: SheetScan, at: int, attributes: _Attributes) -> None:
    scan.dimension = (at, attributes.get("ref", ""))


def _take_col(scan: SheetScan, at: int, attributes: _Attributes) -> None:
    scan.cols.append(ColRange(at, attributes))


def _take_filter(scan: SheetScan, at: int, attributes: _Attributes) -> None:
    scan.auto_filter = (at, attributes.get("ref", ""))


def _take_merge(scan: SheetScan, _at: int, attributes: _Attributes) -> None:
    cells = parse_range(attributes.get("ref", ""))
    scan.merges_right = max(scan.merges_right, cells.right if cells else 0)


def _take_validations(scan: SheetScan, at: int, attributes: _Attributes) -> None:
    scan.validations = (at, attributes.get("count", "0"))


def _take_validation(scan: SheetScan, _at: int, attributes: _Attributes) -> None:
    scan.validated.append(attributes.get("sqref", ""))


def _take_table(scan: SheetScan, _at: int, attributes: _Attributes) -> None:
    scan.tables.append(_relation_id(attributes))


def _take_drawing(scan: SheetScan, _at: int, attributes: _Attributes) -> None:
    scan.drawings.append(_relation_id(attributes))


def _existing_column(letters: str) -> int:
    column = column_number(letters)
    if column is None:
        message = f"has a cell in the column {letters[:20]!r}, which no sheet has"
        raise UnreadableXml(message)
    return column


def _relation_id(attributes: _Attributes) -> str:
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


_OUTSIDE: Final[dict[tuple[int, str], Callable[[SheetScan, int, _Attributes], None]]] = {
    (1, "dimension"): _take_dimension,
    (2, "col"): _take_col,
    (1, "autoFilter"): _take_filter,
    (2, "mergeCell"): _take_merge,
    (1, "dataValidations"): _take_validations,
    (2, "dataValidation"): _take_validation,
    (2, "tablePart"): _take_table,
    (1, "drawing"): _take_drawing,
}
