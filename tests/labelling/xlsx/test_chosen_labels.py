"""Which labels a workbook gets and how they are called: the same options as for CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hostile import ods_book
from python_calamine import CalamineWorkbook
from tables import book_file, csv_file, rows_of_csv
from xlsx_books import full_book, parts_of, sheet_xml, small_book, text_of

from pmo_classify.errors import FileError
from pmo_classify.labelling.label_file import label_file
from pmo_classify.labelling.xlsx.legend import LEGEND_NAME

HEADER = ("Name", "Post now", "Post wanted")
ROWS = (
    ("Ann", "PMO Analyst", "Head of PMO"),
    ("Bob", "Chef", "Planner"),
    ("Cy", "", "Programme Office Co-ordinator"),
)
OPTIONS: dict[str, dict[str, Any]] = {
    "all columns": {"column": "Post now"},
    "some columns": {"column": "Post now", "columns": ["review", "level"]},
    "another prefix": {"column": "C", "prefix": "job_"},
    "some columns with another prefix": {
        "column": "3", "columns": ["pmo_scope", "track"], "prefix": "my "
    },
    "two title columns": {"column": ["Post now", "C"], "columns": ["level", "confidence"]},
    "two title columns with a prefix": {"column": ["B", "C"], "prefix": "x_"},
    "a header row": {"column": "B", "header": 1},
    "the second row as the header": {"column": "C", "header": 2},
    "no header": {"column": "B", "header": 0},
    "two title columns without a header": {"column": ["B", "C"], "header": 0},
}  # fmt: skip


def _book(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    if path.suffix == ".ods":
        return ods_book(path, "".join(map(_ods_row, rows)))
    return book_file(path, rows[0], *rows[1:])


def _ods_row(texts: Sequence[str]) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        if text
        else "<table:table-cell/>"
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


def _cells(path: Path) -> list[list[str]]:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [list(map(_text, row)) for row in rows]


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _as_in_a_sheet(rows: list[list[str]]) -> list[list[str]]:
    """Return rows that are equally long, and in which "0.90" is "0.9"."""
    width = max(map(len, rows))
    padded = [row + [""] * (width - len(row)) for row in rows]
    return [[f"{float(c):g}" if c.replace(".", "").isdecimal() else c for c in r] for r in padded]


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_a_workbook_gets_the_labels_of_a_csv(tmp_path: Path, ending: str, name: str) -> None:
    """In the same columns, with the same names."""
    source = _book(tmp_path / f"a{ending}", (HEADER, *ROWS))
    table = csv_file(tmp_path / "a.csv", HEADER, *ROWS)
    book = label_file(source, tmp_path / "b.xlsx", **OPTIONS[name])
    text = label_file(table, tmp_path / "b.csv", **OPTIONS[name])
    assert _cells(tmp_path / "b.xlsx") == _as_in_a_sheet(rows_of_csv(tmp_path / "b.csv"))
    assert (book.rows, book.distinct) == (text.rows, text.distinct)
    places = [(place.column, place.letter, place.header_row) for place in book.places]
    assert places == [(place.column, place.letter, place.header_row) for place in text.places]


def _table_book(path: Path, header: Sequence[str], *rows: Sequence[str]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Ads")
        columns = [{"header": name} for name in header]
        size = (len(rows), len(header) - 1)
        sheet.add_table(0, 0, *size, {"name": "Jobs", "columns": columns, "data": rows})
    return path


def test_a_table_is_widened_by_the_chosen_columns(tmp_path: Path) -> None:
    """Its columns have the names of the cells, or Excel would repair it."""
    source = _table_book(tmp_path / "a.xlsx", HEADER, *ROWS)
    label_file(source, column="Post now", columns=["level", "review"], prefix="job_")
    sheet = openpyxl.load_workbook(tmp_path / "a.labelled.xlsx")["Ads"]
    table = sheet.tables["Jobs"]
    assert table.ref == "A1:E4"
    assert table.column_names == [*HEADER, "job_level", "job_review"]
    assert [cell.value for cell in sheet[1]] == table.column_names


def test_a_table_with_a_header_is_not_widened_without_one(tmp_path: Path) -> None:
    """There is no name for new columns, so the labels are beside the table."""
    source = _table_book(tmp_path / "a.xlsx", HEADER, *ROWS)
    summary = label_file(source, column="B", header=0, columns=["level"])
    sheet = openpyxl.load_workbook(tmp_path / "a.labelled.xlsx")["Ads"]
    assert sheet.tables["Jobs"].ref == "A1:C4"
    assert [sheet.cell(row, 5).value for row in range(1, 5)] == [None, 2, None, None]
    assert any("the labels are outside the table 'Jobs'" in text for text in summary.warnings)


def test_only_the_sheet_and_the_formats_change(tmp_path: Path) -> None:
    """Whatever the options are, all other parts keep their bytes."""
    source = full_book(tmp_path / "a.xlsx", table=False)
    target = tmp_path / "b.xlsx"
    label_file(source, target, column=["Job title", "F"], columns=["level"], prefix="x_")
    old, new = parts_of(source), parts_of(target)
    changed = {name for name in old if old[name] != new[name]}
    assert list(old) == list(new)
    assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"}


def test_a_first_row_that_is_a_title_is_labelled(tmp_path: Path) -> None:
    """A warning says so, as for a CSV; no cell is a header, so none has a note."""
    source = book_file(tmp_path / "a.xlsx", ("Ann", "PMO Analyst"), ("Bob", "Chef"))
    summary = label_file(source)
    sheet = openpyxl.load_workbook(tmp_path / "a.labelled.xlsx").worksheets[0]
    assert [sheet.cell(row, 3).value for row in (1, 2)] == ["pmo", "other"]
    assert not sheet.data_validations.dataValidation
    (warning,) = summary.warnings
    assert warning == (
        "sheet 'Sheet': row 1 reads as a title ('PMO Analyst'), so it is labelled and there is no "
        "header: if it is the header, use --header-row 1"
    )
    assert summary.places[0].header_row is None


def _sheet(*rows: Sequence[str]) -> str:
    return sheet_xml("".join(f"<row>{''.join(map(text_of, row))}</row>" for row in rows))


def test_a_sheet_without_a_header_beside_one_with(tmp_path: Path) -> None:
    """A list on a sheet of notes is not data where a table is."""
    notes = _sheet(["Ann", "PMO Analyst"], ["Bob", "Chef"])
    source = small_book(tmp_path / "a.xlsx", notes, _sheet(["Vacancy"], ["PMO Lead"]))
    summary = label_file(source)
    assert [place.sheet for place in summary.places] == ["S2"]


def test_a_row_that_is_empty_is_no_header(tmp_path: Path) -> None:
    source = small_book(tmp_path / "a.xlsx", _sheet(HEADER, *ROWS))
    with pytest.raises(FileError, match=r"sheet 'S1': row 9 is empty, or too far down to be"):
        label_file(source, header=9)


def test_labels_of_an_earlier_run_are_never_left_behind(tmp_path: Path) -> None:
    """Columns that were not asked for cannot go, so they get the answers of this run."""
    source = book_file(tmp_path / "a.xlsx", HEADER, *ROWS)
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    label_file(source, first, column="Post now", columns=["track", "level"])
    summary = label_file(first, second, column="Post wanted", columns=["level", "review"])
    header, *rows = _cells(second)
    assert header == [*HEADER, "pmo_track", "pmo_level", "pmo_review"]
    assert [row[3:5] for row in rows] == [["pmo", "4"], ["other", ""], ["pmo", "2"]]
    assert summary.replaced_columns == ("pmo_track", "pmo_level")
    (warning,) = summary.warnings
    assert warning == (
        "sheet 'Sheet': columns of an earlier run that were not asked for have new labels too, "
        "because no column of a workbook is removed: pmo_track"
    )


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_column_of_the_user_is_not_overwritten(tmp_path: Path, ending: str) -> None:
    """Under a prefix of the user's own, a column of ours may be anybody's."""
    write = book_file if ending == ".xlsx" else csv_file
    source = write(tmp_path / f"a{ending}", ("Job title", "job_level"), ("PMO Lead", "x"))
    with pytest.raises(FileError, match="there is a column 'job_level' already, which would be"):
        label_file(source, prefix="job_")


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_label_column_holds_no_titles(tmp_path: Path, ending: str) -> None:
    write = book_file if ending == ".xlsx" else csv_file
    header = ("Job title", "pmo_clean_title")
    source = write(tmp_path / f"a{ending}", header, ("PMO Lead", "PMO Lead"))
    with pytest.raises(FileError, match="'pmo_clean_title' is a column that labelling writes"):
        label_file(source, column="B")


def _legend(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path)[LEGEND_NAME]
    return [str(cell.value or "") for cell in sheet["A"]]


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_the_legend_explains_the_columns_that_there_are(tmp_path: Path, ending: str) -> None:
    source = _book(tmp_path / f"a{ending}", (HEADER, *ROWS))
    target = tmp_path / "b.xlsx"
    label_file(source, target, column=["B", "C"], columns=["track", "review"], legend=True)
    columns = ["pmo_track_b", "pmo_review_b", "pmo_track_c", "pmo_review_c"]
    assert _legend(target) == ["Column", *columns, "", "Colour", "amber"]
    label_file(source, target, column="B", columns=["function"], legend=True, force=True)
    assert _legend(target) == ["Column", "pmo_function"]


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_notes_have_titles_that_excel_allows(tmp_path: Path, ending: str) -> None:
    """It refuses a workbook with a longer one, however long the name of a column is."""
    source = _book(tmp_path / f"a{ending}", (HEADER, *ROWS))
    label_file(source, tmp_path / "b.xlsx", column="B", columns=["level"], prefix="l" * 40)
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    (note,) = sheet.data_validations.dataValidation
    assert str(note.sqref) == "D1"
    assert len(note.promptTitle) == 32


def test_groups_are_those_of_one_title_column(tmp_path: Path) -> None:
    source = book_file(tmp_path / "a.xlsx", HEADER, *ROWS)
    with pytest.raises(FileError, match="--groups is for one title column"):
        label_file(source, column=["B", "C"], groups=True)


def test_progress_knows_the_number_of_rows(tmp_path: Path) -> None:
    """With several title columns, the rows go up once."""
    source = book_file(tmp_path / "a.xlsx", HEADER, *ROWS)
    shown: list[tuple[int, int | None]] = []
    label_file(source, column=["B", "C"], progress=lambda rows, total: shown.append((rows, total)))
    assert shown == [(1, 3), (3, 3)]
