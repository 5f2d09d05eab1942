"""What a title is about: the office, the P3 word, the function that its words name.

``read_subject`` looks at the words that qualify one role and says which of a few subjects they
name, and for which scope. It decides nothing about tracks or levels.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pmo_classify.knowledge.conditions import NOTHING, Subject, SubjectType
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import (
    P3_SCOPES,
    PLANNING_FUNCTIONS,
    management_names,
    office_names,
)
from pmo_classify.reading.memo import Memo
from pmo_classify.reading.phrases import Piece
from pmo_classify.reading.shapes import Token
from pmo_classify.taxonomy import Scope
from pmo_classify.thresholds import READING_CACHE_SIZE

__all__ = ["read_subject"]


_P3: Final = frozenset({Tag.P3, Tag.P3_NAME})
_ANCHORS: Final = frozenset({Tag.P3, Tag.P3_NAME, Tag.OFFICE_KIND})
_OFFICE_LINKS: Final = frozenset(
    {Tag.MANAGEMENT, Tag.FUNCTION, Tag.SERVICES, Tag.OFFICE_FUNCTION, Tag.OFFICE_KIND}
)
_OFFICE_LINK_WORDS: Final = frozenset({"implementation", "support"})
_TRADES: Final = frozenset({Tag.FIELD, Tag.TRADE, Tag.SERVICE, Tag.SERVICE_WITHIN, Tag.FINANCE})
_FUNCTIONS: Final = frozenset({Tag.FUNCTION, Tag.OFFICE_FUNCTION})
_RANKS: Final = frozenset({Tag.SENIORITY, Tag.LEARNER})
_LINKS: Final = frozenset({Tag.LINK})
_SCOPED: Final = frozenset({Tag.P3, Tag.P3_NAME, Tag.OFFICE_NAME})
_ENGLISH_P3: Final = frozenset(
    {"project", "projects", "programme", "programmes", "program", "programs", "portfolio",
     "portfolios", "proj", "prog"}
)  # fmt: skip
_ENGLISH_OFFICES: Final = frozenset({"office", "unit", "offices", "units", "coe"})


def read_subject(pieces: Iterable[Piece]) -> Subject:
    """Read alternatives that share one role: the weightiest decides, the scopes add up."""
    pieces = [p for p in pieces if p]
    if not pieces:
        return NOTHING
    found = [_pieces_read[tuple(piece)] for piece in pieces]
    if len(found) == 1 and found[0].topic:
        return found[0]
    best = max(found, key=_topic)
    scope = Scope.NONE
    for subject in found:
        scope |= subject.scope
    if best.topic < SubjectType.OFFICE_TRADE:
        best = _joined_office(pieces) or (best if best.topic else NOTHING)
    return best._replace(
        scope=best.scope | scope,
        is_list=_is_list(best, found),
        has_content=any(s.has_content for s in found),
        is_trade=any(s.is_trade for s in found),
        is_function=any(s.is_function for s in found),
        is_p3_function=any(s.is_p3_function for s in found),
        plural=best.plural or any(s.plural for s in found),
        function=best.function or next((s.function for s in found if s.function), None),
    )


def _topic(subject: Subject) -> SubjectType:
    return subject.topic


def _is_list(office: Subject, found: Iterable[Subject]) -> bool:
    """Tell an office that is one of several alternatives; the others are P3 words."""
    if office.topic is not SubjectType.OFFICE or office.office not in office_names():
        return False
    others = (s for s in found if s is not office)
    return any(SubjectType.P3_WORD <= s.topic <= SubjectType.MANAGEMENT and s.scope for s in others)


def _read_piece(piece: tuple[Token, ...]) -> Subject:
    words = [t for t in piece if t.tag not in _RANKS]
    kinds = {t.tag for t in words}
    functions = [t.meaning for t in words if t.tag in _FUNCTIONS]
    subject = Subject(
        scope=Scope.NONE if kinds.isdisjoint(_SCOPED) else _scope(words),
        has_content=not kinds <= _LINKS,
        is_trade=not kinds.isdisjoint(_TRADES),
        is_function=bool(functions) or (Tag.ROLE in kinds and any(map(_is_support, words))),
        is_p3_function=Tag.FUNCTION in kinds,
        function=functions[0] if functions else None,
    )
    office = _find_office(words)
    return _read_p3(subject, words) if office is None else _read_office(subject, words, *office)


_pieces_read: Final = Memo(_read_piece, READING_CACHE_SIZE)
"""Titles have many pieces in common, such as "programme office"."""


def _scope(words: Piece) -> Scope:
    scope = Scope.NONE
    for token, following in zip(words, [*words[1:], None], strict=False):
        if token.tag == Tag.P3:
            of_portfolio = following is not None and following.meaning.startswith("portfolio")
            if not (of_portfolio and token.meaning.startswith("project")):
                scope |= P3_SCOPES[token.meaning]
        elif token.tag == Tag.P3_NAME:
            scope |= management_names()[token.meaning]
        elif token.tag == Tag.OFFICE_NAME:
            scope |= office_names()[token.meaning].scope
    if _is_portfolio_of_projects(words):
        scope &= ~Scope.PROJECT
    return scope


def _is_portfolio_of_projects(words: Piece) -> bool:
    """Tell "portefeuille de projets", which is one scope, not two."""
    for first, link, last in zip(words, words[1:], words[2:], strict=False):
        if (
            first.meaning.startswith("portfolio")
            and link.tag == Tag.LINK
            and last.meaning.startswith("project")
        ):
            return True
    return False


def _find_office(words: Piece) -> tuple[int, int] | None:
    """Find the last office of a piece: where it starts, and where it ends."""
    for i in range(len(words) - 1, -1, -1):
        token = words[i]
        if token.tag == Tag.OFFICE_NAME:
            return _office_start(words, i), i + 1
        if token.tag == Tag.OFFICE:
            start = _anchor_before(words, i)
            if start is not None:
                return start, i + 1
            end = _anchor_after(words, i)
            if end is not None:
                return i, end
    return None


def _office_start(words: Piece, name: int) -> int:
    return name - 1 if name and words[name - 1].meaning == "enterprise" else name


def _anchor_before(words: Piece, office: int) -> int | None:
    """Find the P3 word that makes "... office" one of ours: "project (management) office"."""
    i = office - 1
    while i >= 0:
        if words[i].tag in _ANCHORS:
            while i and (words[i - 1].tag in _ANCHORS):
                i -= 1
            return i
        if words[i].tag not in _OFFICE_LINKS and words[i].meaning not in _OFFICE_LINK_WORDS:
            return None
        i -= 1
    return None


def _anchor_after(words: Piece, office: int) -> int | None:
    """Find it after the office: "oficina de proyectos", "office of project management"."""
    needs_link = words[office].written in _ENGLISH_OFFICES
    linked = False
    for i in range(office + 1, len(words)):
        if words[i].tag == Tag.LINK:
            linked = True
        elif words[i].tag in _ANCHORS:
            return i + 1 if linked or not needs_link else None
        elif words[i].tag not in _OFFICE_LINKS:
            return None
    return None


def _read_office(subject: Subject, words: Piece, start: int, end: int) -> Subject:
    token = words[end - 1]
    before, after = words[:start], words[end:]
    topic = SubjectType.OFFICE
    if any(t.tag in _P3 for t in after):
        topic = SubjectType.OFFICE_P3
    elif any(t.tag in _TRADES for t in after):
        topic = SubjectType.OFFICE_TRADE
    is_enterprise = any(t.meaning == "enterprise" for t in words)
    return subject._replace(
        topic=topic,
        scope=subject.scope | (Scope.ENTERPRISE if is_enterprise else Scope.NONE),
        office=token.meaning if token.tag == Tag.OFFICE_NAME else "office",
        is_agency=_is_agency(before, words[start:end], after),
    )


def _is_agency(before: Piece, office: Piece, after: Piece) -> bool:
    """Tell an agency's own unit: "Climate Program Office", "Office of Programs"."""
    names = [t.tag for t in office]
    if names == [Tag.OFFICE, Tag.LINK, Tag.P3] and office[0].written in _ENGLISH_OFFICES:
        return office[-1].meaning == "programmes"
    plain = names == [Tag.P3, Tag.OFFICE] and office[0].meaning.startswith("programme")
    return plain and not after and any(t.tag == Tag.TECHNICAL for t in before)


