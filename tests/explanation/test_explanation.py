"""Explanations: the same content as text, in colour, as HTML and as fields."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from helpers import rows

from pmo_classify import Classifier, Level, classify
from pmo_classify.explanation import (
    explain,
    explain_in_colour,
    explanation_as_dict,
    explanation_of,
    mark_words,
    render,
)
from pmo_classify.explanation.parts import PARTS
from pmo_classify.knowledge.doubts import doubts
from pmo_classify.knowledge.listed_titles import read_listed_rows
from pmo_classify.knowledge.rules import rules

DOCS = Path(__file__).parent.parent.parent / "docs"
LISTED = [row.cells["title"] for row in read_listed_rows()][::6]
MESS = [row["title"] for row in rows("read/mess.csv")]
EXAMPLES = [row.example for table in (rules(), doubts()) for row in table.values()]
TITLES = [*LISTED, *MESS, *EXAMPLES][::4]
LONG = (
    "Project Management Office Analyst and Reporting Co-ordinator for the Change Programme, Leeds"
)


@pytest.mark.parametrize("title", TITLES)
def test_each_word_is_at_its_place(title: str) -> None:
    """Words come in the order of the title, each as it was written, and none overlap."""
    words = mark_words(classify(title))
    assert all(title[word.start : word.end] == word.text for word in words)
    assert all(first.end <= second.start for first, second in pairwise(words))
    assert {word.part for word in words} <= set(PARTS)
    assert all(word.label for word in words)


@pytest.mark.parametrize("title", [*(t for t in TITLES if t.isascii() and len(t) < 80), LONG])
def test_marks_are_under_their_words(title: str) -> None:
    """Each word of a title has its mark in the line below, under the whole word."""
    answer = classify(title)
    lines = explain(answer).splitlines()
    marks: dict[int, str] = {}
    at = 0
    for shown, marked in pairwise(lines):
        if shown.strip() and title.startswith(shown[2:], at):
            marks |= {at + column: mark for column, mark in enumerate(marked[2:])}
            at += len(shown[2:]) + 1
    for word in mark_words(answer):
        expected = {"ignored": ".", "unknown": "?"}.get(word.part, "^" if word.decides else "-")
        if word.part != "link":
            assert {marks[column] for column in range(word.start, word.end)} - {" "} == {expected}


def test_labels_lead_up_to_their_words() -> None:
    lines = explain(classify("Lead Program Planner, London")).splitlines()
    assert lines[2:7] == [
        "  Lead Program Planner, London",
        "  ---- ^^^^^^^ ^^^^^^^  ......",
        "  |    |       role     place",
        "  |    scope = programme",
        "  seniority",
    ]


@pytest.mark.parametrize("title", TITLES)
def test_colour_says_the_same(title: str) -> None:
    answer = classify(title)
    assert explain_in_colour(answer).plain == explain(answer)


@pytest.mark.parametrize("title", TITLES)
def test_what_moves_no_level_does_not_decide_it(title: str) -> None:
    """An explanation does not contradict itself."""
    seniority = [w for w in mark_words(classify(title)) if w.part == "seniority"]
    told = [s.text for s in explanation_of(classify(title)).statements if s.about == "Seniority"]
    deciding = {
        f'"{word.text}" does not change the level.' for word in seniority if "level" in word.decides
    }
    assert deciding.isdisjoint(told)


@pytest.mark.parametrize("title", ["Chief PMO Officer", "Chief Project Management Officer"])
def test_the_chief_of_a_chief_officer_is_its_role(title: str) -> None:
    answer = classify(title)
    assert answer.level is Level.DIRECTING
    assert answer.seniority is None
    words = {word.text: word for word in mark_words(answer)}
    assert words["Chief"].part == words["Officer"].part == "role"
    assert "level" in words["Chief"].decides


@pytest.mark.parametrize("title", TITLES)
def test_a_sentence_each_for_track_level_and_scope(title: str) -> None:
    found = explanation_of(classify(title))
    assert [s.about for s in found.statements[:3]] == ["Track", "Level", "Scope"]
    assert all(s.text.endswith(".") and not s.text.endswith("..") for s in found.statements)


@pytest.mark.parametrize("title", [t for t in TITLES if classify(t).needs_review])
def test_a_title_for_review_tells_its_doubts(title: str) -> None:
    found = explanation_of(classify(title))
    assert found.answer.endswith("(best guess: please review)")
    assert found.doubts


def _slugs(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("title", [*TITLES, *EXAMPLES])
def test_each_source_is_a_section_of_the_docs(title: str) -> None:
    sources = explanation_of(classify(title)).sources
    assert sources
    for source in sources:
        page, _, section = source.link.removeprefix("docs/").partition("#")
        assert section in _slugs(DOCS / page)


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("PMO Manager", True),
        ("Programme Office Lead", True),
        ("Project Planning Manager", False),
        ("Head of PMO", False),
        ("Project Manager", False),
    ],
)
def test_manager_or_lead_is_told_where_both_could_be_meant(title: str, is_told: bool) -> None:
    abouts = [statement.about for statement in explanation_of(classify(title)).statements]
    assert ("Manager or Lead" in abouts) is is_told


def test_own_titles_name_their_own_source() -> None:
    mine = Classifier(
        extra_titles=[
            {"title": "Delivery Excellence Partner", "track": "pmo", "level": 2, "source": "HR"}
        ]
    )
    text = mine.classify("Delivery Excellence Partner, Leeds").explain()
    assert "because the whole title is listed" in text
    assert "the title is in your own table" in text
    assert text.endswith("Sources\n  HR")


@pytest.mark.parametrize("title", ["", "  ", "\x1b[2J", "...", "PMO\r\nLead\x07", "办公室 PMO"])
def test_odd_texts_can_be_explained(title: str) -> None:
    """Nothing in a title can move the cursor of a terminal, or end a line."""
    text = explain(classify(title))
    assert text.replace("\n", "").isprintable()
    assert render(classify(title))


def test_fields_for_programs() -> None:
    found = explanation_as_dict(classify("Snr PMO Analyst, Leeds"))
    assert json.loads(json.dumps(found)) == found
    assert found["answer"] == "Level 2: Supporting portfolios, programmes and projects"
    words = found["words"]
    assert isinstance(words, list)
    assert words[0] == {
        "start": 0,
        "end": 3,
        "text": "Snr",
        "part": "seniority",
        "label": "seniority",
        "meaning": "senior",
        "decides": [],
    }
    assert [word["part"] for word in words] == ["seniority", "office", "role", "ignored"]


class _Reader(HTMLParser):
    """The texts of a page, without labels and style, and the elements that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.title = ""
        self.labels: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "meta":
            return
        self.open.append(tag)
        self._in_title = self._in_title or ("class", "title") in attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._in_title = self._in_title and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._in_title and self.open[-1] == "small":
            self.labels.append(data)
        elif self._in_title:
            self.title += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    assert not reader.open
    return reader


