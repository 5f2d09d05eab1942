"""What the words around a P3 word say of it: ours, a service's, finance's, an agency's."""

from __future__ import annotations

from typing import Final

from pmo_classify.knowledge.conditions import OFFICE_TOPICS, Context, MainScope
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.phrases import Chunk, Piece
from pmo_classify.reading.shapes import Token
from pmo_classify.reading.subject_search import Found, Post
from pmo_classify.taxonomy import Scope

__all__ = ["find_context"]

_SERVICES: Final = frozenset({Tag.SERVICE, Tag.SERVICE_WITHIN})
_OURS: Final = frozenset({Tag.CONTEXT, Tag.P3_NAME})


def find_context(post: Post, found: Found, *, office_near: bool) -> Context:
    """Weigh the words around the P3 word; an office near it makes it ours."""
    subject = found.subject
    kind = MainScope.of(subject.scope)
    if subject.topic in OFFICE_TOPICS and kind is not MainScope.PORTFOLIO:
        return Context.AGENCY if subject.is_agency else Context.PLAIN
    if kind is not MainScope.PORTFOLIO and kind is not MainScope.PROGRAMME:
        return Context.PLAIN
    ours = office_near or subject.office is not None or _is_ours(post, found)
    weigh = _portfolio_setting if kind is MainScope.PORTFOLIO else _programme_setting
    return weigh(post, found, ours=ours)


def _is_ours(post: Post, found: Found) -> bool:
    words = [*found.words, *_plain_phrases(post)]
    return any(t.tag in _OURS or _is_change(t) for t in words)


def _is_change(token: Token) -> bool:
    return token.tag == Tag.OFFICE_KIND and token.meaning != "delivery"


def _portfolio_setting(post: Post, found: Found, *, ours: bool) -> Context:
    finances = any(t.tag == Tag.FINANCE for t in post.title)
    finances |= any(t.tag == Tag.FIELD for t in found.words)
    several = _is_several(found.subject.scope)
    of_projects = any(t.meaning.startswith("project") for t in found.words)
    if several and not ours and not finances:
        return Context.JOINT
    return _weigh(ours=ours or of_projects or several, others=finances, verdict=Context.FINANCE)


def _programme_setting(post: Post, found: Found, *, ours: bool) -> Context:
    if any(t.tag in _SERVICES for t in found.words):
        return _weigh(ours=ours, others=True, verdict=Context.SERVICE)
    near = any(t.tag == Tag.SERVICE for t in post.title) and not ours
    return _weigh(ours=ours, others=near, verdict=Context.SERVICE_NEAR)


def _weigh(*, ours: bool, others: bool, verdict: Context) -> Context:
    if ours and others:
        return Context.MIXED
    if ours:
        return Context.P3
    return verdict if others else Context.PLAIN


def _is_several(scope: Scope) -> bool:
    return (scope & ~Scope.ENTERPRISE).value.bit_count() > 1


def _plain_phrases(post: Post) -> Piece:
    """The words of the phrases beside a role, but not of brackets, which name other things."""
    chunks = [*post.heading.before, *post.heading.after]
    return [t for c in chunks if c.opener != "(" or _is_setting(c) for t in c.words]


def _is_setting(chunk: Chunk) -> bool:
    """Tell the bracket of "Portfolio Manager (IT)"."""
    return all(t.tag in (Tag.CONTEXT, Tag.OFFICE_KIND) for t in chunk.words)
