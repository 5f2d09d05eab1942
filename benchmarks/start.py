"""How long a fresh process takes until it has answered, beside one that only imports a library."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ads import COLUMNS, rows_of_ads
from measure import Line, in_turn

__all__ = ["time_start"]

BARE, RAPIDFUZZ, ARROW = "python", "import rapidfuzz", "import pyarrow.csv"
IMPORT, FIRST, EXPLAIN, LABEL = (
    "import pmo_classify",
    "import and first classify",
    "pmo-classify explain",
    "pmo-classify label, 1,000 rows",
)


def time_start(folder: Path, titles: list[str], rounds: int) -> list[Line]:
    """Time fresh processes; what Python itself takes to start is left out where it says "alone"."""
    source = folder / "small.csv"
    with source.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *rows_of_ads(1_000, titles)])
    script = str(Path(sys.executable).with_name("pmo-classify"))
    first = "import pmo_classify; pmo_classify.classify('Porject Office Analyst - Leeds')"
    commands = {
        BARE: [sys.executable, "-c", "pass"],
        RAPIDFUZZ: [sys.executable, "-c", "import rapidfuzz"],
        ARROW: [sys.executable, "-c", "import pyarrow.csv"],
        IMPORT: [sys.executable, "-c", "import pmo_classify"],
        FIRST: [sys.executable, "-c", first],
        EXPLAIN: [script, "explain", "PMO Analyst"],
        LABEL: [script, "label", str(source), "--force", "-o", str(folder / "out.csv")],
    }
    took = in_turn({name: _runner(command) for name, command in commands.items()}, rounds)
    plain = [Line("start", name, seconds, "process") for name, seconds in took.items()]
    alone = {name: seconds - took[BARE] for name, seconds in took.items()}
    compared = [
        Line("start", f"{IMPORT}, alone", alone[IMPORT], "process", f"{RAPIDFUZZ}, alone",
             alone[IMPORT] / alone[RAPIDFUZZ], 1.5),
        Line("start", "first classify, after the import", took[FIRST] - took[IMPORT], "process",
             "60 ms", (took[FIRST] - took[IMPORT]) / 0.060, 1.0),
        Line("start", EXPLAIN, took[EXPLAIN], "process", RAPIDFUZZ,
             took[EXPLAIN] / took[RAPIDFUZZ], 3.0),
        Line("start", LABEL, took[LABEL], "process", ARROW, took[LABEL] / took[ARROW], 3.0),
    ]  # fmt: skip
    return plain + compared


def _runner(command: list[str]) -> Callable[[], object]:
    # Compiled modules are what users have, whatever this shell says of them.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(command, check=True, capture_output=True, env=environment)
