"""The workbook of examples is what the script beside it writes."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import openpyxl

EXAMPLES = Path(__file__).parents[2] / "examples"


def _contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    book.close()
    return found


def test_the_script_writes_the_workbook(tmp_path: Path) -> None:
    script = str(shutil.copy(EXAMPLES / "make_vacancies.py", tmp_path))
    runpy.run_path(script, run_name="__main__")
    made = _contents(tmp_path / "vacancies.xlsx")
    assert made == _contents(EXAMPLES / "vacancies.xlsx")
    assert list(made) == ["Vacancies", "Contractors", "Notes"]


def test_it_has_a_banner_a_filter_and_formulas() -> None:
    book = openpyxl.load_workbook(EXAMPLES / "vacancies.xlsx")
    sheet = book["Vacancies"]
    assert sheet["A1"].value == "Open vacancies, September 2026"
    assert sheet.auto_filter.ref == "A4:H16"
    assert sheet["H5"].value == "=AVERAGE(E5:F5)"
    book.close()
