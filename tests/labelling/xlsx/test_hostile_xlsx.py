"""Workbooks that mean harm: refused with one message, or read within the limits that are stated.

``HYPOTHESIS_PROFILE=nightly`` adds those that take long to make or to read.
"""

from __future__ import annotations

import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import (
    GOOD,
    LAUGHS,
    OUTSIDE,
    STRINGS,
    locked,
    lying,
    many_share,
    ods_book,
    ods_row,
    overlapping,
    shared_book,
    shared_rows,
    strings_xml,
)
from processes import NIGHTLY, Ground
from xlsx_books import parts_of, rewrite, sheet_xml, small_book, text_of

from pmo_classify.errors import PmoClassifyError
from pmo_classify.files.xlsx import legacy, memory_guard
from pmo_classify.files.xlsx import rows as xlsx_rows
from pmo_classify.files.xlsx import xml as xlsx_xml
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.headered_table import headered_tables
from pmo_classify.labelling.label_file import label_file
from pmo_classify.review.apply import apply_review

ENDLESS = '<row r="1">{}</row><row r="2">{}</row>'
FAR = ENDLESS.format(text_of("Job title", "A1"), text_of("x", "XFD1048576"))
Make = Callable[[Path], Path]
TEXTS = ("Job title", "PMO Lead")

REFUSED: dict[str, tuple[Make, str]] = {
    "a cell that says another row": (
        lambda path: small_book(path, sheet_xml(FAR)), "it has a cell 'XFD1048576' in row 2"),
    "a cell whose letters are none": (
        lambda path: small_book(path, sheet_xml(ENDLESS.format("", text_of("x", "A12")))),
        "has a cell in the column 'A1', which no sheet has"),
    "two parts of one name but for capitals": (
        lambda path: small_book(path, GOOD, extra={"XL/Workbook.xml": "<x/>"}),
        "two parts have the same name"),
    "two parts with texts": (
        lambda path: shared_book(
            path, "<sst/>", shared_rows("0"), "xl/other.xml", {STRINGS: "<sst/>"}),
        "both xl/other.xml and xl/sharedStrings.xml hold texts"),
    "a part that holds more than is said": (lying, "the file is damaged or cut short"),
    "one with a sum for more": (
        lambda path: lying(path, 200, 201), f"{STRINGS}: the part holds more than"),
    "parts that overlap": (overlapping, "its parts overlap, as in a zip bomb"),
    "parts with a password": (locked, "it is protected by a password"),
    "laughs in the texts": (
        lambda path: shared_book(path, strings_xml(["&c;"], LAUGHS), shared_rows("0")),
        f"{STRINGS}: the part holds a document type or entities"),
    "laughs after a long comment": (
        lambda path: shared_book(
            path, strings_xml(["&c;"], f"<!--{'x' * 20_000}-->{LAUGHS}"), shared_rows("0")),
        f"{STRINGS}: the part holds a document type or entities"),
    "laughs after a longer one": (
        lambda path: shared_book(
            path, strings_xml(["&c;"], f"<!--{'x' * 90_000}-->{LAUGHS}"), shared_rows("0")),
        "has no element in its first 32 KiB"),
    "a file of the machine in the styles": (
        lambda path: small_book(path, GOOD, extra={"xl/styles.xml": f"{OUTSIDE}<a>&c;</a>"}),
        "xl/styles.xml: the part holds a document type or entities"),
    "a file of the machine in UTF-16, under any name": (
        lambda path: small_book(
            path, GOOD, extra={"xl/odd.bin": f"{OUTSIDE}<a>&c;</a>".encode("utf-16")}),
        "xl/odd.bin: the part holds a document type or entities"),
    "a text that is not there": (
        lambda path: shared_book(path, strings_xml(TEXTS), shared_rows("0", "1", "7")),
        "the cells cannot be read"),
    "a dimension that is none": (
        lambda path: small_book(
            path, GOOD.replace("<sheetData>", '<dimension ref="ZZZ9:1"/><sheetData>')),
        "the cells cannot be read"),
    "a PDF": (lambda path: _written(path, b"%PDF-1.7\n%\xe2\xe3"), "not that of a .xlsx"),
    "a picture": (lambda path: _written(path, b"\x89PNG\r\n\x1a\n\0\0"), "not that of a .xlsx"),
}  # fmt: skip


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _memory(most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _refused(source: Path, message: str) -> None:
    before = source.read_bytes()
    with pytest.raises(PmoClassifyError) as caught:
        label_file(source)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(source))
    assert "\n" not in str(caught.value)
    assert [path.name for path in source.parent.iterdir()] == [source.name]
    assert source.read_bytes() == before


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_workbook_is_refused(tmp_path: Path, name: str) -> None:
    make, message = REFUSED[name]
    _refused(make(tmp_path / "a.xlsx"), message)


