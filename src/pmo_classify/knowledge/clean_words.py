"""How words are written in a clean title, and which noise is dropped beside other words.

These are the tables of the folder ``data/clean``; only the clean title needs them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import ENGLISH, related_languages
from pmo_classify.knowledge.tables import read_shipped_rows

__all__ = [
    "Abbreviation",
    "Advert",
    "Writing",
    "abbreviations",
    "adverts",
    "case_endings",
    "dangling_words",
    "first_words_of_offers",
    "gender_endings",
    "gender_marks",
    "gender_pairs",
    "inverted_roles",
    "inverted_subjects",
    "languages_with_objects",
    "misspelt_words",
    "names_of_words",
    "noise_places",
    "offer_pattern",
    "pay_pattern",
    "roles_before_a_dash",
    "sentence_words",
    "sign_fixes",
    "small_words",
    "spelled_words",
    "stumps",
    "talent_pools",
    "verbs_with_cases",
    "words_alone",
    "words_written_together",
    "writings",
]

_NO_ENDINGS: Final = ("(?!)",)
_AMOUNT: Final = r"\d{1,7}(?:[., '’]\d{3}){0,3}(?:[.,]\d{1,2})?(?:\s?k\b)?"
_SUM: Final = rf"(?<![\d.,]){_AMOUNT}(?:\s?[-–/]\s?{_AMOUNT})?"
"""What ``<sum>`` stands for in the patterns of pay: "2.300", "15k-22k"."""
_SUBJECT: Final = "subject"
"""The mark of a row of inversions that is no role."""
_SIGNS_OF_MONEY: Final = "£$€₹¥₱₦฿₺₽₴"
_START_OF_PAY: Final = (
    rf"(?:(?<!\w)(?=\w)|(?=[{_SIGNS_OF_MONEY}]))"
    rf"(?=[^\W\d_]{{0,4}}[./]{{0,2}}\s?[\d{_SIGNS_OF_MONEY}])"
)
"""A number, after a sign or a short word or none; elsewhere the patterns need not be tried."""


class Writing(NamedTuple):
    """How a word is written; ``is_sure`` where its capitals are put right in any case."""

    written: str
    is_sure: bool


class Abbreviation(NamedTuple):
    """What a short form is short for.

    ``place`` is where it must be: "first" or "last" in its phrase, "before" another word, or
    anywhere (""). ``language`` is that of the title, or "" for any. A form of two words is one that
    is sure only beside the other word: "Gen Counsel".
    """

    written: str
    place: str
    language: str


@cache
def writings() -> Mapping[str, Writing]:
    """Return how words with a spelling of their own are written, by the word in lower case.

    >>> writings()["devops"]
    Writing(written='DevOps', is_sure=True)
    """
    rows = read_shipped_rows("clean/written.csv")
    return {form: Writing(written, when == "any") for form, written, when, *_ in rows}


@cache
def names_of_words() -> Mapping[str, Sequence[tuple[Sequence[str], Writing]]]:
    """Return names of several words by the first: the other words, and how all are written.

    >>> [name.written for others, name in names_of_words()["tik"] if others == ["tok"]]
    ['TikTok']
    """
    found: dict[str, list[tuple[Sequence[str], Writing]]] = {}
    # The longest first, as a name may be the start of another.
    for form in sorted(writings(), key=len, reverse=True):
        first, *others = form.split(" ")
        if others:
            found.setdefault(first, []).append((others, writings()[form]))
    return found


@cache
def abbreviations() -> Mapping[str, tuple[Abbreviation, ...]]:
    """Return what short forms are short for, those of one language before those of any.

    >>> [found.written for found in abbreviations()["jr"]]
    ['Júnior', 'Junior']
    """
    found: dict[str, list[Abbreviation]] = {}
    for form, written, place, language, *_ in read_shipped_rows("clean/abbreviations.csv"):
        found.setdefault(form, []).append(Abbreviation(written, place, language))
    return {form: tuple(sorted(rows, key=lambda r: not r.language)) for form, rows in found.items()}


@cache
def words_written_together() -> Mapping[str, Sequence[Sequence[str]]]:
    """Return the other words of forms of several words, by the first.

    They are abbreviations that are only sure together, and names of several words.

    >>> ["counsel"] in words_written_together()["gen"], ["net"] in words_written_together()["dot"]
    (True, True)
    """
    found: dict[str, list[Sequence[str]]] = {}
    for form in (*abbreviations(), *writings()):
        first, *others = form.split(" ")
        if others:
            found.setdefault(first, []).append(others)
    return found


class Advert:
    """A sentence of employers: a pattern for some words, and those for what stands around them.

    >>> found = Advert(r"^(\\w+)\\s", "wanted", r"\\W*$").match("Baker wanted!")
    >>> found and found.groups()
    ('Baker',)
    """

    def __init__(self, before: str, words: str, after: str) -> None:
        self._parts = (before, words, after)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match of a text, whose groups are the parts of the title in it."""
        before, _, _ = self._parts
        # To compile the whole takes long, and the words alone show that most texts do not match.
        if before and self._words.search(text) is None:
            return None
        return self._whole.match(text)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return re.compile(self._parts[1], re.IGNORECASE)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        before, words, after = self._parts
        return re.compile(f"{before}(?:{words}){after}", re.IGNORECASE)


