"""Timing: several rounds in turn, medians, and ratios between what ran in the same rounds.

It is processor time, of this process and of those that it starts, which another program on the
machine changes less than the time on the clock.
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Line", "in_turn", "medians_in_turn", "peak_memory", "processor_seconds", "shares"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what ran, how long it took, and how that stands to a peer.

    ``seconds`` is a median, for one ``unit``. ``goal`` is what the ratio shall not exceed.
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

    What slows the machine for a while slows all of them, so that their ratios hold.
    """
    # What the libraries have loaded would be walked through again and again, at the cost of
    # whoever happens to run.
    gc.collect()
    gc.freeze()
    return medians_in_turn({name: _measured(run) for name, run in runs.items()}, rounds)


def medians_in_turn(runs: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Run each once a round, and give the median of the seconds that each returns."""
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            found[name].append(run())
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def _measured(run: Callable[[], object]) -> Callable[[], float]:
    def measured() -> float:
        start = processor_seconds()
        run()
        return processor_seconds() - start

    return measured


def processor_seconds() -> float:
    """Return the processor time of this process so far, and of its children that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


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
    """Run a command in a process of its own, and give the most memory that it held, in bytes."""
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
