"""The labels of simple records, a block at a time: the bytes are those of ``title_cache``.

It loads numpy and pyarrow, so it is imported on first use only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pmo_classify.files.csv.encoding import Encoding
from pmo_classify.files.csv.fast import (
    SimpleRecordBlock,
    arrow_numbers,
    arrow_slices,
    numpy_numbers,
)
from pmo_classify.labelling.title_cache import TitleColumnCache

__all__ = ["ArrowTitleCache", "Numbers"]

Numbers: TypeAlias = npt.NDArray[np.int32]
"""The number of the title cell of each row."""

_MANY: Final = 8
_MOST_INDEXED: Final = 1 << 16
"""As many cells are looked up by Arrow, the first of the file: the frequent ones are among them."""


class ArrowTitleCache:
    """Finds the numbers of the title cells of simple records, and adds the labels to them.

    It has a copy of the cells and labels of a ``TitleColumnCache`` as Arrow needs them, and is
    dropped when that is cleared. ``padding`` is written before the labels of each row.
    """

    def __init__(self, cache: TitleColumnCache[str], encoding: Encoding, padding: str) -> None:
        self._cache = cache
        self._encoding = encoding
        self._padding = padding
        self._raws = self._texts = self._array([])

    def count(self, block: SimpleRecordBlock) -> Numbers:
        """Return the numbers of the title cells, and count the rows."""
        numbers = self._numbers(block.values)
        counted = np.frombuffer(self._cache.rows, np.int64)
        counted += np.bincount(numbers, minlength=len(counted))
        return numbers

    def labelled(self, block: SimpleRecordBlock, numbers: Numbers) -> Iterator[memoryview]:
        """Return the bytes of the rows with their labels, which must have been read, in pieces."""
        new = self._cache.texts[len(self._texts) :]
        if new:
            self._texts = pa.concat_arrays(
                [self._texts, self._array([self._padding + text for text in new])]
            )
        wanted = np.frombuffer(self._cache.labels, np.int32)[numbers]
        return block.with_endings(self._texts, arrow_numbers(wanted))

    def _numbers(self, titles: pa.Array) -> Numbers:
        # A look-up first indexes the known cells, which pays only for many titles.
        if len(titles) * _MANY < min(len(self._cache), _MOST_INDEXED):
            return self._distinct_numbers(titles)
        new = list(self._cache.raws(len(self._raws), _MOST_INDEXED))
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
        return np.array(self._cache.numbers(raws), np.int32)[numpy_numbers(encoded.indices)]

    def _array(self, texts: list[str]) -> pa.Array:
        values = list(map(self._encoding.encode, texts))
        bounds = np.zeros(len(values) + 1, np.int32)
        np.cumsum(list(map(len, values)), out=bounds[1:])
        return arrow_slices(b"".join(values), bounds)
