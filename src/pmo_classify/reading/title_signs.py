"""Fixes for the blanks and signs of a title, made before its words: "Manager-Sales", "RIO /GO"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from pmo_classify.knowledge.clean_words import (
    abbreviations,
    gender_marks,
    roles_before_a_dash,
    small_words,
)
from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.lexer import BREAK
from pmo_classify.reading.title_order import ROLES
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.town_names import is_listed as is_town
from pmo_classify.reading.word_case import is_state

__all__ = ["with_blanks", "with_dashes", "without_lines"]

_NO_SUBJECT: Final = frozenset({Tag.FILLER, Tag.JOIN, Tag.LINK, Tag.SENIORITY})
_SLASHES = re.compile(r"\s*/(?:\s?/)+\s*")
_STATE = re.compile(r"(?<=[^\W\d_]{3}) / ?([A-Z]{2})(?=$| -)")
"""Where a state may follow its town: "RIO VERDE /GO"."""
_CALL = re.compile(r"[\s-]*[¡¿]+\s*")
"""Signs that open an exclamation or a question in Spanish: "Comercial ¡Fijo + comisiones!"."""
_DOTS = re.compile(r"(?<=\w)\s?\.{2,}\s?(?=[^\W\d_]{2})|(?<!\.)\.\.$")
"""Dots used instead of a dash; three at the end say that a title was cut short."""
_SHARED = re.compile(r"(?<=[^\W\d_]{3})-\s/\s(?=[^\W\d_]{3})")
"""A slash after the first part of a compound: "Satelliten- / Raumfahrtumfeld"."""
_SHARED_END = re.compile(r"(?<=[^\W\d_]{3})\s?/\s-(?=[^\W\d_]{3})")
"""A slash before the last part of a compound: "Baukaufmann / -leiter"."""
_AFTER_A_STOP = re.compile(r"(?<=[^\W\d_]\.)-\s(?=[^\W\d_]{2,4}\.)")
"""A hyphen with a blank after it, between two short forms: "Dipl.- Ing."."""
_LOOSE_HYPHEN = re.compile(r"(?<![\w-])([^\W\d_]+)-\s(?=([^\W\d_]+))")
"""A hyphen with a blank after it, which may be inside a word: "Part- time"."""
_LOOSE_COMPOUND = re.compile(
    r"(?<=[wnk]o)(?:- (?=[^\W\d_]{2,20}(?:wy|ny|ki|ych|ego)\b)"
    r"| [-–] ?(?=[^\W\d_]{2,20}(?:owy|[jcw]ny|nych|owych|kowa|owa)\b))"
)
"""A hyphen with blanks in a Polish adjective: "Techniczno- Handlowy"."""
_SHARED_BY_AND = re.compile(r"(?<=[a-zåäöü]{2})-(?=(?:och|und)\s[^\W\d_]{4})")
"""The hyphen of a shared ending, with no blank after it: "Zorb-och offertberedare"."""
_LOOSE_ENDING = re.compile(
    r"(?<=[^\W\d_]{3})(?:\s?/\s?-?\s?(?:ka|tka|stka|czka|rka)|-/(?:in|czka|ka|tka))(?![\w-])"
)
"""The ending of the other gender, with a blank or a hyphen at its slash: "Asystent/ ka"."""
_DOTTED_ENDING = re.compile(r"(?<=[^\W\d_]{3})•(?:e|euse|trice|rice|ne|ère)s?(?!\w)")
"""The ending of the other gender in French, after a round dot: "Vendeur•euse"."""
_LANGUAGE = re.compile(r"\bj(?:ęz)?\.\s?(?=[^\W\d_]{3,20}([ie]m|ego)\b)", re.IGNORECASE)
"""The short form of a Polish word for a language, and how the word after it ends."""
_GENDER_SIGN = re.compile(r"([^\W\d_]{3,})@(r|s|res)?(?!\w)")
"""A sign that stands for both endings in Spanish: "Desarrollad@r", "tod@s", "Enfermer@"."""
_OF_BOTH = re.compile(
    # The sign comes first, so that the pattern is tried at few places.
    r"(?:[/*_:·(](?<=[^\W\d_]{3}[eE].)-?|\s\((?<=[^\W\d_]{3}[eE]..))([rR])\)?(?![\w-])"
)
"""The ending of German nouns made from adjectives: "Beauftragte/r" is "Beauftragter"."""
_STRAY_STOP = re.compile(r"(?<=\s)\.(?=[A-Z][a-z]{3})")
"""A full stop right before a word, except that of ".NET": "Asst .Manager"."""
_LOOSE_AND = re.compile(r"(?<=\s)&(?=[^\W\d_]{3})|((?<=[^\W\d_]{3})&(?=\s))")
_SHORT_FORM = re.compile(r"(?<![^\s/(])([^\W\d_]{2,5})\.(?=[^\W\d_])")
"""What may be an abbreviation with no blank after its full stop: "Sr.Manager"."""
_AFTER_A_ROLE = re.compile(r"(?<![\w-])([^\W\d_]{3,13})-(?=[^\W\d_]{2})")
_LOOSE_DASH = re.compile(r"(?<!/)\s-(?=[^\W_])|(?<=[),])-(?=[^\W_])")
_REFERENCE = re.compile(r"\d{4}")
_GLUED = re.compile(r"(?<=[^\W\dA-Z_]{5})(?=\d{5})")
"""A reference that follows a word without a blank: "Housekeeper25076763"."""
_BETWEEN_DASHES = re.compile(r"(?<=[^\W\d_]{4})-\d{4,}-(?=[^\W\d_])")
_TAG = re.compile(r"\s+[(\[]?#[^\W\d_]\w*(?:\s#[^\W\d_]\w*)*[)\]]?$")
"""The tags at the end of a post: "#nowhiring"."""
_BAR = re.compile(r"(?<=[\w)]) l (?=\w)")
"""A lowercase letter used instead of a bar: "Comprador l Contagem"."""
_NUMBER = re.compile(r"(?:(?<=[^\W\d_]{3}\s)|(?<=[^\W\d_]\)\s))l{1,3}(?=$|\s[-–(|]|,)")
"""Small letters used instead of the capitals of a number: "Analista ll - Dados"."""
_LINE = re.compile(r"(?<!\S)_+(?!\S)")
_ACCENT_AS_SIGN = re.compile(r"(?<=[^\W\d_])[`´](?=[^\W\d_])")
"""An accent used instead of an apostrophe: "Women`s"."""
_GLUED_NAME = re.compile(r"(?<=[^\W\dA-Z_]{3})(?<!asp)(?<!ado)(?=\.N(?:ET|et)\b)")
"""The name of a tool that follows a word without a blank: "Développeur.NET"."""
_ENDING_IN_BRACKETS = re.compile(r"(?<=[^\W\d_]{4})\s\(-(?:[ae]|euse|in|ka|ne|rin|trice)\)")
"""The ending of the other gender, after a blank: "Asystent (-ka)"."""


def with_blanks(text: str) -> str:
    """Return text with its blanks and signs fixed.

    >>> with_blanks("Baker_Night Manager-Sales #nowhiring")
    'Baker - Night Manager - Sales'

    The endings of other genders go first, for their signs have other uses too: "Cocinero-a".
    """
    text = _without_gender_marks(text)
    if "_" in text:
        text = without_lines(text)
    for sign, pattern, instead in _LOOSE_MARKS:
        if sign in text:
            text = pattern.sub(instead, text)
    text = text.removeprefix(" - ").removesuffix(" - ")
    if text.endswith(("...", "…")):
        text = _with_dots(text)
    if "-" in text:
        text = with_dashes(text)
    if _REFERENCE.search(text):
        text = _GLUED.sub(" ", _BETWEEN_DASHES.sub(" - ", text))
    return text


def _without_gender_marks(text: str) -> str:
    text = _OF_BOTH.sub(_ending_of_both, text)
    if not text.isupper():
        return gender_marks().sub("", text)
    small = text.lower()
    if len(small) == len(text):
        for found in reversed(list(gender_marks().finditer(small))):
            text = text[: found.start()] + text[found.end() :]
    return text


def _ending_of_both(found: re.Match[str]) -> str:
    # "Software/R Developer"
    return found[1] if found[1] == "r" or found.string.isupper() else found[0]


def without_lines(text: str) -> str:
    """Return text without underscores, which separate phrases in a text that also has blanks."""
    text = _LINE.sub("-", text)
    return " ".join(text.replace("_", " - " if " " in text else " ").split()).strip("- ")


def _with_dots(text: str) -> str:
    """Return a text that was cut short with its dots right after its last word: "Sales and..."."""
    return text.rstrip(".… ") + "..."


def with_dashes(text: str) -> str:
    """Return text with blanks around loose dashes, and those between a role and its subject."""
    if text.count(" -") > text.count(" - ") or ")-" in text or ",-" in text:
        text = _LOOSE_DASH.sub(" - ", text)
    return _AFTER_A_ROLE.sub(_with_dash, text) if "-" in text.replace(" - ", " ") else text


def _with_dash(found: re.Match[str]) -> str:
    """Return the dash after a role with blanks, where no other role follows: "Manager-Sales"."""
    role = found[1]
    full = roles_before_a_dash().get(role.lower())
    if full is None:
        return found[0]
    _, *rest = tokens = default_tokenizer().tokenize(found.string[found.start() :])
    tags = [token.tag for token in rest]
    phrase = tags[: tags.index(BREAK)] if BREAK in tags else tags
    # "Director-General", "Engineer-in-charge", "Engineer-II"
    is_apart = tokens[0].end == len(role) and _NO_SUBJECT.isdisjoint(phrase[:1])
    # "Executive-level Assistant" is one title, "Executive-HR & Admin" is not.
    is_named = found.string[found.end()].isupper() and ROLES.isdisjoint(phrase[:1])
    is_apart = is_apart and (is_named or ROLES.isdisjoint(phrase))
    if not is_apart:
        return found[0]
    return f"{full.upper() if role.isupper() else full} - " if full else f"{role} - "


def _with_blank(found: re.Match[str]) -> str:
    word = found[1].lower()
    return f"{found[0]} " if word in abbreviations() or word in small_words() else found[0]


def _with_hyphen(found: re.Match[str]) -> str:
    """Return a word with its hyphen, and no blank after it where both words are one of noise."""
    known = default_lexicon().get(fold(f"{found[1]} {found[2]}"))
    is_noise = known is not None and known.tag == Tag.NOISE
    return f"{found[1]}-" if is_noise else found[0]


def _with_blank_beside(found: re.Match[str]) -> str:
    return " &" if found[1] else "& "


def _with_ending(found: re.Match[str]) -> str:
    """Return a word with the ending of one gender, where the word is known with it."""
    word, after = found[1], found[2] or ""
    is_known = after or default_lexicon().knows(fold(f"{word}o"))
    return f"{word}{'O' if word.isupper() else 'o'}{after}" if is_known else found[0]


def _with_language(found: re.Match[str]) -> str:
    """Return the Polish word for a language: "z j. niemieckim", "znajomość j. niemieckiego"."""
    is_in = found.string[: found.start()].lower().endswith(" w ")
    full = "języka " if found[1].lower() == "ego" else "języku " if is_in else "językiem "
    return full.upper() if found.string.isupper() else full


def _with_state(found: re.Match[str]) -> str:
    town = found.string[: found.start()].rpartition(" ")[2]
    is_sure = found[0][2] != " " or found.string.isupper() or is_town(fold(town))
    return f"/{found[1]}" if is_sure and is_state(found[1]) else found[0]


_LOOSE_MARKS: Final[Sequence[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]]]] = (
    ("¡", _CALL, " - "),
    ("¿", _CALL, " - "),
    (" /", _STATE, _with_state),
    ("//", _SLASHES, " - "),
    ("..", _DOTS, " - "),
    ("- /", _SHARED, "-/"),
    ("/ -", _SHARED_END, "/-"),
    (".- ", _AFTER_A_STOP, "-"),
    ("o- ", _LOOSE_COMPOUND, "-"),
    ("o -", _LOOSE_COMPOUND, "-"),
    ("o –", _LOOSE_COMPOUND, "-"),
    ("/ ", _LOOSE_ENDING, ""),
    ("-/", _LOOSE_ENDING, ""),
    ("•", _DOTTED_ENDING, ""),
    (".", _LANGUAGE, _with_language),
    ("-och ", _SHARED_BY_AND, "- "),
    ("-und ", _SHARED_BY_AND, "- "),
    ("- ", _LOOSE_HYPHEN, _with_hyphen),
    ("@", _GENDER_SIGN, _with_ending),
    ("&", _LOOSE_AND, _with_blank_beside),
    (".", _SHORT_FORM, _with_blank),
    (" .", _STRAY_STOP, ""),
    (" l", _NUMBER, lambda found: found[0].upper().replace("L", "I")),
    (" l ", _BAR, " | "),
    ("#", _TAG, ""),
    ("`", _ACCENT_AS_SIGN, "'"),
    ("´", _ACCENT_AS_SIGN, "'"),
    (".N", _GLUED_NAME, " "),
    (" (-", _ENDING_IN_BRACKETS, ""),
)
"""The fixes: a sign that the text must have, the pattern to replace, and the replacement."""
