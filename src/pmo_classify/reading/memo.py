"""Answers that are kept, so that the same question costs a look-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Memo"]

_K = TypeVar("_K")
_V = TypeVar("_V")


class Memo(dict[_K, _V], Generic[_K, _V]):
    """A dictionary that works out what it lacks, and forgets everything when it is full.

    >>> lengths = Memo(len, limit=2)
    >>> lengths["PMO"], lengths["lead"], lengths["head"], sorted(lengths)
    (3, 4, 4, ['head'])

    A look-up costs what a plain dictionary's does, which a function that remembers its answers
    cannot say. The function must give the same answer each time: two threads may both ask it.
    """

    __slots__ = ("_answer", "_limit")

    def __init__(self, answer: Callable[[_K], _V], limit: int) -> None:
        super().__init__()
        self._answer = answer
        self._limit = limit

    def __missing__(self, key: _K) -> _V:
        answer = self._answer(key)
        if len(self) >= self._limit:
            self.clear()
        self[key] = answer
        return answer
