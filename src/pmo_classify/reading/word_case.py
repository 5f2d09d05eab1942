"""How the words of a clean title are written: their capitals, and abbreviations in full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final

from pmo_classify.knowledge.clean_languages import accents, letter_case
from pmo_classify.knowledge.clean_words import (
    abbreviations,
    names_of_words,
    small_words,
    writings,
)
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon
from pmo_classify.knowledge.place_words import place_words
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.title_order import ROLES
from pmo_classify.reading.title_style import Style, is_foreign, is_known
from pmo_classify.reading.town_names import is_listed
from pmo_classify.reading.word_looks import (
    APOSTROPHES,
    AROUND,
    PART,
    SHORTEST_SHOUT,
    SHOUTED,
    SMALL,
    VOWEL,
    has_shout,
    is_acronym,
    is_shouted,
    is_slip_of_shift,
    is_small_acronym,
    lacks_accents,
    looks_of,
    runs_written_together,
)
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = ["is_state", "write_words"]

_CUT: Final = "..."
_PAUSES: Final = frozenset(",;:)")
"""Signs at the end of a word that set it off from the next one."""
_GRADE: Final = re.compile(r"[IVX]{1,4}|\d")
_SHORTEST_TITLED: Final = 3
"""Letters of a word that no table has and that starts with a capital in an English title."""
_SMALL_WORDS: Final = frozenset({Tag.FILLER, Tag.JOIN, Tag.LINK, Tag.NOISE})
_NO_GRADES: Final = frozenset("wyz")
"""Letters that are no grades, and so are small words: "Kierownik W Dziale"."""
_SHORT_PREFIX: Final = 3
_FEWEST_NAMES: Final = 2
"""Short names in a list that show that others in it are some too."""
_LONGEST_NAME: Final = 3
"""Letters of a short name in a list of them."""
_LONGEST_TOWN: Final = 4
"""Words of the name of a town."""
_LONGEST_FIRM: Final = 2
"""Words of the name of a company."""
_NO_LOOKS: Final[frozenset[int]] = frozenset()
_CAPITALS: Final = frozenset({0})
_ANY_CASE: Final = frozenset({0, SMALL})
_START: Final = "start"
"""Where a word starts with a capital."""
_FRONT: Final = "front"
"""Where a word starts a phrase, and its first letter stays as it is."""
_INSIDE: Final = "inside"


def write_words(
    words: Sequence[str], style: Style, *, is_first: bool = True, goes_on: bool = False
) -> list[str]:
    """Return the words of a phrase as a careful person writes them.

    ``is_first`` says that the phrase is the first of its title, ``goes_on`` that it carries on
    the phrase before a bracket.

    >>> write_words(["SNR", "IOS", "DEVELOPER"], Style("shouted", "en", True))
    ['Senior', 'iOS', 'Developer']

    A word may be empty where the words of a name are written as one: "Dot Net".
    """
    words = _with_pairs(words, style)
    given = words
    if style.mode == "mixed" and style.is_titled and any(map(is_foreign, words)):
        style = style._replace(is_titled=False)
    looks = list(map(looks_of, words))
    if style.mode == "mixed" and any(look & SHOUTED for look in looks):
        if _is_shouted_phrase(words):
            # After other words, it is most often the name of a company.
            is_titled = not is_first or letter_case(style.language) != "sentence"
            style = style._replace(mode="shouted", is_titled=is_titled)
        else:
            words = _without_shouted_runs(words, looks)
            looks = list(map(looks_of, words))
            # "DIRECTEUR DE PROJET Oracle"
            words = [w.lower() if w.isupper() and _is_small(w.lower(), style) else w for w in words]
    elif style.mode == "shouted" and not (is_first or goes_on) and _may_be_name(words):
        style = style._replace(is_titled=True)
    front = _INSIDE if goes_on and not is_first else _FRONT
    if is_first or (style.mode != "mixed" and not goes_on):
        front = _START
    settled = _settled_looks(style)
    last = _last_before_grades(words)
    written = [
        word
        if looks[at] in settled and (at or front != _START)
        else _write(word, style, _place(at, last, len(words) - 1), _INSIDE if at else front)
        for at, word in enumerate(words)
    ]
    if style.mode != "mixed" and not style.is_titled:
        for at in _names(words):
            written[at] = _capitalised(written[at])
    _write_names(written, given, style)
    if "/" in words:
        _write_list(written, words)
    return written


def _write_list(written: list[str], words: Sequence[str]) -> None:
    """Write what may be a short name in capitals beside two that are: "MBA / BSc / ba / MA"."""
    slashes = [at for at in range(1, len(words) - 1) if words[at] == "/"]
    names = {beside: words[beside].strip(AROUND) for at in slashes for beside in (at - 1, at + 1)}
    if sum(_is_in_capitals(name.lower()) for name in names.values()) < _FEWEST_NAMES:
        return
    for at, name in names.items():
        if name.islower() and _may_be_in_capitals(name):
            written[at] = words[at].upper()


def _write_names(written: list[str], words: Sequence[str], style: Style) -> None:
    """Write the names of several words, such as "Dot Net", in place; ``words`` are as given."""
    cores = [word.strip(AROUND).lower() for word in words]
    for at, core in enumerate(cores):
        for others, name in names_of_words().get(core, ()):
            end = at + 1 + len(others)
            if cores[at + 1 : end] == others and (name.is_sure or style.mode == "shouted"):
                parts = name.written.split(" ")
                if len(parts) < end - at:
                    before, after = words[at].lower(), words[end - 1].lower()
                    before, after = before.partition(core)[0], after.rpartition(others[-1])[2]
                    written[at:end] = [f"{before}{name.written}{after}", *[""] * len(others)]
                    break
                for i, part in enumerate(parts, at):
                    # A word in lower case is written as it would be without the name.
                    if not part.strip(".").islower():
                        written[i] = words[i].lower().replace(cores[i], part)
                break


def _may_be_name(words: Sequence[str]) -> bool:
    """Return whether a phrase has no known word, as names have none: "Farmácia Oliveira"."""
    return "/" not in words and not any(map(is_known, words))


def _without_shouted_runs(words: Sequence[str], looks: Sequence[int]) -> list[str]:
    """Return words without the capitals of a run with a shouted one: "TECH VOICE PROCESS"."""
    found = list(words)
    shouted = [bool(look & SHOUTED) for look in looks]
    for steps in (range(1, len(words)), range(len(words) - 2, -1, -1)):
        for at in steps:
            near = at - steps.step * (1 + (words[at - steps.step] == "&"))
            if shouted[near] and not shouted[at] and _may_be_shouted(words[at]):
                shouted[at] = True
                found[at] = _capitalised(words[at].lower())
    return found


def _may_be_shouted(word: str) -> bool:
    is_word = len(word) >= SHORTEST_SHOUT or is_known(word)
    is_word = is_word and word.isalpha() and word.isupper() and word.lower() not in writings()
    return is_word and not is_acronym(word, word.lower())


def _names(words: Sequence[str]) -> Iterator[int]:
    """Yield the positions of places, and of companies before their legal form: "till Paroc AB"."""
    lexicon = default_lexicon()
    yield from _towns_in([fold(word).partition("/")[0].strip(AROUND) for word in words])
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
    """Return which looks need no change inside a phrase of a style."""
    if style.mode != "mixed":
        return _NO_LOOKS
    return _CAPITALS if style.is_titled else _ANY_CASE


def _is_shouted_phrase(words: Sequence[str]) -> bool:
    if not words[1:] or not all(word.isupper() or word in "&+/" for word in words):
        return False
    return any(map(has_shout, words))


def _with_pairs(words: Sequence[str], style: Style) -> Sequence[str]:
    """Return words with the short forms in full that are sure beside another: "Gen Counsel"."""
    cores = [word.strip(AROUND).lower() for word in words]
    runs = list(runs_written_together(cores))
    if not runs:
        return words
    found = list(words)
    last = _last_before_grades(words)
    for at, end in runs:
        form = " ".join(cores[at : end + 1])
        if form not in abbreviations() or any(word[-1:] in _PAUSES for word in found[at:end]):
            continue
        full = _in_full(form, style, "last" if end == last else "inside")
        for beside, written in enumerate(full.split(" ") if full else (), at):
            core = words[beside].strip(AROUND)
            if written.lower() != core.lower():
                before, _, after = words[beside].partition(core)
                found[beside] = before + _cased(written, core, style) + after.lstrip(".")
        if full and " " not in full:
            found[at + 1] = ""
    return list(filter(None, found))


def _cased(full: str, core: str, style: Style) -> str:
    """Return what a short form stands for, in small letters where it has them: "jefe de dpto."."""
    is_small = core.islower() and letter_case(style.language) == "sentence"
    return full.lower() if is_small and style.mode == "mixed" else full


def _last_before_grades(words: Sequence[str]) -> int:
    """Return the place of the last word that is no grade: that of "Rep" in "Sales Rep II"."""
    last = len(words) - 1
    while last > 1 and _GRADE.fullmatch(words[last]):
        last -= 1
    return last


def _place(at: int, last: int, end: int) -> str:
    if not last:
        return "only"
    return "first" if not at else "last" if at in (last, end) else "inside"


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _write(word: str, style: Style, place: str, front: str) -> str:
    """Return one word, between blanks, as it is written at its place in the phrase."""
    starts = front == _START
    core = word.strip(AROUND)
    small = core.lower()
    # A word that was cut short may be another: "Rep...".
    is_short_form = small in abbreviations() and not word.endswith(_CUT)
    full = _in_full(small, style, place) if is_short_form else None
    if full is not None and full.lower() != small:
        written = full.lower()
        if style.is_titled or starts or style.mode == "mixed":
            written = full if starts else _cased(full, core, style)
        before, _, after = word.partition(core)
        return before + written + after.lstrip(".")
    if place == "only" and style.mode == "shouted" and style.language == "pt" and is_state(core):
        return word
    # A letter at the end is a grade: "INGENIERO DE PROYECTOS A".
    is_grade = place == "last" and len(small) == 1
    if not starts and not is_grade and _is_small(small, style):
        is_word = len(word) >= _SHORTEST_TITLED and style.language in small_words()[small]
        is_name = style.mode == "mixed" and word.isupper() and len(word) > 1 and not is_word
        if style.mode == "shouted" and front == _INSIDE and small in accents(style.language):
            return accents(style.language)[small]
        return word.lower() if front == _INSIDE and not is_name else word
    for whole in (word, core):
        known = writings().get(whole.lower())
        if known is not None and (known.is_sure or style.mode == "shouted"):
            return word.replace(whole, known.written)
    written = _write_parts(word, style, starts=starts)
    return _with_names_in_capitals(written, word) if "/" in word else written


def _is_small(small: str, style: Style) -> bool:
    languages = small_words().get(small, frozenset())
    if style.mode == "mixed" and len(small) == 1 and small not in _NO_GRADES:
        return False
    return "" in languages or style.language in languages


def _in_full(small: str, style: Style, place: str) -> str | None:
    """Return what an abbreviation stands for at a place, or ``None`` if that is not sure."""
    if place == "only" and _says_who(small, style):
        place = "inside"
    for found in abbreviations()[small]:
        if found.language in ("", style.language) and _fits(found.place, place):
            return found.written
    return None


def _says_who(small: str, style: Style) -> bool:
    """Return whether a short form alone in its phrase is a role or a rank: "Mgr - Sales"."""
    known = default_lexicon().get(small)
    is_rank = known is not None and known.tag == Tag.SENIORITY
    return is_rank or style.language == ENGLISH


def _fits(wanted: str, place: str) -> bool:
    if not wanted:
        return place != "only"
    return place in ("first", "inside") if wanted == "before" else place == wanted


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
        full = _full_beside_a_slash(found, style)
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
    if core not in (core.lower(), core.capitalize()) or not any(map(_is_in_capitals, small)):
        return written
    parts = written.split("/")
    return "/".join([part.upper() if _may_be_in_capitals(part) else part for part in parts])


def _may_be_in_capitals(name: str) -> bool:
    small = name.strip(AROUND).lower()
    is_short = small.isalpha() and 1 < len(small) <= _LONGEST_NAME
    return _is_in_capitals(small) or (is_short and not _is_other_word(small))


def _is_in_capitals(small: str) -> bool:
    known = writings().get(small)
    return known is not None and known.written.isupper()


def _is_other_word(small: str) -> bool:
    is_written = small in writings() or small in abbreviations() or small in small_words()
    return is_written or is_known(small)


def _full_beside_a_slash(found: re.Match[str], style: Style) -> str | None:
    """Return what a word beside a slash stands for, as both do in "Jr/Sr Cook"."""
    small = found[0].lower()
    if "/" not in found.string or small not in abbreviations():
        return None
    full = _in_full(small, style, "inside")
    return full if full is not None and full.lower() != small else None


def is_state(word: str) -> bool:
    """Return whether a word is the abbreviation of a state, which follows its town."""
    return place_words().get(word.lower()) == "state"


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
    return _capitalised(small) if small.isalpha() else _with_apostrophe(small, starts=starts)


def _write_mixed(part: str, style: Style, *, starts: bool, prefix: str) -> str:
    if is_shouted(part) or is_slip_of_shift(part):
        return _capitalised(part.lower()) if part[0].isupper() else part.lower()
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
        return _capitalised(part)
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
        return _capitalised(small)
    is_article = before in ("d", "l", "dell", "all", "nell", "dall")
    front = before if is_article and not starts else _capitalised(before)
    return front + mark + _capitalised(small[len(before) + 1 :])


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
        return accented if part.islower() else _capitalised(accented)
    pairs = zip(part, accented, strict=True)
    return "".join([new.upper() if old.isupper() else new for old, new in pairs])


def _capitalised(part: str) -> str:
    # A ligature or a sharp s has no capital of one letter.
    first = part[0].upper()
    return first + part[1:] if len(first) == 1 else part
