"""What Python lacks inside a web page: threads, other processes, and the library Arrow."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from pmo_classify.errors import FileError
from pmo_classify.files.kinds import FileKind, file_format

__all__ = ["IN_BROWSER", "check_for_browser"]

IN_BROWSER: Final = sys.platform == "emscripten"
"""Whether this is Python in a web page."""


def check_for_browser(source: Path) -> None:
    """Refuse a file that only Arrow can read, with a ``FileError``.

    >>> check_for_browser(Path("ads.csv"))
    >>> check_for_browser(Path("ads.parquet"))
    Traceback (most recent call last):
    ...
    pmo_classify.errors.FileError: ads.parquet: a web page cannot read Parquet: save it as .csv or .xlsx
    """  # noqa: E501 - a message is one line
    found = file_format(source)
    if found.kind is FileKind.PARQUET:
        message = f"{source}: a web page cannot read Parquet: save it as .csv or .xlsx"
        raise FileError(message)
    if found.packing == ".zst":
        message = f"{source}: a web page cannot unpack .zst: unpack it first"
        raise FileError(message)
