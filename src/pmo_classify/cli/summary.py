"""The summary of a run of ``label``: for a person, and for a program."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import typer

from pmo_classify.labelling.label_file import STANDARD_STREAM
from pmo_classify.labelling.label_files import FilesSummary, LabelledFile
from pmo_classify.labelling.labeller import Summary
from pmo_classify.wording import pluralised, print_lines

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["exit_if_failed", "print_summary", "summary_as_dict"]

_IN_FIELDS: Final = frozenset({"column", "header row", "sheets"})
"""What of ``Summary.read_as`` is in ``Summary.places`` too, as fields."""

_MOST_NAMES: Final = 3


def summary_as_dict(found: FilesSummary, seconds: float, *, are_many: bool) -> dict[str, object]:
    """Return the summary as plain JSON types; that of many files has a list of them."""
    taken = {"seconds": round(seconds, 2)}
    if not are_many:
        (file,) = found.files
        return {**_as_dict(found.total), **_read_as(found.total), **taken, "output": file.output}
    files = [_file_as_dict(file) for file in found.files]
    return {**_as_dict(found.total), **taken, "failed": len(found.failed), "files": files}


def _as_dict(summary: Summary) -> dict[str, object]:
    return {
        "rows": summary.rows,
        "distinct_titles": summary.distinct,
        "to_review": summary.to_review,
        "answers": [
            {"track": track, "level": int(level) if level else None, "rows": rows}
            for (track, level), rows in sorted(summary.by_answer.items(), key=_ladder_first)
        ],
        "replaced_columns": list(summary.replaced_columns),
        "warnings": summary.warnings,
    }


def _read_as(summary: Summary) -> dict[str, object]:
    return {
        "read_as": {what: how for what, how in summary.read_as.items() if what not in _IN_FIELDS},
        "title_columns": [place._asdict() for place in summary.places],
    }


def _file_as_dict(file: LabelledFile) -> dict[str, object]:
    where = {"source": str(file.source)}
    if file.summary is None:
        return {**where, "error": str(file.error)}
    return {
        **where,
        "output": str(file.output),
        **_as_dict(file.summary),
        **_read_as(file.summary),
    }


def print_summary(
    console: Console,
    found: FilesSummary,
    seconds: float,
    *,
    are_many: bool,
    others: Sequence[str] = (),
) -> None:
    """Print what a run found; ``others`` are files in the same folders that are not tables."""
    from rich.table import Table  # noqa: PLC0415 - only a run that a person watches needs it

    summary = found.total
    table = Table("track", "level", "rows", box=None, pad_edge=False)
    for (track, level), rows in sorted(summary.by_answer.items(), key=_ladder_first):
        table.add_row(track, level, f"{rows:,}")
    if summary.by_answer:
        console.print(table)
    counts = [pluralised(summary.rows, "row"), pluralised(summary.distinct, "distinct title")]
    if are_many:
        counts.insert(0, pluralised(len(found.files) - len(found.failed), "file"))
    lines = [f"{', '.join(counts)}, {summary.to_review:,} to review, {seconds:.1f} s"]
    if are_many:
        lines += _lines_of_many(found)
    else:
        lines += _notes(summary)
        output = found.files[0].output
        lines.append(f"written: {'stdout' if output == STANDARD_STREAM else output}")
    if others:
        names = ", ".join(others[:_MOST_NAMES]) + (", ..." if len(others) > _MOST_NAMES else "")
        lines.append(f"skipped, because they are not tables: {names}")
    print_lines(console, *lines)


def _notes(summary: Summary) -> Iterator[str]:
    yield from (f"{what}: {how}" for what, how in summary.read_as.items())
    if summary.replaced_columns:
        yield f"replaced columns of an earlier run: {', '.join(summary.replaced_columns)}"
    yield from (f"warning: {warning}" for warning in summary.warnings)


def _lines_of_many(found: FilesSummary) -> Iterator[str]:
    for file in found.files:
        if file.summary is not None:
            summary = file.summary
            where = summary.read_as.get("column", "")
            yield f"written: {file.output} ({pluralised(summary.rows, 'row')}, titles in {where})"
            if summary.replaced_columns:
                yield "  replaced columns of an earlier run"
            yield from (f"  warning: {warning}" for warning in summary.warnings)


def exit_if_failed(found: FilesSummary, *, done: str = "labelled") -> None:
    """Name the files that failed, and why, and end with the exit code for it."""
    failed = found.failed
    if failed:
        count = f"{len(failed):,} of {pluralised(len(found.files), 'file')} could not be {done}"
        for line in (f"{count}:", *(f"  {file.error}" for file in failed)):
            sys.stderr.write(f"pmo-classify: {line}\n")
        raise typer.Exit(1)


def _ladder_first(item: tuple[tuple[str, str], int]) -> tuple[bool, str, str]:
    (track, level), _ = item
    return track != "pmo", track, level
