"""The command line with its output as text."""

from __future__ import annotations

import subprocess
from pathlib import Path

from helpers import run_command


def run_text(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    run = run_command(*arguments, cwd=cwd)
    return subprocess.CompletedProcess(
        run.args, run.returncode, run.stdout.decode(), run.stderr.decode()
    )
