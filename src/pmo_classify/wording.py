"""Text that several packages share: counts, percentages, shortened titles, console lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["NO_SCOPE", "names_no_scope", "percent", "pluralised", "print_lines", "shortened"]

NO_SCOPE: Final = "none named"
"""How sheets and reports write the scope of a title that names none."""

_NO_SCOPE_CELLS: Final = frozenset({"", "-", "none", NO_SCOPE})


def names_no_scope(cell: str) -> bool:
    """Return whether a person wrote in a cell that the title names no scope.

    >>> names_no_scope("None"), names_no_scope("project")
    (True, False)
    """
    return cell.casefold() in _NO_SCOPE_CELLS


def pluralised(number: int, what: str) -> str:
    """Return a count with its noun, in the plural unless the count is 1.

    >>> pluralised(1, "row"), pluralised(1_200, "row")
    ('1 row', '1,200 rows')
    """
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def percent(share: float | None) -> str:
    """Return a share, from 0 to 1, as a percentage; only an exact 0 or 1 is shown as 0% or 100%.

    >>> percent(1.0), percent(0.99996), percent(0.5), percent(None)
    ('100%', '99.9%', '50.0%', '-')
    """
    if share is None:
        return "-"
    if share in (0.0, 1.0):
        return f"{share:.0%}"
    return f"{min(max(share, 0.001), 0.999):.1%}"


def shortened(text: str, most: int) -> str:
    """Return a text of at most ``most`` characters, with an ellipsis where it was cut.

    >>> shortened("Head of PMO", 8), shortened("PMO Lead", 8)
    ('Head of…', 'PMO Lead')
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def print_lines(console: Console, *lines: str) -> None:
    """Print lines unchanged, without wrapping them and without reading brackets as markup."""
    for line in lines:
        console.print(line, soft_wrap=True, markup=False, highlight=False)
