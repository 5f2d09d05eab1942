"""Labels on Dask and Spark: lazy, with the same types in every part, on real workers."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import pytest
from frame_rows import expected_rows, label_rows

from pmo_classify import Classifier, label_dask, label_frame, label_spark
from pmo_classify.errors import FrameError, ReplacedColumnsWarning
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.frames.partitions import LabelCache, cached_labels, pickled_classifier

pd = pytest.importorskip("pandas", reason="pip install 'pmo-classify[pandas]'")
dd = pytest.importorskip("dask.dataframe", reason="pip install 'pmo-classify[dask]'")

TITLES = ["PMO Lead", "Chef", None, "Programme Office Analyst", "", "PMO Lead", "Site Engineer"]
OWN = [{"title": "Chef", "track": "pmo", "level": 4, "scope": ""}]
TYPES_OF_SPARK = [
    "string", "tinyint", "string", "string", "string", "string", "string", "string", "double",
    "boolean", "string",
]  # fmt: skip


@pytest.fixture
def pandas_ads() -> Any:
    return pd.DataFrame({"id": range(7), "title": TITLES}, index=range(10, 24, 2))


@pytest.fixture
def dask_ads(pandas_ads: Any) -> Any:
    return dd.from_pandas(pandas_ads, npartitions=3)


@pytest.fixture
def spark_ads(spark: Any) -> Any:
    rows = list(enumerate(TITLES))
    return spark.createDataFrame(rows, "id int, title string").repartition(3)


def test_dask_gives_what_pandas_gives(dask_client: Any, dask_ads: Any) -> None:
    """Two processes return the same rows as one machine, with index and divisions unchanged."""
    labelled = label_dask(dask_ads, "title")
    assert labelled.divisions == dask_ads.divisions
    here = label_frame(dask_ads.compute(), "title")
    pd.testing.assert_frame_equal(dask_client.compute(labelled, sync=True), here)


def test_dask_knows_the_types_of_all_partitions(dask_client: Any, dask_ads: Any) -> None:
    """The columns that Dask expects are those of each partition, also of one without rows."""
    labelled = label_dask(dask_ads[dask_ads["id"] < 6], "title")
    parts = dask_client.gather(dask_client.compute(list(labelled.partitions)))
    assert [len(part) for part in parts] == [3, 2, 1]
    empty = dask_client.compute(label_dask(dask_ads[dask_ads["id"] > 9], "title"), sync=True)
    for part in (*parts, empty):
        pd.testing.assert_series_equal(part.dtypes, labelled.dtypes)


def test_dask_computes_nothing_by_itself(dask_ads: Any) -> None:
    """Labelling only adds to the plan; no title is read before the result is computed."""

    def refuse(*_args: object, **_options: object) -> None:
        message = "somebody computes"
        raise AssertionError(message)

    dask = pytest.importorskip("dask")
    with dask.config.set(scheduler=refuse):
        labelled = label_dask(dask_ads, "title")
        with pytest.raises(AssertionError, match="somebody computes"):
            labelled.compute()


def test_own_titles_reach_the_workers_of_dask(dask_client: Any, dask_ads: Any) -> None:
    labelled = label_dask(dask_ads, "title", classifier=Classifier(extra_titles=OWN))
    assert dask_client.compute(labelled, sync=True)["pmo_level"].tolist()[1] == 4


@pytest.mark.parametrize(
    ("column", "message"),
    [("titel", "did you mean 'title'"), ("id", "column 'id' has the type Int64")],
)
def test_dask_refuses_at_once(dask_ads: Any, column: str, message: str) -> None:
    with pytest.raises(FrameError, match=message):
        label_dask(dask_ads, column)


def test_dask_refuses_a_column_in_the_place_of_its_name(dask_ads: Any) -> None:
    with pytest.raises(FrameError, match="name of the column, not a Series"):
        label_dask(dask_ads, dask_ads["title"])


def test_dask_replaces_labels_of_an_earlier_run(dask_client: Any, dask_ads: Any) -> None:
    with pytest.warns(ReplacedColumnsWarning, match="pmo_level") as caught:
        labelled = label_dask(dask_ads.assign(pmo_level="9"), "title")
    assert caught[0].filename == __file__
    assert labelled.columns.tolist() == ["id", "title", *LABEL_COLUMNS]
    assert dask_client.compute(labelled, sync=True)["pmo_level"].tolist()[0] == 3


def test_dask_adds_some_columns(dask_client: Any, dask_ads: Any) -> None:
    labelled = label_dask(dask_ads, "title", columns=["scope", "level"])
    assert labelled.columns.tolist() == ["id", "title", "pmo_level", "pmo_scope"]
    found = dask_client.compute(labelled, sync=True)
    assert found.dtypes.equals(labelled.dtypes)
    assert found["pmo_level"].tolist()[0] == 3


def test_a_bad_title_is_told_by_the_worker(dask_client: Any) -> None:
    """A fault that only a worker sees raises the same error as on one machine."""
    with pytest.importorskip("dask").config.set({"dataframe.convert-string": False}):
        bad = dd.from_pandas(
            pd.DataFrame({"title": pd.Series(["x", 7], dtype=object)}), npartitions=1
        )
        labelled = label_dask(bad, "title")
        with pytest.raises(FrameError, match=r"row 1 \(from 0\): .* not 7 \(int\)"):
            dask_client.compute(labelled, sync=True)


def test_spark_gives_what_pandas_gives(spark_ads: Any, pandas_ads: Any) -> None:
    """Two Python workers return the same answers as one machine, with Spark's own types."""
    labelled = label_spark(spark_ads, "title")
    assert [kind for _, kind in labelled.dtypes[2:]] == TYPES_OF_SPARK
    rows = [tuple(row) for row in labelled.orderBy("id").collect()]
    own = pandas_ads["title"].tolist()
    assert [row[2:] for row in rows] == expected_rows(own)
    assert [row[:2] for row in rows] == list(enumerate(TITLES))


