"""How words are written in a clean title, and which noise is dropped beside other words.

These are the tables of the folder ``data/clean``; only the clean title needs them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from pmo_classify.knowledge.lexicon import ENGLISH, default_lexicon, related_languages
from pmo_classify.knowledge.tables import read_shipped, read_shipped_rows

__all__ = [
    "Abbreviation",
    "Writing",
    "abbreviations",
    "accent_endings",
    "accents",
    "advert_patterns",
    "adverts",
    "area_words",
    "branch_words",
    "dangling_words",
    "employer_words",
    "first_words_of_offers",
    "foreign_letters",
    "gender_endings",
    "gender_marks",
    "gender_pairs",
    "in_words",
    "inverted_roles",
    "languages_of_forms",
    "letter_case",
    "listed_codes",
    "mall_words",
    "misspelt_words",
    "names_of_words",
    "noise_places",
    "offer_pattern",
    "own_marks",
    "pay_pattern",
    "place_codes",
    "place_labels",
    "place_words",
    "roles_before_a_dash",
    "sentence_words",
    "shop_words",
    "sign_fixes",
    "similar_language",
    "small_words",
    "spelled_words",
    "states_after_a_name",
    "talent_pools",
    "towns",
    "where_words",
    "words_alone",
    "words_without_accents",
    "words_written_together",
    "writings",
]

"""The language that writes many words of Spanish and Portuguese without their accents."""
_WHERE: Final = "where"
"""The use of words that go with a town; another row may give them another use."""
_MALL: Final = "mall"
_IN: Final = "in"
"""The use of words for "in" that any name may follow; another row says that they are a link."""
_BY_THEMSELVES: Final = (
    _WHERE,
    _IN,
    "after",
    "area",
    "code",
    "employer",
    "label",
    "listed",
    "shop",
)
"""The uses that a word may have beside another one."""
_NO_ENDINGS: Final = ("(?!)",)
_AMOUNT: Final = r"\d{1,7}(?:[., '’]\d{3}){0,3}(?:[.,]\d{1,2})?(?:\s?k\b)?"
_SUM: Final = rf"(?<![\d.,]){_AMOUNT}(?:\s?[-–/]\s?{_AMOUNT})?"
"""What ``<sum>`` stands for in the patterns of pay: "2.300", "15k-22k"."""
_SIGNS_OF_MONEY: Final = "£$€₹¥₱₦฿₺₽₴"
_START_OF_PAY: Final = (
    rf"(?:(?<!\w)(?=\w)|(?=[{_SIGNS_OF_MONEY}]))"
    rf"(?=[^\W\d_]{{0,3}}[./]{{0,2}}\s?[\d{_SIGNS_OF_MONEY}])"
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


@cache
def adverts() -> Mapping[str, Sequence[str]]:
    """Return patterns for the sentences of employers as text, by a word that each of them has.

    >>> "roll" in adverts(), "chef" in adverts()
    (True, False)
    """
    found: dict[str, list[str]] = {}
    for cue, pattern, *_ in read_shipped_rows("clean/adverts.csv"):
        found.setdefault(cue, []).append(pattern)
    return found


@cache
def advert_patterns(cue: str) -> Sequence[re.Pattern[str]]:
    """Return the patterns of ``adverts`` for a word, none if it is not among them.

    The groups of a pattern are the parts of the title that the sentence is about.

    >>> [pattern.sub(r"\\1", "Roll som frisör") for pattern in advert_patterns("roll")]
    ['frisör']
    """
    # Compiled only for the words that titles have, because all of them take long.
    return [re.compile(pattern, re.IGNORECASE) for pattern in adverts().get(cue, ())]


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
def accents(language: str) -> Mapping[str, str]:
    """Return words of a language, and endings after a hyphen, without and with their accents.

    >>> accents("es")["almacen"], accents("pt")["-cao"]
    ('almacén', '-ção')
    """
    return {form: written for form, written, spoken in _accented() if spoken == language}


@cache
def _accented() -> Sequence[tuple[str, str, str]]:
    rows = read_shipped_rows("clean/accents.csv")
    return [(form, written, language) for form, written, language, *_ in rows]


def _forms_that_are_right() -> set[str]:
    # A title that may be in a similar language is told by its other words.
    similar = {habits.similar for habits in _habits().values()}
    return {form for form, written, code in _accented() if form == written and code not in similar}


@cache
def accent_endings(language: str) -> tuple[str, ...]:
    """Return the endings of words of a language that titles often lack the accents of.

    >>> "cao" in accent_endings("pt"), "cao" in accent_endings("es")
    (True, False)
    """
    return tuple(form[1:] for form in accents(language) if form.startswith("-"))


@cache
def languages_of_forms() -> Mapping[str, frozenset[str]]:
    """Return the languages in which words, and endings after a hyphen, lack their accents.

    A word is left out if a row says that a language writes it so.

    >>> sorted(languages_of_forms()["tecnico"]), sorted(languages_of_forms()["-cao"])
    (['es', 'pt'], ['pt'])
    """
    found: dict[str, set[str]] = {}
    right = _forms_that_are_right()
    for form, written, language in _accented():
        if form != written and form not in right:
            found.setdefault(form, set()).add(language)
    return {form: frozenset(languages) for form, languages in found.items()}


@cache
def words_without_accents() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that surely lack accents in titles that have others, and the endings.

    A word is left out if it is English, or if a row says that a language writes it so. Rows of
    a similar language only count in titles that may be in it.

    >>> words, endings = words_without_accents()
    >>> "almacen" in words, "gestion" in words, "cao" in endings
    (True, False, True)
    """
    rows = _accented()
    endings = {form.removeprefix("-") for form, *_ in rows if form.startswith("-")}
    right = _forms_that_are_right()
    lexicon = default_lexicon()
    lacking = {
        form for form, *_ in rows if (word := lexicon.get(form)) is None or word.language != ENGLISH
    }
    return frozenset(lacking - right), tuple(endings)


