"""The namespace ``pmo``, which every Polars expression has once this module is imported.

>>> import polars as pl, pmo_classify.polars
>>> ads = pl.LazyFrame({"title": ["PMO Lead", "Chef"]})
>>> ads.select(pl.col("title").pmo.level()).collect().to_series().to_list()
[3, None]
"""

from __future__ import annotations

from typing import Final

from pmo_classify.classifier import Classifier
from pmo_classify.extras import need
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.frames.label import label_part
from pmo_classify.labelling.frames.partitions import LabelCache
from pmo_classify.labelling.frames.titles import code_titles
from pmo_classify.labelling.frames.types import polars_schema
from pmo_classify.labelling.label_set import LabelSet

need("polars", "narwhals", extra="polars", what="pl.col(...).pmo")
import narwhals.stable.v2 as nw  # noqa: E402 - a missing library is reported first
import polars as pl  # noqa: E402

__all__ = ["PmoNamespace"]

_PREFIX: Final = "pmo_"
_TITLE: Final = "title"


@pl.api.register_expr_namespace("pmo")
class PmoNamespace:
    """The methods of ``pl.col("title").pmo``.

    Each method takes a ``classifier``, and reads each distinct title of a batch only once. The
    methods keep a ``LazyFrame`` lazy, and run in the streaming engine. To add several columns, use
    ``labels``, which reads the titles once for all of them.
    """

    def __init__(self, titles: pl.Expr) -> None:
        self._titles = titles

    def labels(self, *, classifier: Classifier | None = None) -> pl.Expr:
        """Return all label columns as one ``Struct``; ``unnest`` turns it into columns.

        >>> import polars as pl, pmo_classify.polars
        >>> ads = pl.DataFrame({"title": ["PMO Lead", "Chef"]})
        >>> labels = ads.select(pl.col("title").pmo.labels().alias("pmo")).unnest("pmo")
        >>> labels["pmo_track"].to_list()
        ['pmo', 'other']
        """
        cache = LabelCache(classifier)
        return self._titles.map_batches(
            lambda titles: _labels(titles, cache).to_struct(titles.name),
            return_dtype=pl.Struct(polars_schema(pl)),
            is_elementwise=True,
        )

    def track(self, *, classifier: Classifier | None = None) -> pl.Expr:
        """Return ``pmo``, ``delivery`` or ``other``."""
        return self._one("track", classifier)

    def level(self, *, classifier: Classifier | None = None) -> pl.Expr:
        """Return the level, from 1 to 4, or null for a title that is not on the ladder."""
        return self._one("level", classifier)

    def scope(self, *, classifier: Classifier | None = None) -> pl.Expr:
        """Return the scope that the title names, such as ``project+programme``, or null."""
        return self._one("scope", classifier)

    def standard_title(self, *, classifier: Classifier | None = None) -> pl.Expr:
        """Return the standard British form, or null for a title that is not on the ladder."""
        return self._one("standard_title", classifier)

    def confidence(self, *, classifier: Classifier | None = None) -> pl.Expr:
        """Return how probable it is that track, level and scope are all right, from 0 to 1."""
        return self._one("confidence", classifier)

    def review(self, *, classifier: Classifier | None = None) -> pl.Expr:
        """Return whether a person should check the answer."""
        return self._one("review", classifier)

    def field(self, name: str, *, classifier: Classifier | None = None) -> pl.Expr:
        """Return any other label column by its name, such as ``reason`` or ``pmo_reason``.

        An unknown name raises a ``ValueError`` that lists the names of all columns.
        """
        short = name.removeprefix(_PREFIX)
        if f"{_PREFIX}{short}" not in LABEL_COLUMNS:
            names = ", ".join(column.removeprefix(_PREFIX) for column in LABEL_COLUMNS)
            message = f"there is no label column {name!r}: name one of {names}"
            raise ValueError(message)
        return self._one(short, classifier)

    def _one(self, short: str, classifier: Classifier | None) -> pl.Expr:
        name = f"{_PREFIX}{short}"
        cache = LabelCache(classifier, LabelSet.of([name]))
        return self._titles.map_batches(
            lambda titles: _column(titles, name, cache),
            return_dtype=polars_schema(pl)[name],
            is_elementwise=True,
        ).alias(name)


def _labels(titles: pl.Series, cache: LabelCache) -> pl.DataFrame:
    """Return the label columns of a batch of titles."""
    return label_part(titles.alias(_TITLE).to_frame(), _TITLE, cache).drop(_TITLE)


def _column(titles: pl.Series, name: str, cache: LabelCache) -> pl.Series:
    """Return one label column of a batch of titles."""
    distinct, codes = code_titles(nw.from_native(titles, series_only=True), titles.name)
    position = LABEL_COLUMNS.index(name)
    values = [row[position] for row in cache.values(distinct)]
    return pl.Series(name, values, polars_schema(pl)[name]).gather(codes.to_native())
