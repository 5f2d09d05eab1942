"""The command line, as a user calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run_text

from pmo_classify.version import __version__


@pytest.fixture
def ads(tmp_path: Path) -> Path:
    path = tmp_path / "ads.csv"
    path.write_text("Job title\nPMO Analyst\nProgram Coordinator\nChef\n", encoding="utf-8")
    return path


def test_label_writes_beside_the_input_and_sums_up(ads: Path) -> None:
    run = run_text("label", "ads.csv", cwd=ads.parent)
    assert (run.returncode, run.stdout) == (0, "")
    assert "3 rows, 3 distinct titles, 1 to review" in run.stderr
    assert "written: ads.labelled.csv" in run.stderr
    assert (ads.parent / "ads.labelled.csv").exists()


def test_label_quietly(ads: Path) -> None:
    run = run_text("label", str(ads), "-o", str(ads.parent / "out.csv"), "--quiet")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_label_with_own_titles(ads: Path) -> None:
    mine = ads.parent / "mine.csv"
    mine.write_text("title,track,level,scope\nChef,pmo,4,\n", encoding="utf-8")
    assert run_text("label", str(ads), "--titles", str(mine), "-q").returncode == 0
    assert "Chef,pmo,4," in (ads.parent / "ads.labelled.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("label", "none.csv"), "pmo-classify: none.csv: there is no such file: check the name"),
        (("label", "ads.csv", "--column", "x"), "there is no column 'x': name one of 'Job title'"),
        (("label", "ads.csv", "--titles", "bad.csv"), "bad.csv:2: level '7' is not a level"),
        (("explain", "PMO", "--titles", "none.csv"), "cannot read the titles file 'none.csv'"),
        (("check-titles", "bad.csv"), "bad.csv:2: level '7' is not a level"),
    ],
)
def test_a_users_mistake_is_one_message(
    ads: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Exit code 1, what and where on stderr, never a traceback."""
    (ads.parent / "bad.csv").write_text("title,track,level\nX,pmo,7\n", encoding="utf-8")
    run = run_text(*arguments, cwd=ads.parent)
    assert run.returncode == 1
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


@pytest.mark.parametrize("arguments", [("explain",), ("label",), ("nothing",), ("label", "--x")])
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...]) -> None:
    assert run_text(*arguments).returncode == 2


def test_explain_shows_how_each_title_was_read() -> None:
    run = run_text("explain", "Snr Prog. Ofice Co-ordinator", "Chef")
    assert run.returncode == 0
    assert run.stdout.startswith("Level 2: Supporting portfolios, programmes and projects\n")
    assert '"ofice" was read as "office"' in run.stdout
    assert "\n\nNot on the PMO ladder: other work\n\n  Chef\n" in run.stdout
    assert "\x1b" not in run.stdout


def test_explain_as_json() -> None:
    run = run_text("explain", "--json", "PMO Lead", "Büro")
    answers = json.loads(run.stdout)
    assert [a["level"] for a in answers] == [3, None]
    assert answers[0]["level_name"] == "Leading and managing PMOs"
    assert [(w["text"], w["start"], w["end"]) for w in answers[0]["words"]] == [
        ("PMO", 0, 3),
        ("Lead", 4, 8),
    ]
    one = run_text("explain", "--json", "PMO Lead")
    assert json.loads(one.stdout) == answers[0]


def test_ladder_prints_levels_titles_and_courses() -> None:
    run = run_text("ladder")
    assert run.returncode == 0
    shown = (
        "Project Support Officer",
        "P3O Foundation",
        "the top of the ladder",
        "Manager and Lead",
    )
    assert [text for text in shown if text not in run.stdout] == []


def test_ladder_as_json() -> None:
    levels = json.loads(run_text("ladder", "--json").stdout)
    assert [level["level"] for level in levels] == [1, 2, 3, 4]


def test_version() -> None:
    run = run_text("--version")
    assert (run.returncode, run.stdout) == (0, f"pmo-classify {__version__}\n")


def test_our_own_tables_pass() -> None:
    run = run_text("check-titles")
    assert (run.returncode, run.stderr) == (0, "")
    assert "no fault" in run.stdout


def test_a_closed_pipe_is_no_traceback() -> None:
    command = f"{sys.executable} -m pmo_classify explain {'PMO ' * 3000} | head -c 1"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert "Traceback" not in run.stderr
