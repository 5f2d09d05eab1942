"""Short names in capitals that say where the work is: "TX", "(FR, UK, DE)", "Zorbaville, GA".

Most short names are also short for something else. So the surest of them count as a phrase of
their own, the others only in a list of places or after an unlisted name and a comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.clean_words import writings
from pmo_classify.knowledge.lexicon import ENGLISH, Tag
from pmo_classify.knowledge.place_words import listed_codes, place_words, place_words_of
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = ["find_codes"]

_LEAST_IN_A_LIST: Final = 3
"""How many short names that may also be something else are surely a list of places."""
_MOST_WORDS_OF_A_NAME: Final = 3
_LEAST_BEFORE_A_CODE: Final = 2
_MARKS_OF_A_LIST: Final = frozenset(",|")
_MARKS_BEFORE_A_STATE: Final = frozenset("-|(")
_BEFORE_A_STATE: Final = frozenset({Tag.FIELD, Tag.NEUTRAL, Tag.ROLE, Tag.TRADE})
_NEAR_PORTUGUESE: Final = frozenset({"pt", "es"})
"""Languages of words that may be Portuguese; the lexicon has those of both as Spanish."""
_JOINTS: Final = frozenset({SLASH, Tag.JOIN})


def find_codes(tokens: Sequence[Token], text: str) -> set[int]:
    """Return the positions of short names of places, and of the names before them.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> text = "Baker - Zorbaville, TX"
    >>> sorted(find_codes(default_tokenizer().tokenize(text), text))
    [2, 4]
    """
    if _all_codes().isdisjoint([token.written for token in tokens]):
        return set()
    codes = [at for at in range(1, len(tokens)) if _may_be_code(tokens[at], text)]
    found: set[int] = set()
    end = 0
    for at in codes:
        if at < end:
            continue
        start, end = _list_around(tokens, at, text)
        items = range(start, end)
        if _is_list_of_places(tokens, start, end, text):
            found.update(i for i in items if tokens[i].tag != BREAK)
    for at in codes:
        found.update(i for i in _name_before(tokens, at, text) if tokens[i].tag != BREAK)
        is_place = _ends_a_title(tokens, at) or _is_alone_after_a_place(tokens, at)
        if is_place or _is_state_of_brazil(tokens, at, text):
            found.add(at)
    return found


@cache
def _all_codes() -> frozenset[str]:
    return frozenset().union(place_words_of("code"), listed_codes())


def _may_be_code(token: Token, text: str) -> bool:
    return token.written in _all_codes() and text[token.start : token.end].isupper()


def _is_item(token: Token, text: str) -> bool:
    return token.tag == Tag.PLACE or _may_be_code(token, text)


def _is_joint(token: Token, text: str) -> bool:
    if token.tag == BREAK:
        return text[token.start] in _MARKS_OF_A_LIST
    return token.tag in _JOINTS


def _list_around(tokens: Sequence[Token], at: int, text: str) -> tuple[int, int]:
    """Return where the list that a short name belongs to starts and ends: "FR, UK and DE"."""
    start, end = at, at + 1
    while end + 1 < len(tokens) and _is_joint(tokens[end], text):
        if not _is_item(tokens[end + 1], text):
            break
        end += 2
    while start > 2 and _is_joint(tokens[start - 1], text) and _is_item(tokens[start - 2], text):  # noqa: PLR2004
        start -= 2
    return start, end


def _is_list_of_places(tokens: Sequence[Token], start: int, end: int, text: str) -> bool:
    """Return whether a list has only places, and nothing else in its phrases."""
    if end < len(tokens) and tokens[end].tag != BREAK:
        return False
    items = [token for token in tokens[start:end] if _is_item(token, text)]
    is_many = len(items) >= _LEAST_IN_A_LIST
    if tokens[start - 1].tag != BREAK:
        # "Sales Manager MT, MS and GO"
        return is_many and tokens[start - 1].tag not in _JOINTS
    return is_many or all(
        token.tag == Tag.PLACE or token.written in place_words_of("code") for token in items
    )


def _ends_a_title(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a sure name ends a title that is not English: "Vendedor de Loja BH"."""
    token, before = tokens[at], tokens[at - 1]
    if at < _LEAST_BEFORE_A_CODE or token.written not in place_words_of("code"):
        return False
    if at + 1 < len(tokens) and tokens[at + 1].tag != BREAK:
        return False
    if {other.language for other in tokens} <= {"", ENGLISH}:
        return False
    return before.tag not in (Tag.ACRONYM, Tag.LINK, Tag.FILLER, Tag.NOISE, BREAK, *_JOINTS)


