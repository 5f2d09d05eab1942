"""The review round trip: doubtful titles out to a person, the person's answers back as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_classify.classification import Alternative
from pmo_classify.errors import TableError, TableFault
from pmo_classify.files.output import atomic_write, check_free
from pmo_classify.knowledge.listed_titles import ListedTitle, RawRow, check_row
from pmo_classify.knowledge.reasons import brief_reason
from pmo_classify.labelling.labeller import TitleCount
from pmo_classify.review.guide import NO_SCOPE, REVIEW_SHEET, drop_downs, row_height, write_guide
from pmo_classify.review.rows import SheetRow, read_review_rows
from pmo_classify.review.user_titles import merge_titles, title_key

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["REVIEW_COLUMNS", "AppliedReview", "apply_review", "write_review"]

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
_PERSONS: Final = 4
_DETAILS: Final = ("level", "scope")
_LONGEST_CELL: Final = 32_767
_MOST_ROWS: Final = 1_048_575
_SOURCE: Final = "reviewed"
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)


class AppliedReview(NamedTuple):
    """What a reviewed sheet did to the table of titles.

    ``added``, ``changed`` and ``unchanged`` count titles; ``undecided`` the rows that the person
    left open.
    """

    added: int
    changed: int
    unchanged: int
    undecided: int


def write_review(target: Path, titles: Iterable[TitleCount], *, force: bool = False) -> int:
    """Write a workbook with the doubtful titles for a person to decide; give how many.

    ``titles`` are ``Labeller.titles()``. There is one row for each title that the words alone
    cannot settle, the most frequent first; spellings that one answer covers ("PORTFOLIO MANAGER",
    "Portfolio Manager - London") share a row. Drop-downs offer the answers, and the sheet "How to"
    explains them. ``apply_review`` takes the workbook back.

    A ``FileError`` says why the workbook cannot be written; it appears whole or not at all. A
    sheet holds 1,048,575 titles: the rarest beyond that are left out.
    """
    import xlsxwriter  # noqa: PLC0415 - costs time that only workbooks need

    check_free(target, force=force)
    rows = _doubtful(titles)
    with atomic_write(target) as out:
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        # Without a fixed date the same titles would not give the same bytes.
        book.set_properties({"title": "Job titles to review", "created": _NO_DATE})
        _write_rows(book, rows)
        write_guide(book)
        book.close()
    return len(rows)


def _doubtful(titles: Iterable[TitleCount]) -> list[TitleCount]:
    found: dict[str, TitleCount] = {}
    for title in titles:
        if title.answer.needs_review:
            key = title_key(title.answer.title) or title.answer.title
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
    first_person = len(REVIEW_COLUMNS) - _PERSONS
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
        # The title's bold letters are wider than those that a column's width counts.
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
    """Cut a text to what a cell may hold; a lone surrogate, which no workbook may, becomes "?"."""
    return text[:_LONGEST_CELL].encode("utf-8", "replace").decode("utf-8")


def apply_review(reviewed: Path, titles_csv: Path) -> AppliedReview:
    """Put a person's decisions into a table of titles, for ``label --titles`` to use.

    ``reviewed`` is the workbook of ``write_review`` as a spreadsheet program saved it, or a CSV of
    it; rows without a decision are left out. ``titles_csv`` is made, or gets the new answers in
    place of old ones; its other rows stay as they are, in order. It is written whole or not at
    all.

    A ``TableError`` lists every row that cannot be used with its number in the sheet and how to
    fix it; nothing is then written. A ``FileError`` says that a file cannot be read or written.
    """
    rows = read_review_rows(reviewed)
    decided = [row for row in rows if any(row.cells.get(name) for name in ("track", *_DETAILS))]
    faults: list[TableFault] = []
    answers: dict[str, ListedTitle] = {}
    for row in decided:
        checked = _check(row, reviewed.name)
        if isinstance(checked, list):
            faults.extend(checked)
            continue
        first = answers.setdefault(title_key(checked.title), checked)
        if first[1:4] != checked[1:4]:
            what = f"{checked.title!r} contradicts {first.title!r} in row {first.line}"
            fix = "both are read as one title; give them one answer, or clear one"
            faults.append(TableFault(reviewed.name, row.number, what, fix))
    if faults:
        raise TableError(faults)
    merged = merge_titles(titles_csv, answers.values())
    return AppliedReview(*merged, undecided=len(rows) - len(decided))


def _check(row: SheetRow, file: str) -> ListedTitle | list[TableFault]:
    """Turn a person's row into a title with its answer, or into the list of its faults."""
    cells = dict(row.cells)
    if not cells["track"]:
        what = f"{' and '.join(n for n in _DETAILS if cells.get(n))} without a track"
        return [TableFault(file, row.number, what, "choose a track, or clear the row")]
    asked = cells.get("scope", "")
    cells["scope"] = "" if asked.casefold() == NO_SCOPE else asked
    cells |= {"ambiguous": "", "source": cells.get("note") or _SOURCE}
    return check_row(RawRow(file, row.number, cells))
