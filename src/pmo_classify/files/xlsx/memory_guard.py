"""Whether the fast reader can hold a whole sheet in memory.

A small workbook can ask for a lot: by cells far apart, and by texts that many cells share, which
the fast reader copies for each cell.
"""

from __future__ import annotations

import re
from array import array
from typing import BinaryIO, Final
from xml.parsers import expat

from pmo_classify.files.xlsx.limits import LARGEST_BOX_AT_ONCE, LARGEST_TEXTS_AT_ONCE, fault
from pmo_classify.files.xlsx.package import Package
from pmo_classify.files.xlsx.scan import SheetScan, unicode_chunks
from pmo_classify.files.xlsx.xml import UnreadableXml, new_parser

__all__ = ["fits_in_memory"]

_USUAL_STRINGS: Final = "xl/sharedStrings.xml"
_END_OF_TEXT: Final = re.compile(rb"</(?:[^<>\s:]{1,64}:)?si\s*>")
# Without any of these, every "<" begins a tag.
_NOT_A_TAG: Final = b"<!"


def fits_in_memory(package: Package, workbook: str, part: str, scan: SheetScan) -> bool:
    """Return whether a sheet may be read at once; a ``FileError`` if two readers would differ.

    ``workbook`` is the name of the main part, ``part`` that of the sheet.
    """
    box = _bounding_box(scan)
    sheet_bytes = package.archive.getinfo(part).file_size
    if box > LARGEST_BOX_AT_ONCE or sheet_bytes > LARGEST_TEXTS_AT_ONCE:
        return False
    strings = _strings_part(package, workbook)
    if strings is None:
        return True
    with package.open(strings) as stream:
        longest = _longest_text(stream)
    if sheet_bytes + box * longest <= LARGEST_TEXTS_AT_ONCE:
        return True
    try:
        with package.open(strings) as stream:
            lengths = _text_lengths(stream)
        with package.open(part) as stream:
            return sheet_bytes + _shared_size(stream, lengths) <= LARGEST_TEXTS_AT_ONCE
    except (expat.ExpatError, UnreadableXml):
        # The slower reader will say what is wrong.
        return False


def _bounding_box(scan: SheetScan) -> int:
    """Return how many cells are between the first and the last of a sheet."""
    if not scan.rows or not scan.last_column:
        return 0
    return max(scan.rows) * (scan.last_column - scan.first_column + 1)


def _strings_part(package: Package, workbook: str) -> str | None:
    """Return the part with the shared texts: one reader finds it by relation, the other by name."""
    related = package.related(workbook, "sharedStrings")
    named = package.name(_USUAL_STRINGS)
    if related is not None and named is not None and related != named:
        message = f"both {related} and {named} hold texts: open it in Excel, and save it again"
        raise fault(package.source, "", message)
    return named or related


def _longest_text(stream: BinaryIO) -> int:
    """Return at least the bytes of the longest text; those of all where that is quicker."""
    longest = open_bytes = 0
    for chunk, _ in unicode_chunks(stream):
        ends = [] if _NOT_A_TAG in chunk else [end.end() for end in _END_OF_TEXT.finditer(chunk)]
        last = 0
        for end in ends:
            longest = max(longest, open_bytes + end - last)
            last, open_bytes = end, 0
        open_bytes += len(chunk) - last
    return max(longest, open_bytes)


def _text_lengths(stream: BinaryIO) -> array[int]:
    """Return the bytes of each text, in the order by which cells refer to them."""
    lengths = array("Q")
    parser = new_parser()
    started = 0

    def start(name: str, _attributes: object) -> None:
        nonlocal started
        if name.rpartition(":")[2] == "si":
            started = parser.CurrentByteIndex

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(parser.CurrentByteIndex - started)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    _parse(parser, stream)
    return lengths


def _parse(parser: expat.XMLParserType, stream: BinaryIO) -> None:
    for chunk, _ in unicode_chunks(stream):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _shared_size(stream: BinaryIO, lengths: array[int]) -> int:
    """Return the bytes of the texts that the cells of a sheet refer to, all together."""
    parser = new_parser()
    parser.ordered_attributes = True
    size = 0
    pieces: list[str] = []
    is_shared = False

    def start(name: str, attributes: list[str]) -> None:
        nonlocal is_shared
        local = name.rpartition(":")[2]
        if local == "c":
            is_shared = "s" in attributes[1::2]
        elif local == "v" and is_shared:
            pieces.clear()
            parser.CharacterDataHandler = pieces.append

    def end(name: str) -> None:
        nonlocal size
        if parser.CharacterDataHandler is not None and name.rpartition(":")[2] == "v":
            parser.CharacterDataHandler = None
            number = "".join(pieces).strip()
            if number.isdecimal() and int(number[:12]) < len(lengths):
                size += lengths[int(number[:12])]

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    _parse(parser, stream)
    return size
