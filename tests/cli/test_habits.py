"""What every command line has: examples in the help, completion, and hints at common slips."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from commands import run_command

from pmo_classify.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
EXAMPLES = [
    example
    for name in COMMANDS
    if name != "page"  # it serves until it is stopped, and has a module of its own
    for example in import_module(f"pmo_classify.cli.{name.replace('-', '_')}").EXAMPLES
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the examples of the help name."""
    found = tmp_path_factory.mktemp("habits")
    examples = ROOT / "examples"
    shutil.copy(examples / "labelled_titles.csv", found)
    shutil.copy(examples / "vacancies.xlsx", found / "ads.xlsx")
    shutil.copy(examples / "vacancies.xlsx", found / "next_month.xlsx")
    shutil.copy(examples / "job_ads.csv", found / "ads.csv")
    (found / "my_titles.csv").write_text("title,track,level,scope\nPMO Guru,pmo,2,\n", "utf-8")
    for name in ("old.labelled.csv", "new.labelled.csv"):
        run_command("label", "ads.csv", "-o", name, cwd=found)
    run_command("review", "ads.xlsx", cwd=found)
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_help_run_as_they_stand(example: str, folder: Path) -> None:
    piped = example.startswith("cat ads.csv | ")
    words = shlex.split(example.removeprefix("cat ads.csv | ").partition(" > ")[0])
    assert words[0] == "pmo-classify"
    stdin = (folder / "ads.csv").read_bytes() if piped else None
    force = ["--force"] if words[1] == "review" and "next_month.xlsx" not in words else []
    run = run_command(*words[1:], *force, cwd=folder, stdin=stdin)
    assert (run.returncode, run.stderr if run.returncode else b"") == (0, b"")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_help_ends_with_examples(name: str) -> None:
    text = run_command(name, "--help").stdout.decode()
    examples = import_module(f"pmo_classify.cli.{name.replace('-', '_')}").EXAMPLES
    assert examples
    assert [example for example in examples if example not in text] == []


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (("label", "adds.csv"), 1, "there is no such file: did you mean 'ads.csv'?"),
        (("explain", "--titles", "my_title.csv", "x"), 1, "did you mean 'my_titles.csv'?"),
        (
            ("groups", "ads.csv", "--json", "--column", "Job titel"),
            1,
            "did you mean 'Job title'? If not,",
        ),
        (("explain", "Head", "of", "PMO"), 0, 'for one title, write "Head of PMO"'),
        (("explain", "--json", "Head", "of", "PMO"), 0, 'for one title, write "Head of PMO"'),
        (("explain", "ads.csv"), 0, "to label its titles, run: pmo-classify label ads.csv"),
        (("PMO Lead",), 2, 'For example: pmo-classify explain "PMO Lead"'),
        (("ads.csv",), 2, 'For example: pmo-classify label "ads.csv"'),
        (("lable", "ads.csv"), 2, "Did you mean 'label'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_slip_gets_a_hint(arguments: tuple[str, ...], code: int, hint: str, folder: Path) -> None:
    run = run_command(*arguments, cwd=folder)
    assert run.returncode == code
    assert hint in run.stderr.decode()


@pytest.mark.parametrize("titles", [("PMO Lead",), ("PMO Lead", "Chef"), ("Chef",)])
def test_what_is_no_slip_gets_no_hint(titles: tuple[str, ...]) -> None:
    assert run_command("explain", *titles).stderr == b""


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version(option: str) -> None:
    assert run_command(option).stdout.startswith(b"pmo-classify ")


def test_completion_offers_the_commands() -> None:
    """A shell asks by the name of the program, which is only ours where it is installed."""
    code = "import sys; sys.argv = ['pmo-classify']; from pmo_classify.__main__ import main; main()"
    asked = {
        "_PMO_CLASSIFY_COMPLETE": "complete_bash",
        "COMP_WORDS": "pmo-classify la",
        "COMP_CWORD": "1",
    }
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, **asked}
    )
    assert run.stdout.decode().split() == ["label", "ladder"]
