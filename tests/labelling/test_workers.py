"""Titles read by other processes: the same answers, and nothing is left when one of them ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import run_command

from pmo_classify import Classification, Classifier
from pmo_classify.errors import PmoClassifyError
from pmo_classify.labelling.columns import LabelCells, label_cells
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.workers import WorkerPool

TITLES = [f"{word} {number}" for number in range(400) for word in ("PMO Lead", "Chef", "Ofice")]


@pytest.fixture
def ads(tmp_path: Path) -> Path:
    path = tmp_path / "ads.csv"
    body = "".join(f"{n},{title}\n" for n, title in enumerate(TITLES * 2))
    path.write_text("id,Job title\n" + body, encoding="utf-8")
    return path


def _read(pool: WorkerPool, titles: list[str]) -> list[LabelCells]:
    return [cells for answers in pool.submit(titles) for cells in answers()]


def _expected(titles: list[str]) -> list[LabelCells]:
    return [label_cells(Classifier().classify(title)) for title in titles]


def test_the_output_is_the_same_for_any_number_of_jobs(ads: Path, tmp_path: Path) -> None:
    """ "The output is the same for any number", and so is the summary."""
    runs = [label_csv(ads, tmp_path / f"{jobs}.csv", jobs=jobs) for jobs in (1, 2, 3)]
    assert runs[0] == runs[1] == runs[2]
    contents = {(tmp_path / f"{jobs}.csv").read_bytes() for jobs in (1, 2, 3)}
    assert len(contents) == 1


def test_workers_know_the_users_titles() -> None:
    rows = [{"title": "Delivery Excellence Partner", "track": "pmo", "level": 2, "scope": ""}]
    with WorkerPool(Classifier(extra_titles=rows), 2) as pool:
        cells = _read(pool, ["Delivery Excellence Partner", *TITLES])
        assert pool.has_workers
    assert cells[0][:2] == ("pmo", "2")
    assert cells[1:] == _expected(TITLES)


def test_few_titles_are_read_in_one_process() -> None:
    """Workers take longer to start than a small file takes to read."""
    with WorkerPool(Classifier(), 8) as pool:
        assert _read(pool, TITLES[:100]) == _expected(TITLES[:100])
        assert not pool.has_workers


def test_workers_start_by_themselves_when_reading_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pmo_classify.labelling.workers._START_SECONDS", 0)
    monkeypatch.setattr("pmo_classify.labelling.workers._cores", lambda: 2)
    with WorkerPool(Classifier(), None) as pool:
        assert _read(pool, TITLES[:600]) == _expected(TITLES[:600])
        assert not pool.has_workers
        assert _read(pool, TITLES[600:]) == _expected(TITLES[600:])
        assert pool.has_workers


def test_a_classifier_of_the_users_own_class_reads_here() -> None:
    class Mine(Classifier):
        def classify_many(self, titles: object) -> list[Classification]:
            return super().classify_many([f"{title} PMO" for title in titles])  # type: ignore[attr-defined]

    titles = [f"Head of {number}" for number in range(1_200)]
    with WorkerPool(Mine(), 2) as pool:
        cells = _read(pool, titles)
        assert not pool.has_workers
    assert cells[0] == label_cells(Classifier().classify("Head of 0 PMO"))


def test_a_worker_that_dies_is_an_error() -> None:
    """One message instead of a run that never ends; the pool is gone afterwards."""
    others = set(multiprocessing.active_children())
    with WorkerPool(Classifier(), 2) as pool:
        answers = pool.submit(TITLES * 20)
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        with pytest.raises(PmoClassifyError, match=r"a worker process ended .*: run again with"):
            [cells() for cells in answers]
    assert set(multiprocessing.active_children()) <= others


def test_a_system_without_processes_reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    with WorkerPool(Classifier(), 2) as pool:
        assert _read(pool, TITLES) == _expected(TITLES)


@pytest.mark.parametrize("jobs", [0, -1])
def test_fewer_jobs_than_one_are_refused(ads: Path, jobs: int) -> None:
    with pytest.raises(ValueError, match="jobs must be 1 or more"):
        label_csv(ads, jobs=jobs)
    run = run_command("label", str(ads), "--jobs", str(jobs))
    assert run.returncode == 2
    assert b"--jobs" in run.stderr


@pytest.mark.parametrize("guard", ["if __name__ == '__main__':", "if True:"])
def test_a_script_without_a_guard_is_an_error(ads: Path, tmp_path: Path, guard: str) -> None:
    """Workers import the script, as always with Python's processes; it does not hang."""
    script = tmp_path / "script.py"
    script.write_text(
        "from pmo_classify.labelling.csv.label import label_csv\n"
        f"{guard}\n    print(label_csv({str(ads)!r}, jobs=2).rows)\n",
        encoding="utf-8",
    )
    run = subprocess.run(
        [sys.executable, str(script)], capture_output=True, check=False, timeout=60
    )
    if "__name__" in guard:
        assert (run.stdout.split(), run.stderr) == ([b"2400"], b"")
    else:
        assert run.returncode == 1
        assert b"because a script has no `if __name__ == '__main__':`" in run.stderr
        assert sorted(path.name for path in tmp_path.iterdir()) == ["ads.csv", "script.py"]


@pytest.mark.skipif(os.name != "posix", reason="signals of a terminal's group")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("delay", [0.0, 0.4])
def test_a_stop_ends_the_workers_too(tmp_path: Path, stop: signal.Signals, delay: float) -> None:
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
    message = b"pmo-classify: stopped; no incomplete output was left"
    assert (run.returncode, told.strip()) == (1, message)
    assert [p.name for p in tmp_path.iterdir()] == ["many.csv"]


def test_an_error_ends_the_workers() -> None:
    class StopError(PmoClassifyError):
        pass

    # Tests of other modules may have started the workers of a cluster.
    others = set(multiprocessing.active_children())

    def run() -> None:
        with WorkerPool(Classifier(), 2) as pool:
            pool.submit(TITLES)
            assert len(set(multiprocessing.active_children()) - others) == 2
            raise StopError

    with pytest.raises(StopError):
        run()
    assert set(multiprocessing.active_children()) <= others