@cache
def adverts() -> Mapping[str, Sequence[Advert]]:
    """Return the sentences of employers by a word that each of them has.

    >>> "roll" in adverts(), "chef" in adverts()
    (True, False)

    Many have the same shape, such as some words after a title: what stands before and after the
    words is in a table of its own.
    """
    shapes = {shape: around for shape, *around, _, _ in read_shipped_rows("clean/shapes.csv")}
    found: dict[str, list[Advert]] = {}
    rows = read_shipped_rows("clean/adverts.csv")
    # Patterns without a shape find less of what belongs together, so they are tried last.
    for cue, shape, pattern, *_ in sorted(rows, key=lambda row: not row[1]):
        before, after = shapes.get(shape, ("", ""))
        found.setdefault(cue, []).append(Advert(before, pattern, after))
    return found


@cache
def case_endings(kind: str) -> Mapping[str, str]:
    """Return the endings of words in a sentence, with the endings that the words have alone.

    ``kind`` is "role", or "male" or "female" for an adjective beside such a role. It is "roles"
    for several, beside which the adjective is "several", and "one" gives the singular of those.
    An "object" is an ending that only a role in a sentence has.

    >>> case_endings("role")["rza"]
    'rz'
    """
    rows = read_shipped_rows("clean/cases.csv")
    return {form: alone for of, form, alone, *_ in rows if of == kind}


@cache
def languages_with_objects() -> frozenset[str]:
    """Return the languages whose titles may start with a role that ends as in a sentence.

    >>> "pl" in languages_with_objects()
    True
    """
    rows = read_shipped_rows("clean/cases.csv")
    return frozenset(language for kind, _, _, language, *_ in rows if kind == "object")


@cache
def verbs_with_cases() -> frozenset[str]:
    """Return the words of sentences in which a role has another ending: "Szukamy kucharza".

    >>> "szukamy" in verbs_with_cases()
    True
    """
    return frozenset(case_endings("verb"))


@cache
def gender_endings() -> Mapping[str, Sequence[str]]:
    """Return the endings of the other gender by the sign in front of them.

    >>> "fe" in gender_endings()["."]
    True
    """
    endings: dict[str, list[str]] = {}
    for ending, sign, *_ in read_shipped_rows("clean/gender_endings.csv"):
        endings.setdefault(sign, []).append(ending)
    return endings


