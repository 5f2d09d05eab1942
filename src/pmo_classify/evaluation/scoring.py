"""Computing the figures of an evaluation from rows, each with its true answer and the one said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pmo_classify.evaluation.calibration import Judged, calibrate, coverage
from pmo_classify.evaluation.figures import (
    CLASSES,
    NO_SCOPE,
    Answer,
    Evaluation,
    Facet,
    JudgedRow,
    LabelScore,
    Misread,
)
from pmo_classify.evaluation.intervals import Estimate, Share, bootstrap, f1_of, wilson
from pmo_classify.taxonomy import Level, Scope, Track

__all__ = ["score"]

_TRACKS: Final = tuple(map(str, Track))
_LEVELS: Final = tuple(str(int(level)) for level in Level)
_SCOPES: Final = (*(str(scope) for scope in Scope), NO_SCOPE)


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
    track, level, scope = _facets(
        pairs,
        _share(clear, [row for row in clear if row.true.track is row.said.track]),
        _share(ladder, [row for row in ladder if row.true.level is row.said.level]),
        _share(ladder, [row for row in ladder if row.true.scopes == row.said.scopes]),
    )
    return Evaluation(
        rows=counts.total(),
        clear=sum(clear.values()),
        titles=len({row.title for row in counts}),
        right=_share(clear, [row for row in clear if row.true == row.said]),
        track=track,
        level=level,
        scope=scope,
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


def _facets(pairs: Mapping[_Pair, int], *rights: Share) -> list[Facet]:
    """Score the labels of track, level and scope, with one bootstrap for them all.

    ``rights`` are the shares of rows whose track, level and scope are right.
    """
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
        Facet(right, macro, tuple(_label_score(n, found[n], by_label[n]) for n in group))
        for right, group, macro in zip(rights, groups, estimates[len(labels) :], strict=True)
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
