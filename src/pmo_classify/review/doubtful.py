"""The doubtful titles of a run, in groups: spellings that one answer covers are one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pmo_classify.classification import Classification
from pmo_classify.labelling.labeller import TitleCount
from pmo_classify.reading.normal_form import form_of_title

__all__ = ["DoubtfulTitle", "doubtful_titles", "group_of"]


@dataclass(slots=True)
class DoubtfulTitle:
    """A title to review: the answer to its best spelling, its rows, and all its spellings.

    The best is the most frequent one, and of several the shortest that is not in capitals.
    """

    group: str
    answer: Classification
    rows: int = 0
    spellings: list[str] = field(default_factory=list)
    best: int = 0

    def add(self, answer: Classification, rows: int) -> None:
        """Add a spelling with its rows."""
        if (rows, *_tidiness(answer.title)) > (self.best, *_tidiness(self.answer.title)):
            self.answer, self.best = answer, rows
        self.rows += rows
        self.spellings.append(answer.title)


def _tidiness(title: str) -> tuple[bool, int]:
    return not title.isupper(), -len(title)


def group_of(title: str) -> str:
    """Return the name of the group of a title: its normal form, or itself if that is empty.

    >>> group_of("PORTFOLIO MANAGER - London"), group_of("?!")
    ('portfolio manager', '?!')
    """
    return form_of_title(title) or title


def doubtful_titles(titles: Iterable[TitleCount]) -> list[DoubtfulTitle]:
    """Return the titles that need a review, those with the most rows first.

    >>> from pmo_classify import classify
    >>> counted = [TitleCount(classify(t), 1) for t in ("Planner", "Chef", "PLANNER - Leeds")]
    >>> [(title.group, title.rows, title.spellings) for title in doubtful_titles(counted)]
    [('planner', 2, ['Planner', 'PLANNER - Leeds'])]
    """
    found: dict[str, DoubtfulTitle] = {}
    for answer, rows in titles:
        if answer.needs_review:
            group = group_of(answer.title)
            found.setdefault(group, DoubtfulTitle(group, answer)).add(answer, rows)
    return sorted(found.values(), key=lambda title: (-title.rows, title.answer.title))
