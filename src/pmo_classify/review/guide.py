"""Help inside the review workbook: the drop-down, and the sheet that explains what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from pmo_classify.files.xlsx.cell_range import column_letter
from pmo_classify.review.decisions import MOST_CHOICES
from pmo_classify.taxonomy import MANAGER_OR_LEAD, Level

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["REVIEW_SHEET", "drop_down", "row_height", "write_guide"]

REVIEW_SHEET: Final = "Review"
_GUIDE: Final = "How to"
_GUIDE_WIDTHS: Final = (18, 96)
_LINE_HEIGHT: Final = 15.5
_MOST_LINES: Final = 6
_STEPS: Final = (
    (
        "1",
        (
            f'On the sheet {REVIEW_SHEET}, choose a "decision" for the rows that you can decide. '
            "The list starts with our reading: choose it if you agree. Leave the other rows empty: "
            "their answers do not change."
        ),
    ),
    (
        "2",
        "Save the workbook, then run: pmo-classify apply THIS_WORKBOOK.xlsx --titles my_titles.csv",
    ),
    ("3", "From then on, pmo-classify label IN --titles my_titles.csv uses your answers."),
    (
        "Level and scope",
        (
            "A decision on the ladder names a level, and the scope that the title names: project, "
            "programme, portfolio, enterprise, or several joined by +. If the list does not have "
            'the right one, type it: "Level 3, programme+portfolio", or "Level 2, no scope".'
        ),
    ),
    (
        "Not on the ladder",
        (
            "Two choices: the title runs projects or programmes, not their office; or it is other "
            "work."
        ),
    ),
    ("note", "Your reason, if you like; the table of titles keeps it as the source."),
)
_LADDER: Final = (
    *((f"Level {int(level)}", f"{level.title}. {level.description}") for level in Level),
    ("Manager or Lead", MANAGER_OR_LEAD),
)


def drop_down(first: int) -> dict[str, Any]:
    """Return the drop-down of the decisions, as xlsxwriter takes it.

    ``first`` is the column, from 0, of the first choice in the row of the decision.
    """
    left, right = column_letter(first), column_letter(first + MOST_CHOICES - 1)
    return {
        "validate": "list",
        "source": f"=${left}2:${right}2",
        # What is not in the list may be typed.
        "error_type": "warning",
        "error_title": "Not one of the choices",
        "error_message": 'Type a level and a scope, such as "Level 3, programme".',
    }


def row_height(cells: Iterable[tuple[str, int]]) -> float:
    """Return a row's height in points for texts that wrap in columns of the given widths.

    It is set because not every spreadsheet program adapts the height to wrapped text.

    >>> row_height([("Planner", 46), ("a text that is longer than its column", 20)])
    31.0
    """
    lines = max(
        sum(max(1, -(-len(line) // width)) for line in text.split("\n")) for text, width in cells
    )
    return _LINE_HEIGHT * min(max(lines, 1), _MOST_LINES)


def write_guide(book: Workbook) -> None:
    """Add the sheet that explains what to do, and the ladder."""
    sheet: Worksheet = book.add_worksheet(_GUIDE)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#E4EAF1"})
    for column, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "How to review", head)
    sheet.write_blank(0, 1, None, head)
    for number, (name, text) in enumerate((*_STEPS, *_LADDER), start=1):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text, wrapped)
        sheet.set_row(number, row_height([(text, _GUIDE_WIDTHS[1])]))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