def _is_alone_after_a_place(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a short name is a phrase after a place: "Cook - Paris - FR".

    A known word may be the work: "Cook - Paris - IT".
    """
    if at < _LEAST_BEFORE_A_CODE or (at + 1 < len(tokens) and tokens[at + 1].tag != BREAK):
        return False
    if tokens[at - 1].tag != BREAK or tokens[at - 2].tag != Tag.PLACE:
        return False
    token = tokens[at]
    is_listed = token.written in place_words_of("listed")
    return is_listed and token.tag in (Tag.ACRONYM, Tag.LINK, Tag.UNKNOWN)


def _is_state_of_brazil(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Return whether a state ends a Portuguese title: "Vendedor externo - BA", "Padeiro SP".

    Without a mark it is sure beside a word that only Portuguese has, if others are in lower case.
    """
    token, before = tokens[at], tokens[at - 1]
    if any(other.tag != BREAK for other in tokens[at + 1 :]):
        return False
    if before.tag != BREAK:
        # "Vendedor - Zorbi SP"
        is_name = before.tag == Tag.UNKNOWN and text[before.start].isupper()
        is_sure = is_name or before.tag in _BEFORE_A_STATE
        is_sure = is_sure and token.tag in (Tag.ACRONYM, Tag.UNKNOWN)
        is_sure = is_sure and place_words().get(token.written) == "state" and not text.isupper()
        return is_sure and any(other.language == "pt" for other in tokens[:at])
    if text[before.start] not in _MARKS_BEFORE_A_STATE:
        return False
    if place_words().get(token.written) != "state" or token.tag == Tag.NEUTRAL:
        return False
    return any(other.language in _NEAR_PORTUGUESE for other in tokens[: at - 1])


def _name_before(tokens: Sequence[Token], at: int, text: str) -> range:
    """Return the positions of an unlisted name, a comma and its state: "Zorbaville, GA".

    The name is a phrase of its own, or after a word such as "in", and does not end as a field of
    work does: "Engineer - Zorbology, GA".
    """
    is_alone = at + 1 == len(tokens) or tokens[at + 1].tag == BREAK
    if not is_alone or tokens[at].written not in place_words_of("after"):
        return range(0)
    if tokens[at - 1].tag != BREAK or text[tokens[at - 1].start] != ",":
        return range(0)
    start = at - 1
    while start > 0 and _may_be_name(tokens[start - 1], text):
        start -= 1
    name = tokens[start : at - 1]
    is_name = 0 < len(name) <= _MOST_WORDS_OF_A_NAME and any(t.tag == Tag.UNKNOWN for t in name)
    if start == 0 or not is_name or name[-1].written.endswith(tuple(place_words_of("field"))):
        return range(0)
    if tokens[start - 1].tag == BREAK:
        return range(start, at + 1)
    is_led = start > 1 and place_words().get(tokens[start - 1].written) == "link"
    return range(start - 1, at + 1) if is_led else range(0)


def _may_be_name(token: Token, text: str) -> bool:
    """Return whether a word may be part of an unlisted name: both of "El Zorbo"."""
    if token.tag not in (Tag.UNKNOWN, Tag.FILLER) or token.written in writings():
        return False
    return text[token.start].isupper()
