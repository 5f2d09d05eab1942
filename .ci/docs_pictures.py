"""Draws the pictures of the documentation from real runs, whenever the pages are built.

A comment on a line of its own stands for a picture:

- ``<!-- explained: TITLE -->`` for a title with its words marked;
- ``<!-- labelled: SHEET -->`` for a sheet of ``examples/vacancies.xlsx``, labelled;
- ``<!-- review -->`` for the workbook that ``review`` writes for it;
- ``<!-- report -->`` for the page that ``label --report`` writes for it.

Sheets are drawn as tables, with the letters of their columns, as a spreadsheet program shows them.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from pmo_classify import Classifier, classify, label_file
from pmo_classify.explanation import render
from pmo_classify.labelling.label_file import read_file
from pmo_classify.report.page import write_report
from pmo_classify.review.doubtful import doubtful_titles
from pmo_classify.review.examples import find_examples
from pmo_classify.review.workbook import write_review

WORKBOOK = Path(__file__).parents[1] / "examples" / "vacancies.xlsx"
REPORT = "example_report.html"
MARKER = re.compile(r"^<!-- (explained|labelled|review|report)(?:: (.+))? -->$", re.MULTILINE)
HIDDEN = frozenset(
    {
        *("pmo_clean_title", "Place", "Department", "From", "To", "Posted"),
        *("pmo_seniority", "pmo_function", "pmo_method", "pmo_reason", "pmo_confidence"),
    }
)
"""Columns that are left out so that a picture fits on the page; the letters show the gap."""


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the pictures of a page in their places."""
    return MARKER.sub(lambda found: _picture(found[1], found[2] or ""), markdown)


def on_post_build(config: Any, **_: Any) -> None:
    """Write the page that the picture of a report shows."""
    with tempfile.TemporaryDirectory() as folder:
        summary = label_file(WORKBOOK, Path(folder, "vacancies.labelled.xlsx"))
        write_report(Path(config["site_dir"], REPORT), summary, source=WORKBOOK.name, force=True)


def _picture(kind: str, what: str) -> str:
    # Blank lines would end the HTML and begin a paragraph.
    if kind == "explained":
        return _one_block(render(classify(what), docs_url="."))
    if kind == "report":
        return f'<iframe class="report" src="{REPORT}" title="An example of a report"></iframe>'
    return _one_block(_sheet(*(_labelled(what) if kind == "labelled" else _review())))


def _one_block(html: str) -> str:
    return re.sub(r"\n\s*\n", "\n", html)


@cache
def _labelled(sheet: str) -> tuple[list[list[Any]], list[int]]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "labelled.xlsx")
        label_file(WORKBOOK, target)
        rows = _cells(target, sheet)
    header = max(rows[:5], key=lambda row: sum(cell.value is not None for cell in row))
    return rows, [at for at, cell in enumerate(header) if cell.value not in HIDDEN]


@cache
def _review() -> tuple[list[list[Any]], list[int]]:
    with tempfile.TemporaryDirectory() as folder:
        source = shutil.copy(WORKBOOK, folder)
        target = Path(folder, "review.xlsx")
        classifier = Classifier()
        found = read_file(source, classifier=classifier)
        groups = {
            spelling: title.group
            for title in doubtful_titles(found.titles())
            for spelling in title.spellings
        }
        examples = find_examples(source, groups)
        write_review(target, found.titles(), examples=examples, classifier=classifier)
        return [row for row in _cells(target, "Review") if row[0].value], list(range(8))


def _cells(path: Path, sheet: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return [list(row) for row in book[sheet].iter_rows()]


def _sheet(rows: Sequence[Sequence[Any]], columns: Sequence[int]) -> str:
    letters = "".join(f"<th>{get_column_letter(at + 1)}</th>" for at in columns)
    lines = "".join(_row(number, row, columns) for number, row in enumerate(rows, start=1))
    return (
        '<div class="sheet" tabindex="0"><table class="cells">'
        f"<thead><tr><th></th>{letters}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _row(number: int, row: Sequence[Any], columns: Sequence[int]) -> str:
    cells = [row[at] for at in columns]
    if cells[0].value and not any(cell.value for cell in cells[1:]):
        # A text alone runs over the empty cells beside it.
        return f"<tr><th>{number}</th>{_drawn(cells[0], span=len(cells))}</tr>"
    return f"<tr><th>{number}</th>{''.join(map(_drawn, cells))}</tr>"


def _drawn(cell: Any, span: int = 1) -> str:
    fill = f"background:#{cell.fill.start_color.rgb[2:]}" if cell.fill.fill_type else ""
    bold = "font-weight:600" if cell.font.bold else ""
    style = ";".join(filter(None, (fill, bold)))
    return f'<td colspan="{span}" style="{style}">{escape(_text(cell))}</td>'


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return f"{value:%d %b %Y}"
    if "£" in cell.number_format and value is not None:
        return f"£{value:,.0f}"
    return "" if value is None else str(value)
