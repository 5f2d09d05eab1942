"""Which words of a title are noise in a clean title, as they say nothing about the work.

The reading takes every place and every word of noise out. A person who retypes a title does so
only where it is no part of the work: "Remote" is in "Engineer - Remote", not in "Remote Sensing".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.clean_words import (
    abbreviations,
    noise_places,
    small_words,
    talent_pools,
    words_alone,
)
from pmo_classify.knowledge.lexicon import ENGLISH, Tag
from pmo_classify.knowledge.place_words import place_words, place_words_of
from pmo_classify.reading.lexer import BREAK, SLASH

__all__ = [
    "WORKERS",
    "Phrase",
    "find_dropped",
    "has_subject",
    "has_words_of_noise_alone",
    "is_company",
    "is_kept",
    "is_noise",
    "is_noise_alone",
    "keeps_places",
    "says_nothing",
    "with_states",
]

_ASIDE: Final = frozenset({BREAK, SLASH, Tag.FILLER, Tag.JOIN, Tag.LINK})
"""Tags of tokens that do not make a phrase a subject by themselves."""
_NOISE: Final = frozenset({Tag.NOISE, Tag.PLACE})
_WITHOUT_SUBJECT: Final = _ASIDE | _NOISE
_BETWEEN: Final = frozenset({Tag.JOIN, Tag.LINK, SLASH})
WORKERS: Final = frozenset({Tag.ROLE, Tag.TRADE, Tag.LEARNER})
_FIELDS: Final = frozenset({Tag.FIELD, Tag.CONTEXT})
_DIGITS_OF_A_REFERENCE: Final = 5
_DIGITS_OF_A_YEAR: Final = 4
_DIGITS_OF_A_COUNT: Final = 2
_DIGITS_OF_A_SHOP: Final = (2, 3)
_MOST_DIGITS_OF_A_NAME: Final = 3
_LETTERS_OF_A_SHORT_NAME: Final = 3
_COUNTED = re.compile(r"[\d£$€₹¥]")
"""What distinguishes pay, dates and hours from gender marks."""
_WORD = re.compile(r"\w+")
_KEPT_BEFORE_A_WORD: Final = frozenset({"grade", "maternity"})
_JOINTS_OF_WORDS: Final = frozenset({"-", "'", "’"})
_ORDINALS: Final = ("st", "nd", "rd", "th")


class Phrase(NamedTuple):
    """A part of a title between two marks: the mark before it, its place and its tokens."""

    mark: str
    start: int
    end: int
    tokens: Sequence[Token]
    tags: Sequence[str]


def has_subject(phrase: Phrase) -> bool:
    """Return whether a phrase has more than noise, places and small words."""
    return not _WITHOUT_SUBJECT.issuperset(phrase.tags)


def keeps_places(phrases: Sequence[Phrase], text: str) -> bool:
    """Return whether the places of a title are what it is about: "Country Manager, Spain"."""
    # The last word of a phrase is no such word: "Baker - Food Market, Leeds".
    words = (token for phrase in phrases for token in phrase.tokens[:-1] if token.tag != Tag.PLACE)
    return any(
        place_words().get(token.written) == "subject"
        # "Mid-Market Account Manager"
        and text[token.start - 1 : token.start] != "-"
        and place_words().get(_word_before(token, text)) != "size"
        # "Market Research Analyst"
        and _word_after(token, text) not in place_words_of("topic")
        for token in words
    )


def _word_before(token: Token, text: str) -> str:
    return text[: token.start].lower().rstrip().rpartition(" ")[2]


def _word_after(token: Token, text: str) -> str:
    return text[token.end :].lower().lstrip(" -").partition(" ")[0].rstrip(",")


def is_noise(phrase: Phrase, text: str, *, places_stay: bool) -> bool:
    """Return whether a phrase has only noise and places, and says nothing about the work."""
    if not _WITHOUT_SUBJECT.issuperset(phrase.tags) or _NOISE.isdisjoint(phrase.tags):
        return False
    noise = [token for token in phrase.tokens if token.tag not in _ASIDE]
    if any(is_kept(token, text) for token in noise):
        return False
    if places_stay and any(token.tag == Tag.PLACE for token in noise):
        return False
    if Tag.JOIN in phrase.tags and all(map(_is_letter, noise)):
        # "C&C"
        return False
    # A gender says nothing about the name before it: "N3 (H/F)".
    named = [t for t in noise if t.written or _COUNTED.search(text, t.start, t.end)] or noise
    # "C/C++"
    return not (any(_has_sign(token, text) for token in noise) or all(map(_is_name, named)))


def is_kept(token: Token, text: str) -> bool:
    """Return whether noise says which job is meant, and stays: "Level 2", "z językiem włoskim"."""
    word = token.written or text[token.start : token.end].partition(" ")[0].lower()
    places = noise_places()
    if "kept" in places.get(word, ()) or "kept" in places.get(word.removesuffix("s"), ()):
        return True
    after = _WORD.match(text, token.end + 1) if text[token.end : token.end + 1] == " " else None
    if after is not None and "kept" in places.get(f"{word} {after[0].lower()}", ()):
        # "Urgent Care"
        return True
    if word not in _KEPT_BEFORE_A_WORD:
        return False
    # "Grade 4 Teacher", "Midwife - Maternity"
    return any("kept" in places.get(f"{word} {other}", ()) for other in _WORD.findall(text.lower()))


def says_nothing(tokens: Sequence[Token], text: str) -> bool:
    """Return whether the words beside noise say nothing by themselves: "16 t/m", "only"."""
    places = noise_places()
    for token in tokens:
        written = token.written
        is_small = (
            written in small_words() or written.isdigit() or "alone" in places.get(written, ())
        )
        is_letter = len(written) == 1 and text[token.start].islower()
        if token.tag not in _ASIDE and not is_small and not is_letter:
            return False
    return True


def has_words_of_noise_alone(tokens: Iterable[Token]) -> bool:
    """Return whether some of the words may be noise when they stand alone."""
    return not words_alone().isdisjoint([token.written for token in tokens])


def is_noise_alone(tokens: Sequence[Token]) -> bool:
    """Return whether words are noise because they stand alone: "Contract", "Fast"."""
    if not has_words_of_noise_alone(tokens):
        return False
    places = noise_places()
    if "alone" in places.get(" ".join([token.written for token in tokens]), ()):
        return True
    words = [token for token in tokens if token.tag not in _WITHOUT_SUBJECT]
    return bool(words) and all("alone" in places.get(token.written, ()) for token in words)


def with_talent_pools(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return tokens in which the name of a talent pool is kept if no word names a worker.

    It is noise in "Banco de Talentos - Padeiro", and the subject of "Banco de Talentos - Recife".
    Behind a field of work it is noise, too: "Lojas (Banco de Talentos)".
    """
    pools = talent_pools()
    words = [token.written for token in tokens]
    at = next((at for at, word in enumerate(words) if word in pools), None)
    if at is None:
        return tokens
    if any(token.tag in WORKERS or token.written in abbreviations() for token in tokens):
        return tokens
    if tokens[at - 1].tag == BREAK and any(token.tag in _FIELDS for token in tokens[:at]):
        return tokens
    return [
        token._replace(tag=Tag.UNKNOWN) if token.written in pools else token for token in tokens
    ]