@pytest.mark.parametrize(
    "name", ["a cell that says another row", "parts that overlap", "laughs in the texts", "a PDF"]
)
def test_other_commands_refuse_it_too(tmp_path: Path, name: str) -> None:
    """Reading a workbook for review or for its answers has the same limits."""
    make, message = REFUSED[name]
    source = make(tmp_path / "a.xlsx")
    with pytest.raises(PmoClassifyError, match=message.partition(":")[0].partition("(")[0]):
        apply_review(source, tmp_path / "my.csv")
    with pytest.raises(PmoClassifyError):
        _read_all(source)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def _read_all(source: Path) -> None:
    with headered_tables(source, column="A") as tables:
        for table in tables:
            list(table.rows)


def test_many_cells_that_share_a_long_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader that copies the text for each cell is not asked; the answers are the same."""
    source = many_share(tmp_path / "a.xlsx", 300, 30_000)
    expected = label_file(source, tmp_path / "quick.xlsx").by_answer
    monkeypatch.setattr(memory_guard, "LARGEST_TEXTS_AT_ONCE", 8_000_000)
    monkeypatch.setattr(xlsx_rows, "_rows_at_once", lambda *_: pytest.fail("it would be copied"))
    assert label_file(source).by_answer == expected
    assert expected["pmo", "3"] == 300


def test_few_cells_that_share_a_long_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One long text that few cells show is no reason to read slowly."""
    body = shared_rows("0", *["1"] * 500, "2")
    source = shared_book(
        tmp_path / "a.xlsx", strings_xml(["Job title", "PMO Lead", "x" * 30_000]), body
    )
    monkeypatch.setattr(memory_guard, "LARGEST_TEXTS_AT_ONCE", 1_000_000)
    monkeypatch.setattr(xlsx_rows, "_rows_one_by_one", lambda *_: pytest.fail("it is light"))
    assert label_file(source).rows == 501


@pytest.mark.parametrize("wrong", ["", "-1", "x", "9" * 30, "1.5"])
def test_cells_that_name_no_text(tmp_path: Path, wrong: str) -> None:
    """The rows around such a cell keep their answers."""
    rows = shared_rows("0", "1", wrong, "1")
    source = shared_book(tmp_path / "a.xlsx", strings_xml(TEXTS), rows)
    assert label_file(source).by_answer["pmo", "3"] == 2


def test_elements_without_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_xml, "MOST_ELEMENTS", 50)
    source = small_book(tmp_path / "a.xlsx", GOOD)
    rewrite(source, lambda _, d: d.replace(b"<sheets>", b"<a/>" * 60 + b"<sheets>"))
    _refused(source, "xl/workbook.xml: the part holds more than 50 elements and attributes")


def test_a_tag_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_xml, "LARGEST_CELL_BYTES", 1 << 20)
    source = small_book(tmp_path / "a.xlsx", GOOD)
    long = b'<a x="%s"/>' % (b"y" * 3_000_000)
    rewrite(source, lambda _, d: d.replace(b"<sheets>", long + b"<sheets>"))
    _refused(source, "xl/workbook.xml: the part holds a tag or text of more than 1 MiB")


@pytest.mark.parametrize("said", ["A1:XFD1048576", "A1", "B7:A1", "", "A1:C0"])
def test_a_dimension_that_lies(tmp_path: Path, said: str) -> None:
    """The places of the cells count, not the size that the sheet declares."""
    sheet = GOOD.replace("<sheetData>", f'<dimension ref="{said}"/><sheetData>')
    assert label_file(small_book(tmp_path / "a.xlsx", sheet)).by_answer["pmo", "3"] == 1


def test_as_many_columns_as_there_is_room_for(tmp_path: Path) -> None:
    cells = text_of("Job title", "A1") + "<c/>" * (16_384 - len(LABEL_COLUMNS) - 1)
    rows = f'<row r="1">{cells}</row><row r="2">{text_of("PMO Lead", "A2")}</row>'
    assert label_file(small_book(tmp_path / "a.xlsx", sheet_xml(rows))).rows == 1
    rows = rows.replace("</row>", "<c/></row>", 1)
    (tmp_path / "a.labelled.xlsx").unlink()
    _refused(small_book(tmp_path / "a.xlsx", sheet_xml(rows)), "no room for 11 columns")


