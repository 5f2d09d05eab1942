"""The dialect of delimited text, found from its first records."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final, TypeAlias

from pmo_classify.errors import FileError
from pmo_classify.files.csv.records import Dialect, read_records

__all__ = ["NUMBER", "SAMPLE_LENGTH", "HeaderTest", "delimiter_name", "find_dialect"]

SAMPLE_LENGTH: Final = 1 << 18
"""Characters at the start of a text from which its dialect is found."""

_SAMPLE_RECORDS: Final = 100
# A list of titles often has commas inside them, and is no table.
_USUAL: Final = {".txt": "\t", ".tsv": "\t", ".tab": "\t", ".psv": "|", ".ssv": ";"}
_USUAL_BONUS: Final = 1.1
_HEADER_BONUS: Final = 3.0
_HEADER_WITHIN: Final = 20
_DELIMITERS: Final = (",", ";", "\t", "|", "^", "~", "\x1f", "\x01", "¦", "§")
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "^": "caret"}
_LEAST_SHARE: Final = 0.5
_ALL_PROSE: Final = 0.5
_DELIMITER_LINE: Final = re.compile(r"\"?sep=([^\w\r\n\"])\"?[\r\n]", re.IGNORECASE)

NUMBER: Final = re.compile(r"[-+]?[\d.,]*\d[%]?")
"""A cell that files leave unquoted where they quote all texts."""

HeaderTest: TypeAlias = Callable[[str], bool]
"""Returns whether a cell is a column name that the caller expects in the header."""


def delimiter_name(delimiter: str) -> str:
    """Return the name of a delimiter for messages.

    >>> delimiter_name(";"), delimiter_name("\\x01")
    ('semicolon', "'\\\\x01'")
    """
    return _NAMES.get(delimiter, repr(delimiter))


def find_dialect(sample: str, ending: str, is_header: HeaderTest | None = None) -> Dialect:
    """Return the dialect of a text, found from its first records.

    The delimiter that splits most records into the same number of cells wins, whatever is above
    the header; a line ``sep=;`` at the top decides at once. If there is none, it is the usual one
    for the file's ending. ``is_header`` helps where the caller knows some of the column names.

    >>> find_dialect("Export of 3 May\\n\\nid;title;pay\\n1;PMO Lead, Leeds;3,5\\n", ".csv")
    Dialect(delimiter=';', quote='"', quoting='needed')
    >>> find_dialect("'id'|'title'\\n'1'|'PMO Lead'\\n", ".txt")
    Dialect(delimiter='|', quote="'", quoting='all')
    """
    stated = _DELIMITER_LINE.match(sample)
    usual = _USUAL.get(ending.lower(), ",")
    if stated:
        return _with_quotes(sample, stated[1])
    scored = [(_score(sample, Dialect(d), usual, is_header), d) for d in _DELIMITERS if d in sample]
    best, delimiter = max(scored, default=(0.0, usual), key=lambda pair: pair[0])
    return _with_quotes(sample, delimiter if best else usual)


def _with_quotes(sample: str, delimiter: str) -> Dialect:
    """Return the dialect with the quote of its cells, and which cells have it."""
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
    """Return whether each cell that starts with a quote ends with one."""
    quote = dialect.quote or ""
    rows = _sample_rows(sample, dialect)
    return rows is not None and all(
        len(cell) > 1 and cell.endswith(quote)
        for row in rows
        for cell in row
        if cell.startswith(quote)
    )


def _sample_rows(sample: str, dialect: Dialect) -> list[list[str]] | None:
    """Return the cells of the first records that are not blank; None if a quote never closes."""
    lines = io.StringIO(sample, newline="").readlines()
    is_truncated = len(sample) >= SAMPLE_LENGTH
    if is_truncated and len(lines) > 1:
        lines.pop()
    rows = []
    try:
        for cells, raw_text, _ in islice(read_records(lines, dialect, ""), _SAMPLE_RECORDS):
            if raw_text.strip():
                rows.append(cells)
    except FileError:
        # A cell that is open at the end of the sample may close later.
        return rows if is_truncated else None
    return rows


def _score(sample: str, dialect: Dialect, usual: str, is_header: HeaderTest | None) -> float:
    """Return how well a dialect fits: by equal widths, prose and the header; 0 if not at all."""
    # A quote that never closes is an error later; the delimiter is found without quotes.
    plain = Dialect(dialect.delimiter, None)
    rows = _sample_rows(sample, dialect) or _sample_rows(sample, plain) or []
    widths = [len(row) for row in rows]
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0
    width = max(counts, key=lambda w: (counts[w] * (w - 1) / w, w))
    start = next(i for i, w in enumerate(widths) if w >= width)
    is_headed = is_header is not None and any(
        len(row) > 1 and any(map(is_header, row)) for row in rows[:_HEADER_WITHIN]
    )
    if counts[width] < _LEAST_SHARE * (len(widths) - start) and not is_headed:
        return 0.0
    # Rows above the header lower the score, and rows of another width count for a half.
    likeness = (counts[width] + (counts.total() - counts[width]) / 2) / len(widths)
    no_prose = _not_prose(rows)
    if usual == "\t" and no_prose <= _ALL_PROSE and not is_headed:
        # The commas of a list of titles.
        return 0.0
    score = likeness * (width - 1) / width * no_prose
    if dialect.delimiter == usual:
        score *= _USUAL_BONUS
    return score * _HEADER_BONUS if is_headed else score


def _not_prose(rows: Iterable[list[str]]) -> float:
    """Return a factor from 0.5 to 1, low if spaces follow the delimiter as in a sentence."""
    later = [cell for row in rows for cell in row[1:]]
    return 1 - sum(cell.startswith(" ") for cell in later) / (2 * len(later) or 1)


def _quoting(sample: str, dialect: Dialect) -> str:
    rows = _sample_rows(sample, dialect) or []
    least = min(2, max(map(len, rows), default=0))
    filled = [cell for row in rows if len(row) >= least for cell in row if cell.strip()]
    bare = [cell for cell in filled if not cell.startswith(dialect.quote or "\n")]
    if not filled or any(not NUMBER.fullmatch(cell) for cell in bare):
        return "needed"
    if len(bare) == len(filled):
        return "needed"
    return "text" if bare else "all"
