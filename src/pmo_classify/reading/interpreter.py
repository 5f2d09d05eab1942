"""The interpretation of one title: its track, level and scope, and its doubts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.conditions import Context, MainScope, RuleInput, SubjectType
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import PLANNING_FUNCTIONS, RoleGroup, known_roles
from pmo_classify.knowledge.rules import Rule, find_rule
from pmo_classify.reading.context import find_context
from pmo_classify.reading.doubts import find_doubts
from pmo_classify.reading.parser import TitlePhrase
from pmo_classify.reading.subject import OFFICE_TYPES, Subject, read_subject
from pmo_classify.reading.subject_search import HeadedTitle, find_subject
from pmo_classify.reading.traits import rank_named_by
from pmo_classify.taxonomy import Level, LevelRule, Scope, Track, level_rule

__all__ = ["Interpretation", "interpret"]


@dataclass(slots=True, eq=False)
class Interpretation:
    """What one title of a cell says, and how that was decided."""

    title: TitlePhrase
    rule: Rule
    subject: Subject
    subject_words: tuple[Token, ...]
    """The words that the subject was read from."""
    scope: Scope
    role: str | None
    group: RoleGroup
    context: Context
    function: str | None
    seniority: str | None
    learner: Token | None
    """The word for a learner, anywhere in the cell, which decides the level."""
    level_rule: LevelRule | None
    """The rule for the level; ``None`` off the ladder."""
    office_beside: Subject | None
    """An office in another phrase: "Project Co-ordinator, PMO"."""
    doubts: tuple[str, ...]
    """Codes of what the title leaves open."""

    @property
    def track(self) -> Track:
        """The track of the rule."""
        return self.rule.track

    @property
    def level(self) -> Level | None:
        """The level on the ladder; ``None`` off it."""
        return None if self.level_rule is None else self.level_rule.level

    @property
    def answer(self) -> tuple[Track, Level | None, Scope]:
        """Track, level and scope as they are in an answer."""
        return self.track, self.level, self.scope if self.track is Track.PMO else Scope.NONE

    @property
    def is_bare(self) -> bool:
        """Whether the title is only a rank, such as "Deputy Director"."""
        return self.title.is_bare and not self.title.complement

    def with_doubts(self, doubts: Iterable[str]) -> Interpretation:
        """Return a copy with more doubts."""
        added = tuple(doubts)
        return replace(self, doubts=(*self.doubts, *added)) if added else self


_ASSISTANTS: Final = ("assistant", "secretary", "personal assistant")
_SUPPORTERS: Final = frozenset(
    {
        RoleGroup.CLERK,
        RoleGroup.CO_ORDINATOR,
        RoleGroup.SUPPORT,
        RoleGroup.OFFICER,
        RoleGroup.SPECIALIST,
    }
)
_LED_SUPPORT: Final = (SubjectType.P3_WORD, SubjectType.FUNCTION)
_P3_SCOPES: Final = Scope.PROJECT | Scope.PROGRAMME | Scope.PORTFOLIO
_ENGINEERS_FUNCTIONS: Final = (*PLANNING_FUNCTIONS, "risk", "change control", "resource")
_ENGINEERS_TYPES: Final = (
    *OFFICE_TYPES,
    SubjectType.MANAGEMENT,
    SubjectType.TOOL,
    SubjectType.PLANNING,
    SubjectType.PLANNING_BARE,
    SubjectType.PLANNING_BUILDING,
)
_WIDE: Final = Scope.PROGRAMME | Scope.PORTFOLIO | Scope.ENTERPRISE
_SCOPED_BESIDE: Final = (
    SubjectType.OFFICE,
    SubjectType.TOOL,
    SubjectType.OWN_FUNCTION,
    SubjectType.FUNCTION,
)


def _rank(title: TitlePhrase, role: str | None) -> str | None:
    """Return the first rank of a title that is not part of its role, as in "chief officer"."""
    ranks = (
        rank_named_by(token.tag, token.meaning)
        for token in title.seniority
        if role != f"{token.meaning} officer"
    )
    return next(filter(None, ranks), None)


def interpret(title: TitlePhrase, cell: Sequence[Token], learner: Token | None) -> Interpretation:
    """Return what a title says; ``cell`` has all tokens, ``learner`` is the word for a learner."""
    role = _role(title)
    headed = HeadedTitle(title, role, _group(title, role, cell), cell)
    found = find_subject(headed)
    subject = found.subject
    if subject.type in _SCOPED_BESIDE and not subject.scope & _P3_SCOPES:
        subject = _with_scope_beside(subject, title)
        found = found._replace(subject=subject)
    is_led = _leads_support(title, headed.group) and subject.type in _LED_SUPPORT
    is_shared = subject.type is SubjectType.P3_WORD and _shares_support(title, headed.group)
    if is_led or is_shared:
        subject = subject._replace(type=SubjectType.SUPPORT)
        found = found._replace(subject=subject)
    office = None if subject.type in OFFICE_TYPES else _office_beside(title)
    # In "General Engineer (Project Controls)" the brackets decide, so the trade is not the role.
    group = RoleGroup.NONE if "bracket" in found.doubts else headed.group
    group = _group_of_engineer(group, subject)
    context = find_context(headed, found, is_office_near=office is not None)
    word = MainScope.of(subject.scope)
    # A role word in brackets, or one that counts as another trade, is not what the rules look for.
    is_own = role is not None and known_roles()[role].group is group
    named = role if role is not None and is_own else ""
    rule = find_rule(RuleInput(subject.type, word, group, named, context, found.position))
    scope = subject.scope
    if office is not None:
        scope |= office.scope & Scope.ENTERPRISE
    rule_of_level = None
    if rule.track is Track.PMO:
        has_office = subject.office is not None
        rule_of_level = level_rule(
            group,
            role,
            is_learner=learner is not None,
            in_support=subject.type is SubjectType.SUPPORT,
            beyond_one_project=has_office or office is not None or bool(scope & _WIDE),
            of_enterprise_office=has_office and bool(scope & Scope.ENTERPRISE),
        )
    result = Interpretation(
        title=title,
        rule=rule,
        subject=subject,
        subject_words=tuple(found.words),
        scope=scope,
        role=role,
        group=group,
        context=context,
        function=subject.function or (known_roles()[role].function if role is not None else None),
        # The "chief" of a chief officer is a part of the role, and no rank beside it.
        seniority=_rank(title, role),
        learner=learner if rule_of_level is not None else None,
        level_rule=rule_of_level,
        office_beside=office,
        doubts=(rule.code,) if rule.needs_review else (),
    )
    return result.with_doubts(find_doubts(result, headed, found.doubts))


def _leads_support(title: TitlePhrase, group: RoleGroup) -> bool:
    """Return whether a manager leads support roles, as in "Programme Analyst Lead"."""
    beside = [known_roles()[t.meaning].group for t in title.roles_beside if t.tag == Tag.ROLE]
    return group is RoleGroup.MANAGER and bool(beside) and set(beside) <= _SUPPORTERS


def _shares_support(title: TitlePhrase, group: RoleGroup) -> bool:
    """Return whether a project shares its support: "Project and Grants Support Officer"."""
    conjuncts = [words for words in title.modifiers if words]
    if group not in _SUPPORTERS or len(conjuncts) < 2 or len(conjuncts[-1]) < 2:  # noqa: PLR2004
        return False
    last = conjuncts[-1][-1]
    return last.tag == Tag.ROLE and last.meaning == "support"


def _assists_a_head(title: TitlePhrase, name: str) -> bool:
    """Return whether a title is that of a personal assistant: "PA to the Head of PMO"."""
    if name not in _ASSISTANTS:
        return False
    others = [*title.roles_beside, *(t for c in title.complement for t in c if title.is_linked)]
    return any(
        t.tag == Tag.ROLE and known_roles()[t.meaning].group is RoleGroup.HEAD for t in others
    )


def _role(title: TitlePhrase) -> str | None:
    token = title.role
    if token is None or token.tag != Tag.ROLE:
        return None
    if token.meaning == "officer" and any(t.meaning == "chief" for t in title.seniority):
        return "chief officer"
    return "personal assistant" if _assists_a_head(title, token.meaning) else token.meaning


def _group(title: TitlePhrase, role: str | None, cell: Sequence[Token]) -> RoleGroup:
    if role is not None:
        return known_roles()[role].group
    if title.role is not None:
        return RoleGroup.TRADE
    return RoleGroup.LEARNER if _names_a_learner(cell) else RoleGroup.NONE


def _names_a_learner(cell: Sequence[Token]) -> bool:
    """Return whether a cell names a learner; a "trainee programme" does not count."""
    following = [
        after for token, after in zip(cell, [*cell[1:], None], strict=True)
        if token.tag == Tag.LEARNER
    ]  # fmt: skip
    return bool(following) and not any(
        token is not None and token.meaning.startswith("programme") for token in following
    )


def _group_of_engineer(group: RoleGroup, subject: Subject) -> RoleGroup:
    """Return the group of a role; most engineers are a trade, but not those of project controls."""
    if group is not RoleGroup.ENGINEER:
        return group
    if subject.type is SubjectType.PLANNING_BARE and subject.function == "controls":
        # Without a project word, the controls are those of machines.
        return RoleGroup.TRADE
    if subject.type in _ENGINEERS_TYPES:
        return group
    is_ours = subject.type is SubjectType.FUNCTION and subject.function in _ENGINEERS_FUNCTIONS
    return group if is_ours else RoleGroup.TRADE


def _with_scope_beside(subject: Subject, title: TitlePhrase) -> Subject:
    scope = subject.scope | _scope_beside(title)
    if subject.type is SubjectType.OWN_FUNCTION and scope & _P3_SCOPES:
        # Beside a project word it is clear that the function is one of project work.
        return subject._replace(type=SubjectType.FUNCTION, scope=scope)
    return subject._replace(scope=scope)


def _scope_beside(title: TitlePhrase) -> Scope:
    """Return the scope that other phrases add to a PMO: "PMO Manager - Data Centre Projects"."""
    scope = Scope.NONE
    for phrase in title.apposed:
        scope |= read_subject(phrase.conjuncts).scope
    return scope


def _office_beside(title: TitlePhrase) -> Subject | None:
    """Return the office beside a title with a project word of its own: "Project Analyst, PMO"."""
    subjects = (read_subject(phrase.conjuncts) for phrase in title.apposed)
    return next(
        (s for s in subjects if s.type in (SubjectType.OFFICE, SubjectType.OFFICE_P3)), None
    )
