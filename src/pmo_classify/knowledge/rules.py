"""The rules that decide the track of a title, which are the rows of ``data/rules.csv``.

The first cells of a row are its conditions, in the words of the module ``conditions``; an empty
cell allows anything. The other cells are the result: the track, whether a person should review the
title and which other reading that person may choose, the reason, and its source.

**If several rows apply to a title, the most specific one decides.** A row with a context beats one
without. Next, a row that names a role word ("planner") beats one that names a group of roles
("officers"), which beats one that names neither. Next, a row with a scope beats one without, and
last a row with a position. Two equally specific rows must not apply to the same title, so the order
of the rows makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from types import MappingProxyType
from typing import Final, NamedTuple

from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.conditions import (
    Context,
    MainScope,
    RuleInput,
    SubjectPosition,
    SubjectType,
)
from pmo_classify.knowledge.roles import known_roles
from pmo_classify.knowledge.tables import ANSWER, CheckedRow, check_keys, read_checked_rows
from pmo_classify.taxonomy import RoleGroup, Track

__all__ = [
    "OtherReading",
    "Rule",
    "all_inputs",
    "decide",
    "find_rule",
    "lint_rules",
    "read_other_reading",
    "rules",
]

FILE: Final = "rules.csv"
COLUMNS: Final = (
    "rule", "subject", "context", "role", "scope", "position", "track", "review",
    "other_track", "other_reading", "why", "source", "example", "answer",
)  # fmt: skip
TRACKS: Final[Mapping[str, Track]] = {str(track): track for track in Track}
_SUBJECTS: Final[Mapping[str, SubjectType]] = {subject.word: subject for subject in SubjectType}
_CONTEXTS: Final[Mapping[str, Context]] = {str(context): context for context in Context}
_SCOPES: Final[Mapping[str, MainScope]] = {str(scope): scope for scope in MainScope}
_POSITIONS: Final[Mapping[str, SubjectPosition]] = {str(place): place for place in SubjectPosition}
_SUPPORT_ROLES: Final = (
    RoleGroup.CLERK,
    RoleGroup.CO_ORDINATOR,
    RoleGroup.SUPPORT,
    RoleGroup.OFFICER,
)
"""The groups that the column ``role`` calls "support roles"."""


class OtherReading(NamedTuple):
    """Another possible reading of a title, and what would make it the right one."""

    track: Track
    why: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: its conditions, its result, the reason and the source.

    ``other`` is the other reading of titles that go to review, or ``None`` if the rule settles
    them.
    """

    code: str
    subjects: frozenset[SubjectType]
    contexts: frozenset[Context]
    groups: frozenset[RoleGroup]
    role_words: frozenset[str]
    scopes: frozenset[MainScope]
    positions: frozenset[SubjectPosition]
    track: Track
    other: OtherReading | None
    why: str
    source: str
    example: str
    answer: str

    @property
    def needs_review(self) -> bool:
        """Whether the track is only the best guess, so that a person should review the title."""
        return self.other is not None

    @property
    def specificity(self) -> tuple[bool, bool, bool, bool, bool]:
        """How specific the rule is; of two rules that apply, the greater value decides."""
        return (
            bool(self.contexts),
            bool(self.role_words),
            bool(self.groups),
            bool(self.scopes),
            bool(self.positions),
        )

    def holds(self, title: RuleInput) -> bool:
        """Return whether the rule applies to a title."""
        return (
            title.subject in self.subjects
            and (not self.contexts or title.context in self.contexts)
            and (not self.groups or title.group in self.groups)
            and (not self.role_words or title.role in self.role_words)
            and (not self.scopes or title.scope in self.scopes)
            and (not self.positions or title.position in self.positions)
        )

    def overlaps(self, other: Rule) -> bool:
        """Return whether both rules are equally specific and apply to some title."""
        return self.specificity == other.specificity and all(
            not mine or not mine.isdisjoint(theirs)
            for mine, theirs in (
                (self.subjects, other.subjects),
                (self.contexts, other.contexts),
                (self.groups, other.groups),
                (self.role_words, other.role_words),
                (self.scopes, other.scopes),
                (self.positions, other.positions),
            )
        )


@cache
def rules() -> Mapping[str, Rule]:
    """Return the rules of ``data/rules.csv`` by code; the table is read once.

    >>> rules()["office"].why
    'a project, programme or portfolio office is named'
    """
    rows = read_checked_rows(FILE, COLUMNS)
    found = [_rule(row) for row in rows]
    faults = [fault for row in rows for fault in row.faults]
    if faults:
        raise TableError(faults)
    return MappingProxyType({rule.code: rule for rule in found})


@cache
def find_rule(title: RuleInput) -> Rule:
    """Return the rule that decides a title; the checks of the table ensure that there is one."""
    (rule,) = decide(title, _rules_by_subject()[title.subject])
    return rule


def decide(title: RuleInput, among: Iterable[Rule]) -> list[Rule]:
    """Return the most specific of the rules that apply; of a table without faults that is one."""
    applying = [rule for rule in among if rule.holds(title)]
    most = max((rule.specificity for rule in applying), default=None)
    return [rule for rule in applying if rule.specificity == most]


