"""The label columns of a data frame, with the types that each library has for them."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from pmo_classify.labelling.columns import CATEGORIES, LABEL_KINDS, Kind, LabelValues

__all__ = ["label_table", "polars_schema"]


def label_table(rows: Sequence[LabelValues], library: ModuleType) -> Any:
    """Make a frame of label columns in pandas, Polars or PyArrow, with the types they always have.

    >>> import pandas
    >>> row = ("pmo", 3, None, "PMO Lead", None, None, "exact", 0.99, False, None)
    >>> labels = label_table([row], pandas)
    >>> str(labels["pmo_level"].dtype), str(labels["pmo_track"].dtype)
    ('Int8', 'category')

    A type never depends on the rows: an empty frame, a frame without any level and all pieces of
    a distributed frame have the same.
    """
    columns = zip(*rows, strict=True) if rows else [()] * len(LABEL_KINDS)
    named = dict(zip(LABEL_KINDS, map(list, columns), strict=True))
    make = {"pandas": _pandas_table, "polars": _polars_table, "pyarrow": _arrow_table}
    return make[library.__name__](named, library)


def polars_schema(polars: Any) -> dict[str, Any]:
    """Name the label columns and their types in Polars."""
    plain = {
        Kind.SMALL_INTEGER: polars.Int8,
        Kind.TEXT: polars.String,
        Kind.SHARE: polars.Float64,
        Kind.YES_NO: polars.Boolean,
    }
    return {
        name: polars.Enum(CATEGORIES[name]) if kind is Kind.CATEGORY else plain[kind]
        for name, kind in LABEL_KINDS.items()
    }


def _pandas_table(named: dict[str, list[Any]], pandas: Any) -> Any:
    plain = {
        Kind.SMALL_INTEGER: "Int8",
        # From pandas 3 on text has a type of its own by default.
        Kind.TEXT: "string" if pandas.__version__.startswith("2.") else "str",
        Kind.SHARE: "float64",
        Kind.YES_NO: "bool",
    }
    series = {}
    for name, kind in LABEL_KINDS.items():
        is_category = kind is Kind.CATEGORY
        dtype = pandas.CategoricalDtype(CATEGORIES[name]) if is_category else plain[kind]
        series[name] = pandas.Series(named[name], dtype=dtype)
    return pandas.DataFrame(series)


def _polars_table(named: dict[str, list[Any]], polars: Any) -> Any:
    return polars.DataFrame(named, schema=polars_schema(polars))


def _arrow_table(named: dict[str, list[Any]], pyarrow: Any) -> Any:
    plain = {
        Kind.SMALL_INTEGER: pyarrow.int8(),
        Kind.TEXT: pyarrow.string(),
        Kind.SHARE: pyarrow.float64(),
        Kind.YES_NO: pyarrow.bool_(),
    }
    arrays = []
    for name, kind in LABEL_KINDS.items():
        if kind is Kind.CATEGORY:
            # Of all words, not of those that occur, so that the dictionary is always the same.
            codes = {word: code for code, word in enumerate(CATEGORIES[name])}
            indices = pyarrow.array(map(codes.get, named[name]), type=pyarrow.int8())
            words = pyarrow.array(CATEGORIES[name], type=pyarrow.string())
            arrays.append(pyarrow.DictionaryArray.from_arrays(indices, words))
        else:
            arrays.append(pyarrow.array(named[name], type=plain[kind]))
    return pyarrow.table(arrays, names=list(LABEL_KINDS))
