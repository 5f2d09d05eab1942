"""The titles of a data frame: which column they are in, and the distinct ones among them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from pmo_classify.errors import FrameError
from pmo_classify.labelling.columns import LABEL_COLUMNS

if TYPE_CHECKING:
    from narwhals.stable.v2 import Series
    from narwhals.stable.v2.dtypes import DType

__all__ = [
    "check_type",
    "code_titles",
    "find_by_content",
    "find_by_name",
    "header_text",
    "may_be_text",
]

_LISTED: Final = 30
_NEAREST: Final = 3
_NEAR_ENOUGH: Final = 60


def find_by_name(headers: Sequence[Hashable], wanted: Hashable) -> int:
    """Return the position, from 0, of the column called ``wanted``.

    >>> find_by_name(["id", "Job title"], "Job title")
    1
    >>> find_by_name(["id", "Job title"], "job_title")
    Traceback (most recent call last):
    ...
    pmo_classify.errors.FrameError: there is no column 'job_title': did you mean 'Job title'?

    If there is no such column, a ``FrameError`` names the most similar ones. Another says if
    several columns have the name, if it is that of a label column, or if a column was passed
    instead of its name.
    """
    if not _is_name(wanted):
        message = (
            f"pass the name of the column, not a {type(wanted).__name__}: "
            f"the columns are {_listing(headers)}"
        )
        raise FrameError(message)
    found = [i for i, header in enumerate(headers) if _are_one(header, wanted)]
    if len(found) > 1:
        message = f"{len(found)} columns are called {wanted!r}: rename those without the titles"
        raise FrameError(message)
    if not found:
        message = f"there is no column {wanted!r}: {_hint(headers, wanted)}"
        raise FrameError(message)
    if header_text(wanted) in LABEL_COLUMNS:
        message = f"{wanted!r} is a column that labelling writes: name the column with the titles"
        raise FrameError(message)
    return found[0]


def _is_name(value: object) -> bool:
    """Return whether a value can be the name of a column, and is not a whole column."""
    try:
        hash(value)
    except TypeError:
        return False
    return not hasattr(value, "to_frame")


def _are_one(header: Hashable, wanted: Hashable) -> bool:
    """Return whether two names are the same, also if both are missing, as pandas allows."""
    if header is wanted:
        return True
    try:
        return bool(header == wanted) or (header != header and wanted != wanted)  # noqa: PLR0124
    except TypeError:  # ``pandas.NA`` is neither equal nor different
        return False


def find_by_content(headers: Sequence[Hashable], rows: Sequence[Sequence[object]]) -> int:
    """Return the position of the title column, by its name and its first few ``rows``.

    >>> find_by_content(["No", "Text"], [["A1", "PMO Lead"], ["A2", None], ["A3", "Chef"]])
    1

    Label columns of an earlier run are left out. If no column looks like titles, a ``FrameError``
    lists the columns; if several do, it names them.
    """
    # Imported here because a column that is named needs none of it.
    from pmo_classify.labelling.title_column import likely_title_columns  # noqa: PLC0415

    others = [i for i, header in enumerate(headers) if header_text(header) not in LABEL_COLUMNS]
    table = [[header_text(headers[i]) for i in others]]
    table += [[cell if isinstance(cell := row[i], str) else "" for i in others] for row in rows]
    found = likely_title_columns(table, is_headed=True) if others else []
    if not found:
        message = (
            "no column looks like job titles: name it; "
            f"the columns with text are {_listing([headers[i] for i in others])}"
        )
        raise FrameError(message)
    if len(found) > 1:
        names = " or ".join(repr(headers[others[column.position]]) for column in found)
        message = f"the titles could be in {names}: name the column"
        raise FrameError(message)
    return others[found[0].position]


def header_text(header: Hashable) -> str:
    """Return the name of a column as text; the levels of a pandas ``MultiIndex`` are joined.

    >>> header_text(("ad", "Job title")), header_text(("pmo_track", "")), header_text(7)
    ('ad Job title', 'pmo_track', '7')
    """
    if isinstance(header, tuple):
        return " ".join(filter(None, map(str, header)))
    return str(header)


def _hint(headers: Sequence[Hashable], wanted: Hashable) -> str:
    """Return the end of a message that names the columns with a similar name, or else all."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only a message needs it

    near = process.extract(
        header_text(wanted),
        list(map(header_text, headers)),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_NEAR_ENOUGH,
        limit=_NEAREST,
    )
    if near:
        return f"did you mean {' or '.join(repr(headers[i]) for _, _, i in near)}?"
    return f"the columns are {_listing(headers)}"


