"""Label cells as the XML of a sheet: text as text, numbers as numbers, never a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from pmo_classify.files.title_column import column_letter
from pmo_classify.files.xlsx.limits import LONGEST_TEXT
from pmo_classify.labelling.labeller import LABEL_COLUMNS

__all__ = ["WIDTHS", "CellWriter", "LabelStyles", "cell_string", "text_cell"]

WIDTHS: Final = (13, 12, 20, 32, 17, 17, 15, 18, 14, 44)
"""How wide each label column is, in characters: its header fits beside the button of a filter."""

_LEVEL: Final = LABEL_COLUMNS.index("pmo_level")
_CONFIDENCE: Final = LABEL_COLUMNS.index("pmo_confidence")
_REVIEW: Final = LABEL_COLUMNS.index("pmo_review")
_NUMBERS: Final = frozenset({_LEVEL, _CONFIDENCE})
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_KEPT_ROWS: Final = 20_000
_ROW: Final = b"\0"


class LabelStyles(NamedTuple):
    """Which cell formats our cells take; None leaves the format out."""

    header: int | None = None
    text: int | None = None
    confidence: int | None = None
    levels: tuple[int | None, ...] = (None, None, None, None)
    review: int | None = None

    def of(self, column: int, text: str) -> int | None:
        """Give the format for a label in the column of this place."""
        if column == _LEVEL and text:
            return self.levels[int(text) - 1]
        if column == _REVIEW and text == "yes":
            return self.review
        return self.confidence if column == _CONFIDENCE else self.text


def cell_string(text: str) -> str:
    r"""Give a text as a workbook may hold it: no control characters, no more than Excel takes.

    >>> cell_string("PMO\x00 Lead"), len(cell_string("x" * 40_000))
    ('PMO Lead', 32767)
    """
    return _NOT_XML.sub("", text)[:LONGEST_TEXT]


def text_cell(text: str, prefix: str = "") -> bytes:
    """Write a text as the inside of a cell; what looks like an escape of Excel's is escaped.

    >>> text_cell("a _x0041_ ")
    b'<is><t xml:space="preserve">a _x005F_x0041_ </t></is>'
    """
    clean = cell_string(text)
    space = ' xml:space="preserve"' if clean != clean.strip() or "\n" in clean else ""
    written = escape(_LOOKS_ESCAPED.sub("_x005F_", clean), {"\r": "_x000D_"})
    return f"<{prefix}is><{prefix}t{space}>{written}</{prefix}t></{prefix}is>".encode()


class CellWriter:
    """Writes the label cells of rows; what a title's cells have in common is made once."""

    def __init__(self, columns: Sequence[int], styles: LabelStyles, prefix: str) -> None:
        self._letters = [column_letter(column - 1) for column in columns]
        self._styles = styles
        self._prefix = prefix
        self._known: dict[tuple[tuple[str, ...], tuple[int, ...]], bytes] = {}

    def header(self, row: int, labels: Sequence[int]) -> bytes:
        """Write the names of the label columns of these places."""
        cells = (self._text(at, LABEL_COLUMNS[at], self._styles.header) for at in labels)
        return b"".join(cells).replace(_ROW, b"%d" % row)

    def row(self, row: int, cells: tuple[str, ...], labels: tuple[int, ...]) -> bytes:
        """Write these labels of a row; an empty one is no cell."""
        made = self._known.get((cells, labels))
        if made is None:
            made = b"".join(self._cell(at, cells[at]) for at in labels if cells[at])
            if len(self._known) >= _KEPT_ROWS:
                self._known.clear()
            self._known[cells, labels] = made
        return made.replace(_ROW, b"%d" % row)

    def _cell(self, at: int, text: str) -> bytes:
        style = self._styles.of(at, text)
        if at in _NUMBERS:
            tag = self._tag(at, style)
            return f"{tag}><{self._prefix}v>{text}</{self._prefix}v></{self._prefix}c>".encode()
        return self._text(at, text, style)

    def _text(self, at: int, text: str, style: int | None) -> bytes:
        tag = f'{self._tag(at, style)} t="inlineStr">'.encode()
        return tag + text_cell(text, self._prefix) + f"</{self._prefix}c>".encode()

    def _tag(self, at: int, style: int | None) -> str:
        format_of_cell = "" if style is None else f' s="{style}"'
        return f'<{self._prefix}c r="{self._letters[at]}\0"{format_of_cell}'
