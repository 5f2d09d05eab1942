"""Labels for Spark data frames: each Python worker labels the titles that Spark sends to it."""
# Spark reads the annotations of a function to learn its kind, so they must not be strings.

import warnings
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FrameError
from pmo_classify.extras import need
from pmo_classify.labelling.columns import LABEL_COLUMNS, LABEL_TYPES, ColumnType
from pmo_classify.labelling.frames.label import label_part, warn_of_replaced
from pmo_classify.labelling.frames.partitions import cached_labels, pickled_classifier
from pmo_classify.labelling.frames.titles import find_by_name
from pmo_classify.labelling.label_set import LabelSet

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["label_spark"]

_TYPES: Final = {
    ColumnType.CATEGORY: "string",
    ColumnType.SMALL_INTEGER: "tinyint",
    ColumnType.TEXT: "string",
    ColumnType.PROBABILITY: "double",
    ColumnType.YES_NO: "boolean",
}
_TEXT_TYPES: Final = ("string", "char", "varchar", "void")
_LABELS: Final = "__pmo_labels"


def label_spark(
    frame: "DataFrame",
    column: str,
    *,
    columns: Iterable[str] | None = None,
    classifier: Classifier | None = None,
) -> "DataFrame":
    """Return a Spark data frame with the label columns of ``label_frame`` added.

    ::

        labelled = label_spark(spark.read.parquet("ads"), "title")
        labelled.groupBy("pmo_level").count().show()

    Nothing is computed before you ask for it. Only the titles go to Python, in Arrow batches: the
    other columns, whatever their types, stay inside Spark. ``pmo_level`` is a ``tinyint`` that may
    be null, ``pmo_confidence`` a ``double``, ``pmo_review`` a ``boolean``, the others are strings.
    The classifier is sent in a few bytes; each Python worker makes it only once, and remembers the
    latest titles between its tasks. ``columns`` names the label columns to add, as for
    ``label_frame``.

    A ``FrameError`` says at once if the frame is of another kind, or if the column does not exist
    (with the most similar names) or has no text. Label columns of an earlier run are replaced, and
    a ``ReplacedColumnsWarning`` says so. A ``MissingExtraError`` says how to install what is
    missing.
    """
    if not hasattr(frame, "sparkSession"):
        message = (
            f"label_spark needs a Spark data frame, not {type(frame).__name__}: use label_frame"
        )
        raise FrameError(message)
    need("pyspark", "pandas", "narwhals", extra="spark", what="label_spark")
    from pyspark.sql import functions as sf  # noqa: PLC0415 - only Spark's frames need it

    wanted = LabelSet.of(columns)
    kind = frame.dtypes[_position(frame.columns, column)][1]
    if kind.partition("(")[0].partition(" ")[0] not in _TEXT_TYPES:
        message = (
            f"column {column!r} has the type {kind}, which is not text: "
            "name the column with the titles"
        )
        raise FrameError(message)
    ours = [name for name in frame.columns if name.lower() in LABEL_COLUMNS]
    warn_of_replaced(ours)
    quoted = "`{}`".format(column.replace("`", "``"))
    label_titles = _label_function(pickled_classifier(classifier), wanted)
    labels = label_titles(sf.col(quoted).cast("string"))
    kept = frame.drop(*ours)
    return kept.select("*", labels.alias(_LABELS)).select("*", f"{_LABELS}.*").drop(_LABELS)


def _position(names: list[str], column: str) -> int:
    """Return the position of the column of that name; to Spark case makes no difference."""
    folded = [name.lower() for name in names]
    if isinstance(column, str) and column.lower() in folded:
        return find_by_name(folded, column.lower())
    return find_by_name(names, column)


def _label_function(pickled: bytes, wanted: LabelSet) -> Any:
    """Return the function that Spark calls with batches of titles."""
    import pandas as pd  # noqa: PLC0415 - only Spark's frames need it
    from pyspark.sql.pandas.functions import pandas_udf  # noqa: PLC0415

    def label_titles(batches: Iterator[pd.Series]) -> Iterator[pd.DataFrame]:
        labels = cached_labels(pickled, wanted)
        for titles in batches:
            yield label_part(titles.to_frame("title"), "title", labels).drop(columns="title")

    schema = ", ".join(f"{name} {_TYPES[LABEL_TYPES[name]]}" for name in wanted.chosen)
    with warnings.catch_warnings():
        # Spark 4 warns about pandas 3 in general; only text and plain values pass here.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas >= 3")
        return pandas_udf(label_titles, schema)
