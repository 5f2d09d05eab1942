"""The career ladder of the PMO, from top to bottom as a PMO expert reads it.

Four levels; the tracks and scopes of a title; the titles that the career path lists, with the
patterns they follow; and which role word gives which level. Levels, listed titles, knowledge and
courses are those of the career path "Types of jobs in a PMO" (pmolearning.co.uk). What extends it
by analogy has its source in docs/codebook.md. Which titles are on the ladder at all is not said
here, but by the rows of ``data/rules.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Flag, IntEnum, StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pmo_classify.knowledge.crosswalk import Code

__all__ = [
    "CAREER_PATH",
    "LADDER",
    "LEVEL_RULES",
    "MANAGER_OR_LEAD",
    "Level",
    "LevelFacts",
    "LevelRule",
    "Method",
    "RoleGroup",
    "Scope",
    "Track",
    "level_rule",
]

CAREER_PATH: Final = 'PMO Learning, "Types of jobs in a PMO"'


class Track(StrEnum):
    """Where a career with this title leads, as ``"pmo"``, ``"delivery"`` or ``"other"``.

    ``PMO``: up the ladder of project offices. ``DELIVERY``: runs projects or programmes.
    ``OTHER``: neither of the two.
    """

    PMO = "pmo"
    DELIVERY = "delivery"
    OTHER = "other"


class Method(StrEnum):
    """How an answer was found.

    ``EXACT``: the title is listed. ``PATTERN``: its words were read. ``FUZZY``: read after a
    spelling repair. ``MODEL``: a trained model. ``NONE``: it holds nothing that could be read.
    """

    EXACT = "exact"
    PATTERN = "pattern"
    FUZZY = "fuzzy"
    MODEL = "model"
    NONE = "none"


class Scope(Flag):
    """What the title says it is for: any of project, programme, portfolio, enterprise.

    >>> str(Scope.PROGRAMME | Scope.PROJECT)
    'project+programme'
    >>> str(Scope.NONE)
    ''
    >>> Scope.parse("portfolio+enterprise") == Scope.PORTFOLIO | Scope.ENTERPRISE
    True
    """

    NONE = 0
    PROJECT = 1
    PROGRAMME = 2
    PORTFOLIO = 4
    ENTERPRISE = 8

    def __str__(self) -> str:
        return _SCOPE_TEXT[self.value]

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Read the written form; a ``ValueError`` names a part that is not a scope."""
        scope = cls.NONE
        for part in filter(None, text.strip().casefold().split("+")):
            word = "programme" if part.strip() == "program" else part.strip()
            if word.upper() not in cls.__members__ or word == "none":
                message = f"{part!r} is not a scope"
                raise ValueError(message)
            scope |= cls[word.upper()]
        return scope


_SCOPE_TEXT: Final = tuple(
    "+".join(
        name
        for bit, name in enumerate(("project", "programme", "portfolio", "enterprise"))
        if value >> bit & 1
    )
    for value in range(16)
)


class LevelFacts(NamedTuple):
    """What the career path says of one level."""

    title: str
    description: str
    knowledge: tuple[str, ...]
    courses: tuple[str, ...]
    listed_titles: tuple[str, ...]


class Level(IntEnum):
    """A rung of the ladder, 1 to 4, with what the career path says of it.

    >>> Level(2).title
    'Supporting portfolios, programmes and projects'
    >>> Level.NEW.next
    <Level.SUPPORTING: 2>
    >>> Level.DIRECTING.next is None
    True
    """

    NEW = 1
    SUPPORTING = 2
    LEADING = 3
    DIRECTING = 4

    @property
    def facts(self) -> LevelFacts:
        """Everything the career path says of this level."""
        return LADDER[self]

    @property
    def title(self) -> str:
        """The career path's own name of the level."""
        return LADDER[self].title

    @property
    def description(self) -> str:
        """What people on this level do, in a sentence or two."""
        return LADDER[self].description

    @property
    def knowledge(self) -> tuple[str, ...]:
        """The knowledge that the career path asks for."""
        return LADDER[self].knowledge

    @property
    def courses(self) -> tuple[str, ...]:
        """The courses that the career path names."""
        return LADDER[self].courses

    @property
    def codes(self) -> tuple[Code, ...]:
        """What other classifications call this level, each code with its match and source.

        >>> [(code.scheme, code.code) for code in Level.NEW.codes]
        [('O*NET-SOC', '13-1082.00'), ('SFIA', 'PROF 2'), ('UK SOC 2020', '3543')]
        """
        # The codes are a table of knowledge, which is above the ladder.
        from pmo_classify.knowledge.crosswalk import codes_for  # noqa: PLC0415

        return codes_for(str(int(self)))

    @property
    def next(self) -> Level | None:
        """The rung above, or ``None`` at the top."""
        return Level(self + 1) if self < Level.DIRECTING else None


