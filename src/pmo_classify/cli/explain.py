"""``pmo-classify explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from pmo_classify.cli.explain_titles import explain_titles
from pmo_classify.cli.options import AsJson, Titles

__all__ = ["explain"]


def explain(
    title: Annotated[list[str], typer.Argument(metavar="TITLE...", help="One or more titles.")],
    titles: Titles = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show how each title was read: which words decided what, and what stays in doubt."""
    explain_titles(title, titles, as_json=as_json)
