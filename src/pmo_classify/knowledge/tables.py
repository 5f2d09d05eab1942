"""The tables that ship with the library, which are read from the folder ``data``.

In a wheel the folder is inside the package; in a checkout, and in an editable install, it is the
one at the root of the repository.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

from pmo_classify.errors import TableError, TableFault

__all__ = [
    "ANSWER",
    "CheckedRow",
    "check_keys",
    "list_shipped",
    "read_checked_rows",
    "read_shipped",
    "read_shipped_rows",
]

ANSWER: Final = re.compile(
    r"(?:other|delivery|pmo [1-4](?: (?:project|programme|portfolio|enterprise)"
    r"(?:\+(?:programme|portfolio|enterprise))*)?)\??"
)
"""The form of the answer to a row's example; ``?`` stands for a title that goes to review."""

# Not importlib.resources or pathlib, because importing either takes longer than reading all tables.
_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
_INSTALLED: Final = f"{_PACKAGE}/data"
_FOLDER: Final = (
    _INSTALLED if os.path.isdir(_INSTALLED) else f"{_PACKAGE}/../../data"  # noqa: PTH112
)
_T = TypeVar("_T")


def list_shipped(folder: str) -> list[str]:
    """Return the names of all tables in a folder inside ``data``, in alphabetical order.

    >>> list_shipped("words")[0]
    'words/acronyms.csv'
    """
    names = os.listdir(f"{_FOLDER}/{folder}")  # noqa: PTH208
    return sorted(f"{folder}/{name}" for name in names if name.endswith(".csv"))


def read_shipped(name: str) -> str:
    """Return the text of a file in the folder ``data``; ``name`` may include subfolders.

    >>> read_shipped("words/en_small_words.csv").partition(",")[0]
    'form'
    """
    with open(f"{_FOLDER}/{name}", encoding="utf-8", newline="") as file:  # noqa: PTH123
        return file.read()


def read_shipped_rows(name: str) -> list[list[str]]:
    """Return the rows of a table without its header; the first of them is in line 2.

    >>> read_shipped_rows("words/en_small_words.csv")[0][:2]
    ['a', 'filler']
    """
    return list(csv.reader(read_shipped(name).splitlines()[1:]))


class CheckedRow:
    """A row of a table, with methods that read a cell and add what is wrong to ``faults``.

    >>> row = CheckedRow("roles.csv", 2, {"role": "analyst", "has_two_ranks": "maybe"})
    >>> row.text("role"), row.flag("has_two_ranks"), row.text("group")
    ('analyst', False, '')
    >>> print(*row.faults, sep="\\n")
    roles.csv:2: has_two_ranks 'maybe' is neither yes nor empty: write yes, or nothing
    roles.csv:2: the row has no group: write it, or drop the row
    """

    def __init__(self, file: str, line: int, cells: Mapping[str, str]) -> None:
        self.file = file
        self.line = line
        self.cells = cells
        self.faults: list[TableFault] = []

    def fault(self, what: str, fix: str) -> None:
        """Add a fault to those of this row."""
        self.faults.append(TableFault(self.file, self.line, what, fix))

    def optional(self, column: str) -> str:
        """Return the text of a cell, which may be empty."""
        return self.cells.get(column, "")

    def text(self, column: str) -> str:
        """Return the text of a cell, which must not be empty."""
        text = self.optional(column)
        if not text:
            self.fault(f"the row has no {column}", "write it, or drop the row")
        return text

    def flag(self, column: str) -> bool:
        """Return whether a cell says yes; an empty one says no."""
        text = self.optional(column)
        if text not in ("", "yes"):
            self.fault(f"{column} {text!r} is neither yes nor empty", "write yes, or nothing")
        return text == "yes"

    def answer(self, column: str) -> str:
        """Return the answer of an example, such as ``pmo 2 programme?``."""
        text = self.text(column)
        if text and not ANSWER.fullmatch(text):
            fix = "write other, delivery, or pmo with level and scope"
            self.fault(f"{column} {text!r} cannot be read", fix)
        return text

    def words(self, column: str, known: Mapping[str, _T]) -> tuple[_T, ...]:
        """Return the values of the words in a cell, which are separated by `` | ``."""
        cell = self.optional(column)
        words = cell.split(" | ") if cell else []
        for word in words:
            if word not in known:
                self.fault(f"{column} {word!r} is not known", f"write one of {', '.join(known)}")
        if len(set(words)) < len(words):
            self.fault(f"{column} {cell!r} has a word twice", "write each word once")
        return tuple(known[word] for word in words if word in known)

    def word(self, column: str, known: Mapping[str, _T]) -> _T | None:
        """Return the value of the only word in a cell; ``None`` if it is empty or unknown."""
        cell = self.optional(column)
        if cell and cell not in known:
            self.fault(f"{column} {cell!r} is not known", f"write one of {', '.join(known)}")
        return known.get(cell)


def read_checked_rows(
    file: str, columns: Sequence[str], text: str | None = None
) -> list[CheckedRow]:
    """Return the rows of a table of ``data``, or of its ``text``, with exactly these columns."""
    header, *records = csv.reader((read_shipped(file) if text is None else text).splitlines())
    if header != list(columns):
        fix = f"write {','.join(columns)}"
        raise TableError([TableFault(file, 1, f"the header is {','.join(header)}", fix)])
    rows = []
    for line, record in enumerate(records, start=2):
        row = CheckedRow(file, line, dict(zip(columns, record, strict=False)))
        if len(record) != len(columns):
            what = f"the row has {len(record)} cells, the header {len(columns)}"
            row.fault(what, "put a cell that contains a comma in quotes")
        rows.append(row)
    return rows


def check_keys(rows: Iterable[CheckedRow], column: str) -> None:
    """Add a fault to each row whose key is already in a row above it."""
    seen: dict[str, int] = {}
    for row in rows:
        key = row.optional(column)
        if key in seen:
            row.fault(f"{key!r} is already in line {seen[key]}", "keep one of the two")
        seen.setdefault(key, row.line)
