"""What the review workbook tells the person who fills it in: the choices, and how to."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from pmo_classify.taxonomy import MANAGER_OR_LEAD, Level, Scope, Track

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["NO_SCOPE", "REVIEW_SHEET", "SCOPE_CHOICES", "drop_downs", "write_guide"]

REVIEW_SHEET: Final = "Review"
NO_SCOPE: Final = "none"
"""What a person chooses where the title names no scope; an empty cell may be an oversight."""

SCOPE_CHOICES: Final = (
    NO_SCOPE,
    *(
        "+".join(parts)
        for size in range(1, 5)
        for parts in combinations([str(scope) for scope in Scope], size)
    ),
)
_GUIDE: Final = "How to"
_SUCH_AS: Final = 3
_STEPS: Final = (
    (
        "1",
        (
            f"On the sheet {REVIEW_SHEET}, fill in the yellow columns of the rows that you can "
            "decide. Leave the others empty: they stay as they are."
        ),
    ),
    (
        "2",
        "Save the workbook, then run: pmo-classify apply THIS_WORKBOOK.xlsx --titles my_titles.csv",
    ),
    ("3", "From then on, pmo-classify label IN --titles my_titles.csv answers as you did."),
    (
        "track",
        (
            "pmo: on the ladder below. delivery: runs projects or programmes, not their office. "
            "other: everything else."
        ),
    ),
    ("level", "1 to 4, for pmo only."),
    (
        "scope",
        (
            f"What the title names, for pmo only; {NO_SCOPE} where it names nothing, as in "
            '"PMO Analyst".'
        ),
    ),
    ("note", "Your reason, if you like: it is kept in the table of titles as the source."),
)


def drop_downs() -> dict[str, dict[str, Any]]:
    """Give the data validation of each column that has one."""
    common = {"validate": "list", "error_title": "Not one of the choices"}
    return {
        "track": {
            **common,
            "source": [str(track) for track in Track],
            "error_message": "Choose pmo, delivery or other.",
        },
        "level": {
            **common,
            "source": [int(level) for level in Level],
            "error_message": "Choose 1, 2, 3 or 4; leave it empty off the ladder.",
        },
        "scope": {
            **common,
            # A list inside the rule may have 255 characters; this one is longer, so it stands in
            # the guide.
            "source": f"='{_GUIDE}'!$D$2:$D${len(SCOPE_CHOICES) + 1}",
            "error_message": "Choose one from the list; leave it empty off the ladder.",
        },
    }


def write_guide(book: Workbook) -> None:
    """Add the sheet that explains what to do, the ladder, and the choices of scope."""
    sheet: Worksheet = book.add_worksheet(_GUIDE)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#E4EAF1"})
    for column, width in enumerate((18, 96, 3, 44)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "How to review", head)
    sheet.write_blank(0, 1, None, head)
    sheet.write_string(0, 3, "scope: the choices", head)
    for number, scope in enumerate(SCOPE_CHOICES, start=1):
        sheet.write_string(number, 3, scope)
    ladder = [(f"Level {int(level)}", _in_brief(level)) for level in Level]
    lines = [*_STEPS, *ladder, ("Manager or Lead", MANAGER_OR_LEAD)]
    for number, (name, text) in enumerate(lines, start=1):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text, wrapped)


def _in_brief(level: Level) -> str:
    titles = ", ".join(level.facts.listed_titles[:_SUCH_AS])
    return f"{level.title}. {level.description} Such as {titles}."
