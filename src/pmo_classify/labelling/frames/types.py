"""The label columns of a data frame, with the types of each library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

from pmo_classify.labelling.columns import (
    CATEGORIES,
    LABEL_COLUMNS,
    LABEL_TYPES,
    ColumnType,
    LabelValues,
)

__all__ = ["label_table", "polars_schema"]


def label_table(
    rows: Sequence[LabelValues], library: ModuleType, columns: Sequence[str] = LABEL_COLUMNS
) -> Any:
    """Return a frame of label columns in pandas, Polars or PyArrow, always with the same types.

    ``rows`` have the values of all columns, the frame has those of ``columns``.

    >>> import pandas
    >>> row = ("pmo", 3, None, "PMO Lead", "PMO Lead", None, None, "exact", 0.99, False, None)
    >>> labels = label_table([row], pandas)
    >>> str(labels["pmo_level"].dtype), str(labels["pmo_track"].dtype)
    ('Int8', 'category')

    A type never depends on the rows: it is the same in an empty frame, a frame without any level
    and all parts of a distributed frame.
    """
    values = zip(*rows, strict=True) if rows else [()] * len(LABEL_TYPES)
    all_named = dict(zip(LABEL_TYPES, map(list, values), strict=True))
    named = {name: all_named[name] for name in columns}
    make = {"pandas": _pandas_table, "polars": _polars_table, "pyarrow": _arrow_table}
    return make[library.__name__](named, library)


def polars_schema(polars: Any, columns: Iterable[str] = LABEL_COLUMNS) -> dict[str, Any]:
    """Return label columns and their types in Polars."""
    plain = {
        ColumnType.SMALL_INTEGER: polars.Int8,
        ColumnType.TEXT: polars.String,
        ColumnType.PROBABILITY: polars.Float64,
        ColumnType.YES_NO: polars.Boolean,
    }
    return {
        name: polars.Enum(CATEGORIES[name])
        if LABEL_TYPES[name] is ColumnType.CATEGORY
        else plain[LABEL_TYPES[name]]
        for name in columns
    }


def _pandas_table(named: dict[str, list[Any]], pandas: Any) -> Any:
    plain = {
        ColumnType.SMALL_INTEGER: "Int8",
        # From pandas 3 on, text has its own type by default.
        ColumnType.TEXT: "string" if pandas.__version__.startswith("2.") else "str",
        ColumnType.PROBABILITY: "float64",
        ColumnType.YES_NO: "bool",
    }
    series = {}
    for name, values in named.items():
        column_type = LABEL_TYPES[name]
        is_category = column_type is ColumnType.CATEGORY
        dtype = pandas.CategoricalDtype(CATEGORIES[name]) if is_category else plain[column_type]
        series[name] = pandas.Series(values, dtype=dtype)
    return pandas.DataFrame(series)


def _polars_table(named: dict[str, list[Any]], polars: Any) -> Any:
    return polars.DataFrame(named, schema=polars_schema(polars, named))


def _arrow_table(named: dict[str, list[Any]], pyarrow: Any) -> Any:
    plain = {
        ColumnType.SMALL_INTEGER: pyarrow.int8(),
        ColumnType.TEXT: pyarrow.string(),
        ColumnType.PROBABILITY: pyarrow.float64(),
        ColumnType.YES_NO: pyarrow.bool_(),
    }
    arrays = []
    for name, values in named.items():
        if LABEL_TYPES[name] is ColumnType.CATEGORY:
            # All words, not only those that occur, so that the dictionary is always the same.
            codes = {word: code for code, word in enumerate(CATEGORIES[name])}
            indices = pyarrow.array(map(codes.get, values), type=pyarrow.int8())
            words = pyarrow.array(CATEGORIES[name], type=pyarrow.string())
            arrays.append(pyarrow.DictionaryArray.from_arrays(indices, words))
        else:
            arrays.append(pyarrow.array(values, type=plain[LABEL_TYPES[name]]))
    return pyarrow.table(arrays, names=list(named))
