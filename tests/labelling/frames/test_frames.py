"""Labels for data frames: the same kind of frame, typed columns, and no other change."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

import pytest
from frame_rows import expected_rows, label_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_classify import Classification, Classifier, label_frame
from pmo_classify.errors import FrameError, ReplacedColumnsWarning
from pmo_classify.labelling.columns import CATEGORIES, LABEL_COLUMNS

pd = pytest.importorskip("pandas", reason="pip install 'pmo-classify[pandas]'")
pl = pytest.importorskip("polars", reason="pip install 'pmo-classify[polars]'")
pa = pytest.importorskip("pyarrow", reason="pip install pyarrow")
nw = pytest.importorskip("narwhals", reason="pip install 'pmo-classify[frames]'")

TITLES = ["PMO Lead", "Chef", None, "Programme Office Analyst", "", "PMO Lead", "Program Manager"]
MAKERS: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
}
TEXT = "str" if int(pd.__version__.partition(".")[0]) >= 3 else "string"
PANDAS_TYPES = [
    "category",
    "Int8",
    "category",
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    "category",
    "float64",
    "bool",
    TEXT,
]
PANDAS_SERIES = {
    "object": pd.Series(TITLES, dtype=object),
    "objects that are missing": pd.Series([None, math.nan, pd.NA, pd.NaT, "Chef"], dtype=object),
    "string": pd.Series(TITLES, dtype="string"),
    "string of Arrow": pd.Series(TITLES, dtype="string[pyarrow]"),
    "large string of Arrow": pd.Series(TITLES, dtype=pd.ArrowDtype(pa.large_string())),
    "category": pd.Series(TITLES, dtype="category"),
    "category of which some do not occur": pd.Series(TITLES, dtype="category")[3:4],
    "numbers, all missing": pd.Series([math.nan] * 2),
    "dates, all missing": pd.Series([pd.NaT] * 2),
    "nothing": pd.Series([], dtype=object),
    "half a surrogate pair": pd.Series(["PMO \ud800 Lead"], dtype=object),
}  # fmt: skip
POLARS_SERIES = {
    "text": pl.Series(TITLES),
    "categorical": pl.Series(TITLES, dtype=pl.Categorical),
    "enum": pl.Series(TITLES, dtype=pl.Enum([t for t in dict.fromkeys(TITLES) if t is not None])),
    "objects": pl.Series(TITLES, dtype=pl.Object),
    "null": pl.Series([None, None]),
    "nothing": pl.Series([], dtype=pl.String),
}
ARROW_ARRAYS = {
    "text": pa.array(TITLES),
    "large text": pa.array(TITLES, type=pa.large_string()),
    "chunks": pa.chunked_array([TITLES[:2], [], TITLES[2:]], type=pa.string()),
    "dictionary": pa.array(TITLES).dictionary_encode(),
    "dictionaries that differ": pa.chunked_array(
        [pa.array(TITLES[:3]).dictionary_encode(), pa.array(TITLES[3:]).dictionary_encode()]
    ),
    "dictionary with a null among its words": pa.DictionaryArray.from_arrays(
        [0, 1, 0], ["PMO Lead", None]
    ),
    "dictionary of nulls": pa.DictionaryArray.from_arrays([0], pa.array([None], pa.int8())),
    "dictionary of numbers, all missing": pa.DictionaryArray.from_arrays(
        pa.array([None], pa.int8()), [7]
    ),
    "dictionary without a chunk": pa.chunked_array([], pa.dictionary(pa.int8(), pa.string())),
    "run ends": pa.RunEndEncodedArray.from_arrays([2, 3], ["PMO Lead", "Chef"]),
    "null": pa.nulls(3),
    "nothing": pa.array([], type=pa.string()),
    "no chunk": pa.chunked_array([], type=pa.string()),
}
if hasattr(pa, "string_view"):
    ARROW_ARRAYS["views"] = pa.array(TITLES, type=pa.string_view())
    ARROW_ARRAYS["dictionary of views"] = pa.DictionaryArray.from_arrays(
        [0, 1, 1], pa.array(["PMO Lead", None], pa.string_view())
    )


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Callable[[dict[str, list[Any]]], Any]:
    return MAKERS[request.param]


def test_the_same_kind_comes_back(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    """The user's columns come first, unchanged, then the label columns in their order."""
    frame = make({"id": list(range(7)), "title": TITLES})
    labelled = label_frame(frame, "title")
    assert type(labelled) is type(frame)
    names = labelled.column_names if isinstance(frame, pa.Table) else list(labelled.columns)
    assert names == ["id", "title", *LABEL_COLUMNS]
    mine = labelled.select(["id", "title"]) if not isinstance(frame, pd.DataFrame) else (
        labelled[["id", "title"]]
    )  # fmt: skip
    assert mine.equals(frame)


