"""Run all benchmarks, print the table, and draw the curves.

    python benchmarks/run.py                 # full size: some minutes
    python benchmarks/run.py --small         # only checks that it runs: some seconds

It needs ``pip install '.[benchmarks]'``. Times depend on the machine. Ratios are more reliable,
because the tasks run in turn.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from rich.console import Console
from rich.table import Table

from files import memory_of_labelling, row_growth, time_csv, time_parquet, time_workbook
from frames import time_frames
from measure import Line
from start import time_start
from titles import linear_growth, time_titles

PEERS = ("duckdb", "numpy", "openpyxl", "pandas", "polars", "pyarrow", "rapidfuzz", "scikit-learn")


def main() -> None:
    """Run, print and draw."""
    parser = argparse.ArgumentParser(description="Times pmo_classify and other libraries.")
    parser.add_argument(
        "--small", action="store_true", help="Small inputs, one round; the ratios mean nothing."
    )
    parser.add_argument(
        "--only", choices=("titles", "csv", "parquet", "workbook", "frames", "start", "curves")
    )
    parser.add_argument("--output", type=Path, help="Folder for benchmarks.json and curves.svg.")
    given = parser.parse_args()
    scale, rounds = (100, 1) if given.small else (1, 5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = _lines(folder, scale, rounds, given.only)
        curves = _curves(folder, scale) if given.only in (None, "curves") else {}
        memory = {
            rows: memory_of_labelling(folder, rows, 60_000 // scale)
            for rows in (1_000_000 // scale, 3_000_000 // scale)
            if given.only in (None, "csv")
        }
    if given.small:
        lines = [replace(line, goal=None) for line in lines]
    _print(lines, curves, memory)
    if given.output:
        given.output.mkdir(parents=True, exist_ok=True)
        _save(given.output, lines, curves, memory)


def _lines(folder: Path, scale: int, rounds: int, only: str | None) -> list[Line]:
    groups: dict[str, Callable[[], list[Line]]] = {
        "titles": lambda: time_titles(60_000 // scale, rounds),
        "csv": lambda: time_csv(folder, 1_000_000 // scale, 60_000 // scale, min(rounds, 3)),
        "parquet": lambda: time_parquet(
            folder, 1_000_000 // scale, 60_000 // scale, min(rounds, 3)
        ),
        "workbook": lambda: time_workbook(folder, 50_000 // scale, 2_000 // scale, min(rounds, 3)),
        "frames": lambda: time_frames(folder, 1_000_000 // scale, 60_000 // scale, min(rounds, 3)),
        "start": lambda: time_start(folder, 4 * rounds + 1),
    }
    return [line for name, run in groups.items() if only in (None, name) for line in run()]


def _curves(folder: Path, scale: int) -> dict[str, list[tuple[int, float]]]:
    rows = [n // scale for n in (125_000, 250_000, 500_000, 1_000_000)]
    counts = [n // scale for n in (10_000, 20_000, 40_000, 80_000)]
    lengths = [n // scale for n in (10_000, 100_000, 1_000_000, 10_000_000)]
    return {
        "rows of a CSV": row_growth(folder, rows, 20_000 // scale),
        **linear_growth(counts, lengths),
    }


def _print(
    lines: list[Line], curves: dict[str, list[tuple[int, float]]], memory: dict[int, int]
) -> None:
    console = Console(width=110)
    table = Table("what", "median", "beside", "ratio", "goal", title=_machine())
    for group in dict.fromkeys(line.group for line in lines):
        table.add_section()
        table.add_row(f"[bold]{group}[/]")
        for line in (line for line in lines if line.group == group):
            table.add_row(*_cells(line))
    console.print(table)
    for name, points in curves.items():
        shown = ", ".join(f"{number:,}: {_time(seconds)}" for number, seconds in points)
        console.print(f"{name}: {shown}", highlight=False)
    for rows, held in memory.items():
        console.print(f"most memory, {rows:,} rows: {held / 1e6:.0f} MB", highlight=False)


def _cells(line: Line) -> tuple[str, ...]:
    if line.ratio is None:
        return line.name, f"{_time(line.seconds)} a {line.unit}", "", "", ""
    if line.goal is None:
        return line.name, _time(line.seconds), line.peer, f"{line.ratio:.2f}", ""
    mark = "met" if line.is_met else "[red]not met[/]"
    goal = f"{line.goal:g} at most, {mark}"
    return line.name, _time(line.seconds), line.peer, f"{line.ratio:.2f}", goal


def _time(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.2f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _machine() -> str:
    peers = ", ".join(f"{name} {version(name)}" for name in PEERS)
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; {peers}"


def _save(
    folder: Path,
    lines: list[Line],
    curves: dict[str, list[tuple[int, float]]],
    memory: dict[int, int],
) -> None:
    found = {
        "machine": _machine(),
        "lines": [asdict(line) for line in lines],
        "curves": curves,
        "memory": memory,
    }
    (folder / "benchmarks.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    if curves:
        _draw(folder / "curves.svg", curves)


def _draw(path: Path, curves: dict[str, list[tuple[int, float]]]) -> None:
    mpl.use("agg")
    figure, axes = plt.subplots(1, len(curves), figsize=(4 * len(curves), 3.2))
    for axis, (name, points) in zip(axes, curves.items(), strict=True):
        numbers, seconds = zip(*points, strict=True)
        axis.plot(numbers, seconds, marker="o", color="#1f6f8b")
        axis.plot(numbers, [seconds[-1] * n / numbers[-1] for n in numbers], ":", color="#999999")
        axis.set_xlabel(name)
        axis.set_ylabel("seconds")
        axis.set_xlim(left=0)
        axis.set_ylim(bottom=0)
        axis.spines[["top", "right"]].set_visible(False)
    figure.suptitle("Time against size (dotted: in proportion to the largest)")
    figure.tight_layout()
    figure.savefig(path)


if __name__ == "__main__":
    main()
