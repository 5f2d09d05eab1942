"""Features of a title for a trained model: what was read in it, as short words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from pmo_classify.classification import Verdict
from pmo_classify.reading.gist import EMPTY, GistFinder
from pmo_classify.reading.resolver import Resolved, resolve
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.verdict import read_verdict
from pmo_classify.thresholds import REVIEW_BELOW

__all__ = ["class_of", "title_features"]

_NOTHING: Final = ("answer=other", "track=other", "sure")


def title_features(title: str) -> tuple[str, ...]:
    """Return what the words of a title were read as; the tables of listed titles play no part.

    >>> title_features("Programme Office Analyst")[:4]
    ('answer=pmo 2', 'track=pmo', 'scope=programme', 'rule=office')
    >>> [word for word in title_features("Program Coordinator") if word.startswith("doubt=")]
    ['doubt=programme-bare']

    Titles with the same reading have the same features. Every text has some, even an empty one.
    """
    gist = _finder().find(title)
    if gist is EMPTY:
        return _NOTHING
    read = resolve(gist.shapes)
    return tuple(_features(read, read_verdict(read, gist.notes, REVIEW_BELOW)))


def class_of(track: str, level: int | None) -> str:
    """Return a track with its level, if it has one, as one label.

    >>> class_of("pmo", 2), class_of("delivery", None)
    ('pmo 2', 'delivery')
    """
    return track if level is None else f"{track} {int(level)}"


def _features(read: Resolved, verdict: Verdict) -> Iterator[str]:
    reading = read.reading
    yield f"answer={class_of(reading.track, reading.level)}"
    yield f"track={reading.track}"
    yield from (f"scope={scope}" for scope in str(reading.scope).split("+") if scope)
    yield f"rule={reading.rule}"
    yield f"topic={reading.topic.name.lower()}"
    yield f"group={reading.group.name.lower()}"
    for name in ("role", "function", "office", "learner"):
        value = getattr(reading, name)
        if value is not None:
            yield f"{name}={value}"
    yield "several" if read.several else "single"
    yield from (f"doubt={doubt}" for doubt in read.doubts)
    yield "sure" if not read.doubts else "doubtful"
    for other in verdict.alternatives:
        yield f"other={class_of(other.track, other.level)}"


@cache
def _finder() -> GistFinder:
    return GistFinder(default_tokenizer(), ())
