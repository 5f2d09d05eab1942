"""The gist of a title: found by its parts, it is the same as when the title is read as a whole."""

from __future__ import annotations

import random

import pytest
from helpers import rows
from hypothesis import assume, given
from hypothesis import strategies as st

from pmo_classify.knowledge.lexicon import default_lexicon, read_word_rows
from pmo_classify.knowledge.listed_titles import listed_titles, read_listed_rows
from pmo_classify.reading.cleaning import clean
from pmo_classify.reading.gist import NOTHING, GistFinder
from pmo_classify.reading.lexer import lex
from pmo_classify.reading.resolver import Resolved, resolve
from pmo_classify.reading.shapes import Shape, is_led_by_rank, outline
from pmo_classify.reading.spelling import make_repairer
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.verdict import NO_TITLE, with_rank
from pmo_classify.thresholds import LONG_WORD, REPAIR_MIN_TARGET

KEYS = list(listed_titles())
FINDER = GistFinder(default_tokenizer(), KEYS)
WORDS = [row.form for row in read_word_rows()]
TITLES = [row.cells["title"] for row in read_listed_rows()] + [r.example for r in read_word_rows()]
MARKS = [",", "-", "–", "/", "&", "(", ")", ":", "|", "and", "und", "P.", "M.", "O.", "z"]
NOISE = ["£40k", "(m/w/d)", "x", "2", "12", "month", "contract", "Ref:", "12-A", "2026", "Band",
         "6", "GS-0343-14", "July", "per", "hour", "m", "f", "REF1234", "£1,500", "365",
         "IR35", "+", "benefits", "£40k+benefits"]  # fmt: skip
ODD = ["Projekt-", "Offic", "eLead", "zorblax", "Web3", "O'Neil", "projecting", "cpm", "PROGRAMM"]
parts = st.lists(st.sampled_from([*WORDS, *MARKS, *NOISE, *ODD]), max_size=9).map(" ".join)


@given(parts)
def test_by_parts_as_by_the_whole(title: str) -> None:
    """A title's gist is the same whether its parts are looked up or it is read as a whole."""
    assert FINDER.find(title).contents == FINDER._read(title).contents


@given(st.text(max_size=40))
def test_by_parts_as_by_the_whole_on_any_text(title: str) -> None:
    """A title's gist is the same whether its parts are looked up or it is read as a whole."""
    assert FINDER.find(title).contents == FINDER._read(title).contents


@pytest.mark.parametrize("title", TITLES, ids=TITLES)
def test_the_rules_see_all_that_they_look_at(title: str) -> None:
    """Reading an outline gives what reading every word as it stands would give."""
    _check_outline(title)


@given(parts.filter(bool), st.sampled_from(["- zorblax", "(zorblax of quux)", "- quux, -", ""]))
def test_the_rules_see_all_that_they_look_at_in_any_title(title: str, end: str) -> None:
    """Reading an outline gives what reading every word as it stands would give."""
    _check_outline(f"{title} {end}")


def _check_outline(title: str) -> None:
    terms = default_tokenizer().terms(clean(title).text)
    whole = resolve(tuple(Shape(term.tokens) for term in terms))
    seen = resolve(outline([t.shape for t in terms if not t.shape.is_ignored]))
    assert _facts(seen) == _facts(whole)


def _facts(read: Resolved) -> tuple[object, ...]:
    readings = [
        (r.track, r.level, r.scope, r.rule, r.function, r.joined)
        for r in (read.reading, *read.others)
    ]
    return readings, read.doubts, read.several


@given(st.sampled_from(["senior", "deputy", "interim"]), parts)
def test_a_rank_before_a_title_is_its_rank_and_nothing_else(rank: str, title: str) -> None:
    """A title that a rank leads is read as it is without the rank, and has that rank."""
    terms = default_tokenizer().terms(clean(f"{rank} {title}").text)
    shapes = outline([t.shape for t in terms if not t.shape.is_ignored])
    assume(is_led_by_rank(shapes))
    bare, whole = resolve(shapes[1:]), resolve(shapes)
    assume(bare.starts_title)
    assert _facts(bare) == _facts(whole)
    ranks = [f"rank {number}" for number in range(len(terms))]
    given_rank = with_rank(NO_TITLE, bare, ranks, led=True).seniority
    assert given_rank == with_rank(NO_TITLE, whole, ranks, led=False).seniority


