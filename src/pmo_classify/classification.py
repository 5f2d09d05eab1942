"""The answer: one frozen type, always the same, that can explain itself."""

from __future__ import annotations

from typing import Final, NamedTuple

from pmo_classify.explanation.words import ReadWord, read_words
from pmo_classify.knowledge.crosswalk import Code, codes_for
from pmo_classify.knowledge.reasons import reason_text
from pmo_classify.taxonomy import MANAGER_OR_LEAD, Level, Method, Scope, Track

__all__ = ["Alternative", "Classification", "Verdict", "classified"]


class Alternative(NamedTuple):
    """Another reading of the same title."""

    track: Track
    level: Level | None
    scope: Scope
    why: str

    def as_dict(self) -> dict[str, object]:
        """Give plain JSON types."""
        return {
            "track": str(self.track),
            "level": None if self.level is None else int(self.level),
            "scope": str(self.scope),
            "why": self.why,
        }


class Verdict(NamedTuple):
    """All of an answer but the title; titles that read alike share one."""

    track: Track
    level: Level | None = None
    scope: Scope = Scope.NONE
    standard_title: str | None = None
    seniority: str | None = None
    function: str | None = None
    method: Method = Method.NONE
    confidence: float = 1.0
    needs_review: bool = False
    reasons: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


class Classification(NamedTuple):
    """Where a title stands.

    ``title`` is the text as given. ``level`` is 1 to 4, or ``None`` off the ladder; ``scope`` is
    what the words say; ``standard_title`` the tidy British form, ``None`` off the ladder.
    ``seniority`` never moves the level. ``confidence``, from 0 to 1, is the probability that track,
    level and scope are all right; ``needs_review`` says that the title alone cannot settle it.
    ``reasons`` are short codes; ``explain()`` spells them out. ``alternatives`` are other readings
    of the same title, the best first.
    """

    title: str
    track: Track
    level: Level | None = None
    scope: Scope = Scope.NONE
    standard_title: str | None = None
    seniority: str | None = None
    function: str | None = None
    method: Method = Method.NONE
    confidence: float = 1.0
    needs_review: bool = False
    reasons: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    @property
    def words(self) -> tuple[ReadWord, ...]:
        """What each word of the title was read as, with its place; worked out when asked for."""
        return read_words(self.title)

    def as_dict(self, *, codes: bool = False) -> dict[str, object]:
        """Give the answer as plain JSON types, without the spans; with its ``codes`` if asked.

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
            "seniority": self.seniority,
            "function": self.function,
            "method": str(self.method),
            "confidence": self.confidence,
            "needs_review": self.needs_review,
            "reasons": list(self.reasons),
            "alternatives": [a.as_dict() for a in self.alternatives],
            **asked,
        }

    @property
    def codes(self) -> tuple[Code, ...]:
        """What other classifications call the level, or the track of delivery; none for others.

        >>> from pmo_classify import classify
        >>> [f"{code.scheme} {code.code}" for code in classify("Project Manager").codes]
        ['O*NET-SOC 13-1082.00', 'UK SOC 2020 2440']
        """
        return codes_for(str(self.track)) if self.level is None else self.level.codes

    def explain(self) -> str:
        """Say in plain text which words decided what, with their places in the title.

        >>> from pmo_classify import classify
        >>> print(classify("Lead Program Planner, London").explain())
        'Lead Program Planner, London'
          is on the ladder: level 2, Supporting portfolios, programmes and projects
          scope: programme
          standard title: Programme Planner
          seniority: lead (moves no level)
          function: planning
          read as:
              0-4   'Lead': role
              5-12  'Program' = programme: P3 word
             13-20  'Planner': role
             22-28  'London': ignored, a place
          because:
            only programmes of projects have planners (codebook: A function of an office)
            the role word is 'planner'
            level 2: analysts, officers, planners and other specialists (career path, level 2)
          method: pattern, confidence: 0.97
        """
        lines = [repr(self.title), *self._answer_lines()]
        words = self.words
        if words:
            lines.append("  read as:")
            lines.extend(self._word_line(word) for word in words)
        lines.append("  because:")
        lines.extend(f"    {reason_text(code)}" for code in self.reasons)
        if self.level is Level.LEADING and {"role:manager", "role:lead"} & set(self.reasons):
            lines.append(f"    {MANAGER_OR_LEAD}")
        if self.alternatives:
            lines.append("  other readings:")
            lines.extend(f"    {_short(a)}: {a.why}" for a in self.alternatives)
        lines.append(f"  method: {self.method}, confidence: {self.confidence:.2f}")
        return "\n".join(lines)

    def _answer_lines(self) -> list[str]:
        review = "  to be reviewed: the title alone cannot settle it"
        if self.level is None:
            what = {
                Track.DELIVERY: "  is not on the ladder: it runs projects or programmes",
                Track.OTHER: "  is not on the ladder",
            }.get(self.track, "  is on the ladder")
            return [what, review] if self.needs_review else [what]
        lines = [
            f"  is on the ladder: level {int(self.level)}, {self.level.title}",
            f"  scope: {self.scope or 'none named'}",
            f"  standard title: {self.standard_title}",
        ]
        if self.seniority:
            lines.append(f"  seniority: {self.seniority} (moves no level)")
        if self.function:
            lines.append(f"  function: {self.function}")
        return [*lines, review] if self.needs_review else lines

    def _word_line(self, word: ReadWord) -> str:
        text = self.title[word.start : word.end]
        meaning = f" = {word.meaning}" if word.meaning not in ("", text.casefold()) else ""
        return f"    {word.start:>3}-{word.end:<3} {text!r}{meaning}: {word.tag}"


def _short(alternative: Alternative) -> str:
    if alternative.level is None:
        return str(alternative.track)
    scope = f" {alternative.scope}" if alternative.scope else ""
    return f"{alternative.track} {int(alternative.level)}{scope}"


def classified(title: str, verdict: Verdict) -> Classification:
    """Make the answer for one title, in the least time.

    >>> classified("Baker", Verdict(Track.OTHER)) == Classification("Baker", Track.OTHER)
    True
    """
    return _new(Classification, (title, *verdict))


_new: Final = tuple.__new__
