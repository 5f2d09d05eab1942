"""The program that builds the page: what it takes, and what it refuses."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from web_page import ROOT, page_build

STATIC = ROOT / "page" / "static"


@pytest.fixture(scope="module")
def build() -> Any:
    return page_build()


def test_every_download_is_pinned(build: Any) -> None:
    downloads = build.read_downloads()
    assert [d.source for d in downloads] == sorted(d.source for d in downloads)
    for download in downloads:
        assert re.fullmatch(r"[0-9a-f]{64}", download.sha256)
        assert re.fullmatch(r"[\d.]+", download.version)
        assert download.why


def test_another_file_than_the_pinned_one_is_refused(
    build: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pack(*_: str, cwd: Path) -> None:
        (cwd / "thing-1.0.tgz").write_bytes(b"not what was tested")

    monkeypatch.setattr(build, "_run", pack)
    wanted = build.Download("npm", "thing", "1.0", "0" * 64, "a test")
    with pytest.raises(build.BuildError, match=r"thing 1\.0 was fetched, but has not the checksum"):
        build.fetch([wanted], tmp_path)


def test_what_was_fetched_is_not_fetched_again(
    build: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(build, "_run")
    (tmp_path / "thing.tgz").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    wanted = build.Download("npm", "thing", "1.0", digest, "a test")
    assert build.fetch([wanted], tmp_path) == {"thing": tmp_path / "thing.tgz"}


def test_a_missing_program_is_named(build: Any, tmp_path: Path) -> None:
    with pytest.raises(build.BuildError, match="no-such-npm is not installed"):
        build._run("no-such-npm", cwd=tmp_path)


def test_a_folder_with_other_files_is_kept(
    build: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert build.main([str(tmp_path)]) == 1
    assert "it holds other files, and no page: name a new folder" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").exists()


def test_only_libraries_for_the_browser_are_taken(build: Any, tmp_path: Path) -> None:
    """Of a wheel for another system its Python part is enough; the same wheels give one archive."""
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w") as out:
        for name in (
            "a/__init__.py",
            "a/b.cpython-314-wasm32-emscripten.so",
            "a/b.cpython-314-x86_64-linux-gnu.so",
            "a/b.pyi",
            "a-1.dist-info/METADATA",
        ):
            out.writestr(name, name)
    packed = build._packages([wheel])
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        assert archive.getnames() == [
            "a-1.dist-info/METADATA",
            "a/__init__.py",
            "a/b.cpython-314-wasm32-emscripten.so",
        ]
    assert build._packages([wheel]) == packed


def test_the_page_allows_nothing_from_elsewhere() -> None:
    """No address of another site, no script or style in the text, and a policy that says so."""
    text = (STATIC / "index.html").read_text(encoding="utf-8")
    assert "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src" in text
    assert "unsafe-inline" not in text
    assert re.findall(r"<script>|<style|\son\w+=|\sstyle=", text) == []
    for path in STATIC.iterdir():
        found = re.findall(r"https?://[^\"'\s]+", path.read_text(encoding="utf-8"))
        assert found in ([], ["http://www.w3.org/2000/svg"])


def test_every_part_that_the_program_names_is_in_the_page() -> None:
    text = (STATIC / "index.html").read_text(encoding="utf-8")
    program = (STATIC / "page.js").read_text(encoding="utf-8")
    made = set(re.findall(r"id: \"([\w-]+)\"", program))
    named = set(re.findall(r"(?:\$|show)\(\"([\w-]+)\"", program))
    assert named <= set(re.findall(r"\bid=\"([\w-]+)\"", text)) | made
