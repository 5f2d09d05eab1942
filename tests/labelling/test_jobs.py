"""Titles read by other processes: the same answers, and no trace when something befalls them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers import run_command

from pmo_classify import Classification, Classifier
from pmo_classify.errors import PmoClassifyError
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.labeller import label_cells
from pmo_classify.labelling.workers import WorkerPool

TITLES = [f"{word} {number}" for number in range(400) for word in ("PMO Lead", "Chef", "Ofice")]


@pytest.fixture
def ads(tmp_path: Path) -> Path:
    path = tmp_path / "ads.csv"
    body = "".join(f"{n},{title}\n" for n, title in enumerate(TITLES * 2))
    path.write_text("id,Job title\n" + body, encoding="utf-8")
    return path


def test_the_output_is_the_same_for_any_number_of_jobs(ads: Path, tmp_path: Path) -> None:
    """ "The output is the same for any number", and so is the summary."""
    runs = [label_csv(ads, tmp_path / f"{jobs}.csv", jobs=jobs) for jobs in (1, 2, 3)]
    assert runs[0] == runs[1] == runs[2]
    contents = {(tmp_path / f"{jobs}.csv").read_bytes() for jobs in (1, 2, 3)}
    assert len(contents) == 1


def test_helpers_know_the_users_titles() -> None:
    rows = [{"title": "Delivery Excellence Partner", "track": "pmo", "level": 2, "scope": ""}]
    classifier = Classifier(extra_titles=rows)
    with WorkerPool(classifier, 2) as readers:
        cells = [c for ask in readers.ask(["Delivery Excellence Partner"]) for c in ask()]
        assert readers.are_helped
    assert cells[0][:2] == ("pmo", "2")


def test_a_classifier_of_the_users_own_kind_reads_here() -> None:
    class Mine(Classifier):
        def classify(self, title: object) -> Classification:
            return super().classify(f"{title} PMO")

    with WorkerPool(Mine(), 2) as readers:
        cells = [c for ask in readers.ask(["Head of"]) for c in ask()]
        assert not readers.are_helped
    assert cells == [label_cells(Classifier().classify("Head of PMO"))]


def test_the_death_of_a_helper_is_no_fault() -> None:
    """Its titles are read here instead, and the readers say so."""
    expected = [label_cells(Classifier().classify(title)) for title in TITLES]
    with WorkerPool(Classifier(), 2) as readers:
        asked = readers.ask(TITLES)
        assert readers._pool is not None
        for process in list(readers._pool._processes.values()):
            process.kill()
        assert [cells for ask in asked for cells in ask()] == expected
        assert readers.lost_helper
        more = [cells for ask in readers.ask(TITLES[:3]) for cells in ask()]
    assert more == expected[:3]


def test_a_system_without_processes_reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("pmo_classify.labelling.workers.ProcessPoolExecutor", refuse)
    with WorkerPool(Classifier(), 2) as readers:
        cells = [c for ask in readers.ask(["Head of PMO"]) for c in ask()]
    assert cells[0][:2] == ("pmo", "4")


@pytest.mark.parametrize("jobs", [0, -1])
def test_fewer_jobs_than_one_are_refused(ads: Path, jobs: int) -> None:
    with pytest.raises(ValueError, match="jobs must be 1 or more"):
        label_csv(ads, jobs=jobs)
    run = run_command("label", str(ads), "--jobs", str(jobs))
    assert run.returncode == 2
    assert b"--jobs" in run.stderr


def test_an_unguarded_script_is_not_run_again(ads: Path, tmp_path: Path) -> None:
    """A script that labels at its top level is run once, not by each helper."""
    script = tmp_path / "script.py"
    script.write_text(
        "from pmo_classify.labelling.csv.label import label_csv\n"
        f"print('started')\nprint(label_csv({str(ads)!r}, jobs=2).rows)\n",
        encoding="utf-8",
    )
    run = subprocess.run([sys.executable, str(script)], capture_output=True, check=False)
    assert (run.stdout.split(), run.stderr) == ([b"started", b"2400"], b"")


@pytest.mark.skipif(os.name != "posix", reason="signals of a terminal's group")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("delay", [0.0, 0.4])
def test_a_stop_ends_the_helpers_too(tmp_path: Path, stop: signal.Signals, delay: float) -> None:
    """Ctrl-C reaches all processes of a terminal: one message, no traceback, nothing left."""
    path = tmp_path / "many.csv"
    many = "".join(f"{n},Titel number {n} of mani\n" for n in range(300_000))
    path.write_text("Id,Job title\n" + many, encoding="utf-8")
    command = [sys.executable, "-m", "pmo_classify", "label", "many.csv", "--jobs", "2"]
    with subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True
    ) as run:
        started = time.monotonic()
        while not list(tmp_path.glob(".*.part")) and time.monotonic() < started + 30:
            time.sleep(0.02)
        time.sleep(delay)
        os.killpg(run.pid, stop)
        _, told = run.communicate(timeout=30)
    assert run.returncode == 1
    assert told.strip() == b"pmo-classify: stopped; nothing was written in part"
    assert [p.name for p in tmp_path.iterdir()] == ["many.csv"]


@pytest.mark.skipif(os.name != "posix", reason="asks after processes by signal 0")
def test_an_error_ends_the_helpers() -> None:
    class StopError(PmoClassifyError):
        pass

    pids: list[int] = []

    def stop() -> None:
        with WorkerPool(Classifier(), 2) as readers:
            readers.ask(TITLES)
            assert readers._pool is not None
            pids.extend(readers._pool._processes)
            raise StopError

    with pytest.raises(StopError):
        stop()
    until = time.monotonic() + 20
    while any(map(_is_there, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    assert pids
    assert not any(map(_is_there, pids))


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
