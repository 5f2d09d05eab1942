"""The fast way through a CSV file writes the same bytes as the careful way."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from csv_tables import Table, tables
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_csv import KEPT, REFUSED

from pmo_classify.errors import FileError
from pmo_classify.files.csv.fast import (
    RecordShape,
    SimpleRecordBlock,
    find_simple_records,
)
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.labeller import Summary, TitleCount

NEVER = 1 << 62


class Outcome(NamedTuple):
    """All results of a run."""

    content: bytes
    summary: Summary | None
    titles: list[TitleCount]
    told: str
    plain: int


def _label(
    content: bytes,
    *,
    block: int | None,
    encoding: str | None = None,
    column: str | None = None,
    ending: str = ".csv",
) -> Outcome:
    """Label a file in blocks of some bytes, or with care where there is no ``block``."""
    plain = 0

    def counting(data: bytes, shape: RecordShape) -> SimpleRecordBlock | None:
        nonlocal plain
        rows = find_simple_records(data, shape)
        plain += 0 if rows is None else rows.count
        return rows

    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr("pmo_classify.files.csv.blocks._LARGE_FILE", NEVER if block is None else 0)
        if block is not None:
            patch.setattr("pmo_classify.files.csv.encoding._CHUNK", min(block, 40))
            patch.setattr("pmo_classify.files.csv.blocks._SMALLEST_BLOCK", block)
            patch.setattr("pmo_classify.files.csv.blocks._LARGEST_BLOCK", 3 * block)
            patch.setattr("pmo_classify.files.csv.fast._IN_CACHE", 7)
            patch.setattr("pmo_classify.files.csv.fast.find_simple_records", counting)
        path, out = Path(folder, f"odd{ending}"), Path(folder, f"out{ending}")
        path.write_bytes(content)
        try:
            summary = label_csv(path, out, encoding=encoding, column=column, jobs=1)
        except FileError as error:
            return Outcome(b"", None, [], str(error).replace(folder, ""), plain)
        return Outcome(out.read_bytes(), summary, list(summary.titles()), "", plain)


def _same(fast: Outcome, careful: Outcome) -> bool:
    return fast[:4] == careful[:4]


@pytest.mark.parametrize("block", [16, 100, 100_000])
@pytest.mark.parametrize("name", KEPT)
def test_an_odd_file_is_labelled_alike(name: str, block: int) -> None:
    """Wherever blocks end, the bytes, the counts and the warnings are those of the careful way."""
    odd = KEPT[name]
    if block * 10_000 < len(odd.content):
        pytest.skip("so many small blocks take too long")
    content, given_encoding, column, ending = odd.content, odd.given, odd.column, odd.ending
    fast = _label(content, block=block, encoding=given_encoding, column=column, ending=ending)
    careful = _label(content, block=None, encoding=given_encoding, column=column, ending=ending)
    assert careful.told == ""
    assert _same(fast, careful)


@pytest.mark.parametrize("name", REFUSED)
def test_an_odd_file_is_refused_alike(name: str) -> None:
    content, given_encoding, _ = REFUSED[name]
    fast = _label(content, block=16, encoding=given_encoding)
    assert fast.told
    assert _same(fast, _label(content, block=None, encoding=given_encoding))


ROWS = [b'%d,"PMO, Lead\n%d",x\r\n' % (n, n) + b"%d,Chef,\n" % n for n in range(40)]
ODD_LINES = [
    b"",
    b"\n",
    b"1,Chef\n",
    b"1,Chef,x,y\n",
    b'1,Ch"ef,x\n',
    b'1,"Chef"x,x\n',
    b"1,Chef\r2,Cook,x\n",
    b"1,Chef,x\r\r\n",
    b'1,"a\rb",x\n',
    b'1,"""",""""""\n',
    b"1,B\xc3\xbcroleiter,\n",
    b"1,B\xfcroleiter,\n",
    b'1,"Chef,x\n',
    b'1,Chef,x\n2,"never closed',
]


@pytest.mark.parametrize("line", ODD_LINES)
@pytest.mark.parametrize("at", [0, 20, 40])
def test_an_odd_line_amid_plain_ones(line: bytes, at: int) -> None:
    """Rows before and after it are labelled the same, and faults name the same line."""
    content = b"id,Job title,x\n" + b"".join([*ROWS[:at], line, *ROWS[at:]])
    fast = _label(content, block=300)
    assert fast.plain > 20
    assert _same(fast, _label(content, block=None))


def test_nearly_all_rows_of_a_plain_file_are_read_at_once() -> None:
    content = b"id,Job title,x\n" + b"".join(ROWS)
    outcome = _label(content, block=300)
    assert outcome.plain >= 75
    assert outcome.summary is not None
    assert outcome.summary.rows == 80


@settings(deadline=None, max_examples=150)
@given(tables(), st.integers(1, 60))
def test_any_table_is_labelled_alike(table: Table, block: int) -> None:
    """ "Both ways give the same bytes", for whatever csv.writer writes."""
    given_encoding = "cp1252" if table.encoding == "cp1252" else None
    fast = _label(table.content(), block=block, encoding=given_encoding)
    assert _same(fast, _label(table.content(), block=None, encoding=given_encoding))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text('a1,"\r\n é', max_size=9), max_size=12), st.integers(1, 60))
def test_any_text_below_a_header_is_labelled_alike(lines: list[str], block: int) -> None:
    content = "\n".join(["id,Job title", *lines, "1,Chef", ""]).encode()
    fast = _label(content, block=block)
    assert _same(fast, _label(content, block=None))
