"""Text that several packages share: counts, percentages, shortened titles, console lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.console import Console

__all__ = [
    "NO_SCOPE",
    "did_you_mean",
    "names_no_scope",
    "near_files",
    "percent",
    "pluralised",
    "print_lines",
    "shortened",
]

NO_SCOPE: Final = "none named"
"""How sheets and reports write the scope of a title that names none."""

_NEAR_ENOUGH: Final = 0.8
"""How alike two names must be, from 0 to 1, for one to be meant by the other."""

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


def did_you_mean(wanted: str, names: Iterable[str]) -> str:
    """Return a question with the names that are like a wanted one; empty if none are.

    >>> did_you_mean("job titel", ["Place", "Job title"])
    "did you mean 'Job title'?"
    >>> did_you_mean("salary", ["Place", "Job title"])
    ''
    """
    # Imported here because only a message about a slip needs it.
    from difflib import get_close_matches  # noqa: PLC0415

    by_key = {name.casefold(): name for name in names if name.strip()}
    near = get_close_matches(wanted.casefold(), by_key, n=3, cutoff=_NEAR_ENOUGH)
    return f"did you mean {' or '.join(repr(by_key[key]) for key in near)}?" if near else ""


def near_files(wanted: Path) -> str:
    """Return a question with the files in the same folder that have a similar name, or nothing."""
    try:
        names = [path.name for path in wanted.parent.iterdir()]
    except OSError:
        return ""
    return did_you_mean(wanted.name, (name for name in names if not name.startswith(".")))


def print_lines(console: Console, *lines: str) -> None:
    """Print lines unchanged, without wrapping them and without reading brackets as markup."""
    for line in lines:
        console.print(line, soft_wrap=True, markup=False, highlight=False)
