"""The kind of a file by its ending, and outputs that must agree with it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pmo_classify.errors import FileError
from pmo_classify.files.kinds import (
    FileFormat,
    FileKind,
    check_agrees,
    file_format,
    labelled_name,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jobs.TXT", FileFormat(FileKind.TEXT, ".txt")),
        ("jobs", FileFormat(FileKind.TEXT, "")),
        ("jobs.tab.bz2", FileFormat(FileKind.TEXT, ".tab", ".bz2")),
        ("jobs.gz", FileFormat(FileKind.TEXT, "", ".gz")),
        ("jobs.ndjson.zst", FileFormat(FileKind.JSON_LINES, ".ndjson", ".zst")),
        ("jobs.pq", FileFormat(FileKind.PARQUET, ".pq")),
        ("jobs.ods", FileFormat(FileKind.WORKBOOK, ".ods")),
        ("-", FileFormat(FileKind.TEXT, "")),
    ],
)
def test_the_ending_says_the_kind(name: str, expected: FileFormat) -> None:
    assert file_format(name) == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("jobs.pdf", "not a table by its ending '.pdf': save it as .csv"),
        ("jobs.json", "write one object a line, and name it .jsonl"),
        ("jobs.xlsx.gz", "a workbook inside .gz is not read: unpack it first"),
        ("jobs.parquet.xz", "a Parquet file inside .xz is not read: unpack it first"),
        ("none.zip", "none.zip: cannot be read: No such file"),
    ],
)
def test_another_kind_is_refused(name: str, message: str) -> None:
    with pytest.raises(FileError, match=message):
        file_format(name)


def test_an_archive_has_the_kind_of_its_member(tmp_path: Path) -> None:
    """Folders and what macOS adds do not count."""
    path = tmp_path / "jobs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export/", "")
        archive.writestr("export/jobs.jsonl", "{}")
        archive.writestr("__MACOSX/export/._jobs.jsonl", "x")
        archive.writestr("export/.DS_Store", "x")
    assert file_format(path) == FileFormat(FileKind.JSON_LINES, ".jsonl", ".zip")


AGREEING = [
    "jobs.csv out.csv",
    "jobs.csv out.txt",
    "jobs.csv out.ssv",
    "jobs.csv out",
    "jobs.csv.gz out.csv",
    "jobs.csv out.csv.xz",
    "jobs.csv out.gz",
    "jobs.csv out.zip",
    "jobs.csv out.labelled.zip",
    "jobs.txt out.tsv",
    "jobs.jsonl out.ndjson",
    "jobs.jsonl out.jsonl.gz",
    "jobs.jsonl -",
    "jobs.parquet out.pq",
    "- out.csv",
    "- out.tsv.bz2",
    "- -",
]
DISAGREEING = [
    "jobs.csv out.xlsx",
    "jobs.csv out.parquet",
    "jobs.csv out.jsonl",
    "jobs.csv out.html",
    "jobs.csv out.tsv",
    "jobs.csv out.xlsx.gz",
    "jobs.csv out.jsonl.zip",
    "jobs.tsv out.csv",
    "jobs.psv out.ssv",
    "jobs.jsonl out.csv",
    "jobs.jsonl out.json",
    "jobs.jsonl out.gz",
    "jobs.parquet out.csv",
    "jobs.parquet out.parquet.gz",
    "jobs.parquet -",
    "jobs.xlsx out.csv",
    "jobs.xlsx -",
    "- out.xlsx",
    "- out.jsonl",
]


@pytest.mark.parametrize("names", AGREEING)
def test_an_output_that_agrees(names: str) -> None:
    source, target = names.split()
    check_agrees(source, target)


@pytest.mark.parametrize("names", DISAGREEING)
def test_an_output_that_does_not_agree(names: str) -> None:
    source, target = names.split()
    with pytest.raises(FileError, match=r"name an output that ends in|name a file"):
        check_agrees(source, target)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("jobs.csv", "jobs.labelled.csv"),
        ("jobs.2026.csv.gz", "jobs.2026.labelled.csv.gz"),
        ("jobs.zip", "jobs.labelled.zip"),
        ("jobs", "jobs.labelled.csv"),
    ],
)
def test_the_usual_output(source: str, expected: str) -> None:
    """It agrees with its input, whatever that is."""
    assert labelled_name(Path("a", source)) == Path("a", expected)
