"""The kept part of each phrase of a title: its words without noise, with their spelling fixed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.clean_titles.offers import (
    find_offers,
    has_words_of_offers,
    pay_in,
    with_pay_whole,
)
from pmo_classify.clean_titles.slips import COMPOUNDING, repaired_word
from pmo_classify.clean_titles.title_order import JOINED_BY_SLASH, ROLES, Kept
from pmo_classify.clean_titles.town_names import is_listed
from pmo_classify.clean_titles.word_looks import GENDER, ODD, looks_in
from pmo_classify.clean_titles.words_left_out import (
    WORKERS,
    Phrase,
    find_dropped,
    has_subject,
    is_noise,
    is_noise_alone,
    keeps_places,
    says_nothing,
    with_states,
)
from pmo_classify.knowledge.clean_words import abbreviations, writings
from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.knowledge.place_words import place_words
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = ["NOT_SPOKEN", "phrases_of", "what_stays"]

NOT_SPOKEN: Final = frozenset({Tag.NOISE, Tag.PLACE})
"""Tags of words that say nothing about the work."""
_TIED = re.compile(r"\d[,:]\d|[^\W\dA-Z_]:[^\W\dA-Z_]|(?<!\w)S:t|\d\([^\W\d_]\)|\b\d\*")
"""Marks inside a word: "1,5", "1:1", "401(k)", "Kauf:frau", "S:t Eriksplan", "5* Hotel"."""
_NONE: Final[frozenset[int]] = frozenset()
_IS_REPAIRED: Final = attrgetter("is_repaired")
_JOINTS_OF_WORDS: Final = frozenset("&+/@")
_PICTURE = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3]+")
_LONE_SIGN = re.compile(r"(?<!\S)[^\w\s&+/@]+(?!\S)")
_SLASH = re.compile(r"(?<=\w)/(?=\w)")
_SPACED_SLASH = re.compile(r"\s+/\s*|(?<!\b[wcps])\s*/\s+", re.IGNORECASE)
"""A slash between titles, not that of "w/ German", "c/ inglês", "p/ loja", "s/ experiência"."""
_FULL_STOP = re.compile(r"(?:(?<=[^\W\d_]{5})|(?<=[^\W\d_]\d)|(?<=\s\d[ao])|(?<=,\d [tT]))\.$")
"""The full stop after a word, a level, a Spanish ordinal or a weight: "B2.", "1a.", "3,5 t."."""
_DANGLING = re.compile(r"(?:\s[/&+@])+$|^(?:@\s)+|(?<=\w)[/&-]+$")
_GENDER_INSIDE = re.compile(r"(?<=\w)[/*_:·(]-?[^\W\d_]+\)?(?!\S)")
_LETTERS_OF_A_ROLE: Final = 6
_SHORTEST_PART: Final = 4
"""Letters of the parts of a compound that no table has."""
_BRACKETS: Final = ("(", "[")
_LONGEST_CODE: Final = 10
_IN_A_CODE: Final = frozenset({Tag.ACRONYM, Tag.UNKNOWN, Tag.NOISE, SLASH, Tag.JOIN, Tag.PLACE})
"""Tags of what may be in an employer's code in brackets."""
_GENDER = re.compile(r"[/*_:·(]-?[^\W\d_]+\)?")


def phrases_of(text: str, tokens: Sequence[Token], tags: Sequence[str]) -> list[Phrase]:
    """Return the phrases between the marks of a title, including empty ones."""
    found: list[Phrase] = []
    first, start, mark = 0, 0, ""
    for _ in range(tags.count(BREAK)):
        at = tags.index(BREAK, first)
        token = tokens[at]
        found.append(Phrase(mark, start, token.start, tokens[first:at], tags[first:at]))
        first, start, mark = at + 1, token.end, text[token.start]
    found.append(Phrase(mark, start, len(text), tokens[first:], tags[first:]))
    return found