def is_company(tokens: Sequence[Token], text: str) -> bool:
    """Return whether a text that names no worker ends in a legal form: "Zorba s.r.o."."""
    if not tokens or tokens[-1].written or tokens[-1].tag != Tag.NOISE:
        return False
    form = " ".join(_WORD.findall(text[tokens[-1].start :].lower()))
    return form in place_words_of("company") and WORKERS.isdisjoint([t.tag for t in tokens])


def with_states(tokens: Sequence[Token], text: str) -> Sequence[Token]:
    """Return tokens with the short name of a state as a place after its town: "Recife/PE"."""
    states = [
        at
        for at in range(2, len(tokens))
        if place_words().get(tokens[at].written) == "state"
        and tokens[at - 1].tag in (BREAK, SLASH)
        and tokens[at - 2].tag == Tag.PLACE
        and (
            text[tokens[at].start : tokens[at].end].isupper()
            or text[tokens[at - 2].end : tokens[at].start] == "/"
        )
    ]
    if not states:
        return tokens
    return [
        token._replace(tag=Tag.PLACE) if at in states else token for at, token in enumerate(tokens)
    ]


def _is_letter(token: Token) -> bool:
    return len(token.written) == 1 and token.written.isalpha()


def _has_sign(token: Token, text: str) -> bool:
    """Return whether a sign at the end makes a word a name: "C++", "C#"."""
    return token.written.isalpha() and text[token.end : token.end + 1] in ("+", "#")


