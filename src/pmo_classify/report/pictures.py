"""What all our pictures have in common: the same input always gives the same bytes."""

from __future__ import annotations

from typing import Final

__all__ = ["INK", "NO_METADATA", "STYLE"]

INK: Final = "#1d2733"

STYLE: Final = {
    "font.family": "sans-serif",
    # Text stays text: it can be selected, searched and read aloud, in the page's own font.
    "svg.fonttype": "none",
    # Without a fixed salt the ids inside the SVG are drawn at random.
    "svg.hashsalt": "pmo-classify",
}
"""Settings of matplotlib; to be used over its default ones, since a user may have his own."""

NO_METADATA: Final[dict[str, dict[str, None]]] = {
    ".png": {"Software": None},
    ".svg": dict.fromkeys(("Creator", "Date", "Format", "Type")),
}
"""For each ending, what matplotlib would write of itself and of the day."""
