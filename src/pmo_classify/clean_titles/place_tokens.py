"""What the words of a title may be for the name of a place: a town, its state, a shop, "in"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.clean_titles.town_names import MAY_BE_TOWN, is_listed, is_no_other_word, use_of
from pmo_classify.knowledge.clean_words import noise_places, small_words
from pmo_classify.knowledge.lexicon import ENGLISH, Tag
from pmo_classify.knowledge.place_words import branch_words, place_words_of
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = [
    "GRADES",
    "JOINTS",
    "MOST_WORDS",
    "NOT_SPOKEN",
    "OPEN",
    "SHORTEST_IN_CAPITALS",
    "UNLISTED",
    "WORDS_OF_A_PART",
    "WORKERS",
    "PlaceTokens",
    "is_grade",
]

UNLISTED: Final = frozenset({Tag.UNKNOWN, Tag.ACRONYM})
JOINTS: Final = frozenset({SLASH, Tag.JOIN})
WORKERS: Final = frozenset({Tag.ROLE, Tag.TRADE, Tag.LEARNER})
NOT_SPOKEN: Final = frozenset({Tag.NOISE, Tag.PLACE})
OPEN: Final = frozenset("([{")
_MARKS_AFTER_A_TOWN: Final = frozenset(",()")
MOST_WORDS: Final = 6
"""Words of the longest name of a town that is looked for."""
SHORTEST_IN_CAPITALS: Final = 4
"""Letters of a town in capitals; shorter words in capitals are acronyms: "DAX"."""
_LETTERS_OF_A_STATE: Final = 2
WORDS_OF_A_PART: Final = 2
"""Words of the name of a district, a street or a building."""
_IN_A_NAME: Final = frozenset({"first", "stays"})
"""Positions of noise words that may be the first word of a name."""
GRADES: Final = frozenset({"i", "v"})
"""Grades that are the word for "in" of some language."""


def is_grade(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Return whether a letter is a grade, not the word for "in": "Motorista I Recife"."""
    token = tokens[at]
    if token.written not in GRADES or not text[token.start : token.end].isupper():
        return False
    if tokens[at - 1].tag in (BREAK, Tag.NOISE):
        return False
    languages = small_words().get(token.written, frozenset())
    return all(other.language not in languages for other in tokens if other is not token)