def _is_name(token: Token) -> bool:
    """Return whether a token with digits may be the name of something: "3D", "S4HANA"."""
    written = token.written
    digits = sum(map(str.isdigit, written))
    if not 0 < digits <= _MOST_DIGITS_OF_A_NAME or digits == len(written):
        return False
    return not written.endswith(_ORDINALS) or digits + 2 < len(written)


def find_dropped(phrase: Phrase, text: str, *, places_stay: bool) -> set[int]:
    """Return the positions of the tokens of a phrase that are noise beside its subject.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> text = "Urgent Remote Sensing Engineer Leeds £40k"
    >>> tokens = default_tokenizer().tokenize(text)
    >>> phrase = Phrase("", 0, len(text), tokens, [token.tag for token in tokens])
    >>> found = find_dropped(phrase, text, places_stay=False)
    >>> [text[tokens[at].start : tokens[at].end] for at in sorted(found)]
    ['Urgent', 'Leeds', '£40k']
    """
    tokens = phrase.tokens
    anywhere = [
        at
        for at, token in enumerate(tokens)
        if token.tag == Tag.NOISE and _is_noise_anywhere(token, text)
    ]
    dropped = set(anywhere)
    for at in anywhere:
        if not tokens[at].written and _COUNTED.search(text, tokens[at].start, tokens[at].end):
            dropped |= _noise_beside(tokens, at, -1, text) | _noise_beside(tokens, at, 1, text)
    _drop_at_the_front(tokens, dropped, text, is_first=not phrase.mark)
    if phrase.mark == "-" and not places_stay:
        dropped |= _noise_before_an_employer(phrase)
    _drop_at_the_end(tokens, dropped, text, places_stay=places_stay)
    if not places_stay and phrase.tags.count(SLASH) > 1:
        dropped |= _places_between_slashes(phrase)
    dropped |= {at - 1 for at in dropped if _is_left_over(tokens, at - 1, dropped, text)}
    if not dropped:
        return dropped
    if all(at in dropped or token.tag in _ASIDE for at, token in enumerate(tokens)):
        return set()
    kept = [token for at, token in enumerate(tokens) if at not in dropped]
    if phrase.mark and says_nothing(kept, text):
        return dropped
    return {at for at in dropped if not _is_half(tokens, at, dropped, text)}


def _is_half(tokens: Sequence[Token], at: int, dropped: set[int], text: str) -> bool:
    """Return whether noise is a half of a word with a hyphen: "A-level", "Non-Ongoing Nurse"."""
    token = tokens[at]
    if not token.written.isalpha():
        return False
    if text[token.end : token.end + 1] in _JOINTS_OF_WORDS and at + 1 < len(tokens):
        return at + 1 not in dropped and tokens[at + 1].start == token.end + 1
    if not at or at - 1 in dropped or text[token.start - 1] not in _JOINTS_OF_WORDS:
        return False
    # After a longer word it is a loose dash: "Developer-Remote".
    is_joined = tokens[at - 1].end == token.start - 1
    return is_joined and "alone" in _places(tokens[at - 1])


def _is_left_over(tokens: Sequence[Token], at: int, dropped: set[int], text: str) -> bool:
    """Return whether a small word belongs to noise after it: "på" in "på deltid till"."""
    if at < 0 or at in dropped or not _is_between(tokens[at], text):
        return False
    after = next((i for i in range(at + 1, len(tokens)) if i not in dropped), None)
    return after is None or tokens[after].tag in _BETWEEN or _is_between(tokens[after], text)


def _places(token: Token) -> frozenset[str]:
    """Return where a word counts as noise; a plural in -s is looked up by its singular."""
    places = noise_places()
    return places.get(token.written) or places.get(token.written.removesuffix("s"), frozenset())


def _is_noise_anywhere(token: Token, text: str) -> bool:
    if not token.written:
        return not is_kept(token, text)
    if "anywhere" in _places(token):
        # "heltids- och deltidsarbete"
        return text[token.end : token.end + 1] != "-" and not is_kept(token, text)
    return not token.written.isdigit() and _is_reference(token)


def _is_reference(token: Token) -> bool:
    return sum(map(str.isdigit, token.written)) >= _DIGITS_OF_A_REFERENCE


