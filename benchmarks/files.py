"""How long it takes to label a file, beside plain copies of it.

Each run on a CSV file is a process of its own, whose start counts too.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cached_property
from pathlib import Path

import openpyxl
import xlsxwriter
from pyarrow import csv as arrow
from pyarrow import parquet

import csv_copies
from ads import COLUMNS, LONG, SHORT, rows_of_ads, write_ads
from measure import Line, in_turn, peak_memory, shares
from pmo_classify import Classification, Classifier
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


def time_csv(folder: Path, rows: int, titles: list[str], rounds: int) -> list[Line]:
    """Time labelling CSV files of ads with short and long descriptions, beside copies by others."""
    short = _time_ads(folder, rows, titles, rounds, SHORT)
    return short + _time_ads(folder, rows, titles, rounds, LONG)


def _time_ads(
    folder: Path, rows: int, titles: list[str], rounds: int, sentences: int
) -> list[Line]:
    source, target = folder / "ads.csv", folder / "out.csv"
    write_ads(source, rows, titles, sentences=sentences)
    runs = {OURS: _process(_labelling(source, target))}
    for name, library in ((ARROW, "pyarrow"), (CSV, "csv"), (PANDAS, "pandas"), (RAW, "bytes")):
        command = [sys.executable, csv_copies.__file__, library, str(source), str(target)]
        runs[name] = _process(command)
    goals = {(OURS, ARROW): 3.0}
    size = source.stat().st_size // rows
    name = f"CSV of {rows:,} rows of {size} bytes, {len(titles):,} distinct titles, cold"
    return shares(name, in_turn(runs, rounds), goals, "file")


def _process(command: list[str]) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True)


def _labelling(source: Path, target: Path) -> list[str]:
    command = [sys.executable, "-m", "pmo_classify", "label", str(source)]
    return [*command, "--force", "-o", str(target)]


def time_parquet(folder: Path, rows: int, titles: list[str], rounds: int) -> list[Line]:
    """Time labelling Parquet files of ads beside PyArrow that reads and writes them.

    The goal is for what labelling takes beyond reading the titles, whose answers are known here.
    """
    lines: list[Line] = []
    source, target = folder / "ads.parquet", folder / "out.parquet"
    few = titles[: len(titles) // 6]
    for used, sentences, columns in (
        (titles, SHORT, COLUMNS),
        (titles, LONG, COLUMNS),
        (few, SHORT, COLUMNS[:3]),
        (few, SHORT, COLUMNS[:2]),
    ):
        write_ads(folder / "ads.csv", rows, used, sentences=sentences)
        options = arrow.ParseOptions(newlines_in_values=True)
        table = arrow.read_csv(folder / "ads.csv", parse_options=options)
        parquet.write_table(table.select(columns), source)
        del table
        known = _KnownTitles()
        label_file(source, target, classifier=known, force=True)
        runs: dict[str, Callable[[], object]] = {
            OURS: lambda: _label(source, target),
            BEYOND: lambda known=known: label_file(source, target, classifier=known, force=True),
            PARQUET: lambda: _copy_parquet(source, target),
        }
        name = (
            f"Parquet of {rows:,} rows, {len(columns)} columns, "
            f"{source.stat().st_size // rows} bytes each, {len(used):,} distinct titles"
        )
        lines += shares(name, in_turn(runs, rounds), {(BEYOND, PARQUET): 2.0}, "file")
    return lines


class _KnownTitles(Classifier):
    """Reads each title once, and remembers all answers with their clean titles."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[str, Classification] = {}

    def classify_many(self, titles: Iterable[object]) -> list[Classification]:
        """Return the answers to titles."""
        texts = list(map(str, titles))
        new = [text for text in dict.fromkeys(texts) if text not in self._answers]
        for text, answer in zip(new, super().classify_many(new), strict=True):
            values = {field.name: getattr(answer, field.name) for field in fields(answer)}
            self._answers[text] = _KnownAnswer(**values)
        return [self._answers[text] for text in texts]


class _KnownAnswer(Classification):
    """An answer whose clean title is made once."""

    @cached_property
    def clean_title(self) -> str:  # type: ignore[override]
        return super().clean_title


def _copy_parquet(source: Path, target: Path) -> None:
    file = parquet.ParquetFile(source)
    with parquet.ParquetWriter(target, file.schema_arrow) as writer:
        for group in range(file.num_row_groups):
            writer.write_table(file.read_row_group(group))


def time_workbook(folder: Path, rows: int, titles: list[str], rounds: int) -> list[Line]:
    """Time labelling a workbook, beside openpyxl that loads and saves it."""
    source, target = folder / "ads.xlsx", folder / "out.xlsx"
    _write_workbook(source, rows, titles)
    runs: dict[str, Callable[[], object]] = {
        OURS: lambda: _label(source, target),
        OPENPYXL: lambda: openpyxl.load_workbook(source).save(target),
    }
    goals = {(OURS, OPENPYXL): 0.35}
    return shares(f"workbook of {rows:,} rows", in_turn(runs, rounds), goals, "file")


def row_growth(folder: Path, counts: list[int], titles: list[str]) -> list[tuple[int, float]]:
    """Time ever longer CSV files with as many distinct titles; seconds for each number of rows."""
    source, target = folder / "ads.csv", folder / "out.csv"
    found = []
    for count in counts:
        write_ads(source, count, titles[:count])
        found.append((count, in_turn({"": lambda: _label(source, target)}, 3)[""]))
    return found


def memory_of_labelling(folder: Path, rows: int, titles: list[str]) -> int:
    """Label a CSV file in a process of its own, and give the most memory that it held, in bytes."""
    source = folder / "ads.csv"
    write_ads(source, rows, titles)
    return peak_memory(_labelling(source, folder / "out.csv"), folder)


def _label(source: Path, target: Path) -> None:
    label_file(source, target, classifier=fresh_classifier(), force=True)


def _write_workbook(path: Path, rows: int, titles: list[str]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Ads")
        for number, row in enumerate([COLUMNS, *rows_of_ads(rows, titles)]):
            sheet.write_row(number, 0, row)
