"""Noise in a title: pay, dates, hours, references, grades.

The patterns are in ``data/noise_patterns.csv``; noise that is made of words ("urgent", "hybrid") is
in the tables of words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pmo_classify.knowledge.tables import read_shipped_rows

__all__ = ["find_noise"]

# Noise starts at the start of a word, or with a sign; elsewhere the patterns need not be tried.
_START: Final = r"(?:(?<!\w)(?=\w)|(?=[£$€₹¥(/.+#-]))"
# Every pattern needs one of these signs or words; most titles have none, and are not searched.
_SIGN = re.compile(
    r"[\d£$€₹¥@]|://|/\s?(?i:hours?|hr|h|days?|d|weeks?|wk|months?|mth|annum|years?|yr|an)\b"
    r"|\((?i:trice|rice|euse|teuse|ne|ive|ère)\)"
    r"|\(\s{0,3}(?i:[a-z]\s{0,3}[,.;)]|gn\b|all genders|project)"
    r"|(?<!\w)(?i:[mfwhdvxkž])\s{0,2}[/|*-]\s{0,2}(?i:[mfwhdvxkž])(?!\w)|\w\.\s?[oO]\b"
)
# Every match of ``_SIGN`` has one of these signs, which are found much faster.
_ANY_SIGN = re.compile(r"[\d£$€₹¥@/|*(.-]")
_WORDS: Final = ("band", "grade", "level", "lvl", "tier", "www.", "mon-", "mon ", "p/t", "f/t")


def find_noise(text: str) -> list[tuple[int, int]]:
    """Return where noise starts and ends in clean text, in order.

    >>> find_noise("PMO Analyst, £40k")
    [(13, 17)]
    """
    if not _has_sign(text) and not any(map(text.lower().__contains__, _WORDS)):
        return []
    matches = ((m.start(), m.start() + len(m[0].rstrip())) for m in _pattern().finditer(text))
    return [(start, end) for start, end in matches if end > start]


def _has_sign(text: str) -> bool:
    return _ANY_SIGN.search(text) is not None and _SIGN.search(text) is not None


@cache
def _pattern() -> re.Pattern[str]:
    patterns = "|".join(
        f"(?:{pattern})" for _, pattern, _ in read_shipped_rows("noise_patterns.csv")
    )
    return re.compile(f"{_START}(?:{patterns})", re.IGNORECASE)
