"""The repair of a title's text, before any of its words is read.

It undoes mojibake, HTML, odd Unicode forms and control characters. Places in the clean text can be
turned back into places in the original title.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from pmo_classify.thresholds import MAX_TITLE_LENGTH

__all__ = ["CleanText", "clean_text", "fold", "is_clean", "is_missing", "places_in_title"]

# Strings, because they are compiled only if a title needs repair.
_TAG = r"</?[A-Za-z][^<>]{0,200}>|<!--[^<>]{0,200}-->"
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
_NAMED_ENTITY = r"&([A-Za-z]{2,31};)"
_ENTITY = re.compile(r"&[#A-Za-z]")
# Polish in cp1250 read as cp1252: "sprzeda¿y".
_POLISH = r"œ(?:æ|w|ci)|(?<=[^\W\d_])[¿³¹](?=[^\W\d_])|(?<=[^\W\d_]{3})[¿³¹](?!\w)"
_POLISH += r"|eñstw|jêzyk|siêg|rzêt|rzêd"
# UTF-8 read as cp1252: a letter that starts a sequence, then what its next byte looks like there.
_MAY_BE_MOJIBAKE = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    r"\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|Â\s|Â\Z|[\x80-\x9f]"
    # It looks like a small "à", which is not in words in capitals: "AVANÇO DA MANHÃ".
    r"|(?<![A-ZÀ-Ý])Ã\s"
    r"|" + _POLISH
)
# The first byte of a no-break space, left alone where its second became a usual space: "PMOÂ Lead".
# No language that we read has a word that ends in it.
_NO_BREAK_SPACE = r"Â(?=\s)"
_PLAIN = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff") | {"\u2010": "-"})
"""Letters that nobody sees, which are left out, and the hyphen that keyboards lack."""
# Bytes of UTF-8 as numbers after the first of them, or all: "â\\200\\223", "\\342\\200\\223".
_BYTES = r"[\u00c2-\u00f4]?(?:\\[23][0-7]{2})+"
_PERCENTS = r"(?:%[0-9A-Fa-f]{2})+"
_CODE_POINT = r"<U\+([0-9A-Fa-f]{4,5})>"
# Accents that combine with no letter, such as the dot that "İ" leaves in lower case.
_LOOSE_ACCENT = re.compile(r"[\u0300-\u036f]")


class CleanText(NamedTuple):
    """A title whose text has been repaired.

    ``text`` has one space between words and none around them; ``was_cut`` says that the title was
    longer than the limit, ``was_repaired`` that more than its spaces changed.
    """

    text: str
    was_cut: bool
    was_repaired: bool

    @property
    def is_blank(self) -> bool:
        """Whether the text has neither a letter nor a digit."""
        return not any(map(str.isalnum, self.text))


def clean_text(title: str) -> CleanText:
    """Return the text of a title without mojibake, HTML, odd Unicode forms and control characters.

    >>> clean_text("PMO Analyst &amp; Planner").text
    'PMO Analyst & Planner'
    >>> clean_text("Coordinateur de projet â€“ PMO").text
    'Coordinateur de projet – PMO'

    Words, case and punctuation are left as they were. At most 1,000 characters are read.
    """
    was_cut = len(title) > MAX_TITLE_LENGTH
    head = title[:MAX_TITLE_LENGTH] if was_cut else title
    if is_clean(head):
        return CleanText(_single_spaced(head), was_cut, False)
    # Some mojibake differs from a letter only in the space after it.
    given = f"{head} "
    text = _repair(given)
    return CleanText(_single_spaced(text[:MAX_TITLE_LENGTH]), was_cut, text != given)


def is_clean(title: str) -> bool:
    """Return whether a title certainly needs no repair; a quick check that most titles pass.

    >>> is_clean("PMO Analyst – Köln"), is_clean("PMO Analyst &amp; Planner")
    (True, False)
    """
    return (
        # This excludes control characters, invisible ones, and all spaces but the usual one.
        title.isprintable()
        and "<" not in title
        and "\\" not in title
        and "%20" not in title
        and ("&" not in title or not _ENTITY.search(title))
        and (
            title.isascii()
            or (
                unicodedata.is_normalized("NFKC", title)
                and "\u2010" not in title
                and not _MAY_BE_MOJIBAKE.search(title)
                and not _LOOSE_ACCENT.search(title)
            )
        )
    )


def places_in_title(title: str, clean: CleanText) -> Callable[[int, int], tuple[int, int]]:
    """Return a function that turns a place in the clean text into the place in the title.

    >>> title = "PMO &amp; Planner"
    >>> place = places_in_title(title, clean_text(title))
    >>> start, end = place(6, 13)
    >>> title[start:end]
    'Planner'
    """
    if title.startswith(clean.text):
        return lambda start, end: (start, end)
    head = title[:MAX_TITLE_LENGTH]
    origin = _origins_of_repaired(head, clean.text) if clean.was_repaired else _origins(head)
    origin.append(len(head))

    def place(start: int, end: int) -> tuple[int, int]:
        first, last = origin[start], origin[end]
        while last > first + 1 and title[last - 1].isspace():
            last -= 1
        return first, max(first, last)

    return place


def _origins(head: str) -> list[int]:
    """Return where each character of the single-spaced text is in the original text."""
    origins: list[int] = []
    for word in re.finditer(r"\S+", head):
        if origins:
            origins.append(word.start() - 1)
        origins += range(word.start(), word.end())
    return origins


def _origins_of_repaired(head: str, text: str) -> list[int]:
    # Imported here because few titles need it: those whose text was repaired.
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    origins = [0] * len(text)
    for step in Indel.opcodes(head, text):
        for offset in range(step.dest_end - step.dest_start):
            inside = offset if step.tag == "equal" else 0
            origins[step.dest_start + offset] = step.src_start + inside
    return origins


def _single_spaced(text: str) -> str:
    """Return text with single spaces, so that no pattern has to allow for more."""
    return " ".join(text.split())


def _repair(text: str) -> str:
    # Accents are joined to their letters first, because alone they may look like mojibake.
    text = _without_escapes(unicodedata.normalize("NFC", text))
    text = _without_html(text)
    if re.search(_POLISH, text):
        text = _in_polish(text)
    if _MAY_BE_MOJIBAKE.search(text):
        # Imported here because most titles never need it.
        import ftfy  # noqa: PLC0415

        text = ftfy.fix_text(text)
        text = re.sub(_NO_BREAK_SPACE, "", text)
    # Full-width signs may become HTML once they are plain, and HTML may contain more of them.
    text = unicodedata.normalize("NFKC", text)
    text = unicodedata.normalize("NFKC", _without_html(text))
    text = _LOOSE_ACCENT.sub("", text.translate(_PLAIN))
    return re.sub(_CONTROL, " ", text)


def _without_escapes(text: str) -> str:
    """Return text with characters for the letters and bytes that are written as their numbers."""
    if "%20" in text and " " not in text.strip():
        # From the address of a web page.
        text = re.sub(_PERCENTS, _unquoted, text)
    if "<U+" in text:
        text = re.sub(_CODE_POINT, _letter, text)
    return re.sub(_BYTES, _decoded, text) if "\\" in text else text


def _letter(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter.isalpha() else found[0]


def _unquoted(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode(errors="ignore")


def _decoded(found: re.Match[str]) -> str:
    first, *numbers = found[0].split("\\")
    try:
        return (first.encode("latin-1") + bytes(int(n, 8) for n in numbers)).decode()
    except UnicodeDecodeError:
        return found[0]


def _in_polish(text: str) -> str:
    """Return text with the letters that its bytes have in the encoding of Polish."""
    try:
        return text.encode("cp1252").decode("cp1250")
    except UnicodeError:
        return text


def is_missing(value: object) -> bool:
    """Return whether a value is ``None``, NaN or a missing value of pandas (without pandas).

    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    return type(value).__name__ in ("NAType", "NaTType")


def _without_html(text: str) -> str:
    # A title may be escaped twice, and its entities may hide tags: two rounds are enough.
    for _ in range(2):
        if "&" in text:
            text = _unescaped(text)
        text = re.sub(_TAG, " ", text)
    return text


def _unescaped(text: str) -> str:
    """Return text with its HTML entities as characters, also those in capitals: "&NBSP;"."""
    # Imported here because most titles have no entity.
    import html  # noqa: PLC0415
    from html.entities import html5  # noqa: PLC0415

    text = html.unescape(text)
    return re.sub(_NAMED_ENTITY, lambda found: html5.get(found[1].lower(), found[0]), text)


def fold(word: str) -> str:
    """Return a word in lower case without accents, as the tables of words have it.

    >>> fold("Büro"), fold("CO-ORDINACIÓN"), fold("Straße")
    ('buro', 'co-ordinacion', 'strasse')
    """
    if word.isascii():
        return word.lower()
    # One by one, because Python takes quadratic time to put many accents in order.
    decomposed = "".join([unicodedata.normalize("NFKD", c) for c in word.casefold()])
    folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    # In capitals the dotless i of Turkish looks like the dotted one, so both are read as "i".
    return folded.replace("ı", "i")
