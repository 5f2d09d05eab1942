"""What several commands share: arguments and options, the results console, the progress bar."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "NOTHING_TO_LEARN",
    "AsJson",
    "Column",
    "Encoding",
    "Force",
    "HeaderRow",
    "Model",
    "NoHeader",
    "Quiet",
    "Sheet",
    "Source",
    "Sources",
    "Titles",
    "header_number",
    "progress_bar",
    "results_console",
]

_KINDS: Final = "CSV, TSV, JSON lines, Parquet, Excel or OpenDocument"

Source = Annotated[
    str, typer.Argument(metavar="IN", help=f"A file: {_KINDS}; - is standard input.")
]
Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="IN",
        help=f"Files ({_KINDS}; .gz, .zip and the like too), folders or patterns; - is standard "
        "input.",
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
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Encoding of a CSV; default: detected."),
]
HeaderRow = Annotated[
    int | None,
    typer.Option("--header-row", metavar="N", min=1, help="The header's row; default: found."),
]
NoHeader = Annotated[
    bool, typer.Option("--no-header", help="The first row is a title like the others.")
]
Titles = Annotated[
    Path | None,
    typer.Option("--titles", metavar="MY.csv", help="Your own titles, which override ours."),
]
Model = Annotated[
    bool,
    typer.Option(
        "--model", help="Let a trained model read doubtful titles anew; they stay in review."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite OUT if it exists.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no progress and no summary.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]

NOTHING_TO_LEARN: Final = (
    "--model learns from your own titles: without --titles MY.csv it only proposes what titles are "
    "that were not read"
)

_WIDTH_WITHOUT_TERMINAL: Final = 120


def header_number(header_row: int | None, *, no_header: bool) -> int | None:
    """Return the number of the header row, 0 for none, or None if it is to be found."""
    if no_header and header_row is not None:
        message = "--no-header and --header-row exclude each other"
        raise typer.BadParameter(message)
    return 0 if no_header else header_row


def results_console() -> Console:
    """Return a console on standard output for a command's results."""
    # Imported here so that `--help` and `ladder` start without rich.
    from rich.console import Console  # noqa: PLC0415

    # In a file or a pipe, tables must not be cut at the width of a window.
    width = None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL
    return Console(width=width, markup=False, highlight=False)


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[int, int | None], None]]:
    """Show a progress bar on a terminal.

    Call the yielded function with the rows read so far, and about how many there are, which gives
    a percentage and the time left.
    """
    if not console.is_terminal or console.quiet:
        yield lambda _rows, _total: None
        return
    # Imported here because most runs in a script show no bar.
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("labelling", total=None, left="")
        started: float | None = None
        first = 0

        def show(rows: int, total: int | None) -> None:
            nonlocal started, first
            if started is None:
                # A workbook is read as a whole before its first row is labelled.
                started, first = time.monotonic(), rows
            seconds = time.monotonic() - started
            left = _time_left(seconds, rows - first, None if total is None else total - first)
            bar.update(task, completed=rows, total=total, left=left)

        yield show


def _time_left(seconds: float, rows: int, total: int | None) -> str:
    """Return the time that the rest of the rows will take, if it goes on as so far.

    >>> _time_left(30, 1_000, 4_000), _time_left(30, 1_000, None), _time_left(1, 1, 5_000)
    ('about 1:30 left', '', 'about 1:23:19 left')
    """
    # A bar of rich begins to measure anew whenever the number of all rows changes.
    if not total or not rows or rows >= total:
        return ""
    minutes, left = divmod(round(seconds * (total - rows) / rows), 60)
    hours, minutes = divmod(minutes, 60)
    shown = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
    return f"about {shown} left"
