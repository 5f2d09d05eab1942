"""The command line on several files and on files of other kinds, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from commands import run_command
from pyarrow import parquet

POSTS = "No,Post\n1,PMO Analyst\n2,Nurse\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(POSTS)
    (tmp_path / "b.csv").write_text("x,y\n1,2\n")
    (tmp_path / "c.jsonl").write_text('{"post": "Nurse"}\n{"post": "PMO Lead"}\n')
    parquet.write_table(pa.table({"post": ["Head of PMO"]}), tmp_path / "d.parquet")
    (tmp_path / "notes.pdf").write_text("%PDF")
    return tmp_path


def _json(*arguments: str, cwd: Path, code: int = 0) -> dict[str, Any]:
    run = run_command("label", *arguments, "--json", cwd=cwd)
    assert run.returncode == code, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_a_folder_with_a_file_that_fails(folder: Path) -> None:
    """The others are labelled, the failed one is named at the end, and the exit code is 1."""
    run = run_command("label", ".", cwd=folder)
    told = run.stderr.decode().splitlines()
    assert run.returncode == 1
    assert "3 files, 5 rows, 4 distinct titles, 0 to review" in run.stderr.decode()
    assert "skipped, because they are not tables: notes.pdf" in told
    assert told[-2] == "pmo-classify: 1 of 4 files could not be labelled:"
    assert told[-1].startswith("pmo-classify:   b.csv: no column looks like job titles")
    labelled = sorted(path.name for path in folder.glob("*.labelled.*"))
    assert labelled == ["a.labelled.csv", "c.labelled.jsonl", "d.labelled.parquet"]


def test_a_pattern_in_quotes_into_another_folder(folder: Path) -> None:
    run = run_command("label", "*.csv", "c.*", "--output", "out", "--quiet", cwd=folder)
    assert run.returncode == 1
    assert run.stderr.decode().count("\n") == 2
    labelled = sorted(path.name for path in (folder / "out").iterdir())
    assert labelled == ["a.labelled.csv", "c.labelled.jsonl"]


def test_one_file_as_fields(folder: Path) -> None:
    found = _json("a.csv", cwd=folder)
    assert found["title_columns"] == [
        {"sheet": None, "column": "Post", "letter": "B", "header_row": 1, "rows": 2}
    ]
    assert found["read_as"] == {"encoding": "UTF-8", "delimiter": "comma"}
    assert found["output"] == "a.labelled.csv"


def test_several_files_as_fields(folder: Path) -> None:
    found = _json("a.csv", "b.csv", "d.parquet", cwd=folder, code=1)
    assert (found["rows"], found["distinct_titles"], found["failed"]) == (3, 3, 1)
    assert [file["source"] for file in found["files"]] == ["a.csv", "b.csv", "d.parquet"]
    assert found["files"][1]["error"].startswith("b.csv: no column looks like job titles")
    (place,) = found["files"][2]["title_columns"]
    assert place == {"sheet": None, "column": "post", "letter": None, "header_row": None, "rows": 1}


def test_a_report_of_several_files(folder: Path) -> None:
    run = run_command("label", "a.csv", "c.jsonl", "--report", "all.html", cwd=folder)
    assert run.returncode == 0, run.stderr
    page = (folder / "all.html").read_text(encoding="utf-8")
    assert "2 files" in page
    assert "Nurse" in page


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--columns", "levle"), "there is no label column 'levle'"),
        (("--columns", ""), "there is no label column ''"),
        (("--no-header", "--header-row", "2"), "exclude each other"),
        (("--header-row", "0"), "Invalid value for '--header-row'"),
    ],
)
def test_wrong_usage(folder: Path, options: tuple[str, ...], message: str) -> None:
    run = run_command("label", "a.csv", *options, cwd=folder)
    assert (run.returncode, message in run.stderr.decode()) == (2, True)
    assert not (folder / "a.labelled.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("c.jsonl", "--sheet", "S"), "--sheet is for workbooks"),
        (
            ("d.parquet", "--encoding", "utf-8"),
            "--encoding is for CSV files; a Parquet file states",
        ),
        (("c.jsonl", "--no-header"), "are for CSV files and workbooks, not a JSON lines"),
        (("d.parquet", "-o", "d.csv"), "d.csv: the output of a Parquet file is a Parquet file"),
        (("d.parquet", "-o", "-"), "a Parquet file is not written to standard output"),
        (("notes.pdf",), "not a table by its ending '.pdf'"),
        (("a.csv", "c.jsonl", "-o", "a.csv"), "for several files, --output is a folder"),
    ],
)
def test_a_mistake_is_one_message(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    before = sorted(path.name for path in folder.iterdir())
    run = run_command("label", *arguments, cwd=folder)
    assert run.returncode == 1
    assert message in run.stderr.decode()
    assert run.stderr.count(b"\n") == 1
    assert sorted(path.name for path in folder.iterdir()) == before


def test_json_lines_to_standard_output(folder: Path) -> None:
    run = run_command("label", "c.jsonl", "-o", "-", "--columns", "level", cwd=folder)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert [line["pmo_level"] for line in lines] == [None, 3]


def test_two_title_columns(folder: Path) -> None:
    (folder / "w.csv").write_text("Post now,Post wanted\nNurse,PMO Lead\n")
    options = ("--column", "A", "--column", "Post wanted", "--columns", "level", "--prefix", "p_")
    run = run_command("label", "w.csv", *options, "-o", "-", cwd=folder)
    assert run.stdout.decode().splitlines() == [
        "Post now,Post wanted,p_level_a,p_level_post_wanted",
        "Nurse,PMO Lead,,3",
    ]


def test_labelled_files_of_any_kind_are_compared(folder: Path) -> None:
    """The labels that have types in one file are text in another; they are the same."""
    (folder / "e.csv").write_text("post\nNurse\nPMO Lead\n")
    run_command("label", "e.csv", "c.jsonl", cwd=folder)
    run = run_command("diff", "e.labelled.csv", "c.labelled.jsonl", "--exit-code", cwd=folder)
    assert run.returncode == 0, run.stdout
    parquet.write_table(pa.table({"post": ["Nurse", "PMO Lead"]}), folder / "f.parquet")
    run_command("label", "f.parquet", cwd=folder)
    run = run_command("diff", "f.labelled.parquet", "c.labelled.jsonl", "--exit-code", cwd=folder)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("name", ["a.csv", "c.jsonl", "d.parquet"])
def test_review_reads_every_kind(folder: Path, name: str) -> None:
    run = run_command("review", name, cwd=folder)
    assert run.returncode == 0, run.stderr
