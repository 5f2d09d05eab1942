"""The made-up titles of the benchmarks are as costly as real ones: they have their statistics."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from natural import natural_titles, read_titles
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.traits import is_of_the_field

FIND_WORDS = re.compile(r"[^\W\d_]+").findall


@cache
def titles(count: int = 5_000) -> list[str]:
    return natural_titles(count)


def share(pattern: str) -> float:
    return sum(map(bool, map(re.compile(pattern).search, titles()))) / len(titles())


@pytest.mark.parametrize(
    ("count", "expected"), [(200, 3.1), (1_000, 2.2), (5_000, 1.33), (20_000, 0.78)]
)
def test_titles_bring_as_many_new_words_as_natural_ones(count: int, expected: float) -> None:
    words = {word.casefold() for title in titles(20_000)[:count] for word in FIND_WORDS(title)}
    assert len(words) / count == pytest.approx(expected, rel=0.15)


def test_titles_are_as_long_as_natural_ones() -> None:
    words = sum(len(FIND_WORDS(title)) for title in titles())
    assert words / len(titles()) == pytest.approx(5.0, rel=0.1)
    assert sum(map(len, titles())) / len(titles()) == pytest.approx(38, rel=0.15)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^[^a-zà-ÿ]+$", 0.05),
        (r"\d", 0.07),
        (r"\(", 0.23),
        (r",", 0.1),
        (r"/", 0.18),
        (r" [-|–] ", 0.2),
        (r"[^\x00-\x7f]", 0.2),
    ],
)
def test_marks_noise_and_capitals_are_as_in_natural_titles(pattern: str, expected: float) -> None:
    assert share(pattern) == pytest.approx(expected, rel=0.3)


def test_one_title_in_twenty_has_a_word_of_the_field() -> None:
    read = map(default_tokenizer().tokenize, titles())
    found = sum(any(map(is_of_the_field, tokens)) for tokens in read)
    assert found / len(titles()) == pytest.approx(0.05, rel=0.3)


def test_a_file_of_titles_takes_their_place(tmp_path: Path) -> None:
    """Lines that are blank or come twice are left out; a file with too few titles is refused."""
    path = tmp_path / "titles.txt"
    path.write_text("Chef\n\nPMO Lead\nChef\n", encoding="utf-8")
    assert sorted(read_titles(path, 2)) == ["Chef", "PMO Lead"]
    with pytest.raises(SystemExit, match="2 distinct titles, and 3 are needed"):
        read_titles(path, 3)
