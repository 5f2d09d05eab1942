"""The normal form of a title, by which titles are looked up in the tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final, NewType

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.reading.cleaning import clean_text
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.tokenizer import IGNORED, SEPARATORS, default_tokenizer
from pmo_classify.thresholds import MAX_PASSES, MAX_TITLE_LENGTH

__all__ = ["NormalForm", "british_spellings", "form_of_title", "normal_form", "normalise"]

NormalForm = NewType("NormalForm", str)
"""A title in its normal form; a type of its own, so that a type checker rejects other text."""

_WRITTEN_BY_MEANING: Final = frozenset(
    {
        Tag.P3,
        Tag.P3_NAME,
        Tag.OFFICE_NAME,
        Tag.OFFICE,
        Tag.OFFICE_KIND,
        Tag.MANAGEMENT,
        Tag.SERVICES,
        Tag.ROLE,
        Tag.SENIORITY,
        Tag.LEARNER,
        Tag.FUNCTION,
        Tag.DEVELOPMENT,
        Tag.LINK,
        Tag.JOIN,
    }
)
"""Tags of words that are replaced by their meaning: "Mgr" by "manager"."""


def normal_form(tokens: Iterable[Token], *, repaired: bool = False) -> NormalForm:
    """Return the normal form of a tokenized title; noise is left out.

    ``repaired=True`` writes misspelt words in their repaired spelling, not in the original one.
    """
    words: list[str] = []
    separator = ""
    previous: Token | None = None
    for token in tokens:
        text = _text_of(token)
        if token.is_repaired and not repaired and text:
            # The words of a misspelt abbreviation were written as one.
            text = "" if _are_one(previous, token) else token.written
        previous = token
        if token.tag in SEPARATORS:
            separator = text
        elif text:
            # Of several separators in a row only the last counts, and those at either end do not.
            if separator and words:
                words.append(separator)
            words.append(text)
            separator = ""
    return NormalForm(" ".join(words))


def _are_one(previous: Token | None, token: Token) -> bool:
    return previous is not None and (previous.start, previous.written) == (
        token.start,
        token.written,
    )


def _text_of(token: Token) -> str:
    if token.tag == SLASH or token.meaning == "|":
        # "Project Manager | PMO" joins two titles, as a slash does.
        return "/"
    if token.tag == BREAK:
        return ","
    if token.tag in IGNORED or (token.tag == Tag.SENIORITY and token.meaning == "grade"):
        return ""
    if token.tag in _WRITTEN_BY_MEANING:
        return token.meaning
    british, written = british_spellings(), token.written
    if " " not in written:
        return british.get(written, written)
    return " ".join([british.get(word, word) for word in written.split()])


@cache
def british_spellings() -> dict[str, str]:
    """Return the British spelling of American words that the tables of words do not list."""
    return dict(read_shipped_rows("british.csv"))


def normalise(title: str) -> NormalForm:
    """Return a title in lower case, with British spelling and without abbreviations and noise.

    >>> normalise("URGENT - Snr Prog. Office Coord (12 month contract), Leeds, £40k")
    'senior programme office co-ordinator'
    >>> normalise("P.M.O. Mgr"), normalise("Manager, PMO")
    ('pmo manager', 'manager , pmo')

    Normalising a second time changes nothing, and a title with words is never emptied:

    >>> normalise("London"), normalise("Urgent!")
    ('london', 'urgent')

    Misspelt words stay as they are; ``classify`` repairs them, and says so. The form has at most
    1,000 characters, because only so many characters of a title are read.
    """
    form = form_of_title(title)
    for _ in range(MAX_PASSES):
        # Words that noise kept apart may now be side by side and mean something else.
        again = _form_of(form)
        if again == form:
            break
        form = again
    return form


def form_of_title(title: str) -> NormalForm:
    """Return the normal form by which a title is looked up in a table.

    >>> form_of_title("PROGRAM COORDINATOR - London") == form_of_title("Programme Co-ordinator")
    True
    """
    clean = clean_text(title)
    return NormalForm("") if clean.is_blank else _form_of(clean.text)


def _form_of(text: str) -> NormalForm:
    return _within_limit(normal_form(default_tokenizer().tokenize(text)))


def _within_limit(form: NormalForm) -> NormalForm:
    """Return the whole words within the limit, which a title may exceed once it is written out."""
    if len(form) <= MAX_TITLE_LENGTH:
        return form
    words = form[: MAX_TITLE_LENGTH + 1].rpartition(" ")[0]
    return NormalForm(words or form[:MAX_TITLE_LENGTH])
