"""What labelling will change in a workbook, planned completely before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from pmo_classify.files.xlsx.cell_range import column_letter, parse_range
from pmo_classify.files.xlsx.limits import LAST_COLUMN, LAST_ROW, fault
from pmo_classify.files.xlsx.new_sheet import new_sheets, sheet_start
from pmo_classify.files.xlsx.package import Package
from pmo_classify.files.xlsx.rows import scanned_rows
from pmo_classify.files.xlsx.scan import SheetScan, scan_sheet
from pmo_classify.files.xlsx.workbook import Sheet, all_sheets, wanted_sheets
from pmo_classify.files.xlsx.xml import Edit, UnreadableXml, apply_edits, number_of
from pmo_classify.labelling.label_set import LabelSet
from pmo_classify.labelling.xlsx.groups_sheet import GROUPS_SHEET
from pmo_classify.labelling.xlsx.legend import LEGEND_NAME
from pmo_classify.labelling.xlsx.legend_sheet import legend_xml
from pmo_classify.labelling.xlsx.selection import is_in_pivot, select_sheets
from pmo_classify.labelling.xlsx.sheet import SheetPlan, column_runs
from pmo_classify.labelling.xlsx.styles import LegendStyles, StyleSheet
from pmo_classify.labelling.xlsx.tables import (
    FilterNameDiffers,
    Table,
    drawing_right,
    filter_name_edit,
    read_table,
)
from pmo_classify.labelling.xlsx.titles import SheetTitles, TitleSearch, read_titles

__all__ = ["BookPlan", "plan_book"]

_REPAIR: Final = "open the workbook in Excel, and save it again"
_FILTER_STAYS: Final = (
    "sheet {!r}: the filter does not cover the labels, because it covers only a part of the sheet: "
    "sort the whole rows"
)


@dataclass(slots=True)
class BookPlan:
    """The sheets to label, and the new bytes of the small parts that change or are ``added``.

    ``groups_part`` is the part of the sheet of groups, whose content is known last, and
    ``namespace`` that of its elements.
    """

    sheets: list[SheetPlan] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)
    groups_part: str | None = None
    namespace: str = ""
    warnings: list[str] = field(default_factory=list)


def plan_book(
    package: Package,
    workbook: str,
    search: TitleSearch,
    *,
    legend: bool = False,
    groups: bool = False,
) -> BookPlan:
    """Find the title columns of the sheets and plan all changes; nothing is written.

    ``legend`` adds a sheet that explains the labels, and ``groups`` one with each title once.

    A ``FileError`` says why the workbook cannot be labelled: no sheet has a title column, two
    columns could be meant, there is no room at the right, a part cannot be read.
    """
    plan = BookPlan()
    planner = _Planner(package, workbook, plan)
    sheets = {sheet.name: sheet for sheet in wanted_sheets(package, workbook, search.sheet)}
    selection = select_sheets(
        package.source,
        {name: partial(planner.read, sheet, search) for name, sheet in sheets.items()},
        search,
        pivots=planner.pivots,
    )
    plan.warnings += selection.warnings
    for name, found in selection.found.items():
        planner.add(sheets[name], found)
    planner.add_sheets(search.labels, legend=legend, groups=groups)
    planner.finish()
    return plan


class _Planner:
    """Plans one sheet after the other; all share the styles and defined names."""

    def __init__(self, package: Package, workbook: str, plan: BookPlan) -> None:
        self._package = package
        self._workbook = workbook
        self._plan = plan
        self._book_data, self._book_codec = package.read(workbook)
        self._book_root = package.parse(workbook)[1]
        self._book_edits: list[Edit] = []
        self._scans: dict[str, SheetScan] = {}
        self.pivots: list[str] = []
        self._styles_part = package.related(workbook, "styles")
        self._styles: StyleSheet | None = None
        if self._styles_part is not None:
            self._styles = StyleSheet(*package.parse(self._styles_part))

    def read(self, sheet: Sheet, search: TitleSearch) -> SheetTitles:
        """Read the titles of a sheet; ``SheetWithoutTitles`` if there is nothing to label."""
        scan = self._scans[sheet.name] = self._scan(sheet)
        rows = scanned_rows(self._package, self._workbook, sheet, scan)
        found = read_titles(rows, search, sheet.name, self._package.source)
        if is_in_pivot(self._package, sheet, found):
            self.pivots.append(sheet.name)
        return found

    def add(self, sheet: Sheet, found: SheetTitles) -> None:
        """Plan a sheet with its titles."""
        scan = self._scans.pop(sheet.name)
        tables = self._tables(sheet, scan, found.header)
        columns, widened = self._columns(sheet, scan, found, tables)
        runs = column_runs(columns, found.earlier)
        if found.earlier:
            scan = self._scan_runs(sheet, columns, runs)
        plan = SheetPlan(sheet.name, sheet.part, scan, found, columns, runs)
        if widened is not None:
            self._plan.parts[widened.part] = widened.widened(list(map(found.labels.name, runs[-1])))
        self._drop_totals(found, tables)
        self._widen_filter(sheet, plan)
        self._style(plan)
        self._warn_of_missing_values(plan)
        self._plan.sheets.append(plan)

    def add_sheets(self, labels: LabelSet, *, legend: bool, groups: bool) -> None:
        """Add the sheet that explains the labels, if there is none, and that of the groups."""
        names = {sheet.name.casefold() for sheet in all_sheets(self._package, self._workbook)}
        if groups and GROUPS_SHEET.casefold() in names:
            message = f"there is a sheet {GROUPS_SHEET!r} already: delete or rename it"
            raise fault(self._package.source, "", message)
        if legend and LEGEND_NAME.casefold() in names:
            self._plan.warnings.append(f"the sheet {LEGEND_NAME!r} is there already, and stays")
            legend = False
        wanted = [*([LEGEND_NAME] if legend else []), *([GROUPS_SHEET] if groups else [])]
        if not wanted:
            return
        new = new_sheets(self._package, self._workbook, wanted)
        if legend:
            styles = LegendStyles() if self._styles is None else self._styles.for_legend()
            start = sheet_start(new.namespace)
            shown = labels.including({at for sheet in self._plan.sheets for at in sheet.columns})
            xml = legend_xml(styles, (*labels.beside, shown))
            self._plan.added[new.parts[0]] = start + xml + b"</worksheet>"
        if groups:
            self._plan.groups_part = new.parts[-1]
        self._plan.namespace = new.namespace
        self._plan.parts.update(new.changed)
        self._book_edits += new.book_edits

    def finish(self) -> None:
        """Add the parts that all sheets share."""
        if self._styles is not None and self._styles_part is not None:
            data = self._styles.changed()
            codec = self._package.read(self._styles_part)[1]
            self._plan.parts[self._styles_part] = data.decode().encode(codec) if codec else data
        if self._book_edits:
            data = apply_edits(self._book_data, self._book_edits)
            codec = self._book_codec
            self._plan.parts[self._workbook] = data.decode().encode(codec) if codec else data

    def _scan(self, sheet: Sheet, thresholds: Sequence[int] = ()) -> SheetScan:
        with self._place(sheet), self._package.open(sheet.part) as stream:
            return scan_sheet(stream, thresholds)

    def _scan_runs(
        self, sheet: Sheet, columns: Mapping[int, int], runs: tuple[tuple[int, ...], ...]
    ) -> SheetScan:
        edges = [(columns[run[0]], columns[run[-1]] + 1) for run in runs[:-1]]
        scan = self._scan(sheet, [edge for pair in edges for edge in pair])
        if scan.formulas_in_runs:
            message = (
                "the columns of an earlier run now hold formulas: give those columns another name, "
                "and run again"
            )
            raise fault(self._package.source, f"sheet {sheet.name!r}", message)
        return scan

    @contextmanager
    def _place(self, sheet: Sheet) -> Iterator[None]:
        try:
            yield
        except UnreadableXml as error:
            where = f"sheet {sheet.name!r}"
            raise fault(self._package.source, where, f"it {error}: {_REPAIR}") from None

    def _tables(self, sheet: Sheet, scan: SheetScan, header: list[str]) -> list[Table]:
        parts = {relation.id: relation.part for relation in self._package.relations(sheet.part)}
        found = [parts[link] for link in scan.tables if self._package.name(parts.get(link, ""))]
        tables = (read_table(self._package, part, header) for part in found)
        return [table for table in tables if table is not None]

    def _columns(
        self, sheet: Sheet, scan: SheetScan, found: SheetTitles, tables: Sequence[Table]
    ) -> tuple[dict[int, int], Table | None]:
        """Return the column of each label, and the table that is widened over the new ones."""
        edge = max(scan.last_column, scan.merges_right, self._filter_right(scan))
        edge = max(edge, self._drawings_right(sheet, scan), *(t.cells.right for t in tables), 0)
        new = [index for index in found.labels.indexes if index not in found.earlier]
        widened = None
        if new:
            own = _own_table(tables, found)
            objection = own and (own.objection or _right_objection(own, edge))
            if own is not None and not objection:
                widened = own
            elif any(table.cells.right == edge for table in tables):
                edge += 1
            if own is not None and objection:
                self._plan.warnings.append(
                    f"sheet {sheet.name!r}: the labels are outside the table {own.name!r}, because "
                    f"{objection}: sort the whole rows, not the table alone"
                )
        if edge + len(new) > LAST_COLUMN:
            message = (
                f"there is no room for {len(new)} columns at the right, where column "
                f"{column_letter(edge - 1)} is used or formatted: delete the columns that are empty"
            )
            raise fault(self._package.source, f"sheet {sheet.name!r}", message)
        places = dict(zip(new, range(edge + 1, edge + 1 + len(new)), strict=True))
        return dict(sorted({**places, **found.earlier}.items())), widened

    def _drawings_right(self, sheet: Sheet, scan: SheetScan) -> int:
        parts = {relation.id: relation.part for relation in self._package.relations(sheet.part)}
        found = [parts[link] for link in scan.drawings if self._package.name(parts.get(link, ""))]
        return max((drawing_right(self._package, part) for part in found), default=0)

    @staticmethod
    def _filter_right(scan: SheetScan) -> int:
        cells = parse_range(scan.auto_filter[1]) if scan.auto_filter else None
        return cells.right if cells else 0

    @staticmethod
    def _drop_totals(found: SheetTitles, tables: Sequence[Table]) -> None:
        """Leave the totals below the titles without labels."""
        own = _own_table(tables, found)
        if own is not None:
            for row in range(own.last_data_row + 1, own.cells.bottom + 1):
                if found.of(row) is not None:
                    found.titles[row - found.start] = None

    def _widen_filter(self, sheet: Sheet, plan: SheetPlan) -> None:
        """Widen the filter of the sheet over the new columns, if it covers the whole table."""
        old = parse_range(plan.scan.auto_filter[1]) if plan.scan.auto_filter else None
        if old is None or not plan.appended:
            return
        right = plan.columns[plan.appended[-1]]
        new = old._replace(right=right)
        whole = old.right >= max(plan.scan.last_column, plan.scan.merges_right)
        same = old.top == plan.found.header_row and old.left <= plan.found.column <= old.right
        if not (whole and same):
            self._plan.warnings.append(_FILTER_STAYS.format(sheet.name))
            return
        try:
            edit = filter_name_edit(self._book_data, self._book_root, sheet.position, old, new)
        except FilterNameDiffers:
            self._plan.warnings.append(_FILTER_STAYS.format(sheet.name))
            return
        plan.new_filter = new
        if edit is not None:
            self._book_edits.append(edit)

    def _style(self, plan: SheetPlan) -> None:
        if self._styles is None:
            return
        found, styles = plan.found, plan.scan.styles
        named = [at for at, text in enumerate(found.header, 1) if text.strip()]
        own = [at for at in named if at not in found.earlier.values()]
        neighbour = _style(styles, found.top, max(own, default=found.column))
        rows = (row for row in range(found.start, LAST_ROW) if found.of(row) is not None)
        first = next(rows, found.start) if any(found.titles) else found.start
        plan.styles = self._styles.for_labels(neighbour, _style(styles, first, found.column))

    def _warn_of_missing_values(self, plan: SheetPlan) -> None:
        missing = plan.scan.uncached[plan.found.column]
        if missing:
            self._plan.warnings.append(
                f"sheet {plan.name!r}: {missing:,} formulas in the title column have no stored "
                "value and count as empty: open the workbook in Excel, save it, and run again"
            )


def _style(styles: dict[tuple[int, int], str], row: int, column: int) -> int:
    return number_of(styles.get((row, column), "0"))


def _own_table(tables: Sequence[Table], found: SheetTitles) -> Table | None:
    """Return the table whose header row is that of the titles."""
    for table in tables:
        cells = table.cells
        if cells.top == found.top and cells.left <= found.column <= cells.right:
            return table
    return None


def _right_objection(table: Table, edge: int) -> str | None:
    return None if table.cells.right == edge else "there are other cells at its right"