@pytest.mark.parametrize("title", [*TITLES, '<script>alert("PMO")</script> & Lead'])
def test_html_shows_the_title_and_nothing_runs(title: str) -> None:
    """The title's text is there, each word with its label, and no part of it becomes markup."""
    answer = classify(title)
    reader = _read(render(answer))
    assert "".join(reader.title.split()) == "".join(title.split())
    assert reader.labels == [word.tag for word in mark_words(answer) if word.part != "link"]
    assert not {"script", "img", "link", "iframe"} & set(reader.tags)


def test_html_says_what_the_text_says() -> None:
    answer = classify("Portfolio Manager, Leeds")
    found, html = explanation_of(answer), render(answer)
    for text in (found.answer, *found.readings, *(s.about for s in found.statements)):
        assert text in html
    assert "In doubt" in html
    assert found.sources[0].link in html


def test_html_stands_alone() -> None:
    page = render([classify("PMO Lead"), classify("Chef")], page=True)
    assert page.startswith("<!doctype html>")
    assert page.count('<section class="pmo-explained">') == 2
    assert "prefers-color-scheme:dark" in page
    assert not re.search(r"https?:|url\(|@import", page)
    _read(page.partition("<html")[1] + page.partition("<html")[2])


def test_brief_html_shows_the_answer_and_the_title_alone() -> None:
    html = render(classify("Portfolio Manager"), brief=True)
    assert _read(html).title == "Portfolio Manager"
    assert "best guess: please review" in html
    assert "<dl>" not in html
    assert "<ul>" not in html


def test_sources_are_links_where_the_docs_are_known() -> None:
    html = render(classify("PMO Lead"), docs_url="https://example.org/pmo/")
    assert '<a href="https://example.org/pmo/codebook.html#an-office">An office</a>' in html


@pytest.mark.parametrize("wrong", [["PMO Lead"], "PMO", [None]])
def test_render_wants_answers(wrong: object) -> None:
    with pytest.raises(TypeError, match=r"answers\[0\] must be a Classification, not"):
        render(wrong)  # type: ignore[arg-type]


def test_a_notebook_shows_an_answer_marked() -> None:
    answer = classify("PMO Lead")
    assert answer._repr_html_() == str(render(answer)) == render(answer)._repr_html_()
