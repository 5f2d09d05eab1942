"""Checks of the tables of clean titles, which are in ``data/clean``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.tables import CheckedRow, read_checked_rows

__all__ = ["count_clean_rows", "lint_clean_tables"]

_EXAMPLE: Final = ("example", "answer")
_ADVERTS: Final = "clean/adverts.csv"
_SHAPES: Final = "clean/shapes.csv"
_COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "clean/abbreviations.csv": ("form", "written", "place", "language"),
    "clean/accents.csv": ("form", "written", "language"),
    _ADVERTS: ("cue", "shape", "pattern"),
    "clean/cases.csv": ("kind", "form", "alone", "language"),
    "clean/gender_endings.csv": ("ending", "sign"),
    "clean/gender_pairs.csv": ("male", "female"),
    "clean/inversions.csv": ("role", "mark"),
    "clean/languages.csv": ("language", "case", "foreign", "similar", "marks", "own"),
    "clean/misspelt_words.csv": ("form", "word", "language"),
    "clean/noise.csv": ("form", "place"),
    "clean/pay.csv": ("pattern",),
    "clean/place_words.csv": ("form", "use"),
    "clean/sentence_words.csv": ("form",),
    _SHAPES: ("shape", "before", "after"),
    "clean/signs.csv": ("sign", "pattern", "written", "language"),
    "clean/small_words.csv": ("form", "language"),
    "clean/spelled_words.csv": ("word", "language"),
    "clean/written.csv": ("form", "written", "when"),
}
"""The columns of each table before those of the example."""
_PATTERNS: Final = ("after", "before", "female", "foreign", "marks", "own", "pattern")
_ALLOWED: Final[Mapping[tuple[str, str], str]] = {
    ("clean/abbreviations.csv", "place"): "before | first | inside | last | ",
    ("clean/cases.csv", "kind"): "female | male | object | one | role | roles | several | verb",
    ("clean/languages.csv", "case"): "sentence | title",
    ("clean/noise.csv", "place"): (
        "alone | anywhere | counted | dangling | first | kept | last | offer | pool | stays | stump"
    ),
    ("clean/place_words.csv", "use"): (
        "after | area | branch | code | company | employer | field | in | kind | label | link | "
        "listed | mall | name | part | shop | size | state | subject | topic | where | worker"
    ),
    ("clean/written.csv", "when"): "any | capitals",
}
"""What some cells may hold; nothing after the last bar is an empty cell."""


def count_clean_rows() -> int:
    """Return how many rows the tables of clean titles have."""
    return sum(len(_read(file)) for file in _COLUMNS)


def lint_clean_tables(clean: Callable[[str], str]) -> list[TableFault]:
    """Return the faults of the tables of clean titles; ``clean`` returns the clean title of a text.

    Examples are only tried where all rows can be read.
    """
    faults: list[TableFault] = []
    rows: list[CheckedRow] = []
    for file in _COLUMNS:
        try:
            of_file = _read(file)
        except TableError as error:
            faults += error.faults
            continue
        for row in of_file:
            _check_cells(row)
        _check_order(of_file)
        rows += of_file
    _check_shapes(rows)
    faults += _faults(rows)
    if not faults:
        for row in rows:
            _check_example(row, clean)
        faults = _faults(rows)
    return faults


def _read(file: str) -> list[CheckedRow]:
    return read_checked_rows(file, [*_COLUMNS[file], *_EXAMPLE])


def _faults(rows: Iterable[CheckedRow]) -> list[TableFault]:
    return [fault for row in rows for fault in row.faults]


def _check_cells(row: CheckedRow) -> None:
    for column in _EXAMPLE:
        row.text(column)
    for column in _COLUMNS[row.file]:
        cell = row.optional(column)
        allowed = _ALLOWED.get((row.file, column))
        if allowed is not None and cell not in allowed.split(" | "):
            fix = f"write one of {allowed.removesuffix(' | ').replace(' | ', ', ')}"
            row.fault(f"{column} {cell!r} is not known", fix)
        if column in _PATTERNS:
            _check_pattern(row, column, cell)


def _check_pattern(row: CheckedRow, column: str, cell: str) -> None:
    try:
        re.compile(cell.replace("<sum>", r"\d"))
    except re.error as error:
        fix = "correct it, and put it in quotes if it contains a comma"
        row.fault(f"the {column} is no regular expression: {error}", fix)


def _check_shapes(rows: Iterable[CheckedRow]) -> None:
    """Check that each shape of a sentence is in the table of shapes."""
    by_file = {file: [row for row in rows if row.file == file] for file in (_ADVERTS, _SHAPES)}
    shapes = [row.optional("shape") for row in by_file[_SHAPES]]
    for row in by_file[_ADVERTS]:
        shape = row.optional("shape")
        if shape and shape not in shapes:
            row.fault(f"shape {shape!r} is not known", f"write one of {_SHAPES}, or none")


def _check_order(rows: Sequence[CheckedRow]) -> None:
    for before, after in pairwise(rows):
        first, second = (
            [row.optional(column) for column in _COLUMNS[row.file]] for row in (before, after)
        )
        if second == first:
            what = f"{', '.join(second)!r} is already in line {before.line}"
            after.fault(what, "keep one of the two")
        elif second < first:
            what = f"{', '.join(second)!r} comes after {', '.join(first)!r}"
            after.fault(what, "keep the rows in alphabetical order")


def _check_example(row: CheckedRow, clean: Callable[[str], str]) -> None:
    example, answer = row.optional("example"), row.optional("answer")
    found = clean(example)
    if found != answer:
        what = f"the clean title of {example!r} is {found!r}, not {answer!r}"
        row.fault(what, "correct the row, or its answer")
