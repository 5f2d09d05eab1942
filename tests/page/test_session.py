"""The Python side of the web page: the bytes and the words of the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from browsers import like_a_browser
from odd_csv import KEPT, REFUSED
from xlsx_books import full_book

from pmo_classify import Classifier, classify
from pmo_classify.errors import FileError, PmoClassifyError, TableError
from pmo_classify.labelling.label_file import label_file
from pmo_classify.page.session import Session
from pmo_classify.page.title import shown_title, title_parts
from pmo_classify.report.page import write_report
from pmo_classify.review.apply import apply_review

ADS = (
    b"Export of May\n\nNo,Job title,Town,Employer\n"
    b"1,Program Coordinator,Leeds,Acme\n2,Program Coordinator,York,Byte\n"
    b"3,Portfolio Manager,Hull,Acme\n4,PORTFOLIO MANAGER - London,,\n5,Planner,Leeds,\n"
    b"6,PMO Lead,Leeds,\n7,Chef,,\n8,Project Manager,,\n"
)
OTHER = "not on the ladder: other work"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "session")


@pytest.fixture
def labelled(session: Session) -> Session:
    session.open("ads.csv", ADS)
    session.label()
    return session


def _labelled_by_command(folder: Path, name: str, data: bytes, **options: Any) -> bytes:
    source, target = folder / name, folder / f"out{Path(name).suffix}"
    source.write_bytes(data)
    label_file(source, target, **options)
    return target.read_bytes()


@pytest.mark.parametrize("name", [name for name, odd in KEPT.items() if odd.given is None])
def test_odd_files_come_back_as_from_the_command_line(
    tmp_path: Path, session: Session, name: str
) -> None:
    odd = KEPT[name]
    file = f"ads{odd.ending}"
    session.open(file, odd.content)
    session.look(odd.column)
    session.label()
    wanted = _labelled_by_command(tmp_path, file, odd.content, column=odd.column)
    assert session.labelled().data == wanted


def test_a_workbook_comes_back_as_from_the_command_line(tmp_path: Path, session: Session) -> None:
    """All its parts: sheets, charts, pictures, names, links."""
    data = full_book(tmp_path / "book.xlsx").read_bytes()
    found = session.open("book.xlsx", data)
    counts = session.label()
    assert [table["sheet"] for table in found["tables"] if table["column"] is not None] == ["Ads"]
    assert counts["rows"] == 6
    assert session.labelled().name == "book.labelled.xlsx"
    assert session.labelled().data == _labelled_by_command(tmp_path, "book.xlsx", data)


@pytest.mark.parametrize("name", [name for name, (_, given, _) in REFUSED.items() if given is None])
def test_what_the_command_line_refuses_is_refused_with_its_words(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    data = REFUSED[name][0]
    monkeypatch.chdir(tmp_path)
    Path("ads.csv").write_bytes(data)
    with pytest.raises(FileError) as caught:
        label_file("ads.csv")
    said = json.loads(session.call('["open", "ads.csv"]', data)[0])
    if "done" in said:
        assert said["done"]["fault"] == str(caught.value)
        said = json.loads(session.call('["label"]')[0])
    assert said == {"refused": str(caught.value)}


def test_a_workbook_without_titles_is_refused_with_the_same_words(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names all sheets, and one of them can be chosen all the same."""
    monkeypatch.chdir(tmp_path)
    with xlsxwriter.Workbook("ads.xlsx") as out:
        for name in ("May", "June"):
            out.add_worksheet(name).write_column(0, 0, ["a", "PMO Lead", "x1", "x2"])
    with pytest.raises(FileError) as caught:
        label_file("ads.xlsx")
    assert session.open("ads.xlsx", Path("ads.xlsx").read_bytes())["fault"] == str(caught.value)
    (table,) = session.look("A", "June")["tables"]
    assert (table["sheet"], table["column"]) == ("June", 0)


def test_after_a_refusal_the_next_file_is_read(session: Session) -> None:
    assert "refused" in session.call('["open", "ads.xlsx"]', b"no workbook")[0]
    session.open("ads.csv", ADS)
    assert session.label()["rows"] == 8


