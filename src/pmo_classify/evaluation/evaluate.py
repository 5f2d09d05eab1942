"""Scoring a classifier against a file that has the true answers beside the titles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final

from pmo_classify.classifier import Classifier, default_classifier
from pmo_classify.errors import FileError, TableError, TableFault
from pmo_classify.evaluation.figures import Answer, Evaluation, JudgedRow
from pmo_classify.evaluation.scoring import score
from pmo_classify.knowledge.listed_titles import ListedTitle, RawRow, check_row
from pmo_classify.knowledge.reasons import brief_reason
from pmo_classify.labelling.headered_table import (
    HeaderedRow,
    HeaderedTable,
    column_key,
    headered_tables,
)
from pmo_classify.reading.cleaning import is_missing
from pmo_classify.taxonomy import Scope, Track

__all__ = ["LabelledTitles", "evaluate"]

LabelledTitles = str | os.PathLike[str] | Iterable[Mapping[str, object]] | Any
"""A file's path, rows with the keys ``title``, ``track``, ``level``, ``scope``, or a data frame."""

_TRUTH: Final = ("track", "level", "scope")
_FLAG: Final = "ambiguous"
_PREFIXES: Final = ("true_", "", "pmo_")
_NO_SCOPE: Final = frozenset({"none", "none named", "-"})
_MOST_FAULTS: Final = 20
_FRAMES_ROWS: Final = {"to_dicts": (), "to_pylist": (), "to_dict": ("records",)}
"""How Polars, Arrow and pandas give a frame's rows as dictionaries."""
_OURS: Final = (
    "the truth was read from the columns that labelling writes: where nobody corrected them, "
    "they only repeat what was answered before"
)


def evaluate(
    source: LabelledTitles,
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    classifier: Classifier | None = None,
) -> Evaluation:
    """Score a classifier against titles whose true answers are known.

    ``source`` is a CSV, TSV or Excel file with the true ``track``, ``level`` and ``scope`` beside
    the titles; or rows as dictionaries; or a frame of pandas, Polars or PyArrow. The columns may
    also be called ``true_track`` and so on, or ``pmo_track`` and so on; upper and lower case,
    spaces and hyphens do not matter. A column ``ambiguous`` marks with 1 the titles that a careful
    reader could not settle. Rows without any truth are left out and counted. ``column``, ``sheet``
    and ``encoding`` are those of ``label_file``; without ``classifier`` the default one is scored.

    >>> found = evaluate([
    ...     {"title": "PMO Lead", "track": "pmo", "level": 3, "scope": ""},
    ...     {"title": "Project Planner", "track": "pmo", "level": 2, "scope": "project"},
    ...     {"title": "Project Manager", "track": "pmo", "level": 3, "scope": "project"},
    ... ])
    >>> found.right.hits, found.right.of, str(found.misread[0].row.said)
    (2, 3, 'delivery')

    A ``FileError`` says which column is missing and which were found; a ``TableError`` lists the
    rows whose truth cannot be read, with the value and how to fix it. A ``source`` of another
    kind is a ``TypeError``.
    """
    classifier = classifier or default_classifier()
    truth = _Truth()
    with _tables(source, column, sheet, encoding) as tables:
        judged = list(chain.from_iterable(map(truth.read, tables)))
    truth.check()
    said = {
        title: classifier.classify(title) for title in dict.fromkeys(title for title, *_ in judged)
    }
    rows = []
    for title, true, ambiguous in judged:
        answer = said[title]
        rows.append(
            JudgedRow(
                title,
                true,
                Answer(answer.track, answer.level, _scope(answer.track, answer.scope)),
                answer.confidence,
                answer.needs_review,
                str(answer.method),
                brief_reason(answer.reasons),
                ambiguous,
            )
        )
    return score(
        rows,
        columns=truth.columns,
        unlabelled=truth.unlabelled,
        warnings=[*truth.warnings, *_contradictions(judged)],
    )


def _scope(track: Track, scope: Scope) -> Scope:
    return scope if track is Track.PMO else Scope.NONE


_TrueRow = tuple[str, Answer, bool]


