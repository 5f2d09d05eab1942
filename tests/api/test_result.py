"""The answer: frozen, comparable, explainable."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle

import pytest
from helpers import rows

from pmo_classify import Classification, Level, Method, Scope, Track, classify
from pmo_classify.knowledge.listed_titles import read_listed_rows
from pmo_classify.knowledge.reasons import brief_reason, reason_text

TITLES = [row.cells["title"] for row in read_listed_rows()][::6]
MESS = [row["title"] for row in rows("read/mess.csv")]


def test_the_answer_of_the_design() -> None:
    c = classify("Snr Prog. Ofice Co-ordinator (12m FTC) - London, £40k")
    assert c.title == "Snr Prog. Ofice Co-ordinator (12m FTC) - London, £40k"
    assert c.track is Track.PMO
    assert c.level is Level.SUPPORTING
    assert c.scope == Scope.PROGRAMME
    assert c.standard_title == "Programme Office Co-ordinator"
    assert c.seniority == "senior"
    assert c.function is None
    assert c.method is Method.FUZZY
    assert 0.9 < c.confidence < 1
    assert not c.needs_review
    assert "repaired:ofice>office" in c.reasons


def test_frozen() -> None:
    with pytest.raises(AttributeError):
        classify("PMO Lead").track = Track.OTHER  # type: ignore[misc]


@pytest.mark.parametrize("title", TITLES)
def test_hashes_compares_and_pickles(title: str) -> None:
    """Results hash, compare and pickle."""
    result = classify(title)
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
    assert again == result == copy.deepcopy(result)
    assert hash(again) == hash(result)


@pytest.mark.parametrize("title", TITLES)
def test_as_dict_is_plain_json(title: str) -> None:
    """`as_dict` returns plain JSON types with the clean title, and leaves out only the words."""
    result = classify(title)
    data = result.as_dict()
    assert json.loads(json.dumps(data)) == data
    fields = {field.name for field in dataclasses.fields(Classification)}
    assert set(data) == {*fields, "clean_title"} - {"words", "evidence"}


MARKS = ("break", "slash")


@pytest.mark.parametrize("title", [*TITLES, *MESS])
def test_words_are_at_their_places(title: str) -> None:
    """Each word has its place in the title, in the order of the title."""
    result = classify(title)
    assert result.explain()
    places = [(word.start, word.end) for word in result.words]
    assert places == sorted(places)
    for word in result.words:
        shown = title[word.start : word.end]
        assert shown == shown.strip()
        if word.tag not in MARKS:
            assert any(c.isalnum() or c in "&+" for c in shown)


@pytest.mark.parametrize("row", rows("evidence.csv"), ids=lambda row: row["title"])
@pytest.mark.parametrize("part", ["track", "level", "scope", "doubt"])
def test_the_words_that_decided_are_named(row: dict[str, str], part: str) -> None:
    """An explanation names, for each part of the answer, the words that decided it."""
    result = classify(row["title"])
    words = [result.words[at] for at in getattr(result.evidence, part)]
    texts = dict.fromkeys(row["title"][word.start : word.end] for word in words)
    assert " | ".join(texts) == row[part]


@pytest.mark.parametrize("title", [*TITLES, *MESS])
def test_taking_away_what_decided_changes_the_answer(title: str) -> None:
    """Without the words that put a title on the ladder it is read as something else."""
    result = classify(title)
    if result.track is not Track.PMO:
        pytest.skip("not on the ladder")
    decided = [result.words[at] for at in result.evidence.track]
    assert decided
    left = "".join(
        " " if any(word.start <= i < word.end for word in decided) else letter
        for i, letter in enumerate(title)
    )
    assert classify(left).standard_title != result.standard_title


@pytest.mark.parametrize("title", [*TITLES, *MESS])
def test_every_reason_can_be_told(title: str) -> None:
    """Every code is spelt out, for a person and for a cell."""
    result = classify(title)
    assert result.reasons
    assert all(reason_text(code) for code in result.reasons)
    assert brief_reason(result.reasons)


@pytest.mark.parametrize(
    "title", ["PMO &amp; Planning Lead", "PMO Analyst â€“ Leeds", "ＰＭＯ Lead"]
)
def test_spans_count_characters_of_the_given_title(title: str) -> None:
    """Repaired text is explained at its places in the original title."""
    result = classify(title)
    last = [w for w in result.words if w.meaning in ("lead", "analyst")][-1]
    assert title[last.start : last.end] in ("Lead", "Analyst")


def test_doubt_offers_another_reading() -> None:
    """If the title cannot settle the answer, the explanation names the other reading."""
    result = classify("Portfolio Manager")
    assert result.needs_review
    assert [(a.track, a.level) for a in result.alternatives] == [(Track.PMO, Level.LEADING)]


@pytest.mark.parametrize("title", [*TITLES, *MESS])
def test_no_alternative_is_the_answer_itself(title: str) -> None:
    result = classify(title)
    given = (result.track, result.level, result.scope)
    others = [(a.track, a.level, a.scope) for a in result.alternatives]
    assert given not in others
    assert len(set(others)) == len(others)


def test_several_titles_offer_the_others() -> None:
    result = classify("Project Co-ordinator / PMO Manager")
    assert result.level is Level.NEW
    assert Level.LEADING in [a.level for a in result.alternatives]


@pytest.mark.parametrize(
    ("title", "seniority"),
    [
        ("Lead PMO Analyst", "lead"),
        ("Staff Software Engineer", "staff"),
        ("Associate Director, PMO", "associate"),
        ("Senior Admin Assistant", "senior"),
        ("Payroll Clerk, Senior", "senior"),
        ("Welder (Junior)", "junior"),
        ("Admin Assistant", None),
        ("PMO Specialist Consultant", None),
        ("Software Engineer II", None),
    ],
)
def test_seniority_is_a_rank(title: str, seniority: str | None) -> None:
    """A word of rank, such as "senior" or "deputy": no other role, and no grade."""
    assert classify(title).seniority == seniority
