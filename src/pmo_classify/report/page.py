"""The report of a run as one web page: charts, titles to review, and how the file was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.extras import need
from pmo_classify.files.kinds import check_ending
from pmo_classify.files.output import atomic_write, check_target
from pmo_classify.knowledge.reasons import brief_reason
from pmo_classify.labelling.groups import TitleGroup, group_counts
from pmo_classify.labelling.labeller import Summary, TitleCount
from pmo_classify.review.doubtful import group_of
from pmo_classify.taxonomy import CAREER_PATH, MANAGER_OR_LEAD, Level, Scope, Track
from pmo_classify.wording import NO_SCOPE, pluralised, shortened

__all__ = ["check_report", "write_report"]

_TEMPLATE: Final = Path(__file__).with_name("page.html")
_MOST_REVIEWED: Final = 200
_MOST_FREQUENT: Final = 50
_FREQUENT_AMONG: Final = 5_000
_KEPT: Final = 40
_MOST_GROUPS: Final = 50
_MOST_SPELLINGS: Final = 5
_LONGEST_SHOWN: Final = 160
_KEYS: Final = (*(str(int(level)) for level in Level), "delivery", "other")
_TRACK_NAMES: Final = {
    "pmo": "On the ladder",
    "delivery": "Delivery",
    "other": "Other work",
}


def check_report(target: Path, source: Path, *, force: bool = False) -> None:
    """Raise the error that ``write_report`` would raise for ``target``, but before a long run.

    A ``MissingExtraError`` says how to install Jinja; a ``FileError`` says that the target does not
    end in .html, is the input or a folder, or exists (unless ``force``).
    """
    need("jinja2", extra="report", what="a report")
    check_ending(target, ".html", ".htm", option="--report")
    check_target(source, target, force=force, option="--report")


def write_report(target: Path, summary: Summary, *, source: str, force: bool = False) -> None:
    """Write the report of a run as one HTML page without scripts, links or other files.

    ``source`` is the name or path of the labelled file; the page shows only the name. The same run
    always gives the same bytes.

    The page lists the 200 most frequent titles to review, and says how many more there are; titles
    that differ only in noise, such as a place, count as one. It also lists the 50 most frequent
    titles that are written in several ways, with their spellings.

    Needs the extra ``report``; without it, a ``MissingExtraError`` says how to install it. A
    ``FileError`` says why the page cannot be written. The file is written whole or not at all.
    """
    check_report(target, Path(source), force=force)
    groups = group_counts(summary.titles())
    page = _render(_gather(summary.titles()), groups, summary, Path(source).name or source)
    with atomic_write(target) as out:
        # A file can contain a lone surrogate, which UTF-8 cannot encode.
        out.write(page.encode("utf-8", "replace"))


class _Reading(NamedTuple):
    """A reading as the page shows it; ``kind`` is its CSS class."""

    kind: str
    name: str
    scope: str


class _Line(NamedTuple):
    """A title's row in one of the page's tables."""

    title: str
    rows: int
    reading: _Reading
    needs_review: bool
    others: tuple[tuple[_Reading, str], ...]
    reason: str


class _Group(NamedTuple):
    """A title with several spellings; ``more`` is how many of them are not shown."""

    title: str
    rows: int
    reading: _Reading
    spellings: tuple[tuple[str, int], ...]
    more: int


class _Figure(NamedTuple):
    """A number at the top of the page, with its name and a note."""

    value: str
    name: str
    note: str


class _Count(NamedTuple):
    """Rows with a settled answer, and rows to review."""

    settled: int
    doubtful: int

    @property
    def rows(self) -> int:
        return self.settled + self.doubtful


class _Bar(NamedTuple):
    """A bar: its CSS class, its label, the lengths of its parts in percent, its numbers as text."""

    kind: str
    label: str
    settled: float
    doubtful: float
    text: str


class _Chart(NamedTuple):
    """A bar chart."""

    title: str
    note: str
    bars: tuple[_Bar, ...]


@dataclass(slots=True)
class _Top:
    """The lines with the most rows, in bounded memory; spellings of one title share a line.

    Lines are added in order of frequency, so that only rare ones are dropped.
    """

    most: int
    lines: dict[str, _Line] = field(default_factory=dict)

    def add(self, group: str, line: _Line) -> None:
        known = self.lines.get(group)
        self.lines[group] = line if known is None else known._replace(rows=known.rows + line.rows)
        if len(self.lines) > _KEPT * self.most:
            best = sorted(self.lines.items(), key=_most_rows_first)
            self.lines = dict(best[: len(best) // 2])

    def best(self) -> list[_Line]:
        return [line for _, line in sorted(self.lines.items(), key=_most_rows_first)[: self.most]]


def _most_rows_first(item: tuple[str, _Line]) -> tuple[int, str]:
    return -item[1].rows, item[1].title


@dataclass(slots=True)
class _Found:
    """Rows by (level or track, to review?) and (scope, to review?), and the lines to list.

    ``doubtful`` has the hashes of the titles to review, which is enough to count them.
    """

    by_level: Counter[tuple[str, bool]] = field(default_factory=Counter)
    by_scope: Counter[tuple[str, bool]] = field(default_factory=Counter)
    doubtful: set[int] = field(default_factory=set)
    review: _Top = field(default_factory=lambda: _Top(_MOST_REVIEWED))
    frequent: _Top = field(default_factory=lambda: _Top(_MOST_FREQUENT))


def _gather(titles: Iterable[TitleCount]) -> _Found:
    found = _Found()
    for number, title in enumerate(titles):
        answer = title.answer
        doubt = answer.needs_review
        on_ladder = answer.level is not None
        found.by_level[str(int(answer.level or 0)) if on_ladder else str(answer.track), doubt] += (
            title.rows
        )
        if on_ladder:
            found.by_scope[str(answer.scope), doubt] += title.rows
        if not doubt and number >= _FREQUENT_AMONG:
            continue
        group, line = group_of(answer.title), _line(title)
        if number < _FREQUENT_AMONG:
            found.frequent.add(group, line)
        if doubt:
            found.doubtful.add(hash(group))
            found.review.add(group, line)
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


def _with_several(groups: Iterable[TitleGroup]) -> list[_Group]:
    return [
        _Group(
            _shown(group.clean_title),
            group.rows,
            _reading(group.track, group.level, group.scope),
            tuple((_shown(s.title), s.rows) for s in group.spellings[:_MOST_SPELLINGS]),
            max(0, group.distinct - _MOST_SPELLINGS),
        )
        for group in groups
        if group.distinct > 1
    ]


def _reading(track: Track, level: Level | None, scope: Scope) -> _Reading:
    if level is None:
        return _Reading(str(track), _TRACK_NAMES[track] if track is not Track.PMO else "PMO", "")
    return _Reading(f"level-{int(level)}", f"Level {int(level)}", _spaced(str(scope)))


def _spaced(scope: str) -> str:
    return scope.replace("+", " + ")


def _shown(title: str) -> str:
    """Return a title on one line, shortened, without characters that a page cannot contain.

    >>> _shown("PMO\\n  Analyst\\x00")
    'PMO Analyst'
    """
    text = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    return shortened(text, _LONGEST_SHOWN)


def _render(found: _Found, groups: list[TitleGroup], summary: Summary, source: str) -> str:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - an extra, on first use

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    review = found.review.best()
    several = _with_several(groups)
    page = environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
        source=_shown(source),
        figures=_figures(found, summary),
        charts=_charts(found),
        review=review,
        more_to_review=len(found.doubtful) - len(review),
        frequent=found.frequent.best(),
        groups=several[:_MOST_GROUPS],
        all_groups=len(groups),
        with_several=len(several),
        distinct=summary.distinct,
        read_as=summary.read_as,
        replaced=summary.replaced_columns,
        warnings=summary.warnings,
        levels=list(Level),
        manager_or_lead=MANAGER_OR_LEAD,
        career_path=CAREER_PATH,
    )
    return page + "\n"


def _figures(found: _Found, summary: Summary) -> list[_Figure]:
    on_ladder = sum(rows for (track, _), rows in summary.by_answer.items() if track == Track.PMO)
    of_titles = f"in {pluralised(len(found.doubtful), 'distinct title')}"
    return [
        _Figure(f"{summary.rows:,}", "rows", "read from the file"),
        _Figure(f"{summary.distinct:,}", "distinct titles", "each read once"),
        _Figure(f"{on_ladder:,}", "on the PMO ladder", _share(on_ladder, summary.rows)),
        _Figure(f"{summary.to_review:,}", "rows to review", of_titles),
    ]


def _share(part: int, whole: int) -> str:
    """Return a share as text in which a small share never looks like none.

    >>> _share(83, 3_977), _share(1, 3_977), _share(0, 0)
    ('2.1% of the rows', 'under 0.1% of the rows', 'none of the rows')
    """
    if not part:
        return "none of the rows"
    share = 100 * part / whole
    return f"{share:.1f}% of the rows" if share >= 0.1 else "under 0.1% of the rows"  # noqa: PLR2004


def _charts(found: _Found) -> list[_Chart]:
    """Return the charts of the page.

    The ladder has charts with a scale of their own, because in most files other work has so many
    more rows that the bars of the levels would be too short to see.
    """
    levels = [str(int(level)) for level in Level]
    counts = {key: _Count(found.by_level[key, False], found.by_level[key, True]) for key in _KEYS}
    on_ladder = [counts[level] for level in levels]
    tracks = {
        "pmo": _Count(sum(c.settled for c in on_ladder), sum(c.doubtful for c in on_ladder)),
        "delivery": counts["delivery"],
        "other": counts["other"],
    }
    charts = [
        _chart("All rows", "Rows by track", [(k, _TRACK_NAMES[k], c) for k, c in tracks.items()])
    ]
    if tracks["pmo"].rows:
        bars = [(f"level-{level}", f"Level {level}", counts[level]) for level in levels]
        charts.append(_chart("Levels", "Rows on the ladder, by level", bars))
        charts.append(_chart("Scopes", "Rows on the ladder, by scope", _scope_bars(found)))
    return charts


def _scope_bars(found: _Found) -> list[tuple[str, str, _Count]]:
    counts = {
        scope: _Count(found.by_scope[scope, False], found.by_scope[scope, True])
        for scope in {scope for scope, _ in found.by_scope}
    }
    ordered = sorted(counts, key=lambda s: (-counts[s].rows, Scope.parse(s).value))
    return [("scope", _spaced(scope) or NO_SCOPE, counts[scope]) for scope in ordered]


def _chart(title: str, note: str, bars: Iterable[tuple[str, str, _Count]]) -> _Chart:
    """Return a chart with all bars on the scale of the longest one.

    >>> chart = _chart("Levels", "by level", [("a", "A", _Count(2, 1)), ("b", "B", _Count(4, 0))])
    >>> [(bar.settled, bar.doubtful, bar.text) for bar in chart.bars]
    [(50.0, 25.0, '3 (1 to review)'), (100.0, 0.0, '4')]
    """
    bars = list(bars)
    longest = max([1, *(count.rows for _, _, count in bars)])
    return _Chart(
        title,
        note,
        tuple(
            _Bar(
                kind,
                label,
                100 * count.settled / longest,
                100 * count.doubtful / longest,
                f"{count.rows:,}" + (f" ({count.doubtful:,} to review)" if count.doubtful else ""),
            )
            for kind, label, count in bars
        ),
    )
