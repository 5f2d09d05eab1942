"""Names of people, bodies, streets and places, which are no titles."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pmo_classify.errors import FileError
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.labelling.cell_content import holds_names
from pmo_classify.labelling.name_content import name_words, names_something
from pmo_classify.labelling.title_column import NoTitleColumn, find_title_column

ROWS = [tuple(row) for row in read_shipped_rows("name_words.csv")]
LANGUAGES = sorted(Path(__file__, "../../cases/languages").resolve().glob("*.csv"))


@pytest.mark.parametrize(("text", "kind", "example"), ROWS)
def test_every_row_proves_itself(text: str, kind: str, example: str) -> None:
    """Its example is a name with the row, and none without it."""
    words = name_words()
    without = {**words, kind: words[kind] - {text}}
    assert names_something(example)
    assert not names_something(example, without)


def test_the_rows_are_sorted_and_unique() -> None:
    keys = [(kind, text) for text, kind, _ in ROWS]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    "cell",
    [
        "Smith, John",
        "Kowalska, Anna",
        "Anna Kowalska",
        "O'Neill, Mary-Jane",
        "J. Smith",
        "SMITH John",
        "Ludwig van Houten",
        "Mr Head",
        "Mrs",
        "Frau Koch",
        "Acme Ltd",
        "Acme S.p.A.",
        "Acme Sp. z o.o.",
        "Leeds City Council",
        "University of Leeds",
        "Ministry of Works",
        "Project Management Office",
        "Director's Office",
        "Director Office",
        "Office of the Director",
        "High Street",
        "Hauptstraße",
        "Leeds",
        "London, UK",
    ],
)
def test_names(cell: str) -> None:
    assert names_something(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "7",
        "PMO",
        "Engineer, Civil",
        "Manager, Procurement",
        "Head of School",
        "Office Manager",
        "Council Officer",
        "Team Lead",
        "Software Engineering Team Lead",
        "Street Cleaner",
        "Dr.-Ing. Projektleiter in der Abteilung Bau und Betrieb",
        "Director, Project Management Office",
        "Administrator at Acme Ltd",
        "Project Manager - Leeds City Council",
        "Curators",
        "Visitor Services Staff",
    ],
)
def test_titles_and_other_cells(cell: str) -> None:
    assert not names_something(cell)


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_column_of_titles_in_any_language_holds_no_names(path: Path) -> None:
    """Nor does any part of it with ten rows."""
    with path.open(encoding="utf-8", newline="") as handle:
        titles = [row["title"] for row in csv.DictReader(handle)]
    parts = [titles[at : at + 10] for at in range(0, len(titles), 10)]
    assert [part for part in (titles, *parts) if holds_names(part)] == []


def _rows(*lines: str) -> list[list[str]]:
    return [line.split("|") for line in lines]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (_rows("Post|Duty", "Smith, John|Nurse", "Roe, Ann|Clerk", "Fox, Cy|Cook"), "Duty"),
        (_rows("Position|Work", "Anna Kowalska|PMO Lead", "Jan Nowak|Chef"), "Work"),
        (_rows("Role|Staff role", "Acme Ltd|Clerk", "Leeds City Council|Planner"), "Staff role"),
        (_rows("Unit|Post", "Director Office|Curators", "Head Office|Keepers"), "Post"),
        (_rows("Vacancy|Work", "High Street|Baker", "School Lane|Chef"), "Work"),
        # An exact header is believed where nothing else is likely.
        (_rows("Job title|Town", "Voditelj Projekta|Split", "Glavni Kuhar|Pula"), "Job title"),
    ],
)
def test_names_are_no_titles(rows: list[list[str]], expected: str) -> None:
    assert find_title_column(rows, None, "x").name == expected


def test_names_under_a_header_of_titles_are_shown() -> None:
    """The message says why the column was not taken."""
    rows = _rows("Position|Town", "Smith, John|Leeds", "Roe, Ann|York", "Lee, Bo|Hull", "Fox, Cy|")
    with pytest.raises(NoTitleColumn) as caught:
        find_title_column(rows, None, "ads.csv")
    assert str(caught.value) == (
        "ads.csv: no column looks like job titles ('Position' (A) holds names: "
        "'Smith, John', 'Roe, Ann', 'Lee, Bo'): choose one with --column; "
        "the columns are 'Position' (A), 'Town' (B)"
    )


def test_three_cells_of_each_column_where_two_could_be_meant() -> None:
    rows = _rows("Post|Role", "PMO Lead|Clerk", "Chef|Nurse", "Chef|Cook", "Baker|Planner")
    with pytest.raises(FileError) as caught:
        find_title_column(rows, None, "ads.csv")
    assert str(caught.value) == (
        "ads.csv: the titles could be in 'Post' (A) with 'PMO Lead', 'Chef', 'Baker' or "
        "'Role' (B) with 'Clerk', 'Nurse', 'Cook': choose one with --column"
    )
