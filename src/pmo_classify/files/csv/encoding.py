"""The encoding of a text file: found or given, and always turned back into the same bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from pmo_classify.errors import FileError
from pmo_classify.files.browser import IN_BROWSER

__all__ = ["Encoding", "find_encoding", "read_block", "read_texts"]

# Short pieces keep few records alive at once, which saves the garbage collector most of its work.
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
_TEXT_CONTROLS: Final = b"\x01\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"
_CONTROLS: Final = bytes(set(range(32)) - set(_TEXT_CONTROLS))
_LONGEST_RUN: Final = 1.4
_SINGLE_BYTE: Final = ["cp1252", "cp1250", "cp850", "mac_roman", "cp1254", "cp1257", "iso8859_2"]
_ODD_CELL: Final = re.compile(rb'[^\0-\x1f",;]*[\x80-\xff][^\0-\x1f",;]*')
_WESTERN_SIGNS: Final = frozenset("“”‘’‚„–—…•·€£¥§©®™«»‹›¿¡ªº°±²³½¼¾´¨\xa0\xad")
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

    ``bom`` is the byte order mark before the text, if any; ``errors`` is the error handler of
    Python for invalid bytes; ``odd_byte`` is the position of the first of them, from 0.

    >>> str(Encoding("utf-8", codecs.BOM_UTF8)), str(Encoding("cp1252"))
    ('UTF-8 with BOM', 'cp1252')
    """

    codec: str
    bom: bytes = b""
    errors: str = "strict"
    odd_byte: int | None = None

    def __str__(self) -> str:
        return _NAMES.get(self.codec, self.codec) + (" with BOM" if self.bom else "")

    @property
    def width(self) -> int:
        """The bytes of a plain letter."""
        return len("a".encode(self.codec))

    def encode(self, text: str) -> bytes:
        """Return the bytes of a text that was read from the file."""
        return text.encode(self.codec, self.errors)

    def decode(self, data: bytes) -> str:
        """Return the text of bytes of the file that hold whole characters."""
        return data.decode(self.codec, self.errors)

    def extends_ascii(self) -> bool:
        """Return whether each byte below 128 is its ASCII character, never part of another.

        >>> Encoding("utf-8").extends_ascii(), Encoding("cp1252").extends_ascii()
        (True, True)
        >>> Encoding("utf-16-le").extends_ascii(), Encoding("shift_jis").extends_ascii()
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

    def can_encode(self, text: str) -> bool:
        """Return whether every character of a text can be encoded.

        >>> Encoding("cp1252").can_encode("Bürò"), Encoding("cp1252").can_encode("办")
        (True, False)
        """
        try:
            text.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return True


def find_encoding(handle: BinaryIO, given: str | None, source_name: str) -> Encoding:
    """Return the encoding of a file: the given one, checked, or the one that fits.

    A byte order mark decides; else whether the whole file is UTF-8; else what its other bytes look
    like, with cp1252 first for Western text. Bytes that are invalid in the encoding found are
    still written back as they were, and ``odd_byte`` is the position of the first.

    >>> import io
    >>> str(find_encoding(io.BytesIO(b"title\\nB\\xfcro"), None, "ads.csv"))
    'cp1252'

    A ``FileError`` that starts with ``source_name`` refuses a binary file, an unknown encoding, and
    a byte that is invalid in the given encoding.
    """
    if given is not None:
        return _given_encoding(handle, given, source_name)
    handle.seek(0)
    sample = handle.read(_SAMPLE)
    for bom, codec in _BOMS:
        if sample.startswith(bom):
            return _lenient(handle, codec, bom, source_name)
    for codec in ("utf-16-le", "utf-16-be"):
        if _is_bare_utf_16(sample, codec):
            return _lenient(handle, codec, b"", source_name)
    odd = _first_invalid_byte(handle, Encoding("utf-8"), source_name)
    if odd is None:
        _check_not_binary(sample, source_name, most=0.3)
        return Encoding("utf-8")
    _check_not_binary(sample, source_name, most=0.02)
    handle.seek(max(0, odd - _SAMPLE // 2))
    return _lenient(handle, _guess_codec(handle.read(_SAMPLE)), b"", source_name)


def read_texts(
    handle: BinaryIO, encoding: Encoding, source_name: str, start: int | None = None
) -> Iterator[str]:
    """Read the text of a file in pieces of bounded length, from its start or from a byte on.

    >>> import io
    >>> list(read_texts(io.BytesIO(b"title"), Encoding("utf-8"), "ads.csv"))
    ['title']

    A ``FileError`` names the first byte that is invalid in the encoding.
    """
    for text, _ in _decoded(handle, encoding, source_name, start):
        if text:
            yield text


def read_block(handle: BinaryIO, start: int, size: int, source_name: str) -> bytes:
    """Read some bytes of a file from a position on; an error of the disk is a ``FileError``."""
    try:
        handle.seek(start)
        return handle.read(size)
    except OSError as error:
        message = f"{source_name}: cannot be read: {error.strerror or error}"
        raise FileError(message) from None


def _decoded(
    handle: BinaryIO,
    encoding: Encoding,
    source_name: str,
    start: int | None = None,
    *,
    skips_ascii: bool = False,
) -> Iterator[tuple[str, bytes]]:
    """Read the text and bytes of each chunk; ``skips_ascii`` leaves out chunks of pure ASCII."""
    start = len(encoding.bom) if start is None else start
    decoder = codecs.getincrementaldecoder(encoding.codec)(encoding.errors)
    at_end = False
    while not at_end:
        chunk = read_block(handle, start, _CHUNK, source_name)
        at_end = not chunk
        pending = len(decoder.getstate()[0])
        if skips_ascii and chunk and not pending and chunk.isascii():
            start += len(chunk)
            continue
        try:
            text = decoder.decode(chunk, at_end)
        except UnicodeDecodeError as error:
            raise _InvalidByteError(encoding, start - pending + error.start, source_name) from None
        start += len(chunk)
        yield text, chunk


class _InvalidByteError(FileError):
    """A byte that is invalid in the encoding, at position ``at`` of the file, from 0."""

    def __init__(self, encoding: Encoding, at: int, source_name: str) -> None:
        super().__init__(
            f"{source_name}: not {encoding} at byte {at:,}: say which encoding it has with "
            "--encoding, or save it as CSV UTF-8"
        )
        self.at = at


def _given_encoding(handle: BinaryIO, given: str, source_name: str) -> Encoding:
    try:
        codec = codecs.lookup(given).name
        "".encode(codec)
    except (LookupError, ValueError):
        message = (
            f"{source_name}: there is no encoding {given!r}: "
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
    _check_whole(handle, encoding, source_name)
    return encoding


def _lenient(handle: BinaryIO, codec: str, bom: bytes, source_name: str) -> Encoding:
    """Return an encoding that also keeps invalid bytes, if its codec allows that."""
    strict = Encoding(codec, bom)
    odd = _first_invalid_byte(handle, strict, source_name)
    if odd is None:
        return strict
    errors = "surrogatepass" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
    lenient = Encoding(codec, bom, errors, odd)
    _check_whole(handle, lenient, source_name)
    return lenient


def _first_invalid_byte(handle: BinaryIO, encoding: Encoding, source_name: str) -> int | None:
    try:
        _check_whole(handle, encoding, source_name)
    except _InvalidByteError as error:
        return error.at
    return None


def _check_whole(handle: BinaryIO, encoding: Encoding, source_name: str) -> None:
    """Read the whole file, and check that the text would become the same bytes again."""
    if encoding.codec == "utf-8" and _is_large_utf_8(handle, len(encoding.bom), source_name):
        return
    encoder = None if _is_exact(encoding.codec) else codecs.getincrementalencoder(encoding.codec)
    encode = encoder(encoding.errors).encode if encoder else None
    read = written = b""
    skips_ascii = encode is None and encoding.extends_ascii()
    for text, chunk in _decoded(handle, encoding, source_name, skips_ascii=skips_ascii):
        if encode is None:
            continue
        read += chunk
        written += encode(text)
        same = min(len(read), len(written))
        if read[:same] != written[:same] or not chunk:
            _check_same(read, written, encoding, source_name)
        read, written = read[same:], written[same:]


def _is_large_utf_8(handle: BinaryIO, start: int, source_name: str) -> bool:
    """Return whether a file is large and UTF-8; for others the slower check has to decide."""
    size = handle.seek(0, 2)
    if size < _LARGE_FILE or IN_BROWSER:
        return False
    # pyarrow takes longer to load than a small file takes to read.
    from pmo_classify.files.csv.fast import is_utf_8  # noqa: PLC0415

    return is_utf_8(
        read_block(handle, at, _BLOCK, source_name) for at in range(start, size, _BLOCK)
    )


def _check_same(read: bytes, written: bytes, encoding: Encoding, source_name: str) -> None:
    if read != written:
        message = (
            f"{source_name}: read as {encoding}, some bytes would be changed when written: "
            "save it as CSV UTF-8"
        )
        raise FileError(message)


def _is_exact(codec: str) -> bool:
    """Return whether whatever the codec decodes is encoded as the same bytes again."""
    if codec in _NAMES:
        return True
    every = bytes(range(256))
    try:
        text = every.decode(codec, "surrogateescape")
        return text.encode(codec, "surrogateescape") == every and len(text) == len(every)
    except UnicodeError:
        return False


def _is_bare_utf_16(sample: bytes, codec: str) -> bool:
    """Return whether it is UTF-16 without a mark: every other byte of Western text is zero."""
    pairs = len(sample) // 2
    low, high = (1, 0) if codec == "utf-16-le" else (0, 1)
    zeros, others = sample[low::2].count(0), sample[high::2].count(0)
    return pairs > 1 and zeros > 0.4 * pairs and others < 0.05 * pairs


def _guess_codec(sample: bytes) -> str:
    """Return the likely codec of a sample that is not all UTF-8.

    >>> _guess_codec("Büro Köln, 40 €".encode("cp1252"))
    'cp1252'
    """
    as_utf_8 = sample.decode("utf-8", "surrogateescape")
    odd = sum("\udc80" <= c <= "\udcff" for c in as_utf_8)
    if sum(c > "\x7f" for c in as_utf_8) > 2 * odd:
        return "utf-8"
    if _looks_western(sample.decode("cp1252", "replace")):
        return "cp1252"
    # charset-normalizer is imported here because most files are UTF-8 and never need it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    # Odd bytes that come one at a time are not parts of two-byte characters.
    runs = re.findall(rb"[\x80-\xff]+", sample)
    is_single = sum(map(len, runs)) < _LONGEST_RUN * len(runs)
    # Plain cells say nothing about the encoding, and repeated ones no more than one of them. So a
    # file gets the same encoding after it has been labelled.
    cells = b"\n".join(dict.fromkeys(_ODD_CELL.findall(sample)))
    best = from_bytes(cells, cp_isolation=_SINGLE_BYTE if is_single else None).best()
    if best is None or "cp1252" in best.could_be_from_charset:
        return "cp1252"
    return codecs.lookup(best.encoding).name


def _looks_western(text: str) -> bool:
    """Return whether the characters beyond ASCII are where a Western language has them.

    Its accented letters come one at a time between plain ones, and its signs not inside a word.

    >>> _looks_western("Büro Köln – 40 €"), _looks_western("Ìåíåäæåð"), _looks_western("G³ówny")
    (True, False, False)
    """
    odd = in_a_word = 0
    for before, here, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if here <= "\x7f":
            continue
        odd += 1
        if unicodedata.category(here) in {"Ll", "Lu"} and here != "Ÿ":
            in_a_word += after > "\x7f" and after.isalpha()
        elif here not in _WESTERN_SIGNS or (before.isalpha() and after.isalpha() and here != "’"):
            in_a_word += 1
    return in_a_word <= 0.15 * odd


def _check_not_binary(sample: bytes, source_name: str, *, most: float) -> None:
    """Refuse a file if more than the share ``most`` of its first bytes are control characters."""
    if len(sample) - len(sample.translate(None, _CONTROLS)) > most * len(sample):
        message = f"{source_name}: this is a binary file, not a CSV: save the table as CSV UTF-8"
        raise FileError(message)