def test_spark_computes_nothing_by_itself(spark: Any, spark_ads: Any) -> None:
    tracker = spark.sparkContext.statusTracker()
    spark.sparkContext.setJobGroup("labelling", "labelling")
    labelled = label_spark(spark_ads, "title")
    assert list(tracker.getJobIdsForGroup("labelling")) == []
    labelled.collect()
    assert len(tracker.getJobIdsForGroup("labelling")) > 0


def test_only_titles_leave_spark(spark: Any) -> None:
    """Other columns are unchanged, whatever their names and types."""
    ads = spark.sql(
        "select 1 as n, 'PMO Lead' as `job.`` title`, map('k', array(1, null)) as m, 2 as n,"
        " timestamp'2026-03-29 02:30:00' as t, interval '3' day as i, X'00ff' as b"
    )
    labelled = label_spark(ads, "job.` title")
    assert labelled.schema.fields[:7] == ads.schema.fields
    assert tuple(labelled.collect()[0])[:7] == tuple(ads.collect()[0])
    assert tuple(labelled.collect()[0])[7:9] == ("pmo", 3)


def test_own_titles_reach_the_workers_of_spark(spark_ads: Any) -> None:
    labelled = label_spark(spark_ads, "title", classifier=Classifier(extra_titles=OWN))
    assert labelled.filter("title = 'Chef'").collect()[0]["pmo_level"] == 4


@pytest.mark.parametrize(
    ("column", "message"),
    [("titel", "did you mean 'title'"), ("id", "column 'id' has the type int")],
)
def test_spark_refuses_at_once(spark_ads: Any, column: str, message: str) -> None:
    with pytest.raises(FrameError, match=message):
        label_spark(spark_ads, column)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("'a' as title, 'b' as TITLE", "2 columns are called 'title'"),
        ("'a' as title, 1 as Pmo_Level", None),
        ("'a' as Title", None),
        ("'a' collate UTF8_LCASE as title", None),
        ("cast('a' as varchar(9)) as title", None),
    ],
)
def test_names_and_text_of_every_kind_in_spark(
    spark: Any, columns: str, message: str | None
) -> None:
    """Spark ignores the case of names, and has several types of text."""
    ads = spark.sql(f"select {columns}")
    if message is None:
        own = [name for name in ads.columns if name.lower() == "title"]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReplacedColumnsWarning)
            assert label_spark(ads, "title").columns == [*own, *LABEL_COLUMNS]
    else:
        with pytest.raises(FrameError, match=message):
            label_spark(ads, "title")


