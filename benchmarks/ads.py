"""Made-up job ads in any number, always the same for the same numbers: what the timings run on.

Their titles are those of ``natural``, or those of a file.

    python benchmarks/ads.py ads.csv --rows 1000000 --distinct 60000
    python benchmarks/ads.py ads.csv --distinct 20000 --titles my_titles.txt
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from natural import read_titles

__all__ = ["COLUMNS", "LONG", "SHORT", "rows_of_ads", "write_ads"]

COLUMNS: Final = ("id", "Job title", "company", "place", "pay", "posted", "description")
SHORT: Final = 7
LONG: Final = 30
"""The most sentences in a description."""

_PLACES: Final = (
    "London", "Leeds", "York", "Bristol", "Cardiff", "Glasgow", "Belfast", "Manchester", "Exeter",
    "Norwich", "Derby", "Hull", "Milton Keynes", "Stoke-on-Trent", "Newcastle upon Tyne", "Köln",
)  # fmt: skip
_COMPANIES: Final = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Hazel", "Larch", "Oak")
_KINDS: Final = ("Ltd", "& Sons", "Group plc", "Partners, LLP", "NHS Trust", "Council", "GmbH")
_SENTENCES: Final = (
    "You will join a busy team, and report to the head of department.",
    'We are an "Investor in People", and an equal-opportunities employer.',
    "Full training is given.",
    "Hours: 37.5 a week, Monday to Friday.",
    "The role is hybrid; two days a week in the office, three at home.",
    'Must hold a full driving licence ("clean", please).',
    "Salary on application, with 28 days of leave.",
    "Apply by e-mail.",
)
_FIRST_DAY: Final = date(2024, 1, 1)


def rows_of_ads(
    rows: int, titles: Sequence[str], seed: int = 0, sentences: int = SHORT
) -> Iterator[tuple[str, ...]]:
    """Make rows of ads; some titles stand in many rows, most in few.

    A description has at most so many ``sentences``, and half as many on average.

    >>> [len(row) for row in rows_of_ads(2, ["PMO Analyst", "Chef"])]
    [7, 7]
    """
    random = Random(seed + 1)  # noqa: S311 - nothing secret
    pick = random.random
    for number in range(1, rows + 1):
        count = 1 + int(pick() * sentences)
        said = [_SENTENCES[int(pick() * len(_SENTENCES))] for _ in range(count)]
        yield (
            f"{number:07}",
            titles[int(len(titles) * pick() ** 2)],
            f"{_COMPANIES[int(pick() * 9)]} {_KINDS[int(pick() * len(_KINDS))]}",
            _PLACES[int(pick() * len(_PLACES))],
            f"{20_000 + 500 * int(pick() * 100)}",
            str(_FIRST_DAY + timedelta(days=int(pick() * 700))),
            ("\n" if pick() < 0.1 else " ").join(said),
        )


def write_ads(
    path: Path, rows: int, titles: Sequence[str], seed: int = 0, sentences: int = SHORT
) -> None:
    """Write ads as a CSV file: commas, quotes where they are needed, UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows_of_ads(rows, titles, seed, sentences))


def main() -> None:
    """Write a file of ads."""
    parser = argparse.ArgumentParser(description="Writes made-up job ads as CSV.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--distinct", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--titles", type=Path, help="A file of titles, one a line.")
    parser.add_argument("--sentences", type=int, default=SHORT, help="The most in a description.")
    asked = parser.parse_args()
    titles = read_titles(asked.titles, asked.distinct, asked.seed)
    write_ads(asked.path, asked.rows, titles, asked.seed, asked.sentences)


if __name__ == "__main__":
    main()
