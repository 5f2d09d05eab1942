"""``pmo-classify label``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.common import (
    NOTHING_TO_LEARN,
    AsJson,
    Encoding,
    Force,
    HeaderRow,
    Model,
    NoHeader,
    Quiet,
    Sheet,
    Sources,
    Titles,
    header_number,
    progress_bar,
)
from pmo_classify.cli.std_streams import write_json
from pmo_classify.cli.summary import exit_if_failed, print_summary, summary_as_dict
from pmo_classify.files.inputs import Inputs, find_inputs
from pmo_classify.files.output import check_apart, check_source
from pmo_classify.labelling.label_file import STANDARD_STREAM, label_file, usual_output
from pmo_classify.labelling.label_files import FilesSummary, LabelledFile, label_files
from pmo_classify.labelling.label_set import USUAL_PREFIX, LabelSet
from pmo_classify.report.page import check_report, write_report
from pmo_classify.wording import pluralised, print_lines

__all__ = ["EXAMPLES", "label"]

EXAMPLES: Final = (
    "pmo-classify label ads.csv",
    'pmo-classify label ads.xlsx --column "Job title" --legend',
    "pmo-classify label ads.csv --titles my_titles.csv --report ads.html --force",
    "cat ads.csv | pmo-classify label - > labelled.csv",
)


def label(
    sources: Sources,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Default: IN.labelled.EXT; a folder for several files; - is standard output.",
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="NAME",
            help="The title column: header, letter or number. Repeat it for more columns.",
        ),
    ] = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    *,
    header_row: HeaderRow = None,
    no_header: NoHeader = False,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="NAMES", help="Which columns to add: level,scope,..."),
    ] = None,
    prefix: Annotated[
        str, typer.Option("--prefix", metavar="TEXT", help="How the names of our columns start.")
    ] = USUAL_PREFIX,
    skip_bad_lines: Annotated[
        bool, typer.Option("--skip-bad-lines", help="Leave broken JSON lines as they are.")
    ] = False,
    titles: Titles = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="R.html", help="Also write a report as one web page."),
    ] = None,
    groups: Annotated[
        bool,
        typer.Option("--groups", help="Add a sheet to a workbook: each title, its spellings."),
    ] = False,
    model: Model = False,
    force: Force = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop if part of a workbook cannot be kept.")
    ] = False,
    legend: Annotated[
        bool, typer.Option("--legend", help="Add a sheet to a workbook that explains the labels.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=1,
            help="Number of processes (a workbook always uses one); default: automatic.",
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Label every row of one file or many: track, level, scope, and whether to review it."""
    # Imported here so that the list of commands starts without rich.
    from rich.console import Console  # noqa: PLC0415

    started = time.perf_counter()
    console = Console(stderr=True, quiet=quiet)
    options: dict[str, Any] = {
        "column": column or None,
        "sheet": sheet,
        "encoding": encoding,
        "header": header_number(header_row, no_header=no_header),
        "columns": _checked_columns(columns, prefix),
        "prefix": prefix,
        "skip_bad_lines": skip_bad_lines,
        "classifier": Classifier(extra_titles=titles, model=model),
        "force": force,
        "strict": strict,
        "legend": legend,
        "groups": groups,
        "jobs": jobs,
    }
    inputs = find_inputs(sources)
    with progress_bar(console) as show:
        run = _label_many if inputs.are_many else _label_one
        found = run(inputs, output, report, titles, {**options, "progress": show})
    if model and titles is None:
        found.total.warnings.append(NOTHING_TO_LEARN)
    if report is not None:
        name = pluralised(len(found.files), "file") if inputs.are_many else inputs.files[0]
        write_report(report, found.total, source=name, force=force)
    seconds = time.perf_counter() - started
    if as_json:
        is_on_stdout = str(found.files[0].output) == STANDARD_STREAM
        stream = sys.stderr if is_on_stdout else sys.stdout
        write_json(summary_as_dict(found, seconds, are_many=inputs.are_many), stream)
    else:
        print_summary(console, found, seconds, are_many=inputs.are_many, others=inputs.others)
        if report is not None:
            print_lines(console, f"report: {report}")
    exit_if_failed(found)


def _checked_columns(columns: str | None, prefix: str) -> list[str] | None:
    if columns is None:
        return None
    names = [name for name in columns.split(",") if name.strip()]
    try:
        LabelSet.of(names, prefix)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from None
    return names


def _label_one(
    inputs: Inputs,
    output: str | None,
    report: Path | None,
    titles: Path | None,
    options: dict[str, Any],
) -> FilesSummary:
    (source,) = inputs.files
    if source != STANDARD_STREAM:
        check_source(Path(source))
    if report is not None:
        check_report(report, Path(source), force=options["force"])
    usual = STANDARD_STREAM if source == STANDARD_STREAM else str(usual_output(Path(source)))
    written = output or usual
    file = None if written == STANDARD_STREAM else Path(written)
    check_apart({"--output": file, "--report": report}, titles)
    summary = label_file(source, output, **options)
    return FilesSummary(summary, [LabelledFile(source, written, summary)])


def _label_many(
    inputs: Inputs,
    output: str | None,
    report: Path | None,
    titles: Path | None,
    options: dict[str, Any],
) -> FilesSummary:
    if report is not None:
        for source in inputs.files:
            check_report(report, Path(source), force=options["force"])
        check_apart({"--report": report}, titles)
    return label_files(inputs.files, output, **options)
