"""Labels for Dask data frames: each worker labels its own partitions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FrameError
from pmo_classify.extras import need
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.frames.label import label_part, warn_of_replaced
from pmo_classify.labelling.frames.partitions import cached_labels, pickled_classifier
from pmo_classify.labelling.frames.titles import check_type, find_by_name
from pmo_classify.labelling.label_set import LabelSet

if TYPE_CHECKING:
    import dask.dataframe as dd

__all__ = ["label_dask"]


def label_dask(
    frame: dd.DataFrame,
    column: str,
    *,
    columns: Iterable[str] | None = None,
    classifier: Classifier | None = None,
) -> dd.DataFrame:
    """Return a Dask data frame with the label columns of ``label_frame`` added.

    >>> import dask.dataframe as dd, pandas
    >>> ads = dd.from_pandas(pandas.DataFrame({"title": ["PMO Lead", "Chef"]}), npartitions=2)
    >>> labelled = label_dask(ads, "title")
    >>> labelled["pmo_level"].compute().tolist()
    [3, <NA>]

    Nothing is computed before you ask for it. All partitions have the same types, and index,
    divisions and other columns stay as they are. The classifier is sent to the workers in a few
    bytes; each process makes it only once, and remembers the latest titles between its partitions.
    Titles are read in Python, so use workers with processes, not threads. ``columns`` names the
    label columns to add, as for ``label_frame``.

    A ``FrameError`` says at once if the frame is of another kind, or if the column does not exist
    (with the most similar names) or has no text. A single title that is not text raises an error in
    the worker that reads it. Label columns of an earlier run are replaced, and a
    ``ReplacedColumnsWarning`` says so. A ``MissingExtraError`` says how to install what is missing.
    """
    need("dask", "pandas", "narwhals", extra="dask", what="label_dask")
    import dask.dataframe as dd  # noqa: PLC0415 - only Dask's frames need it
    import narwhals.stable.v2 as nw  # noqa: PLC0415
    from dask.dataframe.dispatch import make_meta  # noqa: PLC0415

    if not isinstance(frame, dd.DataFrame):
        message = f"label_dask needs a Dask data frame, not {type(frame).__name__}: use label_frame"
        raise FrameError(message)
    wanted = LabelSet.of(columns)
    pickled = pickled_classifier(classifier)
    meta = make_meta(frame)
    find_by_name(list(meta.columns), column)
    check_type(nw.from_native(meta[column], series_only=True), column)
    warn_of_replaced([name for name in meta.columns if name in LABEL_COLUMNS])
    return frame.map_partitions(
        _label_partition,
        column,
        pickled,
        wanted,
        meta=_label_partition(meta, column, pickled, wanted),
    )


def _label_partition(part: Any, column: str, pickled: bytes, wanted: LabelSet) -> Any:
    return label_part(part, column, cached_labels(pickled, wanted))
