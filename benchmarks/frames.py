"""How long it takes to label rows in DuckDB and Polars, beyond reading their titles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl

import pmo_classify.duckdb
import pmo_classify.polars
from ads import write_ads
from measure import Line, in_turn, shares
from pmo_classify import Classifier, label_frame
from titles import fresh_classifier

__all__ = ["time_frames"]

SCAN, JOIN, KNOWN, NEW = (
    "a scan into a table",
    "the rows with their labels, into a table",
    "label and the rows, titles known",
    "label and the rows, titles new",
)
TITLES, ONE_JOIN, ONE_CALL = (
    "a scan of the titles",
    "the level by label, titles known",
    "the level by pmo_level(title), titles known",
)
COPY, FRAME, LABELS, LEVEL = (
    "a copy of all columns",
    "label_frame, titles known",
    "pmo.labels(), titles known",
    "pmo.level(), titles known",
)


class _Known(Classifier):
    """A classifier that has read all titles before, so that only the rest is timed."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, object] = {}

    def classify_many(self, titles):  # type: ignore[no-untyped-def]
        """Return the answers, read at most once."""
        new = [title for title in titles if title not in self.answers]
        self.answers.update(zip(new, super().classify_many(new), strict=True))
        return [self.answers[title] for title in titles]


def time_frames(folder: Path, rows: int, titles: list[str], rounds: int) -> list[Line]:
    """Time labelling a table of ads in DuckDB and in Polars, beside a plain scan of it."""
    source = folder / "ads.csv"
    write_ads(source, rows, titles)
    known = _Known()
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE ads AS FROM read_csv(?, all_varchar=true)", [str(source)])
        found = _time_duckdb(connection, known, rows, rounds)
    return found + _time_polars(source, known, rows, rounds)


def _time_duckdb(
    connection: duckdb.DuckDBPyConnection, known: _Known, rows: int, rounds: int
) -> list[Line]:
    def label(classifier: Classifier) -> duckdb.DuckDBPyRelation:
        return pmo_classify.duckdb.label(
            connection.table("ads"), "Job title", classifier=classifier
        )

    def to_table(relation: duckdb.DuckDBPyRelation) -> None:
        connection.execute("DROP TABLE IF EXISTS out")
        relation.to_table("out")

    labelled = label(known)
    pmo_classify.duckdb.register(connection, classifier=known)
    calls = 'SELECT id, pmo_level("Job title") AS level FROM ads'
    runs: dict[str, Callable[[], object]] = {
        SCAN: lambda: to_table(connection.table("ads")),
        JOIN: lambda: to_table(labelled),
        KNOWN: lambda: to_table(label(known)),
        NEW: lambda: to_table(label(fresh_classifier())),
        TITLES: lambda: to_table(connection.sql('SELECT id, "Job title" FROM ads')),
        ONE_JOIN: lambda: to_table(label(known).select("id", "pmo_level")),
        ONE_CALL: lambda: to_table(connection.sql(calls)),
    }
    goals = {(JOIN, SCAN): 3.0}
    return shares(f"DuckDB, {rows:,} rows", in_turn(runs, rounds), goals, "table")


def _time_polars(source: Path, known: _Known, rows: int, rounds: int) -> list[Line]:
    ads = pl.read_csv(source, infer_schema=False)
    title = pl.col("Job title").pmo
    runs: dict[str, Callable[[], object]] = {
        COPY: lambda: ads.lazy().select(pl.all().reverse()).collect(),
        FRAME: lambda: label_frame(ads, "Job title", classifier=known),
        LABELS: lambda: (
            ads.lazy().with_columns(title.labels(classifier=known).alias("pmo")).collect()
        ),
        LEVEL: lambda: ads.lazy().with_columns(title.level(classifier=known)).collect(),
    }
    return shares(f"Polars, {rows:,} rows", in_turn(runs, rounds), {}, "frame")
