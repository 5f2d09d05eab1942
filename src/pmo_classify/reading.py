"""From one heading to its reading: track, level and scope, and the rules that gave them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pmo_classify.parse import Chunk, Heading, Piece, has_content
from pmo_classify.rules import Case, Kind, Position, Setting, find_rule
from pmo_classify.subject import Subject, Topic, read_subject
from pmo_classify.taxonomy import ROLES, RoleGroup, Scope, Track
from pmo_classify.tokens import BREAK, SLASH, Token
from pmo_classify.vocabulary import Part

__all__ = ["Reading", "read_heading"]


@dataclass(slots=True)
class Reading:
    """What one heading says. ``doubts`` are the codes of what the title leaves open."""

    track: Track
    rule: str
    topic: Topic = Topic.NOTHING
    scope: Scope = Scope.NONE
    group: RoleGroup = RoleGroup.NONE
    role: str | None = None
    level: int | None = None
    level_rule: str = ""
    function: str | None = None
    office: str | None = None
    learner: str | None = None
    seniority: str | None = None
    doubts: list[str] = field(default_factory=list)
    joined: str = ""
    is_named: bool = False
    is_bare: bool = False
    """A rank and nothing else: "Deputy Director"."""


class _Found(NamedTuple):
    """A subject, where it stood, and the words that it was read from."""

    subject: Subject
    position: Position
    words: Piece
    doubts: tuple[str, ...] = ()
    is_department: bool = False


_P3_SCOPE: Final = Scope.PROJECT | Scope.PROGRAMME | Scope.PORTFOLIO
_OURS: Final = frozenset({Part.CONTEXT, Part.P3_NAME})
_CHANGES: Final = ("change", "transformation", "business change", "digital transformation",
                   "business transformation", "organisational change")  # fmt: skip
_OFFICES: Final = (Topic.OFFICE, Topic.OFFICE_P3, Topic.OFFICE_TRADE)
_PLANNERS: Final = ("planner", "scheduler")
_PLANNING_WORDS: Final = ("planning", "scheduling", "cost", "controls")
_ENGINEERS_FUNCTIONS: Final = (*_PLANNING_WORDS, "risk", "change control", "resource")
_NO_WEIGHT: Final = frozenset({Part.SENIORITY, Part.LEARNER, Part.LINK, Part.ROLE, Part.FILLER})
_SUPPORT_OFFICERS: Final = ("officer", "assistant", "specialist", "associate", "member")
_TRADE_WORDS: Final = frozenset({Part.FIELD, Part.SERVICE, Part.FINANCE, Part.TRADE})
_BUILDING: Final = ("construction", "cpm")
_MARKS: Final = frozenset({BREAK, SLASH, Part.JOIN, Part.NOISE, Part.PLACE, Part.FILLER})


def read_heading(heading: Heading, title: Sequence[Token], previous: Heading | None) -> Reading:
    """Read one heading; ``title`` are all tokens of the cell, ``previous`` the heading before."""
    if heading.shares_own and previous is not None:
        heading.own = previous.own
    role = _role(heading)
    group = _group(heading, title)
    found = _find_subject(heading, group, role)
    found = _with_tool(found, group, role, title)
    subject = found.subject
    if subject.topic in (Topic.OFFICE, Topic.TOOL) and not subject.scope & _P3_SCOPE:
        subject.scope |= _scope_beside(heading)
    office_near = subject.topic not in _OFFICES and _office_elsewhere(heading)
    setting = _setting(found, title, _others(heading), office_near=office_near)
    group = _engineer(group, subject)
    case = Case(subject.topic, Kind.of(subject.scope), group, role or "", setting, found.position)
    rule = find_rule(case)
    reading = Reading(
        track=rule.track,
        rule=rule.code,
        topic=subject.topic,
        scope=subject.scope,
        group=group,
        role=role,
        function=_function(subject, role),
        office=subject.office,
        seniority=heading.seniority[0].meaning if heading.seniority else None,
        joined=heading.joined,
        is_named=subject.is_named,
        is_bare=heading.stands_alone and not heading.complement,
        doubts=list(found.doubts),
    )
    if rule.unsettled:
        reading.doubts.append(rule.code)
    _settle_planning(reading, heading, title)
    if office_near is not None and office_near is not False and reading.track is Track.PMO:
        _add_office(reading, office_near)
    if role is not None and ROLES[role].vague and subject.topic > Topic.PLANNING:
        reading.doubts.append("vague-role")
    if reading.topic is Topic.FUNCTION and reading.function == "finance" and rule.track is Track.PMO:
        reading.doubts.append("finance-function")
    if subject.is_list or (
        rule.track is Track.DELIVERY and any(c.opener == "/" for c in heading.after) and office_near
    ):
        reading.doubts.append("office-beside")
    if rule.track is Track.DELIVERY and _learns_after(heading, title):
        reading.doubts.append("learner-beside")
    if subject.is_loose_office:
        reading.doubts.append("loose-office")
    if heading.has_two_roles and reading.track is Track.PMO:
        reading.doubts.append("two-roles")
    return reading


def _role(heading: Heading) -> str | None:
    token = heading.role
    if token is None or token.kind != Part.ROLE:
        return None
    if token.meaning == "officer" and any(t.meaning == "chief" for t in heading.seniority):
        return "chief officer"
    return token.meaning


def _group(heading: Heading, title: Sequence[Token]) -> RoleGroup:
    if heading.role is None:
        return RoleGroup.LEARNER if _is_learner(title) else RoleGroup.NONE
    name = _role(heading)
    return RoleGroup.TRADE if name is None else ROLES[name].group


def _is_learner(title: Sequence[Token]) -> bool:
    """Tell a learner; "trainee programme" is a scheme that learners are on."""
    at = [i for i, t in enumerate(title) if t.kind == Part.LEARNER]
    return bool(at) and not any(
        i + 1 < len(title) and title[i + 1].meaning.startswith("programme") for i in at
    )


def _learns_after(heading: Heading, title: Sequence[Token]) -> bool:
    role = heading.role
    return role is not None and any(
        t.kind == Part.LEARNER and t.start >= role.end for t in title
    )


def _engineer(group: RoleGroup, subject: Subject) -> RoleGroup:
    """Count an engineer as a role where the function is planning, cost or controls, or a PMO."""
    if group is not RoleGroup.ENGINEER:
        return group
    if subject.topic in _OFFICES or subject.topic in (Topic.TOOL, Topic.PLANNING):
        return group
    ours = subject.topic is Topic.FUNCTION and subject.function in _ENGINEERS_FUNCTIONS
    return group if ours else RoleGroup.TRADE


def _find_subject(heading: Heading, group: RoleGroup, role: str | None) -> _Found:
    own = read_subject(heading.own)
    words = _flat(heading.own)
    if own.topic > Topic.PLANNING:
        plural = own.topic is Topic.P3_WORD and own.plural
        return _Found(own, Position.PLURAL if plural else Position.BEFORE, words)
    if heading.stands_alone:
        return _find_beside(heading, own, group)
    return _find_department(heading, own, group, role)


def _find_beside(heading: Heading, own: Subject, group: RoleGroup) -> _Found:
    """Find the subject of a bare role: "head of PMO", "manager, PMO", "PMO - manager"."""
    complement = read_subject(heading.complement)
    if complement.topic is Topic.GAP and (complement.plural or heading.linked):
        # What follows is the project's name: "co-ordinator special projects building".
        complement.topic, complement.is_named = Topic.P3_WORD, True
    if complement.topic > Topic.PLANNING:
        return _Found(
            complement, _position(complement, heading), _flat(heading.complement)
        )
    pending: Piece = []
    for chunk in heading.after:
        words = _flat(chunk.pieces)
        subject = read_subject([*chunk.pieces[:-1], [*chunk.pieces[-1], *pending]])
        if subject.topic > Topic.PLANNING:
            if complement.has_content and chunk.opener not in (",", "and", " "):
                return _Found(subject, Position.NAMED, words, ("department",))
            position = _inverted_position(subject, words, group)
            listed = [t for c in heading.after if c.opener == "," for p in c.pieces for t in p]
            return _Found(subject, position, listed if chunk.opener == "," else words)
        waits = all(t.kind in (Part.ROLE, Part.OFFICE) for t in words)
        pending = [*words, *pending] if waits else []
    for chunk in reversed(heading.before):
        subject = read_subject(chunk.pieces)
        if subject.topic > Topic.PLANNING:
            return _Found(subject, Position.BEFORE, _flat(chunk.pieces))
    if complement.has_content:
        return _Found(complement, Position.BEFORE, _flat(heading.complement))
    beside = read_subject(p for c in (*heading.after, *heading.before) for p in c.pieces)
    return _Found(beside if heading.role is None or beside.has_content else own, Position.BEFORE, [])


def _find_department(
    heading: Heading, own: Subject, group: RoleGroup, role: str | None
) -> _Found:
    """Read a role with words of its own, none of them ours, and an office or project beside it."""
    chunks = [
        Chunk(" ", heading.complement, []), *heading.after, *heading.before
    ]  # fmt: skip
    beside = [(c, read_subject(c.pieces)) for c in chunks]
    chunk, subject = max(beside, key=lambda pair: pair[1].topic)
    words = [*_flat(heading.own), *_flat(chunk.pieces)]
    is_trade = own.is_trade or group in (RoleGroup.TRADE, RoleGroup.LEARNER)
    if subject.topic <= Topic.PLANNING or _names_a_bureau(chunk, subject):
        return _Found(own, Position.BEFORE, _flat(heading.own))
    if subject.topic in _OFFICES:
        if is_trade:
            return _Found(Subject(Topic.OFFICE_TRADE, has_content=True), Position.BEFORE, words)
        subject.function = own.function
        joined = heading.linked and chunk.opener == " "
        beside_it = own.is_function or joined or chunk in heading.before
        doubts = () if beside_it else ("department",)
        return _Found(subject, Position.BEFORE, words, doubts, is_department=True)
    # A "financial analyst" of projects is finance's; every other function is the office's own.
    functional = own.is_p3_function and own.function != "finance"
    plans = functional or (role is not None and ROLES[role].function is not None)
    if plans and not is_trade:
        subject.topic = Topic.FUNCTION
        subject.function = own.function or subject.function
        return _Found(subject, Position.BEFORE, words, is_department=True)
    bracketed = chunk.opener == "(" and subject.topic in (Topic.FUNCTION, Topic.MANAGEMENT)
    if bracketed and group is not RoleGroup.HEAD:
        doubts = ("bracket",)
        return _Found(subject, Position.BEFORE, words, doubts, is_department=True)
    return _Found(Subject(has_content=True), Position.BEFORE, words)


def _names_a_bureau(chunk: Chunk, subject: Subject) -> bool:
    """Tell an agency's name, "Bureau of Information Project", from what the role is about."""
    return subject.topic not in _OFFICES and chunk.pieces[0][0].kind == Part.OFFICE


