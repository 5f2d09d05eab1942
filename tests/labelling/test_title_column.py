"""Finding the title column and the header row."""

from __future__ import annotations

import pytest

from pmo_classify.errors import FileError
from pmo_classify.files.xlsx.cell_range import column_letter
from pmo_classify.labelling.title_column import (
    NO_HEADER,
    NoTitleColumn,
    TitleColumn,
    find_title_column,
)

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
    """The header says which column has the titles, in many languages."""
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
    """A column "Title" with Mr and Mrs has no job titles."""
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


def _names(*rows: str) -> list[list[str]]:
    return [row.split("|") for row in rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Codes, numbers, addresses and dates are no titles, whatever their header says.
        (_names("Post|Duty", "P-101|Project Nurse", "P-102|Cook"), "Duty"),
        (_names("Position|Staff role", "1001|Clerk", "1002|Planner"), "Staff role"),
        (_names("Job page|What", "https://x.example/1|PMO Lead", "www.x.example/2|Chef"), "What"),
        (_names("Vacancy|Post held", "3 May 2026|Clerk", "4 May 2026|Chef"), "Post held"),
        (_names("Role|Wanted", "12 High Street|PMO Lead", "7 Low Lane|Chef"), "Wanted"),
        (_names("Post|Wanted", "LS1 4AB|PMO Lead", "YO1 9ZZ|Chef"), "Wanted"),
        # A part of a title, or something about it, is none.
        (_names("Job ID|Vacancy name", "A|PMO Lead", "B|Chef"), "Vacancy name"),
        (_names("Date of post|Post", "May|PMO Lead", "June|Chef"), "Post"),
        (_names("Job description|Wanted", "Manager of all|Chef", "Cook for us|Cook"), "Wanted"),
        (_names("Vacancy count|Post|Job URL", "||", "||"), "Post"),
        # An exact header decides over a vague one.
        (
            _names("Senior post|Staff job title", "Ann Lee|Curators", "Bob|Keepers"),
            "Staff job title",
        ),
    ],
)
def test_what_is_in_a_column_counts(rows: list[list[str]], expected: str) -> None:
    assert find_title_column(rows, None, "x").name == expected


@pytest.mark.parametrize(
    "rows",
    [
        _names("Tool|Number of vacancies", "Hammer|15", "Saw|9"),
        _names("Post|Town", "P1|Leeds", "P2|York"),
        _names("Job ref|Place", "Cook Street|Leeds", "Mason Road|York"),
    ],
)
def test_a_table_without_titles_has_no_title_column(rows: list[list[str]]) -> None:
    with pytest.raises(NoTitleColumn, match="no column looks like job titles"):
        find_title_column(rows, None, "x")


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (_names("Advert|Ref", "Head Chef|POST-7", "PMO Lead|POST-8"), 0),
        (_names("Advert|Kind", "Head Chef|post", "PMO Lead|job"), 0),
        (_names("Staff of May||", "No|Post|Town", "1|Chef|Hull"), 1),
        (_names("Group|Group|Group", "No|Post|Town", "1|Chef|Hull"), 1),
        (_names("1|2|3", "No|Job title|Town", "1|Chef|Hull"), 1),
    ],
)
def test_no_row_of_data_is_the_header(rows: list[list[str]], header: int) -> None:
    assert find_title_column(rows, None, "x").header_row == header


@pytest.mark.parametrize(
    ("rows", "wanted", "position"),
    [
        (_names("Ann Lee|Head Chef", "Bob Roe|PMO Lead"), None, 1),
        (_names("Ann Lee|Head Chef", "Bob Roe|PMO Lead"), "b", 1),
        (_names("PMO Lead", "Head Chef", "Nurse"), None, 0),
    ],
)
def test_a_first_row_that_reads_as_a_title_is_no_header(
    rows: list[list[str]], wanted: str | None, position: int
) -> None:
    found = find_title_column(rows, wanted, "x", needs_header=False)
    assert found == TitleColumn(NO_HEADER, position, "")
    with pytest.raises(NoTitleColumn, match="the first row reads as a title"):
        find_title_column(rows, wanted, "x")


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (_names("Person|Manager|Pay", "Ann|Head Chef|7", "Bob|PMO Lead|8"), "B"),
        (_names("Manager", "Head Chef"), "manager"),
        (_names("Engineer|Town|Post", "Chef|Hull|Cook"), "Engineer"),
    ],
)
def test_a_header_may_be_a_role(rows: list[list[str]], wanted: str) -> None:
    """It is one where it was named, or where numbers are below words."""
    assert find_title_column(rows, wanted, "x", needs_header=False).header_row == 0


@pytest.mark.parametrize(
    ("rows", "wanted", "position"),
    [
        (_names("A|A|Post", "x|y|Chef"), "A", 0),
        (_names("B|A|Post", "x|y|Chef"), "A", 1),
        (_names("No|Post", "1|Chef", "2|Cook"), "2", 1),
        (_names("No|Post", "b|Chef", "c|Cook"), "B", 1),
    ],
)
def test_a_letter_or_number_beside_names(rows: list[list[str]], wanted: str, position: int) -> None:
    """A column's name counts first, if only one has it; a cell of the data is not a name."""
    found = find_title_column(rows, wanted, "x")
    assert (found.header_row, found.position) == (0, position)


def test_three_cells_of_each_column_that_could_be_meant() -> None:
    rows = _names("Old role|New role", "Chef|Cook", "Chef|Baker", "Nurse|Clerk", "x|y", "Cook|Chef")
    with pytest.raises(
        FileError, match=r"'Old role' \(A\) with 'Chef', 'Nurse', 'x' or 'New role'"
    ):
        find_title_column(rows, None, "x")


def test_a_header_that_is_given() -> None:
    rows = _names("Chef|Cook", "Post|Town", "Clerk|Hull")
    assert find_title_column(rows, None, "x", header=1).name == "Post"
    assert find_title_column(rows, "A", "x", header=0).name == "Chef"
    assert find_title_column(rows, "A", "x", header=NO_HEADER, needs_header=False).name == ""
