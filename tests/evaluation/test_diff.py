"""Comparing two labelled files: what changed, counted by kind."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from helpers import run_command
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from pmo_classify.errors import FileError
from pmo_classify.evaluation.diff import FIELDS, Change, Move, diff
from pmo_classify.labelling.label_file import label_file

HEADER = ("Job title", *(f"pmo_{name}" for name in FIELDS))
LEAD = ("PMO Lead", "pmo", "3", "", "no", "exact", "PMO Lead")
PLANNER = ("Planner", "other", "", "", "yes", "pattern", "")
CHEF = ("Chef", "other", "", "", "no", "none", "")

OLD = (LEAD, PLANNER, PLANNER, CHEF, CHEF, CHEF, ("Gone", *CHEF[1:]))
NEW = (
    ("New", *CHEF[1:]),
    ("Chef", "other", "", "", "no", "pattern", ""),
    ("Planner", "pmo", "2", "project", "no", "exact", "Project Planner"),
    ("Planner", "pmo", "2", "project", "no", "exact", "Project Planner"),
    LEAD,
)
"""One title is as before. "Planner" changed in all six fields, in two rows; "Chef" in its method
alone, in one row. "Gone" stands in the old file only, "New" in the new one only."""


def _csv(path: Path, *rows: Sequence[str], header: Sequence[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, *rows])
    return path


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return _csv(tmp_path / "old.csv", *OLD), _csv(tmp_path / "new.csv", *NEW)


def _run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    run = run_command(*arguments, cwd=cwd)
    return subprocess.CompletedProcess(
        run.args, run.returncode, run.stdout.decode(), run.stderr.decode()
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
    old = _csv(tmp_path / "old.csv", LEAD, LEAD, other)
    found = diff(old, _csv(tmp_path / "new.csv", LEAD))
    assert (found.changes, found.same, found.differs) == ((), 0, True)
    assert [(s.title, s.file, s.rows, len(s.answers)) for s in found.several] == [
        ("PMO Lead", "old", 3, 2)
    ]


def test_spaces_between_words_do_not_count(tmp_path: Path) -> None:
    new = _csv(tmp_path / "new.csv", (" PMO\n Lead ", *LEAD[1:]))
    assert not diff(_csv(tmp_path / "old.csv", LEAD), new).differs


def test_what_one_file_does_not_say_is_not_compared(tmp_path: Path) -> None:
    short = [row[:4] for row in NEW]
    new = _csv(tmp_path / "new.csv", *short, header=HEADER[:4])
    found = diff(_csv(tmp_path / "old.csv", *OLD), new)
    assert found.fields == ("track", "level", "scope")
    assert [change.title for change in found.changes] == ["Planner"]


def test_a_workbook_and_a_csv_that_label_wrote_are_the_same(tmp_path: Path) -> None:
    titles = ["PMO Lead", "Programme Office Analyst", "Program Coordinator", "Chef", "Chef"]
    ads = _csv(tmp_path / "ads.csv", *([title] for title in titles), header=["Job title"])
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
    plain = _csv(tmp_path / "ads.csv", ["Chef"], header=["Job title"])
    message = r"ads.csv: there is no column 'pmo_track', .*label wrote; .* are 'Job title'"
    with pytest.raises(FileError, match=message):
        diff(plain, plain)


def test_the_command_tells_what_changed(pair: tuple[Path, Path]) -> None:
    """Exit code 0: it ran, whatever it found."""
    run = _run("diff", "old.csv", "new.csv", cwd=pair[0].parent)
    assert (run.returncode, run.stderr) == (0, "")
    assert "2 of 3 titles changed, in 3 of 5 rows" in run.stdout
    assert "'Planner': track other > pmo; level - > 2; scope - > project" in run.stdout
    assert "only in OLD: 1 title, 1 row\n" in run.stdout


@pytest.mark.parametrize(("new", "code"), [("new.csv", 3), ("old.csv", 0), ("none.csv", 1)])
def test_exit_code_says_whether_anything_differs(
    pair: tuple[Path, Path], new: str, code: int
) -> None:
    """With --exit-code: 3 for a difference, which is no failure (1) and no wrong usage (2)."""
    run = _run("diff", "old.csv", new, "--exit-code", cwd=pair[0].parent)
    assert run.returncode == code


def test_the_command_prints_json(pair: tuple[Path, Path]) -> None:
    run = _run("diff", "old.csv", "new.csv", "--json", cwd=pair[0].parent)
    found = json.loads(run.stdout)
    assert found == json.loads(json.dumps(diff(*pair).as_dict()))
    assert (found["changed"], found["changes"][0]["new"]["level"]) == (2, "2")


def test_the_command_writes_all_differences(pair: tuple[Path, Path]) -> None:
    folder = pair[0].parent
    assert _run("diff", "old.csv", "new.csv", "--csv", "out.csv", cwd=folder).returncode == 0
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [(row["title"], row["kind"], row["changed"]) for row in rows] == [
        ("Planner", "changed", "+".join(FIELDS)),
        ("Chef", "changed", "method"),
        ("Gone", "only old", ""),
        ("New", "only new", ""),
    ]
    assert (rows[0]["old_track"], rows[0]["new_track"], rows[0]["new_rows"]) == (
        "other",
        "pmo",
        "2",
    )


def test_no_text_of_a_file_upsets_the_output(tmp_path: Path) -> None:
    """Brackets are no style, and letters that the output's encoding lacks are spelt out."""
    hostile = ("Kierownik [/red] Łódź", "[/bold]", "[red]", "", "no", "Ł", "")
    _csv(tmp_path / "old.csv", (hostile[0], *CHEF[1:]))
    _csv(tmp_path / "new.csv", hostile)
    command = [sys.executable, "-m", "pmo_classify", "diff", "old.csv", "new.csv"]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    run = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, env=environment)
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"[/bold]" in run.stdout
    assert b"\\u0141\xf3d\\u017a" in run.stdout


def test_an_input_is_never_overwritten(pair: tuple[Path, Path]) -> None:
    before = pair[1].read_bytes()
    run = _run("diff", "old.csv", "new.csv", "--csv", "new.csv", "--force", cwd=pair[0].parent)
    assert run.returncode == 1
    assert "the output is the input: name another with --csv" in run.stderr
    assert pair[1].read_bytes() == before


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
    """Old and new change places; a file has no change from itself."""
    folder = tmp_path_factory.mktemp("diff")
    old = _csv(folder / "old.csv", *((title, *answer) for title, answer in olds))
    new = _csv(folder / "new.csv", *((title, *answer) for title, answer in reversed(news)))
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
