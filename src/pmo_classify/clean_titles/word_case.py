"""How one word of a clean title is written: its capitals and accents, or in full."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pmo_classify.clean_titles.short_forms import cased, full_beside_a_slash, in_full
from pmo_classify.clean_titles.title_order import ROLES
from pmo_classify.clean_titles.title_style import Style, is_known
from pmo_classify.clean_titles.word_looks import (
    APOSTROPHES,
    AROUND,
    PART,
    SHORTEST_SHOUT,
    VOWEL,
    has_shout,
    is_acronym,
    is_shouted,
    is_slip_of_shift,
    is_small_acronym,
    lacks_accents,
)
from pmo_classify.knowledge.clean_languages import accents
from pmo_classify.knowledge.clean_words import (
    abbreviations,
    small_words,
    writings,
)
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon
from pmo_classify.knowledge.place_words import is_state
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = [
    "FRONT",
    "INSIDE",
    "START",
    "capitalised",
    "is_in_capitals",
    "is_small_word",
    "may_be_in_capitals",
    "write_word",
]

_CUT: Final = "..."
_SHORTEST_TITLED: Final = 3
"""Letters of a word that no table has and that starts with a capital in an English title."""
_SMALL_WORDS: Final = frozenset({Tag.FILLER, Tag.JOIN, Tag.LINK, Tag.NOISE})
_NO_GRADES: Final = frozenset("wyz")
"""Letters that are no grades, and so are small words: "Kierownik W Dziale"."""
_SHORT_PREFIX: Final = 3
_LONGEST_NAME: Final = 3
"""Letters of a short name in a list of them."""
START: Final = "start"
"""Where a word starts with a capital."""
FRONT: Final = "front"
"""Where a word starts a phrase, and its first letter stays as it is."""
INSIDE: Final = "inside"


@lru_cache(maxsize=WORD_CACHE_SIZE)
def write_word(word: str, style: Style, place: str, front: str) -> str:
    """Return one word, between blanks, as it is written at its place in the phrase."""
    starts = front == START
    core = word.strip(AROUND)
    small = core.lower()
    # A word that was cut short may be another: "Rep...".
    is_short_form = small in abbreviations() and not word.endswith(_CUT)
    full = in_full(small, style, place) if is_short_form else None
    if full is not None and full.lower() != small:
        written = full.lower()
        if style.is_titled or starts or style.mode == "mixed":
            written = full if starts else cased(full, core, style)
        before, _, after = word.partition(core)
        return before + written + after.lstrip(".")
    if place == "only" and style.mode == "shouted" and style.language == "pt" and is_state(core):
        return word
    # A letter at the end is a grade: "INGENIERO DE PROYECTOS A".
    is_grade = place == "last" and len(small) == 1
    if not starts and not is_grade and is_small_word(small, style):
        is_word = len(word) >= _SHORTEST_TITLED and style.language in small_words()[small]
        is_name = style.mode == "mixed" and word.isupper() and len(word) > 1 and not is_word
        if style.mode == "shouted" and front == INSIDE and small in accents(style.language):
            return accents(style.language)[small]
        return word.lower() if front == INSIDE and not is_name else word
    for whole in (word, core):
        known = writings().get(whole.lower())
        if known is not None and (known.is_sure or style.mode == "shouted"):
            return word.replace(whole, known.written)
    written = _write_parts(word, style, starts=starts)
    return _with_names_in_capitals(written, word) if "/" in word else written


def is_small_word(small: str, style: Style) -> bool:
    """Return whether a word, in lower case, is a small one in the language of a style.

    >>> english = Style("shouted", "en", True)
    >>> is_small_word("of", english), is_small_word("payroll", english)
    (True, False)
    """
    languages = small_words().get(small, frozenset())
    if style.mode == "mixed" and len(small) == 1 and small not in _NO_GRADES:
        return False
    return "" in languages or style.language in languages


def _write_parts(word: str, style: Style, *, starts: bool) -> str:
    if style.mode == "mixed" and has_shout(word):
        style = style._replace(mode="shouted", is_titled=True)
    if word.isalpha():
        return _write_part(word, style, starts, "")
    pieces: list[str] = []
    at = 0
    before = ""
    for found in PART.finditer(word):
        gap = word[at : found.start()]
        full = full_beside_a_slash(found, style)
        if full is not None:
            pieces += [gap, full if style.is_titled or style.mode == "mixed" else full.lower()]
            # The full stop of the abbreviation is replaced with it: "Jr./Sr. Cook".
            at, before = found.end() + word.startswith(".", found.end()), found[0]
            continue
        prefix = before if gap[-1:] == "-" else ""
        at = found.end()
        if gap == "." and style.mode == "shouted" and len(found[0]) > 1:
            # "Administrateur.trice"
            pieces += [gap, found[0].lower()]
            continue
        if gap == "/" and style.mode == "shouted" and is_state(found[0]):
            pieces += [gap, found[0]]
            continue
        dotted = writings().get(f".{found[0].lower()}") if gap[-1:] == "." else None
        if dotted is not None and not before.isdigit():
            # "Java/.net"
            pieces += [gap, dotted.written[1:]]
            before = found[0]
            continue
        if gap == "." and style.mode == "mixed" and found[0].islower() and len(found[0]) <= 2:  # noqa: PLR2004
            # "Zorbi.ai"
            pieces += [gap, found[0]]
            continue
        if len(found[0]) == 1 and word.startswith(("++", "#"), at):
            # "C/c++", "C#-utvecklare"
            pieces += [gap, found[0].upper()]
            before = "" if style.is_titled else found[0]
            continue
        pieces += [gap, _write_part(found[0], style, starts and not before, prefix)]
        before = found[0]
    return "".join([*pieces, word[at:]])


def _with_names_in_capitals(written: str, word: str) -> str:
    """Return a list with its short names, or states, in capitals: "Iit/nit/iim", "PR/Sc".

    Names of up to three letters that no table has are some beside one that is surely in capitals.
    """
    core = word.strip(AROUND)
    names = core.split("/")
    if names[0].isupper() and all(map(is_state, names)):
        return word.upper()
    small = [name.lower() for name in names]
    if core not in (core.lower(), core.capitalize()) or not any(map(is_in_capitals, small)):
        return written
    parts = written.split("/")
    return "/".join([part.upper() if may_be_in_capitals(part) else part for part in parts])


def may_be_in_capitals(name: str) -> bool:
    """Return whether a word in a list of short names is one: "ba" and "iim", but not "and".

    >>> may_be_in_capitals("iim"), may_be_in_capitals("and")
    (True, False)
    """
    small = name.strip(AROUND).lower()
    is_short = small.isalpha() and 1 < len(small) <= _LONGEST_NAME
    return is_in_capitals(small) or (is_short and not _is_other_word(small))


def is_in_capitals(small: str) -> bool:
    """Return whether a table has a word, in lower case, with capitals alone: "sap"."""
    known = writings().get(small)
    return known is not None and known.written.isupper()


def _is_other_word(small: str) -> bool:
    is_written = small in writings() or small in abbreviations() or small in small_words()
    return is_written or is_known(small)


def _write_part(part: str, style: Style, starts: bool, prefix: str) -> str:
    """Return one run of letters in its case; ``prefix`` is the part before its hyphen."""
    if style.mode == "mixed":
        return _write_mixed(part, style, starts=starts, prefix=prefix)
    small = _small(part, style.language)
    known = writings().get(small)
    if known is not None and (known.is_sure or style.mode == "shouted"):
        return known.written
    if style.mode == "shouted":
        if is_acronym(part, small):
            return part
        small = _with_accents(small, style.language)
    elif lacks_accents(small) and not style.may_be_other:
        small = _with_accents(small, style.language)
    if style.mode == "small" and style.is_titled and is_small_acronym(small):
        return part.upper()
    if not starts and (not style.is_titled or _follows(prefix, small, style)):
        return small
    return capitalised(small) if small.isalpha() else _with_apostrophe(small, starts=starts)


def _write_mixed(part: str, style: Style, *, starts: bool, prefix: str) -> str:
    if is_shouted(part) or is_slip_of_shift(part):
        return capitalised(part.lower()) if part[0].isupper() else part.lower()
    known = writings().get(part.lower())
    if known is not None and known.is_sure:
        return known.written
    small = part.lower()
    # "Tecnico de Hornos" is Spanish or Portuguese, but "Tecnico" alone may be Italian.
    if lacks_accents(small) and not style.may_be_other:
        accented = _with_accents(small, style.language)
        part = _in_case_of(part, accented)
    if not part.islower() or (prefix and not _starts_anew(part, prefix)):
        return part
    if style.is_titled and is_small_acronym(part):
        return part.upper()
    if starts or (style.is_titled and _is_titled(part)):
        return capitalised(part)
    return part


def _is_titled(part: str) -> bool:
    """Return whether a small word in an English title is one that starts with a capital."""
    if not part.isalpha():
        return False
    known = default_lexicon().get(part)
    is_known = known is not None and known.language == ENGLISH and known.tag not in _SMALL_WORDS
    if len(part) < SHORTEST_SHOUT and not VOWEL.search(part):
        # "plc", "ltd"
        return is_known
    return is_known or (len(part) >= _SHORTEST_TITLED and part not in small_words())


def _follows(prefix: str, part: str, style: Style) -> bool:
    """Return whether a part is in lower case after its hyphen: "Co-ordinator", "Front-end".

    It is not after a short name: "LKW-Fahrer".
    """
    if not prefix or _starts_anew(part, prefix):
        return False
    if style.mode == "shouted" and len(prefix) > 1 and not VOWEL.search(prefix.lower()):
        return False
    is_short = len(prefix) <= _SHORT_PREFIX and prefix.lower() not in writings()
    return is_short or style.mode == "small"


def _starts_anew(part: str, prefix: str) -> bool:
    """Return whether a hyphen stands between two titles: "Product Owner-Business Analyst"."""
    role = default_lexicon().get(prefix.lower())
    return role is not None and role.tag in ROLES and role.language == ENGLISH and _is_titled(part)


def _with_apostrophe(small: str, *, starts: bool) -> str:
    """Return "d'Étude", "O'Neil", "Men's"."""
    before, sign, after = small.replace("’", "'").partition("'")
    mark = small[len(before) : len(before) + 1] if sign else ""
    if len(after) <= 2:  # noqa: PLR2004
        return capitalised(small)
    is_article = before in ("d", "l", "dell", "all", "nell", "dall")
    front = before if is_article and not starts else capitalised(before)
    return front + mark + capitalised(small[len(before) + 1 :])


def _small(part: str, language: str) -> str:
    if language == "tr":
        part = part.replace("I", "ı")
    # "İ" would become two characters.
    return part.replace("İ", "i").lower()


def _with_accents(small: str, language: str) -> str:
    """Return a word with the accents that titles in capitals often lack: "producao"."""
    known = accents(language)
    if small in known:
        return known[small]
    at = max(map(small.find, APOSTROPHES)) + 1
    if at:
        return small[:at] + _with_accents(small[at:], language)
    for form, written in known.items():
        ending = form.removeprefix("-")
        if ending != form and small.endswith(ending) and small != ending:
            return small.removesuffix(ending) + written.removeprefix("-")
    return small


def _in_case_of(part: str, accented: str) -> str:
    """Return a word with accents, its letters in the case of the word without: "d'Études"."""
    if len(part) != len(accented):
        return accented if part.islower() else capitalised(accented)
    pairs = zip(part, accented, strict=True)
    return "".join([new.upper() if old.isupper() else new for old, new in pairs])


def capitalised(part: str) -> str:
    """Return a word with a capital at its start, where its first letter has one."""
    # A ligature or a sharp s has no capital of one letter.
    first = part[0].upper()
    return first + part[1:] if len(first) == 1 else part
