"""What a classifier gets right, and how sure that is: the figures of an evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pmo_classify.calibration import Calibration, CoveragePoint, Judged, calibrate, coverage
from pmo_classify.intervals import Estimate, Share, bootstrap, f1_of, wilson
from pmo_classify.taxonomy import Level, Scope, Track

__all__ = [
    "CLASSES",
    "Answer",
    "Evaluation",
    "Facet",
    "JudgedRow",
    "LabelScore",
    "Misread",
    "score",
]

CLASSES: Final = ("other", "delivery", "1", "2", "3", "4")
"""Track and level in one, in the order of the confusion matrix."""

NO_SCOPE: Final = "none named"
_TRACKS: Final = tuple(map(str, Track))
_LEVELS: Final = tuple(str(int(level)) for level in Level)
_SCOPES: Final = ("project", "programme", "portfolio", "enterprise", NO_SCOPE)


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


def score(
    rows: Iterable[JudgedRow],
    *,
    columns: Sequence[str] = (),
    unlabelled: int = 0,
    warnings: Sequence[str] = (),
) -> Evaluation:
    """Compute all figures from rows, each with its true answer and the classifier's.

    ``columns`` names where the truth was read, ``unlabelled`` counts rows left out, ``warnings``
    are for the user; the figures do not depend on them, nor on the order of the rows.

    >>> lead = Answer(Track.PMO, Level.LEADING, Scope.NONE)
    >>> found = score([JudgedRow("PMO Lead", lead, lead, 0.99, False, "exact", "")])
    >>> found.right.value, found.confusion[CLASSES.index("3")]
    (1.0, (0, 0, 0, 0, 1, 0))
    """
    counts = Counter(rows)
    clear = {row: n for row, n in counts.items() if not row.ambiguous}
    vague = {row: n for row, n in counts.items() if row.ambiguous}
    accepted = {row: n for row, n in counts.items() if not row.review}
    ladder = {row: n for row, n in clear.items() if row.true.track is Track.PMO}
    pairs: Counter[_Pair] = Counter()
    for row, n in clear.items():
        pairs[row.true, row.said] += n
    track, level, scope = _facets(pairs)
    return Evaluation(
        rows=counts.total(),
        clear=sum(clear.values()),
        titles=len({row.title for row in counts}),
        right=_share(clear, [row for row in clear if row.true == row.said]),
        track=track(_share(clear, [r for r in clear if r.true.track is r.said.track])),
        level=level(_share(ladder, [r for r in ladder if r.true.level is r.said.level])),
        scope=scope(_share(ladder, [r for r in ladder if r.true.scopes == r.said.scopes])),
        confusion=_confusion(pairs),
        reviewed=_share(counts, [row for row in counts if row.review]),
        clear_reviewed=_share(clear, [row for row in clear if row.review]),
        ambiguous_reviewed=_share(vague, [row for row in vague if row.review]),
        accepted_right=_share(accepted, [row for row in accepted if row.true == row.said]),
        coverage=coverage(_judged(counts)),
        calibration=calibrate(_judged(clear)),
        misread=_misread(counts),
        columns=tuple(columns),
        unlabelled=unlabelled,
        warnings=tuple(warnings),
    )


_Pair = tuple[Answer, Answer]


def _share(counts: Mapping[JudgedRow, int], hits: Iterable[JudgedRow]) -> Share:
    return wilson(sum(counts[row] for row in hits), sum(counts.values()))


def _judged(counts: Mapping[JudgedRow, int]) -> Iterable[Judged]:
    for row, n in counts.items():
        yield from [Judged(row.confidence, row.true == row.said)] * n


def _confusion(pairs: Mapping[_Pair, int]) -> tuple[tuple[int, ...], ...]:
    cells: Counter[tuple[str, str]] = Counter()
    for (true, said), n in pairs.items():
        cells[true.name, said.name] += n
    return tuple(tuple(cells[true, said] for said in CLASSES) for true in CLASSES)


def _misread(counts: Mapping[JudgedRow, int]) -> tuple[Misread, ...]:
    wrong = (Misread(row, n) for row, n in counts.items() if row.true != row.said)
    return tuple(sorted(wrong, key=_surest_first))


def _surest_first(title: Misread) -> tuple[object, ...]:
    row = title.row
    answers = str(row.true), str(row.said)
    return row.ambiguous, -row.confidence, row.title, *answers, row.review, row.method, row.reason


class _FacetMaker(NamedTuple):
    macro_f1: Estimate
    labels: tuple[LabelScore, ...]

    def __call__(self, right: Share) -> Facet:
        return Facet(right, *self)


def _facets(pairs: Mapping[_Pair, int]) -> list[_FacetMaker]:
    """Score the labels of track, level and scope, with one bootstrap for them all."""
    groups = (_TRACKS, _LEVELS, _SCOPES)
    labels = [label for group in groups for label in group]
    held = {pair: (_labels(pair[0]), _labels(pair[1])) for pair in pairs}

    def tally(counts: Mapping[_Pair, int]) -> dict[str, list[int]]:
        """Count for each label the rows that are rightly called it, called it, truly it."""
        found = {label: [0, 0, 0] for label in labels}
        for pair, n in counts.items():
            true, said = held[pair]
            for label in true | said:
                cell = found[label]
                cell[0] += n * (label in true and label in said)
                cell[1] += n * (label in said)
                cell[2] += n * (label in true)
        return found

    def figures(counts: Mapping[_Pair, int]) -> list[float | None]:
        found = tally(counts)
        scores = {label: f1_of(*found[label]) for label in labels}
        means = [_mean([scores[label] for label in group]) for group in groups]
        return [*scores.values(), *means]

    estimates = bootstrap(pairs, figures)
    by_label = dict(zip(labels, estimates, strict=False))
    found = tally(pairs)
    return [
        _FacetMaker(macro, tuple(_label_score(n, found[n], by_label[n]) for n in group))
        for group, macro in zip(groups, estimates[len(labels) :], strict=True)
    ]


def _labels(answer: Answer) -> frozenset[str]:
    level = () if answer.level is None else (str(int(answer.level)),)
    return frozenset((str(answer.track), *level, *answer.scopes))


def _label_score(label: str, tally: Sequence[int], f1: Estimate) -> LabelScore:
    right, said, true = tally
    return LabelScore(label, wilson(right, said), wilson(right, true), f1)


def _mean(scores: Sequence[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None
