"""Labels in DuckDB: a relation with label columns, and SQL functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, cast

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FrameError
from pmo_classify.extras import need
from pmo_classify.labelling.columns import (
    CATEGORIES,
    LABEL_COLUMNS,
    LABEL_TYPES,
    ColumnType,
)
from pmo_classify.labelling.frames.label import warn_of_replaced
from pmo_classify.labelling.frames.partitions import LabelCache
from pmo_classify.labelling.frames.titles import find_by_content, find_by_name
from pmo_classify.labelling.frames.types import label_table
from pmo_classify.labelling.label_set import LabelSet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

__all__ = ["label", "register"]

_TYPES: Final = {
    ColumnType.CATEGORY: "VARCHAR",
    ColumnType.SMALL_INTEGER: "TINYINT",
    ColumnType.TEXT: "VARCHAR",
    ColumnType.PROBABILITY: "DOUBLE",
    ColumnType.YES_NO: "BOOLEAN",
}
_QUICK: Final = LabelSet.of(name for name in LABEL_COLUMNS if name != "pmo_clean_title")
_PREVIEW_ROWS: Final = 60
_TITLES_AT_ONCE: Final = 100_000
_TITLE: Final = "pmo_classify_title"
_VIEW: Final = "pmo_classify_rows"


def label(
    relation: DuckDBPyRelation,
    column: str | None = None,
    *,
    columns: Iterable[str] | None = None,
    classifier: Classifier | None = None,
) -> DuckDBPyRelation:
    """Return a relation with the label columns added at its end.

    ::

        import duckdb
        import pmo_classify.duckdb

        ads = duckdb.read_csv("ads.csv")
        labelled = pmo_classify.duckdb.label(ads, "title")
        labelled.filter("pmo_level >= 3").aggregate("place, count(*)").show()

    ``column`` names the column with the titles; without it, the column names and the first rows
    decide, as in a file. The distinct titles are read at once, each only once. Their answers are
    joined to the rows when you query them, so that DuckDB leaves out the columns and rows that you
    do not use. As after any join in SQL, the rows have no order: add ``.order("id")`` if you need
    one.

    ``pmo_level`` is a ``TINYINT`` that may be null, ``pmo_confidence`` a ``DOUBLE``, ``pmo_review``
    a ``BOOLEAN``; ``pmo_track``, ``pmo_scope`` and ``pmo_method`` are an ``ENUM``, always with the
    same words; the others are text. ``columns`` names those to add, as for ``label_frame``. Columns
    of an earlier run are replaced, and a ``ReplacedColumnsWarning`` says so. Titles that are added
    to the table later are not read, and their labels are null.

    A ``FrameError`` says if the object is not a relation, if the column does not exist (with the
    most similar names) or has no text, or if several columns could be meant. A
    ``MissingExtraError`` says how to install what is missing.
    """
    need("duckdb", "narwhals", extra="duckdb", what="pmo_classify.duckdb.label")
    import duckdb  # noqa: PLC0415 - an extra, on first use

    if not isinstance(relation, duckdb.DuckDBPyRelation):
        kind = f"{type(relation).__module__}.{type(relation).__name__}"
        message = (
            f"cannot label a {kind}: pass a relation, such as connection.table('ads') or "
            "connection.sql('select ...')"
        )
        raise FrameError(message)
    position = _find_titles(relation, column)
    name = relation.columns[position]
    replaced = [each for each in relation.columns if each.lower() in LABEL_COLUMNS]
    wanted = LabelSet.of(columns)
    warn_of_replaced(replaced)
    # DuckDB finds an Arrow table by the name of a local variable.
    pmo_classify_labels = _label_titles(relation, name, LabelCache(classifier, wanted))  # noqa: F841
    labelled: Any = relation.query(_VIEW, _joined(name, replaced, wanted.chosen))
    return cast("DuckDBPyRelation", labelled)


def _find_titles(relation: DuckDBPyRelation, column: str | None) -> int:
    """Return the position of the title column; DuckDB itself ignores the case of its name."""
    names = relation.columns
    texts = [at for at, kind in enumerate(relation.types) if _is_text(kind)]
    if column is None:
        shown = relation.limit(_PREVIEW_ROWS).fetchall()
        rows = [[row[at] for at in texts] for row in shown]
        return texts[find_by_content([names[at] for at in texts], rows)]
    folded = [name.lower() for name in names]
    if isinstance(column, str) and column not in names and column.lower() in folded:
        position = find_by_name(folded, column.lower())
    else:
        position = find_by_name(names, column)
    if position not in texts:
        message = (
            f"column {column!r} has the type {relation.types[position]}, which is not text: "
            "name the column with the titles"
        )
        raise FrameError(message)
    return position


def _is_text(kind: object) -> bool:
    return str(kind).startswith(("VARCHAR", "ENUM", '"NULL"'))


def _label_titles(relation: Any, name: str, labels: LabelCache) -> Any:
    """Return an Arrow table of the distinct titles and their labels."""
    import pyarrow as pa  # noqa: PLC0415 - not every user needs it

    query = f"SELECT DISTINCT CAST({_quoted(name)} AS VARCHAR) AS title FROM {_VIEW}"  # noqa: S608 - the name is quoted
    titles = [title for (title,) in relation.query(_VIEW, query).fetchall()]
    # One chunk of text has room for 2 GiB, which the reasons of all titles may exceed.
    starts = range(0, len(titles) or 1, _TITLES_AT_ONCE)
    return pa.concat_tables(
        _labelled(titles[start : start + _TITLES_AT_ONCE], labels) for start in starts
    )


def _labelled(titles: list[str | None], labels: LabelCache) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - not every user needs it

    values = labels.values([title or "" for title in titles])
    table = label_table(values, pa, labels.wanted.chosen)
    return table.add_column(0, _TITLE, pa.array(titles, pa.string()))


def _joined(name: str, replaced: Sequence[str], added: Sequence[str]) -> str:
    """Return the query that joins the labels to the rows."""
    kept = f"{_VIEW}.*"
    if replaced:
        kept += f" EXCLUDE ({', '.join(map(_quoted, replaced))})"
    # The labels get their types before the join, where there are fewer rows.
    typed = ", ".join(map(_label_column, added))
    labels = f"SELECT {_TITLE}, {typed} FROM pmo_classify_labels"  # noqa: S608 - names of our own
    columns = ", ".join(f"labels.{name}" for name in added)
    return (
        f"SELECT {kept}, {columns} FROM {_VIEW} LEFT JOIN ({labels}) AS labels "  # noqa: S608 - names are quoted
        f"ON CAST({_VIEW}.{_quoted(name)} AS VARCHAR) IS NOT DISTINCT FROM labels.{_TITLE}"
    )


def _label_column(name: str) -> str:
    if LABEL_TYPES[name] is not ColumnType.CATEGORY:
        return name
    words = ", ".join(f"'{word}'" for word in CATEGORIES[name])
    return f"CAST({name} AS ENUM({words})) AS {name}"


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def register(connection: DuckDBPyConnection, *, classifier: Classifier | None = None) -> None:
    """Add an SQL function for each label column to a connection: ``pmo_level(title)`` and so on.

    ::

        connection = duckdb.connect("ads.duckdb")
        pmo_classify.duckdb.register(connection)
        connection.sql("select title, pmo_track(title), pmo_level(title) from ads").show()

    They are useful for queries by hand and for titles that are parameters. For many rows and
    several columns ``label`` is faster, because it reads each title once and leaves the rest to
    DuckDB. Functions of an earlier call are replaced.
    """
    need("duckdb", "narwhals", extra="duckdb", what="pmo_classify.duckdb.register")
    # The functions share the titles that are known, but for the clean titles, which take long.
    labels, cleaned = LabelCache(classifier, _QUICK), LabelCache(classifier)
    for name, kind in LABEL_TYPES.items():
        known = labels if name in _QUICK.chosen else cleaned
        _create_function(connection, name, _TYPES[kind], known)


def _create_function(connection: Any, name: str, returned: str, labels: LabelCache) -> None:
    import duckdb  # noqa: PLC0415 - an extra, on first use

    def label_titles(titles: Any) -> Any:
        return _function_column(titles, name, labels)

    # Before the first call for a connection there is no function to remove.
    with suppress(duckdb.InvalidInputException):
        connection.remove_function(name)
    connection.create_function(
        name, label_titles, ["VARCHAR"], returned, type="arrow", null_handling="special"
    )


def _function_column(titles: Any, name: str, labels: LabelCache) -> Any:
    """Return one label column for a vector of titles."""
    import pyarrow as pa  # noqa: PLC0415 - not every user needs it

    position = LABEL_COLUMNS.index(name)
    encoded = titles.combine_chunks() if isinstance(titles, pa.ChunkedArray) else titles
    encoded = encoded.dictionary_encode(null_encoding="encode")
    values = labels.values([title or "" for title in encoded.dictionary.to_pylist()])
    types = {
        ColumnType.SMALL_INTEGER: pa.int8(),
        ColumnType.PROBABILITY: pa.float64(),
        ColumnType.YES_NO: pa.bool_(),
    }
    column = pa.array([row[position] for row in values], types.get(LABEL_TYPES[name], pa.string()))
    return column.take(encoded.indices)
