"""The table of rules: one row decides each title, and every row proves itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo_classify import Classification, Classifier
from pmo_classify.knowledge import rules as rules_module
from pmo_classify.knowledge.conditions import (
    Context,
    MainScope,
    RuleInput,
    SubjectPosition,
    SubjectType,
)
from pmo_classify.knowledge.doubts import doubts
from pmo_classify.knowledge.listed_titles import read_listed_rows
from pmo_classify.knowledge.rules import Rule, all_inputs, decide, find_rule, lint_rules, rules
from pmo_classify.knowledge.tables import read_shipped
from pmo_classify.taxonomy import LEVEL_RULES, RoleGroup

RULES = rules()
CASES = list(all_inputs())
GUIDE = Path(__file__).parent.parent.parent / "docs" / "codebook.md"
SOURCES = [row.source for table in (RULES, doubts(), LEVEL_RULES) for row in table.values()]
SOURCES += [row.cells["source"] for row in read_listed_rows()]


def _written(answer: Classification) -> str:
    parts = [answer.track, str(int(answer.level)) if answer.level else "", str(answer.scope)]
    return " ".join(filter(None, parts)) + "?" * answer.needs_review


def _read(title: str, *, use_listed: bool = False) -> Classification:
    """Read a title by the rules, whether or not it is listed."""
    return Classifier(use_listed=use_listed).classify(title)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Rule]:
    """Remove one rule from the table while a test runs."""
    rule: Rule = request.param
    table = {code: row for code, row in RULES.items() if code != rule.code}
    caches = (rules_module._rules_by_subject, rules_module.find_rule)
    monkeypatch.setattr(rules_module, "rules", lambda: table)
    for cache in caches:
        cache.cache_clear()
    yield rule
    for cache in caches:
        cache.cache_clear()


def test_exactly_one_row_decides_each_title() -> None:
    """For every combination of conditions one row decides, whatever the order of the rows."""
    table = rules_module._by_subject(RULES.values())
    found = {case: len(decide(case, table[case.subject])) for case in CASES}
    assert len(found) == 289_872
    assert {case: number for case, number in found.items() if number != 1} == {}


def test_the_order_of_the_rows_has_no_say() -> None:
    """The same row decides if the rows are shuffled."""
    shuffled = random.Random(7).sample(list(RULES.values()), len(RULES))  # noqa: S311
    table = rules_module._by_subject(shuffled)
    probes = random.Random(7).sample(CASES, 6_000)  # noqa: S311
    assert [case for case in probes if decide(case, table[case.subject]) != [find_rule(case)]] == []


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (("P3_WORD", "PORTFOLIO", "OFFICER", "planner", "FINANCE", "BEFORE"), "portfolio-finance"),
        (("P3_WORD", "PORTFOLIO", "OFFICER", "planner", "PLAIN", "BEFORE"), "portfolio-planner"),
        (("P3_WORD", "PROGRAMME", "HEAD", "head", "PLAIN", "BEFORE"), "p3-head"),
        (("P3_WORD", "PROJECT", "MANAGER", "manager", "PLAIN", "SEVERAL"), "manager-of"),
        (("P3_WORD", "PROJECT", "LEARNER", "", "PLAIN", "BEFORE"), "p3-learner"),
    ],
    ids=["context before role word", "word before group", "word", "position", "group"],
)
def test_the_row_that_says_more_decides(case: tuple[str, ...], code: str) -> None:
    """A context beats a role word, a role word a group, and a row with a position one without."""
    subject, scope, group, role, context, position = case
    title = RuleInput(
        SubjectType[subject],
        MainScope[scope],
        RoleGroup[group],
        role,
        Context[context],
        SubjectPosition[position],
    )
    assert find_rule(title).code == code


def test_each_group_of_roles_has_one_level() -> None:
    """No group is forgotten, and none has two levels; the exceptions name no group."""
    groups = [group for rule in LEVEL_RULES.values() for group in rule.groups]
    assert sorted(groups) == sorted(RoleGroup)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_example_has_the_answer_of_its_row(rule: Rule) -> None:
    """The example of each row gets its answer, and is decided by that row."""
    answer = _read(rule.example)
    assert _written(answer) == rule.answer
    assert rule.code in answer.reasons
    assert [r for r in answer.reasons if r.startswith("unsettled:")] == [
        f"unsettled:{rule.code}"
    ] * rule.needs_review


@pytest.mark.parametrize("without", RULES.values(), ids=RULES, indirect=True)
def test_without_its_row_the_example_has_another_answer(without: Rule) -> None:
    """Each row is needed: without it, its example is answered otherwise or not at all."""
    try:
        answer = _read(without.example)
    except ValueError:
        return
    assert _written(answer) != without.answer


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_listed_title_agrees_with_the_rules(rule: Rule) -> None:
    """The example gets the same answer if listed titles are used too."""
    assert _written(_read(rule.example, use_listed=True)) == rule.answer


@pytest.mark.parametrize("code", doubts())
def test_the_example_of_a_doubt_has_that_doubt_alone(code: str) -> None:
    """The title goes to review for this doubt and no other: without it, it would be settled."""
    doubt = doubts()[code]
    answer = _read(doubt.example, use_listed=code == "listed")
    assert _written(answer) == doubt.answer
    assert [r for r in answer.reasons if r.startswith("unsettled:")] == [f"unsettled:{code}"]


@pytest.mark.parametrize("source", sorted(set(SOURCES)))
def test_each_source_can_be_looked_up(source: str) -> None:
    """A source is a level of the career path, or a heading of the guide to the levels."""
    where, _, place = source.partition(": ") if ": " in source else source.partition(", ")
    headings = [line.lstrip("# ") for line in GUIDE.read_text("utf-8").splitlines() if "#" in line]
    places = headings if where == "codebook" else [f"level {level}" for level in range(1, 5)]
    assert where in ("codebook", "career path")
    assert place in places


def test_a_title_that_no_row_decides_is_found() -> None:
    lines = read_shipped("rules.csv").splitlines()
    (fault,) = lint_rules("\n".join(line for line in lines if not line.startswith("nothing,")))
    assert fault.what == "no row decides 'nothing' with clerks, project scope"
