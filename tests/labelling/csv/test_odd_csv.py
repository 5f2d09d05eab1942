"""Odd CSV files: each is labelled and keeps its other cells, or is refused; none is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from delimited import split, values, without_ours
from odd_csv import KEPT, REFUSED, Odd

from pmo_classify.errors import FileError
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.labeller import Summary


def _write(folder: Path, odd: Odd) -> Path:
    path = folder / f"odd{odd.ending}"
    path.write_bytes(odd.content)
    return path


@pytest.mark.parametrize("odd", KEPT.values(), ids=KEPT)
def test_an_odd_file_comes_back_as_it_was(tmp_path: Path, odd: Odd) -> None:
    """Without the label cells the bytes are the old ones; csv.reader sees the same other cells."""
    path, out = _write(tmp_path, odd), tmp_path / f"out{odd.ending}"
    summary = label_csv(path, out, encoding=odd.given, column=odd.column)
    assert path.read_bytes() == odd.content
    errors = "surrogatepass" if odd.encoding.startswith("utf-16") else "surrogateescape"
    old, new = (
        content.removeprefix(odd.bom).decode(odd.encoding, errors)
        for content in (odd.content, out.read_bytes())
    )
    taken = without_ours(old, new, odd.delimiter, odd.quote, odd.header)
    assert odd.bom + taken.encode(odd.encoding, errors) == odd.content
    assert out.read_bytes().startswith(odd.bom)
    rows_before = values(old, odd.delimiter, odd.quote)
    rows_after = values(new, odd.delimiter, odd.quote)
    kept = [row[: len(b)] for b, row in zip(rows_before, rows_after, strict=True)]
    assert kept == rows_before
    _check_warning(summary, odd.warning)


def _check_warning(summary: Summary, expected: str) -> None:
    assert [w.startswith(expected) for w in summary.warnings] == [True] * bool(expected)


@pytest.mark.parametrize("name", KEPT)
def test_labelling_an_odd_file_twice_is_labelling_it_once(tmp_path: Path, name: str) -> None:
    odd = KEPT[name]
    first, second = tmp_path / f"first{odd.ending}", tmp_path / f"second{odd.ending}"
    label_csv(_write(tmp_path, odd), first, encoding=odd.given, column=odd.column)
    label_csv(first, second, encoding=odd.given, column=odd.column)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(("content", "given", "message"), REFUSED.values(), ids=REFUSED)
def test_an_odd_file_is_refused(
    tmp_path: Path, content: bytes, given: str | None, message: str
) -> None:
    """One line that names the file and what is wrong; nothing is written."""
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(FileError, match=message) as caught:
        label_csv(path, encoding=given)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["odd.csv"]
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", ["id,Job title\n1,{}\n", 'id,Job title\n1,"\n{}"\n'])
def test_a_record_over_the_limit_is_refused(
    tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory stays bounded: a record has its longest length."""
    monkeypatch.setattr("pmo_classify.files.csv.records.LONGEST_RECORD", 100_000)
    path = tmp_path / "odd.csv"
    path.write_text(content.format("x" * 3_000_000), encoding="utf-8")
    with pytest.raises(FileError, match=r"line [23]: a record of more than 100,000 characters"):
        label_csv(path)


def test_the_splitter_of_these_tests_splits() -> None:
    assert [row.cells for row in split('a,"b""\n,"c\r\n', ",", '"')] == [["a", '"b""\n,"c']]
