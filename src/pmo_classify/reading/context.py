"""The context of a programme or portfolio: project work, a public service, finance or another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.conditions import Context, MainScope, SubjectType
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import management_names
from pmo_classify.reading.phrases import Conjunct, Phrase, flatten
from pmo_classify.reading.subject import OFFICE_TYPES
from pmo_classify.reading.subject_search import HeadedTitle, SubjectMatch
from pmo_classify.taxonomy import Scope

__all__ = ["CONTEXT_TAGS", "find_context"]

CONTEXT_TAGS: Final = frozenset(
    {
        Tag.CONTEXT,
        Tag.FIELD,
        Tag.FINANCE,
        Tag.OFFICE_KIND,
        Tag.PEOPLE,
        Tag.SERVICE,
        Tag.SERVICE_WITHIN,
        Tag.TECHNICAL,
    }
)
"""Tags of the words that decide the context."""
_FIELDS: Final = frozenset({Tag.FIELD, Tag.PEOPLE})
_SERVICES: Final = frozenset({Tag.SERVICE, Tag.SERVICE_WITHIN})
_FIELDS_OF_PROJECTS: Final = frozenset({"engineering"})
"""Fields whose programmes are made of projects, although they are trades of their own."""
_SAYS_NOTHING: Final = frozenset({Tag.P3, Tag.LINK, Tag.ROLE, Tag.NEUTRAL, Tag.SENIORITY})
_OURS: Final = frozenset({Tag.CONTEXT, Tag.P3_NAME})
_OF_PROJECTS: Final = frozenset({*_OURS, Tag.P3, Tag.OFFICE, Tag.OFFICE_NAME})


def find_context(headed: HeadedTitle, found: SubjectMatch, *, is_office_near: bool) -> Context:
    """Return the context of the project word in a title; an office near it means project work."""
    subject = found.subject
    word = MainScope.of(subject.scope)
    if subject.type in OFFICE_TYPES and word is not MainScope.PORTFOLIO:
        return Context.AGENCY if subject.is_agency else Context.PLAIN
    if word is MainScope.PROJECT and subject.function == "finance":
        is_bank = any(t.tag == Tag.FINANCE for t in headed.cell)
        return Context.FINANCE if is_bank else Context.PLAIN
    if word is not MainScope.PORTFOLIO and word is not MainScope.PROGRAMME:
        return Context.PLAIN
    is_ours = is_office_near or subject.office is not None or _is_ours(headed, found)
    find = _context_of_portfolio if word is MainScope.PORTFOLIO else _context_of_programme
    return find(headed, found, is_ours=is_ours)


def _is_ours(headed: HeadedTitle, found: SubjectMatch) -> bool:
    words = [*found.words, *flatten(headed.title.complement), *_words_beside(headed)]
    return any(t.tag in _OURS or _is_change(t) or t.meaning in _FIELDS_OF_PROJECTS for t in words)


def _is_change(token: Token) -> bool:
    return token.tag == Tag.OFFICE_KIND and token.meaning != "delivery"


def _context_of_portfolio(headed: HeadedTitle, found: SubjectMatch, *, is_ours: bool) -> Context:
    if _is_short_name(headed.cell):
        return Context.SHORT_NAME
    of_projects = any(t.meaning.startswith("project") for t in found.words)
    # "Change Portfolio Manager - Retail Banking" says only whose changes they are.
    is_named = of_projects or any(map(_is_change, found.words))
    is_finance = any(t.tag == Tag.FINANCE for t in (found.words if is_named else headed.cell))
    is_finance |= any(t.tag in _FIELDS for t in found.words)
    is_one_of_several = (found.subject.scope & ~Scope.ENTERPRISE).value.bit_count() > 1
    if is_one_of_several and not is_ours and not is_finance:
        return Context.JOINT
    is_ours = is_ours or of_projects or is_one_of_several
    return _context(is_ours=is_ours, other=Context.FINANCE if is_finance else None)


def _context_of_programme(headed: HeadedTitle, found: SubjectMatch, *, is_ours: bool) -> Context:
    words = [*found.words, *flatten(headed.title.complement)]
    if any(t.tag in _SERVICES for t in words) or _is_for_learners(headed.cell):
        return _context(is_ours=is_ours, other=Context.SERVICE)
    if is_ours:
        return Context.P3
    # In "Programme Co-ordinator, Vendor Services" the programme belongs to the field after it.
    after = headed.title.after
    following = [t for p in after if p.opener in (",", "-", " ") for t in p.words]
    if any(t.tag in _FIELDS for t in (*words, *following)):
        return Context.OWN_FIELD
    # If words beside the programme say what it is about, other words matter less.
    is_said = any(t.tag not in _SAYS_NOTHING for t in words)
    services = (Tag.SERVICE,) if is_said else _SERVICES
    if any(t.tag in services for t in headed.cell):
        return Context.SERVICE_NEAR
    is_open = any(t.tag in (Tag.UNKNOWN, Tag.TECHNICAL) for t in words)
    if found.subject.type is SubjectType.P3_WORD:
        # Brackets name the field as well: "Programme Officer (Fisheries)".
        is_open |= any(t.tag == Tag.TECHNICAL for phrase in after for t in phrase.words)
    return Context.OPEN_FIELD if is_open else Context.PLAIN


def _is_short_name(cell: Sequence[Token]) -> bool:
    """Return whether the only words about projects are short names that have other meanings."""
    named = [t for t in cell if t.tag in _OF_PROJECTS or _is_change(t)]
    return all(
        t.tag == Tag.P3_NAME
        and t.written == t.meaning
        and management_names()[t.meaning].may_mean_other
        for t in named
    )


def _is_for_learners(cell: Sequence[Token]) -> bool:
    """Return whether the programme is one for learners: "Gerente de programa de trainee"."""
    tags = [token.tag for token in cell if token.tag != Tag.ROLE]
    return (Tag.P3, Tag.LINK, Tag.LEARNER) in zip(tags, tags[1:], tags[2:], strict=False)


def _context(*, is_ours: bool, other: Context | None) -> Context:
    if is_ours:
        return Context.P3 if other is None else Context.MIXED
    return other or Context.PLAIN


def _words_beside(headed: HeadedTitle) -> Conjunct:
    """Return the words of the phrases beside a role, without brackets that name other things."""
    phrases = [*headed.title.before, *headed.title.after]
    return [t for p in phrases if p.opener != "(" or _is_context(p) for t in p.words]


def _is_context(phrase: Phrase) -> bool:
    """Return whether brackets contain only context, like "(IT)" in "Portfolio Manager (IT)"."""
    return all(t.tag in (Tag.CONTEXT, Tag.OFFICE_KIND) for t in phrase.words)
