"""Towns at the end of a phrase that says what the work is: "Koch in Bad Homburg", "Cook Leeds".

A name there is a town only where the words before it show that it is no brand or subject.
"""

from __future__ import annotations

from typing import Final

from pmo_classify.classification import Token
from pmo_classify.clean_titles.place_tokens import (
    JOINTS,
    MOST_WORDS,
    SHORTEST_IN_CAPITALS,
    UNLISTED,
    WORDS_OF_A_PART,
    WORKERS,
    PlaceTokens,
    is_grade,
)
from pmo_classify.clean_titles.town_names import use_of
from pmo_classify.knowledge.clean_words import writings
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon
from pmo_classify.knowledge.place_words import place_words_of
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = ["TownsAtEnds"]

_NOT_BEFORE: Final = frozenset({*UNLISTED, *JOINTS, Tag.FILLER, Tag.LINK})
"""Tags of words that may belong to the name after them: "San Ramon", "Bank of Pune"."""
_OPENS_A_LIST: Final = frozenset(",([{")
"""Marks that may open a list of names, one of which is like a town's: "(MIT, Bits Ada)"."""
_SHORTEST_BEFORE_A_TOWN: Final = 3
"""Letters of a word that a town may follow; shorter ones may be unlisted small words."""
_LONGEST_BRAND: Final = 5
"""Letters of a word in capitals that may be a brand after other words."""
_LETTERS_OF_AN_EMPLOYER: Final = 3
"""Letters of a short name that is one of an employer; two may stand for first names."""
_LETTERS_OF_AN_UNLISTED_ROLE: Final = 8
_LETTERS_OF_A_SMALL_TOWN: Final = 6
"""Letters of a town that has no capital; shorter names may be other words."""


