"""Make any number of made-up job ads for the benchmarks; the same arguments give the same ads.

Three titles in ten are about projects and programmes, the others about other trades. All have the
usual noise of job ads: pay, places, capital letters and typing errors.

    python benchmarks/ads.py ads.csv --rows 1000000 --distinct 60000
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

__all__ = ["COLUMNS", "LONG", "SHORT", "rows_of_ads", "titles_of_ads", "write_ads"]

COLUMNS: Final = ("id", "Job title", "company", "place", "pay", "posted", "description")
SHORT: Final = 2
LONG: Final = 20
"""The most sentences in a description."""

_SHARE_OF_PROJECTS: Final = 0.3

_SENIORITIES: Final = ("", "", "", "", "Senior ", "Snr ", "Junior ", "Lead ", "Deputy ", "Interim ")
_SUBJECTS: Final = (
    "PMO", "Project", "Programme", "Program", "Portfolio", "Project Office", "Programme Office",
    "Project Support", "Portfolio Office", "ePMO", "P3O", "Change Programme", "IT Project",
    "Digital Portfolio", "Projects and Programmes", "Project Controls", "Benefits",
    "Project Management Office", "Transformation Programme", "Capital Projects",
)  # fmt: skip
_PROJECT_ROLES: Final = (
    "Administrator", "Co-ordinator", "Coordinator", "Officer", "Analyst", "Planner", "Manager",
    "Lead", "Director", "Assistant", "Consultant", "Specialist", "Support Officer", "Scheduler",
    "Support Analyst", "Governance Manager", "Risk Manager", "Reporting Analyst", "Head", "Intern",
)  # fmt: skip
_FIELDS: Final = (
    "Sales", "Marketing", "Finance", "Software", "Customer Service", "Care", "Warehouse", "HGV",
    "Dental", "Electrical", "Data", "Product", "Nursery", "Legal", "Payroll", "Kitchen", "Retail",
    "Security", "Quality", "Maintenance", "Mechanical", "Account", "Catering", "Logistics",
    "Recruitment", "Teaching", "Cloud", "Housing", "Insurance", "Laboratory",
)  # fmt: skip
_ROLES: Final = (
    "Assistant", "Manager", "Engineer", "Executive", "Nurse", "Driver", "Technician", "Advisor",
    "Supervisor", "Developer", "Chef", "Receptionist", "Accountant", "Operative", "Designer",
    "Apprentice", "Solicitor", "Team Leader", "Trainer", "Buyer", "Administrator", "Consultant",
)  # fmt: skip
_PLACES: Final = (
    "London", "Leeds", "York", "Bristol", "Cardiff", "Glasgow", "Belfast", "Manchester", "Exeter",
    "Norwich", "Derby", "Hull", "Milton Keynes", "Stoke-on-Trent", "Newcastle upon Tyne", "Köln",
)  # fmt: skip
_NOISES: Final = (
    "", "", "", "", "", " - {place}", " - {place}", " ({months} month FTC)", " - £{pay}k",
    " (Part Time)", " URGENT", " - {place} - £{pay}k", ", {place}", " | Hybrid", " (m/w/d)",
    " - REF{number}", " x{few}", " - immediate start!", " – up to £{pay},000 + bonus",
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


def titles_of_ads(distinct: int, seed: int = 0) -> list[str]:
    """Make distinct job titles.

    >>> titles_of_ads(3) == titles_of_ads(3), len(set(titles_of_ads(1000)))
    (True, 1000)
    """
    random = Random(seed)  # noqa: S311 - nothing secret
    found: dict[str, None] = {}
    while len(found) < distinct:
        found[_title(random)] = None
    return list(found)


def rows_of_ads(
    rows: int, distinct: int, seed: int = 0, sentences: int = SHORT
) -> Iterator[tuple[str, ...]]:
    """Make rows of ads; some titles are in many rows, most in few.

    A description has up to ``sentences`` sentences, and half as many on average.

    >>> [len(row) for row in rows_of_ads(2, distinct=2)]
    [7, 7]
    """
    titles = titles_of_ads(distinct, seed)
    random = Random(seed + 1)  # noqa: S311 - nothing secret
    pick = random.random
    for number in range(1, rows + 1):
        count = 1 + int(pick() * sentences)
        said = [_SENTENCES[int(pick() * len(_SENTENCES))] for _ in range(count)]
        yield (
            f"{number:07}",
            titles[int(distinct * pick() ** 2)],
            f"{_COMPANIES[int(pick() * 9)]} {_KINDS[int(pick() * len(_KINDS))]}",
            _PLACES[int(pick() * len(_PLACES))],
            f"{20_000 + 500 * int(pick() * 100)}",
            str(_FIRST_DAY + timedelta(days=int(pick() * 700))),
            ("\n" if pick() < 0.1 else " ").join(said),
        )


def write_ads(path: Path, rows: int, distinct: int, seed: int = 0, sentences: int = SHORT) -> None:
    """Write ads as a CSV file: commas, quotes where they are needed, UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows_of_ads(rows, distinct, seed, sentences))


def _title(random: Random) -> str:
    choice = random.choice
    if random.random() < _SHARE_OF_PROJECTS:
        title = f"{choice(_SENIORITIES)}{choice(_SUBJECTS)} {choice(_PROJECT_ROLES)}"
    else:
        title = f"{choice(_SENIORITIES)}{choice(_FIELDS)} {choice(_ROLES)}"
    if random.random() < 0.05:
        at = random.randrange(1, len(title) - 1)
        title = title[:at] + title[at + 1] + title[at] + title[at + 2 :]
    noise = choice(_NOISES).format(
        place=choice(_PLACES),
        months=random.randrange(3, 25),
        pay=random.randrange(18, 120),
        number=random.randrange(1_000, 10_000),
        few=random.randrange(2, 6),
    )
    title += noise
    return title.upper() if random.random() < 0.05 else title


def main() -> None:
    """Write a file of ads."""
    parser = argparse.ArgumentParser(description="Writes made-up job ads as CSV.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--distinct", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sentences", type=int, default=SHORT, help="Maximum in a description.")
    asked = parser.parse_args()
    write_ads(asked.path, asked.rows, asked.distinct, asked.seed, asked.sentences)


if __name__ == "__main__":
    main()
