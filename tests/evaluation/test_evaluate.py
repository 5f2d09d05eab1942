"""Evaluating a classifier on a labelled file: how its expected answers are found and checked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from tables import (
    GOLD,
    GOLD_HEADER,
    book_file,
    csv_file,
)

from pmo_classify import Classifier
from pmo_classify.errors import FileError, TableError
from pmo_classify.evaluation.evaluate import evaluate


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return csv_file(tmp_path / "gold.csv", GOLD_HEADER, *GOLD)


def test_three_of_four_are_right(gold: Path) -> None:
    """Of four rows only the project manager, who is in delivery, has another expected answer."""
    found = evaluate(gold)
    assert (found.right.hits, found.right.of) == (3, 4)
    assert [title.row.title for title in found.misread] == ["Project Manager"]
    assert found.columns == ("track", "level", "scope")


@pytest.mark.parametrize(
    "header",
    [
        ("Job title", "TRACK", "Level", "Scope"),
        ("Job title", "true_track", "True Level", "true-scope"),
        ("Job title", "expected_track", "expected_level", "expected_scope"),
        ("Job title", "pmo_track", "pmo_level", "pmo_scope"),
        ("Job title", "PMO Track", "PMO Level", "PMO Scope"),
    ],
    ids=" ".join,
)
def test_columns_are_found_by_their_names(tmp_path: Path, header: Sequence[str]) -> None:
    """Case, spaces and hyphens aside; with true_ or pmo_ before them, or with nothing."""
    found = evaluate(csv_file(tmp_path / "g.csv", header, *GOLD))
    assert found.right[:2] == (3, 4)
    assert found.columns == tuple(header[1:])


def test_true_columns_come_before_those_of_labelling(tmp_path: Path) -> None:
    rows = [(*row, "other", "", "") for row in GOLD]
    header = (
        GOLD_HEADER[0],
        "pmo_track",
        "pmo_level",
        "pmo_scope",
        *(f"true_{n}" for n in GOLD_HEADER[1:]),
    )
    found = evaluate(csv_file(tmp_path / "g.csv", header, *rows))
    assert found.right[:2] == (1, 4)
    assert found.warnings == ()


def test_truth_that_labelling_wrote_is_told(tmp_path: Path) -> None:
    header = ("title", "pmo_track", "pmo_level", "pmo_scope")
    (warning,) = evaluate(csv_file(tmp_path / "g.csv", header, *GOLD)).warnings
    assert "which only repeat earlier answers" in warning


@pytest.mark.parametrize("ending", ["tsv", "xlsx"])
def test_other_kinds_of_files_give_the_same(gold: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"g.{ending}"
    if ending == "tsv":
        path.write_text("\n".join("\t".join(row) for row in (GOLD_HEADER, *GOLD)), encoding="utf-8")
    else:
        book_file(
            path, GOLD_HEADER, *((t, k, int(n) if n else None, s or None) for t, k, n, s in GOLD)
        )
    assert evaluate(path) == evaluate(gold)


def test_every_sheet_with_titles_counts(tmp_path: Path) -> None:
    path = book_file(tmp_path / "g.xlsx", GOLD_HEADER, *GOLD)
    book = openpyxl.load_workbook(path)
    second = book.create_sheet("More")
    for row in (GOLD_HEADER, GOLD[0]):
        second.append(row)
    book.create_sheet("Notes").append(["nothing of the kind"])
    book.save(path)
    assert evaluate(path).rows == 5
    assert evaluate(path, sheet="more").rows == 1


def test_rows_may_be_dictionaries() -> None:
    rows = [dict(zip(GOLD_HEADER, row, strict=True)) for row in GOLD]
    assert evaluate(rows).right[:2] == (3, 4)


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_rows_may_be_a_data_frame(library: str) -> None:
    """A level may be missing there, and so be a number with a point."""
    module = pytest.importorskip(library)
    titles, tracks, levels, scopes = zip(*GOLD, strict=True)
    columns = {
        "title": list(titles),
        "track": list(tracks),
        "level": [float(level) if level else None for level in levels],
        "scope": list(scopes),
    }
    frame = module.table(columns) if library == "pyarrow" else module.DataFrame(columns)
    assert evaluate(frame) == evaluate([dict(zip(GOLD_HEADER, row, strict=True)) for row in GOLD])


@pytest.mark.parametrize(
    ("source", "named"),
    [(None, "NoneType"), (["PMO Lead"], "list of str"), ({"title": "PMO Lead"}, "dict of str")],
)
def test_what_is_no_table_is_refused(source: object, named: str) -> None:
    with pytest.raises(TypeError, match=f"or rows as dictionaries, not {named}$"):
        evaluate(source)


def test_missing_values_in_dictionaries_are_empty() -> None:
    row = {"title": "Chef", "track": "other", "level": float("nan"), "scope": None}
    assert evaluate([row]).right[:2] == (1, 1)


def test_ambiguous_rows_are_kept_apart(tmp_path: Path) -> None:
    """The clear rows' figures leave them out, the share of reviews does not."""
    rows = [(*GOLD[0], "0"), ("Program Coordinator", "other", "", "", "1")]
    found = evaluate(csv_file(tmp_path / "g.csv", (*GOLD_HEADER, "Ambiguous"), *rows))
    assert (found.rows, found.clear, found.right[:2]) == (2, 1, (1, 1))
    assert found.ambiguous_reviewed[:2] == (1, 1)


