"""Small tables as files, and the two kinds of them that `evaluate` and `diff` read."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pmo_classify.evaluation.diff import FIELDS

GOLD_HEADER = ("title", "track", "level", "scope")
GOLD = (
    ("PMO Lead", "pmo", "3", ""),
    ("Project Planner", "pmo", "2", "project"),
    ("Project Manager", "pmo", "3", "project"),
    ("Chef", "other", "", ""),
)
"""Of four titles with their answers, the project manager is read otherwise: as delivery."""

LABELLED_HEADER = ("Job title", *(f"pmo_{name}" for name in FIELDS))
LEAD = ("PMO Lead", "pmo", "3", "", "no", "exact", "PMO Lead")
PLANNER = ("Planner", "other", "", "", "yes", "pattern", "")
CHEF = ("Chef", "other", "", "", "no", "none", "")
OLD = (LEAD, PLANNER, PLANNER, CHEF, CHEF, CHEF, ("Gone", *CHEF[1:]))
NEW = (
    ("New", *CHEF[1:]),
    ("Chef", "other", "", "", "no", "pattern", ""),
    ("Planner", "pmo", "2", "project", "no", "exact", "Project Planner"),
    ("Planner", "pmo", "2", "project", "no", "exact", "Project Planner"),
    LEAD,
)
"""One title is as before. "Planner" changed in all six fields, in two rows; "Chef" in its method
alone, in one row. "Gone" is in the old file only, "New" in the new one only."""


def csv_file(path: Path, header: Sequence[str], *rows: Sequence[str]) -> Path:
    """Write a CSV."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, *rows])
    return path


def book_file(path: Path, header: Sequence[str], *rows: Sequence[object]) -> Path:
    """Write a workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def rows_of_csv(path: Path) -> list[list[str]]:
    """Read a CSV."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))
