"""What other classifications call the levels of the ladder: codes, with the source of each.

The codes stand in ``data/crosswalk.csv``: a new one is a row there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from pmo_classify.errors import TableFault
from pmo_classify.knowledge.tables import read_shipped_rows

__all__ = ["MATCHES", "SCHEMES", "Code", "codes_for", "lint_codes", "read_code_rows"]

SCHEMES: Final = {
    "ESCO": r"\d{4}(?:\.\d+)+",
    "ISCO-08": r"\d{4}",
    "O*NET-SOC": r"\d\d-\d{4}\.\d\d",
    "SFIA": r"[A-Z]{4} [1-7]",
    "UK SOC 2020": r"\d{4}",
}
"""The classifications that are known, with what a code of each looks like."""

MATCHES: Final = ("exact", "broader", "narrower", "related", "none")
"""How a code stands to the level: it holds the same jobs, more, fewer, some of them, or none."""

KEYS: Final = ("1", "2", "3", "4", "delivery")
_COLUMNS: Final = (
    "for", "scheme", "code", "title", "match", "note", "source", "url", "read_in", "checked",
)  # fmt: skip
_READ_IN: Final = ("source", "copy")
_DATE: Final = r"\d{4}-\d\d-\d\d"
_FILE: Final = "crosswalk.csv"


class Code(NamedTuple):
    """A code of another classification.

    ``match`` is one of ``MATCHES``, and ``note`` says why. ``source`` and ``url`` name the
    publisher and where to look it up; ``checked`` is the day (YYYY-MM-DD) on which code and title
    were last compared, in the source itself or in a public copy of it, as ``read_in`` says. The
    match is our own judgement.
    """

    scheme: str
    code: str
    title: str
    match: str
    note: str
    source: str
    url: str
    read_in: str
    checked: str

    def as_dict(self) -> dict[str, str]:
        """Give plain JSON types."""
        return self._asdict()


def codes_for(key: str) -> tuple[Code, ...]:
    """Give the codes for a level, "1" to "4", or for the track "delivery"; none for any other.

    >>> [(code.scheme, code.code, code.match) for code in codes_for("4")]
    [('SFIA', 'PROF 6', 'related')]
    >>> codes_for("other")
    ()
    """
    return _codes().get(key, ())


@cache
def _codes() -> dict[str, tuple[Code, ...]]:
    found: dict[str, tuple[Code, ...]] = {}
    for _, row in read_code_rows():
        code = Code(*(row[name] for name in _COLUMNS[1:]))
        found[row["for"]] = (*found.get(row["for"], ()), code)
    return found


def read_code_rows() -> Iterator[tuple[int, Mapping[str, str]]]:
    """Read the rows of the table that ships with the library, each with its line, unchecked."""
    for line, cells in enumerate(read_shipped_rows(_FILE), start=2):
        yield line, dict(zip(_COLUMNS, cells, strict=False))


def lint_codes(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[TableFault]:
    """Check a table of codes: each row alone, then repeats and order; all faults at once.

    >>> [fault.what for fault in lint_codes([(2, {"for": "5", "scheme": "SFIA"})])][:2]
    ["'5' is no level or track with codes", "SFIA code '' is not written as it should be"]
    """
    held = [(line, {name: row.get(name) or "" for name in _COLUMNS}) for line, row in rows]
    faults = [fault for line, row in held for fault in _row_faults(line, row)]
    keys = [(line, (row["for"], row["scheme"], row["code"])) for line, row in held]
    for (_, before), (line, after) in pairwise(keys):
        if after == before:
            what = f"{' '.join(after)} stands already in the line above"
            faults.append(TableFault(_FILE, line, what, "keep one of the two"))
        elif after < before:
            what = f"{' '.join(after)} stands after {' '.join(before)}"
            faults.append(TableFault(_FILE, line, what, "sort by for, scheme and code"))
    return sorted(faults, key=lambda fault: fault.line)


def _row_faults(line: int, row: Mapping[str, str]) -> Iterator[TableFault]:
    scheme = SCHEMES.get(row["scheme"])
    if row["for"] not in KEYS:
        what = f"{row['for']!r} is no level or track with codes"
        yield TableFault(_FILE, line, what, f"write one of {', '.join(KEYS)}")
    if scheme is None:
        what = f"{row['scheme']!r} is no known scheme"
        yield TableFault(_FILE, line, what, f"write one of {', '.join(SCHEMES)}")
    elif not re.fullmatch(scheme, row["code"]):
        what = f"{row['scheme']} code {row['code']!r} is not written as it should be"
        yield TableFault(_FILE, line, what, f"write it like {scheme}")
    if row["match"] not in MATCHES:
        what = f"{row['match']!r} is no match"
        yield TableFault(_FILE, line, what, f"write one of {', '.join(MATCHES)}")
    for name in ("title", "note", "source"):
        if not row[name].strip():
            yield TableFault(_FILE, line, f"the row has no {name}", "write it, or drop the row")
    if not row["url"].startswith("https://"):
        yield TableFault(_FILE, line, f"url {row['url']!r} is no address", "write https://...")
    if row["read_in"] not in _READ_IN:
        what = f"read_in {row['read_in']!r} says not where it was read"
        yield TableFault(_FILE, line, what, f"write {' or '.join(_READ_IN)}")
    if not re.fullmatch(_DATE, row["checked"]):
        what = f"checked {row['checked']!r} is no day"
        yield TableFault(_FILE, line, what, "write the day as YYYY-MM-DD")
