"""One title as the web page shows it: its words in colour, what it is, why, and what else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pmo_classify.classification import Classification
from pmo_classify.explanation import MarkedWord, explanation_of, mark_words
from pmo_classify.review.decisions import choices, reading_text

__all__ = ["TitlePart", "shown_title", "title_parts"]

_DECIDES: Final = ("scope", "level", "track", "doubt")
"""What a word can decide; of several things, the first of these gives the word its colour."""

_IGNORED: Final = "ignored"


class TitlePart(NamedTuple):
    """A piece of a title: what it decides, if anything, and what it was read as."""

    text: str
    decides: tuple[str, ...] = ()
    meaning: str = ""


def title_parts(answer: Classification) -> list[TitlePart]:
    """Return a title in pieces, which are the whole title when joined.

    A word that nothing is made of, such as a place, is ``ignored``.

    >>> from pmo_classify import classify
    >>> [(part.text, part.decides) for part in title_parts(classify("PMO Lead - Leeds"))][2:]
    [('Lead', ('level', 'track')), (' - ', ()), ('Leeds', ('ignored',))]
    """
    return list(_parts(answer.title, mark_words(answer)))


def _parts(title: str, words: Iterable[MarkedWord]) -> Iterator[TitlePart]:
    at = 0
    for word in words:
        if word.start > at:
            yield TitlePart(title[at : word.start])
        decides = tuple(part for part in _DECIDES if part in word.decides)
        is_ignored = not decides and word.part == _IGNORED
        yield TitlePart(word.text, (_IGNORED,) if is_ignored else decides, word.tag)
        at = word.end
    if at < len(title):
        yield TitlePart(title[at:])


def shown_title(answer: Classification) -> dict[str, object]:
    """Return what the page shows of a title, as plain JSON types.

    >>> from pmo_classify import classify
    >>> shown = shown_title(classify("Planner"))
    >>> shown["reading"], shown["others"], shown["review"]
    ('not on the ladder: other work', ['Level 2, no scope: plans projects'], True)
    """
    explained = explanation_of(answer)
    others = [reading_text(o.track, o.level, o.scope, o.why) for o in answer.alternatives]
    return {
        "title": answer.title,
        "parts": [part._asdict() for part in _parts(answer.title, explained.words)],
        "track": str(answer.track),
        "level": None if answer.level is None else int(answer.level),
        "level_name": "" if answer.level is None else answer.level.title,
        "scope": str(answer.scope),
        "reading": reading_text(answer.track, answer.level, answer.scope),
        "clean_title": answer.clean_title,
        "why": [f"{said.about}: {said.text}" for said in explained.statements],
        "doubts": list(explained.doubts),
        "others": others,
        "review": answer.needs_review,
        "is_own": "user-title" in answer.reasons,
        "confidence": answer.confidence,
        "choices": choices(answer),
    }
