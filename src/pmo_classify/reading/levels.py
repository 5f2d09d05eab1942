"""Which level a title on the ladder has: the role word decides, and what it serves."""

from __future__ import annotations

from typing import Final

from pmo_classify.knowledge.conditions import LevelRule
from pmo_classify.knowledge.roles import RoleGroup
from pmo_classify.knowledge.rules import LEVEL_RULES
from pmo_classify.knowledge.subject_types import SubjectType
from pmo_classify.reading.subject import Subject
from pmo_classify.taxonomy import Scope

__all__ = ["LevelRule", "find_level_rule"]

_WIDE: Final = Scope.PROGRAMME | Scope.PORTFOLIO | Scope.ENTERPRISE
_SUPPORT_ROLES: Final = (
    "officer",
    "assistant",
    "specialist",
    "associate",
    "member",
    "team member",
)


def find_level_rule(
    subject: Subject,
    scope: Scope,
    role: str | None,
    group: RoleGroup,
    *,
    is_in_office: bool,
    is_learner: bool,
) -> LevelRule:
    """Return the rule that gives the level of a title on the ladder."""
    if is_learner:
        return LEVEL_RULES["learner"]
    # A post in an office, or for programmes and portfolios, serves more than one project.
    is_wide = subject.office is not None or is_in_office or bool(scope & _WIDE)
    if group is RoleGroup.MANAGER and subject.office is not None and scope & Scope.ENTERPRISE:
        return LEVEL_RULES["enterprise-manager"]
    if group in (RoleGroup.CO_ORDINATOR, RoleGroup.SUPPORT):
        return LEVEL_RULES["office-support" if is_wide else "project-support"]
    is_support = subject.type is SubjectType.SUPPORT and role in _SUPPORT_ROLES
    if group not in _CODES and is_support and not is_wide:
        return LEVEL_RULES["project-support"]
    return LEVEL_RULES[_CODES.get(group, "officer")]


_CODES: Final = {
    RoleGroup.CLERK: "clerk",
    RoleGroup.MANAGER: "manager",
    RoleGroup.HEAD: "head",
    RoleGroup.NONE: "no-role",
}
