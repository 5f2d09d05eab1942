"""The titles that the career path lists, and its facts about the levels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pmo_classify import Level, Method, Scope, Track, classify
from pmo_classify.taxonomy import LADDER

LISTED = [(level, title) for level in Level for title in level.facts.listed_titles]
VARIANTS: dict[str, Callable[[str], str]] = {
    "as listed": str,
    "shouted": str.upper,
    "small": str.lower,
    "american": lambda title: title.replace("Programme", "Program"),
    "no hyphen": lambda title: title.replace("Co-ordinator", "Coordinator"),
    "two words": lambda title: title.replace("Co-ordinator", "Co ordinator"),
    "spaced out": lambda title: f"  {title.replace(' ', '   ')} ",
    "full stop": "{}.".format,
}
SCOPES = {"Project": "project", "Programme": "programme", "Portfolio": "portfolio"}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("level", "title"), LISTED, ids=[title for _, title in LISTED])
def test_listed_title(level: Level, title: str, variant: str) -> None:
    """Every title of the career path gets its listed level and scope, method exact."""
    result = classify(VARIANTS[variant](title))
    scope = "enterprise" if title.startswith("ePMO") else ""
    for word, name in SCOPES.items():
        scope = name if word in title.split() else scope
    assert result.track is Track.PMO
    assert result.level is level
    assert str(result.scope) == scope
    assert result.method is Method.EXACT
    assert not result.needs_review
    assert result.standard_title == title


def test_there_are_thirty_one_listed_titles() -> None:
    assert len(LISTED) == 31


def test_next_climbs_to_the_top() -> None:
    """`Level.next` is the level above, and None at the top."""
    climbed = []
    level: Level | None = Level.NEW
    while level is not None:
        climbed.append(level)
        level = level.next
    assert climbed == list(Level)


@pytest.mark.parametrize("level", Level)
def test_level_carries_what_the_path_says(level: Level) -> None:
    assert level.title
    assert level.description
    assert level.knowledge
    assert level.courses
    assert set(LADDER) == set(Level)


@pytest.mark.parametrize("title", ["PMO Manager", "PMO Lead"])
def test_explain_tells_manager_from_lead(title: str) -> None:
    """The reason for Manager or Lead is available to explain."""
    assert "Manager and Lead are on the same level" in classify(title).explain()


@pytest.mark.parametrize(
    ("title", "standard"),
    [("RAID Analyst", "PMO Risk Analyst"), ("Benefits Realisation Lead", "PMO Benefits Lead")],
)
def test_a_function_that_only_an_office_has_is_named_with_the_office(
    title: str, standard: str
) -> None:
    result = classify(title)
    assert result.standard_title == standard
    assert classify(standard).level is result.level


@pytest.mark.parametrize("value", range(16))
def test_scope_text_reads_back(value: int) -> None:
    assert Scope.parse(str(Scope(value))) == Scope(value)


def test_scope_refuses_what_is_none() -> None:
    with pytest.raises(ValueError, match="'team' is not a scope"):
        Scope.parse("project+team")
