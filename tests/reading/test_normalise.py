"""The normalised form: cases, and the properties that its docstring promises."""

from __future__ import annotations

import pytest
from helpers import rows
from hypothesis import given
from hypothesis import strategies as st

from pmo_classify.knowledge.lexicon import read_word_rows
from pmo_classify.knowledge.listed_titles import read_listed_rows
from pmo_classify.reading.cleaning import clean_text
from pmo_classify.reading.normal_form import normalise

WORDS = [row.form for row in read_word_rows()]


@pytest.mark.parametrize("row", rows("normalise.csv"), ids=lambda row: row["title"])
def test_case(row: dict[str, str]) -> None:
    assert normalise(row["title"]) == row["normalised"]


def test_idempotent_on_listed_titles() -> None:
    """Doing it twice changes nothing."""
    forms = [normalise(row.cells["title"]) for row in read_listed_rows()]
    assert [form for form in forms if normalise(form) != form] == []


@pytest.mark.parametrize("word", ["Managementmanagement", "Responsable de projetm ", "x, & "])
def test_idempotent_on_long_titles(word: str) -> None:
    """Doing it twice changes nothing, and the form has at most 1,000 characters."""
    once = normalise(f"PMO Manager {word * 600}")
    assert len(once) <= 1_000
    assert normalise(once) == once


@given(st.text(max_size=60))
def test_never_emptied(title: str) -> None:
    """A title with words is never emptied."""
    holds_words = any(c.isalnum() and c.isascii() for c in clean_text(title).text)
    assert not holds_words or normalise(title)


@given(st.sampled_from(WORDS))
def test_no_word_of_ours_is_emptied(word: str) -> None:
    """A title with words is never emptied, not even one of noise alone."""
    assert normalise(word)
