"""Workbooks that are refused: one line with what, where and what to do, and nothing written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from xlsx_books import MAIN, PACKAGE, parts_of, rewrite, sheet_xml, small_book, text_of

from pmo_classify.errors import FileError
from pmo_classify.files.xlsx import legacy
from pmo_classify.files.xlsx import limits as xlsx_limits
from pmo_classify.files.xlsx import package as xlsx_package
from pmo_classify.files.xlsx import scan as xlsx_scan
from pmo_classify.labelling.xlsx.label import label_xlsx

GOOD = sheet_xml(f"<row>{text_of('Job title')}</row><row>{text_of('PMO Lead')}</row>")
TWO = sheet_xml(
    f"<row>{text_of('Title')}{text_of('Role')}</row>"
    f"<row>{text_of('PMO Lead')}{text_of('PMO Lead')}</row>"
)
NONE = sheet_xml(f"<row>{text_of('a')}{text_of('b')}</row><row>{text_of('x')}{text_of('y')}</row>")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _zip(packed: int = zipfile.ZIP_STORED, /, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


BYTES = {
    "an unknown ending": ("a.docx", b"x", "not a workbook by its ending '.docx'"),
    "a binary workbook": ("a.xlsb", b"PK\x03\x04", "a binary workbook cannot be read: save it as"),
    "empty": ("a.xlsx", b"", "the file is empty"),
    "text": ("a.xlsx", b"id,title\n1,Chef\n", "it is text: if it is a table, rename it to .csv"),
    "a web page": ("a.xls", b"<html><table>", "it is a web page or XML; open it in Excel"),
    "noise": ("a.xlsx", bytes(500), "its content is not that of a .xlsx file"),
    "a password": (
        "a.xlsx",
        COMPOUND + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password: save it without one",
    ),
    "an old file": ("a.xlsx", COMPOUND + bytes(99), "rename it to .xls"),
    "a new file": ("a.xls", b"PK\x03\x04", "rename it to .xlsx"),
    "a broken old file": ("a.xls", COMPOUND + bytes(2_000), "not a readable workbook"),
    "cut short": ("a.xlsx", _zip(a=b"x")[:60], "damaged or cut short"),
    "a name that is no text": (
        "a.xlsx",
        _zip(**{"é.xml": b"x"}).replace("é".encode(), b"\xff\xff", 1),
        "the file is damaged or cut short",
    ),
    "parts packed as no workbook's are": (
        "a.xlsx",
        _zip(zipfile.ZIP_BZIP2, a=b"x"),
        "a: the part is compressed in a way that no workbook uses: open it in Excel",
    ),
    "any zip": ("a.xlsx", _zip(a=b"x"), "there is no workbook in it"),
    "any zip as .ods": ("a.ods", _zip(a=b"x"), "there is no workbook in it"),
}


@pytest.mark.parametrize("name", BYTES)
def test_files_that_are_no_workbook(tmp_path: Path, name: str) -> None:
    file, data, message = BYTES[name]
    source = tmp_path / file
    source.write_bytes(data)
    _refused(source, message)


def _refused(source: Path, message: str, **options: str | bool | None) -> None:
    with pytest.raises(FileError) as caught:
        label_xlsx(source, **options)  # type: ignore[arg-type]
    text = str(caught.value)
    assert message in text
    assert text.startswith(str(source))
    assert "\n" not in text
    assert [path.name for path in source.parent.iterdir()] == [source.name]


SHEETS = {
    "no titles": (NONE, "no column looks like job titles: choose one with --column"),
    "two columns": (TWO, "the titles could be in 'Title' (A) with 'PMO Lead' or 'Role' (B) with"),
    "an empty sheet": (sheet_xml(""), "there is nothing in it"),
    "a document type": (
        f'<!DOCTYPE w [<!ENTITY a "b">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        "the part holds a document type or entities, which no workbook needs",
    ),
    "a late document type": (
        f"<!--{'x' * 5_000}--><!DOCTYPE w><worksheet xmlns='{MAIN}'><sheetData/></worksheet>",
        "a document type or entities, which no workbook needs",
    ),
    "cut XML": (GOOD[:-30], "is damaged or cut short"),
    "another document": ("<a/>", "is not a worksheet"),
    "no rows part": (f'<worksheet xmlns="{MAIN}"/>', "holds no rows"),
    "another encoding": (GOOD.replace("UTF-8", "ISO-8859-1"), "in the encoding 'ISO-8859-1'"),
    "a row too far": (sheet_xml('<row r="1048577"/>'), "has a row '1048577', which no sheet has"),
    "a row far too far": (sheet_xml(f'<row r="{"0" * 8}1{"9" * 5_000}"/>'), "which no sheet has"),
    "a column too far": (
        sheet_xml(f"<row>{text_of('x', 'XFE1')}</row>"),
        "has a cell in the column 'XFE'",
    ),
    "a cell in a cell": (
        sheet_xml(f"<row>{text_of('Job title')}{text_of(text_of('PMO Lead'))}</row>"),
        "has a cell or row inside another one, after row 1",
    ),
    "a row in a row": (sheet_xml("<row/><row><row/></row>"), "inside another one, after row"),
    "a cell in no row": (sheet_xml(text_of("Job title")), "inside another one, after row 0"),
    "a cell in another thing": (sheet_xml("<row><x><c/></x></row>"), "inside another one"),
    "a cell after the last column": (
        sheet_xml(f"<row>{text_of('Job title', 'A1')}{text_of('x', 'XFD1')}{text_of('x')}</row>"),
        "has a cell after the last column in row 1",
    ),
    "no room at the right": (
        sheet_xml(f"<row>{text_of('Job title', 'A1')}{text_of('x', 'XFA1')}</row>"),
        "no room for 11 columns at the right, where column XFA is used",
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_that_cannot_be_labelled(tmp_path: Path, name: str) -> None:
    sheet, message = SHEETS[name]
    _refused(small_book(tmp_path / "a.xlsx", sheet), message)


def test_no_sheet_has_titles(tmp_path: Path) -> None:
    source = small_book(tmp_path / "a.xlsx", NONE, NONE)
    _refused(source, "the sheets are 'S1', 'S2'")
    _refused(source, "there is no sheet 'X': name one of 'S1', 'S2'", sheet="X")
    _refused(source, "there is no column 'job'", sheet="S1", column="job")


@pytest.mark.parametrize("part", ["../../evil.xml", "/etc/passwd", "a\\..\\b", "c:evil"])
def test_parts_that_point_outside(tmp_path: Path, part: str) -> None:
    source = small_book(tmp_path / "a.xlsx", GOOD, extra={part: "x"})
    _refused(source, "points outside the file")


def test_a_zip_bomb(tmp_path: Path) -> None:
    """A part that unpacks to far more than its size is refused before it is unpacked."""
    bomb = sheet_xml(" " * (xlsx_limits.RATIO_FROM_BYTES + 1))
    _refused(small_book(tmp_path / "a.xlsx", bomb), "as a zip bomb does")


LIMITS: dict[str, tuple[object, str, int, str]] = {
    "package": (xlsx_package, "LARGEST_PACKAGE_BYTES", 1_000, "is the limit: split it"),
    "parts": (xlsx_package, "MOST_PARTS", 3, "it holds 5 parts, and 3 is the limit"),
    "small part": (xlsx_package, "LARGEST_SMALL_PART_BYTES", 100, "the part is larger than"),
    "cell": (xlsx_scan, "LARGEST_CELL_BYTES", 10_000, "holds a cell or tag of more than"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    module, constant, value, message = LIMITS[name]
    monkeypatch.setattr(module, constant, value)
    long = sheet_xml(f"<row>{text_of('Job title')}</row><row>{text_of('x' * 2_000_000)}</row>")
    _refused(small_book(tmp_path / "a.xlsx", long), message)


@pytest.mark.parametrize("long", ["<!--{}-->", "<a x='{}'/>", "<row><c><v>{}</v></c></row>"])
def test_one_huge_token_is_refused_in_bounded_memory(tmp_path: Path, long: str) -> None:
    words = "".join(f"{number:x} " for number in range(2_500_000))
    source = small_book(tmp_path / "a.xlsx", sheet_xml(long.format(words)))
    _refused(source, "holds a cell or tag of more than 8 MiB")


def test_two_cells_a_sheet_apart(tmp_path: Path) -> None:
    """A sheet whose cells are far apart is read row by row, not as the box between them."""
    far = text_of("x", "XEA1048576")
    rows = f'<row r="1">{text_of("Job title", "A1")}</row><row r="2">{text_of("Chef", "A2")}</row>'
    source = small_book(tmp_path / "a.xlsx", sheet_xml(f'{rows}<row r="1048576">{far}</row>'))
    summary = label_xlsx(source)
    assert summary.by_answer["other", ""] == 2


def test_damaged_parts(tmp_path: Path) -> None:
    """A part whose bytes do not match its checksum is refused, even one that is only copied."""
    source = small_book(tmp_path / "a.xlsx", GOOD, extra={"xl/kept.bin": b"kept" * 99})
    with zipfile.ZipFile(source, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/last.bin", b"unmistakable")
    source.write_bytes(source.read_bytes().replace(b"unmistakable", b"unmistakxble"))
    _refused(source, "damaged or cut short")


CONTAINERS: dict[str, tuple[Callable[[str, bytes], bytes], str]] = {
    "another document": (
        lambda n, d: b"<document/>" if n == "xl/workbook.xml" else d,
        "not a workbook but another kind",
    ),
    "a broken main part": (
        lambda n, d: d[:-9] if n == "xl/workbook.xml" else d,
        "xl/workbook.xml: the part is damaged",
    ),
    "entities in the relations": (
        lambda n, d: b'<!DOCTYPE a [<!ENTITY b "c">]>' + d if n == "_rels/.rels" else d,
        "_rels/.rels: the part holds a document type or entities",
    ),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_containers(tmp_path: Path, name: str) -> None:
    change, message = CONTAINERS[name]
    source = small_book(tmp_path / "a.xlsx", GOOD)
    rewrite(source, change)
    _refused(source, message)


def test_a_signature_is_told_or_refused(tmp_path: Path) -> None:
    """The labelled copy is not what was signed; a strict run refuses to make it."""
    source = small_book(tmp_path / "a.xlsx", GOOD)
    origin = (
        f'<Relationship Id="s" Target="_xmlsignatures/origin.sigs" Type="{PACKAGE}/relationships/'
        'digital-signature/origin"/></Relationships>'
    ).encode()
    rewrite(
        source,
        lambda n, d: d.replace(b"</Relationships>", origin) if n == "_rels/.rels" else d,
        {"_xmlsignatures/origin.sigs": b""},
    )
    _refused(source, "the signature will not be valid", strict=True)
    assert "the signature will not be valid" in label_xlsx(source).warnings[0]
    assert "_xmlsignatures/origin.sigs" in parts_of(tmp_path / "a.labelled.xlsx")


def test_repeated_cells_of_an_ods_file(tmp_path: Path) -> None:
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t"><table:table><table:table-row '
        'table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:document-content>"
    )
    source = tmp_path / "a.ods"
    source.write_bytes(_zip(**{"content.xml": content.encode()}))
    _refused(source, "has more than 20,000,000 cells")


def test_a_reader_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged file can end the reader's process: ours goes on and says so."""
    monkeypatch.setattr(legacy, "_PROGRAM", "import os; os.abort()")
    source = tmp_path / "a.xls"
    source.write_bytes(COMPOUND + bytes(2_000))
    _refused(source, "the workbook is damaged: open it in Excel")


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="this is a folder"):
        label_xlsx(tmp_path)
    with pytest.raises(FileError, match="there is no such file"):
        label_xlsx(tmp_path / "none.xlsx")
