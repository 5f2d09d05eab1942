"""New sheets at the end of a workbook: their parts, and the edits of the parts that list them."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from pmo_classify.files.xlsx.limits import fault
from pmo_classify.files.xlsx.package import Package
from pmo_classify.files.xlsx.xml import (
    Edit,
    Node,
    apply_edits,
    number_of,
    quoted,
    with_attributes,
)

__all__ = ["NewSheets", "new_sheets", "sheet_start"]

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REPAIR: Final = "open the workbook in Excel, and save it again"


class NewSheets(NamedTuple):
    """What new sheets add to a workbook.

    ``parts`` are the names of their parts, in the order of the sheets, and ``namespace`` is that of
    their elements; ``changed`` has the new content of the parts that list all sheets and parts,
    and ``book_edits`` are those of the main part.
    """

    parts: list[str]
    namespace: str
    changed: dict[str, bytes]
    book_edits: list[Edit]


def sheet_start(namespace: str) -> bytes:
    """Return how the part of a sheet starts; ``</worksheet>`` ends it."""
    return _DECLARATION + b"<worksheet xmlns=%s>" % quoted(namespace)


def new_sheets(package: Package, workbook: str, names: Sequence[str]) -> NewSheets:
    """Return what sheets with these names add to a workbook.

    ``workbook`` is the name of the main part. A ``FileError`` says why no sheet can be added.
    """
    root = package.parse(workbook)[1]
    listed = root.first("sheets")
    first = listed.children[0] if listed and listed.children else Node("", {}, 0)
    link_name = next((key for key in first.attributes if key.endswith(":id")), None)
    if listed is None or link_name is None:
        raise fault(package.source, workbook, f"it lists no sheets: {_REPAIR}")
    space = root.attributes.get(f"xmlns:{root.prefix[:-1]}" if root.prefix else "xmlns", "")
    rels, rels_root = _relations(package, workbook)
    kind = next(
        node.attributes["Type"]
        for node in rels_root.all("Relationship")
        if node.attributes.get("Type", "").endswith("/worksheet")
    )
    types = package.name("[Content_Types].xml") or "[Content_Types].xml"
    types_root = package.parse(types)[1]
    ids = {node.attributes.get("Id") for node in rels_root.children}
    number = max(number_of(node.attributes.get("sheetId", "")) for node in listed.children)
    # Some writers declare the prefix of the link at each sheet.
    own = {key: value for key, value in first.attributes.items() if key.startswith("xmlns")}
    parts: list[str] = []
    entries = relations = overrides = b""
    for name in names:
        number += 1
        part = _free(
            posixpath.join("xl/worksheets", "pmo_sheet{}.xml"),
            lambda text: package.name(text) or text in parts,
        )
        link = _free("rIdPmo{}", ids.__contains__)
        parts.append(part)
        ids.add(link)
        values = {"name": name, "sheetId": str(number), link_name: link, **own}
        entries += with_attributes(b"<%s/>" % first.name.encode(), values)
        relations += b"<%sRelationship Id=%s Type=%s Target=%s/>" % (
            rels_root.prefix.encode(),
            quoted(link),
            quoted(kind),
            quoted(f"/{part}"),
        )
        overrides += b"<%sOverride PartName=%s ContentType=%s/>" % (
            types_root.prefix.encode(),
            quoted(f"/{part}"),
            quoted(_TYPE),
        )
    return NewSheets(
        parts,
        space,
        {rels: _with_last(package, rels, relations), types: _with_last(package, types, overrides)},
        [Edit(listed.inner_end, listed.inner_end, entries)],
    )


def _relations(package: Package, part: str) -> tuple[str, Node]:
    folder, name = posixpath.split(part.replace("\\", "/"))
    rels = package.name(posixpath.join(folder, "_rels", f"{name}.rels"))
    if rels is None:
        raise fault(package.source, part, f"it lists no sheets: {_REPAIR}")
    return rels, package.parse(rels)[1]


def _free(pattern: str, taken: Callable[[str], object]) -> str:
    """Return the first name of a pattern that is not taken."""
    numbers = itertools.chain([""], itertools.count(2))
    return next(name for number in numbers if not taken(name := pattern.format(number)))


def _with_last(package: Package, part: str, elements: bytes) -> bytes:
    """Return a part with new elements at the end of its root."""
    data, codec = package.read(part)
    end = package.parse(part)[1].inner_end
    new = apply_edits(data, [Edit(end, end, elements)])
    return new.decode().encode(codec) if codec else new
