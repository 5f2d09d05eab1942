"""Labelling a file of any kind, as one function."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.files.kinds import FileKind, check_agrees, file_format, labelled_name
from pmo_classify.files.output import check_source, check_target
from pmo_classify.files.streams import STANDARD_STREAM, source_label, temporary_folder
from pmo_classify.labelling.csv.label import label_csv
from pmo_classify.labelling.json_lines import label_json_lines
from pmo_classify.labelling.label_set import USUAL_PREFIX, LabelSet, suffix_of
from pmo_classify.labelling.labeller import Progress, Summary, add_up

__all__ = ["STANDARD_STREAM", "label_file", "read_file", "usual_output"]

_BOOKS: Final = frozenset({FileKind.WORKBOOK})
_TEXTS: Final = frozenset({FileKind.TEXT})
_ONLY_FOR: Final = {
    "--sheet": (_BOOKS, "--sheet is for workbooks; this file has no sheets"),
    "--legend": (_BOOKS, "--legend adds a sheet to a workbook; this file has no sheets"),
    "--groups": (
        _BOOKS,
        "--groups adds a sheet to a workbook, not to {}: run pmo-classify groups for it",
    ),
    "--encoding": (_TEXTS, "--encoding is for CSV files; {} states its own"),
    "--header-row": (
        _BOOKS | _TEXTS,
        "--header-row and --no-header are for CSV files and workbooks, not {}",
    ),
}
"""The kinds of files that an option is for, and what is said of others."""

_ONE_PROCESS: Final = "--jobs is for CSV files: one process read this workbook"


def usual_output(source: Path) -> Path:
    """Return the usual output beside an input: ``ads.xls`` gives ``ads.labelled.xlsx``."""
    converted = source.suffix.lower() in (".xls", ".ods")
    return labelled_name(source, ".xlsx" if converted else None)


def label_file(
    source: Path | str,
    output: Path | str | None = None,
    *,
    column: str | int | Sequence[str] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    header: int | None = None,
    columns: Iterable[str] | None = None,
    prefix: str = USUAL_PREFIX,
    skip_bad_lines: bool = False,
    classifier: Classifier | None = None,
    force: bool = False,
    strict: bool = False,
    legend: bool = False,
    groups: bool = False,
    jobs: int | None = 1,
    progress: Progress | None = None,
) -> Summary:
    """Label every row of a table in a file, and write it beside the input or as ``output``.

    The file comes back with everything it had, and with the label columns after the user's own.
    It may be delimited text (CSV, TSV, a list of titles), JSON lines, Parquet, or a workbook of
    Excel or OpenDocument; text and JSON lines may be compressed (.gz, .bz2, .xz, .zst, or .zip
    with one file). ``"-"`` as source or output is the standard stream, for CSV.

    ``column`` names the title column by header, letter or number or, for JSON lines, by a dotted
    path (``job.title``). Without it, the column is detected. Each of several columns gets its own
    labels.
    ``header`` is the number of the header row, or 0 for a table without one. ``columns`` are the
    label columns that are added, all by default, with ``prefix`` before their names. ``sheet``
    picks one sheet of a workbook; ``legend`` adds a sheet that explains the labels; ``groups`` adds
    a sheet that lists each title once with its spellings. ``encoding`` is that of a CSV. ``strict``
    refuses a workbook if something in it cannot be kept. ``skip_bad_lines`` keeps JSON lines that
    cannot be read, without labels.

    ``jobs`` processes read the titles, for which a script needs the usual guard
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
    is wrong, where, and what to do. An unknown label column raises a ``ValueError``.
    """
    if not isinstance(source, (str, os.PathLike)):
        message = (
            f"source must be the path of a file, not {type(source).__name__}: for a data frame, "
            "use label_frame"
        )
        raise TypeError(message)
    if source != STANDARD_STREAM:
        check_source(Path(source))
    kind = file_format(source).kind
    given = {"--sheet": sheet, "--encoding": encoding, "--header-row": header}
    sheets = {"--legend": legend or None, "--groups": groups or None}
    _check_options(source, kind, {**given, **sheets})
    target = output or (
        STANDARD_STREAM if source == STANDARD_STREAM else usual_output(Path(source))
    )
    check_agrees(source, target)
    if target != STANDARD_STREAM:
        check_target(Path(source), Path(target), force=force)
    labelling: dict[FileKind, Callable[..., Summary]] = {
        FileKind.TEXT: partial(label_csv, encoding=encoding, header=header, jobs=jobs),
        FileKind.JSON_LINES: partial(label_json_lines, skip_bad_lines=skip_bad_lines, jobs=jobs),
        FileKind.PARQUET: partial(_label_parquet, jobs=jobs),
        FileKind.WORKBOOK: partial(
            _label_workbook,
            sheet=sheet,
            header=header,
            strict=strict,
            legend=legend,
            groups=groups,
            jobs=jobs,
        ),
    }
    classifier = classifier or Classifier()
    run = partial(labelling[kind], classifier=classifier, force=force, progress=progress)
    if isinstance(column, int):
        column = str(column)
    wanted = [column] if column is None or isinstance(column, str) else list(column)
    if len(wanted) == 1:
        return run(source, target, column=wanted[0], labels=LabelSet.of(columns, prefix))
    alone = {name: LabelSet.of(columns, prefix, suffix_of(name)) for name in wanted if name}
    if len({labels.suffix for labels in alone.values()}) < len(wanted):
        message = f"{source}: two title columns have one name: name each of them once"
        raise FileError(message)
    if groups:
        message = f"{source}: --groups is for one title column: run it for each in turn"
        raise FileError(message)
    return _of_columns(list(_labelled_in_turn(source, target, alone, run)), classifier)


def _of_columns(summaries: Sequence[Summary], classifier: Classifier) -> Summary:
    """Return one summary of the runs for several title columns of one file."""
    summary = add_up(summaries, classifier)
    first = summaries[0]
    summary.rows = first.rows
    columns = " and ".join(found.read_as["column"] for found in summaries)
    summary.read_as = {**first.read_as, "column": columns}
    return summary


def _check_options(source: Path | str, kind: FileKind, given: Mapping[str, object]) -> None:
    """Refuse an option that is for another kind of file."""
    for option, value in given.items():
        wanted, message = _ONLY_FOR[option]
        if value is not None and kind not in wanted:
            raise FileError(f"{source}: " + message.format(f"a {kind.value}"))


def _labelled_in_turn(
    source: Path | str,
    target: Path | str,
    sets: Mapping[str, LabelSet],
    run: partial[Summary],
) -> Iterator[Summary]:
    """Label one title column after the other, each in the output of the one before."""
    stem = Path("stdin.csv" if source == STANDARD_STREAM else source)
    is_book = file_format(stem).kind is FileKind.WORKBOOK
    ending = usual_output(stem).suffix if is_book else file_format(stem).ending
    progress = run.keywords["progress"]
    place = source
    with temporary_folder() as folder:
        for number, (column, labels) in enumerate(sets.items()):
            is_last = number == len(sets) - 1
            goal = target if is_last else folder / f"{number}{ending}"
            others = tuple(other for other in sets.values() if other is not labels)
            options: dict[str, Any] = {"labels": replace(labels, beside=others)}
            if is_book and not is_last:
                # The legend explains all columns, when they are there.
                options["legend"] = False
            if progress is not None:
                options["progress"] = partial(_show_turn, progress, number, len(sets))
            try:
                yield run(place, goal, column=column, **options)
            except FileError as error:
                raise type(error)(str(error).replace(str(place), source_label(source))) from None
            place = goal


def _show_turn(progress: Progress, turn: int, turns: int, rows: int, total: int | None) -> None:
    """Show how far the turns have come together, as rows of one."""
    if total is not None:
        progress((turn * total + rows) // turns, total)


def _label_parquet(source: Path | str, target: Path | str, **options: Any) -> Summary:
    # pyarrow takes longer to load than a small file of another kind takes to label.
    from pmo_classify.labelling.parquet import label_parquet  # noqa: PLC0415

    return label_parquet(source, target, **options)


def _label_workbook(
    source: Path | str,
    target: Path | str,
    *,
    jobs: int | None,
    **options: Any,
) -> Summary:
    # Most files are no workbooks, and are labelled sooner without the code for them.
    from pmo_classify.labelling.xlsx.label import label_xlsx  # noqa: PLC0415

    summary = label_xlsx(Path(source), Path(target), **options)
    # The number of processes changes no answer, so it is no reason to refuse the file.
    if jobs is not None and jobs > 1:
        summary.warnings.append(_ONE_PROCESS)
    return summary


def read_file(
    source: Path | str,
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    header: int | None = None,
    classifier: Classifier | None = None,
    progress: Progress | None = None,
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
            header=header,
            classifier=classifier,
            jobs=None,
            progress=progress,
        )
