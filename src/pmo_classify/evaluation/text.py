"""Evaluations and comparisons as text: tables for a terminal, and lists as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmo_classify.evaluation.diff import Change, Diff, Several
from pmo_classify.evaluation.scores import CLASSES, Evaluation, Misread
from pmo_classify.evaluation.statistics import CoveragePoint, Estimate, Proportion
from pmo_classify.files.csv.writer import write_csv
from pmo_classify.files.output import check_free
from pmo_classify.wording import percent, pluralised, print_lines, shortened

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

__all__ = [
    "MISREAD_COLUMNS",
    "print_diff",
    "print_evaluation",
    "print_misread",
    "write_diff",
    "write_misread",
]

MISREAD_COLUMNS: Final = (
    "title",
    "rows",
    "expected_track",
    "expected_level",
    "expected_scope",
    "predicted_track",
    "predicted_level",
    "predicted_scope",
    "ambiguous",
    "confidence",
    "review",
    "method",
    "reason",
)
"""The columns of the CSV of misread titles."""

_MOST_THRESHOLDS: Final = 10
_MOST_MOVES: Final = 30
_LONGEST_TITLE: Final = 90


def print_evaluation(console: Console, found: Evaluation) -> None:
    """Print an evaluation as tables, with notes below them."""
    for table in (_proportions(found), _labels(found), _confusion(found), _thresholds(found)):
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
    yield f"expected answers: {', '.join(map(repr, found.columns))}"
    if found.unlabelled:
        yield f"rows without an expected answer, left out: {found.unlabelled:,}"
    yield "intervals: 95%, Wilson for proportions, bootstrap (fixed seed) for F1"
    yield from (f"warning: {warning}" for warning in found.warnings)


def print_misread(console: Console, titles: Sequence[Misread], most: int) -> None:
    """Print up to ``most`` misread titles, and how many more there are."""
    for title in titles[:most]:
        row = title.row
        marks = [f"{row.confidence:.2f}"]
        marks += ["review"] * row.review + ["ambiguous"] * row.ambiguous
        marks += [pluralised(title.rows, "row")] * (title.rows > 1)
        answers = f"read as {row.predicted}, expected {row.expected}"
        print_lines(console, f"{_one_line(row.title)}: {answers} ({', '.join(marks)})")
    more = len(titles) - most
    if more > 0:
        rest = (
            f"and {pluralised(more, 'more misread title')}: --errors {len(titles)} shows them all"
        )
        print_lines(console, rest)


def write_misread(target: Path, titles: Iterable[Misread], *, force: bool = False) -> None:
    """Write the misread titles as CSV, with the columns ``MISREAD_COLUMNS``.

    A ``FileError`` says why it cannot be written: ``target`` is a folder, or exists (unless
    ``force``).
    """
    check_free(target, force=force, option="--wrong")
    write_csv(target, MISREAD_COLUMNS, map(_misread_cells, titles))


def _misread_cells(title: Misread) -> list[object]:
    row = title.row
    answers = [part for a in (row.expected, row.predicted) for part in a.as_dict().values()]
    review = "yes" if row.review else "no"
    confidence = f"{row.confidence:.2f}"
    rest = (int(row.ambiguous), confidence, review, row.method, row.reason)
    return [row.title, title.rows, *answers, *rest]


def _with_interval(figure: Proportion | Estimate) -> str:
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


def _proportions(found: Evaluation) -> Table:
    table = _new_table("", "share (95%)", "rows", title="How much is right")
    for name, proportion in (
        ("track, level and scope", found.right),
        ("track", found.track.right),
        ("level, on the ladder", found.level.right),
        ("scope, on the ladder", found.scope.right),
        ("right where no review is asked", found.accepted_right),
        ("sent to review", found.reviewed),
        ("clear rows sent to review", found.clear_reviewed),
        ("ambiguous rows sent to review", found.ambiguous_reviewed),
    ):
        rows = f"{proportion.hits:,} of {proportion.of:,}"
        table.add_row(name, _with_interval(proportion), rows)
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
    table = _new_table("expected / read as", *CLASSES, title="Confusion, clear rows")
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
    """Yield a few points, evenly spaced, with the first and the last."""
    last = len(points) - 1
    count = min(len(points), _MOST_THRESHOLDS)
    steps = max(count - 1, 1)
    yield from (points[round(step * last / steps)] for step in range(count))


def print_diff(console: Console, found: Diff, most: int) -> None:
    """Print what has changed: counts by kind of change, then up to ``most`` titles."""
    from rich.table import Table  # noqa: PLC0415 - only a run that a person watches needs it
    from rich.text import Text  # noqa: PLC0415

    moves = [move for move in found.moves() if move.field != "standard_title"]
    if found.changes:
        table = Table("field", "old", "new", box=None, pad_edge=False)
        for name in ("titles", "rows"):
            table.add_column(name, justify="right")
        for move in moves[:_MOST_MOVES]:
            # As a Text, since rich would take words in brackets for markup.
            values = (Text(_value(move.old)), Text(_value(move.new)))
            table.add_row(move.field, *values, f"{move.titles:,}", f"{move.rows:,}")
        renamed = [change for change in found.changes if "standard_title" in change.fields]
        if renamed:
            rows = sum(change.new_rows for change in renamed)
            table.add_row("standard title", "", "", f"{len(renamed):,}", f"{rows:,}")
        console.print(table)
        if len(moves) > _MOST_MOVES:
            print_lines(console, f"and {len(moves) - _MOST_MOVES:,} rarer kinds of change")
        console.print()
        _print_changes(console, found, most)
    print_lines(console, *_diff_notes(found, most))


def _print_changes(console: Console, found: Diff, most: int) -> None:
    for change in found.changes[:most]:
        rows = f" ({change.new_rows:,} rows)" if change.new_rows > 1 else ""
        print_lines(console, f"{_one_line(change.title)}: {_moves(found.fields, change)}{rows}")
    if most and len(found.changes) > most:
        print_lines(console, f"and {len(found.changes) - most:,} more: --csv OUT writes them all")
    if most:
        console.print()


def _moves(fields: Sequence[str], change: Change) -> str:
    places = [(name, fields.index(name)) for name in change.fields]
    return "; ".join(
        f"{name.replace('_', ' ')} {_value(change.old[at])} > {_value(change.new[at])}"
        for name, at in places
    )


def _diff_notes(found: Diff, most: int) -> Iterator[str]:
    compared = found.same + len(found.changes)
    rows = sum(change.new_rows for change in found.changes)
    yield (
        f"{len(found.changes):,} of {pluralised(compared, 'title')} changed, in {rows:,} of "
        f"{pluralised(found.new_rows, 'row')}; compared: {', '.join(found.fields)}"
    )
    for name, alone in (("OLD", found.only_old), ("NEW", found.only_new)):
        if alone:
            count = sum(title.rows for title in alone)
            yield f"only in {name}: {pluralised(len(alone), 'title')}, {pluralised(count, 'row')}"
    yield from (f"warning: {warning}" for warning in found.warnings)
    if found.several:
        yield f"not compared, having several answers in one file: {len(found.several):,}"
    for title in found.several[:most]:
        yield f"  {_one_line(title.title)} in {title.file.upper()}: {_answers(title)}"


def _answers(title: Several) -> str:
    return " / ".join(" ".join(filter(None, answer[:3])) for answer in title.answers)


def _one_line(title: str) -> str:
    return repr(shortened(" ".join(title.split()), _LONGEST_TITLE))


def _value(text: str) -> str:
    return text or "-"


def write_diff(target: Path, found: Diff, *, force: bool = False) -> None:
    """Write all differences as CSV: one row for each title, with both answers.

    ``kind`` is ``changed``, ``only old``, ``only new``, or ``several in old`` (or ``new``) for a
    title with several answers in one file, which has a row for each of them. A ``FileError`` says
    why it cannot be written: ``target`` is a folder, or exists (unless ``force``).
    """
    check_free(target, force=force, option="--csv")
    answers = [f"{file}_{name}" for file in ("old", "new") for name in found.fields]
    header = ["title", "kind", "changed", "old_rows", "new_rows", *answers]
    write_csv(target, header, _diff_rows(found))


def _diff_rows(found: Diff) -> Iterator[list[object]]:
    none = [None] * len(found.fields)
    for change in found.changes:
        rows = (change.old_rows, change.new_rows)
        names = "+".join(change.fields)
        yield [change.title, "changed", names, *rows, *change.old, *change.new]
    for title in found.only_old:
        yield [title.title, "only old", None, title.rows, None, *title.answer, *none]
    for title in found.only_new:
        yield [title.title, "only new", None, None, title.rows, *none, *title.answer]
    for several in found.several:
        for answer in several.answers:
            is_old = several.file == "old"
            counts = [several.rows, None] if is_old else [None, several.rows]
            both = (*answer, *none) if is_old else (*none, *answer)
            yield [several.title, f"several in {several.file}", None, *counts, *both]
