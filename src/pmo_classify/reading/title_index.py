"""The listed titles by their normal form: those that ship with the library, and a user's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pmo_classify.classification import Token
from pmo_classify.errors import TableError, TableFault
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.listed_titles import (
    ListedTitle,
    RawRow,
    check_row,
    read_listed_rows,
)
from pmo_classify.reading.cleaning import clean_text
from pmo_classify.reading.forms import Form
from pmo_classify.reading.normal_form import (
    NormalForm,
    british_spellings,
    form_of_title,
    normal_form,
)
from pmo_classify.reading.tokenizer import PlacedForm, Tokenizer, first_word

__all__ = ["ListedAs", "TitleIndex", "TitleTable", "index_titles", "listed_titles"]

TitleTable = Mapping[NormalForm, ListedTitle]


class ListedAs(NamedTuple):
    """A title of a table, and whether the table is the user's own."""

    title: ListedTitle
    is_own: bool


class TitleIndex:
    """Finds a tokenized title in the tables; the user's own titles override the others."""

    def __init__(self, listed: TitleTable, own: TitleTable) -> None:
        self._titles = {form: ListedAs(title, is_own=False) for form, title in listed.items()}
        self._titles |= {form: ListedAs(title, is_own=True) for form, title in own.items()}
        forms = [form.split(" ") for form in self._titles]
        self._first_words = _in_any_spelling(form[0] for form in forms)
        self._last_words = _in_any_spelling(form[-1] for form in forms)

    def may_hold(self, words: Sequence[PlacedForm]) -> bool:
        """Return whether a listed title may have the first and last of these words."""
        first, last = first_word(words), first_word(reversed(words))
        if first is None or last is None:
            return True
        return _may_be(first, self._first_words, 0) and _may_be(last, self._last_words, -1)

    def find(self, tokens: Sequence[Token]) -> ListedAs | None:
        """Return the listed title, found by its own spelling or else by the repaired one."""
        found = self._titles.get(normal_form(tokens))
        if found is None and any(token.is_repaired for token in tokens):
            found = self._titles.get(normal_form(tokens, repaired=True))
        return found


def _in_any_spelling(words: Iterable[str]) -> frozenset[str]:
    """Return words with the American spellings of those that are British."""
    known = frozenset(words)
    return known.union(
        american for american, british in british_spellings().items() if british in known
    )


def _may_be(form: Form, words: frozenset[str], at: int) -> bool:
    """Return whether the first or last part of a form may be one of the words of normal forms."""
    if form.tag == Tag.ABBREVIATION:
        return True
    return form.written.split(" ")[at] in words or form.meaning.split(" ")[at] in words


def index_titles(rows: Iterable[RawRow], tokenizer: Tokenizer) -> TitleTable:
    """Return the titles of rows by their normal form, after a check of each row.

    If rows are faulty, a ``TableError`` lists all faults.
    """

    def form_of(row: RawRow) -> NormalForm:
        clean = clean_text(row.cells["title"])
        return normal_form([] if clean.is_blank else tokenizer.tokenize(clean.text))

    return _index(rows, form_of)


def _index(rows: Iterable[RawRow], form_of: Callable[[RawRow], NormalForm]) -> TitleTable:
    table: dict[NormalForm, ListedTitle] = {}
    faults: list[TableFault] = []
    for row in rows:
        checked = check_row(row)
        if isinstance(checked, list):
            faults.extend(checked)
            continue
        form = form_of(row)
        if not form:
            what = f"the title {checked.title!r} has no letters or digits"
            fix = "write a title with words, or delete the row"
            faults.append(TableFault(row.file, row.line, what, fix))
            continue
        other = table.setdefault(form, checked)
        if other.answer != checked.answer:
            what = f"{checked.title!r} contradicts {other.title!r} in line {other.line}"
            fix = f"both are read as {form!r}, so give them the same answer, or delete one"
            faults.append(TableFault(row.file, row.line, what, fix))
        elif (checked.title, checked.source) < (other.title, other.source):
            # Of several rows with the same answer the first in this order is kept, wherever it is.
            table[form] = checked
    if faults:
        raise TableError(faults)
    return table


@cache
def listed_titles() -> TitleTable:
    """Return the titles that ship with the library by their normal form; they are read only once.

    Their normal forms are in the table, because computing them would double the time to start;
    ``lint_titles`` checks them. A new row may leave its normal form empty.
    """
    return _index(read_listed_rows(), _listed_form)


def _listed_form(row: RawRow) -> NormalForm:
    written = row.cells.get("normal_form")
    return NormalForm(written) if written else form_of_title(row.cells["title"])
