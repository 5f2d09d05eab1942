"""The title in a sentence of an employer: "Salon Ada söker en frisör till Lund".

The patterns are in ``data/clean/adverts.csv``; each has a word that sets off the search for it, so
that most titles are not searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pmo_classify.classification import Token
from pmo_classify.knowledge.clean_words import advert_patterns
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.thresholds import MAX_PASSES

__all__ = ["may_be_advert", "title_in"]


def may_be_advert(words: Iterable[Token]) -> bool:
    """Return whether some of the words are those that employers use in sentences."""
    return not advert_patterns().keys().isdisjoint(_cues(words))


def title_in(text: str) -> str:
    """Return the title that an employer's sentence is about, or the text as it is.

    >>> title_in("Salon Ada söker en frisör till Lund!")
    'Frisör'
    >>> title_in("Job Searcher")
    'Job Searcher'
    """
    for _ in range(MAX_PASSES):
        found = next(_titles(text), text)
        if found == text:
            break
        text = found
    return text


def _titles(text: str) -> Iterator[str]:
    patterns = advert_patterns()
    for cue in _cues(default_tokenizer().tokenize(text)):
        for pattern in patterns.get(cue, ()):
            found = pattern.match(text)
            title = found[1].strip(" ,:;-–—|/!\"'“”") if found else ""
            if any(map(str.isalpha, title)):
                yield title[0].upper() + title[1:]


def _cues(words: Iterable[Token]) -> list[str]:
    return " ".join([token.written for token in words]).split(" ")
