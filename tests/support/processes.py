"""Real processes of the command line, with a folder and a temporary folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
"""Whether all faults are tried, and many times; by default only some are."""

# A stop amid an import leaves the file open from which a library was loaded.
PYTHON = [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-m", "pmo_classify"]
PLAIN = {"COLUMNS": "200", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}


class Ground(NamedTuple):
    """Where processes run: ``folder`` holds the files, ``scratch`` is for temporary ones."""

    folder: Path
    scratch: Path

    @classmethod
    def make(cls, at: Path) -> Ground:
        """Make both folders."""
        ground = cls(at / "files", at / "scratch")
        ground.folder.mkdir()
        ground.scratch.mkdir()
        return ground

    def start(
        self,
        *arguments: str,
        wrap: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
        stdin: int | Any = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        """Start the command, in a group of its own as in a terminal."""
        environment = {**os.environ, **PLAIN, "TMPDIR": str(self.scratch), **(settings or {})}
        # A setting of the environment must not decide when Python writes.
        environment.pop("PYTHONUNBUFFERED", None)
        return subprocess.Popen(
            [*wrap, *PYTHON, *arguments],
            cwd=self.folder,
            env=environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509 - no thread runs in these tests
        )

    def run(self, *arguments: str, content: bytes | None = None, **more: Any) -> Run:
        """Run the command to its end."""
        if content is not None:
            more["stdin"] = subprocess.PIPE
        with self.start(*arguments, **more) as process:
            out, told = process.communicate(content, timeout=100)
        return Run(process.returncode, out, told.decode())

    def files(self) -> dict[str, bytes]:
        """Read all files of the folder; what is no plain file has no content here."""
        return {
            path.name: path.read_bytes() if path.is_file() else b""
            for path in sorted(self.folder.iterdir())
        }


class Run(NamedTuple):
    """How a process ended, what it printed, and its messages."""

    code: int
    out: bytes
    told: str

    def check_refused(self, *parts: str) -> None:
        """Check for exit code 1 and one message, which has these parts."""
        assert self.code == 1, self.told
        assert self.told.startswith("pmo-classify: "), self.told
        assert self.told.count("pmo-classify: ") == 1
        assert "Traceback" not in self.told
        assert "Exception ignored" not in self.told
        assert [part for part in parts if part not in self.told] == [], self.told


def write_csv(path: Path, rows: int) -> Path:
    """Write a table of so many different titles."""
    lines = (f"{n},Titel number {n} of mani PMO Lead\n" for n in range(rows))
    path.write_text("Id,Job title\n" + "".join(lines), encoding="utf-8")
    return path


def write_xlsx(path: Path, rows: int) -> Path:
    """Write the same table as a workbook."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Id", "Job title"])
    for n in range(rows):
        sheet.write_row(n + 1, 0, [n, f"Titel number {n} of mani PMO Lead"])
    book.close()
    return path
