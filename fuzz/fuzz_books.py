"""Workbooks with odd parts: labelled without losing a cell, or refused with one message."""

from __future__ import annotations

import io
import re
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest.mock import patch
from xml.parsers import expat

import openpyxl
from xlsx_books import full_book, sheet_xml, small_book, text_of

from fuzz_target import PlainMutator, Target, pieces_swapped
from pmo_classify import Classifier
from pmo_classify.errors import FileError
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.xlsx.label import label_xlsx

__all__ = ["WORKBOOK", "check_book"]

_PIECE: Final = re.compile(r"<[^<>]*>|[^<>]+|.", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"""([\w:]+)=("[^"]*"|'[^']*')""")
_LARGEST: Final = 1 << 22
_TAGS: Final = (
    "<row>", "<row r=\"3\">", "</row>", "<row/>", "<c/>", "<c>", "</c>", "<v>1</v>", "<v>", "</v>",
    "<f>A1</f>", "<c t=\"inlineStr\"><is><t>PMO Lead</t></is></c>", "<c t=\"s\"><v>0</v></c>",
    "<c t=\"str\"><v>Chef</v></c>", "<c r=\"XFD1\"/>", "<c r=\"A1048576\"/>", "<sheetData>",
    "</sheetData>", "<sheetData/>", "<cols/>", "<cols></cols>", "<col min=\"1\" max=\"16384\"/>",
    "<dimension ref=\"A1:Z9\"/>", "<autoFilter ref=\"A1:F7\"/>", "<mergeCell ref=\"A1:XFD9\"/>",
    "<!-- x -->", "<![CDATA[x]]>", "<?x y?>", "<!DOCTYPE a>", "&amp;", "&#0;", "&#10;", "&x;",
    "<fills/>", "<cellXfs/>", "<xf/>", "<tablePart r:id=\"rId1\"/>", "<drawing r:id=\"rId1\"/>",
    "<sheet name=\"X\" sheetId=\"9\" r:id=\"rId1\"/>", "PMO Lead", "Job title", "pmo_track", "\0",
    "é", "\ud7ff", "]]>", ">", "<", "\"", "'", "=",
)  # fmt: skip
_VALUES: Final = (
    "", "0", "1", "-1", "16384", "16385", "1048576", "1048577", "99999999999", "9" * 5_000, "١",
    "²", "A1", "A0", "XFD1", "XFE1", "A1:B2", "$A$1:$B$2", "B2:A1", "rId1", "rId9", "s", "str", "b",
    "e", "d", "n", "inlineStr", "hidden", "External", "../x", "/", "", "xl/workbook.xml", " ", "x",
    "&lt;", "Job title", "http://x/y", "true", "1:9",
)  # fmt: skip


def check_book(data: bytes) -> None:
    """Label a workbook; an ``AssertionError`` says which promise is broken."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.xlsx"), Path(folder, "out.xlsx")
        source.write_bytes(data)
        # Pieces of a sheet may end anywhere, as in a large sheet.
        size = 50 + zlib.crc32(data) % 5_000
        try:
            with patch("pmo_classify.files.xlsx.scan.CHUNK", size):
                summary = label_xlsx(source, target, classifier=_classifier())
        except FileError as error:
            told = str(error)
            assert told.startswith(str(source)), told
            assert len(told.splitlines()) == 1, told
            assert [path.name for path in Path(folder).iterdir()] == [source.name]
            assert source.read_bytes() == data
            return
        assert source.read_bytes() == data
        assert {path.name for path in Path(folder).iterdir()} == {source.name, target.name}
        assert summary.rows >= 0
        _check_parts(source, target)
        _check_cells(source, target)


@cache
def _classifier() -> Classifier:
    return Classifier()


def _check_parts(source: Path, target: Path) -> None:
    """Check that the parts are the same, in the same order; those that differ can still be read."""
    old, new = _parts(source), _parts(target)
    assert list(old) == list(new)
    changed = [name for name in old if old[name] != new[name]]
    assert changed
    for name in changed:
        # A part that could not be read before is no fault of labelling.
        if _is_sound(old[name]):
            assert _is_sound(new[name]), name


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _is_sound(data: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError:
        return False
    return True


def _check_cells(source: Path, target: Path) -> None:
    """Check with openpyxl that the old cells are unchanged, and only label cells are added."""
    before = _cells(source)
    if before is None:
        return
    after = _cells(target)
    assert after is not None, "openpyxl reads the workbook, but not the labelled one"
    assert list(before) == list(after)
    for name, old in before.items():
        new = after[name]
        columns = {at[1] for at, value in new.items() if value in LABEL_COLUMNS}
        differing = {at for at in old.keys() | new.keys() if old.get(at) != new.get(at)}
        assert {column for _, column in differing} <= columns, (name, differing)


def _cells(path: Path) -> dict[str, dict[tuple[int, int], object]] | None:
    """Return all cells as openpyxl reads them, or ``None`` if it cannot read the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # openpyxl leaves a file open that it cannot read.
            book: Any = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    except Exception:  # noqa: BLE001 - the library raises any kind on a damaged file
        return None
    # Cells far apart span a large area, so only the existing cells are read.
    return {
        sheet.title: {
            place: str(cell.value) for place, cell in sheet._cells.items() if cell.value is not None
        }
        for sheet in book.worksheets
    }


