"""The scikit-learn estimator: a linear model of a title's words and of what is read in them.

Users import it from ``pmo_classify.sklearn``.
"""
# ruff: noqa: E402 - the message about a missing library must come before its import fails.

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from pmo_classify.extras import need
from pmo_classify.learning.features import title_features
from pmo_classify.reading.cleaning import clean_text, is_missing

need("scikit-learn", "threadpoolctl", extra="model", what="TitleClassifier")
import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from sklearn.utils import column_or_1d
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_consistent_length, check_is_fitted
from threadpoolctl import threadpool_limits

__all__ = ["TitleClassifier"]


class TitleClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc] # has no types
    """Learns your own labels of job titles, from their words and from what this library reads.

    The features are the words and character n-grams of a title (TF-IDF), and what this library
    reads in it: track, level, scope, role, function, doubts. That is why a few dozen labels are
    often enough. The labels can be any that scikit-learn takes, such as ``"pmo 2"``, a grade, or
    yes and no.

    ``C`` (the inverse regularisation strength, above 0), ``class_weight`` and ``max_iter`` are
    those of ``LogisticRegression``. ``reading_weight`` is the weight of the reading relative to
    the words; 0 leaves the reading out.

    >>> from sklearn.model_selection import cross_val_score
    >>> titles = ["PMO Lead", "Scrum Master", "Project Planner", "Project Manager"] * 3
    >>> cross_val_score(TitleClassifier(C=10.0), titles, ["in", "out"] * 6, cv=3).tolist()
    [1.0, 1.0, 1.0]

    Titles are a list, an array or a column of text; a missing one (``None``, NaN) counts as
    blank. Anything else raises a ``TypeError`` or a ``ValueError``, as in scikit-learn. The same
    titles and labels always give the same model, whatever the number of threads. Needs the extra
    ``model``.
    """

    def __init__(
        self,
        *,
        C: float = 3.0,  # noqa: N803 - scikit-learn's own name
        reading_weight: float = 1.0,
        class_weight: dict[Any, float] | str | None = None,
        max_iter: int = 1000,
    ) -> None:
        self.C = C
        self.reading_weight = reading_weight
        self.class_weight = class_weight
        self.max_iter = max_iter

    def fit(self, X: Iterable[object], y: Iterable[Any], sample_weight: Any = None) -> Self:  # noqa: N803
        """Learn from titles and their labels.

        ``sample_weight`` weighs the titles in the linear model; the TF-IDF weights ignore it.
        """
        titles = _texts(X)
        if not self.reading_weight >= 0:
            message = f"reading_weight must be 0 or more, not {self.reading_weight!r}"
            raise ValueError(message)
        if y is None:
            message = "requires y to be passed, but the target y is None"
            raise ValueError(message)
        labels = column_or_1d(y, warn=True)
        check_consistent_length(titles, labels)
        check_classification_targets(labels)
        features = _vectorizer(self.reading_weight)
        model = LogisticRegression(
            C=self.C, class_weight=self.class_weight, max_iter=self.max_iter, random_state=0
        )
        # Several threads would sum in varying order, and the last digits would differ.
        with threadpool_limits(limits=1):
            model.fit(features.fit_transform(titles), labels, sample_weight=sample_weight)
        self.features_, self.model_ = features, model
        self.classes_, self.n_iter_ = model.classes_, model.n_iter_
        return self

    def predict_proba(self, X: Iterable[object]) -> Any:  # noqa: N803
        """Return the probability of each label, in the order of ``classes_``, one row per title."""
        check_is_fitted(self)
        return self.model_.predict_proba(self.features_.transform(_texts(X)))

    def knows(self, X: Iterable[object]) -> Any:  # noqa: N803
        """Return for each title whether the model knows any word or part of a word in it.

        >>> model = TitleClassifier(reading_weight=0).fit(["PMO Lead", "Chef"], ["in", "out"])
        >>> model.knows(["Leadership", "Бухгалтер"]).tolist()
        [True, False]
        """
        check_is_fitted(self)
        return self.features_.transform(_texts(X)).getnnz(axis=1) > 0

    def predict(self, X: Iterable[object]) -> Any:  # noqa: N803
        """Return the most probable label of each title."""
        chances = self.predict_proba(X)
        return self.classes_[np.argmax(chances, axis=1)]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = tags.input_tags.string = tags.input_tags.allow_nan = True
        tags.input_tags.two_d_array = False
        return tags


def _vectorizer(reading_weight: float) -> FeatureUnion:
    # One letter counts as a word, because some titles have no longer one.
    word = r"\w+"
    parts = [
        ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=word)),
        ("ngrams", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)),
    ]
    if reading_weight:
        parts.append(("reading", CountVectorizer(analyzer=title_features, binary=True)))
    weights = {"reading": reading_weight} if reading_weight else None
    return FeatureUnion(parts, transformer_weights=weights)


def _texts(titles: Iterable[object]) -> list[str]:
    """Return the titles as clean, non-empty text; raise for anything but a column of text."""
    if isinstance(titles, (str, bytes)) or not hasattr(titles, "__iter__"):
        message = f"needs titles in a list or a column, not one {type(titles).__name__}"
        raise ValueError(message)
    if getattr(titles, "ndim", 1) != 1:
        message = f"needs one column of titles, not the shape {getattr(titles, 'shape', None)}"
        raise ValueError(message)
    texts = [_text(title, row) for row, title in enumerate(titles)]
    if not texts:
        message = "needs at least one title: Found array with 0 sample(s)"
        raise ValueError(message)
    return texts


def _text(title: object, row: int) -> str:
    if is_missing(title):
        title = ""
    if not isinstance(title, str):
        message = f"title {row} (from 0) must be text, not {title!r} ({type(title).__name__})"
        raise TypeError(message)
    text = clean_text(title).text
    # A title without a word still needs a feature, or the vectorizer finds no vocabulary.
    return text if any(map(str.isalnum, text)) else "blank"
