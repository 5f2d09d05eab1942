"""The figures of an evaluation: what a classifier gets right, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from pmo_classify.evaluation.calibration import Calibration, CoveragePoint
from pmo_classify.evaluation.intervals import Estimate, Share
from pmo_classify.taxonomy import Level, Scope, Track

__all__ = [
    "CLASSES",
    "NO_SCOPE",
    "Answer",
    "Evaluation",
    "Facet",
    "JudgedRow",
    "LabelScore",
    "Misread",
]

CLASSES: Final = ("other", "delivery", "1", "2", "3", "4")
"""Track and level in one, in the order of the confusion matrix."""

NO_SCOPE: Final = "none named"
"""How a scope is called on the ladder where the title names none."""


class Answer(NamedTuple):
    """Where a title stands: what a person or the classifier says of it.

    >>> str(Answer(Track.PMO, Level.LEADING, Scope.PROJECT))
    'pmo 3 project'
    """

    track: Track
    level: Level | None
    scope: Scope

    @property
    def name(self) -> str:
        """Track and level in one, as in ``CLASSES``."""
        return str(self.track) if self.level is None else str(int(self.level))

    @property
    def scopes(self) -> tuple[str, ...]:
        """The words of the scope; one that says so for none; none at all off the ladder."""
        if self.track is not Track.PMO:
            return ()
        return tuple(str(self.scope).split("+")) if self.scope else (NO_SCOPE,)

    def as_dict(self) -> dict[str, object]:
        """Give plain JSON types."""
        level = None if self.level is None else int(self.level)
        return {"track": str(self.track), "level": level, "scope": str(self.scope)}

    def __str__(self) -> str:
        level = "" if self.level is None else str(int(self.level))
        return " ".join(filter(None, (str(self.track), level, str(self.scope))))


class JudgedRow(NamedTuple):
    """A row's title with the ``true`` answer, and what the classifier ``said`` of it.

    ``ambiguous`` says that a careful reader could not settle the title: ``true`` is then the best
    guess, and the right thing to do is to ask for review.
    """

    title: str
    true: Answer
    said: Answer
    confidence: float
    review: bool
    method: str
    reason: str
    ambiguous: bool = False


class Misread(NamedTuple):
    """A title whose answer differs from the true one, and in how many rows it stands."""

    row: JudgedRow
    rows: int

    def as_dict(self) -> dict[str, object]:
        """Give plain JSON types."""
        true, said = self.row.true.as_dict(), self.row.said.as_dict()
        return {**self.row._asdict(), "true": true, "said": said, "rows": self.rows}


class LabelScore(NamedTuple):
    """How well one label is told from the rest; the intervals of F1 are bootstrapped."""

    label: str
    precision: Share
    recall: Share
    f1: Estimate

    def as_dict(self) -> dict[str, object]:
        """Give plain JSON types."""
        return {
            "label": self.label,
            "precision": self.precision.as_dict(),
            "recall": self.recall.as_dict(),
            "f1": self.f1.as_dict(),
        }


class Facet(NamedTuple):
    """How well track, level or scope is read: the share ``right``, and each label by itself.

    ``macro_f1`` is the mean F1 of the labels that occur.
    """

    right: Share
    macro_f1: Estimate
    labels: tuple[LabelScore, ...]

    def as_dict(self) -> dict[str, object]:
        """Give plain JSON types."""
        return {
            "right": self.right.as_dict(),
            "macro_f1": self.macro_f1.as_dict(),
            "labels": [label.as_dict() for label in self.labels],
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a classifier does on titles whose true answers are known.

    A row is clear where it is not marked ambiguous. ``right`` (track, level and scope together),
    ``track``, ``confusion`` and ``calibration`` are of the clear rows; ``level.right`` and
    ``scope.right`` of the clear rows that are truly on the ladder, a missed one counting as wrong.
    ``reviewed``, ``accepted_right`` (of the rows not sent to review, those all right) and
    ``coverage`` are of all rows, with the best guess of an ambiguous one for its true answer.

    A scope is a set of words: each is scored by itself, and ``scope.right`` asks for all of them.
    ``confusion[i][j]`` counts rows that truly are ``CLASSES[i]`` and were called ``CLASSES[j]``.
    Intervals are of 95 %: after Wilson for shares, bootstrapped with a fixed seed for F1.
    ``misread`` lists the titles with wrong answers, the clear and the surest first.
    """

    rows: int
    clear: int
    titles: int
    right: Share
    track: Facet
    level: Facet
    scope: Facet
    confusion: tuple[tuple[int, ...], ...]
    reviewed: Share
    clear_reviewed: Share
    ambiguous_reviewed: Share
    accepted_right: Share
    coverage: tuple[CoveragePoint, ...]
    calibration: Calibration
    misread: tuple[Misread, ...]
    columns: tuple[str, ...] = ()
    unlabelled: int = 0
    warnings: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Give everything as plain JSON types."""
        shares = ("right", "reviewed", "clear_reviewed", "ambiguous_reviewed", "accepted_right")
        return {
            "rows": self.rows,
            "clear": self.clear,
            "titles": self.titles,
            "unlabelled": self.unlabelled,
            "columns": list(self.columns),
            "warnings": list(self.warnings),
            **{name: getattr(self, name).as_dict() for name in shares},
            **{name: getattr(self, name).as_dict() for name in ("track", "level", "scope")},
            "confusion": {"classes": list(CLASSES), "rows": [list(r) for r in self.confusion]},
            "calibration": self.calibration.as_dict(),
            "coverage": [point.as_dict() for point in self.coverage],
            "misread": [title.as_dict() for title in self.misread],
            "intervals": "95 %: Wilson for shares, bootstrap with a fixed seed for F1",
        }
