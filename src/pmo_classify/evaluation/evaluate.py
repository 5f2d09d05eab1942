"""The evaluation of a classifier, against titles with their expected answers."""

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
from pmo_classify.evaluation.scores import Answer, Evaluation, ScoredRow, score
from pmo_classify.knowledge.listed_titles import ListedTitle, RawRow, check_row
from pmo_classify.knowledge.reasons import brief_reason
from pmo_classify.labelling.headered_table import (
    HeaderedRow,
    HeaderedTable,
    HeaderedTables,
    column_key,
    headered_tables,
)
from pmo_classify.reading.cleaning import is_missing
from pmo_classify.taxonomy import Scope, Track
from pmo_classify.wording import names_no_scope

__all__ = ["LabelledTitles", "evaluate"]

LabelledTitles = str | os.PathLike[str] | Iterable[Mapping[str, object]] | Any
"""A path, rows with the keys ``title``, ``track``, ``level`` and ``scope``, or a data frame."""

_ANSWER: Final = ("track", "level", "scope")
_FLAG: Final = "ambiguous"
_PREFIXES: Final = ("true_", "expected_", "", "pmo_")
"""The prefixes of columns with expected answers; the first one that is found is used."""
_MOST_FAULTS: Final = 20
_ROWS_OF_FRAMES: Final = {"to_dicts": (), "to_pylist": (), "to_dict": ("records",)}
"""The methods of Polars, Arrow and pandas that return a frame's rows as dictionaries."""
_OUR_COLUMNS: Final = (
    "the expected answers were read from the columns that labelling writes, which only repeat "
    "earlier answers unless somebody has corrected them"
)


