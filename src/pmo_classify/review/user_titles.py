"""A user's own table of titles: putting new answers into it, and keeping the rest as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.files.csv.writer import FORMULA_STARTS, escape_formula
from pmo_classify.files.output import atomic_write
from pmo_classify.knowledge.listed_titles import (
    COLUMNS,
    ListedTitle,
    check_row,
    read_title_rows,
    read_titles,
)
from pmo_classify.reading.cleaning import clean
from pmo_classify.reading.tokenizer import NormalisedTitle, default_tokenizer

__all__ = ["Merged", "merge_titles", "title_key"]

_BOM: Final = b"\xef\xbb\xbf"

_ANSWER: Final = slice(1, 5)
"""Track, level, scope and ambiguity of a ``ListedTitle``."""

Cells = dict[str, str]


class Merged(NamedTuple):
    """How many of the given answers were ``added``, ``changed`` one, or stood there already."""

    added: int
    changed: int
    unchanged: int


def title_key(title: str) -> NormalisedTitle:
    """Give the form under which a title is found in a table; one key, one answer.

    >>> title_key("PROGRAM COORDINATOR - London") == title_key("Programme Co-ordinator")
    True
    """
    tokenizer = default_tokenizer()
    return tokenizer.key(clean(title).text)


def merge_titles(path: Path, answers: Iterable[ListedTitle]) -> Merged:
    """Put answers into a CSV of titles, or make it.

    A title that the table has under any spelling gets the new answer in its old place; new ones
    follow at the end. All other rows and columns stay. The file is written whole or not at all,
    and not at all where nothing changes. A ``TableError`` lists the faulty rows that stood in it.
    """
    rows = _sound_rows(path) if path.exists() else []
    places: dict[NormalisedTitle, list[int]] = {}
    for place, (cells, _) in enumerate(rows):
        places.setdefault(title_key(cells["title"]), []).append(place)
    added: list[Cells] = []
    changed = unchanged = 0
    for answer in answers:
        new = _cells(answer)
        old = places.get(title_key(answer.title), [])
        if not old:
            added.append(new)
        elif all(rows[place][1][_ANSWER] == answer[_ANSWER] for place in old):
            unchanged += 1
        else:
            changed += 1
            for place in old:
                rows[place][0].update({name: new[name] for name in COLUMNS if name != "title"})
    if added or changed or not path.exists():
        _write(path, [*(cells for cells, _ in rows), *added])
    return Merged(len(added), changed, unchanged)


def _sound_rows(path: Path) -> list[tuple[Cells, ListedTitle]]:
    """Read the table with its answers, and refuse it where ``label`` would."""
    rows = read_title_rows(path)
    read_titles(rows, default_tokenizer())
    return [
        (dict(row.cells), checked)
        for row in rows
        if isinstance(checked := check_row(row), ListedTitle)
    ]


def _cells(answer: ListedTitle) -> Cells:
    return {
        "title": _plain_title(answer.title),
        "track": str(answer.track),
        "level": "" if answer.level is None else str(int(answer.level)),
        "scope": str(answer.scope),
        "ambiguous": str(int(answer.ambiguous)),
        "source": _plain(answer.source),
    }


def _plain_title(title: str) -> str:
    """Write a title so that no spreadsheet takes it for a formula, and it is found as before.

    >>> _plain_title("=PMO Analyst"), _plain_title("PMO\\n Analyst")
    ('PMO Analyst', 'PMO Analyst')
    """
    key = title_key(title)
    for text in (title, clean(title).text):
        line = " ".join(text.split())
        bare = line.lstrip(" ".join(FORMULA_STARTS))
        if bare and title_key(bare) == key:
            return bare
    return _plain(title)


def _plain(text: str) -> str:
    return escape_formula(" ".join(text.split()))


def _write(path: Path, rows: list[Cells]) -> None:
    """Write the table as it was saved before: with its byte order mark and line ends."""
    before = path.read_bytes() if path.exists() else b""
    extra = dict.fromkeys(name for row in rows for name in row if name not in COLUMNS)
    out = io.StringIO()
    end = "\r\n" if b"\r\n" in before else "\n"
    writer = csv.DictWriter(out, [*COLUMNS, *extra], restval="", lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    with atomic_write(path) as raw:
        raw.write(_BOM if before.startswith(_BOM) else b"")
        raw.write(out.getvalue().encode("utf-8", "replace"))
