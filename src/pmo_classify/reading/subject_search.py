"""The search for what a title is about: before its role, after it, or in another phrase."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.conditions import SubjectPosition, SubjectType
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, is_head_first
from pmo_classify.knowledge.roles import PLANNING_FUNCTIONS, RoleGroup, known_roles
from pmo_classify.reading.parser import TitlePhrase
from pmo_classify.reading.phrases import Conjunct, Phrase, flatten
from pmo_classify.reading.subject import OFFICE_TYPES, TRADE_TAGS, Subject, read_subject
from pmo_classify.reading.tokenizer import IGNORED, SEPARATORS

__all__ = ["HeadedTitle", "SubjectMatch", "find_subject"]


class HeadedTitle(NamedTuple):
    """A title with its role, the group of that role, and all tokens of the cell."""

    title: TitlePhrase
    role: str | None
    group: RoleGroup
    cell: Sequence[Token]

    @property
    def is_planner(self) -> bool:
        """Whether the role is a planner or a scheduler."""
        return self.role in ("planner", "scheduler")

    @property
    def names_function(self) -> bool:
        """Whether the role names a function: planner, scheduler, controller."""
        return self.role is not None and known_roles()[self.role].function is not None


class SubjectMatch(NamedTuple):
    """A subject, its position, the words it was read from, and the codes of its doubts."""

    subject: Subject
    position: SubjectPosition
    words: Conjunct
    doubts: tuple[str, ...] = ()


_NO_WEIGHT: Final = frozenset(
    {*IGNORED, *SEPARATORS, Tag.SENIORITY, Tag.LEARNER, Tag.LINK, Tag.ROLE}
)
_UNREAD: Final = (Tag.UNKNOWN, Tag.ACRONYM)
_OF_ANOTHER_TRADE: Final = Subject(has_content=True)
_DONE_FOR_PROJECTS: Final = (SubjectType.FUNCTION, SubjectType.MANAGEMENT, SubjectType.SUPPORT)
_LEADERS: Final = (RoleGroup.MANAGER, RoleGroup.HEAD)
_KEEPS_ITS_TRADE: Final = (RoleGroup.TRADE, RoleGroup.LEARNER, RoleGroup.NONE)
"""Groups of roles that stay what they are where a project follows: "Welder Projects"."""
_INVERTED: Final = frozenset(
    {Tag.ROLE, Tag.OFFICE, Tag.OFFICE_KIND, Tag.MANAGEMENT, Tag.FUNCTION, Tag.SERVICES}
)


def find_subject(headed: HeadedTitle) -> SubjectMatch:
    """Return what a title is about.

    The words right before the role count first ("project" co-ordinator). If there are none, the
    words after the role and around it count ("manager, PMO"). If they are of another field, another
    phrase may name an office or a project ("finance manager, PMO").
    """
    title = headed.title
    own = read_subject(title.modifiers)
    if own.type.is_p3:
        return SubjectMatch(own, _position_of_own(own, headed.role), flatten(title.modifiers))
    if title.is_bare or _is_of_projects(headed, own):
        found = _find_around(headed, own)
    else:
        found = _find_in_other_phrase(headed, own)
    if found.subject.type is SubjectType.DELIVERY and found.subject.is_named:
        return found._replace(position=SubjectPosition.NAMED)
    if found.subject.type.is_p3:
        return found
    planned = _planned_type(headed, found.subject)
    return found._replace(subject=found.subject._replace(type=planned))


def _is_of_projects(headed: HeadedTitle, own: Subject) -> bool:
    """Return whether words right after a role name projects, and none before it a trade.

    "Regional Co-ordinator of Projects", Czech "okresní koordinátor projektu".
    """
    if own.is_trade or own.is_function or headed.group in _KEEPS_ITS_TRADE:
        return False
    title = headed.title
    if title.is_linked:
        return read_subject(title.complement).type.is_p3
    rest = title.after[0] if title.after and title.after[0].opener == " " else None
    if rest is None or rest.words[0].tag != Tag.P3:
        return False
    if read_subject(rest.conjuncts).type in OFFICE_TYPES:
        return False
    # In English the last word is the head, so that an "Associate Programme" is a programme; only
    # the plural "projects" never is.
    return rest.words[0].language != ENGLISH or rest.words[0].meaning == "projects"


def _position_of_own(own: Subject, role: str | None) -> SubjectPosition:
    if own.type is SubjectType.DELIVERY and own.is_named:
        return SubjectPosition.NAMED
    if own.type is not SubjectType.P3_WORD:
        return SubjectPosition.BEFORE
    if own.is_plural:
        return SubjectPosition.PLURAL
    # "Rail Programme Head" heads one programme; for other roles a name makes no difference.
    is_named = role == "head" and own.is_named
    return SubjectPosition.NAMED if is_named else SubjectPosition.BEFORE


def _find_around(headed: HeadedTitle, own: Subject) -> SubjectMatch:
    """Return the subject of a role with no words right before it: "head of PMO", "manager, PMO"."""
    title = headed.title
    if _names_another_department(title.after):
        return SubjectMatch(_OF_ANOTHER_TRADE, SubjectPosition.BEFORE, [])
    words = flatten(title.complement)
    complement = read_subject(title.complement)
    if complement.type is SubjectType.OFFICE_TRADE and _is_next_to_role(words, title):
        complement = complement._replace(type=SubjectType.OFFICE)
    is_linked = title.is_linked and headed.group is not RoleGroup.HEAD
    is_name = complement.is_plural or is_linked or _is_head_first(words)
    if complement.type is SubjectType.GAP and is_name:
        # What follows is the project's name: "co-ordinator special projects building".
        complement = complement._replace(type=SubjectType.P3_WORD, is_named=True)
    if complement.type.is_p3:
        position = _position_in_complement(complement, title)
        if position is SubjectPosition.AFTER and _has_article(headed.cell):
            # "Head of the Project" heads one project.
            position = SubjectPosition.NAMED
        return SubjectMatch(complement, position, words)
    found = _find_after(headed, complement)
    if found is not None:
        return found
    for phrase in reversed(title.before):
        subject = read_subject(phrase.conjuncts)
        if subject.type.is_p3:
            return SubjectMatch(subject, _position_before(headed, subject), phrase.words)
    if complement.has_content:
        return SubjectMatch(complement, SubjectPosition.BEFORE, words)
    apposed = read_subject(c for phrase in title.apposed for c in phrase.conjuncts)
    chosen = apposed if title.role is None or apposed.has_content else own
    return SubjectMatch(chosen, SubjectPosition.BEFORE, [])


def _is_next_to_role(words: Conjunct, title: TitlePhrase) -> bool:
    """Return whether an office comes right after a role, and its field later.

    "Analyste PMO secteur bancaire" and "Head of PMO Retail Banking" work for the PMO of a bank; a
    "PMO Banking Analyst" works in banking.
    """
    first = next((t for t in words if t.tag != Tag.LINK), None)
    return title.role is not None and first is not None and first.tag == Tag.OFFICE_NAME


def _names_another_department(after: Sequence[Phrase]) -> bool:
    """Return whether the phrases after a role name another department.

    In "Head - Sales (Rail Projects)" the brackets say where the work is done. In "Head, Press
    Office, Projects" the projects are those of the press office.
    """
    for at, phrase in enumerate(after):
        own = read_subject(phrase.conjuncts)
        if own.type.is_p3:
            return False
        if own.is_trade:
            in_brackets = (p for p in after[at + 1 :] if p.opener == "(")
            is_office = phrase.words[-1].tag == Tag.OFFICE
            return is_office or any(_is_project(read_subject(p.conjuncts)) for p in in_brackets)
    return False


def _is_head_first(words: Conjunct) -> bool:
    return any(t.tag == Tag.P3 and is_head_first(t.language) for t in words)


def _has_article(cell: Sequence[Token]) -> bool:
    """Return whether an article is right before a project word."""
    pairs = itertools.pairwise(cell)
    return any(before.tag == Tag.FILLER and token.tag == Tag.P3 for before, token in pairs)


def _position_before(headed: HeadedTitle, subject: Subject) -> SubjectPosition:
    if headed.group is RoleGroup.LEARNER and subject.is_named:
        return SubjectPosition.NAMED
    if headed.group is not RoleGroup.NONE:
        return SubjectPosition.BEFORE
    if all(t.tag == Tag.P3 or t.tag in _NO_WEIGHT for t in headed.cell):
        return SubjectPosition.ALONE
    # "Marketing Project" is the name of a project; in "Sales - Rail Project" sales is a trade.
    words = [t for t in headed.cell if t.tag not in IGNORED]
    is_name = words[-1].tag == Tag.P3 and not any(t.tag in SEPARATORS for t in words)
    trades = (Tag.TRADE, Tag.SCHEME) if is_name else (*TRADE_TAGS, Tag.SCHEME)
    is_trade = any(t.tag in trades for t in words)
    return SubjectPosition.BEFORE if is_trade else SubjectPosition.NAMED


def _find_after(headed: HeadedTitle, complement: Subject) -> SubjectMatch | None:
    """Return the subject after a comma, dash or bracket; "office, project" is read backwards."""
    title = headed.title
    pending: Conjunct = []
    is_after_field = False
    for phrase in title.after:
        *others, last = phrase.conjuncts
        subject = read_subject([*others, [*last, *pending]])
        if subject.type.is_p3 and (subject.scope or subject.office):
            if complement.has_content and phrase.opener not in (",", "and", " "):
                if _is_place_of_work(complement, subject):
                    return SubjectMatch(_OF_ANOTHER_TRADE, SubjectPosition.BEFORE, phrase.words)
                return SubjectMatch(subject, SubjectPosition.NAMED, phrase.words, ("department",))
            if headed.group is RoleGroup.TRADE and _names_work_in_brackets(phrase, subject):
                return SubjectMatch(subject, SubjectPosition.BEFORE, phrase.words, ("bracket",))
            listed = [t for p in title.after if p.opener == "," for t in p.words]
            words = listed if phrase.opener == "," else phrase.words
            # In "Officer - Logistics (PMO)" the PMO may be only the department, and so it may be in
            # "Consultor SAP, PMO".
            is_apart = complement.has_content and not (title.is_linked or complement.is_function)
            is_apart |= is_after_field and phrase.opener == "("
            doubts = ("department",) if is_apart and subject.office is not None else ()
            position = _position_after(subject, phrase, headed.group)
            return SubjectMatch(subject, position, words, doubts)
        is_after_field = is_after_field or subject.is_trade
        is_inverted = phrase.opener == "," and all(t.tag in _INVERTED for t in phrase.words)
        pending = [*phrase.words, *pending] if is_inverted else []
    return None


def _is_place_of_work(own: Subject, apart: Subject) -> bool:
    """Return whether another trade works on a project: "Experto en compras - proyecto europeo"."""
    return _is_project(apart) and own.is_trade and not own.is_function


def _is_project(subject: Subject) -> bool:
    """Return whether words name a project or programme, without an office or function for it."""
    return subject.type in (SubjectType.P3_WORD, SubjectType.GAP)


def _find_in_other_phrase(headed: HeadedTitle, own: Subject) -> SubjectMatch:
    """Return the subject of a role with words of another field, perhaps from another phrase."""
    title = headed.title
    own_words = flatten(title.modifiers)
    apposed = [(phrase, read_subject(phrase.conjuncts)) for phrase in title.apposed]
    if not apposed:
        return SubjectMatch(own, SubjectPosition.BEFORE, own_words)
    phrase, subject = max(apposed, key=lambda pair: pair[1].type)
    if not subject.type.is_p3 or _names_a_bureau(phrase, subject):
        return SubjectMatch(own, SubjectPosition.BEFORE, own_words)
    is_trade_role = headed.group in (RoleGroup.TRADE, RoleGroup.LEARNER)
    if subject.type in OFFICE_TYPES:
        is_trade = is_trade_role or (own.is_trade and not own.is_function)
        return _in_office(headed, own, phrase, subject, is_trade=is_trade)
    return _for_project(headed, own, phrase, subject, is_trade=own.is_trade or is_trade_role)


def _for_project(
    headed: HeadedTitle, own: Subject, phrase: Phrase, subject: Subject, *, is_trade: bool
) -> SubjectMatch:
    """Return the subject of a role with words of its own and a project in another phrase."""
    words = [*flatten(headed.title.modifiers), *phrase.words]
    # A "financial analyst" of projects works in finance; other functions are those of an office.
    own_words = flatten(headed.title.modifiers)
    if subject.type is SubjectType.P3_WORD and own_words and all(map(_is_support, own_words)):
        # "Support Officer, Projects"
        subject = subject._replace(type=SubjectType.SUPPORT)
        return SubjectMatch(subject, SubjectPosition.BEFORE, words)
    has_function = own.is_p3_function and own.function != "finance"
    if (has_function or headed.names_function) and not is_trade:
        function = own.function or subject.function
        is_manager = headed.group is RoleGroup.MANAGER
        is_apart = is_manager and subject.type is SubjectType.P3_WORD and function == "cost"
        subject = subject._replace(type=SubjectType.FUNCTION, function=function)
        doubts = ("cost-apart",) if is_apart else ()
        return SubjectMatch(subject, SubjectPosition.BEFORE, words, doubts)
    if _names_work_in_brackets(phrase, subject) and headed.group is not RoleGroup.HEAD:
        return SubjectMatch(subject, SubjectPosition.BEFORE, words, ("bracket",))
    if is_trade or not _is_led_from_afar(headed, subject):
        return SubjectMatch(_OF_ANOTHER_TRADE, SubjectPosition.BEFORE, words)
    is_word = subject.type is SubjectType.P3_WORD
    position = SubjectPosition.SEVERAL if is_word else SubjectPosition.BEFORE
    return SubjectMatch(subject, position, words, ("department",))


def _is_support(token: Token) -> bool:
    return token.tag == Tag.ROLE and token.meaning == "support"


def _names_work_in_brackets(phrase: Phrase, subject: Subject) -> bool:
    """Return whether brackets name what a trade does: "General Engineer (Project Controls)"."""
    return phrase.opener == "(" and subject.type in (SubjectType.FUNCTION, SubjectType.MANAGEMENT)


def _is_led_from_afar(headed: HeadedTitle, subject: Subject) -> bool:
    """Return whether own words say only where or whose: "Regional Director, Projects"."""
    if any(t.tag != Tag.NEUTRAL for t in flatten(headed.title.modifiers)):
        return False
    if subject.type in _DONE_FOR_PROJECTS:
        return True
    heads_projects = headed.group is RoleGroup.HEAD and subject.is_plural
    return heads_projects and subject.type is SubjectType.P3_WORD


def _in_office(
    headed: HeadedTitle, own: Subject, phrase: Phrase, office: Subject, *, is_trade: bool
) -> SubjectMatch:
    title = headed.title
    words = [*flatten(title.modifiers), *phrase.words]
    if is_trade:
        subject = Subject(SubjectType.OFFICE_TRADE, has_content=True)
        return SubjectMatch(subject, SubjectPosition.BEFORE, words)
    office = office._replace(function=own.function)
    is_of_office = title.is_linked and phrase.opener == " "
    is_plain = own.is_function or is_of_office or phrase in title.before
    if phrase.opener == "(" and any(read_subject(p.conjuncts).is_trade for p in title.apposed):
        is_plain = False
    return SubjectMatch(office, SubjectPosition.BEFORE, words, () if is_plain else ("department",))


def _names_a_bureau(phrase: Phrase, subject: Subject) -> bool:
    """Return whether a phrase is the name of an agency: "Bureau of Information Project"."""
    return subject.type not in OFFICE_TYPES and phrase.words[0].tag == Tag.OFFICE


def _position_in_complement(subject: Subject, title: TitlePhrase) -> SubjectPosition:
    if subject.type not in (SubjectType.P3_WORD, SubjectType.DELIVERY):
        return SubjectPosition.BEFORE
    if subject.is_plural:
        return SubjectPosition.SEVERAL
    if subject.is_named:
        return SubjectPosition.NAMED
    return SubjectPosition.AFTER if title.is_linked else SubjectPosition.BEFORE


def _position_after(subject: Subject, phrase: Phrase, group: RoleGroup) -> SubjectPosition:
    if group is RoleGroup.TRADE:
        return SubjectPosition.NAMED
    if subject.type is not SubjectType.P3_WORD or group not in _LEADERS:
        return SubjectPosition.BEFORE
    if group is RoleGroup.MANAGER:
        return SubjectPosition.PLURAL if subject.is_plural else SubjectPosition.BEFORE
    if subject.is_plural:
        return SubjectPosition.SEVERAL
    is_named = len(phrase.words) > 1 and subject.is_named
    return SubjectPosition.NAMED if is_named else SubjectPosition.BEFORE


def _planned_type(headed: HeadedTitle, subject: Subject) -> SubjectType:
    """Return the type of subject of a planner, where no project word says what is planned."""
    subject_type = subject.type
    plans = subject_type is SubjectType.PLANNING or headed.is_planner
    if headed.group in (RoleGroup.TRADE, RoleGroup.NONE, RoleGroup.LEARNER):
        return subject_type
    if any(t.tag == Tag.TOOL for t in headed.cell) and (plans or headed.names_function):
        return SubjectType.TOOL
    if not plans:
        return subject_type
    is_cost = subject.function == "cost"
    if any(t.tag in TRADE_TAGS and not (is_cost and t.tag == Tag.TRADE) for t in headed.cell):
        return SubjectType.PLANNING
    if any(t.meaning == "construction" for t in headed.cell):
        return SubjectType.PLANNING_BUILDING
    # Any part of the title may say what is planned, but only words next to "cost" say what costs.
    own = flatten([*headed.title.modifiers, *headed.title.complement])
    unread = [] if is_cost else _unread_parts(headed.title)
    words = own if is_cost else [token for token in headed.cell if token not in unread]
    is_said = any(map(_says_what_is_planned, words))
    return SubjectType.PLANNING if is_said else SubjectType.PLANNING_BARE


def _unread_parts(title: TitlePhrase) -> list[Token]:
    """Return the words after dashes and in brackets that may be places: "Planner - Zorba Park"."""
    parts = [phrase.words for phrase in title.apposed if phrase.opener in ("-", "(")]
    return flatten([words for words in parts if all(t.tag in _UNREAD for t in words)])


def _says_what_is_planned(token: Token) -> bool:
    if token.tag == Tag.FUNCTION and token.meaning in PLANNING_FUNCTIONS:
        return False
    return token.tag not in _NO_WEIGHT
