"""The message about a missing library names it and the extra that installs it."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from libraries import SOURCE

from pmo_classify.errors import MissingExtraError
from pmo_classify.extras import need

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
NAME = re.compile(r"[A-Za-z0-9_-]+")


def _calls() -> list[Any]:
    """All places that ask for the libraries of an extra: module, libraries, extra."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "need":
                libraries = [ast.literal_eval(argument) for argument in node.args]
                extra = next(ast.literal_eval(k.value) for k in node.keywords if k.arg == "extra")
                found.append(pytest.param(libraries, extra, id=path.stem))
    return found


def _brought_by(extra: str) -> set[str]:
    """Return the libraries that an extra installs, with those of the extras that it names."""
    found = set()
    for line in EXTRAS[extra]:
        if line.startswith(f"{PROJECT['name']}["):
            inner = line.partition("[")[2].partition("]")[0].split(",")
            found |= {name for other in inner for name in _brought_by(other)}
        else:
            found |= set(NAME.findall(line)[:1])
    return found


CALLS = _calls()


def test_all_extras_for_users_are_asked_for() -> None:
    """The search for the places that ask finds them all."""
    asked = {call.values[1] for call in CALLS}
    assert asked == set(EXTRAS) - {"benchmarks", "dev", "docs", "fuzz", "page", "test"}


@pytest.mark.parametrize(("libraries", "extra"), CALLS)
def test_the_extra_that_is_named_brings_the_libraries(libraries: list[str], extra: str) -> None:
    """The extra that a message names installs what was missing."""
    assert set(libraries) <= _brought_by(extra)


def test_what_is_missing_is_told() -> None:
    message = r"^label_spark needs nix and nada: pip install 'pmo-classify\[spark\]'$"
    with pytest.raises(MissingExtraError, match=message):
        need("pytest", "nix", "nada", extra="spark", what="label_spark")


def test_a_library_is_known_by_the_name_of_its_installation() -> None:
    pytest.importorskip("sklearn")
    need("scikit-learn", extra="model", what="the model")


PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_pages_name_extras_that_there_are(page: Path) -> None:
    """Every extra that a page names exists and installs something."""
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"'(?:\.|pmo-classify)\[([\w,]+)\]'|\"pmo-classify\[(\w+)\]\"", text)
    assert {extra for pair in named for extra in "".join(pair).split(",")} <= set(EXTRAS)
