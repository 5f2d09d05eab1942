"""Files that change or disappear during a run: the output is never mixed or partial."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import write_csv, write_xlsx

from pmo_classify.errors import FileError
from pmo_classify.labelling.label_file import label_file, usual_output
from pmo_classify.labelling.labeller import Summary

Change = Callable[[Path], object]
MAKERS = {".csv": write_csv, ".xlsx": write_xlsx}


def _append(path: Path) -> None:
    with path.open("ab") as out:
        out.write(b"9,Chef\n")


def _replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes().replace(b"1", b"2"))
    other.replace(path)


def _rewrite(path: Path) -> None:
    """Write as many other bytes into the file."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))


CHANGES: dict[str, Change] = {
    "cut short": lambda path: os.truncate(path, 100),
    "emptied": lambda path: os.truncate(path, 0),
    "appended": _append,
    "rewritten": _rewrite,
}
GONE: dict[str, Change] = {"replaced": _replace, "removed": Path.unlink}


def _label(path: Path, change: Change) -> Summary:
    """Label a file that changes once the first rows are done."""
    waiting = [change]

    def progress(_rows: int, _total: int | None) -> None:
        if waiting:
            waiting.pop()(path)

    return label_file(path, progress=progress)


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("name", CHANGES)
def test_a_file_that_changes_is_refused(tmp_path: Path, ending: str, name: str) -> None:
    """Rows of two states would be mixed, and nobody would see it."""
    path = MAKERS[ending](tmp_path / f"ads{ending}", 1_200)
    with pytest.raises(FileError, match=f"ads{ending}: it changed while it was read: run again"):
        _label(path, CHANGES[name])
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.skipif(os.name != "posix", reason="an open file can be neither replaced nor removed")
@pytest.mark.parametrize("name", GONE)
def test_a_csv_that_goes_is_read_to_its_end(tmp_path: Path, name: str) -> None:
    """An open file keeps its content."""
    path = write_csv(tmp_path / "ads.csv", 1_200)
    whole = label_file(path, tmp_path / "whole.csv")
    assert _label(path, GONE[name]).by_answer == whole.by_answer
    assert usual_output(path).read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="an open file can be neither replaced nor removed")
@pytest.mark.parametrize("name", GONE)
def test_a_workbook_that_goes_is_refused(tmp_path: Path, name: str) -> None:
    """It is opened by its name more than once."""
    path = write_xlsx(tmp_path / "ads.xlsx", 50)
    with pytest.raises(FileError, match=r"ads\.xlsx: it changed while it was read"):
        _label(path, GONE[name])
    assert not usual_output(path).exists()


@pytest.mark.parametrize("ending", MAKERS)
def test_an_output_that_is_removed_meanwhile(tmp_path: Path, ending: str) -> None:
    path = MAKERS[ending](tmp_path / f"ads{ending}", 50)
    before = path.read_bytes()

    def remove(path: Path) -> None:
        for part in path.parent.glob(".*.part"):
            part.unlink()

    if os.name != "posix":
        pytest.skip("an open file cannot be removed")
    with pytest.raises(FileError, match=r"labelled\.\w+: cannot be written: No such file"):
        _label(path, remove)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_folder_of_the_output_that_is_removed_meanwhile(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ads.csv", 50)
    folder = tmp_path / "out"
    folder.mkdir()

    def remove(_rows: int, _total: int | None) -> None:
        for part in folder.glob(".*.part"):
            part.unlink()
            folder.rmdir()

    if os.name != "posix":
        pytest.skip("an open file cannot be removed")
    with pytest.raises(FileError, match=r"out\.csv: cannot be written: No such file"):
        label_file(path, folder / "out.csv", progress=remove)
    assert not folder.exists()


LINKED = {
    "to itself": ("ads.csv", "the output is the input"),
    "to nothing": ("none.csv", "this link leads nowhere: name a file"),
    "in a circle": ("out.csv", "Too many levels of symbolic links"),
    "to a folder": (".", "this is a folder"),
}


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own")
@pytest.mark.parametrize("name", LINKED)
def test_an_output_that_is_a_link(tmp_path: Path, name: str) -> None:
    target, message = LINKED[name]
    path = write_csv(tmp_path / "ads.csv", 5)
    before = path.read_bytes()
    (tmp_path / "out.csv").symlink_to(target)
    with pytest.raises(FileError, match=message):
        label_file(path, tmp_path / "out.csv", force=True)
    assert path.read_bytes() == before
    assert os.readlink(tmp_path / "out.csv") == target  # noqa: PTH115 - the text of the link


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own")
def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    """The link stays; its file is replaced, and only where that is forced."""
    path = write_csv(tmp_path / "ads.csv", 5)
    other = tmp_path / "other"
    other.mkdir()
    (other / "real.csv").write_text("old", encoding="utf-8")
    link = tmp_path / "out.csv"
    link.symlink_to(other / "real.csv")
    with pytest.raises(FileError, match="the file exists"):
        label_file(path, link)
    assert (other / "real.csv").read_text(encoding="utf-8") == "old"
    label_file(path, link, force=True)
    assert link.is_symlink()
    assert (other / "real.csv").read_bytes().startswith(b"Id,Job title,pmo_track")
    assert [p.name for p in other.iterdir()] == ["real.csv"]


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own")
def test_an_input_by_a_link_and_by_a_second_name(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "ads.csv", 5)
    (tmp_path / "link.csv").symlink_to("ads.csv")
    (tmp_path / "hard.csv").hardlink_to(path)
    (tmp_path / "circle.csv").symlink_to("circle.csv")
    assert label_file(tmp_path / "link.csv").rows == 5
    assert (tmp_path / "link.labelled.csv").exists()
    with pytest.raises(FileError, match="the output is the input"):
        label_file(path, tmp_path / "hard.csv", force=True)
    with pytest.raises(FileError, match=r"circle\.csv: cannot be read or written: Too many levels"):
        label_file(tmp_path / "circle.csv")
