"""``pmo-classify check-titles``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pmo_classify.classifier import classify
from pmo_classify.clean_titles.lint import count_clean_rows, lint_clean_tables
from pmo_classify.errors import TableFault
from pmo_classify.knowledge.doubts import lint_doubts
from pmo_classify.knowledge.lexicon import read_word_rows
from pmo_classify.knowledge.listed_titles import read_listed_rows, read_title_rows
from pmo_classify.knowledge.roles import lint_roles, lint_short_names
from pmo_classify.knowledge.rules import lint_rules
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.knowledge.word_parts import read_part_rows
from pmo_classify.reading.lint import lint_parts, lint_titles, lint_words
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.wording import pluralised

__all__ = ["EXAMPLES", "check_titles"]

EXAMPLES: Final = ("pmo-classify check-titles my_titles.csv",)

_KNOWLEDGE: Final = ("roles.csv", "short_names.csv", "rules.csv", "doubts.csv")


def check_titles(
    table: Annotated[
        Path | None,
        typer.Argument(metavar="[MY.csv]", help="Your own table; default: the library's."),
    ] = None,
) -> None:
    """Check a table of titles, and list every bad row with how to fix it."""
    tokenizer = default_tokenizer()
    if table is not None:
        rows = read_title_rows(table)
        faults = lint_titles(rows, tokenizer, is_ours=False)
        count = len(rows)
    else:
        words = list(read_word_rows())
        parts = read_part_rows()
        rows = read_listed_rows()
        faults = [
            *lint_words(words),
            *lint_parts(parts, {row.language for row in words}),
            *lint_titles(rows, tokenizer, is_ours=True),
            *_lint_knowledge(),
        ]
        faults += lint_clean_tables(lambda title: classify(title).clean_title)
        shipped = sum(len(read_shipped_rows(name)) for name in _KNOWLEDGE)
        count = len(rows) + len(words) + len(parts) + shipped + count_clean_rows()
    _report_faults(faults, count)


def _lint_knowledge() -> list[TableFault]:
    """Return the faults of the other tables; each is read in the words of those before it."""
    return [*lint_roles(), *lint_short_names()] or lint_rules() or lint_doubts()


def _report_faults(faults: list[TableFault], count: int) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        typer.echo(f"{pluralised(len(faults), 'fault')} in {pluralised(count, 'row')}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{pluralised(count, 'row')}, no fault")
