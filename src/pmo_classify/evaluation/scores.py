"""The scores of a classifier: the class ``Evaluation``, and how it is computed from rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pmo_classify.evaluation.statistics import (
    Calibration,
    CoveragePoint,
    Estimate,
    Proportion,
    ScoredAnswer,
    bootstrap,
    calibrate,
    coverage,
    f1_of,
    wilson,
)
from pmo_classify.taxonomy import Level, Scope, Track
from pmo_classify.wording import NO_SCOPE

__all__ = [
    "CLASSES",
    "Answer",
    "Evaluation",
    "Facet",
    "LabelScore",
    "Misread",
    "ScoredRow",
    "score",
]

CLASSES: Final = ("other", "delivery", "1", "2", "3", "4")
"""The labels for track and level together, in the order of the confusion matrix."""

_TRACKS: Final = tuple(map(str, Track))
_LEVELS: Final = tuple(str(int(level)) for level in Level)
_SCOPES: Final = (*(str(scope) for scope in Scope), NO_SCOPE)


class Answer(NamedTuple):
    """An answer to a title, from a person or from the classifier.

    >>> str(Answer(Track.PMO, Level.LEADING, Scope.PROJECT))
    'pmo 3 project'
    """

    track: Track
    level: Level | None
    scope: Scope

    @property
    def name(self) -> str:
        """Track and level as one label of ``CLASSES``."""
        return str(self.track) if self.level is None else str(int(self.level))

    @property
    def scopes(self) -> tuple[str, ...]:
        """The words of the scope, or ``NO_SCOPE`` if it is empty; none off the ladder."""
        if self.track is not Track.PMO:
            return ()
        return tuple(str(self.scope).split("+")) if self.scope else (NO_SCOPE,)

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON types."""
        level = None if self.level is None else int(self.level)
        return {"track": str(self.track), "level": level, "scope": str(self.scope)}

    def __str__(self) -> str:
        level = "" if self.level is None else str(int(self.level))
        return " ".join(filter(None, (str(self.track), level, str(self.scope))))


class ScoredRow(NamedTuple):
    """A row's title with the ``expected`` answer and the one that the classifier ``predicted``.

    ``ambiguous`` marks a title that nobody can decide by its words alone: ``expected`` is then the
    best guess, and the classifier should send the title to review.
    """

    title: str
    expected: Answer
    predicted: Answer
    confidence: float
    review: bool
    method: str
    reason: str
    ambiguous: bool = False


class Misread(NamedTuple):
    """A title whose answer is not the expected one, and its number of rows."""

    row: ScoredRow
    rows: int

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON types."""
        answers = {
            "expected": self.row.expected.as_dict(),
            "predicted": self.row.predicted.as_dict(),
        }
        return {**self.row._asdict(), **answers, "rows": self.rows}


class LabelScore(NamedTuple):
    """Precision, recall and F1 of one label; the interval of F1 is bootstrapped."""

    label: str
    precision: Proportion
    recall: Proportion
    f1: Estimate

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON types."""
        return {
            "label": self.label,
            "precision": self.precision.as_dict(),
            "recall": self.recall.as_dict(),
            "f1": self.f1.as_dict(),
        }