def _noise_beside(tokens: Sequence[Token], at: int, step: int, text: str) -> set[int]:
    """Return the words next to noise found by a pattern that belong to it: "salary up to £40k"."""
    run: set[int] = set()
    between: set[int] = set()
    at += step
    while 0 <= at < len(tokens):
        token = tokens[at]
        if token.tag == Tag.NOISE and not _is_name(token) and not is_kept(token, text):
            run |= between | {at}
            between = set()
        elif (token.tag in _BETWEEN or token.tag == Tag.FILLER) and not between:
            between = {at}
        else:
            break
        at += step
    # "1 year temporary role"
    return run | between if at == len(tokens) else run


def _drop_at_the_front(
    tokens: Sequence[Token], dropped: set[int], text: str, *, is_first: bool
) -> None:
    if is_first and _is_count(tokens, text):
        dropped.add(0)
    for at, token in enumerate(tokens):
        if at in dropped:
            continue
        is_noise = token.tag == Tag.NOISE and (
            _is_noise_in_front(token, text) or _is_number(tokens, at)
        )
        is_noise = is_noise and not is_kept(token, text)
        # "Hiring for", "Vacancy of"
        is_link = at > 0 and (token.tag in _BETWEEN or _is_article(token))
        is_link = is_link and not _is_name_in_capitals(token, text)
        if not is_noise and not is_link:
            break
        dropped.add(at)


def _noise_before_an_employer(phrase: Phrase) -> set[int]:
    """Return the positions of noise before an employer: "Kisumu at Zorba", "Remote at Zorba"."""
    at = next((at for at, tag in enumerate(phrase.tags) if tag not in _NOISE), 0)
    is_employer = at > 0 and phrase.tokens[at].written in place_words_of("employer")
    return set(range(at)) if is_employer else set()


def _places_between_slashes(phrase: Phrase) -> set[int]:
    """Return the positions of a place between slashes, and of the first: "Cook / Pune / Zorba".

    In a list of places they may be what the work is about: "EMEA/India/APAC Sales".
    """
    tags = phrase.tags
    found: set[int] = set()
    slashes = [at for at, tag in enumerate(tags) if tag == SLASH]
    for start, end in pairwise(slashes):
        is_place = end > start + 1 and {Tag.PLACE}.issuperset(tags[start + 1 : end])
        if is_place and Tag.PLACE not in (tags[start - 1], *tags[end + 1 : end + 2]):
            found.update(range(start, end))
    return found if not WORKERS.isdisjoint(tags[: slashes[0]]) else set()


def _is_name_in_capitals(token: Token, text: str) -> bool:
    """Return whether a small word that is not English is a name, such as the rank "AM"."""
    if token.language == ENGLISH or text.isupper():
        return False
    letters = text[token.start : token.end]
    return len(letters) > 1 and letters.isupper()


def _is_noise_in_front(token: Token, text: str) -> bool:
    # "Work from Home-Driver"
    is_whole = " " in token.written or text[token.end : token.end + 1] != "-"
    return is_whole and "first" in _places(token)


def _is_article(token: Token) -> bool:
    """Return whether a small word says nothing after noise: "a" in "Hiring a Chef"."""
    return token.tag == Tag.FILLER and token.written in small_words()


def _is_count(tokens: Sequence[Token], text: str) -> bool:
    """Return whether a title starts with how many are wanted: "2 Cooks"."""
    count = tokens[0].written
    if len(tokens) == 1 or "counted" in noise_places().get(tokens[1].written, ()):
        return False
    if count != "1" and not any(token.tag in WORKERS for token in tokens[1:]):
        return False
    is_alone = text[tokens[0].end : tokens[0].end + 1] == " "
    return is_alone and count.isdigit() and len(count) <= _DIGITS_OF_A_COUNT


