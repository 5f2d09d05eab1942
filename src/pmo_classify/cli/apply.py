"""``pmo-classify apply``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pmo_classify.review.workbook import apply_review

__all__ = ["apply"]


def apply(
    reviewed: Annotated[
        Path, typer.Argument(metavar="REVIEWED", help="The workbook that review wrote, settled.")
    ],
    titles: Annotated[
        Path, typer.Option("--titles", metavar="MY.csv", help="Your titles; made if need be.")
    ],
) -> None:
    """Turn a person's corrections into user titles, for label --titles."""
    applied = apply_review(reviewed, titles)
    counts = f"{applied.added} added, {applied.changed} changed, {applied.unchanged} as before"
    typer.echo(f"{counts}, {applied.undecided} left open: {titles}", err=True)
