"""The career ladder of the PMO, in the order in which a PMO expert would read it.

It has the tracks and scopes of a title, the four levels, the titles that the career path lists with
the patterns that they follow, and the level of each group of role words. Levels, listed titles,
knowledge and courses are those of the career path "Types of jobs in a PMO" (pmolearning.co.uk);
docs/codebook.md has the sources of what extends it. The rows of ``data/rules.csv``, and not this
module, decide which titles are on the ladder at all.
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
    """The kind of work that a title names, as ``"pmo"``, ``"delivery"`` or ``"other"``.

    ``PMO``: it is on the career ladder of project offices. ``DELIVERY``: it runs projects or
    programmes. ``OTHER``: it does neither.
    """

    PMO = "pmo"
    DELIVERY = "delivery"
    OTHER = "other"


class Method(StrEnum):
    """How an answer was found.

    ``EXACT``: the title is in a table of titles. ``PATTERN``: rules read its words. ``FUZZY``: the
    same, after a repair of its spelling. ``MODEL``: a trained model chose the answer. ``NONE``: no
    project words were found, or the title could not be read.
    """

    EXACT = "exact"
    PATTERN = "pattern"
    FUZZY = "fuzzy"
    MODEL = "model"
    NONE = "none"


class Scope(Flag):
    """What the job supports, according to its title: project, programme, portfolio, enterprise.

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
        """Return the scope that a text names; a ``ValueError`` names any unknown part."""
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
    """What the career path says about one level."""

    title: str
    description: str
    knowledge: tuple[str, ...]
    courses: tuple[str, ...]
    listed_titles: tuple[str, ...]


class Level(IntEnum):
    """A level of the ladder, from 1 to 4, with what the career path says about it.

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
        """Everything that the career path says about this level."""
        return LADDER[self]

    @property
    def title(self) -> str:
        """The name that the career path gives the level."""
        return LADDER[self].title

    @property
    def description(self) -> str:
        """What people on this level do, in a sentence or two."""
        return LADDER[self].description

    @property
    def knowledge(self) -> tuple[str, ...]:
        """What the career path expects people on this level to know."""
        return LADDER[self].knowledge

    @property
    def courses(self) -> tuple[str, ...]:
        """The courses that the career path recommends."""
        return LADDER[self].courses

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes of other classifications for this level, each with its match and source.

        >>> [f"{code.scheme} {code.code}" for code in Level.NEW.codes][:3]
        ['ESCO 3343.1.6', 'ISCO-08 3343', 'O*NET-SOC 13-1082.00']
        """
        # Imported here because knowledge is a layer above this module.
        from pmo_classify.knowledge.crosswalk import codes_for  # noqa: PLC0415

        return codes_for(str(int(self)))

    @property
    def next(self) -> Level | None:
        """The level above, or ``None`` at the top."""
        return Level(self + 1) if self < Level.DIRECTING else None


_OFFICES: Final = ("Project Office", "Programme Office", "Portfolio Office")
_SPECIALISTS: Final = ("Planner", "Scheduler", "Controller")


def _in_each_office(*roles: str) -> tuple[str, ...]:
    """Return the titles that combine each kind of office with each of the roles."""
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
        description="Runs an office and its people, and is responsible for its service.",
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
    """Role words that have the same level; the words themselves are in ``data/roles.csv``."""

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
    """roles whose name says that they run the work: delivery manager, scrum master"""
    TRADE = "trades"
    """a person of another trade: accountant, architect, business analyst"""
    LEARNER = "learners"
    """a trainee, apprentice, intern, graduate or student with no other role word"""
    NONE = "no role"


@dataclass(frozen=True, slots=True)
class LevelRule:
    """The level of some groups of roles, why they have it, and the source of that."""

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
        # These three are exceptions, which ``level_rule`` checks first.
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
"""The rules for the level of a role, by the code that the reasons of an answer use."""

_RULE_OF_GROUP: Final[Mapping[RoleGroup, LevelRule]] = {
    group: rule for rule in LEVEL_RULES.values() for group in rule.groups
}
_PROJECT_SUPPORT: Final = (RoleGroup.CO_ORDINATOR, RoleGroup.SUPPORT)
_SUPPORT_ROLES: Final = frozenset(
    {"officer", "assistant", "specialist", "associate", "member", "team member"}
)
"""The roles of "Project Support ..." on level 1; a Project Support Analyst is on level 2."""


def level_rule(
    group: RoleGroup,
    role: str | None,
    *,
    is_learner: bool = False,
    in_support: bool = False,
    beyond_one_project: bool = False,
    of_enterprise_office: bool = False,
) -> LevelRule:
    """Return the rule for the level of a role, in a title that is on the ladder.

    ``in_support`` says that the role is one of project support, ``beyond_one_project`` that it
    works in an office or for programmes or portfolios, and ``of_enterprise_office`` that its office
    serves the whole enterprise. Words such as "senior" make no difference.

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
