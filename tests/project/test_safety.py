"""No network, no shell and no code from data, in the sources and in a running process."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_titles import LISTED, NOISE_AROUND
from test_abuse import SHAPES, _made

import pmo_classify

SOURCE = Path(pmo_classify.__file__).parent
MODULES = sorted(
    path.relative_to(SOURCE).with_suffix("").as_posix() for path in SOURCE.rglob("*.py")
)

FORBIDDEN_MODULES = frozenset(
    {
        *("aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib"),
        *("requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib", "urllib3"),
        *("webbrowser", "xmlrpc"),
        *("cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve", "yaml"),
        *("code", "codeop", "ctypes", "imp", "importlib", "pty", "runpy"),
        *("concurrent", "multiprocessing", "subprocess"),
    }
)
FORBIDDEN_CALLS = frozenset({"__import__", "breakpoint", "compile", "eval", "exec", "input"})
FORBIDDEN_OF_OS = ("exec", "fork", "popen", "posix_spawn", "spawn", "startfile", "system")
HARMLESS = frozenset(
    {
        "concurrent.futures.BrokenExecutor",
        "concurrent.futures.Future",
        "concurrent.futures.ThreadPoolExecutor",
        "importlib.util.find_spec",  # only asks whether an extra is there
    }
)
EXCEPTIONS = {
    ("__init__", "importlib"): "loads our own modules on first use, by a fixed table of names",
    ("version", "importlib"): "reads the version of the installed library",
    ("cli/main", "importlib"): "loads the module of the command that was asked for, out of a table",
    (
        "labelling/workers",
        "concurrent",
    ): "helper processes of our own",
    ("cli/page", "http"): "serves one folder to this computer alone, and asks nobody",
    ("cli/page", "webbrowser"): "opens that folder's page for a person who asked for it",
    ("labelling/workers", "multiprocessing"): "the same; titles go out, and cells come back",
    (
        "files/xlsx/legacy",
        "subprocess",
    ): "our own interpreter, a fixed program, no shell",
    (
        "labelling/frames/partitions",
        "pickle",
    ): "for the user's own cluster",
    (
        "files/xlsx/package",
        "urllib",
    ): "undoes %20 in names of parts, opens nothing",
}
"""What a module may use as an exception, and why that is safe."""


def _uses(source: str) -> Iterator[str]:
    """Find the forbidden modules and calls in a source."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call):
            yield from _dangers_of(node)
        tops = {name.split(".")[0] for name in names if name not in HARMLESS}
        yield from tops & FORBIDDEN_MODULES


def _dangers_of(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func)
    if name in FORBIDDEN_CALLS or name.endswith("load_extension"):
        yield name
    if name.startswith(tuple(f"os.{bad}" for bad in FORBIDDEN_OF_OS)):
        yield name
    if any(word.arg == "shell" and ast.unparse(word.value) != "False" for word in call.keywords):
        yield "shell"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import urllib.request", "urllib"),
        ("from http import client", "http"),
        ("def f():\n    import pickle", "pickle"),
        ("eval('1')", "eval"),
        ("os.system('ls')", "os.system"),
        ("os.execv('/bin/sh', [])", "os.execv"),
        ("run('ls', shell=True)", "shell"),
        ("base.enable_load_extension(True)", "base.enable_load_extension"),
        ("from concurrent.futures import ProcessPoolExecutor", "concurrent"),
        ("re.compile('x'); from importlib.util import find_spec", None),
    ],
)
def test_what_is_dangerous_is_seen(source: str, found: str | None) -> None:
    assert list(_uses(source)) == ([found] if found else [])


@pytest.mark.parametrize("module", MODULES)
def test_nothing_dangerous_is_used(module: str) -> None:
    """No network, no pickle of user data, no `eval`, no shell."""
    used = set(_uses((SOURCE / f"{module}.py").read_text(encoding="utf-8")))
    assert used == {name for where, name in EXCEPTIONS if where == module}


# What a fresh process says of each file, socket, process or piece of code that it opens or starts
# while it reads titles; what it says of itself (that a thread begins, say) is no matter.
WATCHED = """
import json, sys
titles, warming = json.load(sys.stdin)
from pmo_classify import Classifier, classify, classify_many
for title in warming:
    classify(title).explain(), classify(title).as_dict(codes=True)
seen = []
WATCH = ("compile", "ctypes", "exec", "import", "marshal", "open", "os.", "pickle", "pty", "shutil",
         "socket", "sqlite3", "subprocess", "tempfile", "urllib", "webbrowser", "winreg")
def hook(event, arguments):
    if event.startswith(WATCH):
        seen.append(f"{event} {arguments!r}")
sys.addaudithook(hook)
if sys.argv[1:] == ["break"]:
    open(__import__("os").devnull).close()
mine = Classifier(extra_titles=[{"title": "Cook", "track": "other"}])
for title in titles:
    answer = mine.classify(title)
    answer.explain(), answer.as_dict(codes=True), hash(answer), repr(answer)
classify_many(titles)
print(json.dumps(seen))
"""
WARMING = [
    "PMO Laed &amp; Projct Lead",
    "PMO â€“ Ä°",
    "<b>PMO</b>",
    "PMO / Trainer",
    "x" * 2_000,
    # These are for the tables of noise and of American spellings.
    "Color Analyst, £40k",
    # These are for the tables of the clean title.
    "Urgent Manager, sales, Leeds UK",
    "Chef - home weekly, £40k",
    "Szukamy kucharza",
    "Kucharza do restauracji",
    "HEAD OF PMO",
]


def _events(*arguments: str) -> list[str]:
    """Return what a fresh process opens while it reads titles of all kinds."""
    titles = [noise.format(title) for title, noise in zip(LISTED, NOISE_AROUND * 99, strict=False)]
    titles += [_made(shape, 300) for shape in SHAPES if "\ud800" not in shape]
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", WATCHED, *arguments],
        input=json.dumps([titles, WARMING]),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    events: list[str] = json.loads(run.stdout)
    return events


def test_classifying_opens_nothing() -> None:
    """Once loaded, classifying opens no socket and no file, starts nothing and compiles nothing."""
    assert _events() == []


def test_what_is_opened_is_seen() -> None:
    assert [event.split()[0] for event in _events("break")] == ["open"]
