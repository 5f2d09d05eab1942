"""Blocks of rows that are written as soon as their titles are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pmo_classify.labelling.labeller import Progress
from pmo_classify.labelling.title_cache import TitleColumnCache
from pmo_classify.labelling.workers import WorkerPool

__all__ = ["PendingBlock", "PendingBlocks"]

_BYTES_AHEAD: Final = 1 << 24


class PendingBlock(NamedTuple):
    """A block whose titles are being read: it can be written once the first ``titles`` are known.

    ``size`` is about the bytes of memory that it takes, ``length`` its part of the whole input.
    """

    size: int
    length: int
    rows: int
    titles: int
    write: Callable[[], None]


class PendingBlocks:
    """Blocks in the order of the file: while workers read titles, the next ones are prepared.

    ``length`` is that of the whole input, in the unit of the blocks' own.
    """

    def __init__(
        self, cache: TitleColumnCache[Any], pool: WorkerPool, length: int, progress: Progress | None
    ) -> None:
        self._cache = cache
        self._pool = pool
        self._length = length
        self._progress = progress
        self._pending: deque[PendingBlock] = deque()
        self._rows = self._done = 0

    def add(self, block: PendingBlock) -> None:
        """Take a block, and write those before it that memory has no room for."""
        self._pending.append(block)
        self._write(_BYTES_AHEAD if self._pool.has_workers else 0)

    def write_all(self) -> None:
        """Wait for the titles of all blocks, and write them."""
        self._write(0)

    def _write(self, most: int) -> None:
        size = sum(block.size for block in self._pending)
        while self._pending and size >= most:
            block = self._pending.popleft()
            size -= block.size
            self._cache.wait(block.titles)
            block.write()
            self._rows += block.rows
            self._done += block.length
            if self._progress is not None:
                self._progress(self._rows, self._all_rows())

    def _all_rows(self) -> int | None:
        """Return about how many rows there are, by what is done of the input."""
        if not self._done:
            return None
        return max(self._rows, round(self._rows * self._length / self._done))
