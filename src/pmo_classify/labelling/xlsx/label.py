"""Labelling an Excel workbook, which keeps everything that it had."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from pmo_classify.classifier import Classifier
from pmo_classify.files.kinds import labelled_name
from pmo_classify.files.output import atomic_write, check_source, check_target
from pmo_classify.files.streams import detect_changes
from pmo_classify.files.xlsx.limits import fault
from pmo_classify.files.xlsx.package import Package, PartWriter, open_package, write_package
from pmo_classify.files.xlsx.workbook import (
    WorkbookKind,
    workbook_kind,
    workbook_part,
)
from pmo_classify.files.xlsx.xml import UnreadableXml
from pmo_classify.labelling.groups import group_counts
from pmo_classify.labelling.label_set import ALL_LABELS, LabelSet
from pmo_classify.labelling.labeller import Labeller, Progress, Summary
from pmo_classify.labelling.xlsx.groups_sheet import write_groups_sheet
from pmo_classify.labelling.xlsx.plan import BookPlan, plan_book
from pmo_classify.labelling.xlsx.sheet import SheetPlan, write_sheet
from pmo_classify.labelling.xlsx.titles import TitleSearch, describe_titles, row_progress

__all__ = ["label_xlsx"]

_SIGNED: Final = "the workbook is signed, and the signature will not be valid for the labelled copy"


def label_xlsx(
    source: Path,
    output: Path | None = None,
    *,
    column: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
    labels: LabelSet = ALL_LABELS,
    classifier: Classifier | None = None,
    force: bool = False,
    strict: bool = False,
    legend: bool = False,
    groups: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Label an Excel workbook and write it beside the input, or as ``output``.

    An .xlsx or .xlsm file keeps all it had: other sheets, formats, formulas, charts, macros. Only
    the sheets with a title column change, and there only by the label cells at the right of
    everything; columns of an earlier run are overwritten in place. ``legend`` adds a sheet that
    says what the labels mean. Every visible sheet with a
    title column is labelled, or only the one called ``sheet``; ``column`` names the title column by
    header, letter or number, ``header`` its row, or 0 for sheets without one. ``labels`` says which
    columns are added; those of an earlier run stay, and get new labels. Tables and filters are
    widened over the labels where that is safe, and ``summary.warnings`` says where it is not.
    ``groups`` adds a sheet "Title groups" with each title once, and all its spellings.
    ``progress`` is called with the rows done, and how many there are.

    Of the sheets that are not named, summaries such as pivot tables are left out if there is data
    elsewhere, and so is a sheet where two columns could be meant; warnings say so.

    The values of an .xls or .ods file are written as a new .xlsx: formats and formulas are lost,
    and a warning says so. ``strict`` refuses what cannot be kept: those kinds, and a signed
    workbook.

    The input is never changed; the output appears whole or not at all. A ``FileError`` says what
    is wrong, where, and what to do: a password, a damaged or dangerous file, no title column.
    """
    check_source(source)
    kind = workbook_kind(source)
    suffix = source.suffix if kind is WorkbookKind.PACKAGE else ".xlsx"
    target = output or labelled_name(source, suffix)
    _check_ending(target, suffix)
    check_target(source, target, force=force)
    labeller = Labeller(classifier or Classifier())
    search = TitleSearch(column, sheet, header, labels)
    if kind is WorkbookKind.PACKAGE:
        with detect_changes(source) as check_unchanged, open_package(source) as package:
            workbook = workbook_part(package)
            signed = _check_signature(package, strict=strict)
            plan = plan_book(package, workbook, search, legend=legend, groups=groups)
            labeller.summary.warnings.extend(plan.warnings)
            found = {sheet.name: sheet.found for sheet in plan.sheets}
            describe_titles(labeller.summary, found)
            labeller.has_clean_titles = any(t.labels.has_clean_title for t in found.values())
            labeller.summary.warnings.extend([_SIGNED] if signed else [])
            changed = _changed_parts(package, plan, labeller, progress)
            added = _added_parts(plan, labeller)
            with atomic_write(target) as out:
                write_package(package, out, changed, added)
                # Other readers open the file by its name again, and must have read what is copied.
                check_unchanged()
    else:
        from pmo_classify.labelling.xlsx.legacy import label_legacy  # noqa: PLC0415 - only .xls and .ods need it

        label_legacy(
            source,
            target,
            labeller,
            search,
            strict=strict,
            legend=legend,
            groups=groups,
            progress=progress,
        )
    return labeller.summary


def _check_ending(target: Path, suffix: str) -> None:
    if target.suffix.lower() != suffix.lower():
        what = "Excel opens it only by this ending"
        raise fault(target, "", f"the output must end in {suffix.lower()}: {what}")


def _check_signature(package: Package, *, strict: bool) -> bool:
    """Return whether the workbook is signed, which a strict run refuses."""
    signed = any(relation.kind == "origin" for relation in package.relations(""))
    if signed and strict:
        raise fault(package.source, "", f"{_SIGNED}: run without --strict")
    return signed


def _changed_parts(
    package: Package,
    plan: BookPlan,
    labeller: Labeller,
    progress: Progress | None,
) -> dict[str, PartWriter]:
    changed: dict[str, PartWriter] = {
        part: partial(_write_bytes, data) for part, data in plan.parts.items()
    }
    show = row_progress(progress, [sheet.found for sheet in plan.sheets])
    for sheet in plan.sheets:
        changed[sheet.part] = partial(_write_sheet, package, sheet, labeller, show)
    return changed


def _added_parts(plan: BookPlan, labeller: Labeller) -> dict[str, PartWriter]:
    """Return the parts of new sheets; that of the groups is written when all titles are counted."""
    added: dict[str, PartWriter] = {
        part: partial(_write_bytes, data) for part, data in plan.added.items()
    }
    if plan.groups_part is not None:
        header = plan.sheets[0].styles.header

        def write(out: BinaryIO) -> None:
            write_groups_sheet(group_counts(labeller.titles()), plan.namespace, header, out)

        added[plan.groups_part] = write
    return added


def _write_bytes(data: bytes, out: BinaryIO) -> None:
    out.write(data)


def _write_sheet(
    package: Package,
    plan: SheetPlan,
    labeller: Labeller,
    show_rows: Callable[[int], None],
    out: BinaryIO,
) -> None:
    try:
        with package.open(plan.part) as stream:
            write_sheet(plan, stream, out, labeller, show_rows)
    except UnreadableXml as error:
        message = f"it {error}: run again when nothing writes to the file"
        raise fault(package.source, f"sheet {plan.name!r}", message) from None
