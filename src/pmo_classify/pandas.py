"""The accessor ``df.pmo``, which every pandas data frame has once this module is imported.

>>> import pandas, pmo_classify.pandas
>>> ads = pandas.DataFrame({"title": ["PMO Lead", "Chef"]})
>>> ads.pmo.label("title")["pmo_track"].tolist()
['pmo', 'other']
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from pmo_classify.classifier import Classifier
from pmo_classify.extras import need
from pmo_classify.labelling.frames.label import label_frame

need("pandas", extra="pandas", what="df.pmo")
import pandas as pd  # noqa: E402 - a missing pandas is reported first

__all__ = ["PmoAccessor"]


@pd.api.extensions.register_dataframe_accessor("pmo")
class PmoAccessor:
    """The methods of ``df.pmo``."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def label(
        self,
        column: Hashable | None = None,
        *,
        columns: Iterable[str] | None = None,
        classifier: Classifier | None = None,
    ) -> pd.DataFrame:
        """Return a new frame with the label columns added; see ``pmo_classify.label_frame``."""
        labelled: Any = label_frame(self._frame, column, columns=columns, classifier=classifier)
        return labelled
