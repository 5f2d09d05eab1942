"""The summary of a run, for a person and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_classify.labelling.labeller import Summary
from pmo_classify.wording import pluralised, print_lines

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_summary", "summary_as_dict"]


def summary_as_dict(summary: Summary, output: str, seconds: float) -> dict[str, object]:
    """Give the summary as plain JSON types; ``seconds`` is the wall time."""
    return {
        "rows": summary.rows,
        "distinct_titles": summary.distinct,
        "to_review": summary.to_review,
        "answers": [
            {"track": track, "level": int(level) if level else None, "rows": rows}
            for (track, level), rows in sorted(summary.by_answer.items(), key=_ladder_first)
        ],
        "read_as": summary.read_as,
        "replaced_columns": list(summary.replaced_columns),
        "warnings": summary.warnings,
        "seconds": round(seconds, 2),
        "output": output,
    }


def print_summary(console: Console, summary: Summary, output: str, seconds: float) -> None:
    """Print the summary for a person."""
    # rich is imported here because only a run that a person watches needs it.
    from rich.table import Table  # noqa: PLC0415

    table = Table("track", "level", "rows", box=None, pad_edge=False)
    for (track, level), rows in sorted(summary.by_answer.items(), key=_ladder_first):
        table.add_row(track, level, f"{rows:,}")
    console.print(table)
    counts = pluralised(summary.rows, "row"), pluralised(summary.distinct, "distinct title")
    lines = [
        f"{', '.join(counts)}, {summary.to_review:,} to review, {seconds:.1f} s",
        *(f"{what}: {how}" for what, how in summary.read_as.items()),
    ]
    if summary.replaced_columns:
        names = ", ".join(summary.replaced_columns)
        lines.append(f"replaced columns of an earlier run: {names}")
    lines += [f"warning: {warning}" for warning in summary.warnings]
    lines.append(f"written: {'stdout' if output == '-' else output}")
    print_lines(console, *lines)


def _ladder_first(item: tuple[tuple[str, str], int]) -> tuple[bool, str, str]:
    (track, level), _ = item
    return track != "pmo", track, level
