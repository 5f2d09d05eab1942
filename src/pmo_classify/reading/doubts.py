"""The doubts that come from how a title is built, in addition to those of its rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.conditions import Context, SubjectType
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import RoleGroup, known_roles, office_names
from pmo_classify.reading.lexer import SLASH
from pmo_classify.reading.parser import TitlePhrase
from pmo_classify.reading.phrases import Conjunct, flatten
from pmo_classify.reading.subject import read_subject
from pmo_classify.reading.subject_search import HeadedTitle
from pmo_classify.taxonomy import Scope, Track

if TYPE_CHECKING:
    from pmo_classify.reading.interpreter import Interpretation

__all__ = ["find_doubts", "is_bare_office", "offices_for_choice"]

_BARS: Final = ("/", "|")
_LEADERS: Final = (RoleGroup.MANAGER, RoleGroup.HEAD)
_P3_SCOPES: Final = Scope.PROJECT | Scope.PROGRAMME | Scope.PORTFOLIO
_TRADES: Final = (Tag.FIELD, Tag.PEOPLE, Tag.TRADE, Tag.FINANCE)
_P3_TAGS: Final = (Tag.P3, Tag.P3_NAME, Tag.OFFICE, Tag.OFFICE_NAME, Tag.OFFICE_KIND)
_NAMES_OFFICE: Final = frozenset({*_P3_TAGS, Tag.MANAGEMENT, Tag.ENTERPRISE})
_SUPPORTED: Final = (SubjectType.P3_WORD, SubjectType.SUPPORT)
_SUPPORTERS: Final = (RoleGroup.CO_ORDINATOR, RoleGroup.SUPPORT)


def find_doubts(
    reading: Interpretation, headed: HeadedTitle, of_subject: Sequence[str]
) -> Iterator[str]:
    """Yield the codes of the doubts about a title; ``of_subject`` are those about its subject."""
    has_two_ranks = reading.role is not None and known_roles()[reading.role].has_two_ranks
    if has_two_ranks and (reading.subject.type.is_p3 or reading.group is RoleGroup.DELIVERY):
        yield "vague-role"
    if reading.subject.is_loose_office:
        yield "loose-office"
    name = office_names().get(reading.subject.office or "")
    if name is not None and name.may_mean_other:
        yield "short-name"
    if reading.track is not Track.PMO and offices_for_choice(headed):
        yield "office-or-trade"
    if reading.track is Track.PMO:
        yield from of_subject
        yield from _doubts_on_ladder(reading)
    elif reading.track is Track.DELIVERY:
        yield from (doubt for doubt in of_subject if doubt == "department")
        yield from _doubts_of_delivery(reading, headed.cell)
    else:
        yield from _doubts_of_other(reading, headed.cell)


def _doubts_on_ladder(reading: Interpretation) -> Iterator[str]:
    subject, title, office = reading.subject, reading.title, reading.office_beside
    is_finance = subject.type is SubjectType.FUNCTION and reading.function == "finance"
    # An office may look after the finance of projects; "project finance" is also a kind of lending.
    if is_finance and not subject.is_plural:
        yield "finance-function"
    if title.has_two_roles and subject.type is not SubjectType.SUPPORT:
        yield "two-roles"
    if subject.is_list and reading.group not in _LEADERS:
        yield "office-beside"
    if subject.is_list and reading.group is RoleGroup.MANAGER and _runs_work_too(title):
        yield "delivery-too"
    if _is_joint_with_management(reading):
        yield "management-joint"
    if office is not None and office.is_agency:
        yield "agency-office"
    supports = reading.group in _SUPPORTERS and subject.type in _SUPPORTED
    if office is not None and supports and reading.scope & _P3_SCOPES == Scope.PROJECT:
        yield "office-beside"
    yield from _doubts_of_person(reading)


def _doubts_of_person(reading: Interpretation) -> Iterator[str]:
    is_function = reading.subject.type in (SubjectType.FUNCTION, SubjectType.SUPPORT)
    if is_function and reading.group is RoleGroup.SPECIALIST and reading.title.is_linked:
        yield "paraphrase"
    if _assists_a_leader(reading.title):
        yield "assistant-to"
    learner = "" if reading.learner is None else reading.learner.meaning
    if learner == "working student":
        yield "working-student"
    if learner == "intern" and reading.subject.type is SubjectType.MANAGEMENT:
        yield "intern"


def _assists_a_leader(title: TitlePhrase) -> bool:
    """Return whether a role assists a leader, as in "Assistant to the Project Manager"."""
    if title.role is None or title.role.meaning != "assistant" or not title.is_linked:
        return False
    words = [t for conjunct in title.complement for t in conjunct if t.tag == Tag.ROLE]
    return any(known_roles()[t.meaning].group in _LEADERS for t in words)


def _doubts_of_delivery(reading: Interpretation, cell: Sequence[Token]) -> Iterator[str]:
    title = reading.title
    own = [conjunct for conjunct in title.modifiers if conjunct]
    if len(own) > 1 and _are_apart(own, reading.group):
        yield "joint-trade"
    if reading.scope == Scope.PROGRAMME and any(t.tag == Tag.PEOPLE for t in cell):
        yield "people-programme"
    if any(p.opener in ("/", "|", "(") and is_bare_office(p.conjuncts) for p in title.after):
        yield "office-beside"


def _doubts_of_other(reading: Interpretation, cell: Sequence[Token]) -> Iterator[str]:
    if _is_programme_in_brackets(reading):
        yield "bracket-manager" if reading.group in _LEADERS else "bracket-role"
    if _is_learner_of_project(reading, cell):
        yield "project-learner"
    in_brackets = [t for p in reading.title.after if p.opener == "(" for t in p.words]
    if reading.context is Context.SERVICE_NEAR and any(t.tag == Tag.SERVICE for t in in_brackets):
        yield "field-in-brackets"
    if reading.role == "engineer":
        own = read_subject(reading.title.modifiers)
        if own.type is SubjectType.FUNCTION and own.scope:
            yield "engineer-of-function"


def _is_learner_of_project(reading: Interpretation, cell: Sequence[Token]) -> bool:
    """Return whether a learner is one of a project: "Rail Project Intern".

    In "Software Intern, Rail Project" the learner is one of another trade.
    """
    is_p3_word = reading.subject.type is SubjectType.P3_WORD
    is_portfolio = bool(reading.scope & Scope.PORTFOLIO)
    pairs = itertools.pairwise(cell)
    is_side_by_side = any(t.tag == Tag.P3 and after.tag == Tag.LEARNER for t, after in pairs)
    is_learner = reading.group is RoleGroup.LEARNER and not is_portfolio
    is_open = reading.context in (Context.PLAIN, Context.P3, Context.OPEN_FIELD)
    return is_p3_word and is_learner and is_open and is_side_by_side


def _is_programme_in_brackets(reading: Interpretation) -> bool:
    """Return whether brackets name a role of a programme: "Health Specialist (Program Officer)".

    The programme may be a public service, or the brackets may name the role that counts.
    """
    title, subject = reading.title, reading.subject
    is_bare = subject.type is SubjectType.P3_WORD and not (subject.is_named or title.apposed)
    is_role = reading.group not in (RoleGroup.TRADE, RoleGroup.ENGINEER, RoleGroup.NONE)
    return title.joined_by == "(" and is_bare and is_role and reading.scope == Scope.PROGRAMME


def offices_for_choice(headed: HeadedTitle) -> list[Conjunct]:
    """Return the offices that are an alternative to a role: "Business Analyst / PMO"."""
    title = headed.title
    beside = [c for phrase in title.after if phrase.opener in _BARS for c in phrase.conjuncts]
    beside += [c for c in title.complement if c and _tag_before(c[0], headed.cell) == SLASH]
    if len(title.modifiers) > 1 and not title.modifiers[-1]:
        beside += title.modifiers[:-1]
    return [c for c in beside if read_subject([c]).type is SubjectType.OFFICE]


def is_bare_office(conjuncts: Sequence[Conjunct]) -> bool:
    """Return whether words name an office and nothing else: "PMO", not "PMO focus"."""
    names_office = read_subject(conjuncts).type is SubjectType.OFFICE
    return names_office and all(t.tag in _NAMES_OFFICE for t in flatten(conjuncts))


def _tag_before(token: Token, cell: Sequence[Token]) -> str:
    return next((before.tag for before, t in itertools.pairwise(cell) if t is token), "")


def _runs_work_too(title: TitlePhrase) -> bool:
    """Return whether a manager also runs projects: "PMO / project", but not "PMO / controls"."""
    conjuncts = [conjunct for conjunct in title.modifiers if conjunct]
    return any(read_subject([c]).type is SubjectType.P3_WORD for c in conjuncts)


def _is_joint_with_management(reading: Interpretation) -> bool:
    """Return whether a title is like the US federal one "Management and Program Analyst"."""
    own = [conjunct for conjunct in reading.title.modifiers if conjunct]
    is_p3_word = reading.subject.type is SubjectType.P3_WORD
    return (
        is_p3_word
        and reading.group is RoleGroup.OFFICER
        and len(own) > 1
        and own[0][-1].tag == Tag.MANAGEMENT
        and not any(t.tag in _P3_TAGS for t in own[0])
    )


def _are_apart(own: Sequence[Conjunct], role: RoleGroup) -> bool:
    """Return whether two fields share a role: "operations and project" manager.

    In "oil and gas project" the words name one field.
    """
    is_other = any(t.tag in _TRADES for t in flatten(own[:-1]))
    return is_other and (own[-1][0].tag == Tag.P3 or role is RoleGroup.DELIVERY)
