"""The dialect of delimited text: found on its first records, and used for the cells we add."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Final

from pmo_classify.errors import FileError
from pmo_classify.files.csv.encoding import Encoding
from pmo_classify.files.csv.records import Dialect, read_records
from pmo_classify.files.formulas import no_formula
from pmo_classify.files.title_column import is_title_header

__all__ = ["SAMPLE_LENGTH", "CellWriter", "delimiter_name", "find_dialect"]

SAMPLE_LENGTH: Final = 1 << 18
"""Characters of a text that are looked at to find its dialect."""

_SAMPLE_RECORDS: Final = 100
_USUAL: Final = {".tsv": "\t", ".tab": "\t", ".psv": "|", ".ssv": ";"}
_USUAL_BONUS: Final = 1.1
_HEADER_BONUS: Final = 3.0
_HEADER_WITHIN: Final = 20
_DELIMITERS: Final = (",", ";", "\t", "|", "^", "~", "\x1f", "\x01", "¦", "§")
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "^": "caret"}
_LEAST_SHARE: Final = 0.5
_DELIMITER_LINE: Final = re.compile(r"\"?sep=([^\w\r\n\"])\"?[\r\n]", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[-+]?[\d.,]*\d[%]?")


def delimiter_name(delimiter: str) -> str:
    """Name a delimiter for a reader.

    >>> delimiter_name(";"), delimiter_name("\\x01")
    ('semicolon', "'\\\\x01'")
    """
    return _NAMES.get(delimiter, repr(delimiter))


def find_dialect(sample: str, ending: str) -> Dialect:
    """Find the delimiter and the quote of a text from its first records.

    The delimiter that cuts most records into the same number of cells wins, whatever stands above
    the header; a line ``sep=;`` at the top says it outright. Where none is found, it is the usual
    one for the file's ending.

    >>> find_dialect("Export of 3 May\\n\\nid;title;pay\\n1;PMO Lead, Leeds;3,5\\n", ".csv")
    Dialect(delimiter=';', quote='"', quoting='needed')
    >>> find_dialect("'id'|'title'\\n'1'|'PMO Lead'\\n", ".txt")
    Dialect(delimiter='|', quote="'", quoting='all')
    """
    said = _DELIMITER_LINE.match(sample)
    usual = _USUAL.get(ending.lower(), ",")
    if said:
        return _with_quotes(sample, said[1])
    scored = [(_score(sample, Dialect(d), usual), d) for d in _DELIMITERS if d in sample]
    best, delimiter = max(scored, default=(0.0, usual), key=lambda pair: pair[0])
    return _with_quotes(sample, delimiter if best else usual)


def _with_quotes(sample: str, delimiter: str) -> Dialect:
    """Find which quote stands around cells, and around which."""
    dialect = Dialect(delimiter)
    if '"' in sample:
        # Tab-separated exports of databases do not quote, and their cells may start with a quote.
        if delimiter == "\t" and not _ends_its_quotes(sample, dialect):
            return Dialect(delimiter, None)
    elif "'" in sample:
        single = Dialect(delimiter, "'")
        quoting = _quoting(sample, single)
        # Few single quotes are apostrophes; those around every text are quotes.
        if quoting != "needed" and _ends_its_quotes(sample, single):
            return single._replace(quoting=quoting)
    return dialect._replace(quoting=_quoting(sample, dialect))


def _ends_its_quotes(sample: str, dialect: Dialect) -> bool:
    """Tell whether each cell that starts with a quote ends with one."""
    quote = dialect.quote or ""
    rows = _sample_rows(sample, dialect)
    return rows is not None and all(
        len(cell) > 1 and cell.endswith(quote)
        for row in rows
        for cell in row
        if cell.startswith(quote)
    )


def _sample_rows(sample: str, dialect: Dialect) -> list[list[str]] | None:
    """Cut the first records that are not blank into cells; None where a quote never closes."""
    lines = io.StringIO(sample, newline="").readlines()
    is_cut = len(sample) >= SAMPLE_LENGTH
    if is_cut and len(lines) > 1:
        lines.pop()
    rows = []
    try:
        for cells, body, _ in islice(read_records(lines, dialect, ""), _SAMPLE_RECORDS):
            if body.strip():
                rows.append(cells)
    except FileError:
        # The cell that is open where the sample was cut may close later.
        return rows if is_cut else None
    return rows


def _score(sample: str, dialect: Dialect, usual: str) -> float:
    """Score a dialect by how alike the records are, their cells and header; 0 where it is none."""
    # A quote that never closes is told later; the delimiter is the same without quotes.
    plain = Dialect(dialect.delimiter, None)
    rows = _sample_rows(sample, dialect) or _sample_rows(sample, plain) or []
    widths = [len(row) for row in rows]
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0
    width = max(counts, key=lambda w: (counts[w] * (w - 1) / w, w))
    start = next(i for i, w in enumerate(widths) if w >= width)
    is_headed = any(
        len(row) > 1 and any(map(is_title_header, row)) for row in rows[:_HEADER_WITHIN]
    )
    if counts[width] < _LEAST_SHARE * (len(widths) - start) and not is_headed:
        return 0.0
    # Rows above the header lower the score, and rows of another width count for a half.
    alike = (counts[width] + (counts.total() - counts[width]) / 2) / len(widths)
    score = alike * (width - 1) / width * _not_prose(rows)
    if dialect.delimiter == usual:
        score *= _USUAL_BONUS
    return score * _HEADER_BONUS if is_headed else score


def _not_prose(rows: Iterable[list[str]]) -> float:
    """Weigh down what stands before spaces, as a comma in a sentence does; from 0.5 to 1."""
    later = [cell for row in rows for cell in row[1:]]
    return 1 - sum(cell.startswith(" ") for cell in later) / (2 * len(later) or 1)


def _quoting(sample: str, dialect: Dialect) -> str:
    rows = _sample_rows(sample, dialect) or []
    least = min(2, max(map(len, rows), default=0))
    filled = [cell for row in rows if len(row) >= least for cell in row if cell.strip()]
    bare = [cell for cell in filled if not cell.startswith(dialect.quote or "\n")]
    if not filled or any(not _NUMBER.fullmatch(cell) for cell in bare):
        return "needed"
    if len(bare) == len(filled):
        return "needed"
    return "text" if bare else "all"


class CellWriter:
    """Writes the cells that we add as the file writes its own.

    No cell starts with what a spreadsheet takes for a formula; a character that the encoding does
    not hold becomes a plain one.

    >>> writer = CellWriter(Dialect(";"), Encoding("cp1252"))
    >>> writer.cell("a; b"), writer.cell("=1+1"), writer.cell("Łódź – 办")
    ('"a; b"', "'=1+1", 'Lódz – ?')
    """

    def __init__(self, dialect: Dialect, encoding: Encoding) -> None:
        self._dialect = dialect
        self._encoding = encoding

    def cell(self, text: str) -> str:
        """Write one cell."""
        delimiter, quote, quoting = self._dialect
        text = no_formula(self._held(text))
        if quote is None:
            return re.sub(f"[{re.escape(delimiter)}\r\n]", " ", text)
        must = text.startswith(" ") or any(c in text for c in (delimiter, quote, "\r", "\n"))
        if must or quoting == "all" or (quoting == "text" and not _NUMBER.fullmatch(text)):
            return quote + text.replace(quote, quote * 2) + quote
        return text

    def cells(self, texts: Iterable[str]) -> str:
        """Write cells that follow others: each with the delimiter before it."""
        return "".join(self._dialect.delimiter + self.cell(text) for text in texts)

    def _held(self, text: str) -> str:
        if self._encoding.holds(text):
            return text
        return "".join(c if self._encoding.holds(c) else self._plain(c) for c in text)

    def _plain(self, character: str) -> str:
        if unicodedata.category(character) == "Pd":
            return "-"
        character = _NO_PARTS.get(character, character)
        parts = unicodedata.normalize("NFKD", character)
        plain = "".join(c for c in parts if not unicodedata.combining(c))
        return plain if self._encoding.holds(plain) else "?"


_NO_PARTS: Final = {
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
