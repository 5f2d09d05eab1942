"""Whether a large file is UTF-8; it loads pyarrow, so it is imported on first use only."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

import pyarrow as pa

__all__ = ["are_utf_8"]

_LONGEST_CHARACTER: Final = 4
_NOT_ASCII: Final = 0x80
_STARTS_LONGER: Final = 0xC0


def are_utf_8(blocks: Iterable[bytes]) -> bool:
    """Tell whether blocks of bytes, put together, are UTF-8 as Python's strict codec has it.

    >>> are_utf_8([b"B\\xc3", b"\\xbcro"]), are_utf_8([b"B\\xfcro"])
    (True, False)
    """
    begun = b""
    for block in blocks:
        text = begun + block
        whole = _whole_characters(text)
        if not _is_utf_8(text, whole):
            return False
        begun = text[whole:]
    return _is_utf_8(begun, len(begun))


def _whole_characters(text: bytes) -> int:
    """Count the bytes before the last character, which the next block may go on with."""
    for at in range(len(text) - 1, max(-1, len(text) - 1 - _LONGEST_CHARACTER), -1):
        if text[at] < _NOT_ASCII:
            return at + 1
        if text[at] >= _STARTS_LONGER:
            return at
    return len(text)


def _is_utf_8(text: bytes, size: int) -> bool:
    buffers = [None, pa.py_buffer(struct.pack("=ii", 0, size)), pa.py_buffer(text)]
    try:
        pa.Array.from_buffers(pa.string(), 1, buffers).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