def _read_p3(subject: Subject, words: Piece) -> Subject:
    at = max((i for i, t in enumerate(words) if t.tag in _P3), default=None)
    if at is None:
        return subject._replace(
            topic=_planning_topic(words),
            is_named=any(t.meaning != "delivery" and t.tag != Tag.LINK for t in words),
        )
    before = [t for t in words[:at] if t.tag not in (Tag.LINK, Tag.JOIN)]
    named_by = [t for t in before if t.tag not in (*_P3, Tag.MANAGEMENT, Tag.FUNCTION)]
    return subject._replace(
        topic=_p3_topic(words, at),
        plural=words[at].meaning in ("projects", "programmes", "portfolios"),
        is_named=bool(named_by),
    )


def _p3_topic(words: Piece, at: int) -> SubjectType:
    """Read what stands behind the P3 word, and before it."""
    # "Assistant to the project manager" is about the project; whose assistant does not weigh.
    tail = [t for t in words[at + 1 :] if t.tag not in (Tag.LINK, Tag.ROLE) or _is_support(t)]
    topic = _tail_topic(tail)
    if words[at].tag == Tag.P3_NAME and any(t.tag in _FUNCTIONS for t in tail):
        # PPM is itself the name of a function, so what is done within it is one too.
        return SubjectType.FUNCTION
    if topic is not SubjectType.P3_WORD:
        return topic
    if words[at].tag == Tag.P3_NAME:
        return SubjectType.MANAGEMENT
    return _topic_before(words[:at], linked=words[at].written not in _ENGLISH_P3)


