"""The optional model that chooses between the readings of a title that the rules leave open.

It learns from the listed titles and from the user's own, which weigh more. What a person has
decided about some doubtful titles then applies to others like them. The model only chooses among
the readings that the rules found, and never takes a title out of review.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pmo_classify.classification import Alternative, Classification
from pmo_classify.extras import need
from pmo_classify.learning.features import class_of
from pmo_classify.learning.training import TrainedOnce, train_on_readings
from pmo_classify.reading.choice import Choice
from pmo_classify.reading.interpreter import Interpretation
from pmo_classify.reading.standard_title import standard_title
from pmo_classify.reading.title_index import TitleTable
from pmo_classify.taxonomy import Method, Track
from pmo_classify.thresholds import CONFIDENCE_MODEL, MODEL_ODDS

__all__ = ["ReadingChooser", "is_open"]

_KEPT: Final = ("unsettled", "repaired", "several-titles", "repaired-text", "cut")
"""Kinds of reasons that stay true whichever reading is chosen."""


class ReadingChooser:
    """Chooses between the readings of a title; it is trained on first use.

    It learns from ``listed`` and from ``own``, the user's titles, which weigh more. If libraries
    are missing, a ``MissingExtraError`` says how to install them.
    """

    def __init__(self, listed: TitleTable, own: TitleTable) -> None:
        need("scikit-learn", "threadpoolctl", extra="model", what="the model")
        kept = {key: row for key, row in listed.items() if key not in own}
        self._model = TrainedOnce(lambda: train_on_readings(kept, own))

    def choose(self, answer: Classification, choice: Choice) -> Classification:
        """Return the answer that the model prefers: the given one, or one of its alternatives."""
        if not is_open(answer):
            return answer
        chances = self._chances(answer.title)
        best = max(answer.alternatives, key=lambda a: _chance(chances, a))
        if _chance(chances, best) <= MODEL_ODDS * _chance(chances, answer):
            return answer
        return _exchanged(answer, best, choice)

    def _chances(self, title: str) -> dict[str, float]:
        model = self._model()
        (row,) = model.predict_proba([title])
        return dict(zip(model.classes_.tolist(), row.tolist(), strict=True))


def is_open(answer: Classification) -> bool:
    """Return whether a title was read with a doubt that leaves another reading open.

    The model never changes the answer to a title from a table, even to an ambiguous one.
    """
    return (
        bool(answer.alternatives)
        and answer.method in (Method.PATTERN, Method.FUZZY)
        and any(reason.startswith("unsettled:") for reason in answer.reasons)
    )


def _chance(chances: dict[str, float], answer: Classification | Alternative) -> float:
    return chances.get(class_of(answer.track, answer.level), 0.0)


def _exchanged(answer: Classification, chosen: Alternative, choice: Choice) -> Classification:
    """Return the alternative as the answer, with the old answer as its first alternative."""
    on_ladder = chosen.track is Track.PMO
    before = Alternative(answer.track, answer.level, answer.scope, "what the rules make of it")
    reasons = [code for code in answer.reasons if code.partition(":")[0] in _KEPT]
    reading = _reading_of(chosen, choice)
    return replace(
        answer,
        track=chosen.track,
        level=chosen.level,
        scope=chosen.scope,
        standard_title=_standard_title(chosen, reading) if on_ladder else None,
        function=reading.function if on_ladder else None,
        method=Method.MODEL,
        confidence=CONFIDENCE_MODEL,
        needs_review=True,
        reasons=("model", *reasons),
        alternatives=(before, *(a for a in answer.alternatives if a is not chosen)),
    )


def _reading_of(chosen: Alternative, choice: Choice) -> Interpretation:
    """Return the reading behind an alternative; a title with no other reading has only one."""
    answer = (chosen.track, chosen.level)
    return next((r for r in choice.others if (r.track, r.level) == answer), choice.chosen)


def _standard_title(chosen: Alternative, reading: Interpretation) -> str:
    return standard_title(
        subject=reading.subject.type,
        scope=chosen.scope,
        role=reading.role,
        office=reading.subject.office,
        function=reading.function,
        learner=None if reading.learner is None else reading.learner.meaning,
    ).strip()
