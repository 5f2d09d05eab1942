"""What holds for any table: its bytes come back, and a second run changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from csv_tables import DELIMITERS, ENCODINGS, Table, tables
from delimited import values, without_ours
from hypothesis import given, settings

from pmo_classify.labelling.csv.label import label_csv


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
