"""Distinct titles with their label cells and exact counts of rows, in bounded memory."""

from __future__ import annotations

import json
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pmo_classify.errors import FileError
from pmo_classify.labelling.columns import LabelCells

if TYPE_CHECKING:
    import sqlite3

__all__ = ["TitleStore"]

_MOST_TITLES: Final = 300_000
_MOST_CHARACTERS: Final = 1 << 25

_SCHEMA: Final = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768;
CREATE TABLE titles (title BLOB PRIMARY KEY, cells TEXT, row_count INTEGER) WITHOUT ROWID;
"""
_ADD: Final = """
INSERT INTO titles VALUES (?, ?, ?)
ON CONFLICT (title) DO UPDATE SET row_count = row_count + excluded.row_count
"""
_ONE: Final = "SELECT cells FROM titles WHERE title = ?"
_ALL: Final = "SELECT title, row_count FROM titles ORDER BY row_count DESC, title"


class TitleStore:
    """Keeps each distinct title, its cells, and in how many rows it is.

    Memory is bounded: when there are many titles, they go to a temporary database on disk, which is
    deleted with the store. Nothing is ever forgotten or estimated.

    >>> store = TitleStore()
    >>> store.add("Chef", ("other", ""), 2)
    >>> store.add("PMO Lead", ("pmo", "3"), 5)
    >>> store.get("Chef"), store.get("Cook"), len(store), list(store.by_frequency())
    (('other', ''), None, 2, [('PMO Lead', 5), ('Chef', 2)])

    A ``FileError`` says that the temporary folder cannot hold the titles.
    """

    def __init__(self) -> None:
        self._cells: dict[str, LabelCells] = {}
        self._rows: dict[str, int] = {}
        # Many titles have the same cells, which are kept once.
        self._distinct_cells: dict[LabelCells, LabelCells] = {}
        self._characters = 0
        self._disk: sqlite3.Connection | None = None
        self._on_disk: Callable[[str], LabelCells | None] | None = None

    def get(self, title: str) -> LabelCells | None:
        """Return the cells of a title, or None if it was never added."""
        cells = self._cells.get(title)
        if cells is None and self._on_disk is not None:
            cells = self._on_disk(title)
            if cells is not None:
                self.add(title, cells, 0)
        return cells

    def add(self, title: str, cells: LabelCells, rows: int) -> None:
        """Add rows to a title, which always has the same cells."""
        known = self._rows.get(title)
        if known is not None:
            self._rows[title] = known + rows
            return
        if len(self._rows) >= _MOST_TITLES or self._characters >= _MOST_CHARACTERS:
            self._to_disk()
        self._rows[title] = rows
        self._cells[title] = self._distinct_cells.setdefault(cells, cells)
        self._characters += len(title)

    def __len__(self) -> int:
        if self._disk is None:
            return len(self._rows)
        disk = self._to_disk()
        with _database_errors():
            return int(disk.execute("SELECT count(*) FROM titles").fetchone()[0])

    def by_frequency(self) -> Iterator[tuple[str, int]]:
        """Return each title and its rows, the most frequent first, then by code point."""
        if self._disk is None:
            yield from sorted(self._rows.items(), key=lambda item: (-item[1], item[0]))
            return
        with _database_errors():
            for key, rows in self._to_disk().execute(_ALL):
                yield key.decode("utf-8", "surrogatepass"), rows

    def items(self) -> Iterator[tuple[str, LabelCells, int]]:
        """Return each title with its cells and its rows, in any order."""
        if self._disk is None:
            yield from ((title, self._cells[title], rows) for title, rows in self._rows.items())
            return
        with _database_errors():
            for key, cells, rows in self._to_disk().execute("SELECT * FROM titles"):
                yield key.decode("utf-8", "surrogatepass"), tuple(json.loads(cells)), rows

    def _to_disk(self) -> sqlite3.Connection:
        with _database_errors():
            if self._disk is None:
                self._disk = self._new_database()
                self._on_disk = _finder(self._disk)
            text = {cells: json.dumps(cells) for cells in self._distinct_cells}
            # In the order of the keys, neighbours on disk are written together.
            rows = ((_key(t), text[self._cells[t]], self._rows[t]) for t in sorted(self._rows))
            self._disk.executemany(_ADD, rows)
            self._disk.commit()
        self._rows.clear()
        self._cells.clear()
        self._distinct_cells.clear()
        self._characters = 0
        return self._disk

    def _new_database(self) -> sqlite3.Connection:
        # sqlite3 is imported here because few files have so many titles.
        import sqlite3  # noqa: PLC0415

        # A database without a name is a temporary file, which is deleted when it is closed.
        # The garbage collector may close it, in whichever thread it happens to run.
        disk = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(self, disk.close)
        disk.executescript(_SCHEMA)
        return disk


def _finder(disk: sqlite3.Connection) -> Callable[[str], LabelCells | None]:
    """Return a function that looks up a title on disk; it is called very often."""
    parsed = lru_cache(maxsize=10_000)(lambda text: tuple(json.loads(text)))
    execute = disk.execute

    def find(title: str) -> LabelCells | None:
        with _database_errors():
            found = execute(_ONE, (_key(title),)).fetchone()
        return None if found is None else parsed(found[0])

    return find


def _key(title: str) -> bytes:
    """Return a title as bytes that sort as code points do; a lone surrogate is allowed."""
    return title.encode("utf-8", "surrogatepass")


@contextmanager
def _database_errors() -> Iterator[None]:
    import sqlite3  # noqa: PLC0415 - as above

    try:
        yield
    except sqlite3.Error as error:
        message = (
            f"{tempfile.gettempdir()}: the temporary folder cannot hold the distinct titles: "
            f"{error}: free some space there"
        )
        raise FileError(message) from None
