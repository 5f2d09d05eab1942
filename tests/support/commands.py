"""The command line as a user runs it: in a process of its own, with its own streams.

Most of what a command costs is its start, so that the processes here are copies of one that has
the modules and the tables already. How a command starts by itself is for ``test_start.py``.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
import warnings
from functools import cache
from importlib import import_module
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from unittest.mock import patch

from pmo_classify.classifier import default_classifier
from pmo_classify.cli.main import COMMANDS, main, make_app

_SETTINGS = {"COLUMNS": "200", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
"""The terminal's width must not decide where a message breaks."""

_CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()

if "pytest" not in sys.modules:
    # This is the process that is copied; it has what commands load on first use as well.
    for name in ("rich.console", "xlsxwriter"):
        import_module(name)
    make_app(COMMANDS)
    default_classifier()


def run_command(
    *arguments: str, cwd: Path | None = None, stdin: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a user does; any warning of Python's is an error."""
    if not _CAN_FORK:
        command = [sys.executable, "-W", "error", "-m", "pmo_classify", *arguments]
        return subprocess.run(
            command,
            capture_output=True,
            check=False,
            cwd=cwd,
            env={**os.environ, **_SETTINGS},
            input=stdin,
        )
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder, name) for name in ("stdin", "stdout", "stderr")]
        streams[0].write_bytes(stdin or b"")
        settings = {**os.environ, **_SETTINGS}
        process = _ready_processes().Process(
            target=_run, args=(arguments, cwd or Path.cwd(), settings, streams)
        )
        process.start()
        process.join()
        code = process.exitcode
        assert code is not None
        return subprocess.CompletedProcess(
            arguments, code, streams[1].read_bytes(), streams[2].read_bytes()
        )


@cache
def _ready_processes() -> ForkServerContext:
    """Start the process that is copied, which must find this module."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with patch.dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)):
        forkserver.ensure_running()
    return context


def _run(
    arguments: tuple[str, ...], cwd: Path, settings: dict[str, str], streams: list[Path]
) -> None:
    os.environ.clear()
    os.environ.update(settings)
    os.chdir(cwd)
    warnings.simplefilter("error")
    for number, (path, mode) in enumerate(zip(streams, ("rb", "wb", "wb"), strict=True)):
        with path.open(mode) as stream:
            os.dup2(stream.fileno(), number)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, "r", closefd=False), "utf-8")
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(1, "w", closefd=False)), "utf-8", write_through=True
    )
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", write_through=True)
    sys.argv = ["pmo-classify", *arguments]
    main()


def run_text(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, and return what it printed as text."""
    run = run_command(*arguments, cwd=cwd)
    return subprocess.CompletedProcess(
        run.args, run.returncode, run.stdout.decode(), run.stderr.decode()
    )
