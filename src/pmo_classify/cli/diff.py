"""``pmo-classify diff``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pmo_classify.cli.common import AsJson, Column, Encoding, results_console
from pmo_classify.cli.std_streams import write_json
from pmo_classify.evaluation.diff import diff as compare
from pmo_classify.evaluation.text import print_diff, write_diff
from pmo_classify.files.kinds import check_ending
from pmo_classify.files.output import check_target

__all__ = ["EXAMPLES", "diff"]

EXAMPLES: Final = (
    "pmo-classify diff old.labelled.csv new.labelled.csv",
    "pmo-classify diff old.labelled.csv new.labelled.csv --csv changes.csv",
)

_DIFFERS: Final = 3
"""The exit code for differences; 1 is for a file that cannot be read, 2 for wrong usage."""


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A file that label wrote.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another one, with the same titles.")],
    column: Column = None,
    encoding: Encoding = None,
    *,
    show: Annotated[
        int, typer.Option("--show", metavar="N", min=0, help="Print up to N titles.")
    ] = 20,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="OUT.csv", help="Write all differences.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT.csv if it exists.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with code 3 if anything differs.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show which titles have different answers in two labelled files."""
    if csv is not None:
        check_ending(csv, ".csv", option="--csv")
        for source in (old, new):
            check_target(source, csv, force=force, option="--csv")
    found = compare(old, new, column=column, encoding=encoding)
    if csv is not None:
        write_diff(csv, found, force=force)
    if as_json:
        write_json(found.as_dict())
    else:
        print_diff(results_console(), found, show)
    if exit_code and found.differs:
        raise typer.Exit(_DIFFERS)
