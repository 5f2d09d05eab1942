"""What holds for any title: each test quotes the rule that it checks."""

from __future__ import annotations

import json
import pickle
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import Any, TypeVar

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from made_titles import NOISE_AROUND, any_text, known_titles, said, titles, titles_with

from pmo_classify import Classification, Classifier, Level, Method, Scope, Track, classify
from pmo_classify.classification import Alternative
from pmo_classify.knowledge.lexicon import (
    Lexicon,
    WordRow,
    default_lexicon,
    read_word_rows,
)
from pmo_classify.knowledge.listed_titles import read_listed_rows
from pmo_classify.reading.cleaning import _MAY_BE_MOJIBAKE
from pmo_classify.reading.normal_form import normalise
from pmo_classify.reading.title_index import index_titles
from pmo_classify.reading.tokenizer import Tokenizer, default_tokenizer

_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_CO_ORDINATOR = re.compile(r"\bco[ -]?ordinator(?=s?\b)", re.IGNORECASE)
_WORD_ROWS = list(read_word_rows())
_LISTED_ROWS = read_listed_rows()
_TOKENIZER = default_tokenizer()

seeds = st.integers(0, 2**32)
_Row = TypeVar("_Row")


@given(any_text)
def test_total(title: str) -> None:
    """`classify` takes any `str`, however odd, and never raises on content."""
    answer = classify(title)
    assert answer.title == title
    assert 0 <= answer.confidence <= 1
    assert (answer.level is not None) == (answer.track is Track.PMO)
    assert answer.reasons
    assert answer.explain()


@given(any_text, any_text)
def test_deterministic(title: str, other: str) -> None:
    """The same input always gives the same answer, whatever was asked before."""
    fresh = Classifier()
    fresh.classify(other)
    assert fresh.classify(title) == classify(title) == classify(title)


@given(any_text)
def test_normalising_is_idempotent(title: str) -> None:
    """Doing it twice changes nothing."""
    once = normalise(title)
    assert normalise(once) == once


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, str.swapcase])
@given(title=titles)
def test_case_changes_nothing(change: Callable[[str], str], title: str) -> None:
    """Case does not change the answer; it only distinguishes an unknown short name from a word."""
    one, other = classify(title), classify(change(title))
    assume(all(word.tag != "acronym" for word in (*one.words, *other.words)))
    assert said(other) == said(one)


@given(
    titles,
    st.text(" \t\n\r\u00a0\u2003\u3000", max_size=5),
    st.text(" \t\n\u00a0", min_size=1, max_size=5),
)
def test_blanks_change_nothing(title: str, around: str, between: str) -> None:
    """Surrounding space does not change the answer, nor how wide the space between words is."""
    spaced = around + title.replace(" ", between) + around
    assert said(classify(spaced)) == said(classify(title))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@given(title=any_text)
def test_composition_changes_nothing(form: str, title: str) -> None:
    """Unicode form does not change the answer: accents may be part of letters or follow them."""
    assert said(classify(unicodedata.normalize(form, title))) == said(classify(title))  # type: ignore[arg-type]


@given(any_text)
def test_compatible_letters_change_nothing(title: str) -> None:
    """Unicode form (NFKC) does not change the answer; mojibake apart, whose signs it destroys."""
    assume(not _MAY_BE_MOJIBAKE.search(unicodedata.normalize("NFC", title)))
    assert said(classify(unicodedata.normalize("NFKC", title))) == said(classify(title))


@pytest.mark.parametrize("mark", [" ", "\u2010", "\u2011"])
@given(title=titles)
def test_hyphens_change_nothing(mark: str, title: str) -> None:
    """Hyphenation does not change the answer: a hyphen between letters is like a space."""
    assert said(classify(_HYPHEN.sub(mark, title))) == said(classify(title))


@pytest.mark.parametrize(
    "spelt", ["Co-ordinator", "Coordinator", "Co ordinator", "co\u00adordinator"]
)
@given(title=titles_with(_CO_ORDINATOR))
def test_co_ordinators_are_one(spelt: str, title: str) -> None:
    """Hyphenation does not change the answer: Co-ordinator, Coordinator, Co ordinator."""
    assert said(classify(_CO_ORDINATOR.sub(spelt, title))) == said(classify(title))


