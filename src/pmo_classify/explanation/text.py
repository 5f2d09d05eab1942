"""An explanation as text: plain, and coloured for a terminal. Both have the same lines."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_classify.classification import Classification
from pmo_classify.explanation.explanation import Explanation, Source, explanation_of
from pmo_classify.explanation.parts import MarkedWord, printable

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["explain", "explain_in_colour"]

_WIDTH: Final = 88
_INDENT: Final = "  "
_STYLES: Final = {
    "answer": "bold",
    "about": "bold",
    "role": "bold magenta",
    "scope": "bold cyan",
    "office": "bold blue",
    "function": "bold green",
    "subject": "yellow",
    "trade": "bold yellow",
    "seniority": "italic",
    "other": "",
    "unknown": "red",
    "ignored": "dim",
    "link": "",
}
"""The style of each part in a terminal; the labels say the same in words."""


class _Piece(NamedTuple):
    """A stretch of a line, and the name of its style; empty for none."""

    text: str
    style: str = ""


_Line = tuple[_Piece, ...]


def explain(answer: Classification) -> str:
    """Return in plain text what a title is, which of its words decided that, and why.

    Under the title, ``^`` marks the words that decided, ``-`` others that were read, ``.`` those
    that say nothing about the work, and ``?`` those that are not known.

    >>> from pmo_classify import classify
    >>> print(explain(classify("Lead Program Planner, London")))
    Level 2: Supporting portfolios, programmes and projects
    <BLANKLINE>
      Lead Program Planner, London
      ---- ^^^^^^^ ^^^^^^^  ......
      |    |       role     place
      |    scope = programme
      seniority
    <BLANKLINE>
      Track           the PMO ladder, because of "Program" and "Planner": only programmes of
                      projects have planners.
      Level           2, because of the role "Planner": analysts, officers, planners and
                      other specialists.
      Scope           programme, because of "Program".
      Seniority       "Lead" does not change the level.
      Function        planning.
      Standard title  Programme Planner.
      Confidence      97%: its words were read.
    <BLANKLINE>
    Sources
      docs/codebook.md#a-function-of-an-office
      docs/codebook.md#the-four-levels (career path, level 2)
    """
    return "\n".join("".join(piece.text for piece in line) for line in _lines(answer))


def explain_in_colour(answer: Classification) -> Text:
    """Return the lines of ``explain``, coloured for rich: print it with a ``rich.console.Console``.

    >>> from pmo_classify import classify
    >>> answer = classify("PMO Lead")
    >>> explain_in_colour(answer).plain == explain(answer)
    True
    """
    # Imported here because only a terminal shows colours, and plain text must come fast.
    from rich.text import Text  # noqa: PLC0415

    lines = (
        Text.assemble(*((piece.text, _STYLES.get(piece.style, "")) for piece in line))
        for line in _lines(answer)
    )
    return Text("\n").join(lines)


def _lines(answer: Classification) -> Iterator[_Line]:
    explanation = explanation_of(answer)
    yield (_Piece(explanation.answer, "answer"),)
    if explanation.words:
        yield ()
        for first, last in _title_lines(explanation.title):
            yield from _marked_lines(explanation, first, last)
    elif explanation.title:
        yield from ((), (_Piece(_INDENT + printable(explanation.title)),))
    if explanation.statements:
        yield ()
        yield from _statement_lines(explanation)
    yield from _list_lines("In doubt", explanation.doubts)
    yield from _list_lines("Other readings", explanation.readings)
    yield from _list_lines("Sources", map(_source_line, explanation.sources))


def _statement_lines(explanation: Explanation) -> Iterator[_Line]:
    widest = max(len(about) for about, _ in explanation.statements)
    for about, text in explanation.statements:
        first, *rest = _wrapped(text, _WIDTH - widest - 4)
        yield (_Piece(f"{_INDENT}{about:{widest}}  ", "about"), _Piece(first))
        for line in rest:
            yield (_Piece(" " * (widest + 4) + line),)


def _list_lines(heading: str, texts: Iterable[str]) -> Iterator[_Line]:
    wrapped = [_wrapped(text, _WIDTH - 4) for text in texts]
    if wrapped:
        yield from ((), (_Piece(heading, "about"),))
    for first, *rest in wrapped:
        yield (_Piece(_INDENT + first),)
        for line in rest:
            yield (_Piece(f"{_INDENT * 2}{line}"),)


def _source_line(source: Source) -> str:
    in_brackets = source.title.partition("(")[2]
    if not source.link:
        return source.title
    return f"{source.link} ({in_brackets}" if in_brackets else source.link


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _title_lines(title: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a title that fit on a line, each broken at a blank."""
    first = 0
    while first < len(title):
        last = first + _letters_within(title[first:], _WIDTH - len(_INDENT))
        if last < len(title):
            blank = title.rfind(" ", first + 1, last + 1)
            last = last if blank < 0 else blank
        yield first, last
        first = last + (title[last : last + 1] == " ")


