"""Copies of a CSV file by other libraries, each as a process of its own.

python benchmarks/csv_copies.py pyarrow ads.csv copy.csv
"""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path
from typing import Final

__all__ = ["COPIES"]


def by_pyarrow(source: Path, target: Path) -> None:
    """Read and write block by block."""
    from pyarrow import csv as arrow  # noqa: PLC0415 - the others do without

    options = arrow.ParseOptions(newlines_in_values=True)
    with (
        arrow.open_csv(source, parse_options=options) as reader,
        arrow.CSVWriter(target, reader.schema) as writer,
    ):
        for batch in reader:
            writer.write_batch(batch)


def by_csv(source: Path, target: Path) -> None:
    """Read and write row by row."""
    with (
        source.open(encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        csv.writer(out, lineterminator="\n").writerows(csv.reader(file))


def by_pandas(source: Path, target: Path) -> None:
    """Read it whole, and write it."""
    import pandas as pd  # noqa: PLC0415 - as above

    pd.read_csv(source, dtype=str, keep_default_na=False).to_csv(target, index=False)


def by_bytes(source: Path, target: Path) -> None:
    """Copy the bytes."""
    shutil.copyfile(source, target)


COPIES: Final = {"pyarrow": by_pyarrow, "csv": by_csv, "pandas": by_pandas, "bytes": by_bytes}


if __name__ == "__main__":
    COPIES[sys.argv[1]](*map(Path, sys.argv[2:]))
