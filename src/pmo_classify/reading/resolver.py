"""From the readings of a cell's titles to one answer: which title counts, and its level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pmo_classify.knowledge.conditions import SubjectType
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import RoleGroup
from pmo_classify.reading.interpreter import Reading, read_heading
from pmo_classify.reading.parser import Heading, parse
from pmo_classify.reading.shapes import Shape, Token, is_of_the_field, tokens_of
from pmo_classify.taxonomy import Scope, Track, level_rule

__all__ = ["Resolved", "resolve"]


class Resolved(NamedTuple):
    """The reading that counts, the others in the order of the cell, and what is in doubt."""

    reading: Reading
    others: tuple[Reading, ...]
    doubts: tuple[str, ...]
    several: bool
    rank: int = 0
    """Which of the title's words of seniority is that of the reading, where it has one."""
    is_first: bool = True
    """The reading that counts is that of the first title in the cell."""
    starts_title: bool = False
    """The cell starts with a title: what stood before it, as "senior", would be its rank alone."""


_BESIDE: Final = ("/", "and")
_RANKS: Final = (RoleGroup.HEAD, RoleGroup.MANAGER)


def resolve(shapes: tuple[Shape, ...]) -> Resolved:
    """Read every title of a cell, and choose the one that counts.

    Of several, the first on the ladder decides; else the first that runs projects or programmes.
    """
    tokens = tokens_of(shapes)
    headings = parse(tokens)
    readings = _read_all(headings, tokens)
    learner = next((t.meaning for t in tokens if t.tag == Tag.LEARNER), None)
    for reading in readings:
        _set_level(reading, learner)
    chosen, doubts = _choose(readings)
    others = tuple(r for r in readings if r is not chosen)
    return Resolved(
        chosen,
        others,
        tuple(dict.fromkeys((*chosen.doubts, *doubts))),
        bool(others),
        _rank(chosen, tokens),
        chosen is readings[0],
        headings[0].role is not None and not headings[0].before,
    )


def _rank(reading: Reading, tokens: Sequence[Token]) -> int:
    if reading.seniority is None:
        return 0
    ranks = [token for token in tokens if token.tag == Tag.SENIORITY]
    return next((at for at, token in enumerate(ranks) if token is reading.seniority), 0)


def _read_all(headings: list[Heading], tokens: Sequence[Token]) -> list[Reading]:
    if not any(map(is_of_the_field, tokens)):
        # Most titles have nothing of the field in them, and need no further look.
        rank = headings[0].seniority
        return [Reading(Track.OTHER, "nothing", seniority=rank[0] if rank else None)]
    readings: list[Reading] = []
    previous = None
    for heading in headings:
        bare_extra = heading.shares_own and heading.joined not in _BESIDE
        if not (bare_extra and previous is not None and _says_nothing(heading.role)):
            readings.append(read_heading(heading, tokens, previous))
        elif _is_of_another_rank(heading.role, readings):
            readings[-1].doubts.append("two-roles")
        previous = heading
    return readings or [read_heading(headings[0], tokens, None)]


def _says_nothing(role: Token | None) -> bool:
    """Tell the second half of "Project Manager - Specialist", which names no title."""
    return role is not None and role.tag == Tag.ROLE


def _is_of_another_rank(role: Token | None, readings: list[Reading]) -> bool:
    """Tell "Project Co-ordinator - Manager", who is either."""
    manages = role is not None and role.meaning == "manager"
    return manages and bool(readings) and readings[-1].group not in _RANKS


def _choose(readings: list[Reading]) -> tuple[Reading, list[str]]:
    first = readings[0]
    on_ladder = next((r for r in readings if r.track is Track.PMO), None)
    if on_ladder is not None:
        return on_ladder, _doubts_of_choice(readings, on_ladder)
    delivery = next((r for r in readings if r.track is Track.DELIVERY), None)
    if delivery is None or delivery is first:
        return first, [d for r in readings[1:] for d in r.doubts if d.startswith("bracket-")]
    if delivery.joined in _BESIDE:
        return delivery, ["trade-first"]
    if first.group in _RANKS and first.is_bare:
        return delivery, []
    if delivery.scope is Scope.PROGRAMME and delivery.is_named:
        # "Safety Inspector (Aircrew Program Manager)": the inspector's own programme.
        return first, []
    return delivery, ["bracket"]


def _doubts_of_choice(readings: list[Reading], chosen: Reading) -> list[str]:
    at = next(i for i, r in enumerate(readings) if r is chosen)
    before = readings[:at]
    if any(r.track is Track.DELIVERY for r in before):
        return ["delivery-too"]
    of_rank = chosen.group in _RANKS and all(r.is_bare and r.group in _RANKS for r in before)
    if before and chosen.joined not in _BESIDE and not of_rank:
        return ["bracket"]
    after = readings[at + 1 :]
    if any(
        r.track is Track.DELIVERY
        and r.joined in (*_BESIDE, " ")
        and r.topic is chosen.topic
        and r.scope == chosen.scope
        for r in after
    ):
        return ["delivery-too"]
    return []  # fmt: skip


def _set_level(reading: Reading, learner: str | None) -> None:
    if reading.track is not Track.PMO:
        return
    reading.learner = learner
    rule = level_rule(
        reading.group,
        reading.role,
        is_learner=learner is not None,
        in_support=reading.topic is SubjectType.SUPPORT,
        beyond_one_project=_is_wide(reading),
        of_enterprise_office=reading.office is not None and bool(reading.scope & Scope.ENTERPRISE),
    )
    reading.level_rule = rule.code
    reading.level = rule.level


def _is_wide(reading: Reading) -> bool:
    """Tell work for an office, for programmes or for portfolios from work for one project."""
    wide = Scope.PROGRAMME | Scope.PORTFOLIO | Scope.ENTERPRISE
    return reading.office is not None or reading.is_in_office or bool(reading.scope & wide)
