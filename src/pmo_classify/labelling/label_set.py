"""Which label columns a run adds, and how they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from pmo_classify.errors import FileError
from pmo_classify.labelling.columns import LABEL_COLUMNS, LabelCells
from pmo_classify.reading.cleaning import fold

__all__ = ["ALL_LABELS", "USUAL_PREFIX", "LabelSet", "suffix_of"]

_T = TypeVar("_T")

USUAL_PREFIX: Final = "pmo_"


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The label columns that a run adds, in their order.

    ``chosen`` are their usual names; in the output ``prefix`` replaces ``pmo_``, and
    ``suffix`` at the end, where several title columns get labels each; ``beside`` are the labels
    of the others.

    >>> some = LabelSet.of(["level", "pmo_scope"], prefix="job_")
    >>> some.names, some.pick(["pmo", "3", "programme", *[""] * 7])
    (('job_level', 'job_scope'), ['3', 'programme'])
    """

    chosen: tuple[str, ...] = LABEL_COLUMNS
    prefix: str = USUAL_PREFIX
    suffix: str = ""
    beside: tuple[LabelSet, ...] = ()

    @classmethod
    def of(
        cls, columns: Iterable[str] | None = None, prefix: str = USUAL_PREFIX, suffix: str = ""
    ) -> LabelSet:
        """Return the set of these columns, named with or without ``pmo_``; None means all.

        A ``ValueError`` names the columns that there are; a ``TypeError`` refuses a single text.
        """
        if isinstance(columns, str):
            message = f"columns must be a list of names, such as [{columns!r}], not a str"
            raise TypeError(message)
        wanted = LABEL_COLUMNS if columns is None else [_usual_name(name) for name in columns]
        unknown = [name for name in wanted if name not in LABEL_COLUMNS]
        if unknown or not wanted:
            known = ", ".join(name.removeprefix(USUAL_PREFIX) for name in LABEL_COLUMNS)
            what = unknown[0].removeprefix(USUAL_PREFIX) if unknown else ""
            message = f"there is no label column {what!r}: choose from {known}"
            raise ValueError(message)
        chosen = tuple(name for name in LABEL_COLUMNS if name in wanted)
        return cls(chosen, prefix, suffix)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in the output."""
        return tuple(map(self._named, self.chosen))

    @property
    def indexes(self) -> tuple[int, ...]:
        """The indexes of the columns in ``LABEL_COLUMNS``."""
        return tuple(map(LABEL_COLUMNS.index, self.chosen))

    @property
    def has_clean_title(self) -> bool:
        """Whether the clean title is one of the columns."""
        return "pmo_clean_title" in self.chosen

    @property
    def earlier(self) -> frozenset[str]:
        """The names of columns in an input that labelling replaces, as those of an earlier run."""
        return frozenset(map(self._named, self._replaced))

    @property
    def ours(self) -> frozenset[str]:
        """The names of all columns that hold labels and no titles."""
        return self.earlier.union(*(other.earlier for other in self.beside))

    def name(self, index: int) -> str:
        """Return the name in the output of the label column with this index."""
        return self._named(LABEL_COLUMNS[index])

    def earlier_in(self, header: Sequence[str]) -> dict[int, int]:
        """Return the label columns that a header has, by their index, with their positions.

        >>> LabelSet.of(["level"]).earlier_in(["Job title", "pmo_track"])
        {0: 1}
        """
        places = {name: at for at, name in reversed(list(enumerate(header)))}
        named = ((LABEL_COLUMNS.index(usual), self._named(usual)) for usual in self._replaced)
        return {index: places[name] for index, name in named if name in places}

    def including(self, indexes: Collection[int]) -> LabelSet:
        """Return the set with the label columns of these indexes too."""
        wanted = {*indexes, *self.indexes}
        chosen = tuple(name for at, name in enumerate(LABEL_COLUMNS) if at in wanted)
        return replace(self, chosen=chosen)

    def pick(self, cells: Sequence[_T]) -> list[_T]:
        """Return the chosen ones of all label cells or values, in their order."""
        return [cells[LABEL_COLUMNS.index(name)] for name in self.chosen]

    def writer(self, write: Callable[[list[str]], str]) -> Callable[[LabelCells], str]:
        """Return a function that writes the chosen ones of all label cells with ``write``."""
        return lambda cells: write(self.pick(cells))

    def check_title(self, name: str, place: str) -> None:
        """Refuse a title column that is a label column of an earlier run."""
        if name in self.ours:
            message = (
                f"{place}: {name!r} is a column that labelling writes: "
                "name the column with the titles"
            )
            raise FileError(message)

    def check_clash(self, names: Collection[str], place: str) -> None:
        """Refuse a table that has some columns with our names under a prefix of the user's own.

        If it has them all, they are those of an earlier run; some alone may be anybody's.
        """
        found = [name for name in self.names if name in names]
        if self.prefix != USUAL_PREFIX and 0 < len(found) < len(self.names):
            message = (
                f"{place}: there is a column {found[0]!r} already, which would be lost: "
                "choose another --prefix"
            )
            raise FileError(message)

    @property
    def _replaced(self) -> tuple[str, ...]:
        # Under a prefix of the user's own, other columns may be the user's too.
        return LABEL_COLUMNS if self.prefix == USUAL_PREFIX else self.chosen

    def _named(self, usual: str) -> str:
        return self.prefix + usual.removeprefix(USUAL_PREFIX) + self.suffix


ALL_LABELS: Final = LabelSet()
"""All label columns, under their usual names."""


def suffix_of(column: str) -> str:
    """Return the suffix for the labels of one of several title columns.

    >>> suffix_of("Current job title"), suffix_of("B")
    ('_current_job_title', '_b')
    """
    return "_" + "_".join(re.findall(r"[^\W_]+", fold(column)))


def _usual_name(name: str) -> str:
    name = name.strip().lower()
    return name if name.startswith(USUAL_PREFIX) else USUAL_PREFIX + name
