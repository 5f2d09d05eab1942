"""``pmo-classify review``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.common import (
    NOTHING_TO_LEARN,
    Column,
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
)
from pmo_classify.cli.reading import check_table, table_to_write, titles_of
from pmo_classify.cli.summary import exit_if_failed
from pmo_classify.files.kinds import check_ending
from pmo_classify.labelling.label_file import STANDARD_STREAM
from pmo_classify.labelling.label_files import FilesSummary
from pmo_classify.review.doubtful import doubtful_titles
from pmo_classify.review.examples import Examples
from pmo_classify.review.workbook import write_review
from pmo_classify.wording import pluralised, print_lines

__all__ = ["EXAMPLES", "review"]

EXAMPLES: Final = (
    "pmo-classify review ads.xlsx",
    "pmo-classify review next_month.xlsx --titles my_titles.csv",
)


def review(
    sources: Sources,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT.xlsx", help="Default: IN.review.xlsx."),
    ] = None,
    column: Column = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    *,
    header_row: HeaderRow = None,
    no_header: NoHeader = False,
    titles: Titles = None,
    model: Model = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Write the doubtful titles of one file or many to a workbook for a person to decide."""
    # Imported here so that the list of commands starts without rich.
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True, quiet=quiet)
    inputs, target = table_to_write(sources, output, ".review.xlsx")
    check_ending(target, ".xlsx")
    check_table(inputs, target, force=force)
    classifier = Classifier(extra_titles=titles, model=model)
    options: dict[str, Any] = {
        "column": column,
        "sheet": sheet,
        "encoding": encoding,
        "header": header_number(header_row, no_header=no_header),
    }
    found = titles_of(console, inputs, classifier, **options)
    summary = found.total
    written = write_review(
        target,
        summary.titles(),
        examples=_examples(found, options),
        classifier=classifier,
        force=force,
    )
    if model and titles is None:
        print_lines(console, f"warning: {NOTHING_TO_LEARN}")
    if not any(written):
        print_lines(console, f"no doubtful titles of {summary.distinct:,}: nothing was written")
        exit_if_failed(found, done="read")
        return
    if written.kept:
        kept = pluralised(written.kept, "decision")
        print_lines(console, f"kept from the earlier sheet: {kept} not applied yet")
    decide = f"pmo-classify apply {target} --titles {titles or 'my_titles.csv'}"
    print_lines(
        console,
        f"{pluralised(written.titles, 'doubtful title')} of {summary.distinct:,} written: {target}",
        f"decide them there, then run: {decide}",
    )
    exit_if_failed(found, done="read")


def _examples(found: FilesSummary, options: dict[str, Any]) -> Examples:
    """Return rows of the files that were read, as examples of the doubtful titles in them."""
    groups = {
        spelling: title.group
        for title in doubtful_titles(found.total.titles())
        for spelling in title.spellings
    }
    examples = Examples(groups)
    for file in found.files:
        if groups and file.summary is not None and file.source != STANDARD_STREAM:
            examples.read(file.source, **options)
    return examples
