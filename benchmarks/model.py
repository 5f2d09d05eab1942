"""Measure what the model adds: for doubtful titles, and for labels learnt from few examples.

    python benchmarks/model.py [--rounds N] [LABELLED ...]

Each file has the columns ``title, track, level, scope``: CSV, or TSV by its ending. Without one,
it is ``doubtful_titles.csv`` in this folder. Proposals for titles that could not be read come
last; ``unread.py`` prints only these.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import ShuffleSplit
from sklearn.pipeline import make_pipeline, make_union

from pmo_classify import Classification, Classifier
from pmo_classify.learning.chooser import ReadingChooser, is_open
from pmo_classify.learning.features import class_of
from pmo_classify.reading.title_index import listed_titles
from pmo_classify.sklearn import TitleClassifier
from unread import figures_of_unread, read, unread_files

Row = dict[str, str]
OWN_TITLES = Path(__file__).with_name("doubtful_titles.csv")
DECIDED = 40
FOLDS = 10


class Tally(NamedTuple):
    """Doubtful titles: the number, right by the rules, right with the model, and changed by it."""

    titles: int
    by_rules: int
    by_model: int
    changed: int

    def __str__(self) -> str:
        return (
            f"{self.titles} in doubt, right by the rules {self.by_rules}, with the model "
            f"{self.by_model}; {self.changed} answers changed"
        )


def main() -> None:
    """Print each figure as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, default=[OWN_TITLES], metavar="LABELLED")
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    for line in figures(arguments.files, arguments.rounds):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def figures(files: Sequence[Path], rounds: int) -> Iterator[str]:
    """Give all figures, a line each."""
    yield f"titles.csv, {FOLDS} folds, read without the table: {over_listed()}"
    for file in files:
        rows = read(file)
        few = max(rounds // 4, 1)
        yield f"\n{file.name}, {len(rows)} titles"
        yield f"  model of the shipped titles: {compare(rows, [])}"
        yield f"  {DECIDED} decided as labelled, the rest: {decided(rows, few, as_labelled)}"
        yield f"  {DECIDED} decided, bare programmes other: {decided(rows, few, as_services)}"
        for name, label in TARGETS.items():
            yield from (f"  {name:13} {line}" for line in curve(rows, label, rounds))
    yield "\ntitles that were not read"
    yield from figures_of_unread([*files, *unread_files()])


def compare(rows: Iterable[Row], own: Sequence[Row]) -> Tally:
    """Count the doubtful titles that are right with and without the model."""
    plain, learnt = Classifier(own or None), Classifier(own or None, model=True)
    return tally((row, plain.classify(row["title"]), learnt.classify(row["title"])) for row in rows)


def tally(pairs: Iterable[tuple[Row, Classification, Classification]]) -> Tally:
    """Count the answers of two classifiers for doubtful titles."""
    found: Counter[str] = Counter()
    for row, before, after in pairs:
        if is_open(before):
            found["titles"] += 1
            found["by_rules"] += answer(before) == truth(row)
            found["by_model"] += answer(after) == truth(row)
            found["changed"] += answer(after) != answer(before)
    return Tally(*(found[name] for name in Tally._fields))


def answer(result: Classification) -> tuple[str, str, str]:
    """Write an answer as the files do."""
    level = "" if result.level is None else str(int(result.level))
    return str(result.track), level, str(result.scope)


def truth(row: Row) -> tuple[str, str, str]:
    """Give the true answer."""
    return row["track"], row["level"], row["scope"]


def over_listed() -> Tally:
    """Cross-validate on the shipped titles, each read by the rules alone."""
    table = list(listed_titles().items())
    random.Random(0).shuffle(table)  # noqa: S311 - folds, not secrets
    totals = [0, 0, 0, 0]
    plain = Classifier(use_listed=False)
    for fold in range(FOLDS):
        held_out = table[fold::FOLDS]
        keys = {key for key, _ in held_out}
        learnt = Classifier(use_listed=False, model=True)
        rest = {key: row for key, row in table if key not in keys}
        learnt._chooser = ReadingChooser(rest, {})  # noqa: SLF001 - what it learns from is the matter
        rows = [_row(listed) for _, listed in held_out]
        found = tally((r, plain.classify(r["title"]), learnt.classify(r["title"])) for r in rows)
        totals = [a + b for a, b in zip(totals, found, strict=True)]
    return Tally(*totals)


def _row(listed: Any) -> Row:
    level = "" if listed.level is None else str(int(listed.level))
    return {
        "title": listed.title,
        "track": str(listed.track),
        "level": level,
        "scope": str(listed.scope),
    }


def as_labelled(row: Row, _: Classification) -> Row:
    """Decide a title as the file does."""
    return row


def as_services(row: Row, result: Classification) -> Row:
    """Decide like somebody for whom 'programme' on its own is always a public service."""
    if "unsettled:programme-bare" not in result.reasons:
        return row
    return {**row, "track": "other", "level": "", "scope": ""}


def decided(
    rows: Sequence[Row], rounds: int, decide: Callable[[Row, Classification], Row]
) -> Tally:
    """Let a user decide some doubtful titles, and count how that changes the others."""
    plain = Classifier()
    results = [(row, plain.classify(row["title"])) for row in rows]
    doubtful = [decide(row, result) for row, result in results if is_open(result)]
    totals = [0, 0, 0, 0]
    for seed in range(rounds):
        random.Random(seed).shuffle(doubtful)  # noqa: S311
        own, rest = doubtful[:DECIDED], doubtful[DECIDED:]
        kept = [{k: row[k] for k in ("title", "track", "level", "scope")} for row in own]
        totals = [a + b for a, b in zip(totals, compare(rest, kept), strict=True)]
    return Tally(*totals)


TARGETS: dict[str, Callable[[Row], str]] = {
    "track": lambda row: row["track"],
    "track, level": lambda row: class_of(row["track"], int(row["level"]) if row["level"] else None),
    "ambiguous": lambda row: row["ambiguous"],
}


def curve(rows: Sequence[Row], label: Callable[[Row], str], rounds: int) -> Iterator[str]:
    """Score classifiers that learnt from few labels on titles that they have not seen."""
    titles = np.array([row["title"] for row in rows], dtype=object)
    labels = np.array([label(row) for row in rows])
    for learnt_from in (50, 200, 500):
        if learnt_from + 50 > len(rows):
            continue
        splits = ShuffleSplit(rounds, train_size=learnt_from, test_size=50, random_state=0)
        scores: dict[str, list[float]] = {}
        for train, test in splits.split(titles):
            for name, make in MODELS.items():
                model = make().fit(titles[train], labels[train])
                scores.setdefault(name, []).append(model.score(titles[test], labels[test]))
        parts = (f"{name} {mean(found):.1%}" for name, found in scores.items())
        yield f"{learnt_from} labels: " + ", ".join(parts)


def plain_model(strength: float) -> Any:
    """Make the usual model of text."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    return make_pipeline(make_union(words, pieces), LogisticRegression(C=strength, max_iter=3000))


MODELS: dict[str, Callable[[], Any]] = {
    "TF-IDF": lambda: plain_model(10),
    "TF-IDF, C=100": lambda: plain_model(100),
    "TitleClassifier": TitleClassifier,
}

if __name__ == "__main__":
    main()
