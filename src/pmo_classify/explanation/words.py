"""The words of a title as an explanation shows them: where each stands, and what it was read as."""

from __future__ import annotations

from typing import Final, NamedTuple

from pmo_classify.explanation.spans import span_map
from pmo_classify.knowledge.lexicon import Part
from pmo_classify.reading.cleaning import clean
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.tokenizer import default_tokeniser

__all__ = ["ReadWord", "read_words"]


class ReadWord(NamedTuple):
    """A word of the title and what it was read as.

    ``title[start:end]`` is the word as it stood; ``part`` names the part that it plays,
    ``meaning`` its standard form.
    """

    start: int
    end: int
    part: str
    meaning: str


_MARKS: Final = frozenset({BREAK, SLASH})
_PART_TEXT: Final = {
    Part.NOISE: "ignored, says nothing of the work",
    Part.PLACE: "ignored, a place",
    Part.FILLER: "ignored",
    Part.UNKNOWN: "no word of the field",
    Part.SECTOR: "known, of no weight",
    Part.P3: "P3 word",
    Part.P3_NAME: "P3 name",
    Part.OFFICE_NAME: "office",
    Part.OFFICE_KIND: "kind of office",
    Part.OFFICE_FUNCTION: "function",
    Part.CONTEXT: "makes a programme or portfolio a P3 one",
    Part.TECHNICAL: "a technical subject",
    Part.SERVICE: "a service's word",
    Part.SERVICE_WITHIN: "a service's word, beside its programme",
    Part.FINANCE: "a word of finance's portfolios",
    Part.FIELD: "a trade's field",
    Part.TRADE: "a trade",
}


def read_words(title: str) -> tuple[ReadWord, ...]:
    """Say what each word of a title was read as.

    >>> read_words("PMO Lead")[1]
    ReadWord(start=4, end=8, part='role', meaning='lead')
    """
    text = clean(title)
    if not any(map(str.isalnum, text.text)):
        return ()
    where = span_map(title, text)
    return tuple(
        ReadWord(*where(start, end), _PART_TEXT.get(token.kind, token.kind), token.meaning)
        for term, start, end in default_tokeniser().places(text.text)
        for token in term.tokens
        if token.kind not in _MARKS
    )
