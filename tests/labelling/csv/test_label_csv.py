"""Labels for a CSV file: what is written, and what is refused."""

from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path

import pytest

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.files.kinds import labelled_name
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.csv.label import label_csv

ADS = 'id,Job title,notes\n007,PMO Analyst,"a, ""b"""\n008,Chef,\n009,PMO Analyst,x\n'


@pytest.fixture
def ads(tmp_path: Path) -> Path:
    path = tmp_path / "ads.csv"
    path.write_text(ADS, encoding="utf-8")
    return path


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def test_columns_of_the_design_after_the_users_own(ads: Path) -> None:
    """The label columns follow the user's own, which are kept, in their order."""
    summary = label_csv(ads)
    header, *body = _read(labelled_name(ads))
    assert header == ["id", "Job title", "notes", *LABEL_COLUMNS]
    assert [row[:3] for row in body] == [row[:3] for row in _read(ads)[1:]]
    assert [row[3:5] for row in body] == [["pmo", "2"], ["other", ""], ["pmo", "2"]]
    assert (summary.rows, summary.distinct) == (3, 2)


def test_the_input_is_not_touched(ads: Path) -> None:
    label_csv(ads)
    assert ads.read_text(encoding="utf-8") == ADS
    assert sorted(p.name for p in ads.parent.iterdir()) == ["ads.csv", "ads.labelled.csv"]


def test_a_second_run_replaces_our_columns_and_says_so(ads: Path, tmp_path: Path) -> None:
    """A column of an earlier run is replaced, and the summary says so."""
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    label_csv(ads, first)
    summary = label_csv(first, second)
    assert summary.replaced_columns == LABEL_COLUMNS
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_are_kept(tmp_path: Path, end: str) -> None:
    path = tmp_path / "ads.tsv"
    path.write_bytes(f"title\tplace{end}PMO Lead\tLeeds{end}".encode("utf-8-sig"))
    label_csv(path)
    lines = labelled_name(path).read_bytes().split(end.encode())
    assert lines[1].startswith(b"PMO Lead\tLeeds\tpmo\t3\t")


def test_short_rows_are_filled_and_blank_lines_kept(tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_text("title,place\nPMO Lead\n\nChef,Rome\n", encoding="utf-8")
    label_csv(path)
    body = _read(labelled_name(path))[1:]
    assert [row[:3] for row in body] == [["PMO Lead", "", "pmo"], [], ["Chef", "Rome", "other"]]


@pytest.mark.parametrize(
    ("name", "content", "column", "message"),
    [
        ("ads.csv", b"a,b\n1,2\n", "job", r"there is no column 'job': name one of 'a' \(A\)"),
        ("ads.doc", b"title\nPMO Lead\n", None, "not a table by its ending"),
    ],
)
def test_what_cannot_be_labelled(
    tmp_path: Path, name: str, content: bytes, column: str | None, message: str
) -> None:
    """One clear message; the output is whole or absent."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileError, match=message):
        label_csv(path, column=column)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        label_csv(tmp_path / "none.csv")
    with pytest.raises(FileError, match="this is a folder"):
        label_csv(tmp_path)


def test_the_output_is_never_the_input(ads: Path) -> None:
    with pytest.raises(FileError, match="the output is the input"):
        label_csv(ads, ads, force=True)


def test_an_existing_output_is_kept_unless_forced(ads: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(FileError, match="the file exists"):
        label_csv(ads, out)
    assert out.read_text(encoding="utf-8") == "mine"
    label_csv(ads, out, force=True)
    assert _read(out)[0][0] == "id"


def test_a_missing_folder_of_the_output(ads: Path, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be written"):
        label_csv(ads, tmp_path / "none" / "out.csv")


def test_how_it_was_read(tmp_path: Path) -> None:
    """The summary says which encoding, delimiter, column and header row were found."""
    path = tmp_path / "ads.csv"
    path.write_bytes("Export of 3 May\n\nid;Job title\n1;Büroleiter\n".encode("cp1252"))
    assert label_csv(path).read_as == {
        "encoding": "cp1252",
        "delimiter": "semicolon",
        "column": "'Job title' (B)",
        "header row": "3",
    }


def test_progress_counts_the_labelled_rows(tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_text("Export\n\nid,Job title\n" + "1,Chef\n\n" * 100_000, encoding="utf-8")
    seen: list[tuple[int, int | None]] = []
    summary = label_csv(path, progress=lambda rows, total: seen.append((rows, total)))
    assert (summary.rows, seen[-1]) == (100_000, (100_000, 100_000))
    assert seen == sorted(seen)
    assert len(seen) > 2
    assert all(total and 99_000 < total < 101_000 for _, total in seen)


def test_columns_of_an_earlier_run_amid_the_users_own(tmp_path: Path) -> None:
    """They are removed, the other cells keep their text, and the new ones are at the end."""
    path = tmp_path / "ads.csv"
    path.write_text(
        'pmo_level,id,"Job title",pmo_track\n3,"007",PMO Lead,x\n\n2, 8,"a, ""b""",y,z\n,1\n',
        encoding="utf-8",
    )
    summary = label_csv(path)
    lines = labelled_name(path).read_text(encoding="utf-8").splitlines()
    assert summary.replaced_columns == ("pmo_level", "pmo_track")
    assert [line.split(",pmo,")[0].split(",other,")[0] for line in lines[1:]] == [
        '"007",PMO Lead,',
        "",
        ' 8,"a, ""b""",z',
        "1,,",
    ]
    assert lines[0] == 'id,"Job title",,' + ",".join(LABEL_COLUMNS)


def test_titles_of_an_earlier_run_are_not_the_users(ads: Path, tmp_path: Path) -> None:
    first = tmp_path / "first.csv"
    label_csv(ads, first)
    with pytest.raises(FileError, match="'pmo_track' is a column that labelling writes"):
        label_csv(first, column="D")


@pytest.mark.parametrize("odd", [b"", b"\n"], ids=["plain", "blank lines"])
def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, odd: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are held a bounded number at a time, whichever way they are read."""
    monkeypatch.setattr("pmo_classify.files.csv.blocks._LARGEST_BLOCK", 1 << 19)
    path = tmp_path / "ads.csv"
    row = f"PMO Lead,{'x' * 200}\n".encode()
    with path.open("wb") as out:
        out.write(b"Job title,notes\n")
        for _ in range(400):
            out.write(row * 250 + odd)
    classifier = Classifier()
    classifier.classify("PMO Lead")
    tracemalloc.start()
    label_csv(path, classifier=classifier)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 20_000_000
    assert peak < 12_000_000
