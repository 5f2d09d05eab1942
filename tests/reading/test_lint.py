"""The checks of the tables: the shipped ones pass, and bad rows are found with their line."""

from __future__ import annotations

import pytest

from pmo_classify.knowledge.lexicon import WordRow, read_word_rows
from pmo_classify.knowledge.listed_titles import RawRow, read_listed_rows
from pmo_classify.knowledge.word_parts import PartRow, read_part_rows
from pmo_classify.reading.lint import lint_parts, lint_titles, lint_words
from pmo_classify.reading.normal_form import form_of_title
from pmo_classify.reading.tokenizer import default_tokenizer

GOOD = WordRow("words/en_roles.csv", 2, "analyst", "role", "", "PMO Analyst", "pmo 2")


def _titles(*rows: tuple[str, str, str, str, str, str]) -> list[RawRow]:
    names = ("title", "track", "level", "scope", "ambiguous", "source")
    return [
        RawRow(
            "titles.csv",
            number,
            {**dict(zip(names, row, strict=True)), "normal_form": form_of_title(row[0])},
        )
        for number, row in enumerate(rows, start=2)
    ]


def test_our_titles_have_no_fault() -> None:
    assert lint_titles(read_listed_rows(), default_tokenizer(), is_ours=True) == []


def test_our_words_have_no_fault() -> None:
    assert lint_words(list(read_word_rows())) == []


def test_there_are_at_least_600_titles_of_all_kinds() -> None:
    rows = [row.cells for row in read_listed_rows()]
    assert len(rows) >= 600
    assert {row["level"] for row in rows} == {"", "1", "2", "3", "4"}
    assert {row["track"] for row in rows} == {"pmo", "delivery", "other"}


def test_all_faults_are_told_at_once() -> None:
    """The checks report every bad row as file:line: what: how to fix."""
    rows = _titles(
        ("B Lead", "pmo", "2", "", "0", "path"),
        ("A Lead", "pmo", "9", "", "0", "path"),
        ("B lead", "pmo", "3", "", "0", "path"),
        ("C Lead", "pmo", "2", "", "0", ""),
        ("C Mgr", "delivery", "2", "", "maybe", "path"),
    )
    faults = lint_titles(rows, default_tokenizer(), is_ours=True)
    told = [(f.line, f.what) for f in faults]
    assert told == [
        (3, "level '9' is not a level"),
        (3, "'a lead' comes after 'b lead'"),
        (4, "'B lead' is already in line 2"),
        (4, "'B lead' contradicts 'B Lead' in line 2"),
        (5, "the row has no source"),
        (6, "the track is delivery, but there is a level or a scope"),
        (6, "ambiguous 'maybe' is neither 0 nor 1"),
    ]
    assert str(faults[0]).startswith("titles.csv:3: level '9' is not a level: write 1, 2, 3 or 4")


def test_a_normal_form_that_is_wrong_is_found_with_the_right_one() -> None:
    [row] = _titles(("PMO Mgr", "pmo", "3", "", "0", "path"))
    stale = row._replace(cells={**row.cells, "normal_form": "pmo mgr"})
    [fault] = lint_titles([stale], default_tokenizer(), is_ours=True)
    assert str(fault) == (
        "titles.csv:2: the normal form of 'PMO Mgr' is wrong: write 'pmo manager' in its last cell"
    )
    assert lint_titles([stale], default_tokenizer(), is_ours=False) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"form": "Analyst"}, "is not in its plain form"),
        ({"form": "co-ordinator"}, "is not in its plain form"),
        ({"tag": "job"}, "tag 'job' is not known"),
        ({"meaning": "boss"}, "'boss' is not a known role"),
        ({"meaning": "analyst"}, "the meaning 'analyst' is the same as the form"),
        ({"tag": "trade", "meaning": "expert"}, "the meaning of a trade is not used"),
        ({"tag": "abbreviation"}, "the meaning '' of 'analyst' is not made of known words"),
        ({"answer": "pmo 5"}, "answer 'pmo 5' cannot be read"),
        ({"example": "PMO Planner"}, "does not contain 'analyst'"),
    ],
)
def test_a_bad_word_is_found(change: dict[str, str], what: str) -> None:
    faults = lint_words([GOOD._replace(**change)])  # type: ignore[arg-type]
    assert any(what in fault.what for fault in faults)


def test_a_repeated_and_a_misplaced_word_are_found() -> None:
    rows = [GOOD, GOOD._replace(line=3), GOOD._replace(line=4, form="admin", example="Admin")]
    told = {fault.what for fault in lint_words(rows)}
    assert "'analyst' is already in words/en_roles.csv:2" in told
    assert "'admin' comes after 'analyst'" in told


def test_a_word_of_two_languages_is_no_repeat() -> None:
    assert lint_words([GOOD, GOOD._replace(file="words/de.csv")]) == []


def test_our_endings_have_no_fault() -> None:
    languages = {row.language for row in read_word_rows()}
    assert lint_parts(read_part_rows(), languages) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"kind": "job"}, "kind 'job' is not known"),
        ({"language": "xx"}, "there is no table of words for the language 'xx'"),
        ({"answer": "pmo 5"}, "answer 'pmo 5' cannot be read"),
        ({"example": "PMO Planner"}, "the example 'PMO Planner' does not contain 'leiter'"),
    ],
)
def test_a_bad_ending_is_found(change: dict[str, str], what: str) -> None:
    row = PartRow("word_parts.csv", 2, "leiter", "role", "de", "Fachleiter PMO", "pmo 4?")
    faults = lint_parts([row, row._replace(line=3, **change)], {"de"})
    assert what in {fault.what for fault in faults if fault.line == 3}


def test_a_meaning_that_does_not_mean_itself_is_found() -> None:
    faults = lint_words([GOOD._replace(form="anlst", meaning="analyst", example="PMO Anlst")])
    assert [fault.what for fault in faults] == ["no row lists the meaning 'analyst'"]
