"""``pmo-classify label``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, Final

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.options import (
    AsJson,
    Column,
    Encoding,
    Force,
    Quiet,
    Sheet,
    Source,
    Titles,
)
from pmo_classify.cli.progress import progress
from pmo_classify.cli.std_streams import json_text
from pmo_classify.cli.summary import print_summary, summary_as_dict
from pmo_classify.files.output import check_apart, check_source
from pmo_classify.labelling.label_file import STANDARD_STREAM, label_file, usual_output
from pmo_classify.report.page import check_report, write_report
from pmo_classify.wording import print_lines

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
        Path | None, typer.Option("--report", metavar="R.html", help="Write a page to mail, too.")
    ] = None,
    model: Annotated[
        bool, typer.Option("--model", help="Let a model learn from MY.csv for titles in doubt.")
    ] = False,
    force: Force = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse a workbook that cannot be kept whole.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=1,
            help="Processes that read a CSV's titles; default: by size.",
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Label every row of a file: track, level, scope, and whether to review it."""
    # rich is imported here because the page of help for all commands does without.
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
    with progress(console) as show:
        summary = label_file(
            source,
            output,
            column=column,
            sheet=sheet,
            encoding=encoding,
            classifier=classifier,
            force=force,
            strict=strict,
            jobs=jobs,
            progress=show,
        )
    if model and titles is None:
        summary.warnings.append(_NOTHING_TO_LEARN)
    if report is not None:
        write_report(report, summary.titles(), summary, source=source, force=force)
    seconds = time.perf_counter() - started
    if as_json:
        stream = sys.stderr if written == STANDARD_STREAM else sys.stdout
        stream.write(json_text(summary_as_dict(summary, written, seconds), stream) + "\n")
    else:
        print_summary(console, summary, written, seconds)
        if report is not None:
            print_lines(console, f"report: {report}")
