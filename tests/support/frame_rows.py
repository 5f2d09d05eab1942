"""Reads what stands in the label columns of a frame, whatever its kind, as plain values."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from pmo_classify import classify_many
from pmo_classify.labelling.columns import LABEL_COLUMNS, LabelValues, label_values


def label_rows(frame: Any) -> list[tuple[Any, ...]]:
    """The label columns row by row, ``None`` where there is nothing."""
    columns = nw.from_native(frame, eager_only=True).select(LABEL_COLUMNS)
    nulls = columns.select(nw.all().is_null())
    return [
        tuple(None if is_null else value for value, is_null in zip(row, missing, strict=True))
        for row, missing in zip(columns.rows(), nulls.rows(), strict=True)
    ]


def expected_rows(titles: list[Any]) -> list[LabelValues]:
    """The same as ``classify_many`` has it."""
    return [label_values(answer) for answer in classify_many(titles)]
