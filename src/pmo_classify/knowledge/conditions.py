"""The conditions of a rule: the words that the columns of ``data/rules.csv`` may contain.

Each column has an enumeration here that explains its words: the subject of the title, the context
of its project word, the main scope, and the position of the project word. "Project word" is short
for the words project, programme and portfolio.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple, Self

from pmo_classify.taxonomy import RoleGroup, Scope

__all__ = [
    "Context",
    "MainScope",
    "RuleInput",
    "SubjectPosition",
    "SubjectType",
]


class SubjectType(IntEnum):
    """What a title is about, according to the words around its role.

    The number of a subject is its weight. Of several subjects that share one role the heaviest
    counts, so that "Project and PMO Analyst" is about the office.
    """

    word: str
    """The word for it in the column ``subject``."""

    def __new__(cls, weight: int, word: str) -> Self:
        """Make a member from its weight and its word in the table."""
        member = int.__new__(cls, weight)
        member._value_ = weight
        member.word = word
        return member

    NOTHING = 0, "nothing"
    """no project word, no office, nothing that is planned"""
    PLANNING = 1, "planning"
    """planning, scheduling or cost of something that is no project: "Production Planner" """
    PLANNING_BARE = 2, "bare planning"
    """the same, and no word says of what: "Senior Planner" """
    PLANNING_BUILDING = 3, "building planning"
    """the same, of construction: "Construction Planner" """
    TRADE_FUNCTION = 4, "trade function"
    """a project word, then the field of another trade: "Project Sales" Manager"""
    DEVELOPMENT = 5, "development"
    """a project word, then development: "Programme Development" Officer"""
    GAP = 6, "open word"
    """a project word, then a word that leaves open what is meant: "Project Launch" Manager"""
    P3_WORD = 7, "project word"
    """a project word right before the role, or after it: "Project" Co-ordinator"""
    SERVICES = 8, "services"
    """"Project Services" Manager"""
    SUPPORT = 9, "support"
    """"Programme Support" Officer"""
    DELIVERY = 10, "delivery"
    """"Project Delivery" Officer; also delivery of things that are not named"""
    MANAGEMENT = 11, "management"
    """"Project Management" Officer, "PPM" Manager"""
    OWN_FUNCTION = 12, "own function"
    """a function that only project work has, with no project word: "RAID" Analyst"""
    FUNCTION = 13, "function"
    """a function of a project office, for project work: "Project Controls" Lead"""
    TOOL = 14, "planning tool"
    """software that only project planners use: "Primavera" Planner"""
    OFFICE_TRADE = 15, "office trade"
    """an office, then the field of another trade: "PMO Press" Officer"""
    OFFICE_P3 = 16, "office project word"
    """an office, then a project word: "PMO Project" Manager"""
    OFFICE = 17, "office"
    """an office for projects, programmes, portfolios or change: "PMO" Analyst"""

    @property
    def is_p3(self) -> bool:
        """Whether the words name an office, a project word, or something only project work has."""
        return self >= SubjectType.TRADE_FUNCTION


class Context(StrEnum):
    """What the other words of the title say about its programme, portfolio or office."""

    PLAIN = "plain"
    """nothing"""
    P3 = "project work"
    """it has to do with projects: change, IT, capital, an office, or "of projects" """
    SERVICE = "service"
    """a word of a public service qualifies it: "Youth Programme" """
    SERVICE_NEAR = "service near"
    """such a word is elsewhere in the title: "Programme Manager, Youth Services" """
    OWN_FIELD = "own field"
    """a word of another department qualifies it: "Marketing Programme" """
    OPEN_FIELD = "open field"
    """a word that no table knows qualifies it: "Zorblax Programme" """
    FINANCE = "finance"
    """a word of finance or trade is in the title: loans, funds, property, products"""
    AGENCY = "agency"
    """the office is a unit of a public agency: "Climate Program Office" """
    JOINT = "joint"
    """a portfolio shares the role with projects or programmes, and no other word helps"""
    SHORT_NAME = "short name"
    """the portfolio is named only by a short name that has other meanings: "PPM Manager" """
    MIXED = "mixed"
    """some words say that it has to do with projects, and others that it does not"""


class MainScope(StrEnum):
    """The project word that a rule looks at; where a title has several, it is the main one.

    >>> MainScope.of(Scope.PROJECT | Scope.PORTFOLIO)
    <MainScope.PORTFOLIO: 'portfolio'>
    """

    PROJECT = "project"
    """project, with no portfolio"""
    PROGRAMME = "programme"
    """programme alone"""
    PORTFOLIO = "portfolio"
    """portfolio, with or without the others"""
    NONE = "none"
    """no project word"""

    @classmethod
    def of(cls, scope: Scope) -> MainScope:
        """Return the main one of the words of a scope."""
        return _MAIN_SCOPES[scope]


_HEAVIEST_FIRST: Final = (
    (Scope.PORTFOLIO, MainScope.PORTFOLIO),
    (Scope.PROJECT, MainScope.PROJECT),
    (Scope.PROGRAMME, MainScope.PROGRAMME),
)
_MAIN_SCOPES: Final[Mapping[Scope, MainScope]] = {
    scope: next((main for word, main in _HEAVIEST_FIRST if scope & word), MainScope.NONE)
    for scope in map(Scope, range(16))
}


class SubjectPosition(StrEnum):
    """Where the project word is relative to the role; other subjects are always "before"."""

    BEFORE = "before"
    """before the role, or after a comma: "Project Head", "Head, Project" """
    PLURAL = "plural"
    """before the role, in the plural: "Projects Director" """
    AFTER = "after"
    """after "of" or "for", in the singular and without a name: "Head of Programme" """
    SEVERAL = "several"
    """after the role, in the plural: "Director of Projects" """
    NAMED = "named"
    """with a name of its own: "Director, Smart Metering Programme" """
    ALONE = "alone"
    """there is no role, and nothing else in the title: "Projects Team" """


class RuleInput(NamedTuple):
    """What the rules know about a title.

    ``role`` is the role word, or empty where only its group matters: an accountant is simply a
    person of another trade.
    """

    subject: SubjectType
    scope: MainScope
    group: RoleGroup
    role: str
    context: Context
    position: SubjectPosition
