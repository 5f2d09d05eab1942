"""Standard streams that are closed, full, or left by their reader: no traceback, the right code.

Real processes, because it is at its end that Python would complain.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from processes import NIGHTLY, Ground

pytestmark = pytest.mark.skipif(os.name != "posix", reason="descriptors and a shell of POSIX")

FULL = "stdout: cannot be written: No space left on device"
NOTHING = "stdin: the file is empty: give a CSV whose header names the columns"
CASES: dict[str, tuple[str, int, str]] = {
    "explain to a full disk": ("explain PMO > /dev/full", 1, FULL),
    "explain to nobody": ("explain PMO >&-", 0, ""),
    "label from a closed stdin": ("label - <&-", 1, NOTHING),
    "ladder to a full disk": ("ladder > /dev/full", 1, FULL),
    "JSON to a full disk": ("label ads.csv --force --json > /dev/full", 1, FULL),
    "label to a closed stdout": ("label ads.csv -o - -q >&-", 0, ""),
    "label to a full disk": ("label ads.csv -o - -q > /dev/full", 1, FULL),
    "label with nothing open": ("label ads.csv --force <&- >&- 2>&-", 0, ""),
    "a mistake with stderr closed": ("label none.csv 2>&-", 1, ""),
}
USUAL = ("explain to a full disk", "explain to nobody", "label from a closed stdin",
         "label with nothing open")  # fmt: skip
LEFT = ("explain PMO", "ladder", "ladder --json", "check-titles", "label - < ads.csv",
        "label ads.csv --json --force", "evaluate gold.csv", "diff old.csv old.csv")  # fmt: skip


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    ground = Ground.make(tmp_path)
    (ground.folder / "ads.csv").write_text("Job title\n" + "PMO Lead\n" * 9, encoding="utf-8")
    (ground.folder / "gold.csv").write_text("title,track,level,scope\nChef,other,,\n", "utf-8")
    (ground.folder / "old.csv").write_text(
        "Job title,pmo_track,pmo_level,pmo_scope\nChef,other,,\n", "utf-8"
    )
    return ground


def _shell(ground: Ground, script: str) -> tuple[int, str]:
    """Run a line of a shell in which ``$0`` and what follows is the command."""
    run = ground.run(wrap=["sh", "-c", script])
    return run.code, run.told


@pytest.mark.parametrize("name", CASES if NIGHTLY else USUAL)
def test_a_stream_that_cannot_be_used(ground: Ground, name: str) -> None:
    """A full disk is reported; a stream that the caller closed is taken as not wanted."""
    command, code, message = CASES[name]
    if "/dev/full" in command and not Path("/dev/full").exists():
        pytest.skip("there is no full device")
    found, told = _shell(ground, f'"$0" "$@" {command}')
    assert found == code
    assert told == (f"pmo-classify: {message}\n" if message else "")


@pytest.mark.parametrize("reader", ["true", "head -n 1"])
@pytest.mark.parametrize("command", LEFT if NIGHTLY else LEFT[:2])
def test_a_reader_that_has_gone(ground: Ground, command: str, reader: str) -> None:
    """`| true` and `| head -1` end a command without a message."""
    found, told = _shell(ground, f'"$0" "$@" {command} | {reader}')
    assert found == 0
    assert [word for word in ("Traceback", "ignored", "Broken pipe") if word in told] == []
