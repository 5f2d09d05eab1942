r"""The records of large plain files, found by numpy and Arrow instead of one by one in Python.

These are the same records, with the same bytes, as those of ``records``, which the tests compare;
this module exists for speed alone. It takes records that have as many cells as the header, quotes
around whole cells only, and lines that end with ``\n`` or ``\r\n``. The first other record ends a
block, and ``blocks`` goes on in Python.

It loads both libraries, so it is imported on first use only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = [
    "RecordShape",
    "SimpleRecordBlock",
    "arrow_numbers",
    "arrow_slices",
    "find_simple_records",
    "is_utf_8",
    "numpy_numbers",
]

_MOST_ROWS: Final = 100_000
_IN_CACHE: Final = 1 << 17
_NEWLINE: Final = 0x0A
_RETURN: Final = 0x0D
_VISIBLE: Final = (0x21, 0x7E)
_LONGEST_CHARACTER: Final = 4
_NOT_ASCII: Final = 0x80
_STARTS_LONGER: Final = 0xC0

_Bytes: TypeAlias = npt.NDArray[np.uint8]
_Places: TypeAlias = npt.NDArray[np.int32]


class RecordShape(NamedTuple):
    """What simple records share: the bytes of delimiter and quote, the number of cells.

    ``quote`` is None if nothing quotes; ``column`` is the cell that is wanted, from 0.
    """

    delimiter: int
    quote: int | None
    width: int
    column: int


def find_simple_records(block: bytes, shape: RecordShape) -> SimpleRecordBlock | None:
    r"""Return the simple records at the start of a block; None if the first is not simple.

    The block must start where a record does. The first record that is not simple, or that goes on
    after the block, ends what is returned.

    >>> shape = RecordShape(ord(","), ord('"'), width=2, column=1)
    >>> rows = find_simple_records(b'1,"a\nb"\r\n2,Chef\n\n3,Cook\n', shape)
    >>> rows.values.to_pylist(), rows.size, rows.lines
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
    return (
        SimpleRecordBlock(block, data, table[:_MOST_ROWS], shape, is_cut=is_cut)
        if len(table)
        else None
    )


def _first_false(holds: npt.NDArray[np.bool_]) -> int:
    return len(holds) if holds.all() else int(holds.argmin())


def _find_marks(data: _Bytes, end: int, shape: RecordShape) -> tuple[_Places, int]:
    """Return where delimiters and newlines are outside quotes, up to ``end`` or an odd place.

    The second value is the place up to which they were found.
    """
    found, quotes = [], []
    depth = 0
    # Parts that fit the processor's cache are searched several times faster.
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
            # A mark is outside quotes if an even number of quotes is before it; that the count
            # overflows after 255 keeps it even or odd.
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
    """Return the first carriage return without a newline after it; the last byte is left out."""
    if b"\r" not in block:
        return len(data)
    returns = np.flatnonzero(data[:-1] == _RETURN)
    followed = data[returns + 1] == _NEWLINE
    first = _first_false(followed)
    return len(data) if first == len(returns) else int(returns[first])


def _first_odd_quote(data: _Bytes, quotes: npt.NDArray[np.int64], shape: RecordShape) -> int:
    """Return the first quote that neither opens nor closes a whole cell, nor is doubled."""
    # A doubled quote closes the cell and opens it again. At either end of the block a quote is its
    # own neighbour, which is right: a record starts there, or goes on after it.
    may_precede = np.zeros(256, np.bool_)
    may_precede[[shape.delimiter, _NEWLINE, shape.quote or 0]] = True
    may_follow = may_precede.copy()
    may_follow[_RETURN] = True
    opening, closing = quotes[0::2], quotes[1::2]
    end = len(data)
    first = _first_false(may_precede[data[np.maximum(opening - 1, 0)]])
    if first < len(opening):
        end = int(opening[first])
    first = _first_false(may_follow[data[np.minimum(closing + 1, len(data) - 1)]])
    if first < len(closing):
        end = min(end, int(closing[first]))
    return end


def _first_blank(data: _Bytes, ends: _Places) -> int:
    """Return how many records of one cell are before the first that may be a blank line."""
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1] + 1
    first = data[starts]
    return _first_false((first >= _VISIBLE[0]) & (first <= _VISIBLE[1]))


