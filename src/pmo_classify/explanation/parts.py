"""The words of a title, each with its place and the part that it plays, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pmo_classify.classification import Classification, Token
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.roles import known_roles
from pmo_classify.reading.traits import rank_named_by

__all__ = ["PARTS", "MarkedWord", "mark_words", "printable", "quoted"]

PARTS: Final = (
    "role", "scope", "office", "function", "subject", "seniority", "trade", "other", "unknown",
    "ignored", "link",
)  # fmt: skip
"""The parts that a word can play, from what decides most to what decides nothing."""

_PARTS: Final = {
    Tag.ROLE: ("role", "role"),
    Tag.LEARNER: ("role", "learner"),
    Tag.SENIORITY: ("seniority", "seniority"),
    Tag.P3: ("scope", "project word"),
    Tag.P3_NAME: ("scope", "project word"),
    Tag.ENTERPRISE: ("scope", "whole organisation"),
    Tag.OFFICE_NAME: ("office", "office"),
    Tag.OFFICE: ("office", "office"),
    Tag.OFFICE_KIND: ("office", "kind of office"),
    Tag.MANAGEMENT: ("function", "management"),
    Tag.SERVICES: ("function", "services"),
    Tag.FUNCTION: ("function", "function"),
    Tag.OWN_FUNCTION: ("function", "function"),
    Tag.OFFICE_FUNCTION: ("function", "function"),
    Tag.TOOL: ("function", "planning software"),
    Tag.CONTEXT: ("subject", "subject"),
    Tag.TECHNICAL: ("subject", "technical subject"),
    Tag.SERVICE: ("subject", "public service"),
    Tag.SERVICE_WITHIN: ("subject", "public service"),
    Tag.FINANCE: ("subject", "investments or sales"),
    Tag.DEVELOPMENT: ("subject", "development"),
    Tag.PEOPLE: ("subject", "human resources"),
    Tag.FIELD: ("subject", "another trade's field"),
    Tag.SCHEME: ("subject", "scheme to take part in"),
    Tag.TRADE: ("trade", "another trade"),
    Tag.NEUTRAL: ("other", "other word"),
    Tag.UNKNOWN: ("unknown", "not known"),
    Tag.ACRONYM: ("unknown", "short name, not known"),
    Tag.PLACE: ("ignored", "place"),
    Tag.NOISE: ("ignored", "ignored"),
    Tag.FILLER: ("ignored", "ignored"),
    Tag.LINK: ("link", "link"),
    Tag.JOIN: ("link", "link"),
}
_SEPARATORS: Final = frozenset({"break", "slash"})
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


class MarkedWord(NamedTuple):
    """A word of a title, or several that mean one thing, with the part that it plays."""

    start: int
    """Where it starts: ``title[start:end]`` is ``text``."""
    end: int
    """Where it ends."""
    text: str
    """The word as it was written."""
    part: str
    """One of ``PARTS``: a fixed name, for programs."""
    label: str
    """The part in plain words: for example "place" for a word whose part is "ignored"."""
    meaning: str
    """What it was read as: "programme" for "Prog"; empty where only its part counts."""
    decides: tuple[str, ...]
    """What it decided, or helped to: any of track, level, scope and doubt."""

    @property
    def is_read_otherwise(self) -> bool:
        """Whether it was read as more than its own letters: "Prog", but not "Coordinator"."""
        return bool(self.meaning) and _letters(self.meaning) != _letters(self.text)

    @property
    def tag(self) -> str:
        """The label, with the meaning where the word alone does not say it.

        >>> from pmo_classify import classify
        >>> [word.tag for word in mark_words(classify("Prog. Coordinator"))]
        ['scope = programme', 'role']
        """
        says_more = self.is_read_otherwise and self.meaning != self.label
        return f"{self.label} = {self.meaning}" if says_more else self.label


def mark_words(answer: Classification) -> tuple[MarkedWord, ...]:
    """Return the words of a title in their order, each with its part; no two of them overlap.

    >>> from pmo_classify import classify
    >>> for word in mark_words(classify("Lead Program Planner, London")):
    ...     print(word.text, word.part, word.label, word.decides)
    Lead seniority seniority ()
    Program scope scope ('track', 'scope')
    Planner role role ('track', 'level')
    London ignored place ()

    A word that stands for several is one, with the parts of all:

    >>> [(word.label, word.meaning) for word in mark_words(classify("Projektleiter"))]
    [('project word and role', 'project manager')]
    """
    return tuple(_marked(answer, positions) for positions in _groups(answer.words))


def printable(text: str) -> str:
    r"""Return a text without characters that would move the cursor or hide what follows.

    >>> printable("PMO\tLead\x1b[2J")
    'PMO Lead\ufffd[2J'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else _REPLACEMENT for c in text)


def quoted(text: str) -> str:
    """Return a word of a title in quotation marks."""
    return f'"{printable(text)}"'


def _groups(words: tuple[Token, ...]) -> Iterator[list[int]]:
    """Yield the positions of words, those at one place together."""
    group: list[int] = []
    for at, word in enumerate(words):
        if word.tag in _SEPARATORS or word.start == word.end:
            continue
        if group and word.start >= max(words[other].end for other in group):
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _marked(answer: Classification, positions: list[int]) -> MarkedWord:
    words = [answer.words[at] for at in positions]
    decides = tuple(
        name for name, found in answer.evidence._asdict().items() if set(positions) & set(found)
    )
    parts = [_part(word, answer, decides) for word in words]
    shown = [part for part in parts if part[0] != "link"] or parts
    start, end = min(word.start for word in words), max(word.end for word in words)
    return MarkedWord(
        start=start,
        end=end,
        text=answer.title[start:end],
        part=min((part for part, _ in shown), key=PARTS.index),
        label=" and ".join(dict.fromkeys(label for _, label in shown)),
        meaning=_meaning(words),
        decides=decides,
    )


def _part(word: Token, answer: Classification, decides: tuple[str, ...]) -> tuple[str, str]:
    if word.tag == Tag.P3 and "scope" in decides:
        return "scope", "scope"
    rank = rank_named_by(word.tag, word.meaning) if word.tag == Tag.ROLE else None
    if rank is not None and rank == answer.seniority and "level" not in decides:
        return _PARTS[Tag.SENIORITY]
    return _PARTS[word.tag]


def _meaning(words: Iterable[Token]) -> str:
    return " ".join(dict.fromkeys(_english(word) for word in words if word.meaning))


def _english(word: Token) -> str:
    """Return what a word means; a role that only other languages have is given in English."""
    if word.tag == Tag.ROLE:
        return known_roles()[word.meaning].standard_form.casefold()
    return word.meaning


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
