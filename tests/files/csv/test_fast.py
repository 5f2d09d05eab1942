"""The records that numpy and Arrow find in a block are those that Python finds one by one."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_classify.files.csv import fast
from pmo_classify.files.csv.encoding import find_encoding
from pmo_classify.files.csv.fast import RecordShape, find_simple_records, is_utf_8
from pmo_classify.files.csv.records import Dialect, is_blank, read_records


@settings(max_examples=500)
@given(
    st.lists(
        st.sampled_from(["a", "b,", ",", '"', '""', ',"', '",', "\n", "\r\n", "\r", " ", ";"])
    ),
    st.sampled_from([",", ";"]),
    st.sampled_from(['"', None]),
    st.integers(1, 3),
    st.data(),
)
def test_simple_records_are_the_first_records(
    pieces: list[str], delimiter: str, quote: str | None, width: int, data: st.DataObject
) -> None:
    """ "The simple records at the start of a block": never another one."""
    block = "".join(pieces).encode()
    column = data.draw(st.integers(0, width - 1))
    shape = RecordShape(ord(delimiter), None if quote is None else ord(quote), width, column)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "_IN_CACHE", data.draw(st.integers(1, 5)))
        rows = find_simple_records(block, shape) if block else None
    if rows is None:
        return
    records = list(read_records([block[: rows.size].decode()], Dialect(delimiter, quote), "x"))
    assert rows.count == len(records)
    assert [len(cells) for cells, _, _ in records] == [width] * rows.count
    assert not any(is_blank(cells, body) for cells, body, _ in records)
    assert rows.values.to_pylist() == [cells[column].encode() for cells, _, _ in records]


BYTES = st.lists(
    st.sampled_from(
        [
            *(text.encode() for text in ("a", "é", "€", "😀", "\x00")),
            *(
                b"\x80",
                b"\xff",
                b"\xc3",
                b"\xed\xa0\x80",
                b"\xf4\x90\x80\x80",
                b"\xc0\x80",
                b"\xe2\x82",
            ),
        ]
    ),
    max_size=8,
).map(b"".join)


@given(BYTES, st.integers(1, 5))
def test_utf_8_is_what_pythons_codec_takes(data: bytes, size: int) -> None:
    """A large file is taken for UTF-8 where Python reads it as that, wherever it is cut."""
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        assert not is_utf_8(blocks)
    else:
        assert is_utf_8(blocks)


@pytest.mark.parametrize("odd", [None, 3_000_000])
def test_a_large_file_is_read_as_what_it_is(odd: int | None) -> None:
    """The first odd byte of a large file is found where it is, and a file without one is UTF-8."""
    content = bytearray(b"title\n" + "Büroleiter\n".encode() * 400_000)
    if odd is not None:
        content[odd] = 0xFF
    found = find_encoding(io.BytesIO(bytes(content)), None, "ads.csv")
    assert (found.codec, found.odd_byte) == ("utf-8", odd)
