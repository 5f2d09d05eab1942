"""A file of any kind as tables of text: the rows of each, with their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.csv.dialect import HeaderTest
from pmo_classify.files.csv.table import CsvTable
from pmo_classify.files.json_lines import dotted_members, read_json_lines
from pmo_classify.files.kinds import FileKind, file_format
from pmo_classify.files.output import check_source
from pmo_classify.files.rows import PREVIEW_ROWS, TextRow
from pmo_classify.files.streams import STANDARD_STREAM, open_source
from pmo_classify.files.xlsx.legacy import read_legacy_sheets, wanted_legacy_sheets
from pmo_classify.files.xlsx.package import open_package
from pmo_classify.files.xlsx.rows import Row, cell_text, sheet_rows
from pmo_classify.files.xlsx.workbook import (
    WorkbookKind,
    wanted_sheets,
    workbook_kind,
    workbook_part,
)

__all__ = ["TextTable", "open_tables"]

_ROWS_AT_ONCE: Final = 10_000


class TextTable(NamedTuple):
    """The rows of a file or sheet that are not empty; ``place`` names it in messages.

    The rows can be read once; ``sheet`` is the name of the sheet in a workbook.
    """

    place: str
    rows: Iterator[TextRow]
    sheet: str | None = None


@contextmanager
def open_tables(
    source: Path | str,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    is_header: HeaderTest | None = None,
) -> Iterator[Iterator[TextTable]]:
    """Open a file of any kind, and return its tables: one, or one for each visible sheet.

    Encoding and dialect of a CSV are found as labelling finds them; ``encoding`` decides instead,
    and ``is_header`` helps where some column names are known. ``sheet`` names the only sheet
    wanted, which may be a hidden one. ``"-"`` is stdin, for a CSV. Read the rows of a table before
    you ask for the next one.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "gold.csv")
    ...     _ = path.write_text("Job title;Level\\n\\nPMO Lead;3\\n")
    ...     with open_tables(path) as tables:
    ...         [(row.number, row.cells) for table in tables for row in table.rows]
    [(1, ['Job title', 'Level']), (3, ['PMO Lead', '3'])]

    A ``FileError`` says what is wrong, where, and what to do.
    """
    if source != STANDARD_STREAM:
        check_source(Path(source))
    kind = file_format(source).kind
    if encoding is not None and kind is not FileKind.TEXT:
        message = f"{source}: --encoding is for CSV files; a {kind.value} states its own"
        raise FileError(message)
    if kind is FileKind.WORKBOOK:
        yield _workbook_tables(Path(source), sheet)
        return
    if sheet is not None:
        message = f"{source}: --sheet is for workbooks; this file has no sheets"
        raise FileError(message)
    with open_source(source) as handle:
        rows_of = {FileKind.PARQUET: _parquet_rows, FileKind.JSON_LINES: _json_rows}.get(kind)
        if rows_of is not None:
            yield iter([TextTable(str(source), rows_of(handle, str(source)))])
            return
        table = CsvTable(handle, source, encoding, is_header)
        yield iter([TextTable(table.source_name, table.rows())])


def _parquet_rows(handle: BinaryIO, source_name: str) -> Iterator[TextRow]:
    # pyarrow takes longer to load than a small file of another kind takes to read.
    from pmo_classify.files.parquet import open_parquet  # noqa: PLC0415

    with open_parquet(handle, source_name) as parquet:
        yield TextRow(1, list(parquet.schema.names))
        number = 1
        for table in parquet.tables():
            for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
                for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield TextRow(number, list(map(_typed_text, values)))


def _json_rows(handle: BinaryIO, source_name: str) -> Iterator[TextRow]:
    lines = (line for batch in read_json_lines(handle, source_name) for line in batch)
    first = list(islice(lines, PREVIEW_ROWS))
    names = list(
        dict.fromkeys(name for line in first for name, _ in dotted_members(line.value or {}))
    )
    yield TextRow(0, names)
    for line in chain(first, lines):
        if line.fault:
            message = f"{source_name}: line {line.number}: {line.fault}: repair it"
            raise FileError(message)
        if line.value is not None:
            members = dict(dotted_members(line.value))
            yield TextRow(line.number, [_typed_text(members.get(name)) for name in names])


def _typed_text(value: object) -> str:
    """Return a value as files of text have it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return cell_text(value)


def _workbook_tables(source: Path, wanted: str | None) -> Iterator[TextTable]:
    if workbook_kind(source) is WorkbookKind.LEGACY:
        yield from _legacy_tables(source, wanted)
        return
    with open_package(source) as package:
        workbook = workbook_part(package)
        for sheet in wanted_sheets(package, workbook, wanted):
            rows = sheet_rows(package, workbook, sheet)
            yield _sheet_table(source, sheet.name, rows)


def _legacy_tables(source: Path, wanted: str | None) -> Iterator[TextTable]:
    for sheet in wanted_legacy_sheets(source, read_legacy_sheets(source), wanted):
        yield _sheet_table(source, sheet.name, iter(sheet.rows))


def _sheet_table(source: Path, name: str, rows: Iterator[Row]) -> TextTable:
    place = f"{source}, sheet {name!r}"
    texts = (TextRow(row.number, list(map(cell_text, row.cells))) for row in rows)
    return TextTable(place, texts, name)
