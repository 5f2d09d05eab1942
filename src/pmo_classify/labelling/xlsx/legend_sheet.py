"""The legend as a sheet of an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence

from pmo_classify.labelling.label_set import LabelSet
from pmo_classify.labelling.xlsx.cells import text_cell
from pmo_classify.labelling.xlsx.legend import LegendLook, LegendRow, legend_rows, legend_widths
from pmo_classify.labelling.xlsx.styles import LegendStyles

__all__ = ["legend_xml"]


def legend_xml(styles: LegendStyles, sets: Sequence[LabelSet]) -> bytes:
    """Return what the ``worksheet`` element of the legend of some sets of labels holds."""
    shown = legend_rows(sets)
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(legend_widths(shown), 1)
    )
    rows = b"".join(_row(number, row, styles) for number, row in enumerate(shown, 1))
    return (
        b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        b'<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
        b"<cols>%s</cols><sheetData>%s</sheetData>"
        b'<pageSetup orientation="landscape" fitToHeight="0"/>'
    ) % (widths.encode(), rows)


def _row(number: int, row: LegendRow, styles: LegendStyles) -> bytes:
    name, meaning = styles.name, styles.text
    if row.look is LegendLook.HEADING:
        name = meaning = styles.heading
    elif row.look is LegendLook.LEVEL:
        name = styles.levels[row.level - 1]
    elif row.look is LegendLook.REVIEW:
        name = styles.review
    cells = _cell(f"A{number}", row.name, name) + _cell(f"B{number}", row.meaning, meaning)
    return b'<row r="%d" ht="%g" customHeight="1">%s</row>' % (number, row.height, cells)


def _cell(place: str, text: str, style: int | None) -> bytes:
    look = "" if style is None else f' s="{style}"'
    return f'<c r="{place}"{look} t="inlineStr">'.encode() + text_cell(text) + b"</c>"
