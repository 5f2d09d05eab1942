"""The web page in a real browser: titles, files, decisions, refusals, who can use it."""

from __future__ import annotations

import csv
import gzip
import socket
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from commands import run_text
from odd_csv import REFUSED
from web_page import FLAGS, built_page, choose_file, chromium, page_build, read_titles, saved
from xlsx_books import full_book

from natural import natural_titles
from pmo_classify import classify
from pmo_classify.cli.page import page_server
from pmo_classify.review.doubtful import group_of

ODD = (
    b"No;Job title;Town;Employer\r\n1;Program Coordinator;Leeds;Acme\r\n"
    b"2;\"Planner \xff\n(12m)\";K\xf6ln;\r\n3;'PMO Lead';York;Byte;extra\r\n4;Chef\r\n"
)


Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address at which `pmo-classify page` serves the built page."""
    with page_server(built_page()) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install '.[page]'")
    program = chromium()
    built_page()
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


def _opened(browser: Any, address: str, **options: Any) -> Any:
    """Open the page in a window of its own, and wait until it is ready."""
    context = browser.new_context(accept_downloads=True, **options)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    page.get_by_text("Ready.").wait_for()
    return page


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Opened]:
    """Opens the page in a fresh window; what it says on the console as a fault fails the test."""
    pages: list[Any] = []

    def open_it(**options: Any) -> Any:
        pages.append(_opened(browser, address, **options))
        return pages[-1]

    yield open_it
    for page in pages:
        page.context.close()
        assert page.faults == []


@pytest.fixture(scope="module")
def shared(browser: Any, address: str) -> Iterator[Any]:
    page = _opened(browser, address)
    yield page
    page.context.close()


@pytest.fixture
def page(shared: Any) -> Any:
    """The page in a window that several tests use one after the other, each with its own file."""
    yield shared
    # The decisions of a test are carried on to the next file, and must not reach the next test.
    choose_file(shared, "none.csv", csv_of(["Chef"]))
    shared.get_by_text("none.csv: column Job title").wait_for()
    if shared.locator("#drop-earlier").is_visible():
        shared.click("#drop-earlier")
        shared.locator("#drop-earlier").wait_for(state="hidden")
    assert shared.faults == []


def doubtful_titles(most: int) -> list[str]:
    """Made-up titles that are in doubt, each of a group of its own."""
    found: dict[str, str] = {}
    for title in natural_titles(6_000):
        if classify(title).needs_review:
            found.setdefault(group_of(title), title)
    return list(found.values())[:most]


DROP = """([name, size]) => {
  const file = new File(["x"], name);
  if (size) Object.defineProperty(file, "size", { value: size });
  else file.arrayBuffer = () => Promise.reject(new Error("NotFoundError"));
  const event = new Event("drop", { bubbles: true, cancelable: true });
  Object.defineProperty(event, "dataTransfer", { value: { files: [file] } });
  document.dispatchEvent(event);
}"""
"""Drops a file of a size that it says it has; none stands for a folder, which cannot be read."""


def csv_of(titles: list[str], name: str = "Job title") -> bytes:
    return "".join(f'"{text}"\n' for text in [name, *titles]).encode()


def test_a_title_is_read_while_it_is_typed(page: Any) -> None:
    page.locator("#title").press_sequentially("Snr Prog. Ofice Co-ordinator - Leeds 😀")
    page.locator(".badge.level-2").wait_for()
    answer = page.locator("#title-answer")
    answer.get_by_text("Senior Programme Office Co-ordinator").wait_for()
    assert answer.locator(".title").inner_text() == "Snr Prog. Ofice Co-ordinator - Leeds 😀"
    assert answer.locator(".title .level").all_inner_texts() == ["Ofice", "Co-ordinator"]
    assert "Supporting portfolios, programmes and projects" in answer.inner_text()
    assert "Scope: programme" in answer.inner_text()
    assert '"ofice" was read as "office"' in answer.inner_text()
    page.fill("#title", "Program Coordinator")
    answer.get_by_text("a person should decide").wait_for()
    assert answer.get_by_text("It could also be").is_visible()
    page.fill("#title", "")
    answer.locator(".answer").wait_for(state="detached")


def test_it_works_without_a_network(open_page: Opened) -> None:
    page = open_page()
    page.context.set_offline(True)
    page.fill("#title", "Head of PMO")
    page.locator(".badge.level-4").wait_for()
    read_titles(page, "ads.csv", ODD)
    assert saved(page, "#save-labelled")[0] == "ads.labelled.csv"


def test_nothing_is_asked_of_anybody_else(open_page: Opened, address: str) -> None:
    """All requests are for files of the folder; others are blocked, in the worker too."""
    page = open_page()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.get_by_text("Ready.").wait_for()
    read_titles(page, "ads.csv", ODD)
    saved(page, "#save-report")
    ours = [url for url in asked if url.startswith((address, f"blob:{address}"))]
    assert asked == ours
    assert {url.removeprefix(address) for url in ours} >= {"engine/packages.bin", "page.js"}
    with socket.create_server(("127.0.0.1", 0)) as other:
        heard: list[object] = []
        threading.Thread(target=lambda: heard.append(other.accept()), daemon=True).start()
        url = f"http://127.0.0.1:{other.getsockname()[1]}/"
        tried = "url => fetch(url).then(() => 'sent', () => 'blocked')"
        assert page.evaluate(tried, url) == "blocked"
        assert page.workers[0].evaluate(tried, url) == "blocked"
        assert heard == []
    assert page.context.cookies() == []
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0
    blocked = [fault for fault in page.faults if "Content Security Policy" in fault or url in fault]
    for fault in blocked:
        page.faults.remove(fault)
    assert blocked


@pytest.mark.parametrize("name", ["book.xlsx", "odd.csv", "odd.csv.gz"])
def test_a_file_comes_back_as_from_the_command_line(page: Any, tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    if name == "book.xlsx":
        full_book(source)
    else:
        source.write_bytes(gzip.compress(ODD) if name.endswith(".gz") else ODD)
    run = run_text("label", name, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    read_titles(page, name, source.read_bytes())
    made, data = saved(page, "#save-labelled")
    assert data == (tmp_path / made).read_bytes()


def test_what_was_found_is_shown_and_can_be_changed(page: Any, tmp_path: Path) -> None:
    lines = b"Export\n\nNo,Job title,Role title\n1,Chef,PMO Lead\n2,Cook,PMO Head\n3,Nurse,Chef\n"
    choose_file(page, "ads.csv", lines)
    page.locator("#found-said").get_by_text("the titles could be in 'Job title' (B)").wait_for()
    assert page.locator("#label").is_disabled()
    page.select_option("#column", "C")
    page.get_by_text("column Role title, header in row 3.").wait_for()
    assert page.locator("#preview th.titles").inner_text() == "C Role title"
    assert page.locator("#preview tbody tr").count() == 3
    page.fill("#header", "4")
    page.locator("#header").blur()
    page.get_by_text("header in row 4").wait_for()
    page.click("#label")
    page.locator("#counts").wait_for()
    (tmp_path / "ads.csv").write_bytes(lines)
    run_text("label", "ads.csv", "--column", "C", "--header-row", "4", cwd=tmp_path)
    assert saved(page, "#save-labelled")[1] == (tmp_path / "ads.labelled.csv").read_bytes()


def test_fifty_decisions_by_keyboard(page: Any, tmp_path: Path) -> None:
    """The table of decisions, the labelled file and the report are those of the command line."""
    titles = doubtful_titles(50)
    assert len(titles) == 50
    read_titles(page, "ads.csv", csv_of([*titles, "PMO Lead"]))
    # From the file on, no key but Tab, Enter and the digits is needed.
    page.locator("#to-cards").focus()
    page.keyboard.press("Enter")
    decisions = []
    for number in range(50):
        page.get_by_text(f"{number} of 50 settled").wait_for()
        assert page.evaluate("() => document.activeElement.id") in {"card-heading", "settle"}
        title = page.locator("#card-heading").inner_text()
        choices = page.locator(".choice span").all_inner_texts()
        key = number % len(choices)
        decisions.append((title, choices[key]))
        page.keyboard.press(str(key + 1))
    page.get_by_text("50 of 50 settled").wait_for()
    page.get_by_text("All is settled").wait_for()
    name, mine = saved(page, "#save-titles")
    with (tmp_path / "review.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("title", "decision"), *decisions])
    run_text("apply", "review.csv", "--titles", "my_titles.csv", cwd=tmp_path)
    assert (name, mine) == ("my_titles.csv", (tmp_path / "my_titles.csv").read_bytes())
    (tmp_path / "ads.csv").write_bytes(csv_of([*titles, "PMO Lead"]))
    more = ("--titles", "my_titles.csv", "--report", "ads.report.html")
    run_text("label", "ads.csv", *more, cwd=tmp_path)
    for button in ("#save-labelled", "#save-report"):
        made, data = saved(page, button)
        assert data == (tmp_path / made).read_bytes()
    assert "0 to review" in page.locator("#counts-heading").inner_text()


def test_decisions_are_used_next_month(open_page: Opened) -> None:
    page = open_page()
    mine = b"title,track,level,scope,ambiguous,source\nPlanner,pmo,2,,0,reviewed\n"
    page.set_input_files(
        "#earlier", {"name": "my_titles.csv", "mimeType": "text/csv", "buffer": mine}
    )
    page.get_by_text("my_titles.csv: 1 decision in use.").wait_for()
    page.fill("#title", "planner")
    page.get_by_text("As you decided.").wait_for()
    read_titles(page, "ads.csv", csv_of(["Planner", "Program Coordinator"]))
    page.get_by_text("0 of 1 settled").wait_for()
    page.locator(".choice").first.click()
    page.get_by_text("1 of 1 settled").wait_for()
    assert saved(page, "#save-titles")[1].startswith(mine + b"Program Coordinator,pmo,2,")
    page.click("#drop-earlier")
    page.get_by_text("1 of 2 settled").wait_for()
    assert b"Planner" not in saved(page, "#save-titles")[1]


def test_undo_skip_something_else_and_another_title(page: Any) -> None:
    read_titles(page, "ads.csv", csv_of(["Planner", "Program Coordinator", "Chef", "Chef"]))
    heading = page.locator("#card-heading")
    assert heading.inner_text() == "Planner"
    page.locator("#settle").focus()
    page.keyboard.press("1")
    page.get_by_text("1 of 2 settled").wait_for()
    page.keyboard.press("u")
    page.get_by_text("0 of 2 settled").wait_for()
    heading.get_by_text("Planner").wait_for()
    page.keyboard.press("s")
    heading.get_by_text("Program Coordinator").wait_for()
    page.get_by_text("Something else").click()
    page.select_option("#else-level", "4")
    page.get_by_label("portfolio").check()
    page.get_by_role("button", name="Take this").click()
    page.get_by_text("1 title skipped.").wait_for()
    page.get_by_role("button", name="Go through the skipped ones").click()
    heading.get_by_text("Planner").wait_for()
    page.fill("#search", "chef 1")
    page.get_by_text("No title has these letters.").wait_for()
    page.fill("#search", "chef")
    page.get_by_role("button", name="Change Chef").click()
    heading.get_by_text("Chef").wait_for()
    page.get_by_role("button", name="Level 1").click()
    page.get_by_text("1 of 2 settled, and 1 other title read as you say").wait_for()
    page.locator("#hits .badge.level-1").wait_for()
    lines = saved(page, "#save-titles")[1].decode().splitlines()
    assert lines[1:] == [
        "Program Coordinator,pmo,4,programme+portfolio,0,reviewed",
        "Chef,pmo,1,,0,reviewed",
    ]


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSALS = {
    **{f"{name}.csv": REFUSED[name][0] for name in ("noise", "quote never closed", "empty")},
    "locked.xlsx": COMPOUND + "EncryptedPackage".encode("utf-16-le"),
    "cut.xlsx": b"PK\x03\x04" + bytes(60),
    "broken.xls": COMPOUND + bytes(2_000),
    "broken.ods": b"PK\x05\x06" + bytes(18),
    "notes.pdf": b"%PDF-1.7",
}


def test_refusals_are_those_of_the_command_line(page: Any, tmp_path: Path) -> None:
    """One after the other in one window, which stays usable."""
    for name, data in REFUSALS.items():
        (tmp_path / name).write_bytes(data)
        choose_file(page, name, data)
        said = page.locator("#refused")
        said.get_by_text(name).wait_for()
        run = run_text("label", name, cwd=tmp_path)
        assert f"pmo-classify: {said.inner_text()}\n" == run.stderr
    read_titles(page, "ads.csv", ODD)
    assert not page.locator("#refused").is_visible()


def test_a_faulty_table_of_decisions_is_refused(page: Any) -> None:
    bad = b"title,track,level,scope,ambiguous,source\nPlanner,pmo,7,,0,\nChef,none,,,0,\n"
    page.set_input_files("#earlier", {"name": "mine.csv", "mimeType": "text/csv", "buffer": bad})
    page.get_by_text("mine.csv:2: level '7' is not a level").wait_for()
    assert "mine.csv:3: " in page.locator("#refused").inner_text()


def test_a_run_is_stopped_and_the_next_one_is_whole(open_page: Opened) -> None:
    """Stopping leaves the file chosen, and the decisions."""
    page = open_page()
    read_titles(page, "ads.csv", csv_of(["Planner"]))
    page.locator(".choice").first.click()
    page.get_by_text("1 of 1 settled").wait_for()
    choose_file(page, "many.csv", csv_of(natural_titles(20_000)))
    page.get_by_text("many.csv: column Job title").wait_for()
    page.click("#label")
    page.locator("#working-said").get_by_text("of about").wait_for()
    page.evaluate(DROP, ["few.csv", 1])
    page.get_by_text("A file is being read: wait for it, or stop it first.").wait_for()
    page.click("#stop")
    page.get_by_text("Stopped: nothing was read.").wait_for()
    assert not page.locator("#counts").is_visible()
    choose_file(page, "few.csv", csv_of(["PMO Lead", "PLANNER - Leeds"]))
    page.get_by_text("few.csv: column Job title, header in row 1.").wait_for()
    page.click("#label")
    page.get_by_text("2 rows, 2 distinct titles, 0 to review").wait_for()
    assert b'"PLANNER - Leeds","other"' in saved(page, "#save-labelled")[1]


def test_one_sheet_of_several_is_chosen(page: Any, tmp_path: Path) -> None:
    book = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(book) as out:
        for name, title in (("May", "PMO Lead"), ("June", "Chef")):
            out.add_worksheet(name).write_column(0, 0, ["Job title", title])
    choose_file(page, "two.xlsx", book.read_bytes())
    page.get_by_text("sheet May, column Job title, header in row 1; sheet June").wait_for()
    page.select_option("#sheet", "June")
    page.get_by_text("two.xlsx: sheet June, column Job title, header in row 1.").wait_for()
    assert page.locator("#preview td").all_inner_texts() == ["Chef"]
    # What was read before a change is no longer shown.
    page.click("#label")
    page.locator("#counts").wait_for()
    page.select_option("#sheet", "May")
    page.get_by_text("two.xlsx: sheet May, column Job title, header in row 1.").wait_for()
    assert not page.locator("#counts").is_visible()
    page.select_option("#sheet", "June")
    page.get_by_text("two.xlsx: sheet June, column Job title, header in row 1.").wait_for()
    page.click("#label")
    page.get_by_text("1 row, 1 distinct title, 0 to review").wait_for()
    run_text("label", "two.xlsx", "--sheet", "June", cwd=tmp_path)
    assert saved(page, "#save-labelled")[1] == (tmp_path / "two.labelled.xlsx").read_bytes()


def test_after_a_crash_another_file_can_be_chosen(open_page: Opened) -> None:
    """The file that may have caused it is not taken up again by itself."""
    page = open_page()
    read_titles(page, "ads.csv", csv_of(["Planner"]))
    page.locator(".choice").first.click()
    page.get_by_text("1 of 1 settled").wait_for()
    page.workers[0].evaluate("() => void setTimeout(() => { throw new Error('it broke') })")
    page.locator("#broken").wait_for()
    choose_file(page, "other.csv", csv_of(["planner", "Program Coordinator"]))
    page.get_by_text("other.csv: column Job title").wait_for()
    page.click("#label")
    page.get_by_text("0 of 1 settled").wait_for()
    page.faults.clear()


def test_a_crash_is_told_and_nothing_decided_is_lost(open_page: Opened) -> None:
    page = open_page()
    read_titles(page, "ads.csv", csv_of(["Planner", "Program Coordinator", "Chef"]))
    page.locator(".choice").first.click()
    page.get_by_text("1 of 2 settled").wait_for()
    page.workers[0].evaluate("() => void setTimeout(() => { throw new Error('it broke') })")
    page.get_by_text("The reader of titles has stopped: ").wait_for()
    page.click("#restart")
    page.locator("#broken").wait_for(state="hidden")
    page.get_by_text("1 of 2 settled").wait_for()
    page.locator("#card-heading").get_by_text("Program Coordinator").wait_for()
    assert b"Planner,other" in saved(page, "#save-titles")[1]
    assert b'"Planner","other"' in saved(page, "#save-labelled")[1]
    page.faults.clear()


def test_what_a_browser_lacks_is_said(open_page: Opened) -> None:
    page = open_page()
    for reason, said in {
        "RangeError: could not allocate memory": "There is not enough memory",
        "CompileError: WebAssembly.instantiate()": "This browser is too old",
        "RuntimeError: unreachable": "it is damaged, or asks for more memory",
    }.items():
        fault = "text => void setTimeout(() => { throw new Error(text) })"
        page.workers[0].evaluate(fault, reason)
        page.get_by_text(said).wait_for()
        page.click("#restart")
        page.get_by_text("Ready.").wait_for()
    page.faults.clear()


def test_what_is_dropped_and_cannot_be_read_is_refused(page: Any) -> None:
    """A file that is too large is not even read; a folder comes as a file that cannot be."""
    page.evaluate(DROP, ["huge.csv", 2**30])
    page.get_by_text("huge.csv: it is larger than 256 MiB, too much for a web page").wait_for()
    page.evaluate(DROP, ["vacancies", 0])
    page.get_by_text("vacancies: it cannot be read: if it is a folder, choose a file").wait_for()


PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1_100, "height": 900}


def _with_everything(page: Any) -> None:
    """Bring the page to where all its parts are shown."""
    page.fill("#title", "Snr Program Coordinator (12m FTC) - Leeds")
    page.locator("#title-answer .words").wait_for()
    read_titles(page, "ads.csv", ODD)
    page.locator("#card-heading").wait_for()
    page.get_by_text("Something else").click()
    page.fill("#search", "e")
    page.locator("#hits button").first.wait_for()
    choose = {"name": "bad.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    page.set_input_files("#earlier", choose)
    page.locator("#refused").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Opened, scheme: str) -> None:
    """Contrast, labels, roles, landmarks: on a desktop and on a narrow phone."""
    build = page_build()
    wanted = [download for download in build.read_downloads() if download.name == "axe-core"]
    with tarfile.open(build.fetch(wanted)["axe-core"]) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        axe = member.read().decode()
    # The policy of the page would stop the script of the checker.
    page = open_page(bypass_csp=True, color_scheme=scheme, viewport=DESKTOP)
    page.evaluate(axe)
    _with_everything(page)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        found = page.evaluate("() => axe.run()")
        faults = [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]]
        assert faults == []
        assert found["passes"]


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_is_cut_off_on_a_narrow_screen(page: Any, width: int) -> None:
    """Only the table of the first rows scrolls sideways, within its frame."""
    _with_everything(page)
    page.set_viewport_size({"width": width, "height": 740})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.set_viewport_size(DESKTOP)


def test_the_keyboard_alone_is_enough(open_page: Opened) -> None:
    """From the title to the saved file, with Tab, Enter and digits; the focus goes along."""
    page = open_page()
    # From now on the browser tells of the dialog for a file instead of showing it.
    page.on("filechooser", lambda _chooser: None)

    def tab_to(wanted: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.id") == wanted:
                return
        pytest.fail(f"no Tab leads to {wanted}")

    tab_to("title")
    page.keyboard.type("PMO Lead")
    page.locator("#title-answer .badge").wait_for()
    tab_to("file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    titles = {"name": "ads.csv", "mimeType": "text/csv", "buffer": csv_of(["Planner", "Chef"])}
    chooser.value.set_files(titles)
    page.locator("#found-heading:focus").wait_for()
    tab_to("label")
    page.keyboard.press("Enter")
    page.locator("#counts-heading:focus").wait_for()
    tab_to("to-cards")
    page.keyboard.press("Enter")
    page.locator("#card-heading:focus").wait_for()
    page.keyboard.press("2")
    page.locator("#settle:focus").wait_for()
    tab_to("save-labelled")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert b'"Planner","pmo","2"' in Path(download.value.path()).read_bytes()


def test_digits_in_a_field_decide_nothing(page: Any) -> None:
    read_titles(page, "ads.csv", csv_of(["Planner", "Chef"]))
    page.locator("#search").press_sequentially("1")
    page.locator("#title").press_sequentially("2")
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    assert page.locator("#settled").inner_text() == "0 of 1 settled"


def test_less_motion_is_respected(open_page: Opened) -> None:
    page = open_page(reduced_motion="reduce")
    read_titles(page, "ads.csv", csv_of(["Planner"]))
    moves = "() => getComputedStyle(document.querySelector('.bar i')).transitionDuration"
    assert page.evaluate(moves) == "0s"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moves) != "0s"
