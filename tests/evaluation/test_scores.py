"""The scores of an evaluation: worked out by hand, and rules that hold for any rows."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_classify.evaluation.scores import CLASSES, Answer, Evaluation, Facet, ScoredRow, score
from pmo_classify.evaluation.statistics import (
    Estimate,
    Proportion,
)
from pmo_classify.taxonomy import Level, Scope, Track


def _answer(text: str) -> Answer:
    """Read "pmo 2 project", "pmo 3", "delivery" or "other"."""
    track, level, scope = (*text.split(), "", "")[:3]
    return Answer(Track(track), Level(int(level)) if level else None, Scope.parse(scope))


def _row(
    number: int, expected: str, predicted: str, confidence: float, *, ambiguous: bool = False
) -> ScoredRow:
    return ScoredRow(
        f"title {number}",
        _answer(expected),
        _answer(predicted),
        confidence,
        confidence < 0.82,
        "pattern",
        "",
        ambiguous,
    )


TEN = (
    _row(1, "pmo 1 project", "pmo 1 project", 0.99),
    _row(2, "pmo 2 project", "pmo 2 project", 0.97),
    _row(3, "pmo 2 programme", "pmo 2", 0.97),
    _row(4, "pmo 3", "pmo 2", 0.93),
    _row(5, "delivery", "pmo 3 project", 0.80),
    _row(6, "delivery", "delivery", 0.97),
    _row(7, "other", "other", 0.99),
    _row(8, "other", "delivery", 0.80),
    _row(9, "pmo 2 programme", "pmo 2 programme", 0.80, ambiguous=True),
    _row(10, "other", "pmo 2", 0.82, ambiguous=True),
)


@pytest.fixture(scope="module")
def ten() -> Evaluation:
    return score(TEN)


@pytest.mark.parametrize(
    ("name", "hits", "of"),
    [
        ("right", 4, 8),  # 1, 2, 6, 7 of the clear rows 1 to 8
        ("reviewed", 3, 10),  # 5, 8, 9
        ("clear_reviewed", 2, 8),  # 5, 8
        ("ambiguous_reviewed", 1, 2),  # 9
        ("accepted_right", 4, 7),  # 1, 2, 6, 7 of those but 5, 8, 9
    ],
)
def test_shares(ten: Evaluation, name: str, hits: int, of: int) -> None:
    """Each share by the rows that count for it."""
    assert getattr(ten, name)[:3] == (hits, of, hits / of)


@pytest.mark.parametrize(
    ("name", "hits", "of"),
    [
        ("track", 6, 8),  # all clear rows but 5 and 8
        ("level", 3, 4),  # 1, 2, 3 of the rows on the ladder, 1 to 4
        ("scope", 3, 4),  # 1, 2, 4: a scope not named is right where none is named
    ],
)
def test_facets(ten: Evaluation, name: str, hits: int, of: int) -> None:
    assert getattr(ten, name).right[:2] == (hits, of)


@pytest.mark.parametrize(
    ("facet", "label", "counts"),
    [
        ("track", "pmo", (4, 5, 4)),  # predicted for 1 to 5, expected for 1 to 4
        ("track", "delivery", (1, 2, 2)),  # predicted for 6 and 8, expected for 5 and 6
        ("track", "other", (1, 1, 2)),  # predicted for 7, expected for 7 and 8
        ("level", "1", (1, 1, 1)),
        ("level", "2", (2, 3, 2)),  # predicted for 2, 3, 4
        ("level", "3", (0, 1, 1)),  # predicted for 5, expected for 4
        ("level", "4", (0, 0, 0)),
        ("scope", "project", (2, 3, 2)),  # predicted for 1, 2, 5
        ("scope", "programme", (0, 0, 1)),  # expected for 3
        ("scope", "none named", (1, 2, 1)),  # predicted for 3 and 4, expected for 4
    ],
)
def test_labels(ten: Evaluation, facet: str, label: str, counts: tuple[int, int, int]) -> None:
    """Precision is right of predicted, recall right of expected."""
    right, predicted, expected = counts
    found = next(found for found in getattr(ten, facet).labels if found.label == label)
    assert found.precision[:2] == (right, predicted)
    assert found.recall[:2] == (right, expected)
    both = predicted + expected
    assert found.f1.value == (2 * right / both if both else None)


@pytest.mark.parametrize(
    ("facet", "mean"),
    [
        ("track", (8 / 9 + 1 / 2 + 2 / 3) / 3),
        ("level", (1 + 4 / 5 + 0) / 3),  # level 4 does not occur
        ("scope", (4 / 5 + 0 + 2 / 3) / 3),  # nor portfolio and enterprise
    ],
)
def test_mean_f1(ten: Evaluation, facet: str, mean: float) -> None:
    assert getattr(ten, facet).macro_f1.value == pytest.approx(mean)


def test_confusion(ten: Evaluation) -> None:
    """Rows are what is expected, columns what was predicted; ambiguous rows are left out."""
    cells = {
        (expected, predicted): count
        for expected, row in zip(CLASSES, ten.confusion, strict=True)
        for predicted, count in zip(CLASSES, row, strict=True)
        if count
    }
    assert cells == {
        ("other", "other"): 1,
        ("other", "delivery"): 1,
        ("delivery", "delivery"): 1,
        ("delivery", "3"): 1,
        ("1", "1"): 1,
        ("2", "2"): 2,
        ("3", "2"): 1,
    }


def test_coverage(ten: Evaluation) -> None:
    """Over all rows: 2 at 0.99, then 3 at 0.97, 1 at 0.93, 1 at 0.82, 3 at 0.80."""
    assert [(p.threshold, p.covered, p.right.hits, p.right.of) for p in ten.coverage] == [
        (0.99, 0.2, 2, 2),
        (0.97, 0.5, 4, 5),
        (0.93, 0.6, 4, 6),
        (0.82, 0.7, 4, 7),
        (0.80, 1.0, 5, 10),
    ]


def test_calibration(ten: Evaluation) -> None:
    """Clear rows in bins: 0 of 2 right at 0.80, 4 of 6 at 5.82 / 6."""
    found = ten.calibration
    assert [(b.low, b.right.hits, b.right.of) for b in found.bins] == [(0.8, 0, 2), (0.9, 4, 6)]
    assert [b.confidence for b in found.bins] == pytest.approx([0.80, 5.82 / 6])
    assert found.ece == pytest.approx((2 * 0.80 + (5.82 - 4)) / 8)
    squares = 0.01**2 + 0.03**2 + 0.97**2 + 0.93**2 + 0.8**2 + 0.03**2 + 0.01**2 + 0.8**2
    assert found.brier == pytest.approx(squares / 8)


def test_misread_lists_the_clear_and_the_surest_first(ten: Evaluation) -> None:
    assert [title.row.title for title in ten.misread] == [
        f"title {number}" for number in (3, 4, 5, 8, 10)
    ]


def test_a_title_in_several_rows_counts_in_each_and_is_listed_once() -> None:
    found = score([TEN[3], TEN[3], TEN[0]])
    assert (found.rows, found.titles, found.right[:2]) == (3, 2, (1, 3))
    assert [(title.row.title, title.rows) for title in found.misread] == [("title 4", 2)]


def test_the_result_is_frozen_and_hashable(ten: Evaluation) -> None:
    with pytest.raises(AttributeError):
        ten.rows = 3  # type: ignore[misc]
    assert hash(ten) == hash(score(TEN))


def test_as_dict_is_plain_json(ten: Evaluation) -> None:
    found = json.loads(json.dumps(ten.as_dict()))
    assert found["confusion"]["rows"][0] == [1, 1, 0, 0, 0, 0]
    assert found["misread"][0]["expected"] == {"track": "pmo", "level": 2, "scope": "programme"}
    assert found["track"]["labels"][0]["precision"]["hits"] == 4


def test_no_rows_give_no_figures() -> None:
    found = score([])
    assert (found.right.value, found.calibration.ece, found.coverage) == (None, None, ())
    assert found.track.macro_f1 == Estimate(None, None, None)


ANSWERS = st.one_of(
    st.sampled_from([_answer("other"), _answer("delivery")]),
    st.builds(
        lambda level, scope: Answer(Track.PMO, level, Scope(scope)),
        st.sampled_from(list(Level)),
        st.integers(0, 15),
    ),
)


ROWS = st.lists(
    st.builds(
        ScoredRow,
        st.sampled_from(["a", "b", "c", "d"]),
        ANSWERS,
        ANSWERS,
        st.integers(0, 100).map(lambda n: n / 100),
        st.booleans(),
        st.just("pattern"),
        st.just(""),
        st.booleans(),
    ),
    max_size=12,
)


def _figures(found: Evaluation) -> Iterator[Proportion | Estimate]:
    shares = ("right", "reviewed", "clear_reviewed", "ambiguous_reviewed", "accepted_right")
    yield from (getattr(found, name) for name in shares)
    facets: list[Facet] = [found.track, found.level, found.scope]
    for facet in facets:
        yield facet.right
        yield facet.macro_f1
        for label in facet.labels:
            yield from (label.precision, label.recall, label.f1)
    yield from (point.right for point in found.coverage)
    yield from (b.right for b in found.calibration.bins)


def _is_sound(figure: Proportion | Estimate) -> bool:
    value, low, high = figure.value, figure.low, figure.high
    if value is None or low is None or high is None:
        return value is low is high
    return 0 <= low <= value <= high <= 1


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_every_interval_holds_its_figure(rows: list[ScoredRow]) -> None:
    """0 <= low <= value <= high <= 1, or all three are None."""
    assert [figure for figure in _figures(score(rows)) if not _is_sound(figure)] == []


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[ScoredRow], random: object) -> None:
    """Shuffled rows give the very same evaluation, bootstrapped intervals included."""
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(shuffled) == score(rows)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_what_is_all_right_scores_one_everywhere(rows: list[ScoredRow]) -> None:
    """Where every answer is the true one, each share and F1 that has a meaning is 1."""
    perfect = [row._replace(predicted=row.expected, review=False) for row in rows]
    found = score(perfect)
    rights = [found.right, found.accepted_right]
    facets = [found.track, found.level, found.scope]
    rights += [facet.right for facet in facets]
    assert {share.value for share in rights} <= {1.0, None}
    assert {label.f1.value for facet in facets for label in facet.labels} <= {1.0, None}
    assert found.misread == ()


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_matrix_holds_each_clear_row_once(rows: list[ScoredRow]) -> None:
    found = score(rows)
    assert sum(map(sum, found.confusion)) == found.clear == sum(not r.ambiguous for r in rows)
