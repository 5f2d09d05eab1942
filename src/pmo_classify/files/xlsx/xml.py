"""The XML of small parts, with the position of each element, so that edits change only some bytes.

An edit replaces some bytes of a part, and all others stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, NoReturn
from xml.parsers import expat

from pmo_classify.files.xlsx.limits import CHUNK, LARGEST_CELL_BYTES, LONGEST_START, MOST_ELEMENTS

__all__ = [
    "Edit",
    "Node",
    "UnreadableXml",
    "apply_edits",
    "check_start",
    "codec_of",
    "decode",
    "new_parser",
    "number_of",
    "parse_part",
    "quoted",
    "tag_end",
    "with_attributes",
]

_DECLARED: Final = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_ATTRIBUTE: Final = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG_NAME: Final = re.compile(rb"<[^\s/>]+")
_MOST_DIGITS: Final = 9
_UTF8_NAMES: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})


class UnreadableXml(Exception):  # noqa: N818 - caught and raised as a FileError; users never see it
    """A part is not XML that may be read; the message says why."""


class Edit(NamedTuple):
    """Bytes ``start`` to ``end`` of a part are replaced by ``new``."""

    start: int
    end: int
    new: bytes


class Node:
    """An element: its name and attributes as written, and its position in the part.

    The start tag is ``start`` to ``inner``; the end tag begins at ``inner_end``; the element ends
    before ``end``. An element that closes itself has ``inner == inner_end == end``.
    """

    __slots__ = ("attributes", "children", "end", "inner", "inner_end", "name", "start")

    def __init__(self, name: str, attributes: dict[str, str], start: int) -> None:
        self.name = name
        self.attributes = attributes
        self.start = start
        self.inner = self.inner_end = self.end = start
        self.children: list[Node] = []

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return self.name[: len(self.name) - len(self.local)]

    @property
    def closes_itself(self) -> bool:
        """Whether it is written as ``<a/>``."""
        return self.inner == self.end

    def all(self, local: str) -> list[Node]:
        """Return the children of this name."""
        return [child for child in self.children if child.local == local]

    def first(self, local: str) -> Node | None:
        """Return the first child of this name, or None."""
        return next(iter(self.all(local)), None)

    def walk(self) -> Iterator[Node]:
        """Return this element and all below it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def codec_of(head: bytes) -> str | None:
    """Return how a part is encoded, from its first bytes; None is UTF-8.

    >>> codec_of("<a/>".encode("utf-16-be")), codec_of(b"<a/>")
    ('utf-16-be', None)
    """
    if head.startswith((b"\xff\xfe", b"<\0")):
        return "utf-16-le"
    if head.startswith((b"\xfe\xff", b"\0<")):
        return "utf-16-be"
    declared = _DECLARED.match(head)
    if declared and declared[1].lower() not in _UTF8_NAMES:
        message = f"is in the encoding {declared[1].decode('ascii', 'replace')!r}, not Unicode"
        raise UnreadableXml(message)
    return None


def decode(raw: bytes) -> tuple[bytes, str | None]:
    """Return a part as UTF-8, and the codec to turn it back."""
    codec = codec_of(raw[:400])
    if codec is None:
        return raw, None
    try:
        return raw.decode(codec).encode(), codec
    except UnicodeDecodeError:
        message = "begins as UTF-16 but is not"
        raise UnreadableXml(message) from None


def new_parser() -> expat.XMLParserType:
    """Return a parser of UTF-8 that refuses document types, and so every entity."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = False
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_: object) -> NoReturn:
    message = "holds a document type or entities, which no workbook needs"
    raise UnreadableXml(message)


def check_start(head: bytes) -> None:
    r"""Refuse a part that starts with a document type, which could define entities.

    A part that is not XML is fine here. ``UnreadableXml`` says what is wrong.

    >>> check_start(b"<?xml version='1.0'?><!-- fine --><a/>"), check_start(b"\x89PNG")
    (None, None)
    """
    try:
        codec = codec_of(head[:400])
    except UnreadableXml:
        codec = "ascii"
    # A character that is cut at the end does not matter.
    text = head.decode(codec, "ignore").encode() if codec else head
    parser = new_parser()
    begun = False

    def begin(*_: object) -> None:
        nonlocal begun
        begun = True

    parser.StartElementHandler = begin
    try:
        parser.Parse(text, False)
    except expat.ExpatError:
        return
    if not begun and len(text) > LONGEST_START:
        message = f"has no element in its first {LONGEST_START >> 10} KiB, unlike any workbook"
        raise UnreadableXml(message)


def parse_part(data: bytes) -> Node:
    """Return the root element of a part in UTF-8; ``UnreadableXml`` says why it cannot be read."""
    parser = new_parser()
    top = Node("", {}, 0)
    open_nodes = [top]

    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1 + len(attributes)
        if count > MOST_ELEMENTS:
            message = f"holds more than {MOST_ELEMENTS:,} elements and attributes"
            raise UnreadableXml(message)
        node = Node(name, attributes, parser.CurrentByteIndex)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_name: str) -> None:
        node = open_nodes.pop()
        at = parser.CurrentByteIndex
        node.inner = tag_end(data, node.start)
        if data[node.inner - 2 : node.inner] == b"/>":
            node.inner_end = node.end = node.inner
        else:
            node.inner_end, node.end = at, data.index(b">", at) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        for at in range(0, len(data), CHUNK):
            parser.Parse(data[at : at + CHUNK], False)
            if at - parser.CurrentByteIndex > LARGEST_CELL_BYTES:
                message = f"holds a tag or text of more than {LARGEST_CELL_BYTES >> 20} MiB"
                raise UnreadableXml(message)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = f"is damaged ({expat.ErrorString(error.code)})"
        raise UnreadableXml(message) from None
    return top.children[0]


def number_of(text: str, otherwise: int = 0) -> int:
    """Return the whole number that an attribute holds, or ``otherwise`` if it is not one.

    >>> number_of("12"), number_of("x", 1), number_of("9" * 5_000)
    (12, 1, 0)
    """
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else otherwise


def tag_end(data: bytes, start: int) -> int:
    """Return the position after the tag that begins at ``start``; a ``>`` in quotes is no end."""
    at = _name_end(data, start)
    while found := _ATTRIBUTE.match(data, at):
        at = found.end()
    return data.index(b">", at) + 1


def _name_end(data: bytes, start: int) -> int:
    name = _TAG_NAME.match(data, start)
    return name.end() if name else start


def with_attributes(tag: bytes, values: dict[str, str]) -> bytes:
    """Return a start tag with some attributes set, and its other bytes as they are.

    >>> with_attributes(b'<a x="1" y="2"/>', {"y": "3", "z": "4"})
    b'<a z="4" x="1" y="3"/>'
    """
    edits = []
    missing = dict(values)
    at = first = _name_end(tag, 0)
    while found := _ATTRIBUTE.match(tag, at):
        at = found.end()
        value = missing.pop(found[1].decode(), None)
        if value is not None:
            edits.append(Edit(found.start(2), found.end(2), quoted(value)))
    new = b"".join(b" %s=%s" % (name.encode(), quoted(value)) for name, value in missing.items())
    return apply_edits(tag, [Edit(first, first, new), *edits])


def quoted(value: str) -> bytes:
    """Return the value of an attribute, quoted and escaped."""
    escaped = html.escape(value, quote=False).replace('"', "&quot;")
    return b'"%s"' % escaped.replace("\n", "&#10;").replace("\t", "&#9;").encode()


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes after edits that do not overlap."""
    pieces = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [data[at:start], new]
        at = end
    return b"".join([*pieces, data[at:]])
