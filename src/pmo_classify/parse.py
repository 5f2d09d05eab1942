"""From tokens to titles: which word is the role, and what stands before and after it.

A cell may hold several titles ("PMO Analyst / Project Co-ordinator"). Each becomes a ``Heading``: its
role word, the words before it that qualify it, and what follows. What the words *mean* for the
ladder is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pmo_classify.taxonomy import DEMOTABLE_ROLES, ROLES
from pmo_classify.tokens import BREAK, SLASH, Token
from pmo_classify.vocabulary import Part

__all__ = ["Chunk", "Heading", "Piece", "parse"]

Piece = list[Token]
"""Words with no "and", slash or comma between them."""


class Chunk(NamedTuple):
    """Pieces joined by "and" or a slash, and the mark that opened them: "", ",", "-" or "("."""

    opener: str
    pieces: list[Piece]
    joiners: list[str]
    """What stands before each piece: "" for the first, then "and" or "/"."""


@dataclass(slots=True)
class Heading:
    """One title in the cell.

    ``own`` are the words before the role, as alternatives that share it ("project / programme"
    co-ordinator). ``complement`` follows the role within its phrase ("head *of PMO*", "manager
    *project controls*"). ``before`` and ``after`` are phrases without a role of their own.
    ``joined`` is how it is joined to the title before it: "", "/", "and", ",", "-", "(" or " ".
    """

    role: Token | None = None
    own: list[Piece] = field(default_factory=list)
    complement: list[Piece] = field(default_factory=list)
    before: list[Chunk] = field(default_factory=list)
    after: list[Chunk] = field(default_factory=list)
    seniority: list[Token] = field(default_factory=list)
    joined: str = ""
    shares_own: bool = False
    has_two_roles: bool = False
    """Another role word stands beside it, and which of them is the role is not plain."""
    linked: bool = False
    """The complement follows "of", "for" or "to"."""

    @property
    def stands_alone(self) -> bool:
        """The role has no words before it that say what it is about."""
        return not any(map(has_content, self.own))


_EMPTY: Final = frozenset({Part.SENIORITY, Part.LEARNER, Part.FILLER})
_SKIPPED: Final = frozenset({Part.NOISE, Part.PLACE, Part.FILLER})
_RANKS: Final = ("manager", "head")


def has_content(piece: Piece) -> bool:
    """Tell whether a piece holds more than rank and small words."""
    return any(t.kind not in _EMPTY and t.kind != Part.LINK for t in piece)


def parse(tokens: Iterable[Token]) -> list[Heading]:
    """Find the titles that a cell holds, in order; a cell without a role word gives one."""
    chunks = _chunks(tokens)
    headings = _Parser(weak_anywhere=False).run(chunks)
    if all(h.role is None for h in headings):
        headings = _Parser(weak_anywhere=True).run(chunks)
    return headings


def _chunks(tokens: Iterable[Token]) -> list[Chunk]:
    chunks: list[Chunk] = []
    opener = ""
    pieces: list[Piece] = [[]]
    joiners = [""]

    def close() -> None:
        kept = [(p, j) for p, j in zip(pieces, joiners, strict=True) if p]
        if kept:
            chunks.append(Chunk(opener, [p for p, _ in kept], ["", *(j for _, j in kept[1:])]))

    listed = list(tokens)
    for at, token in enumerate(listed):
        if token.kind == BREAK and _lists_p3_words(listed, at):
            pieces.append([])
            joiners.append("and")
        elif token.kind == BREAK:
            close()
            pieces, joiners = [[]], [""]
            opener = _opener(token.meaning)
        elif token.kind in (Part.JOIN, SLASH):
            pieces.append([])
            joiners.append("/" if token.kind == SLASH else "and")
        elif token.kind not in _SKIPPED:
            pieces[-1].append(token)
    close()
    return chunks


def _lists_p3_words(tokens: list[Token], at: int) -> bool:
    """Tell the comma of "Project, Programme and Portfolio Office", which joins."""
    if not 0 < at < len(tokens) - 1 or tokens[at].meaning != ",":
        return False
    return tokens[at - 1].kind == Part.P3 and tokens[at + 1].kind == Part.P3


def _opener(mark: str) -> str:
    if mark in "([{":
        return "("
    return "," if mark in ",;" else "-"


def _role_name(token: Token) -> str:
    return token.meaning if token.kind == Part.ROLE else ""


class _Parser:
    def __init__(self, *, weak_anywhere: bool) -> None:
        self._weak_anywhere = weak_anywhere
        self._headings: list[Heading] = []
        self._loose: list[Chunk] = []

    def run(self, chunks: list[Chunk]) -> list[Heading]:
        for number, chunk in enumerate(chunks):
            if self._qualifies_a_bare_role(chunk):
                self._headings[-1].after.append(chunk)
            else:
                self._read_chunk(chunk, is_first=number == 0)
        if not self._headings:
            return [Heading(before=self._loose)]
        return self._headings

    def _qualifies_a_bare_role(self, chunk: Chunk) -> bool:
        """Tell the "support" of "officer, support, project", which is no title of its own."""
        if not self._headings or chunk.opener != ",":
            return False
        last = self._headings[-1]
        roles = [t for p in chunk.pieces for t in p if t.kind in (Part.ROLE, Part.TRADE)]
        if not roles or not last.stands_alone or last.complement:
            return False
        if all(_role_name(t) == "support" for t in roles):
            return True
        return len(chunk.pieces) == 1 == len(chunk.pieces[0]) and _role_name(roles[0]) in DEMOTABLE_ROLES

    def _read_chunk(self, chunk: Chunk, *, is_first: bool) -> None:
        """Find the roles of one chunk, and give the pieces around them to the right role."""
        waiting: list[Piece] = []
        current: Heading | None = None
        first_in_chunk = True
        for number, piece in enumerate(chunk.pieces):
            joiner = chunk.joiners[number]
            roles = self._roles(chunk, number)
            if current is not None and current.complement and not _starts_title(piece, roles):
                roles = []
            if not roles:
                if current is not None and (current.complement or current.stands_alone):
                    current.complement.append(piece)
                elif current is not None:
                    current.after.append(Chunk(joiner, [piece], [""]))
                else:
                    waiting.append(piece)
                continue
            start = 0
            for index, (at, end) in enumerate(roles):
                if index and _absorbs(current, piece[start:at]):
                    break
                own = [*waiting, piece[start:at]]
                waiting = []
                current = self._open(piece[end - 1], own, piece[at : end - 1])
                if not first_in_chunk:
                    current.joined = " " if index else joiner
                else:
                    current.joined = chunk.opener or "-"
                if is_first and first_in_chunk:
                    current.joined = ""
                first_in_chunk = False
                stop = roles[index + 1][0] if index + 1 < len(roles) else len(piece)
                start = self._read_rest(current, piece, end, stop, last=index + 1 == len(roles))
                if start == len(piece):
                    break
        if current is None:
            self._keep_loose(Chunk(chunk.opener, waiting, ["", *chunk.joiners[1 : len(waiting)]]))

    def _open(self, role: Token, own: list[Piece], cluster: Piece) -> Heading:
        heading = Heading(role=role, own=[_plain(p) for p in own])
        heading.seniority = [t for p in own for t in p if t.kind == Part.SENIORITY]
        heading.seniority += [t for t in cluster if _role_name(t) in DEMOTABLE_ROLES]
        demoted = [t for p in own for t in p if _role_name(t) in DEMOTABLE_ROLES]
        heading.seniority += [t for t in demoted if t.meaning != "support"]
        heading.has_two_roles = any(_role_name(t) not in DEMOTABLE_ROLES for t in cluster)
        support = [t for t in cluster if _role_name(t) == "support"]
        heading.own[-1].extend(support)
        if not self._headings:
            heading.before = self._loose
            self._loose = []
        elif heading.stands_alone:
            heading.shares_own = True
        self._headings.append(heading)
        return heading

    def _read_rest(
        self, heading: Heading, piece: Piece, end: int, stop: int, *, last: bool
    ) -> int:
        """Give the words after a role to its complement; return where the next title starts."""
        rest = piece[end:] if last else piece[end:stop]
        while rest and rest[0].kind in _EMPTY:
            heading.seniority.extend(t for t in rest[:1] if t.kind == Part.SENIORITY)
            rest = rest[1:]
        linked = bool(rest) and rest[0].kind == Part.LINK
        heading.linked = linked
        whole = piece[end:]
        if linked or (heading.stands_alone and has_content(rest or whole) and _leads(heading)):
            heading.shares_own = False
            heading.complement.append([t for t in whole if t.kind != Part.SENIORITY])
            heading.has_two_roles |= any(t.kind == Part.ROLE for t in whole if not linked)
            return len(piece)
        if heading.stands_alone and last and has_content(rest):
            heading.shares_own = False
            heading.complement.append([t for t in rest if t.kind != Part.SENIORITY])
            return len(piece)
        if last and has_content(rest):
            heading.after.append(Chunk(" ", [rest], [""]))
        return end

    def _keep_loose(self, chunk: Chunk) -> None:
        if not chunk.pieces:
            return
        if self._headings:
            self._headings[-1].after.append(chunk)
        else:
            self._loose.append(chunk)

    def _roles(self, chunk: Chunk, number: int) -> list[tuple[int, int]]:
        """Find the role words of a piece, as (start, end) of each run of them."""
        piece = chunk.pieces[number]
        found = [i for i, t in enumerate(piece) if self._is_role(chunk, number, i)]
        kept = [i for i in found if not _is_demoted(piece, i, found)]
        runs: list[tuple[int, int]] = []
        for i in kept:
            if runs and runs[-1][1] == i and piece[i].kind == Part.ROLE:
                runs[-1] = (runs[-1][0], i + 1)
            elif runs and runs[-1][1] == i:
                continue
            else:
                runs.append((i, i + 1))
        return runs

    def _is_role(self, chunk: Chunk, number: int, i: int) -> bool:
        piece = chunk.pieces[number]
        token = piece[i]
        if token.kind == Part.TRADE:
            return True
        if token.kind != Part.ROLE or _is_support_office(piece, i):
            return False
        if not ROLES[token.meaning].weak or self._weak_anywhere:
            return True
        rest = piece[i + 1 :]
        if rest and rest[0].kind != Part.LINK and any(t.kind not in _EMPTY for t in rest):
            return False
        return token.meaning != "support" or not _continues(chunk, number)


def _is_support_office(piece: Piece, i: int) -> bool:
    """Tell the "support" of "Project Support Office", which is part of the office's name."""
    following = piece[i + 1] if i + 1 < len(piece) else None
    return piece[i].meaning == "support" and following is not None and following.kind == Part.OFFICE


def _plain(piece: Piece) -> Piece:
    """Leave out rank words, but keep "support", which says what the work is."""
    return [
        t
        for t in piece
        if t.kind not in _EMPTY and not (_role_name(t) in DEMOTABLE_ROLES and t.meaning != "support")
    ]


def _is_demoted(piece: Piece, i: int, roles: list[int]) -> bool:
    """Tell whether a role word only qualifies a later one: "Lead PMO Analyst"."""
    name = _role_name(piece[i])
    later = [j for j in roles if j > i]
    if name not in DEMOTABLE_ROLES or not later:
        return False
    return not any(t.kind == Part.LINK for t in piece[i + 1 : later[0]])


def _continues(chunk: Chunk, number: int) -> bool:
    """Tell the "support" of "Project Support and Controls Lead": the next piece needs its P3 word."""
    if number + 1 >= len(chunk.pieces):
        return False
    following = chunk.pieces[number + 1]
    roles = [t for t in following if t.kind == Part.ROLE]
    own = [t for t in following if t.kind not in (*_EMPTY, Part.ROLE)]
    p3 = (Part.P3, Part.P3_NAME, Part.OFFICE_NAME, Part.TRADE)
    return bool(roles) and bool(own) and not any(t.kind in p3 for t in own)


def _leads(heading: Heading) -> bool:
    """Tell a rank that takes the words after it: "Manager Project Support Specialist"."""
    return heading.role is not None and heading.role.kind == Part.ROLE and (
        ROLES[heading.role.meaning].group.value in _RANKS
    )


def _starts_title(piece: Piece, roles: list[tuple[int, int]]) -> bool:
    """Tell a new title from one more object of "Head of Portfolio & Programme Support"."""
    if not roles:
        return False
    return _role_name(piece[roles[0][1] - 1]) not in ("support", "associate", "partner", "member")


def _absorbs(heading: Heading | None, between: Piece) -> bool:
    return heading is not None and bool(heading.complement) and not has_content(between)
