"""``pmo-classify groups``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.common import (
    AsJson,
    Column,
    Encoding,
    Force,
    HeaderRow,
    NoHeader,
    Quiet,
    Sheet,
    Sources,
    Titles,
    header_number,
)
from pmo_classify.cli.reading import check_table, table_to_write, titles_of
from pmo_classify.cli.std_streams import write_json
from pmo_classify.cli.summary import exit_if_failed
from pmo_classify.files.output import check_apart
from pmo_classify.labelling.groups import group_counts
from pmo_classify.review.groups import check_groups_file, write_groups
from pmo_classify.wording import pluralised, print_lines

__all__ = ["EXAMPLES", "groups"]

EXAMPLES: Final = (
    "pmo-classify groups ads.csv",
    "pmo-classify groups ads.xlsx --output groups.xlsx",
)


def groups(
    sources: Sources,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="OUT", help="A .csv or .xlsx; default: IN.groups.csv."
        ),
    ] = None,
    column: Column = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    *,
    header_row: HeaderRow = None,
    no_header: NoHeader = False,
    titles: Titles = None,
    force: Force = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Write a table with each title once, tidied, with its number of rows and its spellings."""
    # Imported here so that the list of commands starts without rich.
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True, quiet=quiet)
    is_written = not as_json or output is not None
    inputs, target = table_to_write(sources, output, ".groups.csv", is_written=is_written)
    if is_written:
        check_groups_file(target)
        check_table(inputs, target, force=force)
        check_apart({"--output": target}, titles)
    classifier = Classifier(extra_titles=titles)
    read = titles_of(
        console,
        inputs,
        classifier,
        column=column,
        sheet=sheet,
        encoding=encoding,
        header=header_number(header_row, no_header=no_header),
    )
    summary = read.total
    found = group_counts(summary.titles())
    if as_json:
        write_json([group.as_dict() for group in found])
    if is_written:
        write_groups(target, found, force=force)
        several = sum(group.distinct > 1 for group in found)
        print_lines(
            console,
            f"{pluralised(summary.rows, 'row')}, {pluralised(summary.distinct, 'distinct title')}, "
            f"{pluralised(len(found), 'group')}, {several:,} with several spellings",
            f"written: {target}",
        )
    exit_if_failed(read, done="read")
