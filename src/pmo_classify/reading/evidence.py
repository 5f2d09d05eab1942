"""The words of a title that decided its answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pmo_classify.classification import Evidence, Token
from pmo_classify.knowledge.conditions import Context, SubjectType
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import P3_SCOPES, management_names, office_names
from pmo_classify.reading.choice import Choice
from pmo_classify.reading.context import CONTEXT_TAGS
from pmo_classify.reading.interpreter import Interpretation
from pmo_classify.reading.subject import TRADE_TAGS
from pmo_classify.taxonomy import Scope

__all__ = ["find_evidence"]

_P3: Final = frozenset({Tag.P3, Tag.P3_NAME})
_OFFICE: Final = _P3 | {Tag.OFFICE_NAME, Tag.OFFICE, Tag.OFFICE_KIND, Tag.ENTERPRISE}
_SUBJECT_TAGS: Final = {
    SubjectType.PLANNING: frozenset({Tag.FUNCTION}) | TRADE_TAGS,
    SubjectType.PLANNING_BARE: frozenset({Tag.FUNCTION}),
    SubjectType.PLANNING_BUILDING: frozenset({Tag.FUNCTION, Tag.CONTEXT}),
    SubjectType.TRADE_FUNCTION: _P3 | TRADE_TAGS,
    SubjectType.DEVELOPMENT: _P3 | {Tag.DEVELOPMENT},
    SubjectType.GAP: _P3 | {Tag.ACRONYM, Tag.UNKNOWN, Tag.NEUTRAL, Tag.OFFICE_KIND},
    SubjectType.P3_WORD: _P3,
    SubjectType.SERVICES: _P3 | {Tag.SERVICES},
    SubjectType.SUPPORT: _P3 | {Tag.MANAGEMENT},
    SubjectType.DELIVERY: _P3 | {Tag.OFFICE_KIND},
    SubjectType.MANAGEMENT: _P3 | {Tag.MANAGEMENT},
    SubjectType.OWN_FUNCTION: frozenset({Tag.OWN_FUNCTION}),
    SubjectType.FUNCTION: _P3 | {Tag.FUNCTION, Tag.OWN_FUNCTION},
    SubjectType.TOOL: frozenset({Tag.TOOL}),
    SubjectType.OFFICE_TRADE: _OFFICE | TRADE_TAGS,
    SubjectType.OFFICE_P3: _OFFICE,
    SubjectType.OFFICE: _OFFICE,
}
"""The tags of the words that name each type of subject."""
_SERVED_BY_LEVEL: Final = frozenset({"project-support", "office-support", "enterprise-manager"})
"""Level rules that also depend on what the role works for."""


def find_evidence(choice: Choice, tokens: Sequence[Token]) -> Evidence:
    """Return which words decided track, level and scope of the chosen title, and its doubts."""
    chosen = choice.chosen
    role = [] if chosen.title.role is None else [chosen.title.role]
    role += [t for t in chosen.title.seniority if chosen.role == f"{t.meaning} officer"]
    subject = _subject_words(chosen, tokens)
    track = [*subject, *role, *_context_words(chosen, tokens)]
    level: list[Token] = []
    scope: list[Token] = []
    if chosen.level_rule is not None:
        serves = subject if chosen.level_rule.code in _SERVED_BY_LEVEL else []
        decides = [chosen.learner] if chosen.learner is not None else [*role, *serves]
        level = decides or subject
        scope = _scope_words(chosen, tokens)
    doubt: list[Token] = []
    if choice.doubts:
        doubt = [*track, *(t for other in choice.others for t in other.subject_words)]
    parts = (track, level, scope, doubt)
    return Evidence(*(_positions(words, tokens) if words else () for words in parts))


def _subject_words(reading: Interpretation, tokens: Sequence[Token]) -> list[Token]:
    tags = _SUBJECT_TAGS.get(reading.subject.type)
    if tags is None:
        return []
    found = [t for t in reading.subject_words if t.tag in tags]
    # If they are not beside the role, they are in another phrase.
    return found or [t for t in tokens if t.tag in tags]


def _scope_words(reading: Interpretation, tokens: Sequence[Token]) -> list[Token]:
    """Return the words that name the scope: those of the subject, and others if these miss some."""
    words = [t for t in reading.subject_words if _scope_of(t) & reading.scope]
    missing = reading.scope
    for word in words:
        missing &= ~_scope_of(word)
    return [*words, *(t for t in tokens if _scope_of(t) & missing)]


def _scope_of(token: Token) -> Scope:
    if token.tag == Tag.P3:
        return P3_SCOPES[token.meaning]
    if token.tag == Tag.P3_NAME:
        return management_names()[token.meaning].scope
    if token.tag == Tag.OFFICE_NAME:
        return office_names()[token.meaning].scope
    return Scope.ENTERPRISE if token.tag == Tag.ENTERPRISE else Scope.NONE


def _context_words(reading: Interpretation, tokens: Sequence[Token]) -> list[Token]:
    if reading.context is Context.PLAIN:
        return []
    return [t for t in tokens if t.tag in CONTEXT_TAGS]


def _positions(words: Iterable[Token], tokens: Sequence[Token]) -> tuple[int, ...]:
    wanted = set(map(id, words))
    return tuple(i for i, token in enumerate(tokens) if id(token) in wanted)
