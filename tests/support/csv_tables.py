"""Random CSV tables for property tests, as ``csv.writer`` writes them."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Literal, NamedTuple

from hypothesis import strategies as st

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
