"""The review workbook: what a person gets to decide."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from reviews import TITLES, title_counts

from pmo_classify import classify
from pmo_classify.errors import FileError
from pmo_classify.labelling.labeller import TitleCount
from pmo_classify.review.guide import SCOPE_CHOICES
from pmo_classify.review.workbook import REVIEW_COLUMNS, write_review
from pmo_classify.taxonomy import Scope, Track


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "review.xlsx"
    write_review(path, title_counts(TITLES))
    return path


def test_the_sheet_lists_each_doubtful_title_once_the_most_frequent_first(workbook: Path) -> None:
    """Spellings that one answer covers share a row."""
    rows = list(openpyxl.load_workbook(workbook)["Review"].values)
    assert rows[0] == REVIEW_COLUMNS
    assert [row[:2] for row in rows[1:]] == [
        ("Portfolio Manager", 3),
        ("Program Coordinator", 3),
        ("Planner", 1),
        ("Project Specialist", 1),
    ]
    programme = rows[2]
    assert programme[2:6] == ("pmo", 2, "programme", classify("Program Coordinator").confidence)
    assert "other: the programme of a public service" in str(programme[6])
    assert "in doubt" in str(programme[7])
    assert all(row[8:] == (None, None, None, None) for row in rows[1:])


@pytest.mark.parametrize(
    ("column", "choices"),
    [
        ("I", '"pmo,delivery,other"'),
        ("J", '"1,2,3,4"'),
        ("K", "'How to'!$B$14:$B$29"),
    ],
)
def test_the_persons_columns_have_drop_downs(workbook: Path, column: str, choices: str) -> None:
    rules = openpyxl.load_workbook(workbook)["Review"].data_validations.dataValidation
    found = {str(rule.sqref): (rule.type, rule.formula1) for rule in rules}
    assert found[f"{column}2:{column}5"] == ("list", choices)


def test_the_scope_choices_are_all_scopes_in_codebook_order(workbook: Path) -> None:
    cells = openpyxl.load_workbook(workbook)["How to"]["B14":"B29"]
    assert tuple(cell.value for (cell,) in cells) == SCOPE_CHOICES
    assert SCOPE_CHOICES[0] == "none named"
    assert {str(Scope.parse(s)) for s in SCOPE_CHOICES[1:]} == set(SCOPE_CHOICES[1:])
    assert len(set(SCOPE_CHOICES)) == 16


def test_the_sheet_helps_the_person(workbook: Path) -> None:
    """The header stays in view, rows can be filtered, the person's columns stand out."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["Review"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:L5")
    assert {sheet[f"{c}3"].fill.fgColor.rgb for c in "IJKL"} == {"FFFFF6DD"}
    assert sheet["H3"].fill.fill_type is None
    guide = " ".join(str(cell) for row in book["How to"].values for cell in row if cell)
    assert "Leading and managing PMOs" in guide
    assert "pmo-classify apply" in guide


@pytest.mark.parametrize(
    "title", ["PMO\x00\x01 Planner", "Planner _x0041_", "Planner\ud800", "Planner " + "x" * 40_000]
)
def test_odd_titles_do_not_break_the_workbook(tmp_path: Path, title: str) -> None:
    path = tmp_path / "review.xlsx"
    doubtful = classify("Planner")
    odd = TitleCount(type(doubtful)(title, Track.OTHER, needs_review=True, reasons=("nothing",)), 1)
    assert write_review(path, [odd]) == 1
    assert "Planner" in str(openpyxl.load_workbook(path)["Review"]["A2"].value)


def test_the_same_titles_give_the_same_workbook(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    write_review(one, title_counts(TITLES))
    write_review(two, title_counts(TITLES))
    assert one.read_bytes() == two.read_bytes()


def test_a_workbook_in_the_way_stays(workbook: Path) -> None:
    before = workbook.read_bytes()
    with pytest.raises(FileError, match=r"the file exists: name another .* or use --force"):
        write_review(workbook, [])
    assert workbook.read_bytes() == before
    assert write_review(workbook, [], force=True) == 0