def test_answers_are_those_of_classify(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    assert label_rows(label_frame(make({"title": TITLES}), "title")) == expected_rows(TITLES)


@pytest.mark.parametrize("kind", PANDAS_SERIES)
def test_titles_of_every_type_in_pandas(kind: str) -> None:
    """The type of the titles changes neither the answers nor the types of the label columns."""
    series = PANDAS_SERIES[kind]
    labelled = label_frame(pd.DataFrame({"title": series}), "title")
    assert label_rows(labelled) == expected_rows(series.tolist())
    assert labelled.dtypes.astype(str).tolist()[1:] == PANDAS_TYPES
    assert labelled["title"].dtype == series.dtype


@pytest.mark.parametrize("kind", POLARS_SERIES)
def test_titles_of_every_type_in_polars(kind: str) -> None:
    series = POLARS_SERIES[kind]
    labelled = label_frame(pl.DataFrame({"title": series}), "title")
    assert label_rows(labelled) == expected_rows(series.to_list())
    assert labelled.schema["title"] == series.dtype
    assert labelled.schema["pmo_level"] == pl.Int8
    assert labelled.schema["pmo_track"] == pl.Enum(CATEGORIES["pmo_track"])


@pytest.mark.parametrize("kind", ARROW_ARRAYS)
def test_titles_of_every_type_in_arrow(kind: str) -> None:
    array = ARROW_ARRAYS[kind]
    labelled = label_frame(pa.table({"title": array}), "title")
    labels = labelled.select(LABEL_COLUMNS)
    assert label_rows(labelled) == expected_rows(array.to_pylist())
    assert labelled.schema.field("title").type == array.type
    assert labels.schema == label_frame(pa.table({"title": ["x"]}), "title").schema.remove(0)


def test_all_categories_are_known_beforehand() -> None:
    """A frame's categories do not depend on its rows, so that frames can be concatenated."""
    one, other = (label_frame(pd.DataFrame({"title": [t]})) for t in ("PMO Lead", "Site Engineer"))
    both = pd.concat([one, other])
    assert both["pmo_track"].dtype == one["pmo_track"].dtype == "category"
    assert tuple(one["pmo_scope"].cat.categories) == CATEGORIES["pmo_scope"]


@pytest.mark.parametrize(
    "index",
    [
        pd.Index([5, 5, 1, 0, 0, -2, 9]),
        pd.date_range("2026-01-01", periods=7, name="day"),
        pd.MultiIndex.from_product([["a"], range(7)], names=["x", None]),
        pd.Index(list("abcdefg"), dtype="category"),
    ],
    ids=["repeated", "dates", "multi", "category"],
)
def test_the_index_stays(index: Any) -> None:
    frame = pd.DataFrame({"title": TITLES}, index=index)
    labelled = label_frame(frame, "title")
    pd.testing.assert_index_equal(labelled.index, index)
    assert label_rows(labelled) == expected_rows(TITLES)


@pytest.mark.parametrize(
    ("columns", "wanted", "last"),
    [
        (["a", "title", "a"], "title", "pmo_reason"),
        ([7, 8, 7], 8, "pmo_reason"),
        (pd.MultiIndex.from_tuples([("x", 1), ("x", 2), ("y", 1)], names=["k", "l"]), ("x", 2),
         ("pmo_reason", "")),
        (pd.date_range("2026-01-01", periods=3), pd.Timestamp("2026-01-02"), "pmo_reason"),
        (pd.CategoricalIndex(["a", "b", "c"]), "b", "pmo_reason"),
    ],
    ids=["repeated", "numbers", "multi", "dates", "categories"],
)  # fmt: skip
def test_column_names_of_every_kind_in_pandas(columns: Any, wanted: Any, last: object) -> None:
    """Names that are repeated, numbers or tuples are kept, with their columns."""
    frame = pd.DataFrame([[1, "PMO Lead", "x"]], columns=columns)
    labelled = label_frame(frame, wanted)
    assert labelled.columns[:3].tolist() == frame.columns.tolist()
    assert labelled.iloc[0, :3].tolist() == frame.iloc[0].tolist()
    assert labelled.columns[-1] == last
    assert labelled.columns.names == frame.columns.names
    assert labelled.iloc[0, 4] == 3


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        (pd.Index([1.0, math.nan, 3.0]), math.nan),
        (pd.Index([pd.NA, "t", 3], dtype=object), "t"),
        (pd.Index([1, pd.NA, 3], dtype=object), pd.NA),
    ],
    ids=["NaN", "NA beside", "NA"],
)
def test_a_name_that_is_missing_in_pandas(columns: Any, wanted: Any) -> None:
    """An empty header cell is a name in pandas that equals nothing, not even itself."""
    frame = pd.DataFrame([[1, "PMO Lead", "x"]], columns=columns)
    labelled = label_frame(frame, wanted)
    assert labelled["pmo_level"].tolist() == [3]
    assert labelled.columns[: frame.shape[1]].equals(frame.columns)