@cache
def gender_marks() -> re.Pattern[str]:
    """Return a pattern for a sign after a word and the ending of its other gender: "Cocinero-a".

    >>> gender_marks().sub("", "Animateur.trice"), gender_marks().sub("", "Infra-as-code")
    ('Animateur', 'Infra-as-code')
    """
    word, known = r"[^\W\d_][^\W\dA-Z_]{3}", gender_endings()
    # Each begins with a plain sign, so that only the signs of a text are tried.
    found = [
        rf"{re.escape(sign)}(?<={word}.)-?(?:{'|'.join(endings)})"
        for sign, endings in known.items()
        if len(sign) == 1
    ]
    # "BäckerIn" has a capital instead of a sign.
    found.append(rf"(?<={word})(?:{'|'.join(known.get('', _NO_ENDINGS))})")
    inside = rf"\((?<={word}.)(?:{'|'.join(known.get('()', _NO_ENDINGS))})\)(?=[^\W\d_])"
    return re.compile(rf"(?:{'|'.join(found)})\)?(?:[·.]s)?(?![\w-])|{inside}")


@cache
def gender_pairs() -> Sequence[tuple[str, re.Pattern[str]]]:
    """Return the endings of two genders, without accents: the male one, and a pattern of the other.

    >>> ("or", re.compile("ora$")) in gender_pairs()
    True
    """
    rows = read_shipped_rows("clean/gender_pairs.csv")
    return [(male, re.compile(f"{female}$")) for male, female, *_ in rows]


@cache
def small_words() -> Mapping[str, frozenset[str]]:
    """Return the words that stay small inside a title, with the languages of which they do.

    A language of a table stands for all of its family, which share these words; "" is for any.

    >>> sorted(small_words()["van"])
    ['de', 'nl']
    """
    found: dict[str, set[str]] = {}
    for form, language, *_ in read_shipped_rows("clean/small_words.csv"):
        found.setdefault(form, set()).update(related_languages(language))
    return {form: frozenset(languages) for form, languages in found.items()}


@cache
def noise_places() -> Mapping[str, frozenset[str]]:
    """Return the words of noise that say nothing beside other words, with where they are.

    >>> noise_places()["wanted"], noise_places()["seo"]
    (frozenset({'first'}), frozenset({'kept'}))
    """
    found: dict[str, set[str]] = {}
    for form, place in _noise():
        # A stump says nothing about where noise is.
        if place != "stump":
            found.setdefault(form, set()).add(place)
    return {form: frozenset(places) for form, places in found.items()}


@cache
def _noise() -> Sequence[tuple[str, str]]:
    return [(form, place) for form, place, *_ in read_shipped_rows("clean/noise.csv")]


@cache
def words_alone() -> frozenset[str]:
    """Return the words of those forms that are noise where no other words are with them.

    >>> {"fast", "contract"} <= words_alone()
    True
    """
    forms = [form for form, places in noise_places().items() if "alone" in places]
    # A form may also be one word to the reading: "home office".
    return frozenset(word for form in forms for word in (form, *form.split(" ")))


@cache
def dangling_words() -> frozenset[str]:
    """Return the small words that say nothing where a title ends in them: "Sales and".

    >>> "and" in dangling_words(), "in" in dangling_words()
    (True, False)
    """
    return frozenset(form for form, places in noise_places().items() if "dangling" in places)


@cache
def stumps() -> frozenset[str]:
    """Return words that name no job by themselves, as in "Jobs in Leeds".

    >>> "jobs" in stumps()
    True
    """
    return frozenset(form for form, place in _noise() if place == "stump")


@cache
def talent_pools() -> frozenset[str]:
    """Return the names of lists of applicants, which are noise only beside the name of a worker.

    >>> "initiativbewerbung" in talent_pools()
    True
    """
    return frozenset(form for form, places in noise_places().items() if "pool" in places)


def _offers() -> list[str]:
    return [form for form, places in noise_places().items() if "offer" in places]


