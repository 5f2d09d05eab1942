"""Labels in DuckDB: relations and SQL functions, in the real engine."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from frame_rows import expected_rows

from pmo_classify import Classification, Classifier
from pmo_classify.errors import FrameError, ReplacedColumnsWarning
from pmo_classify.labelling.columns import CATEGORIES, LABEL_COLUMNS

duckdb = pytest.importorskip(
    "duckdb", reason="DuckDB is not installed: pip install 'pmo-classify[duckdb]'"
)
# pmo_classify.duckdb needs the library itself.
from pmo_classify.duckdb import label, register  # noqa: E402

TITLES = ["PMO Lead", None, "Chef", "", "Program Coordinator", "PMO Lead", "Büro 'x' \"y\""]


@pytest.fixture
def connection() -> Any:
    with duckdb.connect() as opened:
        opened.execute('CREATE TABLE ads (id INTEGER, "Job ""title" VARCHAR, place VARCHAR)')
        opened.executemany(
            "INSERT INTO ads VALUES (?, ?, ?)", [(i, t, "Leeds") for i, t in enumerate(TITLES)]
        )
        yield opened


NAME = 'Job "title'


def test_every_row_gets_its_labels(connection: Any) -> None:
    """The user's columns come first, unchanged, and a missing title has an empty answer."""
    labelled = label(connection.table("ads"), NAME)
    assert labelled.columns == ["id", NAME, "place", *LABEL_COLUMNS]
    rows = labelled.order("id").fetchall()
    assert [row[:3] for row in rows] == [(i, t, "Leeds") for i, t in enumerate(TITLES)]
    assert [row[3:] for row in rows] == expected_rows(TITLES)


def test_some_columns_are_added(connection: Any) -> None:
    labelled = label(connection.table("ads"), NAME, columns=["pmo_scope", "level"]).order("id")
    assert labelled.columns == ["id", NAME, "place", "pmo_level", "pmo_scope"]
    assert [row[3:] for row in labelled.fetchall()] == [row[1:3] for row in expected_rows(TITLES)]


def test_clean_titles_are_made_for_their_column_only(
    connection: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Classification) -> str:
        raise AssertionError

    monkeypatch.setattr(Classification, "clean_title", property(refuse))
    register(connection)
    assert connection.sql("select pmo_level('PMO Lead')").fetchall() == [(3,)]
    assert label(connection.table("ads"), NAME, columns=["level"]).columns[-1] == "pmo_level"


def test_the_title_column_is_found(connection: Any) -> None:
    """Without a name, names and rows decide; the case of a name does not matter, as in SQL."""
    assert label(connection.table("ads")).columns[-1] == LABEL_COLUMNS[-1]
    labelled = label(connection.table("ads"), NAME.upper()).order("id")
    assert [row[3] for row in labelled.fetchall()] == [row[0] for row in expected_rows(TITLES)]


def test_the_types_never_depend_on_the_rows(connection: Any) -> None:
    kinds = [
        list(map(str, label(connection.sql(f"FROM ads WHERE {where}"), NAME).types))
        for where in ("true", "false", f'"{NAME.replace(chr(34), 2 * chr(34))}" IS NULL')
    ]
    assert kinds[0] == kinds[1] == kinds[2]
    by_name = dict(zip(LABEL_COLUMNS, kinds[0][3:], strict=True))
    assert by_name["pmo_level"] == "TINYINT"
    assert by_name["pmo_confidence"] == "DOUBLE"
    assert by_name["pmo_review"] == "BOOLEAN"
    assert by_name["pmo_reason"] == "VARCHAR"
    words = ", ".join(f"'{word}'" for word in CATEGORIES["pmo_track"])
    assert by_name["pmo_track"] == f"ENUM({words})"


