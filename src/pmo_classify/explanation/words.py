"""The words of a title as an explanation shows them: where each stands, and what it was read as."""

from __future__ import annotations

from typing import Final, NamedTuple

from pmo_classify.explanation.spans import span_map
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.cleaning import clean
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.tokenizer import default_tokenizer

__all__ = ["ReadWord", "read_words"]


class ReadWord(NamedTuple):
    """A word of the title and what it was read as.

    ``title[start:end]`` is the word as it stood; ``tag`` names the part that it plays,
    ``meaning`` its standard form.
    """

    start: int
    end: int
    tag: str
    meaning: str


_MARKS: Final = frozenset({BREAK, SLASH})
_PART_TEXT: Final = {
    Tag.NOISE: "ignored, says nothing of the work",
    Tag.PLACE: "ignored, a place",
    Tag.FILLER: "ignored",
    Tag.UNKNOWN: "no word of the field",
    Tag.NEUTRAL: "known, of no weight",
    Tag.P3: "P3 word",
    Tag.P3_NAME: "P3 name",
    Tag.OFFICE_NAME: "office",
    Tag.OFFICE_KIND: "kind of office",
    Tag.OFFICE_FUNCTION: "function",
    Tag.CONTEXT: "makes a programme or portfolio a P3 one",
    Tag.TECHNICAL: "a technical subject",
    Tag.SERVICE: "a service's word",
    Tag.SERVICE_WITHIN: "a service's word, beside its programme",
    Tag.FINANCE: "a word of finance's portfolios",
    Tag.FIELD: "a trade's field",
    Tag.TRADE: "a trade",
}


def read_words(title: str) -> tuple[ReadWord, ...]:
    """Say what each word of a title was read as.

    >>> read_words("PMO Lead")[1]
    ReadWord(start=4, end=8, tag='role', meaning='lead')
    """
    text = clean(title)
    if not any(map(str.isalnum, text.text)):
        return ()
    where = span_map(title, text)
    return tuple(
        ReadWord(*where(start, end), _PART_TEXT.get(token.tag, token.tag), token.meaning)
        for term, start, end in default_tokenizer().places(text.text)
        for token in term.tokens
        if token.tag not in _MARKS
    )
