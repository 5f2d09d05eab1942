"""Build the web page into a folder that any web server can serve: ``python page/build.py OUT``.

The folder holds everything that the page needs: its own files from ``static/``, Python for the
browser, and one archive with this library and the libraries that it uses. What is downloaded is
listed in ``downloads.csv`` with its checksum, and kept in ``page/downloads/`` for the next time.
Python, with pip, and Node.js, with npm, are needed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["BuildError", "Download", "build", "fetch", "main", "read_downloads"]

PAGE: Final = Path(__file__).resolve().parent
USUAL_OUTPUT: Final = PAGE / "dist"

_TABLE: Final = PAGE / "downloads.csv"
_DOWNLOADS: Final = PAGE / "downloads"
_STATIC: Final = PAGE / "static"
_MARK: Final = "page.css"
_PYTHON: Final = "3.14"
_PLATFORMS: Final = ("pyemscripten_2026_0_wasm32", "manylinux2014_x86_64", "manylinux_2_28_x86_64")
"""Where a library has no wheel for the browser, the Python part of another one is taken."""

_BROWSER_LIBRARY: Final = "-wasm32-emscripten.so"
_ENGINE: Final = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)
_LEFT_OUT: Final = (".pyi", ".c", ".pyx", ".pxd")
_LONGEST: Final = 1_000


class BuildError(Exception):
    """The page cannot be built; the message says why."""


class Download(NamedTuple):
    """A row of ``downloads.csv``: a file that a registry has, and the checksum that it must have.

    ``source`` is the registry, ``npm`` or ``pypi``.
    """

    source: str
    name: str
    version: str
    sha256: str
    why: str


def read_downloads(table: Path = _TABLE) -> list[Download]:
    """Return the rows of the table of downloads."""
    with table.open(encoding="utf-8", newline="") as rows:
        return [Download(**row) for row in csv.DictReader(rows)]


def fetch(downloads: Iterable[Download], folder: Path = _DOWNLOADS) -> dict[str, Path]:
    """Return the file of each download by its name; those that are not there yet are fetched.

    A ``BuildError`` says that a file cannot be had, or is not the one that the table means.
    """
    folder.mkdir(parents=True, exist_ok=True)
    downloads = list(downloads)
    found = _by_checksum(folder)
    missing = [download for download in downloads if download.sha256 not in found]
    for download in missing:
        if download.source == "npm":
            _run("npm", "pack", f"{download.name}@{download.version}", cwd=folder)
    _fetch_wheels([download for download in missing if download.source == "pypi"], folder)
    found = _by_checksum(folder) if missing else found
    for download in downloads:
        if download.sha256 not in found:
            message = (
                f"{download.name} {download.version} was fetched, but has not the checksum in "
                f"{_TABLE.name}: it is another file than the one that was tested"
            )
            raise BuildError(message)
    return {download.name: found[download.sha256] for download in downloads}


def _by_checksum(folder: Path) -> dict[str, Path]:
    return {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for path in folder.iterdir()
        if path.is_file()
    }


def _fetch_wheels(downloads: Sequence[Download], folder: Path) -> None:
    if not downloads:
        return
    platforms = [option for name in _PLATFORMS for option in ("--platform", name)]
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch, "wheels.txt")
        # pip chooses the file by the checksum.
        lines = [f"{d.name}=={d.version} --hash=sha256:{d.sha256}\n" for d in downloads]
        wanted.write_text("".join(lines), encoding="utf-8")
        options = ["--no-deps", "--only-binary=:all:", "--python-version", _PYTHON, *platforms]
        _pip("download", "--require-hashes", *options, "--dest", str(folder), "-r", str(wanted))


def _pip(*arguments: str) -> None:
    _run(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def _run(program: str, *arguments: str, cwd: Path | None = None) -> None:
    # On Windows npm is a script, whose ending must be known.
    found = shutil.which(program)
    if found is None:
        message = f"{program} is not installed, and is needed to build the page"
        raise BuildError(message)
    run = subprocess.run(  # noqa: S603 - pip and npm, with arguments of our own
        [found, *arguments], capture_output=True, text=True, check=False, cwd=cwd
    )
    if run.returncode:
        # Errors of Pyodide quote whole lines of its program, which are very long.
        lines = (line for line in f"{run.stdout}{run.stderr}".splitlines() if len(line) < _LONGEST)
        message = f"{program} {arguments[0]} failed:\n" + "\n".join(lines)
        raise BuildError(message)


def build(output: Path, wheel: Path | None = None) -> None:
    """Build the page into a folder, which is replaced if it holds a page; see the module.

    ``wheel`` is that of this library; without it, one is made of the sources.
    """
    if output.exists() and any(output.iterdir()) and not (output / _MARK).exists():
        message = f"{output}: it holds other files, and no page: name a new folder"
        raise BuildError(message)
    table = read_downloads()
    files = fetch(table)
    with tempfile.TemporaryDirectory() as scratch:
        if wheel is None:
            _pip("wheel", "--no-deps", "--wheel-dir", scratch, str(PAGE.parent))
            (wheel,) = Path(scratch).glob("pmo_classify-*.whl")
        wheels = [wheel, *(files[row.name] for row in table if row.source == "pypi")]
        packages = _packages(wheels)
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(_STATIC, output)
    engine = output / "engine"
    engine.mkdir()
    (engine / "packages.bin").write_bytes(packages)
    with tarfile.open(files["pyodide"]) as archive:
        for name in _ENGINE:
            part = archive.extractfile(f"package/{name}")
            if part is None:
                message = f"pyodide has no file {name}"
                raise BuildError(message)
            (engine / name).write_bytes(part.read())
    _run("node", str(PAGE / "snapshot.mjs"), str(engine))


def _packages(wheels: Iterable[Path]) -> bytes:
    """Return one archive with what is in several wheels; the same wheels give the same bytes."""
    out = io.BytesIO()
    # Tar is what the worker can unpack in a few lines, and much faster than Python there.
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for wheel in wheels:
            for name, data in _files_of(wheel):
                about = tarfile.TarInfo(name)
                about.size = len(data)
                archive.addfile(about, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


def _files_of(wheel: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            is_foreign = ".so" in Path(name).suffixes and not name.endswith(_BROWSER_LIBRARY)
            if not (name.endswith(("/", *_LEFT_OUT)) or is_foreign):
                yield name, archive.read(name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the page, as the command line asks."""
    parser = argparse.ArgumentParser(description="Build the web page into a folder.")
    parser.add_argument("output", nargs="?", type=Path, default=USUAL_OUTPUT, metavar="OUT")
    parser.add_argument("--wheel", type=Path, help="a wheel of this library; default: made anew")
    asked = parser.parse_args(arguments)
    try:
        build(asked.output, asked.wheel)
    except BuildError as error:
        sys.stderr.write(f"page/build.py: {error}\n")
        return 1
    size = sum(path.stat().st_size for path in asked.output.rglob("*") if path.is_file())
    sys.stdout.write(f"written: {asked.output} ({size / 1e6:.1f} MB)\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