class SimpleRecordBlock:
    """Simple records at the start of a block.

    ``size`` is the number of their bytes, ``count`` that of records, ``lines`` that of lines;
    ``values`` are the cells of the wanted column as they are written; ``is_cut`` says that the
    block goes on with a record that is not simple, or may do so.
    """

    def __init__(
        self, block: bytes, data: _Bytes, marks: _Places, shape: RecordShape, *, is_cut: bool
    ) -> None:
        self._block = block
        self.is_cut = is_cut
        ends = marks[:, -1]
        self.size = int(ends[-1]) + 1
        self.count = len(ends)
        self.lines = int(np.count_nonzero(data[: self.size] == _NEWLINE))
        # A line end of two characters starts before its newline. The first byte of a block that
        # is a newline is a record for itself, and has nothing before it.
        has_return = data[np.maximum(ends - 1, 0)] == _RETURN
        self._ends = ends - has_return
        self.values = self._column_values(marks, shape)

    def with_endings(self, endings: pa.Array, which: pa.Array) -> Iterator[memoryview]:
        """Return the bytes of the records, each with one of the endings before its line end.

        They are made when they are asked for, which another thread may do.
        """
        bounds = np.zeros(self.count + 1, np.int32)
        bounds[1:] = self._ends
        # Each slice but the first starts with the line end of the record before it.
        slices = arrow_slices(self._block, bounds)
        nothing = arrow_slices(b"", np.zeros(2, np.int32))[0]
        ending = pc.take(endings, which, boundscheck=False)
        yield _all_bytes(pc.binary_join_element_wise(slices, ending, nothing))
        yield memoryview(self._block)[int(self._ends[-1]) : self.size]

    def _column_values(self, marks: _Places, shape: RecordShape) -> pa.Array:
        # The wanted cells and what is between them, in turns: so Arrow cuts them without a copy.
        bounds = np.zeros((self.count, 2), np.int32)
        if shape.column:
            bounds[:, 0] = marks[:, shape.column - 1] + 1
        else:
            bounds[1:, 0] = marks[:-1, -1] + 1
        is_last = shape.column == shape.width - 1
        bounds[:, 1] = self._ends if is_last else marks[:, shape.column]
        turns = arrow_slices(self._block, bounds.reshape(-1))
        wanted = np.arange(0, 2 * self.count, 2, dtype=np.int32)
        return pc.take(turns, arrow_numbers(wanted), boundscheck=False)


# Arrow's own functions for these would first load pandas, where that is installed.
def arrow_numbers(numbers: npt.NDArray[np.int32]) -> pa.Array:
    """Return numbers as an Arrow array, without a copy."""
    return pa.Array.from_buffers(pa.int32(), len(numbers), [None, pa.py_buffer(numbers)])


def numpy_numbers(array: pa.Array) -> npt.NDArray[np.int32]:
    """Return the numbers of an Arrow array, without a copy; a null is any number.

    >>> numpy_numbers(arrow_numbers(np.array([3, 1], np.int32))).tolist()
    [3, 1]
    """
    return np.frombuffer(array.buffers()[1], np.int32)[: len(array)]


def arrow_slices(data: bytes, bounds: npt.NDArray[np.int32]) -> pa.Array:
    """Return bytes cut at each bound, without a copy.

    >>> arrow_slices(b"PMOLead", np.array([0, 3, 7], np.int32)).to_pylist()
    [b'PMO', b'Lead']
    """
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.binary(), len(bounds) - 1, buffers)


def _all_bytes(array: pa.Array) -> memoryview:
    """Return the bytes of all values of an array, without a copy."""
    _, bounds, data = array.buffers()
    ends = np.frombuffer(bounds, np.int32)[[array.offset, array.offset + len(array)]]
    return memoryview(data)[int(ends[0]) : int(ends[1])] if data else memoryview(b"")


def is_utf_8(blocks: Iterable[bytes]) -> bool:
    """Return whether blocks of bytes, joined, are UTF-8 as Python's strict codec defines it.

    >>> is_utf_8([b"B\\xc3", b"\\xbcro"]), is_utf_8([b"B\\xfcro"])
    (True, False)
    """
    rest = b""
    for block in blocks:
        text = rest + block
        whole = _whole_characters(text)
        if not _is_valid(text, whole):
            return False
        rest = text[whole:]
    return _is_valid(rest, len(rest))


def _whole_characters(text: bytes) -> int:
    """Return how many bytes are before the last character, which the next block may continue."""
    for at in range(len(text) - 1, max(-1, len(text) - 1 - _LONGEST_CHARACTER), -1):
        if text[at] < _NOT_ASCII:
            return at + 1
        if text[at] >= _STARTS_LONGER:
            return at
    return len(text)


def _is_valid(text: bytes, size: int) -> bool:
    buffers = [None, pa.py_buffer(struct.pack("=ii", 0, size)), pa.py_buffer(text)]
    try:
        pa.Array.from_buffers(pa.string(), 1, buffers).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
