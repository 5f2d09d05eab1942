"""Where a command prints its results for a person."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["results_console"]

_WIDE: Final = 120


def results_console() -> Console:
    """Give a console on standard output as wide as it may be."""
    # rich is imported here because the page of help for all commands does without.
    from rich.console import Console  # noqa: PLC0415

    # In a file or a pipe no window's edge may cut the tables.
    width = None if sys.stdout.isatty() else _WIDE
    return Console(width=width, markup=False, highlight=False)
