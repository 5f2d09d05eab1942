"""Reviews as a test makes them: doubtful titles, filled-in sheets, tables of titles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pages import labelled
from tables import book_file

from pmo_classify.labelling.labeller import TitleCount

TITLES = (
    *["Program Coordinator"] * 3,
    *["Portfolio Manager"] * 2,
    "PORTFOLIO MANAGER - London",
    "Project Specialist",
    "Planner",
    "PMO Analyst",
    "Chef",
    "Project Manager",
)
HEADER = ("title", "track", "level", "scope", "note")


def title_counts(titles: Iterable[str]) -> list[TitleCount]:
    """The distinct titles with their answers and rows."""
    return list(labelled(titles).titles())


def reviewed_book(path: Path, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> Path:
    """Write a sheet that a person has filled in."""
    return book_file(path, header, *rows)
