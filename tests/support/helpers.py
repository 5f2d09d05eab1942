"""Reads the case files; each row becomes one test, with the row's text as its name."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

from pmo_classify import Classification

CASES = Path(__file__).parents[1] / "cases"


def rows(pattern: str) -> list[dict[str, str]]:
    """All rows of the case files that match, with the file's name under ``file``."""
    found = []
    for path in sorted(CASES.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as handle:
            found += [{**row, "file": path.stem} for row in csv.DictReader(handle)]
    return found


def run_command(
    *arguments: str, cwd: Path | None = None, stdin: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a user does; any warning of Python's is an error."""
    # The terminal's width must not decide where a message breaks.
    environment = {**os.environ, "COLUMNS": "200", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-W", "error", "-m", "pmo_classify", *arguments]
    return subprocess.run(
        command, capture_output=True, check=False, cwd=cwd, env=environment, input=stdin
    )


def answer(result: Classification) -> tuple[str, str, str]:
    """Track, level and scope as the case files write them."""
    level = "" if result.level is None else str(int(result.level))
    return str(result.track), level, str(result.scope)


def in_brief(result: Classification) -> str:
    """Track, level, scope and doubt as the tables of words write them."""
    text = " ".join(part for part in answer(result) if part)
    return text + "?" * result.needs_review