def test_it_goes_on_as_any_relation(connection: Any) -> None:
    """It can be filtered, aggregated, made a view, and used after its labels go out of scope."""
    labelled = label(connection.table("ads"), NAME)
    gc.collect()
    found = labelled.filter("pmo_track = 'pmo'").aggregate("pmo_level, count(*) AS n").order("n")
    assert found.fetchall() == [(2, 1), (3, 2)]
    mine = Classifier(extra_titles=[{"title": "Chef", "track": "pmo", "level": 4}])
    again = label(labelled.project('"Job ""title", pmo_level AS first'), NAME, classifier=mine)
    differ = again.filter("first IS DISTINCT FROM pmo_level")
    assert differ.project('"Job ""title", first, pmo_level').fetchall() == [("Chef", None, 4)]
    views = connection.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal")
    assert views.fetchall() == []


def test_relations_of_files_and_of_the_default_connection(tmp_path: Any) -> None:
    path = tmp_path / "ads.parquet"
    duckdb.sql("SELECT 'Head of PMO' AS post, 1.5 AS pay").write_parquet(str(path))
    row = label(duckdb.read_parquet(str(path)), "post").fetchall()
    assert list(row[0][:5]) == ["Head of PMO", 1.5, "pmo", 4, None]


def test_an_enum_of_titles(connection: Any) -> None:
    relation = connection.sql("SELECT CAST('Chef' AS ENUM('Chef', 'PMO Lead')) AS title")
    assert label(relation, "title").fetchall()[0][1:3] == ("other", None)


def test_columns_of_an_earlier_run_are_replaced(connection: Any) -> None:
    relation = connection.sql("SELECT 'Chef' AS title, 'x' AS PMO_Track, 7 AS pmo_level, 1 AS n")
    with pytest.warns(ReplacedColumnsWarning, match="PMO_Track, pmo_level"):
        labelled = label(relation, "title")
    assert labelled.columns == ["title", "n", *LABEL_COLUMNS]
    assert labelled.fetchall()[0][:4] == ("Chef", 1, "other", None)


def test_own_titles(connection: Any) -> None:
    mine = Classifier(extra_titles=[{"title": "Chef", "track": "pmo", "level": 4}])
    labelled = label(connection.table("ads"), NAME, classifier=mine).order("id")
    assert labelled.fetchall()[2][3:5] == ("pmo", 4)


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("titel", "there is no column 'titel'"),
        ("id", "column 'id' has the type INTEGER, which is not text: name the column"),
        (7, "there is no column 7"),
    ],
)
def test_what_cannot_be_labelled(connection: Any, column: Any, message: str) -> None:
    with pytest.raises(FrameError, match=message):
        label(connection.table("ads"), column)


def test_what_is_no_relation(connection: Any) -> None:
    values: tuple[Any, ...] = (connection, "ads", None)
    for value in values:
        with pytest.raises(FrameError, match=r"pass a relation, such as connection\.table"):
            label(value, "title")
    with pytest.raises(FrameError, match="no column looks like job titles"):
        label(connection.sql("SELECT 'x' AS a, 1 AS b"))


def test_functions_of_sql(connection: Any) -> None:
    """There is one for each label column; a second call replaces them."""
    register(connection)
    calls = ", ".join(f'{name}("Job ""title")' for name in LABEL_COLUMNS)
    rows = connection.sql(f"SELECT {calls} FROM ads ORDER BY id").fetchall()  # noqa: S608
    assert rows == expected_rows(TITLES)
    assert connection.sql("SELECT pmo_level('Head of PMO'), pmo_level(NULL)").fetchall() == [
        (4, None)
    ]
    register(connection, classifier=Classifier(extra_titles=[
        {"title": "Chef", "track": "delivery", "level": ""}
    ]))  # fmt: skip
    assert connection.sql("SELECT pmo_track('Chef')").fetchall() == [("delivery",)]


def test_functions_of_many_rows(connection: Any) -> None:
    """Vectors of any length, and no rows at all."""
    register(connection)
    query = "SELECT count(*), sum(pmo_level(CASE WHEN i % 2 = 0 THEN 'PMO Lead' ELSE 'Chef' END))"
    assert connection.sql(f"{query} FROM range(5001) t(i)").fetchall() == [(5001, 7503)]
    assert connection.sql("SELECT pmo_level(place) FROM ads WHERE false").fetchall() == []
