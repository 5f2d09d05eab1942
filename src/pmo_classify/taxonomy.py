"""The career ladder of the PMO: its levels and scopes, as declarative tables.

The four levels, their titles, knowledge and courses come from the career path "Types of jobs in a
PMO" (pmolearning.co.uk). The roles and offices are in ``roles``; what extends the path by analogy
is in ``rules``.
"""

from __future__ import annotations

from enum import Flag, IntEnum, StrEnum
from typing import Final, NamedTuple, Self

from pmo_classify.knowledge.crosswalk import Code, codes_for

__all__ = [
    "CAREER_PATH",
    "LADDER",
    "MANAGER_OR_LEAD",
    "Level",
    "LevelFacts",
    "Method",
    "Scope",
    "Track",
]

CAREER_PATH: Final = 'PMO Learning, "Types of jobs in a PMO"'


class Track(StrEnum):
    """Which way a title goes, as ``"pmo"``, ``"delivery"`` or ``"other"``.

    ``PMO``: on the PMO's ladder. ``DELIVERY``: runs the work itself. ``OTHER``: neither.
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

    # A title asks for these often, and Flag's own take three times as long.
    def __or__(self, other: Self) -> Scope:
        return _SCOPES[self._value_ | other._value_]

    def __and__(self, other: Self) -> Scope:
        return _SCOPES[self._value_ & other._value_]

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


_SCOPES: Final = tuple(map(Scope, range(16)))
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
        return codes_for(str(int(self)))

    @property
    def next(self) -> Level | None:
        """The rung above, or ``None`` at the top."""
        return Level(self + 1) if self < Level.DIRECTING else None


def _offices(*roles: str) -> tuple[str, ...]:
    return tuple(
        f"{scope} Office {role}"
        for scope in ("Project", "Programme", "Portfolio")
        for role in roles
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