class Facet(NamedTuple):
    """How well track, level or scope is read: the proportion ``right``, and a score per label.

    ``macro_f1`` is the mean F1 of the labels that occur.
    """

    right: Proportion
    macro_f1: Estimate
    labels: tuple[LabelScore, ...]

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON types."""
        return {
            "right": self.right.as_dict(),
            "macro_f1": self.macro_f1.as_dict(),
            "labels": [label.as_dict() for label in self.labels],
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well a classifier reads titles whose answers are known.

    Rows that are not marked ambiguous are clear. ``right`` (track, level and scope together),
    ``track``, ``confusion`` and ``calibration`` count the clear rows. ``level.right`` and
    ``scope.right`` count the clear rows that belong on the ladder; rows that the classifier did not
    put there are wrong. ``reviewed``, ``accepted_right`` (how many of the rows without review are
    right) and ``coverage`` count all rows; the expected answer of an ambiguous row is a best guess.

    A scope is a set of words: each word has its own score, and ``scope.right`` needs all of them.
    ``confusion[i][j]`` counts the rows that are ``CLASSES[i]`` and were read as ``CLASSES[j]``.
    Intervals are 95 % intervals: Wilson's for proportions, bootstrapped with a fixed seed for F1.
    ``misread`` lists the titles with wrong answers: clear ones first, then by confidence.
    ``columns`` are those that the expected answers were read from, ``unlabelled`` counts the rows
    without an expected answer, and ``warnings`` say what looks wrong with the answers.
    """

    rows: int
    """The rows that were scored."""
    clear: int
    """Those of them that are not marked ambiguous."""
    titles: int
    """The distinct titles in the rows."""
    right: Proportion
    """The clear rows whose track, level and scope are all right."""
    track: Facet
    """The scores of the tracks, over the clear rows."""
    level: Facet
    """The scores of the levels, over the clear rows that belong on the ladder."""
    scope: Facet
    """The scores of the words of scope, over the same rows."""
    confusion: tuple[tuple[int, ...], ...]
    """How many clear rows of each class were read as which; see above."""
    reviewed: Proportion
    """The rows that went to review."""
    clear_reviewed: Proportion
    """The clear rows that went to review."""
    ambiguous_reviewed: Proportion
    """The ambiguous rows that went to review."""
    accepted_right: Proportion
    """The rows that are right, of those that did not go to review."""
    coverage: tuple[CoveragePoint, ...]
    """What other thresholds of confidence would accept, and how much of it is right."""
    calibration: Calibration
    """How far the confidence can be trusted."""
    misread: tuple[Misread, ...]
    """The titles with wrong answers, the clear ones first."""
    columns: tuple[str, ...] = ()
    """The columns that held titles and expected answers."""
    unlabelled: int = 0
    """The rows without an expected answer, which were left out."""
    warnings: tuple[str, ...] = ()
    """What a user should know."""

    def as_dict(self) -> dict[str, object]:
        """Return everything as plain JSON types."""
        proportions = (
            "right",
            "reviewed",
            "clear_reviewed",
            "ambiguous_reviewed",
            "accepted_right",
        )
        return {
            "rows": self.rows,
            "clear": self.clear,
            "titles": self.titles,
            "unlabelled": self.unlabelled,
            "columns": list(self.columns),
            "warnings": list(self.warnings),
            **{name: getattr(self, name).as_dict() for name in proportions},
            **{name: getattr(self, name).as_dict() for name in ("track", "level", "scope")},
            "confusion": {"classes": list(CLASSES), "rows": [list(r) for r in self.confusion]},
            "calibration": self.calibration.as_dict(),
            "coverage": [point.as_dict() for point in self.coverage],
            "misread": [title.as_dict() for title in self.misread],
            "intervals": "95 %: Wilson for proportions, bootstrap with a fixed seed for F1",
        }


_Pair = tuple[Answer, Answer]
"""The expected and the predicted answer of a row."""


def score(
    rows: Iterable[ScoredRow],
    *,
    columns: Sequence[str] = (),
    unlabelled: int = 0,
    warnings: Sequence[str] = (),
) -> Evaluation:
    """Return the evaluation of rows, each with its expected and its predicted answer.

    ``columns`` (where the expected answers were read), ``unlabelled`` (how many rows had none) and
    ``warnings`` are passed on. The order of the rows does not matter.

    >>> lead = Answer(Track.PMO, Level.LEADING, Scope.NONE)
    >>> scored = score([ScoredRow("PMO Lead", lead, lead, 0.99, False, "exact", "")])
    >>> scored.right.value, scored.confusion[CLASSES.index("3")]
    (1.0, (0, 0, 0, 0, 1, 0))
    """
    counts = Counter(rows)
    clear = {row: n for row, n in counts.items() if not row.ambiguous}
    ambiguous = {row: n for row, n in counts.items() if row.ambiguous}
    accepted = {row: n for row, n in counts.items() if not row.review}
    ladder = {row: n for row, n in clear.items() if row.expected.track is Track.PMO}
    pairs: Counter[_Pair] = Counter()
    for row, n in clear.items():
        pairs[row.expected, row.predicted] += n
    track, level, scope = _facets(
        pairs,
        _proportion(clear, [row for row in clear if row.expected.track is row.predicted.track]),
        _proportion(ladder, [row for row in ladder if row.expected.level is row.predicted.level]),
        _proportion(ladder, [row for row in ladder if row.expected.scopes == row.predicted.scopes]),
    )
    return Evaluation(
        rows=counts.total(),
        clear=sum(clear.values()),
        titles=len({row.title for row in counts}),
        right=_proportion(clear, [row for row in clear if row.expected == row.predicted]),
        track=track,
        level=level,
        scope=scope,
        confusion=_confusion(pairs),
        reviewed=_proportion(counts, [row for row in counts if row.review]),
        clear_reviewed=_proportion(clear, [row for row in clear if row.review]),
        ambiguous_reviewed=_proportion(ambiguous, [row for row in ambiguous if row.review]),
        accepted_right=_proportion(
            accepted, [row for row in accepted if row.expected == row.predicted]
        ),
        coverage=coverage(_scored_answers(counts)),
        calibration=calibrate(_scored_answers(clear)),
        misread=_misread(counts),
        columns=tuple(columns),
        unlabelled=unlabelled,
        warnings=tuple(warnings),
    )


