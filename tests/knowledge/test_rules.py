"""The table of rules: no contradiction, no dead row, no hidden order."""

from __future__ import annotations

import itertools
import random

import pytest

from pmo_classify.knowledge.conditions import Context, Kind, RuleInput, SubjectPosition
from pmo_classify.knowledge.doubts import DOUBTS, OPEN_READINGS
from pmo_classify.knowledge.roles import ROLES, RoleGroup
from pmo_classify.knowledge.rules import LEVEL_RULES, RULES, find_rule
from pmo_classify.knowledge.subject_types import SubjectType

NAMES = {
    group: ["", *(role.name for role in ROLES.values() if role.group is group)]
    for group in RoleGroup
}
CASES = [
    RuleInput(topic, kind, group, role, setting, position)
    for topic, kind, group, setting, position in itertools.product(
        SubjectType, Kind, RoleGroup, Context, SubjectPosition
    )
    for role in NAMES[group]
]
PROBES = random.Random(7).sample(CASES, 6_000)  # noqa: S311 - a fixed sample


def test_every_case_has_a_rule() -> None:
    """There is always one rule that holds."""
    assert all(find_rule(case).code for case in PROBES)


def test_no_two_rules_contradict_each_other() -> None:
    """Of the rules of the highest rank that hold, all say the same."""
    for case in PROBES:
        holding = [rule for rule in RULES if rule.holds(case)]
        top = max(rule.rank for rule in holding)
        said = {(rule.track, rule.unsettled) for rule in holding if rule.rank == top}
        assert len(said) == 1, (case, [r.code for r in holding if r.rank == top])


def test_every_doubt_has_another_reading() -> None:
    """What a title leaves open, it also allows: each doubt names the other reading."""
    unsettled = {rule.code for rule in RULES if rule.unsettled}
    assert set(OPEN_READINGS) == unsettled | set(DOUBTS)


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_rule_is_dead(rule: object) -> None:
    """Each rule decides some case."""
    assert any(find_rule(case) is rule for case in CASES if rule.holds(case))  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", [*RULES, *LEVEL_RULES.values()], ids=lambda rule: rule.code)
def test_each_rule_has_its_source(rule: object) -> None:
    assert rule.source.startswith(("codebook", "career path"))  # type: ignore[attr-defined]
