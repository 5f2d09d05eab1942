"""What the words of a title are about: an office, a project word, a function, or something else.

``read_subject`` looks at the words that qualify one role, and returns which subject they name and
for which scope. It decides nothing about tracks or levels.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.conditions import SubjectType
from pmo_classify.knowledge.lexicon import Tag, is_head_first
from pmo_classify.knowledge.roles import (
    P3_SCOPES,
    PLANNING_FUNCTIONS,
    management_names,
    office_names,
)
from pmo_classify.reading.phrases import Conjunct
from pmo_classify.taxonomy import Scope

__all__ = ["NO_SUBJECT", "OFFICE_TYPES", "TRADE_TAGS", "Subject", "read_subject"]


class Subject(NamedTuple):
    """The subject of a title: its type, its scope, and what else its words say."""

    type: SubjectType = SubjectType.NOTHING
    scope: Scope = Scope.NONE
    is_plural: bool = False
    """Whether the last project word is a plural: "projects"."""
    function: str | None = None
    office: str | None = None
    """The office's short name; if it is spelt out, "office", "transformation office" and so on."""
    has_content: bool = False
    is_trade: bool = False
    """Whether a word of another trade is among the words."""
    is_function: bool = False
    is_p3_function: bool = False
    """Whether the function counts for any project work, not only inside an office."""
    is_named: bool = False
    """Whether the project has a name: "the Smart Metering programme"."""
    is_list: bool = False
    """Whether an office and a project word are alternatives: "PMO / Project Support" Officer."""
    is_loose_office: bool = False
    """Whether other words separate the office from its field: "Change and Development Office"."""
    is_agency: bool = False
    """Whether the office is a unit of a public agency: "Climate Program Office"."""


NO_SUBJECT: Final = Subject()
"""The subject of no words."""
OFFICE_TYPES: Final = (SubjectType.OFFICE, SubjectType.OFFICE_P3, SubjectType.OFFICE_TRADE)
TRADE_TAGS: Final = frozenset(
    {Tag.FIELD, Tag.PEOPLE, Tag.TRADE, Tag.SERVICE, Tag.SERVICE_WITHIN, Tag.FINANCE}
)

_P3: Final = frozenset({Tag.P3, Tag.P3_NAME})
_MAKES_OFFICE_OURS: Final = frozenset({Tag.P3, Tag.P3_NAME, Tag.OFFICE_KIND})
_WORDS_BETWEEN_OFFICE: Final = frozenset({"implementation", "support"})
_P3_FUNCTIONS: Final = frozenset({Tag.FUNCTION, Tag.OWN_FUNCTION})
_FUNCTIONS: Final = _P3_FUNCTIONS | {Tag.OFFICE_FUNCTION}
_BETWEEN_OFFICE: Final = frozenset({Tag.MANAGEMENT, *_FUNCTIONS, Tag.SERVICES, Tag.OFFICE_KIND})
_OTHER_FUNCTIONS: Final = TRADE_TAGS | {Tag.OFFICE_FUNCTION}
"""Tags of words that name another trade's function, unless an office is named."""
_SAYS_WHAT_ABOUT: Final = frozenset({Tag.CONTEXT, Tag.FIELD, Tag.SERVICE, Tag.SERVICE_WITHIN})
"""Tags of words that say what a project or programme is about: "projets culturels"."""
_PLURALS: Final = ("projects", "programmes", "portfolios")
_BETWEEN_SCOPES: Final = frozenset({Tag.CONTEXT, Tag.LINK})
"""Tags of words between a portfolio and its projects: "portfólia IT projektov"."""
_RANKS: Final = frozenset({Tag.SENIORITY, Tag.LEARNER})
_LINKS: Final = frozenset({Tag.LINK})
_SCOPED: Final = frozenset({Tag.P3, Tag.P3_NAME, Tag.OFFICE_NAME})
# English puts the project word before what is done for it. Other languages also allow the opposite,
# and so does a link word, such as "of".
_ENGLISH_ORDER: Final = ("en", "")


