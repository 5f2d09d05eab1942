"""Titles written with one sign for each stretch, where a sign is a character.

A short text is cut, searched and looked up in a fraction of the time that a list of objects takes,
and there are as many titles as make that worth while.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pmo_classify.reading.memo import Memo
from pmo_classify.reading.stretches import FullError, Stretch, StretchReader
from pmo_classify.thresholds import MAX_TITLE_LENGTH, READING_CACHE_SIZE, WORD_CACHE_SIZE

__all__ = ["UNWRITTEN", "Signs"]

UNWRITTEN: Final = ""
"""What stands for a title that can only be read as a whole."""

_MOST_CHARACTERS: Final = 1 << 22
_FIRST: Final = 0x10000
_FIRST_OF_NOISE: Final = 0x90000
_LAST: Final = 0x10FFFF
_BETWEEN: Final = "\n"
_BETWEEN_TITLES: Final = f" {_BETWEEN} "
_END: Final = re.compile(f"[{chr(_FIRST_OF_NOISE)}-{chr(_LAST)}][^{_BETWEEN}]*+")
"""All of a title from where noise may start, alone or with what stands beside it."""


class Signs:
    """Gives stretches their signs, and writes titles with them.

    It raises a ``FullError`` where it holds as much as memory may: make another one.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> signs = Signs(StretchReader(default_tokenizer(), keys=[]))
    >>> signs.write("Baker") == signs.write("Butcher"), len(signs.write("Senior PMO Lead"))
    (True, 3)
    >>> signs.write("PMO Lead £40k") == signs.write("PMO Lead")
    True
    """

    def __init__(self, reader: StretchReader) -> None:
        self._reader = reader
        self._stretches: dict[str, Stretch] = {}
        self._signs: dict[Stretch, str] = {}
        self._parts = Memo(self._sign_of_part, 2 * WORD_CACHE_SIZE)
        self._sign_of = self._parts.__getitem__
        self._ends = Memo(self._without_noise, READING_CACHE_SIZE)

    def __len__(self) -> int:
        return len(self._parts)

    def write(self, title: str) -> str:
        """Write a title by the stretches between its blanks, without the noise that can be told."""
        if len(title) > MAX_TITLE_LENGTH:
            return UNWRITTEN
        signs = self._signs_of(title)
        if _BETWEEN in signs:
            return UNWRITTEN
        end = _END.search(signs)
        return signs if end is None else signs[: end.start()] + self._ends[end[0]]

    def write_many(self, titles: Sequence[str]) -> list[str]:
        """Write many titles; as one text, which is the quickest way."""
        if sum(map(len, titles)) > _MOST_CHARACTERS and len(titles) > 1:
            half = len(titles) // 2
            return self.write_many(titles[:half]) + self.write_many(titles[half:])
        if max(map(len, titles), default=0) <= MAX_TITLE_LENGTH:
            signs = self._signs_of(_BETWEEN_TITLES.join(titles))
            written = _END.sub(lambda end: self._ends[end[0]], signs).split(_BETWEEN)
            if len(written) == len(titles):
                return written
        # One is too long, or holds what stands between them.
        return list(map(self.write, titles))

    def _signs_of(self, text: str) -> str:
        return "".join(map(self._sign_of, text.split(" ")))

    def read(self, signs: str) -> Iterator[Stretch]:
        """Give the stretches that the signs stand for."""
        return map(self._stretches.__getitem__, signs)

    def _sign_of_part(self, text: str) -> str:
        if text == _BETWEEN:
            return _BETWEEN
        if len(self._parts) >= WORD_CACHE_SIZE:
            raise FullError
        return self._sign(self._reader.stretches[text])

    def _without_noise(self, signs: str) -> str:
        return "".join(map(self._sign, self._reader.without_noise(self.read(signs))))

    def _sign(self, stretch: Stretch) -> str:
        sign = self._signs.get(stretch)
        if sign is None:
            sign = self._signs[stretch] = self._new_sign(stretch)
        return sign

    def _new_sign(self, stretch: Stretch) -> str:
        if len(self._stretches) >= WORD_CACHE_SIZE:
            raise FullError
        number = len(self._stretches) + (_FIRST_OF_NOISE if stretch.extends_noise else _FIRST)
        # Another thread may take the same number at the same time, but only one of them gets it.
        while self._stretches.setdefault(chr(number), stretch) is not stretch:
            number += 1
        return chr(number)
