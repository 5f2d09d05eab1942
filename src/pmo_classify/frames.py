"""Labelling data frames of pandas, Polars and PyArrow: the same kind out as came in."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Hashable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from pmo_classify.classifier import Classifier, default_classifier
from pmo_classify.errors import FrameError, MissingExtraError, ReplacedColumnsWarning
from pmo_classify.frame_column import find_by_content, find_by_name, header_text
from pmo_classify.frame_types import label_table, polars_schema
from pmo_classify.label_columns import LABEL_COLUMNS, LabelValues, label_values
from pmo_classify.title_reader import TitleReader

if TYPE_CHECKING:
    from narwhals.stable.v2 import DataFrame, Series
    from narwhals.stable.v2.dtypes import DType

__all__ = ["check_type", "label_frame", "label_part", "need", "warn_of_replaced"]

FrameT = TypeVar("FrameT")
Read = Callable[[str], LabelValues]

_PREVIEW_ROWS: Final = 60
_ROWS_AT_ONCE: Final = 1_000_000


def label_frame(
    frame: FrameT, column: Hashable | None = None, *, classifier: Classifier | None = None
) -> FrameT:
    """Label every row of a data frame, and give a new frame with the label columns at its end.

    Takes a pandas ``DataFrame``, a Polars ``DataFrame`` or ``LazyFrame``, or a PyArrow ``Table``,
    and gives the same kind back. ``column`` names the column with the titles; without it, the
    column names and the first rows decide, as in a file.

    >>> import pandas
    >>> ads = pandas.DataFrame({"Job title": ["PMO Lead", None, "Chef"]}, index=[7, 7, 9])
    >>> labelled = label_frame(ads)
    >>> labelled["pmo_level"].tolist(), labelled.index.tolist()
    ([3, <NA>, <NA>], [7, 7, 9])

    The columns are those of a labelled file, with types: ``pmo_level`` is a small integer that may
    be missing; ``pmo_track``, ``pmo_scope`` and ``pmo_method`` are categories, always the same
    ones; ``pmo_confidence`` is the probability itself, from 0 to 1, where a file has two decimals;
    ``pmo_review`` is true or false; the others are text. What is not there is missing.

    The input is never changed. Index, other columns and their types stay as they are; columns of
    an earlier run are replaced, and a ``ReplacedColumnsWarning`` says so. A missing title
    (``None``, NaN, ``NA``, ``NaT``) gets an empty answer. Each distinct title is read once.

    A ``LazyFrame`` stays lazy and needs ``column``: nothing is computed before you collect.

    A ``FrameError`` says what cannot be labelled: another kind of object, no such column (with the
    nearest names), two that could be meant, a title that is no text (with its row). A
    ``MissingExtraError`` says how to install what is missing.
    """
    need("narwhals", extra="frames")
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    reading = classifier or default_classifier()
    if nw.dependencies.is_polars_lazyframe(frame):
        labelled, replaced = _label_lazy(frame, column, TitleReader(reading))
    else:
        labelled, replaced = _label(frame, column, lambda t: label_values(reading.classify(t)))
    warn_of_replaced(replaced)
    return cast("FrameT", labelled)


def label_part(part: FrameT, column: Hashable, reader: TitleReader) -> FrameT:
    """Label one part of a frame that comes in parts; the reader remembers titles between them."""
    labelled, _ = _label(part, column, reader.values)
    return cast("FrameT", labelled)


def warn_of_replaced(names: Sequence[str]) -> None:
    """Warn that label columns of an earlier run are replaced; of none, say nothing."""
    if names:
        message = f"the frame had label columns already, which are replaced: {', '.join(names)}"
        warnings.warn(message, ReplacedColumnsWarning, stacklevel=3)


def need(*libraries: str, extra: str) -> None:
    """Raise a ``MissingExtraError`` where one of the libraries is not installed.

    >>> need("no_such_library", extra="frames")
    Traceback (most recent call last):
    ...
    pmo_classify.errors.MissingExtraError: needs no_such_library: pip install 'pmo-classify[frames]'
    """
    missing = [name for name in libraries if find_spec(name) is None]
    if missing:
        message = f"needs {' and '.join(missing)}: pip install 'pmo-classify[{extra}]'"
        raise MissingExtraError(message)


def _label(native: Any, column: Hashable | None, read: Read) -> tuple[Any, list[str]]:
    """Label a frame that is in memory; give it with the names of the columns it replaces."""
    headers = _headers(native)
    position = _find(native, headers) if column is None else find_by_name(headers, column)
    labels = _labels(_column(native, position), headers[position], read)
    ours = [i for i, header in enumerate(headers) if header_text(header) in LABEL_COLUMNS]
    attach = _attach_pandas if labels.implementation.is_pandas() else _attach
    return attach(native, labels, ours), [header_text(headers[i]) for i in ours]


def _headers(native: Any) -> list[Hashable]:
    """Give the names of the columns, of whatever type; refuse what is no frame of those we take."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    known = nw.dependencies
    if known.is_pandas_dataframe(native):
        return list(native.columns.tolist())
    if known.is_polars_dataframe(native) or known.is_pyarrow_table(native):
        return list(nw.from_native(native, eager_only=True).columns)
    raise FrameError(_unknown(native))


