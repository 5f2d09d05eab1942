"""What a title can be about, and what was found of it."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, NamedTuple

from pmo_classify.taxonomy import Scope

__all__ = ["NOTHING", "OFFICE_TOPICS", "Subject", "SubjectType"]


class SubjectType(IntEnum):
    """What the words before a role can name; of several, the highest decides."""

    NOTHING = 0
    PLANNING = 1
    """planning, scheduling or cost of something that is no project"""
    PLANNING_BARE = 2
    """the same, and nothing says of what"""
    PLANNING_BUILDING = 3
    """the same, of a builder's work"""
    TRADE_FUNCTION = 4
    """a P3 word, then a trade's field: "project sales" manager"""
    GAP = 5
    """a P3 word, then a word of unknown weight: "project launch" manager"""
    P3_WORD = 6
    """a P3 word right before the role: "project" co-ordinator"""
    SERVICES = 7
    SUPPORT = 8
    DELIVERY = 9
    MANAGEMENT = 10
    FUNCTION = 11
    TOOL = 12
    """a planner's software: Primavera"""
    OFFICE_TRADE = 13
    """an office, then a trade's field: "PMO press" officer"""
    OFFICE_P3 = 14
    """an office, then a P3 word: "PMO project" manager"""
    OFFICE = 15

    @property
    def is_p3(self) -> bool:
        """The words name an office, a P3 word, or what only P3 work has."""
        return self >= SubjectType.TRADE_FUNCTION


class Subject(NamedTuple):
    """What was found: the topic, its scope, and the words that weigh."""

    topic: SubjectType = SubjectType.NOTHING
    scope: Scope = Scope.NONE
    plural: bool = False
    function: str | None = None
    office: str | None = None
    has_content: bool = False
    is_trade: bool = False
    is_function: bool = False
    is_p3_function: bool = False
    """One of the functions that count for any P3 work, not only inside an office."""
    is_named: bool = False
    """More stands beside the P3 word: "the Smart Metering programme"."""
    is_list: bool = False
    """An office and a P3 word are alternatives: "PMO / Project Support" Officer."""
    is_loose_office: bool = False
    """The office and what it is for are parted: "Business Change and Development Office"."""
    is_agency: bool = False


NOTHING: Final = Subject()
"""What is found where no words are."""
OFFICE_TOPICS: Final = (SubjectType.OFFICE, SubjectType.OFFICE_P3, SubjectType.OFFICE_TRADE)
