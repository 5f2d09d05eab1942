"""The parser, which finds the titles in the phrases of a cell.

A cell may hold several titles ("PMO Analyst / Project Co-ordinator"). Each becomes a
``TitlePhrase``: its role word, the words before it that qualify it, and what follows. What the
words mean for the ladder is not decided here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import ENGLISH, Tag
from pmo_classify.knowledge.roles import RoleGroup, known_roles, modifier_roles, phrase_ending_roles
from pmo_classify.reading.phrases import RANK_TAGS, Conjunct, Phrase, flatten, has_content
from pmo_classify.reading.traits import is_rank

__all__ = ["TitlePhrase", "parse"]


@dataclass(slots=True, eq=False)
class TitlePhrase:
    """One title of a cell: a role word, which is its head, with the words that qualify it."""

    role: Token | None
    """The head word; ``None`` where the cell names no role."""
    modifiers: list[Conjunct]
    """The words before the role, one list for each alternative: "project / programme"."""
    seniority: list[Token] = field(default_factory=list)
    complement: list[Conjunct] = field(default_factory=list)
    """What follows the role in its phrase: "head *of PMO*", "manager *project controls*"."""
    before: list[Phrase] = field(default_factory=list)
    """Phrases before the title that have no role of their own."""
    after: list[Phrase] = field(default_factory=list)
    """Phrases after the title that have no role of their own."""
    joined_by: str = ""
    """What joins it to the title before it: "", "/", "and", ",", "-", "(" or " "."""
    shares_modifiers: bool = False
    """Whether it takes the modifiers of the title before it: "PMO Lead / Manager"."""
    roles_beside: list[Token] = field(default_factory=list)
    """Role words right before the role: "Analyst" in "Programme Analyst Lead"."""
    has_two_roles: bool = False
    """Whether two role words are side by side, and either of them could be the role."""
    is_linked: bool = False
    """Whether the complement follows "of", "for" or "to"."""

    @property
    def is_bare(self) -> bool:
        """Whether no word before the role says what it is about."""
        return not any(map(has_content, self.modifiers))

    @property
    def apposed(self) -> list[Phrase]:
        """The phrases without a role around the title, the most closely related first."""
        if self.complement:
            return [Phrase.of(" ", self.complement), *self.after, *self.before]
        return self.after + self.before


class _RoleRun(NamedTuple):
    """Role words side by side, by their positions; the last is the role."""

    start: int
    end: int


_ROLE_TAGS: Final = frozenset({Tag.ROLE, Tag.TRADE})
_LEADERS: Final = (RoleGroup.MANAGER, RoleGroup.HEAD)
_P3_HEADS: Final = frozenset({Tag.P3, Tag.P3_NAME, Tag.OFFICE_NAME, Tag.TRADE})


def parse(phrases: Sequence[Phrase]) -> list[TitlePhrase]:
    """Return the titles of a cell, in order; a cell without a role word has one title.

    >>> from pmo_classify.reading.phrases import split_phrases
    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> tokens = default_tokenizer().tokenize("Lead PMO Analyst / Head of Projects")
    >>> [(title.role.meaning, len(title.modifiers)) for title in parse(split_phrases(tokens))]
    [('analyst', 1), ('head', 1)]

    Words such as "support" and "executive" are the role only at the end of their phrase, unless the
    cell has no other role word.
    """
    titles = _Parser(loosely=False).run(phrases)
    if all(title.role is None for title in titles):
        titles = _Parser(loosely=True).run(phrases)
    return titles


class _Parser:
    def __init__(self, *, loosely: bool) -> None:
        self._loosely = loosely
        self._titles: list[TitlePhrase] = []
        self._phrases_before: list[Phrase] = []
        self._conjuncts_before: list[Conjunct] = []
        self._current: TitlePhrase | None = None

    def run(self, phrases: Sequence[Phrase]) -> list[TitlePhrase]:
        for phrase in phrases:
            if self._titles and all(token.tag == Tag.SENIORITY for token in phrase.words):
                # "Payroll Clerk, Senior"
                self._titles[-1].seniority += phrase.words
            elif self._qualifies_a_bare_role(phrase):
                self._titles[-1].after.append(phrase)
            else:
                self._read_phrase(phrase)
        return self._titles or [TitlePhrase(None, [], before=self._phrases_before)]

    def _qualifies_a_bare_role(self, phrase: Phrase) -> bool:
        """Return whether a phrase is no title, like "support" in "officer, support, project"."""
        if not self._titles or phrase.opener != ",":
            return False
        last = self._titles[-1]
        roles = [_role_name(t) for t in phrase.words if t.tag in _ROLE_TAGS]
        if not roles or not last.is_bare or last.complement:
            return False
        if set(roles) == {"support"}:
            return True
        return len(phrase.words) == 1 and roles[0] in modifier_roles()

    def _read_phrase(self, phrase: Phrase) -> None:
        """Add the titles of a phrase, each with the words around its role."""
        self._conjuncts_before = []
        self._current = None
        for number, conjunct in enumerate(phrase.conjuncts):
            roles = self._find_roles(phrase, number)
            if roles and not self._continues_complement(conjunct, roles):
                self._read_titles(phrase, number, roles)
            elif self._current is None:
                self._conjuncts_before.append(conjunct)
            elif self._current.complement or self._current.is_bare:
                self._current.complement.append(conjunct)
            else:
                self._current.after.append(Phrase(phrase.joiners[number], [conjunct], [""]))
        if self._current is None and self._conjuncts_before:
            without_role = phrase._replace(conjuncts=self._conjuncts_before)
            (self._titles[-1].after if self._titles else self._phrases_before).append(without_role)

    def _continues_complement(self, conjunct: Conjunct, roles: list[_RoleRun]) -> bool:
        """Return whether a conjunct goes with "of", as in "Head of Projects & PMO Support"."""
        if self._current is None or not self._current.complement:
            return False
        return _role_name(conjunct[roles[0].end - 1]) in phrase_ending_roles()

    def _read_titles(self, phrase: Phrase, number: int, roles: list[_RoleRun]) -> None:
        conjunct = phrase.conjuncts[number]
        start = 0
        for index, run in enumerate(roles):
            is_first = self._current is None
            title = self._open(conjunct, start, run)
            if len(self._titles) > 1:
                between = " " if index else phrase.joiners[number]
                title.joined_by = (phrase.opener or "-") if is_first else between
            next_role = roles[index + 1].start if index + 1 < len(roles) else None
            if _takes_the_rest(title, conjunct, run.end, next_role):
                return
            start = run.end

    def _open(self, conjunct: Conjunct, start: int, run: _RoleRun) -> TitlePhrase:
        own = conjunct[start : run.start]
        if not has_content(own) and _are_unknown(flatten(self._conjuncts_before)):
            # "Founder & Co-ordinator of Projects": what is joined to a role does not qualify it.
            self._phrases_before.append(Phrase.of("", self._conjuncts_before))
            self._conjuncts_before = []
        modifiers = [*self._conjuncts_before, own]
        other_roles = conjunct[run.start : run.end - 1]
        words = flatten(modifiers)
        seniority = [t for t in words if t.tag == Tag.SENIORITY]
        seniority += [t for t in words + other_roles if is_rank(t)]
        modifiers = [[t for t in m if t.tag not in RANK_TAGS and not is_rank(t)] for m in modifiers]
        title = TitlePhrase(
            conjunct[run.end - 1], modifiers, seniority, before=self._phrases_before
        )
        self._phrases_before, self._conjuncts_before = [], []
        if other_roles:
            title.roles_beside = other_roles
            title.has_two_roles = any(_role_name(t) not in modifier_roles() for t in other_roles)
            modifiers[-1].extend(t for t in other_roles if _role_name(t) == "support")
        if self._titles:
            title.shares_modifiers = title.is_bare
        self._titles.append(title)
        self._current = title
        return title

    def _find_roles(self, phrase: Phrase, number: int) -> list[_RoleRun]:
        """Return the role words of a conjunct, without those that only qualify a later one."""
        conjunct = phrase.conjuncts[number]
        found = [
            i
            for i, token in enumerate(conjunct)
            if token.tag in _ROLE_TAGS and self._is_role(phrase, number, i)
        ]
        runs: list[_RoleRun] = []
        for i in (i for i in found if not _is_modifier(conjunct, i, found)):
            if not runs or runs[-1].end != i:
                runs.append(_RoleRun(i, i + 1))
            elif conjunct[i].tag == Tag.ROLE:
                runs[-1] = _RoleRun(runs[-1].start, i + 1)
        return runs

    def _is_role(self, phrase: Phrase, number: int, i: int) -> bool:
        conjunct = phrase.conjuncts[number]
        token, rest = conjunct[i], conjunct[i + 1 :]
        if token.tag == Tag.TRADE or not known_roles()[token.meaning].must_end_phrase:
            return True
        if token.meaning == "support" and rest and rest[0].tag == Tag.OFFICE:
            return False  # the office is a "Project Support Office"
        if self._loosely:
            return True
        if rest and rest[0].tag != Tag.LINK and any(t.tag not in RANK_TAGS for t in rest):
            return False
        return token.meaning != "support" or not _is_continued(phrase, number)


def _takes_the_rest(
    title: TitlePhrase, conjunct: Conjunct, end: int, next_role: int | None
) -> bool:
    """Add to a title the words after its role; return whether they reach the conjunct's end.

    "Head of ..." takes all that follows, and so does a leader without modifiers ("Manager Project
    Support Specialist"); otherwise the next role word starts a new title.
    """
    rest = conjunct[end:] if next_role is None else conjunct[end:next_role]
    while rest and rest[0].tag in RANK_TAGS:
        title.seniority.extend(t for t in rest[:1] if t.tag == Tag.SENIORITY)
        rest = rest[1:]
    title.is_linked = bool(rest) and rest[0].tag == Tag.LINK
    if title.is_bare and title.role is not None and _assists(title.role, conjunct[end:]):
        title.is_linked = True
    is_bare = title.is_bare
    # Built only if it may be needed, because each of many roles would copy it.
    whole = (
        [t for t in conjunct[end:] if t.tag != Tag.SENIORITY] if title.is_linked or is_bare else []
    )
    leads = is_bare and _is_leader(title) and has_content(whole)
    if title.is_linked or leads or (is_bare and next_role is None and has_content(rest)):
        title.shares_modifiers = False
        title.complement.append(whole)
        title.has_two_roles |= not title.is_linked and any(t.tag == Tag.ROLE for t in whole)
        return True
    if next_role is None and has_content(rest):
        title.after.append(Phrase.of(" ", [rest]))
    return False


def _role_name(token: Token) -> str:
    return token.meaning if token.tag == Tag.ROLE else ""


def _assists(role: Token, rest: Conjunct) -> bool:
    """Return whether an assistant is one to the manager named next: "Assistante chef de projet".

    In English, "Assistant Project Manager" is a rank of managers.
    """
    if _role_name(role) != "assistant" or not rest or rest[0].tag != Tag.P3:
        return False
    manages = any(known_roles()[_role_name(t)].group in _LEADERS for t in rest if _role_name(t))
    return manages and {role.language, rest[0].language} != {ENGLISH}


def _is_leader(title: TitlePhrase) -> bool:
    name = _role_name(title.role) if title.role is not None else ""
    return bool(name) and known_roles()[name].group in _LEADERS


def _is_modifier(conjunct: Conjunct, i: int, roles: list[int]) -> bool:
    """Return whether a role word only qualifies a later one, as in "Lead PMO Analyst"."""
    if _role_name(conjunct[i]) not in modifier_roles() or i == roles[-1]:
        return False
    if _assists(conjunct[i], conjunct[i + 1 :]):
        return False
    following = roles[bisect_right(roles, i)]
    return not any(t.tag == Tag.LINK for t in conjunct[i + 1 : following])


def _is_continued(phrase: Phrase, number: int) -> bool:
    """Return whether the next conjunct goes on: "Project Support and Controls Lead"."""
    if number + 1 >= len(phrase.conjuncts):
        return False
    following = phrase.conjuncts[number + 1]
    modifiers = [t for t in following if t.tag not in RANK_TAGS and t.tag != Tag.ROLE]
    has_role = any(t.tag == Tag.ROLE for t in following)
    return has_role and bool(modifiers) and not any(t.tag in _P3_HEADS for t in modifiers)


def _are_unknown(words: Conjunct) -> bool:
    """Return whether there are words, and no table has one of them."""
    return bool(words) and all(token.tag == Tag.UNKNOWN for token in words)
