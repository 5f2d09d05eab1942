"""The answer to a title: the class ``Classification`` and the parts that it is made of."""

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
    """A word of a title, or a run of words with one meaning, with its tag and place.

    ``title[start:end]`` is the word as it is in the title. ``tag`` is the part that it plays, such
    as ``role`` or ``seniority`` (the tables of words use the same tags), and ``meaning`` is its
    standard form. ``language`` is that of the table that lists the word, or empty if no table does
    or the word is the same in all languages. ``written`` is the word in lower case without accents,
    and ``is_repaired`` says whether its spelling was repaired. An abbreviation ("PgM") becomes one
    token for each word that it stands for, all with the same place.
    """

    start: int
    end: int
    tag: str
    meaning: str
    language: str
    written: str
    is_repaired: bool


class Evidence(NamedTuple):
    """The words that decided each part of an answer, as positions in its ``words``."""

    track: tuple[int, ...] = ()
    level: tuple[int, ...] = ()
    scope: tuple[int, ...] = ()
    doubt: tuple[int, ...] = ()


class Alternative(NamedTuple):
    """Another way to read the same title, and why it is possible."""

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
    """The answer to one title: its place on the career ladder, if it has one.

    >>> from pmo_classify import classify
    >>> answer = classify("Lead Program Planner, London")
    >>> print(answer)
    'Lead Program Planner, London': pmo 2 programme
    >>> answer.seniority, answer.standard_title
    ('lead', 'Programme Planner')

    Answers are compared and hashed by their fields.
    """

    title: str
    """The title as you passed it."""
    track: Track
    """``pmo`` (on the ladder), ``delivery`` (runs projects or programmes) or ``other``."""
    level: Level | None = None
    """The level on the ladder, from 1 to 4; ``None`` for a title that is not on it."""
    scope: Scope = Scope.NONE
    """Which of project, programme, portfolio and enterprise a title on the ladder names."""
    standard_title: str | None = None
    """The title in its standard British form; ``None`` if it is not on the ladder.

    It is also ``None`` where a trained model proposed the answer to a title that was not read.
    """
    seniority: str | None = None
    """A word of rank, such as "senior" or "deputy", which never changes the level."""
    function: str | None = None
    """What the role does for projects, such as "planning" or "risk"; ``None`` if not named."""
    method: Method = Method.NONE
    """How the answer was found."""
    confidence: float = 1.0
    """The probability, from 0 to 1, that track, level and scope are all right."""
    needs_review: bool = False
    """Whether a person should check the answer.

    It is true where the title alone cannot settle the answer, and where the confidence is below
    ``review_below``.
    """
    reasons: tuple[str, ...] = ()
    """Short codes for what led to the answer; ``explain`` spells them out."""
    alternatives: tuple[Alternative, ...] = ()
    """Other readings of the title, best first."""
    evidence: Evidence = field(default=Evidence(), repr=False)
    """Which of the words decided track, level and scope, and which cause a doubt."""

    def __str__(self) -> str:
        level = "" if self.level is None else f" {int(self.level)}"
        scope = f" {self.scope}" if self.scope else ""
        review = ", to be reviewed" if self.needs_review else ""
        return f"{self.title!r}: {self.track}{level}{scope}{review}"

    @property
    def words(self) -> tuple[Token, ...]:
        """The words of the title, each with what it was read as and its place.

        >>> from pmo_classify import classify
        >>> [(word.tag, word.meaning) for word in classify("Lead PMO Analyst").words]
        [('role', 'lead'), ('office_name', 'pmo'), ('role', 'analyst')]

        They are read again each time you ask for them.
        """
        return _word_reader()(self.title)

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes of other classifications, such as SFIA, for the level or for delivery.

        There are none for other work.

        >>> from pmo_classify import classify
        >>> [f"{code.scheme} {code.code}" for code in classify("Project Manager").codes]
        ['ESCO 1219.6', 'ISCO-08 1219', 'O*NET-SOC 13-1082.00', 'UK SOC 2020 2440']
        """
        # Imported here because knowledge is a layer above this module, and few callers need codes.
        from pmo_classify.knowledge.crosswalk import codes_for  # noqa: PLC0415

        return codes_for(str(self.track)) if self.level is None else self.level.codes

    @property
    def clean_title(self) -> str:
        """The title as a careful person would retype it, whatever its track.

        >>> from pmo_classify import classify
        >>> classify("snr softw. ENGINEER (m/w/d) - URGENT!! London £55k ref 2231").clean_title
        'Senior Software Engineer'

        It is computed each time you ask for it.
        """
        return _title_cleaner()(self)

    def as_dict(self, *, codes: bool = False) -> dict[str, object]:
        """Return the answer as plain JSON types, without its words; ``codes=True`` adds its codes.

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
        # Imported here because explanations are a layer above this one, and few answers need them.
        from pmo_classify.explanation import render  # noqa: PLC0415

        return render(self)


@cache
def _word_reader() -> Callable[[str], tuple[Token, ...]]:
    # Imported here because the tokenizer is a layer above this one, and few answers need it again.
    from pmo_classify.reading.tokenizer import words_in_title  # noqa: PLC0415

    return words_in_title


@cache
def _title_cleaner() -> Callable[[Classification], str]:
    # Imported here because clean titles are a layer above this one, and few answers need them.
    from pmo_classify.classifier import classify  # noqa: PLC0415
    from pmo_classify.clean_titles.clean_title import clean_title  # noqa: PLC0415

    return partial(clean_title, classify=classify)
