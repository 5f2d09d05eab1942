"""Text for a person: counts, shares and titles in a line, and lines on a console as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["percent", "pluralised", "print_lines", "shortened"]


def pluralised(number: int, what: str) -> str:
    """Count things in words.

    >>> pluralised(1, "row"), pluralised(1_200, "row")
    ('1 row', '1,200 rows')
    """
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def percent(share: float | None) -> str:
    """Write a share, from 0 to 1, so that only what is complete is 100%.

    >>> percent(1.0), percent(0.99996), percent(0.5), percent(None)
    ('100%', '99.9%', '50.0%', '-')
    """
    if share is None:
        return "-"
    if share in (0.0, 1.0):
        return f"{share:.0%}"
    return f"{min(max(share, 0.001), 0.999):.1%}"


def shortened(text: str, most: int) -> str:
    """Cut a text to ``most`` characters, and show that it was.

    >>> shortened("Head of PMO", 8), shortened("PMO Lead", 8)
    ('Head of…', 'PMO Lead')
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def print_lines(console: Console, *lines: str) -> None:
    """Print lines as they are: none is broken, and nothing in them is taken for a style."""
    for line in lines:
        console.print(line, soft_wrap=True, markup=False, highlight=False)
