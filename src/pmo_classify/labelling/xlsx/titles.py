"""The titles of a sheet: where they are, and the text for each row."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.files.rows import TextRow, first_rows
from pmo_classify.files.xlsx.cell_range import column_letter
from pmo_classify.files.xlsx.rows import Row, cell_text
from pmo_classify.labelling.label_set import ALL_LABELS, LabelSet
from pmo_classify.labelling.labeller import Progress, Summary, TitlePlace
from pmo_classify.labelling.title_column import (
    NO_HEADER,
    NoTitleColumn,
    TitleColumn,
    find_title_column,
    header_index,
    header_warning,
    without_columns,
)
from pmo_classify.wording import shortened

__all__ = [
    "SheetTitles",
    "SheetWithoutTitles",
    "TitleSearch",
    "describe_titles",
    "read_titles",
    "row_progress",
]


_MOST_COLUMNS: Final = 12
_LONGEST_HEADER: Final = 40
_ROWS_AT_ONCE: Final = 250


class SheetWithoutTitles(NoTitleColumn):
    """A sheet has no title column; ``columns`` are those that it has, for a message."""

    def __init__(self, message: str, columns: str) -> None:
        super().__init__(message)
        self.columns = columns


class TitleSearch(NamedTuple):
    """What is known of the titles of a workbook before it is read.

    ``column`` and ``sheet`` are None if they are to be found, and so is ``header``: the number of
    the header row, or 0 for sheets without one. ``labels`` are those that will be added.
    """

    column: str | None = None
    sheet: str | None = None
    header: int | None = None
    labels: LabelSet = ALL_LABELS


@dataclass(frozen=True, slots=True)
class SheetTitles:
    """The titles of a sheet.

    ``start`` is the first row that may have a title, below the header if there is one;
    ``start`` and ``column`` count from 1. ``header`` is the text of the header row from column A
    on, empty without one; ``title`` is the column as it was found. ``labels`` are those of the
    sheet, and ``earlier`` has the column of those that are there from an earlier run, by their
    index. ``titles`` has the text for each row from ``start`` on, and None for an empty row.
    """

    start: int
    header: list[str]
    column: int
    title: TitleColumn
    labels: LabelSet
    earlier: dict[int, int]
    titles: list[str | None]
    warnings: list[str]

    @property
    def header_row(self) -> int | None:
        """The number of the header row; None without one."""
        return None if self.title.header_row == NO_HEADER else self.start - 1

    @property
    def top(self) -> int:
        """The first row of the table: that of the header, if there is one."""
        return self.start if self.header_row is None else self.header_row

    @property
    def rows(self) -> int:
        """The number of rows that get labels."""
        return sum(title is not None for title in self.titles)

    def of(self, row: int) -> str | None:
        """Return the title of a row, None for one that gets no labels."""
        index = row - self.start
        return self.titles[index] if 0 <= index < len(self.titles) else None


def read_titles(rows: Iterable[Row], search: TitleSearch, name: str, source: Path) -> SheetTitles:
    """Find the title column of the sheet with this name, and read it to the end.

    A ``FileError`` is that of ``find_title_column``; a ``SheetWithoutTitles`` if there is none.
    """
    place = f"{source}, sheet {name!r}"
    texts = (TextRow(row.number, list(map(cell_text, row.cells))) for row in rows)
    first = first_rows(texts)
    own = without_columns([row.cells for row in first], search.labels.ours)
    # Rows and columns can only be asked for where there is something.
    at = header_index(first, search.header, place) if first else None
    try:
        title = find_title_column(own, search.column, place, header=at, needs_header=False)
    except NoTitleColumn as error:
        raise SheetWithoutTitles(str(error), _columns(own)) from None
    has_header = title.header_row != NO_HEADER
    header = first[title.header_row].cells if has_header else []
    start = first[title.header_row].number + 1 if has_header else first[0].number
    names = [text.strip() for text in header]
    search.labels.check_clash(names, place)
    search.labels.check_title("".join(names[title.position : title.position + 1]), place)
    earlier = {index: at + 1 for index, at in search.labels.earlier_in(names).items()}
    labels = search.labels.including(earlier)
    warnings = _warnings(first[0], title, search, labels)
    below = itertools.chain(first[title.header_row + 1 :], texts)
    return SheetTitles(
        start,
        header,
        title.position + 1,
        title,
        labels,
        earlier,
        _titles(below, start, title.position),
        [f"sheet {name!r}: {warning}" for warning in warnings],
    )


def _titles(rows: Iterable[TextRow], start: int, position: int) -> list[str | None]:
    """Return the title of each row from a number on, None for one that is empty."""
    known: dict[str, str] = {}
    titles: list[str | None] = []
    for number, cells in rows:
        titles.extend([None] * (number - start - len(titles)))
        text = cells[position] if position < len(cells) else ""
        titles.append(known.setdefault(text, text))
    return titles


def _warnings(
    first: TextRow, title: TitleColumn, search: TitleSearch, labels: LabelSet
) -> Iterator[str]:
    if title.header_row == NO_HEADER and search.header is None:
        yield header_warning(first, title)
    # To take columns out would move others, and to leave them would keep answers of another run.
    more = [name for name in labels.names if name not in search.labels.names]
    if more:
        yield (
            "columns of an earlier run that were not asked for have new labels too, because no "
            f"column of a workbook is removed: {', '.join(more)}"
        )


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


def row_progress(progress: Progress | None, sheets: Iterable[SheetTitles]) -> Callable[[int], None]:
    """Return a function to call after each row, which tells ``progress`` now and then."""
    total = sum(found.rows for found in sheets)

    def show(rows: int) -> None:
        if progress is not None and (rows % _ROWS_AT_ONCE == 0 or rows == total):
            progress(rows, total)

    return show


def describe_titles(summary: Summary, sheets: Mapping[str, SheetTitles]) -> None:
    """Say in a summary which sheets and columns were read, and which columns are replaced."""
    replaced = {
        index: found.labels.name(index) for found in sheets.values() for index in found.earlier
    }
    summary.replaced_columns = tuple(replaced[index] for index in sorted(replaced))
    for found in sheets.values():
        summary.warnings.extend(found.warnings)
    summary.places = [
        TitlePlace(name, found.title.name or None, found.title.letter, found.header_row, found.rows)
        for name, found in sheets.items()
    ]
    columns = {name: str(found.title) for name, found in sheets.items()}
    summary.read_as["sheets"] = ", ".join(map(repr, columns))
    several = "; ".join(f"{name!r}: {column}" for name, column in columns.items())
    summary.read_as["column"] = several if len(columns) > 1 else next(iter(columns.values()))
