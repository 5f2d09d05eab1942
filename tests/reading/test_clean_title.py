"""The clean title: cases, and what holds for any title."""

from __future__ import annotations

import re

import pytest
from helpers import rows
from hypothesis import given
from made_titles import any_text

from pmo_classify import classify

CASES = rows("clean_titles/*.csv")
_WORD = re.compile(r"[^\W_]+")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_title_is_cleaned(case: dict[str, str]) -> None:
    """The title of each case is written as a careful person would retype it."""
    assert classify(case["title"]).clean_title == case["clean"]


@given(any_text)
def test_any_text_gives_a_trimmed_text(title: str) -> None:
    """Any text gives a trimmed string, never an error, and nothing only where there is nothing."""
    clean = classify(title).clean_title
    assert clean == clean.strip()
    assert bool(clean) or not any(map(str.isalnum, title))


@given(any_text)
def test_cleaning_twice_changes_nothing(title: str) -> None:
    clean = classify(title).clean_title
    assert classify(clean).clean_title == clean


@given(any_text)
def test_the_clean_title_has_the_same_answer(title: str) -> None:
    """The clean title is read to the same answer (track, level, scope) as the raw one."""
    answer = classify(title)
    again = classify(answer.clean_title)
    assert (again.track, again.level, again.scope) == (answer.track, answer.level, answer.scope)