def evaluate(
    source: LabelledTitles,
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    classifier: Classifier | None = None,
) -> Evaluation:
    """Return how well a classifier reads titles whose answers are known.

    ``source`` is a CSV, TSV or Excel file with the expected ``track``, ``level`` and ``scope``
    beside the titles; or rows as dictionaries; or a frame of pandas, Polars or PyArrow. The columns
    may also be called ``true_track``, ``expected_track`` or ``pmo_track``, and so on; case, spaces
    and hyphens do not matter. A 1 in a column ``ambiguous`` marks a title that nobody can decide by
    its words alone. Rows without an expected answer are left out and counted. ``column``, ``sheet``
    and ``encoding`` are those of ``label_file``; the default classifier is evaluated unless
    ``classifier`` is given.

    >>> found = evaluate([
    ...     {"title": "PMO Lead", "track": "pmo", "level": 3, "scope": ""},
    ...     {"title": "Project Planner", "track": "pmo", "level": 2, "scope": "project"},
    ...     {"title": "Project Manager", "track": "pmo", "level": 3, "scope": "project"},
    ... ])
    >>> found.right.hits, found.right.of, str(found.misread[0].row.predicted)
    (2, 3, 'delivery')

    A ``FileError`` says which column is missing and which were found; a ``TableError`` lists the
    rows whose expected answer cannot be read, with the value and how to fix it. A ``source`` of
    another kind raises a ``TypeError``.
    """
    classifier = classifier or default_classifier()
    reader = _ExpectedAnswers()
    with _tables(source, column, sheet, encoding) as tables:
        reader.warnings += tables.warnings
        labelled = list(chain.from_iterable(map(reader.read, tables)))
    reader.check()
    titles = dict.fromkeys(title for title, *_ in labelled)
    answers = {title: classifier.classify(title) for title in titles}
    rows = []
    for title, expected, ambiguous in labelled:
        answer = answers[title]
        rows.append(
            ScoredRow(
                title,
                expected,
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
        columns=reader.columns,
        unlabelled=reader.unlabelled,
        warnings=[*reader.warnings, *_contradictions(labelled)],
    )


def _scope(track: Track, scope: Scope) -> Scope:
    return scope if track is Track.PMO else Scope.NONE


_LabelledRow = tuple[str, Answer, bool]
"""A title, its expected answer, and whether it is ambiguous."""


@dataclass(slots=True)
class _ExpectedAnswers:
    """Reads the expected answers beside the titles, and collects warnings and faults."""

    columns: tuple[str, ...] = ()
    unlabelled: int = 0
    warnings: list[str] = field(default_factory=list)
    _missing: list[str] = field(default_factory=list)
    _faults: list[TableFault] = field(default_factory=list)
    _rows: int = 0

    def read(self, table: HeaderedTable) -> Iterator[_LabelledRow]:
        """Yield the rows of a table that have an expected answer; none if it has no such column."""
        prefix = _prefix(table)
        if prefix is None:
            self._missing.append(_missing_columns(table))
            return
        positions = {name: table.positions[column_key(prefix + name)] for name in _ANSWER}
        flags = (table.positions.get(column_key(start + _FLAG)) for start in _PREFIXES[:3])
        flag = next((position for position in flags if position is not None), None)
        if flag is not None:
            positions[_FLAG] = flag
        self.columns = tuple(table.header[position] for position in positions.values())
        if prefix == "pmo_" and _OUR_COLUMNS not in self.warnings:
            self.warnings.append(_OUR_COLUMNS)
        for row in table.rows:
            cells = {name: row.cell(position) for name, position in positions.items()}
            if not any(cells[name] for name in _ANSWER):
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
        """Raise if rows were faulty, or if there is no expected answer at all."""
        if self._faults:
            more = len(self._faults) - _MOST_FAULTS
            faults = self._faults[:_MOST_FAULTS]
            if more > 0:
                last = faults[-1]
                what = f"{more:,} more rows cannot be read"
                faults.append(TableFault(last.file, last.line, what, "fix these first"))
            raise TableError(faults)
        if not self.columns:
            raise FileError("\n".join(self._missing))
        if not self._rows:
            message = (
                f"no row has an answer in the columns {', '.join(map(repr, self.columns))}: "
                "write the expected track, level and scope beside the titles"
            )
            raise FileError(message)


def _prefix(table: HeaderedTable) -> str | None:
    """Return the prefix of the columns with the expected answers, if all three are there."""
    for prefix in _PREFIXES:
        if all(column_key(prefix + name) in table.positions for name in _ANSWER):
            return prefix
    return None


def _missing_columns(table: HeaderedTable) -> str:
    found = {
        prefix: [n for n in _ANSWER if column_key(prefix + n) in table.positions]
        for prefix in ("", *_PREFIXES)
    }
    # If some of the columns are there, the message asks for the others with the same prefix.
    best = max(found, key=lambda prefix: len(found[prefix]))
    missing = table.missing([best + n for n in _ANSWER if n not in found[best]])
    return f"{table.place}: {missing}: add the expected answers; {table.listing()}"


def _checked(
    table: HeaderedTable, row: HeaderedRow, cells: Mapping[str, str]
) -> ListedTitle | list[TableFault]:
    scope = "" if names_no_scope(cells["scope"]) else cells["scope"]
    # A blank title may have an expected answer too, but a table of titles takes no blank one.
    title = row.title if row.title.strip() else "(blank)"
    return check_row(RawRow(table.place, row.number, {**cells, "scope": scope, "title": title}))


def _contradictions(labelled: Iterable[_LabelledRow]) -> list[str]:
    answers: dict[str, set[Answer]] = {}
    for title, expected, _ in labelled:
        answers.setdefault(title, set()).add(expected)
    several = sorted(title for title, different in answers.items() if len(different) > 1)
    if not several:
        return []
    count = f"{len(several):,} {'title has' if len(several) == 1 else 'titles have'}"
    return [f"{count} different expected answers, such as {several[0]!r}: one must be wrong"]


@contextmanager
def _tables(
    source: LabelledTitles, column: str | None, sheet: str | None, encoding: str | None
) -> Iterator[HeaderedTables]:
    if isinstance(source, (str, os.PathLike)):
        path = source if source == "-" else Path(source)
        with headered_tables(path, column=column, sheet=sheet, encoding=encoding) as tables:
            yield tables
    else:
        yield HeaderedTables(iter([_from_rows(_rows_of(source), column or "title")]))


def _rows_of(source: Any) -> list[Mapping[Any, object]]:
    for method, arguments in _ROWS_OF_FRAMES.items():
        if hasattr(source, method):
            return list(getattr(source, method)(*arguments))
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
    named = [{str(name): value for name, value in row.items()} for row in rows]
    header = list(dict.fromkeys(name for row in named for name in row))
    if named and column not in header:
        message = f"rows: there is no key {column!r}: name one of {', '.join(map(repr, header))}"
        raise FileError(message)
    return HeaderedTable(
        "rows",
        header,
        repr(column),
        {column_key(name): i for i, name in reversed(list(enumerate(header)))},
        (
            HeaderedRow(number, _text(row.get(column)), [_text(row.get(name)) for name in header])
            for number, row in enumerate(named, 1)
        ),
    )


def _text(value: object) -> str:
    """Return a value as the text of a cell; a missing value is empty."""
    return "" if is_missing(value) else str(value)
