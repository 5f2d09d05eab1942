"""The command line: label, review, apply, explain, ladder, check-titles.

Results go to stdout or to a file, messages to stderr. Exit codes: 0 done; 1 the input cannot be
processed; 2 wrong usage.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pmo_classify.classifier import Classifier
from pmo_classify.errors import PmoClassifyError, TableFault
from pmo_classify.label import STANDARD_STREAM, label_file, read_file, usual_output
from pmo_classify.lint import lint_titles, lint_words
from pmo_classify.output import check_source, check_target
from pmo_classify.report import check_report, write_report
from pmo_classify.review import apply_review, write_review
from pmo_classify.summary_text import print_summary, summary_as_dict
from pmo_classify.taxonomy import CAREER_PATH, MANAGER_OR_LEAD, Level
from pmo_classify.titles import read_listed_rows, read_title_rows
from pmo_classify.tokens import default_tokeniser
from pmo_classify.vocabulary import read_word_rows

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads job titles and says where they stand on the career ladder of the PMO.",
)

Source = Annotated[
    str, typer.Argument(metavar="IN", help="A CSV, TSV or Excel file; - is standard input.")
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="OUT", help="Default: IN.labelled.EXT; - is standard output."
    ),
]
Column = Annotated[
    str | None,
    typer.Option("--column", metavar="NAME", help="The title column: header, letter or number."),
]
Sheet = Annotated[
    str | None,
    typer.Option("--sheet", metavar="NAME", help="One sheet; default: all that hold titles."),
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="A CSV's encoding, if not found.")
]
Titles = Annotated[
    Path | None,
    typer.Option("--titles", metavar="MY.csv", help="Your own titles, which override ours."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite OUT if it exists.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no progress and no summary.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


@app.command()
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
    force: Force = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse a workbook that cannot be kept whole.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", metavar="N", min=1, help="Processes that read titles; default: by size."
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Label every row of a file: track, level, scope, and whether to review it."""
    started = time.perf_counter()
    console = Console(stderr=True, quiet=quiet)
    classifier = Classifier(extra_titles=titles)
    if report is not None:
        check_report(report, Path(source), force=force)
    with _progress(console) as show:
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
    written = output or (STANDARD_STREAM if source == "-" else str(usual_output(Path(source))))
    if report is not None:
        write_report(report, summary.titles(), summary, source=source, force=force)
    seconds = time.perf_counter() - started
    if as_json:
        text = json.dumps(summary_as_dict(summary, written, seconds), ensure_ascii=False)
        typer.echo(text, err=written == STANDARD_STREAM)
    else:
        print_summary(console, summary, written, seconds)
        if report is not None:
            console.print(f"report: {report}", soft_wrap=True, markup=False, highlight=False)


@app.command()
def review(
    source: Source,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT.xlsx", help="Default: IN.review.xlsx."),
    ] = None,
    column: Column = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    *,
    titles: Titles = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Write a short workbook of the doubtful titles, for a person to settle."""
    console = Console(stderr=True, quiet=quiet)
    if source != STANDARD_STREAM:
        check_source(Path(source))
    stem = Path("stdin" if source == STANDARD_STREAM else source)
    target = output or stem.with_name(f"{stem.stem}.review.xlsx")
    check_target(Path(source), target, force=force)
    classifier = Classifier(extra_titles=titles)
    with _progress(console) as show:
        summary = read_file(
            source,
            column=column,
            sheet=sheet,
            encoding=encoding,
            classifier=classifier,
            progress=show,
        )
    count = write_review(target, summary.titles(), force=force)
    console.print(f"{count:,} doubtful titles of {summary.distinct:,} written: {target}",
                  soft_wrap=True, markup=False, highlight=False)  # fmt: skip
    console.print(f"settle them there, then: pmo-classify apply {target} --titles MY.csv",
                  soft_wrap=True, markup=False, highlight=False)  # fmt: skip


@app.command()
def apply(
    reviewed: Annotated[
        Path, typer.Argument(metavar="REVIEWED", help="The workbook that review wrote, settled.")
    ],
    titles: Annotated[
        Path, typer.Option("--titles", metavar="MY.csv", help="Your titles; made if need be.")
    ],
) -> None:
    """Turn a person's corrections into user titles, for label --titles."""
    applied = apply_review(reviewed, titles)
    counts = f"{applied.added} added, {applied.changed} changed, {applied.unchanged} as before"
    typer.echo(f"{counts}, {applied.undecided} left open: {titles}", err=True)


@app.command()
def explain(
    title: Annotated[list[str], typer.Argument(metavar="TITLE...", help="One or more titles.")],
    titles: Titles = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show how each title was read: which words decided what, and what stays in doubt."""
    classifier = Classifier(extra_titles=titles)
    for number, text in enumerate(title):
        answer = classifier.classify(text)
        if as_json:
            sys.stdout.write(json.dumps(answer.as_dict(), ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(("\n" if number else "") + answer.explain() + "\n")


@app.command()
def ladder(*, as_json: AsJson = False) -> None:
    """Show the four levels, their titles, courses and next step."""
    if as_json:
        levels = [{"level": int(level), **level.facts._asdict()} for level in Level]
        sys.stdout.write(json.dumps(levels, ensure_ascii=False, indent=2) + "\n")
        return
    for level in Level:
        lines = [
            f"{int(level)}  {level.title}",
            f"   {level.description}",
            f"   titles: {', '.join(level.facts.listed_titles)}",
            f"   knowledge: {'; '.join(level.knowledge)}",
            f"   courses: {', '.join(level.courses)}",
            f"   next: {level.next.title if level.next else 'the top of the ladder'}",
        ]
        sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.write(f"{MANAGER_OR_LEAD}\n\nSource: {CAREER_PATH}.\n")


@app.command("check-titles")
def check_titles(
    table: Annotated[
        Path | None,
        typer.Argument(metavar="[MY.csv]", help="Your own table; default: those we ship."),
    ] = None,
) -> None:
    """Check a table of titles, and list every bad row with how to mend it."""
    tokeniser = default_tokeniser()
    if table is not None:
        rows = read_title_rows(table)
        faults = lint_titles(rows, tokeniser, sorted_rows=False)
        count = len(rows)
    else:
        words = list(read_word_rows())
        rows = read_listed_rows()
        faults = [*lint_words(words), *lint_titles(rows, tokeniser, sorted_rows=True)]
        count = len(rows) + len(words)
    _report_faults(faults, count)


def _report_faults(faults: list[TableFault], count: int) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        typer.echo(f"{len(faults)} faults in {count:,} rows", err=True)
        raise typer.Exit(1)
    typer.echo(f"{count:,} rows, no fault")


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[int], None]]:
    """Show a bar while a file is read, where a person looks on."""
    if not console.is_terminal or console.quiet:
        yield lambda _rows: None
        return
    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("labelling", total=None)
        yield lambda rows: bar.update(task, completed=rows)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """End on Ctrl-C or a polite kill as on any fault: what was begun is taken away."""
    message = "stopped; nothing was written in part"
    raise PmoClassifyError(message)


def main() -> None:
    """Run the command line; a user's mistake is told in one message, never a traceback."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _stop)
    try:
        app()
    except PmoClassifyError as error:
        typer.echo(f"pmo-classify: {error}", err=True)
        raise SystemExit(1) from None
    except BrokenPipeError:
        # The reader of our output has gone; without this Python would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
