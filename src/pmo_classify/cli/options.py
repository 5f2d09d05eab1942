"""The arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["AsJson", "Column", "Encoding", "Force", "Quiet", "Sheet", "Source", "Titles"]

Source = Annotated[
    str, typer.Argument(metavar="IN", help="A CSV, TSV or Excel file; - is standard input.")
]
Column = Annotated[
    str | None,
    typer.Option("--column", metavar="NAME", help="The title column: header, letter or number."),
]
Sheet = Annotated[
    str | None,
    typer.Option("--sheet", metavar="NAME", help="One sheet; default: all that hold titles."),
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="A CSV's encoding, if not found.")
]
Titles = Annotated[
    Path | None,
    typer.Option("--titles", metavar="MY.csv", help="Your own titles, which override ours."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite OUT if it exists.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no progress and no summary.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