# pandas 2.2 itself makes frames of such a class in a way that it deprecates.
@pytest.mark.filterwarnings("ignore:Passing a BlockManager:DeprecationWarning")
def test_notes_and_classes_of_pandas_frames_stay() -> None:
    class Ads(pd.DataFrame):  # type: ignore[misc, name-defined]
        @property
        def _constructor(self) -> type[Ads]:
            return Ads

    frame = Ads({"title": TITLES})
    frame.attrs["source"] = "May"
    labelled = label_frame(frame)
    assert type(labelled) is Ads
    assert labelled.attrs == {"source": "May"}


def test_a_change_of_the_result_does_not_reach_the_input() -> None:
    frame = pd.DataFrame({"n": range(7), "title": TITLES})
    before = frame.copy()
    labelled = label_frame(frame, "title")
    labelled.iloc[0, 0] = 99
    labelled["title"] = "other"
    pd.testing.assert_frame_equal(frame, before)


def test_labels_of_an_earlier_run_are_replaced(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    """Columns of an earlier run are replaced, and a warning names them."""
    frame = make({"pmo_level": [9], "title": ["PMO Lead"], "pmo_track": ["mine"], "n": [1]})
    with pytest.warns(ReplacedColumnsWarning, match="pmo_level, pmo_track") as caught:
        labelled = label_frame(frame, "title")
    assert caught[0].filename == __file__
    names = labelled.column_names if isinstance(frame, pa.Table) else list(labelled.columns)
    assert names == ["title", "n", *LABEL_COLUMNS]
    assert label_rows(labelled) == expected_rows(["PMO Lead"])


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"id": [1, 2], "Job title": ["PMO Lead", "Chef"], "Town": ["Leeds", "York"]}, "Job title"),
        ({"Title": ["Mr", "Mrs"], "Role": ["PMO Lead", "Chef"]}, "Role"),
        ({"a": ["x", "y"], "b": ["PMO Analyst", "Staff Nurse"]}, "b"),
        ({"position": [1, 2], "text": ["Project Manager", "Chef"]}, "text"),
        ({"Role": ["Job title", None], "note": ["Title", "a"]}, "Role"),
        ({"": ["x", "y"], "title": ["PMO Lead", "Chef"]}, "title"),
    ],
    ids=["header", "cells decide", "cells alone", "numbers are no titles", "a cell is no header",
         "a column without a name"],
)  # fmt: skip
def test_the_title_column_is_found(
    make: Callable[[dict[str, list[Any]]], Any], columns: dict[str, list[Any]], found: str
) -> None:
    """Column names and cells decide, as in a file, but the header is known."""
    rows = label_rows(label_frame(make(columns)))
    assert rows == expected_rows(columns[found])


