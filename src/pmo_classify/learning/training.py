"""The training of the optional models, from listed titles, the user's, and the tables' examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import TYPE_CHECKING, Final

from pmo_classify.knowledge.lexicon import ENGLISH, Tag, read_word_rows
from pmo_classify.learning.features import class_of
from pmo_classify.reading.title_index import TitleTable
from pmo_classify.taxonomy import Track
from pmo_classify.thresholds import MODEL_OWN_WEIGHT

if TYPE_CHECKING:
    from pmo_classify.learning.estimator import TitleClassifier

__all__ = ["TrainedOnce", "train_on_readings", "train_on_words"]

_OF_THE_FIELD: Final = frozenset(
    {
        Tag.ABBREVIATION,
        Tag.ENTERPRISE,
        Tag.FUNCTION,
        Tag.LEARNER,
        Tag.MANAGEMENT,
        Tag.OFFICE,
        Tag.OFFICE_NAME,
        Tag.P3,
        Tag.ROLE,
        Tag.SERVICES,
    }
)
"""Tags of words whose examples are used; those of other trades would far outnumber them."""


class TrainedOnce:
    """A model that is trained when it is first needed; then all threads share it."""

    def __init__(self, train: Callable[[], TitleClassifier]) -> None:
        self._train = train
        self._lock = Lock()
        self._trained: TitleClassifier | None = None

    def __call__(self) -> TitleClassifier:
        """Return the model."""
        # One thread trains while the others wait.
        with self._lock:
            if self._trained is None:
                self._trained = self._train()
            return self._trained


def train_on_readings(listed: TitleTable, own: TitleTable) -> TitleClassifier:
    """Return a model that is trained on the words of titles and on what was read in them."""
    return _train(_labelled(listed), _labelled(own), reading_weight=1.0)


def train_on_words(listed: TitleTable, own: TitleTable) -> TitleClassifier:
    """Return a model that is trained on words and parts of words, in all languages of the tables.

    Languages without a table share many of these.
    """
    known = [*_labelled(listed), *dict.fromkeys(_examples())]
    return _train(known, _labelled(own), reading_weight=0.0)


_Labelled = tuple[str, str]
"""A title and its class."""


def _train(
    ours: list[_Labelled], own: list[_Labelled], *, reading_weight: float
) -> TitleClassifier:
    # Imported here because scikit-learn is heavy, and few titles need it.
    from pmo_classify.learning.estimator import TitleClassifier  # noqa: PLC0415

    weights = [1.0] * len(ours) + [MODEL_OWN_WEIGHT] * len(own)
    titles, labels = zip(*ours, *own, strict=True)
    return TitleClassifier(reading_weight=reading_weight).fit(titles, labels, weights)


def _labelled(table: TitleTable) -> list[_Labelled]:
    return [(row.title, class_of(row.track, row.level)) for row in table.values()]


def _examples() -> Iterator[_Labelled]:
    """Yield the examples of words about project work in languages other than English."""
    for row in read_word_rows():
        if row.language not in ("", ENGLISH) and row.tag in _OF_THE_FIELD:
            track, *rest = row.answer.removesuffix("?").split()
            yield row.example, class_of(track, int(rest[0]) if track == Track.PMO else None)
