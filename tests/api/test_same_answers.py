"""The same titles get the same answers, whichever way they come."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest
from frame_rows import label_rows
from helpers import rows as case_rows

from pmo_classify import classify_many, label_dask, label_frame, label_spark
from pmo_classify.labelling.columns import LABEL_COLUMNS, LabelValues, label_cells, label_values
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.xlsx.label import label_xlsx

pd = pytest.importorskip("pandas", reason="pip install 'pmo-classify[pandas]'")

ROWS = 10_000
ADDED = (
    " - London",
    " (m/w/d)",
    ", £40k",
    " *URGENT*",
    " 12m FTC",
    " – Zürich",
    " ",
    "\nLeeds",
    "!",
)


def _slip(title: str, dice: random.Random) -> str:
    """Let the typist's finger slip once."""
    at = dice.randrange(len(title) + 1)
    return title[:at] + dice.choice(["", "e", "x"]) + title[at + 1 :]


def _mixed(title: str, dice: random.Random) -> str:
    kind = dice.randrange(5)
    if kind == 0:
        return title + dice.choice(ADDED)
    if kind == 1:
        return _slip(title, dice)
    return (title, title.upper(), title.lower())[kind - 2]


@pytest.fixture(scope="module")
def titles() -> list[str]:
    """Listed titles, cases and their variants, the frequent ones often, as in job ads."""
    dice = random.Random(20260503)  # noqa: S311 - the same mix each time
    with Path("data/titles.csv").open(encoding="utf-8", newline="") as handle:
        known = [row["title"] for row in csv.DictReader(handle)]
    known += [row["title"] for row in case_rows("read/*.csv")]
    # What no cell of a workbook can hold would say nothing of the answers.
    known = [title for title in known if title.isprintable()]
    distinct = ["", " ", *(_mixed(dice.choice(known), dice) for _ in range(2_500))]
    return dice.choices(distinct, weights=[1 / (n + 1) for n in range(len(distinct))], k=ROWS)


@pytest.fixture(scope="module")
def expected(titles: list[str]) -> list[LabelValues]:
    return [label_values(answer) for answer in classify_many(titles)]


@pytest.fixture(scope="module")
def expected_cells(titles: list[str]) -> list[tuple[str, ...]]:
    return [label_cells(answer) for answer in classify_many(titles)]


def test_the_mix_is_one(titles: list[str], expected: list[LabelValues]) -> None:
    """There are titles of all tracks, levels and methods in it, and many distinct ones."""
    assert len(titles) == ROWS
    assert len(set(titles)) > 1_000
    assert {row[0] for row in expected} == {"pmo", "delivery", "other"}
    assert {row[1] for row in expected} == {None, 1, 2, 3, 4}
    assert {row[7] for row in expected} == {"exact", "pattern", "fuzzy", "none"}


def test_in_a_csv(titles: list[str], expected_cells: list[tuple[str, ...]], tmp_path: Path) -> None:
    source, target = tmp_path / "ads.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["n", "Job title"])
        writer.writerows(enumerate(titles))
    label_csv(source, target)
    with target.open(encoding="utf-8", newline="") as handle:
        records = list(csv.reader(handle))
    assert records[0] == ["n", "Job title", *LABEL_COLUMNS]
    assert [record[1] for record in records[1:]] == titles
    assert [tuple(record[2:]) for record in records[1:]] == expected_cells


def test_in_a_workbook(
    titles: list[str], expected_cells: list[tuple[str, ...]], tmp_path: Path
) -> None:
    import python_calamine  # noqa: PLC0415 - only this test reads a workbook
    import xlsxwriter  # noqa: PLC0415

    source, target = tmp_path / "ads.xlsx", tmp_path / "out.xlsx"
    with xlsxwriter.Workbook(source, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([("n", "Job title"), *enumerate(titles)]):
            sheet.write_row(number, 0, row)
    label_xlsx(source, target)
    records = python_calamine.load_workbook(target).get_sheet_by_index(0).to_python()
    assert records[0] == ["n", "Job title", *LABEL_COLUMNS]
    assert [_as_cells(record[2:]) for record in records[1:]] == expected_cells


def _as_cells(labels: list[Any]) -> tuple[str, ...]:
    """Write the labels of a workbook's row as a CSV has them: there they are numbers and text."""
    track, level, *texts, confidence, review, reason = labels
    level = str(int(level)) if level else ""
    return (track, level, *texts, f"{confidence:.2f}", review, reason)


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_in_a_data_frame(titles: list[str], expected: list[LabelValues], library: str) -> None:
    module = pytest.importorskip(library)
    make = module.table if library == "pyarrow" else module.DataFrame
    assert label_rows(label_frame(make({"title": titles}), "title")) == expected


def test_on_dask(titles: list[str], expected: list[LabelValues], dask_client: Any) -> None:
    dask_frames = pytest.importorskip("dask.dataframe")
    ads = dask_frames.from_pandas(pd.DataFrame({"title": titles}), npartitions=7)
    labelled = dask_client.compute(label_dask(ads, "title"), sync=True)
    assert label_rows(labelled) == expected


def test_on_spark(titles: list[str], expected: list[LabelValues], spark: Any) -> None:
    ads = spark.createDataFrame(list(enumerate(titles)), "n int, title string").repartition(5)
    rows = label_spark(ads, "title").orderBy("n").collect()
    assert [tuple(row)[2:] for row in rows] == expected