def _with_tool(
    found: _Found, group: RoleGroup, role: str | None, title: Sequence[Token]
) -> _Found:
    """Let "Primavera" anywhere settle what a planner plans."""
    if found.subject.topic > Topic.PLANNING or not any(t.kind == Part.TOOL for t in title):
        return found
    plans = found.subject.topic is Topic.PLANNING or (role is not None and ROLES[role].function)
    if not plans or group is RoleGroup.TRADE:
        return found
    found.subject.topic = Topic.TOOL
    return found


def _position(subject: Subject, heading: Heading) -> Position:
    if subject.topic is not Topic.P3_WORD:
        return Position.BEFORE
    if subject.plural:
        return Position.SEVERAL
    if subject.is_named:
        return Position.NAMED
    return Position.AFTER if heading.linked else Position.BEFORE


def _inverted_position(subject: Subject, words: Piece, group: RoleGroup) -> Position:
    if subject.topic is not Topic.P3_WORD or group is not RoleGroup.HEAD:
        return Position.BEFORE
    if subject.plural:
        return Position.SEVERAL
    return Position.NAMED if len(words) > 1 and subject.is_named else Position.BEFORE


def _scope_beside(heading: Heading) -> Scope:
    """Find the P3 words that qualify a PMO from beside it: "PMO Manager - Data Centre Projects"."""
    scope = Scope.NONE
    for chunk in (*heading.before, *heading.after, Chunk(" ", heading.complement, [])):
        scope |= read_subject(chunk.pieces).scope
    return scope


