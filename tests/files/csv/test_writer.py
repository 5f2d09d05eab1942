"""New cells fit the file that they are added to, and are never formulas."""

from __future__ import annotations

import pytest

from pmo_classify.files.csv.encoding import Encoding
from pmo_classify.files.csv.records import Dialect
from pmo_classify.files.csv.writer import CellWriter


@pytest.mark.parametrize(
    ("dialect", "codec", "text", "written"),
    [
        (Dialect(","), "utf-8", "a; b", "a; b"),
        (Dialect(","), "utf-8", "a, b", '"a, b"'),
        (Dialect(","), "utf-8", 'a "b"', '"a ""b"""'),
        (Dialect(";", "'"), "utf-8", "it's", "'it''s'"),
        (Dialect("\t", None), "utf-8", "a\tb", "a b"),
        (Dialect(",", '"', "all"), "utf-8", "", '""'),
        (Dialect(",", '"', "text"), "utf-8", "0.99", "0.99"),
        (Dialect(",", '"', "text"), "utf-8", "yes", '"yes"'),
        (Dialect(","), "cp1252", "Łódź – 办", "Lódz – ?"),
        (Dialect(","), "ascii", "“Köln” – x", '"""Koln"" - x"'),
        (Dialect(","), "utf-8", "=1+1", "'=1+1"),
        (Dialect(","), "utf-8", "+1", "'+1"),
        (Dialect(","), "utf-8", "-1", "'-1"),
        (Dialect(","), "utf-8", "@x", "'@x"),
        (Dialect(","), "utf-8", "\tx", "'\tx"),
        (Dialect(","), "ascii", "＝1", "'=1"),
    ],
)
def test_our_cells_fit_the_file_and_start_no_formula(
    dialect: Dialect, codec: str, text: str, written: str
) -> None:
    """They have the file's quoting and encoding; text that looks like a formula stays text."""
    assert CellWriter(dialect, Encoding(codec)).cell(text) == written
