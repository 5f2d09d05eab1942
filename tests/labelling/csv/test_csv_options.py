"""Headers that are missing or given, chosen columns, several title columns, compression."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import pytest

from pmo_classify.errors import FileError
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.label_file import label_file
from pmo_classify.labelling.labeller import Summary, TitlePlace

HEADLESS = "Ann Lee,Head Chef\nBob Roe,PMO Lead\n\nCy Fox,PMO Analyst\n"
WISHES = "Name,Post now,Post wanted\nAnn,PMO Analyst,Head of PMO\nBob,Chef,PMO Analyst\n"


def _label(folder: Path, text: str, name: str = "a.csv", **options: Any) -> tuple[Summary, Any]:
    source, target = folder / name, folder / f"out{Path(name).suffix}"
    source.write_text(text, encoding="utf-8")
    summary = label_file(source, target, force=True, **options)
    delimiter = "\t" if name.endswith(".txt") else ","
    with target.open(encoding="utf-8", newline="") as handle:
        return summary, list(csv.reader(handle, delimiter=delimiter))


def test_a_file_without_header_keeps_its_first_title(tmp_path: Path) -> None:
    """There is no header in the output either, and a warning says so."""
    summary, rows = _label(tmp_path, HEADLESS)
    assert [row[2:4] for row in rows if row] == [["other", ""], ["pmo", "3"], ["pmo", "2"]]
    assert summary.rows == 3
    assert summary.places == [TitlePlace(None, None, "B", None, 3)]
    (warning,) = summary.warnings
    assert warning.startswith("row 1 reads as a title ('Head Chef'), so it is labelled")


@pytest.mark.parametrize(
    ("header", "labelled", "warned"), [(0, 3, False), (1, 2, False), (2, 1, False), (None, 3, True)]
)
def test_the_row_of_the_header_is_given(
    tmp_path: Path, header: int | None, labelled: int, warned: bool
) -> None:
    summary, rows = _label(tmp_path, HEADLESS, header=header, column="B")
    assert (summary.rows, bool(summary.warnings)) == (labelled, warned)
    if header:
        assert rows[header - 1][2:] == list(LABEL_COLUMNS)


@pytest.mark.parametrize("number", [3, 9])
def test_a_header_row_that_is_not_there(tmp_path: Path, number: int) -> None:
    with pytest.raises(FileError, match=f"row {number} is empty, or too far down to be the header"):
        _label(tmp_path, HEADLESS, header=number)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("PMO Lead\nHead of PMO, Leeds\nChef, York\n", 3),
        ("Vacancy\nPMO Lead\nHead of PMO, Leeds\n", 2),
        ("Curator\nKeeper of coins\nPMO Lead\nHead Nurse\n", 4),
    ],
)
def test_a_plain_list(tmp_path: Path, text: str, titles: int) -> None:
    """A comma inside a title is no delimiter."""
    summary, rows = _label(tmp_path, text, "list.txt")
    assert summary.rows == titles
    assert [row[0] for row in rows] == text.splitlines()


def test_a_large_file_without_header(tmp_path: Path) -> None:
    """Also where blocks of simple records are found together."""
    text = "".join(f"{n},PMO Analyst {n % 9},{'x' * 60}\n" for n in range(80_000))
    summary, rows = _label(tmp_path, text)
    assert (summary.rows, len(rows)) == (80_000, 80_000)
    assert {row[4] for row in rows} == {"2"}


def test_longer_rows_without_header(tmp_path: Path) -> None:
    _, rows = _label(tmp_path, "Head Chef\nPMO Lead,x\nCook\n", column="A", header=0)
    assert [row[:3] for row in rows] == [
        ["Head Chef", "", "other"],
        ["PMO Lead", "x", "pmo"],
        ["Cook", "", "other"],
    ]


def test_chosen_columns_in_their_usual_order(tmp_path: Path) -> None:
    _, rows = _label(tmp_path, WISHES, column="B", columns=["scope", "pmo_level"])
    assert rows[0][3:] == ["pmo_level", "pmo_scope"]
    assert rows[1][3:] == ["2", ""]


def test_an_earlier_run_with_more_columns_leaves_none_behind(tmp_path: Path) -> None:
    _, rows = _label(tmp_path, WISHES, column="B")
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    _, again = _label(tmp_path, text, "b.csv", column="B", columns=["level"])
    assert again[0] == ["Name", "Post now", "Post wanted", "pmo_level"]


def test_a_prefix_of_the_users_own(tmp_path: Path) -> None:
    _, rows = _label(tmp_path, WISHES, column="B", prefix="now_", columns=["level"])
    assert rows[0][-1] == "now_level"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"columns": ["levle"]}, ValueError, "there is no label column 'levle': choose from track"),
        ({"columns": []}, ValueError, "there is no label column ''"),
        ({"column": ["B", "b"]}, FileError, "two title columns have one name"),
        (
            {"column": ["B", "Pots"]},
            FileError,
            r"a\.csv: there is no column 'Pots': .*wanted' \(C\)$",
        ),
        ({}, FileError, r"'Post now' \(B\) with 'PMO Analyst', 'Chef' or 'Post wanted' \(C\) with"),
    ],
)
def test_what_cannot_be_done(
    tmp_path: Path, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        _label(tmp_path, WISHES, **options)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_column_of_the_user_is_not_lost_to_a_prefix(tmp_path: Path) -> None:
    text = "Post,job_level\nChef,high\n"
    with pytest.raises(FileError, match="there is a column 'job_level' already, which would be"):
        _label(tmp_path, text, prefix="job_")


def test_several_title_columns(tmp_path: Path) -> None:
    """Each gets a set of labels, and a second run replaces them all."""
    options: dict[str, Any] = {"column": ["Post now", "C"], "columns": ["track", "level"]}
    summary, rows = _label(tmp_path, WISHES, **options)
    names = ["pmo_track_post_now", "pmo_level_post_now", "pmo_track_c", "pmo_level_c"]
    assert rows[0][3:] == names
    assert [row[3:] for row in rows[1:]] == [["pmo", "2", "pmo", "4"], ["other", "", "pmo", "2"]]
    assert (summary.rows, summary.distinct, summary.by_answer["pmo", "2"]) == (2, 3, 2)
    assert [(place.column, place.letter) for place in summary.places] == [
        ("Post now", "B"),
        ("Post wanted", "C"),
    ]
    text = "\n".join(map(",".join, rows)) + "\n"
    _, again = _label(tmp_path, text, "b.csv", **options)
    assert again == rows


def test_a_compressed_file_comes_back_as_its_ending_says(tmp_path: Path) -> None:
    source = tmp_path / "a.csv.gz"
    source.write_bytes(gzip.compress(WISHES.encode()))
    label_file(source, tmp_path / "plain.csv", column="B")
    label_file(source, column="B")
    packed = gzip.decompress((tmp_path / "a.labelled.csv.gz").read_bytes())
    assert packed == (tmp_path / "plain.csv").read_bytes()


def test_the_delimiter_is_that_of_the_ending(tmp_path: Path) -> None:
    """Other programs read a .tsv file as tabs, whatever it contains."""
    source = tmp_path / "a.txt"
    source.write_text("No;Post\n1;Chef\n2;Cook\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"out\.tsv: .*here the semicolon: .*ends in \.txt"):
        label_file(source, tmp_path / "out.tsv")
    label_file(source, tmp_path / "out.ssv")
