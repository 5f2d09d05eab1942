"""Tables and filters of a sheet: widened to cover the label columns where that is safe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pmo_classify.files.xlsx.cell_range import (
    CellRange,
    column_letter,
    parse_range,
    range_text,
)
from pmo_classify.files.xlsx.package import Package
from pmo_classify.files.xlsx.xml import Edit, Node, apply_edits, number_of, quoted, with_attributes
from pmo_classify.labelling.xlsx.cells import cell_string

__all__ = [
    "FilterNameDiffers",
    "Table",
    "drawing_right",
    "filter_name_edit",
    "read_table",
]

_ABSOLUTE: Final = re.compile(r"(.*!)\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", re.DOTALL)


class FilterNameDiffers(Exception):  # noqa: N818 - a state of the workbook, which becomes a warning
    """The hidden name of a sheet's filter differs from the filter."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet: its part, name and cells, and the objection to widening it, if any."""

    part: str
    name: str
    cells: CellRange
    data: bytes
    root: Node
    objection: str | None

    @property
    def last_data_row(self) -> int:
        """The last row before the totals."""
        return self.cells.bottom - _number(self.root, "totalsRowCount")

    def widened(self, names: Sequence[str]) -> bytes:
        """Return the part with new columns at the right, in range, filter, count and names."""
        cells = self.cells._replace(right=self.cells.right + len(names))
        root, data = self.root, self.data
        columns = _columns(root)
        ids = [_number(node, "id") for node in columns.children]
        p = root.prefix
        new = b"".join(
            b'<%stableColumn id="%d" name=%s/>' % (p.encode(), number, quoted(name))
            for number, name in enumerate(names, max(ids) + 1)
        )
        count = str(len(ids) + len(names))
        edits = [
            _tag_edit(data, root, {"ref": range_text(cells)}),
            _tag_edit(data, columns, {"count": count}),
            Edit(columns.inner_end, columns.inner_end, new),
        ]
        own_filter = root.first("autoFilter")
        old = parse_range(own_filter.attributes.get("ref", "")) if own_filter else None
        if own_filter and old and old.right == self.cells.right:
            wide = range_text(old._replace(right=cells.right))
            edits.append(_tag_edit(data, own_filter, {"ref": wide}))
        return apply_edits(data, edits)


def _number(node: Node, name: str) -> int:
    """Return an attribute that is a number; 0 if it is not."""
    return number_of(node.attributes.get(name, "0"))


def _tag_edit(data: bytes, node: Node, values: dict[str, str]) -> Edit:
    tag = with_attributes(data[node.start : node.inner], values)
    return Edit(node.start, node.inner, tag)


def _columns(root: Node) -> Node:
    found = root.first("tableColumns")
    return found if found is not None else Node("tableColumns", {}, 0)


def read_table(package: Package, part: str, header: Sequence[str]) -> Table | None:
    """Return a table; None if its range cannot be read.

    ``header`` is the text of the row with the header of the titles, from column A on.
    """
    data, root = package.parse(part)
    cells = parse_range(root.attributes.get("ref", ""))
    if cells is None:
        return None
    name = root.attributes.get("displayName") or root.attributes.get("name", "")
    return Table(part, name, cells, data, root, _objection(package, part, root, cells, header))


def _objection(
    package: Package, part: str, root: Node, cells: CellRange, header: Sequence[str]
) -> str | None:
    attributes = root.attributes
    columns = _columns(root).children
    names = [_as_name(column.attributes.get("name", "")) for column in columns]
    header_names = [_as_name(cell_string(text)) for text in header[cells.left - 1 : cells.right]]
    relations = {relation.kind for relation in package.relations(part)}
    objections = {
        "it is filled by a query": attributes.get("tableType", "worksheet") != "worksheet"
        or "queryTable" in relations
        or any("queryTableFieldId" in column.attributes for column in columns),
        "it has no header row": attributes.get("headerRowCount", "1") != "1",
        "its columns do not fill its range": not names
        or len(names) != cells.right - cells.left + 1,
        "its header cells are not its columns' names": header_names != names,
        "two of its columns have the same name": len(set(names)) < len(names),
        "it is written in an unusual way": package.read(part)[1] is not None,
    }
    return next((what for what, holds in objections.items() if holds), None)


def _as_name(text: str) -> str:
    """Return a form in which header cells equal column names, which have escaped line breaks."""
    plain = text.replace("_x000a_", "\n").replace("_x000A_", "\n").replace("_x000d_", "\r")
    return " ".join(plain.replace("_x000D_", "\r").split()).casefold()


def drawing_right(package: Package, part: str) -> int:
    """Return the last column that a picture, chart or button of a drawing covers, 0 for none."""
    data, root = package.parse(part)
    right = 0
    for node in root.walk():
        if node.local == "to" or (node.local == "from" and node.prefix == root.prefix):
            column = node.first("col")
            if column is not None:
                text = data[column.inner : column.inner_end].strip()
                right = max(right, int(text[:6]) + 1 if text.isdigit() else 0)
    return right


def filter_name_edit(
    data: bytes, root: Node, sheet: int, old: CellRange, new: CellRange
) -> Edit | None:
    """Return the edit of the hidden name that Excel keeps for a filter; None if it has none.

    ``FilterNameDiffers`` means that neither may be changed.
    """
    names = root.first("definedNames")
    for node in names.all("definedName") if names else []:
        attributes = node.attributes
        is_own = attributes.get("localSheetId") == str(sheet)
        if not is_own or attributes.get("name", "").casefold() != "_xlnm._filterdatabase":
            continue
        text = data[node.inner : node.inner_end].decode()
        found = _ABSOLUTE.fullmatch(text)
        if found is None or parse_range(text[found.end(1) :]) != old:
            raise FilterNameDiffers(text)
        left, right = column_letter(new.left - 1), column_letter(new.right - 1)
        wide = f"{found[1]}${left}${new.top}:${right}${new.bottom}"
        return Edit(node.inner, node.inner_end, wide.encode())
    return None
