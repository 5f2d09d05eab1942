"""The short reason codes of an answer, and what each says in full."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from pmo_classify.knowledge.doubts import DOUBTS
from pmo_classify.knowledge.rules import LEVEL_RULES, RULES

__all__ = ["brief_reason", "reason_text"]

_OTHER: Final = {
    "empty": "there is no title",
    "listed": "the title is listed",
    "user-title": "the title is in your own table",
    "nothing": "nothing of the field stands in it",
    "model": "a trained model preferred this to what the rules make of it",
    "several-titles": "several titles stand in it; the first that counts was taken",
    "cut": "only the first 1,000 characters were read",
    "repaired-text": "the text was repaired first: HTML, mojibake or odd characters",
    "low-confidence": "the confidence is under the threshold",
}
_RULES: Final = {rule.code: rule for rule in RULES}


def reason_text(code: str) -> str:
    """Spell out a reason code.

    >>> reason_text("level:clerk")
    'level 1: administrators, secretaries and clerks (career path, level 1)'
    >>> reason_text("repaired:ofice>office")
    "spelling: 'ofice' was read as 'office'"
    """
    kind, colon, rest = code.partition(":")
    if colon:
        return _SPELT_OUT[kind](rest)
    if code in _OTHER:
        return _OTHER[code]
    rule = _RULES[code]
    return f"{rule.why} ({rule.source})"


def _level_text(code: str) -> str:
    rule = LEVEL_RULES[code]
    return f"level {rule.level}: {rule.why} ({rule.source})"


def _repair_text(repair: str) -> str:
    wrong, _, right = repair.partition(">")
    return f"spelling: {wrong!r} was read as {right!r}"


def _doubt_text(code: str) -> str:
    return DOUBTS[code] if code in DOUBTS else _RULES[code].why


_SPELT_OUT: Final[dict[str, Callable[[str], str]]] = {
    "level": _level_text,
    "repaired": _repair_text,
    "role": "the role word is {0!r}".format,
    "source": "source: {0}".format,
    "unsettled": lambda code: f"in doubt: {_doubt_text(code)}",
}


@lru_cache(maxsize=10_000)
def brief_reason(codes: tuple[str, ...]) -> str:
    """Write an answer's reasons in one short line, the doubt first.

    >>> brief_reason(("programme-bare", "role:analyst", "unsettled:programme-bare"))
    "in doubt: a bare programme may be a service's"
    >>> brief_reason(("office", "role:manager", "level:manager"))
    'a P3 office is named; manages or leads'
    """
    doubts = [_doubt_text(c.partition(":")[2]) for c in codes if c.startswith("unsettled:")]
    if doubts:
        return "in doubt: " + "; ".join(dict.fromkeys(doubts))
    parts = []
    for code in codes:
        kind, _, rest = code.partition(":")
        if kind == "level":
            parts.append(LEVEL_RULES[rest].why)
        elif kind == "repaired":
            parts.append(reason_text(code))
        elif code in _RULES:
            parts.append(_RULES[code].why)
        elif not rest:
            parts.append(_OTHER.get(code, code))
    return "; ".join(parts)