@pytest.mark.parametrize("row", rows("likeness.csv"), ids=lambda row: row["title"])
def test_case(row: dict[str, str]) -> None:
    """Titles have one gist where nothing that counts differs, and only there."""
    alike = FINDER.find(row["title"]) == FINDER.find(row["other"])
    assert alike == (row["alike"] == "yes")


@pytest.mark.parametrize("row", rows("likeness.csv"), ids=lambda row: row["title"])
def test_case_by_parts_as_by_the_whole(row: dict[str, str]) -> None:
    """A title's gist is the same whether its parts are looked up or it is read as a whole."""
    for title in (row["title"], row["other"]):
        assert FINDER.find(title).contents == FINDER._read(title).contents


def test_what_cannot_weigh_needs_no_look() -> None:
    assert FINDER.find("Kitchen Consultant, Leeds") != NOTHING
    assert FINDER.find("Kitchen Nurse, Leeds") == NOTHING


def test_many_titles_have_the_gists_of_each() -> None:
    """A batch gives what one title after the other gives, whatever stands among them."""
    titles = [*TITLES[:2000], "", " ", "PMO " * 400, TITLES[0], "\U00090000 PMO"]
    odd = ["PMO \n Lead", "\n", "Chef \n", "PMO  \n", "- \n PMO", "PMO Lead"]
    assert FINDER.find_many(titles) == [FINDER.find(title) for title in titles]
    assert FINDER.find_many(odd) == [FINDER.find(title) for title in odd]
    assert [gist.contents for gist in FINDER.find_many(odd)] == [
        FINDER._read(title).contents for title in odd
    ]
    assert FINDER.find_many([]) == []


def test_what_was_met_is_forgotten_where_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded, and what has been forgotten is found again as it was."""
    titles = TITLES[:400]
    found = [FINDER.find(title).contents for title in titles]
    monkeypatch.setattr("pmo_classify.reading.signs.WORD_CACHE_SIZE", 20)
    monkeypatch.setattr("pmo_classify.reading.gist.READING_CACHE_SIZE", 5)
    finder = GistFinder(default_tokenizer(), KEYS)
    first = finder._met
    assert [finder.find(title).contents for title in titles * 2] == found * 2
    assert finder._met is not first
    assert finder.find_many(titles * 2)
    assert len(finder._met.signs) <= 20
    assert [gist.contents for gist in finder.find_many(titles)] == found
    assert len(finder._met.gists) <= 5


def test_phrases_that_are_much_are_forgotten_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few words make many phrases, rightly spelt or not; memory is bounded by these as well."""
    first = ["Team", "Taem", "team", "TEAM", "tEam", "TEam"]
    second = ["Leader", "Ledaer", "Laeder", "Leaedr", "Leadre", "eLader", "Leaderr", "Leader,"]
    titles = [f"PMO {a} {b}" for a in first for b in second]
    found = [FINDER.find(title).contents for title in titles]
    monkeypatch.setattr("pmo_classify.reading.stretches.WORD_CACHE_SIZE", 5)
    for find_all in (GistFinder.find_many, lambda finder, all_: [finder.find(t) for t in all_]):
        finder = GistFinder(default_tokenizer(), KEYS)
        assert [gist.contents for gist in find_all(finder, titles * 2)] == found * 2
        assert len(finder._met._reader._together) <= 5 + 1
        assert len(finder._met._reader._sights) <= 5 * 4


def test_pieces_of_text_are_lexed_from_where_they_start() -> None:
    assert [lexeme.text for lexeme in lex("bandlead", 4, 8)] == ["lead"]
    assert list(lex("band", 4, 4)) == []


def test_no_right_spelling_is_overlooked() -> None:
    """The few spellings that are compared hold every one that comparing them all would find."""
    lexicon = default_lexicon()
    repair = make_repairer(lexicon)
    targets = [t for t in lexicon.repair_targets if len(t) >= REPAIR_MIN_TARGET]
    chance = random.Random(1)  # noqa: S311 - cases, no secrets
    for word in (_misspelt(chance.choice(targets), chance) for _ in range(3_000)):
        near = {t for t in targets if _is_near(word, t)}
        if lexicon.knows(word) or not word.isalpha():
            continue
        assert (repair(word) in near) == bool(near), word


def _misspelt(word: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 2))):
        at = chance.randrange(len(word) - 1)
        letter = chance.choice("aeiostx")
        ways = (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
        word = chance.choice(ways)
    return word


def _is_near(word: str, target: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return OSA.distance(word, target) <= (2 if len(target) >= LONG_WORD else 1)
