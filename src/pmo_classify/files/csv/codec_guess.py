"""What the bytes of a text look like, where nothing says in which encoding they are."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

__all__ = ["guess_codec", "is_bare_utf_16"]

_LONGEST_RUN: Final = 1.4
_SINGLE_BYTE: Final = ["cp1252", "cp1250", "cp850", "mac_roman", "cp1254", "cp1257", "iso8859_2"]
_WESTERN_SIGNS: Final = frozenset("“”‘’‚„–—…•·€£¥§©®™«»‹›¿¡ªº°±²³½¼¾´¨\xa0\xad")


def is_bare_utf_16(sample: bytes, codec: str) -> bool:
    """Tell UTF-16 without a byte order mark: every other byte of Western text is zero."""
    pairs = len(sample) // 2
    low, high = (1, 0) if codec == "utf-16-le" else (0, 1)
    zeros, others = sample[low::2].count(0), sample[high::2].count(0)
    return pairs > 1 and zeros > 0.4 * pairs and others < 0.05 * pairs


def guess_codec(sample: bytes) -> str:
    """Guess the codec of a sample that is not UTF-8 throughout.

    >>> guess_codec("Büro Köln, 40 €".encode("cp1252"))
    'cp1252'
    """
    as_utf_8 = sample.decode("utf-8", "surrogateescape")
    odd = sum("\udc80" <= c <= "\udcff" for c in as_utf_8)
    if sum(c > "\x7f" for c in as_utf_8) > 2 * odd:
        return "utf-8"
    if _looks_western(sample.decode("cp1252", "replace")):
        return "cp1252"
    # charset-normalizer is imported here because most files are UTF-8 and never need it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    # Odd bytes that stand singly are no characters of two bytes.
    runs = re.findall(rb"[\x80-\xff]+", sample)
    is_single = sum(map(len, runs)) < _LONGEST_RUN * len(runs)
    best = from_bytes(sample, cp_isolation=_SINGLE_BYTE if is_single else None).best()
    if best is None or "cp1252" in best.could_be_from_charset:
        return "cp1252"
    return codecs.lookup(best.encoding).name


def _looks_western(text: str) -> bool:
    """Tell whether the odd characters stand as they do in a Western language.

    Accented letters there stand singly amid plain ones, and signs do not stand inside a word.

    >>> _looks_western("Büro Köln – 40 €"), _looks_western("Ìåíåäæåð"), _looks_western("G³ówny")
    (True, False, False)
    """
    odd = in_a_word = 0
    for before, here, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if here <= "\x7f":
            continue
        odd += 1
        if unicodedata.category(here) in {"Ll", "Lu"} and here != "Ÿ":
            in_a_word += after > "\x7f" and after.isalpha()
        elif here not in _WESTERN_SIGNS or (before.isalpha() and after.isalpha() and here != "’"):
            in_a_word += 1
    return in_a_word <= 0.15 * odd
