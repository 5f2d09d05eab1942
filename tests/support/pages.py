"""Reports as tests read them: the elements and texts of a page, and pages made of titles."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from pmo_classify import Classifier
from pmo_classify.labelling.labeller import Labeller
from pmo_classify.report.page import write_report

TITLES = (
    *["PMO Analyst"] * 5,
    *["Program Coordinator"] * 3,
    *["Project Manager"] * 4,
    *["Portfolio Manager"] * 2,
    "Head of PMO",
    "Project Administrator",
    *["Chef"] * 7,
    "",
)
"""Of 24 rows 10 are on the ladder, 4 in delivery, 10 in other work; 5 are to review."""

_VOID = frozenset({"meta", "img", "br", "hr", "link", "input"})
_LOADING = frozenset({"src", "href", "xlink:href", "srcset", "action", "data", "poster"})


class Page(HTMLParser):
    """A page's elements, ids, texts, the lengths of its bars, and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.styles: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in _VOID:
            self.open.append(tag)
        named = {name: value or "" for name, value in attrs}
        self.ids += [named["id"]] if "id" in named else []
        self.styles += [named["style"]] if "style" in named else []
        self.links += [value for name, value in named.items() if name in _LOADING]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] != "style":
            self.texts.append(" ".join(data.split()))

    def after(self, text: str, count: int) -> list[str]:
        """The texts that follow the first one of these words."""
        start = self.texts.index(text) + 1
        return self.texts[start : start + count]


def labelled(titles: Iterable[str]) -> Labeller:
    """Return a labeller that has labelled these titles."""
    labeller = Labeller(Classifier())
    for title in titles:
        labeller.cells(title)
    return labeller


def write_page(path: Path, titles: Iterable[str] = TITLES, **known: object) -> str:
    """Write the report of titles; ``known`` sets attributes of their summary."""
    labeller = labelled(titles)
    for name, value in known.items():
        setattr(labeller.summary, name, value)
    write_report(path, labeller.summary, source="/some/where/ads.csv")
    return path.read_text(encoding="utf-8")
