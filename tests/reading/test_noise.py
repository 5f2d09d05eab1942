"""Noise changes nothing: pay, place, contract, reference, capitals, a typing error."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterator
from functools import cache

import pytest
from helpers import answer, rows
from made_titles import NOISE_AROUND

from pmo_classify import Level, classify
from pmo_classify.knowledge.listed_titles import read_listed_rows
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.reading import noise
from pmo_classify.reading.noise import find_noise
from pmo_classify.reading.normal_form import form_of_title

SAMPLED_SLIPS = 8
ROWS = dict(enumerate(read_shipped_rows("noise_patterns.csv"), start=2))
BESIDE_NOISE = {"graduate", "intern", "apprentice", "early", "careers", "co-ordinator", ","}
"""What is left of some examples, where it shows that a number or an ending is noise."""


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


def test_all_noise_of_an_example_is_found() -> None:
    """Only the title is left of each example; or all of it, if it shows what is no noise."""
    faults = [
        f"noise_patterns.csv:{line}: {form!r} is left of {example!r}"
        for line, (_, _, example) in ROWS.items()
        for form in [form_of_title(example)]
        if find_noise(example) and set(form.split()) - BESIDE_NOISE != {"pmo", "analyst"}
    ]
    assert not faults, "\n".join(faults)


def test_each_pattern_proves_itself() -> None:
    """In the example of each row, other noise or none is found without the row."""
    faults = [
        f"noise_patterns.csv:{line}: {example!r} does not need the row"
        for lines in _sets_of_lines()
        for line, example in _examples_read_alike_without(lines)
    ]
    assert not faults, "\n".join(faults)


def _sets_of_lines() -> list[list[int]]:
    """Return the lines of the table in sets that can be left out together.

    No example of a set has anything that another row of it finds, so what its noise needs is its
    own row.
    """
    sets: list[list[int]] = []
    found_in = {line: _lines_that_find(example) for line, (_, _, example) in ROWS.items()}
    for line in ROWS:
        for lines in sets:
            if not any(line in found_in[other] or other in found_in[line] for other in lines):
                lines.append(line)
                break
        else:
            sets.append([line])
    return sets


def _lines_that_find(example: str) -> set[int]:
    return {line for line, pattern in _patterns().items() if pattern.search(example)}


@cache
def _patterns() -> dict[int, re.Pattern[str]]:
    """Return the pattern of each row, with the parts that it names."""
    found = {}
    for line, (_, pattern, _) in ROWS.items():
        whole = noise._with_parts(pattern, ROWS.values())
        found[line] = re.compile(whole, re.IGNORECASE)
    return found


def _examples_read_alike_without(lines: list[int]) -> list[tuple[int, str]]:
    before = {line: find_noise(ROWS[line][-1]) for line in lines}
    others = [row for line, row in ROWS.items() if line not in lines]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noise, "read_shipped_rows", lambda _: others)
        noise._pattern.cache_clear()
        noise._cues.cache_clear()
        found = [(n, ROWS[n][-1]) for n in lines if find_noise(ROWS[n][-1]) == before[n]]
    noise._pattern.cache_clear()
    noise._cues.cache_clear()
    return found


def test_patterns_can_be_joined() -> None:
    """Each row is a regular expression without groups, and the parts that it names have rows."""
    faults = [
        f"noise_patterns.csv:{line}: {fault}"
        for line, (_, pattern, _) in ROWS.items()
        for fault in _faults_of(noise._with_parts(pattern, ROWS.values()))
    ]
    assert not faults, "\n".join(faults)


def _faults_of(pattern: str) -> Iterator[str]:
    for part in re.findall(r"<\w+>", pattern):
        yield f"{part} has no rows, or they are above a part that names it"
    try:
        if re.compile(pattern).groups:
            yield "write (?: instead of (, because a group marks what is kept"
    except re.error as error:
        yield f"the pattern is no regular expression: {error}"


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
