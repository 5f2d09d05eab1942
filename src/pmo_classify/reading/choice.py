"""The choice of the title that counts, where a cell has several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import RoleGroup, known_roles
from pmo_classify.reading.doubts import is_bare_office, offices_for_choice
from pmo_classify.reading.interpreter import Interpretation, interpret
from pmo_classify.reading.parser import TitlePhrase
from pmo_classify.reading.phrases import Phrase
from pmo_classify.reading.subject_search import HeadedTitle
from pmo_classify.taxonomy import Scope, Track

__all__ = ["Choice", "choose", "interpret_all"]


class Choice(NamedTuple):
    """The title that counts, the others in the order of the cell, and the codes of the doubts."""

    chosen: Interpretation
    others: tuple[Interpretation, ...] = ()
    doubts: tuple[str, ...] = ()


_BESIDE: Final = ("/", "and")
_LEADERS: Final = (RoleGroup.HEAD, RoleGroup.MANAGER)


def interpret_all(titles: Sequence[TitlePhrase], cell: Sequence[Token]) -> list[Interpretation]:
    """Return what each title of a cell says.

    A second role that is no title of its own, as in "Project Manager - Specialist", is left out.
    """
    learner = _find_learner(cell)
    found: list[Interpretation] = []
    previous: TitlePhrase | None = None
    for title in titles:
        is_extra = title.shares_modifiers and title.joined_by not in _BESIDE
        if previous is None or not is_extra or not _is_only_a_role(title.role):
            if title.shares_modifiers and previous is not None:
                title.modifiers = previous.modifiers
            reading = interpret(title, cell, learner)
            found += [reading, *_other_halves(reading, cell, learner)]
        elif _is_of_another_rank(title.role, found):
            found[-1] = found[-1].with_doubts(["two-roles"])
        previous = title
    if any(token.tag == Tag.SENIORITY and token.meaning == "former" for token in cell):
        return [f if f.track is Track.OTHER else f.with_doubts(["former"]) for f in found]
    return found


def _other_halves(
    reading: Interpretation, cell: Sequence[Token], learner: Token | None
) -> Iterator[Interpretation]:
    """Yield what the offices say that are half of a title, as in "Project Manager / PMO"."""
    if reading.track is not Track.DELIVERY:
        return
    headed = HeadedTitle(reading.title, reading.role, reading.group, cell)
    for office in filter(is_bare_office, ([office] for office in offices_for_choice(headed))):
        half = TitlePhrase(None, [], before=[Phrase.of("", office)], joined_by="/")
        yield interpret(half, cell, learner)


def _find_learner(cell: Sequence[Token]) -> Token | None:
    """Return the word for a learner, but not for those whom a post is for: "for student homes"."""
    before: Token | None = None
    for token in cell:
        if token.tag == Tag.LEARNER and (before is None or before.tag != Tag.LINK):
            return token
        before = token
    return None


def _is_only_a_role(role: Token | None) -> bool:
    """Return whether a role alone is no title: the second in "Project Manager - Specialist"."""
    if role is None or role.tag != Tag.ROLE:
        return False
    return known_roles()[role.meaning].group is not RoleGroup.DELIVERY


def _is_of_another_rank(role: Token | None, found: Sequence[Interpretation]) -> bool:
    """Return whether a second role has another rank, as in "Project Co-ordinator - Manager"."""
    is_manager = role is not None and role.meaning == "manager"
    return is_manager and bool(found) and found[-1].group not in _LEADERS


def choose(found: Sequence[Interpretation]) -> Choice:
    """Return the title that counts: the first on the ladder, or else the first in delivery."""
    chosen, doubts = _choose(found)
    others = tuple(other for other in found if other is not chosen)
    return Choice(chosen, others, tuple(dict.fromkeys((*chosen.doubts, *doubts))))


def _choose(found: Sequence[Interpretation]) -> tuple[Interpretation, Sequence[str]]:
    first = found[0]
    on_ladder = next((f for f in found if f.track is Track.PMO), None)
    if on_ladder is not None:
        return on_ladder, _doubts_of_choice(found, on_ladder)
    delivery = next((f for f in found if f.track is Track.DELIVERY), None)
    if delivery is None:
        return first, [d for f in found[1:] for d in f.doubts if _is_of_the_cell(f, d)]
    if delivery is first:
        return first, _doubts_beside_delivery(first, found[1:])
    is_rank = first.group in _LEADERS and first.is_bare
    if delivery.title.joined_by in _BESIDE or is_rank:
        return delivery, []
    if delivery.scope == Scope.PROGRAMME and delivery.subject.is_named:
        # In "Safety Inspector (Aircrew Program Manager)" the programme is the inspector's own.
        return first, []
    return delivery, ["bracket"]


def _is_of_the_cell(reading: Interpretation, doubt: str) -> bool:
    """Return whether a doubt concerns the whole cell: "Tutor / Programme Services Officer"."""
    return reading.title.joined_by == "/" or doubt.startswith("bracket-")


def _doubts_beside_delivery(chosen: Interpretation, after: Sequence[Interpretation]) -> list[str]:
    others = [f for f in after if f.track is Track.OTHER and f.role is not None]
    # "Programme Manager (Area Manager)" may run an area, and the programme be the area's own.
    if chosen.scope == Scope.PROGRAMME and any(f.title.joined_by == "(" for f in others):
        return ["trade-in-brackets"]
    return ["two-roles"] if any(f.title.joined_by == " " for f in others) else []


def _is_trade(reading: Interpretation) -> bool:
    is_engineer = reading.role == "engineer"
    return is_engineer or (reading.title.role is not None and reading.title.role.tag == Tag.TRADE)


def _doubts_of_choice(found: Sequence[Interpretation], chosen: Interpretation) -> list[str]:
    at = next(i for i, f in enumerate(found) if f is chosen)
    before, after = found[:at], found[at + 1 :]
    if any(f.track is Track.DELIVERY for f in before):
        return ["delivery-too"]
    is_rank = chosen.group in _LEADERS and all(f.is_bare and f.group in _LEADERS for f in before)
    if before and chosen.title.joined_by not in _BESIDE and not is_rank:
        return ["bracket"]
    if any(f.track is Track.OTHER and f.title.joined_by == "(" and _is_trade(f) for f in after):
        return ["trade-in-brackets"]
    if any(f.level not in (None, chosen.level) and f.title.joined_by == "(" for f in after):
        return ["two-levels"]
    is_delivery_too = any(
        f.track is Track.DELIVERY
        and f.title.joined_by in (*_BESIDE, " ")
        and f.subject.type is chosen.subject.type
        and f.scope == chosen.scope
        for f in after
    )
    return ["delivery-too"] if is_delivery_too else []