def read_subject(conjuncts: Iterable[Conjunct]) -> Subject:
    """Return the subject of words that share one role: the heaviest one, with all their scopes."""
    conjuncts = [conjunct for conjunct in conjuncts if conjunct]
    if not conjuncts:
        return NO_SUBJECT
    found = list(map(_read_conjunct, conjuncts))
    if len(found) == 1 and found[0].type:
        return found[0]
    best = max(found, key=lambda subject: subject.type)
    scope = Scope.NONE
    for subject in found:
        scope |= subject.scope
    if best.type < SubjectType.OFFICE_TRADE:
        best = _joined_office(conjuncts) or (best if best.type else NO_SUBJECT)
    return best._replace(
        scope=best.scope | scope,
        is_list=_is_list(best, found),
        has_content=any(s.has_content for s in found),
        is_trade=any(s.is_trade for s in found),
        is_function=any(s.is_function for s in found),
        is_p3_function=any(s.is_p3_function for s in found),
        is_plural=best.is_plural or any(s.is_plural for s in found),
        function=best.function or next((s.function for s in found if s.function), None),
    )


def _is_list(office: Subject, found: Iterable[Subject]) -> bool:
    """Return whether an office is one of several alternatives, another being a project word."""
    if office.type is not SubjectType.OFFICE or office.office not in office_names():
        return False
    others = (s for s in found if s is not office)
    return any(SubjectType.P3_WORD <= s.type <= SubjectType.MANAGEMENT and s.scope for s in others)


def _read_conjunct(conjunct: Conjunct) -> Subject:
    words = [t for t in conjunct if t.tag not in _RANKS]
    tags = {t.tag for t in words}
    functions = [t.meaning for t in words if t.tag in _FUNCTIONS]
    subject = Subject(
        scope=Scope.NONE if tags.isdisjoint(_SCOPED) else _scope(words),
        has_content=not tags <= _LINKS,
        is_trade=not tags.isdisjoint(TRADE_TAGS),
        is_function=bool(functions) or (Tag.ROLE in tags and any(map(_is_support, words))),
        is_p3_function=not tags.isdisjoint(_P3_FUNCTIONS),
        function=functions[0] if functions else None,
    )
    office = _find_office(words)
    return _read_p3(subject, words) if office is None else _read_office(subject, words, *office)


def _scope(words: Conjunct) -> Scope:
    scope = Scope.NONE
    for token, following in zip(words, [*words[1:], None], strict=True):
        if token.tag == Tag.P3:
            of_portfolio = following is not None and following.meaning.startswith("portfolio")
            if not (of_portfolio and token.meaning.startswith("project")):
                scope |= P3_SCOPES[token.meaning]
        elif token.tag == Tag.P3_NAME:
            scope |= management_names()[token.meaning].scope
        elif token.tag == Tag.OFFICE_NAME:
            scope |= office_names()[token.meaning].scope
    return scope & ~Scope.PROJECT if _is_portfolio_of_projects(words) else scope


def _is_portfolio_of_projects(words: Conjunct) -> bool:
    """Return whether words name one scope and not two, as "portefeuille de projets" does.

    Other languages than English need no link: Slovak "portfólia IT projektov".
    """
    at = next((i for i, t in enumerate(words) if t.meaning.startswith("portfolio")), len(words))
    between = list(takewhile(lambda t: t.tag in _BETWEEN_SCOPES, words[at + 1 :]))
    rest = words[at + 1 + len(between) :]
    if not rest or not rest[0].meaning.startswith("project"):
        return False
    return any(t.tag == Tag.LINK for t in between) or rest[0].language not in _ENGLISH_ORDER


def _find_office(words: Conjunct) -> tuple[int, int] | None:
    """Return where the last office of a conjunct starts and ends."""
    for i in range(len(words) - 1, -1, -1):
        if words[i].tag == Tag.OFFICE_NAME:
            start = i - 1 if i and words[i - 1].tag == Tag.ENTERPRISE else i
            return start, i + 1
        if words[i].tag == Tag.OFFICE:
            start_of_name = _find_name_before(words, i)
            if start_of_name is not None:
                return start_of_name, i + 1
            end_of_name = _find_name_after(words, i)
            if end_of_name is not None:
                return i, end_of_name
    return None


