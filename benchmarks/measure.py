"""Timing: several rounds in turn, medians, and ratios between what ran in the same rounds."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Line", "in_turn", "peak_memory", "shares"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what ran, how long it took, and how it compares with a peer.

    ``seconds`` is a median, for one ``unit``. ``goal`` is the highest ratio wanted.
    """

    group: str
    name: str
    seconds: float
    unit: str
    peer: str = ""
    ratio: float | None = None
    goal: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached, or ``None`` where there is none."""
        if self.ratio is None or self.goal is None:
            return None
        return self.ratio <= self.goal


def in_turn(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Time each run once a round, one after the other, and give the median seconds of each.

    If the machine is slow for a while, all runs are slowed, and their ratios stay valid.
    """
    found: dict[str, list[float]] = {name: [] for name in runs}
    # Otherwise the garbage collector would go through all loaded libraries again and again, and
    # slow down whatever runs at that moment.
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            found[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def shares(
    group: str,
    seconds: Mapping[str, float],
    goals: Mapping[tuple[str, str], float],
    unit: str,
    *,
    per: int = 1,
) -> list[Line]:
    """Make the lines of a group: a plain one for each run, and one for each goal."""
    plain = [Line(group, name, took / per, unit) for name, took in seconds.items()]
    compared = [
        Line(group, name, seconds[name] / per, unit, peer, seconds[name] / seconds[peer], goal)
        for (name, peer), goal in goals.items()
    ]
    return plain + compared


def peak_memory(command: list[str], folder: Path) -> int:
    """Run a command in a separate process, and give its peak memory in bytes."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *command],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    # Linux counts in kibibytes, macOS in bytes.
    return int(run.stdout) * (1 if sys.platform == "darwin" else 1024)
