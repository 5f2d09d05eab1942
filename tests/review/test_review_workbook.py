"""The review workbook: the titles that a person decides."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from reviews import TITLES, decide, reviewed_book, title_counts

from pmo_classify import Classifier, classify
from pmo_classify.errors import FileError
from pmo_classify.labelling.labeller import TitleCount
from pmo_classify.review.apply import AppliedReview, apply_review
from pmo_classify.review.decisions import MOST_CHOICES, choices, parse_decision
from pmo_classify.review.examples import Examples, find_examples
from pmo_classify.review.workbook import REVIEW_COLUMNS, WrittenReview, write_review
from pmo_classify.taxonomy import Level, Track

DOUBTFUL = ("Portfolio Manager", "Program Coordinator", "Planner", "Project Specialist")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "review.xlsx"
    write_review(path, title_counts(TITLES))
    return path


def _rows(path: Path) -> list[dict[str, object]]:
    header, *rows = openpyxl.load_workbook(path)["Review"].values
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_the_sheet_lists_each_doubtful_title_once_the_most_frequent_first(workbook: Path) -> None:
    """Spellings that one answer covers share a row, under the most frequent one."""
    rows = _rows(workbook)
    assert tuple(rows[0]) == REVIEW_COLUMNS
    assert [(row["title"], row["rows"]) for row in rows] == [
        ("Portfolio Manager", 3),
        ("Program Coordinator", 3),
        ("Planner", 1),
        ("Project Specialist", 1),
    ]
    programme = rows[1]
    ours = "Level 2, programme: supports an office, programmes or portfolios"
    other = "not on the ladder: other work (the programme of a public service)"
    assert (programme["our reading"], programme["other readings"]) == (ours, other)
    assert str(programme["why it is in doubt"]).startswith("'programme' on its own may mean")
    assert (programme["decision"], programme["note"]) == (None, None)
    assert [programme[f"choice {n}"] for n in range(1, MOST_CHOICES + 1)] == [
        ours,
        other,
        "Level 1, programme",
        "Level 3, programme",
        "Level 4, programme",
        "not on the ladder: runs projects or programmes",
    ]


def test_of_spellings_as_frequent_the_shortest_stands_for_all(tmp_path: Path) -> None:
    titles = ["PLANNER - London", "Planner", "Planner (Leeds)"]
    write_review(tmp_path / "r.xlsx", title_counts(titles))
    assert [(row["title"], row["rows"]) for row in _rows(tmp_path / "r.xlsx")] == [("Planner", 3)]


def test_the_decision_has_a_drop_down_of_its_own_row(workbook: Path) -> None:
    """The choices are in hidden columns of the same row, and so move with it in a sort."""
    sheet = openpyxl.load_workbook(workbook)["Review"]
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.type, rule.formula1) == ("G2:G5", "list", "$I2:$N2")
    assert rule.errorStyle == "warning"
    assert [sheet.column_dimensions[letter].hidden for letter in "GI"] == [False, True]
    assert sheet["I1"].value == "choice 1"
    assert sheet["G1"].value == "decision"


@pytest.mark.parametrize("title", DOUBTFUL)
def test_every_choice_is_read_back_as_what_it_says(title: str) -> None:
    """Each level and each kind of work off the ladder is among them, ours first."""
    answer = classify(title)
    read = [parse_decision(choice) for choice in choices(answer)]
    assert len(read) == MOST_CHOICES == len(set(read))
    assert {d and (d.track, d.level) for d in read} >= {("other", ""), ("delivery", "")}
    first, second = read[:2]
    assert first is not None
    assert second is not None
    level = "" if answer.level is None else str(int(answer.level))
    assert first == (str(answer.track), level, str(answer.scope))
    other = answer.alternatives[0]
    assert second.track == str(other.track)
    assert second.scope == str(other.scope)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Level 3, programme", ("pmo", "3", "programme")),
        (" LEVEL 3 ", ("pmo", "3", "")),
        ("3", ("pmo", "3", "")),
        ("2.0", ("pmo", "2", "")),
        ("pmo 4 enterprise", ("pmo", "4", "enterprise")),
        ("level 2, no scope: we plan projects: all", ("pmo", "2", "")),
        ("Level 2, none named", ("pmo", "2", "")),
        ("Level 1; project and programme", ("pmo", "1", "project+programme")),
        ("Level 4:", ("pmo", "4", "")),
        ("delivery", ("delivery", "", "")),
        ("Not on the ladder: runs a shop", ("delivery", "", "")),
        ("other", ("other", "", "")),
        ("not on the ladder, other work", ("other", "", "")),
        ("not on the ladder", None),
        ("Level 5", None),
        ("Level 33", None),
        ("otherwise", None),
        ("yes", None),
        ("", None),
    ],
)
def test_what_a_person_types(typed: str, meant: tuple[str, str, str] | None) -> None:
    assert parse_decision(typed) == meant


def test_the_sheet_helps_the_person(workbook: Path) -> None:
    """The header stays in view, rows can be filtered, the person's columns stand out."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["Review"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:H5")
    assert {sheet[f"{c}3"].fill.fgColor.rgb for c in "GH"} == {"FFFFF6DD"}
    assert sheet["F3"].fill.fill_type is None
    guide = " ".join(str(cell) for row in book["How to"].values for cell in row if cell)
    assert "Leading and managing PMOs" in guide
    assert "pmo-classify apply" in guide


