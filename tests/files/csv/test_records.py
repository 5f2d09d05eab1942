"""Records are those of a plain reading, and every character is kept."""

from __future__ import annotations

from delimited import split, values
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_classify.errors import FileError
from pmo_classify.files.csv.records import Dialect, cell_value, read_records


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.text(st.sampled_from('ab,;"\r\n\0 '), max_size=20), max_size=5),
    st.sampled_from([",", ";"]),
)
def test_records_are_those_of_a_plain_reading(pieces: list[str], delimiter: str) -> None:
    """The records are the same wherever the text is cut into pieces, and nothing is lost."""
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
