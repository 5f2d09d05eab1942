"""The optional model: chooses between the readings of a title where the rules leave it open.

It learns from the listed titles and from the user's own, which weigh more: what a person has
decided for some doubtful titles then decides others like them. It never invents an answer, and
never takes a title out of review.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from pmo_classify.classification import Alternative, Classification, Verdict
from pmo_classify.extras import need
from pmo_classify.knowledge.listed_titles import TitleTable
from pmo_classify.learning.features import class_of
from pmo_classify.reading.interpreter import Reading
from pmo_classify.reading.resolver import Resolved
from pmo_classify.reading.standard_title import standard_title
from pmo_classify.taxonomy import Method, Track
from pmo_classify.thresholds import CONFIDENCE_MODEL, MODEL_ODDS, MODEL_OWN_WEIGHT

if TYPE_CHECKING:
    from pmo_classify.learning.estimator import TitleClassifier

__all__ = ["TitleModel"]

_KEPT: Final = ("unsettled", "repaired", "several-titles", "mended-text", "cut")
"""Reason codes that stay true whichever reading is chosen."""


class TitleModel:
    """Chooses between the readings of a title; it is trained on first use.

    It learns from ``listed`` and from ``own``, the user's titles, which weigh more. Raises a
    ``MissingExtraError`` that says what to install.
    """

    def __init__(self, listed: TitleTable, own: TitleTable) -> None:
        need("scikit-learn", "threadpoolctl", extra="model", what="the model")
        self._listed = {key: row for key, row in listed.items() if key not in own}
        self._own = own
        self._lock = Lock()
        self._trained: TitleClassifier | None = None

    @staticmethod
    def may_choose(verdict: Verdict | Classification) -> bool:
        """Return whether a title was read with a doubt that leaves another reading open.

        A title from a table is never chosen for, even where the table calls it ambiguous.
        """
        return (
            bool(verdict.alternatives)
            and verdict.method in (Method.PATTERN, Method.FUZZY)
            and any(reason.startswith("unsettled:") for reason in verdict.reasons)
        )

    def choose(self, title: str, read: Resolved, verdict: Verdict) -> Verdict:
        """Return the verdict that the model prefers: the given one, or one of its alternatives."""
        chances = self._chances(title)
        best = max(verdict.alternatives, key=lambda a: _chance(chances, a))
        if _chance(chances, best) <= MODEL_ODDS * _chance(chances, verdict):
            return verdict
        return _exchanged(verdict, best, read)

    def _chances(self, title: str) -> dict[str, float]:
        model = self._classifier()
        (row,) = model.predict_proba([title])
        return dict(zip(model.classes_.tolist(), row.tolist(), strict=True))

    def _classifier(self) -> TitleClassifier:
        # One thread trains while the others wait.
        with self._lock:
            if self._trained is None:
                self._trained = _train(self._listed, self._own)
            return self._trained


def _train(listed: TitleTable, own: TitleTable) -> TitleClassifier:
    # Imported here because scikit-learn is heavy, and few titles need it.
    from pmo_classify.learning.estimator import TitleClassifier  # noqa: PLC0415

    rows = [*listed.values(), *own.values()]
    weights = [1.0] * len(listed) + [MODEL_OWN_WEIGHT] * len(own)
    labels = [class_of(row.track, row.level) for row in rows]
    return TitleClassifier().fit([row.title for row in rows], labels, weights)


def _chance(chances: dict[str, float], answer: Verdict | Alternative) -> float:
    return chances.get(class_of(answer.track, answer.level), 0.0)


def _exchanged(verdict: Verdict, chosen: Alternative, read: Resolved) -> Verdict:
    """Return the alternative as the verdict, with the old answer as its first alternative."""
    on_ladder = chosen.track is Track.PMO
    before = Alternative(verdict.track, verdict.level, verdict.scope, "what the rules make of it")
    reasons = [code for code in verdict.reasons if code.partition(":")[0] in _KEPT]
    return verdict._replace(
        track=chosen.track,
        level=chosen.level,
        scope=chosen.scope,
        standard_title=_standard(chosen, read) if on_ladder else None,
        function=_reading_of(chosen, read).function if on_ladder else None,
        method=Method.MODEL,
        confidence=CONFIDENCE_MODEL,
        needs_review=True,
        reasons=("model", *reasons),
        alternatives=(before, *(a for a in verdict.alternatives if a is not chosen)),
    )


def _reading_of(chosen: Alternative, read: Resolved) -> Reading:
    """Return the reading behind an alternative; a title with no other reading has only one."""
    answer = (chosen.track, chosen.level)
    return next((r for r in read.others if (r.track, r.level) == answer), read.reading)


def _standard(chosen: Alternative, read: Resolved) -> str:
    reading = _reading_of(chosen, read)
    return standard_title(
        topic=reading.topic,
        scope=chosen.scope,
        role=reading.role,
        office=reading.office,
        function=reading.function,
        learner=reading.learner,
    ).strip()