def test_rows_without_truth_are_left_out_and_counted(tmp_path: Path) -> None:
    found = evaluate(
        csv_file(tmp_path / "g.csv", GOLD_HEADER, *GOLD, ("PMO", "", "", ""), ("", "", "", ""))
    )
    assert (found.rows, found.unlabelled) == (4, 1)


def test_one_title_with_two_truths_is_told(tmp_path: Path) -> None:
    found = evaluate(csv_file(tmp_path / "g.csv", GOLD_HEADER, *GOLD, ("Chef", "delivery", "", "")))
    assert found.warnings == (
        "1 title has different expected answers, such as 'Chef': one must be wrong",
    )


def test_own_titles_count(gold: Path) -> None:
    mine = Classifier(extra_titles=[{"title": "Project Manager", "track": "other"}])
    assert str(evaluate(gold, classifier=mine).misread[0].row.predicted) == "other"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (("title", "track", "level", "x"), r"the column 'scope' is missing: .*'title', 'track'"),
        (("title", "true_track", "b", "c"), "columns 'true_level' and 'true_scope' are missing"),
        (
            ("title", "a", "b", "c"),
            r"'track', 'level' and 'scope' are missing: add .*; the columns are 'title'",
        ),
    ],
)
def test_a_missing_column_is_told(tmp_path: Path, header: Sequence[str], message: str) -> None:
    """The message names the missing columns and those that were found."""
    with pytest.raises(FileError, match=message):
        evaluate(csv_file(tmp_path / "g.csv", header, *GOLD))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("boss", "", ""), "g.csv:4: track 'boss' is not a track"),
        (("pmo", "7", ""), "g.csv:4: level '7' is not a level"),
        (("pmo", "2", "team"), "g.csv:4: scope 'team' is not a scope"),
        (("pmo", "", ""), "g.csv:4: the track is pmo, but there is no level"),
        (("other", "2", ""), "g.csv:4: the track is other, but there is a level"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_value_is_told_with_its_row(
    tmp_path: Path, cells: Sequence[str], message: str
) -> None:
    """Blank lines count, so that the row is the one that a spreadsheet shows."""
    path = tmp_path / "g.csv"
    path.write_text(f"title,track,level,scope\n\nChef,other,,\nPMO,{','.join(cells)}\n")
    with pytest.raises(TableError, match=message):
        evaluate(path)


def test_many_bad_rows_are_summed_up(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        evaluate(csv_file(tmp_path / "g.csv", GOLD_HEADER, *[("Chef", "boss", "", "")] * 500))
    assert len(caught.value.faults) == 21
    assert "480 more rows cannot be read" in str(caught.value)


def test_a_file_without_any_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no row has an answer in the columns 'track'"):
        evaluate(csv_file(tmp_path / "g.csv", GOLD_HEADER, ("Chef", "", "", "")))


def test_no_figure_needs_a_heavy_library(gold: Path) -> None:
    """Without a picture, matplotlib and numpy are not loaded."""
    code = (
        "import sys; from pmo_classify.evaluation.evaluate import evaluate; evaluate(sys.argv[1]);"
        "print([m for m in ('matplotlib', 'numpy', 'pandas', 'sklearn') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(gold)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
