"""Comparing two labelled files: what changed, counted by kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from tables import (
    CHEF,
    LABELLED_HEADER,
    LEAD,
    NEW,
    OLD,
    PLANNER,
    csv_file,
)

from pmo_classify.errors import FileError
from pmo_classify.evaluation.diff import FIELDS, Change, Move, diff
from pmo_classify.labelling.label_file import label_file


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return csv_file(tmp_path / "old.csv", LABELLED_HEADER, *OLD), csv_file(
        tmp_path / "new.csv", LABELLED_HEADER, *NEW
    )


def test_changed_titles_the_weightiest_first(pair: tuple[Path, Path]) -> None:
    found = diff(*pair)
    assert found.changes == (
        Change("Planner", PLANNER[1:], NEW[2][1:], FIELDS, 2, 2),
        Change("Chef", CHEF[1:], NEW[1][1:], ("method",), 3, 1),
    )
    assert (found.same, found.old_rows, found.new_rows) == (1, 7, 5)


def test_changes_by_kind(pair: tuple[Path, Path]) -> None:
    """Each kind has its titles, and their rows in the new file."""
    assert diff(*pair).moves() == (
        Move("track", "other", "pmo", 1, 2),
        Move("level", "", "2", 1, 2),
        Move("scope", "", "project", 1, 2),
        Move("review", "yes", "no", 1, 2),
        Move("method", "pattern", "exact", 1, 2),
        Move("method", "none", "pattern", 1, 1),
        Move("standard_title", "", "Project Planner", 1, 2),
    )


def test_titles_of_one_file_alone(pair: tuple[Path, Path]) -> None:
    found = diff(*pair)
    assert [(t.title, t.rows) for t in found.only_old] == [("Gone", 1)]
    assert [(t.title, t.rows) for t in found.only_new] == [("New", 1)]


def test_a_title_with_several_answers_is_told_and_not_compared(tmp_path: Path) -> None:
    other = ("PMO Lead", "other", "", "", "no", "none", "")
    old = csv_file(tmp_path / "old.csv", LABELLED_HEADER, LEAD, LEAD, other)
    found = diff(old, csv_file(tmp_path / "new.csv", LABELLED_HEADER, LEAD))
    assert (found.changes, found.same, found.differs) == ((), 0, True)
    assert [(s.title, s.file, s.rows, len(s.answers)) for s in found.several] == [
        ("PMO Lead", "old", 3, 2)
    ]


def test_spaces_between_words_do_not_count(tmp_path: Path) -> None:
    new = csv_file(tmp_path / "new.csv", LABELLED_HEADER, (" PMO\n Lead ", *LEAD[1:]))
    assert not diff(csv_file(tmp_path / "old.csv", LABELLED_HEADER, LEAD), new).differs


def test_what_one_file_does_not_say_is_not_compared(tmp_path: Path) -> None:
    short = [row[:4] for row in NEW]
    new = csv_file(tmp_path / "new.csv", LABELLED_HEADER[:4], *short)
    found = diff(csv_file(tmp_path / "old.csv", LABELLED_HEADER, *OLD), new)
    assert found.fields == ("track", "level", "scope")
    assert [change.title for change in found.changes] == ["Planner"]


def test_a_workbook_and_a_csv_that_label_wrote_are_the_same(tmp_path: Path) -> None:
    titles = ["PMO Lead", "Programme Office Analyst", "Program Coordinator", "Chef", "Chef"]
    ads = csv_file(tmp_path / "ads.csv", ["Job title"], *([title] for title in titles))
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for title in ("Job title", *titles):
        sheet.append([title])
    book.save(tmp_path / "ads.xlsx")
    label_file(ads)
    label_file(tmp_path / "ads.xlsx")
    found = diff(tmp_path / "ads.labelled.csv", tmp_path / "ads.labelled.xlsx")
    assert (found.differs, found.same, found.new_rows) == (False, 4, 5)
    assert found.fields == FIELDS


def test_a_file_without_labels_is_told(tmp_path: Path) -> None:
    plain = csv_file(tmp_path / "ads.csv", ["Job title"], ["Chef"])
    message = r"ads.csv: the columns 'pmo_track', .* are missing: .*label wrote; .* are 'Job title'"
    with pytest.raises(FileError, match=message):
        diff(plain, plain)


LABELLED = st.lists(
    st.tuples(
        st.sampled_from(["PMO Lead", "Planner", "Chef", "Head of PMO"]),
        st.sampled_from([LEAD[1:], PLANNER[1:], CHEF[1:]]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(LABELLED, LABELLED)
def test_the_other_way_round_it_is_mirrored(
    tmp_path_factory: pytest.TempPathFactory,
    olds: list[tuple[str, Sequence[str]]],
    news: list[tuple[str, Sequence[str]]],
) -> None:
    """If old and new change places, so do their values; a file does not differ from itself."""
    folder = tmp_path_factory.mktemp("diff")
    old = csv_file(
        folder / "old.csv", LABELLED_HEADER, *((title, *answer) for title, answer in olds)
    )
    new = csv_file(
        folder / "new.csv", LABELLED_HEADER, *((title, *answer) for title, answer in reversed(news))
    )
    there, back = diff(old, new), diff(new, old)
    assert {(c.title, c.old, c.new, c.fields) for c in there.changes} == {
        (c.title, c.new, c.old, c.fields) for c in back.changes
    }
    assert (there.only_old, there.only_new, there.same) == (
        back.only_new,
        back.only_old,
        back.same,
    )
    assert (diff(old, old).changes, diff(old, old).only_old) == ((), ())
