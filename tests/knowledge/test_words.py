"""The tables of words: each row gets the answer that it promises, and another without the row."""

from __future__ import annotations

import pytest
from helpers import in_brief
from lexicon_reader import classify_without

from pmo_classify import Classification, Classifier, classify
from pmo_classify.errors import TableError
from pmo_classify.knowledge import lexicon
from pmo_classify.knowledge.lexicon import Lexicon, Tag, WordRow, default_lexicon, read_word_rows

READER = Classifier(use_listed=False)
ROWS = list(read_word_rows())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.file}: {row.form}")
def test_a_row_proves_itself(row: WordRow) -> None:
    """Its example gets the answer of the row, by reading alone and in the table, and needs it."""
    with_row, without = classify(row.example), classify_without(row, row.example)
    assert in_brief(with_row) == row.answer
    assert in_brief(READER.classify(row.example)) == row.answer
    if row.tag == Tag.NEUTRAL or len(default_lexicon().in_languages(row.form)) > 1:
        # A neutral word says that it is known, and no more; of a form that several languages have,
        # a row says that it is a word of its language, too.
        assert with_row.words != without.words
    else:
        assert _said(with_row) != _said(without)


def _said(answer: Classification) -> dict[str, object]:
    """Return all of an answer but the other readings and the words."""
    said = answer.as_dict()
    del said["alternatives"]
    return said


def test_a_word_may_mean_one_thing_in_each_language() -> None:
    """English is read first, then the other languages by name, whatever the order of the rows."""
    rows = [
        WordRow("words/fr.csv", 2, "chef", "role", "head", "", ""),
        WordRow("words/de.csv", 2, "chef", "role", "jefe", "", ""),
        WordRow("words/en_trades.csv", 2, "chef", "trade", "", "", ""),
    ]
    for some, tag, meaning in ((rows, "trade", "chef"), (rows[:2], "role", "jefe")):
        for ordered in (some, some[::-1]):
            words = Lexicon(ordered)
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
