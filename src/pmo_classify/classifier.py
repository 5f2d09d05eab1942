"""The classifier, which takes a title from its text to its answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from numbers import Real
from typing import TYPE_CHECKING

from pmo_classify import thresholds
from pmo_classify.classification import Classification, Token
from pmo_classify.knowledge.listed_titles import TitleRows, read_title_rows
from pmo_classify.reading.choice import choose, interpret_all
from pmo_classify.reading.cleaning import CleanText, clean_text, is_missing
from pmo_classify.reading.parser import parse
from pmo_classify.reading.phrases import split_phrases
from pmo_classify.reading.title_index import (
    ListedAs,
    TitleIndex,
    TitleTable,
    index_titles,
    listed_titles,
)
from pmo_classify.reading.tokenizer import default_tokenizer, traits_of
from pmo_classify.reading.traits import OF_THE_FIELD, REPAIRED
from pmo_classify.reading.verdict import (
    answer_of_another_field,
    empty_answer,
    judge,
    repairs_of,
    seniority_of,
)
from pmo_classify.wording import pluralised

if TYPE_CHECKING:
    from pmo_classify.learning.chooser import ReadingChooser
    from pmo_classify.learning.proposer import TitleProposer

__all__ = ["Classifier", "classify", "classify_many", "default_classifier"]


class Classifier:
    """Classifies titles with settings of your own; ``classify`` uses the default settings.

    ``extra_titles`` are your own titles with their answers: the path of a CSV file, or rows with
    the keys ``title``, ``track``, ``level`` and ``scope``. They override all other answers, and
    differences in case or noise, such as a place, do not matter:

    >>> mine = Classifier(extra_titles=[
    ...     {"title": "Delivery Excellence Partner", "track": "pmo", "level": 2, "scope": ""}])
    >>> mine.classify("DELIVERY EXCELLENCE PARTNER - Leeds").level
    <Level.SUPPORTING: 2>

    ``review_below`` is the confidence, from 0 to 1, below which a title goes to review.

    >>> mine
    Classifier(extra_titles=<1 title>, review_below=0.85, model=False, use_listed=True)

    ``model=True`` adds a model that learns from your titles. Where the rules leave several readings
    of a title open, the model chooses one; where a title could not be read, it proposes what the
    title may be. All these titles stay in review. The model helps if your titles follow habits of
    your own, or are in a language that the library does not know. It needs the extra ``model``;
    without it, a ``MissingExtraError`` says how to install it.

    ``use_listed=False`` leaves out the titles that ship with the library, so that rules decide
    every title but your own. Use it to measure how well the rules do.

    Faulty rows raise a ``TableError`` that lists every fault with its file and line; a file that
    cannot be read raises a ``FileError``; an argument of the wrong type raises a ``TypeError`` that
    shows the right form. Threads may share a classifier, and it can be sent to other processes.
    """

    def __init__(
        self,
        extra_titles: TitleRows | None = None,
        review_below: float = thresholds.REVIEW_BELOW,
        *,
        model: bool = False,
        use_listed: bool = True,
    ) -> None:
        _check_threshold(review_below)
        own: TitleTable = {}
        if extra_titles is not None:
            own = index_titles(read_title_rows(extra_titles), default_tokenizer())
        self._get_ready(own, review_below, use_listed=use_listed, model=model)

    def _get_ready(
        self, own: TitleTable, review_below: float, *, use_listed: bool, model: bool
    ) -> None:
        self._settings = (own, review_below, use_listed, model)
        self._review_below = review_below
        self._tokenizer = default_tokenizer()
        self._index = TitleIndex(listed_titles() if use_listed else {}, own)
        self._chooser = _new_chooser(own) if model else None
        self._proposer = _new_proposer(own) if model else None
        # Answers are cached because titles repeat; the cache changes no answer.
        self._read_once = lru_cache(maxsize=thresholds.ANSWER_CACHE_SIZE)(self._read)

    def __repr__(self) -> str:
        own, review_below, use_listed, model = self._settings
        titles = f"<{pluralised(len(own), 'title')}>" if own else None
        return (
            f"Classifier(extra_titles={titles}, review_below={review_below}, model={model}, "
            f"use_listed={use_listed})"
        )

    def __reduce__(self) -> tuple[object, ...]:
        return _remake, self._settings

    def _read(self, title: str) -> Classification:
        """Return the answer to a title, from its text through every step of the reading."""
        clean = clean_text(title)
        if clean.is_blank:
            return empty_answer(title)
        words = self._tokenizer.read(clean.text)
        traits = traits_of(words)
        repairs: Sequence[str] = ()
        # Most titles need no tokens.
        if traits & (OF_THE_FIELD | REPAIRED) or self._index.may_hold(words):
            tokens = self._tokenizer.tokens(words)
            listed = self._index.find(tokens)
            if listed is not None or traits & OF_THE_FIELD:
                return self._interpreted(title, clean, tokens, listed)
            repairs = repairs_of(tokens)
        answer = answer_of_another_field(
            title,
            clean,
            traits,
            seniority=seniority_of(words, self._tokenizer.tokens),
            repairs=repairs,
            review_below=self._review_below,
        )
        return answer if self._proposer is None else self._proposer.propose(answer)

    def _interpreted(
        self, title: str, clean: CleanText, tokens: Sequence[Token], listed: ListedAs | None
    ) -> Classification:
        """Return the answer of the rules to a title of the field, or of the table that lists it."""
        titles = parse(split_phrases(tokens))
        choice = choose(interpret_all(titles, tokens))
        answer = judge(title, clean, tokens, choice, listed, review_below=self._review_below)
        return answer if self._chooser is None else self._chooser.choose(answer, choice)

    def classify(self, title: str | None) -> Classification:
        """Return the answer to one title; see ``pmo_classify.classify``."""
        if isinstance(title, str):
            # Longer texts are hardly titles, and caching them would fill the memory.
            is_short = len(title) <= thresholds.MAX_TITLE_LENGTH
            return self._read_once(title) if is_short else self._read(title)
        if is_missing(title):
            return empty_answer()
        message = f"a title must be a str, not {type(title).__name__}"
        if isinstance(title, Iterable) and not isinstance(title, bytes):
            message += ": for several titles, use classify_many"
        raise TypeError(message)

    def classify_many(self, titles: Iterable[str | None]) -> list[Classification]:
        """Return the answers to many titles; see ``pmo_classify.classify_many``."""
        if isinstance(titles, str):
            message = "titles must be a list, not one str: pass a list of titles, or use classify"
            raise TypeError(message)
        answers: dict[str, Classification] = {}
        result: list[Classification] = []
        for position, title in enumerate(titles):
            if isinstance(title, str):
                answer = answers.get(title)
                if answer is None:
                    answer = answers[title] = self._read(title)
            elif is_missing(title):
                answer = empty_answer()
            else:
                message = f"titles[{position}] must be a str, not {type(title).__name__}"
                raise TypeError(message)
            result.append(answer)
        return result


def _check_threshold(review_below: object) -> None:
    # True and False are numbers to Python, and a slip for ``model`` here.
    if isinstance(review_below, bool) or not isinstance(review_below, Real):
        message = f"review_below must be a number from 0 to 1, such as 0.9, not {review_below!r}"
        raise TypeError(message)
    if not 0 <= float(review_below) <= 1:
        message = f"review_below must be from 0 to 1, such as 0.9, not {review_below!r}"
        raise ValueError(message)


def _new_chooser(own: TitleTable) -> ReadingChooser:
    # Imported here because few callers use a model, and without it the library starts faster.
    from pmo_classify.learning.chooser import ReadingChooser  # noqa: PLC0415

    return ReadingChooser(listed_titles(), own)


def _new_proposer(own: TitleTable) -> TitleProposer:
    from pmo_classify.learning.proposer import TitleProposer  # noqa: PLC0415

    return TitleProposer(listed_titles(), own)


def _remake(own: TitleTable, review_below: float, use_listed: bool, model: bool) -> Classifier:
    classifier = Classifier.__new__(Classifier)
    # A private method is fine here: this function is how the class itself is unpickled.
    classifier._get_ready(own, review_below, use_listed=use_listed, model=model)  # noqa: SLF001
    return classifier


@cache
def default_classifier() -> Classifier:
    """Return the classifier that ``classify`` uses; it is made only once."""
    return Classifier()


def classify(title: str | None) -> Classification:
    """Return where a job title stands on the career ladder of the PMO, if it is on it at all.

    >>> answer = classify("Snr Prog. Ofice Co-ordinator (12m FTC) - London, £40k")
    >>> answer.level, str(answer.scope), answer.standard_title
    (<Level.SUPPORTING: 2>, 'programme', 'Programme Office Co-ordinator')

    A single word can make all the difference:

    >>> [str(classify(f"Project {word}").track) for word in ("Planner", "Manager", "Engineer")]
    ['pmo', 'delivery', 'other']

    Where the title alone cannot settle the answer, you get the best guess, marked for review:

    >>> doubtful = classify("Program Coordinator")
    >>> doubtful.level, doubtful.needs_review
    (<Level.SUPPORTING: 2>, True)

    Any text gets an answer, and the same text always gets the same one. ``None``, NaN and blank
    text get an empty answer (track ``other``, method ``none``, reason ``empty``); any other type
    raises a ``TypeError``. Only the first 1,000 characters are read.
    """
    return default_classifier().classify(title)


def classify_many(titles: Iterable[str | None]) -> list[Classification]:
    """Return the answers to many titles, in the same order; repeated titles are read only once.

    >>> [a.level for a in classify_many(["PMO Lead", None, "PMO Lead"])]
    [<Level.LEADING: 3>, None, <Level.LEADING: 3>]
    """
    return default_classifier().classify_many(titles)
