"""The distinct title cells of a file, each read once, with its labels as they are written."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, Generic, NamedTuple, TypeVar, cast

from pmo_classify.labelling.columns import LabelCells
from pmo_classify.labelling.labeller import Labeller
from pmo_classify.labelling.workers import Answers, WorkerPool

__all__ = ["TitleColumnCache"]

_LONGEST_TITLE: Final = 10_000
_MOST_CELLS: Final = 300_000
_MOST_CHARACTERS: Final = 1 << 24


_Written = TypeVar("_Written")


class TitleColumnCache(Generic[_Written]):
    """Numbers the distinct title cells, as they are written, in the order of the file.

    To number cells has the new ones read, perhaps in other processes. After ``wait``, ``labels``
    says for each number which of the ``texts`` to append to its rows, and ``rows`` how many there
    are. Memory is bounded: when the cache ``is_full`` and no number is in use, call ``clear``.

    ``value`` returns the value of a cell, ``write`` label cells as text or whatever is written.

    >>> from pmo_classify import Classifier
    >>> labeller = Labeller(Classifier())
    >>> cache = TitleColumnCache(labeller, WorkerPool(Classifier()), str.strip, ",".join)
    >>> cache.count(["PMO Lead", "Chef", None, "PMO Lead "]), cache.count(["Chef"])
    ([0, 1, -1, 2], [1])
    >>> cache.wait()
    >>> cache.labels.tolist(), cache.text(1)[:5], cache.rows.tolist()
    ([0, 1, 0], 'other', [1, 2, 1])
    >>> cache.clear()
    >>> labeller.summary.rows, labeller.summary.distinct
    (4, 2)
    """

    def __init__(
        self,
        labeller: Labeller,
        pool: WorkerPool,
        value: Callable[[str], str],
        write: Callable[[LabelCells], _Written],
    ) -> None:
        self._labeller = labeller
        self._pool = pool
        self._value = value
        self._write = write
        self._numbers: dict[str, int] = {}
        self._characters = 0
        self._titles: list[str] = []
        self._pending: deque[_PendingTitles] = deque()
        self._cells: list[LabelCells] = []
        # Most titles share their labels with others, which are written and kept once.
        self._written: dict[LabelCells, int] = {}
        self.texts: list[_Written] = []
        self.labels = array("i")
        self.rows = array("q")

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def is_full(self) -> bool:
        """Whether there are as many cells as memory may hold."""
        return len(self._numbers) >= _MOST_CELLS or self._characters >= _MOST_CHARACTERS

    def numbers(self, raws: Sequence[str]) -> list[int]:
        """Return the numbers of cells, and have the new ones read."""
        known = self._numbers
        new = [raw for raw in dict.fromkeys(raws) if raw not in known]
        if new:
            self._read(new)
        return [known[raw] for raw in raws]

    def count(self, raws: Sequence[str | None]) -> list[int]:
        """Return the numbers of the cells of rows, and count the rows; -1 for a row without one."""
        found = iter(self.numbers([raw for raw in raws if raw is not None]))
        numbers = [-1 if raw is None else next(found) for raw in raws]
        rows = self.rows
        for number in numbers:
            if number >= 0:
                rows[number] += 1
        return numbers

    def raws(self, start: int, end: int) -> Iterator[str]:
        """Return the cells as they are written, from a number up to another one."""
        return islice(self._numbers, start, end)

    def text(self, number: int) -> _Written:
        """Return the text to append to a row whose cell has this number."""
        return self.texts[self.labels[number]]

    def wait(self, count: int | None = None) -> None:
        """Wait for the labels of the first ``count`` cells, or of all that have numbers."""
        count = len(self) if count is None else count
        while len(self.labels) < count:
            for cells in self._pending.popleft().cells():
                written = self._written.setdefault(cells, len(self.texts))
                if written == len(self.texts):
                    self.texts.append(self._write(cells))
                self._cells.append(cells)
                self.labels.append(written)

    def clear(self) -> None:
        """Hand all counts to the labeller, and start again with number 0."""
        self.wait()
        # What the counts do not need goes first, to make room for them.
        for kept in (self._numbers, self._written, self.texts):
            kept.clear()
        self._labeller.add_counts(zip(self._titles, self._cells, self.rows, strict=True))
        self._titles.clear()
        self._cells.clear()
        del self.rows[:], self.labels[:]
        self._characters = 0

    def _read(self, raws: list[str]) -> None:
        self._numbers.update(zip(raws, range(len(self), len(self) + len(raws)), strict=True))
        self._characters += sum(map(len, raws))
        self.rows.extend([0] * len(raws))
        # Longer titles differ only where no title is read.
        texts = [text[:_LONGEST_TITLE] for text in map(self._value, raws)]
        self._titles += texts
        cells = {text: self._labeller.lookup(text) for text in dict.fromkeys(texts)}
        unknown = [text for text, found in cells.items() if found is None]
        self._pending.append(_PendingTitles(texts, cells, unknown, self._pool.submit(unknown)))


class _PendingTitles(NamedTuple):
    """Titles submitted together, the cells of those that are known, and the answers to come."""

    texts: list[str]
    known: dict[str, LabelCells | None]
    unknown: list[str]
    answers: list[Answers]

    def cells(self) -> Iterator[LabelCells]:
        """Wait for all answers, and return the cells in the order of the titles."""
        found = chain.from_iterable(answers() for answers in self.answers)
        cells = cast("dict[str, LabelCells]", self.known)
        cells.update(zip(self.unknown, found, strict=True))
        return map(cells.__getitem__, self.texts)
