"""The report: one self-contained page with figures that add up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pages
import pytest
from pages import TITLES, Page, labelled, write_page

from pmo_classify.errors import FileError, MissingExtraError
from pmo_classify.labelling.labeller import Summary
from pmo_classify.report.page import check_report, write_report
from pmo_classify.review.doubtful import doubtful_titles

HOSTILE = (
    "<script>alert(1)</script> Program Coordinator",
    '"><img src=x onerror=alert(1)> Program Coordinator',
    "{{ 7*7 }}{% raw %} Program Coordinator",
    "</style></svg> Program Coordinator &amp;",
    "Program\x00 Coordinator\u202e\ud800",
)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(
        tmp_path_factory.mktemp("report") / "r.html",
        TITLES,
        read_as={"encoding": "cp1252", "column": "Job <title>"},
        warnings=["2 rows are <short>"],
        replaced_columns=("pmo_track",),
    )


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_the_page_is_whole_and_loads_nothing(text: str, page: Page) -> None:
    """Every element is closed, no id occurs twice, and nothing is loaded from elsewhere."""
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert page.links == []
    assert not {"script", "link", "iframe", "object", "embed", "base"} & set(page.tags)
    assert re.findall(r"url\(|@import|http", text) == []


def test_key_figures(page: Page) -> None:
    assert page.after("rows", 11) == [
        "24", "read from the file",
        "distinct titles", "8", "each read once",
        "on the PMO ladder", "10", "41.7% of the rows",
        "rows to review", "5", "in 2 distinct titles",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("note", "bars"),
    [
        (
            "Rows by track",
            [
                "On the ladder",
                "10 (3 to review)",
                "Delivery",
                "4",
                "Other work",
                "10 (2 to review)",
            ],
        ),
        (
            "Rows on the ladder, by level",
            ["Level 1", "1", "Level 2", "8 (3 to review)", "Level 3", "0", "Level 4", "1"],
        ),
        (
            "Rows on the ladder, by scope",
            ["none named", "6", "programme", "3 (3 to review)", "project", "1"],
        ),
    ],
)
def test_the_charts_say_their_figures(page: Page, note: str, bars: list[str]) -> None:
    """All rows make 24, levels and scopes the 10 on the ladder; each number is text."""
    assert page.after(note, len(bars)) == bars


def test_the_bars_are_as_long_as_their_rows(page: Page) -> None:
    """The longest bar of a chart fills its line: 10 rows, then 8, then 6."""
    assert page.styles == [
        "width: 70.00%", "width: 30.00%", "width: 40.00%", "width: 80.00%", "width: 20.00%",
        "width: 12.50%", "width: 62.50%", "width: 37.50%", "width: 12.50%",
        "width: 100.00%", "width: 50.00%", "width: 16.67%",
    ]  # fmt: skip


def test_the_review_list_has_readings_and_reasons_the_most_frequent_first(page: Page) -> None:
    assert page.after("Why in doubt", 8) == [
        "Program Coordinator", "3", "Level 2", "programme", "Other work",
        "the programme of a public service",
        "'programme' on its own may mean a public service, such as training or health",
        "Portfolio Manager",
    ]  # fmt: skip


def test_frequent_titles_and_how_it_was_read(page: Page) -> None:
    assert page.after("Review", 6) == ["Chef", "7", "Other work", "PMO Analyst", "5", "Level 2"]
    assert set(page.texts) >= {
        "(blank)", "cp1252", "Job <title>", "2 rows are <short>", "pmo_track (of an earlier run)",
        "Leading and managing PMOs", "ads.csv",
    }  # fmt: skip
    assert "/some" not in " ".join(page.texts)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_text(tmp_path: Path, title: str) -> None:
    """It adds no element, closes none, and is shown as it was."""
    plain = Page(write_page(tmp_path / "plain.html", ("Program Coordinator",)))
    hostile = Page(write_page(tmp_path / "hostile.html", (title,)))
    assert hostile.open == []
    assert not {"script", "img"} & set(hostile.tags)
    assert hostile.tags.count("bdi") == plain.tags.count("bdi")
    assert any(part in " ".join(hostile.texts) for part in (title, "Program Coordinator"))


def test_a_hostile_file_name_stays_text(tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    write_report(target, Summary(), source="<script>x</script>.csv")
    assert "script" not in Page(target.read_text(encoding="utf-8")).tags


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    """Also in another process: no date, no random id."""
    target = tmp_path / "other.html"
    code = (
        "import pathlib, sys; sys.path.append(sys.argv[1]);"
        "from pages import write_page; write_page(pathlib.Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(Path(pages.__file__).parent), str(target)]
    subprocess.run(command, check=True)
    write_page(tmp_path / "r.html", TITLES)
    assert (tmp_path / "r.html").read_bytes() == target.read_bytes()


def test_titles_that_differ_only_in_noise_stand_once(tmp_path: Path) -> None:
    """In both lists, with the rows of all, under the most frequent one."""
    titles = ("PLANNER - Leeds", "Planner", "Planner", "Planner (m/f/d)", "Chef", "CHEF", "Chef")
    page = Page(write_page(tmp_path / "r.html", titles))
    assert page.after("Why in doubt", 2) == ["Planner", "4"]
    assert page.after("Review", 2) == ["Planner", "4"]
    # Their other spellings are only in the list of groups.
    assert [page.texts.count(text) for text in ("CHEF", "PLANNER - Leeds", "Planner (m/f/d)")] == [
        1,
        1,
        1,
    ]
    assert "in 1 distinct title" in page.texts


def test_long_lists_are_cut_and_say_so(tmp_path: Path) -> None:
    titles = tuple(f"{letters} Program Coordinator" for letters in _names(1_203))
    text = write_page(tmp_path / "r.html", titles)
    page = Page(text)
    # Three letters may also be noise, such as "FTC": one title is written in several ways.
    assert page.tags.count("th") == 5 + 200 + 4 + 50 + 4 + 1
    doubtful = len(doubtful_titles(labelled(titles).titles()))
    assert doubtful > 1_100
    assert f"and {doubtful - 200:,} more titles to review" in text
    assert "The 50 most frequent of 1,203 distinct titles" in text
    assert len(text) < 200_000


def _names(count: int) -> list[str]:
    letters = "BCDFGHJKLMNPQRSTVWXZ"
    return [
        "".join(letters[number // 20**place % 20] for place in range(3)) for number in range(count)
    ]


def test_titles_with_several_spellings(tmp_path: Path) -> None:
    """Each has its rows, its reading and five spellings; titles with one spelling are left out."""
    spellings = [f"PMO Lead (ref {number})" for number in range(101, 108)]
    page = Page(write_page(tmp_path / "r.html", ("PMO Lead", "PMO Lead", *spellings, "Chef")))
    assert page.after("Spellings", 7)[:5] == ["PMO Lead", "9", "Level 3", "PMO Lead", "2"]
    assert "and 3 more" in page.texts
    assert (
        "The 9 distinct titles say 2 different things; 1 of these is written in several ways."
        in (page.texts)
    )
    assert "Titles with several spellings" not in write_page(tmp_path / "s.html", ("Chef", "Chef"))


@pytest.mark.parametrize("titles", [(), ("Chef",), ("",)])
def test_a_run_without_the_ladder_has_a_page_too(tmp_path: Path, titles: tuple[str, ...]) -> None:
    page = Page(write_page(tmp_path / "r.html", titles))
    assert page.open == []
    assert page.tags.count("figure") == 1
    assert "No title is in doubt: there is nothing to review." in page.texts


def test_without_the_extra_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pmo_classify.extras.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"needs jinja2: pip install 'pmo-classify\[report"):
        write_report(tmp_path / "r.html", Summary(), source="ads.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_stays(tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(FileError, match="the file exists: name another with --report"):
        check_report(target, tmp_path / "ads.csv")
    with pytest.raises(FileError, match="the output is the input"):
        check_report(target, target, force=True)
    assert target.read_text(encoding="utf-8") == "mine"
    write_report(target, Summary(), source="ads.csv", force=True)
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
