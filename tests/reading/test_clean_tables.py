"""The tables that only the clean title needs: each row proves itself by its example."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from pmo_classify import classify
from pmo_classify.knowledge import clean_words
from pmo_classify.knowledge.tables import list_shipped, read_shipped, read_shipped_rows
from pmo_classify.reading import adverts, word_case

FILES = list_shipped("clean")
_LOADED = (
    clean_words.abbreviations,
    clean_words.advert_patterns,
    clean_words.gender_marks,
    clean_words.inverted_roles,
    clean_words.letter_case,
    clean_words._letter_cases,
    clean_words.noise_places,
    clean_words.place_words,
    clean_words.roles_before_a_dash,
    clean_words.sentence_words,
    clean_words.small_words,
    clean_words.words_alone,
    clean_words.writings,
    adverts._has_cue,
    word_case._write,
    word_case._listed,
    word_case.looks_of,
)


def _rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read_shipped(file))))


ROWS = [(file, number) for file in FILES for number in range(len(_rows(file)))]


def _id(row: tuple[str, int]) -> str:
    file, number = row
    cells = _rows(file)[number]
    return f"{file}: {'/'.join(list(cells.values())[:-2])}"


def _forget() -> None:
    for loaded in _LOADED:
        loaded.cache_clear()


@pytest.fixture
def _fresh_tables() -> Iterator[None]:
    yield
    _forget()


@pytest.mark.parametrize("row", ROWS, ids=_id)
@pytest.mark.usefixtures("_fresh_tables")
def test_a_row_proves_itself(row: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of each row is cleaned as it says, and otherwise without the row."""
    file, number = row
    cells = _rows(file)[number]
    assert classify(cells["example"]).clean_title == cells["answer"]
    others = [list(r.values()) for at, r in enumerate(_rows(file)) if at != number]
    monkeypatch.setattr(
        clean_words,
        "read_shipped_rows",
        lambda name: others if name == file else read_shipped_rows(name),
    )
    _forget()
    assert classify(cells["example"]).clean_title != cells["answer"]


@pytest.mark.parametrize("file", FILES)
def test_the_rows_are_sorted_and_each_is_there_once(file: str) -> None:
    """A row is found where it is looked for, and only there."""
    keys = [tuple(row.values()) for row in _rows(file)]
    assert keys == sorted(set(keys))