class PlaceTokens:
    """What the tokens of one title may be for the name of a place.

    ``starts`` are the positions of tokens that a town may start with; ``found`` gets those of
    places, and of the words that lead to them.
    """

    def __init__(self, tokens: Sequence[Token], text: str, starts: Collection[int]) -> None:
        self.tokens = tokens
        self.text = text
        self.starts = starts
        self.found: set[int] = set()
        # Of each position, so that a row of towns is looked at once.
        self.after_a_town: dict[tuple[int, int], bool] = {}
        # Then no capital tells a name from another word.
        self.is_small = text.islower()

    def _is_english(self) -> bool:
        return {token.language for token in self.tokens} <= {"", ENGLISH}

    def _has_foreign_words(self) -> bool:
        """Return whether some words are not English, by their language or by a letter."""
        return not self._is_english() or any(c.isalpha() and not c.isascii() for c in self.text)

    def _mark_before(self, start: int) -> str:
        return self.text[self.tokens[start - 1].start]

    def _is_unknown_name(self, token: Token) -> bool:
        return token.tag == Tag.UNKNOWN and (self.text[token.start].isupper() or self.is_small)

    def _is_name(self, start: int, end: int) -> bool:
        """Return whether some words may be the name of a district, a street or a building."""
        run = self.tokens[start:end]
        return len(run) <= WORDS_OF_A_PART and all(map(self._is_unknown_name, run))

    def _is_town(self, start: int, end: int) -> bool:
        if start not in self.starts:
            return False
        run = self.tokens[start:end]
        if run[-1].tag == SLASH:
            return False
        # "Halle/Saale"
        if not is_listed(" ".join([token.written for token in run if token.tag != SLASH])):
            return False
        if len(run) > 1:
            return any(token.tag in MAY_BE_TOWN for token in run)
        if run[0].tag == Tag.ACRONYM:
            return len(run[0].written) >= SHORTEST_IN_CAPITALS
        return is_no_other_word(run[0])

    def _length_of_town(self, start: int, end: int) -> int:
        """Return how many tokens from a position are the longest town, 0 for none."""
        for last in range(min(end, start + MOST_WORDS), start, -1):
            if self._is_town(start, last):
                return last - start
        return 0

    def _is_town_and_part(self, start: int, end: int) -> bool:
        """Return whether a phrase is a town and one of its parts: "Krakow Nowa Huta".

        The state may follow, or stand before it: "Recife Zorbamar PE", "PE Recife Zorbamar".
        """
        start += self._is_state_before_town(start, end)
        length = self._length_of_town(start, end)
        # A smaller town of one word may be a name itself: "Kennedy Pearce".
        is_sure = length > 1 or (length > 0 and self.tokens[start].tag == Tag.PLACE)
        return is_sure and self._is_name(start + length, end - self._is_name_of_state(end - 1))

    def _is_place_with_its_word(self, at: int, end: int) -> bool:
        """Return whether a word after a place of the lexicon goes with it: "Pune Location".

        So does its part in "Indonesia Timur".
        """
        if self.tokens[at].tag != Tag.PLACE or at + 1 >= end:
            return False
        return self._goes_with_town(at + 1) or use_of(self.tokens[at + 1]) == "part"

    def _shares_a_slash(self, start: int, at: int, end: int) -> bool:
        """Return whether a slash joins a name to a town: both of "Stuttgart/Zorbach"."""
        token = self.tokens[at]
        if token.tag not in UNLISTED or not self.text[token.start].isupper():
            return False
        for slash, other in ((at - 1, at - 2), (at + 1, at + 2)):
            if start <= min(slash, other) and max(slash, other) < end:
                is_town = self.tokens[other].tag == Tag.PLACE or self._length_of_town(other, end)
                if self.tokens[slash].tag == SLASH and is_town:
                    return True
        return False

    def _is_rest_of_town(self, start: int, end: int) -> bool:
        """Return whether a phrase in brackets continues the name of a town: "Frankfurt (Oder)"."""
        if start < 2 or self.text[self.tokens[start - 1].start] not in OPEN:  # noqa: PLR2004
            return False
        before = self.tokens[start - 2]
        name = [before, *self.tokens[start:end]]
        is_place = before.tag == Tag.PLACE or start - 2 in self.found
        return is_place and is_listed(" ".join([token.written for token in name]))

    def _mark_after_town(self, start: int) -> str:
        """Return the mark before a phrase if a town comes before that, or ""."""
        if start < 2 or not (start - 2 in self.found or self.tokens[start - 2].tag == Tag.PLACE):  # noqa: PLR2004
            return ""
        mark = self.text[self.tokens[start - 1].start]
        return mark if mark in _MARKS_AFTER_A_TOWN else ""

    def _is_state(self, at: int, *, after: str) -> bool:
        """Return whether a word is a state, by the mark between it and its town."""
        token = self.tokens[at]
        letters = self.text[token.start : token.end]
        if not after or not letters.isupper():
            return False
        # In brackets two letters may be the work: "Manager - Leeds (IT)".
        return use_of(token) == "state" or (after == "," and len(letters) == _LETTERS_OF_A_STATE)

    def _is_name_of_state(self, at: int) -> bool:
        token = self.tokens[at]
        return use_of(token) == "state" and self.text[token.start : token.end].isupper()

    def _ends_in_state(self, start: int, end: int) -> bool:
        """Return whether a slash and a state are at the end of a phrase: "Sul/ RS"."""
        if end - start <= 2:  # noqa: PLR2004
            return False
        return self.tokens[end - 2].tag == SLASH and self._is_name_of_state(end - 1)

    def _is_after_slash(self, at: int) -> bool:
        before, slash, state = self.tokens[at - 2 : at + 1]
        if slash.tag != SLASH or before.end != slash.start or slash.end != state.start:
            return False
        # "BSN/RN" are two short names.
        is_name = len(before.written) >= SHORTEST_IN_CAPITALS
        return self._is_name_of_state(at) and (is_name or self._is_name_of_state(at - 2))

    def _is_town_and_state(self, start: int, end: int) -> bool:
        """Return whether a hyphen joins a state to its town at the end: "Loja Maceió-AL"."""
        if end - start < 2 or not self._is_name_of_state(end - 1):  # noqa: PLR2004
            return False
        town, state = self.tokens[end - 2 : end]
        is_joined = self.text[town.end : state.start] == "-"
        return is_joined and (town.tag == Tag.PLACE or self._is_town(end - 2, end - 1))

    def _is_state_before_town(self, at: int, end: int) -> bool:
        """Return whether a word is a state in front of its town: "PE Recife".

        In English it may be work: "AP Leeds".
        """
        if at + 1 >= end or not self._is_name_of_state(at) or self._is_english():
            return False
        return self.tokens[at + 1].tag == Tag.PLACE or self._length_of_town(at + 1, end) > 0

    def _is_numbered_branch(self, start: int, end: int) -> bool:
        """Return whether words end in a branch and its number: "Gerente Filial 58"."""
        if end - start <= 2 or not self.tokens[end - 1].written.isdigit():  # noqa: PLR2004
            return False
        return self.tokens[end - 2].written in branch_words()

    def _may_start(self, at: int) -> bool:
        """Return whether a word may start a place: no "New", which is part of a name."""
        return _IN_A_NAME.isdisjoint(noise_places().get(self.tokens[at].written, ()))

    def _goes_with_town(self, at: int) -> bool:
        """Return whether a word belongs to a town beside it: "till", "Standort", "location"."""
        return self.tokens[at].written in place_words_of("where") and not self._is_legal_form(at)

    def _is_beside_town(self, at: int) -> bool:
        """Return whether a word may be beside a town: another, a part, a number, "and"."""
        token = self.tokens[at]
        return token.tag in JOINTS or token.tag in NOT_SPOKEN or use_of(token) in ("link", "part")

    def _is_shop(self, at: int) -> bool:
        """Return whether a word is one for a shop, which a town may name: "Leeds Store"."""
        return self.tokens[at].written in place_words_of("shop")

    def _is_sure_code(self, token: Token) -> bool:
        """Return whether a word is a short name that surely is a place's: "HYD", "TX"."""
        letters = self.text[token.start : token.end]
        return token.written in place_words_of("code") and letters.isupper()

    def _is_legal_form(self, at: int) -> bool:
        """Return whether a word is the legal form of a company, as "AB" in capitals is."""
        token = self.tokens[at]
        return use_of(token) == "company" and self.text[token.start : token.end].isupper()

    def _is_joint(self, at: int) -> bool:
        token = self.tokens[at]
        return token.tag in (Tag.JOIN, Tag.LINK) or use_of(token) == "link"

    def _is_spaced(self, at: int) -> bool:
        """Return whether a sign has blanks on both sides: "Baker / Leeds"."""
        token = self.tokens[at]
        return self.text[token.start - 1] == " " and self.text[token.end] == " "
