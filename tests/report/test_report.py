"""The report: one page that needs nothing else, whose figures add up."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pmo_classify import Classifier
from pmo_classify.errors import FileError, MissingExtraError
from pmo_classify.labelling.labeller import Labeller, Summary
from pmo_classify.report.charts import Bar, bar_chart
from pmo_classify.report.page import check_report, write_report

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
HOSTILE = (
    "<script>alert(1)</script> Program Coordinator",
    '"><img src=x onerror=alert(1)> Program Coordinator',
    "{{ 7*7 }}{% raw %} Program Coordinator",
    "</style></svg> Program Coordinator &amp;",
    "Program\x00 Coordinator\u202e\ud800",
)
VOID = frozenset({"meta", "img", "br", "hr", "link", "input"})


class _Page(HTMLParser):
    """A page's elements, its texts, and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.spoken: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("src", "href", "xlink:href", "srcset", "action", "data", "poster"):
                self.links.append(value or "")
            if name == "aria-label" and tag == "svg":
                self.spoken.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] != "style":
            self.texts.append(" ".join(data.split()))


def _labelled(titles: tuple[str, ...]) -> Labeller:
    labeller = Labeller(Classifier())
    for title in titles:
        labeller.cells(title)
    return labeller


def _write(path: Path, titles: tuple[str, ...], **known: object) -> str:
    labeller = _labelled(titles)
    for name, value in known.items():
        setattr(labeller.summary, name, value)
    write_report(path, labeller.titles(), labeller.summary, source="/some/where/ads.csv")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _write(
        tmp_path_factory.mktemp("report") / "r.html",
        TITLES,
        read_as={"encoding": "cp1252", "column": "Job <title>"},
        warnings=["2 rows are <short>"],
        replaced_columns=("pmo_track",),
    )


@pytest.fixture(scope="module")
def page(text: str) -> _Page:
    return _Page(text)


def test_the_page_is_whole_and_loads_nothing(text: str, page: _Page) -> None:
    """Every element is closed, no id stands twice, and nothing comes from elsewhere."""
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if not link.startswith("#")] == []
    assert not {"script", "link", "iframe", "object", "embed", "base"} & set(page.tags)
    assert re.findall(r"url\((?!#)|@import", text) == []
    without_names = re.sub(r'xmlns(:xlink)?="[^"]*"', "", text)
    assert "http" not in without_names


def test_what_the_charts_refer_to_is_there(text: str, page: _Page) -> None:
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(page.ids)


def test_key_figures(page: _Page) -> None:
    figures = page.texts[page.texts.index("rows") :]
    assert figures[:12] == [
        "rows", "24", "read from the file",
        "distinct titles", "8", "each read once",
        "on the PMO ladder", "10", "41.7% of the rows",
        "rows to review", "5", "in 2 distinct titles",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chart", "spoken"),
    [
        (0, "All rows: On the ladder 10 (3 to review); Delivery 4; Other work 10 (2 to review)"),
        (1, "Levels: Level 1 1; Level 2 8 (3 to review); Level 3 0; Level 4 1"),
        (2, "Scopes: none named 6; programme 3 (3 to review); project 1"),
    ],
)
def test_the_charts_figures_add_up(page: _Page, chart: int, spoken: str) -> None:
    """All rows make 24, levels and scopes the 10 on the ladder; a screen reader says them."""
    assert page.spoken[chart] == spoken


def test_the_review_list_has_readings_and_reasons_the_most_frequent_first(page: _Page) -> None:
    start = page.texts.index("Why in doubt") + 1
    assert page.texts[start : start + 8] == [
        "Program Coordinator", "3", "Level 2", "programme", "Other work",
        "the programme of a public service",
        "'programme' on its own may mean a public service, such as training or health",
        "Portfolio Manager",
    ]  # fmt: skip


