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
    Quiet,
    Sheet,
    Source,
    Titles,
    progress_bar,
)
from pmo_classify.cli.std_streams import write_json
from pmo_classify.files.output import check_apart, check_source, check_target
from pmo_classify.labelling.groups import group_counts
from pmo_classify.labelling.label_file import STANDARD_STREAM, read_file
from pmo_classify.review.groups import check_groups_file, write_groups
from pmo_classify.wording import pluralised, print_lines

__all__ = ["EXAMPLES", "groups"]

EXAMPLES: Final = (
    "pmo-classify groups ads.csv",
    "pmo-classify groups ads.xlsx --output groups.xlsx",
)


def groups(
    source: Source,
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
    titles: Titles = None,
    force: Force = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Write each title once, cleaned, with its rows and all its spellings."""
    # Imported here so that the list of commands starts without rich.
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True, quiet=quiet)
    if source != STANDARD_STREAM:
        check_source(Path(source))
    stem = Path("stdin" if source == STANDARD_STREAM else source)
    target = output or stem.with_name(f"{stem.stem}.groups.csv")
    if not as_json or output is not None:
        check_groups_file(target)
        check_target(Path(source), target, force=force)
        check_apart({"--output": target}, titles)
    classifier = Classifier(extra_titles=titles)
    with progress_bar(console) as show:
        summary = read_file(
            source,
            column=column,
            sheet=sheet,
            encoding=encoding,
            classifier=classifier,
            progress=show,
        )
    found = group_counts(summary.titles())
    if as_json:
        write_json([group.as_dict() for group in found])
        if output is None:
            return
    write_groups(target, found, force=force)
    several = sum(group.distinct > 1 for group in found)
    counts = f"{pluralised(summary.rows, 'row')}, {pluralised(summary.distinct, 'distinct title')}"
    print_lines(
        console,
        f"{counts}, {pluralised(len(found), 'group')}, {several:,} with several spellings",
        f"written: {target}",
    )