def test_examples_of_all_spellings(tmp_path: Path) -> None:
    """Up to three different ones, of the columns that say where a job is and whose it is."""
    ads = tmp_path / "ads.csv"
    lines = [
        "Title,Dept,Pay,TOWN,Hiring_organisation",
        "Planner,Works,1,Leeds,Acme",
        "PLANNER,Works,2,Leeds,Acme",
        "PLANNER,,2,York,",
        "Planner,,,,",
        f"Planner,,,{'x' * 90},",
        "Planner,,,Hull,",
        "Chef,Kitchen,,Bath,",
    ]
    ads.write_text("\n".join(lines))
    found = find_examples(ads, {"Planner": "planner", "PLANNER": "planner"})
    assert found.of("planner") == ["Leeds · Acme · Works", "York", f"{'x' * 59}…"]
    counted = title_counts(["Planner", "PLANNER"])
    write_review(tmp_path / "r.xlsx", counted, examples=found)
    (row,) = _rows(tmp_path / "r.xlsx")
    assert row["examples"] == "\n".join(found.of("planner"))
    assert not openpyxl.load_workbook(tmp_path / "r.xlsx")["Review"].column_dimensions["C"].hidden


def test_without_examples_their_column_is_hidden(workbook: Path, tmp_path: Path) -> None:
    assert openpyxl.load_workbook(workbook)["Review"].column_dimensions["C"].hidden
    ads = tmp_path / "ads.csv"
    ads.write_text("Title,Pay\nPlanner,1\n")
    assert find_examples(ads, {"Planner": "planner"}).of("planner") == []


@pytest.mark.parametrize(
    "title", ["PMO\x00\x01 Planner", "Planner _x0041_", "Planner\ud800", "Planner " + "x" * 40_000]
)
def test_odd_titles_do_not_break_the_workbook(tmp_path: Path, title: str) -> None:
    path = tmp_path / "review.xlsx"
    doubtful = classify("Planner")
    odd = TitleCount(type(doubtful)(title, Track.OTHER, needs_review=True, reasons=("nothing",)), 1)
    assert write_review(path, [odd]) == WrittenReview(1, 0)
    assert "Planner" in str(openpyxl.load_workbook(path)["Review"]["A2"].value)


