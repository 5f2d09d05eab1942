"""Labelling many rows: each distinct title is read once, and the rows are counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from pmo_classify.classification import Classification
from pmo_classify.classifier import Classifier
from pmo_classify.labelling.columns import LABEL_COLUMNS, LabelCells, label_cells
from pmo_classify.labelling.title_store import TitleStore

__all__ = ["Labeller", "Progress", "Summary", "TitleCount", "TitlePlace", "add_up"]

_REVIEW: Final = LABEL_COLUMNS.index("pmo_review")


Progress: TypeAlias = Callable[[int, int | None], None]
"""Called now and then with the rows done, and about how many there are (None if unknown)."""


class TitleCount(NamedTuple):
    """The answer for a distinct title, and in how many rows it is."""

    answer: Classification
    rows: int


class TitlePlace(NamedTuple):
    """Where titles were read: sheet, name and letter of the column, number of the header row.

    Each is None where there is none, as a sheet in a CSV or a letter in Parquet. ``rows`` is the
    number of titles there, None if it was not counted.
    """

    sheet: str | None
    column: str | None
    letter: str | None
    header_row: int | None
    rows: int | None = None


@dataclass(slots=True)
class Summary:
    """What a run found."""

    rows: int = 0
    """The rows that were labelled."""
    distinct: int = 0
    """The distinct titles in them."""
    to_review: int = 0
    """The rows that a person should look at."""
    by_answer: Counter[tuple[str, str]] = field(default_factory=Counter)
    """The rows of each answer, by track and level as they are written: ``("pmo", "2")``."""
    replaced_columns: tuple[str, ...] = ()
    """The label columns of an earlier run that were replaced."""
    read_as: dict[str, str] = field(default_factory=dict)
    """How the file was read: its encoding, delimiter, sheet, column ..."""
    places: list[TitlePlace] = field(default_factory=list)
    """Where the titles were, as fields."""
    warnings: list[str] = field(default_factory=list)
    """What a user should know."""
    titles: Callable[[], Iterator[TitleCount]] = field(
        default=lambda: iter(()), repr=False, compare=False
    )
    """Returns each distinct title with its answer, the most frequent first."""
    counts: Callable[[], Iterator[tuple[str, LabelCells, int]]] = field(
        default=lambda: iter(()), repr=False, compare=False
    )
    """Returns each distinct title with its cells and rows, in any order."""


class Labeller:
    """Returns label cells for titles, and counts their rows.

    >>> labeller = Labeller(Classifier())
    >>> labeller.cells("Head of PMO")[1], labeller.cells("Head of PMO")[1]
    ('4', '4')
    >>> labeller.summary.rows, labeller.summary.distinct
    (2, 1)

    Memory is bounded, however many distinct titles there are; see ``TitleStore``.
    """

    def __init__(self, classifier: Classifier) -> None:
        self.has_clean_titles = True
        """Whether a column asks for clean titles, which take most of the time."""
        self._classifier = classifier
        self._store = TitleStore()
        self._summary = Summary(titles=self.titles, counts=self._store.items)

    @property
    def rows(self) -> int:
        """The rows counted so far; this is cheap to ask for."""
        return self._summary.rows

    @property
    def summary(self) -> Summary:
        """What was found so far; to count the distinct titles may take a while."""
        self._summary.distinct = len(self._store)
        return self._summary

    def cells(self, title: str) -> LabelCells:
        """Return the cells for the title of a row, and count the row."""
        cells = self.lookup(title) or label_cells(
            self._classifier.classify(title), has_clean_title=self.has_clean_titles
        )
        self.add_counts([(title, cells, 1)])
        return cells

    def lookup(self, title: str) -> LabelCells | None:
        """Return the cells of a title that was counted before, or None."""
        return self._store.get(title)

    def add_counts(self, titles: Iterable[tuple[str, LabelCells, int]]) -> None:
        """Count rows of titles whose cells are known.

        For a frequent title it is faster to count its rows first, and to add the number once.

        >>> labeller = Labeller(Classifier())
        >>> labeller.add_counts([("Chef", label_cells(Classifier().classify("Chef")), 70_000)])
        >>> labeller.rows, labeller.lookup("Chef")[0]
        (70000, 'other')
        """
        counted: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        for title, cells, rows in titles:
            self._store.add(title, cells, rows)
            counted[cells[0], cells[1], cells[_REVIEW]] += rows
        summary = self._summary
        for (track, level, review), rows in counted.items():
            summary.rows += rows
            summary.by_answer[track, level] += rows
            summary.to_review += rows * (review == "yes")

    def titles(self) -> Iterator[TitleCount]:
        """Return each distinct title with its answer, the most frequent first."""
        for title, rows in self._store.by_frequency():
            yield TitleCount(self._classifier.classify(title), rows)


def add_up(summaries: Iterable[Summary], classifier: Classifier) -> Summary:
    """Return one summary of several files, or of several title columns.

    Rows are added up, and a title that is in several is one distinct title.

    >>> first, second = Labeller(Classifier()), Labeller(Classifier())
    >>> _ = first.cells("Chef"), second.cells("Chef")
    >>> both = add_up([first.summary, second.summary], Classifier())
    >>> both.rows, both.distinct
    (2, 1)
    """
    labeller = Labeller(classifier)
    total = labeller.summary
    replaced: dict[str, None] = {}
    for summary in summaries:
        labeller.add_counts(summary.counts())
        replaced.update(dict.fromkeys(summary.replaced_columns))
        total.places += summary.places
        total.warnings += [text for text in summary.warnings if text not in total.warnings]
    total.replaced_columns = tuple(replaced)
    return labeller.summary
