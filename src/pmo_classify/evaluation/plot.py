"""The picture of an evaluation: confusion matrix, coverage against accuracy, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmo_classify.errors import FileError
from pmo_classify.evaluation.scores import CLASSES, Evaluation
from pmo_classify.evaluation.statistics import CoveragePoint, Proportion
from pmo_classify.extras import need
from pmo_classify.files.output import atomic_write, check_free, check_target
from pmo_classify.wording import percent, pluralised, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["check_plot", "write_plot"]

_ENDINGS: Final = frozenset({".png", ".svg"})
_LONGEST_NAME: Final = 40
_SIZE: Final = (11.0, 6.6)
_DPI: Final = 160
_INK: Final = "#1d2733"
_SOFT: Final = "#5b6773"
_LINE: Final = "#c9d1d9"
_BLUE: Final = "#1f5fa8"
_ORANGE: Final = "#c8590a"
"""Blue is right and orange is wrong; all kinds of colour vision, and print in grey, show both."""
_LIGHT_TEXT_FROM: Final = 0.55
_NAMES: Final = ("other", "delivery", "level 1", "level 2", "level 3", "level 4")
_STYLE: Final = {
    "font.family": "sans-serif",
    # Text stays text in an SVG, so that it can be selected and searched.
    "svg.fonttype": "none",
    # With a fixed salt the ids in an SVG are always the same.
    "svg.hashsalt": "pmo-classify",
    "font.size": 9.5,
    "axes.edgecolor": _LINE,
    "axes.labelcolor": _SOFT,
    "axes.titlecolor": _INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "xtick.color": _SOFT,
    "ytick.color": _SOFT,
    "text.color": _INK,
}
_NO_METADATA: Final[dict[str, dict[str, None]]] = {
    ".png": {"Software": None},
    ".svg": dict.fromkeys(("Creator", "Date", "Format", "Type")),
}
"""The metadata that matplotlib must leave out of each kind of picture: its version, the date."""


def check_plot(target: Path, source: Path | None = None, *, force: bool = False) -> None:
    """Raise the error that ``write_plot`` would raise for ``target``, but before a long run.

    A ``MissingExtraError`` says how to install matplotlib; a ``FileError`` says that the target
    does not end in .png or .svg, is the ``source`` or a folder, or exists (unless ``force``).
    """
    need("matplotlib", extra="plot", what="a picture")
    if target.suffix.lower() not in _ENDINGS:
        message = f"{target}: the name of a picture must end in .png or .svg: give --plot another"
        raise FileError(message)
    if source is None:
        check_free(target, force=force, option="--plot")
    else:
        check_target(source, target, force=force, option="--plot")


def write_plot(target: Path, found: Evaluation, *, name: str = "", force: bool = False) -> None:
    """Draw an evaluation as a PNG or SVG, by the ending of ``target``.

    ``name`` is shown above the figures, such as the name of the file with the titles. The same
    evaluation always gives the same bytes. Needs the extra ``plot``; errors are those of
    ``check_plot``, and the picture appears whole or not at all.
    """
    check_plot(target, force=force)
    from matplotlib import style  # noqa: PLC0415 - an extra, loaded on first use
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    ending = target.suffix.lower()
    # The default style comes first, so that a user's own matplotlibrc changes nothing.
    with style.context(["default", _STYLE]), atomic_write(target) as out:
        figure = Figure(figsize=_SIZE)
        FigureCanvasAgg(figure)
        _draw(figure, found, name)
        figure.savefig(out, format=ending[1:], dpi=_DPI, metadata=_NO_METADATA[ending])


def _draw(figure: Figure, found: Evaluation, name: str) -> None:
    figure.text(0.04, 0.945, _headline(found), fontsize=15, fontweight="bold")
    figure.text(0.04, 0.905, _subline(found, name), fontsize=9.5, color=_SOFT)
    matrix = figure.add_axes((0.125, 0.105, 0.42, 0.69))
    accepted = figure.add_axes((0.655, 0.545, 0.315, 0.25))
    reliable = figure.add_axes((0.655, 0.105, 0.315, 0.27))
    _draw_matrix(matrix, found.confusion)
    _draw_coverage(accepted, found.coverage)
    _draw_reliability(reliable, found)


def _headline(found: Evaluation) -> str:
    right = found.right
    if right.value is None:
        return "No clear row to score"
    return f"{percent(right.value)} of {right.of:,} clear rows are read right"


def _subline(found: Evaluation, name: str) -> str:
    rows = pluralised(found.rows, "row")
    parts = [f"{shortened(name, _LONGEST_NAME)}: {rows}" if name else rows]
    if found.right.low is not None and found.right.high is not None:
        parts.append(f"95% interval {percent(found.right.low)} to {percent(found.right.high)}")
    if found.reviewed.value is not None:
        parts.append(f"{percent(found.reviewed.value)} sent to review")
    if found.accepted_right.value is not None:
        parts.append(f"{percent(found.accepted_right.value)} of the rest right")
    return "   ·   ".join(parts).replace("$", r"\$")


def _draw_matrix(axes: Axes, counts: Sequence[Sequence[int]]) -> None:
    """Draw the counts, shaded by their share of the row: right in blue, wrong in orange."""
    from matplotlib.colors import to_rgb  # noqa: PLC0415 - an extra, loaded on first use
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    for i, row in enumerate(counts):
        for j, count in enumerate(row):
            share = count / (sum(row) or 1)
            red, green, blue = to_rgb(_BLUE if i == j else _ORANGE)
            # A small share must still be darker than none.
            depth = 0.12 + 0.88 * share if count else 0.0
            colour = tuple(1 - depth * (1 - part) for part in (red, green, blue))
            box = Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=colour, edgecolor=_LINE, lw=0.8)
            axes.add_patch(box)
            text = "white" if depth >= _LIGHT_TEXT_FROM else _INK if count else _LINE
            weight = "bold" if count else "normal"
            label = f"{count:,}" if count else "·"
            axes.text(j, i, label, ha="center", va="center", color=text, fontweight=weight)
    axes.set_xlim(-0.5, len(CLASSES) - 0.5)
    axes.set_ylim(len(CLASSES) - 0.5, -0.5)
    axes.set_xticks(range(len(CLASSES)), labels=_NAMES)
    totals = [f"{name}  ({sum(row):,})" for name, row in zip(_NAMES, counts, strict=True)]
    axes.set_yticks(range(len(CLASSES)), labels=totals)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel("read as", labelpad=7)
    axes.set_title("Expected answers, and what was read", x=-0.202, pad=10)


def _axis_start(proportions: Sequence[Proportion]) -> float:
    """Return where an axis can start so that the lowest interval is still in view."""
    lowest = min((p.low for p in proportions if p.low is not None), default=0.0)
    return max(0.0, int(lowest * 10) / 10)


def _draw_coverage(axes: Axes, points: Sequence[CoveragePoint]) -> None:
    from matplotlib.ticker import PercentFormatter  # noqa: PLC0415 - an extra, on first use

    covered = [point.covered for point in points]
    bands = [[getattr(p.right, end) for p in points] for end in ("low", "high", "value")]
    low, high, value = bands
    axes.fill_between(covered, low, high, color=_BLUE, alpha=0.15, lw=0)
    axes.plot(covered, value, color=_BLUE, lw=1.8, marker="o", ms=4.5, clip_on=False, zorder=3)
    start = _axis_start([point.right for point in points])
    for point in _apart(points):
        axes.annotate(
            f"{point.threshold:.2f}",
            (point.covered, point.right.value or 0.0),
            xytext=(0, -13),
            textcoords="offset points",
            ha="right" if point.covered > 0.97 else "center",  # noqa: PLR2004 - the frame's edge
            fontsize=8,
            color=_SOFT,
        )
    axes.set_xlim(0, 1)
    axes.set_ylim(start, 1.0)
    axes.set_title("Coverage and accuracy, by threshold", x=-0.155, pad=10)
    axes.set_xlabel("rows accepted (at each point: its threshold)")
    axes.set_ylabel("right")
    _tidy(axes)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))


def _apart(points: Sequence[CoveragePoint], gap: float = 0.09) -> list[CoveragePoint]:
    """Return the points that are far enough apart to have labels."""
    chosen: list[CoveragePoint] = []
    for point in reversed(points):
        if not chosen or chosen[-1].covered - point.covered >= gap:
            chosen.append(point)
    return chosen


def _draw_reliability(axes: Axes, found: Evaluation) -> None:
    from matplotlib.ticker import PercentFormatter  # noqa: PLC0415 - an extra, on first use

    bins = found.calibration.bins
    axes.plot([0, 1], [0, 1], color=_SOFT, lw=1, ls=(0, (4, 3)), zorder=1)
    most = max((b.right.of for b in bins), default=1)
    for b in bins:
        right = b.right
        low, high = right.low or 0.0, right.high or 0.0
        axes.vlines(b.confidence, low, high, color=_BLUE, alpha=0.45, lw=2, zorder=2)
        size = 18 + 90 * right.of / most
        value = right.value or 0.0
        axes.scatter(
            [b.confidence], [value], s=size, color=_BLUE, edgecolor="white", clip_on=False,
            zorder=3,
        )  # fmt: skip
    start = min([_axis_start([b.right for b in bins]), *(int(b.low * 10) / 10 for b in bins)])
    axes.set_xlim(start, 1)
    axes.set_ylim(start, 1)
    ece, brier = found.calibration.ece, found.calibration.brier
    if ece is not None and brier is not None:
        note = f"ECE {ece:.3f}   Brier {brier:.3f}"
        axes.text(0.03, 0.93, note, transform=axes.transAxes, va="top", fontsize=8.5, color=_SOFT)
    axes.set_title("Is the confidence what it says?", x=-0.155, pad=10)
    axes.set_xlabel("confidence (size: rows; dashes: ideal)")
    axes.set_ylabel("right")
    _tidy(axes)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))


def _tidy(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=_LINE, lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, pad=6)
