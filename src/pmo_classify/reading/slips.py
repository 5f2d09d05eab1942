"""Typing errors in English words, fixed in clean titles only.

The reading repairs the words that tell whether a title is of the field. A clean title shows these
repairs only where they are sure. It shows common words too, so they are repaired here, but only
where no other word can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import ENGLISH, TAGS, Tag, default_lexicon
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.thresholds import WORD_CACHE_SIZE

__all__ = ["repaired_word", "right_word", "without_slips"]

_SHORTEST: Final = 7
_SHORTEST_REPAIRED: Final = 5
_SHORTEST_OTHER_LETTER: Final = 8
_NOT_REPAIRED: Final = frozenset({Tag.NOISE, Tag.PLACE, Tag.LINK, Tag.FILLER, Tag.JOIN})
_WORKERS: Final = frozenset({Tag.ROLE, Tag.TRADE, Tag.LEARNER})
_NOT_SPOKEN: Final = frozenset({Tag.NOISE, Tag.PLACE})
_ENDING: Final = 3
"""Letters of an ending, where one letter may make another word: "franchisee"."""
_SPELT_TWO_WAYS: Final = (("ll", "l"), ("ae", "e"), ("oe", "e"), ("ou", "o"))
"""What British and American English write differently: "enrolment", "paediatric"."""


def without_slips(text: str, words: Sequence[Token]) -> str:
    """Return a text with the typing errors in its English words fixed.

    ``words`` are its tokens. A text with words of other languages stays as it is.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> without_slips("Cutomer Service", default_tokenizer().tokenize("Cutomer Service"))
    'Customer Service'
    """
    unknown = [
        token.written
        for token in words
        if token.tag == Tag.UNKNOWN and len(token.written) >= _SHORTEST
    ]
    if not unknown:
        return text
    spoken = {token.language for token in words if token.tag not in _NOT_SPOKEN} - {""}
    if not spoken <= {ENGLISH}:
        return text
    for word in unknown:
        right = right_word(word)
        # If no word shows the language, only a word for a worker is sure.
        if right and (spoken or _is_worker(right)):
            pattern = rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"
            text = re.sub(pattern, partial(_in_case_of, right=right), text, flags=re.IGNORECASE)
    return text


def _in_case_of(found: re.Match[str], right: str) -> str:
    word = found[0]
    if word.isupper():
        return right.upper()
    return right.capitalize() if word[0].isupper() else right


@lru_cache(maxsize=WORD_CACHE_SIZE)
def right_word(word: str) -> str:
    """Return the English word that a misspelt one surely stands for, or "" if none.

    One letter is missing, or there is one too many, or two have changed places; a word with
    another letter, as "coating" for "costing", or another ending is most often a word of its own.

    >>> right_word("cutomer"), right_word("coating"), right_word("enrolment")
    ('customer', '', '')
    """
    # Imported here because few titles have words that are not known.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    # Many words in "-ing" are similar: "leaning" and "learning".
    if len(word) < _SHORTEST or not word.isalpha() or word.endswith("ing"):
        return ""
    if default_lexicon().knows(word):
        return ""
    found = [
        right
        for length in (len(word) - 1, len(word), len(word) + 1)
        for right in _words().get((word[0], length), ())
        if OSA.distance(word, right, score_cutoff=1) == 1 and _is_slip(word, right)
    ]
    return found[0] if len(found) == 1 else ""


def _is_slip(word: str, right: str) -> bool:
    if len(word) == len(right):
        return sorted(word) == sorted(right)
    is_worker = _is_worker(right)
    # As in "electrican"; no other word's ending is a letter short of a worker's.
    ending = 1 if is_worker and len(word) < len(right) else _ENDING
    if word[-ending:] != right[-ending:]:
        return False
    return not any(
        word.replace(a, b, 1) == right or right.replace(a, b, 1) == word for a, b in _SPELT_TWO_WAYS
    )


def _is_worker(word: str) -> bool:
    known = default_lexicon().get(word)
    return known is not None and known.tag in _WORKERS


@cache
def _words() -> Mapping[tuple[str, int], Sequence[str]]:
    """Return the English words that a slip may stand for, by first letter and length."""
    found: dict[tuple[str, int], list[str]] = {}
    for form, word in default_lexicon().tagged(TAGS - _NOT_REPAIRED):
        is_plain = form.isalpha() and len(form) >= _SHORTEST - 1
        if is_plain and word.language == ENGLISH:
            found.setdefault((form[0], len(form)), []).append(form)
    return found


def repaired_word(written: str, token: Token) -> str:
    """Return a misspelt word in its right spelling, where it is surely a slip.

    The reading takes more for slips: there "strategist" may stand for "strategic", for neither
    moves an answer.
    """
    if token.language not in (ENGLISH, "") or not token.written.isascii():
        return written
    right = default_tokenizer().right_spelling(token)
    pairs = list(zip(token.written.split(" "), right.split(" "), strict=True))
    if not all(a == b or _is_sure(a, b, is_role=token.tag == Tag.ROLE) for a, b in pairs):
        return written
    if "-" in written:
        right = right.replace(" ", "-")
    if written.isupper():
        return right.upper()
    if not written[:1].isupper():
        return right
    return right.capitalize() if "-" in right else right.title()


def _is_sure(word: str, right: str, *, is_role: bool) -> bool:
    """Return whether a repair of the reading is surely what was meant."""
    # Imported here because few words are misspelt.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    if len(word) < _SHORTEST_REPAIRED or word[0] != right[0] or OSA.distance(word, right) > 1:
        return False
    if len(word) == len(right) and sorted(word) != sorted(right):
        return len(word) >= _SHORTEST_OTHER_LETTER and word[-1] == right[-1]
    return (
        word[-1] == right[-1] or sorted(word) == sorted(right) or (is_role and right[:-1] == word)
    )
