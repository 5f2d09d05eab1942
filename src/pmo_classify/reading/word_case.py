"""How the words of a clean title are written: their capitals, and abbreviations in full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, takewhile
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.clean_words import (
    abbreviations,
    accents,
    gender_marks,
    letter_case,
    place_words,
    roles_before_a_dash,
    sentence_words,
    small_words,
    writings,
)
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.title_style import Style, has_other_letters
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.towns import is_listed
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = [
    "CHANGES",
    "GENDER",
    "ODD",
    "SHOUTED",
    "SMALL",
    "is_state",
    "looks_of",
    "repaired_word",
    "write_words",
]

CHANGES: Final = 1
"""The piece may be written otherwise in any title."""
SMALL: Final = 2
"""The piece is in small letters, and would not be in an English title."""
SHOUTED: Final = 4
"""The piece has capitals that are no acronym's."""
ODD: Final = 8
"""The piece has signs that mean nothing, or blanks are missing around its slash."""
GENDER: Final = 16
"""The piece has a sign that may set off the ending of the other gender."""

_AROUND: Final = "()[]{}\"'“”‘’.,;:!?*~_"
_PART = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_PLAIN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GENDER = re.compile(r"[/*_:·(]")
_ODD = re.compile(
    r"^[^\w\s&+/@]+$|^/.|.[/&-]$|[^\W\d_]{5}\.$|"
    "[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3]"
)
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýąęıőű]")
_LEVEL = re.compile(r"[bcl]\d")
_ROMAN = re.compile(r"(?:ix|iv|vi{0,3}|i{1,3})")
_LONGEST_ACRONYM: Final = 5
_SHORTEST_SHOUT: Final = 4
_LONGEST_SHORT_FORM: Final = 5
"""Letters of a short form with its full stop; a longer word ends a sentence with it."""
_SHORT_NAME: Final = 2
"""Letters of short names, such as "MO", that are no words in small letters."""
_SHORT_PREFIX: Final = 3
_LONGEST_TOWN: Final = 4
"""Words of the name of a town."""
_LONGEST_FIRM: Final = 2
"""Words of the name of a firm."""
_NO_LOOKS: Final[frozenset[int]] = frozenset()
_CAPITALS: Final = frozenset({0})
_ANY_CASE: Final = frozenset({0, SMALL})
_NONE: Final[frozenset[str]] = frozenset()
_START: Final = "start"
"""Where a word starts with a capital."""
_FRONT: Final = "front"
"""Where a word starts a phrase, and its first letter stays as it is."""
_INSIDE: Final = "inside"
_SHORTEST_SLIP: Final = 5
_SHORTEST_OTHER_LETTER: Final = 8


def write_words(
    words: Sequence[str], style: Style, *, is_first: bool = True, goes_on: bool = False
) -> list[str]:
    """Return the words of a phrase as a careful person writes them.

    ``is_first`` says that the phrase is the first of its title, ``goes_on`` that it carries on
    the phrase before a bracket.

    >>> write_words(["SNR", "IOS", "DEVELOPER"], Style("shouted", "en", True))
    ['Senior', 'iOS', 'Developer']
    """
    looks = list(map(looks_of, words))
    if style.mode == "mixed" and any(look & SHOUTED for look in looks):
        words = _without_shouted_runs(words, looks)
        looks = list(map(looks_of, words))
        if _is_shouted_phrase(words):
            # Behind other words, it is most often the name of a firm.
            is_titled = not is_first or letter_case(style.language) != "sentence"
            style = style._replace(mode="shouted", is_titled=is_titled)
        else:
            # "DIRECTEUR DE PROJET Oracle"
            words = [w.lower() if w.isupper() and _is_small(w.lower(), style) else w for w in words]
    elif style.mode == "shouted" and not (is_first or goes_on) and _may_be_name(words):
        style = style._replace(is_titled=True)
    front = _INSIDE if goes_on and not is_first else _FRONT
    if is_first or (style.mode != "mixed" and not goes_on):
        front = _START
    settled = _settled_looks(style)
    last = len(words) - 1
    written = [
        word
        if looks[at] in settled and (at or front != _START)
        else _write(word, style, _place(at, last), _INSIDE if at else front)
        for at, word in enumerate(words)
    ]
    if style.mode != "mixed" and not style.is_titled:
        for at in _names(words):
            written[at] = _capitalised(written[at])
    return written


