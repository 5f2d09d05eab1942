"""What holds for any table: its bytes come back, and a second run changes nothing."""

from __future__ import annotations

import codecs
import csv
import io
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from delimited import split, values, without_ours
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_classify.errors import FileError
from pmo_classify.files.csv.records import Dialect, cell_value, read_records
from pmo_classify.labelling.csv.label import label_csv

ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "cp1252": b"",
}
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}

titles = st.sampled_from(["PMO Lead", "Chef", "Head of PMO", "Büroleiter", "", "Snr PMO, Leeds"])
odd_text = st.text(st.sampled_from("ab7é ,;\t|\"'\r\n\0=\x0b"), max_size=8)
plain_text = st.text(st.characters(codec="cp1252"), max_size=12)
cells = odd_text | plain_text
QUOTINGS: list[Literal[0, 1, 2]] = [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]


class Table(NamedTuple):
    """A table as it is written, and what wrote it."""

    text: str
    delimiter: str
    encoding: str

    def content(self) -> bytes:
        bom = ENCODINGS[self.encoding]
        return bom + self.text.encode("utf-8" if self.encoding == "utf-8-sig" else self.encoding)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any table of random cells, written by csv.writer; rows may be short, long or missing."""
    delimiter = draw(st.sampled_from(sorted(DELIMITERS.values())))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    rows = draw(st.lists(st.tuples(cells, titles, st.lists(cells, max_size=4)), max_size=6))
    out = io.StringIO(newline="")
    quoting = draw(st.sampled_from(QUOTINGS))
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(["id", "Job title", "town", "pay"])
    for first, title, more in rows:
        writer.writerow([first, title, *more])
    text = out.getvalue()
    if draw(st.booleans()):
        text = text.removesuffix(end)
    return Table(text, delimiter, draw(st.sampled_from(sorted(ENCODINGS))))


def _label(content: bytes, encoding: str | None = None) -> tuple[bytes, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "odd.csv")
        path.write_bytes(content)
        summary = label_csv(path, encoding=encoding)
        return path.with_name("odd.labelled.csv").read_bytes(), summary.read_as["delimiter"]


@settings(deadline=None, max_examples=150)
@given(tables())
def test_any_table_comes_back_with_the_same_bytes(table: Table) -> None:
    """ "Every record comes back with the very bytes it had; our cells are appended to it"."""
    content = table.content()
    # The bytes of cp1252 are guessed at in so short a file; it says what it is.
    given_encoding = "cp1252" if table.encoding == "cp1252" else None
    labelled, name = _label(content, given_encoding)
    delimiter = DELIMITERS[name]
    bom = ENCODINGS[table.encoding]
    codec = "utf-8" if table.encoding == "utf-8-sig" else table.encoding
    old, new = (text.removeprefix(bom).decode(codec) for text in (content, labelled))
    assert bom + without_ours(old, new, delimiter).encode(codec) == content
    before, after = values(old, delimiter), values(new, delimiter)
    assert [row[: len(b)] for b, row in zip(before, after, strict=True)] == before


@settings(deadline=None, max_examples=60)
@given(tables())
def test_labelling_twice_is_labelling_once(table: Table) -> None:
    given_encoding = "cp1252" if table.encoding == "cp1252" else None
    once, _ = _label(table.content(), given_encoding)
    twice, _ = _label(once, given_encoding)
    assert twice == once


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.text(st.sampled_from('ab,;"\r\n\0 '), max_size=20), max_size=5),
    st.sampled_from([",", ";"]),
)
def test_records_are_those_of_a_plain_reading(pieces: list[str], delimiter: str) -> None:
    """Wherever the text is cut into pieces, the records are the same, and nothing is lost."""
    text = "".join(pieces)
    rows = split(text, delimiter, '"')
    try:
        records = list(read_records(pieces, Dialect(delimiter), "x"))
    except FileError:
        # csv.reader is strict about nothing else than an open quote once no cell is malformed.
        assert values(text + '"', delimiter) == values(text, delimiter)
        return
    assert "".join(body + end for _, body, end in records) == text
    assert [cells for cells, _, _ in records] == [row.cells for row in rows]
    read = [[cell_value(cell, '"') for cell in cells] for cells, _, _ in records]
    assert [row if row != [""] else [] for row in read] == [
        row if row != [""] else [] for row in values(text, delimiter)
    ]
