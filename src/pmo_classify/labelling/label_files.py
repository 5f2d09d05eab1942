"""Labelling several files, one after the other: what fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError, PmoClassifyError
from pmo_classify.files.output import real_name
from pmo_classify.labelling.label_file import label_file, read_file, usual_output
from pmo_classify.labelling.labeller import Progress, Summary, add_up

__all__ = ["FilesSummary", "LabelledFile", "label_files", "read_files"]


@dataclass(slots=True)
class LabelledFile:
    """One of several files: where its labels went, and what the run found; or the ``error``.

    If it was only read, ``output`` is the file itself.
    """

    source: Path | str
    output: Path | str
    summary: Summary | None = None
    error: PmoClassifyError | None = None


@dataclass(slots=True)
class FilesSummary:
    """What a run over several files found: for all of them together, and for each."""

    total: Summary
    files: list[LabelledFile] = field(default_factory=list)

    @property
    def failed(self) -> list[LabelledFile]:
        """The files that could not be labelled."""
        return [file for file in self.files if file.error is not None]


def label_files(
    sources: Sequence[Path | str],
    folder: Path | str | None = None,
    *,
    classifier: Classifier | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> FilesSummary:
    """Label several files as ``label_file`` does, each beside itself or in a ``folder``.

    A file that cannot be labelled is in ``failed`` with its error, and the others are done.
    ``progress`` is called with the rows of all files together. The ``options`` are those of
    ``label_file``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ads, none = Path(folder, "ads.csv"), Path(folder, "none.csv")
    ...     _ = ads.write_text("Job title\\nPMO Analyst\\n"), none.write_text("")
    ...     found = label_files([ads, none])
    >>> found.total.rows, [file.source.name for file in found.failed]
    (1, ['none.csv'])

    A ``FileError`` refuses a folder that is none, and two files with one output.
    """
    classifier = classifier or Classifier()
    files = [LabelledFile(Path(source), _output(Path(source), folder)) for source in sources]
    _check_outputs(files)
    if folder is not None:
        _make_folder(Path(folder))

    def run(file: LabelledFile, shown: Progress | None) -> Summary:
        return label_file(
            file.source, file.output, classifier=classifier, progress=shown, **options
        )

    return _done_one_by_one(files, run, classifier, progress)


def read_files(
    sources: Sequence[Path | str],
    *,
    classifier: Classifier | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> FilesSummary:
    """Read the titles of several files as ``read_file`` does, and keep no labelled copies.

    What fails, ``progress`` and the ``options`` are as in ``label_files``.
    """
    classifier = classifier or Classifier()

    def run(file: LabelledFile, shown: Progress | None) -> Summary:
        return read_file(file.source, classifier=classifier, progress=shown, **options)

    files = [LabelledFile(source, source) for source in sources]
    return _done_one_by_one(files, run, classifier, progress)


def _done_one_by_one(
    files: list[LabelledFile],
    run: Callable[[LabelledFile, Progress | None], Summary],
    classifier: Classifier,
    progress: Progress | None,
) -> FilesSummary:
    shown = None if progress is None else _Progress(progress, files)
    for file in files:
        try:
            file.summary = run(file, shown)
        except PmoClassifyError as error:
            file.error = error
        if shown is not None:
            shown.go_on()
    done = [file.summary for file in files if file.summary is not None]
    total = done[0] if len(done) == 1 else add_up(done, classifier)
    return FilesSummary(total, files)


class _Progress:
    """Adds up the rows of several files; how many there are is estimated from the files' sizes."""

    def __init__(self, progress: Progress, files: Sequence[LabelledFile]) -> None:
        self._progress = progress
        self._sizes = [_size(Path(file.source)) for file in files]
        self._at = self._before = self._rows = 0

    def __call__(self, rows: int, total: int | None) -> None:
        self._rows = rows
        done: float = sum(self._sizes[: self._at])
        if total:
            done += self._sizes[self._at] * rows / total
        so_far = self._before + rows
        everything = round(so_far * sum(self._sizes) / done) if done else None
        self._progress(so_far, everything)

    def go_on(self) -> None:
        """Go on to the next file."""
        self._before += self._rows
        self._rows = 0
        self._at += 1


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # It is reported when its turn comes.
        return 0


def _output(source: Path, folder: Path | str | None) -> Path:
    beside = usual_output(source)
    return beside if folder is None else Path(folder, beside.name)


def _check_outputs(files: Sequence[LabelledFile]) -> None:
    """Refuse two files whose labels would go into one."""
    by_output: dict[str, Path | str] = {}
    for file in files:
        other = by_output.setdefault(real_name(Path(file.output)), file.source)
        if other is not file.source:
            message = (
                f"{file.output}: {other} and {file.source} would both be written to it: "
                "label them one by one, each with --output"
            )
            raise FileError(message)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        message = f"{folder}: for several files, --output is a folder: name one"
        raise FileError(message) from None
