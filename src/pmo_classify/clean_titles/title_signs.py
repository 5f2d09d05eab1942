"""Fixes for the blanks and signs of a title, made before its words: "Manager-Sales", "RIO /GO"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import eq
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.clean_titles.cut_titles import with_end
from pmo_classify.clean_titles.gender_pairs import without_pairs
from pmo_classify.clean_titles.title_order import ROLES
from pmo_classify.clean_titles.town_names import is_listed as is_town
from pmo_classify.clean_titles.word_looks import words_apart
from pmo_classify.knowledge.clean_words import (
    abbreviations,
    gender_marks,
    roles_before_a_dash,
    sign_fixes,
    small_words,
    writings,
)
from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.knowledge.place_words import is_state
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.lexer import BREAK
from pmo_classify.reading.tokenizer import default_tokenizer

__all__ = ["with_blanks", "with_dashes", "with_signs", "without_doubles", "without_lines"]

_NO_SUBJECT: Final = frozenset({Tag.FILLER, Tag.JOIN, Tag.LINK, Tag.SENIORITY})
_NO_NAMES: Final = frozenset({Tag.LINK, Tag.NOISE, Tag.PLACE})
_SLASHES = re.compile(r"\s*/(?:\s?/)+\s*")
_TAG_END = re.compile(r"<-[a-z]{1,6}>")
"""The end of a tag of HTML whose slash became a dash: "Chef<-b>"."""
_STATE = re.compile(r"(?<=[^\W\d_]{3}) / ?([A-Z]{2})(?=$| -)")
"""Where a state may follow its town: "RIO VERDE /GO"."""
_CALL = re.compile(r"[\s-]*[¡¿]+\s*")
"""Signs that open an exclamation or a question in Spanish: "Comercial ¡Fijo + comisiones!"."""
_DOTS = re.compile(r"(?<=\w)\s?\.{2,}\s?(?=[^\W\d_]{2})|(?<!\.)\.\.$")
"""Dots used instead of a dash; three at the end say that a title was cut short."""
_SHARED = re.compile(r"(?<=[^\W\d_]{3})-(?:\s/\s?|/\s)(?=[^\W\d_]{3})")
"""A slash after the first part of a compound: "Satelliten- / Raumfahrtumfeld"."""
_SHARED_END = re.compile(r"(?<=[^\W\d_]{3})\s?/\s-(?=[^\W\d_]{3})")
"""A slash before the last part of a compound: "Baukaufmann / -leiter"."""
_AFTER_A_STOP = re.compile(r"(?<=[^\W\d_]\.)-\s(?=[^\W\d_]{2,4}\.)")
"""A hyphen with a blank after it, between two short forms: "Dipl.- Ing."."""
_LOOSE_HYPHEN = re.compile(r"(?<![\w-])([^\W\d_]+)-\s(?=([^\W\d_]+))")
"""A hyphen with a blank after it, which may be inside a word: "Part- time"."""
_GENDER_SIGN = re.compile(r"([^\W\d_]{3,})@(r|s|res)?(?!\w)")
"""A sign that stands for both endings in Spanish: "Desarrollad@r", "tod@s", "Enfermer@"."""
_OF_BOTH = re.compile(
    # The sign comes first, so that the pattern is tried at few places.
    r"(?:[/*_:·(](?<=[^\W\d_]{3}[eE].)-?|\s\((?<=[^\W\d_]{3}[eE]..))([rR])\)?(?![\w-])"
)
"""The ending of German nouns made from adjectives: "Beauftragte/r" is "Beauftragter"."""
_TWO_NAMES = re.compile(r"(?<![\w/.-])([A-Za-z+#]{1,4})(?:\s/|/\s)(?=([A-Za-z+#]{1,4})(?![\w+#]))")
"""Two short names with a blank on one side of their slash: "UI/ UX"."""
_AFTER_A_VERSION = re.compile(r"(?<=\d\.0)\.(?=\s[^\W\d_])")
"""The full stop after the number of a version: "SAP 7.0. Developer"."""
_IN_SLASHES = re.compile(r"(?<=\w)\s/(?=\w)([^/]{3,40})(?<=\w)/$")
"""Words between slashes that are used as brackets: "Baker /Night Team/"."""
_FULL_STOP = re.compile(r"(?<!\S)([^\W\d_]{6,}|[^\W\d_]{4}[aeiou])\.\s+(?=[^\W\d_]{2})")
"""A full stop between two parts of a title: "Camarero de barra. Oficial de primera"."""
_WITH_CAPITALS = re.compile(r"(?<!\w)[A-Za-z]+[a-z][A-Z][A-Za-z]*(?!\w)")
"""A word with a capital inside."""
_LETTERS = re.compile(r"[^\W\d_]+")
_WHOLE_WORD = re.compile(r".{5}[aeiou]$|.{8}[rs]$|.{3}(?:[dst]or|eur|ier)$")
"""How few short forms end."""
_LETTERS_WITH_STOPS = re.compile(
    r"(?<![\w./])(?!s\.r\.o)(?:[^\W\d_]\.){2,}[^\W\d_](?:\.|(?![\w./]))(?![\w/])"
)
"""A short name with full stops, not the form of a company: "p.v.c", "(t.c.a.e.)"."""
_AFTER_AN_ORDINAL = re.compile(r"(?<!\S)(?<!^)(\d{1,2}\.)(?=[^\W\d_]{5})")
"""An ordinal number with no blank after its full stop: "till 2.bataljonen"."""
_GLUED_BRACKET = re.compile(r"\((?<=[^\W\d_]{3}\()(?![-/]|[^\W\d_]{1,6}\)|[aeo]/[aeor]\))")
"""A bracket with no blank before it, except that of an ending: "Manager(E&I)", "Vendedor(a)"."""
_STRAY_STOP = re.compile(r"(?<=\s)\.(?=[A-Z][a-z]{3})")
"""A full stop right before a word, except that of ".NET": "Asst .Manager"."""
_LOOSE_AND = re.compile(
    r"(?<=\s)&(?=[^\W\d_]{3})|(?<=[^\W\d_]{3})&(?=\s|[^\W\d_]{3})"
    r"|(?<=[A-Za-z]{4})&(?!co\b)(?=[A-Za-z]{2})|(?<=[A-Za-z]{2})&(?=[A-Za-z]{4})",
    re.IGNORECASE,
)
"""A sign without its blanks between words, not in a short name: "Sales& Service", "Tax&Audit"."""
_SHORT_FORM = re.compile(r"(?<![^\s/(])([^\W\d_]{2,5})\.(?=[^\W\d_])")
"""What may be an abbreviation with no blank after its full stop: "Sr.Manager"."""
_AFTER_A_ROLE = re.compile(r"(?<![\w-])([^\W\d_]{3,14})((?:\s(?:\d|I{1,3}|IV|V))?)-(?=[^\W\d_]{2})")
"""The hyphen after what may be a role and its grade: "Manager-Sales", "Engineer II-Backend"."""
_LOOSE_DASH = re.compile(r"(?<!/)\s-(?=[^\W_])|(?<=[),])-(?=[^\W_])")
_REFERENCE = re.compile(r"\d{4}")
_GLUED = re.compile(r"(?<=[^\W\dA-Z_]{5})(?=\d{5})")
"""A reference that follows a word without a blank: "Housekeeper25076763"."""
_BETWEEN_DASHES = re.compile(r"(?<=[^\W\d_]{4})-\d{4,}-(?=[^\W\d_])")
_TAG = re.compile(r"\s+[(\[]?#[^\W\d_]\w*(?:\s#[^\W\d_]\w*)*[)\]]?$")
"""The tags at the end of a post: "#nowhiring"."""
_BAR = re.compile(r"(?<=[\w)]) ll? (?=\w)")
"""A lowercase letter used instead of a bar, or two: "Comprador l Contagem"."""
_NUMBER = re.compile(r"(?:(?<=[^\W\d_]{3}\s)|(?<=[^\W\d_]\)\s))l{1,3}(?=$|\s[-–(|]|,)")
"""Small letters used instead of the capitals of a number: "Analista ll - Dados"."""
_CODE = re.compile(r"^(?=.{12})([A-Z]{2,5})_(?=[^\W_])|(?<=[^\W_]|[)）])_\s?([A-Z][A-Z\d]{1,4})$")
"""What may be a code before or after the only underscore beside it."""
_LINE = re.compile(r"(?<!\S)_+(?!\S)")
_ACCENT_AS_SIGN = re.compile(r"(?<=[^\W\d_])[`´](?=[^\W\d_])")
"""An accent used instead of an apostrophe: "Women`s"."""
_GLUED_NAME = re.compile(r"(?<=[^\W\dA-Z_]{3})(?<!asp)(?<!ado)(?=\.N(?:ET|et)\b)")
"""The name of a tool that follows a word without a blank: "Développeur.NET"."""
_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]{5,})(?:\s\1(?![\w-]))+", re.IGNORECASE)
"""A word that stands twice: "Bakery Manager Manager"."""
_SMALL_TWICE = re.compile(r"(?<=\s)([^\W\d_]{1,4})\s\1(?=\s)")
"""What may be a small word that stands twice: "Auxiliar de de cocina"."""
_BRACKETS = str.maketrans(
    {**dict.fromkeys("「『【〔〖《〈", " ["), **dict.fromkeys("」』】〕〗》〉", "] ")}
)
"""The brackets of Chinese and Japanese as those of other languages."""


def with_blanks(text: str) -> str:
    """Return text with its blanks and signs fixed.

    >>> with_blanks("Baker_Night Manager-Sales #nowhiring")
    'Baker - Night Manager - Sales'

    The endings of other genders go first, for their signs have other uses too: "Cocinero-a".
    """
    text = _without_gender_marks(text)
    text = _WITH_CAPITALS.sub(_apart, text)
    if not text.isascii():
        text = " ".join(text.translate(_BRACKETS).split())
    if "_" in text:
        text = without_lines(text)
    text = with_signs(text)
    for sign, pattern, instead in _LOOSE_MARKS:
        if sign in text:
            text = pattern.sub(instead, text)
    text = text.removeprefix(" - ").removesuffix(" - ")
    text = with_end(text)
    if "-" in text:
        text = with_dashes(text)
    if _REFERENCE.search(text):
        text = _GLUED.sub(" ", _BETWEEN_DASHES.sub(" - ", text))
    return text


def _apart(found: re.Match[str]) -> str:
    """Return the words that are written together: "SrPMOAnalyst"."""
    return " ".join(words_apart(found[0])) or found[0]


def with_signs(text: str) -> str:
    """Return text with the signs fixed that a language has its own way to write: "Asystent/ ka"."""
    small, fixes = text.lower(), sign_fixes()
    for first in sorted(fixes.keys() & set(small)):
        for sign, pattern, written in fixes[first]:
            if sign in small:
                instead = written.upper() if text.isupper() else written
                text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
    return text


def _without_gender_marks(text: str) -> str:
    text = _OF_BOTH.sub(_ending_of_both, without_pairs(text))
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
    """Return text without underscores, which separate phrases in a text that also has blanks.

    A short name that no table has is an employer's code: "Baker_XQ".
    """
    while (code := _CODE.search(text)) and _is_code(code[1] or code[2]):
        rest = text[: code.start()] + text[code.end() :]
        if rest.isupper():
            break
        text = rest
    text = _LINE.sub("-", text)
    return " ".join(text.replace("_", " - " if " " in text else " ").split()).strip("- ")


def _is_code(name: str) -> bool:
    known = default_lexicon().get(name.lower())
    return name.lower() not in writings() and (known is None or known.tag in _NO_NAMES)


def with_dashes(text: str) -> str:
    """Return text with blanks around loose dashes, and those between a role and its subject."""
    if text.count(" -") > text.count(" - ") or ")-" in text or ",-" in text:
        text = _LOOSE_DASH.sub(" - ", text)
    return _AFTER_A_ROLE.sub(_with_dash, text) if "-" in text.replace(" - ", " ") else text


def _with_dash(found: re.Match[str]) -> str:
    """Return the dash after a role with blanks, where no other role follows: "Manager-Sales"."""
    role, grade = found[1], found[2]
    full = roles_before_a_dash().get(role.lower())
    if full is None:
        return found[0]
    if grade:
        return f"{role}{grade} - "
    _, *rest = tokens = default_tokenizer().tokenize(found.string[found.start() :])
    tags = [token.tag for token in rest]
    phrase = tags[: tags.index(BREAK)] if BREAK in tags else tags
    # "Director-General", "Engineer-in-charge", "Engineer-II"
    is_apart = tokens[0].end == len(role) and _NO_SUBJECT.isdisjoint(phrase[:1])
    # "Executive-level Assistant" is one title, "Executive-HR & Admin" is not.
    is_named = found.string[found.end()].isupper() and _names_no_role(phrase)
    is_apart = is_apart and (is_named or ROLES.isdisjoint(phrase))
    is_apart = is_apart or (tokens[0].end == len(role) and _starts_title(rest, phrase, found))
    if not is_apart:
        return f"{full}-" if full and role.istitle() else found[0]
    return f"{full.upper() if role.isupper() else full} - " if full else f"{role} - "


def _starts_title(rest: Sequence[Token], tags: Sequence[str], found: re.Match[str]) -> bool:
    """Return whether words after a hyphen are a title: "team lead", "deputy manager"."""
    if not tags or found.string[found.end() :][: rest[0].end - rest[0].start].count("-"):
        return False
    if tags[0] == Tag.SENIORITY:
        return not ROLES.isdisjoint(tags)
    # "in-charge" is no title of its own.
    return tags[0] in ROLES and " " in rest[0].written


def _names_no_role(tags: Sequence[str]) -> bool:
    """Return whether words do not start with a role: "Student Life" does not, "Trainee" does."""
    if tags[:1] == [Tag.LEARNER]:
        tags = tags[1:]
        return bool(tags) and ROLES.isdisjoint(tags)
    return ROLES.isdisjoint(tags[:1])


def without_doubles(text: str) -> str:
    """Return text with each role, and each small word, once that stands twice in a row.

    >>> without_doubles("Bakery Manager Manager"), without_doubles("Clerk for for Payroll")
    ('Bakery Manager', 'Clerk for Payroll')
    """
    words = text.lower().split(" ")
    if not any(map(eq, words, words[1:])):
        return text
    return _SMALL_TWICE.sub(_small_once, _DOUBLED.sub(_once, text))


def _once(found: re.Match[str]) -> str:
    """Return a role that stands twice once; other words may be a name: "Zorba Zorba"."""
    return found[1] if _is_role(fold(found[1])) else found[0]


def _is_role(word: str) -> bool:
    known = default_lexicon().get(word)
    return known is not None and known.tag in ROLES


def _small_once(found: re.Match[str]) -> str:
    """Return a small word once; with a capital it may be a name: "La La Land"."""
    is_small = found[1].islower() and found[1] in small_words()
    return found[1] if is_small else found[0]


def _with_blank(found: re.Match[str]) -> str:
    word = found[1].lower()
    return f"{found[0]} " if word in abbreviations() or word in small_words() else found[0]


def _as_one_name(found: re.Match[str]) -> str:
    """Return the first of two short names and a slash without a blank, or all as it is."""
    names = [name.lower().rstrip("+#") for name in found.groups()]
    # "Motorista c/ ADR" has the short form of "com".
    is_sure = found[1] != "c" and all(name == "c" or name in writings() for name in names)
    return f"{found[1]}/" if is_sure else found[0]


def _with_break(found: re.Match[str]) -> str:
    """Return a word with a dash instead of its full stop, where it is surely not a short form."""
    word = fold(found[1])
    is_word = default_lexicon().knows(word) or _WHOLE_WORD.search(word)
    after = _LETTERS.match(found.string, found.end())
    # "Stellvertr. Leitung", "Compta. clients"
    pair = f"{found[1]} {after[0]}".lower() if after else word
    is_short = word in abbreviations() or pair in abbreviations()
    return f"{found[1]} - " if is_word and not is_short else found[0]


def _without_stops(found: re.Match[str]) -> str:
    """Return a short name without its full stops if a table has it, else capitals in brackets.

    Letters elsewhere may be no name: "a.k.a.".
    """
    known = writings().get(found[0].replace(".", "").lower())
    if known is not None and known.is_sure and known.written.isupper():
        return known.written
    text, start, end = found.string, found.start(), found.end()
    is_in_brackets = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    return found[0].upper() if is_in_brackets else found[0]


def _with_hyphen(found: re.Match[str]) -> str:
    """Return a word with its hyphen, and no blank after it where both words are one of noise."""
    known = default_lexicon().get(fold(f"{found[1]} {found[2]}"))
    is_noise = known is not None and known.tag == Tag.NOISE
    return f"{found[1]}-" if is_noise else found[0]


def _with_blanks_beside(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end()]
    return f"{'' if before == ' ' else ' '}&{'' if after == ' ' else ' '}"


def _with_ending(found: re.Match[str]) -> str:
    """Return a word with the ending of one gender, where the word is known with it."""
    word, after = found[1], found[2] or ""
    is_known = after or default_lexicon().knows(fold(f"{word}o"))
    return f"{word}{'O' if word.isupper() else 'o'}{after}" if is_known else found[0]


def _with_state(found: re.Match[str]) -> str:
    town = found.string[: found.start()].rpartition(" ")[2]
    is_sure = found[0][2] != " " or found.string.isupper() or is_town(fold(town))
    return f"/{found[1]}" if is_sure and is_state(found[1]) else found[0]


_LOOSE_MARKS: Final[Sequence[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]]]] = (
    ("¡", _CALL, " - "),
    ("¿", _CALL, " - "),
    ("<-", _TAG_END, " "),
    (" /", _STATE, _with_state),
    ("//", _SLASHES, " - "),
    ("..", _DOTS, " - "),
    ("- /", _SHARED, "-/"),
    ("-/ ", _SHARED, "-/"),
    ("/ -", _SHARED_END, "/-"),
    (".- ", _AFTER_A_STOP, "-"),
    ("- ", _LOOSE_HYPHEN, _with_hyphen),
    ("/ ", _TWO_NAMES, _as_one_name),
    (" /", _TWO_NAMES, _as_one_name),
    ("@", _GENDER_SIGN, _with_ending),
    ("&", _LOOSE_AND, _with_blanks_beside),
    (".", _SHORT_FORM, _with_blank),
    (". ", _FULL_STOP, _with_break),
    (".", _AFTER_AN_ORDINAL, r"\1 "),
    (".0. ", _AFTER_A_VERSION, ""),
    ("(", _GLUED_BRACKET, " ("),
    (" /", _IN_SLASHES, r" (\1)"),
    (" .", _STRAY_STOP, ""),
    (".", _LETTERS_WITH_STOPS, _without_stops),
    (" l", _NUMBER, lambda found: found[0].upper().replace("L", "I")),
    (" l ", _BAR, " | "),
    (" ll ", _BAR, " | "),
    ("#", _TAG, ""),
    ("`", _ACCENT_AS_SIGN, "'"),
    ("´", _ACCENT_AS_SIGN, "'"),
    (".N", _GLUED_NAME, " "),
)
"""The fixes: a sign that the text must have, the pattern to replace, and the replacement."""