def _find_name_before(words: Conjunct, office: int) -> int | None:
    """Return where a project office's name starts before it: "project (management) office"."""
    i = office - 1
    while i >= 0:
        if words[i].tag in _MAKES_OFFICE_OURS:
            while i and words[i - 1].tag in _MAKES_OFFICE_OURS:
                i -= 1
            return i
        if words[i].tag not in _BETWEEN_OFFICE and words[i].meaning not in _WORDS_BETWEEN_OFFICE:
            return None
        i -= 1
    return None


def _find_name_after(words: Conjunct, office: int) -> int | None:
    """Return where a project office's name ends after it: "oficina de proyectos"."""
    is_linked = words[office].language not in _ENGLISH_ORDER
    for i in range(office + 1, len(words)):
        if words[i].tag == Tag.LINK:
            is_linked = True
        elif words[i].tag in _MAKES_OFFICE_OURS:
            return i + 1 if is_linked else None
        elif words[i].tag not in _BETWEEN_OFFICE:
            return None
    return None


def _read_office(subject: Subject, words: Conjunct, start: int, end: int) -> Subject:
    office = words[end - 1]
    before, after = words[:start], words[end:]
    subject_type = SubjectType.OFFICE
    if any(t.tag in _P3 for t in after):
        subject_type = SubjectType.OFFICE_P3
        if after[-1].language in _ENGLISH_ORDER:
            # In "Portfolio Office Project Manager" the project is what is managed.
            subject = subject._replace(scope=_scope(after))
    elif any(t.tag in TRADE_TAGS for t in after):
        subject_type = SubjectType.OFFICE_TRADE
    is_enterprise = any(t.tag == Tag.ENTERPRISE for t in words)
    return subject._replace(
        type=subject_type,
        scope=subject.scope | (Scope.ENTERPRISE if is_enterprise else Scope.NONE),
        office=office.meaning if office.tag == Tag.OFFICE_NAME else _spelt_out(words[start:end]),
        is_agency=_is_agency(before, words[start:end], after),
    )


def _spelt_out(office: Conjunct) -> str:
    kinds = [t.meaning for t in office if t.tag == Tag.OFFICE_KIND]
    return f"{kinds[-1]} office" if kinds else "office"


def _is_agency(before: Conjunct, office: Conjunct, after: Conjunct) -> bool:
    """Return whether an office is a unit of a public agency: "Climate Program Office"."""
    tags = [t.tag for t in office]
    if tags == [Tag.OFFICE, Tag.LINK, Tag.P3] and office[0].language in _ENGLISH_ORDER:
        return office[-1].meaning == "programmes"
    is_plain = tags == [Tag.P3, Tag.OFFICE] and office[0].meaning.startswith("programme")
    return is_plain and not after and any(t.tag == Tag.TECHNICAL for t in before)


def _read_p3(subject: Subject, words: Conjunct) -> Subject:
    at = max((i for i, t in enumerate(words) if t.tag in _P3), default=None)
    if at is None:
        return subject._replace(
            type=_type_without_p3(words),
            is_named=any(t.meaning != "delivery" and t.tag != Tag.LINK for t in words),
        )
    before = [t for t in words[:at] if t.tag not in (Tag.LINK, Tag.JOIN)]
    named_by = [t for t in before if t.tag not in (*_P3, Tag.MANAGEMENT, Tag.FUNCTION)]
    return subject._replace(
        type=_type_at(words, at),
        is_plural=words[at].meaning in _PLURALS,
        is_named=bool(named_by),
    )


def _type_at(words: Conjunct, at: int) -> SubjectType:
    """Return the type of subject that the words around a project word name."""
    # "Assistant to the project manager" is about the project, whoever is assisted.
    tail = [t for t in words[at + 1 :] if t.tag not in (Tag.LINK, Tag.ROLE) or _is_support(t)]
    # "Programme de gestion du changement" is a programme for the management of change.
    is_name = bool(tail) and tail[0].tag == Tag.MANAGEMENT and _are_head_first(words[at], tail[0])
    subject_type = (
        SubjectType.P3_WORD if is_name or _is_field(words[at], tail) else _type_after(tail)
    )
    if words[at].tag == Tag.P3_NAME and any(t.tag in _FUNCTIONS for t in tail):
        # PPM is itself the name of a function, so what is done within it is one too.
        return SubjectType.FUNCTION
    if words[at].tag == Tag.P3_NAME and subject_type in (SubjectType.P3_WORD, SubjectType.GAP):
        return SubjectType.MANAGEMENT
    if subject_type is not SubjectType.P3_WORD:
        return subject_type
    return _type_before(words[:at], is_linked=words[at].language not in _ENGLISH_ORDER)


