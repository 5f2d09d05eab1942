"""How long it takes to label a file, compared with plain copies of it."""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from unittest import mock

import openpyxl
import pandas as pd
import xlsxwriter
from pyarrow import csv as arrow
from pyarrow import parquet

from ads import COLUMNS, LONG, SHORT, rows_of_ads, write_ads
from measure import Line, in_turn, peak_memory, shares
from pmo_classify import Classification, Classifier
from pmo_classify.labelling import workers
from pmo_classify.labelling.label_file import label_file
from titles import fresh_classifier

__all__ = ["memory_of_labelling", "row_growth", "time_csv", "time_parquet", "time_workbook"]

OURS = "pmo_classify label"
ARROW, CSV, PANDAS, RAW = (
    "pyarrow, streaming copy",
    "csv module, copy",
    "pandas, copy",
    "copy of the bytes",
)
OPENPYXL = "openpyxl, load and save"
PARQUET = "pyarrow, read and write"
BEYOND = "pmo_classify label, titles known"


def time_csv(folder: Path, rows: int, distinct: int, rounds: int) -> list[Line]:
    """Time labelling CSV files with short and long descriptions, compared with plain copies."""
    short = _time_ads(folder, rows, distinct, rounds, SHORT)
    return short + _time_ads(folder, rows, distinct, rounds, LONG)


def _time_ads(folder: Path, rows: int, distinct: int, rounds: int, sentences: int) -> list[Line]:
    source, target = folder / "ads.csv", folder / "out.csv"
    write_ads(source, rows, distinct, sentences=sentences)
    runs: dict[str, Callable[[], object]] = {
        OURS: lambda: _label(source, target),
        ARROW: lambda: _copy_by_pyarrow(source, target),
        CSV: lambda: _copy_by_csv(source, target),
        PANDAS: lambda: _copy_by_pandas(source, target),
        RAW: lambda: shutil.copyfile(source, target),
    }
    goals = {(OURS, ARROW): 2.5, (OURS, CSV): 0.25}
    name = f"CSV of {rows:,} rows, {source.stat().st_size // rows} bytes each"
    return shares(name, in_turn(runs, rounds), goals, "file")


def time_parquet(folder: Path, rows: int, distinct: int, rounds: int) -> list[Line]:
    """Time labelling Parquet files, compared with reading and writing them with PyArrow.

    The answers are known here, so the goal is for the time without reading the titles.
    """
    lines: list[Line] = []
    source, target = folder / "ads.parquet", folder / "out.parquet"
    for sentences in (SHORT, LONG):
        write_ads(folder / "ads.csv", rows, distinct, sentences=sentences)
        options = arrow.ParseOptions(newlines_in_values=True)
        parquet.write_table(arrow.read_csv(folder / "ads.csv", parse_options=options), source)
        known = _KnownTitles()
        label_file(source, target, classifier=known, force=True)
        cells = cache(workers.label_cells)
        runs: dict[str, Callable[[], object]] = {
            OURS: lambda: _label(source, target),
            BEYOND: lambda known=known, cells=cells: _label_known(source, target, known, cells),
            PARQUET: lambda: _copy_parquet(source, target),
        }
        name = f"Parquet of {rows:,} rows, {source.stat().st_size // rows} bytes each"
        lines += shares(name, in_turn(runs, rounds), {(BEYOND, PARQUET): 2.0}, "file")
    return lines


def _label_known(
    source: Path, target: Path, known: Classifier, cells: Callable[..., object]
) -> None:
    # A clean title is read whenever it is asked for.
    with mock.patch.object(workers, "label_cells", cells):
        label_file(source, target, classifier=known, force=True)


class _KnownTitles(Classifier):
    """Reads each title once, and remembers all answers."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[str, Classification] = {}

    def classify_many(self, titles: Iterable[object]) -> list[Classification]:
        """Return the answers to titles."""
        texts = list(map(str, titles))
        new = [text for text in dict.fromkeys(texts) if text not in self._answers]
        self._answers.update(zip(new, super().classify_many(new), strict=True))
        return [self._answers[text] for text in texts]


def _copy_parquet(source: Path, target: Path) -> None:
    file = parquet.ParquetFile(source)
    with parquet.ParquetWriter(target, file.schema_arrow) as writer:
        for group in range(file.num_row_groups):
            writer.write_table(file.read_row_group(group))


def time_workbook(folder: Path, rows: int, distinct: int, rounds: int) -> list[Line]:
    """Time labelling a workbook, compared with loading and saving it with openpyxl."""
    source, target = folder / "ads.xlsx", folder / "out.xlsx"
    _write_workbook(source, rows, distinct)
    runs: dict[str, Callable[[], object]] = {
        OURS: lambda: _label(source, target),
        OPENPYXL: lambda: openpyxl.load_workbook(source).save(target),
    }
    goals = {(OURS, OPENPYXL): 0.35}
    return shares(f"workbook of {rows:,} rows", in_turn(runs, rounds), goals, "file")


def row_growth(folder: Path, counts: list[int], distinct: int) -> list[tuple[int, float]]:
    """Time longer and longer CSV files with the same distinct titles; give the seconds."""
    source, target = folder / "ads.csv", folder / "out.csv"
    found = []
    for count in counts:
        write_ads(source, count, min(distinct, count))
        found.append((count, in_turn({"": lambda: _label(source, target)}, 3)[""]))
    return found


def memory_of_labelling(folder: Path, rows: int, distinct: int) -> int:
    """Label a CSV file in a separate process, and give its peak memory in bytes."""
    write_ads(folder / "ads.csv", rows, distinct)
    command = [sys.executable, "-m", "pmo_classify", "label", "ads.csv", "--force", "-o", "out.csv"]
    return peak_memory(command, folder)


def _label(source: Path, target: Path) -> None:
    label_file(source, target, classifier=fresh_classifier(), force=True)


def _copy_by_pyarrow(source: Path, target: Path) -> None:
    options = arrow.ParseOptions(newlines_in_values=True)
    with (
        arrow.open_csv(source, parse_options=options) as reader,
        arrow.CSVWriter(target, reader.schema) as writer,
    ):
        for batch in reader:
            writer.write_batch(batch)


def _copy_by_csv(source: Path, target: Path) -> None:
    with (
        source.open(encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        csv.writer(out, lineterminator="\n").writerows(csv.reader(file))


def _copy_by_pandas(source: Path, target: Path) -> None:
    pd.read_csv(source, dtype=str, keep_default_na=False).to_csv(target, index=False)


def _write_workbook(path: Path, rows: int, distinct: int) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Ads")
        for number, row in enumerate([COLUMNS, *rows_of_ads(rows, distinct)]):
            sheet.write_row(number, 0, row)
