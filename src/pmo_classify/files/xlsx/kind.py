"""Which kind of workbook a file is, by its ending and by what it holds."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import Final

from pmo_classify.files.output import check_regular
from pmo_classify.files.xlsx.limits import fault

__all__ = ["ENDINGS", "Kind", "kind_of"]


class Kind(Enum):
    """How a workbook is labelled: patched in its package, or read and written anew."""

    PACKAGE = auto()
    OLD = auto()


ENDINGS: Final = {
    ".xlsx": Kind.PACKAGE,
    ".xlsm": Kind.PACKAGE,
    ".xls": Kind.OLD,
    ".ods": Kind.OLD,
}
"""The endings of the workbooks that can be labelled."""

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_LOOKED_AT: Final = 1 << 20


def kind_of(source: Path) -> Kind:
    """Tell the kind; a ``FileError`` where the file is none that can be labelled."""
    ending = source.suffix.lower()
    if ending == ".xlsb":
        raise fault(source, "", "a binary workbook cannot be read: save it as .xlsx in Excel")
    kind = ENDINGS.get(ending)
    if kind is None:
        raise fault(source, "", f"not a workbook by its ending {ending!r}: save it as .xlsx")
    check_regular(source)
    try:
        with source.open("rb") as handle:
            head = handle.read(_LOOKED_AT)
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
        message = f"it is no {ending} file, whatever its name: {_advice(head)}"
        raise fault(source, "", message)
    return kind


def _advice(head: bytes) -> str:
    start = head[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return "it is a web page or XML; open it in Excel and save it as .xlsx"
    if b"\0" in head[:4_096]:
        return "fetch it again, or open it in Excel and save it as .xlsx"
    return "it is text; if it is a table, rename it to .csv"
