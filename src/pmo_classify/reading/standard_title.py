"""The standard British form of a title on the ladder."""

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
_SUBJECT_WORDS: Final = {
    SubjectType.MANAGEMENT: "Management",
    SubjectType.SERVICES: "Services",
    SubjectType.SUPPORT: "Support",
    SubjectType.DELIVERY: "Delivery",
}
_HEADS_OF: Final = ("head", "director", "vice president", "senior vice president")
_FUNCTION_WORDS: Final = {"co-ordination": "Co-ordination", "qa": "Quality"}


def standard_title(
    *,
    subject: SubjectType,
    scope: Scope,
    role: str | None,
    office: str | None,
    function: str | None,
    learner: str | None,
) -> str:
    """Return the standard British form of a title, from what was read in it.

    >>> standard_title(subject=SubjectType.OFFICE, scope=Scope.PROGRAMME, role="co-ordinator",
    ...                office="office", function=None, learner=None)
    'Programme Office Co-ordinator'
    >>> standard_title(subject=SubjectType.OFFICE, scope=Scope.NONE, role="head", office="pmo",
    ...                function=None, learner=None)
    'Head of PMO'

    Words of seniority are left out, because they change no level. A word for a learner does change
    it, and is kept.
    """
    about = _about(subject, scope, office, function)
    if role is None:
        return f"{about} {(learner or '').title()}".strip()
    if role in ("planner", "scheduler", "controller") and subject is SubjectType.FUNCTION:
        about = _about(SubjectType.P3_WORD, scope, office, None)
    facts = known_roles()[role]
    if role == "director" and subject is SubjectType.P3_WORD and scope == Scope.PORTFOLIO:
        title = "Portfolio Director"
    elif role in _HEADS_OF and subject is SubjectType.P3_WORD and office is None:
        # A "Project Director" runs one project, but who directs all of them is on the ladder.
        title = f"{facts.standard_form} of {_scope_text(scope, plural=True)}"
    elif role == "head":
        title = f"{facts.standard_form} of {about}"
    elif subject is SubjectType.MANAGEMENT and role in ("manager", "leader"):
        title = f"{facts.standard_form}, {about}"
    else:
        title = f"{about} {facts.standard_form}"
    return f"{title} {learner.title()}" if learner else title


def _about(subject: SubjectType, scope: Scope, office: str | None, function: str | None) -> str:
    words = _scope_text(scope)
    if office is not None:
        name = _office_text(scope, office, words)
        return f"{name} {_function_text(function)}" if function else name
    if scope == Scope.PORTFOLIO:
        # "Portfolio" alone may mean a portfolio of investments.
        words = "Project Portfolio"
    if subject is SubjectType.PLANNING_BUILDING:
        return "Construction"
    if subject is SubjectType.TOOL:
        return "Primavera"
    if subject is SubjectType.FUNCTION and function:
        return f"{words} {_function_text(function)}".strip()
    if subject is SubjectType.OWN_FUNCTION and function:
        # The function alone is that of any trade: "Risk Analyst".
        return f"PMO {_function_text(function)}"
    return f"{words} {_SUBJECT_WORDS.get(subject, '')}".strip()


def _office_text(scope: Scope, office: str, words: str) -> str:
    if office in office_names():
        name = office_names()[office]
        prefix = _scope_text(scope & ~name.scope)
        if name.standard_form == "PMO" and scope & Scope.ENTERPRISE:
            return f"{prefix} ePMO".strip()
        return f"{prefix} {name.standard_form}".strip()
    enterprise = "Enterprise " if scope & Scope.ENTERPRISE else ""
    kind = "Office" if words else office.title()
    return f"{enterprise}{words} {kind}".strip()


def _scope_text(scope: Scope, *, plural: bool = False) -> str:
    words = [f"{word}s" if plural else word for bit, word in _SCOPE_WORDS if scope & bit]
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _function_text(function: str) -> str:
    return _FUNCTION_WORDS.get(function, function.title())