@pytest.mark.parametrize(
    ("columns", "wanted", "message"),
    [
        ({"Job title": ["x"], "id": [1]}, "job_titel",
         r"there is no column 'job_titel': did you mean 'Job title'\?"),
        ({"ab": ["x"], "cd": [1]}, "title", "no column 'title': the columns are 'ab', 'cd'"),
        ({"n": [1, 2]}, "n", "column 'n' has the type Int64"),
        ({"n": [date(2026, 5, 3)]}, "n", "column 'n'.*text"),
        ({"pmo_track": ["x"]}, "pmo_track", "'pmo_track' is a column that labelling writes"),
        ({"a": ["q"], "b": [1]}, None, "no column looks like job titles: name it; .* are 'a'"),
        ({"Business Title": ["PMO Lead"], "Civil Service Title": ["Clerk"]}, None,
         "the titles could be in 'Business Title' or 'Civil Service Title'"),
        ({"n": [1]}, None, "the columns with text are none"),
    ],
)  # fmt: skip
def test_what_cannot_be_labelled(
    make: Callable[[dict[str, list[Any]]], Any],
    columns: dict[str, list[Any]],
    wanted: str | None,
    message: str,
) -> None:
    """An error names the column and the next step."""
    with pytest.raises(FrameError, match=message):
        label_frame(make(columns), wanted)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["PMO Lead", None, 7], r"column 'title', row 2 \(from 0\): .* not 7 \(int\)"),
        ([["PMO"], "x"], r"row 0 \(from 0\): .* not \['PMO'\] \(list\)"),
        (["x", b"PMO"], r"row 1 \(from 0\): .* not b'PMO' \(bytes\)"),
        (pd.Categorical([3, None]), r"row 0 \(from 0\): .* not 3 \(int\)"),
    ],
    ids=["number", "list", "bytes", "categories"],
)
def test_titles_that_are_no_text(values: Any, message: str) -> None:
    """A cell that is not text raises an error with its row and type."""
    series = values if isinstance(values, pd.Categorical) else pd.Series(values, dtype=object)
    with pytest.raises(FrameError, match=message):
        label_frame(pd.DataFrame({"title": series}), "title")


def test_polars_objects_that_are_no_text() -> None:
    frame = pl.DataFrame({"title": pl.Series(["PMO Lead", None, 7], dtype=pl.Object)})
    with pytest.raises(FrameError, match=r"row 2 \(from 0\): a title must be text, not 7 \(int\)"):
        label_frame(frame, "title")


def test_arrow_categories_that_are_no_text() -> None:
    with pytest.raises(FrameError, match=r"row 1 \(from 0\): a title must be text, not 7 \(int\)"):
        label_frame(pa.table({"title": pa.array([None, 7]).dictionary_encode()}), "title")


@pytest.mark.parametrize(
    ("series", "name", "kind"),
    [
        (pd.Series(TITLES), "title", pd.DataFrame),
        (pd.Series(TITLES, name="Job title"), "Job title", pd.DataFrame),
        (pd.Series(TITLES, name=("job", 1)), ("job", 1), pd.DataFrame),
        (pl.Series(TITLES), "title", pl.DataFrame),
        (pl.Series("Job title", TITLES), "Job title", pl.DataFrame),
        (pa.chunked_array([TITLES]), "title", pa.Table),
    ],
    ids=lambda value: getattr(value, "__name__", repr(value)[:20]),
)
def test_a_series_becomes_a_frame_with_its_labels(series: Any, name: Hashable, kind: type) -> None:
    labelled: Any = label_frame(series)
    assert next(iter(labelled.column_names if kind is pa.Table else labelled.columns)) == name
    assert type(labelled) is kind
    assert label_rows(labelled) == expected_rows(TITLES)


def test_a_series_keeps_its_index_and_may_be_named() -> None:
    labelled = label_frame(pd.Series(["PMO Lead", "Chef"], index=["a", "b"]), "role")
    assert labelled.index.tolist() == ["a", "b"]
    assert labelled["role"].tolist() == ["PMO Lead", "Chef"]
    assert labelled["pmo_track"].tolist() == ["pmo", "other"]


@pytest.mark.parametrize("thing", [["PMO Lead"], {"title": ["PMO Lead"]}, None])
def test_other_objects_are_refused(thing: object) -> None:
    with pytest.raises(FrameError, match="pass a frame of pandas, Polars or PyArrow"):
        label_frame(thing)


