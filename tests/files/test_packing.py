"""Compressed files: whole or truncated, valid or not, small or malicious."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pmo_classify.errors import FileError
from pmo_classify.files import packing
from pmo_classify.files.packing import PACKINGS, new_archive, packed_output, unpack
from pmo_classify.files.streams import open_source

TEXT = b"Post,Town\nPMO Analyst,Hull\n" * 1_000
ALL = sorted(PACKINGS)


def _packed(ending: str, content: bytes = TEXT) -> bytes:
    out = io.BytesIO()
    with packed_output(out, f"jobs.csv{ending}", ".csv") as stream:
        stream.write(content[:100])
        stream.writelines([content[100:200], content[200:]])
    return out.getvalue()


def _unpacked(ending: str, content: bytes) -> bytes:
    parts: list[bytes] = []
    unpack(io.BytesIO(content), ending, f"jobs.csv{ending}", parts.append)
    return b"".join(parts)


@pytest.mark.parametrize("ending", ALL)
def test_what_is_packed_is_unpacked(ending: str) -> None:
    """The same bytes come back, from fewer, and always from the same."""
    packed = _packed(ending)
    assert _unpacked(ending, packed) == TEXT
    assert len(packed) < len(TEXT) / 10
    assert packed == _packed(ending)


@pytest.mark.parametrize("ending", ALL)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_file_that_is_cut_short(ending: str, share: float) -> None:
    packed = _packed(ending, bytes(range(256)) * 500)
    with pytest.raises(FileError, match=rf"jobs\.csv{ending}: .*cut short"):
        _unpacked(ending, packed[: int(len(packed) * share)])


@pytest.mark.parametrize("ending", ALL)
def test_content_of_another_kind(ending: str) -> None:
    with pytest.raises(FileError, match=rf"jobs\.csv{ending}: .*: fetch it again"):
        _unpacked(ending, b"Post,Town\nChef,Hull\n")


@pytest.mark.parametrize("ending", ALL)
def test_an_empty_file(ending: str) -> None:
    """It is read as empty or refused; either way there is no traceback."""
    try:
        assert _unpacked(ending, b"") == b""
    except FileError as error:
        assert "jobs.csv" in str(error)  # noqa: PT017 - either is right


def test_several_parts_of_gzip_are_one_file() -> None:
    """As `cat a.gz b.gz` makes them."""
    assert _unpacked(".gz", _packed(".gz", b"a" * 300) + _packed(".gz", b"b" * 300)) == (
        b"a" * 300 + b"b" * 300
    )


@pytest.mark.parametrize("ending", ALL)
def test_a_file_that_grows_without_end(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_SMALL", 1 << 21)
    with pytest.raises(FileError, match="unpacks to more than 200 times its size"):
        _unpacked(ending, _packed(ending, bytes(1 << 24)))


def _archive(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, TEXT)
    return path


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("a.csv", "b.csv"), r"it holds 2 files \('a.csv', 'b.csv'\), and one is read: unpack it"),
        ([f"{n}.csv" for n in range(9)], r"it holds 9 files \('0.csv', '1.csv', '2.csv', ...\)"),
        ((), "it holds no file"),
        ((".hidden",), "it holds no file"),
    ],
)
def test_an_archive_without_one_file(tmp_path: Path, names: list[str], message: str) -> None:
    with (
        pytest.raises(FileError, match=message),
        open_source(_archive(tmp_path / "jobs.zip", *names)),
    ):
        pass


def test_an_archive_with_a_password(tmp_path: Path) -> None:
    path = _archive(tmp_path / "jobs.zip", "jobs.csv")
    content = bytearray(path.read_bytes())
    # The flag of encryption, in the directory at the end of the archive and at its start.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(FileError, match="protected by a password: unpack it first"):
        packing.member_name(path)


def test_the_file_in_a_written_archive(tmp_path: Path) -> None:
    path = tmp_path / "jobs.labelled.zip"
    with path.open("wb") as out, packed_output(out, path, ".csv") as stream:
        stream.write(TEXT)
    assert zipfile.ZipFile(path).namelist() == ["jobs.labelled.csv"]


def test_a_stop_amid_the_opening_of_a_part_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stops the writing of an archive is raised, not a fault of its clean-up."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zipfile._ZipWriteFile.__init__", stop)
    with pytest.raises(KeyboardInterrupt), io.BytesIO() as out, new_archive(out) as archive:
        archive.open("jobs.csv", "w")
