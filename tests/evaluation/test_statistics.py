"""Proportions, intervals, calibration: worked out by hand, and rules that hold for any answers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_classify.evaluation.statistics import (
    ScoredAnswer,
    bootstrap,
    calibrate,
    coverage,
    f1_of,
    wilson,
)


def test_wilson_by_hand() -> None:
    """4 of 8 with z = 1.96: the middle is 0.5, the half width
    1.96 * sqrt(0.25 / 8 + 3.8415 / 256) / (1 + 3.8415 / 8) = 0.2848."""
    share = wilson(4, 8)
    assert share.low == pytest.approx(0.2152, abs=1e-4)
    assert share.high == pytest.approx(0.7848, abs=1e-4)


def test_f1_by_hand() -> None:
    """3 right of 4 said and 6 true: precision 3/4, recall 1/2, F1 2 * 3/8 / (5/4) = 0.6."""
    assert f1_of(3, 4, 6) == 0.6


def test_bootstrap_is_near_wilson_for_a_share() -> None:
    """80 right of 100: both methods give about 0.71 to 0.87."""
    found = bootstrap({True: 80, False: 20}, lambda n: [n[True] / 100])[0]
    share = wilson(80, 100)
    assert found.low == pytest.approx(share.low, abs=0.03)
    assert found.high == pytest.approx(share.high, abs=0.03)


ANSWERS = st.lists(st.builds(ScoredAnswer, st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@given(ANSWERS)
def test_calibration_errors_are_from_0_to_1(answers: list[ScoredAnswer]) -> None:
    """0 <= ECE <= 1 and 0 <= Brier <= 1, and every answer is in one bin."""
    found = calibrate(answers)
    assert found.ece is not None
    assert found.brier is not None
    assert 0 <= found.ece <= 1
    assert 0 <= found.brier <= 1
    assert sum(b.right.of for b in found.bins) == len(answers)


@given(ANSWERS)
def test_coverage_grows_as_the_threshold_falls(answers: list[ScoredAnswer]) -> None:
    """Thresholds fall, what they cover rises, and the lowest covers everything."""
    points = coverage(answers)
    assert [p.threshold for p in points] == sorted({a.confidence for a in answers}, reverse=True)
    assert [p.covered for p in points] == sorted(p.covered for p in points)
    assert math.isclose(points[-1].covered, 1)


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson_mirrors(pair: tuple[int, int]) -> None:
    """The interval of the misses is that of the hits, seen from the other side."""
    hits, of = pair
    here, there = wilson(hits, of), wilson(of - hits, of)
    assert here.low is not None
    assert there.high is not None
    assert here.low == pytest.approx(1 - there.high, abs=1e-9)
