"""The proposals of the model for titles that were not read: only for review and on request."""

from __future__ import annotations

import json
import pickle
from typing import Final

import pytest
from helpers import answer

from pmo_classify import Classification, Classifier, Method, Scope, Track
from pmo_classify.knowledge.reasons import brief_reason, reason_text
from pmo_classify.learning.proposer import is_not_read
from pmo_classify.thresholds import PROPOSAL_WORDS, PROPOSALS

IN_RUSSIAN: Final = [
    {"title": title, "track": track}
    for title, track in [
        ("Руководитель проекта", "delivery"),
        ("Старший руководитель проектов", "delivery"),
        ("Менеджер проекта", "delivery"),
        ("Бухгалтер", "other"),
        ("Повар", "other"),
        ("Учитель", "other"),
    ]
]
PROPOSED: Final = ["Projekleier", "Projektijuht"]
ACRONYMS: Final = ["Head of the QXRO", "QXRO Manager", "Analyst, QXRO"]


@pytest.fixture(scope="module")
def model() -> Classifier:
    return Classifier(model=True)


@pytest.fixture(scope="module")
def rules() -> Classifier:
    return Classifier()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Projekleier", ("delivery", "", "")),
        ("Koordinatore e programeve", ("pmo", "2", "programme")),
    ],
)
def test_what_looks_like_a_known_language_is_proposed(
    title: str, expected: tuple[str, str, str], model: Classifier
) -> None:
    """Parts of words that are known from other languages decide the track and the level."""
    assert answer(model.classify(title)) == expected


@pytest.mark.parametrize("title", PROPOSED)
def test_a_proposal_is_for_review(title: str, model: Classifier, rules: Classifier) -> None:
    """The rules' answer is the first of the others, and the doubts of the title remain."""
    before, after = rules.classify(title), model.classify(title)
    assert after.method is Method.MODEL
    assert after.needs_review
    assert after.confidence < before.confidence
    assert after.reasons[1:] == before.reasons[1:]
    assert after.alternatives[0][:3] == (Track.OTHER, None, Scope.NONE)
    assert len(after.alternatives) <= PROPOSALS
    assert after.standard_title is None
    assert (after.words, after.seniority) == (before.words, before.seniority)


@pytest.mark.parametrize("title", PROPOSED)
def test_a_proposal_names_the_words_that_weighed_most(title: str, model: Classifier) -> None:
    result = model.classify(title)
    kind, _, words = result.reasons[0].partition(":")
    assert kind == "proposed"
    assert set(words.split("|")) <= set(title.split())
    assert len(words.split("|")) <= PROPOSAL_WORDS
    assert reason_text(result.reasons[0]) in " ".join(result.explain().split())
    assert brief_reason(result.reasons).endswith(reason_text(result.reasons[0]))
    assert all(repr(word) in result.explain() for word in words.split("|"))
    assert "Standard title" not in result.explain()


@pytest.mark.parametrize("title", ACRONYMS)
def test_a_short_name_gets_alternatives_alone(
    title: str, model: Classifier, rules: Classifier
) -> None:
    """No model knows what a short name means: the answer is kept, and other readings are added."""
    before, after = rules.classify(title), model.classify(title)
    assert after.alternatives
    assert "QXRO" not in after.alternatives[0].why
    assert {**after.as_dict(), "alternatives": []} == before.as_dict()


@pytest.mark.parametrize(
    "title",
    ["Kuhar", "Chef", "Programmer", "PMO Lead", "Project Manager", "项目经理", "Бухгалтер", ""],
)
def test_all_other_titles_are_left_alone(title: str, model: Classifier, rules: Classifier) -> None:
    """Titles that were read, and those in letters that no table has, stay as they are."""
    assert model.classify(title) == rules.classify(title)


@pytest.mark.parametrize("title", [*PROPOSED, *ACRONYMS])
def test_nothing_is_proposed_unless_asked(title: str, rules: Classifier) -> None:
    result = rules.classify(title)
    assert is_not_read(result)
    assert (result.track, result.alternatives) == (Track.OTHER, ())
    assert result.method is not Method.MODEL


@pytest.fixture(scope="module")
def of_russian() -> Classifier:
    return Classifier(extra_titles=IN_RUSSIAN, model=True)


@pytest.mark.parametrize(
    ("title", "track"), [("Младший руководитель проекта", "delivery"), ("Старший повар", "other")]
)
def test_titles_of_the_user_teach_another_script(
    title: str, track: str, of_russian: Classifier
) -> None:
    """A few decided titles in Russian are enough for proposals about similar ones."""
    result = of_russian.classify(title)
    assert str(result.track) == track
    assert result.needs_review


@pytest.mark.parametrize(
    "title",
    [
        "&",
        "(( & ))",
        "projekta " * 300,
        "C++ | projekta",
        "projekta 2|3",
        "<b>Vodja</b> projekta",
    ],
    ids=["and", "brackets", "long", "marks", "numbers", "HTML"],
)
def test_odd_titles_are_no_fault(title: str, model: Classifier) -> None:
    result = model.classify(title)
    assert json.loads(json.dumps(result.as_dict())) == result.as_dict()
    assert result.explain()


def test_it_is_the_same_in_another_process(model: Classifier) -> None:
    """A pickled classifier is trained anew and proposes the same."""
    sent: Classifier = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own bytes
    found: list[Classification] = sent.classify_many([*PROPOSED, *ACRONYMS])
    assert found == model.classify_many([*PROPOSED, *ACRONYMS])
