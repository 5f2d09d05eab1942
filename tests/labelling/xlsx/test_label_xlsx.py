"""Labels for a workbook: everything is kept, and the label cells are where they should be."""

from __future__ import annotations

import csv
import itertools
import posixpath
import re
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from python_calamine import CalamineWorkbook
from xlsx_books import (
    EXTRA_PARTS,
    STRICT_MAIN,
    TITLES,
    full_book,
    parts_of,
    rewrite,
    sheet_xml,
    small_book,
    text_of,
)
from xlsx_linked import LINKED_PARTS

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.files.xlsx import scan as xlsx_scan
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.labeller import Labeller
from pmo_classify.labelling.xlsx.label import label_xlsx

SHEET = "xl/worksheets/sheet1.xml"
LETTERS = "GHIJKLMNOPQ"
BOOKS = [("ads.xlsx", True), ("ads.xlsx", False), ("ads.xlsm", True), ("ads.xlsm", False)]


def _values(path: Path, sheet: str) -> list[list[Any]]:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).iter_rows()
    return [list(row) for row in rows]


def _opened(path: Path, **options: bool) -> Any:
    """Open with openpyxl, which warns of all that it would lose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, **options)


def _looks(sheet: Any) -> list[tuple[object, ...]]:
    cells = (cell for row in sheet["A1:F7"] for cell in row)
    return [(c.number_format, c.font.b, c.fill.fgColor.rgb, c.border.left.style) for c in cells]


def _expected(title: str) -> list[Any]:
    cells: list[Any] = list(Labeller(Classifier()).cells(title))
    return [float(c) if i in {1, 8} and c else c for i, c in enumerate(cells)]


def _changed(old: dict[str, bytes], new: dict[str, bytes]) -> set[str]:
    return {name for name in old if old[name] != new.get(name)}


@pytest.fixture(params=BOOKS, ids=lambda book: f"{book[0]}-{'table' if book[1] else 'filter'}")
def full(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path, bool]:
    name, table = request.param
    source = full_book(tmp_path / name, table=table)
    target = tmp_path / f"out{source.suffix}"
    label_xlsx(source, target)
    return source, target, table


def test_all_other_parts_byte_for_byte(full: tuple[Path, Path, bool]) -> None:
    """Only the sheet, its table (or the filter's name), and the styles are touched."""
    old, new = parts_of(full[0]), parts_of(full[1])
    assert list(old) == list(new)
    shared = {"xl/tables/table1.xml"} if full[2] else {"xl/workbook.xml"}
    assert _changed(old, new) == {SHEET, "xl/styles.xml"} | shared
    assert set(EXTRA_PARTS) <= set(new)


def test_openpyxl_as_the_writer_would_fail_this_test(full: tuple[Path, Path, bool]) -> None:
    """The check above fails after a plain load and save, which loses and rewrites parts."""
    copy = full[0].with_name(f"copy{full[0].suffix}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openpyxl.load_workbook(full[0], keep_vba=full[0].suffix == ".xlsm").save(copy)
    old, new = parts_of(full[0]), parts_of(copy)
    assert set(old) - set(new)
    assert len(_changed(old, new)) > 10


def _without_ours(sheet: bytes, old: bytes) -> bytes:
    """Return the workbook without the label cells and widths, and with its old areas."""
    plain = re.sub(rb'<c r="[%s]\d+"[^>]*>.*?</c>' % LETTERS.encode(), b"", sheet)
    plain = re.sub(rb'<col min="(?:[7-9]|1\d)" max="\d+" width="\d+" customWidth="1"/>', b"", plain)
    plain = plain.replace(b'spans="1:17"', b'spans="1:6"')
    plain = re.sub(rb'<dataValidation allowBlank[^>]*promptTitle="pmo_[^>]*/>', b"", plain)
    count = b'<dataValidations count="%d">'
    plain = plain.replace(count % (len(LABEL_COLUMNS) + 1), count % 1)
    plain = re.sub(rb'<dataValidations count="\d+"></dataValidations>', b"", plain)
    for tag in (rb'<dimension ref="[^"]*"/>', rb'<autoFilter ref="[^"]*"'):
        found = re.search(tag, old)
        if found:
            plain = re.sub(tag, found[0], plain)
    return plain


def test_our_cells_taken_out_again_leave_the_old_sheet(full: tuple[Path, Path, bool]) -> None:
    old, new = parts_of(full[0])[SHEET], parts_of(full[1])[SHEET]
    assert _without_ours(new, old) == old


def test_old_and_new_values_as_readers_see_them(full: tuple[Path, Path, bool]) -> None:
    """calamine and openpyxl read the old values and the labels."""
    before, after = _values(full[0], "Ads"), _values(full[1], "Ads")
    assert [row[:6] for row in after] == before
    assert after[0][6:] == list(LABEL_COLUMNS)
    assert [row[6:] for row in after[1:7]] == [_expected(title) for title in TITLES]
    for options in ({"data_only": True}, {"data_only": False}):
        old, new = (_opened(path, **options)["Ads"] for path in full[:2])
        kept = [[c.value for c in row[:6]] for row in new.iter_rows()]
        assert kept == [[c.value for c in row] for row in old.iter_rows()]
        assert new["H3"].value == 4
        assert new["G2"].data_type == "s"
        assert _looks(new) == _looks(old)


def test_every_relationship_and_content_type_resolves(full: tuple[Path, Path, bool]) -> None:
    parts = parts_of(full[1])
    types = etree.fromstring(parts["[Content_Types].xml"])
    overrides = {node.get("PartName").lstrip("/") for node in types if node.get("PartName")}
    assert overrides <= set(parts)
    for name, data in parts.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for node in etree.fromstring(data):
                if node.get("TargetMode") != "External":
                    path = posixpath.join("/", folder, node.get("Target"))
                    assert posixpath.normpath(path).lstrip("/") in parts


def test_linked_features_are_still_linked(full: tuple[Path, Path, bool]) -> None:
    """Pivot, slicer, threaded comment, printer settings: each is reached, as before."""
    parts = parts_of(full[1])
    reached = set()
    for name in (n for n in parts if n.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(name))
        for node in etree.fromstring(parts[name]):
            target = posixpath.join("/", folder, node.get("Target"))
            reached.add(posixpath.normpath(target).lstrip("/"))
    assert {name for name in LINKED_PARTS if not name.endswith(".rels")} <= reached
    assert b'<x14:slicer r:id="rIdSlicer"/>' in parts[SHEET]
    assert b'r:id="rIdPrinter"' in parts[SHEET]
    assert parts[SHEET].count(b'<f t="shared" si="0"/>') == len(TITLES) - 1
    assert [p.name for p in _opened(full[1])["Charts & more"]._pivots] == ["P"]


@pytest.mark.parametrize("size", [61, 400])
def test_pieces_of_any_size_give_the_same(
    full: tuple[Path, Path, bool], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Where a piece of the sheet ends changes nothing, in the first run and the second."""
    monkeypatch.setattr(xlsx_scan, "CHUNK", size)
    for source in full[:2]:
        target = source.with_name(f"pieces{source.suffix}")
        label_xlsx(source, target, force=True)
        assert parts_of(target) == parts_of(full[1])


def test_new_formats_stand_after_the_old(full: tuple[Path, Path, bool]) -> None:
    """Formats, fills and differential formats keep their numbers."""
    old, new = (etree.fromstring(parts_of(path)["xl/styles.xml"]) for path in full[:2])
    for before, after in zip(old, new, strict=True):
        count = len(before)
        assert list(map(etree.tostring, after))[:count] == list(map(etree.tostring, before))
        assert after.get("count") in {None, str(len(after))}
    header = _opened(full[1])["Ads"]
    assert header["G1"].style_id == header["F1"].style_id
    assert header["H3"].fill.fgColor.rgb == "FF5B9BD5"
    doubtful = [c for c in header["P"] if c.value == "yes"]
    assert doubtful
    assert {c.fill.fgColor.rgb for c in doubtful} == {"FFFFC000"}


def test_a_table_grows_over_the_labels(tmp_path: Path) -> None:
    """CellRange, filter, count and columns together; names are the header cells; ids are unique."""
    source = full_book(tmp_path / "ads.xlsx")
    label_xlsx(source)
    table = _opened(tmp_path / "ads.labelled.xlsx")["Ads"].tables["Jobs"]
    assert table.ref == "A1:Q8"
    assert table.autoFilter.ref == "A1:Q7"
    assert table.column_names[6:] == list(LABEL_COLUMNS)
    assert [column.id for column in table.tableColumns] == list(range(1, 18))
    row = _values(tmp_path / "ads.labelled.xlsx", "Ads")[7]
    assert row[6:] == [""] * 11


def test_a_filter_grows_with_its_hidden_name(tmp_path: Path) -> None:
    source = full_book(tmp_path / "ads.xlsx", table=False)
    label_xlsx(source)
    parts = parts_of(tmp_path / "ads.labelled.xlsx")
    assert b'<autoFilter ref="A1:Q7"' in parts[SHEET]
    assert b"Ads!$A$1:$Q$7</definedName>" in parts["xl/workbook.xml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Ads!$A$1:$F$7</definedName>", b"Ads!$A$1:$F$6</definedName>"), (b'"A1:F7"', b'"A1:E7"')],
    ids=["the hidden name differs", "only some columns"],
)
def test_a_filter_in_doubt_is_left_alone(tmp_path: Path, old: bytes, new: bytes) -> None:
    source = full_book(tmp_path / "ads.xlsx", table=False)
    rewrite(
        source,
        lambda _, data: (
            data.replace(old, new) if b"autoFilter" in data or b"_FilterDatabase" in data else data
        ),
    )
    summary = label_xlsx(source)
    before, after = parts_of(source), parts_of(tmp_path / "ads.labelled.xlsx")
    assert before["xl/workbook.xml"] == after["xl/workbook.xml"]
    tags = [re.findall(rb"<autoFilter[^>]*>", parts[SHEET]) for parts in (before, after)]
    assert tags[0] == tags[1] != []
    assert ["filter does not cover the labels" in text for text in summary.warnings] == [True]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<tableColumns", b'<x a="1"/><tableColumns', None),
        (b'totalsRowCount="1"', b'tableType="queryTable" totalsRowCount="1"', "filled by a query"),
        (b'name="Place"', b'name="Town"', "not its columns' names"),
    ],
)
def test_a_table_in_doubt_is_left_alone(
    tmp_path: Path, old: bytes, new: bytes, reason: str | None
) -> None:
    """One empty column lies between, and a warning says what that means."""
    source = full_book(tmp_path / "ads.xlsx")
    rewrite(source, lambda name, data: data.replace(old, new) if "/tables/" in name else data)
    summary = label_xlsx(source)
    target = tmp_path / "ads.labelled.xlsx"
    kept = parts_of(source)["xl/tables/table1.xml"] == parts_of(target)["xl/tables/table1.xml"]
    assert kept == (reason is not None)
    header = _values(target, "Ads")[0]
    assert header[6:8] == (["", "pmo_track"] if reason else ["pmo_track", "pmo_level"])
    assert [reason in text for text in summary.warnings] == [True] if reason else True


def test_a_second_run_overwrites_in_place(full: tuple[Path, Path, bool]) -> None:
    """The same workbook comes out, byte for byte, and the summary names the columns."""
    again = full[1].with_name(f"again{full[1].suffix}")
    summary = label_xlsx(full[1], again)
    assert summary.replaced_columns == LABEL_COLUMNS
    assert parts_of(again) == parts_of(full[1])


def test_moved_and_missing_columns_of_an_earlier_run(tmp_path: Path) -> None:
    """Those that are there are overwritten where they are; the others come at the right."""
    header = ["pmo_review", "Title", "pmo_level", "pmo_track", "mine"]
    rows = "".join(
        f"<row>{''.join(text_of(t) for t in row)}</row>"
        for row in (
            header,
            ["old", "PMO Lead", "9", "x", "m1"],
            ["old", "Chef", "9", "x", "m2"],
        )
    )
    source = small_book(tmp_path / "a.xlsx", sheet_xml(rows))
    label_xlsx(source)
    first, lead, chef = _values(tmp_path / "a.labelled.xlsx", "S1")
    assert first == [*header, *(n for n in LABEL_COLUMNS if n not in header)]
    assert lead[1:5] == ["PMO Lead", 3, "pmo", "m1"]
    assert (chef[0], chef[2], chef[3], chef[4]) == ("no", "", "other", "m2")


def test_the_standard_title_of_an_earlier_run_is_no_title_column(tmp_path: Path) -> None:
    rows = f"<row>{text_of('Post')}</row><row>{text_of('Chef')}</row><row>{text_of('PMO')}</row>"
    first, second = tmp_path / "a.labelled.xlsx", tmp_path / "b.xlsx"
    label_xlsx(small_book(tmp_path / "a.xlsx", sheet_xml(rows)))
    assert label_xlsx(first, second).read_as["column"] == "'Post' (A)"
    assert parts_of(first) == parts_of(second)


def test_formulas_in_our_columns_are_the_users(tmp_path: Path) -> None:
    row = f'<row>{text_of("Chef")}<c t="str"><f>A1</f><v>x</v></c></row>'
    sheet = sheet_xml(f"<row>{text_of('Title')}{text_of('pmo_track')}</row>{row}")
    source = small_book(tmp_path / "a.xlsx", sheet)
    with pytest.raises(FileError, match="now hold formulas: give those columns another name"):
        label_xlsx(source)


def _rows(*titles: str, p: str = "") -> str:
    """Rows without numbers; cells without places."""
    texts = ["Id", "Job title"], *(["1", title] for title in titles)
    return "".join(f"<{p}row>{''.join(text_of(t, '', p) for t in row)}</{p}row>" for row in texts)


ODD_SHEETS = {
    "nothing numbered": sheet_xml(_rows("PMO Lead", "Chef")),
    "rows absent and self-closing": sheet_xml(
        f'<row r="3" spans="1:2">{text_of("Id", "A3")}{text_of("Job title", "B3")}</row>'
        '<row r="4"/>'
        f'<row r="7" ht="9">{text_of("PMO Lead", "B7")}</row><row/>'
        f"<row>{text_of('Chef', 'B9')}</row>"
    ),
    "prefixed": sheet_xml(_rows("PMO Lead", "Chef", p="x:"), p="x:"),
    "styled blanks at the right": sheet_xml(
        f'<row r="1">{text_of("Id", "A1")}{text_of("Job title", "B1")}</row><row r="2">'
        f'{text_of("PMO Lead", "B2")}<c r="D2"/></row><row r="3">{text_of("Chef", "B3")}</row>'
    ),
    "merged wider than the cells": sheet_xml(
        _rows("PMO Lead", "Chef"),
        after='<mergeCells count="1"><mergeCell ref="A9:E9"/></mergeCells>',
    ),
    "widths to the last column": sheet_xml(
        _rows("PMO Lead", "Chef"),
        before='<dimension ref="A1"/><cols><col min="1" max="16384" width="9" hidden="1"/></cols>',
    ),
    "widths beyond": sheet_xml(
        _rows("PMO Lead", "Chef"),
        before='<cols>\n<col min="1" max="4" width="9"/>\n<col min="9" max="20" width="3"/></cols>',
    ),
    "comments and quotes": sheet_xml(
        f"<!-- </row> --><row x='>'  r='1'>{text_of('Id')}{text_of('Job title')}<!-- > --></row >"
        f"<row r='2'>{text_of('1')}{text_of('PMO Lead')}</row><row>{text_of('')}{text_of('Chef')}"
        "</row>"
    ),
}


@pytest.mark.parametrize("name", ODD_SHEETS)
def test_odd_sheets(tmp_path: Path, name: str) -> None:
    """Old values stay where they are, and each label stands in its title's row."""
    source = small_book(tmp_path / "a.xlsx", ODD_SHEETS[name])
    summary = label_xlsx(source)
    target = tmp_path / "a.labelled.xlsx"
    _check_labels(source, target)
    assert summary.rows == 2
    sheet = _opened(target).worksheets[0]
    assert sheet.cell(*_place(target, "pmo_track")).value == "pmo_track"
    root = etree.fromstring(parts_of(target)["xl/odd/Blatt1.xml"])
    ranges = [(int(c.get("min")), int(c.get("max"))) for c in root.iter("{*}col")]
    assert all(high < low for (_, high), (low, _) in itertools.pairwise(ranges))
    assert sum(c.get("customWidth") == "1" for c in root.iter("{*}col")) == 11


@pytest.mark.parametrize("size", [61, 10_000, 1 << 18])
def test_tags_longer_than_any_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Numbers that no sheet can have count as none; a tag ends where its quotes say."""
    monkeypatch.setattr(xlsx_scan, "CHUNK", size)
    many = "9" * 5_000
    row = f'<row x="{"a>" * 20_000}" spans="1:{many}"><c s="{many}" t="inlineStr"><is><t>'
    rows = "".join(f"{row}{text}</t></is></c></row>" for text in ("Job title", "PMO Lead"))
    before = f'<dimension ref="A1" x="{"b>" * 20_000}"/><cols><col min="{many}"/></cols>'
    source = small_book(tmp_path / "a.xlsx", sheet_xml(rows, before=before))
    label_xlsx(source)
    assert _values(tmp_path / "a.labelled.xlsx", "S1")[1][:3] == ["PMO Lead", "pmo", 3]
    new = parts_of(tmp_path / "a.labelled.xlsx")["xl/odd/Blatt1.xml"]
    for tag in (b'<dimension ref="A1:L2" x="b>', row[:50].encode(), f'spans="1:{many}"'.encode()):
        assert tag in new


def _place(path: Path, text: str) -> tuple[int, int]:
    cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    shift = cells.start[1] if cells.start else 0
    rows = enumerate(cells.iter_rows(), 1)
    return next((r, row.index(text) + 1 + shift) for r, row in rows if text in row)


def _check_labels(source: Path, target: Path) -> None:
    before, after = _values(source, "S1"), _values(target, "S1")
    assert [row[: len(before[0])] for row in after] == before
    for row in after:
        for title in ("PMO Lead", "Chef"):
            if title in row:
                assert row[-11:] == _expected(title)
    assert [row[-11:] for row in after if "Job title" in row] == [list(LABEL_COLUMNS)]


def test_strict_namespaces(tmp_path: Path) -> None:
    sheet = sheet_xml(_rows("PMO Lead", "Chef"), space=STRICT_MAIN)
    source = small_book(tmp_path / "a.xlsx", sheet, strict=True)
    label_xlsx(source)
    _check_labels(source, tmp_path / "a.labelled.xlsx")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings_of_sheets(tmp_path: Path, codec: str) -> None:
    """The sheet keeps its encoding; calamine reads no UTF-16, openpyxl does."""
    text = sheet_xml(_rows("PMO Lead", "Chef", "Büro 😀" * 40_000))
    text = text.replace("UTF-8", "UTF-16" if "16" in codec else "UTF-8")
    source = small_book(tmp_path / "a.xlsx", text.encode(codec))
    label_xlsx(source)
    target = tmp_path / "a.labelled.xlsx"
    new = parts_of(target)["xl/odd/Blatt1.xml"]
    assert new[:8] == text.encode(codec)[:8]
    new.decode(codec)
    sheet = _opened(target).worksheets[0]
    assert [sheet.cell(row, 4).value for row in (1, 2, 3)] == ["pmo_level", 3, None]


def test_stored_values_of_formulas_are_read(tmp_path: Path) -> None:
    """A formula without one counts as empty, and a warning says so."""
    rows = (
        f'<row r="1">{text_of("Job title", "A1")}</row><row r="2"><c r="A2" t="str"><f>B2</f>'
        '<v>Head of PMO</v></c></row><row r="3"><c r="A3"><f>B3</f></c></row>'
    )
    source = small_book(tmp_path / "a.xlsx", sheet_xml(rows))
    summary = label_xlsx(source)
    assert _values(tmp_path / "a.labelled.xlsx", "S1")[1][:3] == ["Head of PMO", "pmo", 4]
    assert "1 formulas in the title column have no stored value" in summary.warnings[0]


def test_all_visible_sheets_with_a_title_column(tmp_path: Path) -> None:
    notes = sheet_xml(f"<row>{text_of('hello')}</row><row>{text_of('there')}</row>")
    sheets = [sheet_xml(_rows("PMO Lead")), notes, sheet_xml(_rows("Chef")), sheet_xml("")]
    source = small_book(tmp_path / "a.xlsx", *sheets)
    summary = label_xlsx(source)
    assert summary.read_as["sheets"] == "'S1', 'S3'"
    assert summary.read_as["column"] == "'S1': 'Job title' (B); 'S3': 'Job title' (B)"
    old, new = parts_of(source), parts_of(tmp_path / "a.labelled.xlsx")
    assert _changed(old, new) == {"xl/odd/Blatt1.xml", "xl/odd/Blatt3.xml"}
    one = label_xlsx(source, tmp_path / "one.xlsx", sheet="s3")
    assert one.read_as == {"sheets": "'S3'", "column": "'Job title' (B)"}
    with pytest.raises(FileError, match=r"column 'B' could be in the sheets 'S1', 'S3'"):
        label_xlsx(source, tmp_path / "two.xlsx", column="B")


def test_labels_stand_right_of_pictures(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("S1")
    sheet.write_column(0, 0, ["Job title", "Chef"])
    sheet.insert_chart("C2", _a_chart(book))
    book.close()
    label_xlsx(tmp_path / "a.xlsx")
    assert _place(tmp_path / "a.labelled.xlsx", "pmo_track")[1] > 8


def _a_chart(book: Any) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=S1!$A$1:$A$2"})
    return chart


def test_the_input_is_not_touched(tmp_path: Path) -> None:
    source = small_book(tmp_path / "a.xlsx", sheet_xml(_rows("Chef")))
    before = source.read_bytes()
    label_xlsx(source)
    assert source.read_bytes() == before
    with pytest.raises(FileError, match="the file exists"):
        label_xlsx(source)
    with pytest.raises(FileError, match="the output is the input"):
        label_xlsx(source, source, force=True)
    with pytest.raises(FileError, match=r"the output must end in \.xlsx"):
        label_xlsx(source, tmp_path / "out.csv")


@pytest.fixture(scope="module")
def office() -> str:
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


def _converted(office: str, path: Path, kind: str) -> Path:
    home = path.parent / "office"
    command = [office, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", path.parent, path], check=True, capture_output=True, timeout=180
    )
    return path.with_suffix(f".{kind.partition(':')[0]}")


def test_libreoffice_reads_the_same(office: str, full: tuple[Path, Path, bool]) -> None:
    with _converted(office, full[1], "csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0][6:] == list(LABEL_COLUMNS)
    assert [row[1] for row in rows[1:7]] == list(TITLES)
    expected = [list(Labeller(Classifier()).cells(title)) for title in TITLES]
    assert [row[6:] for row in rows[1:7]] == expected


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_old_kinds_become_xlsx(office: str, tmp_path: Path, kind: str) -> None:
    """The values and the labels, in a new workbook; a warning names what is lost."""
    source = _converted(office, full_book(tmp_path / "ads.xlsx", table=False), kind)
    summary = label_xlsx(source)
    target = tmp_path / "ads.labelled.xlsx"
    before, after = _values(source, "Ads"), _values(target, "Ads")
    assert [row[:6] for row in after] == before
    assert [row[6:] for row in after[1:7]] == [_expected(title) for title in TITLES]
    assert after[0][6:] == list(LABEL_COLUMNS)
    book = _opened(target)
    assert book["Ads"]["F4"].data_type == "s"
    assert book["Hidden"].sheet_state == "hidden"
    assert "only values are kept" in summary.warnings[0]
    with pytest.raises(FileError, match=r"cannot be kept: save it as \.xlsx"):
        label_xlsx(source, force=True, strict=True)
    with pytest.raises(FileError, match="no sheet 'X': name one of 'Ads', 'Charts & more'"):
        label_xlsx(source, force=True, sheet="X")
    with pytest.raises(FileError, match="there is no column 'none'"):
        label_xlsx(source, force=True, sheet="Ads", column="none")
    label_xlsx(target, tmp_path / "again.xlsx")
    assert _values(tmp_path / "again.xlsx", "Ads") == after


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="T">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def _ods(path: Path, *rows: list[tuple[str, str]]) -> Path:
    """Write a spreadsheet by hand, of attributes and texts."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell {look}><text:p>{text}</text:p></table:table-cell>"
            for look, text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(cells))
    return path


def test_texts_that_are_written_as_numbers_too(tmp_path: Path) -> None:
    """Old releases of pandas write them so; values and labels come out all the same."""
    text, yes = 'office:value-type="string" office:value="{}"', 'office:value-type="boolean"'
    source = _ods(
        tmp_path / "a.ods",
        [(text.format(t), t) for t in ("Vacancy", "Paid", "Since")],
        [
            (text.format("PMO Lead"), "PMO Lead"),
            (f"{yes} office:value='true'", "TRUE"),
            ('office:value-type="float" office:value="2.5"', "2.5"),
        ],
    )
    label_xlsx(source)
    header, row = _values(tmp_path / "a.labelled.xlsx", "T")
    assert header[:4] == ["Vacancy", "Paid", "Since", "pmo_track"]
    assert row[:5] == ["PMO Lead", True, 2.5, "pmo", 3]


@pytest.mark.parametrize("number", [0.1 + 0.2, 217483.35803553602, 1e-300, 5.0, -2.5e20, 1 / 3])
def test_numbers_of_old_kinds_keep_all_their_digits(tmp_path: Path, number: float) -> None:
    text, value = (
        'office:value-type="string"',
        f'office:value-type="float" office:value="{number!r}"',
    )
    source = _ods(
        tmp_path / "a.ods", [(text, "Vacancy"), (text, "n")], [(text, "Chef"), (value, "")]
    )
    label_xlsx(source)
    assert _values(tmp_path / "a.labelled.xlsx", "T")[1][1] == number


def test_an_old_kind_has_notes_and_a_legend(tmp_path: Path) -> None:
    text = 'office:value-type="string"'
    source = _ods(tmp_path / "a.ods", [(text, "Vacancy")], [(text, "Chef")])
    label_xlsx(source, legend=True)
    book = _opened(tmp_path / "a.labelled.xlsx")
    assert book.sheetnames == ["T", "PMO legend"]
    rules = book["T"].data_validations.dataValidation
    assert [rule.promptTitle for rule in rules] == list(LABEL_COLUMNS)
    assert book["PMO legend"]["A2"].value == "pmo_track"
