"""The title in a sentence of an employer: "Salon Ada söker en frisör till Lund".

The patterns are in ``data/clean/adverts.csv``; each has a word that sets off the search for it, so
that most titles are not searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from pmo_classify.classification import Token
from pmo_classify.clean_titles.word_endings import (
    in_nominative,
    names_worker,
    starts_with_an_object,
)
from pmo_classify.knowledge.clean_words import adverts, sentence_words, verbs_with_cases
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.thresholds import MAX_PASSES, WORD_CACHE_SIZE

__all__ = ["is_advert", "may_be_advert", "title_in"]

_SLOGAN = re.compile(r"\W*((?:[^\s?!]+\s+){2,}[^\s?!]+)(\s?[?!])[?!]*\s+(.+)")
"""Three words or more, the mark after them, and what comes after that."""
_COUNT = re.compile(
    r"^\d{1,2}\s?[-–]\s?\d{1,2}\s(?!years?\b|yrs?\b|months?\b)(?=[^\W\d_]{3})", re.I
)
"""How many are wanted, after the words of an employer: "Vi söker 2-3 kockar"."""
_END_OF_SENTENCE = re.compile(r"(?:(?<=[?!])|(?<=[^\W\d_]{4}\.)|(?<=[^\W\d_]{3}\.))\s+")


def may_be_advert(words: Iterable[Token]) -> bool:
    """Return whether some of the words are ones that employers use in sentences."""
    return any(map(_has_cue, [token.written for token in words]))


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _has_cue(written: str) -> bool:
    return not adverts().keys().isdisjoint(written.split(" "))


def is_advert(text: str, words: Iterable[Token]) -> bool:
    """Return whether a text is a sentence about a post; ``words`` may contain others too."""
    cues = [cue for token in words if _has_cue(token.written) for cue in token.written.split(" ")]
    return any(advert.match(text) for cue in cues for advert in adverts().get(cue, ()))


def title_in(text: str, words: Sequence[Token]) -> str:
    """Return the title that an employer's sentence is about, or the text as it is.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> tokenize = default_tokenizer().tokenize
    >>> text = "Salon Ada söker en frisör till Lund!"
    >>> title_in(text, tokenize(text)), title_in("Job Searcher", tokenize("Job Searcher"))
    ('Frisör till Lund', 'Job Searcher')
    """
    for _ in range(MAX_PASSES):
        found = next(_titles(text, words), "")
        if not found and starts_with_an_object(text, words):
            found = in_nominative(text)
        found = found or _without_slogan(text)
        if found == text:
            break
        text, words = found, default_tokenizer().tokenize(found)
    return text


def _titles(text: str, words: Iterable[Token]) -> Iterator[str]:
    for written in filter(_has_cue, [token.written for token in words]):
        for advert in chain.from_iterable(adverts().get(cue, ()) for cue in written.split(" ")):
            found = advert.match(text)
            title = " ".join(filter(None, found.groups())) if found else ""
            title = title.strip(" ,:;-–—|/!\"'“”")
            title = title if text.startswith(title) else _COUNT.sub("", title)
            if any(map(str.isalpha, title)):
                title = in_nominative(title) if written in verbs_with_cases() else title
                yield title[0].upper() + title[1:]


def _without_slogan(text: str) -> str:
    """Return the title after a question or a call to readers: "Lust auf Brot? Bäcker".

    The slogan names no worker, and the title does. A call has a word that only sentences have; so
    has a question with a blank before its mark, which may be what is left of a dash.
    """
    found = _SLOGAN.match(text) if "?" in text or "!" in text else None
    if found is None or names_worker(found[1]):
        return text
    if found[2] != "?" and sentence_words().isdisjoint(found[1].lower().split()):
        return text
    parts = _END_OF_SENTENCE.split(found[3])
    at = next((at for at, part in enumerate(parts) if names_worker(part)), None)
    return text if at is None else " ".join(parts[at:])
