"""What is kept of a title, put in order and written: the step between its phrases and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.clean_titles.kept_phrases import what_stays
from pmo_classify.clean_titles.phrase_case import write_words
from pmo_classify.clean_titles.title_order import CLOSE, JOINED_BY_SLASH, OPEN, Kept, join, turn
from pmo_classify.clean_titles.title_signs import without_doubles
from pmo_classify.clean_titles.title_style import (
    Style,
    is_known,
    is_name_in_capitals,
    is_short_name,
    is_surely_english,
    style_of,
)
from pmo_classify.clean_titles.towns import with_towns
from pmo_classify.clean_titles.word_looks import CHANGES, FOREIGN, SHOUTED, SMALL, looks_in
from pmo_classify.clean_titles.words_left_out import with_talent_pools
from pmo_classify.knowledge.clean_words import writings
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.cleaning import clean_text, is_clean
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.thresholds import MAX_PASSES

__all__ = ["ODD_SIGN", "TO_BE_WRITTEN", "half_of_a_double", "is_stable", "settled", "tokens_of"]

TO_BE_WRITTEN: Final = CHANGES | SHOUTED
"""What surely needs another spelling or case in a piece of a title."""
_BLANK_MARKS: Final = frozenset(')]}"“”„«»')
_IN_FRONT_OF_ALL: Final = "=@&+/#^ "
ODD_SIGN = re.compile(r"[^\w ,()/&.':|+–—%’*\[\]-]")
"""Signs that few titles have; a title with one of them is cleaned again to be sure."""
_ODD_SLASH = re.compile(r"-/|/[.-]|/$")
_LEFT_OVER = re.compile(r"(?<!\S)[-?#]\w|\w-\s|\?\w|\(\w\)|(?<!\w)\w/\w(?!\w)|^0?\d{1,2}\s")
"""What a title may look like if part of its noise is still there."""
_NUMERALS = re.compile(r"(?!.$)[ivx]{1,5}(?:\s?[-–/&]\s?[ivx]{1,5})*", re.IGNORECASE)
"""Roman numerals, such as those of classes in brackets: "VI-VII"."""


def is_stable(text: str) -> bool:
    """Return whether a text needs no repair, or is what the repair of it gives."""
    return is_clean(text) or clean_text(text).text == text


def tokens_of(text: str) -> Sequence[Token]:
    """Return the tokens of a text, with the towns and the talent pools in it."""
    return with_towns(with_talent_pools(default_tokenizer().tokenize(text)), text)


def settled(text: str, tokens: Sequence[Token], *, is_careful: bool) -> str:
    """Return the text retyped until nothing changes, as removing noise may bring out more."""
    given = text
    for _ in range(MAX_PASSES):
        kept = _without_repeats(what_stays(text, tokens))
        turned = kept if is_careful else turn(kept)
        again = _written(turned, text, is_careful=is_careful) or text
        is_same = turned is kept and not _may_be_read_otherwise(kept, text, again)
        if again == text or is_same:
            break
        text = again
        tokens = tokens_of(text)
    # Changing a letter to a capital may make it look like text in another encoding.
    return again if again.isascii() or again == given or is_stable(again) else given


def _may_be_read_otherwise(kept: Sequence[Kept], text: str, again: str) -> bool:
    """Return whether the rest of a text may be read differently on its own than within the text."""
    if True in [phrase.is_new for phrase in kept] or _closes_a_gap(kept) or _is_odd(text):
        return True
    if any(map(_ends_in_a_place, kept)):
        return True
    # "BALI" among other words may be a brand, but "Bali" is an island.
    if not text.isupper() and any(phrase.looks & SHOUTED for phrase in kept):
        return True
    # The words at the start of the text were read as they are.
    return not text.startswith(again) and _LEFT_OVER.search(again) is not None


def _ends_in_a_place(phrase: Kept) -> bool:
    """Return whether the kept part of a phrase ends in a place: "for Pune with 4+ years"."""
    return bool(phrase.tokens) and phrase.tokens[-1].tag == Tag.PLACE


def _is_odd(text: str) -> bool:
    if text.lstrip()[:1] == "(" or text.count("(") != text.count(")") or ODD_SIGN.search(text):
        return True
    return "/" in text and _ODD_SLASH.search(text) is not None


def _closes_a_gap(kept: Sequence[Kept]) -> bool:
    """Return whether no mark is needed where a phrase was removed."""
    for gone, after in pairwise(kept):
        if not gone.words and after.words and after.mark in _BLANK_MARKS:
            return True
    return False


def _written(phrases: Sequence[Kept], title: str, *, is_careful: bool) -> str:
    """Return the title made of the kept phrases of one."""
    text = " ".join([phrase.words for phrase in phrases if phrase.words])
    tokens = [token for phrase in phrases for token in phrase.tokens]
    if not _stays(text, phrases, tokens):
        style = style_of(text, tokens, title)
        first = next((at for at, phrase in enumerate(phrases) if phrase.words), 0)
        phrases = [
            _in_case(phrase, style, is_first=at == first) for at, phrase in enumerate(phrases)
        ]
    found = _with_last_capital(without_doubles(join(phrases, is_careful=is_careful)))
    while half := half_of_a_double(found):
        found = half
    return found


def _with_last_capital(text: str) -> str:
    """Return a list of words with a capital in its last, where all before have one.

    >>> _with_last_capital("Kock / Bagare / servitör"), _with_last_capital("Kock / bagare")
    ('Kock / Bagare / Servitör', 'Kock / bagare')
    """
    *words, last = text.split(JOINED_BY_SLASH)
    is_list = len(words) > 1 and all(map(str.istitle, words)) and last[:1].islower()
    if not is_list or not last.isalpha() or last in writings():
        return text
    return JOINED_BY_SLASH.join([*words, last.capitalize()])


def _stays(text: str, phrases: Sequence[Kept], tokens: Sequence[Token]) -> bool:
    """Return whether the words of phrases surely need no other spelling or case."""
    looks = 0
    for phrase in phrases:
        looks |= phrase.looks
    if looks & TO_BE_WRITTEN or text.isupper() or text[:1].islower():
        return False
    if not looks & (SMALL | FOREIGN):
        return True
    return not looks & (SMALL if is_surely_english(text, tokens) else FOREIGN)


def _in_case(phrase: Kept, style: Style, *, is_first: bool) -> Kept:
    if phrase.mark in OPEN and _NUMERALS.fullmatch(phrase.words):
        return phrase._replace(words=phrase.words.upper())
    if not phrase.looks and style.mode == "mixed" and (not is_first or phrase.words[0].isupper()):
        return phrase
    is_short = style.mode == "shouted" and phrase.mark in OPEN and is_short_name(phrase.words)
    if is_short and phrase.words.lower() not in writings():
        # A short name in brackets stands for the words before it.
        return phrase
    given = phrase.words.split()
    # "Kierowca (transport)", but "Kierowca (Zorba)"
    is_inside = phrase.mark == "," or (
        phrase.mark in OPEN and is_known(phrase.words.partition(" ")[0])
    )
    goes_on = phrase.mark in CLOSE or (is_inside and not style.is_titled)
    words = write_words(given, style, is_first=is_first, goes_on=goes_on)
    is_alone = [word.isupper() for word in given].count(True) == 1 and len(words) == len(given)
    if is_alone and style.mode == "mixed" and (phrase.mark in OPEN or len(given) == 1):
        # A single word in capitals among others that are not is more likely a name than shouting.
        words = [
            old if is_name_in_capitals(old) else new for old, new in zip(given, words, strict=True)
        ]
    return phrase._replace(words=" ".join(filter(None, words)))


def half_of_a_double(words: str) -> str:
    """Return one half of words that stand twice, or "": "Night Baker Night Baker"."""
    half = words[: len(words) // 2]
    is_double = " " in half and words == f"{half} {half}"
    return half if is_double else ""


def _without_repeats(kept: list[Kept]) -> list[Kept]:
    """Return phrases without signs at the very start, and without repeated ones.

    Brackets of two titles may be the same: "Baker (Zorba) / Cook (Zorba)".
    """
    seen: set[str] = set()
    for at, phrase in enumerate(kept):
        words = phrase.words
        if not words:
            continue
        if not seen and words[0] in _IN_FRONT_OF_ALL:
            words = words.lstrip(_IN_FRONT_OF_ALL)
            kept[at] = phrase._replace(words=words, looks=looks_in(words.split()))
        small = without_doubles(words).casefold()
        if small in seen and not (phrase.mark in OPEN and "/" in kept[at - 1].words):
            kept[at] = phrase._replace(words="", looks=0)
        elif small:
            seen.add(small)
    return kept
