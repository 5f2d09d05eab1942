"""Labelling many rows: each distinct title is read once, and every row gets the same columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pmo_classify.classifier import Classifier
from pmo_classify.label_columns import LABEL_COLUMNS, label_cells
from pmo_classify.result import Classification

__all__ = ["LABEL_COLUMNS", "Labeller", "Summary", "TitleCount", "label_cells"]


class TitleCount(NamedTuple):
    """A distinct title's answer, and in how many rows it stands."""

    answer: Classification
    rows: int


@dataclass(slots=True)
class Summary:
    """What a run found.

    ``rows``, ``distinct`` titles, rows ``to_review``, and rows ``by_answer``: (track, level).
    ``replaced_columns`` are those of an earlier run; ``read_as`` says how the file was read
    (encoding, delimiter, sheet, column ...); ``warnings`` what a user should know. ``titles()``
    gives each distinct title with its answer, the most frequent first.
    """

    rows: int = 0
    distinct: int = 0
    to_review: int = 0
    by_answer: Counter[tuple[str, str]] = field(default_factory=Counter)
    replaced_columns: tuple[str, ...] = ()
    read_as: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    titles: Callable[[], Iterator[TitleCount]] = field(
        default=lambda: iter(()), repr=False, compare=False
    )


class Labeller:
    """Gives label cells for titles, and keeps count.

    >>> labeller = Labeller(Classifier())
    >>> labeller.cells("Head of PMO")[1], labeller.cells("Head of PMO")[1]
    ('4', '4')
    >>> labeller.summary.rows, labeller.summary.distinct
    (2, 1)
    """

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self._known: dict[str, tuple[str, ...]] = {}
        self._rows: Counter[str] = Counter()
        self.summary = Summary(titles=self.titles)

    def cells(self, title: str, *, rows: int = 1) -> tuple[str, ...]:
        """Give the cells for a title, and count the rows that it stands in.

        Counting is what costs most for a known title: who meets it often may count by himself,
        and say the number once.

        >>> labeller = Labeller(Classifier())
        >>> labeller.cells("Chef", rows=0) == labeller.cells("Chef", rows=70_000)
        True
        >>> labeller.summary.rows
        70000
        """
        cells = self._known.get(title)
        if cells is None:
            cells = self._known[title] = label_cells(self._classifier.classify(title))
            self.summary.distinct += 1
        self._rows[title] += rows
        self.summary.rows += rows
        self.summary.by_answer[cells[0], cells[1]] += rows
        self.summary.to_review += rows * (cells[8] == "yes")
        return cells

    def titles(self) -> Iterator[TitleCount]:
        """Give each distinct title with its answer, the most frequent first."""
        for title, rows in sorted(self._rows.items(), key=lambda item: (-item[1], item[0])):
            yield TitleCount(self._classifier.classify(title), rows)
