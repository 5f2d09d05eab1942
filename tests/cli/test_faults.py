"""Faults around a run, on real processes: disks, folders, links, limits, settings, odd names.

After each the input is as it was, the output is whole or not there, no temporary file is left, and
one message says what, where, and what to do. ``HYPOTHESIS_PROFILE=nightly`` tries more of them.
"""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pytest
from processes import NIGHTLY, Ground, write_csv, write_xlsx
from pyarrow import parquet

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits, links and modes of POSIX")

_Case = TypeVar("_Case")
IS_ROOT = os.name == "posix" and os.geteuid() == 0
ROWS = 1_500
GOLD = "title,track,level,scope\nPMO Lead,pmo,1,\n" + "Chef,pmo,2,\n" * 300
OLD = "Job title,pmo_track,pmo_level,pmo_scope\n"


def _some(cases: dict[str, _Case], *usual: str) -> dict[str, _Case]:
    """Return all cases in the nightly profile, and only these in the usual one."""
    return cases if NIGHTLY else {name: cases[name] for name in usual}


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    ground = Ground.make(tmp_path)
    write_csv(ground.folder / "ads.csv", ROWS)
    write_xlsx(ground.folder / "ads.xlsx", ROWS // 3)
    parquet.write_table(
        pa.table({"post": ["Chef", "PMO Lead"] * ROWS}), ground.folder / "ads.parquet"
    )
    texts = {
        "ads.jsonl": '{"post": "Chef"}\n' * ROWS,
        "gold.csv": GOLD,
        "old.csv": OLD,
        "new.csv": OLD,
    }
    texts["new.csv"] += "".join(f"Title {n},pmo,2,\n" for n in range(500))
    for name, text in texts.items():
        (ground.folder / name).write_text(text, encoding="utf-8")
    return ground


def _limit(which: int, most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(which, (most, most))


FULL: dict[str, tuple[tuple[str, ...], str]] = {
    "a csv": (("label", "ads.csv"), "ads.labelled.csv: cannot be written: File too large"),
    "a workbook": (("label", "ads.xlsx"), "ads.labelled.xlsx: cannot be written: File too large"),
    "lines": (("label", "ads.jsonl"), "ads.labelled.jsonl: cannot be written: File too large"),
    "parquet": (("label", "ads.parquet"), "ads.labelled.parquet: cannot be written: File too"),
    "compressed": (("label", "ads.csv", "-o", "ads.csv.xz"), "cannot be written: File too large"),
    "to stdout": (("label", "ads.csv", "-o", "-"), "the temporary folder cannot be used"),
    "review": (("review", "new.csv"), "cannot be written: File too large"),
    "misread titles": (("evaluate", "gold.csv", "--wrong", "w.csv"), "w.csv: cannot be written"),
    "differences": (("diff", "old.csv", "new.csv", "--csv", "d.csv"), "d.csv: cannot be written"),
}


@pytest.mark.parametrize(
    "case", _some(FULL, "a workbook", "lines", "parquet", "compressed", "to stdout").values()
)
def test_a_full_disk(ground: Ground, case: tuple[tuple[str, ...], str]) -> None:
    arguments, message = case
    before = ground.files()
    run = ground.run(*arguments, before=_limit(resource.RLIMIT_FSIZE, 100))
    run.check_refused(message)
    assert ground.files() == before
    assert list(ground.scratch.iterdir()) == []


MOUNTED = {
    "full": ("size=80k", "", "No space left on device"),
    "read-only": ("size=1m", "mount -o remount,ro files", "Read-only file system"),
}


@pytest.mark.skipif(not IS_ROOT, reason="only root mounts")
@pytest.mark.parametrize("name", MOUNTED)
def test_a_disk_of_its_own(tmp_path: Path, name: str) -> None:
    """A real file system that is full, or that nobody may write on."""
    options, then, message = MOUNTED[name]
    ground = Ground.make(tmp_path)
    ads = write_csv(tmp_path / "ads.csv", ROWS)
    script = (
        f"set -e; cd ..; mount -t tmpfs -o {options} none files; cp ads.csv files; {then}\n"
        'cd files; "$@" || code=$?; ls -A; cmp ads.csv ../ads.csv; exit $code'
    )
    wrap = ["unshare", "--mount", "sh", "-c", script, "sh"]
    if subprocess.run([*wrap[:2], "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody mount")
    run = ground.run("label", "ads.csv", wrap=wrap)
    run.check_refused(f"ads.labelled.csv: cannot be written: {message}")
    assert run.out == b"ads.csv\n"
    assert ads.exists()


LIMITED = {
    "32 files and helpers": (("ads.csv", "--jobs", "2"), 32),
    "32 files": (("ads.xlsx",), 32),
    "1,000 files": (("ads.csv", "--jobs", "2"), 1_000),
    "8 files and helpers": (("ads.csv", "--jobs", "2"), 8),
}


@pytest.mark.parametrize("case", _some(LIMITED, "8 files and helpers"))
def test_few_open_files(ground: Ground, case: str) -> None:
    """Few are enough; where helpers do not get theirs, the titles are read without them."""
    arguments, most = LIMITED[case]
    run = ground.run("label", *arguments, before=_limit(resource.RLIMIT_NOFILE, most))
    assert run.code == 0, run.told
    assert "Traceback" not in run.told


@pytest.mark.skipif(not NIGHTLY, reason="for the nightly profile")
def test_too_few_open_files(ground: Ground) -> None:
    before = ground.files()
    run = ground.run("label", "ads.csv", before=_limit(resource.RLIMIT_NOFILE, 5))
    run.check_refused("Too many open files")
    assert ground.files() == before


@pytest.mark.skipif(not NIGHTLY, reason="for the nightly profile")
def test_too_little_memory(ground: Ground) -> None:
    """Running out of memory in the middle of the work also ends with one message."""
    with (ground.folder / "wide.csv").open("w", encoding="utf-8") as out:
        out.write("Id,Job title\n" + "," * 30_000_000 + "\n")
    run = ground.run("label", "wide.csv", before=_limit(resource.RLIMIT_AS, 400 << 20))
    run.check_refused("there is not enough memory: close other programs, or split the file")
    assert not (ground.folder / "wide.labelled.csv").exists()


PLACES: dict[str, tuple[tuple[str, ...], str]] = {
    "a folder": (("label", "."), ".: this is a folder: name a file in it"),
    "nothing": (("label", ""), "this is a folder"),
    "an endless device": (("label", "/dev/zero"), "/dev/zero: this is a device: name a file"),
    "no device": (("label", "/dev/null"), "/dev/null: this is a device"),
    "a device as titles": (("label", "ads.csv", "--titles", "/dev/zero"), "it is a device"),
    "a device as a review": (("apply", "/dev/zero", "--titles", "my.csv"), "this is a device"),
    "into a folder": (("label", "ads.csv", "-o", "."), ".: this is a folder"),
    "into a device": (("label", "ads.csv", "-o", "/dev/null", "--force"), "a pipe or a device"),
    "into no folder": (("label", "ads.csv", "-o", "no/out.csv"), "no/out.csv: cannot be written"),
    "a long name": (("label", "x" * 300), "File name too long: check the name"),
    "into a long name": (("label", "ads.csv", "-o", "x" * 300), "File name too long"),
    "a review of a long name": (("review", "x" * 300), "File name too long"),
    "into its own titles": (
        ("label", "ads.csv", "--titles", "my.csv", "-o", "my.csv", "--force"),
        "my.csv: this is one of the inputs: name another with --output",
    ),
    "both into one file": (
        ("label", "ads.csv", "-o", "x.csv", "--report", "x.csv", "--force"),
        "x.csv: another file of this run goes there: name one with --report",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "case",
    _some(PLACES, "an endless device", "into a device", "into a long name"),
)
def test_places_that_are_no_files(ground: Ground, case: str) -> None:
    (ground.folder / "my.csv").write_text("title,track\nChef,other\n", encoding="utf-8")
    before = ground.files()
    arguments, message = PLACES[case]
    ground.run(*arguments).check_refused(message)
    assert ground.files() == before


def test_pipes_with_names(ground: Ground) -> None:
    """A workbook is read several times, which no pipe allows; and no pipe is overwritten."""
    os.mkfifo(ground.folder / "pipe.xlsx")
    ground.run("label", "pipe.xlsx").check_refused(
        "pipe.xlsx: a workbook cannot be read from a pipe"
    )
    os.mkfifo(ground.folder / "pipe.csv")
    ground.run("label", "ads.csv", "-o", "pipe.csv", "--force").check_refused("a pipe or a device")


NAMES = {
    "spaces": ("a b  c.csv",),
    "a line break": ("a\nb.csv",),
    "a leading dash": ("--", "-a.csv"),
    "bytes that are no UTF-8": (os.fsdecode(b"a\xff\xc3.csv"),),
    "as many bytes as may be": ("办" * 78 + ".csv",),
    "markup": ("[red]a[bold].csv",),
    "a folder above": ("../files/./ads.csv",),
}


@pytest.mark.parametrize(
    "name", _some(NAMES, "a line break", "bytes that are no UTF-8", "as many bytes as may be")
)
def test_odd_names(ground: Ground, name: str) -> None:
    *options, file = NAMES[name]
    source = ground.folder / file
    source.write_bytes((ground.folder / "ads.csv").read_bytes())
    run = ground.run("label", "--json", *options, file)
    assert (run.code, run.told) == (0, "")
    assert b'"output": "' in run.out
    assert source.with_name(f"{source.stem}.labelled.csv").exists()
    assert [n for n in ground.files() if n.endswith(".part")] == []


SETTINGS = {
    "no HOME": {"HOME": ""},
    "plain C": {"LC_ALL": "C", "LANG": "C"},
    "C and ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
                    "PYTHONIOENCODING": ""},
    "ASCII by name": {"PYTHONIOENCODING": "ascii"},
    "UTF-16": {"PYTHONIOENCODING": "utf-16"},
    "Latin 1": {"PYTHONIOENCODING": "latin-1:strict"},
}  # fmt: skip


@pytest.mark.parametrize("name", _some(SETTINGS, "C and ASCII"))
def test_settings_of_the_caller(ground: Ground, name: str) -> None:
    """Whatever they are, files are read and written alike, and JSON is JSON."""
    (ground.folder / "ü.csv").write_text("Job title\nBüroleiter 办\n", encoding="utf-8")
    settings = SETTINGS[name]
    run = ground.run("label", "ü.csv", "--json", settings=settings)
    assert (run.code, run.told) == (0, "")
    written = (ground.folder / "ü.labelled.csv").read_text(encoding="utf-8")
    assert written.splitlines()[1].startswith("Büroleiter 办,")
    run = ground.run("explain", "Büroleiter PMO 办", settings=settings)
    assert run.code == 0, run.told


def test_a_working_folder_that_is_gone(ground: Ground) -> None:
    ads = ground.folder / "ads.csv"
    wrap = ["sh", "-c", 'mkdir gone; cd gone; rmdir ../gone; exec "$@"', "sh"]
    ground.run("label", "ads.csv", wrap=wrap).check_refused("ads.csv: there is no such file")
    assert ground.run("label", str(ads), wrap=wrap).code == 0
    assert (ground.folder / "ads.labelled.csv").exists()