def _office_elsewhere(heading: Heading) -> Subject | None:
    """Find an office beside a role that has its P3 word already: "Project Analyst, PMO"."""
    for chunk in (*heading.after, *heading.before, Chunk(" ", heading.complement, [])):
        subject = read_subject(chunk.pieces)
        if subject.topic in (Topic.OFFICE, Topic.OFFICE_P3):
            return subject
    return None


def _add_office(reading: Reading, office: Subject) -> None:
    reading.scope |= office.scope & Scope.ENTERPRISE
    reading.office = reading.office or None
    if office.is_agency:
        reading.doubts.append("agency-office")
    if reading.group in (RoleGroup.CO_ORDINATOR, RoleGroup.SUPPORT) and reading.topic in (
        Topic.P3_WORD,
        Topic.SUPPORT,
    ):
        reading.level_rule = "office-support"
        if reading.scope & ~Scope.ENTERPRISE is Scope.PROJECT:
            reading.doubts.append("office-beside")


def _setting(
    found: _Found, title: Sequence[Token], beside: Piece, *, office_near: Subject | bool | None
) -> Setting:
    subject, words = found.subject, found.words
    kind = Kind.of(subject.scope)
    if subject.topic in (Topic.OFFICE, Topic.OFFICE_P3) and kind is not Kind.PORTFOLIO:
        return Setting.AGENCY if subject.is_agency else Setting.PLAIN
    near = {t.kind for t in words}
    several = (subject.scope & ~Scope.ENTERPRISE).value.bit_count() > 1
    near |= {t.kind for t in beside}
    ours = bool(_OURS & near or any(t.meaning in _CHANGES for t in (*words, *beside)))
    ours = ours or bool(office_near or subject.office)
    if kind is Kind.PORTFOLIO:
        others = {Part.FINANCE, Part.FIELD} & {t.kind for t in title}
        projects = not several and any(t.meaning.startswith("project") for t in words)
        if several and not ours and not others:
            return Setting.JOINT
        return _weigh(ours or projects or several, bool(others), Setting.FINANCE)
    if kind is Kind.PROGRAMME:
        if any(t.kind == Part.SERVICE for t in words):
            return _weigh(ours, True, Setting.SERVICE)
        far = any(t.kind == Part.SERVICE for t in title)
        return _weigh(ours, far and not ours, Setting.SERVICE_NEAR)
    return Setting.PLAIN


