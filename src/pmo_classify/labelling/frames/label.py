"""Labels for data frames of pandas, Polars and PyArrow; the result is of the same kind."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, cast, overload

from pmo_classify.classifier import Classifier, default_classifier
from pmo_classify.errors import FrameError, ReplacedColumnsWarning
from pmo_classify.extras import need
from pmo_classify.labelling.columns import LABEL_COLUMNS, LabelValues
from pmo_classify.labelling.frames.partitions import LabelCache, read_values
from pmo_classify.labelling.frames.titles import (
    check_type,
    code_titles,
    find_by_content,
    find_by_name,
    header_text,
    may_be_text,
)
from pmo_classify.labelling.frames.types import label_table, polars_schema
from pmo_classify.labelling.label_set import LabelSet

if TYPE_CHECKING:
    from narwhals.stable.v2 import DataFrame, Series

__all__ = ["label_frame", "label_part", "warn_of_replaced"]

FrameT = TypeVar("FrameT")
WholeT_co = TypeVar("WholeT_co", covariant=True)
ReadTitles = Callable[[Sequence[str]], list[LabelValues]]

_UNNAMED: Final = "title"
"""The column of a series without a name."""

_PREVIEW_ROWS: Final = 60
_ROWS_AT_ONCE: Final = 1_000_000
_INSTEAD: Final = {
    "dask": "use label_dask",
    "narwhals": "pass the result of its to_native()",
    "pandas": "pass a pandas.DataFrame or Series, such as its to_frame()",
    "polars": "pass a polars.DataFrame or Series, such as its to_frame()",
    "pyarrow": "pass a pyarrow.Table",
    "pyspark": "use label_spark",
}
"""What messages suggest for objects of these libraries that are not supported frames."""


class _Column(Protocol[WholeT_co]):
    """A series of pandas or Polars: one column, which can become a frame."""

    def to_frame(self) -> WholeT_co:
        """Return a frame with this one column."""


@overload
def label_frame(
    frame: _Column[WholeT_co],
    column: Hashable | None = None,
    *,
    columns: Iterable[str] | None = None,
    classifier: Classifier | None = None,
) -> WholeT_co: ...


@overload
def label_frame(
    frame: FrameT,
    column: Hashable | None = None,
    *,
    columns: Iterable[str] | None = None,
    classifier: Classifier | None = None,
) -> FrameT: ...


def label_frame(
    frame: Any,
    column: Hashable | None = None,
    *,
    columns: Iterable[str] | None = None,
    classifier: Classifier | None = None,
) -> Any:
    """Return a new data frame with the label columns added at its end.

    Takes a pandas ``DataFrame``, a Polars ``DataFrame`` or ``LazyFrame``, or a PyArrow ``Table``,
    and returns the same kind. ``column`` names the column with the titles; without it, the
    column names and the first rows decide, as in a file. A ``Series``, or a ``ChunkedArray`` of
    PyArrow, is taken for the titles, and gives a frame with it and its labels.

    >>> import pandas
    >>> ads = pandas.DataFrame({"Job title": ["PMO Lead", None, "Chef"]}, index=[7, 7, 9])
    >>> labelled = label_frame(ads)
    >>> labelled["pmo_level"].tolist(), labelled.index.tolist()
    ([3, <NA>, <NA>], [7, 7, 9])

    >>> label_frame(ads["Job title"]).columns.tolist()[:3]
    ['Job title', 'pmo_track', 'pmo_level']

    The columns are those of a labelled file, with types: ``pmo_level`` is a small integer that may
    be missing; ``pmo_track``, ``pmo_scope`` and ``pmo_method`` are categories, always the same
    ones; ``pmo_confidence`` is the probability itself, from 0 to 1, where a file has two decimals;
    ``pmo_review`` is true or false; the others are text. ``columns`` names those to add, with or
    without ``pmo_``; leaving out the clean title saves three quarters of the time.

    The input is never changed. Index, other columns and their types stay as they are; columns of
    an earlier run are replaced, and a ``ReplacedColumnsWarning`` says so. A missing title
    (``None``, NaN, ``NA``, ``NaT``) gets an empty answer. Each distinct title is read only once.

    A ``LazyFrame`` stays lazy and needs ``column``: nothing is computed before you collect.

    A ``FrameError`` says if the object is of another kind, if the column does not exist (with the
    most similar names), if several columns could be meant, or if a title is not text (with its
    row). A ``ValueError`` lists the label columns if ``columns`` names another. A
    ``MissingExtraError`` says how to install what is missing.
    """
    need("narwhals", extra="frames", what="label_frame")
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    wanted = LabelSet.of(columns)
    if _library(frame) == "narwhals":
        raise FrameError(_unknown(frame))
    if nw.dependencies.is_into_series(frame):
        frame, column = _as_frame(frame, column)
    if nw.dependencies.is_polars_lazyframe(frame):
        labelled, replaced = _label_lazy(frame, column, LabelCache(classifier, wanted))
    else:
        reader = classifier or default_classifier()
        labelled, replaced = _label(
            frame, column, lambda titles: list(read_values(titles, reader, wanted)), wanted
        )
    warn_of_replaced(replaced)
    return labelled


def _as_frame(series: Any, column: Hashable | None) -> tuple[Any, Hashable]:
    """Return a frame with one column, and that column's name."""
    name = getattr(series, "name", None) if column is None else column
    name = _UNNAMED if name is None or name == "" else name
    if _library(series) == "pyarrow":
        import pyarrow as pa  # noqa: PLC0415 - installed: the array is its own

        return pa.table({name: series}), name
    return series.to_frame(name), name


