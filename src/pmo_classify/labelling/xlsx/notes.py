"""Notes on the header cells of the label columns: Excel shows them when a cell is selected.

They are input messages (a data validation that allows everything), because these are part of the
sheet itself: comments would need new parts, and changes to those that the workbook has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pmo_classify.files.xlsx.cell_range import column_letter, parse_range
from pmo_classify.files.xlsx.scan import SheetScan
from pmo_classify.files.xlsx.splice import XmlSplicer
from pmo_classify.files.xlsx.xml import number_of, quoted, with_attributes
from pmo_classify.labelling.columns import LABEL_COLUMNS
from pmo_classify.labelling.label_set import LabelSet
from pmo_classify.labelling.xlsx.legend import MEANINGS
from pmo_classify.wording import shortened

__all__ = ["note_title", "write_notes"]

_LONGEST_TITLE: Final = 32
"""Excel refuses a workbook with a longer one."""

_COUNT: Final = "count"


def note_title(name: str) -> str:
    """Return the title of the note on a label column: its name, as far as there is room for it."""
    return shortened(name, _LONGEST_TITLE)


def write_notes(
    scan: SheetScan,
    columns: Mapping[int, int],
    names: LabelSet,
    header_row: int,
    splicer: XmlSplicer,
) -> None:
    """Write the part up to its input messages, with ours at their end.

    ``columns`` has the column of each label, from 1. A header cell that has a message or a rule,
    be it of an earlier run, keeps it.
    """
    ranges = (parse_range(text) for reference in scan.validated for text in reference.split())
    taken = [cells for cells in ranges if cells is not None]
    notes = [
        _note(
            scan.prefix,
            f"{column_letter(column - 1)}{header_row}",
            names.name(at),
            MEANINGS[LABEL_COLUMNS[at]],
        )
        for at, column in columns.items()
        if not any(
            cells.left <= column <= cells.right and cells.top <= header_row <= cells.bottom
            for cells in taken
        )
    ]
    if not notes:
        return
    p = scan.prefix.encode()
    end = b"</%sdataValidations>" % p
    if scan.validations is not None and scan.validations_end is not None:
        splicer.copy_to(scan.validations[0])
        count = number_of(scan.validations[1]) + len(notes)
        tag = with_attributes(splicer.take_tag(), {_COUNT: str(count)})
        if tag.endswith(b"/>"):
            splicer.put(tag.removesuffix(b"/>") + b">" + b"".join(notes) + end)
        else:
            splicer.put(tag)
            splicer.copy_to(scan.validations_end)
            splicer.put(b"".join(notes))
    elif scan.after_rules is not None:
        splicer.copy_to(scan.after_rules)
        splicer.put(b'<%sdataValidations count="%d">' % (p, len(notes)) + b"".join(notes) + end)


def _note(prefix: str, place: str, name: str, meaning: str) -> bytes:
    return b'<%sdataValidation allowBlank="1" showInputMessage="1" sqref="%s" %s %s/>' % (
        prefix.encode(),
        place.encode(),
        b"promptTitle=" + quoted(note_title(name)),
        b"prompt=" + quoted(meaning),
    )
