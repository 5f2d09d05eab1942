"""The codes of other classifications: the shipped ones pass the checks, and bad rows are found."""

from __future__ import annotations

import json

import pytest
from commands import run_command

from pmo_classify import Level, classify
from pmo_classify.knowledge.crosswalk import codes_for, lint_codes, read_code_rows
from pmo_classify.knowledge.tables import read_shipped

GOOD = {
    "for": "1",
    "scheme": "UK SOC 2020",
    "code": "3543",
    "title": "Project support officers",
    "match": "related",
    "note": "called so",
    "source": "ONS",
    "url": "https://www.ons.gov.uk/",
    "read_in": "source",
    "checked": "2026-11-24",
}


def test_our_codes_have_no_fault() -> None:
    assert lint_codes(read_code_rows()) == []


def test_the_columns_stand_in_their_order() -> None:
    assert read_shipped("crosswalk.csv").splitlines()[0] == ",".join(GOOD)


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("for", "5", "'5' is not a level or track with codes"),
        ("scheme", "ISCO", "'ISCO' is not a known scheme"),
        ("code", "354", "UK SOC 2020 code '354' has the wrong form"),
        ("match", "same", "'same' is not a kind of match"),
        ("title", " ", "the row has no title"),
        ("note", "", "the row has no note"),
        ("source", "", "the row has no source"),
        ("url", "ons.gov.uk", "url 'ons.gov.uk' is not an address"),
        ("read_in", "memory", "read_in 'memory' does not say where it was read"),
        ("checked", "May", "checked 'May' is not a date"),
    ],
)
def test_a_bad_row_is_found(field: str, value: str, what: str) -> None:
    """One fault, with its line."""
    (fault,) = lint_codes([(2, GOOD), (3, {**GOOD, "for": "2", field: value})])
    assert (fault.line, fault.what) == (3, what)


def test_a_row_that_stands_twice_is_found() -> None:
    (fault,) = lint_codes([(2, GOOD), (3, GOOD)])
    assert (fault.line, fault.fix) == (3, "keep one of the two")


def test_rows_out_of_order_are_found() -> None:
    (fault,) = lint_codes([(2, {**GOOD, "for": "2"}), (3, GOOD)])
    assert (fault.line, fault.fix) == (3, "sort by for, scheme and code")


@pytest.mark.parametrize("level", Level)
def test_every_level_has_codes_with_sources(level: Level) -> None:
    assert level.codes
    assert all(code.source and code.url for code in level.codes)


@pytest.mark.parametrize(
    ("title", "key"), [("PMO Lead", "3"), ("Project Manager", "delivery"), ("Chef", "other")]
)
def test_an_answer_has_the_codes_of_its_level_or_track(title: str, key: str) -> None:
    """Other work has no codes, and the dictionary has codes only if asked for."""
    answer = classify(title)
    assert answer.codes == codes_for(key)
    assert answer.as_dict(codes=True)["codes"] == [code.as_dict() for code in codes_for(key)]
    assert "codes" not in answer.as_dict()


def test_the_ladder_shows_codes_where_they_are_asked_for() -> None:
    text = run_command("ladder", "--codes").stdout.decode()
    assert "UK SOC 2020 3543, Project support officers: related" in text
    assert "off the ladder: delivery" in text
    assert "UK SOC" not in run_command("ladder").stdout.decode()


def test_the_ladder_as_json_has_codes_where_they_are_asked_for() -> None:
    levels = json.loads(run_command("ladder", "--codes", "--json").stdout)
    assert [level["codes"] for level in levels] == [
        [code.as_dict() for code in level.codes] for level in Level
    ]
    assert all("codes" not in level for level in json.loads(run_command("ladder", "--json").stdout))
