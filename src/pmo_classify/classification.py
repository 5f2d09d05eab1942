"""What an answer is: one frozen type, always the same, that can explain itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pmo_classify.taxonomy import Level, Method, Scope, Track

if TYPE_CHECKING:
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
    """What the title would be: on the ladder, delivery, or other work."""
    level: Level | None
    """Its level, 1 to 4; ``None`` off the ladder."""
    scope: Scope
    """What it would be for: project, programme, portfolio, enterprise."""
    why: str
    """What would have to be true for this reading, in a few words."""

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
        # Imported here because the clean title is made above this module, and not for every answer.
        from pmo_classify.classifier import classify  # noqa: PLC0415
        from pmo_classify.reading.clean_title import clean_title  # noqa: PLC0415

        return clean_title(self, classify)

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
        """Return in plain text what the title is, which of its words decided that, and why.

        >>> from pmo_classify import classify
        >>> print(classify("Nurse").explain())
        Not on the PMO ladder: other work
        <BLANKLINE>
          Nurse
          -----
          another trade
        <BLANKLINE>
          Track       other work, because of "Nurse": another trade.
          Level       none: only the PMO ladder has levels.
          Scope       none, for the same reason.
          Confidence  99%: no words of project offices are in it.
        <BLANKLINE>
        Sources
          docs/codebook.md#another-trade
        """
        # Imported here because an explanation is made above this module, and only when asked for.
        from pmo_classify.explanation import explain  # noqa: PLC0415

        return explain(self)

    def _repr_html_(self) -> str:
        """Return the explanation as a notebook shows it: the title with its words marked."""
        from pmo_classify.explanation import render  # noqa: PLC0415 - as above

        return render(self)
