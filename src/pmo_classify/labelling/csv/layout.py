"""Where a CSV file has its header, its titles and the label columns of an earlier run."""

from __future__ import annotations

from collections.abc import Generator
from statistics import mode

from pmo_classify.files.csv.blocks import Block
from pmo_classify.files.csv.table import CsvTable
from pmo_classify.files.rows import first_rows
from pmo_classify.labelling.label_set import ALL_LABELS, LabelSet
from pmo_classify.labelling.labeller import TitlePlace
from pmo_classify.labelling.title_column import (
    NO_HEADER,
    find_title_column,
    header_index,
    header_warning,
    without_columns,
)

__all__ = ["CsvLayout"]


class CsvLayout:
    """The layout of a table: header, title column, and label columns that are replaced.

    ``table`` is the file itself. ``header_number`` counts records from 0, ``title`` columns from 0;
    without a header, ``header_number`` is that of the record before the first. ``header_width`` is
    the number of the user's own columns; ``replaced`` are the names of the label columns;
    ``warnings`` is what a user should know. A ``FileError`` says what cannot be found.

    ``column`` names the title column, ``header`` is the number of the header row from 1, or 0 for
    a file without one; what is None is found. ``labels`` are the columns to add.

    >>> import io
    >>> from pathlib import Path
    >>> table = CsvTable(io.BytesIO(b"Export\\nid;title\\n7;PMO Lead\\n"), Path("ads.csv"))
    >>> CsvLayout(table).read_as()
    {'encoding': 'UTF-8', 'delimiter': 'semicolon', 'column': "'title' (B)", 'header row': '2'}
    """

    def __init__(
        self,
        table: CsvTable,
        column: str | None = None,
        header: int | None = None,
        labels: LabelSet = ALL_LABELS,
    ) -> None:
        self.table = table
        self.labels = labels
        first = first_rows(table.rows())
        place = table.source_name
        own = without_columns([row.cells for row in first], labels.ours)
        at = header_index(first, header, place)
        self._found = find_title_column(own, column, place, header=at, needs_header=False)
        self.title = self._found.position
        self.warnings: list[str] = []
        if self._found.header_row == NO_HEADER:
            self._labels: frozenset[int] = frozenset()
            self.header_number = first[0].number - 2
            self.header_width = mode(len(row.cells) for row in first)
            self.replaced: tuple[str, ...] = ()
            if header is None:
                self.warnings.append(header_warning(first[0], self._found))
            return
        row = first[self._found.header_row]
        self.header_number = row.number - 1
        self._labels = frozenset(i for i, name in enumerate(row.cells) if name in labels.earlier)
        self.replaced = tuple(row.cells[i] for i in sorted(self._labels))
        self.header_width = len(row.cells) - len(self._labels)
        labels.check_clash(row.cells, place)
        labels.check_title("".join(row.cells[self.title : self.title + 1]), place)

    @property
    def has_header(self) -> bool:
        """Whether a row holds the names of the columns."""
        return self._found.header_row != NO_HEADER

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
        above = max(0, self.header_number)
        for block in self.blocks():
            if isinstance(block, list):
                rows, above = block[above:], max(0, above - len(block))
                widest = max([widest, *(len(self.own_cells(cells)) for cells, _, _ in rows)])
        return widest

    def read_as(self) -> dict[str, str]:
        """Return how the file is read, for the summary."""
        row = str(self.header_number + 1) if self.has_header else "none"
        found = {"column": str(self._found), "header row": row}
        return {**self.table.read_as(), **found}

    def place(self) -> TitlePlace:
        """Return where the titles are, for programs."""
        row = self.header_number + 1 if self.has_header else None
        return TitlePlace(None, self._found.name or None, self._found.letter, row)
