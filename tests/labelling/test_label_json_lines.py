"""JSON lines with labels: types, nested titles, bad lines, earlier runs."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from pmo_classify import classify
from pmo_classify.errors import FileError
from pmo_classify.labelling.columns import LABEL_COLUMNS, label_values
from pmo_classify.labelling.json_lines import label_json_lines
from pmo_classify.labelling.label_file import label_file
from pmo_classify.labelling.label_set import LabelSet

BAD = b'{"role": "Head Chef"}\n{"role": "Cook"\n{"role": ["PMO Lead"]}\n{"role": "PMO Lead"}\n'


def _labelled(folder: Path, content: bytes, **options: Any) -> list[bytes]:
    source, target = folder / "ads.jsonl", folder / "out.jsonl"
    source.write_bytes(content)
    label_json_lines(source, target, force=True, **options)
    assert source.read_bytes() == content
    return target.read_bytes().splitlines(keepends=True)


def test_labels_have_types(tmp_path: Path) -> None:
    (line,) = _labelled(tmp_path, b'{"id": 1, "role": "Programme Office Analyst"}\n')
    value = json.loads(line)
    expected = label_values(classify("Programme Office Analyst"))
    assert list(value) == ["id", "role", *LABEL_COLUMNS]
    assert tuple(value.values())[2:] == expected
    assert (type(value["pmo_level"]), type(value["pmo_review"])) == (int, bool)


@pytest.mark.parametrize(
    ("content", "column"),
    [
        (b'{"ad": {"post": {"name": "PMO Lead", "id": 7}}}\n', None),
        (b'{"ad": {"post": {"name": "PMO Lead", "id": 7}}}\n', "ad.post.name"),
        (b'{"x.y": "PMO Lead", "x": {"y": "Chef"}}\n', "x.y"),
        (b'{"x": 1}\n{"x": "PMO Lead"}\n', "x"),
    ],
)
def test_a_title_inside_other_objects(tmp_path: Path, content: bytes, column: str | None) -> None:
    *_, last = _labelled(tmp_path, content, column=column)
    assert json.loads(last)["pmo_level"] == 3


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (
            b'{"role": "Chef"}\n{"role"\n',
            {},
            r"ads\.jsonl: line 2: it is not valid JSON.*--skip-bad-lines",
        ),
        (b'[\n{"role": "Chef"}\n]\n', {}, "line 1: .*without brackets around all"),
        (b'{"role": "Chef"}\n' * 99 + b"[]", {}, "line 100: it holds a list, not an object"),
        (b'{"role": "Chef"}\n' * 99 + b'{"role": true}', {}, "line 100: 'role' is true or false"),
        (b'{"n": 1, "m": "x"}\n', {}, "no column looks like job titles: .*'n', 'm'$"),
        (b'{"role": "Chef"}\n', {"column": "A"}, "there is no column 'A': name one of 'role'"),
        (b'{"role": "Chef"}\n', {"column": "pmo_track"}, "there is no column 'pmo_track'"),
        (b'{"pmo_track": "pmo", "b": ""}', {"column": "pmo_track"}, "that labelling writes"),
        (b'{"role": "Chef", "job": "Cook"}', {}, "could be in 'role' with 'Chef' or 'job' with"),
        (b"\n \n", {}, "no line holds an object"),
        (b"", {}, "no line holds an object"),
    ],
)
def test_what_cannot_be_labelled(
    tmp_path: Path, content: bytes, options: dict[str, Any], message: str
) -> None:
    """One message with the place, and no output."""
    with pytest.raises(FileError, match=message):
        _labelled(tmp_path, content, **options)
    assert [path.name for path in tmp_path.iterdir()] == ["ads.jsonl"]


def test_bad_lines_are_kept_as_they_are(tmp_path: Path) -> None:
    lines = _labelled(tmp_path, BAD, skip_bad_lines=True)
    assert lines[1:3] == BAD.splitlines(keepends=True)[1:3]
    assert [b"pmo_track" in line for line in lines] == [True, False, False, True]
    summary = label_file(tmp_path / "ads.jsonl", skip_bad_lines=True)
    assert summary.rows == 2
    (warning,) = summary.warnings
    assert warning.startswith("bad lines that are kept as they are, without labels: 2, the first")
    assert warning.endswith("line 2: it is not valid JSON: Expecting ',' delimiter at character 16")


def test_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    once = b"".join(_labelled(tmp_path, b'{"role": "Chef"}\n{"role": null}\n\n{}\n'))
    assert b"".join(_labelled(tmp_path, once)) == once
    summary = label_file(tmp_path / "ads.jsonl")
    assert summary.replaced_columns == LABEL_COLUMNS
    assert (summary.rows, summary.distinct) == (3, 2)


def test_the_style_of_the_file_is_kept(tmp_path: Path) -> None:
    labels = LabelSet.of(["level", "review"])
    (close,) = _labelled(tmp_path, b'{"role":"PMO Lead"}', labels=labels)
    assert close == b'{"role":"PMO Lead","pmo_level":3,"pmo_review":false}'
    (wide,) = _labelled(tmp_path, b'{ "role": "PMO Lead" }\r\n', labels=labels)
    assert wide == b'{ "role": "PMO Lead", "pmo_level": 3, "pmo_review": false }\r\n'


def test_many_lines_are_the_same_with_any_number_of_jobs(tmp_path: Path) -> None:
    content = b"".join(
        b'{"role": "PMO Analyst %d", "n": %d}\n' % (n % 3_000, n) for n in range(40_000)
    )
    seen: list[int | None] = []
    one = _labelled(tmp_path, content, progress=lambda _rows, total: seen.append(total))
    assert len(one) == 40_000
    assert _labelled(tmp_path, content, jobs=2) == one
    assert seen[-1] == 40_000
    assert all(total and 35_000 < total < 45_000 for total in seen)


def test_compressed_lines(tmp_path: Path) -> None:
    source = tmp_path / "ads.jsonl.gz"
    source.write_bytes(gzip.compress(b'{"role": "PMO Lead"}\n'))
    label_file(source)
    found = gzip.decompress((tmp_path / "ads.labelled.jsonl.gz").read_bytes())
    assert json.loads(found)["pmo_level"] == 3


def test_half_a_character_in_a_title(tmp_path: Path) -> None:
    """JSON may hold half a surrogate pair as an escape; the output is UTF-8 all the same."""
    (line,) = _labelled(tmp_path, b'{"role": "PMO Lead \\ud83d"}')
    assert json.loads(line.decode("utf-8"))["role"] == "PMO Lead \ud83d"
