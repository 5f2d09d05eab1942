"""Where a CSV file has its header, its titles and the label columns of an earlier run."""

from __future__ import annotations

from collections.abc import Generator

from pmo_classify.errors import FileError
from pmo_classify.files.csv.blocks import Block
from pmo_classify.files.csv.table import CsvTable
from pmo_classify.files.tables import first_rows
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.title_column import find_title_column, without_columns

__all__ = ["CsvLayout"]


class CsvLayout:
    """The layout of a table: header, title column, and label columns that are replaced.

    ``table`` is the file itself. ``header_number`` counts records from 0, ``title`` columns from 0;
    ``header_width`` is the number of the user's own columns; ``replaced`` are the names of the
    label columns. A ``FileError`` says what cannot be found.

    >>> import io
    >>> from pathlib import Path
    >>> table = CsvTable(io.BytesIO(b"Export\\nid;title\\n7;PMO Lead\\n"), Path("ads.csv"))
    >>> CsvLayout(table).read_as()
    {'encoding': 'UTF-8', 'delimiter': 'semicolon', 'column': "'title' (B)", 'header row': '2'}
    """

    def __init__(self, table: CsvTable, column: str | None = None) -> None:
        self.table = table
        first = first_rows(table.rows())
        own = without_columns([row.cells for row in first], LABEL_COLUMNS)
        self._found = find_title_column(own, column, table.source_name)
        self.title = self._found.position
        header = first[self._found.header_row]
        self.header_number = header.number - 1
        self._labels = frozenset(i for i, name in enumerate(header.cells) if name in LABEL_COLUMNS)
        self.replaced = tuple(header.cells[i] for i in sorted(self._labels))
        self.header_width = len(header.cells) - len(self._labels)
        if self.title in self._labels:
            message = (
                f"{table.source_name}: {header.cells[self.title]!r} is a column that labelling "
                "writes: name the column with the titles"
            )
            raise FileError(message)

    def blocks(self) -> Generator[Block]:
        """Read the records from the start of the file, as many at once as memory may hold.

        Records that come in a ``SimpleRecordBlock`` are below the header, and as wide.
        """
        if self.replaced:
            return self.table.batches()
        return self.table.blocks(self.header_number + 1, self.header_width, self.title)

    def title_cell(self, cells: list[str]) -> str:
        """Return the title cell of a row as it is written; empty if the row is too short."""
        return cells[self.title] if self.title < len(cells) else ""

    def own_cells(self, cells: list[str]) -> list[str]:
        """Return the cells of a record without those of an earlier run."""
        if not self._labels:
            return cells
        return [cell for i, cell in enumerate(cells) if i not in self._labels]

    def widest(self) -> int:
        """Return the number of own cells of the longest record, from the header on."""
        widest = 0
        above = self.header_number
        for block in self.blocks():
            if isinstance(block, list):
                rows, above = block[above:], max(0, above - len(block))
                widest = max([widest, *(len(self.own_cells(cells)) for cells, _, _ in rows)])
        return widest

    def read_as(self) -> dict[str, str]:
        """Return how the file is read, for the summary."""
        found = {"column": str(self._found), "header row": str(self.header_number + 1)}
        return {**self.table.read_as(), **found}
