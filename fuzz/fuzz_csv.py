"""Any bytes as a CSV file: labelled without losing a byte, or refused with one message.

The first byte of an input says how the file is labelled, the rest is the file.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, NamedTuple
from unittest.mock import patch

from delimited import Row, split

from ads import COLUMNS, rows_of_ads
from fuzz_target import PlainMutator, Target, pieces_swapped
from natural import natural_titles
from pmo_classify import Classifier
from pmo_classify.errors import FileError
from pmo_classify.files.csv.table import CsvTable
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.csv.layout import CsvLayout
from pmo_classify.labelling.label_file import label_file
from pmo_classify.labelling.labeller import Summary, TitleCount
from pmo_classify.labelling.title_column import is_title_header

__all__ = ["CSV", "check_csv", "first_byte"]

_OURS: Final = len(LABEL_COLUMNS)
_ENDINGS: Final = (".csv", ".tsv", ".txt", "")
_ENCODINGS: Final = (None, None, None, "utf-8", "cp1252", "utf-16", "shift_jis", "cp037")
_COLUMNS: Final = (None, None, None, "2", "Job title", "B")
_NEVER: Final = 1 << 62
_PIECES: Final = (
    b"\n", b"\r\n", b"\r", b"\n\n", b",", b";", b"\t", b"|", b"\x1f", b'"', b"'", b'""', b'"\n"',
    b',"', b'",', b" ", b"\0", b"\x0b", b"\x85", b"\xff", b"\xc3", b"\xc3\xbc", b"\xe2\x80\xa8",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"=1+1", b"@", b"-", b"sep=;\n", b"Job title",
    b"title", b"id", b"PMO Lead", b"Chef", b"Head of PMO", b"pmo_track", b"pmo_level",
    b"pmo_reason", b"1", b"3,5", b"a,b,c,d,e\n", b"<html>", b"PK\x03\x04",
)  # fmt: skip


class _Setting(NamedTuple):
    ending: str
    encoding: str | None
    column: str | None


class _Outcome(NamedTuple):
    content: bytes
    told: str
    summary: Summary | None = None
    titles: tuple[TitleCount, ...] = ()


def first_byte(ending: int = 0, encoding: int = 0, column: int = 0) -> bytes:
    """Return the byte that says how the rest is labelled, from positions in the tables here."""
    return bytes([ending + 4 * encoding + 32 * column])


def check_csv(data: bytes) -> None:
    """Label the file in both ways; an ``AssertionError`` says which promise is broken."""
    if not data:
        return
    choice, content = data[0], data[1:]
    setting = _Setting(
        _ENDINGS[choice % 4], _ENCODINGS[choice // 4 % 8], _COLUMNS[choice // 32 % len(_COLUMNS)]
    )
    careful = _labelled(content, setting)
    with _small_blocks(16 + choice):
        fast = _labelled(content, setting)
    assert fast == careful, (fast, careful)
    if careful.summary is not None:
        _check_bytes(content, careful, setting)


def _labelled(content: bytes, setting: _Setting) -> _Outcome:
    """Label a file, and check that its folder contains only the unchanged file and the output."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, f"in{setting.ending}"), Path(folder, f"out{setting.ending}")
        source.write_bytes(content)
        try:
            summary = label_file(
                source,
                target,
                column=setting.column,
                encoding=setting.encoding,
                classifier=_classifier(),
                jobs=1,
            )
        except FileError as error:
            _check_folder(source, content, {source.name})
            told = str(error).replace(folder, "")
            assert told, "an error without a message"
            assert len(told.splitlines()) == 1, told
            return _Outcome(b"", told)
        _check_folder(source, content, {source.name, target.name})
        labelled = target.read_bytes()
    return _Outcome(labelled, "", summary, tuple(summary.titles()))


def _check_folder(source: Path, content: bytes, names: set[str]) -> None:
    assert source.read_bytes() == content, "the input is another now"
    assert {path.name for path in source.parent.iterdir()} == names


@cache
def _classifier() -> Classifier:
    return Classifier()


@contextmanager
def _small_blocks(size: int) -> Iterator[None]:
    """Make even a small file be read in blocks, which may end anywhere."""
    limits = {
        "files.csv.blocks._LARGE_FILE": 0,
        "files.csv.blocks._SMALLEST_BLOCK": size,
        "files.csv.blocks._LARGEST_BLOCK": 3 * size,
        "files.csv.encoding._CHUNK": min(size, 40),
        "files.csv.fast._IN_CACHE": 7,
    }
    # The module must be loaded before its limit can be set.
    from pmo_classify.files.csv import fast  # noqa: F401, PLC0415

    with ExitStack() as stack:
        for name, value in limits.items():
            stack.enter_context(patch(f"pmo_classify.{name}", value))
        yield


