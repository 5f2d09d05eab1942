"""Reading many titles at once on several processor cores; the answers are those of one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Final, Self, TypeAlias

from pmo_classify.classifier import Classifier
from pmo_classify.labelling.columns import LabelWriter, label_cells
from pmo_classify.labelling.title_store import Cells

__all__ = ["Answers", "TitleReaders"]

Answers: TypeAlias = Callable[[], list[Cells]]
"""Waits for the cells of the titles that were asked for together, and gives them in order."""

_HELPED_FROM: Final = 100_000
"""Distinct titles from which helpers repay their start."""

_MOST_HELPERS: Final = 8
_AT_ONCE: Final = 500


class TitleReaders:
    """Reads titles in this process, or in ``jobs`` helper processes.

    Without ``jobs``, helpers are called where there are many titles and several cores. Whatever
    befalls a helper, its titles are read here instead, and ``lost_helper`` says so.

    >>> with TitleReaders(Classifier(), 1) as readers:
    ...     [cells[1] for ask in readers.ask(["Head of PMO", "Chef"]) for cells in ask()]
    ['4', '']

    A ``ValueError`` refuses fewer jobs than one.
    """

    def __init__(self, classifier: Classifier, jobs: int | None = None) -> None:
        if jobs is not None and jobs < 1:
            message = f"jobs must be 1 or more, not {jobs!r}"
            raise ValueError(message)
        self._classifier = classifier
        self._writer = LabelWriter(classifier, label_cells)
        self._jobs = min(_cores(), _MOST_HELPERS) if jobs is None else jobs
        is_helper = multiprocessing.parent_process() is not None
        # A classifier of another kind would come to the helpers as one of ours.
        if type(classifier) is not Classifier or (jobs is None and is_helper):
            self._jobs = 1
        self._helped_from = _HELPED_FROM if jobs is None else 0
        self._asked = 0
        self._pool: ProcessPoolExecutor | None = None
        self.lost_helper = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        if self._pool is None:
            return
        if fault is not None:
            _end_helpers(self._pool)
        # Who does not wait may drop the pool before it has taken back what it was asked for.
        self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def are_helped(self) -> bool:
        """Tell whether titles are read elsewhere, so that it pays to ask ahead."""
        return self._pool is not None

    def ask(self, titles: Sequence[str]) -> list[Answers]:
        """Have titles read; the answers come in parts, in the order of the titles."""
        self._asked += len(titles)
        if not titles:
            return []
        if self._jobs == 1 or self._asked < self._helped_from:
            return [partial(self._writer.labels_of_many, titles)]
        parts = [titles[at : at + _AT_ONCE] for at in range(0, len(titles), _AT_ONCE)]
        return [self._sent(part) for part in parts]

    def _sent(self, titles: Sequence[str]) -> Answers:
        if self._jobs > 1:
            try:
                pool = self._pool = self._pool or self._new_pool()
                # Helpers start as titles are given to them.
                with _quiet_start():
                    return partial(self._awaited, pool.submit(_read_here, titles), titles)
            except (OSError, ImportError, BrokenExecutor):
                # Some systems allow no processes, or no locks between them.
                self._lose()
        return partial(self._writer.labels_of_many, titles)

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._jobs,
            multiprocessing.get_context("spawn"),
            initializer=_become_helper,
            initargs=(self._classifier,),
        )

    def _awaited(self, answers: Future[list[Cells]], titles: Sequence[str]) -> list[Cells]:
        try:
            return answers.result()
        except BrokenExecutor:
            self._lose()
            return self._writer.labels_of_many(titles)

    def _lose(self) -> None:
        self.lost_helper = True
        self._jobs = 1


def _end_helpers(pool: ProcessPoolExecutor) -> None:
    """End the helpers at once.

    One that a signal ended amid an answer would leave the pool waiting for the rest of it, for the
    pool itself holds the writing end of that pipe. The pool offers no way to say so.
    """
    for helper in list((getattr(pool, "_processes", None) or {}).values()):
        helper.kill()
    writer = getattr(getattr(pool, "_result_queue", None), "_writer", None)
    if writer is not None:
        writer.close()


_helpers_own: list[LabelWriter[Cells]] = []


def _become_helper(classifier: Classifier) -> None:
    """Get ready in a helper process, which ends with the one that called it."""
    _helpers_own.append(LabelWriter(classifier, label_cells))
    # Ctrl-C reaches every process of a terminal; the calling one alone tells of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_caller, daemon=True).start()


def _end_with_caller() -> None:
    caller = multiprocessing.parent_process()
    if caller is not None:
        caller.join()
        os._exit(1)


def _read_here(titles: Sequence[str]) -> list[Cells]:
    return _helpers_own[-1].labels_of_many(titles)


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Start helpers that hear no Ctrl-C, and know nothing of the program that calls us.

    A helper imports the program that started it, and would run again what stands there unguarded;
    ours need nothing of it. The pool must be there before: to make it lets Ctrl-C through again.
    """
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    masked = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masked else set()
    try:
        yield
    finally:
        if masked:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        sys.modules["__main__"] = program


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
