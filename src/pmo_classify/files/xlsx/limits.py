"""How much a workbook may hold, and the error for a workbook that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pmo_classify.errors import FileError

__all__ = [
    "CHUNK",
    "LARGEST_BOX_AT_ONCE",
    "LARGEST_CELL_BYTES",
    "LARGEST_LEGACY_BYTES",
    "LARGEST_LEGACY_CELLS",
    "LARGEST_PACKAGE_BYTES",
    "LARGEST_RATIO",
    "LARGEST_SMALL_PART_BYTES",
    "LARGEST_STRINGS_BYTES",
    "LARGEST_TEXTS_AT_ONCE",
    "LAST_COLUMN",
    "LAST_ROW",
    "LONGEST_START",
    "LONGEST_TEXT",
    "LONGEST_TRIAL_SECONDS",
    "MOST_ELEMENTS",
    "MOST_PARTS",
    "RATIO_FROM_BYTES",
    "fault",
]

CHUNK: Final = 1 << 18
"""Bytes that are read, scanned and written at a time."""

LARGEST_PACKAGE_BYTES: Final = 4 << 30
"""All parts of a workbook together, unpacked: a full sheet of 20 columns is about 1 GiB."""

LARGEST_RATIO: Final = 200
"""How many times its packed size a large part may have: sheets reach 30, a zip bomb 1,000."""

RATIO_FROM_BYTES: Final = 32 << 20
"""The ratio counts from this unpacked size: a small part of spaces packs very well."""

LARGEST_SMALL_PART_BYTES: Final = 64 << 20
"""Parts that are read whole: workbook, styles, tables, drawings, relationships."""

LARGEST_STRINGS_BYTES: Final = 512 << 20
"""The shared strings, which every reader of workbooks holds in memory."""

LARGEST_TEXTS_AT_ONCE: Final = 512 << 20
"""The texts of a sheet that is read at once: a text that many cells share counts for each."""

MOST_ELEMENTS: Final = 1_000_000
"""Elements and attributes of a part that is read whole: each takes about 300 bytes."""

LONGEST_START: Final = 32 << 10
"""The most bytes above the first element of a part."""

LARGEST_CELL_BYTES: Final = 8 << 20
"""One cell or tag of a sheet; Excel itself allows 32,767 characters."""

MOST_PARTS: Final = 20_000
"""Parts of a package."""

LARGEST_BOX_AT_ONCE: Final = 2_000_000
"""A sheet with up to this many cells between its first and last is read at once (about 100 bytes
a cell, with its text); a larger one row by row, which is slower."""

LARGEST_LEGACY_CELLS: Final = 20_000_000
"""Cells between the first and last of the sheets of an .ods file, which are held in memory."""

LARGEST_LEGACY_BYTES: Final = 2 << 30
"""Memory that the reader of an .xls or .ods file may use, if the system can limit it."""

LONGEST_TRIAL_SECONDS: Final = 600
"""Time that the reader of an .xls or .ods file may take."""

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
LONGEST_TEXT: Final = 32_767


def fault(source: Path, where: str, what: str) -> FileError:
    """Return the error for a workbook: the file, where in it, what is wrong and what to do."""
    place = f"{source}: {where}" if where else str(source)
    return FileError(f"{place}: {' '.join(what.split())}")
