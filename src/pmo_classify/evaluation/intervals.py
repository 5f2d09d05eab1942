"""How sure a measured figure is: intervals for shares, and for what is made of several shares."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeVar

__all__ = ["RESAMPLES", "Estimate", "Share", "bootstrap", "f1_of", "wilson"]

RESAMPLES: Final = 1_000
"""Resamples of a bootstrap; fewer, but no less than ``_FEWEST``, for very long files."""

_FEWEST: Final = 200
_MOST_DRAWS: Final = 5_000_000
_SEED: Final = 20_200
_Z: Final = 1.959964
_TAIL: Final = 0.025

Outcome = TypeVar("Outcome")


class Share(NamedTuple):
    """A share, ``hits`` ``of`` so many, with its 95 % interval after Wilson.

    All three figures are from 0 to 1, and None where there is nothing to count.
    """

    hits: int
    of: int
    value: float | None
    low: float | None
    high: float | None

    def as_dict(self) -> dict[str, float | int | None]:
        """Give plain JSON types."""
        return self._asdict()


class Estimate(NamedTuple):
    """A figure from 0 to 1 with its 95 % bootstrap interval; None where it has no meaning."""

    value: float | None
    low: float | None
    high: float | None

    def as_dict(self) -> dict[str, float | None]:
        """Give plain JSON types."""
        return self._asdict()


def wilson(hits: int, of: int) -> Share:
    """Give a share with its 95 % interval by Wilson's score method.

    It holds for small counts too, and never says that ten right of ten are certain:

    >>> share = wilson(10, 10)
    >>> share.value, round(share.low, 3), share.high
    (1.0, 0.722, 1.0)
    >>> wilson(0, 0).value is None
    True
    """
    if not of:
        return Share(hits, of, None, None, None)
    value = hits / of
    spread = _Z * _Z / of
    middle = value + spread / 2
    half = _Z * math.sqrt(value * (1 - value) / of + spread / (4 * of))
    # Rounding must not push an end past the point, nor past what a share can be.
    low = 0.0 if not hits else min(value, (middle - half) / (1 + spread))
    high = 1.0 if hits == of else max(value, (middle + half) / (1 + spread))
    return Share(hits, of, value, low, high)


def f1_of(right: int, said: int, true: int) -> float | None:
    """Give the F1 score of ``right`` answers among those ``said`` and those ``true``.

    >>> f1_of(3, 4, 5)
    0.6666666666666666
    >>> f1_of(0, 0, 0) is None
    True
    """
    return 2 * right / (said + true) if said + true else None


def bootstrap(
    outcomes: Mapping[Outcome, int],
    figures: Callable[[Mapping[Outcome, int]], list[float | None]],
) -> list[Estimate]:
    """Estimate figures with 95 % percentile intervals, by drawing the rows again and again.

    ``outcomes`` counts the rows of each outcome; ``figures`` computes all figures from such
    counts. The seed is fixed, so the same rows give the same intervals, in whatever order. An
    interval always holds its figure. Where no row is wrong none can be drawn: the interval is then
    the point, and the Wilson intervals of the shares say how much that means.

    >>> right = bootstrap({True: 8, False: 2}, lambda n: [n[True] / (n[True] + n[False])])[0]
    >>> right.value, right.low < 0.8 < right.high
    (0.8, True)
    """
    points = figures(outcomes)
    # The order in which the outcomes were met must not steer the draws.
    kinds = sorted((kind for kind in outcomes if outcomes[kind]), key=repr)
    rows = sum(outcomes.values())
    if not rows:
        return [Estimate(None, None, None) for _ in points]
    draw = random.Random(_SEED)  # noqa: S311 - drawn again the same way each time, on purpose
    weights = [outcomes[kind] for kind in kinds]
    drawn: list[list[float]] = [[] for _ in points]
    for _ in range(max(_FEWEST, min(RESAMPLES, _MOST_DRAWS // rows))):
        counts = dict.fromkeys(outcomes, 0)
        for kind in draw.choices(kinds, weights, k=rows):
            counts[kind] += 1
        for values, figure in zip(drawn, figures(counts), strict=True):
            if figure is not None:
                values.append(figure)
    return [_estimate(point, sorted(values)) for point, values in zip(points, drawn, strict=True)]


def _estimate(point: float | None, drawn: list[float]) -> Estimate:
    if point is None or not drawn:
        return Estimate(point, point, point)
    low = drawn[math.floor(_TAIL * (len(drawn) - 1))]
    high = drawn[math.ceil((1 - _TAIL) * (len(drawn) - 1))]
    return Estimate(point, min(point, low), max(point, high))
