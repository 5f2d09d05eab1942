"""Malicious workbooks: small ones that need much memory, or that declare wrong sizes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from copy import copy
from pathlib import Path

from xlsx_books import MAIN, RELATIONS, rewrite, sheet_xml, small_book, text_of

GOOD = sheet_xml(f"<row>{text_of('Job title')}</row><row>{text_of('PMO Lead')}</row>")
STRINGS = "xl/sharedStrings.xml"
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY c SYSTEM "file:///etc/passwd">]>'


def strings_xml(texts: Iterable[str], before: str = "") -> str:
    """Write the part of the texts that cells share."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'{before}<sst xmlns="{MAIN}">{items}</sst>'


def shared_book(
    path: Path,
    strings: str,
    rows: str,
    part: str = STRINGS,
    extra: Mapping[str, str] | None = None,
) -> Path:
    """Make a workbook whose cells share the texts of a part."""
    small_book(path, sheet_xml(rows), extra={part: strings, **(extra or {})})
    link = f'<Relationship Id="s" Type="{RELATIONS}/sharedStrings" Target="/{part}"/>'.encode()

    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    typed = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'.encode()

    def linked(name: str, data: bytes) -> bytes:
        if name.startswith("[Content"):
            return data.replace(b"</Types>", typed)
        if name == "xl/_rels/workbook.xml.rels":
            return data.replace(b"</Relationships>", link + b"</Relationships>")
        return data

    rewrite(path, linked)
    return path


def shared_rows(*numbers: str) -> str:
    """Write rows of one cell each, that name the texts of these numbers."""
    cell = '<row r="{0}"><c r="A{0}" t="s"><v>{1}</v></c></row>'
    return "".join(cell.format(at, number) for at, number in enumerate(numbers, 1))


def many_share(path: Path, rows: int, length: int) -> Path:
    """Make a small workbook in which one long text stands in every row."""
    cells = '<row r="{0}"><c r="A{0}" t="s"><v>1</v></c><c r="B{0}" t="s"><v>2</v></c></row>'
    body = shared_rows("0") + "".join(cells.format(number) for number in range(2, rows + 2))
    return shared_book(path, strings_xml(["Job title", "PMO Lead", "x" * length]), body)


def lying(path: Path, said: int = 200, summed: int = 200) -> Path:
    """Make a workbook whose texts unpack to more than ``said``, with the sum of so many of them."""
    text = strings_xml(["Job title", "PMO Lead", "y" * 1_000_000])
    shared_book(path, text, shared_rows("0", "1"))
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(STRINGS)
    data = path.read_bytes()
    for old, new in (info.file_size, said), (info.CRC, zlib.crc32(text[:summed].encode())):
        data = data.replace(struct.pack("<I", old), struct.pack("<I", new))
    path.write_bytes(data)
    return path


def overlapping(path: Path) -> Path:
    """Make a workbook that names one large part many times."""
    small_book(path, GOOD)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/large.bin", bytes(range(256)) * 100)
        first = archive.getinfo("xl/large.bin")
        for number in range(20):
            again = copy(first)
            again.filename = f"xl/large{number}.bin"
            archive.filelist.append(again)
    return path


def locked(path: Path) -> Path:
    """Make a workbook whose parts say that they are encrypted."""
    small_book(path, GOOD)
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    path.write_bytes(data)
    return path


def ods_book(path: Path, *sheets: str) -> Path:
    """Make an .ods file of rows written by hand."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    office = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="S{number}">{rows}</table:table>'
        for number, rows in enumerate(sheets)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{office}:manifest:1.0"><m:file-entry m:full-path="/" '
            f'm:media-type="{kind}"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}:office:1.0" '
            f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return path


def ods_row(text: str, rows: int = 1, columns: int = 1) -> str:
    """Write rows of an .ods file that are all alike."""
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell></table:table-row>"
    )
