"""The classifier: a user's titles first, then the listed ones, then reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from pmo_classify import thresholds
from pmo_classify.classification import Classification, Verdict, classified
from pmo_classify.knowledge.listed_titles import (
    TitleRows,
    TitleTable,
    listed_titles,
    read_title_rows,
    read_titles,
)
from pmo_classify.reading.cleaning import is_missing
from pmo_classify.reading.collector import CollectorAtRest
from pmo_classify.reading.gist import EMPTY, NO_NOTES, Gist, GistFinder
from pmo_classify.reading.memo import Memo
from pmo_classify.reading.resolver import resolve
from pmo_classify.reading.shapes import Shape, is_led_by_rank
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.verdict import NO_TITLE, listed_verdict, read_verdict, with_rank
from pmo_classify.thresholds import BATCH_SIZE, MAX_TITLE_LENGTH, READING_CACHE_SIZE

if TYPE_CHECKING:
    from pmo_classify.learning.chooser import TitleModel

__all__ = ["Classifier", "classify", "classify_many", "default_classifier"]


class Classifier:
    """Reads titles; the form of ``classify`` that can be configured.

    ``extra_titles`` are your own titles with their answers: a CSV file's path, or rows with the
    keys ``title``, ``track``, ``level`` and ``scope``. They override ours, noise and case aside:

    >>> mine = Classifier(extra_titles=[
    ...     {"title": "Delivery Excellence Partner", "track": "pmo", "level": 2, "scope": ""}])
    >>> mine.classify("DELIVERY EXCELLENCE PARTNER - Leeds").level
    <Level.SUPPORTING: 2>

    ``review_below`` is the confidence, from 0 to 1, under which a title goes to review.
    ``model=True`` lets a model that learns from your titles choose between the readings of titles
    that the rules leave open; they stay in review. It needs the extra ``model``, and without it is
    a ``MissingExtraError``; it pays only where your titles follow rules of your own.
    ``use_listed=False`` leaves out the titles that ship with the library, so that every answer
    but yours comes from reading; it is there to measure the reading.

    A faulty row raises a ``TableError`` that lists every fault with file and line; an unreadable
    file a ``FileError``. A classifier may be shared between threads and sent to other processes.
    """

    def __init__(
        self,
        extra_titles: TitleRows | None = None,
        review_below: float = thresholds.REVIEW_BELOW,
        *,
        model: bool = False,
        use_listed: bool = True,
    ) -> None:
        if not 0 <= review_below <= 1:
            message = f"review_below must be from 0 to 1, not {review_below!r}"
            raise ValueError(message)
        self._listed: TitleTable = listed_titles() if use_listed else {}
        self._own: TitleTable = {}
        if extra_titles is not None:
            self._own = read_titles(read_title_rows(extra_titles), default_tokenizer())
        self._review_below = review_below
        self._use_listed = use_listed
        self._uses_model = model
        self._get_ready()

    def _get_ready(self) -> None:
        """Prepare what the tables of titles decide."""
        keys = (*self._listed, *self._own)
        self._gists = GistFinder(default_tokenizer(), keys)
        self._readings = Memo(resolve, READING_CACHE_SIZE)
        self._plain = Memo(self._judge_plain, READING_CACHE_SIZE)
        self._verdicts = Memo(self._judge, READING_CACHE_SIZE)
        self._model = self._new_model() if self._uses_model else None
        self._answers = Memo(self._answer, READING_CACHE_SIZE)

    def _new_model(self) -> TitleModel:
        # Imported here because few ask for it, and the others start the faster.
        from pmo_classify.learning.chooser import TitleModel  # noqa: PLC0415

        return TitleModel(listed_titles(), self._own)

    def __reduce__(self) -> tuple[object, ...]:
        return _remake, (self._own, self._review_below, self._use_listed, self._uses_model)

    def classify(self, title: object) -> Classification:
        """Say where one title stands; see ``pmo_classify.classify``."""
        if not isinstance(title, str):
            if is_missing(title):
                return Classification("", *NO_TITLE)
            message = f"a title must be a str, not {type(title).__name__}"
            raise TypeError(message)
        # Long texts are no titles, and would take memory as long as they are remembered.
        return self._answers[title] if len(title) <= MAX_TITLE_LENGTH else self._answer(title)

    def verdict(self, title: str) -> Verdict:
        """Give all of an answer but the title itself; titles that read alike get the same one."""
        gist = self._gists.find(title)
        verdict = self._verdicts[gist]
        return verdict if self._model is None else self._chosen(title, gist, verdict)

    def verdicts(self, titles: Sequence[str]) -> list[Verdict]:
        """Give the verdicts on many titles, in less time than one after the other takes.

        >>> [verdict.level for verdict in Classifier().verdicts(["PMO Lead", "Chef"])]
        [<Level.LEADING: 3>, None]
        """
        found: list[Verdict] = []
        for at in range(0, len(titles), BATCH_SIZE):
            found += self._verdicts_on(titles[at : at + BATCH_SIZE])
        return found

    def _verdicts_on(self, batch: Sequence[str]) -> list[Verdict]:
        with CollectorAtRest():
            gists = self._gists.find_many(batch)
            verdicts = [self._verdicts[gist] for gist in gists]
        return verdicts if self._model is None else list(map(self._chosen, batch, gists, verdicts))

    def _chosen(self, title: str, gist: Gist, verdict: Verdict) -> Verdict:
        """Let the model choose where the rules leave it open."""
        if self._model is None or not self._model.may_choose(verdict):
            return verdict
        return self._model.choose(title, self._readings[gist.shapes], verdict)

    def _answer(self, title: str) -> Classification:
        return classified(title, self.verdict(title))

    def classify_many(self, titles: Iterable[object]) -> list[Classification]:
        """Read many titles, each distinct one once; see ``pmo_classify.classify_many``."""
        # Neither code that makes the titles nor a model may run while garbage is left.
        if self._model is None and isinstance(titles, (list, tuple)):
            with CollectorAtRest():
                return self._classify_all(titles)
        return self._classify_all(titles)

    def _classify_all(self, titles: Iterable[object]) -> list[Classification]:
        answers: dict[object, Classification] = {}
        result: list[Classification] = []
        left = iter(titles)
        while batch := list(islice(left, BATCH_SIZE)):
            texts = [title for title in batch if isinstance(title, str)]
            new = [title for title in dict.fromkeys(texts) if title not in answers]
            answers.update(zip(new, map(classified, new, self.verdicts(new)), strict=True))
            result += [
                answers[title] if isinstance(title, str) else self.classify(title)
                for title in batch
            ]
        return result

    def _judge(self, gist: Gist) -> Verdict:
        if gist is EMPTY:
            return NO_TITLE
        shapes = gist.shapes
        led = is_led_by_rank(shapes) and self._readings[shapes[1:]].starts_title
        if led:
            # "Senior PMO Analyst" is a PMO analyst, and nothing but the rank differs.
            shapes = shapes[1:]
        read = self._readings[shapes]
        key = gist.listed_as
        if key is None:
            verdict = (
                self._plain[shapes]
                if gist.notes is NO_NOTES
                else read_verdict(read, gist.notes, self._review_below)
            )
        else:
            is_own = key in self._own
            found = self._own[key] if is_own else self._listed[key]
            verdict = listed_verdict(read, gist.notes, found, self._review_below, is_own=is_own)
        return with_rank(verdict, read, gist.ranks, led=led)

    def _judge_plain(self, shapes: tuple[Shape, ...]) -> Verdict:
        return read_verdict(self._readings[shapes], NO_NOTES, self._review_below)


def _remake(own: TitleTable, review_below: float, use_listed: bool, model: bool) -> Classifier:
    classifier = Classifier(review_below=review_below, use_listed=use_listed)
    # This is the class's own unpickling.
    classifier._own, classifier._uses_model = own, model  # noqa: SLF001
    classifier._get_ready()  # noqa: SLF001
    return classifier


@cache
def default_classifier() -> Classifier:
    """The classifier that ``classify`` uses, made once."""
    return Classifier()


def classify(title: object) -> Classification:
    """Say where a job title stands on the PMO's ladder, or that it does not.

    >>> answer = classify("Snr Prog. Ofice Co-ordinator (12m FTC) - London, £40k")
    >>> answer.level, str(answer.scope), answer.standard_title
    (<Level.SUPPORTING: 2>, 'programme', 'Programme Office Co-ordinator')

    The word that differs is the answer:

    >>> [str(classify(f"Project {word}").track) for word in ("Planner", "Manager", "Engineer")]
    ['pmo', 'delivery', 'other']

    Where the title alone cannot settle it, the best guess is given and marked:

    >>> doubtful = classify("Program Coordinator")
    >>> doubtful.level, doubtful.needs_review
    (<Level.SUPPORTING: 2>, True)

    Any text is answered, and the same text always in the same way. ``None``, NaN and blank text
    give an empty result (track ``other``, method ``none``, reason ``empty``); any other type is a
    ``TypeError``. Only the first 1,000 characters are read.
    """
    return default_classifier().classify(title)


def classify_many(titles: Iterable[object]) -> list[Classification]:
    """Read many titles; repeated ones cost a look-up, and the order is kept.

    >>> [a.level for a in classify_many(["PMO Lead", None, "PMO Lead"])]
    [<Level.LEADING: 3>, None, <Level.LEADING: 3>]
    """
    return default_classifier().classify_many(titles)