@cache
def noise_places() -> Mapping[str, frozenset[str]]:
    """Return the words of noise that say nothing beside other words, with where they are.

    >>> noise_places()["wanted"], noise_places()["seo"]
    (frozenset({'first'}), frozenset({'kept'}))
    """
    found: dict[str, set[str]] = {}
    for form, place, *_ in read_shipped_rows("clean/noise.csv"):
        found.setdefault(form, set()).add(place)
    return {form: frozenset(places) for form, places in found.items()}


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

    >>> "tichete" in first_words_of_offers()
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
def place_words() -> Mapping[str, str]:
    """Return the words that say what a place is to a title: its "link", its "subject", a "state".

    >>> place_words()["in"], place_words()["country"]
    ('link', 'subject')
    """
    rows = read_shipped_rows("clean/place_words.csv")
    return {form: use for form, use, *_ in rows if use not in _BY_THEMSELVES}


def _place_words_of(use: str) -> frozenset[str]:
    rows = read_shipped_rows("clean/place_words.csv")
    return frozenset(form for form, found, *_ in rows if found == use)


@cache
def where_words() -> frozenset[str]:
    """Return the words that go with a town beside them; some have another use elsewhere.

    >>> "standort" in where_words()
    True
    """
    return _place_words_of(_WHERE)


@cache
def in_words() -> frozenset[str]:
    """Return the words for "in" after which a capital alone shows the name of a place.

    >>> "i" in in_words(), "in" in in_words()
    (True, False)
    """
    return _place_words_of(_IN)


@cache
def area_words() -> frozenset[str]:
    """Return the words that are an area by themselves: "Account Manager - West".

    >>> "west" in area_words()
    True
    """
    return _place_words_of("area")


@cache
def employer_words() -> frozenset[str]:
    """Return the words between a town and an employer: "Baker - Kisumu at Zorba".

    >>> "at" in employer_words()
    True
    """
    return _place_words_of("employer")


@cache
def shop_words() -> frozenset[str]:
    """Return the words for a shop that is named after its town: "Leeds Store".

    >>> "store" in shop_words()
    True
    """
    return _place_words_of("shop")


@cache
def place_labels() -> frozenset[str]:
    """Return the words before a colon and the place of the work: "Place of work: Leeds".

    >>> "place of work" in place_labels()
    True
    """
    return _place_words_of("label")


@cache
def place_codes() -> frozenset[str]:
    """Return the short names in capitals that are surely places: "TX".

    >>> "tx" in place_codes()
    True
    """
    return _place_words_of("code")


