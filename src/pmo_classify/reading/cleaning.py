"""Repair of the text itself, before any word is looked at.

Mojibake, HTML, odd Unicode forms and control characters are undone here, and every character of
the result knows which character of the given title it came from.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

from pmo_classify.thresholds import MAX_TITLE_LENGTH

__all__ = ["CleanText", "clean", "fold", "is_clean", "is_missing", "joins_mojibake"]

# Texts, so that they are compiled when the first title needs mending.
_TAG = r"</?[A-Za-z][^<>]{0,200}>|<!--[^<>]{0,200}-->"
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
_NAMED_ENTITY = r"&([A-Za-z]{2,31};)"
_ENTITY = re.compile(r"&[#A-Za-z]")
# UTF-8 read as cp1252: a letter that starts a sequence, then what its next byte looks like there.
_MAY_BE_MOJIBAKE = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    r"\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|[ÃÂ]\s|Â\Z|[\x80-\x9f]"
)
_JOINERS = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
# Accents that no letter takes up, as the dot that "İ" leaves behind when it is made small.
_LOOSE_ACCENT = re.compile(r"[\u0300-\u036f]")


class CleanText(NamedTuple):
    """A title whose text has been mended.

    ``text`` is what is read, with one blank between words and none around them; ``was_cut`` says
    that the title was longer than the limit; ``was_mended`` that more than its blanks changed.
    """

    text: str
    was_cut: bool
    was_mended: bool


def clean(title: str) -> CleanText:
    """Mend the text of a title: mojibake, HTML, Unicode forms, control characters.

    >>> clean("PMO Analyst &amp; Planner").text
    'PMO Analyst & Planner'
    >>> clean("Coordinateur de projet â€“ PMO").text
    'Coordinateur de projet – PMO'

    Words, case and punctuation are left as they were. At most 1,000 characters are read.
    """
    was_cut = len(title) > MAX_TITLE_LENGTH
    head = title[:MAX_TITLE_LENGTH]
    if is_clean(head):
        return CleanText(_single_spaced(head), was_cut, False)
    # The blank ends what is mojibake only together with one.
    given = f"{head} "
    text = _mend(given)
    return CleanText(_single_spaced(text[:MAX_TITLE_LENGTH]), was_cut, text != given)


def is_clean(title: str) -> bool:
    """Tell at little cost that a title needs neither mending nor cutting.

    >>> is_clean("PMO Analyst – Köln"), is_clean("PMO Analyst &amp; Planner")
    (True, False)

    Of a title that it denies, ``clean`` may still find that nothing is to be done.
    """
    return (
        len(title) <= MAX_TITLE_LENGTH
        # No control character, no invisible one, and no blank but the plain one.
        and title.isprintable()
        and "<" not in title
        and ("&" not in title or _ENTITY.search(title) is None)
        and (
            title.isascii()
            or (
                unicodedata.is_normalized("NFKC", title)
                and not _MAY_BE_MOJIBAKE.search(title)
                and not _LOOSE_ACCENT.search(title)
            )
        )
    )


def joins_mojibake(part: str) -> bool:
    """Tell whether a part of a clean title may be mojibake together with the blank after it.

    >>> joins_mojibake("projetÃ"), joins_mojibake("projet")
    (True, False)
    """
    return part[-1] in "ÃÂ"


def _single_spaced(text: str) -> str:
    """Leave one blank where several stand, so that no pattern need count them."""
    return " ".join(text.split())


def _mend(text: str) -> str:
    # Composed, so that a letter and its accent are no more mojibake apart than they are as one.
    text = _without_html(unicodedata.normalize("NFC", text))
    if _MAY_BE_MOJIBAKE.search(text):
        # ftfy is imported here because most titles never need it.
        import ftfy  # noqa: PLC0415

        text = ftfy.fix_text(text)
    # Full-width signs, once they are plain, may be HTML too, and that may hide some of their like.
    text = unicodedata.normalize("NFKC", text)
    text = unicodedata.normalize("NFKC", _without_html(text))
    text = _LOOSE_ACCENT.sub("", text.translate(_JOINERS))
    return re.sub(_CONTROL, " ", text)


def is_missing(value: object) -> bool:
    """Tell ``None``, NaN, and the missing values of pandas, which need no pandas to be known.

    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    return type(value).__name__ in ("NAType", "NaTType")


def _without_html(text: str) -> str:
    # A title may be escaped twice, and its entities may hide tags; two rounds undo what is met.
    for _ in range(2):
        if "&" in text:
            text = _unescaped(text)
        text = re.sub(_TAG, " ", text)
    return text


def _unescaped(text: str) -> str:
    """Write entities as the signs they are, also where all was put in capitals: "&NBSP;"."""
    # html is imported here because most titles have no entity.
    import html  # noqa: PLC0415
    from html.entities import html5  # noqa: PLC0415

    text = html.unescape(text)
    return re.sub(_NAMED_ENTITY, lambda found: html5.get(found[1].lower(), found[0]), text)


def fold(word: str) -> str:
    """Write a word in small letters without accents, as the tables have it.

    >>> fold("Büro"), fold("CO-ORDINACIÓN"), fold("Straße")
    ('buro', 'co-ordinacion', 'strasse')
    """
    if word.isascii():
        return word.lower()
    # One by one, since Python takes quadratic time to bring many accents into their order.
    decomposed = "".join([unicodedata.normalize("NFKD", c) for c in word.casefold()])
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
