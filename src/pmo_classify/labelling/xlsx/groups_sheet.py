"""The sheet "Title groups" of a labelled workbook: each title once, with all its spellings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from pmo_classify.files.xlsx.cell_range import column_letter
from pmo_classify.files.xlsx.limits import LAST_ROW
from pmo_classify.files.xlsx.new_sheet import sheet_start
from pmo_classify.files.xlsx.xml import quoted
from pmo_classify.labelling.groups import GROUP_COLUMNS, TitleGroup, group_cells
from pmo_classify.labelling.xlsx.cells import text_cell

__all__ = ["GROUPS_SHEET", "GROUP_WIDTHS", "group_rows", "write_groups_sheet"]

GROUPS_SHEET: Final = "Title groups"
GROUP_WIDTHS: Final = (46, 8, 11, 70, 11, 8, 26, 9)
"""The width of each column in characters."""


def group_rows(groups: Sequence[TitleGroup]) -> Iterator[Sequence[str | int | None]]:
    """Return the rows of the sheet after its header, as many as a sheet has room for."""
    for group in groups[: LAST_ROW - 1]:
        yield group_cells(group, " | ")


def write_groups_sheet(
    groups: Sequence[TitleGroup], namespace: str, header: int | None, out: BinaryIO
) -> None:
    """Write the sheet as XML; ``header`` is the number of the format of its first row."""
    columns = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (at, at, width)
        for at, width in enumerate(GROUP_WIDTHS, start=1)
    )
    out.write(sheet_start(namespace))
    out.write(
        b'<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        b'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        b"<cols>%s</cols><sheetData>" % columns
    )
    out.write(_row(1, GROUP_COLUMNS, header))
    for number, cells in enumerate(group_rows(groups), start=2):
        out.write(_row(number, cells, None))
    last = f"A1:{column_letter(len(GROUP_COLUMNS) - 1)}{min(len(groups) + 1, LAST_ROW)}"
    out.write(b"</sheetData><autoFilter ref=%s/></worksheet>" % quoted(last))


def _row(number: int, cells: Sequence[str | int | None], style: int | None) -> bytes:
    look = b"" if style is None else b' s="%d"' % style
    written = b"".join(
        _cell(f"{column_letter(at)}{number}".encode(), value, look)
        for at, value in enumerate(cells)
        if value not in ("", None)
    )
    return b'<row r="%d">%s</row>' % (number, written)


def _cell(place: bytes, value: str | int | None, look: bytes) -> bytes:
    if isinstance(value, int):
        return b'<c r="%s"%s><v>%d</v></c>' % (place, look, value)
    return b'<c r="%s"%s t="inlineStr">%s</c>' % (place, look, text_cell(value or ""))
