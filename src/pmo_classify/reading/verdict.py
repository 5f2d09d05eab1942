"""The answer to a title that was read, with its confidence, reasons and other readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from pmo_classify import thresholds
from pmo_classify.classification import Alternative, Classification, Evidence, Token
from pmo_classify.knowledge.doubts import other_reading
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.listed_titles import ListedTitle
from pmo_classify.knowledge.roles import RoleGroup
from pmo_classify.reading.choice import Choice
from pmo_classify.reading.cleaning import CleanText
from pmo_classify.reading.evidence import find_evidence
from pmo_classify.reading.interpreter import Interpretation
from pmo_classify.reading.parser import parse
from pmo_classify.reading.phrases import split_phrases
from pmo_classify.reading.standard_title import standard_title
from pmo_classify.reading.title_index import ListedAs
from pmo_classify.reading.tokenizer import PlacedForm, first_word
from pmo_classify.reading.traits import RANK, TRADE, rank_named_by
from pmo_classify.reading.understanding import find_unread
from pmo_classify.taxonomy import Level, Method, Scope, Track

__all__ = [
    "answer_of_another_field",
    "empty_answer",
    "judge",
    "other_readings",
    "repairs_of",
    "seniority_of",
]

NOTHING: Final = "nothing"
"""The rule of a title without a word about projects, programmes or portfolios."""


TokensOf = Callable[[Iterable[PlacedForm]], Sequence[Token]]


def empty_answer(title: str = "") -> Classification:
    """Return the answer to a missing or blank title."""
    return Classification(title, Track.OTHER, reasons=("empty",))


def answer_of_another_field(
    title: str,
    clean: CleanText,
    traits: int,
    *,
    seniority: str | None = None,
    repairs: Sequence[str] = (),
    review_below: float,
) -> Classification:
    """Return the answer to a title without a word about projects, programmes or portfolios."""
    unread = find_unread(traits)
    confidence = thresholds.CONFIDENCE_NOTHING_OF_THE_FIELD
    if unread is not None:
        confidence = thresholds.CONFIDENCE_UNREAD
    elif repairs:
        confidence = thresholds.CONFIDENCE_REPAIRED
    elif not traits & TRADE:
        confidence = thresholds.CONFIDENCE_TRADE_UNREAD
    needs_review = unread is not None or confidence < review_below
    doubt = () if unread is None else (f"unsettled:{unread}",)
    notes = _notes(clean, is_unsure=needs_review and unread is None)
    return Classification(
        title=title,
        track=Track.OTHER,
        seniority=seniority,
        method=Method.FUZZY if repairs else Method.NONE,
        confidence=confidence,
        needs_review=needs_review,
        reasons=tuple(dict.fromkeys([NOTHING, *doubt, *repairs, *notes])),
    )


def seniority_of(words: Sequence[PlacedForm], tokens_of: TokensOf) -> str | None:
    """Return the rank of the first title among words, such as "senior", or ``None``.

    ``tokens_of`` returns words as tokens; few titles need them.
    """
    ranks = [form for form, _, _ in words if form.traits & RANK]
    if not ranks:
        return None
    rank = ranks[0]
    if rank.tag == Tag.SENIORITY and rank is first_word(words):
        # A rank in front is that of the title, whatever the trade.
        return rank_named_by(rank.tag, rank.meaning)
    is_only_role = len(ranks) == 1 and rank.tag == Tag.ROLE
    if is_only_role and not any(f.traits & TRADE for f, _, _ in words if f is not rank):
        # The only role word of a title is its role and not a rank.
        return None
    return _first_rank(parse(split_phrases(tokens_of(words)))[0].seniority)


def _first_rank(tokens: Iterable[Token]) -> str | None:
    named = (rank_named_by(token.tag, token.meaning) for token in tokens)
    return next(filter(None, named), None)


def judge(
    title: str,
    clean: CleanText,
    tokens: Sequence[Token],
    choice: Choice,
    listed: ListedAs | None,
    *,
    review_below: float,
) -> Classification:
    """Return the answer to a title, from the table that lists it or else from what was read.

    A title with a confidence below ``review_below``, from 0 to 1, goes to review.
    """
    chosen = choice.chosen
    repairs = repairs_of(tokens)
    if listed is None:
        track, level, scope = chosen.answer
        method = _method_of_reading(choice, is_repaired=bool(repairs))
        confidence = _confidence_of_reading(choice, is_repaired=bool(repairs))
        doubts: Sequence[str] = choice.doubts
        reasons = _reasons_of_rule(chosen)
    else:
        track, level, scope, is_ambiguous = listed.title.answer
        method = Method.FUZZY if repairs else Method.EXACT
        confidence = _confidence_of_listed(listed.title, is_repaired=bool(repairs))
        doubts = (choice.doubts or ("listed",)) if is_ambiguous else ()
        reasons = _reasons_of_listed(listed)
    is_read = chosen.answer == (track, level, scope)
    if listed is not None and is_read:
        reasons += _reasons_of_rule(chosen)
    reasons += [f"unsettled:{doubt}" for doubt in doubts]
    reasons += repairs
    needs_review = bool(doubts) or confidence < review_below
    if listed is None and choice.others:
        reasons.append("several-titles")
    reasons += _notes(clean, is_unsure=needs_review and not doubts)
    standard = _standard_title(chosen) if is_read or listed is None else listed.title.title
    on_ladder = track is Track.PMO
    return Classification(
        title=title,
        track=track,
        level=level,
        scope=scope,
        standard_title=standard if on_ladder else None,
        seniority=chosen.seniority,
        function=chosen.function if on_ladder else None,
        method=method,
        confidence=confidence,
        needs_review=needs_review,
        reasons=tuple(dict.fromkeys(reasons)),
        alternatives=other_readings(choice, (track, level, scope)),
        evidence=find_evidence(choice, tokens) if is_read else _all_words(tokens),
    )


def repairs_of(tokens: Sequence[Token]) -> list[str]:
    """Return the reasons that name the words whose spelling was repaired."""
    return [f"repaired:{t.written}>{t.meaning}" for t in tokens if t.is_repaired]


def _notes(clean: CleanText, *, is_unsure: bool) -> list[str]:
    notes = ["low-confidence"] if is_unsure else []
    if clean.was_repaired:
        notes.append("repaired-text")
    if clean.was_cut:
        notes.append("cut")
    return notes


def _method_of_reading(choice: Choice, *, is_repaired: bool) -> Method:
    if is_repaired:
        return Method.FUZZY
    is_nothing = choice.chosen.rule.code == NOTHING and not choice.doubts
    return Method.NONE if is_nothing else Method.PATTERN


def _confidence_of_reading(choice: Choice, *, is_repaired: bool) -> float:
    if choice.doubts:
        return thresholds.CONFIDENCE_UNSETTLED
    if is_repaired:
        return thresholds.CONFIDENCE_REPAIRED
    if choice.chosen.rule.code == NOTHING:
        return thresholds.CONFIDENCE_NOTHING_OF_THE_FIELD
    return thresholds.CONFIDENCE_SEVERAL_TITLES if choice.others else thresholds.CONFIDENCE_READ


def _confidence_of_listed(listed: ListedTitle, *, is_repaired: bool) -> float:
    if listed.ambiguous:
        return thresholds.CONFIDENCE_UNSETTLED_EXACT
    return thresholds.CONFIDENCE_REPAIRED if is_repaired else thresholds.CONFIDENCE_EXACT


def _reasons_of_rule(chosen: Interpretation) -> list[str]:
    reasons = [chosen.rule.code]
    if chosen.level_rule is not None:
        if chosen.role is not None:
            reasons.append(f"role:{chosen.role}")
        reasons.append(f"level:{chosen.level_rule.code}")
    return reasons


def _reasons_of_listed(listed: ListedAs) -> list[str]:
    reasons = ["user-title" if listed.is_own else "listed"]
    if listed.title.source:
        reasons.append(f"source:{listed.title.source}")
    return reasons


def _all_words(tokens: Sequence[Token]) -> Evidence:
    """Return the evidence of a listed title: all of its words together."""
    everything = tuple(range(len(tokens)))
    return Evidence(everything, everything, everything, everything)


def _standard_title(chosen: Interpretation) -> str | None:
    if chosen.track is not Track.PMO:
        return None
    return standard_title(
        subject=chosen.subject.type,
        scope=chosen.scope,
        role=chosen.role,
        office=chosen.subject.office,
        function=chosen.function,
        learner=None if chosen.learner is None else chosen.learner.meaning,
    )


_Answer = tuple[Track, Level | None, Scope]


def other_readings(choice: Choice, answer: _Answer | None = None) -> tuple[Alternative, ...]:
    """Return the readings of a title that differ from the answer, best first, each once.

    Without an ``answer`` they are those that differ from the chosen title.
    """
    found: dict[_Answer, Alternative] = {}
    for other in _readings(choice):
        if other[:3] != (answer or choice.chosen.answer):
            found.setdefault(other[:3], other)
    return tuple(found.values())


def _readings(choice: Choice) -> Iterator[Alternative]:
    for reading in (choice.chosen, *choice.others):
        yield Alternative(*reading.answer, reading.rule.why)
    for doubt in choice.doubts:
        opened = other_reading(doubt)
        if opened.track is Track.PMO:
            level = _other_level(choice.chosen)
            yield Alternative(opened.track, level, choice.chosen.scope, opened.why)
        else:
            yield Alternative(opened.track, None, Scope.NONE, opened.why)


def _other_level(chosen: Interpretation) -> Level:
    """Return the level that a title would have in the reading that was not chosen."""
    if chosen.level is not None:
        return Level(max(chosen.level - 1, Level.NEW))
    levels = {
        RoleGroup.CLERK: Level.NEW,
        RoleGroup.MANAGER: Level.LEADING,
        RoleGroup.HEAD: Level.DIRECTING,
    }
    return levels.get(chosen.group, Level.SUPPORTING)
