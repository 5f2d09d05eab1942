"""A person's decisions: read from the sheet, checked, and used from then on."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from reviews import TITLES, decide, reviewed_book, title_counts
from tables import rows_of_csv

from pmo_classify import Classifier
from pmo_classify.errors import FileError, TableError
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.review.apply import AppliedReview, apply_review
from pmo_classify.review.workbook import write_review


def test_round_trip(tmp_path: Path) -> None:
    """Label, review, correct three, apply, label: those are as corrected, the rest as before."""
    ads = tmp_path / "ads.csv"
    ads.write_text("Job title\n" + "\n".join(TITLES) + "\n", encoding="utf-8")
    before = tmp_path / "before.csv"
    after = tmp_path / "after.csv"
    label_csv(ads, before)
    review, mine = tmp_path / "review.xlsx", tmp_path / "mine.csv"
    assert write_review(review, title_counts(TITLES)).titles == 4
    decide(
        review,
        {
            "Program Coordinator": ("not on the ladder: other work (a school's)", None),
            "Portfolio Manager": ("Level 3, portfolio: a portfolio", "we run projects"),
            "Planner": ("2, none", None),
        },
    )
    assert apply_review(review, mine) == AppliedReview(3, 0, 0, undecided=1)
    label_csv(ads, after, classifier=Classifier(extra_titles=mine))
    corrected = {
        "Program Coordinator": ["other", "", ""],
        "Portfolio Manager": ["pmo", "3", "portfolio"],
        "PORTFOLIO MANAGER - London": ["pmo", "3", "portfolio"],
        "Planner": ["pmo", "2", ""],
    }
    old, new = rows_of_csv(before), rows_of_csv(after)
    review_at = old[0].index("pmo_review")
    assert [row[0] for row in new] == [row[0] for row in old]
    assert [row for row in new if row[0] not in corrected] == [
        row for row in old if row[0] not in corrected
    ]
    assert {row[0]: row[1:4] for row in new if row[0] in corrected} == corrected
    assert {row[review_at] for row in new if row[0] in corrected} == {"no"}


@pytest.mark.parametrize("start", list("=+-@"))
def test_a_title_is_never_a_formula(tmp_path: Path, start: str) -> None:
    """Neither in the workbook nor in the table of titles."""
    title = f"{start}Program Coordinator"
    review, mine = tmp_path / "review.xlsx", tmp_path / "mine.csv"
    assert write_review(review, title_counts([title])).titles == 1
    cell = openpyxl.load_workbook(review)["Review"]["A2"]
    assert (cell.value, cell.data_type) == (title, "s")
    reviewed_book(review, (title, "other", None, None, "=1+1"))
    book = openpyxl.load_workbook(review)
    book.active["A2"].data_type = book.active["E2"].data_type = "s"
    book.save(review)
    apply_review(review, mine)
    assert rows_of_csv(mine)[1] == ["Program Coordinator", "other", "", "", "0", "'=1+1"]
    assert not Classifier(extra_titles=mine).classify(title).needs_review


def test_a_sheet_without_rows(tmp_path: Path) -> None:
    path, mine = (
        reviewed_book(tmp_path / "review.xlsx", header=("title", "decision")),
        tmp_path / "m.csv",
    )
    assert apply_review(path, mine) == AppliedReview(0, 0, 0, 0)
    assert rows_of_csv(mine) == [["title", "track", "level", "scope", "ambiguous", "source"]]


def test_decisions_that_cannot_be_read_are_told_all_at_once(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    reviewed = reviewed_book(
        tmp_path / "r.xlsx",
        ("A", "boss"),
        ("B", "Level 2, galaxy"),
        ("C", "Level 2"),
        ("D", None, "only a note"),
        ("c", "other"),
        (None, "other"),
        header=("title", "decision", "note"),
    )
    with pytest.raises(TableError) as caught:
        apply_review(reviewed, mine)
    assert [str(fault) for fault in caught.value.faults] == [
        (
            "r.xlsx:2: the decision 'boss' cannot be read: choose from the list, or write a level "
            "and a scope as in 'Level 3, programme'"
        ),
        (
            "r.xlsx:3: scope 'galaxy' is not a scope: "
            "join project, programme, portfolio, enterprise with +"
        ),
        (
            "r.xlsx:6: 'c' contradicts 'C' in row 4: "
            "both are read as one title; give them one answer, or clear one"
        ),
        "r.xlsx:7: the title is empty: write a title, or delete the row",
    ]
    assert not mine.exists()


def test_bad_decisions_are_told_all_at_once(tmp_path: Path) -> None:
    """Each fault has its row in the sheet and how to fix it, and nothing is written."""
    mine = tmp_path / "mine.csv"
    reviewed = reviewed_book(
        tmp_path / "r.xlsx",
        ("A", "boss"),
        ("B", "pmo", None, "project"),
        ("C", "pmo", 5, "none"),
        ("D", "other", 2),
        ("Good one", "other"),
        ("F", None, 2, "project"),
        ("G", "pmo", 2, "galaxy"),
        ("H", "pmo", 2),
        ("Undecided",),
        (None, "other"),
        ("good ONE", "delivery"),
    )
    with pytest.raises(TableError) as caught:
        apply_review(reviewed, mine)
    told = [str(fault) for fault in caught.value.faults]
    assert told == [
        "r.xlsx:2: track 'boss' is not a track: write pmo, delivery or other",
        "r.xlsx:3: the track is pmo, but there is no level: write 1, 2, 3 or 4",
        (
            "r.xlsx:4: level '5' is not a level: "
            "write 1, 2, 3 or 4, or nothing if the title is not on the ladder"
        ),
        "r.xlsx:5: the track is other, but there is a level or a scope: leave both empty",
        "r.xlsx:7: level and scope without a track: choose a track, or clear the row",
        (
            "r.xlsx:8: scope 'galaxy' is not a scope: "
            "join project, programme, portfolio, enterprise with +"
        ),
        "r.xlsx:11: the title is empty: write a title, or delete the row",
        (
            "r.xlsx:12: 'good ONE' contradicts 'Good one' in row 6: "
            "both are read as one title; give them one answer, or clear one"
        ),
    ]
    assert not mine.exists()


def test_a_row_that_ends_before_the_track(tmp_path: Path) -> None:
    """A CSV made by hand has short rows: missing cells are empty."""
    path = tmp_path / "r.csv"
    path.write_text("title,scope,level,track\nPMO Lead,,3,pmo\nChef,project\nBaker\n")
    with pytest.raises(TableError, match=r"r.csv:3: scope without a track: choose a track"):
        apply_review(path, tmp_path / "mine.csv")


def test_what_a_spreadsheet_makes_of_it_is_read(tmp_path: Path) -> None:
    """Numbers as floats, spaces, other columns in another order, a banner, filtered rows."""
    path = tmp_path / "r.xlsx"
    book = openpyxl.Workbook()
    book.create_sheet("Notes", 0).append(["nothing here"])
    sheet = book["Sheet"]
    sheet.append(["Reviewed by Ann"])
    sheet.append(["Level ", "colour", "SCOPE", "title", None, " track", "note"])
    sheet.append([2.0, "red", "Programme+project ", " Planner  ", None, "PMO ", None])
    sheet.append([None, None, None, 404, None, "other", None])
    sheet.row_dimensions[3].hidden = True
    book.save(path)
    mine = tmp_path / "mine.csv"
    assert apply_review(path, mine).added == 2
    assert rows_of_csv(mine)[1:] == [
        ["Planner", "pmo", "2", "project+programme", "0", "reviewed"],
        ["404", "other", "", "", "0", "reviewed"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_of_the_sheet_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """In the delimiters and encodings that spreadsheets save in."""
    rows = [["title", "track", "level", "scope"], ["Büro,\nPlaner; X", "pmo", "2", "none"]]
    path = tmp_path / "r.csv"
    with path.open("w", encoding=encoding, newline="") as handle:
        csv.writer(handle, delimiter=delimiter).writerows(rows)
    apply_review(path, tmp_path / "mine.csv")
    assert rows_of_csv(tmp_path / "mine.csv")[1][:3] == ["Büro, Planer; X", "pmo", "2"]


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x00\x01" * 50)


def _no_header(path: Path) -> None:
    reviewed_book(path, header=("title", "track"))


def _two_decisions(path: Path) -> None:
    reviewed_book(path, header=("title", "Decision", "decision "))


def _two_tracks(path: Path) -> None:
    reviewed_book(path, header=("title", "track", "level", "scope", "Track"))


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("r.xlsx", None, "there is no such file"),
        ("r.xlsx", Path.mkdir, "this is a folder"),
        ("r.xlsx", _garbage, "its content is not that of a .xlsx file"),
        ("r.bin", _garbage, "not a table by its ending"),
        ("r.xlsx", _no_header, "no sheet has the columns title and decision, or title, track"),
        ("r.xlsx", _two_tracks, "two columns are called 'track'"),
        ("r.xlsx", _two_decisions, "two columns are called 'decision'"),
    ],
)
def test_a_file_that_is_no_review_is_refused(
    tmp_path: Path, name: str, make: Callable[[Path], None] | None, message: str
) -> None:
    if make is not None:
        make(tmp_path / name)
    with pytest.raises(FileError, match=message):
        apply_review(tmp_path / name, tmp_path / "mine.csv")
    assert not (tmp_path / "mine.csv").exists()
