"""The review workbook: the doubtful titles of a run, for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmo_classify.classification import Alternative
from pmo_classify.files.output import atomic_write, check_free
from pmo_classify.files.xlsx.limits import LAST_ROW, LONGEST_TEXT
from pmo_classify.knowledge.reasons import brief_reason
from pmo_classify.labelling.labeller import TitleCount
from pmo_classify.reading.normal_form import form_of_title
from pmo_classify.review.guide import REVIEW_SHEET, drop_downs, row_height, write_guide

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["REVIEW_COLUMNS", "write_review"]

REVIEW_COLUMNS: Final = (
    "title",
    "rows",
    "our_track",
    "our_level",
    "our_scope",
    "confidence",
    "other_readings",
    "reason",
    "track",
    "level",
    "scope",
    "note",
)
"""The columns of the review sheet; the last four are the person's."""

_WIDTHS: Final = (46, 7, 11, 10, 22, 11, 46, 46, 11, 8, 26, 30)
_PERSONS_COLUMNS: Final = 4
_MOST_ROWS: Final = LAST_ROW - 1
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)


def write_review(target: Path, titles: Iterable[TitleCount], *, force: bool = False) -> int:
    """Write a workbook with the doubtful titles for a person to decide; return how many.

    ``titles`` are the ``titles()`` of a labelling summary. Each title that needs review has one
    row, the most frequent first; spellings that share an answer ("PORTFOLIO MANAGER", "Portfolio
    Manager - London") share a row. Drop-downs offer the answers, and the sheet "How to" explains
    them. ``apply_review`` reads the filled-in workbook.

    A ``FileError`` says why the workbook cannot be written; it appears whole or not at all. A
    sheet has room for 1,048,575 titles; the rarest beyond that are left out.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to load, and only workbooks need it

    check_free(target, force=force)
    rows = _doubtful(titles)
    with atomic_write(target) as out:
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        # A fixed date, so that the same titles give the same bytes.
        book.set_properties({"title": "Job titles to review", "created": _NO_DATE})
        _write_rows(book, rows)
        write_guide(book)
        book.close()
    return len(rows)


def _doubtful(titles: Iterable[TitleCount]) -> list[TitleCount]:
    found: dict[str, TitleCount] = {}
    for title in titles:
        if title.answer.needs_review:
            key = form_of_title(title.answer.title) or title.answer.title
            first = found.get(key, TitleCount(title.answer, 0))
            found[key] = first._replace(rows=first.rows + title.rows)
    return sorted(found.values(), key=lambda t: (-t.rows, t.answer.title))[:_MOST_ROWS]


def _write_rows(book: Workbook, rows: list[TitleCount]) -> None:
    sheet: Worksheet = book.add_worksheet(REVIEW_SHEET)
    look = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D5DBE1"}
    ours = book.add_format({**look, "font_color": "#3B4550"})
    figures = book.add_format({**look, "font_color": "#3B4550", "align": "center"})
    title = book.add_format({**look, "bold": True})
    persons = book.add_format({**look, "bg_color": "#FFF6DD", "locked": False})
    head = {"bold": True, "valign": "vcenter", "border": 1, "border_color": "#D5DBE1"}
    our_head = book.add_format({**head, "bg_color": "#E4EAF1", "font_color": "#1D2733"})
    persons_head = book.add_format({**head, "bg_color": "#F2C14E", "font_color": "#3D2B00"})
    first_person = len(REVIEW_COLUMNS) - _PERSONS_COLUMNS
    for column, (name, width) in enumerate(zip(REVIEW_COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, persons_head if column >= first_person else our_head)
    for number, row in enumerate(rows, start=1):
        cells = _our_cells(row)
        for column, value in enumerate(cells):
            if isinstance(value, str):
                sheet.write_string(number, column, _fitting(value), ours if column else title)
            else:
                sheet.write_number(number, column, value, figures)
        # Column widths count letters of normal weight; the title is bold, hence wider.
        room = (_WIDTHS[0] * 7 // 8, *_WIDTHS[1:])
        sheet.set_row(number, row_height(zip(map(str, cells), room, strict=False)))
        for column in range(first_person, len(REVIEW_COLUMNS)):
            sheet.write_blank(number, column, None, persons)
    last = max(1, len(rows))
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(REVIEW_COLUMNS) - 1)
    for name, choices in drop_downs().items():
        column = REVIEW_COLUMNS.index(name)
        sheet.data_validation(1, column, last, column, choices)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _our_cells(title: TitleCount) -> tuple[str | float, ...]:
    answer = title.answer
    return (
        answer.title,
        title.rows,
        str(answer.track),
        "" if answer.level is None else int(answer.level),
        str(answer.scope),
        round(answer.confidence, 2),
        "; ".join(map(_other, answer.alternatives)),
        brief_reason(answer.reasons),
    )


def _other(other: Alternative) -> str:
    level = "" if other.level is None else str(int(other.level))
    return " ".join(filter(None, (other.track, level, str(other.scope)))) + f": {other.why}"


def _fitting(text: str) -> str:
    """Return a text as a cell can hold it: cut to length, a lone surrogate replaced by "?"."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
