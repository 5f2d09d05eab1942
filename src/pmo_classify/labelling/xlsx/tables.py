"""Tables and filters of a sheet: widened over the label columns where that is safe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pmo_classify.files.title_column import column_letter
from pmo_classify.files.xlsx.cell_range import Area, area_text, parse_area
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


class FilterNameDiffers(Exception):  # noqa: N818 - a state of the workbook, which a warning tells
    """The hidden name of a sheet's filter says something else than the filter."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet: its part, its name, its area, and what speaks against widening it."""

    part: str
    name: str
    area: Area
    data: bytes
    root: Node
    objection: str | None

    @property
    def last_data_row(self) -> int:
        """The last row before the totals."""
        return self.area.bottom - _number(self.root, "totalsRowCount")

    def widened(self, names: Sequence[str]) -> bytes:
        """Give the part with new columns at its right: area, filter, count and columns together."""
        area = self.area._replace(right=self.area.right + len(names))
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
            _tag_edit(data, root, {"ref": area_text(area)}),
            _tag_edit(data, columns, {"count": count}),
            Edit(columns.inner_end, columns.inner_end, new),
        ]
        own_filter = root.first("autoFilter")
        old = parse_area(own_filter.attributes.get("ref", "")) if own_filter else None
        if own_filter and old and old.right == self.area.right:
            wide = area_text(old._replace(right=area.right))
            edits.append(_tag_edit(data, own_filter, {"ref": wide}))
        return apply_edits(data, edits)


def _number(node: Node, name: str) -> int:
    """Give an attribute that counts; 0 where it is none that could be."""
    return number_of(node.attributes.get(name, "0"))


def _tag_edit(data: bytes, node: Node, values: dict[str, str]) -> Edit:
    tag = with_attributes(data[node.start : node.inner], values)
    return Edit(node.start, node.inner, tag)


def _columns(root: Node) -> Node:
    found = root.first("tableColumns")
    return found if found is not None else Node("tableColumns", {}, 0)


def read_table(package: Package, part: str, header: Sequence[str]) -> Table | None:
    """Read a table; None where it says no area that could be understood.

    ``header`` is the text of the row in which the titles' header stands, from column A on.
    """
    data, root = package.parse(part)
    area = parse_area(root.attributes.get("ref", ""))
    if area is None:
        return None
    name = root.attributes.get("displayName") or root.attributes.get("name", "")
    return Table(part, name, area, data, root, _objection(package, part, root, area, header))


def _objection(
    package: Package, part: str, root: Node, area: Area, header: Sequence[str]
) -> str | None:
    given = root.attributes
    columns = _columns(root).children
    names = [_as_name(column.attributes.get("name", "")) for column in columns]
    cells = [_as_name(cell_string(text)) for text in header[area.left - 1 : area.right]]
    relations = {relation.kind for relation in package.relations(part)}
    objections = {
        "it is filled by a query": given.get("tableType", "worksheet") != "worksheet"
        or "queryTable" in relations
        or any("queryTableFieldId" in column.attributes for column in columns),
        "it has no header row": given.get("headerRowCount", "1") != "1",
        "its columns do not fill its area": not names or len(names) != area.right - area.left + 1,
        "its header cells are not its columns' names": cells != names,
        "two of its columns have the same name": len(set(names)) < len(names),
        "it is written in an unusual way": package.read(part)[1] is not None,
    }
    return next((what for what, holds in objections.items() if holds), None)


def _as_name(text: str) -> str:
    """Bring a header cell and a column's name, which writes line breaks as escapes, together."""
    plain = text.replace("_x000a_", "\n").replace("_x000A_", "\n").replace("_x000d_", "\r")
    return " ".join(plain.replace("_x000D_", "\r").split()).casefold()


def drawing_right(package: Package, part: str) -> int:
    """Give the last column that a picture, chart or button of a drawing covers, 0 for none."""
    data, root = package.parse(part)
    right = 0
    for node in root.walk():
        if node.local == "to" or (node.local == "from" and node.prefix == root.prefix):
            column = node.first("col")
            if column is not None:
                text = data[column.inner : column.inner_end].strip()
                right = max(right, int(text[:6]) + 1 if text.isdigit() else 0)
    return right


def filter_name_edit(data: bytes, root: Node, sheet: int, old: Area, new: Area) -> Edit | None:
    """Widen the hidden name that Excel keeps for a sheet's filter; None where it has none.

    ``FilterNameDiffers`` means that neither may be touched.
    """
    names = root.first("definedNames")
    for node in names.all("definedName") if names else []:
        given = node.attributes
        own = given.get("localSheetId") == str(sheet)
        if not own or given.get("name", "").casefold() != "_xlnm._filterdatabase":
            continue
        text = data[node.inner : node.inner_end].decode()
        found = _ABSOLUTE.fullmatch(text)
        if found is None or parse_area(text[found.end(1) :]) != old:
            raise FilterNameDiffers(text)
        left, right = column_letter(new.left - 1), column_letter(new.right - 1)
        wide = f"{found[1]}${left}${new.top}:${right}${new.bottom}"
        return Edit(node.inner, node.inner_end, wide.encode())
    return None
