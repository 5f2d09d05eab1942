"""Why an answer is what it is: the words that decided, with their places, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pmo_classify.classification import Alternative, Classification, Token
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.reasons import reason_text
from pmo_classify.taxonomy import MANAGER_OR_LEAD, Level, Track

__all__ = ["explain", "explanation_as_dict", "part_of"]

_MARKS: Final = frozenset({"break", "slash"})
_PARTS: Final = {
    Tag.NOISE: "ignored, says nothing of the work",
    Tag.PLACE: "ignored, a place",
    Tag.FILLER: "ignored",
    Tag.UNKNOWN: "not in our tables",
    Tag.ACRONYM: "a short name that is not known",
    Tag.NEUTRAL: "known, decides nothing",
    Tag.P3: "project, programme or portfolio",
    Tag.P3_NAME: "project, programme or portfolio management",
    Tag.OFFICE_NAME: "office",
    Tag.OFFICE_KIND: "kind of office",
    Tag.OFFICE_FUNCTION: "function",
    Tag.CONTEXT: "says what the programme or portfolio is for",
    Tag.TECHNICAL: "a technical subject",
    Tag.SERVICE: "a public service",
    Tag.SERVICE_WITHIN: "a public service, beside its programme",
    Tag.FINANCE: "what portfolios of finance hold",
    Tag.FIELD: "another trade's field",
    Tag.PEOPLE: "the field of a firm's own people",
    Tag.TRADE: "another trade",
}


def explain(answer: Classification) -> str:
    """Return in plain text which words decided what, with their places in the title.

    >>> from pmo_classify import classify
    >>> print(explain(classify("Lead Program Planner, London")))
    'Lead Program Planner, London'
      is on the ladder: level 2, Supporting portfolios, programmes and projects
      scope: programme
      standard title: Programme Planner
      seniority: lead (moves no level)
      function: planning
      read as:
          0-4   'Lead': role
          5-12  'Program' = programme: project, programme or portfolio
         13-20  'Planner': role
         22-28  'London': ignored, a place
      decided by:
        track: 'Program', 'Planner'
        level: 'Planner'
        scope: 'Program'
      because:
        only programmes of projects have planners (codebook: A function of an office)
        the role word is 'planner'
        level 2: analysts, officers, planners and other specialists (career path, level 2)
      method: pattern, confidence: 0.97
    """
    lines = [repr(answer.title), *_answer_lines(answer)]
    words = [word for word in answer.words if word.tag not in _MARKS]
    if words:
        lines.append("  read as:")
        lines.extend(_word_line(answer.title, word) for word in words)
    decided = list(_decided_lines(answer))
    if decided:
        lines += ["  decided by:", *decided]
    lines.append("  because:")
    lines.extend(f"    {reason_text(code)}" for code in answer.reasons)
    if answer.level is Level.LEADING and {"role:manager", "role:lead"} & set(answer.reasons):
        lines.append(f"    {MANAGER_OR_LEAD}")
    if answer.alternatives:
        lines.append("  other readings:")
        lines.extend(f"    {_short(other)}: {other.why}" for other in answer.alternatives)
    lines.append(f"  method: {answer.method}, confidence: {answer.confidence:.2f}")
    return "\n".join(lines)


def explanation_as_dict(answer: Classification) -> dict[str, object]:
    """Return an answer and why it is so, as plain JSON types.

    >>> from pmo_classify import classify
    >>> found = explanation_as_dict(classify("PMO Lead, Leeds"))
    >>> found["level"], found["level_name"]
    (3, 'Leading and managing PMOs')
    >>> [(word["text"], word["start"], word["decides"]) for word in found["words"]]
    [('PMO', 0, ['track']), ('Lead', 4, ['track', 'level']), ('Leeds', 10, [])]
    """
    evidence = answer.evidence._asdict()
    words = [
        {
            "text": answer.title[word.start : word.end],
            "start": word.start,
            "end": word.end,
            "part": part_of(word),
            "meaning": word.meaning,
            "decides": [part for part, positions in evidence.items() if at in positions],
        }
        for at, word in enumerate(answer.words)
        if word.tag not in _MARKS
    ]
    name = None if answer.level is None else answer.level.title
    why = [reason_text(code) for code in answer.reasons]
    return {**answer.as_dict(), "level_name": name, "because": why, "words": words}


def part_of(word: Token) -> str:
    """Return in plain words the part that a word plays in its title.

    >>> from pmo_classify import classify
    >>> [part_of(word) for word in classify("Programme Analyst").words]
    ['project, programme or portfolio', 'role']
    """
    return _PARTS.get(word.tag, word.tag.replace("_", " "))


def _answer_lines(answer: Classification) -> list[str]:
    review = "  to be reviewed: the title alone cannot settle it"
    if answer.level is None:
        runs = answer.track is Track.DELIVERY
        what = "  is not on the ladder" + (": it runs projects or programmes" if runs else "")
        return [what, review] if answer.needs_review else [what]
    lines = [
        f"  is on the ladder: level {int(answer.level)}, {answer.level.title}",
        f"  scope: {answer.scope or 'none named'}",
    ]
    if answer.standard_title:
        lines.append(f"  standard title: {answer.standard_title}")
    if answer.seniority:
        lines.append(f"  seniority: {answer.seniority} (moves no level)")
    if answer.function:
        lines.append(f"  function: {answer.function}")
    return [*lines, review] if answer.needs_review else lines


def _word_line(title: str, word: Token) -> str:
    text = title[word.start : word.end]
    meaning = f" = {word.meaning}" if word.meaning not in ("", text.casefold()) else ""
    return f"    {word.start:>3}-{word.end:<3} {text!r}{meaning}: {part_of(word)}"


def _decided_lines(answer: Classification) -> Iterator[str]:
    for part, positions in answer.evidence._asdict().items():
        if positions:
            words = _texts(answer.title, [answer.words[at] for at in positions])
            yield f"    {part}: {', '.join(words)}"


def _texts(title: str, words: Iterable[Token]) -> list[str]:
    """Return words as they are in the title; those of an abbreviation are one."""
    return list(dict.fromkeys(repr(title[word.start : word.end]) for word in words))


def _short(other: Alternative) -> str:
    if other.level is None:
        return str(other.track)
    scope = f" {other.scope}" if other.scope else ""
    return f"{other.track} {int(other.level)}{scope}"
