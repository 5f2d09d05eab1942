"""Label columns in PyArrow for many rows that share few different labels.

It loads PyArrow, so it is imported on first use only.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pmo_classify.labelling.columns import (
    CATEGORIES,
    LABEL_COLUMNS,
    LABEL_TYPES,
    ColumnType,
    LabelCells,
)
from pmo_classify.labelling.frames.types import label_table
from pmo_classify.labelling.label_set import LabelSet

__all__ = ["ArrowLabels"]

_MISSING: Final = -1
_Read = Callable[[str], Any]

_PLAIN: Final[dict[ColumnType, tuple[str, pa.DataType, _Read]]] = {
    ColumnType.SMALL_INTEGER: ("b", pa.int8(), int),
    ColumnType.PROBABILITY: ("d", pa.float64(), float),
    ColumnType.YES_NO: ("b", pa.bool_(), "yes".__eq__),
}
"""How columns of no words are stored, which type they have, and how their cells are read."""

_WORDS: Final = frozenset({ColumnType.CATEGORY, ColumnType.TEXT})


class ArrowLabels:
    """Different labels, each with a number, from which the columns of any rows are made.

    ``fields`` are those of the columns, with the types of ``label_frame``. The columns that
    ``take`` returns have the types of ``written``: there, text is a dictionary, as Parquet stores
    it, so that a row costs a number and no copy of the text.

    >>> labels = ArrowLabels(LabelSet.of(["level", "seniority"]))
    >>> labels.add([("pmo", "3", "", "", "", "senior", "", "exact", "0.90", "no", "")])
    >>> [column.to_pylist() for column in labels.take(np.array([0, 0]))]
    [[3, 3], ['senior', 'senior']]
    >>> [str(field.type) for field in labels.fields], [str(field.type) for field in labels.written]
    (['int8', 'string'], ['int8', 'dictionary<values=string, indices=int32, ordered=0>'])
    """

    def __init__(self, labels: LabelSet) -> None:
        schema = label_table([], pa).select(list(labels.chosen)).schema
        named = zip(labels.names, schema, strict=True)
        self.fields: list[pa.Field] = [field.with_name(name) for name, field in named]
        self.written = [
            field.with_type(pa.dictionary(pa.int32(), pa.string()))
            if field.type == pa.string()
            else field
            for field in self.fields
        ]
        self._columns = [
            (LABEL_COLUMNS.index(name), _WordColumn(name) if kind in _WORDS else _PlainColumn(kind))
            for name, kind in LABEL_TYPES.items()
            if name in labels.chosen
        ]
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, labels: Sequence[LabelCells]) -> None:
        """Number more labels."""
        self._count += len(labels)
        for index, column in self._columns:
            column.add([cells[index] for cells in labels])

    def take(self, numbers: Any) -> list[pa.Array]:
        """Return the columns for rows whose labels have these numbers."""
        # Most rows share their labels: a column is made for the different ones.
        used = np.flatnonzero(np.bincount(numbers, minlength=len(self)))
        places = np.zeros(len(self), np.int32)
        places[used] = np.arange(len(used), dtype=np.int32)
        rows = pa.array(places[numbers])
        return [column.values(used).take(rows) for _, column in self._columns]


class _PlainColumn:
    """The values of a label column of numbers, or of yes and no."""

    def __init__(self, kind: ColumnType) -> None:
        code, self._type, self._read = _PLAIN[kind]
        self._stored: array[Any] = array(code)

    def add(self, cells: Sequence[str]) -> None:
        self._stored.extend(self._read(cell) if cell else _MISSING for cell in cells)

    def values(self, wanted: Any) -> pa.Array:
        found = np.frombuffer(self._stored, self._stored.typecode)[wanted]
        return pa.array(found, mask=found == _MISSING).cast(self._type)


class _WordColumn:
    """The values of a label column of text, as numbers of its words."""

    def __init__(self, name: str) -> None:
        # All words that are known beforehand, so that the dictionary is always the same.
        self._fixed = CATEGORIES.get(name, ())
        self._known = {word: number for number, word in enumerate(self._fixed)}
        self._words = pa.array(self._fixed, pa.string())
        self._stored = array("i")

    def add(self, cells: Sequence[str]) -> None:
        known = self._known
        for cell in cells:
            self._stored.append(known.setdefault(cell, len(known)) if cell else _MISSING)
        new = list(islice(known, len(self._words), None))
        if new:
            self._words = pa.concat_arrays([self._words, pa.array(new, pa.string())])

    def values(self, wanted: Any) -> pa.Array:
        found = np.frombuffer(self._stored, np.int32)[wanted]
        missing = found == _MISSING
        words = self._words
        if self._fixed:
            found = found.astype(np.int8)
        else:
            used = np.unique(found[~missing])
            words = words.take(pa.array(used))
            # Sorted, so that the same rows give the same bytes, whatever was read before them.
            order = np.asarray(pc.sort_indices(words))
            words = words.take(pa.array(order))
            places = np.zeros(len(self._words), np.int32)
            places[used[order]] = np.arange(len(order), dtype=np.int32)
            found = np.where(missing, 0, places[found]) if len(places) else found
        return pa.DictionaryArray.from_arrays(pa.array(found, mask=missing), words)
