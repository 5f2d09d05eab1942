"""What the letters of a word in a title say: a short name, shouting, something to fix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, reduce
from itertools import chain
from operator import or_
from typing import Final

from pmo_classify.clean_titles.title_style import has_other_letters
from pmo_classify.knowledge.clean_languages import words_without_accents
from pmo_classify.knowledge.clean_words import (
    abbreviations,
    gender_marks,
    roles_before_a_dash,
    sentence_words,
    sign_fixes,
    small_words,
    words_written_together,
    writings,
)
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.lexer import CAPITALISED, INNER_CAPITAL
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = [
    "APOSTROPHES",
    "AROUND",
    "CHANGES",
    "FOREIGN",
    "GENDER",
    "ODD",
    "PART",
    "SHORTEST_SHOUT",
    "SHOUTED",
    "SMALL",
    "VOWEL",
    "has_shout",
    "is_acronym",
    "is_shouted",
    "is_slip_of_shift",
    "is_small_acronym",
    "looks_in",
    "looks_of",
    "runs_written_together",
    "words_apart",
]

CHANGES: Final = 1
"""The piece may need to be written differently in any title."""
SMALL: Final = 2
"""The piece is in lower case, and would not be in an English title."""
SHOUTED: Final = 4
"""The piece has capitals that are not those of an acronym."""
ODD: Final = 8
"""The piece has signs that mean nothing, or blanks are missing around its slash."""
GENDER: Final = 16
"""The piece has a sign that may come before the ending of the other gender."""
FOREIGN: Final = 32
"""The piece is right in English, and lacks its accents in another language: "Junior"."""

APOSTROPHES: Final = ("'", "’")
AROUND: Final = "()[]{}\"'“”‘’.,;:!?*~_"
"""Marks around a word that do not belong to it."""
PART = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
"""A run of letters and figures in a word."""
VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýąęıőű]")
SHORTEST_SHOUT: Final = 4
"""Letters of a word in capitals that may be shouted; shorter ones are short names."""

_PLAIN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GENDER = re.compile(r"[/*_:·(]")
_ODD = re.compile(
    r"^[^\w\s&+/@]+$|^/.|.[/&-]$|(?:[^\W\d_]{5}|[^\W\d_]\d|^\d[ao]|^[tT])\.$|"
    "[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3]"
)
_CAPITAL_INSIDE = re.compile(
    r"(?<=[a-zà-öø-ÿ]{3})[À-ÖØ-Þ](?=[a-zà-öø-ÿ]{3}|e?s?$)|(?<=^[A-Za-z])[À-ÖØ-Þ](?=[a-zà-öø-ÿ]{3})"
    r"|(?<=[a-z])Id(?=a[ds]|or|en(?!tity))"
)
"""A capital inside a word that is no name of two words: "itinÉrant", "qualitÉ", "segurIdad"."""
_LEVEL = re.compile(r"[bcl]\d")
_ROMAN = re.compile(r"(?:ix|iv|vi{0,3}|i{1,3})")
_LONGEST_ACRONYM: Final = 5
_LONGEST_SHORT_FORM: Final = 5
"""Letters of an abbreviation with a full stop; a longer word with one ends a sentence."""
_SHORT_NAME: Final = 2
"""Letters of short names, such as "MO", that are not words in lower case."""
_NONE: Final[frozenset[str]] = frozenset()
_NUMBERS_IN_SMALL: Final = ("l", "ll", "lll")
"""Small letters used instead of the capitals of a number: "Analista ll"."""


@lru_cache(maxsize=WORD_CACHE_SIZE)
def looks_of(piece: str) -> int:
    """Return what may need to be written differently in a piece of a title: bits, 0 for nothing.

    >>> looks_of("Payroll"), looks_of("payroll") == SMALL, looks_of("Snr") == CHANGES
    (0, True, True)
    """
    is_odd = piece in _NUMBERS_IN_SMALL or piece.lower().endswith(_signs_to_fix())
    # A letter of Polish in another encoding, and one of French: "Ksiêgowoœæ".
    if is_odd or "œ" in piece or words_apart(piece.strip(AROUND)):
        return CHANGES | (ODD if _ODD.search(piece) else 0)
    if lacks_accents(piece.lower()):
        known = default_lexicon().get(piece.lower())
        if known is not None and known.language == ENGLISH and piece.istitle():
            return FOREIGN
        return CHANGES | (SHOUTED if has_shout(piece) else 0)
    if piece.isalpha() and piece.lower() not in _listed():
        return _looks_of_letters(piece)
    looks = 0 if _is_plain(piece, is_foreign=False) else CHANGES
    if looks and _is_plain(piece, is_foreign=True):
        looks = SMALL
    if has_shout(piece):
        looks |= SHOUTED
    if piece.isalpha():
        return looks
    if gender_marks().search(piece):
        looks |= CHANGES
    return looks | (ODD if _ODD.search(piece) else 0) | (GENDER if _GENDER.search(piece) else 0)


@lru_cache(maxsize=WORD_CACHE_SIZE)
def words_apart(word: str) -> Sequence[str]:
    """Return the words that capitals show to be written together, or nothing.

    The last names a worker, and all are known ones unless there are several.

    >>> words_apart("SrPMOAnalyst"), words_apart("JavaScript")
    (('Sr', 'PMO', 'Analyst'), ())
    """
    if INNER_CAPITAL.search(word) is None:
        return ()
    parts = tuple(CAPITALISED.findall(word))
    if "".join(parts) != word or word.lower() in writings():
        return ()
    known = [default_lexicon().lookup(part.lower()) for part in parts]
    is_read = all(
        found is not None or part.lower() in abbreviations()
        for part, found in zip(parts, known, strict=True)
    )
    last = known[-1]
    is_long = len(parts) > 2  # noqa: PLR2004
    if not (is_read or is_long) or last is None or last.language != ENGLISH:
        return ()
    return parts if last.tag in (Tag.ROLE, Tag.TRADE) else ()


def looks_in(pieces: Sequence[str]) -> int:
    """Return what may need to be written differently in some pieces of a title.

    >>> looks_in(["General", "Ledger"]), looks_in(["Gen", "Ledger"]) == CHANGES
    (0, True)
    """
    looks = reduce(or_, map(looks_of, pieces), 0)
    return looks | CHANGES if _are_written_together(pieces) else looks


def _are_written_together(pieces: Sequence[str]) -> bool:
    """Return whether some pieces are written otherwise together: "Gen Counsel", "Dot Net"."""
    cores = list(map(_core, pieces))
    if words_written_together().keys().isdisjoint(cores):
        return False
    return next(runs_written_together(cores), None) is not None


def runs_written_together(cores: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place of words in lower case that may be written otherwise.

    >>> list(runs_written_together(["head", "of", "fin", "&", "admin"]))
    [(2, 4)]
    """
    firsts = words_written_together()
    for at, core in enumerate(cores):
        for others in firsts.get(core, ()):
            if cores[at + 1 : at + 1 + len(others)] == others:
                yield at, at + len(others)


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _core(piece: str) -> str:
    return piece.strip(AROUND).lower()


