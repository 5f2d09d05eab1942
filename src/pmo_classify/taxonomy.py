"""The career ladder of the PMO: its levels, scopes, roles and offices, as declarative tables.

The four levels, their titles, knowledge and courses come from the career path "Types of jobs in a
PMO" (pmolearning.co.uk). The rest extends it by analogy; the rules that do so are in ``rules``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, Flag, IntEnum, StrEnum
from typing import Final, NamedTuple

__all__ = [
    "CAREER_PATH",
    "DEMOTABLE_ROLES",
    "LADDER",
    "MANAGER_OR_LEAD",
    "OFFICE_NAMES",
    "P3_NAMES",
    "P3_SCOPES",
    "ROLES",
    "TRADE_ENDINGS",
    "Level",
    "LevelFacts",
    "Method",
    "OfficeName",
    "Role",
    "RoleGroup",
    "Scope",
    "Track",
]

CAREER_PATH: Final = 'PMO Learning, "Types of jobs in a PMO"'


class Track(StrEnum):
    """Which way a title goes: the PMO's ladder, the delivery of the work itself, or neither."""

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
                raise ValueError(f"{part!r} is not a scope")
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
    def next(self) -> Level | None:
        """The rung above, or ``None`` at the top."""
        return Level(self + 1) if self < Level.DIRECTING else None


def _offices(*roles: str) -> tuple[str, ...]:
    return tuple(
        f"{scope} Office {role}" for scope in ("Project", "Programme", "Portfolio") for role in roles
    )


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
            *_offices("Co-ordinator", "Analyst", "Support"),
            "Project Management Officer",
            "PMO Officer",
            "Project Assistant",
            "Project Planner",
            "Project Scheduler",
            "Project Controller",
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
        listed_titles=("PMO Manager", "PMO Lead", *_offices("Manager", "Lead")),
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
    "Manager and Lead stand on the same level. Which word is used is the organisation's "
    "preference; or the offices form a hub with spokes, where the permanent central PMO has a "
    "manager and a programme's temporary PMO has a lead."
)


class RoleGroup(Enum):
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


@dataclass(frozen=True, slots=True)
class Role:
    """A role word: how it is written in a standard title, and how the rules treat it.

    ``weak`` roles are also used as plain words ("executive office", "project support tools"): they
    count as the role where they end their phrase. ``vague`` ones are used for more than one rank, so
    that a title with them is never settled. ``function`` is what the role itself names.
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
        Role("scrum master", RoleGroup.DELIVERY, "Scrum Master"),
        Role("release train engineer", RoleGroup.DELIVERY, "Release Train Engineer"),
        Role("delivery manager", RoleGroup.DELIVERY, "Delivery Manager"),
    )
}

DEMOTABLE_ROLES: Final = frozenset(
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
        "expert",
        "administrator",
        "consultant",
    }
)
"""Roles that only qualify when another role word follows them: "Lead PMO Analyst"."""


@dataclass(frozen=True, slots=True)
class OfficeName:
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

TRADE_ENDINGS: Final = (
    "ist",
    "ician",
    "grapher",
    "keeper",
    "maker",
    "smith",
    "wright",
    "sman",
    "woman",
    "worker",
    "hand",
    "writer",
    "fitter",
    "layer",
    "ologue",
)
"""How the names of trades end, for those that no table lists: agriculturist, landscapist."""
