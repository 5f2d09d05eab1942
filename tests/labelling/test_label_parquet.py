"""Parquet with labels: the file keeps its properties, and the label columns have types."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from pmo_classify import classify_many
from pmo_classify.errors import FileError
from pmo_classify.files import parquet as files_parquet
from pmo_classify.labelling.columns import LABEL_COLUMNS, label_values
from pmo_classify.labelling.frames.label import label_frame
from pmo_classify.labelling.label_file import label_file
from pmo_classify.labelling.label_set import LabelSet
from pmo_classify.labelling.parquet import label_parquet

TITLES = ["PMO Analyst", None, "Head Chef", "Programme Manager", "PMO Analyst"]
FULL = pa.table(
    {
        "n": pa.array(range(5), pa.int16()),
        "vacancy": TITLES,
        "tags": pa.array([["a"], [], None, ["b", None], ["c"]], pa.list_(pa.string())),
        "where": [{"town": "Hull", "at": dt.date(2026, 5, 3)}] * 5,
        "kind": pa.array(["x", "y", "x", None, "x"]).dictionary_encode(),
        "at": pa.array([0, 1, None, 3, 4], pa.timestamp("us", "Europe/Paris")),
        "pay": pa.array(["1.50", "2.00", None, "3", "4"]).cast(pa.decimal128(7, 2)),
    }
).replace_schema_metadata({"made by": "hand"})


def _label(folder: Path, table: pa.Table, *, written: Any = None, **options: Any) -> pa.Table:
    source, target = folder / "ads.parquet", folder / "out.parquet"
    pq.write_table(table, source, **(written or {}))
    before = source.read_bytes()
    label_parquet(source, target, force=True, **options)
    assert source.read_bytes() == before
    return pq.read_table(target)


def _file(folder: Path, name: str = "out.parquet") -> pq.ParquetFile:
    return pq.ParquetFile(folder / name)


def test_everything_else_is_kept(tmp_path: Path) -> None:
    """Values, types, metadata, row groups and the compression of each column."""
    given = {**dict.fromkeys(FULL.column_names, "zstd"), "n": "gzip"}
    written = {"row_group_size": 2, "compression": given}
    found = _label(tmp_path, FULL, written=written)
    source, target = _file(tmp_path, "ads.parquet"), _file(tmp_path)
    assert found.select(FULL.column_names) == source.read()
    assert list(target.schema_arrow)[:7] == list(source.schema_arrow)
    assert target.schema_arrow.metadata == {b"made by": b"hand"}
    groups = [target.metadata.row_group(n) for n in range(3)]
    assert [group.num_rows for group in groups] == [2, 2, 1]
    codecs = {
        groups[0].column(n).path_in_schema: groups[0].column(n).compression
        for n in range(groups[0].num_columns)
    }
    assert (codecs["n"], codecs["vacancy"]) == ("GZIP", "ZSTD")


def test_labels_have_the_types_of_frames(tmp_path: Path) -> None:
    found = _label(tmp_path, FULL).select(LABEL_COLUMNS)
    rows = [tuple(row.values()) for row in found.to_pylist()]
    assert rows == [label_values(answer) for answer in classify_many([t or "" for t in TITLES])]
    types = [str(found.schema.field(f"pmo_{name}").type) for name in ("level", "confidence")]
    assert types == ["int8", "double"]
    assert pa.types.is_dictionary(found.schema.field("pmo_track").type)


@pytest.mark.parametrize(
    "titles",
    [
        pa.array(TITLES, pa.large_string()),
        pa.array(TITLES).dictionary_encode(),
        pa.array([None if title is None else title.encode() for title in TITLES], pa.binary()),
    ],
    ids=lambda titles: str(titles.type),
)
def test_titles_of_any_type(tmp_path: Path, titles: pa.Array) -> None:
    found = _label(tmp_path, pa.table({"vacancy": titles}), written={"store_schema": True})
    assert found.column("pmo_level").to_pylist() == [2, None, None, None, 2]
    assert found.schema.field("vacancy").type == titles.type


def test_a_title_inside_a_struct(tmp_path: Path) -> None:
    table = pa.table({"ad": [{"post": {"name": title}} for title in TITLES]})
    assert _label(tmp_path, table).column("pmo_level").to_pylist()[0] == 2
    named = _label(tmp_path, table, column="ad.post.name")
    assert named.column("pmo_level").to_pylist()[0] == 2


def test_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    once = _label(tmp_path, FULL)
    assert _label(tmp_path, once) == once
    summary = label_file(tmp_path / "ads.parquet")
    assert summary.replaced_columns == LABEL_COLUMNS
    assert (summary.rows, summary.distinct) == (5, 4)


def test_chosen_columns_under_another_name(tmp_path: Path) -> None:
    labels = LabelSet.of(["level", "scope"], prefix="job_")
    found = _label(tmp_path, FULL, labels=labels)
    assert found.column_names[7:] == ["job_level", "job_scope"]


@pytest.mark.parametrize("rows", [0, 5])
def test_no_rows_and_no_row_groups(tmp_path: Path, rows: int) -> None:
    found = _label(tmp_path, FULL.slice(0, rows), column="vacancy")
    assert found.num_rows == rows
    assert found.column_names[-1] == "pmo_reason"


def test_a_large_row_group_is_read_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So memory stays bounded; the values are the same."""
    table = pa.table({"vacancy": [f"PMO Analyst {n % 70}" for n in range(1_000)]})
    whole = _label(tmp_path, table)
    monkeypatch.setattr(files_parquet, "_MOST_BYTES", 1_000)
    monkeypatch.setattr(files_parquet, "_ROWS_AT_ONCE", 100)
    assert _label(tmp_path, table) == whole
    assert _file(tmp_path).num_row_groups == 10