@pytest.mark.parametrize(
    ("where", "column", "header", "rows"),
    [
        ({}, 1, 3, ["1", "Program Coordinator", "Leeds", "Acme"]),
        ({"column": "C"}, 2, 3, ["1", "Program Coordinator", "Leeds", "Acme"]),
        ({"column": "B", "header": 4}, 1, 4, ["2", "Program Coordinator", "York", "Byte"]),
        ({"column": "B", "header": 0}, 1, None, ["Export of May"]),
    ],
)
def test_where_the_titles_are_is_found_or_said(
    session: Session, where: dict[str, Any], column: int, header: int | None, rows: list[str]
) -> None:
    session.open("ads.csv", ADS)
    (table,) = session.look(**where)["tables"]
    assert (table["column"], table["header_row"]) == (column, header)
    assert table["rows"][0] == rows
    assert len(table["rows"]) == 5


def test_what_is_said_of_the_titles_holds_for_the_labels(tmp_path: Path, session: Session) -> None:
    session.open("ads.csv", ADS)
    session.look("C", None, 3)
    session.label()
    wanted = _labelled_by_command(tmp_path, "ads.csv", ADS, column="C", header=3)
    assert session.labelled().data == wanted


def test_the_columns_can_be_chosen_where_none_was_found(session: Session) -> None:
    found = session.open("ads.csv", b"a,b\nx,PMO Lead\ny,Chef\nz,Cook\n")
    (table,) = session.look("B")["tables"]
    assert [column["letter"] for column in table["columns"]] == ["A", "B"]
    assert (found["tables"][0]["columns"], table["column"]) == (table["columns"], 1)


def test_counts_add_up(labelled: Session) -> None:
    counts: Any = labelled.counts()
    assert (counts["rows"], counts["distinct"], counts["to_review"]) == (8, 7, 5)
    assert sum(level["rows"] for level in counts["levels"]) == 8
    assert sum(level["review"] for level in counts["levels"]) == 5
    assert {scope["name"] for scope in counts["scopes"]} >= {"programme", "none named"}


def test_the_doubts_come_as_cards(labelled: Session) -> None:
    """The most frequent first; spellings of one title are one card."""
    assert labelled.doubts() == [
        {"title": "Portfolio Manager", "rows": 2},
        {"title": "Program Coordinator", "rows": 2},
        {"title": "Planner", "rows": 1},
    ]
    card: Any = labelled.card("Portfolio Manager")
    assert (card["rows"], card["spellings"]) == (2, ["PORTFOLIO MANAGER - London"])
    assert card["examples"] == ["Hull · Acme"]
    assert labelled.card("Program Coordinator")["examples"] == ["Leeds · Acme", "York · Byte"]
    assert card["choices"][0] == OTHER
    assert len(card["choices"]) == 6


def test_a_card_without_a_header_has_no_examples(session: Session) -> None:
    session.open("list.csv", b"Planner\nPMO Lead\nChef\n")
    session.label()
    assert session.card("Planner")["examples"] == []


def test_every_choice_of_a_card_can_be_taken(labelled: Session) -> None:
    card: Any = labelled.card("Portfolio Manager")
    for choice in [*card["choices"], "Level 3, programme+portfolio", "Level 1, no scope"]:
        labelled.decide([("Portfolio Manager", choice)])
        shown = labelled.read("PORTFOLIO MANAGER - London")
        assert shown["is_own"]
        assert str(choice).startswith(str(shown["reading"]))


DECISIONS = (
    ("Portfolio Manager", "Level 3, portfolio: a portfolio of projects"),
    ("=Planner", "Level 2, no scope: plans projects"),
    ("Program Coordinator", OTHER),
)


def test_decisions_are_those_of_the_command_line(tmp_path: Path, labelled: Session) -> None:
    """The table of titles, the labelled file and the report have the same bytes."""
    labelled.decide(DECISIONS)
    review, mine = tmp_path / "review.csv", tmp_path / "my_titles.csv"
    with review.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("title", "decision", "note"), *((*d, "") for d in DECISIONS)])
    apply_review(review, mine)
    assert labelled.titles().data == mine.read_bytes()
    classifier = Classifier(extra_titles=mine)
    wanted = _labelled_by_command(tmp_path, "ads.csv", ADS, classifier=classifier)
    assert labelled.labelled().data == wanted
    summary = label_file(tmp_path / "ads.csv", classifier=classifier)
    write_report(tmp_path / "r.html", summary, source="ads.csv")
    assert labelled.report().data == (tmp_path / "r.html").read_bytes()
    assert labelled.report().name == "ads.report.html"


def test_the_later_decision_on_a_title_holds_and_can_be_undone(labelled: Session) -> None:
    first = ("Planner", "Level 2, no scope")
    assert labelled.decide([first, ("PLANNER - Leeds", OTHER)]) == 1
    assert labelled.read("Planner")["track"] == "other"
    labelled.decide([first])
    assert labelled.read("Planner")["level"] == 2
    labelled.decide([])
    assert not labelled.read("Planner")["is_own"]
    with pytest.raises(FileError, match="there are no decisions yet: settle a title first"):
        labelled.titles()