def _column(native: Any, position: int) -> Series[Any]:
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    if nw.dependencies.is_pandas_dataframe(native):
        # Only pandas has names that are numbers, tuples, or stand there twice.
        return nw.from_native(native.iloc[:, position], series_only=True)
    frame: DataFrame[Any] = nw.from_native(native, eager_only=True)
    return frame.get_column(frame.columns[position])


def _find(native: Any, headers: Sequence[Hashable]) -> int:
    """Find the title column among those that may hold text, or nothing yet."""
    columns = [_column(native, i).head(_PREVIEW_ROWS) for i in range(len(headers))]
    texts = [
        i
        for i, column in enumerate(columns)
        if _may_be_text(column.dtype) or column.null_count() == len(column)
    ]
    rows = list(zip(*(columns[i].to_list() for i in texts), strict=True))
    return texts[find_by_content([headers[i] for i in texts], rows)]


def _attach(native: Any, labels: DataFrame[Any], dropped: Sequence[int]) -> Any:
    """Put the labels behind the columns that stay."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    frame: DataFrame[Any] = nw.from_native(native, eager_only=True)
    kept = frame.drop([frame.columns[i] for i in dropped])
    return kept.with_columns(*labels.iter_columns()).to_native()


def _attach_pandas(native: Any, labels: DataFrame[Any], dropped: Sequence[int]) -> Any:
    """Do the same in pandas, which alone knows all its kinds of names and of index."""
    import pandas as pd  # noqa: PLC0415 - it is there: the frame is its

    kept = [i for i in range(native.shape[1]) if i not in dropped]
    names, filled_up = native.columns, [""] * (native.columns.nlevels - 1)
    ours = [(name, *filled_up) if filled_up else name for name in LABEL_COLUMNS]
    beside = labels.to_native().set_axis(native.index)
    result = pd.concat([native.iloc[:, kept] if dropped else native, beside], axis="columns")
    result.columns = names[kept].append(pd.Index(ours)).set_names(names.names)
    result.attrs = dict(native.attrs)
    return result


def _unknown(thing: object) -> str:
    kind = f"{type(thing).__module__.partition('.')[0]}.{type(thing).__name__}"
    instead = {"dask": "use label_dask", "pyspark": "use label_spark"}.get(kind.partition(".")[0])
    return f"cannot label a {kind}: {instead or 'give a frame of pandas, Polars or PyArrow'}"


def _labels(titles: Series[Any], header: Hashable, read: Read) -> DataFrame[Any]:
    """Read each distinct title once, and give the label columns for all rows."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    library = nw.get_native_namespace(titles)
    code = _code_pandas if library.__name__ == "pandas" else _code
    distinct, codes = code(titles, header)
    native = label_table(list(map(read, distinct)), library)
    table: DataFrame[Any] = nw.from_native(native, eager_only=True)
    if library.__name__ != "pyarrow" or len(codes) <= _ROWS_AT_ONCE:
        return table[codes, :]
    # An Arrow array of text holds at most 2 GiB, which the reasons of all rows may exceed.
    starts = range(0, len(codes), _ROWS_AT_ONCE)
    return nw.concat([table[codes[start : start + _ROWS_AT_ONCE], :] for start in starts])


