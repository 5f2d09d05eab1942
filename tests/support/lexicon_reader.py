"""Reads titles with a lexicon that lacks one row."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from pmo_classify import Classification, Classifier
from pmo_classify.knowledge.lexicon import Lexicon, WordRow, default_lexicon
from pmo_classify.reading.tokenizer import Tokenizer


def classify_with(lexicon: Lexicon, title: str) -> Classification:
    """Return the answer that a title gets with another lexicon than ours."""
    reader = Classifier()
    reader._tokenizer = Tokenizer(lexicon)
    return reader._read(title)


def lexicon_without(row: WordRow, rows: Sequence[WordRow]) -> Lexicon:
    """Return the lexicon of all rows but one."""
    if sum(other.form == row.form for other in rows) > 1:
        return Lexicon(other for other in rows if other is not row)
    lexicon = copy.copy(default_lexicon())
    first, *later = pieces = tuple(row.form.split(" "))
    lexicon.single = dict(lexicon.single)
    lexicon.phrases = dict(lexicon.phrases)
    lexicon._expansions = {}
    if later:
        lexicon.phrases[first] = {k: v for k, v in lexicon.phrases[first].items() if k != pieces}
        if not lexicon.phrases[first]:
            del lexicon.phrases[first]
    else:
        del lexicon.single[first]
    runs = [run for found in lexicon.phrases.values() for run in found]
    lexicon.pieces = {piece for run in runs for piece in run} | lexicon.single.keys()
    lexicon.longest = {k: max(map(len, v)) for k, v in lexicon.phrases.items()}
    vars(lexicon).pop("repair_targets", None)
    return lexicon
