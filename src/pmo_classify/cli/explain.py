"""``pmo-classify explain``."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from pmo_classify.classifier import Classifier
from pmo_classify.cli.common import AsJson, Model, Titles
from pmo_classify.cli.std_streams import hint_at_slips, write_explanations, write_json
from pmo_classify.explanation import explanation_as_dict

__all__ = ["EXAMPLES", "explain"]

EXAMPLES: Final = (
    'pmo-classify explain "Head of PMO"',
    'pmo-classify explain --json "PMO Lead" "Project Manager, PMO"',
)


def explain(
    title: Annotated[list[str], typer.Argument(metavar="TITLE", help="One or more titles.")],
    titles: Titles = None,
    *,
    model: Model = False,
    as_json: AsJson = False,
) -> None:
    """Show what each title is, which of its words decided that, and what is in doubt."""
    hint_at_slips(title)
    classifier = Classifier(extra_titles=titles, model=model)
    answers = [classifier.classify(text) for text in title]
    if as_json:
        found = list(map(explanation_as_dict, answers))
        # One title is one object, as users of one title expect.
        write_json(found if len(found) > 1 else found[0])
    else:
        write_explanations(answers)