_OFFICES: Final = ("Project Office", "Programme Office", "Portfolio Office")
_SPECIALISTS: Final = ("Planner", "Scheduler", "Controller")


def _in_each_office(*roles: str) -> tuple[str, ...]:
    """Return the titles of one pattern of the path: each office with each role."""
    return tuple(f"{office} {role}" for office in _OFFICES for role in roles)


LADDER: Final[dict[Level, LevelFacts]] = {
    Level.NEW: LevelFacts(
        title="New to working in project support",
        description=(
            "Supports a single project or its manager: minutes, plans, logs and records. "
            "The usual place to start, and to learn the trade while doing it."
        ),
        knowledge=(
            "formal project management, in outline",
            "the tasks and activities of each support role",
        ),
        courses=("Essentials for PMO Administrators",),
        listed_titles=(
            "Project Administrator",
            "Project Co-ordinator",
            "Project Support Officer",
        ),
    ),
    Level.SUPPORTING: LevelFacts(
        title="Supporting portfolios, programmes and projects",
        description=(
            "Works in an office that serves several projects, a programme or a portfolio, "
            "or as a specialist in one of its functions."
        ),
        knowledge=(
            "how portfolio, programme and project offices are built and what they offer",
            "the analysis, planning and reporting that they do",
        ),
        courses=("P3O Foundation", "Essentials for PMO Analysts"),
        listed_titles=(
            *_in_each_office("Co-ordinator", "Analyst", "Support"),
            "Project Management Officer",
            "PMO Officer",
            "Project Assistant",
            *(f"Project {specialist}" for specialist in _SPECIALISTS),
        ),
    ),
    Level.LEADING: LevelFacts(
        title="Leading and managing PMOs",
        description="Runs an office and its people, and answers for the service that it gives.",
        knowledge=(
            "designing and setting up a PMO",
            "running a PMO and leading its people",
        ),
        courses=("courses on designing, setting up and running PMOs",),
        listed_titles=("PMO Manager", "PMO Lead", *_in_each_office("Manager", "Lead")),
    ),
    Level.DIRECTING: LevelFacts(
        title="Managing and directing PMOs",
        description=(
            "Directs the offices of a whole organisation, and how it manages its projects, "
            "programmes and portfolios."
        ),
        knowledge=("senior management", "leadership of an organisation's change"),
        courses=("senior management and leadership development",),
        listed_titles=(
            "Head of PMO",
            "PMO Director",
            "Portfolio Director",
            "Head of Project Management",
            "ePMO Manager",
        ),
    ),
}

MANAGER_OR_LEAD: Final = (
    "Manager and Lead are on the same level. Many organisations use only one of the two words; "
    "where both are used, the manager runs the permanent central PMO, and a lead the temporary "
    "PMO of one programme."
)


class RoleGroup(StrEnum):
    """Role words that the ladder treats alike; the words themselves are in ``data/roles.csv``."""

    CLERK = "clerks"
    """administrator, secretary, clerk"""
    CO_ORDINATOR = "co-ordinators"
    SUPPORT = "support staff"
    """"support" as the role: "Project Support" """
    OFFICER = "officers"
    """analyst, officer, assistant, planner, scheduler, controller"""
    SPECIALIST = "specialists"
    """specialist, consultant, adviser, associate, executive, expert"""
    ENGINEER = "engineers"
    """an engineer of planning, cost or controls, or in an office"""
    MANAGER = "managers"
    """manager, lead, leader, supervisor"""
    HEAD = "heads"
    """head, director, vice president, chief, general manager"""
    DELIVERY = "delivery roles"
    """roles that run the work by name: delivery manager, scrum master"""
    TRADE = "trades"
    """a person of another trade: accountant, architect, business analyst"""
    LEARNER = "learners"
    """a trainee, apprentice, intern, graduate or student with no other role word"""
    NONE = "no role"


