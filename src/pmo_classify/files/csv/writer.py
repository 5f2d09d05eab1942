"""Writing CSV: cells added to a file in its own dialect, and small tables of results.

Whatever is written here, no spreadsheet takes it for a formula.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from pmo_classify.files.csv.dialect import NUMBER
from pmo_classify.files.csv.encoding import Encoding
from pmo_classify.files.csv.records import Dialect
from pmo_classify.files.output import atomic_write

__all__ = ["FORMULA_STARTS", "CellWriter", "escape_formula", "write_csv"]

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that starts with one of these may be run as a formula."""

_PLAIN_FORMS: Final = {
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ø": "o",
    "Ø": "O",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
}
"""Characters whose plain form Unicode does not know."""

_REMEMBERED: Final = 10_000


def escape_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe is put before it.

    >>> escape_formula("=1+1"), escape_formula("PMO Lead")
    ("'=1+1", 'PMO Lead')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class CellWriter:
    """Writes new cells in the dialect and the encoding of a file.

    No cell can be taken for a formula. A character that the encoding lacks is replaced by the
    nearest plain one, or by a question mark.

    >>> writer = CellWriter(Dialect(";"), Encoding("cp1252"))
    >>> writer.cell("a; b"), writer.cell("=1+1"), writer.cell("Łódź – 办")
    ('"a; b"', "'=1+1", 'Lódz – ?')
    """

    def __init__(self, dialect: Dialect, encoding: Encoding) -> None:
        self._dialect = dialect
        self._encoding = encoding
        self._find_special = re.compile(
            f"[{re.escape(dialect.delimiter + (dialect.quote or ''))}\r\n]"
        ).search
        # Most cells hold one of a few words, which are written again and again.
        self._after_others = lru_cache(_REMEMBERED)(
            lambda text: dialect.delimiter + self.cell(text)
        )

    def cell(self, text: str) -> str:
        """Return one cell as the file would write it."""
        delimiter, quote, quoting = self._dialect
        text = escape_formula(self._encodable(text))
        if quote is None:
            return re.sub(f"[{re.escape(delimiter)}\r\n]", " ", text)
        must_quote = text.startswith(" ") or self._find_special(text) is not None
        if must_quote or quoting == "all" or (quoting == "text" and not NUMBER.fullmatch(text)):
            return quote + text.replace(quote, quote * 2) + quote
        return text

    def cells(self, texts: Iterable[str]) -> str:
        """Return cells that follow others, each with a delimiter before it."""
        return "".join(map(self._after_others, texts))

    def _encodable(self, text: str) -> str:
        if self._encoding.can_encode(text):
            return text
        return "".join(c if self._encoding.can_encode(c) else self._replacement(c) for c in text)

    def _replacement(self, character: str) -> str:
        if unicodedata.category(character) == "Pd":
            return "-"
        character = _PLAIN_FORMS.get(character, character)
        parts = unicodedata.normalize("NFKD", character)
        plain = "".join(c for c in parts if not unicodedata.combining(c))
        return plain if self._encoding.can_encode(plain) else "?"


def write_csv(target: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    r"""Write a table as CSV in UTF-8 with a byte order mark, without which Excel guesses wrongly.

    None is an empty cell. Texts that could be formulas are escaped, since anybody may have written
    a title. The file appears whole or not at all; a ``FileError`` says why it cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(Path(folder, "t.csv"), ["title", "rows"], [["PMO Lead, Leeds", 2], ["@x", 3]])
    ...     Path(folder, "t.csv").read_bytes()
    b'\xef\xbb\xbftitle,rows\n"PMO Lead, Leeds",2\n\'@x,3\n'
    """
    lines = [_line(header), *(_line([_as_data(cell) for cell in row]) for row in rows)]
    with atomic_write(target) as raw:
        # UTF-8 cannot hold a lone surrogate, which a text decoded byte for byte may have.
        raw.write("".join(lines).encode("utf-8-sig", "replace"))


def _line(cells: Sequence[object]) -> str:
    # With this line end the writer also quotes a lone "\r", which many programs take as a line end.
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + "\n"


def _as_data(cell: object) -> object:
    return escape_formula(cell) if isinstance(cell, str) else cell
