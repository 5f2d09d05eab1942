"""The ZIP package of a workbook: checked before it is unpacked, its parts found by relationship.

Relationships, not names, say which part is a sheet or the styles. Parts that do not change are
copied with their bytes, names and order.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from urllib.parse import unquote

from pmo_classify.files.packing import new_archive
from pmo_classify.files.xlsx.limits import (
    CHUNK,
    LARGEST_PACKAGE_BYTES,
    LARGEST_RATIO,
    LARGEST_SMALL_PART_BYTES,
    LARGEST_STRINGS_BYTES,
    MOST_PARTS,
    RATIO_FROM_BYTES,
    fault,
)
from pmo_classify.files.xlsx.xml import Node, UnreadableXml, check_start, decode, parse_part

__all__ = ["Package", "Relation", "check_zip", "open_package", "write_package"]

_REPAIR: Final = "open it in Excel, let it repair the file, and save it again"
_DISTRUST: Final = f"do not trust it, or {_REPAIR}"
_ENCRYPTED: Final = 1
_HEAD: Final = 1 << 16
_LEVEL: Final = 5
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)

_COMPRESSIONS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# UnicodeDecodeError comes from a name that is not text.
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
    KeyError,
)

PartWriter = Callable[[BinaryIO], None]


class Relation(NamedTuple):
    """A relationship of a part: its id, the last word of its type, and its target part."""

    id: str
    kind: str
    part: str


class Package:
    """The parts of an open workbook."""

    def __init__(self, source: Path, archive: zipfile.ZipFile) -> None:
        self.source = source
        self.archive = archive
        self._names = {_plain(info.filename): info.filename for info in archive.infolist()}

    def name(self, part: str) -> str | None:
        """Return the name of a part as the package has it, whatever the case; None if not there."""
        return self._names.get(_plain(part)) or self._names.get(_plain(unquote(part)))

    def open(self, part: str) -> BinaryIO:
        """Open a part for reading."""
        return self.archive.open(part)  # type: ignore[return-value]

    def read(self, part: str) -> tuple[bytes, str | None]:
        """Read a small part as UTF-8, and the codec to turn it back."""
        if self.archive.getinfo(part).file_size > LARGEST_SMALL_PART_BYTES:
            limit = LARGEST_SMALL_PART_BYTES >> 20
            raise fault(self.source, part, f"the part is larger than {limit} MiB: {_REPAIR}")
        try:
            return decode(self.archive.read(part))
        except UnreadableXml as error:
            raise fault(self.source, part, f"the part {error}: {_REPAIR}") from None

    def parse(self, part: str) -> tuple[bytes, Node]:
        """Read a small part as UTF-8, and its elements."""
        data, _ = self.read(part)
        try:
            return data, parse_part(data)
        except UnreadableXml as error:
            raise fault(self.source, part, f"the part {error}: {_REPAIR}") from None

    def relations(self, part: str) -> list[Relation]:
        """Return the relationships of a part; the empty name is the package itself."""
        folder, name = posixpath.split(part.replace("\\", "/"))
        rels = self.name(posixpath.join(folder, "_rels", f"{name}.rels"))
        if rels is None:
            return []
        _, root = self.parse(rels)
        found = []
        for node in root.all("Relationship"):
            attributes = node.attributes
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") == "External":
                continue
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.append(Relation(attributes.get("Id", ""), kind, self.name(path) or path))
        return found

    def related(self, part: str, kind: str) -> str | None:
        """Return the first existing target of a part with this kind of relationship."""
        parts = (relation.part for relation in self.relations(part) if relation.kind == kind)
        return next((name for name in parts if self.name(name)), None)


def _plain(part: str) -> str:
    """Return a form in which names of one part are equal: some programs write backslashes."""
    return part.replace("\\", "/").casefold()


@contextmanager
def open_package(source: Path) -> Iterator[Package]:
    """Open the package of a workbook and check it; any fault is a ``FileError``."""
    try:
        with zipfile.ZipFile(source) as archive:
            check_zip(source, archive)
            yield Package(source, archive)
    except _DAMAGED:
        message = f"the file is damaged or cut short: fetch it again, or {_REPAIR}"
        raise fault(source, "", message) from None
    except OSError as error:
        raise fault(source, "", f"cannot be read ({error}): fetch it again") from None


def check_zip(source: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a package that could do harm, or that cannot be read without a password."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(names) > MOST_PARTS:
        message = f"it holds {len(names):,} parts, and {MOST_PARTS:,} is the limit: {_REPAIR}"
        raise fault(source, "", message)
    # Readers of workbooks ignore case, and two readers must not read two different parts.
    if len(set(map(_plain, names))) < len(names):
        raise fault(source, "", f"two parts have the same name: {_REPAIR}")
    if sum(info.compress_size for info in infos) > source.stat().st_size:
        raise fault(source, "", f"its parts overlap, as in a zip bomb: {_DISTRUST}")
    total = sum(info.file_size for info in infos)
    if total > LARGEST_PACKAGE_BYTES:
        limit = LARGEST_PACKAGE_BYTES >> 30
        message = f"it unpacks to {total >> 20:,} MiB, and {limit} GiB is the limit: split it"
        raise fault(source, "", message)
    for info in infos:
        _check_member(source, info)
    for info in infos:
        _check_content(source, archive, info)


def _check_content(source: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Refuse a part with a document type, or that unpacks to more than the package says.

    Other readers of the part may go by its content, not by the stated size.
    """
    whole = copy(info)
    whole.file_size += 1
    with archive.open(whole) as part:
        head = part.read(_HEAD)
        size = len(head)
        while chunk := part.read(CHUNK):
            size += len(chunk)
    if size > info.file_size:
        message = f"the part holds more than the file states: {_DISTRUST}"
        raise fault(source, info.filename, message)
    try:
        check_start(head)
    except UnreadableXml as error:
        raise fault(source, info.filename, f"the part {error}: {_REPAIR}") from None


