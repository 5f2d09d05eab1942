"""Several files in one run: those that fail are named, and the others are labelled."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_classify.errors import FileError
from pmo_classify.labelling.label_files import label_files

GOOD = "Post\nPMO Analyst\nChef\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    texts = {"a.csv": GOOD, "b.csv": "x,y\n1,2\n", "c.csv": "Post\nChef\nNurse\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return [tmp_path / name for name in texts]


def test_a_file_that_fails_does_not_stop_the_others(files: list[Path]) -> None:
    found = label_files(files)
    assert [file.source for file in found.failed] == [files[1]]
    assert "no column looks like job titles" in str(found.failed[0].error)
    assert [file.summary and file.summary.rows for file in found.files] == [2, None, 2]
    assert sorted(path.name for path in files[0].parent.glob("*.labelled.csv")) == [
        "a.labelled.csv",
        "c.labelled.csv",
    ]


def test_a_title_in_two_files_is_one_distinct_title(files: list[Path]) -> None:
    total = label_files(files).total
    assert (total.rows, total.distinct, total.by_answer["other", ""]) == (4, 3, 3)
    most = next(total.titles())
    assert (most.answer.title, most.rows) == ("Chef", 2)


def test_into_a_folder(files: list[Path], tmp_path: Path) -> None:
    found = label_files(files, tmp_path / "new" / "out")
    assert len(found.failed) == 1
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == [
        "a.labelled.csv",
        "c.labelled.csv",
    ]


def test_a_second_run_needs_force(files: list[Path]) -> None:
    label_files(files)
    assert len(label_files(files).failed) == 3
    assert len(label_files(files, force=True).failed) == 1


def test_two_files_with_one_output_are_refused(files: list[Path], tmp_path: Path) -> None:
    """Before anything is written."""
    twin = tmp_path / "deep" / "a.csv"
    twin.parent.mkdir()
    twin.write_text(GOOD)
    with pytest.raises(FileError, match=r"a\.labelled\.csv: .* would both be written to it"):
        label_files([*files, twin], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_output_that_is_no_folder(files: list[Path]) -> None:
    with pytest.raises(FileError, match="for several files, --output is a folder"):
        label_files(files[:1], files[2])


def test_all_kinds_in_one_run(tmp_path: Path) -> None:
    import pyarrow as pa  # noqa: PLC0415 - only this test writes Parquet
    from pyarrow import parquet  # noqa: PLC0415

    (tmp_path / "a.csv").write_text(GOOD)
    (tmp_path / "b.jsonl").write_text('{"post": "Chef"}\n')
    parquet.write_table(pa.table({"post": ["PMO Lead"]}), tmp_path / "c.parquet")
    found = label_files(sorted(tmp_path.iterdir()))
    assert (found.failed, found.total.rows, found.total.distinct) == ([], 4, 3)


def test_progress_counts_the_rows_of_all_files(files: list[Path]) -> None:
    seen: list[tuple[int, int | None]] = []
    label_files(files, progress=lambda rows, total: seen.append((rows, total)))
    assert [rows for rows, _ in seen] == [2, 4]
    assert seen[-1] == (4, 4)