def _may_be_name(words: Sequence[str]) -> bool:
    """Return whether a phrase has no word that is known, as names have: "Farmácia Oliveira"."""
    return "/" not in words and not any(default_lexicon().knows(fold(word)) for word in words)


def _without_shouted_runs(words: Sequence[str], looks: Sequence[int]) -> list[str]:
    """Return words without the capitals of a run with a shouted one: "TECH VOICE PROCESS"."""
    found = list(words)
    shouted = [bool(look & SHOUTED) for look in looks]
    for steps in (range(1, len(words)), range(len(words) - 2, -1, -1)):
        for at in steps:
            if shouted[at - steps.step] and not shouted[at] and _may_be_shouted(words[at]):
                shouted[at] = True
                found[at] = _capitalised(words[at].lower())
    return found


def _may_be_shouted(word: str) -> bool:
    small = word.lower()
    if not (word.isalpha() and word.isupper()) or len(word) < _SHORTEST_SHOUT:
        return False
    return small not in writings() and not _is_acronym(word, small)


def _names(words: Sequence[str]) -> Iterator[int]:
    """Yield the positions of places, and of firms before their legal form: "till Paroc AB"."""
    lexicon = default_lexicon()
    yield from _towns_in([fold(word).partition("/")[0].strip(_AROUND) for word in words])
    for at, word in enumerate(words):
        known = lexicon.get(word.lower()) or lexicon.get(fold(word))
        if known is not None and known.tag == Tag.PLACE:
            yield at
        before = place_words().get(words[at - 1].lower()) if at else None
        is_company = place_words().get(word.lower()) == "company"
        if is_company or (before == "name" and not lexicon.knows(fold(word))):
            yield at
        if is_company:
            names = takewhile(lambda i: not lexicon.knows(fold(words[i])), range(at - 1, -1, -1))
            yield from islice(names, _LONGEST_FIRM)


def _towns_in(words: Sequence[str]) -> Iterator[int]:
    """Yield the positions of words of towns with several, without small ones: "São João do Sul"."""
    for start in range(len(words) - 1):
        for end in range(start + 2, min(start + _LONGEST_TOWN, len(words)) + 1):
            if is_listed(" ".join(words[start:end])):
                yield from (at for at in range(start, end) if words[at] not in small_words())


def _settled_looks(style: Style) -> frozenset[int]:
    """Return the looks of words that are written as they are inside a phrase of a style."""
    if style.mode != "mixed":
        return _NO_LOOKS
    return _CAPITALS if style.is_titled else _ANY_CASE


@lru_cache(maxsize=WORD_CACHE_SIZE)
def looks_of(piece: str) -> int:
    """Return what in a piece of a title may be written otherwise: bits, 0 for nothing.

    >>> looks_of("Payroll"), looks_of("payroll") == SMALL, looks_of("Snr") == CHANGES
    (0, True, True)
    """
    if "œ" in piece:
        # A letter of Polish in another encoding, and one of French: "Ksiêgowoœæ".
        return CHANGES
    if piece.isalpha() and piece.lower() not in _listed():
        return _looks_of_letters(piece)
    looks = 0 if _is_plain(piece, is_foreign=False) else CHANGES
    if looks and _is_plain(piece, is_foreign=True):
        looks = SMALL
    if _has_shout(piece):
        looks |= SHOUTED
    if piece.isalpha():
        return looks
    if gender_marks().search(piece):
        looks |= CHANGES
    return looks | (ODD if _ODD.search(piece) else 0) | (GENDER if _GENDER.search(piece) else 0)


def _looks_of_letters(piece: str) -> int:
    if piece.istitle():
        return 0
    if piece.isupper():
        return SHOUTED if _is_shouted(piece) else 0
    if piece.islower():
        return SMALL
    return 0 if piece[0].isupper() and not _is_slip_of_shift(piece) else CHANGES


@cache
def _listed() -> frozenset[str]:
    """Return the words that are not written as any other."""
    return frozenset().union(writings(), abbreviations(), sentence_words(), small_words())


