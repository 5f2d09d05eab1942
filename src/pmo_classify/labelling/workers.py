"""Reading titles in several processes; the answers are those of one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from pmo_classify.classifier import Classifier
from pmo_classify.errors import PmoClassifyError
from pmo_classify.labelling.columns import LabelCells, label_cells

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

__all__ = ["Answers", "WorkerPool"]

Answers: TypeAlias = Callable[[], list[LabelCells]]
"""Waits for the cells of titles that were sent together, and returns them in order."""

_FEWEST_TITLES: Final = 1_000
"""Fewer titles are read in this process, whatever was asked for."""

_START_SECONDS: Final = 2.0
"""Reading time in this process after which workers start by themselves. They take about half a
second of each core to start; who has read for two seconds is likely to read for much longer."""

_MOST_WORKERS: Final = 8
_TITLES_AT_ONCE: Final = 200


class WorkerPool:
    """Reads titles in this process, or in ``jobs`` worker processes.

    If ``jobs`` is None, workers start when reading has taken some seconds and there are several
    cores. Worker processes import the main module of the program, as always with Python's
    ``multiprocessing``: a script must have the usual guard ``if __name__ == "__main__":``.
    Clean titles take most of the time, and are left out where no column asks for them.

    >>> with WorkerPool(Classifier()) as pool:
    ...     [cells[1] for answers in pool.submit(["Head of PMO", "Chef"]) for cells in answers()]
    ['4', '']

    A ``ValueError`` refuses fewer jobs than one; a ``PmoClassifyError`` says that a worker ended
    before its titles were read.
    """

    def __init__(
        self, classifier: Classifier, jobs: int | None = 1, *, has_clean_titles: bool = True
    ) -> None:
        if jobs is not None and jobs < 1:
            message = f"jobs must be 1 or more, not {jobs!r}"
            raise ValueError(message)
        self._classifier = classifier
        self._has_clean_titles = has_clean_titles
        self._jobs = min(_cores(), _MOST_WORKERS) if jobs is None else jobs
        if type(classifier) is not Classifier:
            # A subclass may not be importable in the workers.
            self._jobs = 1
        self._starts_by_itself = jobs is None
        self._titles = 0
        self._seconds = 0.0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    @property
    def has_workers(self) -> bool:
        """Whether other processes read titles, so that it pays to submit titles ahead."""
        return self._pool is not None

    def submit(self, titles: Sequence[str]) -> list[Answers]:
        """Have titles read; the answers come in parts, in the order of the titles."""
        if not titles:
            return []
        self._titles += len(titles)
        if self._pool is None and self._is_worth_it():
            self._pool = self._new_pool()
        if self._pool is None:
            return [partial(self._read_here, titles)]
        parts = range(0, len(titles), _TITLES_AT_ONCE)
        return [self._sent(self._pool, titles[at : at + _TITLES_AT_ONCE]) for at in parts]

    def _is_worth_it(self) -> bool:
        if self._jobs == 1 or self._titles < _FEWEST_TITLES:
            return False
        return not self._starts_by_itself or self._seconds > _START_SECONDS

    def _read_here(self, titles: Sequence[str]) -> list[LabelCells]:
        started = time.perf_counter()
        cells: list[LabelCells] = []
        for at in range(0, len(titles), _TITLES_AT_ONCE):
            some = titles[at : at + _TITLES_AT_ONCE]
            cells += _cells(self._classifier, some, has_clean_titles=self._has_clean_titles)
        self._seconds += time.perf_counter() - started
        return cells

    def _new_pool(self) -> ProcessPoolExecutor | None:
        """Start the workers; None where the system allows no more processes or files."""
        # Imported here because Python in a web page has no processes, and lacks this part.
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        jobs, self._jobs = self._jobs, 1
        pool: ProcessPoolExecutor | None = None
        try:
            context = multiprocessing.get_context("spawn")
            with _stops_delayed():
                pool = ProcessPoolExecutor(jobs, context, _start_worker, (self._classifier,))
                # The first submits start the processes.
                for _ in range(jobs):
                    pool.submit(_read_in_worker, [], has_clean_titles=self._has_clean_titles)
        except OSError:
            if pool is not None:
                pool.shutdown(cancel_futures=True)
            return None
        return pool

    def _sent(self, pool: ProcessPoolExecutor, titles: Sequence[str]) -> Answers:
        try:
            answers = pool.submit(_read_in_worker, titles, has_clean_titles=self._has_clean_titles)
            return partial(_result, answers)
        except BrokenExecutor:
            raise _worker_ended() from None


def _result(answers: Future[list[LabelCells]]) -> list[LabelCells]:
    try:
        return answers.result()
    except BrokenExecutor:
        raise _worker_ended() from None


def _worker_ended() -> PmoClassifyError:
    return PmoClassifyError(
        "a worker process ended before its titles were read, for lack of memory or because a "
        "script has no `if __name__ == '__main__':`: run again with one job"
    )


def _cells(
    classifier: Classifier, titles: Sequence[str], *, has_clean_titles: bool
) -> list[LabelCells]:
    answers = classifier.classify_many(titles)
    return [label_cells(answer, has_clean_title=has_clean_titles) for answer in answers]


_classifiers: list[Classifier] = []
"""In a worker process: the classifier that it reads with."""


def _start_worker(classifier: Classifier) -> None:
    """Prepare a worker process, which ends with the process that started it and not before."""
    _classifiers.append(classifier)
    for stop in _stops():
        signal.signal(stop, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_in_worker(titles: Sequence[str], *, has_clean_titles: bool) -> list[LabelCells]:
    return _cells(_classifiers[-1], titles, has_clean_titles=has_clean_titles)


def _stops() -> list[signal.Signals]:
    """Return the signals by which users stop a program and all processes of its terminal."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


@contextmanager
def _stops_delayed() -> Iterator[None]:
    """Start processes that do not react to a stop: the process that starts them ends them.

    A stop that comes meanwhile has its effect afterwards: a worker prints a traceback if its start
    is interrupted.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Imported here for the same reason as the pool.
    from multiprocessing import resource_tracker  # noqa: PLC0415

    came: list[int] = []
    handlers: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():
        # A thread of another library may take the signal, though it is blocked in this one.
        found = {stop: signal.getsignal(stop) for stop in _stops()}
        handlers = {stop: handler for stop, handler in found.items() if callable(handler)}
    for stop in handlers:
        signal.signal(stop, lambda number, _: came.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    try:
        # Started later, it would unblock what is blocked here.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _stops())
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for stop, handler in handlers.items():
            signal.signal(stop, handler)
        for number in came:
            signal.raise_signal(number)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
