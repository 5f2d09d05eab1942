"""stdin and stdout, pipes, and faults of the disk: whole or nothing, and one message."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pmo_classify.errors import FileError
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.csv.label import label_csv

ADS = b"id;Job title\r\n1;PMO Lead\r\n2;B\xfcroleiter\r\n"


def _run(
    *arguments: str, content: bytes = ADS, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "pmo_classify", "label", *arguments]
    environment = {**os.environ, "COLUMNS": "200", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, input=content, capture_output=True, check=False, cwd=folder, env=environment
    )


def test_from_stdin_to_stdout() -> None:
    """`-` reads stdin, the labels go to stdout, and messages go to stderr."""
    run = _run("-")
    assert run.returncode == 0
    assert run.stdout.startswith(b"id;Job title;pmo_track;")
    assert b"\r\n1;PMO Lead;pmo;3;" in run.stdout
    assert b"\r\n2;B\xfcroleiter;other;" in run.stdout
    assert b"2 rows" in run.stderr
    assert b"written: stdout" in run.stderr


def test_from_stdin_to_a_file_and_from_a_file_to_stdout(tmp_path: Path) -> None:
    run = _run("-", "-o", "out.csv", folder=tmp_path)
    assert (run.returncode, run.stdout) == (0, b"")
    (tmp_path / "ads.csv").write_bytes(ADS)
    run = _run("ads.csv", "--output", "-", "--quiet", folder=tmp_path)
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout == (tmp_path / "out.csv").read_bytes()


def test_a_fault_of_stdin_leaves_stdout_empty() -> None:
    run = _run("-", content=b'Job title\n"Chef\n')
    assert (run.returncode, run.stdout) == (1, b"")
    message = run.stderr.strip()
    assert message.startswith(b"pmo-classify: stdin: line 2: a quote opens a cell here")
    assert b"\n" not in message


def test_encoding_is_said() -> None:
    run = _run("-", "--encoding", "cp1250", "--quiet")
    assert (run.returncode, run.stderr) == (0, b"")
    run = _run("-", "--encoding", "utf-8")
    assert run.returncode == 1
    assert b"stdin: not UTF-8 at byte 29" in run.stderr


def test_a_closed_stdout_is_no_traceback() -> None:
    command = f"{sys.executable} -m pmo_classify label - | true"
    content = b"Job title\n" + b"PMO Lead\n" * 100_000
    run = subprocess.run(command, shell=True, input=content, capture_output=True, check=False)  # noqa: S602
    assert b"Traceback" not in run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_full_disk_behind_stdout_is_one_message() -> None:
    command = f"{sys.executable} -m pmo_classify label - -q > /dev/full"
    run = subprocess.run(command, shell=True, input=ADS, capture_output=True, check=False)  # noqa: S602
    assert run.returncode == 1
    assert run.stderr == b"pmo-classify: stdout: cannot be written: No space left on device\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_named_pipe_is_read_once(tmp_path: Path) -> None:
    """What can be read only once is copied first."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(ADS,))
    writer.start()
    label_csv(pipe, tmp_path / "out.csv")
    writer.join()
    assert LABEL_COLUMNS[0].encode() in (tmp_path / "out.csv").read_bytes()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_bytes(ADS)
    path.chmod(0)
    with pytest.raises(FileError, match=r"ads\.csv: cannot be read: Permission denied"):
        label_csv(path)


def test_a_fault_amid_the_rows_leaves_nothing(tmp_path: Path) -> None:
    """Whatever stops the run, no partial output is left, and the input is unchanged."""
    path = tmp_path / "ads.csv"
    path.write_bytes(ADS)

    def stop(_rows: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        label_csv(path, progress=stop)
    assert [p.name for p in tmp_path.iterdir()] == ["ads.csv"]
    assert path.read_bytes() == ADS
