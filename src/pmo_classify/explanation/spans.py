"""Places in the mended text, told as places in the title that was given."""

from __future__ import annotations

from collections.abc import Callable

from pmo_classify.reading.cleaning import CleanText
from pmo_classify.thresholds import MAX_TITLE_LENGTH

__all__ = ["span_map"]


def span_map(title: str, text: CleanText) -> Callable[[int, int], tuple[int, int]]:
    """Return a function from a span of the mended text to the span of the title it came from.

    >>> from pmo_classify.reading.cleaning import clean
    >>> title = "PMO &amp; Planner"
    >>> where = span_map(title, clean(title))
    >>> start, end = where(6, 13)
    >>> title[start:end]
    'Planner'
    """
    if title.startswith(text.text):
        return lambda start, end: (start, end)
    # The import is here because a title that needs no mending never aligns anything.
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    head = title[:MAX_TITLE_LENGTH]
    origin = [0] * (len(text.text) + 1)
    for step in Indel.opcodes(head, text.text):
        for offset in range(step.dest_end - step.dest_start):
            inside = offset if step.tag == "equal" else 0
            origin[step.dest_start + offset] = step.src_start + inside
    origin[len(text.text)] = len(head)

    def where(start: int, end: int) -> tuple[int, int]:
        first, last = origin[start], origin[end]
        while last > first + 1 and title[last - 1].isspace():
            last -= 1
        return first, max(first, last)

    return where
