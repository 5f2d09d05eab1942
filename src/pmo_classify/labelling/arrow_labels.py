"""Label columns in PyArrow for many rows that share few different labels.

It loads PyArrow, so it is imported on first use only.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count, islice
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa

from pmo_classify.labelling.columns import (
    CATEGORIES,
    CELL_READERS,
    LABEL_COLUMNS,
    LABEL_TYPES,
    LabelCells,
)
from pmo_classify.labelling.frames.types import label_table
from pmo_classify.labelling.label_set import LabelSet

__all__ = ["ArrowLabels"]


class ArrowLabels:
    """Different labels, each with a number, from which the columns of any titles are made.

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
        empty = label_table([], pa).select(list(labels.chosen))
        self.fields: list[pa.Field] = [
            field.with_name(name) for name, field in zip(labels.names, empty.schema, strict=True)
        ]
        self.written = [
            field.with_type(pa.dictionary(pa.int32(), pa.string()))
            if field.type == pa.string()
            else field
            for field in self.fields
        ]
        self._columns = [_LabelColumn(field) for field in empty.schema]
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, labels: Sequence[LabelCells]) -> None:
        """Number more labels."""
        self._count += len(labels)
        for column in self._columns:
            column.add(labels)

    def take(self, numbers: Any) -> list[pa.Array]:
        """Return the columns for titles whose labels have these numbers."""
        return [column.take(numbers) for column in self._columns]


class _LabelColumn:
    """The different values of a label column, and which of them each label has."""

    def __init__(self, field: pa.Field) -> None:
        self._type = field.type
        self._cell = itemgetter(LABEL_COLUMNS.index(field.name))
        self._read = CELL_READERS[LABEL_TYPES[field.name]]
        # All words that are known beforehand, so that their dictionary is always the same.
        words = CATEGORIES.get(field.name, ())
        self._values = pa.array([None, *words], field.type)
        # A new cell gets the next number.
        self._known: defaultdict[str, int] = defaultdict(count().__next__)
        for cell in ("", *words):
            self._known[cell]
        self._stored = array("i")

    def add(self, labels: Sequence[LabelCells]) -> None:
        self._stored.extend(map(self._known.__getitem__, map(self._cell, labels)))
        new = list(islice(self._known, len(self._values), None))
        if new:
            values = pa.array(map(self._read, new), self._type)
            self._values = pa.concat_arrays([self._values, values])

    def take(self, numbers: Any) -> pa.Array:
        stored = np.frombuffer(self._stored, np.int32)
        column = self._values.take(pa.array(stored[numbers]))
        return column.dictionary_encode() if self._type == pa.string() else column
