"""The lint of the tables: ours pass, and bad rows are found with their line."""

from __future__ import annotations

import pytest

from pmo_classify.knowledge.lexicon import (
    Lexicon,
    WordRow,
    default_lexicon,
    read_protected_words,
    read_word_rows,
)
from pmo_classify.knowledge.listed_titles import RawRow, read_listed_rows
from pmo_classify.reading.cleaning import clean
from pmo_classify.reading.lint import lint_titles, lint_words
from pmo_classify.reading.spelling import make_repairer
from pmo_classify.reading.tokenizer import Tokenizer, default_tokenizer

AS_WRITTEN = Tokenizer(default_lexicon(), mends=False)
GOOD = WordRow("words/roles.csv", 2, "analyst", "role", "analyst", "en", "PMO Analyst", "pmo 2")


def _titles(*rows: tuple[str, str, str, str, str, str]) -> list[RawRow]:
    names = ("title", "track", "level", "scope", "ambiguous", "source")
    return [
        RawRow("titles.csv", number, dict(zip(names, row, strict=True)))
        for number, row in enumerate(rows, start=2)
    ]


def test_our_titles_have_no_fault() -> None:
    assert lint_titles(read_listed_rows(), default_tokenizer(), sorted_rows=True) == []


def test_our_words_have_no_fault() -> None:
    assert lint_words(list(read_word_rows())) == []


def test_there_are_at_least_600_titles_of_all_kinds() -> None:
    rows = [row.cells for row in read_listed_rows()]
    assert len(rows) >= 600
    assert {row["level"] for row in rows} == {"", "1", "2", "3", "4"}
    assert {row["track"] for row in rows} == {"pmo", "delivery", "other"}


def test_all_faults_are_told_at_once() -> None:
    """The lint reports every bad row as file:line: what: how to fix."""
    rows = _titles(
        ("B Lead", "pmo", "2", "", "0", "path"),
        ("A Lead", "pmo", "9", "", "0", "path"),
        ("B lead", "pmo", "3", "", "0", "path"),
        ("C Lead", "pmo", "2", "", "0", ""),
        ("C Mgr", "delivery", "2", "", "maybe", "path"),
    )
    faults = lint_titles(rows, default_tokenizer(), sorted_rows=True)
    told = [(f.line, f.what) for f in faults]
    assert told == [
        (3, "level '9' is not a level"),
        (3, "'a lead' stands after 'b lead'"),
        (4, "'B lead' stands already in line 2"),
        (4, "'B lead' contradicts 'B Lead' in line 2"),
        (5, "the row has no source"),
        (6, "a title on track delivery has a level or a scope"),
        (6, "ambiguous 'maybe' is neither 0 nor 1"),
    ]
    assert str(faults[0]).startswith("titles.csv:3: level '9' is not a level: write 1, 2, 3 or 4")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"form": "Analyst"}, "is not folded"),
        ({"form": "co-ordinator"}, "is not folded"),
        ({"tag": "job"}, "'job' is no tag"),
        ({"meaning": "boss"}, "'boss' is no role"),
        ({"answer": "pmo 5"}, "answer 'pmo 5' cannot be read"),
        ({"example": "PMO Planner"}, "lacks 'analyst'"),
    ],
)
def test_a_bad_word_is_found(change: dict[str, str], what: str) -> None:
    faults = lint_words([GOOD._replace(**change)])  # type: ignore[arg-type]
    assert any(what in fault.what for fault in faults)


def test_a_vocabulary_is_made_of_what_stands_in_the_tables() -> None:
    """Its quick way to read them, which knows no quotes, gives what the reader of CSV gives."""
    as_written, quick = Lexicon(row.entry for row in read_word_rows()), default_lexicon()
    assert quick.single == as_written.single
    assert quick.phrases == as_written.phrases
    assert quick.repair_targets == as_written.repair_targets


def test_a_repeated_and_a_misplaced_word_are_found() -> None:
    rows = [GOOD, GOOD._replace(line=3), GOOD._replace(line=4, form="admin", example="Admin")]
    told = {fault.what for fault in lint_words(rows)}
    assert "'analyst' stands already in words/roles.csv:2" in told
    assert "'admin' stands after 'analyst'" in told


def test_a_meaning_that_does_not_mean_itself_is_found() -> None:
    faults = lint_words([GOOD._replace(form="anlst", example="PMO Anlst")])
    assert [fault.what for fault in faults] == ["'analyst' does not mean itself"]


@pytest.mark.parametrize("row", list(read_protected_words()), ids=lambda row: row.word)
def test_no_row_of_the_words_not_repaired_is_dead(row: object) -> None:
    """Without its row, the word would be taken for a misspelling."""
    without = make_repairer(_without_protection())
    known = default_lexicon().lookup(row.word) is not None  # type: ignore[attr-defined]
    assert known or without(row.word) is not None  # type: ignore[attr-defined]


_UNPROTECTED: list[Lexicon] = []


def _without_protection() -> Lexicon:
    if not _UNPROTECTED:
        _UNPROTECTED.append(Lexicon(row.entry for row in read_word_rows()))
    return _UNPROTECTED[0]


def test_the_words_not_repaired_are_sorted_and_unique() -> None:
    words = [row.word for row in read_protected_words()]
    assert words == sorted(set(words))


@pytest.mark.parametrize("row", read_listed_rows(), ids=lambda row: row.cells["title"])
def test_listed_titles_need_no_mending(row: RawRow) -> None:
    """A listed title has the same key whether text and misspelt words are mended or not."""
    title = row.cells["title"]
    assert AS_WRITTEN.key(title) == default_tokenizer().key(clean(title).text)
