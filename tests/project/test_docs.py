"""The pages of documentation: their commands and scripts run, and print what the pages show."""

from __future__ import annotations

import contextlib
import csv
import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
import xlsxwriter

import pmo_classify
from pmo_classify.cli.main import COMMANDS, make_app

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
# These start cluster engines, and have a test module of their own.
OF_CLUSTERS = ("cluster", "how-to-distributed")
BLOCK = re.compile(
    r"^(?:```(?P<kind>\w+)\n(?P<body>.*?)^```$|<!-- python\n(?P<hidden>.*?)^-->$)",
    re.MULTILINE | re.DOTALL,
)
NOT_RUN = {"console", "pycon", "text"}
"""What installs something; what runs as a doctest; what others print."""


class Block(NamedTuple):
    """A block of a page that runs, with the output that the page shows, if any."""

    kind: str
    body: str
    printed: str | None


def blocks_of(page: Path) -> Iterator[Block]:
    found = list(BLOCK.finditer(page.read_text(encoding="utf-8")))
    for block, after in zip_longest(found, found[1:]):
        kind = block["kind"] or "python"
        if kind not in NOT_RUN:
            shown = after["body"] if after is not None and after["kind"] == "text" else None
            yield Block(kind, block["body"] or block["hidden"], shown)


def as_shown(text: str) -> str:
    """Return text without spaces at the ends of lines, which no page shows."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the examples, the same ads as a workbook, and the tested command."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    with (
        Path(ROOT, "examples", "job_ads.csv").open(encoding="utf-8", newline="") as ads,
        xlsxwriter.Workbook(tmp_path / "ads.xlsx") as book,
    ):
        sheet = book.add_worksheet("Ads")
        for number, row in enumerate(csv.reader(ads)):
            sheet.write_row(number, 0, row)
    command = tmp_path / "bin" / "pmo-classify"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pmo_classify "$@"\n')
    command.chmod(0o755)
    source = str(Path(pmo_classify.__file__).parents[1])
    monkeypatch.setenv("PATH", str(command.parent), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONPATH", source, prepend=os.pathsep)
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_shell(block: Block, folder: Path) -> None:
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.body],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, f"{block.body}\n{run.stdout}"
    if block.printed is not None:
        same = doctest.OutputChecker().check_output(
            as_shown(block.printed), as_shown(run.stdout), doctest.ELLIPSIS
        )
        assert same, f"{block.body}\nprints\n{run.stdout}"


@pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are for a shell")
def test_the_commands_of_the_readme_run_as_typed(folder: Path) -> None:
    """In a copy of the project, in their order; what installs is run by `.ci/run`."""
    for block in blocks_of(ROOT / "README.md"):
        if "pip install" not in block.body:
            body = block.body.replace("source .venv/bin/activate\n", "")
            run_shell(block._replace(body=body), folder)


def run_page(page: Path, folder: Path) -> None:
    """Run the blocks of a page in order; those in Python share their names."""
    names: dict[str, object] = {}
    with contextlib.ExitStack() as ending:
        for block in blocks_of(page):
            if block.kind == "sh":
                run_shell(block, folder)
            else:
                exec(compile(block.body, page.name, "exec"), names)  # noqa: S102 - it is our own
            if "client" in names:
                ending.callback(names.pop("client").close)  # type: ignore[attr-defined]


@pytest.mark.skipif(shutil.which("bash") is None, reason="the pages' commands are for a shell")
@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(blocks_of(page)) and page.stem not in OF_CLUSTERS],
    ids=lambda page: page.stem,
)
def test_the_blocks_of_a_page_run(page: Path, folder: Path, request: pytest.FixtureRequest) -> None:
    """Each command and script does what the page says, in the order of the page."""
    if "pyspark" in page.read_text(encoding="utf-8"):
        pytest.importorskip("distributed", reason="pip install 'pmo-classify[dask]'")
        request.getfixturevalue("spark")
    if "import duckdb" in page.read_text(encoding="utf-8"):
        pytest.importorskip("duckdb", reason="pip install 'pmo-classify[duckdb]'")
    run_page(page, folder)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_is_of_a_known_kind(page: Path) -> None:
    """A block whose kind is missing or new would be shown and never run."""
    text = page.read_text(encoding="utf-8")
    kinds = re.findall(r"^```(\w*)", text, re.MULTILINE)[::2]
    assert set(kinds) <= {"sh", "python"} | NOT_RUN
    assert len(re.findall(r"^```", text, re.MULTILINE)) % 2 == 0


def test_a_page_that_shows_something_else_is_found(folder: Path) -> None:
    """Another output, or a command that fails, does not pass the check."""
    with pytest.raises(AssertionError, match="prints"):
        run_shell(Block("sh", "echo 2 rows", "1 row\n"), folder)
    with pytest.raises(AssertionError, match="not one"):
        run_shell(Block("sh", "echo not one; false", None), folder)


def test_every_page_is_in_the_contents() -> None:
    """Every page is in the contents, because nobody would find it otherwise."""
    contents = re.findall(r": (\w[\w-]*\.md)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
    assert sorted(contents) == [page.name for page in PAGES]


def test_the_promises_name_every_test() -> None:
    """A test that is renamed or new is missed in the table of promises."""
    page = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    tests = {path.name for path in Path(__file__).parents[1].rglob("test_*.py")}
    assert set(re.findall(r"test_\w+\.py", page)) == tests


def test_every_command_and_option_is_on_its_page() -> None:
    """What the help of a command lists is in the page of the command line."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    root: Any = typer.main.get_command(make_app())
    options = {
        option
        for command in root.commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    }
    assert [name for name in COMMANDS if f"\n## {name}\n" not in page] == []
    assert [option for option in sorted(options) if f"`{option}" not in page] == []
