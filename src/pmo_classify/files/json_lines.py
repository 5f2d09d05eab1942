"""JSON lines: each line with its bytes and its object, and lines with members added."""

from __future__ import annotations

import codecs
import json
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from pmo_classify.errors import FileError

__all__ = [
    "LONGEST_LINE",
    "JsonLine",
    "dotted_members",
    "member",
    "read_json_lines",
    "with_members",
]

LONGEST_LINE: Final = 1 << 26
"""The bytes that a line may have."""

_BATCH: Final = 1 << 20
_MOST_DEPTH: Final = 5
_SPACES: Final = b" \t\r\n"
# Numbers stay as they are written: they may be longer than Python's own.
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


class JsonLine(NamedTuple):
    """A line: its number from 1, its bytes with the line end, and the object in it.

    The object is None where there is none: in a blank line, or where ``fault`` says what is wrong.
    """

    number: int
    raw: bytes
    value: dict[str, Any] | None
    fault: str = ""


def read_json_lines(handle: BinaryIO, source_name: str) -> Iterator[list[JsonLine]]:
    r"""Read the lines of a file from its start, in lists of about a megabyte.

    >>> import io
    >>> batches = read_json_lines(io.BytesIO(b'{"title": "Chef"}\n\n[1]\n'), "ads.jsonl")
    >>> [(line.number, line.value, line.fault) for lines in batches for line in lines]
    [(1, {'title': 'Chef'}, ''), (2, None, ''), (3, None, 'it holds a list, not an object')]

    A ``FileError`` refuses a line of more than 64 MiB.
    """
    number = 0
    handle.seek(0)
    lines: list[JsonLine] = []
    size = 0
    while raw := _read_line(handle, source_name, number + 1):
        number += 1
        size += len(raw)
        lines.append(_parsed(number, raw))
        if size >= _BATCH:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines


def _read_line(handle: BinaryIO, source_name: str, number: int) -> bytes:
    try:
        raw = handle.readline(LONGEST_LINE + 1)
    except OSError as error:
        message = f"{source_name}: cannot be read: {error.strerror or error}"
        raise FileError(message) from None
    if len(raw) > LONGEST_LINE:
        message = (
            f"{source_name}: line {number}: it has more than {LONGEST_LINE:,} bytes: "
            "write one object a line"
        )
        raise FileError(message)
    return raw


def _parsed(number: int, raw: bytes) -> JsonLine:
    body = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
    if not body.strip(_SPACES):
        return JsonLine(number, raw, None)
    try:
        value = _DECODER.decode(body.rstrip(_SPACES).decode("utf-8"))
    except json.JSONDecodeError as error:
        return JsonLine(
            number, raw, None, f"it is not valid JSON: {error.msg} at character {error.pos + 1}"
        )
    except UnicodeDecodeError as error:
        return JsonLine(number, raw, None, f"it is not UTF-8 at byte {error.start + 1}")
    except RecursionError:
        return JsonLine(number, raw, None, "it is nested too deep")
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else "a plain value"
        return JsonLine(number, raw, None, f"it holds {kind}, not an object")
    return JsonLine(number, raw, value)


def member(value: dict[str, Any], name: str) -> Any:
    """Return the member with a name, which may lead into objects by dots; None if there is none.

    >>> member({"job": {"title": "Chef"}}, "job.title"), member({"job.title": "Cook"}, "job.title")
    ('Chef', 'Cook')
    """
    if name in value:
        return value[name]
    found: Any = value
    for part in name.split("."):
        if not isinstance(found, dict):
            return None
        found = found.get(part)
    return found


def dotted_members(value: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Return the members of an object, those of objects inside it by names with dots.

    >>> list(dotted_members({"id": "7", "job": {"title": "Chef"}}))
    [('id', '7'), ('job.title', 'Chef')]
    """
    for name, inner in value.items():
        if isinstance(inner, dict) and before.count(".") < _MOST_DEPTH:
            yield from dotted_members(inner, f"{before}{name}.")
        else:
            yield f"{before}{name}", inner


def with_members(raw: bytes, added: bytes, dropped: Collection[str] = ()) -> bytes:
    r"""Return a line with members at the end of its object, and without those in ``dropped``.

    Everything else keeps its bytes. ``added`` starts with the comma that separates it.

    >>> with_members(b'{"title": "Chef" }\r\n', b', "pmo_track": "other"')
    b'{"title": "Chef", "pmo_track": "other" }\r\n'
    >>> with_members(b'{"pmo_level":1,"title":"Chef"}', b',"pmo_level":null', ["pmo_level"])
    b'{"title":"Chef","pmo_level":null}'
    """
    if dropped:
        raw = _without(raw.decode("utf-8"), dropped).encode("utf-8")
    whole = raw.rstrip(_SPACES)
    inner = whole[:-1].rstrip(_SPACES)
    is_empty = inner.removeprefix(codecs.BOM_UTF8).strip(_SPACES) == b"{"
    return inner + (added.lstrip(b", ") if is_empty else added) + raw[len(inner) :]


class _Place(NamedTuple):
    name: str
    start: int
    end: int


def _without(text: str, dropped: Collection[str]) -> str:
    """Return the text of an object without some of its members."""
    places = _places(text)
    kept = [at for at, place in enumerate(places) if place.name not in dropped]
    if len(kept) == len(places):
        return text
    parts = [text[: places[0].start]]
    for at in kept:
        # What is between two members belongs to the one after it.
        start = places[at].start if at == kept[0] else places[at - 1].end
        parts.append(text[start : places[at].end])
    parts.append(text[places[-1].end :])
    return "".join(parts)


def _places(text: str) -> list[_Place]:
    """Return where the members of an object are, which is known to be one."""
    found = []
    at = _after_spaces(text, text.index("{") + 1)
    while text[at] != "}":
        start = at
        name, at = _DECODER.raw_decode(text, at)
        at = _after_spaces(text, _after_spaces(text, at) + 1)
        _, at = _DECODER.raw_decode(text, at)
        found.append(_Place(name, start, at))
        at = _after_spaces(text, at)
        if text[at] == ",":
            at = _after_spaces(text, at + 1)
    return found


def _after_spaces(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at
