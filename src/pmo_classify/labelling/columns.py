"""The columns that labelling adds, and what each of them holds.

``label_values`` returns typed values, for data frames; ``label_cells`` the same as text, for files.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias, cast

from pmo_classify.classification import Classification
from pmo_classify.knowledge.reasons import brief_reason
from pmo_classify.taxonomy import Method, Scope, Track

__all__ = [
    "CATEGORIES",
    "CELL_READERS",
    "LABEL_COLUMNS",
    "LABEL_TYPES",
    "ColumnType",
    "LabelCells",
    "LabelValues",
    "label_cells",
    "label_values",
    "values_of",
]

LabelValues: TypeAlias = tuple[
    str,
    int | None,
    str | None,
    str | None,
    str | None,
    str | None,
    str | None,
    str,
    float,
    bool,
    str | None,
]
"""The values of the label columns, in their order."""

LabelCells: TypeAlias = tuple[str, ...]
"""The cells of the label columns as text, in their order."""


class ColumnType(Enum):
    """What a label column holds; each kind of data frame has its own type for it."""

    CATEGORY = "one of few words that are known beforehand"
    SMALL_INTEGER = "a whole number from 0 to 100, or nothing"
    TEXT = "text, or nothing"
    PROBABILITY = "a number from 0 to 1"
    YES_NO = "true or false"


LABEL_TYPES: Final = {
    "pmo_track": ColumnType.CATEGORY,
    "pmo_level": ColumnType.SMALL_INTEGER,
    "pmo_scope": ColumnType.CATEGORY,
    "pmo_standard_title": ColumnType.TEXT,
    "pmo_clean_title": ColumnType.TEXT,
    "pmo_seniority": ColumnType.TEXT,
    "pmo_function": ColumnType.TEXT,
    "pmo_method": ColumnType.CATEGORY,
    "pmo_confidence": ColumnType.PROBABILITY,
    "pmo_review": ColumnType.YES_NO,
    "pmo_reason": ColumnType.TEXT,
}
"""What each label column holds."""

LABEL_COLUMNS: Final = tuple(LABEL_TYPES)
"""The columns that labelling adds after the user's own, in this order."""

CELL_READERS: Final[dict[ColumnType, Callable[[str], Any]]] = {
    ColumnType.CATEGORY: str,
    ColumnType.SMALL_INTEGER: int,
    ColumnType.TEXT: str,
    ColumnType.PROBABILITY: float,
    ColumnType.YES_NO: "yes".__eq__,
}
"""Returns the value of a cell that is not empty, for each kind of column."""

CATEGORIES: Final = {
    "pmo_track": tuple(map(str, Track)),
    "pmo_scope": tuple(str(Scope(bits)) for bits in range(1, 16)),
    "pmo_method": tuple(map(str, Method)),
}
"""All words that a column of the type ``CATEGORY`` may hold, whatever the rows are."""


def label_values(answer: Classification, *, has_clean_title: bool = True) -> LabelValues:
    """Return an answer as the values of the label columns; what is missing is ``None``.

    Without the clean title, which takes much longer than the rest, its value is ``None``.

    >>> from pmo_classify import classify
    >>> label_values(classify("PMO Lead"))[:4]
    ('pmo', 3, None, 'PMO Lead')
    """
    return (
        _name(answer.track),
        None if answer.level is None else int(answer.level),
        _name(answer.scope) or None,
        answer.standard_title,
        (answer.clean_title or None) if has_clean_title else None,
        answer.seniority,
        answer.function,
        _name(answer.method),
        answer.confidence,
        answer.needs_review,
        brief_reason(answer.reasons) or None,
    )


def label_cells(answer: Classification, *, has_clean_title: bool = True) -> LabelCells:
    """Return an answer as the cells of the label columns; what is missing is an empty cell.

    Without the clean title its cell is empty.

    >>> from pmo_classify import classify
    >>> label_cells(classify("PMO Lead"))[:4]
    ('pmo', '3', '', 'PMO Lead')
    """
    (
        track,
        level,
        scope,
        standard_title,
        clean_title,
        seniority,
        function,
        method,
        confidence,
        review,
        reason,
    ) = label_values(answer, has_clean_title=has_clean_title)
    return (
        track,
        "" if level is None else str(level),
        scope or "",
        standard_title or "",
        clean_title or "",
        seniority or "",
        function or "",
        method,
        _two_decimals(confidence),
        "yes" if review else "no",
        reason or "",
    )


def values_of(cells: LabelCells) -> LabelValues:
    """Return the values of the label columns from their cells; nothing is lost in between.

    >>> from pmo_classify import classify
    >>> answer = classify("PMO Lead")
    >>> values_of(label_cells(answer)) == label_values(answer)
    True
    """
    typed = [
        CELL_READERS[kind](cell) if cell else None
        for kind, cell in zip(LABEL_TYPES.values(), cells, strict=True)
    ]
    return cast("LabelValues", tuple(typed))


@cache
def _name(value: Track | Scope | Method) -> str:
    return str(value)


@lru_cache(maxsize=1_000)
def _two_decimals(number: float) -> str:
    return f"{number:.2f}"
