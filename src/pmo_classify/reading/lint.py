"""Checks of the tables that ship with the library, and of a user's own table of titles.

All faults are returned at once, each with its file, its line and how to fix it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.lexicon import TAGS, TAGS_WITH_MEANING, Lexicon, Tag, WordRow
from pmo_classify.knowledge.listed_titles import RawRow, check_row
from pmo_classify.knowledge.roles import P3_SCOPES, known_roles, management_names, office_names
from pmo_classify.knowledge.tables import ANSWER
from pmo_classify.knowledge.word_parts import PartKind, PartRow
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.normal_form import form_of_title
from pmo_classify.reading.title_index import index_titles
from pmo_classify.reading.tokenizer import Tokenizer

__all__ = ["ANSWER", "lint_parts", "lint_titles", "lint_words"]

_MEANINGS: Final[Mapping[str, Callable[[], Iterable[str]]]] = {
    Tag.ROLE: known_roles,
    Tag.P3: lambda: P3_SCOPES,
    Tag.P3_NAME: management_names,
    Tag.OFFICE_NAME: office_names,
}
_MEANT_BY_ITSELF: Final = frozenset(
    {Tag.FUNCTION, Tag.OFFICE_NAME, Tag.P3, Tag.P3_NAME, Tag.ROLE, Tag.SENIORITY}
)


def lint_titles(rows: Sequence[RawRow], tokenizer: Tokenizer, *, is_ours: bool) -> list[TableFault]:
    """Return the faults of a table of titles: in single rows, repeats and contradictions.

    If the table ``is_ours``, which means that it ships with the library, it must also be in
    alphabetical order, and each row must have its source and its normal form.
    """
    faults: list[TableFault] = []
    for row in rows:
        checked = check_row(row)
        if isinstance(checked, list):
            faults.extend(checked)
        elif is_ours:
            faults.extend(_faults_of_ours(row))
    faults.extend(_repeats([(r, r.cells.get("title", "")) for r in rows]))
    if is_ours:
        faults.extend(_disorder([(r.file, r.line, _sort_key(r.cells["title"])) for r in rows]))
    good = [r for r in rows if not isinstance(check_row(r), list)]
    try:
        index_titles(good, tokenizer)
    except TableError as error:
        faults.extend(error.faults)
    return sorted(faults, key=lambda f: f.line)


def _faults_of_ours(row: RawRow) -> Iterable[TableFault]:
    if not row.cells.get("source"):
        fix = "write the career path or the codebook section that decides it"
        yield TableFault(row.file, row.line, "the row has no source", fix)
    form = form_of_title(row.cells["title"])
    if row.cells.get("normal_form") != form:
        what = f"the normal form of {row.cells['title']!r} is wrong"
        yield TableFault(row.file, row.line, what, f"write {form!r} in its last cell")


def lint_words(rows: Sequence[WordRow]) -> list[TableFault]:
    """Return the faults of the tables of words: in single rows, repeats in a language, order."""
    faults: list[TableFault] = []
    seen: dict[tuple[str, str], WordRow] = {}
    for row in rows:
        faults.extend(_word_faults(row))
        first = seen.setdefault((row.language, row.form), row)
        if first is not row:
            what = f"{row.form!r} is already in {first.file}:{first.line}"
            faults.append(TableFault(row.file, row.line, what, "keep one of the two"))
    for file in dict.fromkeys(r.file for r in rows):
        of_file = [r for r in rows if r.file == file]
        faults.extend(_disorder([(r.file, r.line, (r.form, r.tag)) for r in of_file]))
    if not faults:
        faults.extend(_unknown_meanings(rows))
    return faults


def lint_parts(rows: Sequence[PartRow], languages: Collection[str]) -> list[TableFault]:
    """Return the faults of the table of word parts; ``languages`` have tables of words."""
    faults: list[TableFault] = []
    seen: dict[tuple[str, str], PartRow] = {}
    for row in rows:
        for what, fix in _part_faults(row, languages):
            faults.append(TableFault(row.file, row.line, what, fix))
        first = seen.setdefault((row.kind, row.part), row)
        if first is not row:
            what = f"{row.part!r} is already in line {first.line}"
            faults.append(TableFault(row.file, row.line, what, "keep one of the two"))
    faults.extend(_disorder([(r.file, r.line, (r.kind, r.part)) for r in rows]))
    return faults


def _part_faults(row: PartRow, languages: Collection[str]) -> Iterable[tuple[str, str]]:
    kinds = [kind.value for kind in PartKind]
    if row.kind not in kinds:
        yield f"kind {row.kind!r} is not known", f"write one of {', '.join(kinds)}"
    if row.language not in languages:
        fix = f"write one of {', '.join(sorted(languages))}"
        yield f"there is no table of words for the language {row.language!r}", fix
    yield from _example_faults(row.part, row.example, row.answer)


def _word_faults(row: WordRow) -> list[TableFault]:
    found = [*_form_faults(row), *_meaning_faults(row)]
    found += _example_faults(row.form, row.example, row.answer)
    return [TableFault(row.file, row.line, what, fix) for what, fix in found]


def _form_faults(row: WordRow) -> Iterable[tuple[str, str]]:
    if row.form != " ".join(re.findall(r"[^\W_]+", fold(row.form))) or not row.form:
        yield (f"form {row.form!r} is not in its plain form",
               "use lower case, no accents, no hyphens, single spaces")  # fmt: skip


def _meaning_faults(row: WordRow) -> Iterable[tuple[str, str]]:
    if row.tag not in TAGS:
        yield f"tag {row.tag!r} is not known", f"write one of {', '.join(sorted(TAGS))}"
        return
    if row.meaning == row.form:
        yield f"the meaning {row.form!r} is the same as the form", "leave the meaning empty"
    elif row.meaning and row.tag not in TAGS_WITH_MEANING:
        yield f"the meaning of a {row.tag} is not used", "leave the meaning empty"
    meaning = row.meaning or row.form
    allowed = set(_MEANINGS[row.tag]()) if row.tag in _MEANINGS else {meaning}
    if meaning not in allowed:
        yield f"{meaning!r} is not a known {row.tag}", f"write one of {', '.join(sorted(allowed))}"


def _example_faults(form: str, example: str, answer: str) -> Iterable[tuple[str, str]]:
    if not ANSWER.fullmatch(answer):
        fix = "write other, delivery, or pmo with level and scope"
        yield f"answer {answer!r} cannot be read", fix
    if not _is_in(form, example):
        yield f"the example {example!r} does not contain {form!r}", "write a title that does"


def _is_in(form: str, example: str) -> bool:
    pieces = re.findall(r"[^\W_]+", fold(example))
    wanted = form.split()
    spans = range(len(pieces) - len(wanted) + 1)
    found = any(pieces[i : i + len(wanted)] == wanted for i in spans)
    return found or "".join(wanted) in "".join(pieces)


def _unknown_meanings(rows: Sequence[WordRow]) -> Iterable[TableFault]:
    """Yield a fault for each meaning that the tables do not read as that same meaning.

    Normalising a title with such a word twice would change it again.
    """
    lexicon = Lexicon.of_rows(rows)
    for row in rows:
        if row.tag == Tag.ABBREVIATION:
            unknown = [
                p for p in fold(row.meaning).replace("-", " ").split() if not lexicon.knows(p)
            ]
            if unknown or not row.meaning:
                what = f"the meaning {row.meaning!r} of {row.form!r} is not made of known words"
                yield TableFault(row.file, row.line, what, "write it in words of the tables")
        elif row.tag in _MEANT_BY_ITSELF:
            meaning = row.meaning or row.form
            pieces = fold(meaning).replace("-", " ").split()
            word, length = lexicon.match(pieces, 0)
            if word is None or length != len(pieces) or word.meaning != meaning:
                fix = f"add a row whose form is {' '.join(pieces)!r}"
                yield TableFault(row.file, row.line, f"no row lists the meaning {meaning!r}", fix)


def _repeats(rows: Iterable[tuple[RawRow, str]]) -> Iterable[TableFault]:
    seen: dict[str, int] = {}
    for row, title in rows:
        key = " ".join(title.split()).casefold()
        if key and key in seen:
            what = f"{title!r} is already in line {seen[key]}"
            yield TableFault(row.file, row.line, what, "keep one of the two")
        seen.setdefault(key, row.line)


def _sort_key(title: str) -> tuple[str, str]:
    return title.casefold(), title


def _disorder(rows: Sequence[tuple[str, int, tuple[str, str]]]) -> Iterable[TableFault]:
    for before, after in itertools.pairwise(rows):
        if after[2] < before[2]:
            what = f"{after[2][0]!r} comes after {before[2][0]!r}"
            yield TableFault(after[0], after[1], what, "keep the rows in alphabetical order")
