"""Reads the case files; each row becomes one test, with the row's text as its name."""

from __future__ import annotations

import csv
from pathlib import Path

from pmo_classify import Classification

CASES = Path(__file__).parents[1] / "cases"


def rows(pattern: str) -> list[dict[str, str]]:
    """Return all rows of the case files that match, with the file's name under ``file``."""
    found = []
    for path in sorted(CASES.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as handle:
            found += [{**row, "file": path.stem} for row in csv.DictReader(handle)]
    return found


def answer(result: Classification) -> tuple[str, str, str]:
    """Return track, level and scope as the case files write them."""
    level = "" if result.level is None else str(int(result.level))
    return str(result.track), level, str(result.scope)


def in_brief(result: Classification) -> str:
    """Return track, level, scope and doubt as the tables of words write them."""
    text = " ".join(part for part in answer(result) if part)
    return text + "?" * result.needs_review