def _is_number(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a token is a number outside a name, such as a year or a reference."""
    written = tokens[at].written
    if at and (tokens[at - 1].tag in (Tag.ACRONYM, Tag.LINK) or _is_short(tokens[at - 1])):
        return False
    is_year = len(written) == _DIGITS_OF_A_YEAR and written[:2] in ("19", "20")
    # The number of a shop: "Vendedor 104".
    is_of_shop = at > 0 and tokens[at - 1].tag in WORKERS and len(written) in _DIGITS_OF_A_SHOP
    return _is_reference(tokens[at]) or ((is_year or is_of_shop) and written.isdigit())


def _is_short(token: Token) -> bool:
    """Return whether a word may be a short name that a number belongs to: "ISO 22000"."""
    return token.tag == Tag.UNKNOWN and len(token.written) <= _LETTERS_OF_A_SHORT_NAME


def _drop_at_the_end(
    tokens: Sequence[Token], dropped: set[int], text: str, *, places_stay: bool
) -> None:
    for at in range(len(tokens) - 1, 0, -1):
        token = tokens[at]
        if at in dropped:
            continue
        if token.tag == Tag.NOISE and not _is_between(token, text):
            # "Area Leeds 2"
            is_of_place = token.written.isdigit() and tokens[at - 1].tag == Tag.PLACE
            ends = (is_of_place and not places_stay) or _is_noise_at_the_end(tokens, at, text)
            ends = ends and not is_kept(token, text)
        elif token.tag == Tag.PLACE:
            ends = not places_stay and _is_where(tokens, at)
        else:
            ends = at + 1 in dropped and (
                _is_between(token, text)
                or (_is_link(token) and not _is_inside(token, text))
                or _is_noise_too(tokens, at, text)
                or _is_part_of_place(tokens, at)
                or _is_article_of_place(tokens, at)
            )
        if not ends:
            break
        dropped.add(at)


def _is_noise_too(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Return whether a word belongs to the noise after it: "ab" in "Koch ab 3.500€"."""
    token = tokens[at]
    # The "AB" of a company is part of its name.
    is_word = text.isupper() or not text[token.start : token.end].isupper()
    return is_word and "alone" in _places(token) and tokens[at - 1].tag not in _BETWEEN


def _is_between(token: Token, text: str) -> bool:
    # English words have no accents: "på" is no "PA".
    is_foreign = (
        token.tag == Tag.NOISE
        and token.language == ENGLISH
        and not text[token.start : token.end].isascii()
    )
    return is_foreign or (token.tag in _BETWEEN and not _is_inside(token, text))


def _is_part_of_place(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word says which part of the following place is meant: "South Leeds".

    So do both of "South and East Leeds".
    """
    if place_words().get(tokens[at].written) != "part":
        return False
    if tokens[at + 1].tag == Tag.JOIN and at + 2 < len(tokens):
        return place_words().get(tokens[at + 2].written) == "part"
    return tokens[at + 1].tag == Tag.PLACE


def _is_article_of_place(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word is the article between "in" and a place: "Baker in the UK"."""
    is_article = tokens[at].tag == Tag.FILLER and tokens[at + 1].tag == Tag.PLACE
    return is_article and at > 1 and _is_link(tokens[at - 1])


def _is_inside(token: Token, text: str) -> bool:
    """Return whether a small word is a part of another: "D" of "R&D", "in" of "Walk-in"."""
    return text[token.start - 1 : token.start] in ("&", "-")


def _is_link(token: Token) -> bool:
    # The "I" of "Motorista I" is a grade.
    return token.tag != Tag.SENIORITY and place_words().get(token.written) == "link"


def _is_noise_at_the_end(tokens: Sequence[Token], at: int, text: str) -> bool:
    token = tokens[at]
    if any(map(str.isdigit, token.written)):
        return _is_number(tokens, at)
    places = _places(token)
    if "last" in places:
        return True
    if "stays" in places or tokens[at - 1].tag in (Tag.LINK, Tag.JOIN):
        return False
    return not _has_sign(token, text)


def _is_where(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a place at the end of a phrase is where the work is, not what it is about."""
    while at > 0 and tokens[at].tag in (Tag.PLACE, Tag.JOIN, SLASH):
        at -= 1
    before, after = tokens[at], tokens[at + 1]
    if after.tag == Tag.JOIN and before.tag != Tag.PLACE and not _is_link(after):
        # "Tax and Poland"
        return False
    if before.tag not in (Tag.LINK, Tag.FILLER) or _is_link(before):
        return True
    is_foreign = before.tag == Tag.FILLER and before.language not in ("", ENGLISH)
    if is_foreign and before.written not in small_words():
        # "Kock till avdelning Malmö" ends in a town, "Cook for team Malmö" in a name.
        return True
    return _is_article_of_place(tokens, at)
