r"""The records of a whole block of bytes at once, where they are plain.

``csv_records`` says what a record is; here the same records are found with numpy and pyarrow where
nothing odd stands between them: each has as many cells as the header, quotes stand around whole
cells, and each line ends with ``\n`` or ``\r\n``. The first odd place ends what is found.

This module loads both libraries, so it is imported on first use only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = [
    "PlainRows",
    "Shape",
    "arrow_numbers",
    "arrow_slices",
    "find_plain_rows",
    "numpy_numbers",
]

_MOST_ROWS: Final = 100_000
_IN_CACHE: Final = 1 << 17
_NEWLINE: Final = 0x0A
_RETURN: Final = 0x0D
_VISIBLE: Final = (0x21, 0x7E)

_Bytes: TypeAlias = npt.NDArray[np.uint8]
_Places: TypeAlias = npt.NDArray[np.int32]


class Shape(NamedTuple):
    """What plain records have: delimiter and quote as bytes, number of cells, place of the title.

    ``quote`` is None where no character quotes; ``title`` counts cells from 0.
    """

    delimiter: int
    quote: int | None
    width: int
    title: int


def find_plain_rows(block: bytes, shape: Shape) -> PlainRows | None:
    r"""Find the plain records that a block starts with; None where the first one is not plain.

    A block starts where a record does. Its records are given down to the first that is odd, or
    that goes on after the block.

    >>> rows = find_plain_rows(b'1,"a\nb"\r\n2,Chef\n\n3,Cook\n', Shape(ord(","), ord('"'), 2, 1))
    >>> rows.titles.to_pylist(), rows.size, rows.lines
    ([b'"a\nb"', b'Chef'], 16, 3)
    """
    data = np.frombuffer(block, np.uint8)
    end = _first_lone_return(block, data)
    marks, end = _find_marks(data, end, shape)
    ends = np.flatnonzero(data[marks] == _NEWLINE)
    full = ends == np.arange(1, len(ends) + 1) * shape.width - 1
    rows = _first_false(full)
    table = marks[: rows * shape.width].reshape(rows, shape.width)
    if shape.width == 1:
        table = table[: _first_blank(data, table[:, 0])]
    is_cut = end < len(data) or len(table) < len(ends)
    return PlainRows(block, data, table[:_MOST_ROWS], shape, is_cut=is_cut) if len(table) else None


def _first_false(holds: npt.NDArray[np.bool_]) -> int:
    return len(holds) if holds.all() else int(holds.argmin())


def _find_marks(data: _Bytes, end: int, shape: Shape) -> tuple[_Places, int]:
    """Find the delimiters and newlines outside quotes, down to the first odd place or ``end``.

    The second value is the place down to which they were found.
    """
    found, quotes = [], []
    depth = 0
    # Parts that fit the processor's cache are gone through several times faster.
    for start in range(0, len(data), _IN_CACHE):
        part = data[start : start + _IN_CACHE]
        is_mark = part == shape.delimiter
        is_mark |= part == _NEWLINE
        if shape.quote is not None:
            is_mark |= part == shape.quote
        marks = np.flatnonzero(is_mark)
        if shape.quote is not None and len(marks):
            is_quote = part[marks] == shape.quote
            quotes.append(marks[is_quote] + start)
            # A mark is outside quotes where an even number of them stands before it; that the
            # count starts anew after 255 keeps it even or odd.
            inside = np.cumsum(is_quote, dtype=np.uint8)
            inside += np.uint8(depth)
            depth = int(inside[-1])
            inside &= 1
            inside |= is_quote
            marks = marks[inside == 0]
        found.append((marks + start).astype(np.int32))
    if quotes:
        end = min(end, _first_odd_quote(data, np.concatenate(quotes), shape))
    places = np.concatenate(found)
    return places if end == len(data) else places[: int(np.searchsorted(places, end))], end


def _first_lone_return(block: bytes, data: _Bytes) -> int:
    """Find the first carriage return that no newline follows; that of the last byte is unknown."""
    if b"\r" not in block:
        return len(data)
    returns = np.flatnonzero(data[:-1] == _RETURN)
    followed = data[returns + 1] == _NEWLINE
    first = _first_false(followed)
    return len(data) if first == len(returns) else int(returns[first])


def _first_odd_quote(data: _Bytes, quotes: npt.NDArray[np.int64], shape: Shape) -> int:
    """Find the first quote that neither opens nor closes a whole cell, nor stands for a quote."""
    # Two quotes that stand for one close the cell and open it again. At either end of the block a
    # quote is its own neighbour, which is right: a record starts there, or goes on after it.
    may_stand_before = np.zeros(256, np.bool_)
    may_stand_before[[shape.delimiter, _NEWLINE, shape.quote or 0]] = True
    may_stand_after = may_stand_before.copy()
    may_stand_after[_RETURN] = True
    opening, closing = quotes[0::2], quotes[1::2]
    end = len(data)
    first = _first_false(may_stand_before[data[np.maximum(opening - 1, 0)]])
    if first < len(opening):
        end = int(opening[first])
    first = _first_false(may_stand_after[data[np.minimum(closing + 1, len(data) - 1)]])
    if first < len(closing):
        end = min(end, int(closing[first]))
    return end


def _first_blank(data: _Bytes, ends: _Places) -> int:
    """Count the records of one cell before the first that may be a blank line."""
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1] + 1
    first = data[starts]
    return _first_false((first >= _VISIBLE[0]) & (first <= _VISIBLE[1]))


class PlainRows:
    """Plain records at the start of a block.

    ``size`` is the number of their bytes, ``count`` that of records, ``lines`` that of lines;
    ``titles`` are the cells with the titles as they are written; ``is_cut`` tells that what comes
    next is odd, or at least that not all of the block is plain.
    """

    def __init__(
        self, block: bytes, data: _Bytes, marks: _Places, shape: Shape, *, is_cut: bool
    ) -> None:
        self._block = block
        self.is_cut = is_cut
        ends = marks[:, -1]
        self.size = int(ends[-1]) + 1
        self.count = len(ends)
        self.lines = block.count(b"\n", 0, self.size)
        # A line end of two characters starts before its newline. The first byte of a block that
        # is a newline is a record for itself, and has nothing before it.
        has_return = data[np.maximum(ends - 1, 0)] == _RETURN
        self._ends = ends - has_return
        self.titles = self._cut_titles(marks, shape)

    def labelled(self, labels: pa.Array, which: pa.Array) -> Iterator[memoryview]:
        """Give the bytes of the records, at the end of each that one of the labels, in pieces.

        They are made when they are asked for, which another thread may do.
        """
        bounds = np.zeros(self.count + 1, np.int32)
        bounds[1:] = self._ends
        # Each slice but the first starts with the line end of the record before it.
        slices = arrow_slices(self._block, bounds)
        nothing = arrow_slices(b"", np.zeros(2, np.int32))[0]
        own = pc.take(labels, which, boundscheck=False)
        yield _all_bytes(pc.binary_join_element_wise(slices, own, nothing))
        yield memoryview(self._block)[int(self._ends[-1]) : self.size]

    def _cut_titles(self, marks: _Places, shape: Shape) -> pa.Array:
        # Titles and what stands between them, in turns: so Arrow cuts them without a copy.
        bounds = np.zeros((self.count, 2), np.int32)
        if shape.title:
            bounds[:, 0] = marks[:, shape.title - 1] + 1
        else:
            bounds[1:, 0] = marks[:-1, -1] + 1
        is_last = shape.title == shape.width - 1
        bounds[:, 1] = self._ends if is_last else marks[:, shape.title]
        turns = arrow_slices(self._block, bounds.reshape(-1))
        wanted = np.arange(0, 2 * self.count, 2, dtype=np.int32)
        return pc.take(turns, arrow_numbers(wanted), boundscheck=False)


# Arrow's own functions for these would first load pandas, where that is installed.
def arrow_numbers(numbers: npt.NDArray[np.int32]) -> pa.Array:
    """Give numbers as Arrow holds them, without a copy."""
    return pa.Array.from_buffers(pa.int32(), len(numbers), [None, pa.py_buffer(numbers)])


def numpy_numbers(array: pa.Array) -> npt.NDArray[np.int32]:
    """Give the numbers that a computation has made; where one is null, any number.

    >>> numpy_numbers(arrow_numbers(np.array([3, 1], np.int32))).tolist()
    [3, 1]
    """
    return np.frombuffer(array.buffers()[1], np.int32)[: len(array)]


def arrow_slices(data: bytes, bounds: npt.NDArray[np.int32]) -> pa.Array:
    """Cut bytes at each bound, without a copy.

    >>> arrow_slices(b"PMOLead", np.array([0, 3, 7], np.int32)).to_pylist()
    [b'PMO', b'Lead']
    """
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.binary(), len(bounds) - 1, buffers)


def _all_bytes(array: pa.Array) -> memoryview:
    """Give the bytes of all values of an array, without a copy."""
    _, bounds, data = array.buffers()
    ends = np.frombuffer(bounds, np.int32)[[array.offset, array.offset + len(array)]]
    return memoryview(data)[int(ends[0]) : int(ends[1])] if data else memoryview(b"")
