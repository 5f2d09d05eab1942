"""The explanation of labels inside a workbook: notes on their headers, and the legend."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from xlsx_books import (
    MAIN,
    RELATIONS,
    full_book,
    parts_of,
    rewrite,
    sheet_xml,
    small_book,
    text_of,
)

from pmo_classify.errors import FileError
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.label_file import label_file
from pmo_classify.labelling.xlsx.groups_sheet import GROUPS_SHEET
from pmo_classify.labelling.xlsx.label import label_xlsx
from pmo_classify.labelling.xlsx.legend import LEGEND_NAME, MEANINGS, legend_rows

ROWS = f"<row>{text_of('Job title')}</row><row>{text_of('PMO Lead')}</row>"
RULE = '<dataValidation type="whole" sqref="A1"><formula1>1</formula1></dataValidation>'


def _notes(sheet: Any) -> dict[str, str]:
    rules = sheet.data_validations.dataValidation
    return {rule.promptTitle: str(rule.sqref) for rule in rules if rule.prompt}


def test_every_column_has_a_meaning_that_fits_into_a_note() -> None:
    """Excel refuses longer ones."""
    assert set(LABEL_COLUMNS) <= set(MEANINGS)
    assert max(map(len, MEANINGS.values())) <= 255
    assert max(map(len, MEANINGS)) <= 32


PLACES = {
    "nothing below the rows": "",
    "what comes after": "<hyperlinks/><pageMargins/>",
    "what comes before and after": '<autoFilter ref="A1:A2"/><mergeCells/><pageMargins/>',
    "a rule of the user": f'<dataValidations count="1">{RULE}</dataValidations><pageMargins/>',
    "an empty list": '<dataValidations count="0"/><pageMargins/>',
    "an open empty list": "<dataValidations></dataValidations><drawing/>",
}


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("p", ["", "x:"], ids=["plain", "prefixed"])
def test_notes_stand_where_the_format_has_them(tmp_path: Path, name: str, p: str) -> None:
    after = PLACES[name]
    rows = ROWS
    if p:
        after = after.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
        rows = ROWS.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    source = small_book(tmp_path / "a.xlsx", sheet_xml(rows, after=after, p=p))
    target = tmp_path / "b.xlsx"
    label_xlsx(source, target)
    sheet = openpyxl.load_workbook(target).worksheets[0]
    letters = "BCDEFGHIJKLMN"
    expected = {name: f"{letter}1" for name, letter in zip(LABEL_COLUMNS, letters, strict=False)}
    assert _notes(sheet) == expected
    xml = parts_of(target)["xl/odd/Blatt1.xml"].decode()
    order = [xml.find(f"<{p}{tag}") for tag in ("mergeCells", "dataValidations", "pageMargins")]
    found = [at for at in order if at >= 0]
    assert found == sorted(found)
    rules = 1 if "whole" in after else 0
    assert f'count="{len(LABEL_COLUMNS) + rules}"' in xml


def test_a_second_run_adds_no_note(tmp_path: Path) -> None:
    """A header cell that has a note or a rule keeps it."""
    source = small_book(tmp_path / "a.xlsx", sheet_xml(ROWS))
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    label_xlsx(source, one)
    label_xlsx(one, two)
    assert parts_of(one) == parts_of(two)
    rule = RULE.replace("A1", "A9 A1:E4")
    whole = f'<dataValidations count="1">{rule}</dataValidations>'
    ruled = small_book(tmp_path / "c.xlsx", sheet_xml(ROWS, after=whole))
    label_xlsx(ruled, two, force=True)
    notes = _notes(openpyxl.load_workbook(two).worksheets[0])
    assert list(notes) == list(LABEL_COLUMNS[4:])


@pytest.mark.parametrize("name", ["ads.xlsx", "ads.xlsm"])
def test_the_legend_is_a_sheet_more(tmp_path: Path, name: str) -> None:
    """All other parts are those of a run without it, but for the lists and the formats."""
    source = full_book(tmp_path / name)
    plain, target = tmp_path / f"plain{source.suffix}", tmp_path / f"out{source.suffix}"
    label_xlsx(source, plain)
    label_xlsx(source, target, legend=True)
    before, after = parts_of(plain), parts_of(target)
    lists = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert {part for part in before if before[part] != after[part]} == lists | {"xl/styles.xml"}
    assert set(after) - set(before) == {"xl/worksheets/pmo_sheet.xml"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Ads", "Charts & more", "Hidden", "Picture", LEGEND_NAME]
    cells = [(a.value or "", b.value or "") for a, b in book[LEGEND_NAME]["A1:B99"]]
    shown = [(row.name, row.meaning) for row in legend_rows()]
    assert cells[: len(shown)] == shown
    assert book[LEGEND_NAME]["A1"].font.b
    colours = {str(row[0].value): row[0].fill.fgColor.rgb for row in book[LEGEND_NAME]["A1:A30"]}
    assert (colours["4"], colours["amber"]) == ("FF5B9BD5", "FFFFC000")


def test_a_legend_that_is_there_stays(tmp_path: Path) -> None:
    source = small_book(tmp_path / "a.xlsx", sheet_xml(ROWS))
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    label_xlsx(source, one, legend=True)
    summary = label_xlsx(one, two, legend=True)
    assert parts_of(one) == parts_of(two)
    assert summary.warnings == ["the sheet 'PMO legend' is there already, and stays"]


def test_a_legend_is_no_sheet_of_titles(tmp_path: Path) -> None:
    """Even where nothing else is."""
    legend = sheet_xml(ROWS).replace("Job title", "Column")
    source = small_book(tmp_path / "a.xlsx", legend)
    rewrite(source, lambda _, data: data.replace(b'name="S1"', f'name="{LEGEND_NAME}"'.encode()))
    with pytest.raises(FileError, match="no sheet has a column that looks like job titles"):
        label_xlsx(source)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_lists_in_any_encoding(tmp_path: Path, codec: str) -> None:
    """A workbook without formats gets a legend without formats."""
    source = small_book(tmp_path / "a.xlsx", sheet_xml(ROWS))
    rewrite(source, lambda name, data: data if "odd" in name else data.decode().encode(codec))
    label_xlsx(source, legend=True)
    book = openpyxl.load_workbook(tmp_path / "a.labelled.xlsx")
    assert book.sheetnames == ["S1", LEGEND_NAME]


def test_a_legend_needs_a_workbook(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("Job title\nPMO Lead\n")
    with pytest.raises(FileError, match="--legend adds a sheet to a workbook"):
        label_file(source, legend=True)
    assert list(tmp_path.iterdir()) == [source]


OURS = '<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/><bgColor indexed="64"/>'
FILLS = {
    "none": '<fills count="0"/>',
    "one": '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>',
    "ours in the second place": f'<fills count="2"><fill/>{OURS}</patternFill></fill></fills>',
}


@pytest.mark.parametrize("name", FILLS)
def test_the_first_two_fills_are_excels_own(tmp_path: Path, name: str) -> None:
    """It shows none and grey dots for them, whatever a workbook says."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>{FILLS[name]}'
        '<cellXfs count="1"><xf fillId="0"/></cellXfs></styleSheet>'
    )
    rows = "".join(f"<row>{text_of(t)}</row>" for t in ("Title", "Project Administrator", "Chef"))
    source = small_book(tmp_path / "a.xlsx", sheet_xml(rows), extra={"xl/styles.xml": styles})
    link = f'<Relationship Id="st" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    rewrite(
        source,
        lambda part, data: (
            data.replace(b"</Relationships>", link.encode()) if "book.xml.rels" in part else data
        ),
    )
    label_xlsx(source)
    parts = parts_of(tmp_path / "a.labelled.xlsx")
    style = int(parts["xl/odd/Blatt1.xml"].decode().partition('r="C2" s="')[2].partition('"')[0])
    root = etree.fromstring(parts["xl/styles.xml"])
    fills, formats = (root.find(f"{{{MAIN}}}{tag}") for tag in ("fills", "cellXfs"))
    number = int(formats[style].get("fillId"))
    assert number >= 2
    assert fills[number][0][0].get("rgb") == "FFDDEBF7"
    assert fills.get("count") == str(len(fills))


@pytest.mark.parametrize("p", ["", "x:"], ids=["plain", "prefixed"])
def test_legend_and_groups_are_two_sheets(tmp_path: Path, p: str) -> None:
    """Both are listed once, each with a part and a link of its own."""
    rows = ROWS.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:") if p else ROWS
    source = small_book(tmp_path / "a.xlsx", sheet_xml(rows, p=p))
    target = tmp_path / "b.xlsx"
    label_xlsx(source, target, legend=True, groups=True)
    names = openpyxl.load_workbook(target).sheetnames
    assert names[-2:] == [LEGEND_NAME, GROUPS_SHEET]
    added = set(parts_of(target)) - set(parts_of(source))
    assert added == {"xl/worksheets/pmo_sheet.xml", "xl/worksheets/pmo_sheet2.xml"}
