"""The classifier for scikit-learn: scikit-learn's own checks, and how much it helps."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Self

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import estimator_checks_generator
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_info, threadpool_limits

from pmo_classify import classify_many
from pmo_classify.learning.features import class_of
from pmo_classify.reading.title_index import listed_titles
from pmo_classify.sklearn import TitleClassifier

LISTED = sorted(listed_titles().values(), key=lambda row: row.title[::-1])
TITLES = [row.title for row in LISTED]
LABELS = [class_of(row.track, row.level) for row in LISTED]
FEW = TITLES[:60], LABELS[:60]


class OfNumbers(TitleClassifier):
    """The classifier for rows of numbers, which scikit-learn's checks use."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:  # noqa: N803
        X, y = validate_data(self, X, y)  # noqa: N806
        return super().fit(_words(X), y, sample_weight)

    def predict_proba(self, X: Any) -> Any:  # noqa: N803
        check_is_fitted(self)
        return super().predict_proba(_words(validate_data(self, X, reset=False)))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = True
        tags.input_tags.one_d_array = tags.input_tags.string = tags.input_tags.allow_nan = False
        return tags


def _words(rows: Iterable[Iterable[float]]) -> list[str]:
    return [" ".join(f"c{i}n{round(float(x) * 2)}" for i, x in enumerate(row)) for row in rows]


WEIGHTED_AS_REPEATED = "check_sample_weight_equivalence_on_dense_data"


def _checks() -> Iterator[Any]:
    for estimator, check in estimator_checks_generator(OfNumbers()):
        name = check.func.__name__
        # How rare a word is, is found without weights, as in all of scikit-learn.
        marks = [pytest.mark.xfail] if name == WEIGHTED_AS_REPEATED else []
        yield pytest.param(estimator, check, id=name, marks=marks)


@pytest.mark.parametrize(("estimator", "check"), list(_checks()))
def test_scikit_learn_s_own_checks(estimator: Any, check: Any) -> None:
    """All checks of scikit-learn hold, once their numbers are written as words."""
    check(estimator)


def test_it_says_that_it_takes_text() -> None:
    tags = TitleClassifier().__sklearn_tags__()
    assert tags.input_tags.string
    assert tags.input_tags.one_d_array
    assert not tags.input_tags.two_d_array


def test_few_labels_go_further_than_with_words_alone() -> None:
    """With sixty labels it gets a tenth more of the other titles right than TF-IDF does."""
    plain = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(C=10))
    rest = TITLES[60:], LABELS[60:]
    assert TitleClassifier().fit(*FEW).score(*rest) > plain.fit(*FEW).score(*rest) + 0.1


def test_without_the_reading_it_knows_words_alone() -> None:
    """`reading_weight=0` leaves the reading out, so that an unknown word makes no difference."""
    titles, labels = ["PMO Analyst", "Chef"] * 3, ["yes", "no"] * 3
    blind = TitleClassifier(reading_weight=0).fit(titles, labels)
    reading = TitleClassifier().fit(titles, labels)
    unseen = ["Projektbüro"]
    assert blind.predict_proba(unseen).max() < reading.predict_proba(unseen).max()


def test_a_reading_cannot_weigh_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="reading_weight must be 0 or more, not -1"):
        TitleClassifier(reading_weight=-1).fit(["PMO Analyst", "Chef"], [1, 2])


def test_probabilities_are_in_the_order_of_the_classes() -> None:
    model = TitleClassifier().fit(*FEW)
    chances = model.predict_proba(TITLES)
    assert model.classes_.tolist() == sorted(set(FEW[1]))
    assert chances.sum(axis=1) == pytest.approx(1)
    assert (model.classes_[chances.argmax(axis=1)] == model.predict(TITLES)).all()


@pytest.mark.parametrize("labels", [[1, 2], [True, False], ["pmo 2", "out"]], ids=str)
def test_labels_of_any_kind(labels: list[Any]) -> None:
    model = TitleClassifier(C=100).fit(["PMO Analyst", "Chef"] * 2, labels * 2)
    assert model.predict(["PMO Officer", "Cook"]).tolist() == labels


