"""The tables that ship with the library, read from the folder ``data``.

In a wheel the folder stands in the package; in a checkout and an editable install it is the one at
the root of the repository.
"""

from __future__ import annotations

import csv
import os
from typing import Final

__all__ = ["list_shipped", "read_shipped", "read_shipped_rows"]

# Neither importlib.resources nor pathlib: each takes longer to import than all tables to read.
_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
_INSTALLED: Final = f"{_PACKAGE}/data"
_FOLDER: Final = (
    _INSTALLED if os.path.isdir(_INSTALLED) else f"{_PACKAGE}/../../data"  # noqa: PTH112
)


def list_shipped(folder: str) -> list[str]:
    """Return the names of all tables in a folder inside ``data``, in alphabetical order.

    >>> list_shipped("words")[0]
    'words/any_language.csv'
    """
    names = os.listdir(f"{_FOLDER}/{folder}")  # noqa: PTH208
    return sorted(f"{folder}/{name}" for name in names if name.endswith(".csv"))


def read_shipped(name: str) -> str:
    """Read a file of the folder ``data``; ``name`` may hold slashes.

    >>> read_shipped("words/en_small_words.csv").partition(",")[0]
    'form'
    """
    with open(f"{_FOLDER}/{name}", encoding="utf-8", newline="") as file:  # noqa: PTH123
        return file.read()


def read_shipped_rows(name: str) -> list[list[str]]:
    """Read the rows of a table without its header; the first of them stands in line 2.

    >>> read_shipped_rows("words/en_small_words.csv")[0][:2]
    ['a', 'filler']
    """
    return list(csv.reader(read_shipped(name).splitlines()[1:]))
