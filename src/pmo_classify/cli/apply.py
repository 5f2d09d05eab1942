"""``pmo-classify apply``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pmo_classify.review.apply import apply_review

__all__ = ["EXAMPLES", "apply"]

EXAMPLES: Final = ("pmo-classify apply ads.review.xlsx --titles my_titles.csv",)


def apply(
    reviewed: Annotated[
        Path, typer.Argument(metavar="REVIEWED", help="The review workbook with your decisions.")
    ],
    titles: Annotated[
        Path, typer.Option("--titles", metavar="MY.csv", help="Your titles; created if missing.")
    ],
) -> None:
    """Add a person's decisions to your own titles, for label --titles."""
    applied = apply_review(reviewed, titles)
    if not applied.added + applied.changed + applied.unchanged:
        fill_in = "fill in the column 'decision', save the workbook, and run this again"
        typer.echo(f"no decision found in {reviewed}: {fill_in}", err=True)
        return
    counts = f"{applied.added} added, {applied.changed} changed, {applied.unchanged} unchanged"
    typer.echo(f"{counts}, {applied.undecided} left open: {titles}", err=True)
    next_month = f"pmo-classify review NEXT.xlsx --titles {titles}"
    typer.echo(f"Next month, leave out what is settled: {next_month}", err=True)