def _retagged(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """Return tokens without breaks inside a word, and with states after towns as places."""
    tags = [token.tag for token in tokens]
    if Tag.PLACE in tags:
        tokens = with_states(tokens, text)
    if BREAK not in tags or not _TIED.search(text):
        return tokens
    inside = {at for found in _TIED.finditer(text) for at in range(found.start(), found.end())}
    return [
        token._replace(tag=SLASH) if token.tag == BREAK and token.start in inside else token
        for token in tokens
    ]


def what_stays(text: str, tokens: Sequence[Token]) -> list[Kept]:
    """Return the kept part of each phrase, or nothing if all of it is noise.

    ``tokens`` are those of ``with_towns``.
    """
    pay = pay_in(text)
    tokens = _retagged(text, with_pay_whole(tokens, pay) if pay else tokens)
    tags = [token.tag for token in tokens]
    phrases = _without_code_in_front(phrases_of(text, tokens, tags), text)
    phrases = _without_noise_in_front(phrases)
    has_repairs = True in map(_IS_REPAIRED, tokens)
    has_parts = len(phrases) > 1 or SLASH in tags
    has_offers = bool(pay) or (has_parts and has_words_of_offers(tokens))
    is_spoken = NOT_SPOKEN.isdisjoint(tags) and not has_offers
    if is_spoken or not any(map(has_subject, phrases)):
        return [
            _with_hyphen(_kept_of(phrase, text, _NONE, has_repairs), phrase, text)
            for phrase in phrases
        ]
    places_stay = Tag.PLACE in tags and keeps_places(phrases, text)
    title = _find_title(phrases) if has_offers else 0
    kept: list[Kept] = []
    is_first = True
    for at, phrase in enumerate(phrases):
        dropped: AbstractSet[int] | None = _NONE
        if at and not places_stay and _goes_with_place(phrases[at - 1], phrase, text):
            dropped = None
        elif has_offers:
            dropped = find_offers(phrase, text, pay, is_first=is_first and at >= title)
        names_firm = not at and _is_firm(phrase, text) and _has_worker(phrases[1:])
        dropped = _with_noise(phrase, text, dropped, places_stay=places_stay or names_firm)
        kept.append(
            Kept(phrase.mark, "", ())
            if dropped is None
            else _with_hyphen(_kept_of(phrase, text, dropped, has_repairs), phrase, text)
        )
        is_first = is_first and not kept[-1].words
    return kept


def _without_code_in_front(phrases: list[Phrase], text: str) -> list[Phrase]:
    """Return phrases without an employer's code in brackets at the start: "[ZB/QX-3] Chef"."""
    at = next((at for at, phrase in enumerate(phrases) if phrase.tokens), len(phrases))
    if at + 1 >= len(phrases) or phrases[at].mark not in _BRACKETS:
        return phrases
    written = text[phrases[at].start : phrases[at].end]
    tokens = phrases[at].tokens
    is_code = written.isupper() and len(written) <= _LONGEST_CODE
    is_code = is_code and (phrases[at].mark == "[" or not text.isupper())
    if not is_code or not _IN_A_CODE.issuperset(phrases[at].tags):
        return phrases
    if any(token.written in writings() for token in tokens) or not _has_worker(phrases[at + 1 :]):
        return phrases
    return [phrases[at + 1]._replace(mark=""), *phrases[at + 2 :]]


def _has_worker(phrases: Iterable[Phrase]) -> bool:
    return any(not WORKERS.isdisjoint(phrase.tags) for phrase in phrases)


def _without_noise_in_front(phrases: list[Phrase]) -> list[Phrase]:
    """Return phrases without a first one that is only noise before a title: "Contract - Chef"."""
    if len(phrases) == 1 or not phrases[0].tokens or not is_noise_alone(phrases[0].tokens):
        return phrases
    if WORKERS.isdisjoint(phrases[1].tags):
        return phrases
    return [phrases[1]._replace(mark=""), *phrases[2:]]


def _is_firm(phrase: Phrase, text: str) -> bool:
    """Return whether a town before a dash ends the name of a company: "Zorb Leeds - Chef"."""
    if phrase.tags[-1:] != [Tag.PLACE] or set(phrase.tags[:-1]) != {Tag.UNKNOWN}:
        return False
    has_capitals = all(text[token.start].isupper() for token in phrase.tokens)
    return has_capitals and text[phrase.end :].lstrip()[:1] == "-"


def _find_title(phrases: Sequence[Phrase]) -> int:
    """Return which phrase is the first that names a worker: "Driver" in "£45k basic - Driver"."""
    titles = (at for at, phrase in enumerate(phrases) if not WORKERS.isdisjoint(phrase.tags))
    return next(titles, 0)


def _with_noise(
    phrase: Phrase, text: str, dropped: AbstractSet[int] | None, *, places_stay: bool
) -> AbstractSet[int] | None:
    """Return which tokens of a phrase are dropped with its noise, or ``None`` for all of them."""
    if dropped is None or 0 < len(dropped) == len(phrase.tokens):
        return None
    if NOT_SPOKEN.isdisjoint(phrase.tags):
        return dropped
    if is_noise(phrase, text, places_stay=places_stay):
        return None
    return dropped | find_dropped(phrase, text, places_stay=places_stay)


def _kept_of(phrase: Phrase, text: str, dropped: AbstractSet[int], has_repairs: bool) -> Kept:
    """Return the kept part of a phrase, without its dropped tokens."""
    mark, start, end, tokens, _ = phrase
    if dropped:
        tokens = [token for number, token in enumerate(tokens) if number not in dropped]
        rest = phrase._replace(tokens=tokens, tags=[token.tag for token in tokens])
        if mark and says_nothing(tokens, text):
            return Kept(mark, "", ())
        if _is_rest_of_place(tokens) or is_noise(rest, text, places_stay=False):
            return Kept(mark, "", ())
    if mark and (is_noise_alone(tokens) or (dropped and is_noise_alone(phrase.tokens))):
        return Kept(mark, "", ())
    written = text[start:end]
    pieces = written.split()
    looks = looks_in(pieces)
    is_repaired = has_repairs and True in map(_IS_REPAIRED, phrase.tokens)
    if not dropped and not is_repaired and not looks & GENDER:
        if looks & ODD or (pieces and not _JOINTS_OF_WORDS.isdisjoint((pieces[0], pieces[-1]))):
            words = _spaced(written)
            return Kept(mark, words, tokens, looks_in(words.split()))
        return Kept(mark, " ".join(pieces), tokens, looks)
    words = _words(phrase, text, dropped)
    if words.endswith(".") and len(phrase.tokens) - 1 in dropped:
        words = _without_full_stop(words)
    # With no word before it, a town is a phrase of its own.
    is_first_gone = bool(mark) and 0 in dropped
    # So is one at the end now: "Koch Siegen ab 2000 €".
    is_last_gone = len(phrase.tokens) - 1 in dropped and is_listed(tokens[-1].written)
    is_new = is_repaired or is_first_gone or is_last_gone or _has_gap(dropped, len(phrase.tokens))
    return Kept(mark, words, tokens, looks_in(words.split()), is_new)


def _without_full_stop(words: str) -> str:
    """Return words without the full stop before what went, where the last is a name: "RRHH."."""
    last = words.rpartition(" ")[2][:-1].lower()
    return words[:-1] if last in writings() and last not in abbreviations() else words


def _with_hyphen(kept: Kept, phrase: Phrase, text: str) -> Kept:
    """Return a phrase with a hyphen that stands for the end of a later word: "Bäcker-, Koch-"."""
    is_short = text.startswith("-, ", phrase.end - 1) and bool(kept.tokens)
    if not is_short or kept.tokens[-1] is not phrase.tokens[-1]:
        return kept
    return kept._replace(words=f"{kept.words.rstrip('-')}-")


def _has_gap(dropped: AbstractSet[int], length: int) -> bool:
    """Return whether some of the positions up to a length are dropped between others."""
    if not dropped:
        return False
    kept = [at for at in range(length) if at not in dropped]
    return kept[-1] - kept[0] >= len(kept)


def _is_street(phrase: Phrase) -> bool:
    """Return whether a phrase after a town is a street and its number: "Krakowska 51"."""
    street, number = phrase.tags[:-1], phrase.tokens[-1].written
    return bool(street) and number.isdigit() and ROLES.isdisjoint(street)


def _is_part(token: Token) -> bool:
    return place_words().get(token.written) == "part"


def _is_rest_of_place(tokens: Sequence[Token]) -> bool:
    """Return whether words say which part of a removed place is meant: "North", "N."."""
    return all(
        token.tag in (Tag.LINK, Tag.FILLER) or len(token.written) == 1 or _is_part(token)
        for token in tokens
    )


def _goes_with_place(before: Phrase, phrase: Phrase, text: str) -> bool:
    """Return whether a phrase belongs to the town before it: "Austin, TX", "Leeds - North"."""
    if not phrase.tokens or before.tags[-1:] != [Tag.PLACE]:
        return False
    if phrase.mark == "-":
        return not has_subject(before) and all(map(_is_part, phrase.tokens))
    if phrase.mark == "," and _is_street(phrase) and not has_subject(before):
        return True
    token = phrase.tokens[0]
    letters = text[token.start : token.end]
    is_alone = phrase.mark == "," and len(phrase.tokens) == 1
    return is_alone and len(letters) == 2 and letters.isupper()  # noqa: PLR2004


def _words(phrase: Phrase, text: str, dropped: AbstractSet[int]) -> str:
    """Return the kept words of a phrase, with their spelling repaired."""
    pieces: list[str] = []
    at = phrase.start
    length = 0
    for number, token in enumerate(phrase.tokens):
        if token.start >= at:
            gap = text[at : token.start]
            # "y/o" has no ending of another gender.
            pieces += [gap if length == 1 else _between(gap), _word(phrase, text, number, dropped)]
            at, length = token.end, token.end - token.start
    return _spaced("".join([*pieces, _between(text[at : phrase.end])]))


def _between(gap: str) -> str:
    """Return the text between two words without the ending of the other gender: "/in", "(e)"."""
    return gap if gap in ("", " ", "-") else _GENDER.sub("", gap)


def _word(phrase: Phrase, text: str, number: int, dropped: AbstractSet[int]) -> str:
    token = phrase.tokens[number]
    if number in dropped:
        return " "
    # "Chef/-in", "mekaniker/-tekniker", "Koch-/Backhilfe"
    is_whole = "-" not in (text[token.start - 1 : token.start], text[token.end : token.end + 1])
    if token.tag == SLASH and is_whole and _joins_titles(phrase.tokens, number, text):
        return JOINED_BY_SLASH
    written = text[token.start : token.end]
    if " " in token.written:
        written = _GENDER_INSIDE.sub("", written)
    return repaired_word(written, token) if token.is_repaired else written


def _joins_titles(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Return whether a slash is between two titles, not in a name such as "UX/UI".

    All slashes of a list are alike: "Cook/Baker/Zorbista".
    """
    if not 0 < at < len(tokens) - 1:
        return False
    if _is_between_titles(tokens, at) or _follows_a_role(tokens, at, text):
        return True
    later = range(at + 2, len(tokens) - 1, 2)
    in_list = takewhile(lambda i: tokens[i].tag == SLASH, later)
    if any(_is_between_titles(tokens, i) for i in in_list):
        return True
    earlier = next((i for i in range(at - 1, 0, -1) if tokens[i].tag == SLASH), 0)
    is_in_list = tokens[at + 1].tag in ROLES or earlier == at - 2
    return is_in_list and _joins_titles(tokens, earlier, text)


def _is_between_titles(tokens: Sequence[Token], at: int) -> bool:
    before, after = tokens[at - 1], tokens[at + 1]
    if _is_role(before):
        if _is_role(after) or after.tag == Tag.SENIORITY or _may_be_role(after):
            return True
        # "Data Scientist/ML Engineer"
        title = takewhile(lambda token: token.tag != SLASH, tokens[at + 1 :])
        return any(token.tag in ROLES for token in title)
    # "Shift Leader Nights/Deputy Manager"
    part = list(takewhile(lambda token: token.tag != SLASH, reversed(tokens[:at])))
    if after.tag in ROLES:
        # "Sortowacz/magazynier"
        is_alone = len(tokens) == 3 and before.tag == Tag.NEUTRAL  # noqa: PLR2004
        return is_alone or _may_be_role(before) or any(token.tag in ROLES for token in part)
    if after.meaning == "deputy" and len(part) > 1:
        # "Dowódca zmiany/zastępca dowódcy zmiany"
        return True
    # "Cuisinier de nuit/Night Cook"
    title = takewhile(lambda token: token.tag != SLASH, tokens[at + 1 :])
    languages, others = _languages_of_roles(part), _languages_of_roles(title)
    return bool(languages and others) and languages.isdisjoint(others)


def _languages_of_roles(tokens: Iterable[Token]) -> set[str]:
    return {token.language for token in tokens if token.tag in ROLES and token.language}


def _follows_a_role(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Return whether a slash after a role is before other words: "Cashier/Front Desk".

    A single one may be the role's kind: "Receptionist/Administration".
    """
    start = tokens[at + 1].start
    is_name = text[start].isupper() and not text.isupper()
    role = tokens[at - 1]
    return is_name and len(tokens) > at + 2 and role.tag in ROLES and " " not in role.written


def _is_role(token: Token) -> bool:
    """Return whether a word is a role, or a compound of one that no table has: "Frukostkock"."""
    if token.tag != Tag.UNKNOWN:
        return token.tag in ROLES
    return token.written.isalpha() and _ends_in_a_role(token.written)


@lru_cache(maxsize=WORD_CACHE_SIZE)
def _ends_in_a_role(word: str) -> bool:
    ends = (word[at:] for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1))
    known = filter(None, map(default_lexicon().get, ends))
    return any(role.tag in ROLES and role.language in COMPOUNDING for role in known)


def _may_be_role(token: Token) -> bool:
    """Return whether a word that no table has is as long as most roles: "Sortowacz"."""
    return token.tag == Tag.UNKNOWN and len(token.written) >= _LETTERS_OF_A_ROLE


def _spaced(words: str) -> str:
    """Return words with single blanks, without signs that mean nothing."""
    if words.replace(" ", "").isalnum():
        return " ".join(words.split())
    if not words.isascii():
        words = _PICTURE.sub(" ", words)
    words = _LONE_SIGN.sub(" ", words)
    if "/" in words:
        # In a list whose other slashes have no blanks, a blank beside a slash is a slip.
        is_list = words.count("/") > 1 and JOINED_BY_SLASH not in words and _SLASH.search(words)
        words = _SPACED_SLASH.sub("/" if is_list else JOINED_BY_SLASH, words)
    words = _FULL_STOP.sub("", " ".join(words.split()))
    words = _DANGLING.sub("", words).strip()
    return words if any(map(str.isalnum, words)) else ""
