"""Labelling a file of any kind that we read, as one function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.files.output import default_output
from pmo_classify.files.streams import scratch_folder
from pmo_classify.files.xlsx.kind import ENDINGS
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.labeller import Summary
from pmo_classify.labelling.xlsx.label import label_xlsx

__all__ = ["STANDARD_STREAM", "label_file", "read_file", "usual_output"]

STANDARD_STREAM: Final = "-"
# The last four are workbooks too, and are refused as such.
_WORKBOOKS: Final = frozenset({*ENDINGS, ".xlsb", ".xltx", ".xltm", ".xlam"})
_ONE_PROCESS: Final = "--jobs is for CSV files: one process read this workbook"


def usual_output(source: Path) -> Path:
    """Name the output beside the input: ``ads.xls`` gives ``ads.labelled.xlsx``."""
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
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Label every row of a CSV, TSV or Excel file, and write it beside the input or as ``output``.

    The file comes back with everything it had, and with the label columns after the user's own.
    ``column`` names the title column by header, letter or number; without it, headers and cells
    decide. ``sheet`` picks one sheet of a workbook, ``encoding`` says a CSV's, and ``strict``
    refuses a workbook of which something cannot be kept. ``jobs`` processes read the titles of a
    CSV, by default as many as pay; a workbook has one, and its summary says so where more were
    asked for. ``"-"`` as source or output is the standard stream, for CSV.

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
    if source != STANDARD_STREAM and Path(source).suffix.lower() in _WORKBOOKS:
        if encoding is not None:
            message = f"{source}: --encoding is for CSV files; a workbook says its own"
            raise FileError(message)
        summary = label_xlsx(
            Path(source),
            None if output is None else Path(output),
            column=column,
            sheet=sheet,
            classifier=classifier,
            force=force,
            strict=strict,
            progress=progress,
        )
        # How many processes read changes no answer, so that it is no reason to refuse the file.
        if jobs is not None and jobs > 1:
            summary.warnings.append(_ONE_PROCESS)
        return summary
    if sheet is not None:
        message = f"{source}: --sheet is for workbooks; this file has no sheets"
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
    """Read a file's titles as ``label_file`` does, and keep no labelled copy."""
    with scratch_folder() as folder:
        name = "titles.csv" if source == STANDARD_STREAM else usual_output(Path(source)).name
        return label_file(
            source,
            folder / name,
            column=column,
            sheet=sheet,
            encoding=encoding,
            classifier=classifier,
            progress=progress,
        )
