"""Malicious CSV files: one clear refusal, or the right answer, in bounded memory."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from processes import NIGHTLY, Ground

from pmo_classify.errors import PmoClassifyError
from pmo_classify.evaluation.diff import diff
from pmo_classify.evaluation.text import write_diff
from pmo_classify.files.csv.writer import write_csv
from pmo_classify.knowledge.listed_titles import read_title_rows
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.headered_table import headered_tables
from pmo_classify.labelling.label_file import usual_output

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "=HYPERLINK(1)")


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("tail", ["", " PMO Lead"])
def test_our_cells_start_no_formula(tmp_path: Path, text: str, tail: str) -> None:
    """The user's cells keep their bytes; the added cells are data to any spreadsheet."""
    path = tmp_path / "ads.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["id", "Job title"], ["1", text + tail]])
    label_csv(path)
    with usual_output(path).open(encoding="utf-8", newline="") as out:
        row = list(csv.reader(out))[1]
    assert row[:2] == ["1", text + tail]
    assert [cell for cell in row[2:] if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_tables_of_results_start_no_formula(tmp_path: Path) -> None:
    """A title that was text in a workbook must not become a formula in the CSV."""
    header = "Job title,pmo_track,pmo_level,pmo_scope\n"
    rows = "".join(f'"{text}",other,,\n' for text in FORMULAS)
    old = _written(tmp_path / "old.csv", header.encode())
    new = _written(tmp_path / "new.csv", (header + rows).encode())
    write_diff(tmp_path / "diff.csv", diff(old, new))
    write_csv(tmp_path / "any.csv", ["title"], [[text] for text in FORMULAS])
    assert _titles(tmp_path / "any.csv") == [f"'{text}" for text in FORMULAS]
    # Some of them are the same title, with the same answer.
    assert len(_titles(tmp_path / "diff.csv")) > 4
    assert {title[0] for title in _titles(tmp_path / "diff.csv")} == {"'"}


def _titles(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as out:
        return [row[0] for row in csv.reader(out)][1:]


@pytest.mark.parametrize("ending", ["\n", '"\n', '",x\n', '""",x\n'])
def test_a_heap_of_quotes(tmp_path: Path, ending: str) -> None:
    """Nothing nests in a CSV: quotes by the hundred thousand are read one after the other."""
    text = 'id,Job title,n\n1,"' + '""' * 200_000 + ending
    path = _written(tmp_path / "ads.csv", text.encode())
    try:
        rows = label_csv(path).rows
    except PmoClassifyError as error:
        assert "line 2: a quote opens a cell here" in str(error)  # noqa: PT017 - either is right
    else:
        assert rows == 1
    assert path.read_bytes() == text.encode()


def test_titles_that_are_no_table(tmp_path: Path) -> None:
    """A file of one's own titles is refused as any other: a cell has its longest length."""
    path = _written(tmp_path / "my.csv", b"title,track\n" + b"x" * 200_000 + b",other\n")
    with pytest.raises(
        PmoClassifyError, match=r"my\.csv:2: the row cannot be read .*: look for a quote"
    ):
        read_title_rows(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 99, b"%PDF-1.7", b"PK\3\4", random.Random(4).randbytes(999)],  # noqa: S311
    ids=["nothing", "zeros", "a PDF", "a ZIP", "chance"],
)
def test_what_is_no_table_has_no_answers(tmp_path: Path, content: bytes) -> None:
    path = _written(tmp_path / "gold.csv", content)
    with pytest.raises(PmoClassifyError, match=r"gold\.csv: "), headered_tables(path) as tables:
        next(iter(tables))


def _repeat(piece: bytes, times: int, before: bytes = b"", after: bytes = b"\n") -> Write:
    def write(out: BinaryIO) -> None:
        out.write(b"Id,Job title\n" + before)
        for _ in range(times):
            out.write(piece)
        out.write(after)

    return write


Write = Callable[[BinaryIO], None]
MIB = 1 << 20
HUGE: dict[str, Write] = {
    "a cell of 1 GiB": _repeat(b"x" * MIB, 1_024, b"1,"),
    "a quoted cell of 1 GiB": _repeat(b"x y\n" * (MIB // 4), 1_024, b'1,"', b'"\n'),
    "a line of 100 MB": _repeat(b"PMO Lead," * (MIB // 8), 90),
    "a quote that never closes": _repeat(b"PMO Lead,Leeds\n" * (MIB // 16), 200, b'1,"'),
}


@pytest.mark.skipif(not NIGHTLY, reason="for the nightly profile")
@pytest.mark.parametrize("name", HUGE)
def test_a_huge_record(tmp_path: Path, name: str) -> None:
    """A real process with 512 MiB of memory refuses it."""
    resource = pytest.importorskip("resource")
    ground = Ground.make(tmp_path)
    with (ground.folder / "ads.csv").open("wb") as out:
        HUGE[name](out)
    limit = (512 * MIB, 512 * MIB)
    run = ground.run(
        "label", "ads.csv", before=lambda: resource.setrlimit(resource.RLIMIT_AS, limit)
    )
    (ground.folder / "ads.csv").unlink()
    run.check_refused("ads.csv: line 2: a record of more than 67,108,864 characters starts here")
    assert ground.files() == {}