def _is_plain(word: str, *, is_foreign: bool) -> bool:
    """Return whether a word surely stays as it is, in a title that is not all in capitals.

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
    is_set_off = bool(others) and first.lower() in roles_before_a_dash()
    if is_set_off or not all(map(_stays, parts)):
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
    return is_written and not _is_shouted(part)


def _is_shouted_phrase(words: Sequence[str]) -> bool:
    if not words[1:] or not all(word.isupper() or word in "&+/" for word in words):
        return False
    return any(map(_has_shout, words))


def _has_shout(word: str) -> bool:
    return word.isupper() and any(map(_is_shouted, _PART.findall(word)))


def _place(at: int, last: int) -> str:
    if not last:
        return "only"
    return "first" if not at else "last" if at == last else "inside"


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _write(word: str, style: Style, place: str, front: str) -> str:
    """Return one word, between blanks, as it is written at its place in the phrase."""
    starts = front == _START
    core = word.strip(_AROUND)
    small = core.lower()
    full = _in_full(small, style, place) if small in abbreviations() else None
    if full is not None and full.lower() != small:
        written = full if style.is_titled or starts or style.mode == "mixed" else full.lower()
        before, _, after = word.partition(core)
        return before + written + after.lstrip(".")
    if place == "only" and style.mode == "shouted" and style.language == "pt" and is_state(core):
        return word
    # A letter at the end is a grade: "INGENIERO DE PROYECTOS A".
    is_grade = place == "last" and len(small) == 1
    if not starts and not is_grade and _is_small(small, style):
        is_name = style.mode == "mixed" and word.isupper()
        return word.lower() if front == _INSIDE and not is_name else word
    for whole in (word, core):
        known = writings().get(whole.lower())
        if known is not None and (known.is_sure or style.mode == "shouted"):
            return word.replace(whole, known.written)
    return _write_parts(word, style, starts=starts)


def _is_small(small: str, style: Style) -> bool:
    languages = small_words().get(small, frozenset())
    if style.mode == "mixed" and len(small) == 1:
        return False
    return "" in languages or style.language in languages


def _in_full(small: str, style: Style, place: str) -> str | None:
    """Return what an abbreviation is short for at a place; ``None`` where it is not sure."""
    for found in abbreviations()[small]:
        if found.language in ("", style.language) and _fits(found.place, place):
            return found.written
    return None


def _fits(wanted: str, place: str) -> bool:
    if not wanted:
        return place != "only"
    return place in ("first", "inside") if wanted == "before" else place == wanted


def _write_parts(word: str, style: Style, *, starts: bool) -> str:
    if style.mode == "mixed" and _has_shout(word):
        style = style._replace(mode="shouted", is_titled=True)
    if word.isalpha():
        return _write_part(word, style, starts, "")
    pieces: list[str] = []
    at = 0
    before = ""
    for found in _PART.finditer(word):
        gap = word[at : found.start()]
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
        if len(found[0]) == 1 and word.startswith(("++", "#"), at):
            # "C/c++"
            pieces += [gap, found[0].upper()]
            continue
        pieces += [gap, _write_part(found[0], style, starts and not before, prefix)]
        before = found[0]
    return "".join([*pieces, word[at:]])


def is_state(word: str) -> bool:
    """Return whether a word is the short name of a state, which stands after its town."""
    return place_words().get(word.lower()) == "state"


def _write_part(part: str, style: Style, starts: bool, prefix: str) -> str:
    """Return one run of letters; ``prefix`` is the part that a hyphen joins it to."""
    if style.mode == "mixed":
        return _write_mixed(part, style, starts=starts, prefix=prefix)
    small = _small(part, style.language)
    known = writings().get(small)
    if known is not None and (known.is_sure or style.mode == "shouted"):
        return known.written
    if style.mode == "shouted":
        if _is_acronym(part, small):
            return part
        small = _with_accents(small, style.language)
    if style.mode == "small" and style.is_titled and _is_short_name(small):
        return part.upper()
    if not starts and (not style.is_titled or _follows(prefix, style)):
        return small
    return _capitalised(small) if small.isalpha() else _with_apostrophe(small, starts=starts)


def _write_mixed(part: str, style: Style, *, starts: bool, prefix: str) -> str:
    if _is_shouted(part) or _is_slip_of_shift(part):
        return _capitalised(part.lower())
    known = writings().get(part.lower())
    if known is not None and known.is_sure:
        return known.written
    if not part.islower() or prefix:
        return part
    if style.is_titled and _is_short_name(part):
        return part.upper()
    if starts or (style.is_titled and _is_titled(part)):
        return _capitalised(part)
    return part


def _is_slip_of_shift(part: str) -> bool:
    """Return whether the second letter of a known word is a capital too: "DIgital"."""
    if not part[:2].isupper() or not part[2:].islower() or part.lower() in writings():
        return False
    return default_lexicon().knows(fold(part))


def _is_titled(part: str) -> bool:
    """Return whether a small word in an English title is one that starts with a capital."""
    return len(part) >= _SHORTEST_SHOUT and part.isalpha()


def _follows(prefix: str, style: Style) -> bool:
    """Return whether a part is small after its hyphen: "Co-ordinator", "Front-end".

    It is not after a short name: "LKW-Fahrer".
    """
    if not prefix:
        return False
    if style.mode == "shouted" and len(prefix) > 1 and not _VOWEL.search(prefix.lower()):
        return False
    is_short = len(prefix) <= _SHORT_PREFIX and prefix.lower() not in writings()
    return is_short or style.mode == "small"


def _with_apostrophe(small: str, *, starts: bool) -> str:
    """Return "d'Étude", "O'Neil", "Men's"."""
    before, sign, after = small.replace("’", "'").partition("'")
    mark = small[len(before) : len(before) + 1] if sign else ""
    if len(after) <= 2:  # noqa: PLR2004
        return _capitalised(small)
    is_article = before in ("d", "l", "dell", "all", "nell", "dall")
    front = before if is_article and not starts else _capitalised(before)
    return front + mark + _capitalised(small[len(before) + 1 :])


def _is_shouted(part: str) -> bool:
    """Return whether capitals inside a title of small letters are no acronym's."""
    if not part.isupper() or len(part) < _SHORTEST_SHOUT or not part.isalpha():
        return False
    if not part.isascii() and has_other_letters(part):
        return False
    small = part.lower()
    if small in writings() or small in _acronyms():
        return False
    return len(part) > _LONGEST_ACRONYM or default_lexicon().knows(fold(small))


