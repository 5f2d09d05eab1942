"""What kind of workbook a file is, its main part, and the sheets that it lists."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.files.output import check_regular
from pmo_classify.files.xlsx.limits import fault
from pmo_classify.files.xlsx.package import Package

__all__ = [
    "WORKBOOK_ENDINGS",
    "Sheet",
    "WorkbookKind",
    "all_sheets",
    "wanted_sheets",
    "workbook_kind",
    "workbook_part",
]

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_HEAD_BYTES: Final = 1 << 20


class WorkbookKind(Enum):
    """How a workbook is stored: as a package of XML parts, or in an older format."""

    PACKAGE = auto()
    LEGACY = auto()


WORKBOOK_ENDINGS: Final = {
    ".xlsx": WorkbookKind.PACKAGE,
    ".xlsm": WorkbookKind.PACKAGE,
    ".xls": WorkbookKind.LEGACY,
    ".ods": WorkbookKind.LEGACY,
}
"""The endings of the workbooks that can be read."""


def workbook_kind(source: Path) -> WorkbookKind:
    """Return the kind of a workbook; a ``FileError`` says why a file cannot be read as one."""
    ending = source.suffix.lower()
    if ending == ".xlsb":
        raise fault(source, "", "a binary workbook cannot be read: save it as .xlsx in Excel")
    kind = WORKBOOK_ENDINGS.get(ending)
    if kind is None:
        raise fault(source, "", f"not a workbook by its ending {ending!r}: save it as .xlsx")
    check_regular(source)
    try:
        with source.open("rb") as handle:
            head = handle.read(_HEAD_BYTES)
    except OSError as error:
        raise fault(source, "", f"cannot be read: {error.strerror or error}") from None
    if not head:
        raise fault(source, "", "the file is empty: fetch it again")
    if head.startswith(_COMPOUND):
        if _ENCRYPTED in head:
            message = "it is protected by a password: save it without one, and run again"
            raise fault(source, "", message)
        if ending != ".xls":
            message = f"it is an old Excel file and not {ending}: rename it to .xls, and run again"
            raise fault(source, "", message)
    elif head.startswith(_ZIP) and ending == ".xls":
        message = "it is a newer Excel file: rename it to .xlsx, and run again"
        raise fault(source, "", message)
    elif not head.startswith(_ZIP):
        message = f"its content is not that of a {ending} file: {_advice(head)}"
        raise fault(source, "", message)
    return kind


def _advice(head: bytes) -> str:
    start = head[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return "it is a web page or XML; open it in Excel and save it as .xlsx"
    if b"\0" in head[:4_096]:
        return "fetch it again, or open it in Excel and save it as .xlsx"
    return "it is text: if it is a table, rename it to .csv"


class Sheet(NamedTuple):
    """A sheet as the workbook lists it; ``position`` counts all sheets from 0."""

    name: str
    part: str
    position: int
    visible: bool


def workbook_part(package: Package) -> str:
    """Return the name of the main part; a ``FileError`` says that it is another document."""
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
    """Return the sheets to read: the visible ones, or the one that is named."""
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
    """Return all sheets of cells that the workbook lists, in its order."""
    _, root = package.parse(workbook)
    parts = {
        relation.id: relation.part
        for relation in package.relations(workbook)
        if relation.kind == "worksheet" and package.name(relation.part)
    }
    listed = root.first("sheets")
    sheets = []
    for position, node in enumerate(listed.children if listed else []):
        attributes = node.attributes
        link = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        if link in parts:
            visible = attributes.get("state", "visible") == "visible"
            sheets.append(Sheet(attributes.get("name", ""), parts[link], position, visible))
    return sheets
