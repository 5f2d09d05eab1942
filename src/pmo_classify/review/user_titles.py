"""A user's own table of titles: new answers go in, and the rest stays as it was."""

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
    delimiter_of,
    read_title_rows,
)
from pmo_classify.reading.cleaning import clean_text
from pmo_classify.reading.normal_form import NormalForm, form_of_title
from pmo_classify.reading.title_index import index_titles
from pmo_classify.reading.tokenizer import default_tokenizer

__all__ = ["Merged", "merge_titles"]

_BOM: Final = b"\xef\xbb\xbf"

_ANSWER: Final = slice(1, 5)
"""Track, level, scope and ambiguity of a ``ListedTitle``."""

Cells = dict[str, str]


class Merged(NamedTuple):
    """How many answers were ``added``, replaced an old one (``changed``), or were there already."""

    added: int
    changed: int
    unchanged: int


def merge_titles(path: Path, answers: Iterable[ListedTitle]) -> Merged:
    """Put answers into a CSV of titles, which is created if missing.

    A title that the table has under any spelling gets the new answer in its old row; new titles
    follow at the end. All other rows and columns stay. The file is written whole or not at all,
    and only if something changes. A ``TableError`` lists rows that were faulty before.
    """
    rows = _sound_rows(path) if path.exists() else []
    places: dict[NormalForm, list[int]] = {}
    for place, (cells, _) in enumerate(rows):
        places.setdefault(form_of_title(cells["title"]), []).append(place)
    added: list[Cells] = []
    changed = unchanged = 0
    for answer in answers:
        new = _cells(answer)
        old = places.get(form_of_title(answer.title), [])
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
    """Read the table with its answers; raise what ``label`` would raise for it."""
    rows = read_title_rows(path)
    index_titles(rows, default_tokenizer())
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
    """Return a title that no spreadsheet takes for a formula, and that is found as before.

    >>> _plain_title("=PMO Analyst"), _plain_title("PMO\\n Analyst")
    ('PMO Analyst', 'PMO Analyst')
    """
    key = form_of_title(title)
    for text in (title, clean_text(title).text):
        line = " ".join(text.split())
        bare = line.lstrip(" ".join(FORMULA_STARTS))
        if bare and form_of_title(bare) == key:
            return bare
    return _plain(title)


def _plain(text: str) -> str:
    return escape_formula(" ".join(text.split()))


def _write(path: Path, rows: list[Cells]) -> None:
    """Write the table with the byte order mark, delimiter and line ends that it had before."""
    before = path.read_bytes() if path.exists() else b""
    extra = dict.fromkeys(name for row in rows for name in row if name not in COLUMNS)
    out = io.StringIO()
    end = "\r\n" if b"\r\n" in before else "\n"
    header = [*COLUMNS, *extra]
    delimiter = delimiter_of(before.decode("utf-8", "replace"))
    writer = csv.DictWriter(out, header, restval="", lineterminator=end, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    with atomic_write(path) as raw:
        raw.write(_BOM if before.startswith(_BOM) else b"")
        raw.write(out.getvalue().encode("utf-8", "replace"))
