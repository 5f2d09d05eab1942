"""Which sheets are labelled: those with data; summaries and unclear ones do not come between."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from xlsx_books import PACKAGE, RELATIONS, parts_of, sheet_xml, small_book, text_of

from pmo_classify.errors import FileError
from pmo_classify.labelling.headered_table import headered_tables
from pmo_classify.labelling.xlsx.label import label_xlsx

DATA = [["Vacancy", "Salary"], ["PMO Lead", "5"], ["Baker", "6"], ["PMO Lead", "7"]]


def _sheet(*rows: list[str], after: str = "") -> str:
    texts = "".join(f"<row>{''.join(map(text_of, row))}</row>" for row in rows)
    return sheet_xml(texts, after=after)


def _labelled(path: Path) -> list[str]:
    book = CalamineWorkbook.from_path(str(path))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return [name for name, rows in sheets.items() if any("pmo_track" in row for row in rows)]


SUMMARIES = {
    "a total below distinct titles": [["What", "Sum"], ["PMO Lead", "12"], ["Grand Total", "12"]],
    "a German pivot table": [
        ["Zeilenbeschriftungen", "Summe"], ["PMO Lead", "12"], ["Gesamtergebnis", "12"],
    ],
    "a French one without a total": [["Étiquettes de lignes", "Somme"], ["PMO Lead", "12"]],
}  # fmt: skip


@pytest.mark.parametrize("name", SUMMARIES)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_a_summary_is_left_out_beside_data(tmp_path: Path, name: str, *, first: bool) -> None:
    """It is copied as it is, and a warning says how to label it."""
    sheets = [_sheet(*SUMMARIES[name]), _sheet(*DATA)][:: 1 if first else -1]
    source, target = small_book(tmp_path / "a.xlsx", *sheets), tmp_path / "b.xlsx"
    summary = label_xlsx(source, target)
    data, other = ("S2", "S1") if first else ("S1", "S2")
    assert _labelled(target) == [data]
    assert summary.rows == 3
    assert summary.warnings == [
        f"sheet {other!r} was left out, because it sums up other data: label it with --sheet"
    ]
    part = f"xl/odd/Blatt{other[1]}.xml"
    assert parts_of(source)[part] == parts_of(target)[part]


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_summary_that_is_named_or_alone_is_labelled(tmp_path: Path, name: str) -> None:
    both = small_book(tmp_path / "a.xlsx", _sheet(*DATA), _sheet(*SUMMARIES[name]))
    alone = small_book(tmp_path / "c.xlsx", _sheet(*SUMMARIES[name]))
    label_xlsx(both, tmp_path / "b.xlsx", sheet="S2")
    assert _labelled(tmp_path / "b.xlsx") == ["S2"]
    label_xlsx(alone, tmp_path / "d.xlsx")
    assert _labelled(tmp_path / "d.xlsx") == ["S1"]


def test_a_data_sheet_may_end_with_a_total(tmp_path: Path) -> None:
    """Where titles come twice, the rows are data, whatever stands below them."""
    source = small_book(tmp_path / "a.xlsx", _sheet(*DATA, ["Grand total", "18"]), _sheet(*DATA))
    summary = label_xlsx(source)
    assert _labelled(tmp_path / "a.labelled.xlsx") == ["S1", "S2"]
    assert summary.warnings == []


def _pivot(location: str) -> dict[str, str]:
    return {
        "xl/odd/_rels/Blatt2.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="p" '
            f'Type="{RELATIONS}/pivotTable" Target="/xl/pivot1.xml"/></Relationships>'
        ),
        "xl/pivot1.xml": f'<pivotTableDefinition><location ref="{location}"/>'
        "</pivotTableDefinition>",
    }


@pytest.mark.parametrize(
    ("location", "expected"), [("A1:B3", ["S1"]), ("D1:E9", ["S1", "S2"])], ids=["in", "beside"]
)
def test_a_pivot_table(tmp_path: Path, location: str, expected: list[str]) -> None:
    """Titles inside one are a summary; titles beside one are data."""
    sheets = _sheet(*DATA), _sheet(["Role", "Number"], ["PMO Lead", "2"], ["Baker", "1"])
    source = small_book(tmp_path / "a.xlsx", *sheets, extra=_pivot(location))
    label_xlsx(source)
    assert _labelled(tmp_path / "a.labelled.xlsx") == expected


def test_a_sheet_without_rows_is_left_out_beside_data(tmp_path: Path) -> None:
    """The text of a query that mentions a job is no header of titles."""
    query = _sheet(["SELECT * FROM jobs"])
    source = small_book(tmp_path / "a.xlsx", query, _sheet(*DATA))
    assert label_xlsx(source).warnings == []
    assert _labelled(tmp_path / "a.labelled.xlsx") == ["S2"]


def test_an_unclear_sheet_does_not_stop_a_clear_one(tmp_path: Path) -> None:
    unclear = _sheet(["Post", "Role"], ["PMO Lead", "Clerk"])
    source = small_book(tmp_path / "a.xlsx", unclear, _sheet(*DATA))
    (warning,) = label_xlsx(source).warnings
    assert warning.startswith("sheet 'S1' was left out: the titles could be in 'Post' (A) with")
    assert _labelled(tmp_path / "a.labelled.xlsx") == ["S2"]
    with pytest.raises(FileError, match=r"a\.xlsx, sheet 'S1': the titles could be in 'Post'"):
        label_xlsx(source, tmp_path / "b.xlsx", sheet="S1")
    with pytest.raises(FileError, match=r"sheet 'S1': the titles could be in 'Post'"):
        label_xlsx(small_book(tmp_path / "c.xlsx", unclear, _sheet()))


def test_a_column_that_no_sheet_has(tmp_path: Path) -> None:
    """The message says what each sheet has."""
    wide = _sheet([f"c{number}" for number in range(20)])
    source = small_book(tmp_path / "a.xlsx", _sheet(*DATA), wide, _sheet())
    with pytest.raises(FileError) as caught:
        label_xlsx(source, column="Vaccancy")
    assert str(caught.value) == (
        f"{source}: no sheet has a column 'Vaccancy': sheet 'S1' has 'Vacancy' (A), 'Salary' (B); "
        "sheet 'S2' has 'c0' (A), 'c1' (B), 'c2' (C), 'c3' (D), 'c4' (E), 'c5' (F), 'c6' (G), "
        "'c7' (H), 'c8' (I), 'c9' (J), 'c10' (K), 'c11' (L), and 8 more; sheet 'S3' is empty"
    )


WHOLE_COLUMNS = '<mergeCells count="1"><mergeCell ref="C:D"/></mergeCells>'


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    "other",
    [sheet_xml("", after=WHOLE_COLUMNS), sheet_xml(""), sheet_xml('<row r="1"><c r="A1"/></row>')],
    ids=["whole columns merged", "no rows", "an empty cell"],
)
def test_an_empty_sheet_costs_nothing(tmp_path: Path, other: str, *, strict: bool) -> None:
    """Whatever libraries think of it, in both kinds of the format."""
    space = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    sheets = [s.replace(_main(s), space) if strict else s for s in (_sheet(*DATA), other)]
    source = small_book(tmp_path / "a.xlsx", *sheets, strict=strict)
    assert label_xlsx(source).rows == 3


def _main(sheet: str) -> str:
    return sheet.partition('xmlns="')[2].partition('"')[0]


def test_cells_above_whole_columns_that_are_merged(tmp_path: Path) -> None:
    source = small_book(tmp_path / "a.xlsx", _sheet(*DATA, after=WHOLE_COLUMNS))
    assert label_xlsx(source).rows == 3


def test_names_of_parts_with_backslashes(tmp_path: Path) -> None:
    """They stay as they are."""
    plain, source = small_book(tmp_path / "p.xlsx", _sheet(*DATA)), tmp_path / "a.xlsx"
    with zipfile.ZipFile(source, "w") as archive:
        for name, data in parts_of(plain).items():
            info = zipfile.ZipInfo("x")
            info.filename = name.replace("/", "\\")
            archive.writestr(info, data)
    assert label_xlsx(source).rows == 3
    assert list(parts_of(tmp_path / "a.labelled.xlsx")) == list(parts_of(source))
    assert "xl\\odd\\Blatt1.xml" in parts_of(source)


OTHERS = {
    **SUMMARIES,
    "unclear": [["Post", "Role"], ["PMO Lead", "Clerk"]],
    "without rows": [["Job title", "track"]],
    "without titles": [["Place", "Rent"], ["12 High Street", "7"]],
    "no header": [["Ann", "PMO Lead"], ["Bob", "Chef"]],
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_every_command_reads_the_sheets_that_are_labelled(tmp_path: Path, name: str) -> None:
    """With the same warnings."""
    source = small_book(tmp_path / "a.xlsx", _sheet(*OTHERS[name]), _sheet(*DATA))
    summary = label_xlsx(source)
    with headered_tables(source) as tables:
        places = [table.place for table in tables]
        assert list(tables.warnings) == summary.warnings
    assert places == [f"{source}, sheet {place.sheet!r}" for place in summary.places]
    assert places == [f"{source}, sheet 'S2'"]


def test_sheets_that_we_added_are_no_data(tmp_path: Path) -> None:
    """Not even in a workbook that was saved as another kind since."""
    source = small_book(tmp_path / "a.xlsx", _sheet(*DATA))
    label_xlsx(source, legend=True, groups=True)
    with headered_tables(tmp_path / "a.labelled.xlsx") as tables:
        assert [len(list(table.rows)) for table in tables] == [3]


def test_a_letter_means_one_sheet(tmp_path: Path) -> None:
    source = small_book(tmp_path / "a.xlsx", _sheet(*DATA), _sheet(*DATA))
    with (
        pytest.raises(FileError, match=r"column 'A' could be in the sheets 'S1', 'S2': say which"),
        headered_tables(source, column="A"),
    ):
        pass