def test_the_cards_stay_while_they_are_decided(labelled: Session) -> None:
    before = labelled.doubts(), labelled.card("Planner")
    labelled.decide([("Planner", OTHER)])
    labelled.labelled()
    assert (labelled.doubts(), labelled.card("Planner")) == before
    assert labelled.counts()["to_review"] == 4


def test_decisions_of_last_month_are_used_again(tmp_path: Path, labelled: Session) -> None:
    """They settle what they settled, and the new ones are added to their table."""
    labelled.decide(DECISIONS[:2])
    earlier = labelled.titles().data
    again = Session(tmp_path / "again")
    assert again.use_titles("may.csv", earlier) == 2
    again.open("ads.csv", ADS)
    again.label()
    assert again.doubts() == [{"title": "Program Coordinator", "rows": 2}]
    again.decide(DECISIONS[2:])
    labelled.decide(DECISIONS)
    assert again.titles() == labelled.titles()
    assert again.labelled() == labelled.labelled()
    again.use_titles("", b"")
    again.label()
    assert len(again.doubts()) == 3


def test_a_faulty_table_changes_nothing(labelled: Session) -> None:
    good = b"title,track,level,scope,ambiguous,source\nChef,pmo,3,,0,me\n"
    labelled.use_titles("good.csv", good)
    with pytest.raises(TableError):
        labelled.use_titles("bad.csv", good.replace(b",3,", b",5,"))
    said = labelled.call('["use_titles", "bad.csv"]', good.replace(b",3,", b",5,"))[0]
    assert json.loads(said)["refused"].startswith("bad.csv:2: ")
    assert labelled.read("Chef")["level"] == 3
    assert labelled.titles().data == good


def test_any_title_is_found_and_overridden(labelled: Session) -> None:
    found: Any = labelled.search("CHE")
    assert [(hit["title"], hit["rows"]) for hit in found] == [("Chef", 1)]
    card: Any = labelled.card("Chef")
    assert card["rows"] is None
    labelled.decide([("Chef", "Level 1, project")])
    (hit,) = labelled.search("chef")
    assert (hit["level"], hit["is_own"]) == (1, True)
    assert labelled.search("no such letters") == []


def test_progress_is_told(session: Session) -> None:
    told: list[int] = []
    session.open("ads.csv", ADS)
    session.label(lambda rows, _total: told.append(rows))
    assert told[-1] == 8


def test_too_little_memory_is_refused(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Session, "look", fail)
    assert "there is not enough memory" in session.call('["open", "ads.csv"]', ADS)[0]


def test_nothing_can_be_asked_before_there_is_a_file(session: Session) -> None:
    assert json.loads(session.call('["label"]')[0]) == {
        "refused": "there is no file yet: choose one"
    }


def test_a_file_has_its_bytes(labelled: Session) -> None:
    text, data = labelled.call('["labelled"]')
    assert json.loads(text) == {"done": "ads.labelled.csv"}
    assert data == labelled.labelled().data


@pytest.mark.parametrize(
    "title",
    [
        "Snr Prog. Ofice Co-ordinator (12m FTC) - London",
        "PgM 😀 lead / Projektleiter &amp; Chef",
        "",
        "?!",
        "\udcff PMO",
    ],
)
def test_the_parts_of_a_title_are_the_title(title: str) -> None:
    answer = classify(title)
    assert "".join(part.text for part in title_parts(answer)) == title
    assert json.loads(json.dumps(shown_title(answer)))["title"] == title


def test_a_lone_surrogate_is_decided_as_a_sheet_writes_it(session: Session) -> None:
    session.open("ads.csv", b"Job title\nPMO \xff Coordinator\nB\xfcro Planner \x81\n")
    session.label()
    title = session.doubts()[0]["title"] if session.doubts() else "Planner \udc81"
    assert session.decide([(str(title), OTHER)]) == 1
    assert session.titles().data.decode()


def test_a_page_in_a_browser_refuses_what_needs_arrow(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    like_a_browser(monkeypatch)
    with pytest.raises(PmoClassifyError, match=r"a web page cannot read Parquet: save it as"):
        session.open("ads.parquet", b"PAR1")
    with pytest.raises(PmoClassifyError, match=r"a web page cannot unpack \.zst: unpack it"):
        session.open("ads.csv.zst", b"\x28\xb5\x2f\xfd")
