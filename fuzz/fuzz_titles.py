"""Any text as a job title: what `classify` promises of every answer."""

from __future__ import annotations

import json
import pickle
import re
import zlib
from collections.abc import Iterator
from functools import cache
from random import Random

from helpers import rows

from fuzz_target import PlainMutator, Target, pieces_swapped
from natural import natural_titles
from pmo_classify import Classification, Classifier, Track, classify
from pmo_classify.explanation import mark_words, render
from pmo_classify.knowledge.lexicon import Tag, read_word_rows
from pmo_classify.knowledge.listed_titles import read_listed_rows
from pmo_classify.knowledge.reasons import brief_reason, reason_text
from pmo_classify.reading.cleaning import clean_text, fold, is_clean
from pmo_classify.reading.normal_form import normalise

__all__ = ["TITLES", "check_title", "seed_titles"]

_FRESH_ONE_IN = 64
_MARKS = (
    " ", " ", " ", ", ", " - ", "/", " & ", " (", ") ", ": ", ". ", " | ", "-", "\t", "\n", "'",
    "&amp;", "<b>", "</b>", "\u00ad", "\u200b", "â€“", "Ã©", "ｏ", "e\u0301", "ß", "İ", "ﬁ", "\0",
    "\udcff", "😀", "\u202e", "²", "£40k", "(m/w/d)", "x2", "12 month FTC", "P.", "M.", "O.",
    "und", "*in", "/-in", "GS-0343-14", "Ref: 12-A", "2026",
)  # fmt: skip
_PIECE = re.compile(r"\w+|\s+|.", re.DOTALL)


def _check(data: bytes) -> None:
    check_title(data.decode("utf-8", "surrogateescape"))


def check_title(title: str) -> None:
    """Check what is promised of an answer; an ``AssertionError`` says which promise is broken."""
    answer = classify(title)
    _check_fields(title, answer)
    _check_explanation(title, answer)
    _check_repeats(title, answer)
    _check_normalised(title)
    _check_variants(title, answer)


def _check_fields(title: str, answer: Classification) -> None:
    assert answer.title == title
    assert 0 <= answer.confidence <= 1
    assert (answer.level is not None) == (answer.track is Track.PMO)
    assert (answer.standard_title is not None) == (answer.track is Track.PMO)
    assert answer.track is Track.PMO or not answer.scope
    assert answer.reasons
    assert all(map(reason_text, answer.reasons))
    assert brief_reason(answer.reasons)
    others = [(a.track, a.level, a.scope) for a in answer.alternatives]
    assert (answer.track, answer.level, answer.scope) not in others
    assert len(set(others)) == len(others)


def _check_explanation(title: str, answer: Classification) -> None:
    """Check that each place in an explanation is inside the title and has a word."""
    assert answer.explain().replace("\n", "").isprintable()
    assert all(title[word.start : word.end] == word.text for word in mark_words(answer))
    assert "<script" not in render(answer)
    end = 0
    for word in answer.words:
        assert 0 <= word.start <= word.end <= len(title), word
        assert word.end >= end, word
        end = word.end
        is_read = word.tag not in ("break", "slash", "noise", "place", "filler")
        if is_clean(title) and is_read:
            assert any(c.isalnum() or c in "&+" for c in title[word.start : word.end]), word


def _check_repeats(title: str, answer: Classification) -> None:
    """Check that a text gets the same answer again, after JSON and pickle, and when read anew."""
    assert classify(title) == answer
    plain = answer.as_dict(codes=True)
    assert json.loads(json.dumps(plain)) == plain
    again = pickle.loads(pickle.dumps(answer))  # noqa: S301 - our own bytes
    assert again == answer
    assert hash(again) == hash(answer)
    if zlib.crc32(title.encode("utf-8", "surrogatepass")) % _FRESH_ONE_IN == 0:
        assert Classifier().classify(title) == answer


def _check_normalised(title: str) -> None:
    """Check that normalising twice changes nothing, and never empties a title with words."""
    once = normalise(title)
    assert normalise(once) == once
    holds_words = any(c.isalnum() and c.isascii() for c in clean_text(title).text)
    assert once or not holds_words


def _check_variants(title: str, answer: Classification) -> None:
    """Check that spaces around a title, and its capitals, do not change the answer."""
    expected = _place(answer)
    if len(title) < _ROOM:
        assert _place(classify(f"  {title} \t")) == expected
    upper, lower = title.upper(), title.lower()
    # A letter that becomes two, as the Turkish dotted one does, is another text; and a reference
    # ("GS-12"), a pair of acronyms ("QA/RA") or an unknown short name is one only in capitals.
    same = len(upper) == len(lower) == len(title) and fold(upper) == fold(lower)
    same = same and not any(word.tag == Tag.ACRONYM for word in answer.words)
    if same and all(map(is_clean, (title, upper, lower))) and not _MAY_BE_CAPITALS.search(title):
        assert _place(classify(upper)) == expected, (upper, title)
        assert _place(classify(lower)) == expected, (lower, title)


def _place(answer: Classification) -> tuple[object, ...]:
    return answer.track, answer.level, answer.scope


_ROOM = 990
_MAY_BE_CAPITALS = re.compile(r"[a-z][A-Z]|[^\W\d_]-\d|(?<![^\W_])[^\W_]{1,3}[/*_:·(]-?[^\W\d_]")


def seed_titles() -> list[str]:
    """Titles of the tests' tables, of the listed ones and of made-up ads."""
    found = [row["title"] for row in rows("**/*.csv")]
    found += [row.cells["title"] for row in read_listed_rows()[::5]]
    found += [row.example for row in list(read_word_rows())[::10]]
    return list(dict.fromkeys([*found, *natural_titles(200)]))


@cache
def _words() -> list[str]:
    return [*(row.form for row in read_word_rows()), *_MARKS * 20]


def _seeds() -> Iterator[bytes]:
    for title in seed_titles():
        yield title.encode("utf-8", "replace")


def _mutate(data: bytes, random: Random, plain: PlainMutator) -> bytes:
    """Return a title with whole words or marks changed, other capitals, or bytes changed."""
    way = random.randrange(4)
    if way == 0:
        return plain(data)
    text = data.decode("utf-8", "surrogateescape")
    if way == 1:
        at = random.randrange(len(text) + 1)
        end = random.randrange(at, len(text) + 1)
        change = random.choice((str.upper, str.lower, str.swapcase, str.title))
        return (text[:at] + change(text[at:end]) + text[end:]).encode("utf-8", "surrogateescape")
    pieces = _PIECE.findall(text)
    for _ in range(random.choice((1, 1, 2, 4))):
        pieces = pieces_swapped(pieces, random, _words())
    return "".join(pieces).encode("utf-8", "surrogateescape")


TITLES = Target(_check, _seeds, _mutate, longest=4_096, seconds=60)
