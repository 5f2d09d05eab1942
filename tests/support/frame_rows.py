"""The label columns of any kind of frame, as plain values."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from pmo_classify import classify_many
from pmo_classify.labelling.columns import LABEL_COLUMNS, LabelValues, label_values


def label_rows(frame: Any) -> list[tuple[Any, ...]]:
    """Return the label columns row by row, with ``None`` for missing values."""
    columns = nw.from_native(frame, eager_only=True).select(LABEL_COLUMNS)
    nulls = columns.select(nw.all().is_null())
    return [
        tuple(None if is_null else value for value, is_null in zip(row, missing, strict=True))
        for row, missing in zip(columns.rows(), nulls.rows(), strict=True)
    ]


def expected_rows(titles: list[Any]) -> list[LabelValues]:
    """Return the same rows from ``classify_many``."""
    return [label_values(answer) for answer in classify_many(titles)]
