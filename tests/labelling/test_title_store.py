"""Counts of distinct titles are exact, however few of them memory may hold."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_classify.errors import FileError
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.title_store import TitleStore


@given(st.lists(st.tuples(st.text(max_size=2), st.integers(1, 3))), st.integers(1, 4))
def test_counts_are_exact(rows: list[tuple[str, int]], most: int) -> None:
    """ "Nothing is ever forgotten or estimated", and the order is that of a sorted list."""
    expected: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pmo_classify.labelling.title_store._MOST_TITLES", most)
        store = TitleStore()
        for title, count in rows:
            store.add(title, ("other", title), count)
            expected[title] += count
        assert [store.get(title) for title in expected] == [("other", t) for t in expected]
        assert len(store) == len(expected)
        ordered = sorted(expected.items(), key=lambda item: (-item[1], item[0]))
        assert list(store.by_frequency()) == ordered


def test_many_characters_go_to_disk_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmo_classify.labelling.title_store._MOST_CHARACTERS", 10)
    store = TitleStore()
    for title in ("a" * 9, "b" * 9, "\ud800"):
        store.add(title, ("other",), 1)
    assert len(store._rows) == 1
    assert [title for title, _ in store.by_frequency()] == ["a" * 9, "b" * 9, "\ud800"]


def test_a_full_temporary_folder_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmo_classify.labelling.title_store._MOST_TITLES", 1)
    store = TitleStore()
    store.add("Chef", ("other",), 1)
    store.add("Cook", ("other",), 1)
    assert store._disk is not None
    store._disk.execute("PRAGMA max_page_count = 1")
    for number in range(5):
        store._rows[f"Cook {number}" * 10_000] = 1
        store._cells[f"Cook {number}" * 10_000] = ("other",)
    with pytest.raises(FileError, match=r"cannot hold the distinct titles: .*full: free some"):
        len(store)


@pytest.mark.parametrize("jobs", [1, 2])
def test_bounded_memory_changes_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """The output and the summary are the same where titles must go to disk and come back."""
    path = tmp_path / "ads.csv"
    lines = [f"{n},PMO Lead {n % 37}, Chef {n % 11}\n" for n in range(400)]
    path.write_text("id,Job title,x\n" + "".join(lines), encoding="utf-8")
    monkeypatch.setattr("pmo_classify.files.csv.encoding._CHUNK", 200)
    first = label_csv(path, tmp_path / "first.csv")
    monkeypatch.setattr("pmo_classify.labelling.title_store._MOST_TITLES", 5)
    monkeypatch.setattr("pmo_classify.labelling.title_cache._MOST_CELLS", 7)
    monkeypatch.setattr("pmo_classify.files.csv.blocks._LARGE_FILE", 0)
    monkeypatch.setattr("pmo_classify.files.csv.blocks._SMALLEST_BLOCK", 300)
    second = label_csv(path, tmp_path / "second.csv", jobs=jobs)
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "second.csv").read_bytes()
    assert first == second
    assert list(first.titles()) == list(second.titles())
