"""The tables of words: each row's example gets its answer, and another without the row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from helpers import in_brief
from lexicon_reader import classify_without

from pmo_classify import Classification, Classifier, classify
from pmo_classify.classification import Evidence
from pmo_classify.errors import TableError
from pmo_classify.knowledge import lexicon
from pmo_classify.knowledge.lexicon import Lexicon, Tag, WordRow, default_lexicon, read_word_rows
from pmo_classify.reading.tokenizer import words_in_title

READER = Classifier(use_listed=False)
ROWS = list(read_word_rows())


@pytest.mark.parametrize("file", sorted({row.file for row in ROWS}))
def test_each_row_proves_itself(file: str) -> None:
    """Its example gets the answer of the row, by reading alone and in the table, and needs it."""
    faults = [
        f"{file}:{row.line}: {row.form!r} {fault}"
        for row in ROWS
        if row.file == file
        for fault in _faults(row)
    ]
    assert not faults, "\n".join(faults)


def _faults(row: WordRow) -> Iterator[str]:
    with_row = classify(row.example)
    without, words_without = classify_without(row, row.example)
    # Only a listed title may get another answer by reading alone.
    by_reading = READER.classify(row.example) if "listed" in with_row.reasons else with_row
    for found in {in_brief(with_row), in_brief(by_reading)}:
        if found != row.answer:
            yield f"is {found!r}, not {row.answer!r}"
    is_shared = len(default_lexicon().in_languages(row.form)) > 1
    if (
        row.tag in (Tag.NEUTRAL, Tag.NOISE)
        or is_shared
        or (row.tag == Tag.TRADE and " " in row.form)
    ):
        # A neutral word says that it is known, and no more; noise and a trade of several words may
        # matter to the clean title alone; of a form that several languages have, a row says that it
        # is a word of its language, too.
        is_needed = words_in_title(row.example) != words_without
    else:
        is_needed = _said(with_row) != _said(without)
    if not is_needed:
        yield "changes nothing"


def _said(answer: Classification) -> Classification:
    """Return an answer without its other readings and words."""
    return replace(answer, alternatives=(), evidence=Evidence())


def test_a_word_may_mean_one_thing_in_each_language() -> None:
    """English is read first, then the other languages by name, whatever the order of the rows."""
    rows = [
        WordRow("words/fr.csv", 2, "chef", "role", "head", "", ""),
        WordRow("words/de.csv", 2, "chef", "role", "jefe", "", ""),
        WordRow("words/en_trades.csv", 2, "chef", "trade", "", "", ""),
    ]
    for some, tag, meaning in ((rows, "trade", "chef"), (rows[:2], "role", "jefe")):
        for ordered in (some, some[::-1]):
            words = Lexicon.of_rows(ordered)
            word = words.lookup("chef")
            assert word is not None
            assert (word.tag, word.meaning) == (tag, meaning)
            assert words.in_languages("chef")["fr"].meaning == "head"
            assert "it" not in words.in_languages("chef")


def test_a_row_with_a_comma_too_many_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    row = ["analyst", "role", "", "Analyst", " PMO", "pmo 2"]
    monkeypatch.setattr(lexicon, "read_shipped_rows", lambda _: [row])
    with pytest.raises(TableError, match=r"acronyms\.csv:2: the row has 6 cells, not 5"):
        list(read_word_rows())


def test_a_misspelt_plural_is_repaired_like_its_singular() -> None:
    assert {"analyst", "analysts", "control", "controls"} <= set(default_lexicon().repair_targets)
