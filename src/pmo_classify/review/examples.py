"""Example rows for doubtful titles: where they are, at which employer and in which department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.labelling.headered_table import HeaderedTable, headered_tables
from pmo_classify.reading.cleaning import fold
from pmo_classify.wording import shortened

__all__ = ["MOST_EXAMPLES", "Examples", "find_examples"]

MOST_EXAMPLES: Final = 3

_KINDS: Final = ("place", "employer", "department")
_LONGEST: Final = 60
_SEPARATOR: Final = " · "


class Examples:
    """Up to three different examples for each group of titles that are one.

    ``groups`` maps each title, as it is in the file, to the name of its group.

    >>> examples = Examples({"PMO Lead": "pmo lead", "PMO LEAD": "pmo lead"})
    >>> for title, place in (("PMO Lead", "Leeds"), ("PMO LEAD", "York"), ("PMO Lead", "Leeds")):
    ...     examples.add(title, place)
    >>> examples.of("pmo lead"), examples.of("chef"), examples.are_enough
    (['Leeds', 'York'], [], False)
    """

    def __init__(self, groups: Mapping[str, str] | None = None) -> None:
        self._groups = groups or {}
        self._found: dict[str, list[str]] = {group: [] for group in self._groups.values()}
        self._missing = len(self._found)

    def add(self, title: str, example: str) -> None:
        """Add an example, if the title is one of those wanted and its group has room for it."""
        found = self._found.get(self._groups.get(title, ""), [])
        if title not in self._groups or not example or example in found:
            return
        if len(found) < MOST_EXAMPLES:
            found.append(example)
            self._missing -= len(found) == MOST_EXAMPLES

    def read(
        self,
        source: Path | str,
        *,
        column: str | None = None,
        sheet: str | None = None,
        encoding: str | None = None,
        header: int | None = None,
    ) -> None:
        """Read a file once more, and add its examples, as ``find_examples`` does."""
        with headered_tables(
            source, column=column, sheet=sheet, encoding=encoding, header=header
        ) as tables:
            for table in tables:
                _add_examples(self, table)
                if self.are_enough:
                    break

    def of(self, group: str) -> list[str]:
        """Return the examples of a group."""
        return self._found.get(group, [])

    @property
    def are_enough(self) -> bool:
        """Whether every group has as many as are wanted."""
        return self._missing == 0


def find_examples(
    source: Path | str,
    groups: Mapping[str, str],
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Examples:
    """Read a file once more, and return examples for groups of titles; see ``Examples``.

    Examples come from the columns for a place, an employer and a department, as far as there are
    any. A ``FileError`` says what is wrong, where, and what to do.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ads = Path(folder, "ads.csv")
    ...     _ = ads.write_text("Job title,Town,Employer\\nPlanner,Leeds,Acme\\nPLANNER,York,\\n")
    ...     find_examples(ads, {"Planner": "planner", "PLANNER": "planner"}).of("planner")
    ['Leeds · Acme', 'York']
    """
    examples = Examples(groups)
    examples.read(source, column=column, sheet=sheet, encoding=encoding)
    return examples


def _add_examples(examples: Examples, table: HeaderedTable) -> None:
    positions = _detail_positions(table.header)
    if not positions:
        return
    for row in table.rows:
        texts = [" ".join(row.cell(position).split()) for position in positions]
        cells = [shortened(text, _LONGEST) for text in texts if text]
        examples.add(row.title, _SEPARATOR.join(cells))
        if examples.are_enough:
            return


def _detail_positions(header: Sequence[str]) -> list[int]:
    """Return the first column for each kind of detail, in the order of the kinds."""
    known = _detail_words()
    kinds = [known.get(" ".join(fold(name).replace("_", " ").split())) for name in header]
    return [kinds.index(kind) for kind in _KINDS if kind in kinds]


@cache
def _detail_words() -> dict[str, str]:
    return dict(read_shipped_rows("detail_words.csv"))
