"""``pmo-classify review``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.common import (
    Column,
    Encoding,
    Force,
    Quiet,
    Sheet,
    Source,
    Titles,
    progress_bar,
)
from pmo_classify.files.kinds import check_ending
from pmo_classify.files.output import check_source, check_target
from pmo_classify.labelling.label_file import STANDARD_STREAM, read_file
from pmo_classify.review.doubtful import doubtful_titles
from pmo_classify.review.examples import Examples, find_examples
from pmo_classify.review.workbook import write_review
from pmo_classify.wording import pluralised, print_lines

__all__ = ["EXAMPLES", "review"]

EXAMPLES: Final = (
    "pmo-classify review ads.xlsx",
    "pmo-classify review next_month.xlsx --titles my_titles.csv",
)


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
    """Write the doubtful titles to a short workbook for a person to decide."""
    # Imported here so that the list of commands starts without rich.
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True, quiet=quiet)
    if source != STANDARD_STREAM:
        check_source(Path(source))
    stem = Path("stdin" if source == STANDARD_STREAM else source)
    target = output or stem.with_name(f"{stem.stem}.review.xlsx")
    check_ending(target, ".xlsx")
    check_target(Path(source), target, force=force)
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
    examples = Examples()
    if source != STANDARD_STREAM:
        groups = {
            spelling: title.group
            for title in doubtful_titles(summary.titles())
            for spelling in title.spellings
        }
        if groups:
            examples = find_examples(source, groups, column=column, sheet=sheet, encoding=encoding)
    written = write_review(
        target, summary.titles(), examples=examples, classifier=classifier, force=force
    )
    if not any(written):
        print_lines(console, f"no doubtful titles of {summary.distinct:,}: nothing was written")
        return
    if written.kept:
        kept = pluralised(written.kept, "decision")
        print_lines(console, f"kept from the earlier sheet: {kept} not applied yet")
    print_lines(
        console,
        f"{pluralised(written.titles, 'doubtful title')} of {summary.distinct:,} written: {target}",
        f"decide them there, then run: pmo-classify apply {target} --titles MY.csv",
    )
