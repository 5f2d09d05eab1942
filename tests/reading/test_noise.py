"""Noise changes nothing: pay, place, contract, reference, capitals, a typing error."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

import pytest
from helpers import answer, rows
from made_titles import NOISE_AROUND

from pmo_classify import Level, classify
from pmo_classify.knowledge.listed_titles import read_listed_rows
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.reading import noise
from pmo_classify.reading.normal_form import form_of_title
from pmo_classify.reading.tokenizer import default_tokenizer

SAMPLED_SLIPS = 8
PATTERNS = read_shipped_rows("noise_patterns.csv")


def _clear_pmo_titles() -> list[str]:
    listed = [title for level in Level for title in level.facts.listed_titles]
    listed_only = {row["title"] for row in rows("listed_only.csv")}
    own = [r.cells for r in read_listed_rows() if r.cells["title"] not in listed_only]
    return listed + [c["title"] for c in own if c["track"] == "pmo" and c["ambiguous"] == "0"]


def _slip(title: str, chance: random.Random) -> str:
    """Misspell one word of five or more letters by one edit."""
    words = title.split(" ")
    long_words = [i for i, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long_words:
        return title
    at = chance.choice(long_words)
    word, i = words[at], chance.randrange(len(words[at]) - 1)
    letter = chance.choice(string.ascii_lowercase)
    words[at] = chance.choice(
        [
            word[:i] + word[i + 1 :],
            word[:i] + letter + word[i:],
            word[:i] + letter + word[i + 1 :],
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        ]
    )
    return " ".join(words)


@pytest.fixture
def _other_patterns() -> Iterator[None]:
    yield
    _forget()


@pytest.mark.parametrize(("name", "pattern", "example"), PATTERNS, ids=[p[0] for p in PATTERNS])
@pytest.mark.usefixtures("_other_patterns")
def test_a_pattern_proves_itself(
    name: str, pattern: str, example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each pattern removes all noise from its example; without it, some noise is left."""
    assert form_of_title(example) == "pmo analyst", name
    others = [row for row in PATTERNS if row[1] != pattern]
    monkeypatch.setattr(noise, "read_shipped_rows", lambda _: others)
    _forget()
    assert form_of_title(example) != "pmo analyst"


def _forget() -> None:
    noise._pattern.cache_clear()
    default_tokenizer.cache_clear()


@pytest.mark.parametrize("around", NOISE_AROUND)
def test_wrapped_in_noise(around: str) -> None:
    """Wrapping a clear title in noise keeps its answer."""
    titles = _clear_pmo_titles()
    lost = [t for t in titles if answer(classify(around.format(t))) != answer(classify(t))]
    assert lost == []


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda t: t.replace(" ", "  ")])
def test_case_and_spaces(change: object) -> None:
    """Shouting and double spaces keep the answer of every clear title."""
    for title in _clear_pmo_titles():
        assert answer(classify(change(title))) == answer(classify(title)), title  # type: ignore[operator]


def test_one_slip_of_the_key() -> None:
    """One edit in one long word keeps the answer, in at least 96 of 100 cases."""
    chance = random.Random(20)  # noqa: S311 - a fixed sample, so that the test is the same each time
    pairs = [(t, _slip(t, chance)) for t in _clear_pmo_titles() for _ in range(SAMPLED_SLIPS)]
    kept = sum(answer(classify(slipped)) == answer(classify(t)) for t, slipped in pairs)
    assert kept >= 0.96 * len(pairs)
