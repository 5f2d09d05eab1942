"""From phrases to titles: which word is the role, and what stands before and after it.

A cell may hold several titles ("PMO Analyst / Project Co-ordinator"). Each becomes a ``Heading``:
its role word, the words before it that qualify it, and what follows. What the words *mean* for the
ladder is not decided here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import RoleGroup, known_roles, modifier_roles, phrase_ending_roles
from pmo_classify.reading.phrases import (
    RANK_WORDS,
    Chunk,
    Piece,
    flatten,
    has_content,
    split_chunks,
)
from pmo_classify.reading.shapes import Token, is_rank

__all__ = ["Heading", "parse"]


class Heading:
    """One title in the cell.

    ``own`` are the words before the role, as alternatives that share it ("project / programme"
    co-ordinator). ``complement`` follows the role within its phrase ("head *of PMO*", "manager
    *project controls*"). ``before`` and ``after`` are phrases without a role of their own.
    ``joined`` is how it is joined to the title before it: "", "/", "and", ",", "-", "(" or " ".
    It ``shares_own`` where it has no words of its own and takes those of the title before: "PMO
    Lead / Manager". It ``has_two_roles`` where another role word stands beside it, and which of
    them is the role is not plain. It ``is_linked`` where the complement follows "of", "for" or
    "to".
    """

    __slots__ = (
        "after",
        "before",
        "complement",
        "has_two_roles",
        "is_linked",
        "joined",
        "own",
        "role",
        "seniority",
        "shares_own",
    )

    def __init__(
        self,
        role: Token | None,
        own: list[Piece],
        seniority: list[Token],
        before: list[Chunk],
    ) -> None:
        self.role = role
        self.own = own
        self.seniority = seniority
        self.before = before
        self.complement: list[Piece] = []
        self.after: list[Chunk] = []
        self.joined = ""
        self.shares_own = False
        self.has_two_roles = False
        self.is_linked = False

    @property
    def stands_alone(self) -> bool:
        """The role has no words before it that say what it is about."""
        # A loop, since this is asked most often.
        for piece in self.own:  # noqa: SIM110
            if has_content(piece):
                return False
        return True

    @property
    def beside(self) -> list[Chunk]:
        """The phrases without a role around the title, nearest kind first."""
        if self.complement:
            return [Chunk.of(" ", self.complement), *self.after, *self.before]
        return self.after + self.before


class _Run(NamedTuple):
    """Role words that stand side by side: the last is the role."""

    start: int
    end: int


_ROLES: Final = frozenset({Tag.ROLE, Tag.TRADE})
_LEADERS: Final = (RoleGroup.MANAGER, RoleGroup.HEAD)
_P3_HEADS: Final = frozenset({Tag.P3, Tag.P3_NAME, Tag.OFFICE_NAME, Tag.TRADE})


def parse(tokens: Sequence[Token]) -> list[Heading]:
    """Find the titles that a cell holds, in order; a cell without a role word gives one.

    Weak role words ("support", "executive") count where they end their phrase; where a cell has no
    other, anywhere.
    """
    chunks = split_chunks(tokens)
    headings = _Parser(weak_anywhere=False).run(chunks)
    if all(h.role is None for h in headings):
        headings = _Parser(weak_anywhere=True).run(chunks)
    return headings


class _Parser:
    def __init__(self, *, weak_anywhere: bool) -> None:
        self._weak_anywhere = weak_anywhere
        self._headings: list[Heading] = []
        self._loose: list[Chunk] = []
        self._waiting: list[Piece] = []
        self._current: Heading | None = None

    def run(self, chunks: list[Chunk]) -> list[Heading]:
        for chunk in chunks:
            if self._qualifies_a_bare_role(chunk):
                self._headings[-1].after.append(chunk)
            else:
                self._read_chunk(chunk)
        return self._headings or [Heading(None, [], [], self._loose)]

    def _qualifies_a_bare_role(self, chunk: Chunk) -> bool:
        """Tell the "support" of "officer, support, project", which is no title of its own."""
        if not self._headings or chunk.opener != ",":
            return False
        last = self._headings[-1]
        roles = [_name(t) for t in chunk.words if t.tag in (Tag.ROLE, Tag.TRADE)]
        if not roles or not last.stands_alone or last.complement:
            return False
        if set(roles) == {"support"}:
            return True
        return len(chunk.words) == 1 and roles[0] in modifier_roles()

    def _read_chunk(self, chunk: Chunk) -> None:
        """Find the roles of one chunk, and give the pieces around them to the right role."""
        self._waiting = []
        self._current = None
        for number, piece in enumerate(chunk.pieces):
            roles = self._roles(chunk, number)
            if self._is_one_more_object(piece, roles):
                roles = []
            if roles:
                self._read_titles(chunk, number, roles)
            elif self._current is None:
                self._waiting.append(piece)
            elif self._current.complement or self._current.stands_alone:
                self._current.complement.append(piece)
            else:
                self._current.after.append(Chunk(chunk.joiners[number], [piece], [""]))
        if self._current is None and self._waiting:
            loose = chunk._replace(pieces=self._waiting)
            (self._headings[-1].after if self._headings else self._loose).append(loose)

    def _is_one_more_object(self, piece: Piece, roles: list[_Run]) -> bool:
        """Tell the last words of "Head of Portfolio & Programme Support" from a new title."""
        if self._current is None or not self._current.complement or not roles:
            return False
        return _name(piece[roles[0].end - 1]) in phrase_ending_roles()

    def _read_titles(self, chunk: Chunk, number: int, roles: list[_Run]) -> None:
        piece = chunk.pieces[number]
        start = 0
        for index, run in enumerate(roles):
            is_first = self._current is None
            heading = self._open(piece, start, run)
            if len(self._headings) > 1:
                between = " " if index else chunk.joiners[number]
                heading.joined = (chunk.opener or "-") if is_first else between
            following = roles[index + 1].start if index + 1 < len(roles) else None
            if _takes_the_rest(heading, piece, run.end, following):
                return
            start = run.end

    def _open(self, piece: Piece, start: int, run: _Run) -> Heading:
        own = [*self._waiting, piece[start : run.start]]
        cluster = piece[run.start : run.end - 1]
        self._waiting = []
        words = flatten(own)
        seniority = [t for t in words if t.tag == Tag.SENIORITY]
        seniority += [t for t in (words + cluster if cluster else words) if is_rank(t)]
        if seniority or not RANK_WORDS.isdisjoint([t.tag for t in words]):
            own = [[t for t in p if t.tag not in RANK_WORDS and not is_rank(t)] for p in own]
        before, self._loose = self._loose, []
        heading = Heading(piece[run.end - 1], own, seniority, before)
        if cluster:
            heading.has_two_roles = any(_name(t) not in modifier_roles() for t in cluster)
            own[-1].extend(t for t in cluster if _name(t) == "support")
        if self._headings:
            heading.shares_own = heading.stands_alone
        self._headings.append(heading)
        self._current = heading
        return heading

    def _roles(self, chunk: Chunk, number: int) -> list[_Run]:
        """Find the role words of a piece; those that only qualify a later one are left out."""
        piece = chunk.pieces[number]
        found = [
            i
            for i, t in enumerate(piece)
            if t.tag in _ROLES
            and (t.meaning not in phrase_ending_roles() or self._is_role(chunk, number, i))
        ]
        if not found:
            return []
        runs: list[_Run] = []
        for i in (i for i in found if not _is_demoted(piece, i, found)):
            if not runs or runs[-1].end != i:
                runs.append(_Run(i, i + 1))
            elif piece[i].tag == Tag.ROLE:
                runs[-1] = _Run(runs[-1].start, i + 1)
        return runs

    def _is_role(self, chunk: Chunk, number: int, i: int) -> bool:
        piece = chunk.pieces[number]
        token, rest = piece[i], piece[i + 1 :]
        if token.tag == Tag.TRADE:
            return True  # "Business Partner"
        if token.meaning == "support" and rest and rest[0].tag == Tag.OFFICE:
            return False  # the office is a "Project Support Office"
        if self._weak_anywhere:
            return True
        if rest and rest[0].tag != Tag.LINK and any(t.tag not in RANK_WORDS for t in rest):
            return False
        return token.meaning != "support" or not _is_continued(chunk, number)


def _takes_the_rest(heading: Heading, piece: Piece, end: int, following: int | None) -> bool:
    """Give a role the words after it; tell whether they reach to the end of the piece.

    "Head of ..." takes all that follows, and so does a leader without words of its own ("Manager
    Project Support Specialist"); otherwise the next role word starts a new title.
    """
    rest = piece[end:] if following is None else piece[end:following]
    while rest and rest[0].tag in RANK_WORDS:
        heading.seniority.extend(t for t in rest[:1] if t.tag == Tag.SENIORITY)
        rest = rest[1:]
    heading.is_linked = bool(rest) and rest[0].tag == Tag.LINK
    stands_alone = heading.stands_alone
    # Looked at only where it may be taken: each of many roles would look at all that follow.
    takes = heading.is_linked or stands_alone
    whole = [t for t in piece[end:] if t.tag != Tag.SENIORITY] if takes else []
    leads = stands_alone and _is_leader(heading) and has_content(whole)
    if heading.is_linked or leads or (stands_alone and following is None and has_content(rest)):
        heading.shares_own = False
        heading.complement.append(whole)
        heading.has_two_roles |= not heading.is_linked and any(t.tag == Tag.ROLE for t in whole)
        return True
    if following is None and has_content(rest):
        heading.after.append(Chunk.of(" ", [rest]))
    return False


def _name(token: Token) -> str:
    return token.meaning if token.tag == Tag.ROLE else ""


def _is_leader(heading: Heading) -> bool:
    name = _name(heading.role) if heading.role is not None else ""
    return bool(name) and known_roles()[name].group in _LEADERS


def _is_demoted(piece: Piece, i: int, roles: list[int]) -> bool:
    """Tell whether a role word only qualifies a later one: "Lead PMO Analyst"."""
    if _name(piece[i]) not in modifier_roles() or i == roles[-1]:
        return False
    following = roles[bisect_right(roles, i)]
    return not any(t.tag == Tag.LINK for t in piece[i + 1 : following])


def _is_continued(chunk: Chunk, number: int) -> bool:
    """Tell the "support" of "Project Support and Controls Lead", whose role comes later."""
    if number + 1 >= len(chunk.pieces):
        return False
    following = chunk.pieces[number + 1]
    own = [t for t in following if t.tag not in RANK_WORDS and t.tag != Tag.ROLE]
    has_role = any(t.tag == Tag.ROLE for t in following)
    return has_role and bool(own) and not any(t.tag in _P3_HEADS for t in own)
