"""How long one title takes, beside the nearest listed title and a trained model.

Each run has a process of its own, which has met no word before:

    python benchmarks/titles.py RUN TITLES [OTHER_TITLES]

prints the processor seconds of one of them. A cold run is the first call after the import; a warm
one has read other titles before.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from measure import Line, in_turn, medians_in_turn, shares
from pmo_classify import Classifier
from pmo_classify.reading.title_index import listed_titles
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.taxonomy import LADDER

__all__ = ["fresh_classifier", "linear_growth", "time_titles"]

_REMEMBERED: Final = 10_000  # as many answers as are surely remembered
LISTED: Final = [title for facts in LADDER.values() for title in facts.listed_titles]
COLD, WARM, ONE, KNOWN, NEAREST, TRAINED = (
    "pmo_classify, cold, all at once",
    "pmo_classify, warm, all at once",
    "pmo_classify, warm, one by one",
    "pmo_classify, titles met before",
    "rapidfuzz, nearest of 31 titles",
    "scikit-learn, TF-IDF and LR, all at once",
)


def time_titles(folder: Path, titles: list[str], others: list[str], rounds: int) -> list[Line]:
    """Time distinct titles that a classifier has never met; ``others`` are read before warm ones.

    A trained model is asked for all titles at once; its training is not timed.
    """
    paths = [folder / "titles.txt", folder / "others.txt"]
    for path, lines in zip(paths, (titles, others), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    seconds = medians_in_turn({name: _measured(name, paths) for name in _RUNS}, rounds)
    seconds[KNOWN] *= len(titles) / min(len(titles), _REMEMBERED)
    goals = {(COLD, NEAREST): 4.0, (COLD, TRAINED): 1.0, (WARM, NEAREST): 4.0, (ONE, WARM): 2.0}
    group = f"one of {len(titles):,} distinct titles"
    return shares(group, seconds, goals, "title", per=len(titles))


def _measured(name: str, paths: list[Path]) -> Callable[[], float]:
    command = [sys.executable, __file__, name, *map(str, paths)]
    return lambda: float(subprocess.run(command, check=True, capture_output=True).stdout)


def _cold(titles: list[str], _: list[str]) -> Callable[[], object]:
    return lambda: Classifier().classify_many(titles)


def _warm(titles: list[str], others: list[str]) -> Callable[[], object]:
    classifier = _that_has_read(others)
    return lambda: classifier.classify_many(titles)


def _alone(titles: list[str], others: list[str]) -> Callable[[], object]:
    classifier = _that_has_read(others)
    return lambda: _one_by_one(classifier, titles)


def _known(titles: list[str], _: list[str]) -> Callable[[], object]:
    last = titles[-_REMEMBERED:]
    classifier = Classifier()
    _one_by_one(classifier, last)
    return lambda: _one_by_one(classifier, last)


def _nearest(titles: list[str], _: list[str]) -> Callable[[], object]:
    return lambda: [process.extractOne(t, LISTED, scorer=fuzz.token_sort_ratio) for t in titles]


def _trained(titles: list[str], _: list[str]) -> Callable[[], object]:
    rows = list(listed_titles().values())
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)), LogisticRegression(max_iter=500)
    )
    model.fit([row.title for row in rows], [f"{row.track} {row.level or ''}" for row in rows])
    return lambda: model.predict(titles)


_RUNS: Final = {
    COLD: _cold, WARM: _warm, ONE: _alone, KNOWN: _known, NEAREST: _nearest, TRAINED: _trained,
}  # fmt: skip


def _that_has_read(titles: list[str]) -> Classifier:
    classifier = Classifier()
    classifier.classify_many(titles)
    return classifier


def fresh_classifier() -> Classifier:
    """Make a classifier that remembers no word."""
    default_tokenizer.cache_clear()
    return Classifier()


def _one_by_one(classifier: Classifier, titles: list[str]) -> None:
    for title in titles:
        classifier.classify(title)


def linear_growth(titles: list[str], lengths: list[int]) -> dict[str, list[tuple[int, float]]]:
    """Time ever more distinct titles, and ever longer ones; seconds for each number."""
    counts = [len(titles) * part // 8 for part in (1, 2, 4, 8)]
    by_count = [(count, _seconds(titles[:count])) for count in counts]
    by_length = []
    for length in lengths:
        title = ("Project Ofice Analyst (x) - " * (length // 28 + 1))[:length]
        by_length.append((length, _seconds([title])))
    return {"distinct titles": by_count, "characters of one title": by_length}


def _seconds(titles: list[str]) -> float:
    return in_turn({"": lambda: _one_by_one(fresh_classifier(), titles)}, 3)[""]


def main() -> None:
    """Print the processor seconds of one run."""
    titles, others = (Path(name).read_text(encoding="utf-8").split("\n") for name in sys.argv[2:4])
    run = _RUNS[sys.argv[1]](titles, others)
    start = time.process_time()
    run()
    sys.stdout.write(str(time.process_time() - start))


if __name__ == "__main__":
    main()
