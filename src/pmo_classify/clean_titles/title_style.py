"""How a title is written: its language, and what its capitals say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.clean_titles.town_names import is_listed as is_town
from pmo_classify.knowledge.clean_languages import (
    accent_endings,
    accents,
    foreign_letters,
    language_of_letters,
    languages_of_forms,
    letter_case,
    own_marks,
    similar_language,
)
from pmo_classify.knowledge.clean_words import abbreviations, small_words, spelled_words, writings
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon, related_languages
from pmo_classify.reading.cleaning import fold
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = [
    "Style",
    "has_other_letters",
    "is_foreign",
    "is_known",
    "is_name_in_capitals",
    "is_short_name",
    "is_surely_english",
    "style_of",
]

_NOT_SPOKEN: Final = frozenset({Tag.NOISE, Tag.PLACE})
_LETTERS = re.compile(r"[^\W\d_]+")
_TWO_SHORT_NAMES = re.compile(r"[A-Z]{2,3}-[A-Z]{2,3}")
_SMALL: Final = frozenset({Tag.FILLER, Tag.JOIN, Tag.LINK})
_ENGLISH: Final = frozenset({ENGLISH})
_VOWELS: Final = "aeiou"
_FEWEST_WORDS: Final = 3
"""Words that show that a title is English although one of them is not."""
_LONGEST_NAME: Final = 4
_LONGEST_NAME_IN_BRACKETS: Final = 8
_LEAST_LIKELY: Final = frozenset({"ro"})
"""Languages that are never chosen because of words that they share with their family alone."""


class Style(NamedTuple):
    """How a title is written.

    ``mode`` is what its capitals were: "shouted", "small" or "mixed". ``language`` is its
    language, "" for one that is not known. ``is_titled`` says that its words start with capitals.
    ``may_be_other`` says that it may as well be in a similar one that writes these words without
    accents, as Italian is to Spanish.
    """

    mode: str
    language: str
    is_titled: bool
    may_be_other: bool = False


def style_of(text: str, tokens: Sequence[Token], title: str = "") -> Style:
    """Return how a title is written; ``text`` is the kept part, ``tokens`` are all of its words.

    ``title`` is all of it, whose marks may show the language: "INGENIEUR DATA (H/F)" is French.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> style_of("HEAD OF SALES", default_tokenizer().tokenize("HEAD OF SALES"))
    Style(mode='shouted', language='en', is_titled=True, may_be_other=False)
    """
    is_plain = text.isascii()
    spoken = _spoken(tokens)
    own = _language_by_letters(text, tokens)
    if own or spoken <= _ENGLISH:
        language = own or (ENGLISH if is_plain or spoken else "")
    else:
        language = _language(text, tokens, title.lower())
    mode = "shouted" if text.isupper() else "small" if text.islower() else "mixed"
    if is_short_name(text) or (not is_plain and has_other_letters(text)):
        mode = "mixed"
    if mode == "mixed":
        is_english = is_plain and (spoken == _ENGLISH or _is_mostly_english(tokens)) and not own
        return Style(mode, language, is_english, _may_be_other(text, language))
    may_be_other = mode == "small" and _may_be_other(text, language)
    is_titled = letter_case(language) != "sentence"
    if mode == "small" and is_plain:
        # As for the same words with a capital at the start.
        is_titled = is_titled or _is_mostly_english(tokens)
    return Style(mode, language, is_titled, may_be_other)


def has_other_letters(text: str) -> bool:
    """Return whether some letters have no upper and lower case, as in Japanese.

    >>> has_other_letters("ICTエンジニア"), has_other_letters("Köche")
    (True, False)
    """
    return any(letter.isalpha() and letter.lower() == letter.upper() for letter in text)


def is_short_name(text: str) -> bool:
    """Return whether a text is one short name that is in no table, such as "FPA" or "AM-S2P".

    >>> is_short_name("FPA"), is_short_name("LEAD"), is_short_name("AM-IT")
    (True, False, True)
    """
    if _TWO_SHORT_NAMES.fullmatch(text):
        return True
    parts = _LETTERS.findall(text)
    if len(text) > 2 * _LONGEST_NAME or max(map(len, parts), default=0) > _LONGEST_NAME:
        return False
    if " " not in text and any(map(str.isdigit, text)):
        return True
    is_known = [default_lexicon().knows(fold(part)) for part in parts]
    return not any(is_known) if " " in text else not all(is_known)


def is_name_in_capitals(word: str) -> bool:
    """Return whether a word in capitals, alone in brackets, may be a short name: "(CODESYS)".

    >>> [is_name_in_capitals(word) for word in ("CODESYS", "REMOTE", "EMBEDDED")]
    [True, False, False]
    """
    if not word.isupper() or len(word) > _LONGEST_NAME_IN_BRACKETS:
        return False
    folded = fold(word)
    is_known = folded in writings() or default_lexicon().knows(folded)
    return not (is_known or is_town(folded) or word.lower() in _spelled_in_any_language())


@cache
def _spelled_in_any_language() -> frozenset[str]:
    return frozenset(word for word, _ in spelled_words())


def is_surely_english(text: str, tokens: Sequence[Token]) -> bool:
    """Return whether a title is surely in English; ``text`` and ``tokens`` as for ``style_of``.

    Few titles in English have accents, and those with no word that is known may be in any language.
    One word of another, such as "machine", may be among several that are English.
    """
    return text.isascii() and (_spoken(tokens) == _ENGLISH or _is_mostly_english(tokens))


def _spoken(tokens: Sequence[Token]) -> set[str]:
    spoken: set[str] = set()
    for at, token in enumerate(tokens):
        if not token.language:
            spoken |= _languages_without_accents(token.written)
        elif token.tag not in _NOT_SPOKEN and not _is_letter_of_a_name(tokens, at):
            spoken.add(token.language)
    spoken.discard("")
    return spoken


def _language_by_letters(text: str, tokens: Sequence[Token]) -> str:
    """Return the language that alone has the letters or endings of a title's words, or "".

    It has as many of these words as there are English ones, as in "OPERATOR GIĘTARKI", and no
    table has any of another language but small words.
    """
    if all(map(attrgetter("language"), tokens)):
        return ""
    if not {t.language for t in tokens if t.tag not in _SMALL | _NOT_SPOKEN} <= {ENGLISH, ""}:
        return ""
    found = list(filter(None, map(_foreign_language, _LETTERS.findall(text.lower()))))
    if not found:
        return ""
    english = sum(t.language == ENGLISH and t.tag not in _NOT_SPOKEN for t in tokens)
    language = max(found, key=found.count)
    return language if found.count(language) >= english else ""


def is_foreign(word: str) -> bool:
    """Return whether a word in small letters has letters or an ending that no English word has.

    >>> is_foreign("vorbeugender"), is_foreign("bartender")
    (True, False)
    """
    return word.islower() and any(map(_foreign_language, _LETTERS.findall(word)))


def is_known(word: str) -> bool:
    """Return whether a table has a word, or it has letters or an ending of a language."""
    return default_lexicon().knows(fold(word)) or is_foreign(word.lower())


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _foreign_language(word: str) -> str:
    language = language_of_letters(word)
    known = default_lexicon().get(fold(word)) if language else None
    return "" if known is not None and known.language == ENGLISH else language


def _is_letter_of_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a token is no small word but a letter, as in "R&D", "E-commerce", "AI"."""
    token = tokens[at]
    if token.tag not in _SMALL or len(token.written) > 1:
        return token.tag in _SMALL and token.written in writings()
    if at and tokens[at - 1].written == "&" and tokens[at - 1].end == token.start:
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or (after.written == "&" and after.start == token.end):
        return after is not None
    # No vowel is joined to the next word by an apostrophe, as "d" is in "d'équipe".
    return token.written in _VOWELS and after.start == token.end + 1 and bool(after.language)


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _languages_without_accents(word: str) -> frozenset[str]:
    """Return the languages in which a word that no table has lacks its accents: "operacoes".

    An ending is only sure if no related language could have such a word.
    """
    forms = languages_of_forms()
    if word in forms:
        return forms[word]
    if not word.endswith(_endings()):
        return frozenset()
    for form, languages in forms.items():
        if form[0] == "-" and word.endswith(form[1:]):
            related = frozenset().union(*map(related_languages, languages)) - languages
            if all(foreign_letters(code).search(word) for code in related):
                return languages
    return frozenset()


