"""``pmo-classify label``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.common import (
    AsJson,
    Column,
    Encoding,
    Force,
    Quiet,
    Sheet,
    Source,
    Titles,
    progress_bar,
)
from pmo_classify.cli.std_streams import write_json
from pmo_classify.files.output import check_apart, check_source
from pmo_classify.labelling.label_file import STANDARD_STREAM, label_file, usual_output
from pmo_classify.labelling.labeller import Summary
from pmo_classify.report.page import check_report, write_report
from pmo_classify.wording import pluralised, print_lines

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["label"]

_NOTHING_TO_LEARN: Final = (
    "--model learns from your own titles: without --titles MY.csv it is not known to change any "
    "answer"
)

Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="OUT", help="Default: IN.labelled.EXT; - is standard output."
    ),
]


def label(
    source: Source,
    output: Output = None,
    column: Column = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    *,
    titles: Titles = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="R.html", help="Also write a report as one web page."),
    ] = None,
    groups: Annotated[
        bool,
        typer.Option("--groups", help="Add a sheet to a workbook: each title, its spellings."),
    ] = False,
    model: Annotated[
        bool, typer.Option("--model", help="Let a model trained on MY.csv decide titles in doubt.")
    ] = False,
    force: Force = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop if part of a workbook cannot be kept.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=1,
            help="Processes that read a CSV's titles; default: automatic.",
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Label every row of a file: track, level, scope, and whether to review it."""
    # Imported here so that the list of commands starts without rich.
    from rich.console import Console  # noqa: PLC0415

    started = time.perf_counter()
    console = Console(stderr=True, quiet=quiet)
    classifier = Classifier(extra_titles=titles, model=model)
    if source != STANDARD_STREAM:
        check_source(Path(source))
    if report is not None:
        check_report(report, Path(source), force=force)
    written = output or (STANDARD_STREAM if source == "-" else str(usual_output(Path(source))))
    file = None if written == STANDARD_STREAM else Path(written)
    check_apart({"--output": file, "--report": report}, titles)
    with progress_bar(console) as show:
        summary = label_file(
            source,
            output,
            column=column,
            sheet=sheet,
            encoding=encoding,
            classifier=classifier,
            force=force,
            strict=strict,
            groups=groups,
            jobs=jobs,
            progress=show,
        )
    if model and titles is None:
        summary.warnings.append(_NOTHING_TO_LEARN)
    if report is not None:
        write_report(report, summary, source=source, force=force)
    seconds = time.perf_counter() - started
    if as_json:
        stream = sys.stderr if written == STANDARD_STREAM else sys.stdout
        write_json(_as_dict(summary, written, seconds), stream)
    else:
        _print_summary(console, summary, written, seconds)
        if report is not None:
            print_lines(console, f"report: {report}")


def _as_dict(summary: Summary, output: str, seconds: float) -> dict[str, object]:
    """Return the summary as plain JSON types."""
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


def _print_summary(console: Console, summary: Summary, output: str, seconds: float) -> None:
    from rich.table import Table  # noqa: PLC0415 - only a run that a person watches needs it

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
    lines.append(f"written: {'stdout' if output == STANDARD_STREAM else output}")
    print_lines(console, *lines)


def _ladder_first(item: tuple[tuple[str, str], int]) -> tuple[bool, str, str]:
    (track, level), _ = item
    return track != "pmo", track, level
