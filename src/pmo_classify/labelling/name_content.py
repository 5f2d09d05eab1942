"""What the cells of a column name, where they are no titles: people, bodies, streets or places."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Final

from pmo_classify.knowledge.lexicon import Tag, default_lexicon
from pmo_classify.knowledge.tables import read_shipped_rows
from pmo_classify.reading.cleaning import fold

__all__ = ["NameWords", "name_words", "names_something"]

NameWords = Mapping[str, frozenset[str]]
"""The words of ``data/name_words.csv``, by their kind."""

_ROLES: Final = frozenset({Tag.ROLE, Tag.TRADE})
_SAYS_NOTHING: Final = frozenset({Tag.PLACE, Tag.LINK, Tag.JOIN, Tag.FILLER})
"""Words that names have too."""

_LONGEST_NAME: Final = 40
_NAME_WORDS: Final = range(2, 6)
_NAME_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_SEPARATOR: Final = re.compile(r"\s[-–—|/]\s|[,;(|]")
_LONGEST_FORM: Final = 4
_FEWEST_PARTS: Final = 2


def names_something(cell: str, words: NameWords | None = None) -> bool:
    """Return whether a cell is the name of a person, a body, a street or a place, and no title.

    >>> [names_something(cell) for cell in ("Smith, John", "Anna Kowalska", "Mr Head", "Leeds")]
    [True, True, True, True]
    >>> [names_something(cell) for cell in ("Acme Ltd", "Director's Office", "School Lane")]
    [True, True, True]
    >>> [names_something(cell) for cell in ("Engineer, Civil", "Head of School", "Office Manager")]
    [False, False, False]

    A name of a person is known by its shape: a few words in capitals, of which none is known to
    stand in titles. A title in a language without a table of words may have that shape too, so a
    column should only be judged by most of its cells.
    """
    words = name_words() if words is None else words
    found = _tagged(cell)
    if not found:
        return False
    if found[0][0] in words["honorific"] and len(found) < _NAME_WORDS.stop:
        return True
    if any(tag in _ROLES for _, tag in found):
        return _is_office_of(cell, words)
    if all(tag == Tag.PLACE for _, tag in found) or _is_company(cell, words):
        return True
    pieces = {piece for text, _ in found for piece in text.split()}
    return (
        not words["body"].isdisjoint(pieces)
        or _is_street(pieces, words)
        or _has_shape(cell, found, words)
    )


@cache
def name_words() -> NameWords:
    """Return the words by which names are known, as they ship with the library."""
    kinds: dict[str, set[str]] = {}
    for text, kind, _ in read_shipped_rows("name_words.csv"):
        kinds.setdefault(kind, set()).add(text)
    return {kind: frozenset(texts) for kind, texts in kinds.items()}


def _tagged(text: str) -> list[tuple[str, str | None]]:
    """Return the words of a text, runs that are known as one word, with their tags."""
    pieces = re.findall(r"[^\W\d_]+", fold(text))
    lexicon = default_lexicon()
    found = []
    at = 0
    while at < len(pieces):
        word, length = lexicon.match(pieces, at)
        found.append((" ".join(pieces[at : at + length]), None if word is None else word.tag))
        at += length
    return found


def _is_office_of(cell: str, words: NameWords) -> bool:
    """Return whether a cell with a role word is a body that is called by it, and no title.

    "Office of the Director" and "Director's Office" are; "Head of Office" is not.
    """
    pieces = re.findall(r"[^\W\d_]+", fold(_SEPARATOR.split(cell.strip(), maxsplit=1)[0]))
    own = [piece for piece in pieces if piece != "s"]
    if not own or words["body"].isdisjoint(own):
        return False
    found = _tagged(" ".join(own))
    if len(found) < _FEWEST_PARTS:
        return False
    if found[0][0] in words["body"]:
        return found[1][1] == Tag.LINK
    return found[-1][0] in words["body"] and found[-2][1] in _ROLES


def _is_company(cell: str, words: NameWords) -> bool:
    pieces = re.findall(r"[^\W\d_]+", fold(cell))
    # "S.p.A." and "Sp. z o.o." have dots or not.
    forms = {form.replace(" ", "") for form in words["company"]}
    lengths = range(1, min(_LONGEST_FORM, len(pieces) - 1) + 1)
    return any("".join(pieces[-length:]) in forms for length in lengths)


def _is_street(pieces: Collection[str], words: NameWords) -> bool:
    if len(pieces) > 1 and not words["street"].isdisjoint(pieces):
        return True
    endings = tuple(words["street ending"])
    return any(piece.endswith(endings) and piece not in endings for piece in pieces)


def _has_shape(cell: str, found: Sequence[tuple[str, str | None]], words: NameWords) -> bool:
    """Return whether a cell is a few words in capitals, of which none is known from titles."""
    if any(tag is not None and tag not in _SAYS_NOTHING for _, tag in found):
        return False
    parts = cell.replace(",", " ", 1).split()
    if len(cell) > _LONGEST_NAME or len(parts) not in _NAME_WORDS:
        return False
    large = [part for part in parts if part not in words["particle"]]
    return len(large) > 1 and all(
        part[0].isupper() and _NAME_WORD.fullmatch(part) for part in large
    )