@cache
def listed_codes() -> frozenset[str]:
    """Return the short names that are places only in a list of them: the "DE" in "FR, DE, UK".

    >>> "de" in listed_codes()
    True
    """
    states = frozenset(form for form, use in place_words().items() if use == "state")
    return _place_words_of("listed") | states_after_a_name() | states


@cache
def states_after_a_name() -> frozenset[str]:
    """Return the short names of states that follow a name and a comma: "Zorbaville, GA".

    >>> "ga" in states_after_a_name()
    True
    """
    return _place_words_of("after")


@cache
def branch_words() -> frozenset[str]:
    """Return the words in front of the name or number of a branch: "Filial 09".

    >>> "filial" in branch_words()
    True
    """
    return frozenset(form for form, use in place_words().items() if use in ("branch", _MALL))


@cache
def mall_words() -> frozenset[str]:
    """Return the words in the name of a shopping centre: "Zorba Shopping".

    >>> "shopping" in mall_words()
    True
    """
    return frozenset(form for form, use in place_words().items() if use == _MALL)


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
def towns() -> Sequence[str]:
    """Return the names of towns and regions, in order, in lower case without accents.

    >>> towns()[:2]
    ['a coruna', 'a dos cunhados']
    """
    # In order, for a search by halves: a set of so many names would take twice as long to load.
    return read_shipped("clean/towns.txt").splitlines()


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
def sign_fixes() -> Sequence[tuple[str, re.Pattern[str], str]]:
    """Return fixes of signs by language: what a text must have, a pattern, what is written instead.

    >>> [pattern.sub(new, "Koch-/in") for sign, pattern, new in sign_fixes() if sign == "-/"]
    ['Koch-/in', 'Koch']
    """
    return [
        (sign, re.compile(pattern, re.IGNORECASE), written)
        for sign, pattern, written, *_ in read_shipped_rows("clean/signs.csv")
    ]


@cache
def inverted_roles() -> frozenset[str]:
    """Return the roles that a comma may set in front of their subject: "Manager, PMO".

    >>> "manager" in inverted_roles()
    True
    """
    return frozenset(role for role, mark, *_ in _inversions() if not mark)


@cache
def roles_before_a_dash() -> Mapping[str, str]:
    """Return the roles that a dash may set off from their subject, and what short forms stand for.

    >>> roles_before_a_dash()["manager"], roles_before_a_dash()["mgr"]
    ('', 'Manager')
    """
    names = {spelt for name, *_ in _inversions() for spelt in (name, name.replace("-", ""))}
    roles = {role: "" for name in names for role in (name, f"{name}s")}
    for form, found in abbreviations().items():
        for written, place, language in found:
            if not place and language in ("", ENGLISH) and written.lower() in roles:
                roles[form] = written
    return roles


@cache
def letter_case(language: str) -> str:
    """Return which words of a title in a language start with a capital.

    It is "title" for all but the small words, and "sentence" for the first word alone.

    >>> letter_case("en"), letter_case("pl")
    ('title', 'sentence')
    """
    return _habits_of(language).case


@cache
def foreign_letters(language: str) -> re.Pattern[str]:
    """Return a pattern of letters and small words that a language never has, in lower case.

    >>> foreign_letters("es").search("serviço")
    <re.Match object; span=(5, 6), match='ç'>
    """
    return re.compile(_habits_of(language).foreign or "(?!)")


def similar_language(language: str) -> str:
    """Return the language whose titles may look the same but for accents, or "" if there is none.

    >>> similar_language("es"), similar_language("de")
    ('it', '')
    """
    return _habits_of(language).similar


@cache
def own_marks(language: str) -> re.Pattern[str]:
    """Return a pattern of marks that only titles in a language have, such as "H/F" in French.

    >>> own_marks("fr").search("ingenieur (h/f)") is None, own_marks("en").search("cook (h/f)")
    (False, None)
    """
    return re.compile(_habits_of(language).marks or "(?!)")


class _Habits(NamedTuple):
    """How a language writes titles: the cells of its row, from ``case`` to ``marks``."""

    case: str = "title"
    foreign: str = ""
    similar: str = ""
    marks: str = ""


def _habits_of(language: str) -> _Habits:
    return _habits().get(language, _Habits())


@cache
def _habits() -> Mapping[str, _Habits]:
    return {
        language: _Habits(*cells[: len(_Habits._fields)])
        for language, *cells in read_shipped_rows("clean/languages.csv")
    }
