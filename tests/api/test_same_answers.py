"""The same titles get the same answers, whichever way they are read."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest
from frame_rows import label_rows
from helpers import rows as case_rows

from pmo_classify import classify_many, label_dask, label_frame, label_spark
from pmo_classify.files.packing import PACKINGS, packed_output
from pmo_classify.labelling.columns import LABEL_COLUMNS, LabelValues, label_cells, label_values
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.label_file import label_file
from pmo_classify.labelling.xlsx.label import label_xlsx

pd = pytest.importorskip("pandas", reason="pip install 'pmo-classify[pandas]'")

ROWS = 5_000
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
    """Return a title with one typing error."""
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
    """Return listed titles, cases and their variants, some of them often, as in job ads."""
    dice = random.Random(20260503)  # noqa: S311 - the same mix each time
    with Path("data/titles.csv").open(encoding="utf-8", newline="") as handle:
        known = [row["title"] for row in csv.DictReader(handle)]
    known += [row["title"] for row in case_rows("read/*.csv")]
    # Text that no cell of a workbook can contain is left out, because it would always differ.
    known = [title for title in known if title.isprintable()]
    distinct = ["", " ", *(_mixed(dice.choice(known), dice) for _ in range(800))]
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
    assert len(set(titles)) > 500
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


@pytest.mark.parametrize("packing", sorted(PACKINGS))
def test_in_a_compressed_csv(
    titles: list[str], expected_cells: list[tuple[str, ...]], tmp_path: Path, packing: str
) -> None:
    source, target = tmp_path / "ads.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([("n", "Job title"), *enumerate(titles)])
    packed = tmp_path / f"ads.csv{packing}"
    with packed.open("wb") as out, packed_output(out, packed, ".csv") as stream:
        stream.write(source.read_bytes())
    label_file(packed, target)
    with target.open(encoding="utf-8", newline="") as handle:
        records = list(csv.reader(handle))
    assert [tuple(record[2:]) for record in records[1:]] == expected_cells


def test_in_json_lines(titles: list[str], expected: list[LabelValues], tmp_path: Path) -> None:
    source, target = tmp_path / "ads.jsonl", tmp_path / "out.jsonl"
    lines = [json.dumps({"n": n, "ad": {"title": title}}) for n, title in enumerate(titles)]
    source.write_text("\n".join(lines), encoding="utf-8")
    label_file(source, target)
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [value["ad"]["title"] for value in found] == titles
    assert [tuple(value[name] for name in LABEL_COLUMNS) for value in found] == expected


def test_in_parquet(titles: list[str], expected: list[LabelValues], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    source, target = tmp_path / "ads.parquet", tmp_path / "out.parquet"
    table = pytest.importorskip("pyarrow").table({"n": range(len(titles)), "title": titles})
    parquet.write_table(table, source, row_group_size=3_000)
    label_file(source, target)
    found = parquet.read_table(target)
    assert found.column("title").to_pylist() == titles
    assert label_rows(found) == expected


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
    """Return the labels of a workbook's row, which are numbers and text, as a CSV has them."""
    track, level, *texts, confidence, review, reason = labels
    level = str(int(level)) if level else ""
    return (track, level, *texts, f"{confidence:.2f}", review, reason)


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_in_a_data_frame(titles: list[str], expected: list[LabelValues], library: str) -> None:
    module = pytest.importorskip(library)
    make = module.table if library == "pyarrow" else module.DataFrame
    assert label_rows(label_frame(make({"title": titles}), "title")) == expected


def test_in_duckdb(titles: list[str], expected: list[LabelValues]) -> None:
    """As a relation, and by the functions of SQL."""
    duckdb = pytest.importorskip("duckdb", reason="pip install 'pmo-classify[duckdb]'")
    import pmo_classify.duckdb as pmo  # noqa: PLC0415 - needs the library

    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE ads (n INTEGER, title VARCHAR)")
        connection.register("frame", pd.DataFrame({"n": range(ROWS), "title": titles}))
        connection.execute("INSERT INTO ads SELECT * FROM frame")
        labelled = pmo.label(connection.table("ads"), "title").order("n").fetchall()
        assert [row[2:] for row in labelled] == expected
        pmo.register(connection)
        calls = ", ".join(f"{name}(title)" for name in LABEL_COLUMNS)
        assert connection.sql(f"SELECT {calls} FROM ads ORDER BY n").fetchall() == expected  # noqa: S608


def test_in_polars_expressions(titles: list[str], expected: list[LabelValues]) -> None:
    pl = pytest.importorskip("polars")
    import pmo_classify.polars  # noqa: F401, PLC0415 - gives expressions their namespace

    plan = pl.LazyFrame({"title": titles}).select(pl.col("title").pmo.labels().alias("pmo"))
    assert label_rows(plan.collect(engine="streaming").unnest("pmo")) == expected


def test_on_dask(titles: list[str], expected: list[LabelValues], dask_client: Any) -> None:
    dask_frames = pytest.importorskip("dask.dataframe")
    ads = dask_frames.from_pandas(pd.DataFrame({"title": titles}), npartitions=7)
    labelled = dask_client.compute(label_dask(ads, "title"), sync=True)
    assert label_rows(labelled) == expected


def test_on_spark(titles: list[str], expected: list[LabelValues], spark: Any) -> None:
    ads = spark.createDataFrame(list(enumerate(titles)), "n int, title string").repartition(5)
    rows = label_spark(ads, "title").orderBy("n").collect()
    assert [tuple(row)[2:] for row in rows] == expected
