"""Labelling JSON lines: every line keeps its bytes, and our members come at its end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.files.json_lines import (
    JsonLine,
    dotted_members,
    member,
    read_json_lines,
    with_members,
)
from pmo_classify.files.kinds import FileKind, checked_target
from pmo_classify.files.packing import packed_output
from pmo_classify.files.rows import PREVIEW_ROWS
from pmo_classify.files.streams import (
    atomic_output,
    background_writer,
    detect_changes,
    open_source,
)
from pmo_classify.labelling.columns import LabelCells, values_of
from pmo_classify.labelling.label_set import ALL_LABELS, LabelSet
from pmo_classify.labelling.labeller import Labeller, Progress, Summary, TitlePlace
from pmo_classify.labelling.pending import PendingBlock, PendingBlocks
from pmo_classify.labelling.title_cache import TitleColumnCache
from pmo_classify.labelling.title_column import NoTitleColumn, find_title_column
from pmo_classify.labelling.workers import WorkerPool

__all__ = ["label_json_lines"]

_MOST_MEMBERS: Final = 1_000
_BYTES_PER_BYTE: Final = 4
"""About how much memory the parsed lines take for each byte of the file."""


def label_json_lines(
    source: Path | str,
    output: Path | str | None = None,
    *,
    column: str | None = None,
    labels: LabelSet = ALL_LABELS,
    skip_bad_lines: bool = False,
    classifier: Classifier | None = None,
    force: bool = False,
    jobs: int | None = 1,
    progress: Progress | None = None,
) -> Summary:
    """Label a file with one JSON object a line, and write it beside the input or as ``output``.

    Each line keeps its bytes, and the labels are added at the end of its object, with types: the
    level is a number, ``pmo_review`` true or false, and what is missing null. Members of an earlier
    run are replaced. ``column`` names the member with the titles, with dots where it is inside
    others (``job.title``); without it, the names and values of the first lines decide. A missing
    or null title gets an empty answer, a blank line nothing. The options that ``label_csv`` has
    too mean the same.

    A ``FileError`` names the first line that cannot be read; with ``skip_bad_lines`` such lines
    come back as they are, and a warning counts them. Memory is bounded: a line has at most 64 MiB.
    """
    target = checked_target(source, output, FileKind.JSON_LINES, force=force)
    classifier = classifier or Classifier()
    with (
        WorkerPool(classifier, jobs, has_clean_titles=labels.has_clean_title) as pool,
        open_source(source) as handle,
        detect_changes(source, handle) as check_unchanged,
    ):
        layout = _Layout.found(handle, str(source), column, labels, skips=skip_bad_lines)
        run = _Run(handle, layout, Labeller(classifier), pool, progress)
        with atomic_output(target) as out:
            with packed_output(out, target, ".jsonl") as stream:
                run.write(stream)
            check_unchanged()
        return run.summary()


class _BadLines:
    """Refuses lines that cannot be read, or counts them where they are skipped."""

    def __init__(self, source_name: str, *, skips: bool) -> None:
        self._source_name = source_name
        self._skips = skips
        self.count = 0
        self.first = ""

    def add(self, line: JsonLine, fault: str) -> None:
        fault = f"line {line.number}: {fault}"
        if not self._skips:
            hint = "repair it, or go on without it by --skip-bad-lines"
            if line.number == 1 and line.raw.lstrip().startswith(b"["):
                hint = "write one object a line, without brackets around all"
            message = f"{self._source_name}: {fault}: {hint}"
            raise FileError(message)
        self.count += 1
        self.first = self.first or fault


class _Layout(NamedTuple):
    """How a file is read: the member with the titles, the labels, and the way of writing JSON."""

    source_name: str
    column: str
    labels: LabelSet
    is_compact: bool
    skips: bool

    @classmethod
    def found(
        cls,
        handle: BinaryIO,
        source_name: str,
        column: str | None,
        labels: LabelSet,
        *,
        skips: bool,
    ) -> _Layout:
        lines = [line for line in _first_lines(handle, source_name) if line.raw.strip()]
        bad = _BadLines(source_name, skips=skips)
        for line in lines:
            if line.fault:
                bad.add(line, line.fault)
        values = [line.value for line in lines if line.value is not None]
        if not values:
            message = f"{source_name}: no line holds an object: write one JSON object a line"
            raise NoTitleColumn(message)
        name = _title_member(values, column, source_name, labels)
        first = next(line.raw for line in lines if line.value is not None)
        return cls(source_name, name, labels, b'": ' not in first, skips)


def _first_lines(handle: BinaryIO, source_name: str) -> list[JsonLine]:
    batches = read_json_lines(handle, source_name)
    return list(islice((line for lines in batches for line in lines), PREVIEW_ROWS))


def _title_member(
    values: Sequence[dict[str, Any]], wanted: str | None, source_name: str, labels: LabelSet
) -> str:
    """Return the name of the member with the titles."""
    if wanted is not None and any(member(value, wanted) is not None for value in values):
        if wanted in labels.ours:
            message = (
                f"{source_name}: {wanted!r} is a member that labelling writes: "
                "name the one with the titles"
            )
            raise FileError(message)
        return wanted
    flat = [dict(dotted_members(value)) for value in values]
    names = list(dict.fromkeys(name for row in flat for name in row if name not in labels.ours))
    labels.check_clash(values[0], source_name)
    names = names[:_MOST_MEMBERS]
    rows = [names, *([_text(row.get(name)) or "" for name in names] for row in flat)]
    found = find_title_column(rows, wanted, source_name, header=0, has_letters=False)
    return found.name


def _text(value: Any) -> str | None:
    """Return a value as a title: "" for a missing one, None for one that cannot be a title."""
    if value is None:
        return ""
    return value if isinstance(value, str) else None


class _Run:
    """Writes one file with its labels."""

    def __init__(
        self,
        handle: BinaryIO,
        layout: _Layout,
        labeller: Labeller,
        pool: WorkerPool,
        progress: Progress | None,
    ) -> None:
        self._handle = handle
        self._layout = layout
        self._labeller = labeller
        self._bad = _BadLines(layout.source_name, skips=layout.skips)
        self._replaced: dict[str, None] = {}
        self._cache = TitleColumnCache(labeller, pool, str, self._members)
        size = handle.seek(0, 2)
        self._pending = PendingBlocks(self._cache, pool, size, progress)

    def write(self, out: BinaryIO) -> None:
        """Write the whole file."""
        with background_writer(out.writelines) as write:
            for lines in read_json_lines(self._handle, self._layout.source_name):
                if self._cache.is_full:
                    self._pending.write_all()
                    self._cache.clear()
                numbers = self._cache.count([self._title(line) for line in lines])
                rows = [
                    (line.raw, number, self._dropped(line))
                    for line, number in zip(lines, numbers, strict=True)
                ]
                size = sum(len(line.raw) for line in lines)
                titles = sum(number >= 0 for number in numbers)
                self._pending.add(
                    PendingBlock(
                        size * _BYTES_PER_BYTE,
                        size,
                        titles,
                        len(self._cache),
                        lambda rows=rows: write(self._labelled(rows)),  # type: ignore[misc]
                    )
                )
            self._pending.write_all()
        self._cache.clear()

    def summary(self) -> Summary:
        """Return what the run found, and what a user should know about it."""
        layout, summary = self._layout, self._labeller.summary
        summary.read_as = {"kind": "JSON lines", "column": repr(layout.column)}
        summary.places = [TitlePlace(None, layout.column, None, None, summary.rows)]
        summary.replaced_columns = tuple(self._replaced)
        if self._bad.count:
            summary.warnings.append(
                f"bad lines that are kept as they are, without labels: {self._bad.count:,}, "
                f"the first is {self._bad.first}"
            )
        return summary

    def _title(self, line: JsonLine) -> str | None:
        """Return the title of a line; None where it gets no labels."""
        if line.value is None:
            if line.fault:
                self._bad.add(line, line.fault)
            return None
        value = member(line.value, self._layout.column)
        title = _text(value)
        if title is None:
            kind = {"list": "a list", "dict": "an object", "bool": "true or false"}
            what = kind[type(value).__name__]
            self._bad.add(line, f"{self._layout.column!r} is {what}, not text")
        return title

    def _dropped(self, line: JsonLine) -> tuple[str, ...]:
        ours = self._layout.labels.earlier
        if line.value is None or ours.isdisjoint(line.value):
            return ()
        dropped = tuple(name for name in line.value if name in ours)
        self._replaced.update(dict.fromkeys(dropped))
        return dropped

    def _labelled(self, rows: Iterable[tuple[bytes, int, tuple[str, ...]]]) -> Iterator[bytes]:
        added = self._cache.text
        pieces = [
            raw if number < 0 else with_members(raw, added(number).encode("utf-8"), dropped)
            for raw, number, dropped in rows
        ]
        return iter([b"".join(pieces)])

    def _members(self, cells: LabelCells) -> str:
        """Return the members of label cells, after a comma."""
        labels = self._layout.labels
        values = labels.pick(values_of(cells))
        comma, colon = (",", ":") if self._layout.is_compact else (", ", ": ")
        pairs = zip(labels.names, values, strict=True)
        return "".join(f"{comma}{_json(name)}{colon}{_json(value)}" for name, value in pairs)


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    # A lone surrogate, which JSON may have as an escape, is not UTF-8.
    return text if text.isascii() or _is_utf_8(text) else json.dumps(value)


def _is_utf_8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
