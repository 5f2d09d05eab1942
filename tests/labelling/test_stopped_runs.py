"""Whatever stops a run, no partial output is left, and the input is unchanged."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from pmo_classify.errors import FileError
from pmo_classify.files.packing import packed_output
from pmo_classify.labelling import title_cache
from pmo_classify.labelling.label_file import label_file
from pmo_classify.labelling.labeller import Summary

TITLES = [f"PMO Analyst {n % 150}" for n in range(1_000)]


def _csv() -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["Post"], *([title] for title in TITLES)])
    return out.getvalue().encode()


def _packed(ending: str) -> bytes:
    out = io.BytesIO()
    with packed_output(out, f"a{ending}", ".csv") as stream:
        stream.write(_csv())
    return out.getvalue()


def _json_lines() -> bytes:
    return "".join(json.dumps({"post": title}) + "\n" for title in TITLES).encode()


def _parquet() -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table({"post": TITLES}), out, row_group_size=200)
    return out.getvalue()


KINDS: dict[str, Callable[[], bytes]] = {
    "a.csv": _csv,
    "a.csv.gz": lambda: _packed(".gz"),
    "a.csv.bz2": lambda: _packed(".bz2"),
    "a.csv.xz": lambda: _packed(".xz"),
    "a.csv.zst": lambda: _packed(".zst"),
    "a.zip": lambda: _packed(".zip"),
    "a.jsonl": _json_lines,
    "a.parquet": _parquet,
}


@pytest.fixture(params=KINDS)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    path.write_bytes(KINDS[path.name]())
    return path


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, FileError])
def test_a_fault_amid_the_rows(source: Path, error: type[BaseException]) -> None:
    before = source.read_bytes()

    def stop(_rows: int, _total: int | None) -> None:
        raise error

    with pytest.raises(error):
        label_file(source, progress=stop)
    assert [path.name for path in source.parent.iterdir()] == [source.name]
    assert source.read_bytes() == before


def test_few_titles_in_memory_change_nothing(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When memory has no room for more titles, they are forgotten and reading goes on."""

    def labelled(name: str) -> tuple[bytes, Summary]:
        target = source.with_name(name + "".join(source.suffixes))
        return (label_file(source, target), target.read_bytes())[::-1]

    whole, all_at_once = labelled("whole")
    monkeypatch.setattr(title_cache, "_MOST_CELLS", 40)
    parts, in_turns = labelled("parts")
    assert in_turns == all_at_once
    # An archive has the name of its file in it.
    assert parts.replace(b"parts", b"whole") == whole


def test_progress_ends_with_all_rows(source: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    label_file(source, progress=lambda rows, total: seen.append((rows, total)))
    assert seen[-1] == (1_000, 1_000)
