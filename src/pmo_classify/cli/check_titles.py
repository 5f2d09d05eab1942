"""``pmo-classify check-titles``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pmo_classify.errors import TableFault
from pmo_classify.knowledge.lexicon import read_word_rows
from pmo_classify.knowledge.listed_titles import read_listed_rows, read_title_rows
from pmo_classify.reading.lint import lint_titles, lint_words
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.wording import pluralised

__all__ = ["check_titles"]


def check_titles(
    table: Annotated[
        Path | None,
        typer.Argument(metavar="[MY.csv]", help="Your own table; default: those we ship."),
    ] = None,
) -> None:
    """Check a table of titles, and list every bad row with how to mend it."""
    tokenizer = default_tokenizer()
    if table is not None:
        rows = read_title_rows(table)
        faults = lint_titles(rows, tokenizer, sorted_rows=False)
        count = len(rows)
    else:
        words = list(read_word_rows())
        rows = read_listed_rows()
        faults = [*lint_words(words), *lint_titles(rows, tokenizer, sorted_rows=True)]
        count = len(rows) + len(words)
    _report_faults(faults, count)


def _report_faults(faults: list[TableFault], count: int) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        typer.echo(f"{pluralised(len(faults), 'fault')} in {pluralised(count, 'row')}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{pluralised(count, 'row')}, no fault")
