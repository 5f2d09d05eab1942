"""What the label columns, levels and colours mean: the texts of the legend and of the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from pmo_classify.labelling.label_set import ALL_LABELS, LabelSet
from pmo_classify.taxonomy import MANAGER_OR_LEAD, Level

__all__ = ["LEGEND_NAME", "MEANINGS", "LegendLook", "LegendRow", "legend_rows", "legend_widths"]

LEGEND_NAME: Final = "PMO legend"
"""The name of the legend sheet."""

MEANINGS: Final = {
    "pmo_track": (
        "pmo: on the career ladder of the PMO. delivery: runs projects or programmes, not their "
        "office. other: everything else."
    ),
    "pmo_level": "The level on the ladder, from 1 to 4; empty for titles that are not on it.",
    "pmo_scope": (
        "What the title names: project, programme, portfolio, enterprise, or several of them "
        "joined by +; empty if it names none."
    ),
    "pmo_standard_title": "The tidy British form of a title on the ladder.",
    "pmo_clean_title": "The title as a careful person would retype it.",
    "pmo_seniority": "A word such as senior, junior or deputy; it never changes the level.",
    "pmo_function": "What is done for projects, such as planning, risk or reporting.",
    "pmo_method": (
        "How the answer was found. exact: the title is listed. pattern: its words were read. "
        "fuzzy: they were read after their spelling was repaired. model: by a trained model. "
        "none: it has no project words, or could not be read and is marked for review."
    ),
    "pmo_confidence": "How probable it is, from 0 to 1, that track, level and scope are all right.",
    "pmo_review": (
        "yes: look at it yourself, because the title alone does not settle it. The command "
        "'review' collects these titles in a short workbook."
    ),
    "pmo_reason": "What decided, or what is in doubt.",
}
"""What each label column holds, in at most 255 characters: Excel shows no more in a note."""

_NAME_WIDTHS: Final = (24, 60)
_MEANING_WIDTH: Final = 100
_LINE_HEIGHT: Final = 16.0
_LETTERS_IN_LINE: Final = 110


class LegendLook(Enum):
    """How a row of the legend looks."""

    HEADING = auto()
    PLAIN = auto()
    LEVEL = auto()
    REVIEW = auto()


class LegendRow(NamedTuple):
    """A row of the legend: a name, what it means, and how the name looks.

    ``level`` is the level whose colour a row with the look ``LEVEL`` has, from 1.
    """

    name: str
    meaning: str
    look: LegendLook = LegendLook.PLAIN
    level: int = 0

    @property
    def height(self) -> float:
        """The height of the row in points; not every program adapts it to text that wraps.

        >>> LegendRow("a", "short").height, LegendRow("a", "long " * 30).height
        (16.0, 32.0)
        """
        lines = -(-len(self.meaning) // _LETTERS_IN_LINE)
        return _LINE_HEIGHT * max(lines, 1)


_SPACE: Final = LegendRow("", "")


def legend_rows(sets: Sequence[LabelSet] = (ALL_LABELS,)) -> list[LegendRow]:
    """Return the rows of the legend for some sets of labels: columns, levels, and colours.

    Levels and colours are explained where there are columns that show them.

    >>> [row.name for row in legend_rows() if row.look is LegendLook.HEADING]
    ['Column', 'Level', 'Colour']
    >>> [row.name for row in legend_rows([LabelSet.of(["track"], prefix="job_")])]
    ['Column', 'job_track']
    """
    shown = {usual for labels in sets for usual in labels.chosen}
    return [
        LegendRow("Column", "What it holds", LegendLook.HEADING),
        *(
            LegendRow(name, MEANINGS[usual])
            for labels in sets
            for name, usual in zip(labels.names, labels.chosen, strict=True)
        ),
        *(_level_rows() if "pmo_level" in shown else ()),
        *_colour_rows(levels="pmo_level" in shown, review="pmo_review" in shown),
    ]


def legend_widths(rows: Iterable[LegendRow]) -> tuple[int, int]:
    """Return the widths of the two columns of the legend, in characters."""
    least, most = _NAME_WIDTHS
    longest = max((len(row.name) for row in rows), default=0)
    return min(max(least, longest + 2), most), _MEANING_WIDTH


def _level_rows() -> Iterator[LegendRow]:
    yield _SPACE
    yield LegendRow("Level", "Who is on it", LegendLook.HEADING)
    for level in Level:
        meaning = f"{level.title}. {level.description}"
        yield LegendRow(f"{int(level)}", meaning, LegendLook.LEVEL, int(level))
    yield LegendRow("Manager or Lead", MANAGER_OR_LEAD)


def _colour_rows(*, levels: bool, review: bool) -> Iterator[LegendRow]:
    if levels or review:
        yield _SPACE
        yield LegendRow("Colour", "What it says", LegendLook.HEADING)
    if levels:
        yield LegendRow("blue", "A level: the darker, the higher.", LegendLook.LEVEL, len(Level))
    if review:
        yield LegendRow("amber", "A title that a person should look at.", LegendLook.REVIEW)
