"""Small tables of results as CSV, for spreadsheets and programs alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from pmo_classify.files.formulas import no_formula
from pmo_classify.files.output import whole_file

__all__ = ["write_csv"]


def write_csv(target: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    r"""Write a table as CSV in UTF-8 with a byte order mark, without which Excel guesses wrongly.

    None is an empty cell. A text that a spreadsheet would take for a formula gets an apostrophe
    before it, for a title may come from anybody; all others stand as they are. The file appears
    whole or not at all; a ``FileError`` says why it cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(Path(folder, "t.csv"), ["title", "rows"], [["PMO Lead, Leeds", 2], ["@x", 3]])
    ...     Path(folder, "t.csv").read_bytes()
    b'\xef\xbb\xbftitle,rows\n"PMO Lead, Leeds",2\n\'@x,3\n'
    """
    lines = [_line(header), *(_line([_as_data(cell) for cell in row]) for row in rows)]
    with whole_file(target) as raw:
        # A lone surrogate, as a file read byte for byte can hold, has no place in UTF-8.
        raw.write("".join(lines).encode("utf-8-sig", "replace"))


def _line(cells: Sequence[object]) -> str:
    # With this line end the writer quotes a lone return, too, which to many ends a line.
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + "\n"


def _as_data(cell: object) -> object:
    return no_formula(cell) if isinstance(cell, str) else cell
