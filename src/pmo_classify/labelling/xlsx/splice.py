"""The XML of a sheet copied as it stands, with the label cells put in at their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from pmo_classify.files.xlsx.cell_range import Area, area_text, parse_area
from pmo_classify.files.xlsx.limits import CHUNK, LAST_COLUMN
from pmo_classify.files.xlsx.scan import SheetScan, unicode_chunks
from pmo_classify.files.xlsx.values import SheetTitles
from pmo_classify.files.xlsx.xml import UnreadableXml, number_of, quoted, with_attributes
from pmo_classify.labelling.labeller import LABEL_COLUMNS, Labeller
from pmo_classify.labelling.xlsx.cells import WIDTHS, CellWriter, LabelStyles

__all__ = ["SheetPlan", "blocks_of", "write_sheet"]

_SPANS: Final = re.compile(rb"""(\sspans\s*=\s*["'])(\d{1,9}):(\d{1,9})(?=["'])""")
_TAG: Final = re.compile(
    rb"""<[^\s/>]++(?:\s++[^\s=/>]++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+\s*+/?>"""
)

Labels = tuple[int, ...]


@dataclass(slots=True)
class SheetPlan:
    """What will be done to one sheet.

    ``columns`` gives the place of each label column, from 1. ``blocks`` are the stretches of label
    columns that stand together, by the labels in them: first those of an earlier run, which are
    overwritten, and last (perhaps empty) those appended.
    """

    name: str
    part: str
    scan: SheetScan
    found: SheetTitles
    columns: tuple[int, ...]
    blocks: tuple[Labels, ...]
    styles: LabelStyles = field(default_factory=LabelStyles)
    new_filter: Area | None = None

    @property
    def appended(self) -> Labels:
        """The labels whose columns are new."""
        return self.blocks[-1]


class _Splicer:
    """Copies a part piece by piece, and lets bytes be put in or left out on the way."""

    def __init__(self, stream: BinaryIO, out: BinaryIO) -> None:
        self._chunks = unicode_chunks(stream)
        self._out = out
        self._codec: str | None = None
        self._held = b""
        self._held_from = 0
        self._at = 0
        self._made: list[bytes] = []
        self._made_size = 0

    def put(self, data: bytes) -> None:
        """Write new bytes here."""
        self._made.append(data)
        self._made_size += len(data)
        if self._made_size >= CHUNK:
            self._flush()

    def copy_to(self, place: int) -> None:
        """Copy the part's own bytes up to a place."""
        while place > self._held_from + len(self._held):
            self.put(self._held[self._at :])
            self._at = len(self._held)
            if not self._read_on():
                return
        end = place - self._held_from
        self.put(self._held[self._at : end])
        self._at = end

    def skip_to(self, place: int) -> None:
        """Leave the part's own bytes out up to a place."""
        while place > self._held_from + len(self._held):
            self._at = len(self._held)
            if not self._read_on():
                return
        self._at = place - self._held_from

    def take_tag(self) -> bytes:
        """Take the start tag that begins here out of the part."""
        end = self._held.find(b">", self._at) + 1
        tag = self._held[self._at : end]
        if not end or tag.count(b'"') % 2 or b"'" in tag:
            end = self._end_of_odd_tag()
            tag = self._held[self._at : end]
        self._at = end
        return tag

    def _end_of_odd_tag(self) -> int:
        """Find the end of a tag that has not been read whole, or has a ``>`` in quotes."""
        while (found := _TAG.match(self._held, self._at)) is None:
            if not self._read_on():
                message = "is not what it was a moment ago"
                raise UnreadableXml(message)
        return found.end()

    def copy_rest(self) -> None:
        """Copy all that is left."""
        self.put(self._held[self._at :])
        self._at = len(self._held)
        while self._read_on():
            self.put(self._held[self._at :])
            self._at = len(self._held)
        self._flush()

    def _read_on(self) -> bool:
        chunk, self._codec = next(self._chunks, (b"", self._codec))
        self._held_from += self._at
        self._held = self._held[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _flush(self) -> None:
        data = b"".join(self._made)
        self._out.write(data.decode().encode(self._codec) if self._codec else data)
        self._made.clear()
        self._made_size = 0


def write_sheet(
    plan: SheetPlan,
    stream: BinaryIO,
    out: BinaryIO,
    labeller: Labeller,
    progress: Callable[[int], None] | None,
) -> None:
    """Write the sheet with its labels; rows, cells and all else keep their bytes and order."""
    scan = plan.scan
    splicer = _Splicer(stream, out)
    for start, change in sorted(_edits_before_rows(plan).items()):
        splicer.copy_to(start)
        change(splicer)
    _write_rows(plan, splicer, labeller, progress)
    if plan.new_filter is not None and scan.auto_filter is not None:
        splicer.copy_to(scan.auto_filter[0])
        splicer.put(with_attributes(splicer.take_tag(), {"ref": area_text(plan.new_filter)}))
    splicer.copy_rest()


def _write_rows(
    plan: SheetPlan,
    splicer: _Splicer,
    labeller: Labeller,
    progress: Callable[[int], None] | None,
) -> None:
    scan, found = plan.scan, plan.found
    writer = CellWriter(plan.columns, plan.styles, scan.prefix)
    step = 2 * (len(plan.blocks) - 1) + 1
    last = max(plan.columns)
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
        places = scan.marks[index * step : index * step + step]
        for at, labels in enumerate(plan.blocks):
            splicer.copy_to(places[2 * at])
            if 2 * at + 1 < step:
                splicer.skip_to(places[2 * at + 1])
            if cells is None:
                splicer.put(writer.header(number, labels))
            else:
                splicer.put(writer.row(number, cells, labels))
        if cells is not None and progress is not None:
            progress(labeller.rows)


def _wider(spans: re.Match[bytes], last: int) -> bytes:
    return b"%s%s:%d" % (spans[1], spans[2], max(int(spans[3]), last))


_Change = Callable[[_Splicer], None]


def _edits_before_rows(plan: SheetPlan) -> Mapping[int, _Change]:
    """Give the changes above the rows, by their places: the dimension and the widths."""
    edits: dict[int, _Change] = {}
    if plan.scan.dimension is not None:
        at, text = plan.scan.dimension
        old = parse_area(text)
        if old is not None:
            new = _union(old, plan)
            edits[at] = lambda splicer: splicer.put(
                with_attributes(splicer.take_tag(), {"ref": area_text(new)})
            )
    if plan.appended:
        first = plan.columns[plan.appended[0]]
        edits.update(_width_edits(plan, first, first + len(plan.appended) - 1))
    return edits


def _union(old: Area, plan: SheetPlan) -> Area:
    last_row = max(plan.scan.rows)
    return Area(
        min(old.top, plan.found.header_row),
        min(old.left, plan.scan.first_column),
        max(old.bottom, last_row),
        max(old.right, *plan.columns),
    )


def _width_edits(plan: SheetPlan, first: int, last: int) -> Iterator[tuple[int, _Change]]:
    """Give our columns their widths; ranges that others have there are cut, never overlapped."""
    scan = plan.scan
    p = scan.prefix
    ours = b"".join(
        b'<%scol min="%d" max="%d" width="%d" customWidth="1"/>'
        % (p.encode(), plan.columns[at], plan.columns[at], WIDTHS[at])
        for at in plan.appended
    )
    if not scan.cols:
        if scan.cols_end is None and scan.data_start is not None:
            whole = b"<%scols>%s</%scols>" % (p.encode(), ours, p.encode())
            yield scan.data_start, lambda splicer: splicer.put(whole)
        return
    ends = [*(col.start for col in scan.cols[1:]), scan.cols_end or 0]
    spot = scan.cols_end or 0
    for col, end in zip(reversed(scan.cols), reversed(ends), strict=True):
        low, high = _range(col.attributes)
        if low > last:
            spot = col.start
        elif high >= first:
            pieces = [(low, first - 1), (last + 1, high)]
            left, right = (_col(p, col.attributes, *piece) for piece in pieces)
            spot = col.start
            new, ours = left + ours + right, b""
            yield col.start, _replacement(new, end)
    if ours:
        yield spot, lambda splicer: splicer.put(ours)


def _replacement(new: bytes, end: int) -> _Change:
    def change(splicer: _Splicer) -> None:
        splicer.skip_to(end)
        splicer.put(new)

    return change


def _range(attributes: Mapping[str, str]) -> tuple[int, int]:
    low, high = attributes.get("min", ""), attributes.get("max", "")
    low_number = number_of(low, 1)
    return low_number, number_of(high, low_number)


def _col(prefix: str, attributes: Mapping[str, str], low: int, high: int) -> bytes:
    if low > high or low > LAST_COLUMN:
        return b""
    given: dict[str, str] = {**attributes, "min": str(low), "max": str(high)}
    written = b"".join(b" %s=%s" % (name.encode(), quoted(v)) for name, v in given.items())
    return b"<%scol%s/>" % (prefix.encode(), written)


def blocks_of(columns: Sequence[int], earlier: Mapping[str, int]) -> tuple[Labels, ...]:
    """Group the label columns of an earlier run that stand together, and then the new ones."""
    old = sorted((columns[at], at) for at, name in enumerate(LABEL_COLUMNS) if name in earlier)
    groups: list[list[int]] = []
    previous = 0
    for column, at in old:
        if column != previous + 1 or not groups:
            groups.append([])
        groups[-1].append(at)
        previous = column
    new = [at for at, name in enumerate(LABEL_COLUMNS) if name not in earlier]
    return (*map(tuple, groups), tuple(new))