def _one_or_two_words() -> Iterator[tuple[str, str, str]]:
    lexicon = default_lexicon()
    for row in _WORD_ROWS:
        joined = row.form.replace(" ", "")
        word = lexicon.lookup(joined)
        if joined != row.form and row.language == "en" and word is not None:
            yield row.form, row.tag, word.tag


@pytest.mark.parametrize(("form", "part", "joined"), list(_one_or_two_words()))
def test_one_word_or_two_is_one(form: str, part: str, joined: str) -> None:
    """Hyphenation does not change the answer: "part time" and "parttime" play one part."""
    assert part == joined, form


_BRITISH = {
    "programme": "program",
    "programmes": "programs",
    "co-ordinator": "coordinator",
    "co-ordinators": "coordinators",
    "adviser": "advisor",
    "centre": "center",
    "defence": "defense",
    "digitalisation": "digitalization",
    "labourer": "laborer",
    "modernisation": "modernization",
    "optimisation": "optimization",
    "organisation": "organization",
    "organisational": "organizational",
    "specialised": "specialized",
    "theatre": "theater",
}
_AMERICAN = {american: british for british, american in _BRITISH.items()}
_SPELT_OTHERWISE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted([*_BRITISH, *_AMERICAN], reverse=True))})(?![\w-])",
    re.IGNORECASE,
)


def _spelt_otherwise(text: str) -> str:
    both = _BRITISH | _AMERICAN
    return _SPELT_OTHERWISE.sub(lambda found: both[found[0].casefold()], text)


@given(titles_with(_SPELT_OTHERWISE))
def test_british_or_american_is_one(title: str) -> None:
    """British/American spelling does not change the answer; a French "programme" has only one."""
    assume({word.language for word in classify(title).words} <= {"", "en"})
    assert said(classify(_spelt_otherwise(title))) == said(classify(title))


@pytest.mark.parametrize(
    "row",
    [r for r in _WORD_ROWS if r.language == "en" and _spelt_otherwise(r.form) != r.form],
    ids=lambda row: row.form,
)
def test_the_tables_know_both_spellings(row: WordRow) -> None:
    """British/American spelling does not change the answer: both play the same part."""
    pieces = _spelt_otherwise(row.form).replace("-", " ").split()
    words = default_tokenizer().read(" ".join(pieces))
    assert [form.tag for form, _, _ in words] == [row.tag]


@example("Senior", "URGENT: {}")
@given(titles, st.sampled_from(NOISE_AROUND))
def test_noise_changes_nothing(title: str, noise: str) -> None:
    """Noise is nothing: place, salary, contract, reference number, grade, "(m/f/d)", shouting."""
    assert _settled(classify(noise.format(title))) == _settled(classify(title))


def _settled(answer: Classification) -> tuple[object, ...]:
    return (
        answer.track,
        answer.level,
        answer.scope,
        answer.standard_title,
        answer.seniority,
        answer.function,
        answer.needs_review,
    )


_answers = st.one_of(
    st.tuples(st.just("pmo"), st.sampled_from(Level), st.integers(0, 15).map(Scope).map(str)),
    st.tuples(st.sampled_from(["delivery", "other"]), st.none(), st.just("")),
)


def _own(title: str, answer: tuple[str, Level | None, str]) -> Classifier:
    track, level, scope = answer
    row = {"title": title, "track": track, "level": level and int(level), "scope": scope}
    return Classifier(extra_titles=[row])


@given(any_text.filter(normalise), _answers)
def test_a_user_title_wins(title: str, answer: tuple[str, Level | None, str]) -> None:
    """A user title always wins: user titles override all others, whatever they contain."""
    found = _own(title, answer).classify(title)
    assert (str(found.track), found.level, str(found.scope)) == answer
    assert "user-title" in found.reasons
    assert found.method in (Method.EXACT, Method.FUZZY)