def test_old_times_stay_old(tmp_path: Path) -> None:
    """Spark and Impala have long written times as 96 bits, and may still expect them."""
    times = pa.array([1_000, 2_000], pa.timestamp("ns"))
    table = pa.table({"vacancy": ["Chef", "Cook"], "at": times})
    _label(tmp_path, table, written={"use_deprecated_int96_timestamps": True})
    assert _file(tmp_path).schema.column(1).physical_type == "INT96"


TEXTLESS = pa.table({"n": [1], "pay": [2.5]})
TWICE = pa.Table.from_arrays([pa.array(["Chef"])] * 2, ["vacancy", "vacancy"])
NOT_UTF_8 = pa.table({"vacancy": pa.array([b"Chef \xff"], pa.binary())})


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (
            TEXTLESS,
            {},
            r"no column with text: the columns are 'n' \(int64\), 'pay' \(double\)$",
        ),
        (TEXTLESS, {"column": "n"}, "there is no column with text"),
        (FULL, {"column": "A"}, "there is no column 'A': name one of 'vacancy', 'where.town'"),
        (FULL, {"column": "n"}, "there is no column 'n': name one of"),
        (FULL, {"column": "pmo_track"}, "'pmo_track' is a column that labelling writes"),
        (TWICE, {}, "2 columns are called 'vacancy': rename one of them"),
        (NOT_UTF_8, {}, "the column 'vacancy' holds bytes that are no UTF-8 text"),
        (pa.table({"a": ["x"]}), {}, "no column looks like job titles: .*the columns are 'a'$"),
    ],
)
def test_what_cannot_be_labelled(
    tmp_path: Path, table: pa.Table, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(FileError, match=message):
        _label(tmp_path, table, **options)
    assert [path.name for path in tmp_path.iterdir()] == ["ads.parquet"]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_file_that_is_cut_short(tmp_path: Path, share: float) -> None:
    source = tmp_path / "ads.parquet"
    pq.write_table(FULL, source)
    whole = source.read_bytes()
    source.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(FileError, match=r"ads\.parquet: this is no Parquet file, or it is cut"):
        label_parquet(source)
    assert [path.name for path in tmp_path.iterdir()] == ["ads.parquet"]


@pytest.mark.parametrize("group", [0, 5])
def test_a_damaged_page(tmp_path: Path, group: int) -> None:
    """In the first rows, where the titles are looked for, or after some are written."""
    source = tmp_path / "ads.parquet"
    table = pa.concat_tables([FULL] * 60)
    pq.write_table(table, source, compression="gzip", row_group_size=50)
    start = pq.ParquetFile(source).metadata.row_group(group).column(1).data_page_offset
    content = bytearray(source.read_bytes())
    content[start + 20 : start + 60] = bytes(40)
    source.write_bytes(content)
    with pytest.raises(FileError, match=r"ads\.parquet: this is no Parquet file, or it is cut"):
        label_parquet(source, column="vacancy")
    assert [path.name for path in tmp_path.iterdir()] == ["ads.parquet"]


MANY = pa.table({"n": range(10_000), "vacancy": [*TITLES, "Chef", "Planner"] * 1_428 + TITLES[:4]})


@pytest.mark.parametrize("written", [{}, {"row_group_size": 3_000}, {"use_dictionary": False}])
def test_many_rows_with_few_titles(tmp_path: Path, written: dict[str, Any]) -> None:
    """Titles that the file stores as a dictionary are read as one, and come back as text."""
    found = _label(tmp_path, MANY, written=written)
    titles = [title or "" for title in MANY.column("vacancy").to_pylist()]
    rows = found.select(LABEL_COLUMNS).to_pylist()
    assert [tuple(row.values()) for row in rows] == list(map(label_values, classify_many(titles)))
    assert found.select(["n", "vacancy"]) == MANY
    assert found.schema.field("vacancy").type == pa.string()
    pq.write_table(label_frame(MANY), tmp_path / "frame.parquet")
    assert found.schema == pq.read_schema(tmp_path / "frame.parquet")
    summary = label_parquet(tmp_path / "ads.parquet", force=True)
    assert (summary.rows, summary.distinct) == (10_000, 6)


@pytest.mark.parametrize("rows", [100, 10_000])
def test_other_text_stays_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """Whatever of it the file stores as dictionaries, with one for all rows or for some."""
    monkeypatch.setattr(files_parquet, "_ROWS_AT_ONCE", rows)
    towns = [None if n % 7 == 0 else f"Town {n % 90}" for n in range(9_000)]
    late = ["Hull"] * 8_000 + [f"Place {n}" for n in range(1_000)]
    table = MANY.slice(0, 9_000)
    table = table.append_column("town", pa.array(towns)).append_column("place", pa.array(late))
    written = {"dictionary_pagesize_limit": 2_000, "write_batch_size": 100, "data_page_size": 500}
    found = _label(tmp_path, table, written=written)
    assert found.select(table.column_names) == table
    assert found.schema.field("town").type == pa.string()


def test_a_full_dictionary_with_missing_titles(tmp_path: Path) -> None:
    """Its numbers have no room for one more."""
    words = pa.array([f"Chef {n}" for n in range(128)])
    titles = pa.DictionaryArray.from_arrays(pa.array([*range(128), None], pa.int8()), words)
    found = _label(tmp_path, pa.table({"vacancy": titles}), column="vacancy")
    assert found.column("pmo_track").to_pylist() == ["other"] * 129
    assert found.column("pmo_clean_title").to_pylist()[-1] is None


def test_unused_words_of_a_dictionary_are_no_titles(tmp_path: Path) -> None:
    words = pa.array(["Chef", "PMO Lead", "Cook"])
    titles = pa.DictionaryArray.from_arrays(pa.array([0, None, 0, 2], pa.int32()), words)
    pq.write_table(pa.table({"vacancy": titles}), tmp_path / "ads.parquet")
    summary = label_parquet(tmp_path / "ads.parquet")
    assert sorted((title, rows) for title, _, rows in summary.counts()) == [
        ("", 1), ("Chef", 2), ("Cook", 1),
    ]  # fmt: skip


def test_ranges_by_which_readers_leave_out_rows(tmp_path: Path) -> None:
    """Those of the user's columns stay; of ours, the numbers have some."""
    _label(tmp_path, MANY)
    group = _file(tmp_path).metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    ranged = {chunk.path_in_schema for chunk in columns if chunk.is_stats_set}
    assert ranged == {"n", "vacancy", "pmo_level", "pmo_confidence", "pmo_review"}