@cache
def _endings() -> tuple[str, ...]:
    return tuple(form[1:] for form in languages_of_forms() if form[0] == "-")


def _is_mostly_english(tokens: Sequence[Token]) -> bool:
    """Return whether all words are English except one, such as "machine", that is no small word."""
    words = [t for t in tokens if t.language and t.tag not in _NOT_SPOKEN]
    others = [token for token in words if token.language != ENGLISH]
    # "Staff" may be there twice, but an abbreviation is several tokens of the same words.
    is_one = len(others) == 1 or (
        len({token.written for token in others}) == 1 and " " not in others[0].written
    )
    if not is_one or len(words) < _FEWEST_WORDS or 2 * len(others) >= len(words):
        return False
    return others[0].tag not in _SMALL


def _language(text: str, tokens: Sequence[Token], title: str) -> str:
    """Return the language of a title in which not all words are English."""
    votes: Counter[str] = Counter()
    is_plain = text.isascii()
    lexicon, short_forms, names = default_lexicon(), abbreviations(), writings()
    for _, _, tag, _, language, written, is_repaired in tokens:
        # "Area" is a word of English too, "tecnico mecanico" is not.
        is_foreign = not language or (language != ENGLISH and " " in written)
        if is_foreign and any(map(_languages_without_accents, written.split(" "))):
            is_plain = False
        if not language:
            lacking = sorted(_languages_without_accents(written))
            votes.update(dict.fromkeys(lacking, 2 + (len(lacking) == 1)))
        # "Sr", "Coord" and "HR" have no language, small words have several; a repair proves little.
        if not language or is_repaired or tag in _NOT_SPOKEN or written in names:
            continue
        forms = short_forms.get(written)
        if forms and any(row.language != language for row in forms):
            continue
        # In order: of two languages with as many votes, that of the first word is more likely.
        codes = dict.fromkeys((language, *lexicon.in_languages(written)))
        if tag in _SMALL and "" in small_words().get(written, ()):
            # "de" is in the table of French alone.
            codes = dict.fromkeys((language, *sorted(related_languages(language))))
        weight = (1 if tag in _SMALL else 2) + (len(codes) == 1)
        for code in codes:
            votes[code] += weight
    _pass_votes_on(votes, text)
    # "Ingenieur" is German, unless the title has a mark of French.
    words = [word for token in tokens for word in token.written.split(" ")]
    spelt = list(map(_languages_without_accents, words))
    heirs = _heirs_of_shared_words(votes, text)
    heirs = {code for code in heirs if all(not codes or code in codes for codes in spelt)}
    may_be = {*votes}.union(*spelt, heirs)
    marked = [code for code in sorted(may_be) if own_marks(code).search(title)]
    if marked:
        return marked[0]
    # English words are in titles of all languages, accents in few English ones.
    languages = list(votes) or [ENGLISH]
    first = max(languages, key=lambda code: (votes[code], (code == ENGLISH) == is_plain))
    others = [code for code in languages if votes[code] == votes[first] and code != first]
    if not others:
        return first
    # Words that a family shares are in the table of the first by name: "analista" is in Spanish.
    return max([first, *related_languages(first).intersection(others) - _LEAST_LIKELY])