@dataclass(slots=True)
class _Truth:
    """Reads the truth beside the titles, and gathers what a user should know of it."""

    columns: tuple[str, ...] = ()
    unlabelled: int = 0
    warnings: list[str] = field(default_factory=list)
    _without: list[str] = field(default_factory=list)
    _faults: list[TableFault] = field(default_factory=list)
    _rows: int = 0

    def read(self, table: HeaderedTable) -> Iterator[_TrueRow]:
        """Give the rows of a table that have a truth; none where it has no such columns."""
        prefix = _prefix(table)
        if prefix is None:
            self._without.append(_no_truth(table))
            return
        names = {name: table.positions[column_key(prefix + name)] for name in _TRUTH}
        flag = table.positions.get(column_key(f"true_{_FLAG}"))
        flag = table.positions.get(_FLAG) if flag is None else flag
        if flag is not None:
            names[_FLAG] = flag
        self.columns = tuple(table.header[at] for at in names.values())
        if prefix == "pmo_" and _OURS not in self.warnings:
            self.warnings.append(_OURS)
        for row in table.rows:
            cells = {name: row.cell(at) for name, at in names.items()}
            if not any(cells[name] for name in _TRUTH):
                self.unlabelled += bool(row.title.strip())
                continue
            checked = _checked(table, row, cells)
            if isinstance(checked, list):
                self._faults.extend(checked)
            else:
                self._rows += 1
                answer = Answer(checked.track, checked.level, checked.scope)
                yield row.title, answer, checked.ambiguous

    def check(self) -> None:
        """Refuse what holds faults, and what holds no truth at all."""
        if self._faults:
            more = len(self._faults) - _MOST_FAULTS
            faults = self._faults[:_MOST_FAULTS]
            if more > 0:
                last = faults[-1]
                what = f"{more:,} more rows cannot be read"
                faults.append(TableFault(last.file, last.line, what, "fix these first"))
            raise TableError(faults)
        if not self.columns:
            raise FileError("\n".join(self._without))
        if not self._rows:
            message = (
                f"no row has an answer in the columns {', '.join(map(repr, self.columns))}: "
                "write the true track, level and scope beside the titles"
            )
            raise FileError(message)


def _prefix(table: HeaderedTable) -> str | None:
    """Find how the columns of the truth are called; the first way that is there in full counts."""
    for prefix in _PREFIXES:
        if all(column_key(prefix + name) in table.positions for name in _TRUTH):
            return prefix
    return None


def _no_truth(table: HeaderedTable) -> str:
    found = {
        prefix: [n for n in _TRUTH if column_key(prefix + n) in table.positions]
        for prefix in _PREFIXES
    }
    # Where some are there, the rest is asked for in the same way of writing.
    best = max(("", "true_", "pmo_"), key=lambda prefix: len(found[prefix]))
    missing = ", ".join(repr(best + n) for n in _TRUTH if n not in found[best])
    return (
        f"{table.place}: there is no column {missing} with the true answers: "
        f"add it; the columns are {table.listing()}"
    )


def _checked(
    table: HeaderedTable, row: HeaderedRow, cells: Mapping[str, str]
) -> ListedTitle | list[TableFault]:
    scope = "" if cells["scope"].casefold() in _NO_SCOPE else cells["scope"]
    # A blank title is a row like any other here: its true answer is that it has none.
    title = row.title if row.title.strip() else "(blank)"
    return check_row(RawRow(table.place, row.number, {**cells, "scope": scope, "title": title}))


def _contradictions(judged: Iterable[_TrueRow]) -> list[str]:
    answers: dict[str, set[Answer]] = {}
    for title, true, _ in judged:
        answers.setdefault(title, set()).add(true)
    several = sorted(title for title, found in answers.items() if len(found) > 1)
    if not several:
        return []
    count = f"{len(several):,} {'title has' if len(several) == 1 else 'titles have'}"
    return [f"{count} two different true answers, such as {several[0]!r}: one must be wrong"]


@contextmanager
def _tables(
    source: LabelledTitles, column: str | None, sheet: str | None, encoding: str | None
) -> Iterator[Iterator[HeaderedTable]]:
    if isinstance(source, (str, os.PathLike)):
        path = source if source == "-" else Path(source)
        with headered_tables(path, column=column, sheet=sheet, encoding=encoding) as tables:
            yield tables
    else:
        yield iter([_from_rows(_rows_of(source), column or "title")])


def _rows_of(source: Any) -> list[Mapping[Any, object]]:
    for way, arguments in _FRAMES_ROWS.items():
        if hasattr(source, way):
            return list(getattr(source, way)(*arguments))
    rows = list(source) if isinstance(source, Iterable) else None
    kind = type(source).__name__
    if rows is not None:
        wrong = next((row for row in rows if not isinstance(row, Mapping)), None)
        if wrong is None:
            return rows
        kind = f"{kind} of {type(wrong).__name__}"
    message = f"evaluate needs a file's path, a data frame, or rows as dictionaries, not {kind}"
    raise TypeError(message)


def _from_rows(rows: Iterable[Mapping[Any, object]], column: str) -> HeaderedTable:
    held = [{str(name): value for name, value in row.items()} for row in rows]
    header = list(dict.fromkeys(name for row in held for name in row))
    if held and column not in header:
        message = f"rows: there is no key {column!r}: name one of {', '.join(map(repr, header))}"
        raise FileError(message)
    return HeaderedTable(
        "rows",
        header,
        repr(column),
        {column_key(name): at for at, name in reversed(list(enumerate(header)))},
        (
            HeaderedRow(number, _text(row.get(column)), [_text(row.get(name)) for name in header])
            for number, row in enumerate(held, 1)
        ),
    )


def _text(value: object) -> str:
    """Write a value as a cell; what is missing is empty."""
    return "" if is_missing(value) else str(value)
