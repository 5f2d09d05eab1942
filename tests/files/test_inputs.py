"""Names, folders and patterns, and the files that they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_classify.errors import FileError
from pmo_classify.files.inputs import find_inputs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = [
        *("b.csv", "a.xlsx", "c.jsonl.gz", "d.zip", "e.parquet", "[x].csv", "notes.pdf", "plain"),
        *("b.labelled.csv", "a.review.xlsx", "~$a.xlsx", ".b.csv.1.part", "old.labelled.csv"),
        "deep/f.tsv",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


TABLES = ["[x].csv", "a.xlsx", "b.csv", "c.jsonl.gz", "d.zip", "e.parquet", "old.labelled.csv"]


@pytest.mark.parametrize(
    ("sources", "files", "others"),
    [
        (["."], TABLES, ["notes.pdf", "plain"]),
        (["*.csv"], ["[x].csv", "b.csv", "old.labelled.csv"], []),
        (["**/*.tsv"], ["deep/f.tsv"], []),
        (["deep", "b.csv", "b.*"], ["deep/f.tsv", "b.csv"], []),
        (["[x].csv"], ["[x].csv"], []),
        (["b.labelled.csv"], ["b.labelled.csv"], []),
        (["b.csv", "./b.csv"], ["b.csv"], []),
        (["none.csv"], ["none.csv"], []),
        (["-"], ["-"], []),
    ],
)
def test_what_is_meant(
    folder: Path, sources: list[str], files: list[str], others: list[str]
) -> None:
    """Each file once, in order; no hidden ones, and no outputs of the others."""
    found = find_inputs(sources)
    assert folder.is_dir()
    assert found.files == files
    assert found.others == others


@pytest.mark.parametrize(
    ("sources", "are_many"),
    [(["b.csv"], False), (["deep"], True), (["e.*"], True), (["a.xlsx", "b.csv"], True)],
)
def test_several_may_be_meant_where_one_is_found(
    folder: Path, sources: list[str], are_many: bool
) -> None:
    assert folder.is_dir()
    assert find_inputs(sources).are_many == are_many


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (["x*.csv"], r"x\*\.csv: no file matches"),
        (["*.pdf"], r"\*\.pdf: no file matches"),
        (["empty"], "empty: no table is in this folder"),
        (["-", "b.csv"], "stdin is read alone"),
    ],
)
def test_what_stands_for_nothing(folder: Path, sources: list[str], message: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(FileError, match=message):
        find_inputs(sources)
