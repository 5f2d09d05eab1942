"""The answer for a title that was read, or that is listed: confidence, reasons, words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pmo_classify import thresholds
from pmo_classify.doubts import OPEN_READINGS
from pmo_classify.reading import Reading
from pmo_classify.resolve import Resolved
from pmo_classify.result import Alternative, Classification, ReadWord
from pmo_classify.roles import RoleGroup
from pmo_classify.rules import RULES
from pmo_classify.spans import span_map
from pmo_classify.standard import standard_title
from pmo_classify.taxonomy import Level, Method, Scope, Track
from pmo_classify.text import CleanText
from pmo_classify.titles import ListedTitle
from pmo_classify.tokens import BREAK, SLASH, Token
from pmo_classify.vocabulary import Part

__all__ = ["empty_answer", "listed_answer", "read_answer"]

_MARKS: Final = frozenset({BREAK, SLASH})
_PART_TEXT: Final = {
    Part.NOISE: "ignored, says nothing of the work",
    Part.PLACE: "ignored, a place",
    Part.FILLER: "ignored",
    Part.UNKNOWN: "no word of the field",
    Part.SECTOR: "known, of no weight",
    Part.P3: "P3 word",
    Part.P3_NAME: "P3 name",
    Part.OFFICE_NAME: "office",
    Part.OFFICE_KIND: "kind of office",
    Part.OFFICE_FUNCTION: "function",
    Part.CONTEXT: "makes a programme or portfolio a P3 one",
    Part.TECHNICAL: "a technical subject",
    Part.SERVICE: "a service's word",
    Part.SERVICE_WITHIN: "a service's word, beside its programme",
    Part.FINANCE: "a word of finance's portfolios",
    Part.FIELD: "a trade's field",
    Part.TRADE: "a trade",
}


def empty_answer(title: str) -> Classification:
    """Answer a missing or blank title."""
    return Classification(title=title, track=Track.OTHER, reasons=("empty",))


def read_answer(
    title: str, text: CleanText, tokens: list[Token], read: Resolved, review_below: float
) -> Classification:
    """Answer a title from its reading."""
    reading = read.reading
    repairs = _repairs(tokens)
    on_ladder = reading.track is Track.PMO
    level = None if reading.level is None else Level(reading.level)
    scope = reading.scope if on_ladder else Scope.NONE
    confidence = _confidence(read, repaired=bool(repairs))
    reasons = [*_rule_reasons(reading), *_doubt_reasons(read.doubts), *repairs]
    if read.several:
        reasons.append("several-titles")
    if not read.doubts and confidence < review_below:
        reasons.append("low-confidence")
    nothing = reading.rule == "nothing" and not read.doubts
    method = Method.FUZZY if repairs else Method.NONE if nothing else Method.PATTERN
    return Classification(
        title=title,
        track=reading.track,
        level=level,
        scope=scope,
        standard_title=_standard(reading),
        seniority=reading.seniority,
        function=reading.function if on_ladder else None,
        method=method,
        confidence=confidence,
        needs_review=bool(read.doubts) or confidence < review_below,
        reasons=_distinct([*reasons, *_text_reasons(text)]),
        alternatives=_alternatives(read, reading.track, level, scope),
        words=_words(title, text, tokens),
    )


def listed_answer(
    title: str,
    text: CleanText,
    tokens: list[Token],
    read: Resolved,
    found: ListedTitle,
    *,
    is_own: bool,
    review_below: float,
) -> Classification:
    """Answer a title that stands in a table; its reading gives the details."""
    reading = read.reading
    repairs = _repairs(tokens)
    agrees = (reading.track, reading.level) == (found.track, found.level) and (
        found.track is not Track.PMO or reading.scope == found.scope
    )
    confidence = thresholds.CONFIDENCE_REPAIRED if repairs else thresholds.CONFIDENCE_EXACT
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
    return Classification(
        title=title,
        track=found.track,
        level=found.level,
        scope=found.scope,
        standard_title=(_standard(reading) if agrees else found.title) if on_ladder else None,
        seniority=reading.seniority,
        function=reading.function if on_ladder else None,
        method=Method.FUZZY if repairs else Method.EXACT,
        confidence=confidence,
        needs_review=found.ambiguous or confidence < review_below,
        reasons=_distinct([*reasons, *repairs, *_text_reasons(text)]),
        alternatives=_alternatives(read, found.track, found.level, found.scope),
        words=_words(title, text, tokens),
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


def _text_reasons(text: CleanText) -> list[str]:
    return [
        code for code, holds in (("mended-text", text.was_mended), ("cut", text.was_cut)) if holds
    ]


def _repairs(tokens: Sequence[Token]) -> list[str]:
    return [f"repaired:{t.written}>{t.meaning}" for t in tokens if t.repaired]


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


_RULE_TEXT: Final = {rule.code: rule.why for rule in RULES}


def _alternatives(
    read: Resolved, track: Track, level: Level | None, scope: Scope
) -> tuple[Alternative, ...]:
    """Give the readings of the title that differ from the answer, best first."""
    found = [_alternative(reading) for reading in (read.reading, *read.others)]
    for doubt in read.doubts:
        other = OPEN_READINGS[doubt]
        if other.track is Track.PMO:
            own = read.reading
            found.append(Alternative(other.track, _other_level(own), own.scope, other.why))
        else:
            found.append(Alternative(other.track, None, Scope.NONE, other.why))
    differing = [a for a in found if (a.track, a.level, a.scope) != (track, level, scope)]
    return tuple({(a.track, a.level, a.scope): a for a in reversed(differing)}.values())[::-1]


def _alternative(reading: Reading) -> Alternative:
    level = None if reading.level is None else Level(reading.level)
    scope = reading.scope if reading.track is Track.PMO else Scope.NONE
    return Alternative(reading.track, level, scope, _RULE_TEXT.get(reading.rule, reading.rule))


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


def _words(title: str, text: CleanText, tokens: Sequence[Token]) -> tuple[ReadWord, ...]:
    where = span_map(title, text)
    return tuple(
        ReadWord(*where(t.start, t.end), _PART_TEXT.get(Part(t.kind), t.kind), t.meaning)
        for t in tokens
        if t.kind not in _MARKS
    )
