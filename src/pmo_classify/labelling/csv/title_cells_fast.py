"""The labels of many plain rows at once; it loads pyarrow, so it is imported on first use only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pmo_classify.files.csv.encoding import Encoding
from pmo_classify.files.csv.records_fast import (
    PlainRows,
    arrow_numbers,
    arrow_slices,
    numpy_numbers,
)
from pmo_classify.labelling.csv.title_cells import TitleCells

__all__ = ["Numbers", "PlainTitles"]

Numbers: TypeAlias = npt.NDArray[np.int32]
"""The numbers of the title cells of rows."""

_MANY: Final = 8


class PlainTitles:
    """Finds the numbers of the title cells of plain rows, and writes the rows with their labels.

    It holds the cells and labels of ``TitleCells`` once more, as Arrow wants them; when those are
    forgotten, so is this. ``padding`` stands before the labels of each row.
    """

    def __init__(self, cells: TitleCells, encoding: Encoding, padding: str) -> None:
        self._cells = cells
        self._encoding = encoding
        self._padding = padding
        self._raws = self._texts = self._array([])

    def count(self, rows: PlainRows) -> Numbers:
        """Give the numbers of the title cells of rows, and count the rows."""
        numbers = self._numbers(rows.titles)
        counted = np.frombuffer(self._cells.rows, np.int64)
        counted += np.bincount(numbers, minlength=len(counted))
        return numbers

    def labelled(self, rows: PlainRows, numbers: Numbers) -> Iterator[memoryview]:
        """Give the bytes of rows with their labels, which must be there, in pieces."""
        new = self._cells.texts[len(self._texts) :]
        if new:
            self._texts = pa.concat_arrays(
                [self._texts, self._array([self._padding + text for text in new])]
            )
        wanted = np.frombuffer(self._cells.labels, np.int32)[numbers]
        return rows.labelled(self._texts, arrow_numbers(wanted))

    def _numbers(self, titles: pa.Array) -> Numbers:
        # A look-up first sorts in all that is known, which only many titles repay.
        if len(titles) * _MANY < len(self._cells):
            return self._distinct_numbers(titles)
        new = list(self._cells.raws(len(self._raws)))
        if new:
            self._raws = pa.concat_arrays([self._raws, self._array(new)])
        found = pc.index_in(titles, value_set=self._raws)
        numbers = numpy_numbers(found)
        if found.null_count:
            bits = np.frombuffer(found.buffers()[0], np.uint8)
            is_new = np.unpackbits(bits, count=len(found), bitorder="little") == 0
            numbers = numbers.copy()
            numbers[is_new] = self._distinct_numbers(titles.filter(found.is_null()))
        return numbers

    def _distinct_numbers(self, titles: pa.Array) -> Numbers:
        encoded = titles.dictionary_encode()
        raws = [self._encoding.decode(raw) for raw in encoded.dictionary.to_pylist()]
        return np.array(self._cells.numbers(raws), np.int32)[numpy_numbers(encoded.indices)]

    def _array(self, texts: list[str]) -> pa.Array:
        values = list(map(self._encoding.encode, texts))
        bounds = np.zeros(len(values) + 1, np.int32)
        np.cumsum(list(map(len, values)), out=bounds[1:])
        return arrow_slices(b"".join(values), bounds)
