"""The errors that a user of the library can cause, one type for each kind of input.

Every message names the value or its place, and says what to do next.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "FileError",
    "FrameError",
    "MissingExtraError",
    "PmoClassifyError",
    "ReplacedColumnsWarning",
    "TableError",
    "TableFault",
]


class PmoClassifyError(Exception):
    """The base class of every error that this library raises on purpose."""


class FileError(PmoClassifyError):
    """A file cannot be read, understood or written."""


class FrameError(PmoClassifyError):
    """A data frame cannot be labelled: because of its kind, its title column, or its titles."""


class MissingExtraError(PmoClassifyError):
    """A feature needs libraries that are not installed; the message says how to install them."""


class ReplacedColumnsWarning(UserWarning):
    """A data frame already had label columns, and they were replaced."""


class TableFault(NamedTuple):
    """One fault in a table of titles or words: where it is, what it is and how to fix it.

    >>> print(TableFault("my.csv", 7, "level '5' is not a level", "write 1, 2, 3 or 4"))
    my.csv:7: level '5' is not a level: write 1, 2, 3 or 4
    """

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}: {self.fix}"


class TableError(PmoClassifyError):
    """A table of titles has rows that cannot be used.

    ``faults`` lists all of their faults, so that you can fix the table in one go.
    """

    def __init__(self, faults: list[TableFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults

    def __reduce__(self) -> tuple[type[TableError], tuple[list[TableFault]]]:
        return type(self), (self.faults,)