@cache
def _signs_to_fix() -> tuple[str, ...]:
    """Return how pieces end whose signs are fixed: "Zorb-och", "j."."""
    # A piece that ends in a sign without a letter is odd by itself.
    signs = {sign.strip() for sign, *_ in chain.from_iterable(sign_fixes().values())}
    return tuple(sorted(sign for sign in signs if any(map(str.isalpha, sign))))


def _looks_of_letters(piece: str) -> int:
    if piece.istitle():
        return 0
    if piece.isupper():
        return SHOUTED if is_shouted(piece) else 0
    if piece.islower():
        return SMALL
    is_name = piece[0].isupper() and not is_slip_of_shift(piece)
    return 0 if is_name and not gender_marks().search(piece) else CHANGES


def lacks_accents(small: str) -> bool:
    """Return whether a word in lower case lacks the accents that it has in some language.

    >>> lacks_accents("producao"), lacks_accents("produção")
    (True, False)
    """
    words, endings = words_without_accents()
    # "d'etudes"
    start = max(map(small.rfind, APOSTROPHES)) + 1
    return small[start:] in words or small.endswith(endings)


@cache
def _listed() -> frozenset[str]:
    """Return the words that have a spelling of their own, such as "SAP"."""
    return frozenset().union(writings(), abbreviations(), sentence_words(), small_words())


