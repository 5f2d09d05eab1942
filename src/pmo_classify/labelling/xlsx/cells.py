"""Label cells as XML of a sheet: text as text, numbers as numbers, never a formula."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pmo_classify.files.xlsx.cell_range import column_letter
from pmo_classify.files.xlsx.limits import LONGEST_TEXT
from pmo_classify.labelling.columns import LABEL_COLUMNS, LabelCells
from pmo_classify.labelling.label_set import LabelSet

__all__ = ["LabelStyles", "XmlCellWriter", "cell_string", "label_width", "text_cell"]

_WIDTHS: Final = (13, 12, 20, 32, 32, 17, 17, 15, 18, 14, 44)
_FILTER_BUTTON: Final = 4
_WIDEST: Final = 60

_LEVEL: Final = LABEL_COLUMNS.index("pmo_level")
_CONFIDENCE: Final = LABEL_COLUMNS.index("pmo_confidence")
_REVIEW: Final = LABEL_COLUMNS.index("pmo_review")
_NUMBERS: Final = frozenset({_LEVEL, _CONFIDENCE})
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_KEPT_ROWS: Final = 20_000
_ROW: Final = b"\0"


class LabelStyles(NamedTuple):
    """The numbers of the cell formats for the labels; None is no format."""

    header: int | None = None
    text: int | None = None
    confidence: int | None = None
    levels: tuple[int | None, ...] = (None, None, None, None)
    review: int | None = None

    def of(self, column: int, text: str) -> int | None:
        """Return the format for a label in the label column of this index."""
        if column == _LEVEL and text:
            return self.levels[int(text) - 1]
        if column == _REVIEW and text == "yes":
            return self.review
        return self.confidence if column == _CONFIDENCE else self.text


def label_width(index: int, name: str) -> int:
    """Return the width in characters of a label column, by its index and its name.

    The header fits beside the button of a filter.

    >>> label_width(0, "pmo_track"), label_width(0, "pmo_track_current_title")
    (13, 27)
    """
    return max(_WIDTHS[index], min(len(name) + _FILTER_BUTTON, _WIDEST))


def cell_string(text: str) -> str:
    r"""Return a text that a workbook may hold: no control characters, no more than Excel allows.

    >>> cell_string("PMO\x00 Lead"), len(cell_string("x" * 40_000))
    ('PMO Lead', 32767)
    """
    return _NOT_XML.sub("", text)[:LONGEST_TEXT]


def text_cell(text: str, prefix: str = "") -> bytes:
    """Return a text as the content of a cell; what looks like one of Excel's escapes is escaped.

    >>> text_cell("a _x0041_ ")
    b'<is><t xml:space="preserve">a _x005F_x0041_ </t></is>'
    """
    clean = cell_string(text)
    space = ' xml:space="preserve"' if clean != clean.strip() or "\n" in clean else ""
    unescaped = _LOOKS_ESCAPED.sub("_x005F_", clean)
    written = html.escape(unescaped, quote=False).replace("\r", "_x000D_")
    return f"<{prefix}is><{prefix}t{space}>{written}</{prefix}t></{prefix}is>".encode()


class XmlCellWriter:
    """Writes the label cells of rows; rows with the same labels share their XML."""

    def __init__(
        self, columns: Mapping[int, int], names: LabelSet, styles: LabelStyles, prefix: str
    ) -> None:
        self._letters = {at: column_letter(column - 1) for at, column in columns.items()}
        self._names = names
        self._styles = styles
        self._prefix = prefix
        self._known: dict[tuple[LabelCells, tuple[int, ...]], bytes] = {}

    def header(self, row: int, labels: Sequence[int]) -> bytes:
        """Return the header cells of the label columns with these indexes."""
        cells = (self._text(at, self._names.name(at), self._styles.header) for at in labels)
        return b"".join(cells).replace(_ROW, b"%d" % row)

    def row(self, row: int, cells: LabelCells, labels: tuple[int, ...]) -> bytes:
        """Return the cells of a row for these label columns; an empty label has none."""
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
        style_attribute = "" if style is None else f' s="{style}"'
        return f'<{self._prefix}c r="{self._letters[at]}\0"{style_attribute}'
