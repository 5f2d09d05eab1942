"""The checks of the tables: the shipped ones pass, and each kind of bad row is found."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.doubts import lint_doubts
from pmo_classify.knowledge.roles import lint_roles, lint_short_names
from pmo_classify.knowledge.rules import lint_rules
from pmo_classify.knowledge.tables import read_checked_rows, read_shipped

BAD_ROWS = sorted((Path(__file__).parent / "bad_rows").glob("*.csv"))
LINTS: dict[str, Callable[[str], list[TableFault]]] = {
    "doubts.csv": lint_doubts,
    "roles.csv": lint_roles,
    "rules.csv": lint_rules,
    "short_names.csv": lint_short_names,
}


class BadRow(NamedTuple):
    """A row with one fault, which is added to the shipped table of that name."""

    table: str
    fault: str
    text: str


def _bad_rows() -> Iterator[BadRow]:
    for path in BAD_ROWS:
        with path.open(encoding="utf-8", newline="") as file:
            for fault, *cells in list(csv.reader(file))[1:]:
                text = io.StringIO()
                csv.writer(text, lineterminator="\n").writerow(cells)
                yield BadRow(path.name, fault, text.getvalue())


ROWS = list(_bad_rows())


@pytest.mark.parametrize("table", LINTS)
def test_our_table_has_no_fault(table: str) -> None:
    assert LINTS[table](read_shipped(table)) == []


@pytest.mark.parametrize("table", LINTS)
def test_bad_rows_are_there_for_each_table(table: str) -> None:
    assert table in {path.name for path in BAD_ROWS}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.table}: {row.fault}" for row in ROWS])
def test_a_bad_row_is_found(row: BadRow) -> None:
    """One added bad row is the only fault, with its line and what to do."""
    ours = read_shipped(row.table)
    (fault,) = LINTS[row.table](ours + row.text)
    assert (fault.file, fault.line) == (row.table, ours.count("\n") + 1)
    assert fault.what == row.fault
    assert fault.fix


@pytest.mark.parametrize("table", LINTS)
def test_all_faults_are_reported_at_once(table: str) -> None:
    """Two bad rows, two faults, in the order of their lines."""
    rows = [row for row in ROWS if row.table == table and row.fault.startswith("the row has no")]
    del rows[2:]
    faults = LINTS[table](read_shipped(table) + "".join(row.text for row in rows))
    assert [fault.what for fault in faults] == [row.fault for row in rows]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,c\n1,2\n", "t.csv:1: the header is a,c: write a,b"),
        ("a,b,c\n1,2,3\n", "t.csv:1: the header is a,b,c: write a,b"),
    ],
)
def test_another_header_is_refused(text: str, message: str) -> None:
    with pytest.raises(TableError) as error:
        read_checked_rows("t.csv", ("a", "b"), text)
    assert str(error.value) == message


@pytest.mark.parametrize("cells", ["1", "1,2,3"])
def test_a_row_of_another_length_is_a_fault(cells: str) -> None:
    """Most often a comma that is not in quotes."""
    (row,) = read_checked_rows("t.csv", ("a", "b"), f"a,b\n{cells}\n")
    (fault,) = row.faults
    assert fault.what == f"the row has {len(cells.split(','))} cells, the header 2"
