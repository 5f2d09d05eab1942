"""The title cells of a file: each is read once, and its labels are kept as they are written."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

from pmo_classify.labelling.labeller import Labeller
from pmo_classify.labelling.title_store import Cells
from pmo_classify.labelling.workers import Answers, TitleReaders

__all__ = ["TitleCells"]

_LONGEST_TITLE: Final = 10_000
_MOST_CELLS: Final = 100_000
_MOST_CHARACTERS: Final = 1 << 24


class TitleCells:
    """Numbers the distinct title cells as they are written, in the order in which they are met.

    Who meets cells asks for their numbers, which has the new ones read, perhaps by other processes
    meanwhile; ``wait`` brings ``labels``: by number, which of the ``texts`` is to be appended.
    ``rows`` are by number, too. Memory is bounded: where ``is_full``, who has no number in use any
    more calls ``forget``.

    ``value`` reads a cell, ``write`` writes the label cells.

    >>> from pmo_classify import Classifier
    >>> labeller = Labeller(Classifier())
    >>> cells = TitleCells(labeller, TitleReaders(Classifier(), 1), str.strip, ",".join)
    >>> cells.count(["PMO Lead", "Chef", None, "PMO Lead "]), cells.count(["Chef"])
    ([0, 1, -1, 2], [1])
    >>> cells.wait()
    >>> cells.labels.tolist(), cells.text(1)[:5], cells.rows.tolist()
    ([0, 1, 0], 'other', [1, 2, 1])
    >>> cells.forget()
    >>> labeller.summary.rows, labeller.summary.distinct
    (4, 2)
    """

    def __init__(
        self,
        labeller: Labeller,
        readers: TitleReaders,
        value: Callable[[str], str],
        write: Callable[[Iterable[str]], str],
    ) -> None:
        self._labeller = labeller
        self._readers = readers
        self._value = value
        self._write = write
        self._numbers: dict[str, int] = {}
        self._characters = 0
        self._titles: list[str] = []
        self._asked: deque[_Asked] = deque()
        self._cells: list[Cells] = []
        # Most titles share their labels with others: they are written once, and held once.
        self._written: dict[Cells, int] = {}
        self.texts: list[str] = []
        self.labels = array("i")
        self.rows = array("q")

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def is_full(self) -> bool:
        """Tell whether there are as many cells as memory may hold."""
        return len(self._numbers) >= _MOST_CELLS or self._characters >= _MOST_CHARACTERS

    def numbers(self, raws: Sequence[str]) -> list[int]:
        """Give the numbers of cells, and have those read that had none."""
        known = self._numbers
        new = [raw for raw in dict.fromkeys(raws) if raw not in known]
        if new:
            self._ask(new)
        return [known[raw] for raw in raws]

    def count(self, raws: Sequence[str | None]) -> list[int]:
        """Give the numbers of the cells of rows, and count the rows; -1 where there is no cell."""
        found = iter(self.numbers([raw for raw in raws if raw is not None]))
        numbers = [-1 if raw is None else next(found) for raw in raws]
        rows = self.rows
        for number in numbers:
            if number >= 0:
                rows[number] += 1
        return numbers

    def raws(self, start: int) -> Iterator[str]:
        """Give the cells as they are written, from a number on."""
        return islice(self._numbers, start, None)

    def text(self, number: int) -> str:
        """Give the text to append to a row whose cell has this number."""
        return self.texts[self.labels[number]]

    def wait(self, count: int | None = None) -> None:
        """Wait for the labels of the first ``count`` cells, or of all that have numbers."""
        count = len(self) if count is None else count
        while len(self.labels) < count:
            for cells in self._asked.popleft().cells():
                written = self._written.get(cells)
                if written is None:
                    written = self._written[cells] = len(self.texts)
                    self.texts.append(self._write(cells))
                self._cells.append(cells)
                self.labels.append(written)

    def forget(self) -> None:
        """Tell the labeller of all rows, and start again with number 0."""
        self.wait()
        self._labeller.count(zip(self._titles, self._cells, self.rows, strict=True))
        for held in (self._numbers, self._titles, self._cells, self._written, self.texts):
            held.clear()
        del self.rows[:], self.labels[:]
        self._characters = 0

    def _ask(self, raws: list[str]) -> None:
        self._numbers.update(zip(raws, range(len(self), len(self) + len(raws)), strict=True))
        self._characters += sum(map(len, raws))
        self.rows.extend([0] * len(raws))
        # Titles are told apart by so much of them; less than that is read.
        texts = [text[:_LONGEST_TITLE] for text in map(self._value, raws)]
        self._titles += texts
        found = ((text, self._labeller.known(text)) for text in dict.fromkeys(texts))
        known = {text: cells for text, cells in found if cells is not None}
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        self._asked.append(_Asked(texts, known, self._readers.ask(unknown)))


class _Asked(NamedTuple):
    """Titles asked for together, the cells of those that are known, and the answers to come."""

    texts: list[str]
    known: dict[str, Cells]
    answers: list[Answers]

    def cells(self) -> Iterator[Cells]:
        """Wait for all answers, and give the cells in the order of the titles."""
        unknown = [text for text in dict.fromkeys(self.texts) if text not in self.known]
        found = chain.from_iterable(answers() for answers in self.answers)
        cells = {**self.known, **dict(zip(unknown, found, strict=True))}
        return (cells[text] for text in self.texts)
