"""How long one title takes, compared with a similarity search and a trained model."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from ads import titles_of_ads
from measure import Line, in_turn, shares
from pmo_classify import Classifier
from pmo_classify.reading.title_index import listed_titles
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.taxonomy import LADDER

__all__ = ["fresh_classifier", "linear_growth", "time_titles"]

_REMEMBERED = 10_000  # few enough for the cache
LISTED = [title for facts in LADDER.values() for title in facts.listed_titles]
OURS, ONE, KNOWN, NEAREST, TRAINED = (
    "pmo_classify, new titles at once",
    "pmo_classify, a new title alone",
    "pmo_classify, known titles",
    "rapidfuzz, nearest of 31 titles",
    "scikit-learn, TF-IDF and LR",
)


def time_titles(count: int, rounds: int) -> list[Line]:
    """Time ``count`` distinct titles that are new to the classifier.

    First a new classifier reads all of them in one call. Then a classifier that has read other
    titles reads them one by one.
    """
    titles = titles_of_ads(count, seed=5)
    known = Classifier()
    for title in titles:
        known.classify(title)
    warm = iter([_warm_classifier(count) for _ in range(rounds)])
    runs: dict[str, Callable[[], object]] = {
        OURS: lambda: fresh_classifier().classify_many(titles),
        ONE: lambda: _one_by_one(next(warm), titles),
        KNOWN: lambda: _one_by_one(known, titles[-_REMEMBERED:]),
        NEAREST: lambda: [
            process.extractOne(title, LISTED, scorer=fuzz.token_sort_ratio) for title in titles
        ],
        TRAINED: _trained(titles),
    }
    seconds = in_turn(runs, rounds)
    seconds[KNOWN] *= count / min(count, _REMEMBERED)
    goals = {(OURS, NEAREST): 1.0, (ONE, OURS): 2.0}
    return shares("one title", seconds, goals, "title", per=count)


def _warm_classifier(count: int) -> Classifier:
    classifier = fresh_classifier()
    classifier.classify_many(titles_of_ads(count, seed=6))
    return classifier


def fresh_classifier() -> Classifier:
    """Make a classifier that remembers no word."""
    default_tokenizer.cache_clear()
    return Classifier()


def _one_by_one(classifier: Classifier, titles: list[str]) -> None:
    for title in titles:
        classifier.classify(title)


def _trained(titles: list[str]) -> Callable[[], object]:
    rows = list(listed_titles().values())
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)), LogisticRegression(max_iter=500)
    )
    model.fit([row.title for row in rows], [f"{row.track} {row.level or ''}" for row in rows])
    return lambda: model.predict(titles)


def linear_growth(counts: list[int], lengths: list[int]) -> dict[str, list[tuple[int, float]]]:
    """Time more and more distinct titles, and longer and longer ones; give the seconds."""
    by_count = []
    for count in counts:
        titles = titles_of_ads(count, seed=9)
        by_count.append((count, _seconds(titles)))
    by_length = []
    for length in lengths:
        title = ("Project Ofice Analyst (x) - " * (length // 28 + 1))[:length]
        by_length.append((length, _seconds([title])))
    return {"distinct titles": by_count, "characters of one title": by_length}


def _seconds(titles: list[str]) -> float:
    return in_turn({"": lambda: _one_by_one(fresh_classifier(), titles)}, 3)[""]