def test_it_stands_in_a_pipeline_a_search_and_a_cross_validation() -> None:
    """Pipeline, GridSearchCV, cross_val_score and clone work on a plain list of titles."""
    steps = [("same", FunctionTransformer()), ("titles", TitleClassifier())]
    search = GridSearchCV(Pipeline(steps), {"titles__C": [0.001, 10.0]}, cv=2)
    tracks = [label.split()[0] for label in FEW[1]]
    search.fit(FEW[0], tracks)
    assert search.best_params_ == {"titles__C": 10.0}
    best = clone(search.best_estimator_)
    assert best.get_params()["titles__C"] == 10.0
    assert cross_val_score(best, FEW[0], tracks, cv=2).mean() > 0.8


def test_parameters_are_got_and_set() -> None:
    model = TitleClassifier(C=2.0).set_params(reading_weight=0.5, class_weight="balanced")
    expected = {"C": 2.0, "reading_weight": 0.5, "class_weight": "balanced", "max_iter": 1000}
    assert model.get_params() == expected


def test_it_survives_pickling() -> None:
    model = TitleClassifier().fit(*FEW)
    again = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own bytes
    assert (again.predict_proba(TITLES) == model.predict_proba(TITLES)).all()


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["PMO Lead", None, "Chef"], dtype="string"),
        pd.Series(["PMO Lead", None, "Chef"], dtype=object),
        np.array(["PMO Lead", np.nan, "Chef"], dtype=object),
        ("PMO Lead", "", "Chef"),
    ],
    ids=["pandas string", "pandas object", "numpy", "tuple"],
)
def test_columns_of_any_kind_give_the_same(column: Any) -> None:
    """A missing title counts as blank, in whatever kind of column it is missing."""
    expected = TitleClassifier().fit(["PMO Lead", "", "Chef"], [1, 2, 3]).predict_proba(["Cook"])
    assert (TitleClassifier().fit(column, [1, 2, 3]).predict_proba(["Cook"]) == expected).all()


def test_titles_without_a_word_are_no_fault() -> None:
    model = TitleClassifier().fit(["", "--", "PMO"], ["none", "none", "some"])
    assert model.predict(["\u200b", "?"]).tolist() == ["none", "none"]


@pytest.mark.parametrize(
    ("titles", "error", "message"),
    [
        ("PMO Lead", ValueError, "not one str"),
        (7, ValueError, "not one int"),
        ([], ValueError, "at least one title"),
        (pd.DataFrame({"title": ["a"]}), ValueError, r"not the shape \(1, 1\)"),
        (["PMO Lead", 7], TypeError, r"title 1 \(from 0\) must be text, not 7 \(int\)"),
    ],
    ids=["text", "number", "nothing", "frame", "number among titles"],
)
def test_what_is_no_column_of_titles_is_refused(
    titles: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        TitleClassifier().fit(titles, ["x"])


def test_threads_do_not_change_what_is_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model learns on one thread, however many there are, so that sums are the same."""
    seen: list[int] = []
    fit = LogisticRegression.fit

    def spy(self: Any, *arguments: Any, **named: Any) -> Any:
        seen.extend(library["num_threads"] for library in threadpool_info())
        return fit(self, *arguments, **named)

    monkeypatch.setattr(LogisticRegression, "fit", spy)
    with threadpool_limits(limits=2):
        TitleClassifier().fit(*FEW)
    assert set(seen) == {1}


def test_a_missing_scikit_learn_is_told() -> None:
    code = "import sys; sys.modules['sklearn'] = None; import pmo_classify.sklearn"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    message = "TitleClassifier needs scikit-learn: pip install 'pmo-classify[model]'"
    assert f"MissingExtraError: {message}" in run.stderr


def test_listed_answers_are_not_what_it_learns_from() -> None:
    """The model learns the labels that it gets, even if the library's own answer differs."""
    titles = ["PMO Analyst", "PMO Officer", "PMO Lead", "PMO Manager"]
    model = TitleClassifier(C=100).fit(titles, ["b", "b", "a", "a"])
    assert [str(a.track) for a in classify_many(titles)] == ["pmo"] * 4
    assert model.predict(titles).tolist() == ["b", "b", "a", "a"]
