"""The features of a title for a trained model: what was read in it, as short words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.reading.choice import Choice, choose, interpret_all
from pmo_classify.reading.cleaning import clean_text
from pmo_classify.reading.parser import parse
from pmo_classify.reading.phrases import split_phrases
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.verdict import other_readings

__all__ = ["class_of", "title_features"]

_NOTHING: Final = ("answer=other", "track=other", "sure")


def title_features(title: str) -> tuple[str, ...]:
    """Return what was read in a title; the tables of listed titles are not used.

    >>> title_features("Programme Office Analyst")[:4]
    ('answer=pmo 2', 'track=pmo', 'scope=programme', 'rule=office')
    >>> [word for word in title_features("Program Coordinator") if word.startswith("doubt=")]
    ['doubt=programme-bare']

    Titles with the same reading have the same features. Every text has some, even an empty one.
    """
    clean = clean_text(title)
    if clean.is_blank:
        return _NOTHING
    tokens = default_tokenizer().tokenize(clean.text)
    choice = choose(interpret_all(parse(split_phrases(tokens)), tokens))
    return tuple(_features(choice))


def class_of(track: str, level: int | None) -> str:
    """Return the name of a track with its level, if it has one.

    >>> class_of("pmo", 2), class_of("delivery", None)
    ('pmo 2', 'delivery')
    """
    return track if level is None else f"{track} {int(level)}"


def _features(choice: Choice) -> Iterator[str]:
    chosen = choice.chosen
    yield f"answer={class_of(chosen.track, chosen.level)}"
    yield f"track={chosen.track}"
    yield from (f"scope={scope}" for scope in str(chosen.scope).split("+") if scope)
    yield f"rule={chosen.rule.code}"
    yield f"subject={chosen.subject.type.name.lower()}"
    yield f"group={chosen.group.name.lower()}"
    named = {
        "role": chosen.role,
        "function": chosen.function,
        "office": chosen.subject.office,
        "learner": _meaning(chosen.learner),
    }
    yield from (f"{name}={value}" for name, value in named.items() if value is not None)
    yield "several" if choice.others else "single"
    yield from (f"doubt={doubt}" for doubt in choice.doubts)
    yield "doubtful" if choice.doubts else "sure"
    for other in other_readings(choice):
        yield f"other={class_of(other.track, other.level)}"


def _meaning(token: Token | None) -> str | None:
    return None if token is None else token.meaning
