"""Bar charts as SVG text that can stand in a web page: the same bars always give the same text."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_classify.report.pictures import INK, NO_METADATA, STYLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Bar", "bar_chart"]

_WIDTH: Final = 350.0
_ROW: Final = 27.0
_LINE: Final = 13.0
_LETTER: Final = 6.4
_LABEL_WRAP: Final = 24
_EDGE: Final = 4.0
_POINTS_PER_INCH: Final = 72.0
_BAR_HEIGHT: Final = 0.62
_AXIS: Final = "#9aa5b1"
_STYLE: Final = {**STYLE, "font.size": 10.5, "hatch.linewidth": 1.1}


class Bar(NamedTuple):
    """One bar: rows that are ``settled``, and behind them, hatched, those ``to_review``."""

    label: str
    settled: int
    to_review: int
    colour: str

    @property
    def figures(self) -> str:
        """The bar's rows in words.

        >>> Bar("Level 1", 1_200, 34, "#000000").figures
        '1,234 (34 to review)'
        """
        total = f"{self.settled + self.to_review:,}"
        return f"{total} ({self.to_review:,} to review)" if self.to_review else total


def bar_chart(name: str, title: str, bars: Sequence[Bar]) -> str:
    """Draw horizontal bars, the first on top, as an ``<svg>`` element.

    ``name`` keeps the ids of several charts on one page apart; ``title`` and the figures are what
    a screen reader says. Needs matplotlib, which is loaded here.

    >>> svg = bar_chart("levels", "Levels", [Bar("Level 1", 20, 3, "#1f5fa8")])
    >>> 'aria-label="Levels: Level 1 23 (3 to review)"' in svg
    True
    """
    from matplotlib import style  # noqa: PLC0415 - an extra, loaded on first use
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    labels = [textwrap.fill(bar.label, _LABEL_WRAP) for bar in bars]
    lines = max(label.count("\n") + 1 for label in labels)
    height = len(bars) * (_ROW + _LINE * (lines - 1)) + 2 * _EDGE
    left = _LETTER * max(len(line) for label in labels for line in label.splitlines()) + 3 * _EDGE
    right = _LETTER * max(len(bar.figures) for bar in bars) + 2 * _EDGE
    # The default style first: a user's own matplotlibrc must not change the page.
    with style.context(["default", _STYLE]):
        figure = Figure(figsize=(_WIDTH / _POINTS_PER_INCH, height / _POINTS_PER_INCH))
        FigureCanvasSVG(figure)
        figure.patch.set_visible(False)
        axes = figure.add_axes(
            (left / _WIDTH, _EDGE / height, 1 - (left + right) / _WIDTH, 1 - 2 * _EDGE / height)
        )
        _draw_bars(axes, bars)
        axes.set_yticks(range(len(bars)), labels=labels, color=INK)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata=NO_METADATA[".svg"])
    spoken = f"{title}: " + "; ".join(f"{bar.label} {bar.figures}" for bar in bars)
    return _for_page(out.getvalue(), name, spoken)


def _draw_bars(axes: Axes, bars: Sequence[Bar]) -> None:
    for place, bar in enumerate(bars):
        total = bar.settled + bar.to_review
        axes.barh(place, bar.settled, _BAR_HEIGHT, color=bar.colour)
        if bar.to_review:
            axes.barh(
                place,
                bar.to_review,
                _BAR_HEIGHT,
                left=bar.settled,
                facecolor="white",
                edgecolor=bar.colour,
                hatch="/////",
                clip_on=False,
            )
        axes.annotate(
            bar.figures,
            (total, place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=INK,
        )
    axes.set_xlim(0, max(1, *(bar.settled + bar.to_review for bar in bars)))
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_xticks([])
    axes.tick_params(length=0, pad=2 * _EDGE)
    axes.patch.set_visible(False)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.spines["left"].set_color(_AXIS)


def _for_page(svg: str, name: str, spoken: str) -> str:
    """Make an SVG file an element of a page: no preamble, own ids, a text for screen readers."""
    _, start, rest = svg.partition("<svg ")
    rest = re.sub(r'\bid="', f'id="{name}-', rest)
    rest = re.sub(r'((?:xlink:)?href="#|url\(#)', rf"\g<1>{name}-", rest)
    # matplotlib's style sheet would hold for the whole page.
    rest = re.sub(r"<style.*?</style>", "", rest, flags=re.DOTALL)
    rest = re.sub(r"font-family: [^;]+;", "font-family: inherit;", rest)
    rest = re.sub(r'\b(?:width|height)="[\d.]+pt" ?', "", rest, count=2)
    return f'{start}role="img" aria-label="{escape(spoken)}" {rest}'.strip()