@pytest.mark.parametrize(
    ("thing", "instead"),
    [
        (pd.Index(TITLES), r"label a pandas.Index: .* its to_frame\(\)"),
        (
            pa.RecordBatch.from_pydict({"title": TITLES}),
            "label a pyarrow.RecordBatch: pass a pyarrow.Table",
        ),
        (nw.from_native(pl.DataFrame({"title": TITLES})), "narwhals.DataFrame: .* to_native"),
        (nw.from_native(pl.LazyFrame({"title": TITLES})), "narwhals.LazyFrame: .* to_native"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_nearly_a_frame_is_refused_with_the_way_to_one(thing: Any, instead: str) -> None:
    with pytest.raises(FrameError, match=instead):
        label_frame(thing, "title")


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame([["a", "b"]], columns=["title", "title"]),
        pa.table([["a"], ["b"]], names=["title", "title"]),
    ],
    ids=["pandas", "arrow"],
)
def test_two_columns_of_the_name_that_is_wanted(frame: Any) -> None:
    with pytest.raises(FrameError, match="2 columns are called 'title'"):
        label_frame(frame, "title")


def test_an_arrow_table_may_have_a_name_twice() -> None:
    """Only the name of the title column must be unique; all else is kept, also the attributes."""
    names, notes = ["n", "title", "n", "pmo_level", "pmo_level"], {b"source": b"May"}
    table = pa.table([[1], ["PMO Lead"], [2], [8], [9]], names=names)
    with pytest.warns(ReplacedColumnsWarning, match="were replaced: pmo_level$"):
        labelled = label_frame(table.replace_schema_metadata(notes), "title")
    assert labelled.column_names == ["n", "title", "n", *LABEL_COLUMNS]
    assert [labelled.column(i).to_pylist() for i in (0, 2, 4)] == [[1], [2], [3]]
    assert labelled.schema.metadata == notes


@pytest.mark.parametrize(
    ("frame", "column"),
    [
        (pd.DataFrame({"t": ["t"]}), pd.Series(["t"])),
        (pd.DataFrame({"t": ["t"]}), ["t"]),
        (pl.DataFrame({"t": ["t"]}), pl.col("t")),
        (pl.LazyFrame({"t": ["t"]}), pl.col("t")),
        (pa.table({"t": ["t"]}), pa.chunked_array([["t"]])),
    ],
    ids=["pandas", "list", "polars", "lazy", "arrow"],
)
def test_a_column_in_the_place_of_its_name(frame: Any, column: Any) -> None:
    """A column must be passed by its name."""
    with pytest.raises(FrameError, match=r"name of the column, not a .*: the columns are 't'"):
        label_frame(frame, column)


def test_a_frame_without_rows_or_columns() -> None:
    assert label_frame(pd.DataFrame({"title": []})).shape == (0, 12)
    with pytest.raises(FrameError, match="no column looks like job titles"):
        label_frame(pd.DataFrame())


def test_each_distinct_title_is_read_once() -> None:
    class Recording(Classifier):
        def classify_many(self, titles: Any) -> Any:
            read.extend(titles)
            return super().classify_many(titles)

    read: list[str] = []
    frame = pl.DataFrame({"title": ["PMO Lead", "Chef"] * 500})
    label_frame(frame, "title", classifier=Recording())
    assert sorted(read) == ["Chef", "PMO Lead"]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_some_columns_are_added(make: Callable[[dict[str, list[Any]]], Any]) -> None:
    """They are named with or without "pmo_", and stand in their usual order."""
    frame = make({"title": TITLES})
    some = nw.from_native(label_frame(frame, "title", columns=["pmo_scope", "level"]))
    assert some.columns == ["title", "pmo_level", "pmo_scope"]
    all_of_them = nw.from_native(label_frame(frame, "title"))
    for name in some.columns:
        assert some[name].to_list() == all_of_them[name].to_list()
        assert some[name].dtype == all_of_them[name].dtype


def test_clean_titles_are_made_for_their_column_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Classification) -> str:
        raise AssertionError

    expected = [row[1] for row in expected_rows(TITLES)]
    monkeypatch.setattr(Classification, "clean_title", property(refuse))
    frame = pl.DataFrame({"title": TITLES})
    labelled = label_frame(frame, "title", columns=["level"])
    assert labelled["pmo_level"].to_list() == expected
    lazy = label_frame(frame.lazy(), "title", columns=["level"])
    assert lazy.collect_schema().names() == ["title", "pmo_level"]
    assert lazy.collect().equals(labelled)
    with pytest.raises(AssertionError):
        label_frame(frame, "title")