def test_the_same_titles_give_the_same_workbook(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    write_review(one, title_counts(TITLES))
    write_review(two, title_counts(TITLES))
    assert one.read_bytes() == two.read_bytes()


def test_a_workbook_in_the_way_stays(workbook: Path) -> None:
    before = workbook.read_bytes()
    with pytest.raises(FileError, match=r"the file exists: name another .* or use --force"):
        write_review(workbook, title_counts(["Planner"]))
    assert workbook.read_bytes() == before
    assert write_review(workbook, title_counts(["Planner"]), force=True) == WrittenReview(1, 0)


def test_nothing_in_doubt_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    assert write_review(path, title_counts(["PMO Analyst"])) == WrittenReview(0, 0)
    assert list(tmp_path.iterdir()) == []


OURS = "Level 2, programme: supports an office, programmes or portfolios"


def test_decisions_that_were_not_applied_are_kept(workbook: Path, tmp_path: Path) -> None:
    """In the row of their title where it is still in doubt, and below the others elsewhere."""
    decide(
        workbook,
        {
            "Program Coordinator": (OURS, "ours are"),
            "Planner": ("Level 9", None),
            "Project Specialist": ("other", "all trades"),
        },
    )
    counted = title_counts(["Program Coordinator", "PROGRAM COORDINATOR", "Head of Projects"])
    assert write_review(workbook, counted, force=True) == WrittenReview(2, 3)
    rows = {str(row["title"]): row for row in _rows(workbook)}
    assert {title: (row["rows"], row["decision"], row["note"]) for title, row in rows.items()} == {
        "Program Coordinator": (2, OURS, "ours are"),
        "Head of Projects": (1, None, None),
        "Planner": (0, "Level 9", None),
        "Project Specialist": (0, "other", "all trades"),
    }
    assert rows["Planner"]["why it is in doubt"] == "no longer in doubt, or not in this file"
    decide(workbook, {"Planner": ("2", None)})
    assert apply_review(workbook, tmp_path / "mine.csv") == AppliedReview(3, 0, 0, 1)


def test_applied_decisions_are_settled(workbook: Path, tmp_path: Path) -> None:
    """Decided titles are left out, whatever their spelling; decisions about others are kept."""
    mine = tmp_path / "mine.csv"
    decide(workbook, {"Portfolio Manager": ("Level 3, portfolio", None)})
    apply_review(workbook, mine)
    decide(workbook, {"Planner": ("other", None)})
    classifier = Classifier(extra_titles=mine)
    counted = [TitleCount(classifier.classify(title), 1) for title in TITLES]
    assert write_review(workbook, counted, classifier=classifier, force=True) == WrittenReview(3, 1)
    assert [(row["title"], row["decision"]) for row in _rows(workbook)] == [
        ("Program Coordinator", None),
        ("Planner", "other"),
        ("Project Specialist", None),
    ]


def test_a_changed_mind_is_not_settled(workbook: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    decide(workbook, {"Planner": ("other", None)})
    apply_review(workbook, mine)
    decide(workbook, {"Planner": ("Level 2", None)})
    classifier = Classifier(extra_titles=mine)
    assert write_review(workbook, [], classifier=classifier, force=True) == WrittenReview(0, 1)
    assert [(row["title"], row["decision"]) for row in _rows(workbook)] == [("Planner", "Level 2")]


def test_two_spellings_decided_in_two_ways_are_both_kept(tmp_path: Path) -> None:
    """In the form of older releases: track, level and scope are one decision now."""
    path = reviewed_book(
        tmp_path / "r.xlsx",
        ("Planner", "pmo", 2, "project"),
        ("PLANNER", "other"),
        ("Chef", "boss"),
    )
    assert write_review(path, title_counts(["Planner"]), force=True) == WrittenReview(1, 3)
    assert [(row["title"], row["decision"]) for row in _rows(path)] == [
        ("Planner", "pmo 2 project"),
        ("PLANNER", "other"),
        ("Chef", "boss"),
    ]
    found = parse_decision("pmo 2 project")
    assert found == ("pmo", str(int(Level.SUPPORTING)), "project")


def test_a_full_sheet_keeps_decisions_before_frequent_titles(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(workbook, {"Planner": ("other", None), "Project Specialist": ("Level 2", None)})
    monkeypatch.setattr("pmo_classify.review.workbook._MOST_ROWS", 3)
    counted = title_counts([*TITLES, "Head of Projects"])
    counted = [title for title in counted if title.answer.title != "Project Specialist"]
    assert write_review(workbook, counted, force=True) == WrittenReview(2, 2)
    assert [(row["title"], row["decision"]) for row in _rows(workbook)] == [
        ("Portfolio Manager", None),
        ("Planner", "other"),
        ("Project Specialist", "Level 2"),
    ]


def test_what_may_hold_decisions_is_not_replaced(tmp_path: Path) -> None:
    """With ``force`` a workbook that is not a review is replaced, but not a damaged one."""
    damaged = tmp_path / "r.xlsx"
    damaged.write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(FileError, match=r"r\.xlsx: it may hold decisions, and cannot be read: "):
        write_review(damaged, title_counts(["Planner"]), force=True)
    assert damaged.read_bytes() == b"PK\x03\x04 damaged"
    other = reviewed_book(tmp_path / "o.xlsx", ("a", "b"), header=("Town", "Pay"))
    assert write_review(other, title_counts(["Planner"]), force=True) == WrittenReview(1, 0)


def test_examples_know_their_titles() -> None:
    examples = Examples({"a": "x"})
    examples.add("b", "there")
    examples.add("a", "")
    assert examples.of("x") == []
    for place in "pqrs":
        examples.add("a", place)
    assert (examples.of("x"), examples.are_enough) == (["p", "q", "r"], True)
