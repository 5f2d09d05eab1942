"""From one heading to its reading: track and scope, the rule that gave them, and the doubts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from pmo_classify.knowledge.conditions import (
    NOTHING,
    OFFICE_TOPICS,
    MainScope,
    RuleInput,
    Subject,
    SubjectType,
)
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import PLANNING_FUNCTIONS, RoleGroup, known_roles
from pmo_classify.knowledge.rules import find_rule
from pmo_classify.reading.context import find_context
from pmo_classify.reading.lexer import SLASH
from pmo_classify.reading.parser import Heading
from pmo_classify.reading.phrases import Piece, has_content
from pmo_classify.reading.shapes import Token
from pmo_classify.reading.subject import read_subject
from pmo_classify.reading.subject_search import TRADE_PARTS, Found, Post, find_subject
from pmo_classify.taxonomy import Scope, Track

__all__ = ["Reading", "read_heading"]


class Reading:
    """What one heading says.

    ``doubts`` are the codes of what the title leaves open. It ``is_named`` where other words stand
    before the P3 word ("Aircrew Program" Manager), ``is_bare`` where it is a rank and nothing else
    ("Deputy Director"), ``is_in_office`` where an office stands beside it ("Project Co-ordinator,
    PMO"). ``level``, the ``level_rule`` that gave it and the ``learner`` depend on the whole cell,
    and are set by who reads that.
    """

    __slots__ = (
        "doubts",
        "function",
        "group",
        "is_bare",
        "is_in_office",
        "is_named",
        "joined",
        "learner",
        "level",
        "level_rule",
        "office",
        "role",
        "rule",
        "scope",
        "seniority",
        "topic",
        "track",
    )

    def __init__(
        self,
        track: Track,
        rule: str,
        subject: Subject = NOTHING,
        *,
        scope: Scope = Scope.NONE,
        group: RoleGroup = RoleGroup.NONE,
        role: str | None = None,
        function: str | None = None,
        seniority: Token | None = None,
        joined: str = "",
        is_bare: bool = False,
        is_in_office: bool = False,
    ) -> None:
        self.track = track
        self.rule = rule
        self.topic = subject.topic
        self.office = subject.office
        self.is_named = subject.is_named
        self.scope = scope
        self.group = group
        self.role = role
        self.function = function
        self.seniority = seniority
        self.joined = joined
        self.is_bare = is_bare
        self.is_in_office = is_in_office
        self.level: int | None = None
        self.level_rule = ""
        self.learner: str | None = None
        self.doubts: list[str] = []


_P3_SCOPES: Final = Scope.PROJECT | Scope.PROGRAMME | Scope.PORTFOLIO
_ENGINEERS_FUNCTIONS: Final = (*PLANNING_FUNCTIONS, "risk", "change control", "resource")
_ENGINEERS_TOPICS: Final = (
    *OFFICE_TOPICS,
    SubjectType.TOOL,
    SubjectType.PLANNING,
    SubjectType.PLANNING_BARE,
    SubjectType.PLANNING_BUILDING,
)
_SCOPED_BESIDE: Final = (SubjectType.OFFICE, SubjectType.TOOL, SubjectType.FUNCTION)
_P3_PARTS: Final = (Tag.P3, Tag.P3_NAME, Tag.OFFICE, Tag.OFFICE_NAME, Tag.OFFICE_KIND)
_LEADERS: Final = (RoleGroup.MANAGER, RoleGroup.HEAD)
_SUPPORTED: Final = (SubjectType.P3_WORD, SubjectType.SUPPORT)
_SUPPORTERS: Final = (RoleGroup.CO_ORDINATOR, RoleGroup.SUPPORT)


def read_heading(heading: Heading, title: Sequence[Token], previous: Heading | None) -> Reading:
    """Read one heading; ``title`` are all tokens of the cell, ``previous`` the heading before."""
    if heading.shares_own and previous is not None:
        heading.own = previous.own
    role = _role(heading)
    post = Post(heading, role, _group(heading, role, title), title)
    found = find_subject(post)
    subject = found.subject
    if subject.topic in _SCOPED_BESIDE and not subject.scope & _P3_SCOPES:
        subject = subject._replace(scope=subject.scope | _scope_beside(heading))
        found = found._replace(subject=subject)
    office = None if subject.topic in OFFICE_TOPICS else _office_beside(heading)
    # "General Engineer (Project Controls)": the bracket's label, so the trade is not the role.
    named_group = RoleGroup.NONE if "bracket" in found.doubts else post.group
    group = _engineers_group(named_group, subject)
    setting = find_context(post, found, office_near=office is not None)
    # A role word counts only in its own group: in brackets, another trade's is no role here.
    name = role if role is not None and known_roles()[role].group is group else ""
    scope = MainScope.of(subject.scope)
    rule = find_rule(RuleInput(subject.topic, scope, group, name, setting, found.position))
    enterprise = office.scope & Scope.ENTERPRISE if office is not None else Scope.NONE
    reading = Reading(
        rule.track,
        rule.code,
        subject,
        scope=subject.scope | enterprise,
        group=group,
        role=role,
        function=subject.function or (known_roles()[role].function if role is not None else None),
        seniority=heading.seniority[0] if heading.seniority else None,
        joined=heading.joined,
        is_bare=heading.stands_alone and not heading.complement,
        is_in_office=office is not None,
    )
    reading.doubts = [rule.code] if rule.needs_review else []
    reading.doubts += _doubts(reading, post, found, office)
    return reading


def _role(heading: Heading) -> str | None:
    token = heading.role
    if token is None or token.tag != Tag.ROLE:
        return None
    if token.meaning == "officer" and any(t.meaning == "chief" for t in heading.seniority):
        return "chief officer"
    return token.meaning


def _group(heading: Heading, role: str | None, title: Sequence[Token]) -> RoleGroup:
    if role is not None:
        return known_roles()[role].group
    if heading.role is not None:
        return RoleGroup.TRADE
    return RoleGroup.LEARNER if _names_a_learner(title) else RoleGroup.NONE


def _names_a_learner(title: Sequence[Token]) -> bool:
    """Tell a learner; a "trainee programme" is a scheme that learners are on."""
    followers = [
        after for token, after in zip(title, [*title[1:], None], strict=False)
        if token.tag == Tag.LEARNER
    ]  # fmt: skip
    return bool(followers) and not any(
        f is not None and f.meaning.startswith("programme") for f in followers
    )


def _engineers_group(group: RoleGroup, subject: Subject) -> RoleGroup:
    """Count an engineer as a role in an office, and for planning, cost or controls."""
    if group is not RoleGroup.ENGINEER or subject.topic in _ENGINEERS_TOPICS:
        return group
    if subject.topic is SubjectType.MANAGEMENT:
        return group
    ours = subject.topic is SubjectType.FUNCTION and subject.function in _ENGINEERS_FUNCTIONS
    return group if ours else RoleGroup.TRADE


def _scope_beside(heading: Heading) -> Scope:
    """Find the P3 words that qualify a PMO from beside it: "PMO Manager - Data Centre Projects"."""
    scope = Scope.NONE
    for chunk in heading.beside:
        scope |= read_subject(chunk.pieces).scope
    return scope


def _office_beside(heading: Heading) -> Subject | None:
    """Find an office beside a role that has its P3 word already: "Project Analyst, PMO"."""
    subjects = (read_subject(chunk.pieces) for chunk in heading.beside)
    return next(
        (s for s in subjects if s.topic in (SubjectType.OFFICE, SubjectType.OFFICE_P3)), None
    )


def _doubts(reading: Reading, post: Post, found: Found, office: Subject | None) -> Iterator[str]:
    """Name what the title leaves open, beyond what the rule itself does."""
    subject, role = found.subject, reading.role
    if role is not None and known_roles()[role].has_two_ranks and subject.topic.is_p3:
        yield "vague-role"
    if subject.is_loose_office:
        yield "loose-office"
    if reading.track is not Track.PMO and _has_office_for_choice(post):
        yield "office-or-trade"
    if reading.track is Track.OTHER and _is_programme_in_brackets(reading, post.heading):
        yield "bracket-manager" if reading.group in _LEADERS else "bracket-role"
    if reading.track is Track.PMO:
        yield from found.doubts
        yield from _ladder_doubts(reading, post, subject, office)
    if reading.track is Track.DELIVERY:
        yield from _delivery_doubts(post, office)


def _ladder_doubts(
    reading: Reading, post: Post, subject: Subject, office: Subject | None
) -> Iterator[str]:
    if reading.topic is SubjectType.FUNCTION and reading.function == "finance":
        yield "finance-function"
    if post.heading.has_two_roles:
        yield "two-roles"
    if subject.is_list and reading.group not in (RoleGroup.MANAGER, RoleGroup.HEAD):
        yield "office-beside"
    if subject.is_list and reading.group is RoleGroup.MANAGER and _runs_work_too(post):
        yield "delivery-too"
    if _is_joint_with_management(reading, post):
        yield "management-joint"
    if office is None:
        return
    if office.is_agency:
        yield "agency-office"
    supports = reading.group in _SUPPORTERS and reading.topic in _SUPPORTED
    if supports and reading.scope & _P3_SCOPES is Scope.PROJECT:
        yield "office-beside"


def _delivery_doubts(post: Post, office: Subject | None) -> Iterator[str]:
    role = post.heading.role
    own = [piece for piece in post.heading.own if piece]
    if len(own) > 1 and (any(t.tag in TRADE_PARTS for t in own[0]) or _are_parted(own)):
        yield "joint-trade"
    if office is not None and any(c.opener == "/" for c in post.heading.after):
        yield "office-beside"
    if role is not None and Tag.LEARNER in _kinds_after(role, post.title):
        yield "learner-beside"


def _is_programme_in_brackets(reading: Reading, heading: Heading) -> bool:
    """Tell "Health Specialist (Program Officer)": a service's programme, or the bracket's role."""
    bare = reading.topic is SubjectType.P3_WORD and not (reading.is_named or heading.beside)
    is_role = reading.group not in (RoleGroup.TRADE, RoleGroup.ENGINEER, RoleGroup.NONE)
    return heading.joined == "(" and bare and is_role and reading.scope is Scope.PROGRAMME


def _has_office_for_choice(post: Post) -> bool:
    """Tell the office that is the other half of a title: "Business Analyst / PMO"."""
    heading = post.heading
    beside = [piece for chunk in heading.after if chunk.opener == "/" for piece in chunk.pieces]
    beside += [p for p in heading.complement if p and _kind_before(p[0], post.title) == SLASH]
    if len(heading.own) > 1 and not heading.own[-1]:
        beside += heading.own[:-1]
    return any(read_subject([piece]).topic is SubjectType.OFFICE for piece in beside)


def _kind_before(token: Token, title: Sequence[Token]) -> str:
    return next((a.tag for a, b in itertools.pairwise(title) if b is token), "")


def _runs_work_too(post: Post) -> bool:
    """Tell "PMO / project" manager, who is half a project manager, from "PMO / controls"."""
    pieces = [piece for piece in post.heading.own if piece]
    return any(read_subject([piece]).topic is SubjectType.P3_WORD for piece in pieces)


def _is_joint_with_management(reading: Reading, post: Post) -> bool:
    """Tell the federal "Management and Program Analyst", whatever words stand beside it."""
    own = [piece for piece in post.heading.own if piece]
    is_analyst = reading.topic is SubjectType.P3_WORD and reading.group is RoleGroup.OFFICER
    return (
        is_analyst
        and len(own) > 1
        and own[0][-1].tag == Tag.MANAGEMENT
        and not any(t.tag in _P3_PARTS for t in own[0])
    )


def _are_parted(own: Sequence[Piece]) -> bool:
    """Tell "operations and project" manager from "oil and gas project" manager."""
    first, last = own[0], own[-1]
    is_other = has_content(first) and not any(t.tag in _P3_PARTS for t in first)
    return is_other and last[0].tag == Tag.P3


def _kinds_after(token: Token, title: Sequence[Token]) -> list[str]:
    kinds = [t.tag for t in title]
    return next((kinds[at + 1 :] for at, t in enumerate(title) if t is token), [])
