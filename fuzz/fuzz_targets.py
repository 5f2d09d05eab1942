"""The targets of the fuzzing, by name."""

from __future__ import annotations

from typing import Final

from fuzz_books import WORKBOOK
from fuzz_csv import CSV
from fuzz_tables import TABLES
from fuzz_target import Target
from fuzz_titles import TITLES

__all__ = ["TARGETS"]

TARGETS: Final[dict[str, Target]] = {
    "classify": TITLES,
    "csv": CSV,
    "workbook": WORKBOOK,
    "tables": TABLES,
}
"""Each part of the library that is fuzzed."""
