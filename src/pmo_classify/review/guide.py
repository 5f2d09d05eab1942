"""Help inside the review workbook: the drop-downs, and the sheet that explains what to do."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from pmo_classify.taxonomy import MANAGER_OR_LEAD, Level, Scope, Track
from pmo_classify.wording import NO_SCOPE

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["REVIEW_SHEET", "SCOPE_CHOICES", "drop_downs", "row_height", "write_guide"]

REVIEW_SHEET: Final = "Review"
SCOPE_CHOICES: Final = (
    NO_SCOPE,
    *(
        "+".join(parts)
        for size in range(1, 5)
        for parts in combinations([str(scope) for scope in Scope], size)
    ),
)
_GUIDE: Final = "How to"
_GUIDE_WIDTHS: Final = (18, 96)
_LINE_HEIGHT: Final = 15.5
_MOST_LINES: Final = 6
_STEPS: Final = (
    (
        "1",
        (
            f"On the sheet {REVIEW_SHEET}, fill in the yellow columns of the rows that you can "
            "decide. Leave the others empty: their answers do not change."
        ),
    ),
    (
        "2",
        "Save the workbook, then run: pmo-classify apply THIS_WORKBOOK.xlsx --titles my_titles.csv",
    ),
    ("3", "From then on, pmo-classify label IN --titles my_titles.csv uses your answers."),
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
            f"What the title names, for pmo only; {NO_SCOPE}, or empty, if it names nothing, "
            'as in "PMO Analyst".'
        ),
    ),
    ("note", "Your reason, if you like; the table of titles keeps it as the source."),
)
_LADDER: Final = (
    *((f"Level {int(level)}", f"{level.title}. {level.description}") for level in Level),
    ("Manager or Lead", MANAGER_OR_LEAD),
)
_CHOICES_AT: Final = len(_STEPS) + len(_LADDER)


def drop_downs() -> dict[str, dict[str, Any]]:
    """Return the drop-down of each column that has one, as xlsxwriter takes it."""
    # Rows are counted from 1, and the first row of the guide is its heading.
    first = _CHOICES_AT + 2
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
            # Excel allows 255 characters for a list inside the rule; this one is longer, so it
            # refers to the cells of the guide.
            "source": f"='{_GUIDE}'!$B${first}:$B${first + len(SCOPE_CHOICES) - 1}",
            "error_message": "Choose one from the list; leave it empty off the ladder.",
        },
    }


def row_height(cells: Iterable[tuple[str, int]]) -> float:
    """Return a row's height in points for texts that wrap in columns of the given widths.

    It is set because not every spreadsheet program adapts the height to wrapped text.

    >>> row_height([("Planner", 46), ("a text that is longer than its column", 20)])
    31.0
    """
    lines = max(-(-len(text) // width) for text, width in cells)
    return _LINE_HEIGHT * min(max(lines, 1), _MOST_LINES)


def write_guide(book: Workbook) -> None:
    """Add the sheet that explains what to do, the ladder, and the choices of scope."""
    sheet: Worksheet = book.add_worksheet(_GUIDE)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#E4EAF1"})
    for column, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "How to review", head)
    sheet.write_blank(0, 1, None, head)
    lines = [*_STEPS, *_LADDER, *(("", scope) for scope in SCOPE_CHOICES)]
    lines[_CHOICES_AT] = ("Scopes", SCOPE_CHOICES[0])
    for number, (name, text) in enumerate(lines, start=1):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text, wrapped)
        sheet.set_row(number, row_height([(text, _GUIDE_WIDTHS[1])]))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
