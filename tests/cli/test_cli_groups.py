"""``pmo-classify groups`` and ``label --groups`` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from commands import run_command
from hostile import ods_book

ADS = (
    "Job title\nSales Mgr\nSALES MANAGER - London\nSales Mgr\nChef\n"
    "=HYPERLINK(1) Chef\nProgram Coordinator\n"
)


@pytest.fixture
def ads(tmp_path: Path) -> Path:
    path = tmp_path / "ads.csv"
    path.write_text(ADS, encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "ads.xlsx"
    workbook = openpyxl.Workbook()
    for line in ADS.splitlines():
        workbook.active.append([line])
        workbook.active.cell(workbook.active.max_row, 1).data_type = "s"
    workbook.save(path)
    return path


def test_groups_are_a_table_beside_the_input(ads: Path) -> None:
    """One row for each clean title, the most frequent first; no cell is a formula."""
    run = run_command("groups", str(ads))
    assert (run.returncode, run.stdout) == (0, b"")
    assert b"6 rows, 5 distinct titles, 4 groups, 1 with several spellings" in run.stderr
    text = (ads.parent / "ads.groups.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0] == {
        "clean_title": "Sales Manager",
        "rows": "3",
        "spellings": "2",
        "most_frequent_spellings": "Sales Mgr | SALES MANAGER - London",
        "track": "other",
        "level": "",
        "scope": "",
        "review": "no",
    }
    assert sum(int(row["rows"]) for row in rows) == 6
    assert {row["review"] for row in rows if row["clean_title"] == "Program Coordinator"} == {"yes"}
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_groups_as_a_workbook(ads: Path) -> None:
    target = ads.parent / "groups.xlsx"
    assert run_command("groups", str(ads), "-o", str(target), "--quiet").returncode == 0
    sheet = openpyxl.load_workbook(target)["Title groups"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:4] == ("Sales Manager", 3, 2, "Sales Mgr\nSALES MANAGER - London")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_groups_as_json(ads: Path) -> None:
    """With --json nothing is written unless a file is named."""
    run = run_command("groups", str(ads), "--json", "--quiet")
    groups = json.loads(run.stdout)
    assert groups[0]["clean_title"] == "Sales Manager"
    assert groups[0]["spellings"][0] == {"title": "Sales Mgr", "rows": 2}
    assert [path.name for path in ads.parent.iterdir()] == ["ads.csv"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "groups.txt",
            b"groups are a CSV file or a workbook: name it .csv or .xlsx",
        ),
        ("ads.csv", b"the output is the input: name another with --output"),
    ],
)
def test_another_file_is_refused(ads: Path, name: str, message: bytes) -> None:
    run = run_command("groups", str(ads), "-o", str(ads.parent / name))
    assert run.returncode == 1
    assert message in run.stderr
    assert ads.read_text(encoding="utf-8") == ADS


def test_a_labelled_workbook_has_a_sheet_of_groups(book: Path) -> None:
    """The sheet follows all others, which stay; a second run must not hide the first."""
    target = book.parent / "out.xlsx"
    run = run_command("label", str(book), "-o", str(target), "--groups")
    assert (run.returncode, run.stdout) == (0, b"")
    _check_sheet(target)
    again = run_command("label", str(target), "--groups")
    assert again.returncode == 1
    assert b"there is a sheet 'Title groups' already: delete or rename it" in again.stderr


def test_so_has_a_workbook_of_another_kind(tmp_path: Path) -> None:
    cells = "".join(
        '<table:table-row><table:table-cell office:value-type="string">'
        f"<text:p>{escape(line)}</text:p></table:table-cell></table:table-row>"
        for line in ADS.splitlines()
    )
    target = tmp_path / "out.xlsx"
    run = run_command(
        "label", str(ods_book(tmp_path / "ads.ods", cells)), "-o", str(target), "--groups"
    )
    assert run.returncode == 0
    _check_sheet(target)


def _check_sheet(target: Path) -> None:
    workbook = openpyxl.load_workbook(target)
    assert workbook.sheetnames[-1] == "Title groups"
    sheet = workbook["Title groups"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:4] == ("Sales Manager", 3, 2, "Sales Mgr | SALES MANAGER - London")
    assert sum(row[1] for row in rows[1:]) == 6
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_csv_has_no_sheet_for_groups(ads: Path) -> None:
    run = run_command("label", str(ads), "--groups")
    assert run.returncode == 1
    assert b"--groups adds a sheet to a workbook, not to a CSV file: run pmo-classify groups" in (
        run.stderr
    )
