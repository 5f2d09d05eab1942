"""Ctrl-C and kill at random moments: the input as it was, the output whole or not there.

By default there are 6 runs; with ``HYPOTHESIS_PROFILE=nightly`` there are 120.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from processes import NIGHTLY, Ground, write_csv, write_xlsx

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX")

RUNS = 20 if NIGHTLY else 1
ROWS = 20_000 if NIGHTLY else 800
STOPPED = b"pmo-classify: stopped; no incomplete output was left\n"
KINDS = {
    "csv": ("ads.csv",),
    "workbook": ("ads.xlsx",),
    "csv with helpers": ("ads.csv", "--jobs", "2"),
}


class Usual(NamedTuple):
    """Return the output of a run without a stop, and how many seconds it takes."""

    output: bytes
    seconds: float


_known: dict[str, Usual] = {}


def _usual(kind: str, ground: Ground) -> Usual:
    if kind not in _known:
        started = time.monotonic()
        assert ground.run("label", *KINDS[kind], "--quiet").code == 0
        seconds = time.monotonic() - started
        output = _output(ground, kind)
        _known[kind] = Usual(output.read_bytes(), seconds)
        output.unlink()
    return _known[kind]


def _output(ground: Ground, kind: str) -> Path:
    return ground.folder / KINDS[kind][0].replace(".", ".labelled.")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("inputs")
    paths = [write_csv(folder / "ads.csv", ROWS), write_xlsx(folder / "ads.xlsx", ROWS // 3)]
    return {path.name: path.read_bytes() for path in paths}


@pytest.fixture
def ground(tmp_path: Path, inputs: dict[str, bytes]) -> Ground:
    ground = Ground.make(tmp_path)
    for name, data in inputs.items():
        (ground.folder / name).write_bytes(data)
    return ground


def _listens(process: subprocess.Popen[bytes]) -> bool:
    """Return whether the process already handles SIGTERM; only Linux says so."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return False
    caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def _send(process: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    """Send it to all of the terminal's processes, if they are still there."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, stop)


def _wait_for_moment(process: subprocess.Popen[bytes], seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        time.sleep(0.002)


@pytest.mark.parametrize("number", range(RUNS))
@pytest.mark.parametrize("kind", KINDS)
def test_ctrl_c_at_any_moment(
    ground: Ground, inputs: dict[str, bytes], kind: str, number: int
) -> None:
    """One message and exit code 1, or a run that is done; never a part of a file.

    A stop that comes when the output is in its place, and helpers end, leaves it there.
    """
    usual = _usual(kind, ground)
    moment = random.Random(f"{kind} {number}").uniform(0, usual.seconds)  # noqa: S311 - no secret
    with ground.start("label", *KINDS[kind], "--quiet") as process:
        _wait_for_moment(process, moment)
        listens = _listens(process)
        _send(process, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    left = ground.files()
    output = left.pop(_output(ground, kind).name, None)
    assert left == inputs
    assert output in {None, usual.output}
    assert list(ground.scratch.iterdir()) == []
    if listens:
        assert (process.returncode, told) in {(1, STOPPED), (0, b"")}
    elif sys.platform == "linux":
        # Python itself is starting, and ends in its own way, or all is done.
        assert output is None or process.returncode == 0


@pytest.mark.parametrize("number", range(RUNS))
@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_at_any_moment(
    ground: Ground, inputs: dict[str, bytes], kind: str, number: int
) -> None:
    """Only a temporary file may stay, and the next run does not mind it; helpers end, too."""
    usual = _usual(kind, ground)
    moment = random.Random(f"{number} {kind}").uniform(0, usual.seconds)  # noqa: S311 - no secret
    with ground.start("label", *KINDS[kind], "--quiet") as process:
        _wait_for_moment(process, moment)
        process.kill()
        # This waits for all who hold the other end: the helpers, too.
        process.communicate(timeout=60)
    left = ground.files()
    output = left.pop(_output(ground, kind).name, None)
    parts = {name for name in left if name.endswith(".part")}
    assert {name: data for name, data in left.items() if name not in parts} == inputs
    assert output in {None, usual.output}
    assert len(parts) <= 1
    assert all(name.startswith(f".{_output(ground, kind).name}.") for name in parts)
    again = ground.run("label", *KINDS[kind], "--quiet", "--force")
    assert (again.code, again.out, again.told) == (0, b"", "")
    assert _output(ground, kind).read_bytes() == usual.output
    assert parts == {name for name in ground.files() if name.endswith(".part")}


def test_a_second_ctrl_c_changes_nothing(ground: Ground, inputs: dict[str, bytes]) -> None:
    """Everything is cleaned up, even if a second signal comes during the first clean-up."""
    with ground.start("label", "ads.csv", "--quiet") as process:
        while not _listens(process) and process.poll() is None:
            time.sleep(0.002)
        for _ in range(20):
            _send(process, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) in {(1, STOPPED), (0, b"")}
    left = ground.files()
    left.pop("ads.labelled.csv", None)
    assert left == inputs


def test_an_ignored_stop_stays_ignored(ground: Ground) -> None:
    """A run that is started with nohup, or in the background of a script, goes on."""
    wrap = ["sh", "-c", 'trap "" HUP INT; exec "$@"', "sh"]
    with ground.start("label", "ads.csv", "--quiet", wrap=wrap) as process:
        while not _listens(process) and process.poll() is None:
            time.sleep(0.002)
        for stop in (signal.SIGHUP, signal.SIGINT):
            _send(process, stop)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, b"")


LOST = """
import os, signal, time
from pmo_classify.cli import main as cli

def run(_arguments):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except BaseException:
        pass
    time.sleep(60)

cli._run = run
cli.main()
"""
TWICE = """
import os, signal
from pmo_classify.cli import main as cli

def run(_arguments):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        print("cleared away", flush=True)

cli._run = run
cli.main()
"""
FAILED = """
import os, signal
from pmo_classify.cli import main as cli

def run(_arguments):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        raise ValueError("a file is closed")

cli._run = run
cli.main()
"""


@pytest.mark.parametrize(
    ("program", "out"), [(LOST, b""), (TWICE, b"cleared away\n"), (FAILED, b"")]
)
def test_a_stop_has_its_effect_once(program: str, out: bytes) -> None:
    """A signal that a library loses is repeated; one during the clean-up is not.

    A clean-up that fails does not hide it.
    """
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, timeout=30
    )
    assert (run.returncode, run.stdout, run.stderr) == (1, out, STOPPED)
