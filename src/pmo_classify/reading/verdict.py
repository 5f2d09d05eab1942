"""The verdict on a title that was read, or that is listed: answer, confidence, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pmo_classify import thresholds
from pmo_classify.classification import Alternative, Verdict
from pmo_classify.knowledge.doubts import other_reading
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.listed_titles import ListedTitle
from pmo_classify.knowledge.roles import RoleGroup
from pmo_classify.knowledge.rules import rules
from pmo_classify.reading.gist import Notes
from pmo_classify.reading.interpreter import Reading
from pmo_classify.reading.resolver import Resolved
from pmo_classify.reading.standard_title import standard_title
from pmo_classify.taxonomy import Level, Method, Scope, Track

__all__ = ["NO_TITLE", "listed_verdict", "read_verdict", "with_rank"]

NO_TITLE: Final = Verdict(Track.OTHER, reasons=("empty",))
"""The verdict on a missing or blank title."""


def read_verdict(read: Resolved, notes: Notes, review_below: float) -> Verdict:
    """Judge a title by its reading, all but the rank, which ``with_rank`` adds."""
    reading = read.reading
    on_ladder = reading.track is Track.PMO
    _, level, scope = _answer_of(reading)
    confidence = _confidence(read, repaired=bool(notes.repairs))
    reasons = [*_rule_reasons(reading), *_doubt_reasons(read.doubts), *notes.repairs]
    if read.several:
        reasons.append("several-titles")
    if not read.doubts and confidence < review_below:
        reasons.append("low-confidence")
    nothing = reading.rule == "nothing" and not read.doubts
    method = Method.FUZZY if notes.repairs else Method.NONE if nothing else Method.PATTERN
    return Verdict(
        track=reading.track,
        level=level,
        scope=scope,
        standard_title=_standard(reading),
        function=reading.function if on_ladder else None,
        method=method,
        confidence=confidence,
        needs_review=bool(read.doubts) or confidence < review_below,
        reasons=_distinct([*reasons, *notes.text]),
        alternatives=_alternatives(read, reading.track, level, scope),
    )


def with_rank(verdict: Verdict, read: Resolved, ranks: Sequence[str], *, led: bool) -> Verdict:
    """Add the rank that a reading found; one that was read without it is ``led`` by the first."""
    token = read.reading.seniority
    if led and read.is_first:
        return verdict._replace(seniority=ranks[0])
    if token is None:
        return verdict
    is_word = token.tag == Tag.SENIORITY
    return verdict._replace(seniority=ranks[read.rank + led] if is_word else token.meaning)


def listed_verdict(
    read: Resolved, notes: Notes, found: ListedTitle, review_below: float, *, is_own: bool
) -> Verdict:
    """Judge a title that stands in a table; its reading gives the details, but not the rank."""
    reading = read.reading
    agrees = (reading.track, reading.level) == (found.track, found.level) and (
        found.track is not Track.PMO or reading.scope == found.scope
    )
    repaired = bool(notes.repairs)
    confidence = thresholds.CONFIDENCE_REPAIRED if repaired else thresholds.CONFIDENCE_EXACT
    if found.ambiguous:
        confidence = thresholds.CONFIDENCE_UNSETTLED_EXACT
    reasons = ["user-title" if is_own else "listed"]
    if found.source:
        reasons.append(f"source:{found.source}")
    if agrees:
        reasons += _rule_reasons(reading)
    if found.ambiguous:
        reasons += _doubt_reasons(read.doubts or ("listed",))
    elif confidence < review_below:
        reasons.append("low-confidence")
    on_ladder = found.track is Track.PMO
    return Verdict(
        track=found.track,
        level=found.level,
        scope=found.scope,
        standard_title=(_standard(reading) if agrees else found.title) if on_ladder else None,
        function=reading.function if on_ladder else None,
        method=Method.FUZZY if notes.repairs else Method.EXACT,
        confidence=confidence,
        needs_review=found.ambiguous or confidence < review_below,
        reasons=_distinct([*reasons, *notes.repairs, *notes.text]),
        alternatives=_alternatives(read, found.track, found.level, found.scope),
    )


def _confidence(read: Resolved, *, repaired: bool) -> float:
    if read.doubts:
        return thresholds.CONFIDENCE_UNSETTLED
    if repaired:
        return thresholds.CONFIDENCE_REPAIRED
    if read.reading.rule == "nothing":
        return thresholds.CONFIDENCE_NOTHING_OF_THE_FIELD
    return thresholds.CONFIDENCE_SEVERAL_TITLES if read.several else thresholds.CONFIDENCE_READ


def _rule_reasons(reading: Reading) -> list[str]:
    reasons = [reading.rule]
    if reading.track is Track.PMO:
        if reading.role is not None:
            reasons.append(f"role:{reading.role}")
        reasons.append(f"level:{reading.level_rule}")
    return reasons


def _doubt_reasons(doubts: Sequence[str]) -> list[str]:
    return [f"unsettled:{doubt}" for doubt in doubts]


def _distinct(reasons: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reasons))


def _standard(reading: Reading) -> str | None:
    if reading.track is not Track.PMO:
        return None
    return standard_title(
        topic=reading.topic,
        scope=reading.scope,
        role=reading.role,
        office=reading.office,
        function=reading.function,
        learner=reading.learner,
    )


_LEVELS: Final[dict[int | None, Level | None]] = {None: None, **{int(e): e for e in Level}}


def _alternatives(
    read: Resolved, track: Track, level: Level | None, scope: Scope
) -> tuple[Alternative, ...]:
    """Give the readings of the title that differ from the answer, best first."""
    if not (read.others or read.doubts) and _answer_of(read.reading) == (track, level, scope):
        return ()
    answer = (track, level, scope)
    readings = [(r, _answer_of(r)) for r in (read.reading, *read.others)]
    found = [
        Alternative(*other, rules()[reading.rule].why)
        for reading, other in readings
        if other != answer
    ]
    for doubt in read.doubts:
        opened = other_reading(doubt)
        if opened.track is Track.PMO:
            own = read.reading
            found.append(Alternative(opened.track, _other_level(own), own.scope, opened.why))
        else:
            found.append(Alternative(opened.track, None, Scope.NONE, opened.why))
    differing = [a for a in found if a[:3] != answer]
    return tuple({a[:3]: a for a in reversed(differing)}.values())[::-1]


def _answer_of(reading: Reading) -> tuple[Track, Level | None, Scope]:
    scope = reading.scope if reading.track is Track.PMO else Scope.NONE
    return reading.track, _LEVELS[reading.level], scope


def _other_level(reading: Reading) -> Level:
    """The level that a title would have in the reading it was not given."""
    if reading.level is not None:
        return Level(max(reading.level - 1, Level.NEW))
    levels = {
        RoleGroup.CLERK: Level.NEW,
        RoleGroup.MANAGER: Level.LEADING,
        RoleGroup.HEAD: Level.DIRECTING,
    }
    return levels.get(reading.group, Level.SUPPORTING)
