"""The namespace ``pmo`` of Polars expressions, in the real engine."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from frame_rows import expected_rows, label_rows

from pmo_classify import Classification, Classifier, label_frame
from pmo_classify.errors import FrameError
from pmo_classify.labelling.columns import LABEL_COLUMNS

pl = pytest.importorskip("polars", reason="pip install 'pmo-classify[polars]'")
import pmo_classify.polars  # noqa: E402, F401 - gives expressions their namespace

TITLES = ["PMO Lead", None, "Chef", "", "Program Coordinator", "PMO Lead"]
ADS = pl.DataFrame({"id": range(6), "title": TITLES})


def test_all_labels_at_once() -> None:
    """The columns and their types are those of ``label_frame``."""
    labels = ADS.select(pl.col("title").pmo.labels().alias("pmo")).unnest("pmo")
    assert label_rows(labels) == expected_rows(TITLES)
    assert labels.schema == label_frame(ADS, "title").select(LABEL_COLUMNS).schema


METHODS = ("track", "level", "scope", "standard_title", "confidence", "review")


@pytest.mark.parametrize("name", [*METHODS, *(c.removeprefix("pmo_") for c in LABEL_COLUMNS)])
def test_one_label(name: str) -> None:
    """Each column has a method or is a field, and is named like the column."""
    titles = pl.col("title").pmo
    asked = getattr(titles, name)() if name in METHODS else titles.field(name)
    found = ADS.lazy().select(asked).collect()
    column = f"pmo_{name}"
    assert found.columns == [column]
    at = LABEL_COLUMNS.index(column)
    assert found.to_series().to_list() == [row[at] for row in expected_rows(TITLES)]
    assert titles.field(column).meta.output_name() == column


def test_clean_titles_are_made_for_their_column_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Classification) -> str:
        raise AssertionError

    monkeypatch.setattr(Classification, "clean_title", property(refuse))
    assert ADS.select(pl.col("title").pmo.level()).to_series().to_list()[0] == 3


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_a_plan_stays_lazy(engine: Any) -> None:
    """Nothing is read before it is collected, in either engine; types are known before."""
    many = pl.concat([ADS.lazy()] * 200)
    plan = many.with_columns(pl.col("title").pmo.level(), track=pl.col("title").pmo.track())
    assert plan.collect_schema()["pmo_level"] == pl.Int8
    kept = plan.filter(pl.col("pmo_level") >= 3).collect(engine=engine)
    assert kept["title"].to_list() == ["PMO Lead"] * 400
    assert set(kept["track"]) == {"pmo"}


def test_in_groups_and_empty_frames() -> None:
    grouped = ADS.group_by("id", maintain_order=True).agg(pl.col("title").pmo.level().first())
    assert grouped["pmo_level"].to_list() == [3, None, None, None, 2, 3]
    assert ADS.clear().select(pl.col("title").pmo.level()).schema == {"pmo_level": pl.Int8}


def test_own_titles() -> None:
    mine = Classifier(extra_titles=[{"title": "Chef", "track": "pmo", "level": 4}])
    levels = ADS.select(pl.col("title").pmo.level(classifier=mine)).to_series()
    assert levels.to_list() == [3, None, 4, None, 2, 3]


def test_a_field_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="there is no label column 'rank': name one of track, "):
        pl.col("title").pmo.field("rank")


def test_titles_that_are_no_text() -> None:
    with pytest.raises((FrameError, pl.exceptions.ComputeError), match="has the type Int64"):
        ADS.select(pl.col("id").pmo.level())


def test_the_extra_is_named_where_it_is_missing() -> None:
    code = (
        "import pmo_classify.extras as e; e.find_spec = lambda name: None\n"
        "try:\n    import pmo_classify.polars\nexcept Exception as error:\n    print(error)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("pl.col(...).pmo needs polars and narwhals: pip install")
