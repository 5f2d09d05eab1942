"""What a rule looks at, and what a rule is."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from pmo_classify.knowledge.roles import RoleGroup
from pmo_classify.knowledge.subject_types import SubjectType
from pmo_classify.taxonomy import Scope, Track

__all__ = ["Context", "Kind", "LevelRule", "Rule", "RuleInput", "SubjectPosition"]


class Kind(StrEnum):
    """Which P3 word weighs: a portfolio before a project before a programme."""

    PROJECT = "project"
    PROGRAMME = "programme"
    PORTFOLIO = "portfolio"
    NONE = ""

    @classmethod
    def of(cls, scope: Scope) -> Kind:
        """Pick the word that weighs from a scope."""
        return _KINDS[scope]


_WEIGHTIEST_FIRST: Final = (
    (Scope.PORTFOLIO, Kind.PORTFOLIO),
    (Scope.PROJECT, Kind.PROJECT),
    (Scope.PROGRAMME, Kind.PROGRAMME),
)
_KINDS: Final = {
    scope: next((kind for word, kind in _WEIGHTIEST_FIRST if scope & word), Kind.NONE)
    for scope in map(Scope, range(16))
}


class Context(StrEnum):
    """What the other words say of the P3 word."""

    PLAIN = "plain"
    P3 = "p3"
    """change, IT, capital, construction, an office, or another P3 word stands beside it"""
    SERVICE = "service"
    SERVICE_NEAR = "service near"
    """a service's word stands elsewhere in the title"""
    FINANCE = "finance"
    AGENCY = "agency"
    JOINT = "joint"
    """several P3 words share the role, and nothing else says what they are"""
    MIXED = "mixed"
    """words for both"""


class SubjectPosition(StrEnum):
    """Where the P3 word stands, seen from the role."""

    BEFORE = "before"
    AFTER = "after"
    """one, bare: "head of programme" """
    NAMED = "named"
    """one, with its name: "director, Smart Metering programme" """
    PLURAL = "plural"
    """"projects director" """
    ALONE = "alone"
    """nothing else stands in the title: "Projects Team" """
    SEVERAL = "several"
    """"director of projects" """


class RuleInput(NamedTuple):
    """What a rule looks at."""

    topic: SubjectType
    kind: Kind
    group: RoleGroup
    role: str
    setting: Context
    position: SubjectPosition


class Rule(NamedTuple):
    """One row: where it holds, what follows, why, and from where."""

    code: str
    track: Track
    why: str
    source: str
    topics: tuple[SubjectType, ...]
    kinds: tuple[Kind, ...] = ()
    groups: tuple[RoleGroup, ...] = ()
    roles: tuple[str, ...] = ()
    settings: tuple[Context, ...] = ()
    positions: tuple[SubjectPosition, ...] = ()
    unsettled: bool = False

    def holds(self, case: RuleInput) -> bool:
        """Tell whether the rule applies to a case."""
        return (
            case.topic in self.topics
            and (not self.kinds or case.kind in self.kinds)
            and (not self.groups or case.group in self.groups)
            and (not self.roles or case.role in self.roles)
            and (not self.settings or case.setting in self.settings)
            and (not self.positions or case.position in self.positions)
        )

    @property
    def rank(self) -> int:
        """How specific the rule is; a setting that decides a track outweighs a role."""
        return (
            8 * bool(self.settings)
            + 2 * bool(self.roles)
            + 2 * bool(self.groups)
            + bool(self.kinds)
            + bool(self.positions)
        )


class LevelRule(NamedTuple):
    """How a role word gives a level, and from where the rule comes."""

    code: str
    level: int
    why: str
    source: str