class TownsAtEnds(PlaceTokens):
    """Finds the towns at the ends of phrases that are about something else."""

    def look_at_the_end(self, start: int, end: int) -> None:
        """Find the towns at the end of a phrase that is about something else."""
        parts: set[int] = set()
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
                self.found |= parts.union(range(town, end))
                end = town
                while end > start and self._leads(start, end - 1):
                    end -= 1
                    self.found.add(end)
            elif self._is_beside_town(end - 1):
                end -= 1
                # "Kock Malmö Norra"
                parts |= {end} if use_of(self.tokens[end]) == "part" else set()
            else:
                break

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

    def _start_of_town(self, start: int, end: int) -> int | None:
        """Return where the longest town starts, where it is sure, that ends at a position."""
        last = self._before_where(start, end)
        for at in range(max(start + 1, last - MOST_WORDS), last):
            if not self._is_town(at, last):
                continue
            # "Manager DACH Region"
            is_role = last < end and self.tokens[at - 1].tag in WORKERS
            if is_role or self._is_sure(start, at):
                return at
        for at in range(max(start + 2, end - MOST_WORDS), end - 1):
            is_led = self._goes_with_town(at - 1) or use_of(self.tokens[at - 1]) == "link"
            is_led = is_led or self._is_after_an_employer(start, at)
            # After "at" it is an employer: "Cabin Crew at Singapore Airlines".
            is_led = is_led and self.tokens[at - 1].written not in place_words_of("employer")
            if is_led and self._is_town_and_part(at, end):
                return at
        for at in range(max(start + 2, last - WORDS_OF_A_PART), last):
            if self._is_where_a_name_is(start, at, last):
                return at
        return None

    def _leads(self, start: int, at: int) -> bool:
        """Return whether a word before a town belongs to it, as both words of "based in" do."""
        if self.tokens[at].tag == Tag.JOIN and at + 1 in self.found:
            # "till Södra och Västra Sverige"
            return use_of(self.tokens[at - 1]) == "part" and self._leads(start, at - 1)
        if use_of(self.tokens[at]) in ("link", "part") or self._is_of_an_area(start, at + 1):
            before = self.tokens[at - 1]
            if before.tag == Tag.JOIN and at - 2 > start and use_of(self.tokens[at]) == "part":
                return use_of(self.tokens[at - 2]) == "part" and self._leads(start, at - 2)
            return at > start and (self._goes_with_town(at - 1) or use_of(before) == "part")
        if not self._goes_with_town(at):
            return False
        before = self.tokens[at - 1]
        # A "Jefe de zona" is in charge of an area.
        is_own = at > start and before.tag == Tag.LINK and not use_of(before)
        return not is_own or self._goes_with_town(at - 1)

    def _is_of_an_area(self, start: int, at: int) -> bool:
        """Return whether a word for an area and "of" are before a name: "secteur de Lyon".

        A "Jefe de zona de Sevilla" is in charge of the area.
        """
        if at - 2 <= start or self.tokens[at - 1].tag != Tag.LINK or use_of(self.tokens[at - 1]):
            return False
        before, area = self.tokens[at - 3 : at - 1]
        is_area = self._goes_with_town(at - 2) or use_of(area) == "part"
        is_own = before.tag == Tag.LINK and not use_of(before)
        return is_area and area.tag != Tag.LINK and not is_own and not self._goes_with_town(at - 1)

    def _is_where_a_name_is(self, start: int, at: int, end: int) -> bool:
        """Return whether an unlisted name after "in" is a place: "Lagerarbetare i Zorberg".

        In a language of this word only names have capitals, if the title follows its habits.
        """
        link = self.tokens[at - 1]
        if (
            link.written not in place_words_of("in")
            or link.tag == Tag.JOIN
            or not self._is_name(at, end)
        ):
            return False
        # "Professor i Zorbologi"
        fields = tuple(place_words_of("field"))
        if self.tokens[at - 2].written.endswith(fields) or self.tokens[at].written.endswith(fields):
            return False
        before = self.tokens[start : at - 1]
        known = [token for token in before[1:] if token.tag not in UNLISTED]
        if self.is_small or any(self.text[token.start].isupper() for token in known):
            return False
        if {token.language for token in before} - {""} == {ENGLISH}:
            return False
        return not any(token.written in writings() for token in self.tokens[at:end])

    def _is_sure(self, start: int, at: int) -> bool:
        """Return whether the words before a name in its phrase show that it is a town."""
        before = self.tokens[at - 1]
        if is_grade(self.tokens, at - 1, self.text) or self._is_legal_form(at - 1):
            return True
        if self._goes_with_town(at - 1) or use_of(before) == "link":
            return at - 1 > start
        if before.tag == SLASH and self._is_spaced(at - 1):
            return at - 1 > start and self._is_plain(start, at)
        is_led = self._is_after_an_employer(start, at) or self._is_after_an_article(start, at)
        if is_led or self._is_of_an_area(start, at) or self._is_after_two_parts(start, at):
            return True
        if before.tag in JOINTS:
            is_place = self.tokens[at - 2].tag == Tag.PLACE or use_of(self.tokens[at - 2]) == "part"
            return is_place or self._start_of_town(start, at - 1) is not None
        return self._is_beside_a_subject(start, at)

    def _is_after_two_parts(self, start: int, at: int) -> bool:
        """Return whether a name follows two of its parts: "Södra och Västra Sverige"."""
        if at - 3 <= start or self.tokens[at - 2].tag != Tag.JOIN:
            return False
        return use_of(self.tokens[at - 1]) == use_of(self.tokens[at - 3]) == "part"

    def _is_beside_a_subject(self, start: int, at: int) -> bool:
        """Return whether a name follows what the work is, and does not belong to that."""
        before = self.tokens[at - 1]
        if before.tag in UNLISTED:
            return (
                self._is_after_a_name(start, at)
                or self._is_after_a_short_name(start, at)
                or self._is_after_a_known_short_name(start, at)
                or self._is_after_a_town(start, at)
                or self._is_after_lower_case(at)
                or self._is_after_an_unlisted_role(at)
                or self._is_of_several_words(at)
                or self._is_last_in_small(start, at)
            )
        if before.tag in _NOT_BEFORE:
            return False
        return self._is_plain(start, at) or self._is_plain_in_small(start, at)

    def _is_plain(self, start: int, at: int) -> bool:
        """Return whether a name follows a role or trade and does not look like a brand."""
        name = self.tokens[at]
        is_brand = name.tag == Tag.ACRONYM and len(name.written) <= _LONGEST_BRAND
        if is_brand or name.written in writings() or not self.text[name.start].isupper():
            return False
        words = self.tokens[start:at]
        # "Data Center Leeds" is no name either.
        return len(words) > 1 or words[0].tag in WORKERS

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
            return before.tag in WORKERS or use_of(before) == "name"
        may_be_list = start > 0 and self._mark_before(start) in _OPENS_A_LIST
        if may_be_list and self._mark_before(start) == "," and self._has_foreign_words():
            # "Frisör, Zorbi Borås"
            return True
        return start > 0 and (not may_be_list or self._mark_after_town(start) != "")

    def _is_after_a_short_name(self, start: int, at: int) -> bool:
        """Return whether a town and an unlisted short name are a phrase: "Baker - ZAB Zwolle".

        "JP Morgan" is one name, so after two letters the town has a letter that English has not.
        """
        before, name = self.tokens[at - 1 : at + 1]
        written = self.text[name.start : name.end]
        if not start or at - 1 > start or before.tag != Tag.ACRONYM or not written[0].isupper():
            return False
        if not self._is_new(before):
            return False
        is_short = len(before.written) < _LETTERS_OF_AN_EMPLOYER
        return len(name.written) >= SHORTEST_IN_CAPITALS and not (is_short and written.isascii())

    def _is_after_a_known_short_name(self, start: int, at: int) -> bool:
        """Return whether a town follows a short name after a worker: "Spawacz TIG Niemcy".

        In English it may be the name of a tool: "Developer SAP Vora".
        """
        before, name = self.tokens[at - 1 : at + 1]
        if before.tag != Tag.ACRONYM or name.tag == Tag.ACRONYM or self._is_english():
            return False
        words = self.tokens[start : at - 1]
        is_town = self.text[name.start].isupper() and name.written not in writings()
        return is_town and not self._is_new(before) and any(t.tag in WORKERS for t in words)

    def _is_after_a_town(self, start: int, at: int) -> bool:
        """Return whether a town follows one that is sure: "Cook Bangladesh Sylhet".

        In a longer name both may be parts of it: "Cook - Zorba Rodriguez Pasig".
        """
        if self.tokens[at].tag == Tag.ACRONYM or not self.text[self.tokens[at].start].isupper():
            return False
        if (start, at) not in self.after_a_town:
            town = self._start_of_town(start, at)
            self.after_a_town[start, at] = town is not None and (
                self.tokens[town - 1].tag not in UNLISTED or self._is_after_a_town(start, town)
            )
        return self.after_a_town[start, at]

    def _is_new(self, token: Token) -> bool:
        """Return whether no table has a word."""
        return token.written not in writings() and not default_lexicon().knows(token.written)

    def _is_after_an_employer(self, start: int, at: int) -> bool:
        """Return whether a town follows an employer after "till": "Kock till ZAB Luleå".

        After a word that may have a name itself, it must have a letter that English has not.
        """
        links = [i for i in range(start + 1, at - 1) if use_of(self.tokens[i]) == "name"]
        name, before = self.tokens[at], self.tokens[at - 1]
        written = self.text[name.start : name.end]
        if not links or name.tag == Tag.ACRONYM or not written[0].isupper():
            return False
        if before.tag in (*JOINTS, Tag.LINK):
            return False
        return before.tag in UNLISTED or not written.isascii()

    def _is_after_an_unlisted_role(self, at: int) -> bool:
        """Return whether a town follows the first word, which may be a role: "Zorbtagare Borås".

        The word ends as those for workers do ("Magazijnier Tilburg", "Soldadores lleida"), or the
        town has a letter that English has not, so that it is not the name of a product.
        """
        name = self.tokens[at]
        if at != 1 or name.tag == Tag.ACRONYM or self.tokens[0].tag != Tag.UNKNOWN:
            return False
        written = self.text[name.start : name.end]
        word = self.tokens[0].written
        if len(word) < _LETTERS_OF_AN_UNLISTED_ROLE:
            return False
        if word.endswith(tuple(place_words_of("worker"))):
            return written[0].isupper() or self.text[1:].islower()
        return written[0].isupper() and not written.isascii()

    def _is_of_several_words(self, at: int) -> bool:
        """Return whether a town of several words follows a name: "Zorbi Bad Homburg"."""
        before, name = self.tokens[at - 1 : at + 1]
        after = self.tokens[at + 1].tag if at + 1 < len(self.tokens) else BREAK
        is_long = after not in (BREAK, *JOINTS, Tag.NOISE)
        return is_long and before.tag == Tag.UNKNOWN and self.text[name.start].isupper()

    def _is_last_in_small(self, start: int, at: int) -> bool:
        """Return whether a town ends a title without capitals: "peón zorbista murcia"."""
        is_last = all(token.tag != BREAK for token in self.tokens[at:])
        return is_last and self._is_plain_in_small(start, at)

    def _is_after_lower_case(self, at: int) -> bool:
        """Return whether a capitalised town follows an unlisted lower-case word: "zorber Cali"."""
        before, name = self.tokens[at - 1 : at + 1]
        word = self.text[before.start : before.end]
        if before.tag != Tag.UNKNOWN or not word.islower() or len(word) < _SHORTEST_BEFORE_A_TOWN:
            return False
        return name.tag != Tag.ACRONYM and self.text[name.start].isupper()
