"""Towns and regions that say where the work is, found by where they stand in a title.

The lexicon lists the places that the reading needs. Many more are in ``data/clean/towns.txt``, but
a town may be called like a person, a firm or a thing. So its name counts only where a place is
likely: as a phrase of its own, after a word such as "in", or at the end of a plain title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from pmo_classify.classification import Token
from pmo_classify.knowledge.clean_words import (
    area_words,
    branch_words,
    employer_words,
    in_words,
    mall_words,
    noise_places,
    place_labels,
    place_words,
    shop_words,
    small_words,
    where_words,
    writings,
)
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.place_codes import find_codes
from pmo_classify.reading.town_names import (
    MAY_BE_TOWN,
    is_listed,
    is_no_other_word,
    starts_a_town,
    use_of,
)

__all__ = ["with_towns"]

_UNLISTED: Final = frozenset({Tag.UNKNOWN, Tag.ACRONYM})
_JOINTS: Final = frozenset({SLASH, Tag.JOIN})
_WORKERS: Final = frozenset({Tag.ROLE, Tag.TRADE, Tag.LEARNER})
_NOT_SPOKEN: Final = frozenset({Tag.NOISE, Tag.PLACE})
_NO_SUBJECT: Final = frozenset({*_JOINTS, Tag.FILLER, Tag.LINK, *_NOT_SPOKEN})
_NOT_BEFORE: Final = frozenset({*_UNLISTED, *_JOINTS, Tag.FILLER, Tag.LINK})
"""Tags of words that may belong to the name after them: "San Ramon", "Bank of Pune"."""
_OPEN: Final = frozenset("([{")
_MARKS_AFTER_A_TOWN: Final = frozenset(",()")
_OPENS_A_LIST: Final = frozenset(",([{")
"""Marks that may open a list of names, one of which is like a town's: "(MIT, Bits Ada)"."""
_MARKS_BEFORE_A_PLACE: Final = ("|(", "@,")
"""The marks before and after an unlisted name that its place follows: "| Ada (Maroc)"."""
_MOST_WORDS: Final = 6
_SHORTEST_IN_CAPITALS: Final = 4
"""Letters of a town in capitals; shorter words in capitals are acronyms: "DAX"."""
_SHORTEST_BEFORE_A_TOWN: Final = 3
"""Letters of a word that a town may follow; shorter ones may be unlisted small words."""
_LONGEST_BRAND: Final = 5
"""Letters of a word in capitals that may be a brand after other words."""
_BEFORE_A_PLACE: Final = frozenset({*_UNLISTED, Tag.CONTEXT})
"""Tags of words in the name of a street or a town before a larger place."""
_IN_A_BRANCH: Final = frozenset({Tag.LINK, Tag.NEUTRAL, Tag.PLACE})
"""Tags of words in the names of branches, beside unlisted ones: "Agência de Vila Zorba"."""
_LETTERS_OF_A_STATE: Final = 2
_DIGITS_OF_A_NUMBER: Final = 4
"""Digits of the number that an employer gives a post."""
_LETTERS_OF_AN_EMPLOYER: Final = 3
"""Letters of a short name that is one of an employer; two may stand for first names."""
_LETTERS_OF_AN_UNLISTED_ROLE: Final = 8
_LETTERS_OF_A_SMALL_TOWN: Final = 6
"""Letters of a town that has no capital; shorter names may be other words."""
_WORDS_OF_A_PART: Final = 2
_MOST_WORDS_OF_A_LABEL: Final = 4
_IN_A_NAME: Final = frozenset({"first", "stays"})
"""Positions of noise words that may be the first word of a name."""
_GRADES: Final = frozenset({"i"})
"""Grades that are the word for "in" of some language."""


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
    if not _GRADES.isdisjoint(words):
        grades = [at for at in range(1, len(tokens)) if _is_grade(tokens, at, text)]
        tags = dict.fromkeys(grades, Tag.SENIORITY) | tags
    tags.update(dict.fromkeys(find_codes(tokens, text), Tag.PLACE))
    if not tags:
        return tokens
    return [
        token._replace(tag=tags[at]) if at in tags else token for at, token in enumerate(tokens)
    ]


