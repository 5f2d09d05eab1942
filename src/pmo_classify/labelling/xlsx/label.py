"""Labelling an Excel workbook, which comes back with everything that it had."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from pmo_classify.classifier import Classifier
from pmo_classify.files.output import check_source, check_target, default_output, whole_file
from pmo_classify.files.streams import unchanging
from pmo_classify.files.title_column import column_letter
from pmo_classify.files.xlsx.kind import Kind, kind_of
from pmo_classify.files.xlsx.limits import fault
from pmo_classify.files.xlsx.package import Package, PartWriter, open_package, write_package
from pmo_classify.files.xlsx.workbook import wanted_sheets, workbook_part
from pmo_classify.files.xlsx.xml import UnreadableXml
from pmo_classify.labelling.labeller import LABEL_COLUMNS, Labeller, Summary
from pmo_classify.labelling.xlsx.plan import BookPlan, plan_book
from pmo_classify.labelling.xlsx.splice import SheetPlan, write_sheet

__all__ = ["label_xlsx"]

_SIGNED: Final = "the workbook is signed, and the signature will not hold for the labelled copy"


def label_xlsx(
    source: Path,
    output: Path | None = None,
    *,
    column: str | None = None,
    sheet: str | None = None,
    classifier: Classifier | None = None,
    force: bool = False,
    strict: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Label an Excel workbook and write it beside the input, or as ``output``.

    An .xlsx or .xlsm file comes back with all it had: other sheets, formats, formulas, charts,
    macros. Only the parts that hold a title column change, and there only by our cells at the
    right of everything; columns of an earlier run are overwritten in place. Every visible sheet
    with a title column is labelled, or the one called ``sheet``; ``column`` names the title column
    by header, letter or number. Tables and filters grow over the labels where that is safe, and
    ``summary.warnings`` says where it is not. ``progress`` is called with the number of rows done.

    An .xls or .ods file is read, and its values are written as a new .xlsx: formats and formulas
    are lost, which a warning says. With ``strict`` whatever cannot be kept is refused instead:
    those kinds, and a signed workbook.

    The input is never changed; the output appears whole or not at all. A ``FileError`` says what
    is wrong, where, and what to do: a password, a damaged or dangerous file, no title column.
    """
    check_source(source)
    kind = kind_of(source)
    suffix = source.suffix if kind is Kind.PACKAGE else ".xlsx"
    target = output or default_output(source, suffix)
    _check_ending(target, suffix)
    check_target(source, target, force=force)
    labeller = Labeller(classifier or Classifier())
    if kind is Kind.PACKAGE:
        with unchanging(source) as check_unchanged, open_package(source) as package:
            workbook = workbook_part(package)
            signed = _check_signature(package, strict=strict)
            plan = plan_book(package, workbook, wanted_sheets(package, workbook, sheet), column)
            _tell(labeller.summary, plan)
            labeller.summary.warnings.extend([_SIGNED] if signed else [])
            changed = _changed_parts(package, plan, labeller, progress)
            with whole_file(target) as out:
                write_package(package, out, changed)
                # Other readers open the file by its name again, and must have read what is copied.
                check_unchanged()
    else:
        from pmo_classify.labelling.xlsx.legacy import label_old  # noqa: PLC0415 - only old kinds need it

        label_old(source, target, labeller, column, sheet, strict=strict, progress=progress)
    return labeller.summary


def _check_ending(target: Path, suffix: str) -> None:
    if target.suffix.lower() != suffix.lower():
        what = "Excel opens it only by this ending"
        raise fault(target, "", f"the output must end in {suffix.lower()}: {what}")


def _check_signature(package: Package, *, strict: bool) -> bool:
    """Tell whether the workbook is signed, which a strict run refuses."""
    signed = any(relation.kind == "origin" for relation in package.relations(""))
    if signed and strict:
        raise fault(package.source, "", f"{_SIGNED}: run without --strict")
    return signed


def _changed_parts(
    package: Package,
    plan: BookPlan,
    labeller: Labeller,
    progress: Callable[[int], None] | None,
) -> dict[str, PartWriter]:
    changed: dict[str, PartWriter] = {
        part: partial(_write_bytes, data) for part, data in plan.parts.items()
    }
    for sheet in plan.sheets:
        changed[sheet.part] = partial(_write_sheet, package, sheet, labeller, progress)
    return changed


def _write_bytes(data: bytes, out: BinaryIO) -> None:
    out.write(data)


def _write_sheet(
    package: Package,
    plan: SheetPlan,
    labeller: Labeller,
    progress: Callable[[int], None] | None,
    out: BinaryIO,
) -> None:
    try:
        with package.open(plan.part) as stream:
            write_sheet(plan, stream, out, labeller, progress)
    except UnreadableXml as error:
        message = f"it {error}: let nobody change the file meanwhile, and run again"
        raise fault(package.source, f"sheet {plan.name!r}", message) from None


def _tell(summary: Summary, plan: BookPlan) -> None:
    """Say in the summary how the workbook was read."""
    summary.warnings.extend(plan.warnings)
    replaced = {name for sheet in plan.sheets for name in sheet.found.earlier}
    summary.replaced_columns = tuple(name for name in LABEL_COLUMNS if name in replaced)
    named = {
        sheet.name: f"{sheet.found.title.name!r} ({column_letter(sheet.found.column - 1)})"
        for sheet in plan.sheets
    }
    summary.read_as["sheets"] = ", ".join(map(repr, named))
    if len(named) == 1:
        summary.read_as["column"] = next(iter(named.values()))
    else:
        summary.read_as["column"] = "; ".join(f"{s!r}: {column}" for s, column in named.items())
