"""Whether a confidence of 0.9 is right nine times in ten, and what a threshold would buy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from pmo_classify.evaluation.intervals import Share, wilson

__all__ = ["BINS", "Bin", "Calibration", "CoveragePoint", "Judged", "calibrate", "coverage"]

BINS: Final = 10
"""Bins of equal width that confidences are sorted into."""


class Judged(NamedTuple):
    """An answer's confidence, from 0 to 1, and whether track, level and scope were all right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """The answers whose confidence is from ``low`` up to ``high``.

    ``confidence`` is their mean, ``right`` the share of them that was right.
    """

    low: float
    high: float
    confidence: float
    right: Share

    def as_dict(self) -> dict[str, object]:
        """Give plain JSON types."""
        return {**self._asdict(), "right": self.right.as_dict()}


class Calibration(NamedTuple):
    """How well confidences fit what was right; all figures from 0 (best) to 1.

    ``bins`` holds those that are not empty. ``ece`` is the expected calibration error: how far
    confidence and share of right answers lie apart, over the bins, by their rows. ``brier`` is the
    mean squared distance of a confidence from 1 for a right answer and from 0 for a wrong one.
    """

    bins: tuple[Bin, ...]
    ece: float | None
    brier: float | None

    def as_dict(self) -> dict[str, object]:
        """Give plain JSON types."""
        return {"bins": [b.as_dict() for b in self.bins], "ece": self.ece, "brier": self.brier}


class CoveragePoint(NamedTuple):
    """What a threshold would accept: the share ``covered``, and how much of it is ``right``."""

    threshold: float
    covered: float
    right: Share

    def as_dict(self) -> dict[str, object]:
        """Give plain JSON types."""
        return {**self._asdict(), "right": self.right.as_dict()}


def calibrate(answers: Iterable[Judged]) -> Calibration:
    """Sort answers into bins by their confidence, and compare it with what was right.

    >>> found = calibrate([Judged(0.95, True), Judged(0.95, False), Judged(0.55, True)])
    >>> [(b.low, b.right.hits, b.right.of) for b in found.bins]
    [(0.5, 1, 1), (0.9, 1, 2)]
    >>> round(found.ece, 3)  # (2 * |0.5 - 0.95| + 1 * |1 - 0.55|) / 3
    0.45
    """
    binned: dict[int, list[Judged]] = {}
    # The order of the rows must not change the last digit of a sum.
    ordered = sorted(answers)
    for answer in ordered:
        binned.setdefault(min(int(answer.confidence * BINS), BINS - 1), []).append(answer)
    if not ordered:
        return Calibration((), None, None)
    bins = tuple(_bin(number, held) for number, held in sorted(binned.items()))
    apart = (b.right.of * abs((b.right.value or 0.0) - b.confidence) for b in bins)
    squares = ((answer.right - answer.confidence) ** 2 for answer in ordered)
    return Calibration(bins, sum(apart) / len(ordered), sum(squares) / len(ordered))


def _bin(number: int, held: list[Judged]) -> Bin:
    mean = sum(answer.confidence for answer in held) / len(held)
    right = wilson(sum(answer.right for answer in held), len(held))
    return Bin(number / BINS, (number + 1) / BINS, mean, right)


def coverage(answers: Iterable[Judged]) -> tuple[CoveragePoint, ...]:
    """Tell for each confidence that occurs what it would accept as a threshold, the highest first.

    >>> points = coverage([Judged(0.99, True), Judged(0.9, True), Judged(0.9, False)])
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
