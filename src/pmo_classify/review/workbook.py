"""The review workbook: the doubtful titles of a run, for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_classify.classifier import Classifier
from pmo_classify.files.output import atomic_write, check_free
from pmo_classify.files.xlsx.limits import LAST_ROW, LONGEST_TEXT
from pmo_classify.knowledge.reasons import brief_reason
from pmo_classify.labelling.labeller import TitleCount
from pmo_classify.review.decisions import MOST_CHOICES, choices
from pmo_classify.review.doubtful import DoubtfulTitle, doubtful_titles, group_of
from pmo_classify.review.earlier import open_decisions
from pmo_classify.review.examples import Examples
from pmo_classify.review.guide import REVIEW_SHEET, drop_down, row_height, write_guide
from pmo_classify.review.sheet import ReviewedRow

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["REVIEW_COLUMNS", "WrittenReview", "write_review"]

_SHOWN: Final = (
    "title",
    "rows",
    "examples",
    "why it is in doubt",
    "our reading",
    "other readings",
    "decision",
    "note",
)
REVIEW_COLUMNS: Final = (*_SHOWN, *(f"choice {n}" for n in range(1, MOST_CHOICES + 1)))
"""The columns of the review sheet. Decision and note are the person's; the choices are hidden, in
the row of their title so that they move with it when the sheet is sorted."""

_WIDTHS: Final = (36, 7, 30, 30, 32, 32, 44, 26)
_DECISION: Final = _SHOWN.index("decision")
_EXAMPLES: Final = _SHOWN.index("examples")
_WHY: Final = _SHOWN.index("why it is in doubt")
_MOST_ROWS: Final = LAST_ROW - 1
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NO_LONGER: Final = "no longer in doubt, or not in this file"


class WrittenReview(NamedTuple):
    """What was written; nothing, if both numbers are 0."""

    titles: int
    """The doubtful titles that were written."""
    kept: int
    """The decisions of an earlier sheet that were kept."""


class _Row(NamedTuple):
    """A row of the sheet: our cells, the decision and the note, and the choices."""

    ours: tuple[str | float, ...]
    decision: str
    note: str
    choices: Sequence[str]


def write_review(
    target: Path,
    titles: Iterable[TitleCount],
    *,
    examples: Examples | None = None,
    classifier: Classifier | None = None,
    force: bool = False,
) -> WrittenReview:
    """Write a workbook with the doubtful titles for a person to decide.

    ``titles`` are the ``titles()`` of a labelling summary. Each title that needs review has one
    row, the most frequent first; spellings that share an answer ("PORTFOLIO MANAGER", "Portfolio
    Manager - London") share a row, and ``examples`` are shown beside it. A drop-down offers our
    reading, the other readings and what else could be meant; the sheet "How to" explains it.
    ``apply_review`` reads the filled-in workbook. If nothing is in doubt, no file is written.

    ``force`` replaces a workbook that exists. Decisions in it that are not among the titles of the
    ``classifier`` were not applied yet: they are kept, in the row of their title or below.

    A ``FileError`` says why the workbook cannot be written; it appears whole or not at all. A
    sheet has room for 1,048,575 titles; the rarest beyond that are left out.
    """
    check_free(target, force=force)
    classifier = classifier or Classifier()
    earlier = open_decisions(target, classifier)
    doubtful = doubtful_titles(titles)
    if not doubtful and not earlier:
        return WrittenReview(0, 0)
    decided, others = _placed(earlier, {title.group for title in doubtful})
    fitting = _fitting_titles(doubtful, decided, _MOST_ROWS - len(others))
    no_decision = ReviewedRow("", 0, {"title": "", "decision": "", "note": ""})
    rows = [_row(t, examples, decided.get(t.group, no_decision)) for t in fitting]
    rows += [_other_row(row, classifier) for row in others]
    _write(target, rows)
    return WrittenReview(len(fitting), len(earlier))


def _placed(
    earlier: list[ReviewedRow], groups: set[str]
) -> tuple[dict[str, ReviewedRow], list[ReviewedRow]]:
    """Return the earlier decision for each of the titles in doubt, and the other decisions."""
    decided: dict[str, ReviewedRow] = {}
    others = []
    for row in earlier:
        group = group_of(row.title)
        if group not in groups or decided.setdefault(group, row) is not row:
            others.append(row)
    return decided, others


def _fitting_titles(
    doubtful: list[DoubtfulTitle], decided: Mapping[str, ReviewedRow], most: int
) -> list[DoubtfulTitle]:
    """Return the titles that fit into a sheet: those with a decision, and the most frequent."""
    room = most - len(decided)
    frequent = {title.group for title in doubtful if title.group not in decided}
    if len(frequent) <= room:
        return doubtful
    kept = [title.group for title in doubtful if title.group in frequent][: max(room, 0)]
    groups = {*kept, *decided}
    return [title for title in doubtful if title.group in groups]


def _other_row(row: ReviewedRow, classifier: Classifier) -> _Row:
    """Return the row of a decision whose title is not among those in doubt."""
    title = DoubtfulTitle(group_of(row.title), classifier.classify(row.title))
    made = _row(title, None, row)
    return made._replace(ours=(*made.ours[:_WHY], _NO_LONGER, *made.ours[_WHY + 1 :]))


def _row(title: DoubtfulTitle, examples: Examples | None, decided: ReviewedRow) -> _Row:
    answer = title.answer
    offered = choices(answer)
    readings = 1 + len(answer.alternatives)
    ours = (
        answer.title,
        title.rows,
        "\n".join(examples.of(title.group)) if examples else "",
        brief_reason(answer.reasons).removeprefix("in doubt: "),
        offered[0],
        "\n".join(offered[1:readings]),
    )
    return _Row(ours, decided.decision, decided.note, offered)


def _write(target: Path, rows: list[_Row]) -> None:
    import xlsxwriter  # noqa: PLC0415 - slow to load, and only workbooks need it

    with atomic_write(target) as out:
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        # A fixed date, so that the same titles give the same bytes.
        book.set_properties({"title": "Job titles to review", "created": _NO_DATE})
        _write_rows(book, rows)
        write_guide(book)
        book.close()


def _write_rows(book: Workbook, rows: list[_Row]) -> None:
    sheet: Worksheet = book.add_worksheet(REVIEW_SHEET)
    look = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D5DBE1"}
    ours = book.add_format({**look, "font_color": "#3B4550"})
    figures = book.add_format({**look, "font_color": "#3B4550", "align": "center"})
    title = book.add_format({**look, "bold": True})
    persons = book.add_format({**look, "bg_color": "#FFF6DD", "locked": False})
    _write_header(book, sheet, has_examples=any(row.ours[_EXAMPLES] for row in rows))
    formats = (title, figures, ours, ours, ours, ours)
    for number, row in enumerate(rows, start=1):
        for column, (value, form) in enumerate(zip(row.ours, formats, strict=True)):
            if isinstance(value, str):
                sheet.write_string(number, column, _fitting(value), form)
            else:
                sheet.write_number(number, column, value, form)
        for column, value in enumerate((row.decision, row.note), start=_DECISION):
            if value:
                sheet.write_string(number, column, _fitting(value), persons)
            else:
                sheet.write_blank(number, column, None, persons)
        for column, choice in enumerate(row.choices, start=len(_SHOWN)):
            sheet.write_string(number, column, choice)
        sheet.set_row(number, _height(row))
    last = max(1, len(rows))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(_SHOWN) - 1)
    sheet.data_validation(1, _DECISION, last, _DECISION, drop_down(len(_SHOWN)))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, len(_SHOWN) - 1)
    sheet.repeat_rows(0)


def _write_header(book: Workbook, sheet: Worksheet, *, has_examples: bool) -> None:
    head = {"bold": True, "valign": "vcenter", "border": 1, "border_color": "#D5DBE1"}
    our_head = book.add_format({**head, "bg_color": "#E4EAF1", "font_color": "#1D2733"})
    persons_head = book.add_format({**head, "bg_color": "#F2C14E", "font_color": "#3D2B00"})
    hidden = {"hidden": True}
    for column, name in enumerate(REVIEW_COLUMNS):
        sheet.write_string(0, column, name, persons_head if column >= _DECISION else our_head)
    for column, width in enumerate(_WIDTHS):
        is_empty = column == _EXAMPLES and not has_examples
        sheet.set_column(column, column, width, None, hidden if is_empty else {})
    sheet.set_column(len(_SHOWN), len(REVIEW_COLUMNS) - 1, _WIDTHS[_DECISION], None, hidden)
    sheet.set_row(0, 24)


def _height(row: _Row) -> float:
    # Column widths count letters of normal weight; the title is bold, hence wider.
    room = (_WIDTHS[0] * 7 // 8, *_WIDTHS[1:])
    texts = (*map(str, row.ours), row.decision, row.note)
    return row_height(zip(texts, room, strict=True))


def _fitting(text: str) -> str:
    """Return a text as a cell can hold it: cut to length, a lone surrogate replaced by "?"."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
