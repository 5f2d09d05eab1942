"""The built web page and a browser for the tests, or the reason why there is none."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[2]
BUILT = ROOT / "page" / "dist"
SOURCES = (ROOT / "src", ROOT / "data", ROOT / "page" / "static")
FLAGS = [
    "--no-sandbox",  # a container's root has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def built_page() -> Path:
    """Return the folder of the built page; the test is skipped if it is missing or old."""
    mark = BUILT / "engine" / "snapshot.bin"
    if not mark.exists():
        pytest.skip("the page is not built: python page/build.py")
    newest = max(
        path.stat().st_mtime
        for place in SOURCES
        for path in place.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    if newest > mark.stat().st_mtime:
        pytest.skip("the page was built before the last change: python page/build.py")
    return BUILT


def chromium() -> str:
    """Return the program of a browser; the test is skipped if there is none."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no Chromium here")
    return program


def page_build() -> ModuleType:
    """Return the program that builds the page, as a module."""
    about = importlib.util.spec_from_file_location("page_build", ROOT / "page" / "build.py")
    assert about is not None
    assert about.loader is not None
    module = importlib.util.module_from_spec(about)
    # Its own types are looked up there.
    sys.modules["page_build"] = module
    about.loader.exec_module(module)
    return module


def choose_file(page: Any, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.set_input_files("#file", file)


def read_titles(page: Any, name: str, data: bytes) -> None:
    choose_file(page, name, data)
    page.locator("#found").wait_for()
    page.click("#label")
    page.locator("#counts").wait_for()


def saved(page: Any, button: str) -> tuple[str, bytes]:
    """Press a button that saves a file, and return its name and bytes."""
    with page.expect_download() as download:
        page.click(button)
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()
