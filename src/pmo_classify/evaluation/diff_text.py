"""A comparison of two labelled files for a person to read: tables for a terminal, and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmo_classify.evaluation.diff import Change, Diff, Several
from pmo_classify.files.csv.writer import write_csv
from pmo_classify.files.output import check_free
from pmo_classify.wording import pluralised, print_lines, shortened

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_diff", "write_diff"]

_MOST_MOVES: Final = 30
_LONGEST_SHOWN: Final = 60


def print_diff(console: Console, found: Diff, most: int) -> None:
    """Print what has changed: counts by kind, then up to ``most`` titles."""
    from rich.table import Table  # noqa: PLC0415 - only a run that a person watches needs it
    from rich.text import Text  # noqa: PLC0415

    moves = [move for move in found.moves() if move.field != "standard_title"]
    if found.changes:
        table = Table("field", "old", "new", box=None, pad_edge=False)
        for name in ("titles", "rows"):
            table.add_column(name, justify="right")
        for move in moves[:_MOST_MOVES]:
            # A plain text, since what stands in brackets would be taken for a style.
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
        _print_titles(console, found, most)
    print_lines(console, *_counts(found, most))


def _print_titles(console: Console, found: Diff, most: int) -> None:
    for change in found.changes[:most]:
        rows = f" ({change.new_rows:,} rows)" if change.new_rows > 1 else ""
        print_lines(console, f"{_shown(change.title)}: {_moves(found.fields, change)}{rows}")
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


def _counts(found: Diff, most: int) -> Iterator[str]:
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
    if found.several:
        yield f"not compared, for they have several answers in one file: {len(found.several):,}"
    for title in found.several[:most]:
        yield f"  {_shown(title.title)} in {title.file.upper()}: {_answers(title)}"


def _answers(title: Several) -> str:
    return " / ".join(" ".join(filter(None, answer[:3])) for answer in title.answers)


def _shown(title: str) -> str:
    return repr(shortened(" ".join(title.split()), _LONGEST_SHOWN))


def _value(text: str) -> str:
    return text or "-"


def write_diff(target: Path, found: Diff, *, force: bool = False) -> None:
    """Write all differences as CSV: one row for each title, with both answers.

    ``kind`` is ``changed``, ``only old``, ``only new``, or ``several in old`` (or ``new``) for a
    title that has several answers within one file: each of them is a row then. A ``FileError``
    says why it cannot be written: ``target`` is a folder, or exists (unless ``force``).
    """
    check_free(target, force=force, option="--csv")
    answers = [f"{file}_{name}" for file in ("old", "new") for name in found.fields]
    header = ["title", "kind", "changed", "old_rows", "new_rows", *answers]
    write_csv(target, header, _rows(found))


def _rows(found: Diff) -> Iterator[list[object]]:
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
