"""The tidy British form of a title that stands on the ladder."""

from __future__ import annotations

from typing import Final

from pmo_classify.knowledge.conditions import SubjectType
from pmo_classify.knowledge.roles import known_roles, office_names
from pmo_classify.taxonomy import Scope

__all__ = ["standard_title"]

_SCOPE_WORDS: Final = (
    (Scope.PROJECT, "Project"),
    (Scope.PROGRAMME, "Programme"),
    (Scope.PORTFOLIO, "Portfolio"),
)
_TOPIC_WORDS: Final = {
    SubjectType.MANAGEMENT: "Management",
    SubjectType.SERVICES: "Services",
    SubjectType.SUPPORT: "Support",
    SubjectType.DELIVERY: "Delivery",
}
_FUNCTION_WORDS: Final = {"co-ordination": "Co-ordination", "qa": "Quality"}


def standard_title(
    *,
    topic: SubjectType,
    scope: Scope,
    role: str | None,
    office: str | None,
    function: str | None,
    learner: str | None,
) -> str:
    """Write the standard form from what was read.

    >>> standard_title(topic=SubjectType.OFFICE, scope=Scope.PROGRAMME, role="co-ordinator",
    ...                office="office", function=None, learner=None)
    'Programme Office Co-ordinator'
    >>> standard_title(topic=SubjectType.OFFICE, scope=Scope.NONE, role="head", office="pmo",
    ...                function=None, learner=None)
    'Head of PMO'

    Rank is left out, for it moves no level; a learner's word stays, for it does.
    """
    about = _about(topic, scope, office, function)
    if role is None:
        return f"{about} {(learner or '').title()}".strip()
    if role in ("planner", "scheduler", "controller") and topic is SubjectType.FUNCTION:
        about = _about(SubjectType.P3_WORD, scope, office, None)
    facts = known_roles()[role]
    if role in ("head", "chief"):
        title = (
            f"{facts.standard_form} of {about}"
            if role == "head"
            else f"{about} {facts.standard_form}"
        )
    else:
        title = f"{about} {facts.standard_form}"
    return f"{learner.title()} {title}" if learner else title


def _about(topic: SubjectType, scope: Scope, office: str | None, function: str | None) -> str:
    words = _scope_text(scope)
    if office is not None:
        name = _office_text(scope, office, words)
        return f"{name} {_function_text(function)}" if function else name
    if topic in (SubjectType.TOOL, SubjectType.PLANNING_BUILDING):
        return "Construction" if topic is SubjectType.PLANNING_BUILDING else "Primavera"
    if topic is SubjectType.FUNCTION and function:
        return f"{words} {_function_text(function)}".strip()
    return f"{words} {_TOPIC_WORDS.get(topic, '')}".strip()


def _office_text(scope: Scope, office: str, words: str) -> str:
    if office in office_names():
        name = office_names()[office]
        prefix = _scope_text(scope & ~name.scope)
        if name.standard_form == "PMO" and scope & Scope.ENTERPRISE:
            return f"{prefix} ePMO".strip()
        return f"{prefix} {name.standard_form}".strip()
    enterprise = "Enterprise " if scope & Scope.ENTERPRISE else ""
    return f"{enterprise}{words or 'Change'} Office"


def _scope_text(scope: Scope) -> str:
    words = [word for bit, word in _SCOPE_WORDS if scope & bit]
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _function_text(function: str) -> str:
    return _FUNCTION_WORDS.get(function, function.title())