def test_frequent_titles_and_how_it_was_read(page: _Page) -> None:
    start = page.texts.index("Review") + 1
    assert page.texts[start : start + 6] == [
        "Chef",
        "7",
        "Other work",
        "PMO Analyst",
        "5",
        "Level 2",
    ]
    for told in (
        "(blank)", "cp1252", "Job <title>", "2 rows are <short>", "pmo_track (of an earlier run)",
        "Leading and managing PMOs", "ads.csv",
    ):  # fmt: skip
        assert told in page.texts
    assert "/some" not in " ".join(page.texts)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_text(tmp_path: Path, title: str) -> None:
    """It adds no element, closes none, and is shown as it stood."""
    plain = _Page(_write(tmp_path / "plain.html", ("Program Coordinator",)))
    hostile = _Page(_write(tmp_path / "hostile.html", (title,)))
    assert hostile.open == []
    assert not {"script", "img"} & set(hostile.tags)
    assert hostile.tags.count("bdi") == plain.tags.count("bdi")
    assert any(part in " ".join(hostile.texts) for part in (title, "Program Coordinator"))


def test_a_hostile_file_name_stays_text(tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    write_report(target, [], Summary(), source="<script>x</script>.csv")
    assert "script" not in _Page(target.read_text(encoding="utf-8")).tags


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    """Also in another process: no date, no random id."""
    target = tmp_path / "other.html"
    code = (
        "import pathlib, sys; sys.path.append(sys.argv[1]); import test_report;"
        "test_report._write(pathlib.Path(sys.argv[2]), test_report.TITLES)"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent), str(target)]
    subprocess.run(command, check=True)
    _write(tmp_path / "r.html", TITLES)
    assert (tmp_path / "r.html").read_bytes() == target.read_bytes()


def test_long_lists_are_cut_and_say_so(tmp_path: Path) -> None:
    titles = tuple(f"{letters} Program Coordinator" for letters in _names(1_203))
    text = _write(tmp_path / "r.html", titles)
    page = _Page(text)
    assert page.tags.count("th") == 5 + 200 + 4 + 50
    doubtful = sum(title.answer.needs_review for title in _labelled(titles).titles())
    assert doubtful > 1_100
    assert f"and {doubtful - 200:,} more titles to review" in text
    assert "The 50 most frequent of 1,203 distinct titles" in text
    assert len(text) < 200_000


def _names(count: int) -> list[str]:
    letters = "BCDFGHJKLMNPQRSTVWXZ"
    return [
        "".join(letters[number // 20**place % 20] for place in range(3)) for number in range(count)
    ]


@pytest.mark.parametrize("titles", [(), ("Chef",), ("",)])
def test_a_run_without_the_ladder_has_a_page_too(tmp_path: Path, titles: tuple[str, ...]) -> None:
    page = _Page(_write(tmp_path / "r.html", titles))
    assert page.open == []
    assert len(page.spoken) == 1
    assert "No title is in doubt: there is nothing to review." in page.texts


@pytest.mark.parametrize("module", ["jinja2", "matplotlib"])
def test_without_the_extra_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setattr("pmo_classify.extras.find_spec", lambda name: None if name == module else 1)
    with pytest.raises(MissingExtraError, match=rf"needs {module}: pip install 'pmo-classify\[rep"):
        write_report(tmp_path / "r.html", [], Summary(), source="ads.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_stays(tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(FileError, match="the file exists: name another with --report"):
        check_report(target, tmp_path / "ads.csv")
    with pytest.raises(FileError, match="the output is the input"):
        check_report(target, target, force=True)
    assert target.read_text(encoding="utf-8") == "mine"
    write_report(target, [], Summary(), source="ads.csv", force=True)
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_chart_ignores_the_users_own_settings() -> None:
    """A matplotlibrc with other fonts or grids must not change the page."""
    import matplotlib as mpl  # noqa: PLC0415 - as the code under test does

    bars = [
        Bar("Level 1", 3, 1, "#1f5fa8"),
        Bar("project + programme + portfolio", 0, 0, "#000000"),
    ]
    plain = bar_chart("a", "A", bars)
    with mpl.rc_context({"axes.grid": True, "font.size": 30, "svg.fonttype": "path"}):
        assert bar_chart("a", "A", bars) == plain
