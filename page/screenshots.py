"""Take the pictures of the web page for the documentation: ``python page/screenshots.py``.

The page must be built (``page/build.py``); the extra ``page`` and Chromium are needed.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from playwright.sync_api import sync_playwright

from pmo_classify.cli.page import page_server

_ROOT: Final = Path(__file__).resolve().parents[1]
_IMAGES: Final = _ROOT / "docs" / "img"
_DESKTOP: Final = {"width": 1_000, "height": 760}
_PHONE: Final = {"width": 360, "height": 700}
_SHOTS: Final = (
    ("page-title", "light", _DESKTOP, "#title-heading"),
    ("page-file", "light", _DESKTOP, "#found-heading"),
    ("page-doubts", "dark", _DESKTOP, "#settle-heading"),
    ("page-phone", "light", _PHONE, "#counts-heading"),
    ("page-phone-dark", "dark", _PHONE, "#settle-heading"),
)


def _workbook(path: Path) -> Path:
    """Write the example's ads as a workbook with lines above the header."""
    with (
        (_ROOT / "examples" / "job_ads.csv").open(encoding="utf-8", newline="") as ads,
        xlsxwriter.Workbook(path) as book,
    ):
        sheet = book.add_worksheet("Vacancies")
        sheet.write(0, 0, "Vacancies in May")
        for number, row in enumerate(csv.reader(ads), 3):
            sheet.write_row(number, 0, row)
    return path


def _use(page: Any, book: Path) -> None:
    """Do what a person does, until all parts of the page are shown."""
    page.get_by_text("Ready.").wait_for()
    page.fill("#title", "Snr Prog. Ofice Co-ordinator (12m FTC) - London")
    page.locator("#title-answer .words").wait_for()
    page.set_input_files("#file", str(book))
    page.locator("#found").wait_for()
    page.click("#label")
    page.locator("#card-heading").wait_for()
    page.locator("#settle").focus()
    page.keyboard.press("1")
    page.get_by_text("1 of 3 settled").wait_for()


def main() -> None:
    """Take every picture."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with (
        tempfile.TemporaryDirectory() as folder,
        page_server(_ROOT / "page" / "dist") as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        book = _workbook(Path(folder, "vacancies.xlsx"))
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        for name, scheme, size, top in _SHOTS:
            page = browser.new_page(
                viewport=size, color_scheme=scheme, reduced_motion="reduce", device_scale_factor=1.5
            )
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            _use(page, book)
            start = page.locator(top).bounding_box()["y"]
            page.evaluate("to => scrollTo(0, scrollY + to - 30)", start)
            page.screenshot(path=str(_IMAGES / f"{name}.png"))
            page.close()
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
