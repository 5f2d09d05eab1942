"""The picture of an evaluation."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tables import (
    GOLD,
    GOLD_HEADER,
)

from pmo_classify.errors import FileError, MissingExtraError
from pmo_classify.evaluation.evaluate import evaluate
from pmo_classify.evaluation.plot import check_plot, write_plot
from pmo_classify.evaluation.scores import Evaluation, score


@pytest.fixture(scope="module")
def five() -> Evaluation:
    rows = [dict(zip(GOLD_HEADER, row, strict=True)) for row in GOLD]
    return evaluate([*rows, {"title": "Program Coordinator", "track": "pmo", "level": 2}])


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_of_five_rows(tmp_path: Path, five: Evaluation, ending: str) -> None:
    """The same figures always make the same bytes, in the format of the file's ending."""
    paths = [tmp_path / f"{name}.{ending}" for name in "ab"]
    for path in paths:
        write_plot(path, five, name="five $rows$.csv")
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    assert first.startswith(b"\x89PNG" if ending == "png" else b"<?xml")


def test_the_picture_says_the_figures(tmp_path: Path, five: Evaluation) -> None:
    write_plot(tmp_path / "p.svg", five, name="five.csv")
    texts = {e.text for e in ET.parse(tmp_path / "p.svg").iter() if e.text}  # noqa: S314 - our own
    assert "60.0% of 5 clear rows are read right" in texts
    assert {"level 4", "delivery  (0)", "level 2  (2)"} <= texts


@pytest.mark.parametrize("rows", [0, 1])
def test_a_picture_of_hardly_any_rows(tmp_path: Path, five: Evaluation, rows: int) -> None:
    found = score([title.row for title in five.misread][:rows])
    write_plot(tmp_path / "p.png", found)
    assert (tmp_path / "p.png").stat().st_size > 1_000


def test_a_missing_extra_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmo_classify.extras.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pmo-classify\[plot\]'"):
        check_plot(tmp_path / "p.png")


def test_a_picture_in_the_way_stays(tmp_path: Path, five: Evaluation) -> None:
    path = tmp_path / "p.png"
    path.write_text("mine")
    with pytest.raises(FileError, match="the file exists"):
        write_plot(path, five)
    assert path.read_text() == "mine"
