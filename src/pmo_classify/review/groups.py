"""A table of groups as a file: each title once, with all its spellings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pmo_classify.errors import FileError
from pmo_classify.files.csv.writer import write_csv
from pmo_classify.files.output import atomic_write, check_free
from pmo_classify.files.xlsx.limits import LAST_ROW
from pmo_classify.labelling.groups import GROUP_COLUMNS, TitleGroup, group_cells
from pmo_classify.labelling.xlsx.cells import cell_string
from pmo_classify.labelling.xlsx.groups_sheet import GROUP_WIDTHS, GROUPS_SHEET

__all__ = ["check_groups_file", "write_groups"]

_ENDINGS: Final = (".csv", ".xlsx")
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)


def check_groups_file(target: Path) -> None:
    """Raise a ``FileError`` if a table of groups cannot have this file's ending."""
    if target.suffix.lower() not in _ENDINGS:
        message = f"{target}: groups are a CSV file or a workbook: name it .csv or .xlsx"
        raise FileError(message)


def write_groups(target: Path, groups: Sequence[TitleGroup], *, force: bool = False) -> None:
    """Write groups as a CSV in UTF-8 or as a workbook, as the ending of ``target`` says.

    In a CSV the spellings of a group are separated by `` | ``, in a workbook each has a line of the
    cell. A title is never run as a formula. The file appears whole or not at all; a ``FileError``
    says why it cannot be written. A sheet has room for 1,048,575 groups; the rarest beyond that are
    left out.
    """
    check_groups_file(target)
    check_free(target, force=force)
    if target.suffix.lower() == ".csv":
        write_csv(target, GROUP_COLUMNS, (group_cells(group, " | ") for group in groups))
    else:
        _write_workbook(target, groups[: LAST_ROW - 1])


def _write_workbook(target: Path, groups: Sequence[TitleGroup]) -> None:
    import xlsxwriter  # noqa: PLC0415 - slow to load, and only workbooks need it

    with atomic_write(target) as out:
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        # A fixed date, so that the same titles give the same bytes.
        book.set_properties({"title": "Job titles and their spellings", "created": _NO_DATE})
        sheet = book.add_worksheet(GROUPS_SHEET)
        head = book.add_format({"bold": True, "bg_color": "#E4EAF1", "valign": "vcenter"})
        plain = book.add_format({"valign": "top", "text_wrap": True})
        for column, (name, width) in enumerate(zip(GROUP_COLUMNS, GROUP_WIDTHS, strict=True)):
            sheet.set_column(column, column, width, plain)
            sheet.write_string(0, column, name, head)
        for row, group in enumerate(groups, start=1):
            for column, value in enumerate(group_cells(group, "\n")):
                if isinstance(value, int):
                    sheet.write_number(row, column, value, plain)
                elif value:
                    sheet.write_string(row, column, cell_string(value), plain)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(groups)), len(GROUP_COLUMNS) - 1)
        book.close()
