"""The codes of other classifications for the levels of the ladder, each with its source.

They are the rows of ``data/crosswalk.csv``; to add a code, add a row.
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
"""The known classifications, each with the pattern that its codes match."""

MATCHES: Final = ("exact", "broader", "narrower", "related", "none")
"""How the jobs of a code compare with those of a level: the same, more, fewer, some, or none."""

KEYS: Final = ("1", "2", "3", "4", "delivery")
_COLUMNS: Final = (
    "for", "scheme", "code", "title", "match", "note", "source", "url", "read_in", "checked",
)  # fmt: skip
_READ_IN: Final = ("source", "copy")
_DATE: Final = r"\d{4}-\d\d-\d\d"
_FILE: Final = "crosswalk.csv"


class Code(NamedTuple):
    """A code of another classification.

    ``match`` is one of ``MATCHES``; it is a judgement of this library, and ``note`` gives the
    reason. ``source`` and ``url`` say who publishes the code and where to look it up. ``checked``
    is the date (YYYY-MM-DD) on which code and title were last compared with the source itself, or
    with a public copy of it; ``read_in`` says which of the two.
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
        """Return the code as plain JSON types."""
        return self._asdict()


def codes_for(key: str) -> tuple[Code, ...]:
    """Return the codes for a level, "1" to "4", or for the track "delivery"; other keys have none.

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
    """Yield the rows of the table that ships with the library with their lines, unchecked."""
    for line, cells in enumerate(read_shipped_rows(_FILE), start=2):
        yield line, dict(zip(_COLUMNS, cells, strict=False))


def lint_codes(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[TableFault]:
    """Return every fault of a table of codes: in single rows, repeated rows, and their order.

    >>> [fault.what for fault in lint_codes([(2, {"for": "5", "scheme": "SFIA"})])][:2]
    ["'5' is not a level or track with codes", "SFIA code '' has the wrong form"]
    """
    complete = [(line, {name: row.get(name) or "" for name in _COLUMNS}) for line, row in rows]
    faults = [fault for line, row in complete for fault in _row_faults(line, row)]
    keys = [(line, (row["for"], row["scheme"], row["code"])) for line, row in complete]
    for (_, before), (line, after) in pairwise(keys):
        if after == before:
            what = f"{' '.join(after)} is already in the line above"
            faults.append(TableFault(_FILE, line, what, "keep one of the two"))
        elif after < before:
            what = f"{' '.join(after)} comes after {' '.join(before)}"
            faults.append(TableFault(_FILE, line, what, "sort by for, scheme and code"))
    return sorted(faults, key=lambda fault: fault.line)


def _row_faults(line: int, row: Mapping[str, str]) -> Iterator[TableFault]:
    scheme = SCHEMES.get(row["scheme"])
    if row["for"] not in KEYS:
        what = f"{row['for']!r} is not a level or track with codes"
        yield TableFault(_FILE, line, what, f"write one of {', '.join(KEYS)}")
    if scheme is None:
        what = f"{row['scheme']!r} is not a known scheme"
        yield TableFault(_FILE, line, what, f"write one of {', '.join(SCHEMES)}")
    elif not re.fullmatch(scheme, row["code"]):
        what = f"{row['scheme']} code {row['code']!r} has the wrong form"
        yield TableFault(_FILE, line, what, f"write it as the pattern {scheme}")
    if row["match"] not in MATCHES:
        what = f"{row['match']!r} is not a kind of match"
        yield TableFault(_FILE, line, what, f"write one of {', '.join(MATCHES)}")
    for name in ("title", "note", "source"):
        if not row[name].strip():
            yield TableFault(_FILE, line, f"the row has no {name}", "write it, or drop the row")
    if not row["url"].startswith("https://"):
        yield TableFault(_FILE, line, f"url {row['url']!r} is not an address", "write https://...")
    if row["read_in"] not in _READ_IN:
        what = f"read_in {row['read_in']!r} does not say where it was read"
        yield TableFault(_FILE, line, what, f"write {' or '.join(_READ_IN)}")
    if not re.fullmatch(_DATE, row["checked"]):
        what = f"checked {row['checked']!r} is not a date"
        yield TableFault(_FILE, line, what, "write the date as YYYY-MM-DD")
