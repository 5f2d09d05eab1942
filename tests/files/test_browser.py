"""Files in a web page, which has no threads, no processes and no Arrow: the same bytes come out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from browsers import like_a_browser
from hostile import ods_book, ods_row

from ads import write_ads
from natural import natural_titles
from pmo_classify.files.browser import IN_BROWSER
from pmo_classify.labelling.label_file import label_file


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A CSV that is read in blocks by Arrow elsewhere."""
    path = tmp_path / "ads.csv"
    write_ads(path, 40_000, natural_titles(300))
    assert path.stat().st_size > 1 << 22
    return path


def _labelled(source: Path) -> bytes:
    target = source.with_name(f"out{'.xlsx' if source.suffix == '.ods' else source.suffix}")
    label_file(source, target, force=True)
    return target.read_bytes()


def _parts_of(source: Path) -> dict[str, bytes]:
    """Return the parts of the labelled workbook but the one that has the time of writing."""
    _labelled(source)
    with zipfile.ZipFile(source.with_name("out.xlsx")) as archive:
        names = [name for name in archive.namelist() if name != "docProps/core.xml"]
        return {name: archive.read(name) for name in names}


def test_this_is_no_browser() -> None:
    assert not IN_BROWSER


def test_a_large_csv(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _labelled(large)
    like_a_browser(monkeypatch)
    assert _labelled(large) == before


def test_an_ods_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = ods_book(tmp_path / "ads.ods", ods_row("Job title") + ods_row("PMO Lead", 3))
    before = _parts_of(book)
    like_a_browser(monkeypatch)
    assert _parts_of(book) == before
    assert "xl/worksheets/sheet1.xml" in before


def test_what_a_browser_lacks_is_missed_elsewhere(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check is sharp: without the other way, the large file cannot be labelled."""
    like_a_browser(monkeypatch)
    monkeypatch.setattr("pmo_classify.files.streams.IN_BROWSER", False)
    with pytest.raises(RuntimeError, match="can't start new thread"):
        _labelled(large)