def test_spark_knows_its_own_labels_in_capitals(spark: Any) -> None:
    ads = spark.sql("select 'a' as Pmo_Track")
    with pytest.raises(FrameError, match="'pmo_track' is a column that labelling writes"):
        label_spark(ads, "Pmo_Track")


def test_spark_replaces_labels_of_an_earlier_run(spark_ads: Any) -> None:
    """Spark ignores the case of names."""
    with pytest.warns(ReplacedColumnsWarning, match="PMO_Level") as caught:
        labelled = label_spark(spark_ads.selectExpr("'9' as PMO_Level", "title"), "title")
    assert caught[0].filename == __file__
    assert labelled.columns == ["title", *LABEL_COLUMNS]
    assert 3 in [row["pmo_level"] for row in labelled.collect()]


def test_spark_adds_some_columns(spark_ads: Any) -> None:
    labelled = label_spark(spark_ads.select("title"), "title", columns=["scope", "level"])
    assert labelled.columns == ["title", "pmo_level", "pmo_scope"]
    assert 3 in [row["pmo_level"] for row in labelled.collect()]


def test_titles_without_any_value_in_spark(spark: Any) -> None:
    row = label_spark(spark.sql("select null as title"), "title").collect()[0]
    assert row["pmo_reason"] == "there is no title"


@pytest.mark.parametrize("label", [label_dask, label_spark])
def test_a_frame_of_another_kind(label: Any, pandas_ads: Any) -> None:
    with pytest.raises(FrameError, match=r"needs a (Dask|Spark) data frame.*use label_frame"):
        label(pandas_ads, "title")


def test_label_frame_names_the_function_for_dask(dask_ads: Any) -> None:
    with pytest.raises(FrameError, match="use label_dask"):
        label_frame(dask_ads)


def test_label_frame_names_the_function_for_spark(spark_ads: Any) -> None:
    with pytest.raises(FrameError, match="use label_spark"):
        label_frame(spark_ads)


def test_a_recipe_makes_the_same_classifier_once() -> None:
    """The same classifier is pickled to the same bytes, and a process makes it only once."""
    mine, again = (Classifier(extra_titles=OWN, review_below=0.9) for _ in range(2))
    sent = pickle.loads(pickled_classifier(mine))  # noqa: S301 - it is our own
    assert pickled_classifier(mine) == pickled_classifier(again) == pickled_classifier(sent)
    assert cached_labels(pickled_classifier(mine)) is cached_labels(pickled_classifier(again))
    assert cached_labels(pickled_classifier(mine)) is not cached_labels(pickled_classifier(None))


def test_a_reader_remembers_titles_and_no_more_of_them_than_is_read() -> None:
    """Long titles that differ only after the limit get the answer of the whole title."""
    reader = LabelCache()
    long = "PMO Lead " * 200
    first, second = reader.values([long, long + "x"])
    assert first is second
    assert reader.values(["PMO Lead", long]) == expected_rows(["PMO Lead", long])
    assert label_rows(label_frame(pd.DataFrame({"t": [long]}), "t")) == reader.values([long])


def test_a_reader_forgets_what_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded, and forgotten titles are read again with the same answers."""
    monkeypatch.setattr("pmo_classify.labelling.frames.partitions._MOST_TITLES", 2)
    reader = LabelCache()
    titles = ["PMO Lead", "Chef", "Project Planner", "PMO Lead"]
    assert reader.values(titles) == expected_rows(titles)
    assert not reader._known
    assert reader.values(titles[:2]) == expected_rows(titles[:2])
    assert len(reader._known) == 2
