"""What the label columns, levels and colours mean: the texts of the legend and of the notes."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final, NamedTuple

from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.taxonomy import MANAGER_OR_LEAD, Level

__all__ = ["LEGEND_NAME", "LEGEND_WIDTHS", "MEANINGS", "LegendLook", "LegendRow", "legend_rows"]

LEGEND_NAME: Final = "PMO legend"
"""The name of the legend sheet."""

LEGEND_WIDTHS: Final = (24, 100)
"""The widths of its two columns, in characters."""

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
        "none: nothing could be read."
    ),
    "pmo_confidence": "How probable it is, from 0 to 1, that track, level and scope are all right.",
    "pmo_review": (
        "yes: look at it yourself, because the title alone does not settle it. The command "
        "'review' collects these titles in a short workbook."
    ),
    "pmo_reason": "What decided, or what is in doubt.",
}
"""What each label column holds, in at most 255 characters: Excel shows no more in a note."""

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


def legend_rows() -> list[LegendRow]:
    """Return the rows of the legend: the columns, the levels, and the colours.

    >>> [row.name for row in legend_rows() if row.look is LegendLook.HEADING]
    ['Column', 'Level', 'Colour']
    """
    return [
        LegendRow("Column", "What it holds", LegendLook.HEADING),
        *(LegendRow(name, MEANINGS[name]) for name in LABEL_COLUMNS),
        _SPACE,
        LegendRow("Level", "Who is on it", LegendLook.HEADING),
        *(
            LegendRow(
                f"{int(level)}", f"{level.title}. {level.description}", LegendLook.LEVEL, int(level)
            )
            for level in Level
        ),
        LegendRow("Manager or Lead", MANAGER_OR_LEAD),
        _SPACE,
        LegendRow("Colour", "What it says", LegendLook.HEADING),
        LegendRow("blue", "A level: the darker, the higher.", LegendLook.LEVEL, len(Level)),
        LegendRow("amber", "A title that a person should look at.", LegendLook.REVIEW),
    ]
