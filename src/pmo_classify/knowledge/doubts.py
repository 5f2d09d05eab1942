"""What a title can leave open, and the reading that it then also allows, as a table.

A doubt is either a rule that does not settle its case, or a matter of how the title is built.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pmo_classify.taxonomy import Track

__all__ = ["DOUBTS", "OPEN_READINGS", "OpenReading"]


class OpenReading(NamedTuple):
    """The reading that was not given, and what would make it the right one."""

    track: Track
    why: str


DOUBTS: Final[dict[str, str]] = {
    "agency-office": "an agency's own unit for a technical programme",
    "bracket": "another trade stands first, and this role beside it or in brackets",
    "bracket-manager": "a programme's manager stands in brackets after another trade",
    "bracket-role": "a programme's role stands in brackets after another trade",
    "management-joint": "a post of all kinds in the public service",
    "delivery-too": "the cell also names a role that runs projects or programmes",
    "department": "the role has words of its own, and the office may be only its department",
    "finance-function": "project finance may be a bank's",
    "joint-trade": "the role is shared with a trade's field",
    "learner-beside": "the learner's word stands apart from the role",
    "listed": "a careful reader could not settle it",
    "loose-office": "what the office is for stands apart from it",
    "office-beside": "the role is a project's, and an office stands beside it",
    "office-or-trade": "the cell names a trade and, beside it, an office with no role",
    "trade-first": "a trade stands first, and a role that runs projects beside it",
    "two-roles": "two role words stand in it, and either may be the role",
    "vague-role": "the role word is used for more than one rank",
}
"""Doubts of how a title is built; those of a rule are told by the rule itself."""

_FINANCES: Final = OpenReading(Track.OTHER, "finance's portfolio")
_SERVICES: Final = OpenReading(Track.OTHER, "a service's programme")
_TRADES: Final = OpenReading(Track.OTHER, "another trade")
_RUNS: Final = OpenReading(Track.DELIVERY, "runs the work itself")
_OFFICE: Final = OpenReading(Track.PMO, "works in the office of the work")
_PORTFOLIO: Final = OpenReading(Track.PMO, "a portfolio of projects")
_PLANS: Final = OpenReading(Track.PMO, "plans projects")

OPEN_READINGS: Final[dict[str, OpenReading]] = {
    "agency-office": OpenReading(Track.OTHER, "the agency's own work"),
    "bracket": OpenReading(Track.OTHER, "the trade that stands first"),
    "bracket-manager": _RUNS,
    "bracket-role": OpenReading(Track.PMO, "the role in the brackets"),
    "delivery-alone": _OFFICE,
    "delivery-bare-headed": OpenReading(Track.OTHER, "heads a service"),
    "delivery-head": _RUNS,
    "delivery-too": _RUNS,
    "department": OpenReading(Track.OTHER, "the office is only the department"),
    "finance-function": OpenReading(Track.OTHER, "a bank's project finance"),
    "management-joint": OpenReading(Track.OTHER, "the agency's own work"),
    "function-alone": _TRADES,
    "gap-head": _OFFICE,
    "gap-learner": _TRADES,
    "gap-manager": _TRADES,
    "gap-support": _TRADES,
    "head-of-programmes": _RUNS,
    "head-of-projects": _RUNS,
    "joint-trade": _TRADES,
    "learner-beside": OpenReading(Track.PMO, "learns, and supports the work"),
    "listed": _TRADES,
    "loose-office": OpenReading(Track.OTHER, "an office of something else"),
    "management-alone": _OFFICE,
    "management-engineer": OpenReading(Track.PMO, "supports the management of the work"),
    "management-learner": _RUNS,
    "management-portfolio": _FINANCES,
    "management-portfolio-support": _PORTFOLIO,
    "management-specialist": _RUNS,
    "manager-of": OpenReading(Track.PMO, "heads those who manage the work"),
    "named-programme-learner": OpenReading(Track.OTHER, "is on the programme to learn"),
    "office-alone": OpenReading(Track.OTHER, "the office is only the employer"),
    "office-beside": OpenReading(Track.PMO, "supports one project, not the office"),
    "office-member": OpenReading(Track.OTHER, "the office is only the employer"),
    "office-delivery-manager": OpenReading(Track.PMO, "leads the office's own work"),
    "office-or-trade": _OFFICE,
    "p3-bare": _OFFICE,
    "p3-head": OpenReading(Track.PMO, "heads the function"),
    "p3-specialist": _TRADES,
    "p3-supervisor": _TRADES,
    "p3-unsettled": _OFFICE,
    "personal-assistant": OpenReading(Track.PMO, "supports the work"),
    "planning-bare": _PLANS,
    "planning-building": OpenReading(Track.OTHER, "plans a builder's work"),
    "portfolio-assistant": _FINANCES,
    "portfolio-bare": _PORTFOLIO,
    "portfolio-delivery-role": OpenReading(Track.PMO, "manages the portfolio"),
    "portfolio-gap": _PORTFOLIO,
    "portfolio-head": _FINANCES,
    "portfolio-joint": _RUNS,
    "portfolio-learner": _PORTFOLIO,
    "ppm-planner": _PLANS,
    "programme-bare": _SERVICES,
    "programme-leader": OpenReading(Track.OTHER, "teaches on a programme"),
    "programme-mixed": _SERVICES,
    "programme-mixed-manager": _SERVICES,
    "programme-service-function": _SERVICES,
    "programme-service-head": _SERVICES,
    "programme-service-near": OpenReading(Track.PMO, "a programme of change"),
    "programme-service-named": _RUNS,
    "programme-vp": _RUNS,
    "programmes-manager": _SERVICES,
    "project-vp": _RUNS,
    "services-support": _TRADES,
    "support-programme": _SERVICES,
    "support-programme-specialist": _SERVICES,
    "trade-first": OpenReading(Track.OTHER, "the trade that stands first"),
    "two-roles": _RUNS,
    "vague-role": OpenReading(Track.PMO, "the other rank that the word is used for"),
}
"""For each doubt, the reading that the title also allows."""