def _check_member(source: Path, info: zipfile.ZipInfo) -> None:
    name = info.filename.replace("\\", "/")
    if info.flag_bits & _ENCRYPTED:
        raise fault(source, "", "it is protected by a password: save it without one, run again")
    if name.startswith("/") or ".." in name.split("/") or ":" in name:
        message = f"the part {info.filename!r} points outside the file: do not trust it"
        raise fault(source, "", message)
    if info.compress_type not in _COMPRESSIONS:
        message = f"the part is compressed in a way that no workbook uses: {_REPAIR}"
        raise fault(source, name, message)
    large = info.file_size > RATIO_FROM_BYTES
    if large and info.file_size > LARGEST_RATIO * max(info.compress_size, 1):
        message = (
            f"the part unpacks to {info.file_size >> 20:,} MiB, more than {LARGEST_RATIO} times "
            "its size, as a zip bomb does: do not trust it, or save it again in Excel"
        )
        raise fault(source, name, message)
    strings = name.lower().endswith("sharedstrings.xml")
    if strings and info.file_size > LARGEST_STRINGS_BYTES:
        limit = LARGEST_STRINGS_BYTES >> 20
        raise fault(source, name, f"the texts are more than {limit} MiB: split the workbook")


def write_package(
    package: Package,
    out: BinaryIO,
    changed: Mapping[str, PartWriter],
    added: Mapping[str, PartWriter] | None = None,
) -> None:
    """Write the package with some parts changed, and others ``added`` at its end, written last.

    All other parts keep their bytes and their order.
    """
    with new_archive(out) as target:
        target.comment = package.archive.comment
        for info in package.archive.infolist():
            kept = zipfile.ZipInfo(info.filename, info.date_time)
            kept.compress_type = info.compress_type
            kept.external_attr = info.external_attr
            kept.create_system = info.create_system
            kept.comment = info.comment
            write = changed.get(info.filename)
            if write is not None:
                # Takes a third less time than the usual level, for a part that is 2 % larger.
                kept._compresslevel = _LEVEL  # type: ignore[attr-defined] # noqa: SLF001 - no other way before Python 3.13
            large = write is not None or info.file_size > 1 << 30
            with target.open(kept, "w", force_zip64=large) as part:
                if write is not None:
                    write(part)  # type: ignore[arg-type]
                    continue
                with package.archive.open(info) as old:
                    while chunk := old.read(CHUNK):
                        part.write(chunk)
        for name, write in (added or {}).items():
            new = zipfile.ZipInfo(name, _NO_DATE)
            new.compress_type = zipfile.ZIP_DEFLATED
            with target.open(new, "w", force_zip64=True) as part:
                write(part)  # type: ignore[arg-type]