def _may_show_a_place(words: Sequence[str], text: str) -> bool:
    """Return whether marks may show an unlisted place: "| Zenata (Maroc)", "Loja Sul/PR".

    "Based" shows that it belongs to a place of the lexicon: "(Portugal-based)".
    """
    if "based" in words or not (branch_words() | in_words() | area_words()).isdisjoint(words):
        return True
    if "/" in text and "state" in map(place_words().get, words):
        return True
    return "|" in text and "(" in text


def _is_grade(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Return whether a letter is a grade, not the word for "in": "Motorista I Recife"."""
    token = tokens[at]
    if token.written not in _GRADES or not text[token.start : token.end].isupper():
        return False
    if tokens[at - 1].tag in (BREAK, Tag.NOISE):
        return False
    languages = small_words().get(token.written, frozenset())
    return all(other.language not in languages for other in tokens if other is not token)


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


class _Finder:
    """Finds the towns of one title."""

    def __init__(self, tokens: Sequence[Token], text: str, starts: Collection[int]) -> None:
        self.tokens = tokens
        self.text = text
        self.starts = starts
        self.found: set[int] = set()
        # Then no capital tells a name from another word.
        self.is_small = text.islower()

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

    def _is_place_with_its_word(self, at: int, end: int) -> bool:
        """Return whether a word after a place of the lexicon goes with it: "Pune Location"."""
        is_place = self.tokens[at].tag == Tag.PLACE
        return is_place and at + 1 < end and self._goes_with_town(at + 1)

    def _shares_a_slash(self, start: int, at: int, end: int) -> bool:
        """Return whether a slash joins a name to a town: both of "Stuttgart/Zorbach"."""
        token = self.tokens[at]
        if token.tag not in _UNLISTED or not self.text[token.start].isupper():
            return False
        for slash, other in ((at - 1, at - 2), (at + 1, at + 2)):
            if start <= min(slash, other) and max(slash, other) < end:
                is_town = self.tokens[other].tag == Tag.PLACE or self._length_of_town(other, end)
                if self.tokens[slash].tag == SLASH and is_town:
                    return True
        return False

    def has_worker_after(self, end: int) -> bool:
        """Return whether a later phrase names a worker."""
        return any(token.tag in _WORKERS for token in self.tokens[end:])

    def is_numbered(self, start: int) -> bool:
        """Return whether only a number is before a phrase: "4711 - Blumenau - Zorbista"."""
        before = [token.written for token in self.tokens[:start] if token.tag != BREAK]
        return len(before) == 1 and len(before[0]) >= _DIGITS_OF_A_NUMBER and before[0].isdigit()

    def look_for_label(self, start: int) -> None:
        """Find the words before a colon and a town: "Location: Leeds", "Place of work: Leeds"."""
        if not start or self._mark_before(start) != ":":
            return
        end = start - 1
        for at in range(max(0, end - _MOST_WORDS_OF_A_LABEL), end):
            is_whole = all(token.tag != BREAK for token in self.tokens[at:end])
            label = " ".join([token.written for token in self.tokens[at:end]])
            if at and is_whole and label in where_words() | place_labels():
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
        is_name = 0 < len(name) <= _WORDS_OF_A_PART and all(
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
        last -= last == end and self._is_name_of_state(end - 1)
        names = [token.written for token in self.tokens[start:last]]
        is_mall = not mall_words().isdisjoint(names) and not self._is_english()
        if len(names) <= 1 or not (is_mall or names[0] in branch_words()):
            return False
        if not start or (self._mark_before(start) == "," and not self._mark_after_town(start)):
            # "Analyst, Shopping Habits" is about shopping.
            return False
        name = [t for t in self.tokens[start:last] if t.written not in branch_words()]
        proper = [t for t in name if t.written.isdigit() or self._is_unknown_name(t)]
        rest = {t.tag for t in name if t not in proper}
        if not _IN_A_BRANCH.issuperset(rest) or not (proper or Tag.PLACE in rest):
            return False
        self.found.update(range(start, end))
        return True

    def is_house_in_town(self, start: int, end: int) -> bool:
        """Return whether brackets contain a name and its town: "(Galeria Zorba Krakow)"."""
        if not start or self._mark_before(start) not in _OPEN:
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
        is_area = start > 0 and any(token.written in area_words() for token in phrase)
        if not is_area or not all(
            token.written in area_words() or self._is_beside_town(at) or self._goes_with_town(at)
            for at, token in enumerate(phrase, start)
        ):
            return False
        self.found.update(range(start, end))
        return True

    def look_before_an_employer(self, start: int, end: int) -> None:
        """Find a town between a dash and an employer: "Baker - Kisumu at Zorba"."""
        words = [token.written for token in self.tokens[start:end]]
        links = [start + at for at, word in enumerate(words) if word in employer_words()]
        if start and links and self._mark_before(start) == "-":
            self.is_all_town(start, links[0])

    def _is_english(self) -> bool:
        return {token.language for token in self.tokens} <= {"", ENGLISH}

    def _mark_before(self, start: int) -> str:
        return self.text[self.tokens[start - 1].start]

    def _ends_in_state(self, start: int, end: int) -> bool:
        """Return whether a slash and a state are at the end of a phrase: "Sul/ RS"."""
        if end - start <= 2:  # noqa: PLR2004
            return False
        return self.tokens[end - 2].tag == SLASH and self._is_name_of_state(end - 1)

    def _is_unknown_name(self, token: Token) -> bool:
        return token.tag == Tag.UNKNOWN and (self.text[token.start].isupper() or self.is_small)

    def _is_town_and_part(self, start: int, end: int) -> bool:
        """Return whether a phrase is a town and one of its parts: "Krakow Nowa Huta".

        The state may follow, as in "Recife Zorbamar PE".
        """
        length = self._length_of_town(start, end)
        # A smaller town of one word may be a name itself: "Kennedy Pearce".
        is_sure = length > 1 or (length > 0 and self.tokens[start].tag == Tag.PLACE)
        return is_sure and self._is_name(start + length, end - self._is_name_of_state(end - 1))

    def _is_name(self, start: int, end: int) -> bool:
        """Return whether some words may be the name of a district, a street or a building."""
        run = self.tokens[start:end]
        return len(run) <= _WORDS_OF_A_PART and all(map(self._is_unknown_name, run))

    def look_at_the_end(self, start: int, end: int) -> None:
        """Find the towns at the end of a phrase that is about something else."""
        while end > start:
            end = self._before_states(start, end)
            if self._is_numbered_branch(start, end):
                self.found.update((end - 2, end - 1))
                end -= 2
            last = self._before_where(start, end)
            if last < end and self.tokens[last - 1].tag == Tag.PLACE:
                self.found.update(range(last, end))
                end = last
            town = self._start_of_town(start, end)
            if town is not None:
                self.found.update(range(town, end))
                end = town
                while end > start and self._leads(start, end - 1):
                    end -= 1
                    self.found.add(end)
            elif self._is_beside_town(end - 1):
                end -= 1
            else:
                break

    def _is_numbered_branch(self, start: int, end: int) -> bool:
        """Return whether words end in a branch and its number: "Gerente Filial 58"."""
        if end - start <= 2 or not self.tokens[end - 1].written.isdigit():  # noqa: PLR2004
            return False
        return self.tokens[end - 2].written in branch_words()

    def _before_states(self, start: int, end: int) -> int:
        """Return where a phrase ends without its states: "Loja Chapecó/SC", "Loja Sul PR/SC"."""
        last = end
        if self._is_town_and_state(start, end):
            self.found.add(end - 1)
            return end - 1
        while last - start > 2 and self._is_after_slash(last - 1):  # noqa: PLR2004
            last -= 2
        if last < end:
            last -= self._is_name_of_state(last - 1)
            self.found.update(range(last, end))
        return last

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

    def _is_after_slash(self, at: int) -> bool:
        before, slash, state = self.tokens[at - 2 : at + 1]
        if slash.tag != SLASH or before.end != slash.start or slash.end != state.start:
            return False
        # "BSN/RN" are two short names.
        is_name = len(before.written) >= _SHORTEST_IN_CAPITALS
        return self._is_name_of_state(at) and (is_name or self._is_name_of_state(at - 2))

    def _is_name_of_state(self, at: int) -> bool:
        token = self.tokens[at]
        return use_of(token) == "state" and self.text[token.start : token.end].isupper()

    def _leads(self, start: int, at: int) -> bool:
        """Return whether a word before a town belongs to it, as both words of "based in" do."""
        if use_of(self.tokens[at]) == "link":
            return at > start and self._goes_with_town(at - 1)
        if not self._goes_with_town(at):
            return False
        before = self.tokens[at - 1]
        # A "Jefe de zona" is in charge of an area.
        is_own = at > start and before.tag == Tag.LINK and not use_of(before)
        return not is_own or self._goes_with_town(at - 1)

    def _start_of_town(self, start: int, end: int) -> int | None:
        """Return where the longest town starts, where it is sure, that ends at a position."""
        last = self._before_where(start, end)
        for at in range(max(start + 1, last - _MOST_WORDS), last):
            if self._is_town(at, last) and self._is_sure(start, at):
                return at
        for at in range(max(start + 2, end - _MOST_WORDS), end - 1):
            is_led = self._goes_with_town(at - 1) or use_of(self.tokens[at - 1]) == "link"
            is_led = is_led or self._is_after_an_employer(start, at)
            if is_led and self._is_town_and_part(at, end):
                return at
        for at in range(max(start + 2, last - _WORDS_OF_A_PART), last):
            if self._is_where_a_name_is(start, at, last):
                return at
        return None

    def _is_where_a_name_is(self, start: int, at: int, end: int) -> bool:
        """Return whether an unlisted name after "in" is a place: "Lagerarbetare i Zorberg".

        In a language of this word only names have capitals, if the title follows its habits.
        """
        link = self.tokens[at - 1]
        if link.written not in in_words() or link.tag == Tag.JOIN or not self._is_name(at, end):
            return False
        before = self.tokens[start : at - 1]
        known = [token for token in before[1:] if token.tag not in _UNLISTED]
        if self.is_small or any(self.text[token.start].isupper() for token in known):
            return False
        if {token.language for token in before} - {""} == {ENGLISH}:
            return False
        return not any(token.written in writings() for token in self.tokens[at:end])

    def _is_sure(self, start: int, at: int) -> bool:
        """Return whether the words before a name in its phrase show that it is a town."""
        before = self.tokens[at - 1]
        if _is_grade(self.tokens, at - 1, self.text) or self._is_legal_form(at - 1):
            return True
        if self._goes_with_town(at - 1) or use_of(before) == "link":
            return at - 1 > start
        if before.tag == SLASH and self._is_spaced(at - 1):
            return at - 1 > start and self._is_plain(start, at)
        if self._is_after_an_employer(start, at) or self._is_after_an_article(start, at):
            return True
        if before.tag in _JOINTS:
            is_place = self.tokens[at - 2].tag == Tag.PLACE
            return is_place or self._start_of_town(start, at - 1) is not None
        return self._is_beside_a_subject(start, at)

    def _is_beside_a_subject(self, start: int, at: int) -> bool:
        """Return whether a name follows what the work is, and does not belong to that."""
        before = self.tokens[at - 1]
        if before.tag in _UNLISTED:
            return (
                self._is_after_a_name(start, at)
                or self._is_after_a_short_name(start, at)
                or self._is_after_lower_case(at)
                or self._is_after_an_unlisted_role(at)
            )
        if before.tag in _NOT_BEFORE:
            return False
        return self._is_plain(start, at) or self._is_plain_in_small(start, at)

    def _is_plain_in_small(self, start: int, at: int) -> bool:
        """Return whether a name follows known words in a title without capitals: "peon murcia"."""
        name = self.tokens[at]
        if self._is_english() or not self.text[1:].islower() or name.written in writings():
            return False
        is_long = len(name.written) >= _LETTERS_OF_A_SMALL_TOWN or len(self.tokens) > at + 1
        return is_long and at > start

    def _is_after_an_article(self, start: int, at: int) -> bool:
        """Return whether a name follows "in" and an article: "in the Philippines"."""
        article, link = self.tokens[at - 1], self.tokens[at - 2]
        return article.tag == Tag.FILLER and at - 2 > start and use_of(link) == "link"

    def _is_after_a_name(self, start: int, at: int) -> bool:
        """Return whether a town follows a name after a dash or a role: "Cleaner - Zorbi Leeds"."""
        name = self.tokens[at]
        if name.tag == Tag.ACRONYM or not self.text[name.start].isupper():
            return False
        first = at
        while first > start and self._is_unknown_name(self.tokens[first - 1]):
            first -= 1
        if not self._is_name(first, at):
            return False
        if first > start:
            before = self.tokens[first - 1]
            return before.tag in _WORKERS or use_of(before) == "name"
        may_be_list = start > 0 and self._mark_before(start) in _OPENS_A_LIST
        return start > 0 and (not may_be_list or self._mark_after_town(start) != "")

    def _is_after_a_short_name(self, start: int, at: int) -> bool:
        """Return whether a town and an unlisted short name are a phrase: "Baker - ZAB Zwolle".

        "JP Morgan" is one name, so after two letters the town has a letter that English has not.
        """
        before, name = self.tokens[at - 1 : at + 1]
        written = self.text[name.start : name.end]
        if not start or at - 1 > start or before.tag != Tag.ACRONYM or not written[0].isupper():
            return False
        if before.written in writings() or default_lexicon().knows(before.written):
            return False
        is_short = len(before.written) < _LETTERS_OF_AN_EMPLOYER
        return len(name.written) >= _SHORTEST_IN_CAPITALS and not (is_short and written.isascii())

    def _is_after_an_employer(self, start: int, at: int) -> bool:
        """Return whether a town follows an employer after "till": "Kock till ZAB Luleå".

        After a word that may have a name itself, it must have a letter that English has not.
        """
        links = [i for i in range(start + 1, at - 1) if use_of(self.tokens[i]) == "name"]
        name, before = self.tokens[at], self.tokens[at - 1]
        written = self.text[name.start : name.end]
        if not links or name.tag == Tag.ACRONYM or not written[0].isupper():
            return False
        if before.tag in (*_JOINTS, Tag.LINK):
            return False
        return before.tag in _UNLISTED or not written.isascii()

    def _is_after_an_unlisted_role(self, at: int) -> bool:
        """Return whether a town follows the first word, which may be a role: "Zorbtagare Borås".

        The town has a letter that English has not, so that it is not the name of a product.
        """
        name = self.tokens[at]
        if at != 1 or name.tag == Tag.ACRONYM or self.tokens[0].tag != Tag.UNKNOWN:
            return False
        written = self.text[name.start : name.end]
        is_long = len(self.tokens[0].written) >= _LETTERS_OF_AN_UNLISTED_ROLE
        return is_long and written[0].isupper() and not written.isascii()

    def _is_spaced(self, at: int) -> bool:
        """Return whether a sign has blanks on both sides: "Baker / Leeds"."""
        token = self.tokens[at]
        return self.text[token.start - 1] == " " and self.text[token.end] == " "

    def _is_after_lower_case(self, at: int) -> bool:
        """Return whether a capitalised town follows an unlisted lower-case word: "zorber Cali"."""
        before, name = self.tokens[at - 1 : at + 1]
        word = self.text[before.start : before.end]
        if before.tag != Tag.UNKNOWN or not word.islower() or len(word) < _SHORTEST_BEFORE_A_TOWN:
            return False
        return name.tag != Tag.ACRONYM and self.text[name.start].isupper()

    def _is_plain(self, start: int, at: int) -> bool:
        """Return whether a name follows a role or trade and does not look like a brand."""
        name = self.tokens[at]
        is_brand = name.tag == Tag.ACRONYM and len(name.written) <= _LONGEST_BRAND
        if is_brand or name.written in writings() or not self.text[name.start].isupper():
            return False
        words = self.tokens[start:at]
        # "Data Center Leeds" is no name either.
        return len(words) > 1 or words[0].tag in _WORKERS

    def _before_where(self, start: int, end: int) -> int:
        """Return where a phrase ends without words that belong to the town before them.

        They are "location" in "for Pune location", "med omnejd" in "i Lund med omnejd".
        """
        last = end
        while last > start + 1 and (
            self._goes_with_town(last - 1) or (last < end and self._is_joint(last - 1))
        ):
            last -= 1
        return last

    def _is_joint(self, at: int) -> bool:
        token = self.tokens[at]
        return token.tag in (Tag.JOIN, Tag.LINK) or use_of(token) == "link"

    def _length_of_town(self, start: int, end: int) -> int:
        """Return how many tokens from a position are the longest town, 0 for none."""
        for last in range(min(end, start + _MOST_WORDS), start, -1):
            if self._is_town(start, last):
                return last - start
        return 0

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
            return len(run[0].written) >= _SHORTEST_IN_CAPITALS
        return is_no_other_word(run[0])

    def _mark_after_town(self, start: int) -> str:
        """Return the mark before a phrase if a town comes before that, or ""."""
        if start < 2 or not (start - 2 in self.found or self.tokens[start - 2].tag == Tag.PLACE):  # noqa: PLR2004
            return ""
        mark = self.text[self.tokens[start - 1].start]
        return mark if mark in _MARKS_AFTER_A_TOWN else ""

    def _is_rest_of_town(self, start: int, end: int) -> bool:
        """Return whether a phrase in brackets continues the name of a town: "Frankfurt (Oder)"."""
        if start < 2 or self.text[self.tokens[start - 1].start] not in _OPEN:  # noqa: PLR2004
            return False
        before = self.tokens[start - 2]
        name = [before, *self.tokens[start:end]]
        is_place = before.tag == Tag.PLACE or start - 2 in self.found
        return is_place and is_listed(" ".join([token.written for token in name]))

    def _may_start(self, at: int) -> bool:
        """Return whether a word may start a place: no "New", which is part of a name."""
        return _IN_A_NAME.isdisjoint(noise_places().get(self.tokens[at].written, ()))

    def _goes_with_town(self, at: int) -> bool:
        """Return whether a word belongs to a town beside it: "till", "Standort", "location"."""
        return self.tokens[at].written in where_words() and not self._is_legal_form(at)

    def _is_shop(self, at: int) -> bool:
        """Return whether a word is one for a shop, which a town may name: "Leeds Store"."""
        return self.tokens[at].written in shop_words()

    def _is_legal_form(self, at: int) -> bool:
        """Return whether a word is the legal form of a company, as "AB" in capitals is."""
        token = self.tokens[at]
        return use_of(token) == "company" and self.text[token.start : token.end].isupper()

    def _is_beside_town(self, at: int) -> bool:
        """Return whether a word may be beside a town: another, a part, a number, "and"."""
        token = self.tokens[at]
        return token.tag in _JOINTS or token.tag in _NOT_SPOKEN or use_of(token) in ("link", "part")

    def _is_state(self, at: int, *, after: str) -> bool:
        """Return whether a word is a state, by the mark between it and its town."""
        token = self.tokens[at]
        letters = self.text[token.start : token.end]
        if not after or not letters.isupper():
            return False
        # In brackets two letters may be the work: "Manager - Leeds (IT)".
        return use_of(token) == "state" or (after == "," and len(letters) == _LETTERS_OF_A_STATE)
