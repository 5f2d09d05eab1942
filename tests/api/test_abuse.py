"""Texts that are meant to be slow: time grows in proportion to the length of a text.

What runs in Python is counted line by line, and so the same on every machine. What runs in C, the
patterns above all, cannot be counted. There ten times the text may take up to forty times as long:
that leaves room for a busy machine, and none for a square, which takes a hundred times as long.
"""

from __future__ import annotations

import csv
import itertools
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import settings

from pmo_classify import Classifier, classify
from pmo_classify.errors import FileError
from pmo_classify.knowledge.lexicon import default_lexicon
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.title_column import find_title_column
from pmo_classify.reading import cleaning as text
from pmo_classify.reading.compounds import CompoundSplitter
from pmo_classify.reading.lexer import cut
from pmo_classify.reading.noise import find_noise
from pmo_classify.reading.normal_form import normalise
from pmo_classify.reading.spelling import Speller
from pmo_classify.thresholds import MAX_TITLE_LENGTH

IS_NIGHTLY = settings().max_examples >= 2_000

ACCENTS = "\u0301\u0323"
SIGNS = ", ( () ([{ - *- / . 1 £ & &amp &amp; &lt;b> <b> <a < ' a' _ \u200b \ufdfa \u202e Ｐ 😀"
STARTS = "P.M.O. a. a@ a@b. www. https://a £1- £1-£2- £1, x----- ?~ m/w/d/ (m/ ref:-/ GS-12- A-1-"
LETTERS = "x projekt projects lead/ â€“ Ã© e\u0301\u0323 Projekt- /hr"
WORDS = "P. & x lead senior trainee support project of per no band zorblax"
REPEATED = (
    *SIGNS.split(), *STARTS.split(), *LETTERS.split(), *(f"{word} " for word in WORDS.split()),
    "Ã\u00a0", "projct offce managr ", "project programme portfolio ", "pmo lead, ", "manager of ",
    "customer service ", "12 hours ", "12 - ", "ref no. ", "1 jan ", "x 2 ", "- und ", " / , - | ",
    "manager/in ", "2024 intake, ", "a  ", "\ud800",
)  # fmt: skip
"""Pieces of which a slow text may consist."""

ENCLOSED = (
    ("x", "-", "y"), ("x", "?~", "y"), ("", "£", "x"), ("(", "a", ")"), ("<a", " ", ""),
    ("<!--", "-", ""), ("12", " ", "months"), ("&", "#", ""), ("&am", "p", ";"), ("12-", "1", "x"),
    ("ref", " ", "x"), ("", "a", "@b.c"), ("a@", "b.", "c"), ("1", "2", " k"), ("A-", "1", "x"),
    ("£", "1,", "x"), ("www.", "a", ","), ("x", " ", "- y"), ("ref no #", "-", "x"),
    ("ref", "/-", "x"), ("m", "/", "w"), ("", "Ã", " "), ("x", ACCENTS, "y"),
)  # fmt: skip
"""The same between a start and an end, where a pattern may go to the end in vain."""

SHAPES = [("", unit, "") for unit in (*REPEATED, ACCENTS)] + list(ENCLOSED)
IN_PATTERNS: dict[str, Callable[[str], object]] = {
    "find_noise": find_noise,
    "fold": text.fold,
    "is_clean": text.is_clean,
    "repair": text._repair,
    "cut": lambda text: cut(text, 0, len(text)),
}


