"""Which words of a title are about pay, or say only what an employer offers or asks for.

The patterns of pay are in ``data/clean/pay.csv``, and the words of offers are those with the place
"offer" in ``data/clean/noise.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.clean_titles.town_names import is_listed
from pmo_classify.clean_titles.words_left_out import WORKERS, Phrase, has_subject, says_nothing
from pmo_classify.knowledge.clean_words import (
    first_words_of_offers,
    offer_pattern,
    pay_pattern,
    stumps,
)
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.cleaning import fold
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = ["find_offers", "has_words_of_offers", "names_no_job", "pay_in", "with_pay_whole"]

_WORDS = re.compile(r"\w+")
_MOST_WORDS_OF_A_STUMP: Final = 4

_MONEY = re.compile(r"\d\d|\djt|[£$€₹¥₱₦฿₺₽₴]")
"""What every sum of money has, except some small ones; most titles have neither."""
_WITHOUT_WORK: Final = frozenset(
    {
        BREAK,
        SLASH,
        Tag.ACRONYM,
        Tag.FILLER,
        Tag.JOIN,
        Tag.LINK,
        Tag.NEUTRAL,
        Tag.NOISE,
        Tag.PLACE,
        Tag.SENIORITY,
        Tag.SERVICE_WITHIN,
        Tag.UNKNOWN,
    }
)
"""Tags of words that surely name no field of work."""
_JOINTS: Final = frozenset({Tag.JOIN, Tag.LINK, SLASH})

Span = tuple[int, int]


def pay_in(text: str) -> list[Span]:
    """Return where sums of money start and end in a text, in order.

    >>> pay_in("Baker - R$ 2.300 + VR"), pay_in("SAP S/4 Consultant")
    ([(8, 16)], [])
    """
    if _MONEY.search(text) is None:
        return []
    return [found.span() for found in pay_pattern().finditer(text)]


def has_words_of_offers(tokens: Iterable[Token]) -> bool:
    """Return whether some of the words may be an employer's offer."""
    return not first_words_of_offers().isdisjoint([token.written for token in tokens])


def with_pay_whole(tokens: Sequence[Token], pay: Sequence[Span]) -> Sequence[Token]:
    """Return tokens in which the marks inside a sum are not breaks: "38.000,- Kč"."""
    return [
        token._replace(tag=SLASH) if token.tag == BREAK and _is_inside(token, pay) else token
        for token in tokens
    ]


def names_no_job(found: str, title: str) -> bool:
    """Return whether only words that name no job are left of a title, or only a town.

    >>> names_no_job("Jobs", "Jobs in Leeds"), names_no_job("Baker", "Baker in Leeds")
    (True, False)
    """
    if found.count(" ") >= _MOST_WORDS_OF_A_STUMP:
        return False
    words = _WORDS.findall(fold(found))
    if not words or len(words) >= len(_WORDS.findall(title)):
        return False
    return stumps().issuperset(words) or is_listed(" ".join(words))


def find_offers(phrase: Phrase, text: str, pay: Sequence[Span], *, is_first: bool) -> set[int]:
    """Return which tokens of a phrase, by their positions, are about pay or an employer's offer.

    ``is_first`` says that nothing stays of the title in front of the phrase.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> text = "Chef £14ph + tips + meals / No weekends"
    >>> tokens = default_tokenizer().tokenize(text)
    >>> phrase = Phrase("", 0, len(text), tokens, [token.tag for token in tokens])
    >>> found = find_offers(phrase, text, pay_in(text), is_first=True)
    >>> [text[tokens[at].start : tokens[at].end] for at in range(len(tokens)) if at not in found]
    ['Chef']
    """
    tokens = phrase.tokens
    found: set[int] = set()
    ends = [at for at in range(len(tokens)) if _is_loose_slash(tokens[at], text)]
    for start, end in pairwise([-1, *ends, len(tokens)]):
        part = range(start + 1, end)
        after = is_first and start < 0
        gone = _find_pay(tokens, part, text, pay, is_first=after)
        if not gone and not after:
            gone = _find_offer(tokens, part, text, may_be_title=not phrase.mark and start < 0)
        if gone and len(gone) == len(part) and start >= 0:
            gone.add(start)
        found |= gone
    return found


def _find_pay(
    tokens: Sequence[Token], part: range, text: str, pay: Sequence[Span], *, is_first: bool
) -> set[int]:
    """Return what belongs to a sum in part of a phrase: all of it, or all from the sum on."""
    at = next((at for at in part if _is_inside(tokens[at], pay)), None) if pay else None
    if at is None:
        return set()
    front, rest = range(part.start, at), range(at, part.stop)
    # "R15 000 pm" has the letters of a project manager.
    after = [tokens[at].tag for at in rest if not _is_inside(tokens[at], pay)]
    if not WORKERS.isdisjoint(after) or _is_followed_by_work(tokens, rest, pay):
        return set()
    if not is_first and not _names_work([tokens[at] for at in front], text):
        return set(part)
    before = [tokens[at] for at in front]
    if not has_subject(Phrase("", 0, 0, before, [token.tag for token in before])):
        return set()
    while tokens[at - 1].tag in _JOINTS or (at > 1 and says_nothing([tokens[at - 1]], text)):
        at -= 1
    return set(range(at, part.stop))


def _is_followed_by_work(tokens: Sequence[Token], rest: Sequence[int], pay: Sequence[Span]) -> bool:
    """Return whether the first word after a sum is the field of the work: "£40k Software"."""
    for at in rest:
        if tokens[at].tag != Tag.NOISE and not _is_inside(tokens[at], pay):
            return tokens[at].tag not in _WITHOUT_WORK
    return False


def _names_work(tokens: Sequence[Token], text: str) -> bool:
    """Return whether words before a sum say something about the work: "Java £60k"."""
    if not tokens or _offered(tokens) or says_nothing(tokens, text):
        return False
    return any(
        token.tag not in _WITHOUT_WORK
        or token.tag in (Tag.NEUTRAL, Tag.ACRONYM)
        or (token.tag == Tag.UNKNOWN and text[token.start].isupper())
        for token in tokens
    )


def _find_offer(tokens: Sequence[Token], part: range, text: str, *, may_be_title: bool) -> set[int]:
    """Return what part of a phrase says of an offer: all of it, if nothing is about the work.

    At the start of a title unlisted words are the work: "Zorbist Night Shift | Graduates".
    """
    words = [tokens[at] for at in part]
    offered = _offered(words)
    rest = [token for at, token in enumerate(words) if at not in offered]
    if not offered or not all(token.tag in _WITHOUT_WORK for token in rest):
        return set()
    if may_be_title and _names_work(rest, text):
        return {part.start + at for at in offered}
    return set(part)


def _offered(tokens: Sequence[Token]) -> set[int]:
    """Return which tokens are part of the words of an offer."""
    if not has_words_of_offers(tokens):
        return set()
    # "SGK + yemek + yol" has the words of "yemek yol".
    places = [at for at, token in enumerate(tokens) if token.written.strip("+&/")]
    of_words = [at for at in places for _ in tokens[at].written.split(" ")]
    words = " ".join([tokens[at].written for at in places])
    found: set[int] = set()
    for offer in offer_pattern().finditer(words):
        first = words.count(" ", 0, offer.start())
        found.update(of_words[first : words.count(" ", 0, offer.end()) + 1])
    return found


def _is_loose_slash(token: Token, text: str) -> bool:
    return token.tag == SLASH and text[token.start - 1 : token.end + 1] == " / "


def _is_inside(token: Token, spans: Iterable[Span]) -> bool:
    return any(start <= token.start < end for start, end in spans)
