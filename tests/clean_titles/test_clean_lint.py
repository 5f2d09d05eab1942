"""The checks of the tables of clean titles: a bad row is told with its line.

That our own tables have no fault is seen by the command that checks all tables.
"""

from __future__ import annotations

import pytest

from pmo_classify import classify
from pmo_classify.clean_titles import lint
from pmo_classify.clean_titles.lint import count_clean_rows, lint_clean_tables
from pmo_classify.knowledge import tables


def _clean(title: str) -> str:
    return classify(title).clean_title


def _told(monkeypatch: pytest.MonkeyPatch, file: str, *rows: str) -> list[str]:
    """Return the faults of the tables with a table of these rows in the place of ours."""
    header = tables.read_shipped(file).splitlines()[0]
    shipped = tables.read_shipped
    text = "\n".join([header, *rows])
    monkeypatch.setattr(
        tables, "read_shipped", lambda name: text if name == file else shipped(name)
    )
    # To try the examples of all other tables would take long.
    monkeypatch.setattr(lint, "_COLUMNS", {file: lint._COLUMNS[file]})
    return [str(fault) for fault in lint_clean_tables(_clean)]


def test_all_tables_are_checked() -> None:
    files = tables.list_shipped("clean")
    assert count_clean_rows() == sum(len(tables.read_shipped_rows(file)) for file in files)


@pytest.mark.parametrize(
    ("file", "row", "told"),
    [
        (
            "clean/adverts.csv",
            "wanted,,^(.{3,}) wanted$,Baker wanted,Baker",
            (
                "clean/adverts.csv:2: the row has 6 cells, the header 5: "
                "put a cell that contains a comma in quotes"
            ),
        ),
        (
            "clean/adverts.csv",
            "wanted,,^(.+ wanted$,Baker wanted,Baker",
            (
                "clean/adverts.csv:2: the pattern is no regular expression: missing ), "
                "unterminated subpattern at position 1: correct it, "
                "and put it in quotes if it contains a comma"
            ),
        ),
        (
            "clean/adverts.csv",
            "wanted,at an end,wanted,Baker wanted,Baker",
            (
                "clean/adverts.csv:2: shape 'at an end' is not known: "
                "write one of clean/shapes.csv, or none"
            ),
        ),
        (
            "clean/written.csv",
            "pmo,PMO,always,pmo lead,PMO Lead",
            "clean/written.csv:2: when 'always' is not known: write one of any, capitals",
        ),
        (
            "clean/written.csv",
            "pmo,PMO,any,pmo lead,",
            "clean/written.csv:2: the row has no answer: write it, or drop the row",
        ),
        (
            "clean/written.csv",
            "pmo,PMO,any,pmo lead,Pmo Lead",
            (
                "clean/written.csv:2: the clean title of 'pmo lead' is 'PMO Lead', not 'Pmo Lead': "
                "correct the row, or its answer"
            ),
        ),
    ],
)
def test_a_bad_row_is_told(monkeypatch: pytest.MonkeyPatch, file: str, row: str, told: str) -> None:
    assert told in _told(monkeypatch, file, row)


def test_rows_in_disorder_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["til,da,A,A", "med,da,A,A", "med,da,B,B"]
    assert _told(monkeypatch, "clean/small_words.csv", *rows) == [
        (
            "clean/small_words.csv:3: 'med, da' comes after 'til, da': "
            "keep the rows in alphabetical order"
        ),
        "clean/small_words.csv:4: 'med, da' is already in line 3: keep one of the two",
    ]


def test_a_table_with_another_header_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tables.read_shipped
    monkeypatch.setattr(
        tables, "read_shipped", lambda name: "a,b" if "pay" in name else shipped(name)
    )
    assert [str(fault) for fault in lint_clean_tables(_clean)] == [
        "clean/pay.csv:1: the header is a,b: write pattern,example,answer"
    ]