def _is_plain(word: str, *, is_foreign: bool) -> bool:
    """Return whether a word is surely kept as it is, in a title that is not all in capitals.

    ``is_foreign`` says that the title has words of another language than English.
    """
    if word in ("-", "&", "/") or (word[-1:] == "." and word[:-1] in small_words()):
        return True
    core = word.removeprefix("(").removesuffix(",").removesuffix(")")
    if core.islower() and len(core) <= _LONGEST_SHORT_FORM:
        # "ds."
        core = core.removesuffix(".")
    small = core.lower()
    known = writings().get(small)
    if known is not None:
        return known.written == core
    if small in abbreviations() or small in sentence_words() or not _is_of_letters(core):
        return False
    first, *others = parts = core.split("-")
    is_set_off = first.lower() in roles_before_a_dash() or _ROMAN.fullmatch(first.lower())
    if (others and is_set_off) or not all(map(_stays, parts)):
        return False
    if core.islower():
        return is_foreign or bool(small_words().get(small, _NONE) & {"", ENGLISH})
    return core[0].isupper() and small not in small_words()


def _is_of_letters(core: str) -> bool:
    # The figure in "M³odszy" is of another encoding.
    return _PLAIN.fullmatch(core) is not None and core.replace("-", "").isalpha()


def _stays(part: str) -> bool:
    known = writings().get(part.lower())
    is_written = known is None or not known.is_sure or known.written == part
    return is_written and not is_shouted(part)


def has_shout(word: str) -> bool:
    """Return whether a word in capitals has a run of letters that is shouted.

    >>> has_shout("(MANAGER)"), has_shout("(PMO)")
    (True, False)
    """
    return word.isupper() and any(map(is_shouted, PART.findall(word)))


def is_slip_of_shift(part: str) -> bool:
    """Return whether a letter of a known word is a capital by mistake: "DIgital", "itinÉrant"."""
    if _CAPITAL_INSIDE.search(part):
        return True
    if not part[:2].isupper() or not part[2:].islower() or part.lower() in writings():
        return False
    return default_lexicon().knows(fold(part))


def is_shouted(part: str) -> bool:
    """Return whether capitals inside a lower-case title are not those of an acronym."""
    if not part.isupper() or len(part) < SHORTEST_SHOUT or not part.isalpha():
        return False
    if not part.isascii() and has_other_letters(part):
        return False
    small = part.lower()
    if small in writings() or small in _acronyms():
        return False
    # No short name has an accent after its first letter: "BEBÊ".
    is_word = len(part) > _LONGEST_ACRONYM or not part[1:].isascii()
    return is_word or default_lexicon().knows(fold(small))


def is_acronym(part: str, small: str) -> bool:
    """Return whether a word of a title in capitals keeps them; ``small`` is the word in lower case.

    >>> is_acronym("QMS", "qms"), is_acronym("OVEN", "oven")
    (True, False)
    """
    if len(part) == 1 or any(map(str.isdigit, part)) or small in _acronyms():
        return True
    if _ROMAN.fullmatch(small):
        return True
    if len(part) == _SHORT_NAME:
        known = default_lexicon().lookup(fold(small))
        is_word = known is not None and known.tag == Tag.LINK
        return not (is_word or VOWEL.search(small)) or not default_lexicon().knows(fold(small))
    return len(part) <= _LONGEST_ACRONYM and not VOWEL.search(small)


def is_small_acronym(small: str) -> bool:
    """Return whether lower-case letters are a short name: one without vowels, or a level.

    >>> is_small_acronym("qms"), is_small_acronym("l2"), is_small_acronym("new")
    (True, True, False)
    """
    if _LEVEL.fullmatch(small):
        return True
    is_short = _SHORT_NAME < len(small) <= _LONGEST_ACRONYM
    if not (is_short and small.isascii() and small.isalpha()):
        return False
    return not (VOWEL.search(small) or default_lexicon().knows(small))


@cache
def _acronyms() -> frozenset[str]:
    """Return short names of other trades and of methods, which are written in capitals."""
    return frozenset(form for form, *_ in read_shipped_rows("words/acronyms.csv"))
