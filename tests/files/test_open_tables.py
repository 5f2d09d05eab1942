"""A CSV, a workbook or an old workbook as tables of text: the same rows, whatever the file is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import ods_book, ods_row
from xlsx_books import full_book, sheet_xml, small_book, text_of

from pmo_classify.errors import FileError
from pmo_classify.files.rows import PREVIEW_ROWS, TextRow, first_rows
from pmo_classify.files.tables import open_tables

ROWS = [TextRow(1, ["title", "level"]), TextRow(3, ["PMO Lead", "3"])]


def _csv(folder: Path) -> Path:
    path = folder / "ads.csv"
    path.write_text("title;level\n\nPMO Lead;3\n", encoding="utf-8")
    return path


def _xlsx(folder: Path) -> Path:
    rows = (
        f'<row r="1">{text_of("title", "A1")}{text_of("level", "B1")}</row>'
        f'<row r="3">{text_of("PMO Lead", "A3")}<c r="B3"><v>3</v></c></row>'
    )
    return small_book(folder / "ads.xlsx", sheet_xml(rows))


def _ods(folder: Path) -> Path:
    cell = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'
    pairs = [
        cell.format("string", "", "title") + cell.format("string", "", "level"),
        "<table:table-cell/>",
        cell.format("string", "", "PMO Lead") + cell.format("float", 'office:value="3"', "3"),
    ]
    rows = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in pairs)
    return ods_book(folder / "ads.ods", rows)


@pytest.mark.parametrize("make", [_csv, _xlsx, _ods])
def test_the_rows_are_the_same_in_every_kind_of_file(tmp_path: Path, make: object) -> None:
    """Rows have their number in the file, empty ones are left out, whole numbers are plain."""
    path = make(tmp_path)  # type: ignore[operator]
    with open_tables(path) as tables:
        read = [(table.place.partition(",")[0], list(table.rows)) for table in tables]
    assert read == [(str(path), ROWS)]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, ["Ads", "Charts & more"]),
        ({"sheet": "hidden"}, ["Hidden"]),
    ],
)
def test_sheets_of_a_workbook(tmp_path: Path, options: dict[str, object], names: list[str]) -> None:
    source = full_book(tmp_path / "ads.xlsx")
    with open_tables(source, **options) as tables:  # type: ignore[arg-type]
        assert [table.place for table in tables] == [f"{source}, sheet {name!r}" for name in names]


def test_a_sheet_of_an_old_workbook(tmp_path: Path) -> None:
    source = ods_book(tmp_path / "a.ods", ods_row("one"), ods_row("two"))
    with open_tables(source, sheet="s1") as tables:
        assert [row.cells for table in tables for row in table.rows] == [["two"]]
    with (
        open_tables(source, sheet="X") as tables,
        pytest.raises(FileError, match="there is no sheet 'X': name one of 'S0', 'S1'"),
    ):
        next(tables)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("ads.xlsx", {"encoding": "utf-8"}, "--encoding is for CSV files"),
        ("ads.csv", {"sheet": "A"}, "--sheet is for workbooks"),
        ("ads.doc", {}, "not a table by its ending"),
    ],
)
def test_what_does_not_fit_the_file(
    tmp_path: Path, name: str, options: dict[str, str], message: str
) -> None:
    (tmp_path / name).write_text("title\nChef\n", encoding="utf-8")
    with pytest.raises(FileError, match=message), open_tables(tmp_path / name, **options):  # type: ignore[arg-type]
        pass


@pytest.mark.parametrize(("length", "taken"), [(1, PREVIEW_ROWS), (1 << 21, 3)])
def test_the_first_rows_are_few_where_they_are_long(length: int, taken: int) -> None:
    """Memory is bounded; what is not taken is still there to be read."""
    rows = iter([TextRow(number, ["x" * length]) for number in range(100)])
    assert len(first_rows(rows)) == taken
    assert next(rows).number == taken
