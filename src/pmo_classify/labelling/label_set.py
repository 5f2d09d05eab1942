"""Which label columns a run adds, and how they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
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
    ``suffix`` at the end, where several title columns get labels each; ``beside`` are the names of
    the labels of the others.

    >>> some = LabelSet.of(["level", "pmo_scope"], prefix="job_")
    >>> some.names, some.pick(["pmo", "3", "programme", *[""] * 7])
    (('job_level', 'job_scope'), ['3', 'programme'])
    """

    chosen: tuple[str, ...] = LABEL_COLUMNS
    prefix: str = USUAL_PREFIX
    suffix: str = ""
    beside: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        columns: Iterable[str] | None = None,
        prefix: str = USUAL_PREFIX,
        suffix: str = "",
        beside: Iterable[str] = (),
    ) -> LabelSet:
        """Return the set of these columns, named with or without ``pmo_``; None means all.

        A ``ValueError`` names the columns that there are.
        """
        wanted = LABEL_COLUMNS if columns is None else [_usual_name(name) for name in columns]
        unknown = [name for name in wanted if name not in LABEL_COLUMNS]
        if unknown or not wanted:
            known = ", ".join(name.removeprefix(USUAL_PREFIX) for name in LABEL_COLUMNS)
            what = unknown[0].removeprefix(USUAL_PREFIX) if unknown else ""
            message = f"there is no label column {what!r}: choose from {known}"
            raise ValueError(message)
        chosen = tuple(name for name in LABEL_COLUMNS if name in wanted)
        return cls(chosen, prefix, suffix, frozenset(beside))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in the output."""
        return tuple(map(self._named, self.chosen))

    @property
    def earlier(self) -> frozenset[str]:
        """The names of columns in an input that labelling replaces, as those of an earlier run."""
        is_usual = self.prefix == USUAL_PREFIX
        return frozenset(map(self._named, LABEL_COLUMNS) if is_usual else self.names)

    @property
    def ours(self) -> frozenset[str]:
        """The names of all columns that hold labels and no titles."""
        return self.earlier | self.beside

    def pick(self, cells: Sequence[_T]) -> list[_T]:
        """Return the chosen ones of all label cells or values, in their order."""
        return [cells[LABEL_COLUMNS.index(name)] for name in self.chosen]

    def writer(self, write: Callable[[list[str]], str]) -> Callable[[LabelCells], str]:
        """Return a function that writes the chosen ones of all label cells with ``write``."""
        return lambda cells: write(self.pick(cells))

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
