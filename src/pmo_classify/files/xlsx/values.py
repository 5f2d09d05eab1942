"""What the cells of a sheet say, read by libraries: python-calamine, or openpyxl for the rest.

The value of a formula is the one that the workbook has stored.
"""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.title_column import PREVIEW_ROWS, TitleColumn, find_title_column
from pmo_classify.files.xlsx.limits import fault
from pmo_classify.labelling.labeller import LABEL_COLUMNS

__all__ = [
    "Row",
    "SheetTitles",
    "calamine_book",
    "cell_text",
    "crash_of_the_reader",
    "read_rows",
    "read_titles",
]

_UNREADABLE: Final = "open it in Excel and save it again"


class Row(NamedTuple):
    """A row that holds something: its number from 1, and its cells from column A on."""

    number: int
    cells: list[Any]


@dataclass(frozen=True, slots=True)
class SheetTitles:
    """The titles of a sheet.

    ``header_row`` and ``column`` count from 1; ``header`` is the text of that row from column A
    on; ``title`` is the column as it was found; ``earlier`` maps label columns of an earlier run to
    their places. ``titles`` holds the text for each row after the header, and None for a row where
    nothing stands.
    """

    header_row: int
    header: list[str]
    column: int
    title: TitleColumn
    earlier: dict[str, int]
    titles: list[str | None]

    def of(self, row: int) -> str | None:
        """Give the title of a row, None for one that gets no labels."""
        at = row - self.header_row - 1
        return self.titles[at] if 0 <= at < len(self.titles) else None


def cell_text(value: object) -> str:
    """Give a cell's value as a person reads it.

    >>> cell_text(2024.0), cell_text(True), cell_text(None), cell_text("PMO Lead")
    ('2024', 'TRUE', '', 'PMO Lead')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def calamine_book(source: Path) -> Any:
    """Open a workbook for reading with python-calamine; a ``FileError`` says why it cannot be."""
    from python_calamine import (  # noqa: PLC0415 - only workbooks need it
        CalamineError,
        CalamineWorkbook,
        PasswordError,
    )

    try:
        return CalamineWorkbook.from_path(str(source))
    except PasswordError:
        message = "it is protected by a password: save it without one, and run again"
        raise fault(source, "", message) from None
    except OSError as error:
        raise fault(source, "", f"cannot be read: {error.strerror or error}") from None
    except (CalamineError, ValueError) as error:
        raise fault(source, "", f"not a readable workbook ({error}): {_UNREADABLE}") from None
    except BaseException as error:  # noqa: BLE001 - raised again, or told as a FileError
        raise crash_of_the_reader(source, error) from None


def crash_of_the_reader(source: Path, error: BaseException) -> BaseException:
    """Tell a panic, which comes past ``Exception``, as a fault of the file."""
    if type(error).__name__ == "PanicException":
        return fault(source, "", f"the workbook is damaged: {_UNREADABLE}")
    return error


def read_rows(source: Path, sheet: str, *, at_once: bool) -> Iterator[Row]:
    """Give the rows of a sheet that hold something, in order.

    Reading them ``at_once`` is fast, and is for sheets that fit into memory.
    """
    if at_once:
        rows = _rows_at_once(source, sheet)
        if rows is not None:
            return rows
    return _rows_one_by_one(source, sheet)


def _rows_at_once(source: Path, sheet: str) -> Iterator[Row] | None:
    """Read with python-calamine; None where it finds nothing that it can read."""
    try:
        book = calamine_book(source)
        cells = book.get_sheet_by_name(sheet)
    except FileError:
        return None
    except Exception:  # noqa: BLE001 - the library raises many kinds; openpyxl is asked next
        return None
    except BaseException as error:  # noqa: BLE001 - raised again, or told as a FileError
        raise crash_of_the_reader(source, error) from None
    if cells.start is None:
        return None
    left = [""] * cells.start[1]
    return (
        Row(number, [*left, *row] if left else row)
        for number, row in enumerate(cells.iter_rows(), 1)
        if _holds_something(row)
    )


def _rows_one_by_one(source: Path, sheet: str) -> Iterator[Row]:
    """Read with openpyxl, which holds one row at a time."""
    import warnings  # noqa: PLC0415 - with openpyxl, which warns of what we do not change

    import openpyxl  # noqa: PLC0415 - only workbooks need it

    try:
        # The library leaves a file open that it cannot read; so it is ours to close.
        with source.open("rb") as handle, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(handle, read_only=True, data_only=True)
            with closing(book):
                cells = book[sheet]
                cells.reset_dimensions()
                for number, row in enumerate(cells.iter_rows(values_only=True), 1):
                    if _holds_something(row):
                        yield Row(number, list(row))
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        message = f"the cells cannot be read ({error}): {_UNREADABLE}"
        raise fault(source, f"sheet {sheet!r}", message) from None
    except (OSError, zipfile.BadZipFile) as error:
        message = f"the cells cannot be read ({error}): {_UNREADABLE}"
        raise fault(source, f"sheet {sheet!r}", message) from None


def _holds_something(row: Iterable[object]) -> bool:
    return any(value is not None and value != "" for value in row)


def _without_labels(rows: list[list[str]]) -> list[list[str]]:
    """Empty the columns of an earlier run, which hold titles too, but not the user's."""
    ours = {at for row in rows for at, text in enumerate(row) if text.strip() in LABEL_COLUMNS}
    return [["" if at in ours else text for at, text in enumerate(row)] for row in rows]


def read_titles(rows: Iterator[Row], wanted: str | None, place: str) -> SheetTitles:
    """Find the title column among the first rows, and read it down to the last.

    A ``FileError`` is that of ``find_title_column``.
    """
    first = list(itertools.islice(rows, PREVIEW_ROWS))
    texts = [[cell_text(value) for value in row.cells] for row in first]
    title = find_title_column(_without_labels(texts), wanted, place)
    header = first[title.header_row].number
    names = [text.strip() for text in texts[title.header_row]]
    earlier: dict[str, int] = {
        name: names.index(name) + 1 for name in LABEL_COLUMNS if name in names
    }
    known: dict[str, str] = {}
    titles: list[str | None] = []
    for number, cells in itertools.chain(first[title.header_row + 1 :], rows):
        titles.extend([None] * (number - header - 1 - len(titles)))
        text = cell_text(cells[title.position]) if title.position < len(cells) else ""
        titles.append(known.setdefault(text, text))
    return SheetTitles(header, texts[title.header_row], title.position + 1, title, earlier, titles)
