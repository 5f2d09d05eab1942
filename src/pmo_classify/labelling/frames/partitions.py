"""Label values for titles, remembered between the pieces of one large run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pmo_classify.classifier import Classifier, default_classifier
from pmo_classify.labelling.columns import LabelValues, LabelWriter, label_values
from pmo_classify.thresholds import MAX_TITLE_LENGTH

__all__ = ["TitleReader", "reader_of", "recipe_of"]

_REMEMBERED: Final = 100_000
_CLASSIFIERS: Final = 4


class TitleReader:
    """Gives label values for titles, and remembers those that it met last.

    >>> reader = TitleReader()
    >>> [values[:2] for values in reader.values(["Head of PMO", "Chef"])]
    [('pmo', 4), ('other', None)]

    It is meant for titles that come in pieces (the partitions of a cluster, the batches of a
    stream), of which many hold the same ones. It remembers up to 100,000 titles, some 70 MB.
    """

    def __init__(self, classifier: Classifier | None = None) -> None:
        self._writer = LabelWriter(classifier or default_classifier(), label_values)
        self._known: dict[str, LabelValues] = {}

    def values(self, titles: Sequence[str]) -> list[LabelValues]:
        """Give the label values of titles."""
        # What stands after the limit is not read: only that there is more makes a difference.
        read = [title[: MAX_TITLE_LENGTH + 1] for title in titles]
        # Another thread may forget them meanwhile.
        known = self._known
        new = [title for title in dict.fromkeys(read) if title not in known]
        known.update(zip(new, self._writer.labels_of_many(new), strict=True))
        if len(known) > _REMEMBERED:
            self._known = {}
        return [known[title] for title in read]


def recipe_of(classifier: Classifier | None) -> bytes:
    """Write a classifier as a recipe that is sent to the workers of a cluster.

    The recipe is small: the user's own titles and the threshold, not the tables that ship with
    the library. The same classifier gives the same recipe.

    >>> len(recipe_of(None)) < 200
    True
    """
    import pickle  # noqa: PLC0415 - one machine needs none

    return pickle.dumps(classifier or default_classifier())


@lru_cache(maxsize=_CLASSIFIERS)
def reader_of(recipe: bytes) -> TitleReader:
    """Give the reader of a recipe, which is made once in each process.

    >>> reader_of(recipe_of(None)) is reader_of(recipe_of(None))
    True
    """
    import pickle  # noqa: PLC0415 - one machine needs none

    return TitleReader(pickle.loads(recipe))  # noqa: S301 - the bytes are those of recipe_of
