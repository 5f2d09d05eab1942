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
from pmo_classify.knowledge.place_words import listed_codes, place_words_of
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = ["find_codes"]

_LEAST_IN_A_LIST: Final = 3
"""How many short names that may also be something else are surely a list of places."""
_MOST_WORDS_OF_A_NAME: Final = 3
_LEAST_BEFORE_A_CODE: Final = 2
_MARKS_OF_A_LIST: Final = frozenset(",|")
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
        if _ends_a_title(tokens, at):
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


def _name_before(tokens: Sequence[Token], at: int, text: str) -> range:
    """Return the positions of an unlisted name, a comma and its state: "Zorbaville, GA"."""
    is_alone = at + 1 == len(tokens) or tokens[at + 1].tag == BREAK
    if not is_alone or tokens[at].written not in place_words_of("after"):
        return range(0)
    if tokens[at - 1].tag != BREAK or text[tokens[at - 1].start] != ",":
        return range(0)
    start = at - 1
    while start > 0 and tokens[start - 1].tag != BREAK:
        start -= 1
    name = tokens[start : at - 1]
    if start == 0 or not 0 < len(name) <= _MOST_WORDS_OF_A_NAME:
        return range(0)
    is_name = all(
        token.tag == Tag.UNKNOWN and text[token.start].isupper() and token.written not in writings()
        for token in name
    )
    return range(start, at + 1) if is_name else range(0)
