"""Labels that nobody chose: they cost nothing, and the others are the same without them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import NoReturn

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
from pyarrow import parquet

from pmo_classify import Classification, Classifier
from pmo_classify.labelling.columns import label_cells
from pmo_classify.labelling.label_file import label_file
from pmo_classify.labelling.workers import WorkerPool

TITLES = ["PMO Lead", "Snr Prog. Ofice Co-ordinator - Leeds", "Chef (m/w/d)"]
CHOSEN = ["track", "level", "reason"]


def _written(folder: Path, ending: str) -> Path:
    path = folder / f"ads.{ending}"
    if ending == "csv":
        path.write_text("\n".join(["Job title", *TITLES]) + "\n", encoding="utf-8")
    elif ending == "jsonl":
        lines = [json.dumps({"Job title": title}) for title in TITLES]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    elif ending == "parquet":
        parquet.write_table(pa.table({"Job title": TITLES}), path)
    else:
        book = xlsxwriter.Workbook(path)
        book.add_worksheet().write_column(0, 0, ["Job title", *TITLES])
        book.close()
    return path


def _rows(path: Path) -> list[dict[str, object]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".xlsx":
        header, *below = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        return [dict(zip(header, row, strict=True)) for row in below]
    rows: list[dict[str, object]] = parquet.read_table(path).to_pylist()
    return rows


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_a_clean_title_that_nobody_chose_is_not_made(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes several times as long as all other labels."""
    source = _written(tmp_path, ending)
    label_file(source, tmp_path / f"all.{ending}")
    names = ["Job title", *(f"pmo_{name}" for name in CHOSEN)]
    expected = [{name: row[name] for name in names} for row in _rows(tmp_path / f"all.{ending}")]

    def refuse(_: Classification) -> NoReturn:
        pytest.fail("a clean title was made")

    monkeypatch.setattr(Classification, "clean_title", property(refuse))
    label_file(source, tmp_path / f"some.{ending}", columns=CHOSEN)
    assert _rows(tmp_path / f"some.{ending}") == expected


def test_workers_leave_it_out_too() -> None:
    titles = [f"{title} {number}" for number in range(400) for title in TITLES]
    with WorkerPool(Classifier(), 2, has_clean_titles=False) as pool:
        found = [cells for answers in pool.submit(titles) for cells in answers()]
        assert pool.has_workers
    classify = Classifier().classify
    assert found == [label_cells(classify(title), has_clean_title=False) for title in titles]