def _weigh(ours: bool, others: bool, verdict: Setting) -> Setting:
    if ours and others:
        return Setting.MIXED
    if ours:
        return Setting.P3
    return verdict if others else Setting.PLAIN


def _settle_planning(reading: Reading, heading: Heading, title: Sequence[Token]) -> None:
    """Tell a bare planner, and a builder's scheduler, from planners of other things."""
    if reading.topic > Topic.PLANNING or heading.role is None:
        return
    plans = reading.topic is Topic.PLANNING or reading.role in _PLANNERS
    if not plans or reading.group is RoleGroup.TRADE:
        return
    own = [t for t in _flat([*heading.own, *heading.complement]) if _weighs(t)]
    of_trade = any(t.kind in _TRADE_WORDS for t in title)
    if any(t.meaning in _BUILDING for t in title) and not of_trade:
        reading.track, reading.rule = Track.PMO, "planning-construction"
        reading.topic = Topic.PLANNING
        reading.doubts.append("planning-construction")
    elif not own and not of_trade and reading.group is not RoleGroup.HEAD:
        reading.doubts.append("planning-bare")


def _weighs(token: Token) -> bool:
    """Tell a word that says what is planned."""
    if token.kind == Part.FUNCTION and token.meaning in _PLANNING_WORDS:
        return False
    return token.kind not in _NO_WEIGHT and token.kind not in _MARKS


def _function(subject: Subject, role: str | None) -> str | None:
    if subject.function is not None:
        return subject.function
    return ROLES[role].function if role is not None else None


def _others(heading: Heading) -> Piece:
    """The words of the plain phrases beside a role, which may say what the P3 word is."""
    chunks = [c for c in (*heading.before, *heading.after) if c.opener != "(" or _is_setting(c)]
    return [t for c in chunks for p in c.pieces for t in p]


def _is_setting(chunk: Chunk) -> bool:
    """Tell the bracket of "Portfolio Manager (IT)"."""
    return all(t.kind in (Part.CONTEXT, Part.OFFICE_KIND) for p in chunk.pieces for t in p)


def _flat(pieces: Iterable[Piece]) -> Piece:
    return [t for p in pieces if has_content(p) for t in p]