def _is_acronym(part: str, small: str) -> bool:
    if len(part) == 1 or any(map(str.isdigit, part)) or small in _acronyms():
        return True
    if _ROMAN.fullmatch(small):
        return True
    if len(part) == _SHORT_NAME:
        known = default_lexicon().lookup(fold(small))
        is_word = known is not None and known.tag == Tag.LINK
        return not (is_word or _VOWEL.search(small)) or not default_lexicon().knows(fold(small))
    return len(part) <= _LONGEST_ACRONYM and not _VOWEL.search(small)


def _is_short_name(small: str) -> bool:
    """Return whether small letters are those of a short name: without vowels, or "l2"."""
    if _LEVEL.fullmatch(small):
        return True
    if not _SHORT_NAME < len(small) <= _LONGEST_ACRONYM or not (
        small.isascii() and small.isalpha()
    ):
        return False
    return not (_VOWEL.search(small) or default_lexicon().knows(small))


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
    for form, written in known.items():
        ending = form.removeprefix("-")
        if ending != form and small.endswith(ending) and small != ending:
            return small.removesuffix(ending) + written.removeprefix("-")
    return small


def _capitalised(part: str) -> str:
    # A ligature or a sharp s has no capital of one letter.
    first = part[0].upper()
    return first + part[1:] if len(first) == 1 else part


@cache
def _acronyms() -> frozenset[str]:
    """Return short names of other trades and of methods, which are written in capitals."""
    return frozenset(form for form, *_ in read_shipped_rows("words/acronyms.csv"))


def repaired_word(written: str, token: Token) -> str:
    """Return a misspelt word in its right spelling, where it is surely a slip.

    The reading takes more for slips: there "strategist" may stand for "strategic", for neither
    moves an answer.
    """
    if token.language not in (ENGLISH, "") or not token.written.isascii():
        return written
    right = default_tokenizer().right_spelling(token)
    pairs = list(zip(token.written.split(" "), right.split(" "), strict=True))
    if not all(a == b or _is_slip(a, b, is_role=token.tag == Tag.ROLE) for a, b in pairs):
        return written
    if "-" in written:
        right = right.replace(" ", "-")
    if written.isupper():
        return right.upper()
    if not written[:1].isupper():
        return right
    return right.capitalize() if "-" in right else right.title()


def _is_slip(word: str, right: str, *, is_role: bool) -> bool:
    # Imported here because few words are misspelt.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    if len(word) < _SHORTEST_SLIP or word[0] != right[0] or OSA.distance(word, right) > 1:
        return False
    if len(word) == len(right) and sorted(word) != sorted(right):
        return len(word) >= _SHORTEST_OTHER_LETTER and word[-1] == right[-1]
    return (
        word[-1] == right[-1] or sorted(word) == sorted(right) or (is_role and right[:-1] == word)
    )
