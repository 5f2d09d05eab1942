"""Copying a part of a workbook while bytes are inserted or left out, in bounded memory."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from pmo_classify.files.xlsx.limits import CHUNK
from pmo_classify.files.xlsx.scan import unicode_chunks
from pmo_classify.files.xlsx.xml import UnreadableXml

__all__ = ["XmlSplicer"]

_TAG: Final = re.compile(
    rb"""<[^\s/>]++(?:\s++[^\s=/>]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+\s*+/?>"""
)


class XmlSplicer:
    """Copies a part piece by piece, and inserts or leaves out bytes on the way."""

    def __init__(self, stream: BinaryIO, out: BinaryIO) -> None:
        self._chunks = unicode_chunks(stream)
        self._out = out
        self._codec: str | None = None
        self._held = b""
        self._held_from = 0
        self._at = 0
        self._new: list[bytes] = []
        self._new_size = 0

    def put(self, data: bytes) -> None:
        """Insert new bytes here."""
        self._new.append(data)
        self._new_size += len(data)
        if self._new_size >= CHUNK:
            self._flush()

    def copy_to(self, position: int) -> None:
        """Copy the bytes of the part up to a position."""
        while position > self._held_from + len(self._held):
            self.put(self._held[self._at :])
            self._at = len(self._held)
            if not self._read_on():
                return
        end = position - self._held_from
        self.put(self._held[self._at : end])
        self._at = end

    def skip_to(self, position: int) -> None:
        """Leave out the bytes of the part up to a position."""
        while position > self._held_from + len(self._held):
            self._at = len(self._held)
            if not self._read_on():
                return
        self._at = position - self._held_from

    def take_tag(self) -> bytes:
        """Return the start tag that begins here, and leave it out."""
        end = self._held.find(b">", self._at) + 1
        tag = self._held[self._at : end]
        if not end or tag.count(b'"') % 2 or b"'" in tag:
            end = self._end_of_odd_tag()
            tag = self._held[self._at : end]
        self._at = end
        return tag

    def _end_of_odd_tag(self) -> int:
        """Return the end of a tag that has not been read whole, or has a ``>`` in quotes."""
        while (found := _TAG.match(self._held, self._at)) is None:
            if not self._read_on():
                message = "has changed while it was read"
                raise UnreadableXml(message)
        return found.end()

    def copy_rest(self) -> None:
        """Copy the rest of the part."""
        self.put(self._held[self._at :])
        self._at = len(self._held)
        while self._read_on():
            self.put(self._held[self._at :])
            self._at = len(self._held)
        self._flush()

    def _read_on(self) -> bool:
        chunk, self._codec = next(self._chunks, (b"", self._codec))
        self._held_from += self._at
        self._held = self._held[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _flush(self) -> None:
        data = b"".join(self._new)
        self._out.write(data.decode().encode(self._codec) if self._codec else data)
        self._new.clear()
        self._new_size = 0
