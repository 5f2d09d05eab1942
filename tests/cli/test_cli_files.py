"""The command line on files: kinds, streams, report, and the review round trip."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from commands import run_command

ADS = "Id,Job title\n1,PMO Analyst\n2,Program Coordinator\n3,Portfolio Manager\n4,Chef\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ads.csv").write_text(ADS, encoding="utf-8")
    book = openpyxl.Workbook()
    for line in ADS.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "ads.xlsx")
    return tmp_path


def test_a_pipe_labels_what_comes_in(folder: Path) -> None:
    """`-` reads standard input and writes standard output; messages go to stderr."""
    run = run_command("label", "-", "-o", "-", cwd=folder, stdin=ADS.encode())
    assert run.returncode == 0
    lines = run.stdout.decode().splitlines()
    assert lines[0].startswith("Id,Job title,pmo_track")
    assert lines[1].startswith("1,PMO Analyst,pmo,2,")
    assert b"4 rows" in run.stderr


def test_a_workbook_is_labelled_beside_itself(folder: Path) -> None:
    run = run_command("label", "ads.xlsx", cwd=folder)
    assert run.returncode == 0, run.stderr
    sheet = openpyxl.load_workbook(folder / "ads.labelled.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Id", "Job title", "pmo_track", "pmo_level")
    assert rows[1][2:4] == ("pmo", 2)


def test_the_same_answers_from_csv_and_workbook(folder: Path) -> None:
    first = json.loads(run_command("label", "ads.csv", "--json", cwd=folder).stdout)
    second = json.loads(run_command("label", "ads.xlsx", "--json", cwd=folder).stdout)
    keys = ("rows", "distinct_titles", "to_review", "answers")
    assert {key: first[key] for key in keys} == {key: second[key] for key in keys}


@pytest.mark.parametrize(
    ("source", "jobs", "warnings"),
    [
        ("ads.xlsx", "2", ["--jobs is for CSV files: one process read this workbook"]),
        ("ads.xlsx", "1", []),
        ("ads.csv", "2", []),
    ],
)
def test_jobs_for_a_workbook_are_a_warning(
    folder: Path, source: str, jobs: str, warnings: list[str]
) -> None:
    """The number of processes changes no answer, so the workbook is labelled all the same."""
    run = run_command("label", source, "--jobs", jobs, "--json", cwd=folder)
    assert run.returncode == 0
    assert json.loads(run.stdout)["warnings"] == warnings


def test_a_model_without_titles_to_learn_from_is_a_warning(folder: Path) -> None:
    (folder / "mine.csv").write_text("title,track,level,scope\nChef,other,,\n", encoding="utf-8")
    told = "warning: --model learns from your own titles: without --titles MY.csv"
    run = run_command("label", "ads.csv", "--model", cwd=folder)
    assert (run.returncode, told in run.stderr.decode()) == (0, True)
    options = ("--model", "--titles", "mine.csv", "--force")
    run = run_command("label", "ads.csv", *options, cwd=folder)
    assert (run.returncode, told in run.stderr.decode()) == (0, False)


def test_a_report_is_written_too(folder: Path) -> None:
    run = run_command("label", "ads.csv", "--report", "ads.html", cwd=folder)
    assert run.returncode == 0, run.stderr
    page = (folder / "ads.html").read_text(encoding="utf-8")
    assert "Program Coordinator" in page
    again = run_command("label", "ads.csv", "--force", "--report", "ads.html", cwd=folder)
    assert again.returncode == 0


def test_an_existing_report_is_refused_before_any_work(folder: Path) -> None:
    (folder / "ads.html").write_text("mine", encoding="utf-8")
    run = run_command("label", "ads.csv", "--report", "ads.html", cwd=folder)
    assert run.returncode == 1
    assert b"the file exists" in run.stderr
    assert not (folder / "ads.labelled.csv").exists()


def test_the_review_round_trip(folder: Path) -> None:
    """Label, review, correct, apply, label: corrected as said, the rest as before."""
    assert run_command("label", "ads.csv", cwd=folder).returncode == 0
    assert run_command("review", "ads.csv", cwd=folder).returncode == 0
    path = folder / "ads.review.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = next(s for s in book.worksheets if s["A1"].value == "title")
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == "Portfolio Manager":
            row[names.index("decision")].value = row[names.index("choice 2")].value
    book.save(path)
    applied = run_command("apply", "ads.review.xlsx", "--titles", "my.csv", cwd=folder)
    assert applied.returncode == 0, applied.stderr
    again = run_command("label", "ads.csv", "--titles", "my.csv", "-o", "again.csv", cwd=folder)
    assert again.returncode == 0
    before = (folder / "ads.labelled.csv").read_text(encoding="utf-8").splitlines()
    after = (folder / "again.csv").read_text(encoding="utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert changed[0].startswith("3,Portfolio Manager,pmo,3,portfolio,")


def test_a_review_says_which_table_to_use(folder: Path) -> None:
    """The command that it prints can be typed as it is."""
    (folder / "mine.csv").write_text("title,track,level,scope\nPMO Guru,pmo,2,\n")
    for options, table in (((), "my_titles.csv"), (("--titles", "mine.csv"), "mine.csv")):
        run = run_command("review", "ads.csv", *options, "--force", cwd=folder)
        expected = f"then run: pmo-classify apply ads.review.xlsx --titles {table}\n"
        assert expected in run.stderr.decode()


def test_apply_says_that_nothing_was_decided(folder: Path) -> None:
    """An empty review is most often one that was not saved."""
    assert run_command("review", "ads.csv", cwd=folder).returncode == 0
    run = run_command("apply", "ads.review.xlsx", "--titles", "my.csv", cwd=folder)
    told = "no decision found in ads.review.xlsx: fill in the column 'decision', save the workbook"
    assert (run.returncode, run.stderr.decode()) == (0, f"{told}, and run this again\n")


def test_a_review_without_doubt_writes_nothing(folder: Path) -> None:
    (folder / "clear.csv").write_text("Job title\nPMO Lead\nChef\n")
    before = sorted(p.name for p in folder.iterdir())
    run = run_command("review", "clear.csv", cwd=folder)
    assert (run.returncode, run.stderr) == (0, b"no doubtful titles of 2: nothing was written\n")
    assert sorted(p.name for p in folder.iterdir()) == before


def test_a_review_shows_examples_and_keeps_decisions(folder: Path) -> None:
    lines = "Job title,Town\nPortfolio Manager,Leeds\nPORTFOLIO MANAGER,York\nPlanner,Bath\n"
    (folder / "towns.csv").write_text(lines)
    assert run_command("review", "towns.csv", cwd=folder).returncode == 0
    path = folder / "towns.review.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    names = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, names.index("examples") + 1).value == "Leeds\nYork"
    sheet.cell(2, names.index("decision") + 1, "delivery")
    book.save(path)
    assert run_command("review", "towns.csv", cwd=folder).returncode == 1
    run = run_command("review", "towns.csv", "--force", cwd=folder)
    assert b"kept from the earlier sheet: 1 decision not applied yet" in run.stderr
    again = openpyxl.load_workbook(path)["Review"]
    assert again.cell(2, names.index("decision") + 1).value == "delivery"
    assert run_command("apply", path.name, "--titles", "my.csv", cwd=folder).returncode == 0
    options = ("--titles", "my.csv", "--force")
    run = run_command("review", "towns.csv", *options, cwd=folder)
    assert b"1 doubtful title of 3 written" in run.stderr
    assert b"kept" not in run.stderr
    run = run_command("review", "-", "-o", "stdin.xlsx", cwd=folder, stdin=lines.encode())
    assert b"2 doubtful titles of 3 written: stdin.xlsx" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("label", "ads.csv", "--sheet", "x"), b"--sheet is for workbooks"),
        (("label", "ads.xlsx", "--encoding", "utf-8"), b"--encoding is for CSV files"),
        (("label", "ads.xlsx", "--column", "none"), b"there is no column 'none'"),
        (("review", "none.csv"), b"there is no such file"),
        (("review", "none*.csv", "-o", "r.xlsx"), b"none*.csv: no file matches"),
        (("groups", "-", "ads.csv"), b"stdin is read alone"),
        (("label", "ads.csv", "-o", "out.xlsx"), b"the output of a CSV file is a CSV file"),
        (("review", "ads.csv", "-o", "out.csv"), b"it must end in .xlsx"),
        (("label", "ads.csv", "--report", "out.csv"), b"it must end in .html or .htm"),
        (("label", "none*.csv"), b"none*.csv: no file matches"),
        (("label", "-", "ads.csv"), b"stdin is read alone"),
        (("label", "none.xlsx"), b"there is no such file"),
        (("apply", "none.xlsx", "--titles", "my.csv"), b"none.xlsx"),
    ],
)
def test_a_mistake_is_one_message(folder: Path, arguments: tuple[str, ...], message: bytes) -> None:
    before = sorted(p.name for p in folder.iterdir())
    run = run_command(*arguments, cwd=folder)
    assert run.returncode == 1
    assert message in run.stderr
    assert b"Traceback" not in run.stderr
    assert sorted(p.name for p in folder.iterdir()) == before


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_nothing_behind(folder: Path, stop: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end with one message, and leave no partial file."""
    many = "".join(f"{i},Title number {i} of many\n" for i in range(400_000))
    (folder / "many.csv").write_text("Id,Job title\n" + many, encoding="utf-8")
    before = sorted(p.name for p in folder.iterdir())
    command = [sys.executable, "-m", "pmo_classify", "label", "many.csv"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as run:
        started = time.monotonic()
        while not list(folder.glob(".*.part")) and time.monotonic() < started + 30:
            time.sleep(0.05)
        run.send_signal(stop)
        _, told = run.communicate(timeout=30)
    assert run.returncode == 1
    assert b"stopped; no incomplete output was left" in told
    assert b"Traceback" not in told
    assert sorted(p.name for p in folder.iterdir()) == before