def label_part(part: FrameT, column: Hashable, labels: LabelCache) -> FrameT:
    """Return one part of a frame with label columns; ``labels`` remembers titles between parts."""
    labelled, _ = _label(part, column, labels.values, labels.wanted)
    return cast("FrameT", labelled)


def warn_of_replaced(names: Sequence[str]) -> None:
    """Warn that label columns of an earlier run are replaced, if there are any."""
    if names:
        message = f"the frame already had label columns, which were replaced: {', '.join(names)}"
        warnings.warn(message, ReplacedColumnsWarning, stacklevel=3)


def _label(
    native: Any, column: Hashable | None, read: ReadTitles, wanted: LabelSet
) -> tuple[Any, list[str]]:
    """Return a labelled frame, and the names of the columns that are replaced."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    headers, column_at = _columns_of(native)

    def titles_at(position: int) -> Series[Any]:
        return nw.from_native(column_at(position), series_only=True)

    if column is None:
        position = _find_titles(headers, [titles_at(i) for i in range(len(headers))])
    else:
        position = find_by_name(headers, column)
    labels = _labels(titles_at(position), headers[position], read, wanted)
    ours = [i for i, header in enumerate(headers) if header_text(header) in LABEL_COLUMNS]
    replaced = dict.fromkeys(header_text(headers[i]) for i in ours)
    return _attach(native, labels, ours), list(replaced)


def _columns_of(native: Any) -> tuple[list[Hashable], Callable[[int], Any]]:
    """Return the names of the columns, of any type, and a function from position to column.

    They come from the library itself, not from narwhals: in pandas names can be numbers or tuples,
    and in pandas and Arrow two columns can have the same name.
    """
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    known = nw.dependencies
    if known.is_pandas_dataframe(native):
        return native.columns.tolist(), lambda at: native.iloc[:, at]
    if known.is_polars_dataframe(native):
        return list(native.columns), native.to_series
    if known.is_pyarrow_table(native):
        return native.column_names, native.column
    raise FrameError(_unknown(native))


def _find_titles(headers: Sequence[Hashable], columns: Sequence[Series[Any]]) -> int:
    """Return the position of the title column, among those that may contain text."""
    heads = [column.head(_PREVIEW_ROWS) for column in columns]
    texts = [
        i
        for i, head in enumerate(heads)
        if may_be_text(head.dtype) or head.null_count() == len(head)
    ]
    rows = list(zip(*(heads[i].to_list() for i in texts), strict=True))
    return texts[find_by_content([headers[i] for i in texts], rows)]


def _attach(native: Any, labels: DataFrame[Any], dropped: Sequence[int]) -> Any:
    """Return the frame with the labels after the columns that stay."""
    if labels.implementation.is_pandas():
        return _attach_pandas(native, labels, dropped)
    if labels.implementation.is_pyarrow():
        return _attach_arrow(native, labels, dropped)
    return native.drop(native.columns[i] for i in dropped).hstack(labels.to_native())


def _attach_arrow(native: Any, labels: DataFrame[Any], dropped: Sequence[int]) -> Any:
    for at in reversed(dropped):
        native = native.remove_column(at)
    table = labels.to_native()
    for field, column in zip(table.schema, table.columns, strict=True):
        native = native.append_column(field, column)
    return native


def _attach_pandas(native: Any, labels: DataFrame[Any], dropped: Sequence[int]) -> Any:
    """Return the frame with its labels, using pandas to keep all kinds of names and index."""
    import pandas as pd  # noqa: PLC0415 - installed: the frame is its own

    kept = [i for i in range(native.shape[1]) if i not in dropped]
    names, filled_up = native.columns, [""] * (native.columns.nlevels - 1)
    ours = [(name, *filled_up) if filled_up else name for name in labels.columns]
    beside = labels.to_native().set_axis(native.index)
    result = pd.concat([native.iloc[:, kept] if dropped else native, beside], axis="columns")
    result.columns = names[kept].append(pd.Index(ours)).set_names(names.names)
    result.attrs = dict(native.attrs)
    return result


def _library(value: object) -> str:
    return type(value).__module__.partition(".")[0]


def _unknown(value: object) -> str:
    instead = _INSTEAD.get(_library(value), "pass a frame of pandas, Polars or PyArrow")
    return f"cannot label a {_library(value)}.{type(value).__name__}: {instead}"


def _labels(
    titles: Series[Any], header: Hashable, read: ReadTitles, wanted: LabelSet
) -> DataFrame[Any]:
    """Return the label columns for all rows; each distinct title is read once."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    library = nw.get_native_namespace(titles)
    distinct, codes = code_titles(titles, header)
    native = label_table(read(distinct), library, wanted.chosen)
    table: DataFrame[Any] = nw.from_native(native, eager_only=True)
    if library.__name__ != "pyarrow" or len(codes) <= _ROWS_AT_ONCE:
        return table[codes, :]
    # An Arrow array of text has room for 2 GiB, which the reasons of all rows may exceed.
    starts = range(0, len(codes), _ROWS_AT_ONCE)
    return nw.concat([table[codes[start : start + _ROWS_AT_ONCE], :] for start in starts])


def _label_lazy(frame: Any, column: Hashable | None, labels: LabelCache) -> tuple[Any, list[str]]:
    """Return a ``LazyFrame`` with labelling in its plan, and the names that are replaced."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it
    import polars as pl  # noqa: PLC0415 - installed: the frame is its own

    schema = frame.collect_schema()
    if column is None:
        message = (
            "the title column of a LazyFrame is not found by its content: name the column; "
            f"the columns are {', '.join(map(repr, schema))}"
        )
        raise FrameError(message)
    find_by_name(list(schema), column)
    empty = nw.from_native(pl.DataFrame(schema=schema), eager_only=True)
    check_type(empty.get_column(str(column)), column)
    ours = [name for name in schema if name in LABEL_COLUMNS]
    kept = {name: dtype for name, dtype in schema.items() if name not in ours}
    labelled = frame.map_batches(
        lambda part: label_part(part, column, labels),
        schema={**kept, **polars_schema(pl, labels.wanted.chosen)},
        streamable=True,  # each row is labelled by itself
    )
    return labelled, ours
