"""Workbooks for the tests: one with every feature, and small ones written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsx_linked import LINKED_PARTS, linked

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TITLES = ("PMO Analyst", "Head of PMO", "Chef", "Project Support Officer", "PMO Lead", "PMO")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cf"
    "c000000301010018dd8db00000000049454e44ae426082"
)


def full_book(path: Path, *, table: bool = True) -> Path:
    """Make a workbook with every feature that must come back."""
    book = xlsxwriter.Workbook(path)
    book.set_properties(
        {"title": "Ads", "author": "Ann", "created": datetime(2024, 5, 3, tzinfo=UTC)}
    )
    book.set_custom_property("Checked by", "Bob")
    if path.suffix == ".xlsm":
        macros = path.with_suffix(".bin")
        macros.write_bytes(b"\xd0\xcf\x11\xe0 not a real project")
        book.add_vba_project(str(macros))
    ads = book.add_worksheet("Ads")
    _fill_ads(book, ads, table=table)
    ads.repeat_rows(0)
    charts = book.add_worksheet("Charts & more")
    charts.write_column(0, 0, [3, 1, 2])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Charts & more'!$A$1:$A$3"})
    charts.insert_chart("C2", chart)
    charts.insert_image("C20", "dot.png", {"image_data": io.BytesIO(PNG)})
    charts.add_sparkline("B1", {"range": "'Charts & more'!A1:A3"})
    charts.write_formula("A5", "=SUM(A1:A3)", None, 6)
    charts.insert_textbox("H2", "a note")
    hidden = book.add_worksheet("Hidden")
    hidden.write_row(0, 0, ["Job title"])
    hidden.write_row(1, 0, ["PMO Lead"])
    hidden.hide()
    book.add_chartsheet("Picture").set_chart(_line(book))
    book.define_name("Places", "=Ads!$C$2:$C$7")
    book.close()
    rewrite(path, linked, EXTRA_PARTS)
    return path


def _line(book: Any) -> Any:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Charts & more'!$A$1:$A$3"})
    return chart


def _fill_ads(book: Any, sheet: Any, *, table: bool) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#DDDDDD", "border": 1})
    money = book.add_format({"num_format": "#,##0.00"})
    rich = book.add_format({"bold": True})
    names = ["Id", "Job title", "Place", "Pay", "Bonus", "Note"]
    sheet.write_row(0, 0, names, bold)
    for row, title in enumerate(TITLES, 1):
        sheet.write_string(row, 0, f"00{row}")
        sheet.write_string(row, 1, title)
        sheet.write_string(row, 2, "Leeds")
        sheet.write_number(row, 3, 1000 * row, money)
        sheet.write_formula(row, 4, f"=D{row + 1}/10", money, 100 * row)
    sheet.write_rich_string(2, 5, "some ", rich, "bold", " text")
    sheet.write_string(3, 5, "=not a formula")
    sheet.write_url(4, 5, "https://example.org/")
    sheet.write_comment(1, 1, "seen")
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 30, book.add_format({"text_wrap": True}))
    sheet.set_row(0, 24)
    sheet.set_row(6, None, None, {"hidden": False, "level": 1})
    sheet.freeze_panes(1, 2)
    if table:
        columns: list[dict[str, Any]] = [{"header": name} for name in names]
        columns[0]["total_string"] = "Total"
        columns[3]["total_function"] = "sum"
        sheet.add_table(
            0, 0, 7, 5, {"name": "Jobs", "columns": columns, "total_row": True, "style": None}
        )
    else:
        sheet.autofilter(0, 0, 6, 5)
    sheet.conditional_format(1, 3, 6, 3, {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(1, 3, 6, 3, {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.conditional_format(
        1, 2, 6, 2, {"type": "text", "criteria": "containing", "value": "L", "format": bold}
    )
    sheet.data_validation(1, 2, 6, 2, {"validate": "list", "source": ["Leeds", "York"]})
    sheet.set_header("&LAds")
    sheet.set_landscape()
    sheet.print_area(0, 0, 6, 5)
    sheet.set_tab_color("red")
    sheet.ignore_errors({"number_stored_as_text": "A2:A7"})


EXTRA_PARTS = {
    **LINKED_PARTS,
    "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
}


def rewrite(
    path: Path,
    change: Callable[[str, bytes], bytes],
    parts: Mapping[str, bytes] | None = None,
) -> None:
    """Change the parts of a package one by one, and add others."""
    with zipfile.ZipFile(path) as old:
        kept = {info.filename: old.read(info) for info in old.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in kept.items():
            new.writestr(name, change(name, data))
        for name, data in (parts or {}).items():
            new.writestr(name, data)


def parts_of(path: Path) -> dict[str, bytes]:
    """Read all parts, in their order."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def text_of(text: str, at: str = "", prefix: str = "") -> str:
    """Write a text cell, with its place or without."""
    p, r = prefix, f' r="{at}"' if at else ""
    return f'<{p}c{r} t="inlineStr"><{p}is><{p}t>{text}</{p}t></{p}is></{p}c>'


def sheet_xml(
    rows: str, *, space: str = MAIN, before: str = "", after: str = "", p: str = ""
) -> str:
    """Write a sheet by hand."""
    xmlns = f"xmlns:{p[:-1]}" if p else "xmlns"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{p}worksheet {xmlns}="{space}" '
        f'xmlns:r="{RELATIONS}">{before}<{p}sheetData>{rows}</{p}sheetData>{after}</{p}worksheet>'
    )


def small_book(
    path: Path,
    *sheets: str | bytes,
    strict: bool = False,
    extra: Mapping[str, str | bytes] | None = None,
) -> Path:
    """Make a workbook of sheets written by hand; parts have names that tell nothing."""
    links = STRICT_RELATIONS if strict else RELATIONS
    space = STRICT_MAIN if strict else MAIN
    names = [f"xl/odd/Blatt{number}.xml" for number in range(1, len(sheets) + 1)]
    types = "".join(f'<Override PartName="/{n}" ContentType="{SHEET_TYPE}"/>' for n in names)
    listed = "".join(
        f'<sheet name="S{i}" sheetId="{i}" r:id="x{i}"/>' for i in range(1, len(sheets) + 1)
    )
    targets = "".join(
        f'<Relationship Id="x{i}" Type="{links}/worksheet" Target="/{name}"/>'
        for i, name in enumerate(names, 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{BOOK_TYPE}"/>{types}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
            f'Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{space}" xmlns:r="{links}"><sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>'
        ),
        **dict(zip(names, sheets, strict=True)),
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
