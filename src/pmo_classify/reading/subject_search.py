"""Where a title says what it is about: before its role, after it, or beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pmo_classify.knowledge.conditions import (
    OFFICE_TOPICS,
    Subject,
    SubjectPosition,
    SubjectType,
)
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import PLANNING_FUNCTIONS, RoleGroup, known_roles
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.parser import Heading
from pmo_classify.reading.phrases import Chunk, Piece, flatten, has_content
from pmo_classify.reading.shapes import Token
from pmo_classify.reading.subject import read_subject

__all__ = ["TRADE_PARTS", "Found", "Post", "find_subject"]


class Post(NamedTuple):
    """A heading with its role's name and group, and the tokens of the whole cell."""

    heading: Heading
    role: str | None
    group: RoleGroup
    title: Sequence[Token]

    @property
    def is_planner(self) -> bool:
        """The role itself is planning: planner, scheduler."""
        return self.role in ("planner", "scheduler")

    @property
    def names_function(self) -> bool:
        """The role names a function of its own: planner, scheduler, controller."""
        return self.role is not None and known_roles()[self.role].function is not None


class Found(NamedTuple):
    """A subject, where it stood, the words it was read from, and what is doubtful of it."""

    subject: Subject
    position: SubjectPosition
    words: Piece
    doubts: tuple[str, ...] = ()


TRADE_PARTS: Final = frozenset({Tag.FIELD, Tag.SERVICE, Tag.SERVICE_WITHIN, Tag.FINANCE, Tag.TRADE})
_NO_WEIGHT: Final = frozenset(
    {Tag.SENIORITY, Tag.LEARNER, Tag.LINK, Tag.ROLE, Tag.FILLER, Tag.JOIN, Tag.NOISE,
     Tag.PLACE, BREAK, SLASH}
)  # fmt: skip
_ANOTHER: Final = Subject(has_content=True)
_LEADERS: Final = (RoleGroup.MANAGER, RoleGroup.HEAD)
_INVERTED: Final = frozenset(
    {Tag.ROLE, Tag.OFFICE, Tag.OFFICE_KIND, Tag.MANAGEMENT, Tag.FUNCTION, Tag.SERVICES}
)
_BUILDING: Final = ("construction", "cpm")


def find_subject(post: Post) -> Found:
    """Find what a title is about."""
    heading = post.heading
    own = read_subject(heading.own)
    words = flatten(heading.own)
    if own.topic.is_p3:
        plural = own.topic is SubjectType.P3_WORD and own.plural
        return Found(own, SubjectPosition.PLURAL if plural else SubjectPosition.BEFORE, words)
    of_what = heading.is_linked and post.group in _LEADERS and not own.is_trade
    if heading.stands_alone or (of_what and read_subject(heading.complement).topic.is_p3):
        found = _find_beside(post, own)
    else:
        found = _find_department(post, own)
    if found.subject.topic.is_p3:
        return found
    topic = _planning_topic(post, found.subject.topic)
    return found._replace(subject=found.subject._replace(topic=topic))


def _find_beside(post: Post, own: Subject) -> Found:
    """Find the subject of a bare role: "head of PMO", "manager, PMO", "PMO - manager"."""
    heading = post.heading
    complement = read_subject(heading.complement)
    linked = heading.is_linked and post.group is not RoleGroup.HEAD
    if complement.topic is SubjectType.GAP and (complement.plural or linked):
        # What follows is the project's name: "co-ordinator special projects building".
        complement = complement._replace(topic=SubjectType.P3_WORD, is_named=True)
    if complement.topic.is_p3:
        return Found(complement, _position(complement, heading), flatten(heading.complement))
    found = _find_after(post, complement)
    if found is not None:
        return found
    for chunk in reversed(heading.before):
        subject = read_subject(chunk.pieces)
        if subject.topic.is_p3:
            return Found(subject, _position_before(post, subject), chunk.words)
    if complement.has_content:
        return Found(complement, SubjectPosition.BEFORE, flatten(heading.complement))
    beside = read_subject(p for c in heading.beside for p in c.pieces)
    chosen = beside if heading.role is None or beside.has_content else own
    return Found(chosen, SubjectPosition.BEFORE, [])


def _position_before(post: Post, subject: Subject) -> SubjectPosition:
    if post.group is RoleGroup.LEARNER and subject.is_named:
        return SubjectPosition.NAMED
    bare = all(t.tag == Tag.P3 or t.tag in _NO_WEIGHT for t in post.title)
    return (
        SubjectPosition.ALONE if bare and post.group is RoleGroup.NONE else SubjectPosition.BEFORE
    )


def _find_after(post: Post, complement: Subject) -> Found | None:
    """Find the subject after a comma, dash or bracket; "office, project" is read backwards."""
    heading = post.heading
    pending: Piece = []
    for chunk in heading.after:
        *others, last = chunk.pieces
        subject = read_subject([*others, [*last, *pending]])
        if subject.topic.is_p3 and (subject.scope or subject.office):
            if complement.has_content and chunk.opener not in (",", "and", " "):
                return Found(subject, SubjectPosition.NAMED, chunk.words, ("department",))
            if post.group is RoleGroup.TRADE and _is_bracketed(chunk, subject):
                return Found(subject, SubjectPosition.BEFORE, chunk.words, ("bracket",))
            listed = [t for c in heading.after if c.opener == "," for t in c.words]
            words = listed if chunk.opener == "," else chunk.words
            return Found(subject, _inverted_position(subject, chunk, post.group), words)
        waits = chunk.opener == "," and all(t.tag in _INVERTED for t in chunk.words)
        pending = [*chunk.words, *pending] if waits else []
    return None