def _listing(headers: Sequence[Hashable]) -> str:
    names = ", ".join(map(repr, headers[:_LISTED]))
    more = len(headers) - _LISTED
    return f"{names} and {more:,} more" if more > 0 else names or "none"


def code_titles(titles: Series[Any], header: Hashable) -> tuple[list[str], Any]:
    """Return the distinct titles, "" for a missing one, and for each row the position of its title.

    >>> import narwhals.stable.v2 as nw, pandas
    >>> column = pandas.Series(["PMO Lead", None, "PMO Lead"])
    >>> distinct, codes = code_titles(nw.from_native(column, series_only=True), "title")
    >>> [distinct[code] for code in codes]
    ['PMO Lead', '', 'PMO Lead']

    A ``FrameError`` names the column, by its ``header``, and the first row whose title is not text.
    """
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    library = nw.get_native_namespace(titles)
    if library.__name__ == "pandas":
        return _code_pandas(titles, header)
    if library.__name__ == "pyarrow":
        titles = _expanded(titles, header, library)
    if titles.null_count() == len(titles):
        titles = nw.new_series("", [""] * len(titles), nw.String, backend=library)
    check_type(titles, header)
    if titles.dtype == nw.Object:
        texts = titles.to_list()
        _check_cells(titles, header, texts)
        titles = nw.new_series("", texts, nw.String, backend=library)
    filled = titles.cast(nw.String).fill_null("")
    distinct = filled.unique().to_list() or [""]
    codes = list(range(len(distinct)))
    return distinct, filled.replace_strict(distinct, codes, return_dtype=nw.Int64)


def _code_pandas(titles: Series[Any], header: Hashable) -> tuple[list[str], Any]:
    """Return the same from pandas, which has more kinds of missing values than narwhals knows."""
    import pandas as pd  # noqa: PLC0415 - installed: the titles are its own

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


def _expanded(titles: Series[Any], header: Hashable, pyarrow: ModuleType) -> Series[Any]:
    """Return titles without the compact types of Arrow, which few of its functions support."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it
    import pyarrow.compute as pc  # noqa: PLC0415 - installed: the titles are its own

    native = titles.to_native()
    if pyarrow.types.is_run_end_encoded(native.type):
        native = pc.run_end_decode(native)
    if pyarrow.types.is_dictionary(native.type):
        rows = [_without_views(c.dictionary, pyarrow).take(c.indices) for c in native.chunks]
        native = pyarrow.chunked_array(rows, type=rows[0].type if rows else pyarrow.string())
    expanded: Series[Any] = nw.from_native(_without_views(native, pyarrow), series_only=True)
    if pyarrow.types.is_dictionary(titles.to_native().type) and expanded.dtype != nw.String:
        _check_cells(expanded, header, expanded.unique().to_list())
    return expanded


def _without_views(array: Any, pyarrow: ModuleType) -> Any:
    # Older releases have no string views, nor a function to ask for them.
    return array.cast(pyarrow.large_string()) if str(array.type) == "string_view" else array


def _check_cells(titles: Series[Any], header: Hashable, cells: list[Any]) -> None:
    """Raise a ``FrameError`` if some of the cells are not text."""
    if not all(cell is None or isinstance(cell, str) for cell in cells):
        raise FrameError(_not_text(titles, header))


def _not_text(titles: Series[Any], header: Hashable) -> str:
    """Return the message that names the first title that is not text."""
    cells = enumerate(zip(titles.to_list(), titles.is_null().to_list(), strict=True))
    row, value = next((i, v) for i, (v, null) in cells if not (null or isinstance(v, str)))
    return (
        f"column {header!r}, row {row:,} (from 0): a title must be text, not {value!r} "
        f"({type(value).__name__}): turn the column into text, or empty that cell"
    )


def may_be_text(dtype: DType) -> bool:
    """Return whether a column of this type may contain text."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only frames need it

    return isinstance(dtype, (nw.String, nw.Categorical, nw.Enum, nw.Object, nw.Unknown))


def check_type(titles: Series[Any], header: Hashable) -> None:
    """Raise a ``FrameError`` that names the type of a column if it cannot be text."""
    if not may_be_text(titles.dtype):
        message = (
            f"column {header!r} has the type {titles.dtype}, which is not text: "
            "name the column with the titles"
        )
        raise FrameError(message)
