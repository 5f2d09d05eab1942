"""One more sheet at the end of a workbook, whose other parts keep their bytes."""

from __future__ import annotations

import posixpath
from typing import Final, NamedTuple

from pmo_classify.files.xlsx.limits import fault
from pmo_classify.files.xlsx.package import Package
from pmo_classify.files.xlsx.xml import (
    Edit,
    Node,
    apply_edits,
    decode,
    number_of,
    parse_part,
    quoted,
    with_attributes,
)

__all__ = ["NewSheet", "plan_new_sheet"]

_CONTENT_TYPES: Final = "[Content_Types].xml"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_REPAIR: Final = "open the workbook in Excel, and save it again"


class NewSheet(NamedTuple):
    """The part of a new sheet, the namespace of its elements, and the parts that list it."""

    part: str
    namespace: str
    changed: dict[str, bytes]


def plan_new_sheet(package: Package, workbook: str, name: str, changed: bytes | None) -> NewSheet:
    """Plan a visible sheet at the end of the workbook; nothing is written.

    ``changed`` are the bytes of the workbook part if they change anyway. A ``FileError`` says that
    the workbook has a sheet of this name already, or cannot take one more.
    """
    data, codec = package.read(workbook) if changed is None else decode(changed)
    root = parse_part(data)
    sheets = root.first("sheets")
    last = sheets.children[-1] if sheets and sheets.children else None
    folder, file = posixpath.split(workbook)
    relations = package.name(posixpath.join(folder, "_rels", f"{file}.rels"))
    types = package.name(_CONTENT_TYPES)
    if sheets is None or last is None or relations is None or types is None:
        raise fault(package.source, "", f"no sheet can be added to it: {_REPAIR}")
    if any(s.attributes.get("name", "").casefold() == name.casefold() for s in sheets.children):
        message = f"there is a sheet {name!r} already: delete or rename it"
        raise fault(package.source, "", message)
    part = _free_part(package, folder)
    identity, relations_data = _related(package, relations, part)
    listed = _listed(sheets, last, name, identity)
    book = apply_edits(data, [Edit(last.end, last.end, listed)])
    changes = {
        workbook: book.decode().encode(codec) if codec else book,
        relations: relations_data,
        types: _typed(package, types, part),
    }
    return NewSheet(part, root.attributes.get(_namespace_name(root), ""), changes)


def _namespace_name(root: Node) -> str:
    return f"xmlns:{root.prefix[:-1]}" if root.prefix else "xmlns"


def _free_part(package: Package, folder: str) -> str:
    number = 1
    while package.name(part := posixpath.join(folder, f"worksheets/sheet{number}.xml")):
        number += 1
    return part


def _listed(sheets: Node, last: Node, name: str, identity: str) -> bytes:
    link = next(key for key in last.attributes if key.endswith(":id"))
    number = 1 + max(number_of(sheet.attributes.get("sheetId", "")) for sheet in sheets.children)
    # Some writers declare the prefix of the link at each sheet.
    own = {key: value for key, value in last.attributes.items() if key.startswith("xmlns")}
    values = {"name": name, "sheetId": str(number), link: identity, **own}
    return with_attributes(b"<%s/>" % last.name.encode(), values)


def _related(package: Package, relations: str, part: str) -> tuple[str, bytes]:
    """Return the id of a new relationship to a sheet, and the part that holds it."""
    data, codec = package.read(relations)
    root = parse_part(data)
    taken = {node.attributes.get("Id", "") for node in root.children}
    number = len(taken) + 1
    while f"rId{number}" in taken:
        number += 1
    sheets = (n for n in root.children if n.attributes.get("Type", "").endswith("/worksheet"))
    # A workbook of the strict kind has another name for the type.
    kind = next(sheets).attributes["Type"]
    node = b"<%sRelationship Id=%s Type=%s Target=%s/>" % (
        root.prefix.encode(),
        quoted(f"rId{number}"),
        quoted(kind),
        quoted(f"/{part}"),
    )
    changed = apply_edits(data, [Edit(root.inner_end, root.inner_end, node)])
    return f"rId{number}", changed.decode().encode(codec) if codec else changed


def _typed(package: Package, types: str, part: str) -> bytes:
    data, codec = package.read(types)
    root = parse_part(data)
    node = b"<%sOverride PartName=%s ContentType=%s/>" % (
        root.prefix.encode(),
        quoted(f"/{part}"),
        quoted(_SHEET_TYPE),
    )
    changed = apply_edits(data, [Edit(root.inner_end, root.inner_end, node)])
    return changed.decode().encode(codec) if codec else changed
