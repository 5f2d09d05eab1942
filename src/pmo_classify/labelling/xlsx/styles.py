"""Cell formats for the labels, added to those of a workbook, none of which changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pmo_classify.files.xlsx.xml import Edit, Node, apply_edits, tag_end, with_attributes
from pmo_classify.labelling.xlsx.cells import LabelStyles

__all__ = ["HEADING_COLOUR", "LEVEL_COLOURS", "REVIEW_COLOUR", "LegendStyles", "StyleSheet"]

LEVEL_COLOURS: Final = ("DDEBF7", "BDD7EE", "9BC2E6", "5B9BD5")
"""Levels 1 to 4, from light to strong."""

REVIEW_COLOUR: Final = "FFC000"
"""Rows that need a review."""

HEADING_COLOUR: Final = "E4EAF1"
"""Headings of the legend."""

_TWO_DECIMALS: Final = "2"
_DROPPED: Final = ("quotePrefix", "pivotButton")


class _Group:
    """A counted list of a style sheet, such as ``fills``: its items, and those added.

    ``reserved`` are the first items as Excel has them, whatever a workbook writes there.
    """

    def __init__(self, data: bytes, node: Node, reserved: Sequence[bytes] = ()) -> None:
        self._node = node
        self._data = data
        self._items = [data[child.start : child.end] for child in node.children]
        self._old = len(self._items)
        self._items += reserved[self._old :]
        self._reserved = len(reserved)

    def item(self, index: int) -> bytes | None:
        """Return the item of this number, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def add(self, item: bytes) -> int:
        """Return the number of an item, which is added if it is missing."""
        if item not in self._items[self._reserved :]:
            self._items.append(item)
        return self._items.index(item, self._reserved)

    def edits(self) -> list[Edit]:
        """Return the edits that add the new items."""
        new = self._items[self._old :]
        if not new:
            return []
        node = self._node
        tag = with_attributes(self._data[node.start : node.inner], {"count": str(len(self._items))})
        if node.closes_itself:
            closed = tag.removesuffix(b"/>") + b">" + b"".join(new)
            return [Edit(node.start, node.end, closed + b"</%s>" % node.name.encode())]
        return [
            Edit(node.start, node.inner, tag),
            Edit(node.inner_end, node.inner_end, b"".join(new)),
        ]


class LegendStyles(NamedTuple):
    """The numbers of the cell formats for the legend; None is no format."""

    heading: int | None = None
    name: int | None = None
    text: int | None = None
    levels: tuple[int | None, ...] = (None, None, None, None)
    review: int | None = None


class StyleSheet:
    """The style sheet of a workbook, with formats for the labels."""

    def __init__(self, data: bytes, root: Node) -> None:
        self._data = data
        self._prefix = root.prefix
        fills, formats, fonts = map(root.first, ("fills", "cellXfs", "fonts"))
        self._fills = _Group(data, fills, _reserved_fills(self._prefix)) if fills else None
        self._fonts = _Group(data, fonts) if fonts else None
        self._formats = _Group(data, formats) if formats and formats.children else None

    def for_labels(self, header: int, data_cell: int) -> LabelStyles:
        """Return the formats for the labels of a sheet.

        They follow the sheet: the header has the format of its neighbour, and the other cells have
        the font, border and alignment of the title cell, with the colours of the labels.
        """
        if self._fills is None or self._formats is None:
            return LabelStyles()
        base = self._formats.item(data_cell) or self._formats.item(0) or b""
        plain = _with(base, {"fillId": "0"})
        return LabelStyles(
            header=header if self._formats.item(header) else None,
            text=self._formats.add(plain),
            confidence=self._formats.add(
                _with(plain, {"numFmtId": _TWO_DECIMALS, "applyNumberFormat": "1"})
            ),
            levels=tuple(
                self._coloured(_with(plain, {"numFmtId": "0"}), colour) for colour in LEVEL_COLOURS
            ),
            review=self._coloured(plain, REVIEW_COLOUR),
        )

    def for_legend(self) -> LegendStyles:
        """Return the formats for the legend, in the usual font of the workbook."""
        if self._fills is None or self._formats is None or self._fonts is None:
            return LegendStyles()
        p = self._prefix
        usual = self._fonts.item(0) or f"<{p}font></{p}font>".encode()
        bold = self._fonts.add(_bold(usual, p))
        rest = f'><{p}alignment vertical="top" wrapText="1"/></{p}xf>'

        def form(font: int) -> bytes:
            tag = f'<{p}xf numFmtId="0" fontId="{font}" fillId="0" borderId="0" xfId="0" '
            return f'{tag}applyFont="1" applyAlignment="1"{rest}'.encode()

        return LegendStyles(
            heading=self._coloured(form(bold), HEADING_COLOUR),
            name=self._formats.add(form(bold)),
            text=self._formats.add(form(0)),
            levels=tuple(self._coloured(form(bold), colour) for colour in LEVEL_COLOURS),
            review=self._coloured(form(bold), REVIEW_COLOUR),
        )

    def _coloured(self, base: bytes, colour: str) -> int | None:
        if self._fills is None or self._formats is None:
            return None
        p = self._prefix
        fill = (
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{colour}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
        )
        number = self._fills.add(fill.encode())
        return self._formats.add(_with(base, {"fillId": str(number), "applyFill": "1"}))

    def changed(self) -> bytes:
        """Return the part with the new formats."""
        groups = (self._fills, self._formats, self._fonts)
        return apply_edits(
            self._data, [edit for group in groups if group for edit in group.edits()]
        )


def _reserved_fills(prefix: str) -> list[bytes]:
    """Return the first two fills, which Excel always takes for none and for grey dots."""
    return [
        f'<{prefix}fill><{prefix}patternFill patternType="{kind}"/></{prefix}fill>'.encode()
        for kind in ("none", "gray125")
    ]


def _bold(font: bytes, prefix: str) -> bytes:
    """Return a font in bold; a font that closes itself has no place for it and stays."""
    end = tag_end(font, 0)
    bold = f"<{prefix}b/>".encode()
    if bold in font or font[end - 2 : end] == b"/>":
        return font
    return font[:end] + bold + font[end:]


def _with(item: bytes, values: dict[str, str]) -> bytes:
    """Return a format with some attributes set, without those that only its own cells need."""
    end = tag_end(item, 0)
    off = {name: "0" for name in _DROPPED if b" %s=" % name.encode() in item[:end]}
    return with_attributes(item[:end], {**values, **off}) + item[end:]
