"""The clean title: cases, and what holds for any title."""

from __future__ import annotations

import pickle
import re

import pytest
from helpers import rows
from hypothesis import example, given
from made_titles import any_text

from pmo_classify import Classifier, classify
from pmo_classify.clean_titles.slips import right_word
from pmo_classify.clean_titles.words_left_out import is_kept
from pmo_classify.knowledge.clean_words import (
    abbreviations,
    misspelt_words,
    sign_fixes,
    spelled_words,
    writings,
)
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.cleaning import clean_text, fold
from pmo_classify.reading.tokenizer import default_tokenizer

CASES = rows("clean_titles/*.csv")
_WORD = re.compile(r"[^\W_]+")


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


_FROM_TABLES = {
    word
    for written in [
        *(row.written for row in writings().values()),
        *(row.written for found in abbreviations().values() for row in found),
        *(word for word, _ in spelled_words()),
        *(word for found in misspelt_words().values() for word, _ in found),
    ]
    for word in _words(written)
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_title_is_cleaned(case: dict[str, str]) -> None:
    """The title of each case is written as a careful person would retype it."""
    assert classify(case["title"]).clean_title == case["clean"]


@given(any_text)
def test_any_text_gives_a_trimmed_text(title: str) -> None:
    """Any text gives a trimmed string, never an error, and nothing only where there is no word."""
    clean = classify(title).clean_title
    assert clean == clean.strip()
    assert clean or not any(map(str.isalnum, title))


@given(any_text)
def test_cleaning_twice_changes_nothing(title: str) -> None:
    """A clean title is clean."""
    clean = classify(title).clean_title
    assert classify(clean).clean_title == clean


@given(any_text)
def test_the_clean_title_has_the_same_answer(title: str) -> None:
    """The clean title is read to the same answer (track, level, scope) as the raw one."""
    answer = classify(title)
    again = classify(answer.clean_title)
    assert (again.track, again.level, again.scope) == (answer.track, answer.level, answer.scope)


@given(any_text)
def test_no_noise_is_left(title: str) -> None:
    """No noise that our finder knows is left, but levels, and in a text that is kept as it is."""
    clean = classify(title).clean_title
    noise = [t for t in default_tokenizer().tokenize(clean) if t.tag == Tag.NOISE and not t.written]
    left = [token for token in noise if not is_kept(token, clean)]
    assert not left or clean in (title.strip(), clean_text(title).text)


_ENDS = tuple(
    written
    for fixes in sign_fixes().values()
    for *_, written in fixes
    if written.isalpha() and len(written) > len("form")
)


@given(any_text)
@example("KÜCHENLTG")
def test_every_word_comes_from_somewhere(title: str) -> None:
    """Every word comes from the title, from a table, or from a repair that the answer names."""
    answer = classify(title)
    known = set(_words(clean_text(title).text)) | _FROM_TABLES
    for token in answer.words:
        if token.is_repaired:
            known.update(_words(default_tokenizer().right_spelling(token)))
        known.add(right_word(token.written))
    clean = answer.clean_title
    new = set(_words(clean)) - known
    # "Küchenltg." is written with the end that a table has: "Küchenleitung".
    assert clean == title.strip() or all(word.endswith(_ENDS) for word in new)


@pytest.mark.parametrize("title", ["Snr Prog. Office Mgr", "Manager, PMO", "URGENT chef - Leeds"])
def test_an_answer_stays_a_value(title: str) -> None:
    """An answer whose clean title was asked for is the same, pickled or not."""
    answer = classify(title)
    clean = answer.clean_title
    copy = pickle.loads(pickle.dumps(answer))  # noqa: S301 - our own bytes
    assert copy == answer == Classifier().classify(title)
    assert hash(copy) == hash(answer)
    assert copy.clean_title == clean == answer.as_dict()["clean_title"]


def test_a_clean_title_of_your_own_titles_keeps_its_answer() -> None:
    """A title of the user's table is cleaned as any other."""
    own = Classifier(
        extra_titles=[{"title": "Project Chef", "track": "pmo", "level": 3, "scope": ""}]
    )
    answer = own.classify("PROJECT CHEF - Leeds, £40k")
    assert (answer.level, answer.clean_title) == (3, "Project Chef")
