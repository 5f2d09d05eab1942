"""The reason codes of an answer, and what each of them means in plain English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from pmo_classify.knowledge.doubts import doubt_text
from pmo_classify.knowledge.rules import rules
from pmo_classify.taxonomy import LEVEL_RULES

__all__ = ["brief_reason", "reason_text"]

_NOTES: Final[Mapping[str, str]] = {
    "empty": "there is no title",
    "listed": "the title is in the list of known titles",
    "user-title": "the title is in your own table",
    "model": "a trained model preferred this answer to that of the rules",
    "several-titles": (
        "of several titles, the first on the PMO ladder counts, else the first in delivery"
    ),
    "cut": "only the first 1,000 characters were read",
    "repaired-text": "the text was repaired first: HTML, garbled or odd characters",
    "low-confidence": "the confidence is below the threshold",
}
"""The reasons that concern a title as a whole and come from no rule."""


def reason_text(code: str) -> str:
    """Return what a reason code means, with its source where it has one.

    >>> reason_text("level:clerk")
    'level 1: administrators, secretaries and clerks (career path, level 1)'
    >>> reason_text("repaired:ofice>office")
    "spelling: 'ofice' was read as 'office'"
    >>> reason_text("office")
    'a project, programme or portfolio office is named (codebook: An office)'
    """
    kind, colon, rest = code.partition(":")
    if colon:
        return _SPELT_OUT[kind](rest)
    if code in _NOTES:
        return _NOTES[code]
    rule = rules()[code]
    return f"{rule.why} ({rule.source})"


def _level_text(code: str) -> str:
    rule = LEVEL_RULES[code]
    return f"level {int(rule.level)}: {rule.why} ({rule.source})"


def _repair_text(repair: str) -> str:
    wrong, _, right = repair.partition(">")
    return f"spelling: {wrong!r} was read as {right!r}"


def _proposal_text(words: str) -> str:
    quoted = ", ".join(map(repr, words.split("|")))
    return f"a trained model proposes this answer, mostly for {quoted}"


_SPELT_OUT: Final[Mapping[str, Callable[[str], str]]] = {
    "level": _level_text,
    "proposed": _proposal_text,
    "repaired": _repair_text,
    "role": "the role word is {0!r}".format,
    "source": "source: {0}".format,
    "unsettled": lambda code: f"in doubt: {doubt_text(code)}",
}


@lru_cache(maxsize=10_000)
def brief_reason(codes: tuple[str, ...]) -> str:
    """Return the reasons of an answer in one short line: its doubts, or else what decided it.

    >>> brief_reason(("office", "role:manager", "level:manager"))
    'a project, programme or portfolio office is named; manages or leads'
    >>> brief_reason(("p3-supervisor", "unsettled:p3-supervisor"))
    'in doubt: a supervisor may run a project, or supervise people of a trade who work on it'
    """
    doubts = [doubt_text(c.partition(":")[2]) for c in codes if c.startswith("unsettled:")]
    if doubts:
        proposed = [_proposal_text(c.partition(":")[2]) for c in codes if c.startswith("proposed:")]
        return "in doubt: " + "; ".join(dict.fromkeys([*doubts, *proposed]))
    texts = (_brief_text(code) for code in codes)
    return "; ".join(text for text in texts if text)


def _brief_text(code: str) -> str:
    kind, _, rest = code.partition(":")
    if kind == "level":
        return LEVEL_RULES[rest].why
    if kind == "repaired":
        return reason_text(code)
    if rest:
        return ""
    return rules()[code].why if code in rules() else _NOTES.get(code, code)
