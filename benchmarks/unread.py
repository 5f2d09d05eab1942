"""Count right and wrong proposals of the model for titles that could not be read.

    python benchmarks/unread.py [LABELLED ...]

Each file has the columns ``title, track, level``: CSV, or TSV by its ending. Without one, they are
the files ``unread_*.csv`` in this folder. For the last line, the tables of each language are
removed in turn, and the test titles of that language are read.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from unittest.mock import patch

from pmo_classify import Classification, Classifier
from pmo_classify.knowledge.lexicon import Lexicon, read_word_rows
from pmo_classify.learning.proposer import TitleProposer, is_not_read
from pmo_classify.reading.cleaning import clean_text
from pmo_classify.reading.title_index import listed_titles
from pmo_classify.reading.tokenizer import Tokenizer, default_tokenizer, traits_of
from pmo_classify.reading.traits import OF_THE_FIELD
from pmo_classify.reading.verdict import answer_of_another_field, repairs_of, seniority_of
from pmo_classify.thresholds import REVIEW_BELOW

Row = dict[str, str]
_HERE: Final = Path(__file__).parent
LANGUAGES: Final = _HERE.parent / "tests" / "cases" / "languages"
_DEFAULT_TOKENIZER: Final = "pmo_classify.reading.tokenizer.default_tokenizer"
Pair = tuple[Row, Classification, Classification]
"""A title with its label, the answer of the rules, and that with the model."""


def main() -> None:
    """Print all figures."""
    files = [Path(name) for name in sys.argv[1:]] or unread_files()
    for line in figures_of_unread(files):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def unread_files() -> list[Path]:
    """Give the files of titles that cannot be read."""
    return sorted(_HERE.glob("unread_*.csv"))


def figures_of_unread(files: Iterable[Path]) -> Iterator[str]:
    """Give the figures of each file, and of the languages that are removed."""
    rules, model = Classifier(), Classifier(model=True)
    for file in files:
        rows = read(file)
        pairs = [(r, rules.classify(r["title"]), model.classify(r["title"])) for r in rows]
        yield f"{file.name}: {summary(pairs)}"
    yield f"languages, each without its tables: {summary(list(without_tables()))}"


def read(file: Path) -> list[Row]:
    """Read labelled titles."""
    is_tsv = file.suffix == ".tsv"
    quoting = csv.QUOTE_NONE if is_tsv else csv.QUOTE_MINIMAL
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t" if is_tsv else ",", quoting=quoting))


def summary(pairs: list[Pair]) -> str:
    """Count right tracks and levels for titles that could not be read."""
    unread = [pair for pair in pairs if is_not_read(pair[1])]
    found: Counter[str] = Counter()
    for row, before, after in unread:
        true = (row["track"], row["level"])
        is_other = row["track"] == "other"
        found["others"] += is_other
        found["right before"] += readings(before)[0] == true
        found["right after"] += readings(after)[0] == true
        found["offered before"] += true in readings(before)
        found["offered after"] += true in readings(after)
        found["replaced"] += before.track != after.track
        found["replaced others"] += is_other and before.track != after.track
        found["added others"] += is_other and before != after
    return (
        f"{len(unread)} of {len(pairs)} titles were not read, {found['others']} of them of other "
        f"trades; answer right: {found['right before']}, with the model {found['right after']}; "
        f"right among answer and alternatives: {found['offered before']}, with the model "
        f"{found['offered after']}; answers replaced: {found['replaced']}; other trades with a "
        f"proposal: {found['added others']}, as the answer: {found['replaced others']}"
    )


def readings(answer: Classification) -> list[tuple[str, str]]:
    """Give track and level of the answer and of its alternatives."""
    found = (answer, *answer.alternatives)
    return [(str(a.track), "" if a.level is None else str(int(a.level))) for a in found]


def without_tables() -> Iterator[Pair]:
    """Give the titles that cannot be read without the tables of their language."""
    word_rows = list(read_word_rows())
    speaks = {
        key: {token.language for token in default_tokenizer().tokenize(clean_text(row.title).text)}
        for key, row in listed_titles().items()
    }
    for file in sorted(LANGUAGES.glob("*.csv")):
        kept = [row for row in word_rows if row.language != file.stem]
        listed = {key: row for key, row in listed_titles().items() if file.stem not in speaks[key]}
        tokenizer = Tokenizer(Lexicon.of_rows(kept))
        proposer = TitleProposer(listed, {})
        with patch("pmo_classify.learning.training.read_word_rows", lambda kept=kept: iter(kept)):
            for row in read(file):
                clean = clean_text(row["title"])
                words = tokenizer.read(clean.text)
                traits = traits_of(words)
                if not traits & OF_THE_FIELD:
                    before = answer_of_another_field(
                        row["title"],
                        clean,
                        traits,
                        seniority=seniority_of(words, tokenizer.tokens),
                        repairs=repairs_of(tokenizer.tokens(words)),
                        review_below=REVIEW_BELOW,
                    )
                    with patch(_DEFAULT_TOKENIZER, lambda own=tokenizer: own):
                        after = proposer.propose(before)
                    yield row, before, after


if __name__ == "__main__":
    main()
