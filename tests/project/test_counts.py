"""The counts that the README and the pages give are true."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from pmo_classify.evaluation.evaluate import evaluate
from pmo_classify.labelling.columns import LABEL_COLUMNS

ROOT = Path(__file__).parents[2]
README = "README.md"
ABOUT = 0.02
"""How far a number with "about" before it may be off."""


def text_of(page: str) -> str:
    return " ".join((ROOT / page).read_text(encoding="utf-8").split())


def number_in(page: str, pattern: str) -> int:
    """Return the number that a page gives where the pattern matches it."""
    found = re.search(pattern, text_of(page))
    assert found is not None, f"{page} has no {pattern!r}"
    return int(found[1].replace(",", ""))


def count_rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def test_the_number_of_words() -> None:
    words = sum(map(count_rows, (ROOT / "data" / "words").glob("*.csv")))
    shown = number_in("docs/reading.md", r"about ([\d,]+) words and phrases")
    assert shown == pytest.approx(words, rel=ABOUT)


@pytest.mark.parametrize("page", [README, "docs/reading.md", "docs/limits.md", "docs/languages.md"])
def test_the_number_of_languages(page: str) -> None:
    """English, and each language whose titles are tested."""
    tested = list((ROOT / "tests" / "cases" / "languages").glob("*.csv"))
    assert len(tested) + 1 == 21
    assert "twenty-one" in text_of(page)


@pytest.mark.parametrize("page", ["docs/howto-csv.md", "docs/howto-frames.md"])
def test_the_number_of_columns(page: str) -> None:
    listed = re.findall(r"\| `(pmo_\w+)` \|", text_of("docs/howto-csv.md"))
    assert tuple(listed) == LABEL_COLUMNS
    assert len(LABEL_COLUMNS) == 11
    assert "eleven columns" in text_of(page)


def test_the_number_of_cases_for_rules() -> None:
    """The promises give the number that the test of the rules checks."""
    shown = number_in("docs/promises.md", r"all ([\d,]+) combinations")
    assert f"== {shown:_}" in (ROOT / "tests" / "knowledge" / "test_rules.py").read_text()


def test_how_good_the_readme_says_it_is() -> None:
    found = evaluate(ROOT / "examples" / "labelled_titles.csv")
    shown = (
        number_in(README, r"([\d,]+) made-up titles"),
        number_in(README, r"([\d,]+) are clear enough"),
        number_in(README, r"Of these, ([\d,]+) get the right"),
    )
    assert shown == (found.rows, found.clear, found.right.hits)
    percent = f"({found.right.value:.1%}; 95% confidence interval {found.right.low:.1%} to"
    assert f"{percent} {found.right.high:.1%})" in text_of(README)
    with (ROOT / "examples" / "labelled_titles.csv").open(encoding="utf-8", newline="") as file:
        hard = sum(row["kind"] == "hard" for row in csv.DictReader(file))
    assert number_in(README, r"([\d,]+) of them were written to be difficult") == hard
