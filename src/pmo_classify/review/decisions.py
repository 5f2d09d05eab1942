"""Decisions as a person chooses or types them: "Level 4, project", "not on the ladder: ...".

Each title has a drop-down with our reading, the other readings, and what else could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pmo_classify.classification import Classification
from pmo_classify.knowledge.rules import rules
from pmo_classify.taxonomy import LEVEL_RULES, Level, Scope, Track
from pmo_classify.wording import names_no_scope

__all__ = ["MOST_CHOICES", "Decision", "choices", "parse_decision", "reading_text"]

MOST_CHOICES: Final = 6
"""Every drop-down has as many choices: one for each level, delivery and other work, or more
readings instead of the levels that are farthest from them."""

_OFF: Final = "not on the ladder"
_DELIVERY: Final = f"{_OFF}: runs projects or programmes"
_OTHER: Final = f"{_OFF}: other work"
_NO_SCOPE: Final = "no scope"
_LEVEL: Final = re.compile(
    r"(?:level|pmo)?\s*([1-4])(?:\.0)?(?:\s*[,;]\s*|\s+|(?=:)|$)([^:]*?)\s*(?::.*)?", re.DOTALL
)
_OTHER_START: Final = re.compile(r"(?:not on the ladder\s*[:,]\s*)?other\b.*", re.DOTALL)
_DELIVERY_START: Final = re.compile(
    r"(?:not on the ladder\s*[:,]\s*)?(?:delivery\b|runs\b).*", re.DOTALL
)


class Decision(NamedTuple):
    """A decision as the cells of a table of titles, which may be wrong."""

    track: str
    level: str = ""
    scope: str = ""


class _Reading(NamedTuple):
    track: Track
    level: Level | None
    scope: Scope


def reading_text(track: Track, level: Level | None, scope: Scope, why: str = "") -> str:
    """Return a reading spelt out, as it is written in a drop-down.

    >>> reading_text(Track.PMO, Level.DIRECTING, Scope.PROJECT, "heads or directs")
    'Level 4, project: heads or directs'
    >>> reading_text(Track.OTHER, None, Scope.NONE, "another trade")
    'not on the ladder: other work (another trade)'
    """
    if level is not None:
        return f"Level {int(level)}, {str(scope) or _NO_SCOPE}" + (f": {why}" if why else "")
    if track is Track.DELIVERY:
        return _DELIVERY
    return f"{_OTHER} ({why})" if why else _OTHER


def choices(answer: Classification) -> list[str]:
    """Return the choices for a title: our reading first, then the other readings and the rest.

    >>> from pmo_classify import classify
    >>> for choice in choices(classify("Planner")):
    ...     print(choice)
    not on the ladder: other work
    Level 2, no scope: plans projects
    Level 1, no scope
    Level 3, no scope
    Level 4, no scope
    not on the ladder: runs projects or programmes
    """
    texts = {_Reading(answer.track, answer.level, answer.scope): _our_text(answer)}
    for other in answer.alternatives:
        reading = _Reading(other.track, other.level, other.scope)
        texts.setdefault(reading, reading_text(*reading, other.why))
    readings = list(texts)[: MOST_CHOICES - 2]
    rest = _rest(readings)
    return [*(texts[reading] for reading in readings), *(reading_text(*each) for each in rest)]


def _rest(readings: list[_Reading]) -> list[_Reading]:
    """Return what else a title could be, to fill the choices: the nearest levels first."""
    on_ladder = [reading for reading in readings if reading.level is not None]
    known = {(reading.track, reading.level) for reading in readings}
    scope = on_ladder[0].scope if on_ladder else Scope.NONE
    off = [
        _Reading(track, None, Scope.NONE)
        for track in (Track.DELIVERY, Track.OTHER)
        if (track, None) not in known
    ]
    levels = [level for level in Level if (Track.PMO, level) not in known]
    room = MOST_CHOICES - len(readings) - len(off)
    center = on_ladder[0].level if on_ladder else Level.SUPPORTING
    nearest = sorted(levels, key=lambda level: abs(level - (center or level)))[:room]
    return [*(_Reading(Track.PMO, level, scope) for level in sorted(nearest)), *off]


def _our_text(answer: Classification) -> str:
    why = next(_whys(answer), "") if answer.level is not None else ""
    return reading_text(answer.track, answer.level, answer.scope, why)


def _whys(answer: Classification) -> Iterator[str]:
    """Return what the level follows from, then what the title says of the work."""
    for code in answer.reasons:
        kind, _, rest = code.partition(":")
        if kind == "level":
            yield LEVEL_RULES[rest].why
    for code in answer.reasons:
        if code in rules():
            yield rules()[code].why


def parse_decision(text: str) -> Decision | None:
    """Return what a cell with a decision says; None if it says nothing that could be read.

    >>> parse_decision("Level 4, project: heads or directs")
    Decision(track='pmo', level='4', scope='project')
    >>> parse_decision("3 programme + portfolio")
    Decision(track='pmo', level='3', scope='programme + portfolio')
    >>> parse_decision("not on the ladder: runs projects or programmes"), parse_decision("boss")
    (Decision(track='delivery', level='', scope=''), None)

    The words after a colon or in brackets are a reason, and are not read.
    """
    folded = " ".join(text.split()).casefold()
    if _DELIVERY_START.fullmatch(folded):
        return Decision("delivery")
    if _OTHER_START.fullmatch(folded):
        return Decision("other")
    found = _LEVEL.fullmatch(folded)
    if found is None:
        return None
    scope = found[2].replace(" and ", "+").strip()
    return Decision("pmo", found[1], "" if scope == _NO_SCOPE or names_no_scope(scope) else scope)
