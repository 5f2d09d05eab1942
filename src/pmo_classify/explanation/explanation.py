"""What there is to say about an answer, in the order in which a reader asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pmo_classify.classification import Alternative, Classification
from pmo_classify.explanation.parts import MarkedWord, mark_words, quoted
from pmo_classify.knowledge.doubts import doubts
from pmo_classify.knowledge.reasons import reason_text
from pmo_classify.knowledge.rules import rules
from pmo_classify.taxonomy import LEVEL_RULES, MANAGER_OR_LEAD, Level, Method, Track

__all__ = [
    "Explanation",
    "Source",
    "Statement",
    "explanation_as_dict",
    "explanation_of",
]

_TRACKS: Final[Mapping[Track, str]] = {
    Track.PMO: "the PMO ladder",
    Track.DELIVERY: "delivery",
    Track.OTHER: "other work",
}
_METHODS: Final[Mapping[Method, str]] = {
    Method.EXACT: "the title is in the list of known titles",
    Method.PATTERN: "its words were read",
    Method.FUZZY: "its words were read, after a repair of the spelling",
    Method.MODEL: "a trained model chose",
    Method.NONE: "no words of project offices are in it",
}
_GUIDE: Final = "docs/codebook.md"
_PATH_SECTION: Final = "The four levels"


class Statement(NamedTuple):
    """One sentence of an explanation, and what it is about: "Track", "Level", "Scope" ..."""

    about: str
    text: str


class Source(NamedTuple):
    """Where the documentation says why, for those who want to read more.

    ``link`` is the file and its section, from the root of the project; it is empty for a source
    that a user gave to a title of their own.
    """

    title: str
    link: str


class Explanation(NamedTuple):
    """All that there is to say about an answer."""

    title: str
    """The title as it was given."""
    answer: str
    """The answer in one line, with the name of the level."""
    words: tuple[MarkedWord, ...]
    """The words of the title, each with the part that it plays."""
    statements: tuple[Statement, ...]
    """A sentence each on track, level and scope, then what else there is to say."""
    doubts: tuple[str, ...]
    """What the title leaves open; none where it is settled."""
    readings: tuple[str, ...]
    """Other readings of the title, best first."""
    sources: tuple[Source, ...]
    """The sections of the documentation that the answer rests on."""


def explanation_of(answer: Classification) -> Explanation:
    """Return what there is to say about an answer: which words decided what, and why.

    >>> from pmo_classify import classify
    >>> found = explanation_of(classify("Lead Program Planner, London"))
    >>> found.answer
    'Level 2: Supporting portfolios, programmes and projects'
    >>> for statement in found.statements[:3]:
    ...     print(f"{statement.about}: {statement.text}")
    Track: the PMO ladder, because of "Program" and "Planner": only programmes of projects have planners.
    Level: 2, because of the role "Planner": analysts, officers, planners and other specialists.
    Scope: programme, because of "Program".
    >>> found.sources[0].link
    'docs/codebook.md#a-function-of-an-office'
    """  # noqa: E501 - a sentence is one line
    words = mark_words(answer)
    return Explanation(
        title=answer.title,
        answer=_headline(answer),
        words=words,
        statements=tuple(_statements(answer, words)),
        doubts=tuple(_doubts(answer)),
        readings=tuple(_reading(other) for other in answer.alternatives),
        sources=tuple(dict.fromkeys(_sources(answer.reasons))),
    )


def explanation_as_dict(answer: Classification) -> dict[str, object]:
    """Return an answer and why it is so, as plain JSON types.

    It has the fields of ``Classification.as_dict``, and those of ``Explanation``:

    >>> from pmo_classify import classify
    >>> found = explanation_as_dict(classify("PMO Lead, Leeds"))
    >>> found["level"], found["answer"]
    (3, 'Level 3: Leading and managing PMOs')
    >>> for word in found["words"]:
    ...     print(word["start"], word["end"], word["text"], word["part"], word["label"])
    0 3 PMO office office
    4 8 Lead role role
    10 15 Leeds ignored place
    """
    explanation = explanation_of(answer)
    return {
        **answer.as_dict(),
        "level_name": None if answer.level is None else answer.level.title,
        "answer": explanation.answer,
        "words": [{**word._asdict(), "decides": list(word.decides)} for word in explanation.words],
        "statements": [statement._asdict() for statement in explanation.statements],
        "doubts": list(explanation.doubts),
        "readings": list(explanation.readings),
        "sources": [source._asdict() for source in explanation.sources],
    }


def _headline(answer: Classification) -> str:
    if answer.level is not None:
        found = f"Level {int(answer.level)}: {answer.level.title}"
    elif "empty" in answer.reasons:
        found = "No title was given"
    elif answer.track is Track.DELIVERY:
        found = "Not on the PMO ladder: runs projects or programmes"
    else:
        found = "Not on the PMO ladder: other work"
    return f"{found} (best guess: please review)" if answer.needs_review else found


def _statements(answer: Classification, words: tuple[MarkedWord, ...]) -> Iterator[Statement]:
    if "empty" in answer.reasons:
        return
    yield Statement("Track", _track_sentence(answer, words))
    if answer.level is None:
        yield Statement("Level", "none: only the PMO ladder has levels.")
        yield Statement("Scope", "none, for the same reason.")
    else:
        yield Statement("Level", _level_sentence(answer, words))
        yield Statement("Scope", _scope_sentence(answer, words))
    yield from _notes(answer, words)
    how = _METHODS[answer.method]
    if "user-title" in answer.reasons:
        how = reason_text("user-title")
    elif _code_of("unsettled", answer.reasons).startswith("unread-"):
        how = "its words could not be read"
    yield Statement("Confidence", f"{answer.confidence:.0%}: {how}.")


def _track_sentence(answer: Classification, words: tuple[MarkedWord, ...]) -> str:
    track = _TRACKS[answer.track]
    code = next((code for code in answer.reasons if code in rules()), None)
    if code is None and _is_listed(answer):
        return f"{track}, because the whole title is listed."
    trades = [word.text for word in words if word.part == "trade"]
    if code == "nothing" and trades:
        return f"{track}, because of {_listed(trades)}: another trade."
    # A rule that leaves a doubt is listed with the doubts.
    why = "" if code is None or f"unsettled:{code}" in answer.reasons else f": {rules()[code].why}"
    return f"{track}{_because('track', words)}{why}."


def _level_sentence(answer: Classification, words: tuple[MarkedWord, ...]) -> str:
    level = "" if answer.level is None else str(int(answer.level))
    code = _code_of("level", answer.reasons)
    if not code:
        return f"{level}, because the whole title is listed." if _is_listed(answer) else f"{level}."
    roles = [word.text for word in words if "level" in word.decides and word.part == "role"]
    others = [word.text for word in words if "level" in word.decides and word.part != "role"]
    found = [f"because of the role {_listed(roles)}"] if roles else []
    found += [f"{'with' if roles else 'because of'} {_listed(others)}"] if others else []
    return f"{', '.join([level, *found])}: {LEVEL_RULES[code].why}."


def _scope_sentence(answer: Classification, words: tuple[MarkedWord, ...]) -> str:
    if answer.scope:
        because = _because("scope", words)
        if _is_listed(answer) and not _code_of("level", answer.reasons):
            because = ", because the whole title is listed"
        return f"{str(answer.scope).replace('+', ' and ')}{because}."
    offices = [word.text for word in words if word.part == "office"]
    if not offices:
        return "none: the title names no project, programme or portfolio."
    return f"none: {_listed(offices)} may be for projects, programmes or a portfolio."


def _is_listed(answer: Classification) -> bool:
    return not {"listed", "user-title"}.isdisjoint(answer.reasons)


def _because(decided: str, words: Iterable[MarkedWord]) -> str:
    found = [word.text for word in words if decided in word.decides and word.part != "link"]
    return f", because of {_listed(found)}" if found else ""


def _listed(texts: Iterable[str]) -> str:
    """Return words in quotation marks, as a sentence lists them."""
    *before, last = dict.fromkeys(map(quoted, texts))
    return f"{', '.join(before)} and {last}" if before else last


def _notes(answer: Classification, words: tuple[MarkedWord, ...]) -> Iterator[Statement]:
    """Yield what is said of a title beside track, level and scope."""
    codes = answer.reasons
    for word in words:
        if word.part == "seniority" and answer.level is not None and not word.decides:
            yield Statement("Seniority", f"{quoted(word.text)} does not change the level.")
    if answer.function:
        yield Statement("Function", f"{answer.function}.")
    if answer.standard_title:
        yield Statement("Standard title", f"{answer.standard_title}.")
    is_office = any(word.part == "office" and "track" in word.decides for word in words)
    if answer.level is Level.LEADING and is_office and {"role:manager", "role:lead"} & set(codes):
        yield Statement("Manager or Lead", MANAGER_OR_LEAD)
    for code in codes:
        kind = code.partition(":")[0]
        if kind in ("several-titles", "repaired-text", "cut", "model"):
            yield Statement("Note", f"{reason_text(code)}.")
        elif kind == "repaired":
            wrong, _, right = code.partition(":")[2].partition(">")
            yield Statement("Spelling", f"{quoted(wrong)} was read as {quoted(right)}.")
        elif kind == "proposed":
            yield Statement("Model", f"{reason_text(code)}.")


def _doubts(answer: Classification) -> Iterator[str]:
    for code in answer.reasons:
        kind, _, rest = code.partition(":")
        if kind == "unsettled":
            yield rules()[rest].why if rest in rules() else doubts()[rest].why
        elif kind == "low-confidence":
            yield reason_text(code)


def _reading(other: Alternative) -> str:
    if other.level is None:
        return f"{_TRACKS[other.track]}: {other.why}"
    scope = f", {str(other.scope).replace('+', ' and ')}" if other.scope else ""
    return f"level {int(other.level)}{scope}: {other.why}"


def _code_of(kind: str, codes: Iterable[str]) -> str:
    found = (code.partition(":")[2] for code in codes if code.startswith(f"{kind}:"))
    return next(found, "")


def _sources(codes: Iterable[str]) -> Iterator[Source]:
    for code in codes:
        kind, _, rest = code.partition(":")
        if kind == "source":
            yield _source(rest)
        elif kind == "level":
            yield _source(LEVEL_RULES[rest].source)
        elif kind == "unsettled" and rest in doubts():
            yield _source(doubts()[rest].source)
        elif code in rules():
            yield _source(rules()[code].source)


def _source(written: str) -> Source:
    """Return where a source can be read; a table writes "codebook: An office", or the path's level.

    >>> _source("codebook: Which level?").link
    'docs/codebook.md#which-level'
    """
    where, _, section = written.partition(": ")
    if where.startswith("career path"):
        return Source(f"{_PATH_SECTION} ({where})", f"{_GUIDE}#{_slug(_PATH_SECTION)}")
    if where == "codebook":
        return Source(section, f"{_GUIDE}#{_slug(section)}")
    return Source(written, "")


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-")
