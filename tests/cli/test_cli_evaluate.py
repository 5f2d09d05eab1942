"""`pmo-classify evaluate`."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from commands import run_command, run_text
from tables import (
    GOLD,
    GOLD_HEADER,
    csv_file,
)

from pmo_classify.errors import FileError
from pmo_classify.evaluation.evaluate import evaluate
from pmo_classify.evaluation.text import MISREAD_COLUMNS, write_misread

MISREAD = "'Project Manager': read as delivery, expected pmo 3 project"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return csv_file(tmp_path / "gold.csv", GOLD_HEADER, *GOLD)


def test_the_command_prints_tables(gold: Path) -> None:
    run = run_text("evaluate", "gold.csv", "--errors", "5", cwd=gold.parent)
    assert (run.returncode, run.stderr) == (0, "")
    assert "3 of 4" in run.stdout
    assert MISREAD in run.stdout
    assert "Wilson for proportions, bootstrap (fixed seed) for F1" in run.stdout


def test_the_command_prints_json(gold: Path) -> None:
    run = run_text("evaluate", "gold.csv", "--json", cwd=gold.parent)
    assert json.loads(run.stdout) == json.loads(json.dumps(evaluate(gold).as_dict()))


def test_the_command_reads_stdin(gold: Path) -> None:
    run = run_command("evaluate", "-", "--json", stdin=gold.read_bytes())
    assert json.loads(run.stdout)["right"]["hits"] == 3


def test_the_command_writes_the_misread_titles(gold: Path) -> None:
    assert run_text("evaluate", "gold.csv", "--wrong", "wrong.csv", cwd=gold.parent).returncode == 0
    with (gold.parent / "wrong.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == list(MISREAD_COLUMNS)
    assert rows[1][:8] == ["Project Manager", "1", "pmo", "3", "project", "delivery", "", ""]


def test_the_command_takes_own_titles(gold: Path) -> None:
    csv_file(gold.parent / "mine.csv", GOLD_HEADER, ("Project Manager", "pmo", "3", "project"))
    run = run_text("evaluate", "gold.csv", "--titles", "mine.csv", "--json", cwd=gold.parent)
    assert json.loads(run.stdout)["right"]["hits"] == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.csv",), "none.csv: there is no such file"),
        (("gold.csv", "--plot", "p.pdf"), "a picture must end in .png or .svg"),
        (("gold.csv", "--plot", "there.png"), "the file exists: name another with --plot"),
        (("gold.csv", "--wrong", "gold.csv"), "the output is the input"),
        (("gold.csv", "--sheet", "A"), "--sheet is for workbooks"),
        (("old.xls",), "old.xls: not a readable workbook"),
    ],
)
def test_a_users_mistake_is_one_message(gold: Path, arguments: Sequence[str], message: str) -> None:
    """Exit code 1, what and where on stderr, nothing on stdout, never a traceback."""
    (gold.parent / "there.png").touch()
    (gold.parent / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    run = run_text("evaluate", *arguments, cwd=gold.parent)
    assert (run.returncode, run.stdout) == (1, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_a_list_in_the_way_stays(tmp_path: Path, gold: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("mine")
    with pytest.raises(FileError, match="the file exists"):
        write_misread(path, evaluate(gold).misread)
    assert path.read_text() == "mine"