def _check_bytes(content: bytes, outcome: _Outcome, setting: _Setting) -> None:
    """Check that each record without its label cells has its original bytes."""
    source = Path(f"in{setting.ending}")
    table = CsvTable(io.BytesIO(content), source, setting.encoding, is_title_header)
    layout = CsvLayout(table, setting.column)
    encoding, (delimiter, quote, _) = table.encoding, table.dialect
    bom = encoding.bom
    assert content.startswith(bom)
    assert outcome.content.startswith(bom)
    before = split(encoding.decode(content[len(bom) :]), delimiter, quote)
    after = split(encoding.decode(outcome.content[len(bom) :]), delimiter, quote)
    assert len(before) == len(after)
    width = len(after[layout.header_number].cells)
    labelled = 0
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        is_blank = len(old.cells) == 1 and not old.cells[0].strip()
        if number < layout.header_number or is_blank:
            assert new == old
            continue
        assert len(new.cells) == width, (width, new)
        _check_record(layout, old, new, quote or "", is_header=number == layout.header_number)
        labelled += number > layout.header_number
    assert outcome.summary is not None
    assert outcome.summary.rows == labelled
    assert sum(title.rows for title in outcome.titles) == labelled


def _check_record(layout: CsvLayout, old: Row, new: Row, quote: str, *, is_header: bool) -> None:
    kept = layout.own_cells(old.cells)
    assert new.end == old.end
    assert new.cells[: len(kept)] == kept
    assert all(cell.strip(quote) == "" for cell in new.cells[len(kept) : -_OURS])
    ours = [layout.table.value(cell) for cell in new.cells[-_OURS:]]
    if is_header:
        assert ours == list(LABEL_COLUMNS)
        return
    assert ours[0] in {"pmo", "delivery", "other"}
    assert ours[1] in {"", "1", "2", "3", "4"}
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in ours), ours


def _seeds() -> Iterator[bytes]:
    tables = [
        b"id,Job title,town\n007,PMO Analyst,Leeds\n008,Chef,York\n",
        b"Export of 3 May\r\n\r\nid;title;pay\r\n1;PMO Lead, Leeds;3,5\r\n2;Chef;\r\n",
        b'"Job title"\t"n"\r"PMO\nLead"\t"1"\r"Chef ""x"""\t"2"',
        b"'id'|'Job title'\n'1'|'PMO| Lead'\n'2'|'it''s'\n",
        b"Job title,pmo_track,pmo_level\nPMO Lead,other,9\nChef,x\n",
        b"sep=;\nid;Job title\n1;Chef\n2;PMO Lead;x;y\n3\n",
        "Job title,n\nBüro,Köln\nCafé,Zürich\n".encode() + b"Chef,\xff\n",
    ]
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *rows_of_ads(12, natural_titles(8))])
    tables.append(out.getvalue().encode())
    for number, table in enumerate(tables):
        yield first_byte(0, number % 8, number % 6) + table
        text = table.decode("utf-8", "replace")
        for codec in ("utf-8-sig", "utf-16", "utf-16-be", "cp1252"):
            yield first_byte(number % 4) + text.encode(codec, "replace")


def _mutate(data: bytes, random: Random, plain: PlainMutator) -> bytes:
    """Return an input with marks added, cells moved, bytes changed, or another way to read it."""
    way = random.randrange(8)
    if way == 0 or not data:
        return plain(data)
    first, content = data[:1], data[1:]
    if way == 1:
        return bytes([random.randrange(192)]) + content
    if way == 2:
        return first + plain(content)
    if way == 3:
        codec = random.choice(("utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"))
        return first + content.decode("utf-8", "replace").encode(codec, "replace")
    mark = random.choice((b"\n", b",", b";", b'"', b" "))
    pieces = [piece.decode("latin-1") for piece in content.split(mark)]
    marks = [piece.decode("latin-1") for piece in _PIECES]
    for _ in range(random.choice((1, 1, 2, 4))):
        pieces = pieces_swapped(pieces, random, marks)
    return first + mark.decode().join(pieces).encode("latin-1")


CSV = Target(check_csv, _seeds, _mutate, longest=16_384, seconds=60)
