"""A new sheet at the end of a workbook: its part, and the edits of the parts that list it."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Callable
from typing import Final, NamedTuple

from pmo_classify.files.xlsx.limits import fault
from pmo_classify.files.xlsx.package import Package
from pmo_classify.files.xlsx.xml import Edit, Node, apply_edits, number_of, quoted

__all__ = ["NewSheet", "new_sheet"]

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REPAIR: Final = "open the workbook in Excel, and save it again"


class NewSheet(NamedTuple):
    """What a new sheet adds to a workbook.

    ``part`` is the name of its part and ``data`` its content; ``changed`` has the new content of
    the parts that list all sheets and parts, and ``book_edits`` are those of the main part.
    """

    part: str
    data: bytes
    changed: dict[str, bytes]
    book_edits: list[Edit]


def new_sheet(package: Package, workbook: str, name: str, content: bytes) -> NewSheet:
    """Return what a sheet with this name adds; ``content`` is what its ``worksheet`` element holds.

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
    part = _free(posixpath.join("xl/worksheets", "pmo_legend{}.xml"), package.name)
    ids = {node.attributes.get("Id") for node in rels_root.children}
    link = _free("rIdPmo{}", lambda text: text if text in ids else None)
    number = max(number_of(node.attributes.get("sheetId", "")) for node in listed.children) + 1
    entry = b"<%s name=%s sheetId=%s %s=%s/>" % (
        first.name.encode(),
        quoted(name),
        quoted(str(number)),
        link_name.encode(),
        quoted(link),
    )
    relation = b"<%sRelationship Id=%s Type=%s Target=%s/>" % (
        rels_root.prefix.encode(),
        quoted(link),
        quoted(kind),
        quoted(f"/{part}"),
    )
    types = package.name("[Content_Types].xml") or "[Content_Types].xml"
    types_root = package.parse(types)[1]
    override = b"<%sOverride PartName=%s ContentType=%s/>" % (
        types_root.prefix.encode(),
        quoted(f"/{part}"),
        quoted(_TYPE),
    )
    return NewSheet(
        part,
        _DECLARATION + b"<worksheet xmlns=%s>%s</worksheet>" % (quoted(space), content),
        {rels: _with_last(package, rels, relation), types: _with_last(package, types, override)},
        [Edit(listed.inner_end, listed.inner_end, entry)],
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


def _with_last(package: Package, part: str, element: bytes) -> bytes:
    """Return a part with a new element at the end of its root."""
    data, codec = package.read(part)
    end = package.parse(part)[1].inner_end
    new = apply_edits(data, [Edit(end, end, element)])
    return new.decode().encode(codec) if codec else new
