"""A person's decisions: read from a reviewed sheet, checked, and put into their table of titles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.listed_titles import ListedTitle
from pmo_classify.reading.normal_form import form_of_title
from pmo_classify.review.sheet import ReviewedRow, reviewed_rows
from pmo_classify.review.user_titles import merge_titles

__all__ = ["AppliedReview", "apply_decisions", "apply_review"]


class AppliedReview(NamedTuple):
    """What a reviewed sheet changed in the table of titles.

    ``added``, ``changed`` and ``unchanged`` count titles; ``undecided`` counts the rows that the
    person left open.
    """

    added: int
    changed: int
    unchanged: int
    undecided: int


def apply_review(reviewed: Path, titles_csv: Path) -> AppliedReview:
    """Put a person's decisions into a table of titles, for ``label --titles`` to use.

    ``reviewed`` is the workbook of ``write_review`` as a spreadsheet program saved it, or a CSV
    made from it; a sheet with the columns track, level and scope, as older releases wrote it, is
    read too. The columns are found by name, in any order and among others; rows that a filter
    hides count like the rest, and rows without a decision are left out. ``titles_csv`` is created
    if missing; otherwise new answers replace old ones in place, and its other rows stay as they
    are. It is written whole or not at all.

    A ``TableError`` lists every row that cannot be used, with its number in the sheet and how to
    fix it; nothing is written then. A ``FileError`` says which file cannot be read or written.
    """
    return apply_decisions(reviewed_rows(reviewed), titles_csv)


def apply_decisions(rows: Sequence[ReviewedRow], titles_csv: Path) -> AppliedReview:
    """Put the decisions of rows into a table of titles; see ``apply_review``."""
    decided = [row for row in rows if row.decision]
    faults: list[TableFault] = []
    answers: dict[str, ListedTitle] = {}
    for row in decided:
        checked = row.checked()
        if isinstance(checked, list):
            faults.extend(checked)
            continue
        first = answers.setdefault(form_of_title(checked.title), checked)
        if first[1:4] != checked[1:4]:
            what = f"{checked.title!r} contradicts {first.title!r} in row {first.line}"
            fix = "both are read as one title; give them one answer, or clear one"
            faults.append(TableFault(row.file, row.number, what, fix))
    if faults:
        raise TableError(faults)
    merged = merge_titles(titles_csv, answers.values())
    return AppliedReview(*merged, undecided=len(rows) - len(decided))
