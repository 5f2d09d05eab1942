"""``pmo-classify evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.common import AsJson, Column, Encoding, Sheet, Titles, results_console
from pmo_classify.cli.std_streams import write_json
from pmo_classify.evaluation.evaluate import evaluate as evaluate_file
from pmo_classify.evaluation.plot import check_plot, write_plot
from pmo_classify.evaluation.text import print_evaluation, print_misread, write_misread
from pmo_classify.files.kinds import check_ending
from pmo_classify.files.output import check_apart, check_target

__all__ = ["EXAMPLES", "evaluate"]

EXAMPLES: Final = (
    "pmo-classify evaluate labelled_titles.csv --errors 20",
    "pmo-classify evaluate labelled_titles.csv --wrong misread.csv --plot score.png",
)

Labelled = Annotated[
    str,
    typer.Argument(
        metavar="LABELLED",
        help="A file with the true track, level and scope beside the titles.",
    ),
]
Overwrite = Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")]


def evaluate(
    labelled: Labelled,
    column: Column = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
    *,
    titles: Titles = None,
    errors: Annotated[
        int, typer.Option("--errors", metavar="N", min=0, help="Print up to N misread titles.")
    ] = 0,
    wrong: Annotated[
        Path | None, typer.Option("--wrong", metavar="OUT.csv", help="Write the misread titles.")
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE.png", help="Draw the figures as .png or .svg."),
    ] = None,
    force: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Measure how many titles are read right, in a file with the true answers."""
    classifier = Classifier(extra_titles=titles)
    source = Path(labelled)
    check_apart({"--wrong": wrong, "--plot": plot}, titles)
    if plot is not None:
        check_plot(plot, source, force=force)
    if wrong is not None:
        check_ending(wrong, ".csv", option="--wrong")
        check_target(source, wrong, force=force, option="--wrong")
    found = evaluate_file(
        labelled, column=column, sheet=sheet, encoding=encoding, classifier=classifier
    )
    if wrong is not None:
        write_misread(wrong, found.misread, force=force)
    if plot is not None:
        write_plot(plot, found, name=source.name, force=force)
    if as_json:
        write_json(found.as_dict())
        return
    console = results_console()
    print_evaluation(console, found)
    if errors:
        print_misread(console, found.misread, errors)