def _made(shape: tuple[str, str, str], length: int) -> str:
    start, unit, end = shape
    return start + unit * ((length - len(start) - len(end)) // len(unit)) + end


def _lines_run(work: Callable[[], object]) -> int:
    """Return how many lines of Python run; each round of a loop counts again."""
    count = 0

    def trace(_frame: FrameType, event: str, _what: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def _time_of(work: Callable[[], object], times: int) -> float:
    """Return the processor time of some work, the shortest of several runs."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def _grows_evenly(work: Callable[[int], Callable[[], object]], short: int, long: int) -> bool:
    """Return whether ten times the text takes at most forty times as long."""
    for times in (1, 3, 5):  # tried again, because a pause of the machine may spoil one run
        briefly = max(_time_of(work(short), times), 0.000_2)
        if _time_of(work(long), times) <= 4 * long / short * briefly:
            return True
    return False


def _reading(title: str) -> Callable[[], object]:
    return lambda: Classifier().classify(title)


@pytest.fixture
def without_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read titles of any length, so that they can be long enough to measure."""
    monkeypatch.setattr(text, "MAX_TITLE_LENGTH", 1_000_000)


@pytest.mark.usefixtures("without_limit")
@pytest.mark.parametrize("shape", SHAPES, ids=ascii)
def test_reading_is_linear(shape: tuple[str, str, str]) -> None:
    """Time is linear in a title's length: even where titles have no limit."""
    if ACCENTS in shape:
        pytest.skip("Python itself takes quadratic time to order accents; 1 ms within the limit")
    short, long = (1_000, 10_000) if IS_NIGHTLY else (400, 4_000)
    classify(_made(shape, 2 * short))  # loads what it needs
    few, many = (_lines_run(_reading(_made(shape, length))) for length in (short, long))
    # A title may read otherwise when it is longer; a square would be a hundred times as much.
    assert many <= 18 * few


@pytest.mark.parametrize("function", IN_PATTERNS)
@pytest.mark.parametrize("shape", SHAPES, ids=ascii)
def test_patterns_are_linear(function: str, shape: tuple[str, str, str]) -> None:
    """Time is linear in a title's length: no pattern tries the same text again and again."""
    if ACCENTS in shape and function in ("repair", "is_clean"):
        pytest.skip("Python itself takes quadratic time to order accents; 1 ms within the limit")
    work = IN_PATTERNS[function]
    lengths = (1_000, 10_000, 100_000) if IS_NIGHTLY else (400, 4_000)
    for short, long in itertools.pairwise(lengths):
        assert _grows_evenly(lambda n: lambda: work(_made(shape, n)), short, long)


@pytest.mark.parametrize("shape", SHAPES, ids=ascii)
def test_only_the_start_of_a_long_text_is_read(shape: tuple[str, str, str]) -> None:
    """Only the first 1,000 characters of a title are read: the rest costs nothing."""
    title = _made(shape, MAX_TITLE_LENGTH - 1)
    endless = (title * 1_001)[:1_000_000]
    classify(title)
    start = _lines_run(_reading(endless[:MAX_TITLE_LENGTH]))
    assert _lines_run(_reading(endless)) <= 4 * start + 1_000


@pytest.mark.parametrize("shape", SHAPES, ids=ascii)
def test_normalising_is_idempotent_at_the_limit(shape: tuple[str, str, str]) -> None:
    """Normalising twice changes nothing, even if a title grows past the limit."""
    once = normalise(_made(shape, MAX_TITLE_LENGTH - 1))
    assert len(once) <= MAX_TITLE_LENGTH
    assert normalise(once) == once


@pytest.mark.parametrize("place", ["title", "other cell", "header", "banner"])
@pytest.mark.parametrize(
    "unit",
    ["PMO Analyst ", '"', "\n", "\r\n", ",", '","', ";", "\t", "&amp;", "â€“", ACCENTS, "£1-"],
)
def test_labelling_a_long_cell_is_linear(place: str, unit: str, tmp_path: Path) -> None:
    """A long cell takes time in proportion to its length, wherever it is."""
    source, output = tmp_path / "ads.csv", tmp_path / "out.csv"

    def labelling(length: int) -> Callable[[], object]:
        long = _made(("", unit, ""), length)
        rows = [["Id", "Job title", "Note"], ["1", "PMO Lead", "x"], ["2", "Cook", "y"]]
        if place == "banner":
            rows.insert(0, [long])
        else:
            row, column = {"title": (1, 1), "other cell": (1, 2), "header": (0, 2)}[place]
            rows[row][column] = long
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return lambda: label_csv(source, output, column="Job title", force=True)

    short = 20_000 if IS_NIGHTLY else 3_000
    assert _grows_evenly(labelling, short, 10 * short)


def test_a_long_cell_fills_no_message() -> None:
    """An error names the columns in brief, whatever the header row contains."""
    with pytest.raises(FileError) as caught:
        find_title_column([["x" * 100_000, "Note"], ["1", "2"]], None, "ads.csv")
    assert "'Note' (B)" in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_compound_is_cut_with_bounded_work() -> None:
    """An ending that is no word is tried only once, however many splits lead to it."""
    lexicon = default_lexicon()
    repair = Speller(lexicon).repair
    split = CompoundSplitter(lexicon, repair).split
    # The first compounds make the splitter and the speller build their tables.
    assert split("porgrammeoffice")
    split("projects" * 4 + "projectz")
    assert _lines_run(lambda: split("projects" * 4 + "projectx")) < 16_000
