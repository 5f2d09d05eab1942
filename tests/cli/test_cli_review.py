"""``pmo-classify review`` over several files, and with a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commands import run_command
from tables import book_file, csv_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    header = ("Job title", "Town")
    rows = ("Planner", "Leeds"), ("PLANNER", "York"), ("Chef", "Hull")
    csv_file(tmp_path / "a.csv", header, *rows)
    book_file(tmp_path / "b.xlsx", ("Town", "Post"), ("Hull", "Planner"), ("Leeds", "Scheduler"))
    (tmp_path / "notes.pdf").write_text("")
    return tmp_path


def _rows(path: Path) -> list[dict[str, Any]]:
    header, *rows = openpyxl.load_workbook(path)["Review"].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_one_sheet_over_all_files(folder: Path) -> None:
    """Each doubtful title is there once, with its rows and its examples in all files."""
    run = run_command("review", "a.csv", "b.xlsx", "-o", "all.xlsx", cwd=folder)
    assert (run.returncode, run.stdout) == (0, b"")
    assert b"2 doubtful titles of 4 written: all.xlsx" in run.stderr
    shown = [(row["title"], row["rows"], row["examples"]) for row in _rows(folder / "all.xlsx")]
    assert shown == [("Planner", 3, "Leeds\nYork\nHull"), ("Scheduler", 1, "Leeds")]


def test_a_folder_is_read_again_without_its_sheet(folder: Path) -> None:
    """What a run wrote there holds titles, too."""
    for _ in range(2):
        run = run_command("review", ".", "--output", "all.xlsx", "--force", cwd=folder)
        assert run.returncode == 0, run.stderr
        assert [row["rows"] for row in _rows(folder / "all.xlsx")] == [3, 1]


@pytest.mark.parametrize("command", ["review", "groups"])
def test_a_file_that_fails_does_not_stop_the_others(folder: Path, command: str) -> None:
    (folder / "c.csv").write_text("")
    out = "all.xlsx"
    run = run_command(command, "c.csv", "a.csv", "b.xlsx", "--output", out, cwd=folder)
    assert run.returncode == 1
    assert b"1 of 3 files could not be read:\n" in run.stderr
    assert b"pmo-classify:   c.csv: " in run.stderr
    assert (folder / out).exists()


@pytest.mark.parametrize("command", ["review", "groups"])
def test_several_files_need_a_name_for_the_table(folder: Path, command: str) -> None:
    run = run_command(command, "a.csv", "b.xlsx", cwd=folder)
    assert run.returncode == 2
    assert b"for several files, say where to write with --output" in run.stderr


def test_groups_over_all_files(folder: Path) -> None:
    run = run_command("groups", "*.*", "-o", "g.csv", cwd=folder)
    assert run.returncode == 0
    assert b"5 rows, 4 distinct titles, 3 groups" in run.stderr
    run = run_command("groups", "a.csv", "b.xlsx", "--json", "-q", cwd=folder)
    assert (run.returncode, run.stdout.count(b'"clean_title"')) == (0, 3)


def test_a_model_proposes_readings(folder: Path) -> None:
    """It is that of ``label --model``, in ``explain`` too."""
    csv_file(folder / "d.csv", ("Job title",), ("Projekleier",))
    readings = []
    for options in ((), ("--model",)):
        run = run_command("review", "d.csv", *options, "--force", cwd=folder)
        assert run.returncode == 0
        (row,) = _rows(folder / "d.review.xlsx")
        explained = run_command("explain", "Projekleier", *options, cwd=folder).stdout
        readings.append((row["our reading"], b"a trained model proposes" in explained))
    assert readings == [
        ("not on the ladder: other work", False),
        ("not on the ladder: runs projects or programmes", True),
    ]


@pytest.mark.parametrize("name", ["ads.csv", "ads.xlsx"])
def test_the_header_may_be_any_row(tmp_path: Path, name: str) -> None:
    """The row that is named is the header, also where another one looks more like it."""
    write = csv_file if name.endswith(".csv") else book_file
    header = (("Job title", "List of May"), ("Wanted", "Town"))
    write(tmp_path / name, *header, ("Planner", "Leeds"), ("Chef", "Hull"))
    run = run_command("review", name, "--header-row", "2", "--column", "Wanted", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    shown = [(row["title"], row["examples"]) for row in _rows(tmp_path / "ads.review.xlsx")]
    assert shown == [("Planner", "Leeds")]


@pytest.mark.parametrize("command", ["review", "groups"])
def test_a_table_may_have_no_header(tmp_path: Path, command: str) -> None:
    """The first title is one like the others."""
    csv_file(tmp_path / "ads.csv", ("Planner", "Leeds"), ("Chef", "Hull"))
    options = ("--no-header", "--column", "A", "--output", "out.xlsx")
    run = run_command(command, "ads.csv", *options, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    rows = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows(values_only=True)
    expected = {"review": {"Planner"}, "groups": {"Planner", "Chef"}}
    assert {row[0] for row in list(rows)[1:]} == expected[command]
    run = run_command(command, "ads.csv", "--no-header", "--header-row", "1", cwd=tmp_path)
    assert b"exclude each other" in run.stderr