def _seeds() -> Iterator[bytes]:
    header = f"<row>{text_of('Id')}{text_of('Job title')}</row>"
    titles = "".join(f"<row>{text_of('1')}{text_of(t)}</row>" for t in ("PMO Lead", "Chef"))
    earlier = "".join(text_of(name) for name in ("Job title", *LABEL_COLUMNS[:3]))
    sheets = [
        (sheet_xml(header + titles),),
        (sheet_xml(header + titles, after='<autoFilter ref="A1:B3"/>'), sheet_xml("")),
        (sheet_xml(f"<row>{earlier}</row><row>{text_of('Chef')}{text_of('x')}</row>"),),
        (
            sheet_xml(
                f'<row r="2" spans="1:2">{text_of("Post", "A2")}</row><row r="4"/>'
                f'<row r="7">{text_of("PMO Lead", "A7")}<c r="D7"><f>A1</f></c></row>',
                before='<dimension ref="A1"/><cols><col min="1" max="9" width="9"/></cols>',
                after='<mergeCells count="1"><mergeCell ref="A9:E9"/></mergeCells>',
            ),
        ),
        (sheet_xml(header.replace("<", "<x:").replace("<x:/", "</x:"), p="x:"),),
    ]
    with tempfile.TemporaryDirectory() as folder:
        for number, parts in enumerate(sheets):
            yield small_book(Path(folder, f"{number}.xlsx"), *parts).read_bytes()
        yield small_book(
            Path(folder, "u.xlsx"), sheets[0][0].replace("UTF-8", "UTF-16").encode("utf-16")
        ).read_bytes()
        for table in (True, False):
            path = full_book(Path(folder, "full.xlsx"), table=table)
            yield path.read_bytes()
        book = openpyxl.Workbook()
        book.active.append(["Job title", "n"])
        book.active.append(["PMO Lead", 1.5])
        book.active.append(["Chef", True])
        book.save(Path(folder, "o.xlsx"))
        yield Path(folder, "o.xlsx").read_bytes()


def _mutate(data: bytes, random: Random, plain: PlainMutator) -> bytes:
    """Return a workbook with changed XML, a part dropped or renamed, or bytes changed."""
    parts = _unpacked(data)
    way = random.randrange(20)
    if not parts or way == 0:
        return plain(data)
    names = list(parts)
    # The small parts matter too, but the sheets matter most.
    sheets = [name for name in names if "sheet" in name or "Blatt" in name]
    name = random.choice(sheets if sheets and way % 2 else names)
    if way == 2:
        parts.pop(name)
    elif way == 4:
        parts[random.choice(names)] = parts[name]
    elif way == 6:
        parts[name] = plain(parts[name])
    elif way == 8:
        parts[name] = parts[name].decode("utf-8", "replace").encode("utf-16")
    else:
        parts[name] = _changed(parts[name].decode("utf-8", "replace"), random)
    return _packed(parts)


def _changed(text: str, random: Random) -> bytes:
    pieces = _PIECE.findall(text)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        tags = [at for at, piece in enumerate(pieces) if "=" in piece and piece[0] == "<"]
        if tags and random.randrange(2):
            at = random.choice(tags)
            pieces[at] = _other_attribute(pieces[at], random)
        else:
            pieces = pieces_swapped(pieces, random, list(_TAGS))
    return "".join(pieces).encode("utf-8", "replace")


def _other_attribute(tag: str, random: Random) -> str:
    found = list(_ATTRIBUTE.finditer(tag))
    if not found:
        return tag
    one = random.choice(found)
    way = random.randrange(4)
    if way == 0:
        return tag[: one.start()] + tag[one.end() :]
    value = random.choice(_VALUES)
    if way == 1:
        name = random.choice(("r", "s", "t", "ref", "x", "min"))
        return f'{tag[: one.end()]} {name}="{value}"{tag[one.end() :]}'
    quote = random.choice('"""\'')
    return f"{tag[: one.start()]}{one[1]}={quote}{value}{quote}{tag[one.end() :]}"


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts that can be read."""
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if info.file_size < _LARGEST:
                    parts[info.filename] = archive.read(info)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ):
        pass
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


WORKBOOK = Target(check_book, _seeds, _mutate, longest=65_536, seconds=60)
