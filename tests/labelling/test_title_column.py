"""Finding the title column and the header row."""

from __future__ import annotations

import pytest

from pmo_classify.errors import FileError
from pmo_classify.files.xlsx.cell_range import column_letter
from pmo_classify.labelling.title_column import TitleColumn, find_title_column

BODY = [["1", "PMO Analyst", "Leeds"], ["2", "Staff Nurse", "York"]]


@pytest.mark.parametrize(
    "header",
    [
        "Job title",
        "JOB TITLE",
        "job_title",
        "Title",
        "Position",
        "Role",
        "Post",
        "Vacancy",
        "Stellenbezeichnung",
        "Intitulé du poste",
        "Puesto",
        "Cargo",
        "Functietitel",
        "Business Title",
    ],
)
def test_header_words(header: str) -> None:
    """The header says which column holds the titles, in the languages of the field."""
    assert find_title_column([["id", header, "town"], *BODY], None, "x").position == 1


def test_a_header_that_is_not_the_first_row() -> None:
    rows = [
        ["Job title export of 3 May 2026", "", ""],
        ["", "", ""],
        ["No", "Title", "Town"],
        *BODY,
    ]
    assert find_title_column(rows, None, "x") == TitleColumn(2, 1, "Title")


def test_cells_decide_between_two_headers() -> None:
    """A "Title" of Mr and Mrs is no job title."""
    rows = [["Title", "Name", "Role"], ["Mr", "A", "PMO Lead"], ["Mrs", "B", "Chef"]]
    assert find_title_column(rows, None, "x").name == "Role"


def test_cells_decide_without_a_known_header() -> None:
    rows = [["a", "b", "c"], *BODY]
    assert find_title_column(rows, None, "x").position == 1


@pytest.mark.parametrize("wanted", ["town", "TOWN", "C", "c", "3"])
def test_by_name_letter_or_number(wanted: str) -> None:
    rows = [["id", "Job title", "Town"], *BODY]
    assert find_title_column(rows, wanted, "x").position == 2


@pytest.mark.parametrize(
    ("rows", "wanted", "message"),
    [
        ([["Business Title", "Civil Service Title"], ["PMO Lead", "Clerk"]], None,
         r"the titles could be in 'Business Title' \(A\) with 'PMO Lead' or .*\(B\) with 'Clerk'"),
        ([["a", "b"], ["1", "2"]], None, r"no column looks like job titles.*'a' \(A\), 'b' \(B\)"),
        ([["a", "b"], ["1", "2"]], "job", r"there is no column 'job': name one of 'a' \(A\)"),
        ([["a", "", "b"], ["1", "", "2"]], "job", r"name one of 'a' \(A\), 'b' \(C\)$"),
        ([["a", "b"], ["1", "2"]], "9", "there is no column '9'"),
        ([["a", "b"], ["1", "2"]], "0", "there is no column '0'"),
        ([["x", "x"], ["1", "2"]], "x", "columns A and B are both called 'x': give the letter"),
        ([["", " "], []], None, "there is nothing in it"),
    ],
)  # fmt: skip
def test_what_cannot_be_settled(rows: list[list[str]], wanted: str | None, message: str) -> None:
    """An error names both columns where two could be meant, and lists them where none is."""
    with pytest.raises(FileError, match=message):
        find_title_column(rows, wanted, "ads.csv")


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (26, "AA"), (16_383, "XFD")])
def test_column_letter(index: int, letter: str) -> None:
    assert column_letter(index) == letter


def test_a_header_stands_alone_where_all_other_columns_are_empty() -> None:
    """So a file of titles alone is read again after it was labelled."""
    rows = [["Job title", "", ""], ["Baker", "", ""], ["Chef", "", ""]]
    assert find_title_column(rows, None, "ads.csv").position == 0
