"""A run as one web page that can be mailed: charts, what to review, and how it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.extras import need
from pmo_classify.files.output import atomic_write, check_target
from pmo_classify.knowledge.reasons import brief_reason
from pmo_classify.labelling.labeller import Summary, TitleCount
from pmo_classify.report.charts import Bar, bar_chart
from pmo_classify.taxonomy import CAREER_PATH, MANAGER_OR_LEAD, Level, Scope, Track
from pmo_classify.wording import pluralised, shortened

__all__ = ["check_report", "write_report"]

_TEMPLATE: Final = Path(__file__).with_name("page.html")
_MOST_REVIEWED: Final = 200
_MOST_FREQUENT: Final = 50
_LONGEST_SHOWN: Final = 160
_COLOURS: Final = {"1": "#5b9bd5", "2": "#2f75b5", "3": "#1f4e86", "4": "#12305a"}
_TRACK_COLOURS: Final = {"pmo": "#1f5fa8", "delivery": "#1f7a6d", "other": "#6b7682"}
_TRACK_NAMES: Final = {
    "pmo": "On the ladder",
    "delivery": "Delivery",
    "other": "Other work",
}
_SCOPE_COLOUR: Final = "#6a4c93"
_NO_SCOPE: Final = "none named"


def check_report(target: Path, source: Path, *, force: bool = False) -> None:
    """Say before a long run whether ``write_report`` will be able to write ``target``.

    A ``MissingExtraError`` says which ``pip install`` brings the libraries; a ``FileError`` that
    the target is the input, a folder, or exists (unless ``force``).
    """
    need("jinja2", "matplotlib", extra="report", what="a report")
    check_target(source, target, force=force, option="--report")


def write_report(
    target: Path,
    labeller_titles: Iterable[TitleCount],
    summary: Summary,
    *,
    source: str,
    force: bool = False,
) -> None:
    """Write a run's report as one HTML page that needs nothing else: no network, no script.

    ``labeller_titles`` are ``Labeller.titles()``, ``summary`` its summary, and ``source`` the name
    or path of the file that was labelled; the page shows the file's name. The same run always
    gives the same bytes. The review list holds the 200 most frequent doubtful titles and says how
    many more there are.

    Needs the extra ``report``; without it a ``MissingExtraError`` says how to install it. A
    ``FileError`` says why the page cannot be written; the page appears whole or not at all.
    """
    check_report(target, Path(source), force=force)
    page = _render(_gather(labeller_titles), summary, Path(source).name or source)
    with atomic_write(target) as out:
        # A lone surrogate, as a file read byte for byte can hold, has no place in UTF-8.
        out.write(page.encode("utf-8", "replace"))


class _Reading(NamedTuple):
    """A reading as the page shows it; ``kind`` picks its colour."""

    kind: str
    name: str
    scope: str


class _Line(NamedTuple):
    """A title's line in one of the page's tables."""

    title: str
    rows: int
    reading: _Reading
    needs_review: bool
    others: tuple[tuple[_Reading, str], ...]
    reason: str


class _Figure(NamedTuple):
    """A key figure."""

    value: str
    name: str
    note: str


@dataclass(slots=True)
class _Top:
    """The lines with the most rows, in bounded memory."""

    most: int
    lines: list[_Line] = field(default_factory=list)

    def add(self, line: _Line) -> None:
        self.lines.append(line)
        if len(self.lines) > 4 * self.most:
            self.lines = self.best()

    def best(self) -> list[_Line]:
        return sorted(self.lines, key=lambda line: (-line.rows, line.title))[: self.most]


@dataclass(slots=True)
class _Found:
    """What the page tells of the titles: rows by (level or track, in doubt) and (scope, in doubt).

    ``doubtful`` counts distinct titles.
    """

    by_level: Counter[tuple[str, bool]] = field(default_factory=Counter)
    by_scope: Counter[tuple[str, bool]] = field(default_factory=Counter)
    doubtful: int = 0
    review: _Top = field(default_factory=lambda: _Top(_MOST_REVIEWED))
    frequent: _Top = field(default_factory=lambda: _Top(_MOST_FREQUENT))


def _gather(titles: Iterable[TitleCount]) -> _Found:
    found = _Found()
    for title in titles:
        answer = title.answer
        doubt = answer.needs_review
        on_ladder = answer.level is not None
        found.by_level[str(int(answer.level or 0)) if on_ladder else str(answer.track), doubt] += (
            title.rows
        )
        if on_ladder:
            found.by_scope[str(answer.scope), doubt] += title.rows
        found.doubtful += doubt
        line = _line(title)
        found.frequent.add(line)
        if doubt:
            found.review.add(line)
    return found


def _line(title: TitleCount) -> _Line:
    answer = title.answer
    others = tuple((_reading(a.track, a.level, a.scope), a.why) for a in answer.alternatives)
    return _Line(
        _shown(answer.title),
        title.rows,
        _reading(answer.track, answer.level, answer.scope),
        answer.needs_review,
        others,
        brief_reason(answer.reasons).removeprefix("in doubt: "),
    )


def _reading(track: Track, level: Level | None, scope: Scope) -> _Reading:
    if level is None:
        return _Reading(str(track), _TRACK_NAMES[track] if track is not Track.PMO else "PMO", "")
    return _Reading(f"level-{int(level)}", f"Level {int(level)}", _spaced(str(scope)))


def _spaced(scope: str) -> str:
    return scope.replace("+", " + ")


def _shown(title: str) -> str:
    """Write a title in one line of sensible length, without the characters that no page may hold.

    >>> _shown("PMO\\n  Analyst\\x00")
    'PMO Analyst'
    """
    text = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    return shortened(text, _LONGEST_SHOWN)


def _render(found: _Found, summary: Summary, source: str) -> str:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - an extra, on first use
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    charts = [
        (title, note, Markup(bar_chart(name, title, bars)))  # noqa: S704 - our own words alone
        for name, title, note, bars in _charts(found)
    ]
    review = found.review.best()
    page = environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
        source=_shown(source),
        figures=_figures(found, summary),
        charts=charts,
        review=review,
        more_to_review=found.doubtful - len(review),
        frequent=found.frequent.best(),
        distinct=summary.distinct,
        read_as=summary.read_as,
        replaced=summary.replaced_columns,
        warnings=summary.warnings,
        levels=list(Level),
        colours={**{f"level-{k}": v for k, v in _COLOURS.items()}, **_TRACK_COLOURS},
        manager_or_lead=MANAGER_OR_LEAD,
        career_path=CAREER_PATH,
    )
    return page + "\n"


def _figures(found: _Found, summary: Summary) -> list[_Figure]:
    on_ladder = sum(rows for (track, _), rows in summary.by_answer.items() if track == Track.PMO)
    of_titles = f"in {pluralised(found.doubtful, 'distinct title')}"
    return [
        _Figure(f"{summary.rows:,}", "rows", "read from the file"),
        _Figure(f"{summary.distinct:,}", "distinct titles", "each read once"),
        _Figure(f"{on_ladder:,}", "on the PMO ladder", _share(on_ladder, summary.rows)),
        _Figure(f"{summary.to_review:,}", "rows to review", of_titles),
    ]


def _share(part: int, whole: int) -> str:
    """Write a share so that what is there never looks like nothing.

    >>> _share(83, 3_977), _share(1, 3_977), _share(0, 0)
    ('2.1% of the rows', 'under 0.1% of the rows', 'none of the rows')
    """
    if not part:
        return "none of the rows"
    share = 100 * part / whole
    return f"{share:.1f}% of the rows" if share >= 0.1 else "under 0.1% of the rows"  # noqa: PLR2004


def _charts(found: _Found) -> list[tuple[str, str, str, list[Bar]]]:
    """List the charts: name, title, what it counts, bars.

    The ladder has a chart and a scale of its own: in most files other work outnumbers it so far
    that its bars would vanish beside it.
    """
    levels = found.by_level
    ladder = [level for level in _COLOURS if levels[level, False] or levels[level, True]]
    settled, in_doubt = (sum(levels[level, d] for level in _COLOURS) for d in (False, True))
    tracks = [
        Bar(_TRACK_NAMES["pmo"], settled, in_doubt, _TRACK_COLOURS["pmo"]),
        *(
            Bar(_TRACK_NAMES[t], levels[t, False], levels[t, True], _TRACK_COLOURS[t])
            for t in ("delivery", "other")
        ),
    ]
    charts = [("tracks", "All rows", "Rows by where their title leads", tracks)]
    if ladder:
        bars = [
            Bar(f"Level {level}", levels[level, False], levels[level, True], colour)
            for level, colour in _COLOURS.items()
        ]
        charts.append(("levels", "Levels", "Rows on the ladder, by level", bars))
        charts.append(("scopes", "Scopes", "Rows on the ladder, by scope", _scope_bars(found)))
    return charts


def _scope_bars(found: _Found) -> list[Bar]:
    totals: Counter[str] = Counter()
    for (scope, _), rows in found.by_scope.items():
        totals[scope] += rows
    return [
        Bar(
            _spaced(scope) or _NO_SCOPE,
            found.by_scope[scope, False],
            found.by_scope[scope, True],
            _SCOPE_COLOUR,
        )
        for scope in sorted(totals, key=lambda s: (-totals[s], Scope.parse(s).value))
    ]
