"""A reviewed sheet, read back: its rows with the decisions of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.errors import FileError, TableFault
from pmo_classify.knowledge.listed_titles import ListedTitle, RawRow, check_row
from pmo_classify.labelling.headered_table import HeaderedTable, column_key, headered_tables
from pmo_classify.labelling.title_column import NoTitleColumn
from pmo_classify.review.decisions import Decision, parse_decision
from pmo_classify.wording import names_no_scope

__all__ = ["NotAReviewError", "ReviewedRow", "reviewed_rows"]

_DECISION: Final = "decision"
_PARTS: Final = ("track", "level", "scope")
_NOTE: Final = "note"
_SOURCE: Final = "reviewed"


class NotAReviewError(FileError):
    """A file can be read, and no sheet in it has the columns of a review."""


class ReviewedRow(NamedTuple):
    """A row's number in the sheet, and its cells by the name of their column.

    The cells are ``title`` and ``note``, with ``decision`` or with ``track``, ``level`` and
    ``scope``, as older releases had them.
    """

    file: str
    number: int
    cells: Mapping[str, str]

    @property
    def title(self) -> str:
        """The title."""
        return self.cells["title"]

    @property
    def note(self) -> str:
        """The person's note."""
        return self.cells[_NOTE]

    @property
    def decision(self) -> str:
        """The decision as it is written in the sheet; empty if the person left it open."""
        if _DECISION in self.cells:
            return self.cells[_DECISION]
        return " ".join(filter(None, (self.cells[name] for name in _PARTS)))

    def checked(self) -> ListedTitle | list[TableFault]:
        """Return the title with its decision, or what is wrong with the row."""
        parts = self._parts()
        if isinstance(parts, TableFault):
            return [parts]
        cells = {
            "title": self.title,
            **parts._asdict(),
            "ambiguous": "",
            "source": self.note or _SOURCE,
        }
        return check_row(RawRow(self.file, self.number, cells))

    def _parts(self) -> Decision | TableFault:
        if _DECISION in self.cells:
            found = parse_decision(self.decision)
            fix = "choose from the list, or write a level and a scope as in 'Level 3, programme'"
            what = f"the decision {self.decision!r} cannot be read"
            return found or TableFault(self.file, self.number, what, fix)
        track, level, scope = (self.cells[name] for name in _PARTS)
        if not track:
            what = f"{' and '.join(n for n in _PARTS[1:] if self.cells[n])} without a track"
            return TableFault(self.file, self.number, what, "choose a track, or clear the row")
        return Decision(track, level, "" if names_no_scope(scope) else scope)


def reviewed_rows(path: Path) -> list[ReviewedRow]:
    """Read the rows of the first sheet that has the columns of a review.

    The columns are found by name, in any order and among others. A ``FileError`` says why the file
    cannot be read; it is a ``NotAReviewError`` if that is all that is wrong.
    """
    try:
        with headered_tables(path, column="title") as tables:
            for table in tables:
                names = _columns(table)
                if names is not None:
                    return list(_rows(table, path.name, names))
    except NoTitleColumn as error:
        raise NotAReviewError(str(error)) from None
    message = (
        f"{path}: no sheet has the columns title and decision, or title, {', '.join(_PARTS)}: "
        "use a workbook that review wrote, with its header as it was"
    )
    raise NotAReviewError(message)


def _columns(table: HeaderedTable) -> tuple[str, ...] | None:
    """Return the columns of the decision; None if the table is no review."""
    for names in ((_DECISION,), _PARTS):
        if all(name in table.positions for name in names):
            counts = Counter(map(column_key, table.header))
            twice = [name for name in (*names, _NOTE) if counts[name] > 1]
            if twice:
                message = f"{table.place}: two columns are called {twice[0]!r}: rename one of them"
                raise FileError(message)
            return names
    return None


def _rows(table: HeaderedTable, file: str, names: tuple[str, ...]) -> Iterator[ReviewedRow]:
    positions = {name: table.positions.get(name) for name in (*names, _NOTE)}
    for row in table.rows:
        cells = {name: row.cell(position) for name, position in positions.items()}
        cells["title"] = row.title.strip()
        if any(cells.values()):
            yield ReviewedRow(file, row.number, cells)
