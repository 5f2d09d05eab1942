"""Made-up titles that have the statistics of those on job boards, always the same for a seed.

What reading a title costs depends on the words that nobody has met yet, so they come as they do in
nature: ever fewer with each title, but never none. The languages, words in a title, marks, noise
and capitals are mixed as on some seventy boards and staff lists of many countries. The words are
those of our own tables, and new ones put together from the front of one and the back of another.

    python benchmarks/natural.py 60000 > titles.txt
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from pmo_classify.knowledge.lexicon import ENGLISH, Tag, WordRow, read_word_rows
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.traits import is_of_the_field

__all__ = ["natural_titles", "read_titles"]

_LANGUAGES: Final = {
    ENGLISH: 62, "pl": 11, "pt": 6, "sv": 6, "es": 5, "fr": 5, "de": 2, "id": 1, "nl": 1, "it": 1,
}  # fmt: skip
_LENGTHS: Final = {
    1: 3, 2: 10, 3: 17, 4: 21, 5: 18, 6: 12, 7: 7, 8: 4, 9: 3, 10: 2, 12: 2, 15: 1,
}  # fmt: skip
"""How many titles in a hundred have so many words."""

# The chance that a word is new after n words, v of them different, is (A + B v) / (A + n): the
# process of Pitman and Yor, whose words are as frequent as those of a language.
_NEW_AT_FIRST: Final = 160
_NEW_LATER: Final = 0.57
_KNOWN: Final = 0.9
"""The share of our tables in new words, as long as the tables have any."""
_FREQUENT: Final = 40
"""So many words of a language have been used before the first title."""

_SHARE_OF_THE_FIELD: Final = 0.05
_FIELD: Final = frozenset({Tag.P3, Tag.P3_NAME, Tag.OFFICE_NAME, Tag.OWN_FUNCTION})
_MARKS: Final = {" - ": 0.2, ", ": 0.1, "/": 0.13, " & ": 0.06, " | ": 0.04, "-": 0.06}
"""What may be between two words, and in which share of titles it is."""
_IN_BRACKETS: Final = 0.18
_NOISES: Final = {
    "": 85, " (m/w/d)": 2, " (H/F)": 2, " (f/m/d)": 2, " {number}": 2, " II": 1, " (100%)": 1,
    " - {year}": 1, " ({months} months)": 1, " £{pay}k": 1, "!": 1, " (m/f)": 1,
}  # fmt: skip
# One title in twenty is in capitals; some are so anyway, for they are a short name alone.
_UPPER, _LOWER = 0.04, 0.02
_SHORTEST_TO_CUT: Final = 5


def natural_titles(distinct: int, seed: int = 0) -> list[str]:
    """Make distinct titles.

    >>> natural_titles(3) == natural_titles(3), len(set(natural_titles(1000)))
    (True, 1000)
    """
    random = Random(seed)  # noqa: S311 - nothing secret
    rows = list(read_word_rows())
    languages = {name: _Language(rows, name, random) for name in _LANGUAGES}
    names = random.choices(list(languages), list(_LANGUAGES.values()), k=distinct)
    found: dict[str, None] = {}
    for name in names:
        size = len(found)
        while len(found) == size:
            found[_title(languages[name], random)] = None
    return list(found)


def read_titles(path: Path | None, distinct: int, seed: int = 0) -> list[str]:
    """Return that many titles of a file that has one in each line, or made-up ones without it."""
    if path is None:
        return natural_titles(distinct, seed)
    lines = dict.fromkeys(path.read_text(encoding="utf-8").splitlines())
    titles = [line for line in lines if line.strip()]
    if len(titles) < distinct:
        message = f"{path}: {len(titles):,} distinct titles, and {distinct:,} are needed"
        raise SystemExit(message)
    return Random(seed).sample(titles, distinct)  # noqa: S311 - nothing secret


class _Language:
    """The words of a language: the more a word was used, the likelier it is used again."""

    def __init__(self, rows: Iterable[WordRow], name: str, random: Random) -> None:
        self._random = random
        mine = [row for row in rows if row.language in {name, ""}]
        self.of_the_field = [row.form.title() for row in mine if row.tag in _FIELD]
        table = list(_words(mine))
        self._to_cut = [word for word in table if len(word) >= _SHORTEST_TO_CUT]
        # The most frequent words come first, and are used most.
        self._used = table[:_FREQUENT]
        self._counts = Counter(self._used)
        self._coming = iter(table[_FREQUENT:])

    def word(self) -> str:
        """Return a word that was used before, or sometimes a new one."""
        chance = self._random.random() * (_NEW_AT_FIRST + len(self._used))
        is_new = chance < _NEW_AT_FIRST + _NEW_LATER * len(self._counts)
        word = self._new() if is_new else self._old()
        self._used.append(word)
        self._counts[word] += 1
        return word

    def _old(self) -> str:
        while True:
            word = self._random.choice(self._used)
            if self._random.random() * self._counts[word] > _NEW_LATER:
                return word

    def _new(self) -> str:
        known = next(self._coming, None) if self._random.random() < _KNOWN else None
        return known or self._made()

    def _made(self) -> str:
        while True:
            front, back = self._random.choices(self._to_cut, k=2)
            word = front[: (len(front) + 1) // 2] + back[len(back) // 2 :].lower()
            if not _is_of_the_field(word):
                return word


def _is_of_the_field(word: str) -> bool:
    return any(map(is_of_the_field, default_tokenizer().tokenize(word)))


def _words(rows: Iterable[WordRow]) -> Iterator[str]:
    """Return the words of the examples, the most frequent first, but for those of the field."""
    counts = Counter(word for row in rows for word in _split(row.example))
    written: dict[str, str] = {}
    for word, _ in counts.most_common():
        written.setdefault(fold(word), word)
    return (word for word in written.values() if not _is_of_the_field(word))


def _split(example: str) -> Iterator[str]:
    return (word for part in example.split() if (word := part.strip(".,;:()-–&|!?\"'")).isalpha())


def _title(language: _Language, random: Random) -> str:
    count = random.choices(list(_LENGTHS), list(_LENGTHS.values()))[0]
    words = [language.word() for _ in range(count)]
    if random.random() < _SHARE_OF_THE_FIELD:
        words[random.randrange(count)] = random.choice(language.of_the_field)
    gaps = [" "] * (count - 1)
    for mark, share in _MARKS.items():
        if gaps and random.random() < share:
            gaps[random.randrange(count - 1)] = mark
    if count > 2 and random.random() < _IN_BRACKETS:
        gaps[-1] = " ("
        words[-1] += ")"
    title = words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=True))
    return _written(title + _noise(random), random)


def _noise(random: Random) -> str:
    return random.choices(list(_NOISES), list(_NOISES.values()))[0].format(
        number=random.randrange(1_000, 100_000),
        year=random.randrange(2024, 2028),
        months=random.randrange(3, 25),
        pay=random.randrange(18, 120),
    )


def _written(title: str, random: Random) -> str:
    way = random.random()
    if way < _UPPER:
        return title.upper()
    return title.lower() if way < _UPPER + _LOWER else title[0].upper() + title[1:]


def main() -> None:
    """Print titles."""
    parser = argparse.ArgumentParser(description="Prints made-up job titles, one a line.")
    parser.add_argument("distinct", type=int)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.writelines(f"{title}\n" for title in natural_titles(asked.distinct, asked.seed))


if __name__ == "__main__":
    main()
