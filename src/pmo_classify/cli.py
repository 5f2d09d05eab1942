"""The command line: label, explain, ladder, check-titles.

Results go to stdout or to a file, messages to stderr. Exit codes: 0 done; 1 the input cannot be
processed; 2 wrong usage.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from pmo_classify.batch import Summary
from pmo_classify.classifier import Classifier
from pmo_classify.csv_file import label_csv
from pmo_classify.errors import PmoClassifyError, TableFault
from pmo_classify.lint import lint_titles, lint_words
from pmo_classify.output import default_output
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

Titles = Annotated[
    Path | None,
    typer.Option("--titles", metavar="MY.csv", help="Your own titles, which override ours."),
]


@app.command()
def label(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="A CSV or TSV file, or - for stdin.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Default: IN.labelled.EXT beside IN; - for stdout, which is where stdin goes.",
        ),
    ] = None,
    column: Annotated[
        str | None, typer.Option("--column", metavar="NAME", help="The column with the titles.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Default: found in the file.")
    ] = None,
    titles: Titles = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT if it exists.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print no progress and no summary.")
    ] = False,
) -> None:
    """Label every row of a file: track, level, scope, and whether to review it."""
    started = time.perf_counter()
    console = Console(stderr=True, quiet=quiet)
    classifier = Classifier(extra_titles=titles)
    columns = (SpinnerColumn(), TextColumn("{task.completed:,} rows"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("labelling")

        def show(rows: int) -> None:
            bar.update(task, completed=rows)

        summary = label_csv(
            _file_or_dash(source),
            None if output is None else _file_or_dash(output),
            column=column,
            encoding=encoding,
            classifier=classifier,
            force=force,
            progress=show,
        )
    written = output or (source if str(source) == "-" else default_output(source))
    _print_summary(console, summary, written, started)


def _file_or_dash(path: Path) -> Path | str:
    return "-" if str(path) == "-" else path


def _print_summary(console: Console, summary: Summary, output: Path, started: float) -> None:
    table = Table("track", "level", "rows", box=None, pad_edge=False)
    for (track, level), rows in sorted(summary.by_answer.items(), key=_ladder_first):
        table.add_row(track, level, f"{rows:,}")
    console.print(table)
    console.print(
        f"{summary.rows:,} rows, {summary.distinct:,} distinct titles, "
        f"{summary.to_review:,} to review, {time.perf_counter() - started:.1f} s"
    )
    if summary.replaced_columns:
        console.print(f"replaced columns of an earlier run: {', '.join(summary.replaced_columns)}")
    for warning in summary.warnings:
        console.print(f"warning: {warning}", soft_wrap=True, markup=False, highlight=False)
    name = "stdout" if str(output) == "-" else output
    console.print(f"written: {name}", soft_wrap=True, markup=False, highlight=False)


def _ladder_first(item: tuple[tuple[str, str], int]) -> tuple[bool, str, str]:
    (track, level), _ = item
    return track != "pmo", track, level


@app.command()
def explain(
    title: Annotated[list[str], typer.Argument(metavar="TITLE...", help="One or more titles.")],
    titles: Titles = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
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
def ladder(
    as_json: Annotated[bool, typer.Option("--json", help="Print the ladder as JSON.")] = False,
) -> None:
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
    _report(faults, count)


def _report(faults: list[TableFault], count: int) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        typer.echo(f"{len(faults)} faults in {count:,} rows", err=True)
        raise typer.Exit(1)
    typer.echo(f"{count:,} rows, no fault")


def main() -> None:
    """Run the command line; a user's mistake is told in one message, never a traceback."""
    try:
        app()
    except PmoClassifyError as error:
        typer.echo(f"pmo-classify: {error}", err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        typer.echo("pmo-classify: stopped; nothing was written", err=True)
        raise SystemExit(1) from None
    except BrokenPipeError:
        # The reader of our output has gone; without this Python would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
