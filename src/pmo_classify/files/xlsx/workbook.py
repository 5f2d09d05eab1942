"""The main part of a workbook, and the sheets that it lists."""

from __future__ import annotations

from typing import NamedTuple

from pmo_classify.files.xlsx.limits import fault
from pmo_classify.files.xlsx.package import Package

__all__ = ["Sheet", "all_sheets", "wanted_sheets", "workbook_part"]


class Sheet(NamedTuple):
    """A sheet as the workbook lists it; ``position`` counts all sheets from 0."""

    name: str
    part: str
    position: int
    visible: bool


def workbook_part(package: Package) -> str:
    """Give the name of the workbook's main part; a ``FileError`` where it is another document."""
    part = package.related("", "officeDocument")
    if part is None:
        message = "there is no workbook in it: save it as .xlsx in Excel"
        raise fault(package.source, "", message)
    if part.lower().endswith(".bin"):
        message = "it is a binary workbook: save it as .xlsx in Excel"
        raise fault(package.source, "", message)
    if package.parse(part)[1].local != "workbook":
        message = "it is not a workbook but another kind of document: save the table as .xlsx"
        raise fault(package.source, "", message)
    return part


def wanted_sheets(package: Package, workbook: str, wanted: str | None) -> list[Sheet]:
    """Give the sheets to look at: the visible ones, or the one that is named."""
    sheets = all_sheets(package, workbook)
    if wanted is None:
        return [sheet for sheet in sheets if sheet.visible]
    folded = wanted.strip().casefold()
    found = [sheet for sheet in sheets if sheet.name.strip().casefold() == folded]
    if not found:
        listing = ", ".join(repr(sheet.name) for sheet in sheets)
        message = f"there is no sheet {wanted!r}: name one of {listing}"
        raise fault(package.source, "", message)
    return found


def all_sheets(package: Package, workbook: str) -> list[Sheet]:
    """Give all sheets of cells that the workbook lists, in its order."""
    _, root = package.parse(workbook)
    parts = {
        relation.id: relation.part
        for relation in package.relations(workbook)
        if relation.kind == "worksheet" and package.name(relation.part)
    }
    listed = root.first("sheets")
    found = []
    for position, node in enumerate(listed.children if listed else []):
        given = node.attributes
        link = next((value for name, value in given.items() if name.endswith(":id")), "")
        if link in parts:
            visible = given.get("state", "visible") == "visible"
            found.append(Sheet(given.get("name", ""), parts[link], position, visible))
    return found
