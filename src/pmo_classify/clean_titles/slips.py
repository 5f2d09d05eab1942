"""Typing errors in common words, fixed in clean titles only.

The reading repairs the words that tell whether a title is of the field. A clean title shows these
repairs only where they are sure. It shows common words too, so they are repaired here, but only
where no other word can be meant: English words of the lexicon, and words of several languages in
``data/clean/spelled_words.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.clean_words import abbreviations, misspelt_words, spelled_words
from pmo_classify.knowledge.lexicon import ENGLISH, TAGS, Tag, default_lexicon, related_languages
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.spelling import is_short_for
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = ["COMPOUNDING", "repaired_word", "right_word", "without_slips"]

_SHORTEST: Final = 7
_SHORTEST_REPAIRED: Final = 5
_SHORTEST_OTHER_LETTER: Final = 8
_SHORTEST_OF_ANY: Final = 9
_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_REPAIRED: Final = frozenset({Tag.NOISE, Tag.PLACE, Tag.LINK, Tag.FILLER, Tag.JOIN})
_WORKERS: Final = frozenset({Tag.ROLE, Tag.TRADE, Tag.LEARNER})
_NOT_SPOKEN: Final = frozenset({Tag.NOISE, Tag.PLACE})
_SHORTEST_FIRST_PART: Final = 4
_SHORTEST_LAST_PART: Final = 9
"""Letters of the parts of a compound; shorter ones are in too many words by chance."""
COMPOUNDING: Final = frozenset({"da", "de", "nl", "no", "sv"})
"""Languages that write the parts of a compound as one word: "Debitorenbuchhaltung"."""
_ENDING: Final = 3
"""Letters of an ending, where one letter may make another word: "franchisee"."""
_LACKING_A_VOWEL: Final = {
    "mnt": "ment",
    "rng": "ring",
    "tng": "ting",
    "nng": "ning",
    "ton": "tion",
    "tve": "tive",
}
"""Endings without one of their vowels, and as they are written: "Educaton", "Marketng"."""
_SPELT_TWO_WAYS: Final = (("ll", "l"), ("ae", "e"), ("oe", "e"), ("ou", "o"))
"""What British and American English write differently: "enrolment", "paediatric"."""


class _Fix(NamedTuple):
    """How a word is fixed: how many letters at its end are replaced, and what replaces them."""

    letters: int
    right: str


_NO_FIX: Final = _Fix(0, "")


def without_slips(text: str, words: Sequence[Token]) -> str:
    """Return a text with the typing errors in its common words fixed.

    ``words`` are its tokens, which tell its language. English words are only fixed in a text
    without words of other languages.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> without_slips("Cutomer Service", default_tokenizer().tokenize("Cutomer Service"))
    'Customer Service'
    """
    candidates = {*_candidates(words), *_listed_words(text)}
    if not candidates:
        return text
    listed = misspelt_words()
    spoken = {
        token.language
        for token in words
        if token.tag not in _NOT_SPOKEN and token.written not in listed
    }
    spoken.discard("")
    languages = frozenset({ENGLISH})
    if not spoken <= languages:
        languages = frozenset().union(*map(related_languages, spoken - languages)) - languages
    found: dict[str, _Fix] = {}
    for word in candidates:
        right = _listed_word(word, languages if spoken else frozenset())
        right = right or _right_word(word, languages, is_known=bool(spoken))
        if right:
            found[word] = _Fix(len(word), right)
        else:
            found[word] = _fix_of_compound(word, languages if spoken else COMPOUNDING)
    return _LETTERS.sub(partial(_fixed, found=found), text)


def _listed_words(text: str) -> set[str]:
    """Return the words of a text that the table of misspelt ones has, also those of compounds."""
    words = text if text.isascii() else fold(text)
    return misspelt_words().keys() & set(_LETTERS.findall(words.lower()))


def _candidates(words: Iterable[Token]) -> list[str]:
    """Return the words, in lower case without accents, that may be misspelt."""
    found: list[str] = []
    for token in words:
        written = token.written
        if len(written) >= _SHORTEST and _may_be_misspelt(token):
            found.append(written)
        elif token.is_repaired and " " in written:
            found += [part for part in written.split(" ") if len(part) >= _SHORTEST]
    return found


def _may_be_misspelt(token: Token) -> bool:
    """Return whether no table has a word, or only its ending, as that of "recieptionist"."""
    if token.tag == Tag.TRADE and not token.language:
        # In other languages it is more often a compound that is right.
        return right_word(token.written) != ""
    return token.tag == Tag.UNKNOWN


def _listed_word(word: str, languages: frozenset[str]) -> str:
    """Return the word of some languages that the table has for a misspelt one, or "" if none.

    ``languages`` are empty if no word shows them. An English word may be in a title of any
    language, unless the word is right in another: "officier".
    """
    if default_lexicon().knows(word):
        languages &= {ENGLISH}
        if not languages:
            return ""
    elif languages:
        languages |= {ENGLISH}
    found = {
        right
        for right, language in misspelt_words().get(word, ())
        if not languages or language in languages
    }
    return found.pop() if len(found) == 1 else ""


def _right_word(word: str, languages: frozenset[str], *, is_known: bool) -> str:
    """Return what a misspelt word surely stands for; ``is_known`` is for the languages."""
    right = right_word(word, languages)
    if is_known or _is_worker(right):
        return right
    # If no word shows the language, a long word may be one of any, if it is only close to one.
    return right_word(word, _languages_of_table()) if len(word) >= _SHORTEST_OF_ANY else ""


def _fix_of_compound(word: str, languages: frozenset[str]) -> _Fix:
    """Return the fix of a misspelt last part of a compound.

    >>> _fix_of_compound("debitorenbuchhalung", frozenset({"de"}))
    _Fix(letters=10, right='buchhaltung')
    """
    languages &= COMPOUNDING
    ends = range(_SHORTEST_FIRST_PART, len(word) - _SHORTEST + 1)
    if languages and not any(_is_right(word[at:]) for at in ends):
        # "Serviceelektriker" is right, though "eelektriker" has a letter too many.
        for at in range(_SHORTEST_FIRST_PART, len(word) - _SHORTEST_LAST_PART + 1):
            if right := right_word(word[at:], languages):
                return _Fix(len(word) - at, right)
    return _NO_FIX


def _fixed(match: re.Match[str], found: Mapping[str, _Fix]) -> str:
    word = match[0]
    letters, right = found.get(fold(word), _NO_FIX)
    if not right:
        return word
    # What stays has the accents of the title: "Prüfbuchhalung".
    kept = word[: max(0, len(word) - letters)]
    if word.isupper():
        right = right.upper()
    elif not kept and word[0].isupper():
        right = right.capitalize()
    return kept + right


@cache
def _languages_of_table() -> frozenset[str]:
    return frozenset(language for _, language in spelled_words())


@lru_cache(maxsize=WORD_CACHE_SIZE)
def right_word(word: str, languages: frozenset[str] = frozenset({ENGLISH})) -> str:
    """Return the word of some languages that a misspelt one surely stands for, or "" if none.

    One letter is missing, or there is one too many, or two have changed places; a word with
    another letter, as "coating" for "costing", or another ending is most often a word of its own.

    >>> right_word("cutomer"), right_word("coating"), right_word("enrolment")
    ('customer', '', '')
    """
    # Many words in "-ing" are similar: "leaning" and "learning".
    if len(word) < _SHORTEST or not word.isalpha() or word.endswith("ing"):
        return ""
    if _is_right(word):
        return ""
    found = {
        written
        for words in (_english_words(), _common_words())
        for length in (len(word) - 1, len(word), len(word) + 1)
        for right, written, language in words.get((word[0], length), ())
        if language in languages and _differs_by_a_slip(word, right)
    }
    return found.pop() if len(found) == 1 else ""


def _is_right(word: str) -> bool:
    """Return whether a table has a word."""
    entries = _common_words().get((word[0], len(word)), ())
    return default_lexicon().knows(word) or any(form == word for form, *_ in entries)


def _differs_by_a_slip(word: str, right: str) -> bool:
    # Imported here because few titles have words that are not known.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return OSA.distance(word, right, score_cutoff=1) == 1 and _is_slip(word, right)


def _is_slip(word: str, right: str) -> bool:
    if len(word) == len(right):
        return sorted(word) == sorted(right)
    is_worker = _is_worker(right)
    # As in "electrican"; no other word's ending is a letter short of a worker's.
    ending = 1 if is_worker and len(word) < len(right) else _ENDING
    if word[-ending:] != right[-ending:]:
        whole = _LACKING_A_VOWEL.get(word[-_ENDING:], "")
        return whole != "" and right == word[:-_ENDING] + whole
    return not any(
        word.replace(a, b, 1) == right or right.replace(a, b, 1) == word for a, b in _SPELT_TWO_WAYS
    )


def _is_worker(word: str) -> bool:
    known = default_lexicon().get(word)
    return known is not None and known.tag in _WORKERS


_Entries = Mapping[tuple[str, int], Sequence[tuple[str, str, str]]]
"""Words by first letter and length: each without accents, as it is written, and its language."""


@cache
def _english_words() -> _Entries:
    """Return the English words of the lexicon that a slip may stand for."""
    return _by_start_and_length(
        (form, form, ENGLISH)
        for form, word in default_lexicon().tagged(TAGS - _NOT_REPAIRED)
        if form.isalpha() and word.language == ENGLISH and not _is_short_form(form, word.meaning)
    )


def _is_short_form(word: str, meaning: str) -> bool:
    """Return whether a word is short for another, as "offcr" is."""
    return len(word) + 1 < len(meaning.replace("-", "").split(" ")[0])


@cache
def _common_words() -> _Entries:
    """Return the words of the table that a slip may stand for."""
    return _by_start_and_length((fold(word), word, language) for word, language in spelled_words())


def _by_start_and_length(words: Iterable[tuple[str, str, str]]) -> _Entries:
    found: dict[tuple[str, int], list[tuple[str, str, str]]] = {}
    for entry in words:
        if len(entry[0]) >= _SHORTEST - 1:
            found.setdefault((entry[0][0], len(entry[0])), []).append(entry)
    return found


def repaired_word(written: str, token: Token) -> str:
    """Return a misspelt word in its right spelling, where it is surely a slip.

    The reading takes more for slips: there "strategist" may stand for "strategic", for neither
    moves an answer.
    """
    if token.written in misspelt_words() or token.written in abbreviations():
        # The tables know better, and are asked for the whole title.
        return written
    right = default_tokenizer().right_spelling(token)
    if token.language not in (ENGLISH, ""):
        return _repaired_foreign_words(written, token, right)
    if not token.written.isascii():
        return written
    pairs = list(zip(token.written.split(" "), right.split(" "), strict=True))
    if not all(a == b or _is_sure(a, b, is_role=token.tag == Tag.ROLE) for a, b in pairs):
        return written
    if "-" in written:
        right = right.replace(" ", "-")
    if written[:1].isupper() and not written.isupper():
        # "Co-ordinator", but "Software-Ingenieur"
        is_one = "-" in right and fold(written[:3]) == "co-"
        return right.capitalize() if is_one else right.title()
    return right.upper() if written.isupper() else right


def _repaired_foreign_words(written: str, token: Token, right: str) -> str:
    """Return misspelt words that are not English in their right spelling, if it is surely known."""
    words = written.split(" ")
    pairs = list(zip(token.written.split(" "), right.split(" "), strict=True))
    if len(pairs) != len(words):
        return written
    languages = related_languages(token.language)
    return " ".join(
        word if old == new else _repaired_foreign_word(word, old, new, languages)
        for word, (old, new) in zip(words, pairs, strict=True)
    )


def _repaired_foreign_word(written: str, word: str, right: str, languages: frozenset[str]) -> str:
    if default_lexicon().is_compound(right):
        return _with_letters_of(written, right)
    entries = _common_words().get((right[0], len(right)), ())
    found = {word for form, word, language in entries if form == right and language in languages}
    if len(found) != 1 or not _differs_by_a_slip(word, right):
        return written
    spelled = found.pop()
    if written.isupper():
        return spelled.upper()
    return spelled.capitalize() if written[0].isupper() else spelled


def _with_letters_of(written: str, right: str) -> str:
    """Return a word in its right spelling, with the accents and capitals that it was written with.

    >>> _with_letters_of("Ohjelmapäälikkö", "ohjelmapaallikko")
    'Ohjelmapäällikkö'
    """
    # Imported here because few words are misspelt.
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    folded = fold(written)
    if len(folded) != len(written):
        return written
    letters = list(right.upper() if written.isupper() else right)
    for block in Indel.opcodes(folded, right):
        if block.tag == "equal":
            letters[block.dest_start : block.dest_end] = written[block.src_start : block.src_end]
    return "".join(letters)


def _is_sure(word: str, right: str, *, is_role: bool) -> bool:
    """Return whether a repair of the reading is surely what was meant."""
    # Imported here because few words are misspelt.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    if word[0] == right[0] and is_short_for(word, right):
        return True
    if len(word) < _SHORTEST_REPAIRED or word[0] != right[0] or OSA.distance(word, right) > 1:
        return False
    if len(word) == len(right) and sorted(word) != sorted(right):
        return len(word) >= _SHORTEST_OTHER_LETTER and word[-1] == right[-1]
    return (
        word[-1] == right[-1] or sorted(word) == sorted(right) or (is_role and right[:-1] == word)
    )
