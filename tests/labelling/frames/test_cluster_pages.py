"""The code on the pages about clusters runs, on ads with all the difficulties that they mention."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from pmo_classify import classify_many, label_spark
from pmo_classify.labelling.columns import label_values

DOCS = Path(__file__).parents[3] / "docs"
HEADER = ["id", "Job title", "text"]
ADS = [
    ["1", "PMO Lead", "plain"],
    ["2", "  Project\nManager ", 'with "quotes", commas, and\na line break'],
    ["3", "None", "backslash \\"],
    ["4", "NA", 'a backslash \\" and a quote'],
    ["5", "Programme Office Analyst, Zürich", "\n\n"],
    ["6", "007", " x "],
    ["7", "Head of PMO", 'ends with a quote"'],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the ads in two files, as on the page."""
    (tmp_path / "ads").mkdir()
    for name, rows in (("a.csv", ADS[:4]), ("b.csv", ADS[4:])):
        with (tmp_path / "ads" / name).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows([HEADER, *rows])
    (tmp_path / "my_titles.csv").write_text("title,track,level,scope\nChef,pmo,4,\n")
    return tmp_path


def _run(page: str, mark: str, folder: Path, **names: Any) -> dict[str, Any]:
    """Run the Python blocks of a page that contain the mark, as one program, in the folder."""
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = [b for b in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if mark in b]
    assert blocks
    # Spark's own process stays where it was started, wherever this one goes.
    paths = r'"(ads(?:/\*\.csv)?|labelled-[a-z-]+|my_titles\.csv)"'
    code = re.sub(paths, lambda m: repr(str(folder / m[1])), "\n".join(blocks))
    exec(code, names)  # noqa: S102 - the page is ours
    return names


def _expected() -> list[tuple[object, ...]]:
    levels = [label_values(answer)[1] for answer in classify_many(ad[1] for ad in ADS)]
    return [(*ad, level) for ad, level in zip(ADS, levels, strict=True)]


@pytest.mark.usefixtures("dask_client")
def test_reading_a_csv_with_dask(folder: Path) -> None:
    """No cell is changed or cut on the way, and each title has its label."""
    pd = pytest.importorskip("pandas")
    _run("how-to-distributed.md", "dd.read_csv", folder)
    found = pd.read_parquet(folder / "labelled-by-dask").sort_values("id")
    levels = [None if pd.isna(level) else level for level in found["pmo_level"]]
    assert [*zip(*(found[name] for name in HEADER), levels, strict=True)] == _expected()


def test_reading_and_writing_a_csv_with_spark(folder: Path, spark: Any) -> None:
    """No cell is changed or cut on the way in or out, and each title has its label."""
    _run("how-to-distributed.md", "labelled.write", folder, spark=spark)
    found = spark.read.parquet(str(folder / "labelled-by-spark")).orderBy("id").collect()
    assert [(*row[:3], row["pmo_level"]) for row in found] == _expected()
    written = []
    for path in (folder / "labelled-as-csv").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            written += [row[:3] for row in csv.reader(handle)][1:]
    assert sorted(written) == ADS


def test_own_titles_on_a_cluster(folder: Path, spark: Any) -> None:
    ads = spark.createDataFrame([("Chef",)], "title string")
    names = _run(
        "cluster.md", "my_titles.csv", folder, spark=spark, ads=ads, label_spark=label_spark
    )
    assert names["labelled"].collect()[0]["pmo_level"] == 4


def test_labelling_distinct_titles_and_joining(folder: Path, spark: Any) -> None:
    titles = ["PMO Lead", "Chef", "PMO Lead"]
    ads = spark.createDataFrame(list(enumerate(titles)), "id int, title string")
    names = _run("cluster.md", ".distinct()", folder, ads=ads, label_spark=label_spark)
    rows = names["labelled"].orderBy("id").collect()
    assert [(row["title"], row["pmo_level"]) for row in rows] == [
        *zip(titles, (3, None, 3), strict=True)
    ]