def _find_department(post: Post, own: Subject) -> Found:
    """Read a role with words of its own, none of them ours, and an office or project beside it."""
    heading = post.heading
    own_words = flatten(heading.own)
    beside = [(chunk, read_subject(chunk.pieces)) for chunk in heading.beside]
    if not beside:
        return Found(own, SubjectPosition.BEFORE, own_words)
    chunk, subject = max(beside, key=lambda pair: pair[1].topic)
    if not subject.topic.is_p3 or _names_a_bureau(chunk, subject):
        return Found(own, SubjectPosition.BEFORE, own_words)
    words = [*own_words, *chunk.words]
    by_role = post.group in (RoleGroup.TRADE, RoleGroup.LEARNER)
    is_trade = own.is_trade or by_role
    if subject.topic in OFFICE_TOPICS:
        of_trade = by_role or (own.is_trade and not own.is_function)
        return _in_office(post, own, chunk, subject, is_trade=of_trade)
    # A "financial analyst" of projects is finance's; every other function is the office's own.
    functional = own.is_p3_function and own.function != "finance"
    if (functional or post.names_function) and not is_trade:
        function = own.function or subject.function
        subject = subject._replace(topic=SubjectType.FUNCTION, function=function)
        return Found(subject, SubjectPosition.BEFORE, words)
    if _is_bracketed(chunk, subject) and post.group is not RoleGroup.HEAD:
        return Found(subject, SubjectPosition.BEFORE, words, ("bracket",))
    from_afar = not is_trade and _is_led_from_afar(post, subject)
    return (
        _from_afar(subject, words) if from_afar else Found(_ANOTHER, SubjectPosition.BEFORE, words)
    )


def _is_bracketed(chunk: Chunk, subject: Subject) -> bool:
    """Tell the bracket that names what a trade does: "General Engineer (Project Controls)"."""
    return chunk.opener == "(" and subject.topic in (SubjectType.FUNCTION, SubjectType.MANAGEMENT)


def _from_afar(subject: Subject, words: Piece) -> Found:
    position = (
        SubjectPosition.SEVERAL if subject.topic is SubjectType.P3_WORD else SubjectPosition.BEFORE
    )
    return Found(subject, position, words, ("department",))


def _is_led_from_afar(post: Post, subject: Subject) -> bool:
    """Tell "Regional Director, Project Controls": the words before the role say only where."""
    own = flatten(post.heading.own)
    if post.group not in _LEADERS or any(t.tag != Tag.NEUTRAL for t in own):
        return False
    heads_projects = post.group is RoleGroup.HEAD and subject.plural
    return subject.topic in (SubjectType.FUNCTION, SubjectType.MANAGEMENT) or (
        heads_projects and subject.topic is SubjectType.P3_WORD
    )


def _in_office(post: Post, own: Subject, chunk: Chunk, office: Subject, *, is_trade: bool) -> Found:
    words = [*flatten(post.heading.own), *chunk.words]
    if is_trade:
        return Found(
            Subject(SubjectType.OFFICE_TRADE, has_content=True), SubjectPosition.BEFORE, words
        )
    office = office._replace(function=own.function)
    of_office = post.heading.is_linked and chunk.opener == " "
    is_plain = own.is_function or of_office or chunk in post.heading.before
    return Found(office, SubjectPosition.BEFORE, words, () if is_plain else ("department",))


def _names_a_bureau(chunk: Chunk, subject: Subject) -> bool:
    """Tell an agency's name, "Bureau of Information Project", from what the role is about."""
    return subject.topic not in OFFICE_TOPICS and chunk.words[0].tag == Tag.OFFICE


def _position(subject: Subject, heading: Heading) -> SubjectPosition:
    if subject.topic not in (SubjectType.P3_WORD, SubjectType.DELIVERY):
        return SubjectPosition.BEFORE
    if subject.plural:
        return SubjectPosition.SEVERAL
    if subject.is_named:
        return SubjectPosition.NAMED
    return SubjectPosition.AFTER if heading.is_linked else SubjectPosition.BEFORE


def _inverted_position(subject: Subject, chunk: Chunk, group: RoleGroup) -> SubjectPosition:
    if subject.topic is not SubjectType.P3_WORD or group not in _LEADERS:
        return SubjectPosition.BEFORE
    if group is RoleGroup.MANAGER:
        return SubjectPosition.PLURAL if subject.plural else SubjectPosition.BEFORE
    if subject.plural:
        return SubjectPosition.SEVERAL
    return (
        SubjectPosition.NAMED
        if len(chunk.words) > 1 and subject.is_named
        else SubjectPosition.BEFORE
    )


def _planning_topic(post: Post, topic: SubjectType) -> SubjectType:
    """Tell what a planner plans, where no P3 word says it."""
    plans = topic is SubjectType.PLANNING or post.is_planner
    if post.group in (RoleGroup.TRADE, RoleGroup.NONE, RoleGroup.LEARNER):
        return topic
    if any(t.tag == Tag.TOOL for t in post.title) and (plans or post.names_function):
        return SubjectType.TOOL
    if not plans:
        return topic
    if any(t.tag in TRADE_PARTS for t in post.title):
        return SubjectType.PLANNING
    if any(t.meaning in _BUILDING for t in post.title):
        return SubjectType.PLANNING_BUILDING
    listed = [p for c in post.heading.after if c.opener == "," for p in c.pieces]
    pieces = [p for p in (*post.heading.own, *post.heading.complement, *listed) if has_content(p)]
    return SubjectType.PLANNING if any(map(_weighs, flatten(pieces))) else SubjectType.PLANNING_BARE


def _weighs(token: Token) -> bool:
    """Tell a word that says what is planned."""
    if token.tag == Tag.FUNCTION and token.meaning in PLANNING_FUNCTIONS:
        return False
    return token.tag not in _NO_WEIGHT