def _heirs_of_shared_words(votes: Counter[str], text: str) -> set[str]:
    """Return the languages of a family that a text may be in as well as in the first by name.

    Words that a family shares are in the table of that one: "auxiliar" is in Spanish.
    """
    firsts = [code for code in votes if code == min(related_languages(code))]
    small = text.lower()
    return {
        other
        for code in firsts
        for other in related_languages(code)
        if not foreign_letters(other).search(small)
    }


def _may_be_other(text: str, language: str) -> bool:
    """Return whether a title may be in the similar language, which has all of its words.

    Italian has no word such as "mecanico".
    """
    similar, small = similar_language(language), text.lower()
    if not similar or foreign_letters(similar).search(small):
        return False
    return not any(
        _is_listed(word, language) and not _is_listed(word, similar)
        for word in _LETTERS.findall(small)
    )


def _is_listed(word: str, language: str) -> bool:
    """Return whether the accents of a word, or of its ending, are in the table of a language."""
    return word in accents(language) or word.endswith(accent_endings(language))


def _pass_votes_on(votes: Counter[str], text: str) -> None:
    """Move votes from languages that no word of a text belongs to, to others of their family.

    A word that a family shares is in the table of one language: "auxiliar" is in Spanish, which has
    no word like "serviço".
    """
    small = text.lower()
    for language in [code for code in votes if foreign_letters(code).search(small)]:
        heirs = [
            code for code in related_languages(language) if not foreign_letters(code).search(small)
        ]
        if heirs or len(votes) > 1:
            count = votes.pop(language)
            votes.update(dict.fromkeys(sorted(heirs), count))
