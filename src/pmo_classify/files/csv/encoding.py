"""The encoding of a text file: found, or taken from the user, and read back without a loss."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from pmo_classify.errors import FileError
from pmo_classify.files.csv.codec_guess import guess_codec, is_bare_utf_16
from pmo_classify.files.csv.kind import check_no_binary

__all__ = ["Encoding", "find_encoding", "read_block", "read_texts"]

# Short pieces keep few records alive at once, which spares Python's garbage collector most work.
_CHUNK: Final = 1 << 16
_BLOCK: Final = 1 << 20
_LARGE_FILE: Final = 1 << 22
_SAMPLE: Final = 1 << 16
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES: Final = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file become text, and text the same bytes again.

    ``bom`` are the bytes before the text; ``errors`` is Python's word for what happens to bytes
    that the codec does not know; ``odd_byte`` is the place of the first such byte, from 0.

    >>> str(Encoding("utf-8", codecs.BOM_UTF8)), str(Encoding("cp1252"))
    ('UTF-8 with BOM', 'cp1252')
    """

    codec: str
    bom: bytes = b""
    errors: str = "strict"
    odd_byte: int | None = None

    def __str__(self) -> str:
        return _NAMES.get(self.codec, self.codec) + (" with BOM" if self.bom else "")

    def encode(self, text: str) -> bytes:
        """Give the bytes of text that was read from the file."""
        return text.encode(self.codec, self.errors)

    def decode(self, data: bytes) -> str:
        """Give the text of bytes of the file that hold whole characters."""
        return data.decode(self.codec, self.errors)

    def holds_ascii(self) -> bool:
        """Tell whether each byte under 128 is the ASCII character, and no part of another.

        >>> Encoding("utf-8").holds_ascii(), Encoding("cp1252").holds_ascii()
        (True, True)
        >>> Encoding("utf-16-le").holds_ascii(), Encoding("shift_jis").holds_ascii()
        (False, False)
        """
        if self.codec == "utf-8":
            return True
        ascii_bytes = bytes(range(128))
        try:
            as_text = ascii_bytes.decode(self.codec)
        except UnicodeError:
            return False
        return as_text == ascii_bytes.decode("ascii") and _is_exact(self.codec)

    def holds(self, text: str) -> bool:
        """Tell whether every character of a text can be written.

        >>> Encoding("cp1252").holds("Bürò"), Encoding("cp1252").holds("办")
        (True, False)
        """
        try:
            text.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return True


