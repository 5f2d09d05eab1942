"""A file of delimited text, and what was found out about it before its rows are labelled."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

from pmo_classify.errors import FileError
from pmo_classify.files.csv.blocks import CsvText, Piece, read_pieces
from pmo_classify.files.csv.dialect import SAMPLE_LENGTH, CellWriter, delimiter_name, find_dialect
from pmo_classify.files.csv.encoding import find_encoding, read_texts
from pmo_classify.files.csv.kind import check_kind
from pmo_classify.files.csv.records import Record, cell_value
from pmo_classify.files.streams import place_name
from pmo_classify.files.title_column import PREVIEW_ROWS, column_letter, find_title_column
from pmo_classify.labelling.labeller import LABEL_COLUMNS

__all__ = ["CsvTable", "is_blank"]

_PREVIEW_LENGTH: Final = 1 << 22
_PREVIEW_CELL: Final = 1_000


def is_blank(cells: list[str], body: str) -> bool:
    """Tell a blank line: no delimiter, and nothing but spaces.

    >>> is_blank([""], ""), is_blank(["", ""], ",")
    (True, False)
    """
    return len(cells) == 1 and not body.strip()


class CsvTable:
    """What was found: encoding, dialect, header, title column, and columns of an earlier run.

    ``header_number`` counts records from 0, ``title`` columns from 0; ``replaced`` names the
    columns of an earlier run, which ``kept_cells`` takes out. A ``FileError`` says what cannot be
    found.

    >>> import io
    >>> table = CsvTable(io.BytesIO(b"Export\\nid;title\\n7;PMO Lead\\n"), Path("ads.csv"))
    >>> table.read_as()
    {'encoding': 'UTF-8', 'delimiter': 'semicolon', 'column': "'title' (B)", 'header row': '2'}
    """

    def __init__(
        self,
        handle: BinaryIO,
        source: Path | str,
        column: str | None = None,
        encoding: str | None = None,
    ) -> None:
        self._handle = handle
        self.place = place_name(source)
        check_kind(handle, self.place)
        self.encoding = find_encoding(handle, encoding, self.place)
        self.dialect = find_dialect(self._head(), Path(source).suffix)
        self.writer = CellWriter(self.dialect, self.encoding)
        self._text = CsvText(handle, self.encoding, self.dialect, self.place)
        self._find_columns(column)

    def records(self) -> Iterator[Record]:
        """Read the records from the start of the file."""
        return chain.from_iterable(self._text.batches())

    def pieces(self) -> Generator[Piece]:
        """Read the records from the start of the file, as many at once as memory may hold.

        Those that come as ``PlainRows`` are rows below the header, and as wide.
        """
        if self.replaced:
            return self._text.batches()
        return read_pieces(self._text, self.header_number + 1, self.header_width, self.title)

    def value(self, raw: str) -> str:
        """Read a cell as it is written."""
        return cell_value(raw, self.dialect.quote)

    def kept_cells(self, cells: list[str]) -> list[str]:
        """Take out the cells of an earlier run."""
        if not self._ours:
            return cells
        return [cell for i, cell in enumerate(cells) if i not in self._ours]

    def widest(self) -> int:
        """Count the cells of the longest record from the header on, ours of an earlier run out."""
        widest = 0
        above = self.header_number
        for piece in self.pieces():
            if isinstance(piece, list):
                rows, above = piece[above:], max(0, above - len(piece))
                widest = max([widest, *(len(self.kept_cells(cells)) for cells, _, _ in rows)])
        return widest

    def read_as(self) -> dict[str, str]:
        """Say how the file is read, for the summary."""
        return {
            "encoding": str(self.encoding),
            "delimiter": delimiter_name(self.dialect.delimiter),
            "column": f"{self._title_name!r} ({column_letter(self.title)})",
            "header row": str(self.header_number + 1),
        }

    def _head(self) -> str:
        parts: list[str] = []
        length = 0
        for text in read_texts(self._handle, self.encoding, self.place):
            parts.append(text)
            length += len(text)
            if length >= SAMPLE_LENGTH:
                break
        return "".join(parts)[:SAMPLE_LENGTH]

    def _find_columns(self, column: str | None) -> None:
        numbers, rows = self._preview()
        found = find_title_column(_without_ours(rows), column, self.place)
        self.title = found.position
        self._title_name = found.name
        self.header_number = numbers[found.header_row]
        header, _, _ = next(islice(self.records(), self.header_number, None))
        names = [self.value(cell) for cell in header]
        self._ours = frozenset(i for i, name in enumerate(names) if name in LABEL_COLUMNS)
        self.replaced = tuple(names[i] for i in sorted(self._ours))
        self.header_width = len(header) - len(self._ours)
        if self.title in self._ours:
            message = (
                f"{self.place}: {names[self.title]!r} is a column that labelling writes: "
                "name the column with the titles"
            )
            raise FileError(message)

    def _preview(self) -> tuple[list[int], list[list[str]]]:
        """Give the first records that are not blank, and the number of each."""
        numbers, rows = [], []
        length = 0
        for number, (cells, body, _) in enumerate(self.records()):
            length += len(body)
            if not is_blank(cells, body):
                numbers.append(number)
                rows.append([self.value(cell)[:_PREVIEW_CELL] for cell in cells])
            if len(rows) == PREVIEW_ROWS or length > _PREVIEW_LENGTH:
                break
        return numbers, rows


def _without_ours(rows: list[list[str]]) -> list[list[str]]:
    """Empty the columns of an earlier run, so that none is taken for the user's titles."""
    named = (row for row in rows if not set(LABEL_COLUMNS).isdisjoint(row))
    ours = {i for i, name in enumerate(next(named, [])) if name in LABEL_COLUMNS}
    return [["" if i in ours else cell for i, cell in enumerate(row)] for row in rows]