def _tail_topic(tail: Piece) -> SubjectType:
    """Read what stands between the P3 word and the role."""
    if not tail:
        return SubjectType.P3_WORD
    if any(t.tag == Tag.FUNCTION for t in tail):
        return SubjectType.FUNCTION
    if tail[0].tag == Tag.MANAGEMENT:
        return SubjectType.SUPPORT if any(map(_is_support, tail)) else SubjectType.MANAGEMENT
    if any(t.tag in _TRADES for t in tail):
        return SubjectType.TRADE_FUNCTION
    if _is_support(tail[0]):
        return SubjectType.SUPPORT
    by_kind = {Tag.SERVICES: SubjectType.SERVICES, Tag.OFFICE_KIND: SubjectType.DELIVERY}
    is_change = tail[0].tag == Tag.OFFICE_KIND and tail[0].meaning != "delivery"
    return SubjectType.GAP if is_change else by_kind.get(tail[0].tag, SubjectType.GAP)


def _topic_before(words: Piece, *, linked: bool) -> SubjectType:
    """Read "gestion de projets" and "pianificazione progetti" as their English order."""
    for token in reversed(words):
        if token.tag == Tag.LINK:
            linked = True
        elif linked and token.tag == Tag.MANAGEMENT:
            return SubjectType.MANAGEMENT
        elif linked and token.tag == Tag.FUNCTION:
            return SubjectType.FUNCTION
        elif linked and _is_support(token):
            return SubjectType.SUPPORT
        elif token.tag not in _P3:
            break
    return SubjectType.P3_WORD


def _planning_topic(words: Piece) -> SubjectType:
    if any(t.tag == Tag.TOOL for t in words):
        return SubjectType.TOOL
    if any(t.meaning == "delivery" for t in words):
        return SubjectType.DELIVERY
    if any(t.meaning in PLANNING_FUNCTIONS for t in words):
        return SubjectType.PLANNING
    return SubjectType.NOTHING


def _joined_office(pieces: list[Piece]) -> Subject | None:
    """Read "Change and Development Office": the office serves both."""
    *others, last = pieces or [[]]
    has_office = any(t.tag == Tag.OFFICE for t in last)
    if not has_office or all(t.tag == Tag.OFFICE for t in last):
        return None
    if not any(piece[-1].tag in _ANCHORS for piece in others):
        return None
    return Subject(
        topic=SubjectType.OFFICE, office="office", is_loose_office=True, has_content=True
    )


def _is_support(token: Token) -> bool:
    return token.tag == Tag.ROLE and token.meaning == "support"
