"""The titles of a sheet: where they are, and the text for each row."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pmo_classify.files.rows import TextRow, first_rows
from pmo_classify.files.xlsx.cell_range import column_letter
from pmo_classify.files.xlsx.rows import Row, cell_text
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.labeller import Summary, TitlePlace
from pmo_classify.labelling.title_column import (
    NoTitleColumn,
    TitleColumn,
    find_title_column,
    without_columns,
)
from pmo_classify.wording import shortened

__all__ = ["SheetTitles", "SheetWithoutTitles", "describe_titles", "read_titles"]


_MOST_COLUMNS: Final = 12
_LONGEST_HEADER: Final = 40


class SheetWithoutTitles(NoTitleColumn):
    """A sheet has no title column; ``columns`` are those that it has, for a message."""

    def __init__(self, message: str, columns: str) -> None:
        super().__init__(message)
        self.columns = columns


@dataclass(frozen=True, slots=True)
class SheetTitles:
    """The titles of a sheet.

    ``header_row`` and ``column`` count from 1; ``header`` is the text of that row from column A
    on; ``title`` is the column as it was found; ``earlier`` maps the label columns of an earlier
    run to their columns. ``titles`` has the text for each row below the header, and None for an
    empty row.
    """

    header_row: int
    header: list[str]
    column: int
    title: TitleColumn
    earlier: dict[str, int]
    titles: list[str | None]

    @property
    def rows(self) -> int:
        """The number of rows that get labels."""
        return sum(title is not None for title in self.titles)

    def of(self, row: int) -> str | None:
        """Return the title of a row, None for one that gets no labels."""
        index = row - self.header_row - 1
        return self.titles[index] if 0 <= index < len(self.titles) else None


def read_titles(rows: Iterable[Row], wanted: str | None, place: str) -> SheetTitles:
    """Find the title column of a sheet, and read it to the end.

    A ``FileError`` is that of ``find_title_column``; a ``SheetWithoutTitles`` if there is none.
    """
    texts = (TextRow(row.number, list(map(cell_text, row.cells))) for row in rows)
    first = first_rows(texts)
    own = without_columns([row.cells for row in first], LABEL_COLUMNS)
    try:
        title = find_title_column(own, wanted, place)
    except NoTitleColumn as error:
        raise SheetWithoutTitles(str(error), _columns(own)) from None
    header = first[title.header_row]
    names = [text.strip() for text in header.cells]
    earlier: dict[str, int] = {
        name: names.index(name) + 1 for name in LABEL_COLUMNS if name in names
    }
    known: dict[str, str] = {}
    titles: list[str | None] = []
    for number, cells in itertools.chain(first[title.header_row + 1 :], texts):
        titles.extend([None] * (number - header.number - 1 - len(titles)))
        text = cells[title.position] if title.position < len(cells) else ""
        titles.append(known.setdefault(text, text))
    return SheetTitles(header.number, header.cells, title.position + 1, title, earlier, titles)


def _columns(rows: Sequence[Sequence[str]]) -> str:
    """Return the cells of the fullest row with their letters; empty if there is nothing."""
    header = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row), default=())
    named = [
        f"{shortened(cell, _LONGEST_HEADER)!r} ({column_letter(at)})"
        for at, cell in enumerate(header)
        if cell.strip()
    ]
    more = [f"and {len(named) - _MOST_COLUMNS} more"] if len(named) > _MOST_COLUMNS else []
    return ", ".join(named[:_MOST_COLUMNS] + more)


def describe_titles(summary: Summary, sheets: Mapping[str, SheetTitles]) -> None:
    """Say in a summary which sheets and columns were read, and which columns are replaced."""
    replaced = {name for found in sheets.values() for name in found.earlier}
    summary.replaced_columns = tuple(name for name in LABEL_COLUMNS if name in replaced)
    summary.places = [
        TitlePlace(name, found.title.name or None, found.title.letter, found.header_row, found.rows)
        for name, found in sheets.items()
    ]
    columns = {name: str(found.title) for name, found in sheets.items()}
    summary.read_as["sheets"] = ", ".join(map(repr, columns))
    several = "; ".join(f"{name!r}: {column}" for name, column in columns.items())
    summary.read_as["column"] = several if len(columns) > 1 else next(iter(columns.values()))
