"""A second, simple reader of delimited text, to check the library's; and removing label cells."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from pmo_classify.labelling.columns import LABEL_COLUMNS


class Row(NamedTuple):
    """A record: its cells as they are written, and its line end."""

    cells: list[str]
    end: str


def split(text: str, delimiter: str, quote: str | None) -> list[Row]:
    """Return the records of a text, reading one character after the other."""
    rows: list[Row] = []
    cells: list[str] = []
    cell, state, at = "", "start", 0
    while at < len(text):
        c = text[at]
        at += 1
        if state == "quoted":
            cell += c
            if c == quote:
                state = "bare"
                if text[at : at + 1] == quote:
                    cell, at, state = cell + c, at + 1, "quoted"
        elif c in "\r\n":
            end = c + "\n" if c == "\r" and text[at : at + 1] == "\n" else c
            at += len(end) - 1
            rows.append(Row([*cells, cell], end))
            cells, cell, state = [], "", "start"
        elif c == delimiter:
            cells.append(cell)
            cell, state = "", "start"
        else:
            state = "quoted" if c == quote and state == "start" else "bare"
            cell += c
    if cells or cell:
        rows.append(Row([*cells, cell], ""))
    return rows


def without_ours(
    old: str, new: str, delimiter: str, quote: str | None = '"', header: int = 0
) -> str:
    """Return labelled text without its label cells, which must start in the header's column."""
    taken = ""
    width = 0
    for number, (before, after) in enumerate(
        zip(split(old, delimiter, quote), split(new, delimiter, quote), strict=True)
    ):
        is_blank = len(before.cells) == 1 and not before.cells[0].strip()
        if number < header or is_blank:
            taken += delimiter.join(after.cells) + after.end
            continue
        count = len(before.cells)
        padding, ours = after.cells[count:-11], after.cells[-11:]
        assert all(cell.strip(quote) == "" for cell in padding)
        assert [cell[:1] in {"=", "+", "-", "@", "\t"} for cell in ours] == [False] * 11
        width = width or len(after.cells)
        assert len(after.cells) == width
        if number == header:
            assert [cell.strip(quote) for cell in ours] == list(LABEL_COLUMNS)
        taken += delimiter.join(after.cells[:count]) + after.end
    return taken


def values(text: str, delimiter: str, quote: str | None = '"') -> list[list[str]]:
    """Read text as Python's csv module does."""
    limit = csv.field_size_limit(1 << 30)
    try:
        if quote is None:
            plain = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=3)
            return list(plain)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote)
        return list(rows)
    finally:
        csv.field_size_limit(limit)
