"""The statistics of an evaluation: proportions with intervals, F1, calibration, coverage."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, TypeVar

__all__ = [
    "BINS",
    "RESAMPLES",
    "Bin",
    "Calibration",
    "CoveragePoint",
    "Estimate",
    "Proportion",
    "ScoredAnswer",
    "bootstrap",
    "calibrate",
    "coverage",
    "f1_of",
    "wilson",
]

BINS: Final = 10
"""The number of bins for confidences, all of equal width."""

RESAMPLES: Final = 1_000
"""The resamples of a bootstrap; very long files have fewer, down to ``_FEWEST_RESAMPLES``."""

_FEWEST_RESAMPLES: Final = 200
_MOST_DRAWS: Final = 5_000_000
_SEED: Final = 20_200
_Z: Final = 1.959964
"""The 97.5 % quantile of the normal distribution, for intervals of 95 %."""
_TAIL: Final = 0.025

Outcome = TypeVar("Outcome")


class Proportion(NamedTuple):
    """A proportion of ``hits`` among ``of`` rows, with its 95 % Wilson interval.

    ``value``, ``low`` and ``high`` are from 0 to 1, or ``None`` if there are no rows.
    """

    hits: int
    of: int
    value: float | None
    low: float | None
    high: float | None

    def as_dict(self) -> dict[str, float | int | None]:
        """Return plain JSON types."""
        return self._asdict()


class Estimate(NamedTuple):
    """A score from 0 to 1 with its 95 % bootstrap interval; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None

    def as_dict(self) -> dict[str, float | None]:
        """Return plain JSON types."""
        return self._asdict()


def wilson(hits: int, of: int) -> Proportion:
    """Return a proportion with its 95 % interval by Wilson's score method.

    The interval is sound for small counts too: ten hits in ten rows do not mean certainty.

    >>> right = wilson(10, 10)
    >>> right.value, round(right.low, 3), right.high
    (1.0, 0.722, 1.0)
    >>> wilson(0, 0).value is None
    True
    """
    if not of:
        return Proportion(hits, of, None, None, None)
    value = hits / of
    spread = _Z * _Z / of
    middle = value + spread / 2
    half = _Z * math.sqrt(value * (1 - value) / of + spread / (4 * of))
    # Rounding must not push an end past the value, or below 0 or above 1.
    low = 0.0 if not hits else min(value, (middle - half) / (1 + spread))
    high = 1.0 if hits == of else max(value, (middle + half) / (1 + spread))
    return Proportion(hits, of, value, low, high)


def f1_of(right: int, predicted: int, expected: int) -> float | None:
    """Return the F1 score of ``right`` answers out of those ``predicted`` and ``expected``.

    >>> f1_of(3, 4, 5)
    0.6666666666666666
    >>> f1_of(0, 0, 0) is None
    True
    """
    return 2 * right / (predicted + expected) if predicted + expected else None