def test_empty_rows_without_number(tmp_path: Path) -> None:
    count = 1_048_000 if NIGHTLY else 30_000
    sheet = GOOD.replace("</sheetData>", "<row/>" * count + "</sheetData>")
    assert label_file(small_book(tmp_path / "a.xlsx", sheet)).rows == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_a_title_never_becomes_a_formula(tmp_path: Path, start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0 PMO Lead"
    rows = f"<row>{text_of('Job title')}</row><row>{text_of(text)}</row>"
    label_file(small_book(tmp_path / "a.xlsx", sheet_xml(rows)))
    assert b"<f>" not in parts_of(tmp_path / "a.labelled.xlsx")["xl/odd/Blatt1.xml"]


@pytest.mark.parametrize("change", ["cut short", "one bit changed"])
def test_a_damaged_workbook(tmp_path: Path, change: str) -> None:
    """Wherever it is damaged, a message says so or nothing changes; there is no other error."""
    whole = small_book(tmp_path / "whole.xlsx", GOOD).read_bytes()
    source = tmp_path / "a.xlsx"
    told = 0
    places = range(0, len(whole), 1 if NIGHTLY else 23)
    for at in places:
        broken = bytearray(whole)
        broken[at] ^= 1
        source.write_bytes(whole[:at] if change == "cut short" else broken)
        try:
            label_file(source, tmp_path / "out.xlsx", force=True)
        except PmoClassifyError:
            told += 1
        assert {path.name for path in tmp_path.iterdir()} <= {"whole.xlsx", "a.xlsx", "out.xlsx"}
    assert told > len(places) // 4


def test_an_ods_file_whose_sheets_add_up(tmp_path: Path) -> None:
    rows = ods_row("Job title") + ods_row("x", 90_000, 100)
    _refused(ods_book(tmp_path / "a.ods", rows, rows, rows), "it has more than 20,000,000 cells")


def test_an_ods_file_that_repeats_a_long_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a small file asks for is tried in another process, which may not take so much."""
    monkeypatch.setattr(legacy, "LARGEST_LEGACY_BYTES", 256 << 20)
    rows = ods_row("Job title") + ods_row("x" * 100_000, 200_000)
    _refused(ods_book(tmp_path / "a.ods", rows), "reading it takes more than 256 MiB of memory")


@pytest.mark.skipif(not NIGHTLY, reason="for the nightly profile")
def test_what_a_small_workbook_can_ask_for(tmp_path: Path) -> None:
    """A real process with 1 GiB: 6 GB of texts from 2 MB, 7,000,000 elements from 30 KB."""
    ground = Ground.make(tmp_path)
    many_share(ground.folder / "texts.xlsx", 200_000, 32_000)
    small_book(ground.folder / "tags.xlsx", GOOD)
    rewrite(
        ground.folder / "tags.xlsx",
        lambda _, d: d.replace(b"<sheets>", b"<a/>" * 7_000_000 + b"<sheets>"),
    )
    limited = _memory(1 << 30)
    assert ground.run("label", "texts.xlsx", before=limited).code == 0
    run = ground.run("label", "tags.xlsx", before=limited)
    run.check_refused("more than 1,000,000 elements")


@pytest.mark.skipif(not NIGHTLY, reason="for the nightly profile")
def test_a_cell_of_one_gigabyte(tmp_path: Path) -> None:
    """A real process with 512 MiB of memory refuses it."""
    ground = Ground.make(tmp_path)
    head, tail = GOOD.split("PMO Lead")
    with zipfile.ZipFile(small_book(ground.folder / "a.xlsx", GOOD)) as old:
        others = {i.filename: old.read(i) for i in old.infolist() if "Blatt" not in i.filename}
    piece = "".join(f"{number * 2_654_435_761 % 2**32:08x}" for number in range(1 << 17)).encode()
    with zipfile.ZipFile(
        ground.folder / "a.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1
    ) as new:
        for name, data in others.items():
            new.writestr(name, data)
        with new.open("xl/odd/Blatt1.xml", "w", force_zip64=True) as part:
            part.write(head.encode())
            for _ in range(1 << 10):
                part.write(piece)
            part.write(tail.encode())
    run = ground.run("label", "a.xlsx", before=_memory(1 << 29))
    run.check_refused("holds a cell or tag of more than 8 MiB")
