"""What is loaded when: a command loads only what it uses."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from commands import run_command
from libraries import HEAVY, SOURCE

from pmo_classify.cli.main import COMMANDS, make_app

# `typer` answers wrong usage; its pages of help are set by rich.
FOR_HELP = {"rich", "typer"}


# What Python itself loads at its start, for an editable install say, is not ours.
RUN = """
import sys
before = set(sys.modules)
try:
    {code}
finally:
    sys.stderr.write("\\n" + " ".join(set(sys.modules) - before))
"""
SLOW = {"importlib.resources", "pathlib", "tempfile"}
READING = {"pmo_classify.classifier"}
FUZZY = {*READING, "rapidfuzz"}
CLASSIFY = "import pmo_classify; pmo_classify.classify('PMO Lead')"
COMMAND = "from pmo_classify.__main__ import main; main()"


def _loaded(code: str, *arguments: str) -> set[str]:
    """Return the modules that code has loaded when a fresh Python ends."""
    run = subprocess.run(
        [sys.executable, "-c", RUN.format(code=code), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(run.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("import pmo_classify; pmo_classify.Level(2).title",), set()),
        (("from pmo_classify import classify",), {"pmo_classify.classifier"}),
        ((CLASSIFY,), READING),
        ((CLASSIFY.replace("PMO", "Porject"),), FUZZY),
        ((COMMAND, "explain", "PMO Lead", "Chef"), READING),
    ],
    ids=["import", "import classify", "classify", "misspelt", "explain"],
)
def test_a_title_is_read_with_little(arguments: tuple[str, ...], expected: set[str]) -> None:
    """No heavy library, nor what is slow to load of Python's own; the ladder alone reads none."""
    assert _loaded(*arguments) & {*HEAVY, *SLOW, *FUZZY} == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((COMMAND, "--help"), FOR_HELP),
        ((COMMAND, "label", "--help"), FOR_HELP),
        ((COMMAND, "ladder"), {"typer"}),
        ((COMMAND, "explain", "--json", "PMO Lead"), {"typer"}),
    ],
    ids=lambda value: " ".join(value[1:]) if isinstance(value, tuple) else "",
)
def test_only_what_is_needed_is_loaded(arguments: tuple[str, ...], expected: set[str]) -> None:
    """A heavy library is loaded by what needs it, and by nothing else."""
    assert _loaded(*arguments) & set(HEAVY) == expected


def test_a_command_loads_no_other_command() -> None:
    commands = {f"pmo_classify.cli.{name.replace('-', '_')}" for name in COMMANDS}
    assert _loaded(COMMAND, "ladder") & commands == {"pmo_classify.cli.ladder"}


@pytest.mark.parametrize("titles", [("PMO Lead",), ("Büro", "", "x" * 2000), ("", " ")])
def test_a_plain_explain_says_what_the_parsed_one_says(titles: tuple[str, ...]) -> None:
    """`--` sends the same titles through the parser of options; nothing else may differ."""
    plain, parsed = run_command("explain", *titles), run_command("explain", "--", *titles)
    assert plain.stdout
    assert (plain.returncode, plain.stdout, plain.stderr) == (
        parsed.returncode,
        parsed.stdout,
        parsed.stderr,
    )


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals to try it on")
@pytest.mark.parametrize(("setting", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours(setting: dict[str, str], is_coloured: bool) -> None:
    """What is printed is what a file gets, in colour unless the user wants none."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "pmo_classify", "explain", "PMO Lead"]
    environment = {**os.environ, "TERM": "xterm-256color", **setting}
    subprocess.run(command, stdout=theirs, check=True, env=environment)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode().replace("\r\n", "\n")
    os.close(ours)
    assert ("\x1b[1;35mLead" in shown) is is_coloured
    plain = run_command("explain", "PMO Lead").stdout.decode().replace("\r\n", "\n")
    assert re.sub(r"\x1b\[[\d;]*m", "", shown) == plain


def test_help_lists_every_command() -> None:
    text = run_command("--help").stdout.decode()
    assert [name for name in COMMANDS if f" {name} " not in text] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_a_module_of_its_own(name: str) -> None:
    """Its help opens with the docstring of its one function."""
    assert (SOURCE / f"cli/{name.replace('-', '_')}.py").exists()
    (command,) = make_app([name]).registered_commands
    assert command.callback is not None
    summary = (command.callback.__doc__ or "").strip()
    assert summary
    assert summary in run_command(name, "--help").stdout.decode()


def test_the_package_names_what_it_offers_before_it_is_loaded() -> None:
    """A fresh import lists every public name, and refuses any other."""
    code = (
        "import pmo_classify as p; assert set(p.__all__) <= set(dir(p));"
        "assert not hasattr(p, 'clasify'); from pmo_classify import *;"
        "assert classify is p.classify and Classification is type(classify('PMO'))"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
