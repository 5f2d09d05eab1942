"""The widths of the label columns, set without overlapping the widths that a sheet has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmo_classify.files.xlsx.limits import LAST_COLUMN
from pmo_classify.files.xlsx.scan import SheetScan
from pmo_classify.files.xlsx.xml import Edit, number_of, quoted
from pmo_classify.labelling.label_set import LabelSet
from pmo_classify.labelling.xlsx.cells import label_width

__all__ = ["width_edits"]


def width_edits(
    scan: SheetScan, columns: Mapping[int, int], names: LabelSet, labels: Sequence[int]
) -> Iterator[Edit]:
    """Return the edits that give new label columns their widths.

    ``columns`` has the column of each label, from 1; ``labels`` are the new ones, side by side.
    Ranges of the user's widths that cover them are cut.
    """
    if not labels:
        return
    first, last = columns[labels[0]], columns[labels[-1]]
    p = scan.prefix.encode()
    new = b"".join(
        b'<%scol min="%d" max="%d" width="%d" customWidth="1"/>'
        % (p, columns[label], columns[label], label_width(label, names.name(label)))
        for label in labels
    )
    if not scan.cols:
        if scan.cols_end is None and scan.data_start is not None:
            yield Edit(scan.data_start, scan.data_start, b"<%scols>%s</%scols>" % (p, new, p))
        return
    ends = [*(col.start for col in scan.cols[1:]), scan.cols_end or 0]
    position = scan.cols_end or 0
    for col, end in zip(reversed(scan.cols), reversed(ends), strict=True):
        low, high = _columns(col.attributes)
        if low > last:
            position = col.start
        elif high >= first:
            left = _col(p, col.attributes, low, first - 1)
            right = _col(p, col.attributes, last + 1, high)
            position = col.start
            yield Edit(col.start, end, left + new + right)
            new = b""
    if new:
        yield Edit(position, position, new)


def _columns(attributes: Mapping[str, str]) -> tuple[int, int]:
    """Return the first and the last column of a ``col`` element."""
    low = number_of(attributes.get("min", ""), 1)
    return low, number_of(attributes.get("max", ""), low)


def _col(prefix: bytes, attributes: Mapping[str, str], low: int, high: int) -> bytes:
    """Return a ``col`` element for other columns; empty if there are none."""
    if low > high or low > LAST_COLUMN:
        return b""
    new: dict[str, str] = {**attributes, "min": str(low), "max": str(high)}
    written = b"".join(b" %s=%s" % (name.encode(), quoted(value)) for name, value in new.items())
    return b"<%scol%s/>" % (prefix, written)