def _letters_within(text: str, width: int) -> int:
    """Return how many letters of a text a line of this width holds; at least one."""
    taken = 0
    for at, letter in enumerate(text):
        taken += _width(letter)
        if taken > width:
            return max(at, 1)
    return len(text)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> _width("PMO"), _width("办公室"), _width("e\u0301")
    (3, 6, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "FW" else 1
        for c in text
    )


class _Mark(NamedTuple):
    """A word on a line of the title: its columns, its label, and how it is underlined."""

    first: int
    last: int
    label: str
    style: str
    line: str


def _marked_lines(explanation: Explanation, first: int, last: int) -> Iterator[_Line]:
    """Yield a stretch of the title, the marks under its words, and their labels."""
    title = printable(explanation.title)
    # A word on a line's end goes on in the next, where it is marked again.
    words = [
        word._replace(start=max(word.start, first), end=min(word.end, last))
        for word in explanation.words
        if word.start < last and word.end > first
    ]
    yield (_Piece(_INDENT), *_coloured(title, first, last, words))
    marks = list(_marks(title, first, words))
    if not marks:
        return
    yield _row([(mark.first, mark.line * (mark.last - mark.first), mark.style) for mark in marks])
    yield from map(_row, _label_rows(marks))


def _coloured(title: str, first: int, last: int, words: Iterable[MarkedWord]) -> Iterator[_Piece]:
    at = first
    for word in words:
        yield _Piece(title[at : word.start])
        yield _Piece(title[word.start : word.end], word.part)
        at = word.end
    yield _Piece(title[at:last])


def _marks(title: str, first: int, words: Iterable[MarkedWord]) -> Iterator[_Mark]:
    """Yield the marks of the words that play a part; neighbours that are ignored share one."""
    held: _Mark | None = None
    for word in words:
        if word.part == "link":
            continue
        start, end = _width(title[first : word.start]), _width(title[first : word.end])
        mark = _Mark(start, end, word.tag, word.part, _line_of(word))
        if held is not None and held.line in ".?" and held[2:] == mark[2:]:
            held = held._replace(last=end)
            continue
        if held is not None:
            yield held
        held = mark
    if held is not None:
        yield held


def _line_of(word: MarkedWord) -> str:
    if word.part in ("ignored", "unknown"):
        return "." if word.part == "ignored" else "?"
    return "^" if word.decides else "-"


_Row = list[tuple[int, str, str]]


def _label_rows(marks: list[_Mark]) -> list[_Row]:
    """Return the labels, each in the highest row where it does not run into the next one.

    From there a line of bars leads up to its word.
    """
    rows: list[_Row] = []
    for mark in reversed(marks):
        end = mark.first + len(mark.label) + 1
        depth = 0
        while depth < len(rows) and rows[depth][0][0] < end:
            depth += 1
        if depth == len(rows):
            rows.append([])
        rows[depth].insert(0, (mark.first, mark.label, mark.style))
        for row in rows[:depth]:
            row.insert(0, (mark.first, "|", ""))
    return rows


def _row(cells: _Row) -> _Line:
    pieces = [_Piece(_INDENT)]
    at = 0
    for column, text, style in cells:
        pieces += [_Piece(" " * (column - at)), _Piece(text, style)]
        at = column + len(text)
    return tuple(pieces)
