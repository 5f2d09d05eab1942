"""Titles and their answers, read without the table of listed titles."""

from __future__ import annotations

import pytest
from helpers import answer, rows

from pmo_classify import Classifier
from pmo_classify.knowledge.listed_titles import RawRow, read_listed_rows

READER = Classifier(use_listed=False)
CASES = rows("read/*.csv")
# Listed because only a person who knows the trade can decide it, not the words alone.
LISTED_ONLY = frozenset(row["title"] for row in rows("listed_only.csv"))


def _case(row: dict[str, str]) -> pytest.param:  # type: ignore[valid-type]
    marks = [pytest.mark.xfail(strict=True)] if row["file"] == "known_failures" else []
    return pytest.param(row, id=f"{row['file']}: {row['title']}", marks=marks)


@pytest.mark.parametrize("row", [_case(row) for row in CASES])
def test_case(row: dict[str, str]) -> None:
    """Each case gets its track, level, scope and doubt."""
    result = READER.classify(row["title"])
    assert (*answer(result), result.needs_review) == (
        row["track"],
        row["level"],
        row["scope"],
        row["review"] == "yes",
    )


@pytest.mark.parametrize(
    "row",
    [r for r in read_listed_rows() if r.cells["ambiguous"] == "0"],
    ids=lambda row: row.cells["title"],
)
def test_reading_agrees_with_the_listed_title(row: RawRow) -> None:
    """The reading answers titles that the table lists as clear in the same way."""
    if row.cells["title"] in LISTED_ONLY:
        pytest.skip("only the table can tell")
    result = READER.classify(row.cells["title"])
    assert answer(result) == (row.cells["track"], row.cells["level"], row.cells["scope"])


def test_listed_titles_in_doubt_go_to_review() -> None:
    """Reading alone sends at least nine in ten of the unsettled titles to review."""
    doubtful = [r.cells["title"] for r in read_listed_rows() if r.cells["ambiguous"] == "1"]
    reviewed = [t for t in doubtful if READER.classify(t).needs_review]
    assert len(reviewed) >= 0.9 * len(doubtful)
