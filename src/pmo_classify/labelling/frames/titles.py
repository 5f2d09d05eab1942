"""The titles of a data frame's column: the distinct ones, and which of them each row has."""

from __future__ import annotations

from collections.abc import Hashable
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pmo_classify.errors import FrameError

if TYPE_CHECKING:
    from narwhals.stable.v2 import Series
    from narwhals.stable.v2.dtypes import DType

__all__ = ["check_type", "code_titles", "may_be_text"]


def code_titles(titles: Series[Any], header: Hashable) -> tuple[list[str], Any]:
    """Give the distinct titles, "" for a missing one, and the place of each row's among them.

    >>> import narwhals.stable.v2 as nw, pandas
    >>> column = pandas.Series(["PMO Lead", None, "PMO Lead"])
    >>> distinct, places = code_titles(nw.from_native(column, series_only=True), "title")
    >>> [distinct[place] for place in places]
    ['PMO Lead', '', 'PMO Lead']

    A ``FrameError`` names the column, by its ``header``, and the first row whose title is no text.
    """
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    library = nw.get_native_namespace(titles)
    if library.__name__ == "pandas":
        return _code_pandas(titles, header)
    if library.__name__ == "pyarrow":
        titles = _written_out(titles, header, library)
    if titles.null_count() == len(titles):
        titles = nw.new_series("", [""] * len(titles), nw.String, backend=library)
    check_type(titles, header)
    if titles.dtype == nw.Object:
        texts = titles.to_list()
        _check_cells(titles, header, texts)
        titles = nw.new_series("", texts, nw.String, backend=library)
    filled = titles.cast(nw.String).fill_null("")
    distinct = filled.unique().to_list() or [""]
    places = list(range(len(distinct)))
    return distinct, filled.replace_strict(distinct, places, return_dtype=nw.Int64)


def _code_pandas(titles: Series[Any], header: Hashable) -> tuple[list[str], Any]:
    """Do the same in pandas, which has more kinds of missing values than narwhals knows."""
    import pandas as pd  # noqa: PLC0415 - it is there: the titles are its

    try:
        codes, present = pd.factorize(titles.to_native())
    except TypeError:  # a value that is not hashable, such as a list
        raise FrameError(_not_text(titles, header)) from None
    if len(present):
        check_type(titles, header)
    distinct = list(present)
    _check_cells(titles, header, distinct)
    codes[codes < 0] = len(distinct)
    return [*distinct, ""], codes


def _written_out(titles: Series[Any], header: Hashable, pyarrow: ModuleType) -> Series[Any]:
    """Write out what Arrow holds in short, and has hardly a function for."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it
    import pyarrow.compute as pc  # noqa: PLC0415 - it is there: the titles are its

    native = titles.to_native()
    if pyarrow.types.is_run_end_encoded(native.type):
        native = pc.run_end_decode(native)
    if pyarrow.types.is_dictionary(native.type):
        rows = [_without_views(c.dictionary, pyarrow).take(c.indices) for c in native.chunks]
        native = pyarrow.chunked_array(rows, type=rows[0].type if rows else pyarrow.string())
    written: Series[Any] = nw.from_native(_without_views(native, pyarrow), series_only=True)
    if pyarrow.types.is_dictionary(titles.to_native().type) and written.dtype != nw.String:
        _check_cells(written, header, written.unique().to_list())
    return written


def _without_views(array: Any, pyarrow: ModuleType) -> Any:
    # Older releases have no views of strings, nor a way to ask for them.
    return array.cast(pyarrow.large_string()) if str(array.type) == "string_view" else array


def _check_cells(titles: Series[Any], header: Hashable, cells: list[Any]) -> None:
    """Refuse titles of which some of the cells are no text."""
    if not all(cell is None or isinstance(cell, str) for cell in cells):
        raise FrameError(_not_text(titles, header))


def _not_text(titles: Series[Any], header: Hashable) -> str:
    """Name the first title that is no text."""
    cells = enumerate(zip(titles.to_list(), titles.is_null().to_list(), strict=True))
    row, value = next((i, v) for i, (v, null) in cells if not (null or isinstance(v, str)))
    return (
        f"column {header!r}, row {row:,} (from 0): a title must be text, not {value!r} "
        f"({type(value).__name__}): turn the column into text, or empty that cell"
    )


def may_be_text(dtype: DType) -> bool:
    """Tell a type of columns that hold text, or may."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    return isinstance(dtype, (nw.String, nw.Categorical, nw.Enum, nw.Object, nw.Unknown))


def check_type(titles: Series[Any], header: Hashable) -> None:
    """Refuse a column whose type says that it holds no text; a ``FrameError`` names the type."""
    if not may_be_text(titles.dtype):
        message = (
            f"column {header!r} holds no text but {titles.dtype}: name the one with the titles"
        )
        raise FrameError(message)
