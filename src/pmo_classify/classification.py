"""What an answer is: one frozen type, always the same, that can explain itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from pmo_classify.taxonomy import Level, Method, Scope, Track

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmo_classify.knowledge.crosswalk import Code

__all__ = ["Alternative", "Classification", "Evidence", "Token"]


class Token(NamedTuple):
    """A word of a title, or a run of words that means one thing, with its place.

    ``title[start:end]`` is the word as it was. ``tag`` names the part that it plays (see the
    tables of words), ``meaning`` its standard form; ``language`` is the language of the table that
    knows it, empty for none. ``written`` is the word in small letters without accents, and
    ``is_repaired`` says that its spelling was repaired. The words of an abbreviation ("PgM") are
    tokens at one place.
    """

    start: int
    end: int
    tag: str
    meaning: str
    language: str
    written: str
    is_repaired: bool


class Evidence(NamedTuple):
    """Which words decided what: for each part of an answer the positions in its ``words``."""

    track: tuple[int, ...] = ()
    level: tuple[int, ...] = ()
    scope: tuple[int, ...] = ()
    doubt: tuple[int, ...] = ()


class Alternative(NamedTuple):
    """Another reading of the same title."""

    track: Track
    level: Level | None
    scope: Scope
    why: str

    def as_dict(self) -> dict[str, object]:
        """Return the reading as plain JSON types."""
        return {
            "track": str(self.track),
            "level": None if self.level is None else int(self.level),
            "scope": str(self.scope),
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Classification:
    """Where a title stands on the career ladder, or that it is not on it.

    >>> from pmo_classify import classify
    >>> answer = classify("Lead Program Planner, London")
    >>> print(answer)
    'Lead Program Planner, London': pmo 2 programme
    >>> answer.seniority, answer.standard_title
    ('lead', 'Programme Planner')

    Answers are compared and hashed by their fields.
    """

    title: str
    """The text as it was given."""
    track: Track
    """On the ladder, delivery of projects and programmes, or other work."""
    level: Level | None = None
    """1 to 4; ``None`` off the ladder."""
    scope: Scope = Scope.NONE
    """Which of project, programme, portfolio and enterprise the title names."""
    standard_title: str | None = None
    """The tidy British form; ``None`` off the ladder, and for a title that was not read."""
    seniority: str | None = None
    """A word such as "senior" or "deputy"; it never moves the level."""
    function: str | None = None
    """What is done for projects: "planning", "risk", "reporting"; ``None`` if not said."""
    method: Method = Method.NONE
    """How the answer was found."""
    confidence: float = 1.0
    """The probability, from 0 to 1, that track, level and scope are all right."""
    needs_review: bool = False
    """The title alone cannot settle it, or the confidence is under the threshold."""
    reasons: tuple[str, ...] = ()
    """Short codes of what led to the answer; ``explain`` spells them out."""
    alternatives: tuple[Alternative, ...] = ()
    """Other readings of the title, best first."""
    words: tuple[Token, ...] = field(default=(), repr=False)
    """What each word of the title was read as, with its place."""
    evidence: Evidence = field(default=Evidence(), repr=False)
    """Which of the words decided track, level and scope, and which leave a doubt."""

    def __str__(self) -> str:
        level = "" if self.level is None else f" {int(self.level)}"
        scope = f" {self.scope}" if self.scope else ""
        review = ", to be reviewed" if self.needs_review else ""
        return f"{self.title!r}: {self.track}{level}{scope}{review}"

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes of other classifications for the level, or for delivery; none for others.

        >>> from pmo_classify import classify
        >>> [f"{code.scheme} {code.code}" for code in classify("Project Manager").codes]
        ['O*NET-SOC 13-1082.00', 'UK SOC 2020 2440']
        """
        # Imported here because the table of codes is above this module, and few ask for it.
        from pmo_classify.knowledge.crosswalk import codes_for  # noqa: PLC0415

        return codes_for(str(self.track)) if self.level is None else self.level.codes

    @property
    def clean_title(self) -> str:
        """The title as a careful person would retype it, whatever its track.

        >>> from pmo_classify import classify
        >>> classify("snr softw. ENGINEER (m/w/d) - URGENT!! London £55k ref 2231").clean_title
        'Senior Software Engineer'

        It is made when it is asked for.
        """
        return _title_cleaner()(self)

    def as_dict(self, *, codes: bool = False) -> dict[str, object]:
        """Return the answer as plain JSON types, without the words; with its ``codes`` if asked.

        >>> from pmo_classify import classify
        >>> answer = classify("Programme Office Analyst").as_dict()
        >>> answer["track"], answer["level"], answer["scope"], answer["method"]
        ('pmo', 2, 'programme', 'exact')
        >>> classify("Head of PMO").as_dict(codes=True)["codes"][0]["code"]
        'PROF 6'
        """
        asked = {"codes": [code.as_dict() for code in self.codes]} if codes else {}
        return {
            "title": self.title,
            "track": str(self.track),
            "level": None if self.level is None else int(self.level),
            "scope": str(self.scope),
            "standard_title": self.standard_title,
            "clean_title": self.clean_title,
            "seniority": self.seniority,
            "function": self.function,
            "method": str(self.method),
            "confidence": self.confidence,
            "needs_review": self.needs_review,
            "reasons": list(self.reasons),
            "alternatives": [a.as_dict() for a in self.alternatives],
            **asked,
        }

    def explain(self) -> str:
        """Return in plain text which words decided what, with their places in the title.

        >>> from pmo_classify import classify
        >>> print(classify("Chef").explain())
        'Chef'
          is not on the ladder
          read as:
              0-4   'Chef' = jefe: role
          because:
            no project, programme or portfolio words found (codebook: Another trade)
          method: none, confidence: 0.99
        """
        # Imported here because an explanation is made above this module, and only when asked for.
        from pmo_classify.explanation import explain  # noqa: PLC0415

        return explain(self)


@cache
def _title_cleaner() -> Callable[[Classification], str]:
    # Imported here because the clean title is made above this module, and not for every answer.
    from pmo_classify.classifier import classify  # noqa: PLC0415
    from pmo_classify.reading.clean_title import clean_title  # noqa: PLC0415

    return partial(clean_title, classify=classify)
