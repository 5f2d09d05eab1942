"""The table of word endings: each row's example gets its answer, and another without the row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers import in_brief
from lexicon_reader import classify_afresh

from pmo_classify import classify
from pmo_classify.knowledge import word_parts as table
from pmo_classify.knowledge.word_parts import PartRow, read_part_rows
from pmo_classify.reading import lexer

ROWS = read_part_rows()


@pytest.fixture
def _fresh() -> Iterator[None]:
    _forget()
    yield
    _forget()


def _forget() -> None:
    for cached in (table._parts, table.endings, table.starts, lexer._pattern):
        cached.cache_clear()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.language}: {row.part}")
def test_a_row_gets_the_answer_that_it_promises(row: PartRow) -> None:
    assert in_brief(classify(row.example)) == row.answer


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.language}: {row.part}")
@pytest.mark.usefixtures("_fresh")
def test_a_row_proves_itself(row: PartRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the row its example gets another answer."""
    with_row = classify_afresh(row.example)
    _forget()
    monkeypatch.setattr(table, "read_part_rows", lambda: [r for r in ROWS if r != row])
    assert classify_afresh(row.example) != with_row
