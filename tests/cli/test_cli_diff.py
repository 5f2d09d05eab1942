"""`pmo-classify diff`."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run_text
from tables import (
    CHEF,
    LABELLED_HEADER,
    NEW,
    OLD,
    csv_file,
)

from pmo_classify.evaluation.diff import FIELDS, diff


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return csv_file(tmp_path / "old.csv", LABELLED_HEADER, *OLD), csv_file(
        tmp_path / "new.csv", LABELLED_HEADER, *NEW
    )


def test_the_command_tells_what_changed(pair: tuple[Path, Path]) -> None:
    """Exit code 0: it ran, whatever it found."""
    run = run_text("diff", "old.csv", "new.csv", cwd=pair[0].parent)
    assert (run.returncode, run.stderr) == (0, "")
    assert "2 of 3 titles changed, in 3 of 5 rows" in run.stdout
    assert "'Planner': track other > pmo; level - > 2; scope - > project" in run.stdout
    assert "only in OLD: 1 title, 1 row\n" in run.stdout


@pytest.mark.parametrize(("new", "code"), [("new.csv", 3), ("old.csv", 0), ("none.csv", 1)])
def test_exit_code_says_whether_anything_differs(
    pair: tuple[Path, Path], new: str, code: int
) -> None:
    """With --exit-code a difference is 3, not a failure (1) or wrong usage (2)."""
    run = run_text("diff", "old.csv", new, "--exit-code", cwd=pair[0].parent)
    assert run.returncode == code


def test_the_command_prints_json(pair: tuple[Path, Path]) -> None:
    run = run_text("diff", "old.csv", "new.csv", "--json", cwd=pair[0].parent)
    found = json.loads(run.stdout)
    assert found == json.loads(json.dumps(diff(*pair).as_dict()))
    assert (found["changed"], found["changes"][0]["new"]["level"]) == (2, "2")


def test_the_command_writes_all_differences(pair: tuple[Path, Path]) -> None:
    folder = pair[0].parent
    assert run_text("diff", "old.csv", "new.csv", "--csv", "out.csv", cwd=folder).returncode == 0
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
    """Brackets are not read as styles, and letters outside the output's encoding are escaped."""
    hostile = ("Kierownik [/red] Łódź", "[/bold]", "[red]", "", "no", "Ł", "")
    csv_file(tmp_path / "old.csv", LABELLED_HEADER, (hostile[0], *CHEF[1:]))
    csv_file(tmp_path / "new.csv", LABELLED_HEADER, hostile)
    command = [sys.executable, "-m", "pmo_classify", "diff", "old.csv", "new.csv"]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    run = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, env=environment)
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"[/bold]" in run.stdout
    assert b"\\u0141\xf3d\\u017a" in run.stdout


def test_an_input_is_never_overwritten(pair: tuple[Path, Path]) -> None:
    before = pair[1].read_bytes()
    run = run_text("diff", "old.csv", "new.csv", "--csv", "new.csv", "--force", cwd=pair[0].parent)
    assert run.returncode == 1
    assert "the output is the input: name another with --csv" in run.stderr
    assert pair[1].read_bytes() == before
