"""The columns that labelling adds: their names, their kinds, and what stands in them.

Files get text, data frames typed values; both are written from the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final, Generic, TypeVar

from pmo_classify.classification import Classification
from pmo_classify.classifier import Classifier
from pmo_classify.knowledge.reasons import brief_reason
from pmo_classify.taxonomy import Method, Scope, Track

__all__ = [
    "CATEGORIES",
    "LABEL_COLUMNS",
    "LABEL_KINDS",
    "Kind",
    "LabelValues",
    "LabelWriter",
    "label_cells",
    "label_values",
]

_LabelsT = TypeVar("_LabelsT")
LabelValues = tuple[
    str, int | None, str | None, str | None, str | None, str | None, str, float, bool, str | None
]


class Kind(Enum):
    """What a label column holds; each kind of data frame has a type of its own for it."""

    CATEGORY = "one of few words, known beforehand"
    SMALL_INTEGER = "a whole number from 0 to 100, or nothing"
    TEXT = "text, or nothing"
    SHARE = "a number from 0 to 1"
    YES_NO = "true or false"


LABEL_KINDS: Final = {
    "pmo_track": Kind.CATEGORY,
    "pmo_level": Kind.SMALL_INTEGER,
    "pmo_scope": Kind.CATEGORY,
    "pmo_standard_title": Kind.TEXT,
    "pmo_seniority": Kind.TEXT,
    "pmo_function": Kind.TEXT,
    "pmo_method": Kind.CATEGORY,
    "pmo_confidence": Kind.SHARE,
    "pmo_review": Kind.YES_NO,
    "pmo_reason": Kind.TEXT,
}
"""What each label column holds."""

LABEL_COLUMNS: Final = tuple(LABEL_KINDS)
"""The columns that labelling adds, in this order, after the user's own."""

CATEGORIES: Final = {
    "pmo_track": tuple(map(str, Track)),
    "pmo_scope": tuple(str(Scope(bits)) for bits in range(1, 16)),
    "pmo_method": tuple(map(str, Method)),
}
"""All words that a column of the kind ``CATEGORY`` may hold, whatever the rows are."""


def label_values(answer: Classification) -> LabelValues:
    """Give an answer as the values of the label columns; what is not there is ``None``.

    >>> from pmo_classify import classify
    >>> label_values(classify("PMO Lead"))[:4]
    ('pmo', 3, None, 'PMO Lead')
    """
    return (
        str(answer.track),
        None if answer.level is None else int(answer.level),
        str(answer.scope) or None,
        answer.standard_title,
        answer.seniority,
        answer.function,
        str(answer.method),
        answer.confidence,
        answer.needs_review,
        brief_reason(answer.reasons) or None,
    )


def label_cells(answer: Classification) -> tuple[str, ...]:
    """Write an answer as the cells of the label columns; what is not there is an empty cell.

    >>> from pmo_classify import classify
    >>> label_cells(classify("PMO Lead"))[:4]
    ('pmo', '3', '', 'PMO Lead')
    """
    track, level, scope, standard, seniority, function, method, confidence, review, reason = (
        label_values(answer)
    )
    return (
        track,
        "" if level is None else str(level),
        scope or "",
        standard or "",
        seniority or "",
        function or "",
        method,
        f"{confidence:.2f}",
        "yes" if review else "no",
        reason or "",
    )


class LabelWriter(Generic[_LabelsT]):
    """Writes the labels of titles.

    ``write`` makes labels of an answer: ``label_values`` or ``label_cells``.

    >>> write = LabelWriter(Classifier(), label_cells).labels
    >>> write("PMO Lead")[1]
    '3'
    """

    def __init__(self, classifier: Classifier, write: Callable[[Classification], _LabelsT]) -> None:
        self._classifier = classifier
        self._write = write

    def labels(self, title: str) -> _LabelsT:
        """Return the labels of a title."""
        return self._write(self._classifier.classify(title))

    def labels_of_many(self, titles: Sequence[str]) -> list[_LabelsT]:
        """Return the labels of many titles."""
        return list(map(self._write, self._classifier.classify_many(titles)))
