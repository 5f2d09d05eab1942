"""JSON lines: what is read from a line, and that adding members keeps its bytes."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_classify.errors import FileError
from pmo_classify.files import json_lines
from pmo_classify.files.json_lines import member, read_json_lines, with_members

NAMES = st.sampled_from(["title", "a.b", "é", 'q"uote', "back\\slash", "mine_level", ""])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=5)
STYLES = st.sampled_from([(", ", ": "), (",", ":"), (" , ", " :  "), (",\t", ": ")])


def _line(value: dict[str, Any], style: tuple[str, str], gap: str, end: str) -> bytes:
    text = json.dumps(value, separators=style)
    return (f"{gap}{{{gap}{text[1:-1]}{gap}}}{gap}{end}").encode()


@given(OBJECTS, STYLES, st.sampled_from(["", " ", "\t "]), st.sampled_from(["", "\n", "\r\n"]))
def test_members_are_added_at_the_end(
    value: dict[str, Any], style: tuple[str, str], gap: str, end: str
) -> None:
    """Each line keeps its own bytes, and the new members come at its end."""
    raw = _line(value, style, gap, end)
    found = with_members(raw, b', "new": 1')
    assert json.loads(found) == {**value, "new": 1}
    body = raw.rstrip().removesuffix(b"}").rstrip()
    assert found.startswith(body)
    assert found.endswith(raw[len(body) :])


@given(OBJECTS, STYLES, st.sampled_from(["", " "]), st.sets(NAMES))
def test_members_are_taken_out(
    value: dict[str, Any], style: tuple[str, str], gap: str, dropped: set[str]
) -> None:
    raw = _line(value, style, gap, "\n")
    found = with_members(raw, b', "new": 1', dropped)
    kept = {name: inner for name, inner in value.items() if name not in dropped}
    assert list(json.loads(found).items()) == [*kept.items(), ("new", 1)]


@given(OBJECTS, STYLES)
def test_a_second_run_changes_nothing(value: dict[str, Any], style: tuple[str, str]) -> None:
    value = {name: inner for name, inner in value.items() if name != "mine_level"}
    once = with_members(_line(value, style, "", "\n"), b', "mine_level": 2')
    assert with_members(once, b', "mine_level": 2', ["mine_level"]) == once


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"a": 1', "it is not valid JSON: Expecting ',' delimiter"),
        (b"nothing", "it is not valid JSON: Expecting value"),
        (b'{"a": 1} {"a": 2}', "it is not valid JSON: Extra data"),
        (b"[1]", "it holds a list, not an object"),
        (b'"text"', "it holds a plain value, not an object"),
        (b'{"a": "\xff"}', "it is not UTF-8 at byte 8"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "it is nested too deep"),
    ],
)
def test_a_line_that_cannot_be_read(line: bytes, fault: str) -> None:
    (lines,) = read_json_lines(io.BytesIO(b"{}\n" + line + b"\n{}"), "ads.jsonl")
    assert [found.fault.startswith(fault) for found in lines] == [False, True, False]
    assert lines[1].raw == line + b"\n"


def test_odd_lines_that_are_read() -> None:
    """A mark at the start, blank lines, long numbers and what other programs write for NaN."""
    content = b'\xef\xbb\xbf{"n": ' + b"9" * 5_000 + b'}\r\n \n{"n": NaN, "s": "\\ud800"}'
    (lines,) = read_json_lines(io.BytesIO(content), "ads.jsonl")
    assert [line.fault for line in lines] == ["", "", ""]
    assert [line.value is None for line in lines] == [False, True, False]
    assert b"".join(line.raw for line in lines) == content


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LONGEST_LINE", 100)
    content = io.BytesIO(b"{}\n" + b" " * 101)
    with pytest.raises(FileError, match=r"ads\.jsonl: line 2: it has more than 100 bytes"):
        list(read_json_lines(content, "ads.jsonl"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a", {"b": {"c": 1}}), ("a.b.c", 1), ("a.x", None), ("a.b.c.d", None), ("x", None)],
)
def test_a_member_by_a_dotted_name(name: str, expected: object) -> None:
    assert member({"a": {"b": {"c": 1}}}, name) == expected
