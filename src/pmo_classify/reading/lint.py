"""Checks of the tables that ship with the library, and of a user's own table of titles.

All faults are given at once, each with its file, its line and how to fix it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Final

from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.lexicon import TAGS, Lexicon, Tag, WordRow
from pmo_classify.knowledge.listed_titles import RawRow, check_row, read_titles
from pmo_classify.knowledge.roles import OFFICE_NAMES, P3_NAMES, P3_SCOPES, ROLES
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.tokenizer import Tokenizer

__all__ = ["ANSWER", "lint_titles", "lint_words"]

ANSWER: Final = re.compile(
    r"(?:other|delivery|pmo [1-4](?: (?:project|programme|portfolio|enterprise)"
    r"(?:\+(?:programme|portfolio|enterprise))*)?)\??"
)
_MEANINGS: Final = {
    Tag.ROLE: frozenset(ROLES),
    Tag.P3: frozenset(P3_SCOPES),
    Tag.P3_NAME: frozenset(P3_NAMES),
    Tag.OFFICE_NAME: frozenset(OFFICE_NAMES),
}


def lint_titles(
    rows: Sequence[RawRow], tokenizer: Tokenizer, *, sorted_rows: bool
) -> list[TableFault]:
    """Check a table of titles: each row alone, then repeats, contradictions and order.

    ``sorted_rows`` asks for the rows to be in alphabetical order, as in our own table.
    """
    faults: list[TableFault] = []
    for row in rows:
        checked = check_row(row)
        if isinstance(checked, list):
            faults.extend(checked)
        elif sorted_rows and not checked.source:
            fix = "write the career path or the codebook section that decides it"
            faults.append(TableFault(row.file, row.line, "the row has no source", fix))
    faults.extend(_repeats([(r, r.cells.get("title", "")) for r in rows]))
    if sorted_rows:
        faults.extend(_disorder([(r.file, r.line, _sort_key(r.cells["title"])) for r in rows]))
    good = [r for r in rows if not isinstance(check_row(r), list)]
    try:
        read_titles(good, tokenizer)
    except TableError as error:
        faults.extend(error.faults)
    return sorted(faults, key=lambda f: f.line)


def lint_words(rows: Sequence[WordRow]) -> list[TableFault]:
    """Check the tables of words: parts, meanings, examples, repeats over all files, order."""
    faults: list[TableFault] = []
    seen: dict[str, WordRow] = {}
    for row in rows:
        faults.extend(_word_faults(row))
        first = seen.setdefault(row.form, row)
        if first is not row:
            what = f"{row.form!r} stands already in {first.file}:{first.line}"
            faults.append(TableFault(row.file, row.line, what, "keep one of the two"))
    for file in dict.fromkeys(r.file for r in rows):
        of_file = [r for r in rows if r.file == file]
        faults.extend(_disorder([(r.file, r.line, (r.form, r.tag)) for r in of_file]))
    if not faults:
        faults.extend(_unstable_meanings(rows))
    return faults


def _word_faults(row: WordRow) -> Iterable[TableFault]:
    if row.form != " ".join(re.findall(r"[^\W_]+", fold(row.form))) or not row.form:
        yield TableFault(row.file, row.line, f"form {row.form!r} is not folded",
                         "write small letters, no accents, no hyphens, single spaces")  # fmt: skip
    if row.tag not in TAGS:
        yield TableFault(row.file, row.line, f"{row.tag!r} is no tag", "see Tag in lexicon.py")
        return
    allowed = _MEANINGS.get(row.tag)
    if allowed is not None and row.meaning not in allowed:
        yield TableFault(row.file, row.line, f"{row.meaning!r} is no {row.tag}",
                         f"write one of {', '.join(sorted(allowed))}")  # fmt: skip
    if not ANSWER.fullmatch(row.answer):
        yield TableFault(row.file, row.line, f"answer {row.answer!r} cannot be read",
                         "write other, delivery, or pmo with level and scope")  # fmt: skip
    if not _stands_in(row.form, row.example):
        yield TableFault(row.file, row.line, f"the example {row.example!r} lacks {row.form!r}",
                         "give a title that holds the word")  # fmt: skip


def _stands_in(form: str, example: str) -> bool:
    pieces = re.findall(r"[^\W_]+", fold(example))
    wanted = form.split()
    spans = range(len(pieces) - len(wanted) + 1)
    found = any(pieces[i : i + len(wanted)] == wanted for i in spans)
    return found or "".join(wanted) in "".join(pieces)


def _unstable_meanings(rows: Sequence[WordRow]) -> Iterable[TableFault]:
    """A meaning must mean itself, or normalising twice would change the title."""
    lexicon = Lexicon(row.entry for row in rows)
    for row in rows:
        if row.tag not in (
            Tag.ROLE,
            Tag.P3,
            Tag.P3_NAME,
            Tag.OFFICE_NAME,
            Tag.FUNCTION,
        ):
            continue
        pieces = fold(row.meaning).replace("-", " ").split()
        word, length = lexicon.match(pieces, 0)
        if word is None or length != len(pieces) or word.meaning != row.meaning:
            fix = f"add a row whose form is {' '.join(pieces)!r}"
            yield TableFault(row.file, row.line, f"{row.meaning!r} does not mean itself", fix)


def _repeats(rows: Iterable[tuple[RawRow, str]]) -> Iterable[TableFault]:
    seen: dict[str, int] = {}
    for row, title in rows:
        key = " ".join(title.split()).casefold()
        if key and key in seen:
            what = f"{title!r} stands already in line {seen[key]}"
            yield TableFault(row.file, row.line, what, "keep one of the two")
        seen.setdefault(key, row.line)


def _sort_key(title: str) -> tuple[str, str]:
    return title.casefold(), title


def _disorder(rows: Sequence[tuple[str, int, tuple[str, str]]]) -> Iterable[TableFault]:
    for before, after in itertools.pairwise(rows):
        if after[2] < before[2]:
            what = f"{after[2][0]!r} stands after {before[2][0]!r}"
            yield TableFault(after[0], after[1], what, "keep the rows in alphabetical order")