@dataclass(frozen=True, slots=True)
class LevelRule:
    """Which level some groups of roles are on, why, and which source says so."""

    code: str
    level: Level
    groups: tuple[RoleGroup, ...]
    why: str
    source: str


LEVEL_RULES: Final[Mapping[str, LevelRule]] = {
    rule.code: rule
    for rule in (
        LevelRule(
            "clerk",
            Level.NEW,
            (RoleGroup.CLERK,),
            "administrators, secretaries and clerks",
            "career path, level 1",
        ),
        LevelRule(
            "office-support",
            Level.SUPPORTING,
            (RoleGroup.CO_ORDINATOR, RoleGroup.SUPPORT),
            "supports an office, programmes or portfolios",
            "career path, level 2",
        ),
        LevelRule(
            "officer",
            Level.SUPPORTING,
            (
                RoleGroup.OFFICER,
                RoleGroup.SPECIALIST,
                RoleGroup.ENGINEER,
                RoleGroup.TRADE,
                RoleGroup.DELIVERY,
            ),
            "analysts, officers, planners and other specialists",
            "career path, level 2",
        ),
        LevelRule(
            "no-role",
            Level.SUPPORTING,
            (RoleGroup.NONE,),
            "an office with no role word",
            "codebook: An office",
        ),
        LevelRule(
            "manager",
            Level.LEADING,
            (RoleGroup.MANAGER,),
            "manages or leads",
            "career path, level 3",
        ),
        LevelRule(
            "head",
            Level.DIRECTING,
            (RoleGroup.HEAD,),
            "heads or directs",
            "career path, level 4",
        ),
        # Three exceptions, which ``level_rule`` looks at first.
        LevelRule(
            "learner",
            Level.NEW,
            (RoleGroup.LEARNER,),
            "learners, whatever their role",
            "codebook: Which level?",
        ),
        LevelRule(
            "project-support",
            Level.NEW,
            (),
            "supports a project, with no office",
            "career path, level 1",
        ),
        LevelRule(
            "enterprise-manager",
            Level.DIRECTING,
            (),
            "manages or leads the office of a whole enterprise",
            "career path, level 4",
        ),
    )
}
"""Which role word gives which level, by the code that the reasons of an answer use."""

_RULE_OF_GROUP: Final[Mapping[RoleGroup, LevelRule]] = {
    group: rule for rule in LEVEL_RULES.values() for group in rule.groups
}
_PROJECT_SUPPORT: Final = (RoleGroup.CO_ORDINATOR, RoleGroup.SUPPORT)
_SUPPORT_ROLES: Final = frozenset(
    {"officer", "assistant", "specialist", "associate", "member", "team member"}
)
"""Roles of "Project Support ..." that are on level 1; a Project Support Analyst is on level 2."""


def level_rule(
    group: RoleGroup,
    role: str | None,
    *,
    is_learner: bool = False,
    in_support: bool = False,
    beyond_one_project: bool = False,
    of_enterprise_office: bool = False,
) -> LevelRule:
    """Return the rule that gives a role its level, for a title that is on the ladder.

    ``in_support`` says that the role is one of project support; ``beyond_one_project``, that it
    works in an office, or for programmes or portfolios; ``of_enterprise_office``, that its office
    is the enterprise's. Words of seniority have no say.

    >>> level_rule(RoleGroup.CO_ORDINATOR, "co-ordinator").level
    <Level.NEW: 1>
    >>> level_rule(RoleGroup.CO_ORDINATOR, "co-ordinator", beyond_one_project=True).level
    <Level.SUPPORTING: 2>
    >>> level_rule(RoleGroup.MANAGER, "lead", of_enterprise_office=True).why
    'manages or leads the office of a whole enterprise'
    """
    if is_learner:
        return LEVEL_RULES["learner"]
    if group is RoleGroup.MANAGER and of_enterprise_office:
        return LEVEL_RULES["enterprise-manager"]
    supports = group in _PROJECT_SUPPORT or (in_support and role in _SUPPORT_ROLES)
    if supports and not beyond_one_project:
        return LEVEL_RULES["project-support"]
    return _RULE_OF_GROUP[group]
