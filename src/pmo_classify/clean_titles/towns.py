"""Towns and regions that say where the work is, found by where they stand in a title.

The lexicon lists the places that the reading needs. Many more are in ``data/clean/towns.txt``, but
a town may be called like a person, a firm or a thing. So its name counts only where a place is
likely: as a phrase of its own, after a word such as "in", or at the end of a plain title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.clean_titles.place_codes import find_codes
from pmo_classify.clean_titles.place_ends import TownsAtEnds
from pmo_classify.clean_titles.place_tokens import (
    GRADES,
    JOINTS,
    NOT_SPOKEN,
    OPEN,
    UNLISTED,
    WORDS_OF_A_PART,
    WORKERS,
    is_grade,
)
from pmo_classify.clean_titles.town_names import is_listed, is_no_other_word, starts_a_town, use_of
from pmo_classify.knowledge.clean_words import writings
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.knowledge.place_words import branch_words, mall_words, place_words, place_words_of
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = ["with_towns"]

_NO_SUBJECT: Final = frozenset({*JOINTS, Tag.FILLER, Tag.LINK, *NOT_SPOKEN})
_MARKS_BEFORE_A_PLACE: Final = ("|(", "@,")
"""The marks before and after an unlisted name that its place follows: "| Ada (Maroc)"."""
_BEFORE_A_PLACE: Final = frozenset({*UNLISTED, Tag.CONTEXT})
"""Tags of words in the name of a street or a town before a larger place."""
_IN_A_BRANCH: Final = frozenset({Tag.LINK, Tag.NEUTRAL, Tag.PLACE})
"""Tags of words in the names of branches, beside unlisted ones: "Agência de Vila Zorba"."""
_IN_A_MALL: Final = _IN_A_BRANCH | {Tag.ACRONYM, Tag.SERVICE, Tag.CONTEXT}
_DIGITS_OF_A_NUMBER: Final = 4
"""Digits of the number that an employer gives a post."""
_MOST_WORDS_OF_A_LABEL: Final = 4
_LETTERS_OF_A_CODE: Final = 2
_COUNTED_BRANCHES: Final = frozenset({"i", "ii", "iii", "1", "2", "3"})


def with_towns(tokens: Sequence[Token], text: str) -> Sequence[Token]:
    """Return the tokens of a text with towns, and the words that lead to them, as places.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> text = "Koch - Bad Homburg"
    >>> [token.tag for token in with_towns(default_tokenizer().tokenize(text), text)]
    ['trade', 'break', 'place', 'place']
    """
    tags: dict[int, str] = {}
    words = [token.written for token in tokens]
    starts = [at for at, word in enumerate(words) if starts_a_town(word)]
    starts = [at for at in starts if _may_start_a_town(tokens, at)]
    if starts or _may_show_a_place(words, text):
        tags = dict.fromkeys(_find_towns(tokens, text, starts), Tag.PLACE)
    if not GRADES.isdisjoint(words):
        grades = [at for at in range(1, len(tokens)) if is_grade(tokens, at, text)]
        tags = dict.fromkeys(grades, Tag.SENIORITY) | tags
    tags.update(dict.fromkeys(find_codes(tokens, text), Tag.PLACE))
    if not place_words_of("kind").isdisjoint(words):
        # "Guru Bahasa Indonesia"
        kinds = [at for at, word in enumerate(words[:-1], 1) if word in place_words_of("kind")]
        kinds = [at for at in kinds if tags.get(at, tokens[at].tag) == Tag.PLACE]
        tags.update(dict.fromkeys(kinds, Tag.UNKNOWN))
    if "pt" in words and text[tokens[words.index("pt")].start :].startswith("PT"):
        # "PT Zorba Indonesia"
        named = [at for at, word in enumerate(words) if at > 1 and word == "indonesia"]
        named = [at for at in named if _is_in_a_company(tokens, tags, words.index("pt") + 1, at)]
        tags.update(dict.fromkeys(named, Tag.UNKNOWN))
    if not tags:
        return tokens
    tokens = _retagged(tokens, tags)
    # A town may be in a list of short names: "(SEA, Zwolle, India)".
    return _retagged(tokens, dict.fromkeys(find_codes(tokens, text), Tag.PLACE))


def _is_in_a_company(
    tokens: Sequence[Token], tags: Mapping[int, str], start: int, end: int
) -> bool:
    """Return whether only the name of a company is between its legal form and a country."""
    between = [tags.get(at, tokens[at].tag) for at in range(start, end)]
    return bool(between) and {BREAK, Tag.PLACE, Tag.NOISE}.isdisjoint(between)


def _retagged(tokens: Sequence[Token], tags: Mapping[int, str]) -> Sequence[Token]:
    if not tags:
        return tokens
    return [
        token._replace(tag=tags[at]) if at in tags else token for at, token in enumerate(tokens)
    ]


def _may_show_a_place(words: Sequence[str], text: str) -> bool:
    """Return whether marks may show an unlisted place: "| Zenata (Maroc)", "Loja Sul/PR".

    "Based" shows that it belongs to a place of the lexicon: "(Portugal-based)".
    """
    if not _words_that_show_places().isdisjoint(words):
        return True
    if "/" in text and "state" in map(place_words().get, words):
        return True
    return "|" in text and "(" in text


@cache
def _words_that_show_places() -> frozenset[str]:
    return branch_words().union(*map(place_words_of, ("in", "area", "code")), {"based"})


def _find_towns(tokens: Sequence[Token], text: str, starts: Collection[int]) -> set[int]:
    """Return the positions of the words of towns, and of those that lead to them.

    ``starts`` are the positions of words that a town may start with.
    """
    finder = _Finder(tokens, text, starts)
    has_subject = False
    part = range(0)
    for start, end in _phrases(tokens):
        # At the start it is a town only if a worker follows: "Blumenau - Padeiro".
        may_be_town = has_subject or finder.has_worker_after(end) or finder.is_numbered(start)
        is_town = may_be_town and (
            finder.is_all_town(start, end)
            or finder.is_before_its_place(start, end)
            or finder.is_before_state(start, end)
            or finder.is_branch(start, end)
            or finder.is_house_in_town(start, end)
            or finder.is_area(start, end)
            or finder.is_short_name_and_town(start, end)
        )
        if is_town:
            # "Nurse - North - Leeds"
            finder.found.update(part)
            finder.look_for_label(start)
        else:
            finder.look_at_the_end(start, end)
            finder.look_before_an_employer(start, end)
        is_part = has_subject and all(use_of(token) == "part" for token in tokens[start:end])
        part = range(start, end) if is_part else range(0)
        has_subject = has_subject or not _NO_SUBJECT.issuperset(
            [token.tag for token in tokens[start:end]]
        )
    return finder.found


def _may_start_a_town(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a town may start with a word that names of towns start with."""
    word = tokens[at].written
    if is_listed(word) and is_no_other_word(tokens[at]):
        return True
    # A known word is no town, but may be the first of one: "New Delhi".
    return at + 1 < len(tokens) and starts_a_town(f"{word} {tokens[at + 1].written}")


