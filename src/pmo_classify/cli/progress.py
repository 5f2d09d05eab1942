"""The bar that shows how far a command has come with a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["progress"]


@contextmanager
def progress(console: Console) -> Iterator[Callable[[int], None]]:
    """Show a bar while a file is read, where a person looks on.

    What is given takes the number of rows read so far.
    """
    if not console.is_terminal or console.quiet:
        yield lambda _rows: None
        return
    # Imported here because most runs in a script show no bar.
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("labelling", total=None)
        yield lambda rows: bar.update(task, completed=rows)