def _code_pandas(titles: Series[Any], header: Hashable) -> tuple[list[str], Any]:
    """Do the same as ``_code``; pandas also has columns of any objects, some of which are text."""
    import pandas as pd  # noqa: PLC0415 - it is there: the titles are its

    try:
        codes, present = pd.factorize(titles.to_native())
    except TypeError:  # a value that is not hashable, such as a list
        raise FrameError(_not_text(titles, header)) from None
    if len(present):
        check_type(titles, header)
    distinct = list(present)
    if not all(isinstance(title, str) for title in distinct):
        raise FrameError(_not_text(titles, header))
    codes[codes < 0] = len(distinct)
    return [*distinct, ""], codes


def _code(titles: Series[Any], header: Hashable) -> tuple[list[str], Any]:
    """Give the distinct titles, "" for a missing one, and the place of each row's among them."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    library, native = nw.get_native_namespace(titles), titles.to_native()
    if titles.null_count() == len(titles):
        titles = nw.new_series("", [""] * len(titles), nw.String, backend=library)
    check_type(titles, header)
    if isinstance(titles.dtype, (nw.Categorical, nw.Enum)):
        if not all(isinstance(title, str) for title in titles.drop_nulls().unique().to_list()):
            raise FrameError(_not_text(titles, header))
        titles = titles.cast(nw.String)
    elif library.__name__ == "pyarrow" and str(native.type) == "string_view":
        # Arrow has hardly a function for its views of strings.
        titles = nw.from_native(native.cast(library.large_string()), series_only=True)
    filled = titles.fill_null("")
    distinct = filled.unique().to_list() or [""]
    places = list(range(len(distinct)))
    return distinct, filled.replace_strict(distinct, places, return_dtype=nw.Int64)


def _not_text(titles: Series[Any], header: Hashable) -> str:
    """Name the first title that is no text."""
    cells = enumerate(zip(titles.to_list(), titles.is_null().to_list(), strict=True))
    row, value = next((i, v) for i, (v, null) in cells if not (null or isinstance(v, str)))
    return (
        f"column {header!r}, row {row:,} (from 0): a title must be text, not {value!r} "
        f"({type(value).__name__}): turn the column into text, or empty that cell"
    )


def _may_be_text(dtype: DType) -> bool:
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    return isinstance(dtype, (nw.String, nw.Categorical, nw.Enum, nw.Object, nw.Unknown))


def check_type(titles: Series[Any], header: Hashable) -> None:
    """Refuse a column whose type says that it holds no text; a ``FrameError`` names the type."""
    if not _may_be_text(titles.dtype):
        message = (
            f"column {header!r} holds no text but {titles.dtype}: name the one with the titles"
        )
        raise FrameError(message)


def _label_lazy(frame: Any, column: Hashable | None, reader: TitleReader) -> tuple[Any, list[str]]:
    """Put the labelling of a ``LazyFrame`` into its plan."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it
    import polars as pl  # noqa: PLC0415 - it is there: the frame is its

    schema = frame.collect_schema()
    if column is None:
        message = (
            "a LazyFrame is not read to find its titles: name the column; "
            f"the columns are {', '.join(map(repr, schema))}"
        )
        raise FrameError(message)
    find_by_name(list(schema), column)
    empty = nw.from_native(pl.DataFrame(schema=schema), eager_only=True)
    check_type(empty.get_column(str(column)), column)
    ours = [name for name in schema if name in LABEL_COLUMNS]
    kept = {name: dtype for name, dtype in schema.items() if name not in ours}
    labelled = frame.map_batches(
        lambda part: label_part(part, column, reader),
        schema={**kept, **polars_schema(pl)},
        streamable=True,  # each row is labelled by itself
    )
    return labelled, ours
