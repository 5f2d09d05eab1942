"""The comparison of two labelled files, title by title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.labelling.headered_table import HeaderedTable, column_key, headered_tables

__all__ = ["FIELDS", "Change", "Diff", "LabelledTitle", "Move", "Several", "diff"]

FIELDS: Final = ("track", "level", "scope", "review", "method", "standard_title")
"""The parts of an answer that are compared, the most important first."""

_REQUIRED: Final = FIELDS[:3]

Cells = tuple[str, ...]


class LabelledTitle(NamedTuple):
    """A title of one file, its answer in the order of ``Diff.fields``, and its number of rows."""

    title: str
    answer: Cells
    rows: int


class Change(NamedTuple):
    """A title whose answers differ, with the ``fields`` that do and its rows in each file."""

    title: str
    old: Cells
    new: Cells
    fields: tuple[str, ...]
    old_rows: int
    new_rows: int


class Move(NamedTuple):
    """How often a field went from one value to another; ``rows`` are those of the new file."""

    field: str
    old: str
    new: str
    titles: int
    rows: int


class Several(NamedTuple):
    """A title that has several answers within one file, ``"old"`` or ``"new"``."""

    title: str
    file: str
    answers: tuple[Cells, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Diff:
    """The differences between two labelled files.

    Titles are matched by their text, ignoring extra spaces; ``fields`` names the parts of an answer
    that both files have. ``changes`` are the titles whose answers differ, the most important change
    and the most rows first; ``only_old`` and ``only_new`` are the titles that only one file has.
    ``several`` are the titles with several answers in one file, which are not compared.
    ``warnings`` name the sheets that were left out, as labelling does.
    """

    fields: tuple[str, ...]
    """The parts of an answer that both files have."""
    same: int
    """The titles with the same answer in both."""
    changes: tuple[Change, ...]
    """The titles whose answers differ, the most important change first."""
    only_old: tuple[LabelledTitle, ...]
    """The titles of the old file alone."""
    only_new: tuple[LabelledTitle, ...]
    """The titles of the new file alone."""
    several: tuple[Several, ...]
    """The titles with several answers in one file, which are not compared."""
    old_rows: int
    """The rows of the old file."""
    new_rows: int
    """The rows of the new file."""
    warnings: tuple[str, ...] = ()
    """What a person should know about how the files were read."""

    @property
    def differs(self) -> bool:
        """Whether anything differs or could not be compared."""
        return bool(self.changes or self.only_old or self.only_new or self.several)

    def moves(self) -> tuple[Move, ...]:
        """Return how often each field went from one value to another, the most rows first.

        A title counts once in each field that changed.
        """
        titles: Counter[tuple[str, str, str]] = Counter()
        rows: Counter[tuple[str, str, str]] = Counter()
        for change in self.changes:
            for name in change.fields:
                at = self.fields.index(name)
                kind = (name, change.old[at], change.new[at])
                titles[kind] += 1
                rows[kind] += change.new_rows
        found = (Move(*kind, titles[kind], rows[kind]) for kind in titles)
        return tuple(sorted(found, key=lambda m: (self.fields.index(m.field), -m.rows, m)))

    def as_dict(self) -> dict[str, object]:
        """Return everything as plain JSON types."""
        return {
            "differs": self.differs,
            "fields": list(self.fields),
            "old_rows": self.old_rows,
            "new_rows": self.new_rows,
            "same": self.same,
            "changed": len(self.changes),
            "moves": [move._asdict() for move in self.moves()],
            "changes": [
                {
                    "title": change.title,
                    "fields": list(change.fields),
                    "old": self._answer(change.old),
                    "new": self._answer(change.new),
                    "old_rows": change.old_rows,
                    "new_rows": change.new_rows,
                }
                for change in self.changes
            ],
            "only_old": [{"title": t.title, "rows": t.rows} for t in self.only_old],
            "only_new": [{"title": t.title, "rows": t.rows} for t in self.only_new],
            "several": [
                {
                    "title": title.title,
                    "file": title.file,
                    "answers": [self._answer(answer) for answer in title.answers],
                    "rows": title.rows,
                }
                for title in self.several
            ],
            "warnings": list(self.warnings),
        }

    def _answer(self, cells: Cells) -> dict[str, str]:
        return dict(zip(self.fields, cells, strict=True))


def diff(
    old: Path | str,
    new: Path | str,
    *,
    column: str | None = None,
    encoding: str | None = None,
) -> Diff:
    """Return the differences between two labelled files (CSV, TSV or Excel).

    Distinct titles are compared, so the order of the rows and the kind of the files do not matter.
    ``column`` names the title column of both files, ``encoding`` is the encoding of both.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     old, new = Path(folder, "old.csv"), Path(folder, "new.csv")
    ...     head = "Job title,pmo_track,pmo_level,pmo_scope\\n"
    ...     _ = old.write_text(head + "PMO Lead,pmo,2,\\nChef,other,,\\n")
    ...     _ = new.write_text(head + "PMO Lead,pmo,3,\\nChef,other,,\\nBaker,other,,\\n")
    ...     found = diff(old, new)
    >>> found.moves()
    (Move(field='level', old='2', new='3', titles=1, rows=1),)
    >>> found.same, [title.title for title in found.only_new]
    (1, ['Baker'])

    A ``FileError`` says what is wrong with a file, such as a missing label column.
    """
    before, after = _File(column, encoding), _File(column, encoding)
    before.read(old)
    after.read(new)
    fields = tuple(name for name in FIELDS if name in before.fields and name in after.fields)
    olds, news = before.titles(fields), after.titles(fields)
    changes = []
    several = [*_several(olds, "old"), *_several(news, "new")]
    same = 0
    for key in olds.keys() & news.keys():
        if len(olds[key].answers) > 1 or len(news[key].answers) > 1:
            continue
        change = _change(fields, olds[key], news[key])
        if change is None:
            same += 1
        else:
            changes.append(change)
    return Diff(
        fields=fields,
        same=same,
        changes=tuple(sorted(changes, key=lambda c: _most_important_first(fields, c))),
        only_old=_alone(olds, news),
        only_new=_alone(news, olds),
        several=tuple(several),
        old_rows=before.rows,
        new_rows=after.rows,
        warnings=(*before.warnings, *after.warnings),
    )


@dataclass(slots=True)
class _Title:
    """A distinct title of a file: its text as first seen, and its number of rows by answer."""

    text: str
    answers: dict[Cells, int] = field(default_factory=dict)

    @property
    def only(self) -> Cells:
        return next(iter(self.answers))

    @property
    def rows(self) -> int:
        return sum(self.answers.values())

    def add(self, answer: Cells, rows: int = 1) -> None:
        self.answers[answer] = self.answers.get(answer, 0) + rows


@dataclass(slots=True)
class _File:
    """One labelled file, by distinct title."""

    column: str | None
    encoding: str | None
    fields: tuple[str, ...] = ()
    rows: int = 0
    warnings: tuple[str, ...] = ()
    _titles: dict[str, _Title] = field(default_factory=dict)
    _answers: dict[Cells, Cells] = field(default_factory=dict)

    def read(self, source: Path | str) -> None:
        """Read the titles of all labelled tables of a file."""
        encoding = None if Path(source).suffix.lower().startswith(".xls") else self.encoding
        without: list[str] = []
        with headered_tables(source, column=self.column, encoding=encoding) as tables:
            self.warnings = tuple(f"{source}: {warning}" for warning in tables.warnings)
            for table in tables:
                names = _label_columns(table)
                missing = [f"pmo_{name}" for name in _REQUIRED if name not in names]
                if missing:
                    without.append(_not_labelled(table, missing))
                    continue
                known = tuple(name for name in FIELDS if name in names)
                # A field that one sheet does not have is compared in no sheet.
                self.fields = tuple(n for n in self.fields if n in known) or known
                self._gather(table, names)
        if not self.fields:
            raise FileError("\n".join(without))

    def _gather(self, table: HeaderedTable, names: dict[str, int]) -> None:
        for row in table.rows:
            cells = tuple(row.cell(names.get(name)) for name in FIELDS)
            if not cells[0] and not row.title.strip():
                continue
            self.rows += 1
            key = " ".join(row.title.split())
            title = self._titles.get(key)
            if title is None:
                title = self._titles[key] = _Title(key if key == row.title else row.title)
            # Many titles share an answer, which is kept in memory once.
            title.add(self._answers.setdefault(cells, cells))

    def titles(self, fields: Sequence[str]) -> dict[str, _Title]:
        """Return the titles with only the given fields of their answers."""
        if tuple(fields) == FIELDS:
            return self._titles
        places = [FIELDS.index(name) for name in fields]
        found = {}
        for key, title in self._titles.items():
            found[key] = _Title(title.text)
            for cells, rows in title.answers.items():
                found[key].add(tuple(cells[at] for at in places), rows)
        return found


def _label_columns(table: HeaderedTable) -> dict[str, int]:
    found = {name: table.positions.get(column_key(f"pmo_{name}")) for name in FIELDS}
    return {name: at for name, at in found.items() if at is not None}


def _not_labelled(table: HeaderedTable, missing: Sequence[str]) -> str:
    return (
        f"{table.place}: {table.missing(missing)}: use a file that pmo-classify label wrote; "
        f"{table.listing()}"
    )


def _change(fields: Sequence[str], old: _Title, new: _Title) -> Change | None:
    before, after = old.only, new.only
    differing = tuple(
        name for name, was, now in zip(fields, before, after, strict=True) if was != now
    )
    if not differing:
        return None
    return Change(new.text, before, after, differing, old.rows, new.rows)


def _most_important_first(fields: Sequence[str], change: Change) -> tuple[object, ...]:
    return fields.index(change.fields[0]), -change.new_rows, change.title


def _several(titles: dict[str, _Title], file: str) -> Iterator[Several]:
    found = (title for title in titles.values() if len(title.answers) > 1)
    for title in sorted(found, key=lambda t: (-t.rows, t.text)):
        yield Several(title.text, file, tuple(sorted(title.answers)), title.rows)


def _alone(titles: dict[str, _Title], others: dict[str, _Title]) -> tuple[LabelledTitle, ...]:
    found = (
        LabelledTitle(title.text, max(title.answers), title.rows)
        for key, title in titles.items()
        if key not in others
    )
    return tuple(sorted(found, key=lambda t: (-t.rows, t.title)))