def bootstrap(
    outcomes: Mapping[Outcome, int],
    scores: Callable[[Mapping[Outcome, int]], list[float | None]],
) -> list[Estimate]:
    """Return scores with 95 % percentile intervals, from rows resampled with replacement.

    ``outcomes`` counts the rows of each outcome; ``scores`` computes all scores from such counts.
    The seed is fixed, so the same rows give the same intervals, in whatever order. An interval
    always contains its score. If no row is wrong, no resample has a wrong row either, and the
    interval has no width; the Wilson intervals then show the uncertainty.

    >>> right = bootstrap({True: 8, False: 2}, lambda n: [n[True] / (n[True] + n[False])])[0]
    >>> right.value, right.low < 0.8 < right.high
    (0.8, True)
    """
    points = scores(outcomes)
    # Sorted, so that the order of the rows does not change the draws.
    kinds = sorted((kind for kind in outcomes if outcomes[kind]), key=repr)
    rows = sum(outcomes.values())
    if not rows:
        return [Estimate(None, None, None) for _ in points]
    draw = random.Random(_SEED)  # noqa: S311 - a fixed seed, on purpose
    weights = [outcomes[kind] for kind in kinds]
    drawn: list[list[float]] = [[] for _ in points]
    for _ in range(max(_FEWEST_RESAMPLES, min(RESAMPLES, _MOST_DRAWS // rows))):
        counts = dict.fromkeys(outcomes, 0)
        for kind in draw.choices(kinds, weights, k=rows):
            counts[kind] += 1
        for values, value in zip(drawn, scores(counts), strict=True):
            if value is not None:
                values.append(value)
    return [_estimate(point, sorted(values)) for point, values in zip(points, drawn, strict=True)]


def _estimate(point: float | None, drawn: list[float]) -> Estimate:
    if point is None or not drawn:
        return Estimate(point, point, point)
    low = drawn[math.floor(_TAIL * (len(drawn) - 1))]
    high = drawn[math.ceil((1 - _TAIL) * (len(drawn) - 1))]
    return Estimate(point, min(point, low), max(point, high))


class ScoredAnswer(NamedTuple):
    """The confidence of an answer, from 0 to 1, and whether track, level and scope are right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """The answers with a confidence from ``low`` to under ``high`` (1.0 is in the last bin).

    ``confidence`` is their mean confidence, ``right`` the proportion that is right.
    """

    low: float
    high: float
    confidence: float
    right: Proportion

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON types."""
        return {**self._asdict(), "right": self.right.as_dict()}


class Calibration(NamedTuple):
    """How well the confidences match the answers; the errors are from 0 (best) to 1.

    ``bins`` are the bins that are not empty. ``ece`` is the expected calibration error: the mean
    distance between a bin's confidence and its proportion of right answers, weighted by rows.
    ``brier`` is the mean squared distance of a confidence from 1 for a right answer and from 0
    for a wrong one.
    """

    bins: tuple[Bin, ...]
    ece: float | None
    brier: float | None

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON types."""
        return {"bins": [b.as_dict() for b in self.bins], "ece": self.ece, "brier": self.brier}


class CoveragePoint(NamedTuple):
    """The share of answers that a ``threshold`` accepts, and how many of them are ``right``."""

    threshold: float
    covered: float
    right: Proportion

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON types."""
        return {**self._asdict(), "right": self.right.as_dict()}


def calibrate(answers: Iterable[ScoredAnswer]) -> Calibration:
    """Return how well the confidences of answers match the proportion that is right.

    >>> answers = [(0.95, True), (0.95, False), (0.55, True)]
    >>> calibration = calibrate(ScoredAnswer(*answer) for answer in answers)
    >>> [(b.low, b.right.hits, b.right.of) for b in calibration.bins]
    [(0.5, 1, 1), (0.9, 1, 2)]
    >>> round(calibration.ece, 3)  # (2 * |0.5 - 0.95| + 1 * |1 - 0.55|) / 3
    0.45
    """
    binned: dict[int, list[ScoredAnswer]] = {}
    # Sorted, so that the order of the rows does not change the last digit of a sum.
    ordered = sorted(answers)
    for answer in ordered:
        binned.setdefault(min(int(answer.confidence * BINS), BINS - 1), []).append(answer)
    if not ordered:
        return Calibration((), None, None)
    bins = tuple(_bin(number, members) for number, members in sorted(binned.items()))
    gaps = (b.right.of * abs((b.right.value or 0.0) - b.confidence) for b in bins)
    squares = ((answer.right - answer.confidence) ** 2 for answer in ordered)
    return Calibration(bins, sum(gaps) / len(ordered), sum(squares) / len(ordered))


def _bin(number: int, members: list[ScoredAnswer]) -> Bin:
    mean = sum(answer.confidence for answer in members) / len(members)
    right = wilson(sum(answer.right for answer in members), len(members))
    return Bin(number / BINS, (number + 1) / BINS, mean, right)


def coverage(answers: Iterable[ScoredAnswer]) -> tuple[CoveragePoint, ...]:
    """Return what each confidence that occurs would accept as a threshold, the highest first.

    >>> answers = [(0.99, True), (0.9, True), (0.9, False)]
    >>> points = coverage(ScoredAnswer(*answer) for answer in answers)
    >>> [(p.threshold, round(p.covered, 2), round(p.right.value, 2)) for p in points]
    [(0.99, 0.33, 1.0), (0.9, 1.0, 0.67)]
    """
    counts: dict[float, list[int]] = {}
    rows = 0
    for answer in answers:
        counts.setdefault(answer.confidence, [0, 0])[answer.right] += 1
        rows += 1
    points = []
    hits = of = 0
    for threshold in sorted(counts, reverse=True):
        wrong, right = counts[threshold]
        hits += right
        of += wrong + right
        points.append(CoveragePoint(threshold, of / rows, wilson(hits, of)))
    return tuple(points)
