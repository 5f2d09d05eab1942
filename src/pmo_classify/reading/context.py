"""What the words around a P3 word say of it: ours, a service's, finance's, an agency's."""

from __future__ import annotations

from typing import Final

from pmo_classify.knowledge.conditions import Kind, Setting
from pmo_classify.knowledge.lexicon import Part
from pmo_classify.knowledge.subject_types import OFFICE_TOPICS
from pmo_classify.reading.phrases import Chunk, Piece
from pmo_classify.reading.shapes import Token
from pmo_classify.reading.subject_search import Found, Post
from pmo_classify.taxonomy import Scope

__all__ = ["find_setting"]

_SERVICES: Final = frozenset({Part.SERVICE, Part.SERVICE_WITHIN})
_OURS: Final = frozenset({Part.CONTEXT, Part.P3_NAME})


def find_setting(post: Post, found: Found, *, office_near: bool) -> Setting:
    """Weigh the words around the P3 word; an office near it makes it ours."""
    subject = found.subject
    kind = Kind.of(subject.scope)
    if subject.topic in OFFICE_TOPICS and kind is not Kind.PORTFOLIO:
        return Setting.AGENCY if subject.is_agency else Setting.PLAIN
    if kind is not Kind.PORTFOLIO and kind is not Kind.PROGRAMME:
        return Setting.PLAIN
    ours = office_near or subject.office is not None or _is_ours(post, found)
    weigh = _portfolio_setting if kind is Kind.PORTFOLIO else _programme_setting
    return weigh(post, found, ours=ours)


def _is_ours(post: Post, found: Found) -> bool:
    words = [*found.words, *_plain_phrases(post)]
    return any(t.kind in _OURS or _is_change(t) for t in words)


def _is_change(token: Token) -> bool:
    return token.kind == Part.OFFICE_KIND and token.meaning != "delivery"


def _portfolio_setting(post: Post, found: Found, *, ours: bool) -> Setting:
    finances = any(t.kind == Part.FINANCE for t in post.title)
    finances |= any(t.kind == Part.FIELD for t in found.words)
    several = _is_several(found.subject.scope)
    of_projects = any(t.meaning.startswith("project") for t in found.words)
    if several and not ours and not finances:
        return Setting.JOINT
    return _weigh(ours=ours or of_projects or several, others=finances, verdict=Setting.FINANCE)


def _programme_setting(post: Post, found: Found, *, ours: bool) -> Setting:
    if any(t.kind in _SERVICES for t in found.words):
        return _weigh(ours=ours, others=True, verdict=Setting.SERVICE)
    near = any(t.kind == Part.SERVICE for t in post.title) and not ours
    return _weigh(ours=ours, others=near, verdict=Setting.SERVICE_NEAR)


def _weigh(*, ours: bool, others: bool, verdict: Setting) -> Setting:
    if ours and others:
        return Setting.MIXED
    if ours:
        return Setting.P3
    return verdict if others else Setting.PLAIN


def _is_several(scope: Scope) -> bool:
    return (scope & ~Scope.ENTERPRISE).value.bit_count() > 1


def _plain_phrases(post: Post) -> Piece:
    """The words of the phrases beside a role, but not of brackets, which name other things."""
    chunks = [*post.heading.before, *post.heading.after]
    return [t for c in chunks if c.opener != "(" or _is_setting(c) for t in c.words]


def _is_setting(chunk: Chunk) -> bool:
    """Tell the bracket of "Portfolio Manager (IT)"."""
    return all(t.kind in (Part.CONTEXT, Part.OFFICE_KIND) for t in chunk.words)
