"""An evaluation for a person to read: tables for a terminal, and the misread titles as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmo_classify.evaluation.calibration import CoveragePoint
from pmo_classify.evaluation.figures import CLASSES, Evaluation, Misread
from pmo_classify.evaluation.intervals import Estimate, Share
from pmo_classify.files.csv.writer import write_csv
from pmo_classify.files.output import check_free
from pmo_classify.wording import percent, pluralised, print_lines, shortened

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

__all__ = ["WRONG_COLUMNS", "print_evaluation", "print_misread", "write_misread"]

WRONG_COLUMNS: Final = (
    "title",
    "rows",
    "true_track",
    "true_level",
    "true_scope",
    "said_track",
    "said_level",
    "said_scope",
    "ambiguous",
    "confidence",
    "review",
    "method",
    "reason",
)
"""The columns of the CSV of misread titles."""

_MOST_THRESHOLDS: Final = 10
_LONGEST_SHOWN: Final = 90


def print_evaluation(console: Console, found: Evaluation) -> None:
    """Print the figures of an evaluation as tables."""
    for table in (_shares(found), _labels(found), _confusion(found), _thresholds(found)):
        console.print(table)
        console.print()
    print_lines(console, *_notes(found))


def _notes(found: Evaluation) -> Iterator[str]:
    calibration = found.calibration
    if calibration.ece is not None and calibration.brier is not None:
        yield f"calibration: ECE {calibration.ece:.3f}, Brier {calibration.brier:.3f}"
        bins = (
            f"{b.low:.1f}-{b.high:.1f}: {percent(b.right.value)} of {b.right.of:,}"
            for b in calibration.bins
        )
        yield f"right by confidence: {', '.join(bins)}"
    rows, titles = pluralised(found.rows, "row"), pluralised(found.titles, "distinct title")
    yield f"{rows} ({found.clear:,} clear, {found.rows - found.clear:,} ambiguous), {titles}"
    yield f"truth: {', '.join(map(repr, found.columns))}"
    if found.unlabelled:
        yield f"rows without a true answer, left out: {found.unlabelled:,}"
    yield "intervals: 95%, Wilson for shares, bootstrap (fixed seed) for F1"
    yield from (f"warning: {warning}" for warning in found.warnings)


def print_misread(console: Console, titles: Sequence[Misread], most: int) -> None:
    """Print the first misread titles, and how many more there are."""
    for title in titles[:most]:
        row = title.row
        marks = [f"{row.confidence:.2f}"]
        marks += ["review"] * row.review + ["ambiguous"] * row.ambiguous
        marks += [pluralised(title.rows, "row")] * (title.rows > 1)
        text = shortened(" ".join(row.title.split()), _LONGEST_SHOWN)
        print_lines(console, f"{text!r}: said {row.said}, is {row.true} ({', '.join(marks)})")
    more = len(titles) - most
    if more > 0:
        rest = (
            f"and {pluralised(more, 'more misread title')}: --errors {len(titles)} shows them all"
        )
        print_lines(console, rest)


def write_misread(target: Path, titles: Iterable[Misread], *, force: bool = False) -> None:
    """Write the misread titles as CSV, with the columns ``WRONG_COLUMNS``.

    A ``FileError`` says why it cannot be written: ``target`` is a folder, or exists (unless
    ``force``).
    """
    check_free(target, force=force, option="--wrong")
    write_csv(target, WRONG_COLUMNS, map(_cells, titles))


def _cells(title: Misread) -> list[object]:
    row = title.row
    answers = [part for a in (row.true, row.said) for part in a.as_dict().values()]
    review = "yes" if row.review else "no"
    confidence = f"{row.confidence:.2f}"
    rest = (int(row.ambiguous), confidence, review, row.method, row.reason)
    return [row.title, title.rows, *answers, *rest]


def _with_interval(figure: Share | Estimate) -> str:
    if figure.low is None or figure.high is None:
        return "-"
    low, high = percent(figure.low), percent(figure.high)
    return f"{percent(figure.value)} ({low.removesuffix('%')}-{high})"


def _new_table(*columns: str, title: str) -> Table:
    from rich.table import Table  # noqa: PLC0415 - only a run that a person watches needs it

    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number else "left", no_wrap=True)
    return table


def _shares(found: Evaluation) -> Table:
    table = _new_table("", "share (95%)", "rows", title="How much is right")
    for name, share in (
        ("track, level and scope", found.right),
        ("track", found.track.right),
        ("level, on the ladder", found.level.right),
        ("scope, on the ladder", found.scope.right),
        ("right where no review is asked", found.accepted_right),
        ("sent to review", found.reviewed),
        ("clear rows sent to review", found.clear_reviewed),
        ("ambiguous rows sent to review", found.ambiguous_reviewed),
    ):
        table.add_row(name, _with_interval(share), f"{share.hits:,} of {share.of:,}")
    return table


def _labels(found: Evaluation) -> Table:
    table = _new_table("", "precision (95%)", "recall (95%)", "F1 (95%)", "rows", title="By label")
    facets = (("track", found.track), ("level", found.level), ("scope", found.scope))
    for name, facet in facets:
        for label in facet.labels:
            table.add_row(
                f"{name} {label.label}",
                _with_interval(label.precision),
                _with_interval(label.recall),
                _with_interval(label.f1),
                f"{label.recall.of:,}",
            )
        table.add_row(f"{name}, mean", "", "", _with_interval(facet.macro_f1), "", end_section=True)
    return table


def _confusion(found: Evaluation) -> Table:
    table = _new_table("truly / said", *CLASSES, title="Confusion, clear rows")
    for name, row in zip(CLASSES, found.confusion, strict=True):
        table.add_row(name, *(f"{count:,}" if count else "·" for count in row))
    return table


def _thresholds(found: Evaluation) -> Table:
    table = _new_table("from", "accepted", "right (95%)", title="What a threshold would accept")
    for point in _some(found.coverage):
        right = _with_interval(point.right)
        table.add_row(f"{point.threshold:.2f}", percent(point.covered), right)
    return table


def _some(points: Sequence[CoveragePoint]) -> Iterator[CoveragePoint]:
    """Choose a few points, evenly, with the first and the last."""
    last = len(points) - 1
    count = min(len(points), _MOST_THRESHOLDS)
    steps = max(count - 1, 1)
    yield from (points[round(step * last / steps)] for step in range(count))