@cache
def _rules_by_subject() -> Mapping[SubjectType, Sequence[Rule]]:
    return _by_subject(rules().values())


def _by_subject(table: Iterable[Rule]) -> dict[SubjectType, list[Rule]]:
    grouped: dict[SubjectType, list[Rule]] = defaultdict(list)
    for rule in table:
        for subject in rule.subjects:
            grouped[subject].append(rule)
    return grouped


def all_inputs() -> Iterator[RuleInput]:
    """Yield every combination of conditions that a title can meet.

    A role word is combined only with its own group.
    """
    roles_of_group = {
        group: ("", *(r.name for r in known_roles().values() if r.group is group))
        for group in RoleGroup
    }
    for subject, scope, group, context, position in product(
        SubjectType, MainScope, RoleGroup, Context, SubjectPosition
    ):
        for role in roles_of_group[group]:
            yield RuleInput(subject, scope, group, role, context, position)


def _rule(row: CheckedRow) -> Rule:
    row.text("subject")
    groups, role_words = _roles_of(row)
    row.text("track")
    return Rule(
        code=row.text("rule"),
        subjects=frozenset(row.words("subject", _SUBJECTS)),
        contexts=frozenset(row.words("context", _CONTEXTS)),
        groups=groups,
        role_words=role_words,
        scopes=frozenset(row.words("scope", _SCOPES)),
        positions=frozenset(row.words("position", _POSITIONS)),
        track=row.word("track", TRACKS) or Track.OTHER,
        other=_other_reading_of_rule(row),
        why=row.text("why"),
        source=row.text("source"),
        example=row.text("example"),
        answer=_answer(row),
    )


def _roles_of(row: CheckedRow) -> tuple[frozenset[RoleGroup], frozenset[str]]:
    """Return the groups and the role words of the cell ``role``, which must not name both."""
    known: dict[str, tuple[str, ...]] = {"support roles": _SUPPORT_ROLES}
    known |= {str(group): (group,) for group in RoleGroup}
    known |= {name: (name,) for name in known_roles()}
    named = {role for some in row.words("role", known) for role in some}
    groups = frozenset(role for role in named if isinstance(role, RoleGroup))
    if groups and groups != named:
        what = f"role {row.optional('role')!r} names both groups and role words"
        row.fault(what, "write two rows, because a role word is more specific than a group")
    return groups, frozenset(named - groups)


def _other_reading_of_rule(row: CheckedRow) -> OtherReading | None:
    """Return the other reading, which a row must have exactly if its titles go to review."""
    if row.flag("review"):
        if row.optional("other_track") == row.optional("track") != "":
            row.fault("other_track is the same as track", "write another track")
        return read_other_reading(row)
    if row.optional("other_track") or row.optional("other_reading"):
        row.fault("the row has another reading, but no review", "write yes in the column review")
    return None


def read_other_reading(row: CheckedRow) -> OtherReading:
    """Return the other reading of a row that must have one."""
    row.text("other_track")
    track = row.word("other_track", TRACKS) or Track.OTHER
    return OtherReading(track, row.text("other_reading"))


def _answer(row: CheckedRow) -> str:
    """Return the answer of the example, which must agree with the row."""
    answer = row.answer("answer")
    track, review = row.optional("track"), row.optional("review")
    if track not in TRACKS or review not in ("", "yes") or not ANSWER.fullmatch(answer):
        return answer
    if answer.rstrip("?").split()[0] != track or answer.endswith("?") != bool(review):
        what = f"answer {answer!r} does not agree with the row"
        row.fault(what, "start it with the track, and end it with ? if review is yes")
    return answer


def lint_rules(text: str | None = None) -> list[TableFault]:
    """Return every fault of ``data/rules.csv``, or of another ``text`` of it.

    Cells are checked first. If all of them are right, equally specific rows that apply to the same
    title, rows that decide no title, and titles that no row decides are faults too.
    """
    rows = read_checked_rows(FILE, COLUMNS, text)
    table = [_rule(row) for row in rows]
    check_keys(rows, "rule")
    if not any(row.faults for row in rows):
        _check_precedence(rows, table)
    return [fault for row in rows for fault in row.faults]


def _check_precedence(rows: Sequence[CheckedRow], table: Sequence[Rule]) -> None:
    row_of = {rule.code: row for row, rule in zip(rows, table, strict=True)}
    for first, second in combinations(table, 2):
        if first.overlaps(second):
            both = f"{second.code!r} and {first.code!r}"
            what = f"{both} apply to the same titles and are equally specific"
            row_of[second.code].fault(what, "make one of them more specific, or merge them")
    grouped = _by_subject(table)
    deciding: set[str] = set()
    undecided: dict[SubjectType, RuleInput] = {}
    for title in all_inputs():
        found = decide(title, grouped[title.subject])
        deciding.update(rule.code for rule in found)
        if not found:
            undecided.setdefault(title.subject, title)
    for code, row in row_of.items():
        if code not in deciding:
            fix = "delete the row, or narrow the rows that are more specific"
            row.fault(f"{code!r} decides no title", fix)
    for subject, title in undecided.items():
        what = f"no row decides {subject.word!r} with {title.group!s}, {title.scope!s} scope"
        rows[-1].fault(what, "add a row with an empty role, scope, context and position")