def find_encoding(handle: BinaryIO, given: str | None, place: str) -> Encoding:
    """Find the encoding of a file, or check the one that the user gave.

    A byte order mark decides; then whether all of it is UTF-8; then what its odd bytes look like,
    with cp1252 before others for Western text. Bytes that the found encoding does not know come
    back as they were, and ``odd_byte`` names the first.

    >>> import io
    >>> str(find_encoding(io.BytesIO(b"title\\nB\\xfcro"), None, "ads.csv"))
    'cp1252'

    A ``FileError`` that starts with ``place`` refuses a binary file, an encoding that is none, and
    a byte that the given encoding does not know.
    """
    if given is not None:
        return _given_encoding(handle, given, place)
    handle.seek(0)
    sample = handle.read(_SAMPLE)
    for bom, codec in _BOMS:
        if sample.startswith(bom):
            return _lenient(handle, codec, bom, place)
    for codec in ("utf-16-le", "utf-16-be"):
        if is_bare_utf_16(sample, codec):
            return _lenient(handle, codec, b"", place)
    odd = _first_odd_byte(handle, Encoding("utf-8"), place)
    if odd is None:
        check_no_binary(sample, place, most=0.3)
        return Encoding("utf-8")
    check_no_binary(sample, place, most=0.02)
    handle.seek(max(0, odd - _SAMPLE // 2))
    return _lenient(handle, guess_codec(handle.read(_SAMPLE)), b"", place)


def read_texts(
    handle: BinaryIO, encoding: Encoding, place: str, start: int | None = None
) -> Iterator[str]:
    """Give the text of a file in pieces of bounded length, from its start or from a byte on.

    >>> import io
    >>> list(read_texts(io.BytesIO(b"title"), Encoding("utf-8"), "ads.csv"))
    ['title']

    A ``FileError`` names the first byte that the encoding does not know.
    """
    for text, _ in _decoded(handle, encoding, place, start):
        if text:
            yield text


def read_block(handle: BinaryIO, start: int, size: int, place: str) -> bytes:
    """Read some bytes of a file from a place on; a ``FileError`` tells of a fault of the disk."""
    try:
        handle.seek(start)
        return handle.read(size)
    except OSError as error:
        message = f"{place}: cannot be read: {error.strerror or error}"
        raise FileError(message) from None


def _decoded(
    handle: BinaryIO,
    encoding: Encoding,
    place: str,
    start: int | None = None,
    *,
    passes_ascii: bool = False,
) -> Iterator[tuple[str, bytes]]:
    """Give the text and bytes of each chunk; ``passes_ascii`` leaves out those that are plain."""
    start = len(encoding.bom) if start is None else start
    decoder = codecs.getincrementaldecoder(encoding.codec)(encoding.errors)
    at_end = False
    while not at_end:
        chunk = read_block(handle, start, _CHUNK, place)
        at_end = not chunk
        pending = len(decoder.getstate()[0])
        if passes_ascii and chunk and not pending and chunk.isascii():
            start += len(chunk)
            continue
        try:
            text = decoder.decode(chunk, at_end)
        except UnicodeDecodeError as error:
            raise _OddByteError(encoding, start - pending + error.start, place) from None
        start += len(chunk)
        yield text, chunk


class _OddByteError(FileError):
    """A byte that the encoding does not know; ``at`` is its place in the file, from 0."""

    def __init__(self, encoding: Encoding, at: int, place: str) -> None:
        super().__init__(
            f"{place}: not {encoding} at byte {at:,}: say which encoding it has with --encoding, "
            "or save it as CSV UTF-8"
        )
        self.at = at


def _given_encoding(handle: BinaryIO, given: str, place: str) -> Encoding:
    try:
        codec = codecs.lookup(given).name
        "".encode(codec)
    except (LookupError, ValueError):
        message = (
            f"{place}: there is no encoding {given!r}: "
            "name one such as utf-8, cp1252, utf-16 or shift_jis"
        )
        raise FileError(message) from None
    codec = "utf-8" if codec == "utf-8-sig" else codec
    handle.seek(0)
    start = handle.read(4)
    for bom, of_bom in _BOMS:
        if start.startswith(bom) and of_bom.startswith(codec):
            encoding = Encoding(of_bom, bom)
            break
    else:
        encoding = Encoding(f"{codec}-le" if codec in {"utf-16", "utf-32"} else codec)
    _check_whole(handle, encoding, place)
    return encoding


def _lenient(handle: BinaryIO, codec: str, bom: bytes, place: str) -> Encoding:
    """Make an encoding that also takes the bytes that its codec does not know, if it can."""
    strict = Encoding(codec, bom)
    odd = _first_odd_byte(handle, strict, place)
    if odd is None:
        return strict
    errors = "surrogatepass" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
    lenient = Encoding(codec, bom, errors, odd)
    _check_whole(handle, lenient, place)
    return lenient


def _first_odd_byte(handle: BinaryIO, encoding: Encoding, place: str) -> int | None:
    try:
        _check_whole(handle, encoding, place)
    except _OddByteError as error:
        return error.at
    return None


def _check_whole(handle: BinaryIO, encoding: Encoding, place: str) -> None:
    """Read the whole file, and see that it would come back as it is."""
    if encoding.codec == "utf-8" and _is_large_utf_8(handle, len(encoding.bom), place):
        return
    encoder = None if _is_exact(encoding.codec) else codecs.getincrementalencoder(encoding.codec)
    encode = encoder(encoding.errors).encode if encoder else None
    bytes_read = text_written = b""
    passes_ascii = encode is None and encoding.holds_ascii()
    for text, chunk in _decoded(handle, encoding, place, passes_ascii=passes_ascii):
        if encode is None:
            continue
        bytes_read += chunk
        text_written += encode(text)
        same = min(len(bytes_read), len(text_written))
        if bytes_read[:same] != text_written[:same] or not chunk:
            _check_same(bytes_read, text_written, encoding, place)
        bytes_read, text_written = bytes_read[same:], text_written[same:]


def _is_large_utf_8(handle: BinaryIO, start: int, place: str) -> bool:
    """Tell a file that is UTF-8, and large; of any other, more is to be found out."""
    size = handle.seek(0, 2)
    if size < _LARGE_FILE:
        return False
    # pyarrow takes longer to load than a small file takes to read.
    from pmo_classify.files.csv.utf_8 import are_utf_8  # noqa: PLC0415

    return are_utf_8(read_block(handle, at, _BLOCK, place) for at in range(start, size, _BLOCK))


def _check_same(read: bytes, written: bytes, encoding: Encoding, place: str) -> None:
    if read != written:
        message = (
            f"{place}: its bytes would not come back as they are in {encoding}: "
            "save it as CSV UTF-8"
        )
        raise FileError(message)


def _is_exact(codec: str) -> bool:
    """Tell whether every text that the codec reads is written with the same bytes again."""
    if codec in _NAMES:
        return True
    every = bytes(range(256))
    try:
        text = every.decode(codec, "surrogateescape")
        return text.encode(codec, "surrogateescape") == every and len(text) == len(every)
    except UnicodeError:
        return False
