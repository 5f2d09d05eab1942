"""Run all benchmarks, print the table, and draw the curves.

    python benchmarks/run.py                 # the whole size: some minutes
    python benchmarks/run.py --small         # only that it works: some seconds
    python benchmarks/run.py --only titles --distinct 5000 --titles my_titles.txt

It needs ``pip install '.[benchmarks]'``. The titles are made up, or those of a file that has one in
each line. Times are processor time, of the machine that it runs on; what counts are the ratios,
which are of runs in turn.
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
from natural import natural_titles, read_titles
from start import time_start
from titles import linear_growth, time_titles

PEERS = ("duckdb", "numpy", "openpyxl", "pandas", "polars", "pyarrow", "rapidfuzz", "scikit-learn")


def main() -> None:
    """Run, print and draw."""
    parser = argparse.ArgumentParser(description="Times pmo_classify beside its peers.")
    parser.add_argument(
        "--small", action="store_true", help="Small inputs, one round: the ratios mean nothing."
    )
    parser.add_argument(
        "--only", choices=("titles", "csv", "parquet", "workbook", "frames", "start", "curves")
    )
    parser.add_argument("--titles", type=Path, help="A file of titles, one a line.")
    parser.add_argument("--distinct", type=int, default=60_000, help="How many distinct titles.")
    parser.add_argument("--output", type=Path, help="Folder for benchmarks.json and curves.svg.")
    given = parser.parse_args()
    scale, rounds = (100, 1) if given.small else (1, 5)
    titles = read_titles(given.titles, given.distinct // scale, seed=5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = _lines(folder, titles, scale, rounds, given.only)
        curves = _curves(folder, titles, scale) if given.only in (None, "curves") else {}
        memory = {
            rows: memory_of_labelling(folder, rows, titles)
            for rows in (1_000_000 // scale, 3_000_000 // scale)
            if given.only in (None, "csv")
        }
    if given.small:
        lines = [replace(line, goal=None) for line in lines]
    _print(lines, curves, memory)
    if given.output:
        given.output.mkdir(parents=True, exist_ok=True)
        _save(given.output, lines, curves, memory)


def _lines(
    folder: Path, titles: list[str], scale: int, rounds: int, only: str | None
) -> list[Line]:
    rows, few = 1_000_000 // scale, min(rounds, 3)
    some = titles[: 2_000 // scale]
    others = natural_titles(20_000 // scale, seed=6)
    groups: dict[str, Callable[[], list[Line]]] = {
        "titles": lambda: time_titles(folder, titles, others, rounds),
        "csv": lambda: time_csv(folder, rows, titles, few),
        "parquet": lambda: time_parquet(folder, rows, titles, few),
        "workbook": lambda: time_workbook(folder, 50_000 // scale, some, few),
        "frames": lambda: time_frames(folder, rows, titles, few),
        "start": lambda: time_start(folder, titles[:200], 4 * rounds + 1),
    }
    return [line for name, run in groups.items() if only in (None, name) for line in run()]


def _curves(folder: Path, titles: list[str], scale: int) -> dict[str, list[tuple[int, float]]]:
    rows = [n // scale for n in (125_000, 250_000, 500_000, 1_000_000)]
    lengths = [n // scale for n in (10_000, 100_000, 1_000_000, 10_000_000)]
    return {
        "rows of a CSV": row_growth(folder, rows, titles[: len(titles) // 3]),
        **linear_growth(titles, lengths),
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
    figure.suptitle("What it takes grows with what there is (dotted: in proportion to the last)")
    figure.tight_layout()
    figure.savefig(path)


if __name__ == "__main__":
    main()
