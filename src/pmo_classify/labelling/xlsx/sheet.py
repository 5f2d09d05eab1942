"""Writing a sheet with its labels: its XML is copied, and only the label cells are new."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final, TypeAlias

from pmo_classify.files.xlsx.cell_range import CellRange, parse_range, range_text
from pmo_classify.files.xlsx.scan import SheetScan
from pmo_classify.files.xlsx.splice import XmlSplicer
from pmo_classify.files.xlsx.xml import with_attributes
from pmo_classify.labelling.labeller import Labeller
from pmo_classify.labelling.xlsx.cells import LabelStyles, XmlCellWriter
from pmo_classify.labelling.xlsx.notes import write_notes
from pmo_classify.labelling.xlsx.titles import SheetTitles
from pmo_classify.labelling.xlsx.widths import width_edits

__all__ = ["SheetPlan", "column_runs", "write_sheet"]

_SPANS: Final = re.compile(rb"""(\sspans\s*=\s*["'])(\d{1,9}):(\d{1,9})(?=["'])""")

Labels: TypeAlias = tuple[int, ...]
"""Label columns by their index in ``LABEL_COLUMNS``."""


@dataclass(slots=True)
class SheetPlan:
    """How one sheet will be labelled.

    ``columns`` is the column of each label, from 1, by its index. ``runs`` are the labels in
    neighbouring columns: first those of an earlier run, which are overwritten, and last (perhaps
    empty) the ones that are added.
    """

    name: str
    part: str
    scan: SheetScan
    found: SheetTitles
    columns: dict[int, int]
    runs: tuple[Labels, ...]
    styles: LabelStyles = field(default_factory=LabelStyles)
    new_filter: CellRange | None = None

    @property
    def appended(self) -> Labels:
        """The labels whose columns are new."""
        return self.runs[-1]


def column_runs(columns: Mapping[int, int], earlier: Collection[int]) -> tuple[Labels, ...]:
    """Return the labels in neighbouring columns of an earlier run, and last the new ones.

    >>> column_runs({0: 7, 1: 3, 2: 4, 5: 9}, [0, 1, 2])
    ((1, 2), (0,), (5,))
    """
    old = sorted((column, at) for at, column in columns.items() if at in earlier)
    groups: list[list[int]] = []
    previous = 0
    for column, at in old:
        if column != previous + 1 or not groups:
            groups.append([])
        groups[-1].append(at)
        previous = column
    return (*map(tuple, groups), tuple(at for at in columns if at not in earlier))


def write_sheet(
    plan: SheetPlan,
    stream: BinaryIO,
    out: BinaryIO,
    labeller: Labeller,
    show_rows: Callable[[int], None],
) -> None:
    """Write the sheet with its labels; everything else keeps its bytes and order.

    ``show_rows`` is called with the rows done after each.
    """
    scan = plan.scan
    splicer = XmlSplicer(stream, out)
    _write_above_rows(plan, splicer)
    _write_rows(plan, splicer, labeller, show_rows)
    if plan.new_filter is not None and scan.auto_filter is not None:
        splicer.copy_to(scan.auto_filter[0])
        splicer.put(with_attributes(splicer.take_tag(), {"ref": range_text(plan.new_filter)}))
    if plan.found.header_row is not None:
        write_notes(scan, plan.columns, plan.found.labels, plan.found.header_row, splicer)
    splicer.copy_rest()


def _write_rows(
    plan: SheetPlan,
    splicer: XmlSplicer,
    labeller: Labeller,
    show_rows: Callable[[int], None],
) -> None:
    scan, found = plan.scan, plan.found
    writer = XmlCellWriter(plan.columns, found.labels, plan.styles, scan.prefix)
    step = 2 * (len(plan.runs) - 1) + 1
    last = max(plan.columns.values())
    for index, number in enumerate(scan.rows):
        title = found.of(number)
        if title is None and number != found.header_row:
            continue
        splicer.copy_to(scan.row_starts[index])
        tag = splicer.take_tag()
        if tag.endswith(b"/>"):
            splicer.put(tag)
            continue
        splicer.put(_SPANS.sub(lambda old: _wider(old, last), tag, count=1))
        cells = None if title is None else labeller.cells(title)
        positions = scan.marks[index * step : index * step + step]
        for at, labels in enumerate(plan.runs):
            splicer.copy_to(positions[2 * at])
            if 2 * at + 1 < step:
                splicer.skip_to(positions[2 * at + 1])
            if cells is None:
                splicer.put(writer.header(number, labels))
            else:
                splicer.put(writer.row(number, cells, labels))
        if cells is not None:
            show_rows(labeller.rows)


def _wider(spans: re.Match[bytes], last: int) -> bytes:
    return b"%s%s:%d" % (spans[1], spans[2], max(int(spans[3]), last))


def _write_above_rows(plan: SheetPlan, splicer: XmlSplicer) -> None:
    """Write the part above the rows, with the widths of the labels and the new dimension."""
    edits = {
        edit.start: edit
        for edit in width_edits(plan.scan, plan.columns, plan.found.labels, plan.appended)
    }
    dimension = _new_dimension(plan)
    for position in sorted({*edits, *dimension}):
        splicer.copy_to(position)
        if position in dimension:
            tag = splicer.take_tag()
            splicer.put(with_attributes(tag, {"ref": range_text(dimension[position])}))
        else:
            splicer.skip_to(edits[position].end)
            splicer.put(edits[position].new)


def _new_dimension(plan: SheetPlan) -> dict[int, CellRange]:
    """Return the range of all cells by the position of its tag; empty if the sheet states none."""
    if plan.scan.dimension is None:
        return {}
    position, text = plan.scan.dimension
    old = parse_range(text)
    if old is None:
        return {}
    new = CellRange(
        min(old.top, plan.found.top),
        min(old.left, plan.scan.first_column),
        max(old.bottom, *plan.scan.rows),
        max(old.right, *plan.columns.values()),
    )
    return {position: new}
