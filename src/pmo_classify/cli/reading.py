"""What ``review`` and ``groups`` share: they read the titles of files, and write one table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.common import progress_bar
from pmo_classify.files.inputs import Inputs, find_inputs
from pmo_classify.files.output import check_source, check_target, real_name
from pmo_classify.labelling.label_file import STANDARD_STREAM
from pmo_classify.labelling.label_files import FilesSummary, read_files

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["check_table", "table_to_write", "titles_of"]


def table_to_write(
    sources: list[str], output: Path | None, ending: str, *, is_written: bool = True
) -> tuple[Inputs, Path]:
    """Return the files to read, and the table to write: ``output``, or one beside the only file.

    A file in a folder that is the table of an earlier run is not read. ``is_written`` is false if
    there will be no table.
    """
    inputs = find_inputs(sources)
    if output is None:
        if inputs.are_many and is_written:
            message = "for several files, say where to write with --output"
            raise typer.BadParameter(message)
        first = inputs.files[0]
        stem = Path("stdin" if first == STANDARD_STREAM else first)
        output = stem.with_name(stem.stem + ending)
    if inputs.are_many:
        own = real_name(output)
        others = [file for file in inputs.files if real_name(Path(file)) != own]
        inputs = inputs._replace(files=others or inputs.files)
    elif inputs.files[0] != STANDARD_STREAM:
        check_source(Path(inputs.files[0]))
    return inputs, output


def check_table(inputs: Inputs, target: Path, *, force: bool) -> None:
    """Refuse a table that would replace one of the files, or one that exists."""
    for source in inputs.files:
        check_target(Path(source), target, force=force)


def titles_of(
    console: Console,
    inputs: Inputs,
    classifier: Classifier,
    *,
    column: str | None,
    sheet: str | None,
    encoding: str | None,
    header: int | None,
) -> FilesSummary:
    """Read the titles of files; where only one is meant, its error is raised."""
    with progress_bar(console) as show:
        found = read_files(
            inputs.files,
            column=column,
            sheet=sheet,
            encoding=encoding,
            header=header,
            classifier=classifier,
            progress=show,
        )
    for file in found.failed:
        if file.error is not None and not inputs.are_many:
            raise file.error
    return found