def _is_field(project: Token, tail: Conjunct) -> bool:
    """Return whether words after a project word name its field: "chef de projets culturels".

    Where the head comes first, no word is between the projects and the role. What follows a single
    project is often its name.
    """
    if not tail or project.meaning == "project":
        return False
    # Many languages write "program" as English does.
    if not (is_head_first(project.language) or is_head_first(tail[0].language)):
        return False
    first = tail[0]
    is_change = first.tag == Tag.OFFICE_KIND and first.meaning != "delivery"
    is_field = is_change or first.tag in _SAYS_WHAT_ABOUT
    return is_field and not any(t.tag in _FUNCTIONS or _is_support(t) for t in tail)


def _type_after(tail: Conjunct) -> SubjectType:
    """Return the type of subject that the words between a project word and the role name."""
    if not tail:
        return SubjectType.P3_WORD
    if any(t.tag in _P3_FUNCTIONS for t in tail):
        return SubjectType.FUNCTION
    first = tail[0]
    if first.tag == Tag.MANAGEMENT:
        return SubjectType.SUPPORT if any(map(_is_support, tail)) else SubjectType.MANAGEMENT
    if all(t.meaning == "administration" for t in tail):
        return SubjectType.FUNCTION
    if any(t.tag in _OTHER_FUNCTIONS for t in tail):
        return SubjectType.TRADE_FUNCTION
    by_word = {
        (Tag.ROLE, "support"): SubjectType.SUPPORT,
        (Tag.OFFICE_KIND, "delivery"): SubjectType.DELIVERY,
        (Tag.SERVICES, first.meaning): SubjectType.SERVICES,
        (Tag.DEVELOPMENT, "development"): SubjectType.DEVELOPMENT,
    }
    return by_word.get((first.tag, first.meaning), SubjectType.GAP)


def _type_before(words: Conjunct, *, is_linked: bool) -> SubjectType:
    """Return the type of subject that the words before a project word name: "gestion de"."""
    for token in reversed(words):
        if token.tag == Tag.LINK:
            is_linked = True
        elif is_linked and token.tag == Tag.MANAGEMENT:
            return SubjectType.MANAGEMENT
        elif is_linked and token.tag in _P3_FUNCTIONS:
            return SubjectType.FUNCTION
        elif is_linked and token.tag == Tag.DEVELOPMENT:
            return SubjectType.DEVELOPMENT
        elif is_linked and _is_support(token):
            return SubjectType.SUPPORT
        elif token.tag not in _P3:
            break
    return SubjectType.P3_WORD


def _type_without_p3(words: Conjunct) -> SubjectType:
    if any(t.tag == Tag.TOOL for t in words):
        return SubjectType.TOOL
    if any(t.tag == Tag.OWN_FUNCTION for t in words):
        return SubjectType.OWN_FUNCTION
    if any(t.meaning == "delivery" for t in words):
        return SubjectType.DELIVERY
    if any(t.meaning in PLANNING_FUNCTIONS for t in words):
        return SubjectType.PLANNING
    return SubjectType.NOTHING


def _joined_office(conjuncts: list[Conjunct]) -> Subject | None:
    """Return the office of "Change and Development Office", which serves both."""
    *others, last = conjuncts
    has_office = any(t.tag == Tag.OFFICE for t in last)
    if not has_office or all(t.tag == Tag.OFFICE for t in last):
        return None
    if not any(conjunct[-1].tag in _MAKES_OFFICE_OURS for conjunct in others):
        return None
    return Subject(
        SubjectType.OFFICE, office="change office", is_loose_office=True, has_content=True
    )


def _are_head_first(token: Token, other: Token) -> bool:
    # The words that one form stands for are in the order of English: "projektni menadžment".
    is_one_form = token.start == other.start
    return not is_one_form and token.language == other.language and is_head_first(token.language)


def _is_support(token: Token) -> bool:
    return token.tag == Tag.ROLE and token.meaning == "support"
