"""The doubts that a title can leave, each with the other reading that is possible.

A doubt comes from a rule, a row of ``data/rules.csv``, or from how the title is built, such as a
role in brackets after another trade. Doubts of the second kind are the rows of ``data/doubts.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.rules import OtherReading, read_other_reading, rules
from pmo_classify.knowledge.tables import CheckedRow, check_keys, read_checked_rows

__all__ = ["Doubt", "doubt_text", "doubts", "lint_doubts", "other_reading"]

_FILE: Final = "doubts.csv"
_COLUMNS: Final = (
    "doubt", "other_track", "other_reading", "why", "source", "example", "answer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt that comes from how a title is built, with its reason and the other reading."""

    code: str
    other: OtherReading
    why: str
    source: str
    example: str
    answer: str


@cache
def doubts() -> Mapping[str, Doubt]:
    """Return the doubts of ``data/doubts.csv`` by code; the table is read once.

    >>> doubts()["delivery-too"].why
    'another role in the title runs projects or programmes'
    """
    rows = read_checked_rows(_FILE, _COLUMNS)
    found = [_doubt(row) for row in rows]
    faults = [fault for row in rows for fault in row.faults]
    if faults:
        raise TableError(faults)
    return MappingProxyType({doubt.code: doubt for doubt in found})


def other_reading(code: str) -> OtherReading:
    """Return the other reading that is possible, for the code of a rule or of a doubt.

    >>> str(other_reading("programme-bare").track)
    'other'
    """
    rule = rules().get(code)
    if rule is not None and rule.other is not None:
        return rule.other
    return doubts()[code].other


def doubt_text(code: str) -> str:
    """Return why a title is in doubt, for the code of a rule or of a doubt."""
    rule = rules().get(code)
    return doubts()[code].why if rule is None else rule.why


def lint_doubts(text: str | None = None) -> list[TableFault]:
    """Return every fault of ``data/doubts.csv``, or of another ``text`` of it."""
    rows = read_checked_rows(_FILE, _COLUMNS, text)
    for row in rows:
        if _doubt(row).code in rules():
            row.fault("a rule has the same code", "rename the doubt, or drop it")
    check_keys(rows, "doubt")
    return [fault for row in rows for fault in row.faults]


def _doubt(row: CheckedRow) -> Doubt:
    answer = row.answer("answer")
    if answer and not answer.endswith("?"):
        row.fault(f"answer {answer!r} has no doubt", "end it with ?, which stands for review")
    return Doubt(
        code=row.text("doubt"),
        other=read_other_reading(row),
        why=row.text("why"),
        source=row.text("source"),
        example=row.text("example"),
        answer=answer,
    )