@cache
def first_words_of_offers() -> frozenset[str]:
    """Return the words that what employers offer or ask starts with.

    >>> "home" in first_words_of_offers()
    True
    """
    return frozenset(word for form in _offers() for word in (form, form.partition(" ")[0]))


@cache
def offer_pattern() -> re.Pattern[str]:
    """Return a pattern for what employers offer or ask, in words as the reading writes them.

    >>> offer_pattern().sub("", "driver home weekly")
    'driver '
    """
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, _offers()))})(?!\S)")


@cache
def pay_pattern() -> re.Pattern[str]:
    """Return a pattern for sums of money, and for ranges of them.

    >>> pay_pattern().findall("Baker - 60-80 zł/h, Chef - £70k")
    ['60-80 zł', '£70k']
    """
    rows = [pattern for pattern, *_ in read_shipped_rows("clean/pay.csv")]
    patterns = "|".join(rows).replace("<sum>", _SUM)
    return re.compile(f"{_START_OF_PAY}(?:{patterns})", re.IGNORECASE)


@cache
def spelled_words() -> Sequence[tuple[str, str]]:
    """Return common words that are often misspelt, each with its language.

    >>> ("reconciliation", "en") in spelled_words()
    True
    """
    return [(word, language) for word, language, *_ in read_shipped_rows("clean/spelled_words.csv")]


@cache
def misspelt_words() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the right words for misspelt ones, each with its language.

    >>> misspelt_words()["oparator"]
    [('operator', 'en')]
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for form, word, language, *_ in read_shipped_rows("clean/misspelt_words.csv"):
        found.setdefault(form, []).append((word, language))
    return found


@cache
def sentence_words() -> frozenset[str]:
    """Return the words that only sentences have.

    >>> "we" in sentence_words()
    True
    """
    return frozenset(form for form, *_ in read_shipped_rows("clean/sentence_words.csv"))


def _inversions() -> list[list[str]]:
    return read_shipped_rows("clean/inversions.csv")


@cache
def sign_fixes() -> Mapping[str, Sequence[tuple[str, str, str]]]:
    """Return fixes of signs by language: what a text must have, a pattern, what is written instead.

    They are by the first sign in what a text must have, or else by its first letter, so that few
    need to be tried. The patterns are text, because compiling all of them takes long and a title
    needs few.

    >>> [re.sub(pattern, new, "c + + clerk") for sign, pattern, new in sign_fixes()["+"]]
    ['c++ clerk']
    """
    found: dict[str, list[tuple[str, str, str]]] = {}
    for sign, pattern, written, *_ in read_shipped_rows("clean/signs.csv"):
        first = next((c for c in sign if not c.isalnum() and c != " "), sign[0])
        found.setdefault(first, []).append((sign, pattern, written))
    return found


@cache
def inverted_roles() -> frozenset[str]:
    """Return the roles that a comma may set in front of their subject: "Manager, PMO".

    >>> "manager" in inverted_roles()
    True
    """
    return frozenset(role for role, mark, *_ in _inversions() if not mark)


@cache
def inverted_subjects() -> frozenset[str]:
    """Return subjects of roles that no other table shows to be one: "Manager, Payments".

    >>> "payments" in inverted_subjects(), "manager" in inverted_subjects()
    (True, False)
    """
    return frozenset(subject for subject, mark, *_ in _inversions() if mark == _SUBJECT)


@cache
def roles_before_a_dash() -> Mapping[str, str]:
    """Return the roles that a dash may set off from their subject, and what short forms stand for.

    >>> roles_before_a_dash()["manager"], roles_before_a_dash()["mgr"]
    ('', 'Manager')
    """
    names = {name for name, mark, *_ in _inversions() if mark != _SUBJECT}
    names |= {name.replace("-", "") for name in names}
    roles = {role: "" for name in names for role in (name, f"{name}s")}
    for form, found in abbreviations().items():
        for written, place, language in found:
            if not place and language in ("", ENGLISH) and written.lower() in roles:
                roles[form] = written
    return roles
