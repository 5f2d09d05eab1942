"""Printing how titles were read, for a person or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pmo_classify.classifier import Classifier
from pmo_classify.cli.std_streams import json_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["explain_titles"]


def explain_titles(
    titles: Iterable[str], own_titles: Path | None = None, *, as_json: bool = False
) -> None:
    """Print on standard output how each title was read.

    >>> explain_titles(["Chef"])
    'Chef'
      is not on the ladder
      read as:
          0-4   'Chef' = jefe: role
      because:
        no project, programme or portfolio words found (codebook: Another trade)
      method: none, confidence: 0.99

    ``as_json`` prints one JSON object a line instead. ``own_titles`` is a CSV of titles that
    override ours; it raises what ``Classifier`` raises for it.
    """
    classifier = Classifier(extra_titles=own_titles)
    for number, text in enumerate(titles):
        answer = classifier.classify(text)
        if as_json:
            sys.stdout.write(json_text(answer.as_dict(), sys.stdout) + "\n")
        else:
            sys.stdout.write(("\n" if number else "") + answer.explain() + "\n")
