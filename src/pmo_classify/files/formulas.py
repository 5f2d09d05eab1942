"""What a spreadsheet takes for a formula in a CSV, and how a text is kept from being one."""

from __future__ import annotations

from typing import Final

__all__ = ["STARTS_A_FORMULA", "no_formula"]

STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def no_formula(text: str) -> str:
    """Give a text as no formula: with an apostrophe before it, where it would be one.

    >>> no_formula("=1+1"), no_formula("PMO Lead")
    ("'=1+1", 'PMO Lead')
    """
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
