"""The role words, the P3 words and the offices' names, as declarative tables."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from pmo_classify.taxonomy import Scope

__all__ = [
    "MODIFIER_ROLES",
    "OFFICE_NAMES",
    "P3_NAMES",
    "P3_SCOPES",
    "PLANNING_FUNCTIONS",
    "ROLES",
    "OfficeName",
    "Role",
    "RoleGroup",
]


class RoleGroup(StrEnum):
    """Role words that the rules treat alike (codebook sections 2b and 3)."""

    CLERK = "clerk"
    CO_ORDINATOR = "co-ordinator"
    SUPPORT = "support"
    OFFICER = "officer"
    SPECIALIST = "specialist"
    ENGINEER = "engineer"
    MANAGER = "manager"
    HEAD = "head"
    DELIVERY = "delivery"
    TRADE = "trade"
    LEARNER = "learner"
    NONE = "none"


class Role(NamedTuple):
    """A role word: how it is written in a standard title, and how the rules treat it.

    ``weak`` roles are also used as plain words ("executive office", "project support tools"): they
    count as the role where they end their phrase. ``vague`` ones are used for more than one
    rank, so that a title with them is never settled. ``function`` is what the role itself names.
    """

    name: str
    group: RoleGroup
    standard: str
    weak: bool = False
    function: str | None = None
    vague: bool = False


ROLES: Final[dict[str, Role]] = {
    role.name: role
    for role in (
        Role("administrator", RoleGroup.CLERK, "Administrator"),
        Role("secretary", RoleGroup.CLERK, "Secretary"),
        Role("clerk", RoleGroup.CLERK, "Clerk"),
        Role("co-ordinator", RoleGroup.CO_ORDINATOR, "Co-ordinator"),
        Role("support", RoleGroup.SUPPORT, "Support", weak=True),
        Role("analyst", RoleGroup.OFFICER, "Analyst"),
        Role("officer", RoleGroup.OFFICER, "Officer"),
        Role("assistant", RoleGroup.OFFICER, "Assistant"),
        Role("planner", RoleGroup.OFFICER, "Planner", function="planning"),
        Role("scheduler", RoleGroup.OFFICER, "Scheduler", function="scheduling"),
        Role("controller", RoleGroup.OFFICER, "Controller", function="controls"),
        Role("specialist", RoleGroup.SPECIALIST, "Specialist"),
        Role("consultant", RoleGroup.SPECIALIST, "Consultant"),
        Role("adviser", RoleGroup.SPECIALIST, "Adviser"),
        Role("associate", RoleGroup.SPECIALIST, "Associate", weak=True),
        Role("executive", RoleGroup.SPECIALIST, "Executive", weak=True),
        Role("expert", RoleGroup.SPECIALIST, "Expert", weak=True),
        Role("partner", RoleGroup.SPECIALIST, "Partner", weak=True),
        Role("member", RoleGroup.SPECIALIST, "Member", weak=True),
        Role("team member", RoleGroup.SPECIALIST, "Team Member", weak=True),
        Role("engineer", RoleGroup.ENGINEER, "Engineer"),
        Role("manager", RoleGroup.MANAGER, "Manager"),
        Role("lead", RoleGroup.MANAGER, "Lead"),
        Role("leader", RoleGroup.MANAGER, "Leader"),
        Role("supervisor", RoleGroup.MANAGER, "Supervisor"),
        Role("assistant vice president", RoleGroup.MANAGER, "Assistant Vice President"),
        Role("head", RoleGroup.HEAD, "Head"),
        # jefe, chef, capo: a manager, or the head of the managers
        Role("jefe", RoleGroup.HEAD, "Head", vague=True),
        # Brazil's co-ordinator is often a manager, Latin America's project administrator always
        Role("coordenador", RoleGroup.CO_ORDINATOR, "Co-ordinator", vague=True),
        Role("administrador", RoleGroup.CLERK, "Administrator", vague=True),
        Role("charge", RoleGroup.MANAGER, "Manager", vague=True),
        Role("director", RoleGroup.HEAD, "Director"),
        Role("vice president", RoleGroup.HEAD, "Vice President"),
        Role("senior vice president", RoleGroup.HEAD, "Senior Vice President"),
        Role("chief", RoleGroup.HEAD, "Chief"),
        Role("chief officer", RoleGroup.HEAD, "Chief Officer"),
        Role("general manager", RoleGroup.HEAD, "General Manager"),
        Role("personal assistant", RoleGroup.TRADE, "Personal Assistant"),
        Role("sponsor", RoleGroup.TRADE, "Sponsor", vague=True),
        Role("scrum master", RoleGroup.DELIVERY, "Scrum Master"),
        Role("release train engineer", RoleGroup.DELIVERY, "Release Train Engineer"),
        Role("delivery manager", RoleGroup.DELIVERY, "Delivery Manager"),
    )
}

MODIFIER_ROLES: Final = frozenset(
    {
        "lead",
        "assistant",
        "associate",
        "executive",
        "chief",
        "support",
        "specialist",
        "partner",
        "member",
        "team member",
        "expert",
        "administrator",
        "consultant",
    }
)
"""Roles that only qualify when another role word follows them: "Lead PMO Analyst"."""


class OfficeName(NamedTuple):
    """An office's short name: its scope, and how a standard title writes it."""

    scope: Scope
    standard: str


P3_SCOPES: Final[dict[str, Scope]] = {
    "project": Scope.PROJECT,
    "projects": Scope.PROJECT,
    "programme": Scope.PROGRAMME,
    "programmes": Scope.PROGRAMME,
    "portfolio": Scope.PORTFOLIO,
    "portfolios": Scope.PORTFOLIO,
}

P3_NAMES: Final[dict[str, Scope]] = {
    "ppm": Scope.PORTFOLIO,
    "p3m": Scope.PROJECT | Scope.PROGRAMME | Scope.PORTFOLIO,
    "p3": Scope.PROJECT | Scope.PROGRAMME | Scope.PORTFOLIO,
}

OFFICE_NAMES: Final[dict[str, OfficeName]] = {
    "pmo": OfficeName(Scope.NONE, "PMO"),
    "epmo": OfficeName(Scope.ENTERPRISE, "ePMO"),
    "p3o": OfficeName(P3_NAMES["p3"], "P3O"),
    "ppmo": OfficeName(Scope.PORTFOLIO, "PPMO"),
    "pfmo": OfficeName(Scope.PORTFOLIO, "PfMO"),
    "pso": OfficeName(Scope.NONE, "PSO"),
    "pmu": OfficeName(Scope.NONE, "PMU"),
    "piu": OfficeName(Scope.NONE, "PIU"),
}

PLANNING_FUNCTIONS: Final = ("planning", "scheduling", "cost", "controls")
"""Functions that only P3 work has, where nothing says that something else is planned."""