@given(
    known_titles, _answers, st.sampled_from(NOISE_AROUND), st.sampled_from([str.upper, str.lower])
)
def test_a_user_title_wins_amid_noise(
    title: str,
    answer: tuple[str, Level | None, str],
    noise: str,
    change: Callable[[str], str],
) -> None:
    """A user title always wins, noise and case aside."""
    found = _own(title, answer).classify(noise.format(change(title)))
    assert (str(found.track), found.level, str(found.scope)) == answer


@given(any_text)
def test_as_dict_comes_back_from_json(title: str) -> None:
    """`as_dict` returns plain JSON types, from which the whole answer can be made again."""
    answer = classify(title)
    data = json.loads(json.dumps(answer.as_dict()))
    assert data == answer.as_dict()
    assert data.pop("clean_title") == answer.clean_title
    made = Classification(**_enumerated(data), evidence=answer.evidence)
    assert made == answer


def _enumerated(data: dict[str, Any]) -> dict[str, Any]:
    others = [Alternative(**_answer_of(other)) for other in data["alternatives"]]
    return {
        **_answer_of(data),
        "method": Method(data["method"]),
        "reasons": tuple(data["reasons"]),
        "alternatives": tuple(others),
    }


def _answer_of(data: dict[str, Any]) -> dict[str, Any]:
    level = None if data["level"] is None else Level(data["level"])
    return {
        **data,
        "track": Track(data["track"]),
        "level": level,
        "scope": Scope.parse(data["scope"]),
    }


@given(any_text, any_text)
def test_answers_hash_compare_and_pickle(title: str, other: str) -> None:
    """Results hash, compare and pickle."""
    answer, another = classify(title), classify(other)
    again = pickle.loads(pickle.dumps(answer))  # noqa: S301 - our own bytes
    assert again == answer
    assert hash(again) == hash(answer)
    assert (answer == another) == (title == other)
    assert len({answer, again, another}) == 1 + (title != other)


_batches = st.lists(any_text, max_size=8)


@pytest.fixture(scope="module")
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


@given(batch=_batches)
def test_threads_agree(threads: ThreadPoolExecutor, batch: list[str]) -> None:
    """Threads that share one Classifier agree with one thread."""
    shared = Classifier()
    asked = batch * 4
    assert list(threads.map(shared.classify, asked)) == [classify(title) for title in asked]


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    # Started anew, so that the processes have only what is sent to them.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@given(batch=_batches)
def test_processes_agree(processes: ProcessPoolExecutor, batch: list[str]) -> None:
    """Processes that share one Classifier agree with one thread."""
    shared = Classifier(extra_titles=[_OWN_ROW])
    halves = [batch[::2], batch[1::2]]
    answers = processes.map(shared.classify_many, halves)
    assert list(answers) == [shared.classify_many(half) for half in halves]


_OWN_ROW = {"title": "Baker", "track": "pmo", "level": 1, "scope": ""}


def _shuffled(rows: Sequence[_Row], seed: int) -> list[_Row]:
    return random.Random(seed).sample(rows, len(rows))  # noqa: S311 - an order, and no secret


@cache
def _tokenizer_of_shuffled_words(seed: int) -> Tokenizer:
    return Tokenizer(Lexicon.of_rows(_shuffled(_WORD_ROWS, seed)))


@pytest.mark.parametrize("seed", range(3))
@given(title=any_text)
def test_order_of_the_words_is_nothing(seed: int, title: str) -> None:
    """Order of the tables' rows does not matter: words."""
    shuffled = _tokenizer_of_shuffled_words(seed)
    assert shuffled.tokenize(title) == _TOKENIZER.tokenize(title)


@given(seeds)
def test_order_of_the_titles_is_nothing(seed: int) -> None:
    """Order of the tables' rows does not matter: listed titles."""
    some = _shuffled(_LISTED_ROWS, seed)[:60]
    shuffled, sorted_ = (
        {key: title._replace(line=0) for key, title in index_titles(rows, _TOKENIZER).items()}
        for rows in (some, sorted(some, key=lambda row: row.line))
    )
    assert shuffled == sorted_