def _phrases(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where the phrases between marks start and end, without empty ones."""
    start = 0
    for at, token in enumerate(tokens):
        if token.tag == BREAK:
            if start < at:
                yield start, at
            start = at + 1
    if start < len(tokens):
        yield start, len(tokens)


class _Finder(TownsAtEnds):
    """Finds the towns of one title."""

    def is_all_town(self, start: int, end: int) -> bool:
        """Return whether a phrase only says where: "Pune / Thane", "Standort Siegen"."""
        if self._is_rest_of_town(start, end) or self._is_town_and_part(start, end):
            self.found.update(range(start, end))
            return True
        found: set[int] = set()
        has_town = False
        mark = self._mark_after_town(start)
        at = start
        while at < end:
            length = self._length_of_town(at, end)
            is_state = self._is_state(at, after="," if has_town else mark)
            is_state = is_state or self._is_state_before_town(at, end)
            if length or self._goes_with_town(at) or is_state or self._is_shop(at):
                found.update(range(at, at + max(length, 1)))
                has_town = has_town or length > 0
            elif self._is_place_with_its_word(at, end) or self._shares_a_slash(start, at, end):
                found.add(at)
                has_town = True
            elif not self._is_beside_town(at) or not (has_town or self._may_start(at)):
                return False
            at += max(length, 1)
        # What is around a town may be after its brackets: "Recife (PE) e região".
        is_place = has_town or (mark != "" and bool(found))
        if is_place:
            self.found.update(range(start, end))
        return is_place

    def has_worker_after(self, end: int) -> bool:
        """Return whether a later phrase names a worker."""
        return any(token.tag in WORKERS for token in self.tokens[end:])

    def is_numbered(self, start: int) -> bool:
        """Return whether only a number is before a phrase: "4711 - Blumenau - Zorbista"."""
        before = [token.written for token in self.tokens[:start] if token.tag != BREAK]
        return len(before) == 1 and len(before[0]) >= _DIGITS_OF_A_NUMBER and before[0].isdigit()

    def look_for_label(self, start: int) -> None:
        """Find the words before a colon and a town: "Location: Leeds", "Place of work: Leeds".

        A word for a branch may stand before another mark: "Branch (Leeds)".
        """
        if not start:
            return
        if self._mark_before(start) != ":":
            is_phrase = start > 2 and self.tokens[start - 3].tag == BREAK  # noqa: PLR2004
            if is_phrase and use_of(self.tokens[start - 2]) == "branch":
                self.found.add(start - 2)
            return
        end = start - 1
        for at in range(max(0, end - _MOST_WORDS_OF_A_LABEL), end):
            is_whole = all(token.tag != BREAK for token in self.tokens[at:end])
            label = " ".join([token.written for token in self.tokens[at:end]])
            if at and is_whole and label in place_words_of("where") | place_words_of("label"):
                self.found.update(range(at, end))
                break

    def is_before_its_place(self, start: int, end: int) -> bool:
        """Return whether a phrase is a name before its place: "| Ada (Maroc)", "@ Ada, Pune"."""
        if not start:
            return False
        after = self.tokens[end : end + 2]
        marks = "".join([self.text[t.start] for t in (self.tokens[start - 1], *after[:1])])
        if marks not in _MARKS_BEFORE_A_PLACE or after[-1].tag != Tag.PLACE:
            return False
        # As in "| Province de Zorba (Maroc)".
        first = start + self._goes_with_town(start)
        first += first > start and self.tokens[first].tag == Tag.LINK
        # Such as "| FES (Maroc)" and "@ FC Road, Pune".
        name = self.tokens[first:end]
        is_name = 0 < len(name) <= WORDS_OF_A_PART and all(
            token.tag in _BEFORE_A_PLACE and self.text[token.start].isupper() for token in name
        )
        if is_name:
            self.found.update(range(start, end))
        return is_name

    def is_before_state(self, start: int, end: int) -> bool:
        """Return whether a phrase is an unlisted name before its state: "Vila Zorba/SP"."""
        last = self._before_states(start, end)
        if last == end and start and self._ends_in_state(start, end):
            # "Zorbaville / MG"
            last = end - 2
        # "Agência de Vila Zorba/SP"
        first = start + (last < end and self._goes_with_town(start))
        names = [token.tag for token in self.tokens[first:last]]
        if last == end or not {Tag.UNKNOWN, Tag.LINK, Tag.PLACE}.issuperset(names):
            return False
        self.found.update(range(start, end))
        return True

    def is_branch(self, start: int, end: int) -> bool:
        """Return whether a phrase is a branch and its name: "Filial 09", "Zorba Shopping"."""
        last = end - 2 if self._ends_in_state(start, end) else end
        if last - start > 2 and self.tokens[last - 2].tag == SLASH:  # noqa: PLR2004
            # "Zorba Shopping/Recife"
            last -= 2 * (self.tokens[last - 1].tag == Tag.PLACE or self._is_town(last - 1, last))
        last -= last == end and self._is_name_of_state(end - 1)
        names = [token.written for token in self.tokens[start:last]]
        is_mall = not mall_words().isdisjoint(names) and not self._is_english()
        if len(names) <= 1 or not (is_mall or names[0] in branch_words()):
            return False
        if not start or (self._mark_before(start) == "," and not self._mark_after_town(start)):
            # "Analyst, Shopping Habits" is about shopping.
            return False
        # Any name may follow "Shopping", and a short one be beside it: "Shopping Sul", "ZB Mall".
        tags = _IN_A_MALL if is_mall else _IN_A_BRANCH
        heads = mall_words() if is_mall else branch_words()
        name = [t for t in self.tokens[start:last] if t.written not in heads]
        proper = [t for t in name if t.written.isdigit() or self._is_unknown_name(t)]
        rest = {t.tag for t in name if t not in proper}
        is_named = bool(proper) or Tag.PLACE in rest or (names[0] in mall_words() and name != [])
        if not is_named or not tags.issuperset(rest):
            return False
        self.found.update(range(start, end))
        return True

    def is_house_in_town(self, start: int, end: int) -> bool:
        """Return whether brackets contain a name and its town: "(Galeria Zorba Krakow)"."""
        if not start or self._mark_before(start) not in OPEN:
            return False
        at = next((at for at in range(start + 1, end) if self._is_town(at, end)), None)
        if at is None or not self._is_name(start, at):
            return False
        if any(token.written in writings() for token in self.tokens[start:at]):
            # A tool is not a building: "(ReactJS Leeds)".
            return False
        self.found.update(range(start, end))
        return True

    def is_area(self, start: int, end: int) -> bool:
        """Return whether a phrase is only an area: "West", "Southeast Region", "Zona Norte"."""
        phrase = self.tokens[start:end]
        is_area = start > 0 and any(
            token.written in place_words_of("area") or self._is_sure_code(token) for token in phrase
        )
        if not is_area or not all(
            token.written in place_words_of("area")
            or self._is_sure_code(token)
            or self._is_beside_town(at)
            or self._goes_with_town(at)
            for at, token in enumerate(phrase, start)
        ):
            return False
        self.found.update(range(start, end))
        return True

    def is_short_name_and_town(self, start: int, end: int) -> bool:
        """Return whether a phrase is two unlisted letters and a town: "Baker - ZB Zwolle".

        They are an employer's, or are the initials of one ("ZB Morgan") that may go as well. Its
        branches in a town may be counted: "Padeiro - ZB Recife II".
        """
        last = end - (self.tokens[end - 1].written in _COUNTED_BRANCHES)
        code = self.tokens[start]
        is_code = code.tag == Tag.ACRONYM and len(code.written) == _LETTERS_OF_A_CODE
        if not is_code or not start or self._mark_before(start) in ":,":
            return False
        if not code.written.isalpha() or not (last < end or self._is_new(code)):
            return False
        length = last - start - 1
        if length <= 0 or self._length_of_town(start + 1, last) != length:
            return False
        self.found.update(range(start, end))
        return True

    def look_before_an_employer(self, start: int, end: int) -> None:
        """Find a town between a dash and an employer: "Baker - Kisumu at Zorba"."""
        words = [token.written for token in self.tokens[start:end]]
        links = [start + at for at, word in enumerate(words) if word in place_words_of("employer")]
        if start and links and self._mark_before(start) == "-":
            self.is_all_town(start, links[0])
