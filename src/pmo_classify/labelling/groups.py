"""The distinct titles of many rows, grouped by their clean title: each with all its spellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pmo_classify.classification import Classification
from pmo_classify.classifier import Classifier, default_classifier
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon
from pmo_classify.labelling.labeller import TitleCount
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.normal_form import british_spellings
from pmo_classify.taxonomy import Level, Scope, Track

__all__ = ["GROUP_COLUMNS", "Spelling", "TitleGroup", "group_cells", "group_counts", "group_titles"]

MOST_SPELLINGS: Final = 20
"""Spellings that a group lists; it counts all."""

GROUP_COLUMNS: Final = (
    "clean_title",
    "rows",
    "spellings",
    "most_frequent_spellings",
    "track",
    "level",
    "scope",
    "review",
)
"""The columns of a table of groups."""

_WORD = re.compile(r"[^\W_]+[+#]*|/")
_SPELT_IN_TWO_WAYS: Final = frozenset({Tag.P3, Tag.ROLE})
_SAME_START: Final = 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """A title as it was written, and in how many rows it is."""

    title: str
    rows: int


@dataclass(frozen=True, slots=True)
class TitleGroup:
    """All spellings of one title, with the answer that they share."""

    clean_title: str
    """The title as a careful person would retype it; empty for rows without a title."""
    rows: int
    """The rows of all its spellings."""
    distinct: int
    """How many spellings there are."""
    spellings: tuple[Spelling, ...]
    """The spellings, the most frequent first; at most 20."""
    track: Track
    """The track that its spellings share."""
    level: Level | None
    """Their level, 1 to 4; ``None`` off the ladder."""
    scope: Scope
    """Their scope."""
    needs_review: bool
    """Whether one of the spellings needs review."""

    def as_dict(self) -> dict[str, object]:
        """Return the group as plain JSON types."""
        return {
            "clean_title": self.clean_title,
            "rows": self.rows,
            "distinct": self.distinct,
            "spellings": [{"title": s.title, "rows": s.rows} for s in self.spellings],
            "track": str(self.track),
            "level": None if self.level is None else int(self.level),
            "scope": str(self.scope),
            "needs_review": self.needs_review,
        }


def group_titles(
    titles: Iterable[str | None], classifier: Classifier | None = None
) -> list[TitleGroup]:
    """Return the distinct titles grouped by what they say, the group with the most rows first.

    >>> groups = group_titles(["Sales Mgr", "SALES MANAGER - London", "Sales Manager", "Chef"])
    >>> [(group.clean_title, group.rows, group.distinct) for group in groups]
    [('Sales Manager', 3, 3), ('Chef', 1, 1)]

    Spellings that differ in case, noise, typing errors, hyphens, British or American form,
    abbreviations or word order ("Manager, Sales") are one group if they have the same answer.
    Titles that differ in track, level, scope, role or subject are never grouped. Blank titles,
    ``None`` and NaN form one group, whose clean title is ``""``.
    """
    reader = default_classifier() if classifier is None else classifier
    counts: Counter[str] = Counter()
    answers: dict[str, Classification] = {}
    for answer in reader.classify_many(titles):
        counts[answer.title] += 1
        answers.setdefault(answer.title, answer)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return group_counts(TitleCount(answers[title], rows) for title, rows in ordered)


def group_counts(titles: Iterable[TitleCount]) -> list[TitleGroup]:
    """Return the groups of distinct titles, which come with the most frequent first.

    They are the ``titles()`` of a labelling summary. All groups are in memory at once.
    """
    found: dict[tuple[object, ...], _Gathered] = {}
    for answer, rows in titles:
        clean = answer.clean_title
        key = (_key(clean), answer.track, answer.level, answer.scope)
        group = found.get(key)
        if group is None:
            group = found[key] = _Gathered(answer)
        group.add(answer, clean, rows)
    groups = [group.result() for group in found.values()]
    return sorted(groups, key=_most_frequent_first)


def _most_frequent_first(group: TitleGroup) -> tuple[object, ...]:
    return -group.rows, not group.clean_title, group.clean_title, group.spellings[0].title


class _Gathered:
    """A group while its spellings come in."""

    def __init__(self, answer: Classification) -> None:
        self._answer = answer
        self._clean: Counter[str] = Counter()
        self._spellings: list[Spelling] = []
        self._rows = self._distinct = 0
        self._needs_review = False

    def add(self, answer: Classification, clean: str, rows: int) -> None:
        self._clean[clean] += rows
        self._rows += rows
        self._distinct += 1
        self._needs_review = self._needs_review or answer.needs_review
        if len(self._spellings) < MOST_SPELLINGS:
            self._spellings.append(Spelling(answer.title, rows))

    def result(self) -> TitleGroup:
        clean = min(self._clean, key=lambda text: (-self._clean[text], text))
        return TitleGroup(
            clean,
            self._rows,
            self._distinct,
            tuple(self._spellings),
            self._answer.track,
            self._answer.level,
            self._answer.scope,
            self._needs_review,
        )


def _key(clean: str) -> str:
    """Return a text that is the same for clean titles that differ only in how they are spelt.

    >>> _key("Program Co-ordinator") == _key("Programme Coordinator")
    True
    """
    words = _WORD.findall(fold(clean.replace("&", " and ")))
    # A "(Senior) Analyst" may be junior.
    start = "(" if clean.startswith("(") else ""
    # Where words are set apart tells nothing: "Full-stack", "Full stack", "Fullstack".
    return start + "".join(map(_one_spelling, words)) if words else clean


def _one_spelling(word: str) -> str:
    known = default_lexicon().get(word)
    if known is not None and known.language == ENGLISH and known.tag in _SPELT_IN_TWO_WAYS:
        meaning = known.meaning
        if meaning[:_SAME_START] == word[:_SAME_START] and " " not in meaning:
            return meaning.replace("-", "")
    return british_spellings().get(word, word)


def group_cells(group: TitleGroup, separator: str) -> Sequence[str | int | None]:
    """Return a group as the cells of ``GROUP_COLUMNS``; spellings are joined by a separator."""
    return (
        group.clean_title,
        group.rows,
        group.distinct,
        separator.join(spelling.title for spelling in group.spellings),
        str(group.track),
        None if group.level is None else int(group.level),
        str(group.scope),
        "yes" if group.needs_review else "no",
    )
