"""``pmo-classify explain``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.common import AsJson, Model, Titles
from pmo_classify.cli.std_streams import write_json
from pmo_classify.explanation import explanation_as_dict

__all__ = ["explain"]


def explain(
    title: Annotated[list[str], typer.Argument(metavar="TITLE...", help="One or more titles.")],
    titles: Titles = None,
    *,
    model: Model = False,
    as_json: AsJson = False,
) -> None:
    """Show how each title was read: which words decided what, and what is in doubt."""
    classifier = Classifier(extra_titles=titles, model=model)
    answers = [classifier.classify(text) for text in title]
    if as_json:
        found = list(map(explanation_as_dict, answers))
        # One title is one object, as users of one title expect.
        write_json(found if len(found) > 1 else found[0])
    else:
        sys.stdout.write("\n\n".join(answer.explain() for answer in answers) + "\n")
