"""Reviews as a test makes them: doubtful titles, filled-in sheets, tables of titles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import openpyxl
from pages import labelled
from tables import book_file

from pmo_classify.labelling.labeller import TitleCount
from pmo_classify.review.workbook import REVIEW_COLUMNS

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


def decide(path: Path, decisions: dict[str, tuple[object, object]]) -> None:
    """Fill in decision and note for titles, as a person does in a spreadsheet."""
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    first = REVIEW_COLUMNS.index("decision") + 1
    for row in range(2, sheet.max_row + 1):
        for offset, value in enumerate(decisions.get(str(sheet.cell(row, 1).value), ())):
            sheet.cell(row, first + offset, value)
    book.save(path)
