"""Label values for titles that come in parts, such as the partitions of a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from pmo_classify.classifier import Classifier, default_classifier
from pmo_classify.labelling.columns import LabelValues, label_values
from pmo_classify.labelling.label_set import ALL_LABELS, LabelSet
from pmo_classify.thresholds import MAX_TITLE_LENGTH

__all__ = ["LabelCache", "cached_labels", "pickled_classifier", "read_values"]

_MOST_TITLES: Final = 100_000
_CLASSIFIERS: Final = 4
_TITLES_AT_ONCE: Final = 200


def read_values(
    titles: Sequence[str], classifier: Classifier, wanted: LabelSet = ALL_LABELS
) -> Iterator[LabelValues]:
    """Return the label values of distinct titles, in their order, for the ``wanted`` columns.

    >>> [values[1] for values in read_values(["PMO Lead", "Chef"], default_classifier())]
    [3, None]
    """
    # Few at once, because the words of a title are remembered until its clean title needs them.
    for at in range(0, len(titles), _TITLES_AT_ONCE):
        for answer in classifier.classify_many(titles[at : at + _TITLES_AT_ONCE]):
            yield label_values(answer, has_clean_title=wanted.has_clean_title)


class LabelCache:
    """Returns label values for titles, and remembers recent titles.

    >>> labels = LabelCache()
    >>> [values[:2] for values in labels.values(["Head of PMO", "Chef"])]
    [('pmo', 4), ('other', None)]

    Use it for titles that come in parts, such as the partitions of a cluster or the batches of a
    stream, because the parts share many titles. It remembers up to 100,000 titles, in about 70 MB.
    ``wanted`` are the label columns that are asked for; without that of the clean title, none is
    made.
    """

    def __init__(self, classifier: Classifier | None = None, wanted: LabelSet = ALL_LABELS) -> None:
        self.wanted = wanted
        self._classifier = classifier or default_classifier()
        self._known: dict[str, LabelValues] = {}

    def values(self, titles: Sequence[str]) -> list[LabelValues]:
        """Return the label values of titles, in their order."""
        # Characters beyond the limit are not read; one of them is kept to show that there are more.
        shortened = [title[: MAX_TITLE_LENGTH + 1] for title in titles]
        # A local name, because another thread may replace the dictionary.
        known = self._known
        new = [title for title in dict.fromkeys(shortened) if title not in known]
        known.update(zip(new, read_values(new, self._classifier, self.wanted), strict=True))
        if len(known) > _MOST_TITLES:
            self._known = {}
        return [known[title] for title in shortened]


def pickled_classifier(classifier: Classifier | None) -> bytes:
    """Return a classifier as the bytes that are sent to the workers of a cluster.

    They contain the user's own titles and the settings, but not the tables of the library.
    The same classifier always has the same bytes.

    >>> len(pickled_classifier(None)) < 200
    True
    """
    import pickle  # noqa: PLC0415 - only clusters need it

    return pickle.dumps(classifier or default_classifier())


@lru_cache(maxsize=_CLASSIFIERS)
def cached_labels(pickled: bytes, wanted: LabelSet = ALL_LABELS) -> LabelCache:
    """Return the cache of a pickled classifier, which is made once in each process.

    >>> cached_labels(pickled_classifier(None)) is cached_labels(pickled_classifier(None))
    True
    """
    import pickle  # noqa: PLC0415 - only clusters need it

    return LabelCache(pickle.loads(pickled), wanted)  # noqa: S301 - the bytes of pickled_classifier