def _proportion(counts: Mapping[ScoredRow, int], hits: Iterable[ScoredRow]) -> Proportion:
    return wilson(sum(counts[row] for row in hits), sum(counts.values()))


def _scored_answers(counts: Mapping[ScoredRow, int]) -> Iterable[ScoredAnswer]:
    for row, n in counts.items():
        yield from [ScoredAnswer(row.confidence, row.expected == row.predicted)] * n


def _confusion(pairs: Mapping[_Pair, int]) -> tuple[tuple[int, ...], ...]:
    cells: Counter[tuple[str, str]] = Counter()
    for (expected, predicted), n in pairs.items():
        cells[expected.name, predicted.name] += n
    return tuple(tuple(cells[expected, predicted] for predicted in CLASSES) for expected in CLASSES)


def _misread(counts: Mapping[ScoredRow, int]) -> tuple[Misread, ...]:
    wrong = (Misread(row, n) for row, n in counts.items() if row.expected != row.predicted)
    return tuple(sorted(wrong, key=_clear_and_confident_first))


def _clear_and_confident_first(title: Misread) -> tuple[object, ...]:
    row = title.row
    answers = str(row.expected), str(row.predicted)
    return row.ambiguous, -row.confidence, row.title, *answers, row.review, row.method, row.reason


def _facets(pairs: Mapping[_Pair, int], *rights: Proportion) -> list[Facet]:
    """Score the labels of track, level and scope, with one bootstrap for all of them.

    ``rights`` are the proportions of rows whose track, level and scope are right.
    """
    groups = (_TRACKS, _LEVELS, _SCOPES)
    labels = [label for group in groups for label in group]
    labels_of_pair = {pair: (_labels(pair[0]), _labels(pair[1])) for pair in pairs}

    def tally(counts: Mapping[_Pair, int]) -> dict[str, list[int]]:
        """Count for each label the rows where it is right, predicted, expected."""
        tallies = {label: [0, 0, 0] for label in labels}
        for pair, n in counts.items():
            expected, predicted = labels_of_pair[pair]
            for label in expected | predicted:
                cell = tallies[label]
                cell[0] += n * (label in expected and label in predicted)
                cell[1] += n * (label in predicted)
                cell[2] += n * (label in expected)
        return tallies

    def f1_scores(counts: Mapping[_Pair, int]) -> list[float | None]:
        tallies = tally(counts)
        scores = {label: f1_of(*tallies[label]) for label in labels}
        means = [_mean([scores[label] for label in group]) for group in groups]
        return [*scores.values(), *means]

    estimates = bootstrap(pairs, f1_scores)
    by_label = dict(zip(labels, estimates, strict=False))
    tallies = tally(pairs)
    return [
        Facet(right, macro, tuple(_label_score(n, tallies[n], by_label[n]) for n in group))
        for right, group, macro in zip(rights, groups, estimates[len(labels) :], strict=True)
    ]


def _labels(answer: Answer) -> frozenset[str]:
    level = () if answer.level is None else (str(int(answer.level)),)
    return frozenset((str(answer.track), *level, *answer.scopes))


def _label_score(label: str, tally: Sequence[int], f1: Estimate) -> LabelScore:
    right, predicted, expected = tally
    return LabelScore(label, wilson(right, predicted), wilson(right, expected), f1)


def _mean(scores: Sequence[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None
