"""The review round trip: doubtful titles out, a person's decisions back."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from helpers import answer
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from pmo_classify import Classifier, classify
from pmo_classify.errors import FileError, TableError
from pmo_classify.knowledge.listed_titles import ListedTitle
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.labeller import Labeller, TitleCount
from pmo_classify.review.guide import SCOPE_CHOICES
from pmo_classify.review.user_titles import merge_titles, title_key
from pmo_classify.review.workbook import REVIEW_COLUMNS, AppliedReview, apply_review, write_review
from pmo_classify.taxonomy import Scope, Track

TITLES = (
    *["Program Coordinator"] * 3,
    *["Portfolio Manager"] * 2,
    "PORTFOLIO MANAGER - London",
    "Project Specialist",
    "Planner",
    "PMO Analyst",
    "Chef",
    "Project Manager",
)
HOSTILE = '=HYPERLINK("http://x.example")'
HEADER = ("title", "track", "level", "scope", "note")


def _counts(titles: Sequence[str]) -> list[TitleCount]:
    labeller = Labeller(Classifier())
    for title in titles:
        labeller.cells(title)
    return list(labeller.titles())


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "review.xlsx"
    write_review(path, _counts(TITLES))
    return path


def _decide(path: Path, decisions: dict[str, tuple[object, ...]]) -> None:
    """Fill in track, level, scope and note for titles, as a person does in a spreadsheet."""
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    first = REVIEW_COLUMNS.index("track") + 1
    for row in range(2, sheet.max_row + 1):
        for offset, value in enumerate(decisions.get(str(sheet.cell(row, 1).value), ())):
            sheet.cell(row, first + offset, value)
    book.save(path)


def _reviewed(path: Path, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (header, *rows):
        sheet.append(row)
    book.save(path)
    return path


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def test_round_trip(tmp_path: Path) -> None:
    """Label, review, correct three, apply, label: those are as corrected, the rest as before."""
    ads = tmp_path / "ads.csv"
    ads.write_text("Job title\n" + "\n".join(TITLES) + "\n", encoding="utf-8")
    before = tmp_path / "before.csv"
    after = tmp_path / "after.csv"
    label_csv(ads, before)
    review, mine = tmp_path / "review.xlsx", tmp_path / "mine.csv"
    assert write_review(review, _counts(TITLES)) == 4
    _decide(
        review,
        {
            "Program Coordinator": ("other",),
            "Portfolio Manager": ("pmo", 3, "portfolio", "we run projects"),
            "Planner": ("pmo", 2, "none"),
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
    old, new = _table(before), _table(after)
    review_at = old[0].index("pmo_review")
    assert [row[0] for row in new] == [row[0] for row in old]
    assert [row for row in new if row[0] not in corrected] == [
        row for row in old if row[0] not in corrected
    ]
    assert {row[0]: row[1:4] for row in new if row[0] in corrected} == corrected
    assert {row[review_at] for row in new if row[0] in corrected} == {"no"}


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
    assert "other: a service's programme" in str(programme[6])
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
    assert SCOPE_CHOICES[0] == "none"
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


@pytest.mark.parametrize("start", list("=+-@"))
def test_a_title_is_never_a_formula(tmp_path: Path, start: str) -> None:
    """Neither in the workbook nor in the table of titles."""
    title = f"{start}Program Coordinator"
    review, mine = tmp_path / "review.xlsx", tmp_path / "mine.csv"
    assert write_review(review, _counts([title])) == 1
    cell = openpyxl.load_workbook(review)["Review"]["A2"]
    assert (cell.value, cell.data_type) == (title, "s")
    _reviewed(review, (title, "other", None, None, "=1+1"))
    book = openpyxl.load_workbook(review)
    book.active["A2"].data_type = book.active["E2"].data_type = "s"
    book.save(review)
    apply_review(review, mine)
    assert _table(mine)[1] == ["Program Coordinator", "other", "", "", "0", "'=1+1"]
    assert not Classifier(extra_titles=mine).classify(title).needs_review


@pytest.mark.parametrize(
    "title", ["PMO\x00\x01 Planner", "Planner _x0041_", "Planner\ud800", "Planner " + "x" * 40_000]
)
def test_odd_titles_do_not_break_the_workbook(tmp_path: Path, title: str) -> None:
    path = tmp_path / "review.xlsx"
    doubtful = classify("Planner")
    odd = TitleCount(type(doubtful)(title, Track.OTHER, needs_review=True, reasons=("nothing",)), 1)
    assert write_review(path, [odd]) == 1
    assert "Planner" in str(openpyxl.load_workbook(path)["Review"]["A2"].value)


def test_nothing_in_doubt_is_a_sheet_without_rows(tmp_path: Path) -> None:
    path, mine = tmp_path / "review.xlsx", tmp_path / "mine.csv"
    assert write_review(path, _counts(["PMO Analyst"])) == 0
    assert apply_review(path, mine) == AppliedReview(0, 0, 0, 0)
    assert _table(mine) == [["title", "track", "level", "scope", "ambiguous", "source"]]


def test_the_same_titles_give_the_same_workbook(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    write_review(one, _counts(TITLES))
    write_review(two, _counts(TITLES))
    assert one.read_bytes() == two.read_bytes()


def test_a_workbook_in_the_way_stays(workbook: Path) -> None:
    before = workbook.read_bytes()
    with pytest.raises(FileError, match=r"the file exists: name another .* or use --force"):
        write_review(workbook, [])
    assert workbook.read_bytes() == before
    assert write_review(workbook, [], force=True) == 0


def test_bad_decisions_are_told_all_at_once(tmp_path: Path) -> None:
    """Each with its row in the sheet and how to mend it, and nothing is written."""
    mine = tmp_path / "mine.csv"
    reviewed = _reviewed(
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
        "r.xlsx:3: a pmo title has no level: write 1, 2, 3 or 4",
        "r.xlsx:4: level '5' is not a level: write 1, 2, 3 or 4, or leave it empty off the ladder",
        "r.xlsx:5: a title on track other has a level or a scope: leave both empty",
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
    """A CSV made by hand has short rows: what is not there is empty."""
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
    assert _table(mine)[1:] == [
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
    assert _table(tmp_path / "mine.csv")[1][:3] == ["Büro, Planer; X", "pmo", "2"]


def test_old_answers_are_replaced_in_their_place_and_the_rest_stays(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_bytes(
        b"\xef\xbb\xbfteam,title,track,level,scope\r\n"
        b'a,"Zeta, the first",other,,\r\nb,PLANNER,other,,\r\nc,Chef,pmo,4,\r\n'
    )
    reviewed = _reviewed(
        tmp_path / "r.xlsx",
        ("Planner", "pmo", 2, "none", "plans projects"),
        ("Beta", "delivery"),
        ("Chef", "pmo", 4, "none"),
    )
    assert apply_review(reviewed, mine) == AppliedReview(1, 1, 1, 0)
    assert mine.read_bytes().decode("utf-8") == (
        "\ufefftitle,track,level,scope,ambiguous,source,team\r\n"
        '"Zeta, the first",other,,,,,a\r\n'
        "PLANNER,pmo,2,,0,plans projects,b\r\n"
        "Chef,pmo,4,,,,c\r\n"
        "Beta,delivery,,,0,reviewed,\r\n"
    )
    again = mine.read_bytes()
    assert apply_review(reviewed, mine) == AppliedReview(0, 0, 3, 0)
    assert mine.read_bytes() == again


def test_a_faulty_table_of_titles_is_left_as_it_was(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("title,track,level\nX,pmo,9\n", encoding="utf-8")
    reviewed = _reviewed(tmp_path / "r.xlsx", ("Planner", "other"))
    with pytest.raises(TableError, match=r"mine.csv:2: level '9' is not a level"):
        apply_review(reviewed, mine)
    assert mine.read_text(encoding="utf-8").endswith("X,pmo,9\n")


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x00\x01" * 50)


def _no_header(path: Path) -> None:
    _reviewed(path, header=("title", "track"))


def _two_tracks(path: Path) -> None:
    _reviewed(path, header=("title", "track", "level", "scope", "Track"))


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("r.xlsx", None, "there is no such file"),
        ("r.xlsx", Path.mkdir, "this is a folder"),
        ("r.xlsx", _garbage, "its content is not that of a .xlsx file"),
        ("r.bin", _garbage, "not a workbook or a CSV"),
        ("r.xlsx", _no_header, "no sheet has the columns title, track, level, scope"),
        ("r.xlsx", _two_tracks, "row 1: two columns are called 'track'"),
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


@settings(derandomize=True)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_a_title_is_found_by_the_row_made_for_it(
    tmp_path_factory: pytest.TempPathFactory, title: str
) -> None:
    """Whatever its characters, a title that has a normalised form keeps it through the table."""
    if not title_key(title) or not title.strip():
        return
    mine = tmp_path_factory.mktemp("titles") / "mine.csv"
    merge_titles(mine, [ListedTitle(title, Track.DELIVERY, None, Scope.NONE, False, "x", "r", 2)])
    found = Classifier(extra_titles=mine).classify(title)
    assert answer(found) == ("delivery", "", "")
