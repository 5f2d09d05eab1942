"""Noise in a title: pay, dates, hours, references, grades.

The patterns are in ``data/noise_patterns.csv``; noise that is made of words ("urgent", "hybrid") is
in the tables of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from pmo_classify.knowledge.tables import read_shipped_rows

__all__ = ["find_noise"]

# Noise starts at the start of a word, or with a sign; elsewhere the patterns need not be tried.
_START: Final = r"(?:(?<!\w)(?=\w)|(?=[£$€₹¥(\[/.+#-]))"
# Every pattern needs one of these signs, or a cue of the table; most titles have neither.
_SIGN = re.compile(
    # The first part is found much faster than the rest, and most titles have none of its signs.
    r"(?=[\d£$€₹¥@/|*(.-])(?:[\d£$€₹¥@]|//"
    r"|/\s?(?i:hours?|hr|h|days?|d|weeks?|wk|months?|mth|annum|years?|yr|an)\b"
    r"|\((?i:trice|rice|euse|teuse|n?ne|i?ve|se|ère|ora?|as)\)"
    r"|\(\s{0,3}(?i:[a-z]\s{0,3}[,.;)]|gn\b|all genders|project)"
    r"|[/|*-]\s{0,2}(?i:[mfwhdvxkž])(?!\w)|\.\s?[oO]\b)"
)


def find_noise(text: str) -> list[tuple[int, int]]:
    """Return where noise starts and ends in clean text, in order.

    >>> find_noise("PMO Analyst, £40k")
    [(13, 17)]
    """
    if _SIGN.search(text) is None and not any(map(text.lower().__contains__, _cues())):
        return []
    matches = (
        (match.start(), match.start() + len(match[0].rstrip()))
        for match in _pattern().finditer(text)
        if match.lastindex is None
    )
    return [(start, end) for start, end in matches if end > start]


@cache
def _cues() -> Sequence[str]:
    return [text for name, text, _ in read_shipped_rows("noise_patterns.csv") if name == "cue"]


@cache
def _pattern() -> re.Pattern[str]:
    """Return all patterns as one; only what is kept is a group."""
    rows = read_shipped_rows("noise_patterns.csv")
    patterns = [
        f"({pattern})" if name == "kept" else pattern
        for name, pattern, _ in rows
        if not name.startswith("<") and name != "cue"
    ]
    return re.compile(f"{_START}(?:{_with_parts('|'.join(patterns), rows)})", re.IGNORECASE)


def _with_parts(pattern: str, rows: Iterable[Sequence[str]]) -> str:
    """Return a pattern with the rows of each part in the place of its name: ``<month>``."""
    parts: dict[str, list[str]] = {}
    for name, alternative, _ in rows:
        if name.startswith("<"):
            parts.setdefault(name, []).append(alternative)
    for name, alternatives in parts.items():
        pattern = pattern.replace(name, f"(?:{'|'.join(alternatives)})")
    return pattern
