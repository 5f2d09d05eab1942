"""Labelling a file of any kind, as one function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.files.output import default_output
from pmo_classify.files.streams import STANDARD_STREAM, temporary_folder
from pmo_classify.files.tables import is_workbook
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.labeller import Summary
from pmo_classify.labelling.xlsx.label import label_xlsx

__all__ = ["STANDARD_STREAM", "label_file", "read_file", "usual_output"]

_ONE_PROCESS: Final = "--jobs is for CSV files: one process read this workbook"


def usual_output(source: Path) -> Path:
    """Return the usual output beside an input: ``ads.xls`` gives ``ads.labelled.xlsx``."""
    converted = source.suffix.lower() in (".xls", ".ods")
    return default_output(source, ".xlsx" if converted else None)


def label_file(
    source: Path | str,
    output: Path | str | None = None,
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    classifier: Classifier | None = None,
    force: bool = False,
    strict: bool = False,
    groups: bool = False,
    jobs: int | None = 1,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Label every row of a CSV, TSV or Excel file, and write it beside the input or as ``output``.

    The file comes back with everything it had, and with the label columns after the user's own.
    ``column`` names the title column by header, letter or number; without it, headers and cells
    decide. ``sheet`` picks one sheet of a workbook, ``encoding`` is that of a CSV, and ``strict``
    refuses a workbook if something in it cannot be kept; ``groups`` adds to a workbook a sheet with
    each title once, and all its spellings. ``"-"`` as source or output is the
    standard stream, for CSV.

    ``jobs`` processes read the titles of a CSV, for which a script needs the usual guard
    ``if __name__ == "__main__":``; None starts several when reading takes long. A workbook is
    always read by one process, and a warning says so if you ask for more.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ads = pathlib.Path(folder, "ads.csv")
    ...     _ = ads.write_text("Job title\\nPMO Analyst\\nChef\\n")
    ...     summary = label_file(ads)
    >>> summary.rows, summary.by_answer["pmo", "2"]
    (2, 1)

    The input is never changed; the output appears whole or not at all. A ``FileError`` says what
    is wrong, where, and what to do.
    """
    if is_workbook(source):
        if encoding is not None:
            message = f"{source}: --encoding is for CSV files; a workbook states its own"
            raise FileError(message)
        summary = label_xlsx(
            Path(source),
            None if output is None else Path(output),
            column=column,
            sheet=sheet,
            classifier=classifier,
            force=force,
            strict=strict,
            groups=groups,
            progress=progress,
        )
        # The number of processes changes no answer, so it is no reason to refuse the file.
        if jobs is not None and jobs > 1:
            summary.warnings.append(_ONE_PROCESS)
        return summary
    if sheet is not None:
        message = f"{source}: --sheet is for workbooks; this file has no sheets"
        raise FileError(message)
    if groups:
        message = (
            f"{source}: --groups adds a sheet to a workbook; for this file, run pmo-classify groups"
        )
        raise FileError(message)
    return label_csv(
        source,
        output,
        column=column,
        encoding=encoding,
        classifier=classifier,
        force=force,
        jobs=jobs,
        progress=progress,
    )


def read_file(
    source: Path | str,
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    classifier: Classifier | None = None,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Read the titles of a file as ``label_file`` does, and keep no labelled copy.

    This is for commands: several processes start when reading takes long.
    """
    with temporary_folder() as folder:
        name = "titles.csv" if source == STANDARD_STREAM else usual_output(Path(source)).name
        return label_file(
            source,
            folder / name,
            column=column,
            sheet=sheet,
            encoding=encoding,
            classifier=classifier,
            jobs=None,
            progress=progress,
        )