@pytest.mark.parametrize(
    ("columns", "error", "message"),
    [
        (["size"], ValueError, "no label column 'size': choose from track, level"),
        ([], ValueError, "choose from track, level"),
        ("level", TypeError, r"such as \['level'\], not a str"),
    ],
)
def test_columns_that_there_are_not(columns: Any, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        label_frame(pl.DataFrame({"title": TITLES}), "title", columns=columns)


def test_own_titles_count() -> None:
    mine = Classifier(extra_titles=[{"title": "Chef", "track": "pmo", "level": 4, "scope": ""}])
    labelled = label_frame(pd.DataFrame({"title": ["Chef"]}), classifier=mine)
    assert labelled["pmo_level"].tolist() == [4]


def test_many_rows_of_an_arrow_table_stay_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels of a long table are made in pieces, which keep the order of the rows."""
    monkeypatch.setattr("pmo_classify.labelling.frames.label._ROWS_AT_ONCE", 3)
    labelled = label_frame(pa.table({"title": TITLES}), "title")
    assert label_rows(labelled) == expected_rows(TITLES)


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_a_lazy_frame_stays_lazy(engine: Any) -> None:
    """Nothing is read before the plan is collected, and the plan knows its columns."""
    seen = []

    def watch(part: Any) -> Any:
        seen.append(part.height)
        return part

    plan = pl.LazyFrame({"n": range(7), "title": TITLES}).map_batches(watch)
    labelled = label_frame(plan, "title")
    assert (
        labelled.collect_schema()
        == label_frame(pl.DataFrame({"n": [1], "title": ""}), "title").schema
    )
    assert seen == []
    assert label_rows(labelled.collect(engine=engine)) == expected_rows(TITLES)
    assert labelled.filter(pl.col("pmo_level") == 3).collect()["n"].to_list() == [0, 5]
    assert seen


def test_a_lazy_frame_replaces_labels_of_an_earlier_run() -> None:
    plan = pl.LazyFrame({"pmo_level": ["9"], "title": ["PMO Lead"]})
    with pytest.warns(ReplacedColumnsWarning, match="pmo_level"):
        labelled = label_frame(plan, "title")
    assert labelled.collect()["pmo_level"].to_list() == [3]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (None, "name the column; the columns are 'title', 'n'"),
        ("tilte", "did you mean 'title'"),
        ("n", "column 'n' has the type Int64"),
    ],
)
def test_a_lazy_frame_is_refused_at_once(column: str | None, message: str) -> None:
    with pytest.raises(FrameError, match=message):
        label_frame(pl.LazyFrame({"title": ["x"], "n": [1]}), column)


def test_the_accessor_of_pandas() -> None:
    """``df.pmo.label`` returns the same as ``label_frame``."""
    import pmo_classify.pandas  # noqa: F401, PLC0415 - the import is what registers it

    frame = pd.DataFrame({"title": TITLES})
    pd.testing.assert_frame_equal(frame.pmo.label("title"), label_frame(frame, "title"))
    assert frame.pmo.label(columns=["level"]).columns.tolist() == ["title", "pmo_level"]


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)))
@settings(max_examples=50, deadline=None)
def test_any_titles_get_the_same_answers_in_any_frame(titles: list[str | None]) -> None:
    """The kind of frame changes no answer."""
    want = expected_rows(titles)
    assert (
        label_rows(label_frame(pd.DataFrame({"t": pd.Series(titles, dtype=object)}), "t")) == want
    )
    assert (
        label_rows(label_frame(pl.DataFrame({"t": titles}, schema={"t": pl.String}), "t")) == want
    )
    assert label_rows(label_frame(pa.table({"t": pa.array(titles, pa.string())}), "t")) == want
