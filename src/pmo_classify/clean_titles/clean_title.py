"""The clean title: a title as a careful person would retype it.

The tokens of the reading say what is noise and which words are misspelt; what is left is written
with its own words, in its own order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import eq
from typing import Final

from pmo_classify.classification import Classification, Token
from pmo_classify.clean_titles.adverts import is_advert, may_be_advert, title_in
from pmo_classify.clean_titles.gender_pairs import without_pairs
from pmo_classify.clean_titles.kept_phrases import NOT_SPOKEN, phrases_of
from pmo_classify.clean_titles.offers import has_words_of_offers, names_no_job, pay_in
from pmo_classify.clean_titles.retyping import (
    ODD_SIGN,
    TO_BE_WRITTEN,
    half_of_a_double,
    is_stable,
    settled,
    tokens_of,
)
from pmo_classify.clean_titles.slips import without_slips
from pmo_classify.clean_titles.title_order import ROLES
from pmo_classify.clean_titles.title_signs import with_blanks, with_signs, without_lines
from pmo_classify.clean_titles.towns import with_towns
from pmo_classify.clean_titles.word_endings import starts_with_an_object
from pmo_classify.clean_titles.word_looks import FOREIGN, SMALL, looks_in
from pmo_classify.clean_titles.words_left_out import (
    Phrase,
    has_subject,
    has_words_of_noise_alone,
    is_company,
    is_kept,
    is_noise,
    keeps_places,
    with_talent_pools,
)
from pmo_classify.knowledge.clean_words import dangling_words, gender_marks, sentence_words
from pmo_classify.knowledge.lexicon import ENGLISH, Tag
from pmo_classify.reading.cleaning import clean_text, is_clean
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.noise import find_noise
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.traits import is_of_the_field
from pmo_classify.thresholds import (
    LONGEST_CLEAN_TITLE,
    MAX_PASSES,
    MOST_WORDS_BEFORE_A_SENTENCE,
)

__all__ = ["clean_title"]

_WORD = re.compile(r"(?i:in\sneed\b)|[^\W\d_]+(?:-[^\W\d_]+)*")
"""A word of a sentence: "Know-How" and "Children in Need" have no "how" and no "need"."""
_SIGNS: Final = frozenset({"-", "&", "/"})
_AT_AN_END: Final = ROLES | {Tag.SENIORITY}
"""Tags of words that, first or last in a title with a comma, may stand elsewhere."""
_ASIDE: Final = frozenset({SLASH, Tag.FILLER, Tag.JOIN, Tag.LINK})
"""Tags of words that may belong to the noise after them."""
_UNUSUAL: Final = (
    *("- &", "& -", "- (", ", (", "& (", "- -", "/ -", "- /", "/ (", ", /", ") /"),
    *("- at ", "- for ", "- in ", "- of ", "- with "),
    *("- bei ", "- bij ", "- chez ", "- hos ", "- presso "),
)
_ENGLISH: Final = frozenset({ENGLISH, ""})
_LONGEST_SHORT_NAME: Final = 8
_ORDINAL = re.compile(r"(\d+\.?)([ªº])")
_AFTER_SLASH = re.compile(r"(?<=\w)/\w\w?")
_LOOSE_SIGN = re.compile(r"\w[/-]\s|\s[/-]\w")
"""A sign with a blank on one side only: "Walk- in", "Chef/ Baker"."""
_BRACKETS = re.compile(r"\([^()]*\)")


def clean_title(answer: Classification, classify: Callable[[str], Classification]) -> str:
    """Return the title of an answer as a careful person would retype it.

    ``classify`` reads a text: a clean title that would be read to another answer is not used. A
    text that is no title, such as a sentence, comes back with its blanks put right, and one that is
    too long trimmed, to the 1,000 characters that are read.
    """
    found = _found_title(answer, classify)
    is_stump = found != answer.title and names_no_job(found, answer.title)
    return " ".join(clean_text(answer.title).text.split()) if is_stump else found


def _found_title(answer: Classification, classify: Callable[[str], Classification]) -> str:
    title = answer.title
    for _ in range(MAX_PASSES):
        found, is_done = _cleaned_once(answer, classify)
        if is_done:
            break
        answer = classify(found)
    is_plain = title.isascii() or _ORDINAL.search(title) is None
    return found if is_plain else _with_ordinals(found, title)


def _cleaned_once(
    answer: Classification, classify: Callable[[str], Classification]
) -> tuple[str, bool]:
    """Return the title of an answer cleaned, and whether that is surely all."""
    words = answer.words
    title = answer.title
    is_cued = may_be_advert(words) or starts_with_an_object(title, words)
    is_cued = is_cued or "?" in title or "!" in title
    found = _title_of_advert(answer, words, classify) if is_cued else ""
    found = found or _clean_title(answer, words, classify)
    if found != answer.title and (
        (is_cued and is_advert(found, words)) or _needs_more(found, answer.title)
    ):
        return found, False
    right = without_slips(found, words)
    if right != found and not _is_sentence(found) and _is_same(classify(right), answer):
        return right, False
    return found, True


def _title_of_advert(
    answer: Classification,
    words: Sequence[Token],
    classify: Callable[[str], Classification],
) -> str:
    """Return the clean title found in an employer's sentence, or "" if there is none."""
    text = answer.title if is_clean(answer.title) else clean_text(answer.title).text
    if "_" in text:
        text = without_lines(text)
    found = title_in(text, words)
    if found == text:
        return ""
    for _ in range(MAX_PASSES):
        if _is_sentence(found):
            return ""
        part = classify(found)
        text = _clean_title(part, part.words, classify)
        # Without the sentence, the capitals of a short name look like shouting.
        if found.isupper() and len(found) <= _LONGEST_SHORT_NAME and text != found:
            return ""
        words = classify(text).words
        if NOT_SPOKEN.issuperset([token.tag for token in words]):
            return ""
        found = title_in(text, words)
        if found == text:
            break
    return text if _is_same(classify(text), answer) else ""


def _needs_more(found: str, title: str) -> bool:
    """Return whether a cleaned title may have more to clean than the title showed.

    A word that was written out may be sure beside another, and where signs that few titles have
    were removed, anything may have come to light.
    """
    odd = len(ODD_SIGN.findall(title))
    if odd and (len(ODD_SIGN.findall(found)), len(found)) < (odd, len(title)):
        return True
    if _has_doubles(title.lower().split()):
        # The language of the words that stood twice may no longer be that of the title.
        return True
    if title.isupper() and "." in found and gender_marks().search(found):
        return True
    if ("(" in title or "/" in found) and without_pairs(found) != found:
        # An ending in brackets, or a reference, may have hidden a pair.
        return True
    # The words beside a sign, or what is left in brackets, may be read otherwise, and capitals
    # after a slash may show that a title or a state starts there: "Baker/zorbist", "PR/Sc".
    return (
        _LOOSE_SIGN.search(title) is not None
        or any(part not in title for part in _BRACKETS.findall(found))
        or ("/" in found and _AFTER_SLASH.findall(found) != _AFTER_SLASH.findall(title))
        # A pattern may only fit words that are no longer shouted.
        or (title.partition(" ")[0].isupper() and with_signs(found) != found)
        or found.rpartition(" ")[2].lower() in dangling_words()
        or _has_new_words(found, title)
    )


def _has_new_words(found: str, title: str) -> bool:
    given = title.lower()
    words = [word.strip(",()") for word in found.lower().split()]
    return any(word[:1].isalpha() and word not in given for word in words)


def _with_ordinals(text: str, title: str) -> str:
    """Return text with the ordinals of its title, which is read with "1a" for "1ª"."""
    for number, sign in _ORDINAL.findall(title):
        letter = "a" if sign == "ª" else "o"
        text = re.sub(rf"(?<!\w){re.escape(number)}{letter}(?!\w)", number + sign, text)
    return text


def _clean_title(
    answer: Classification,
    words: Sequence[Token],
    classify: Callable[[str], Classification],
) -> str:
    title = answer.title
    if len(title) <= LONGEST_CLEAN_TITLE and is_clean(title):
        words = with_towns(with_talent_pools(words), title)
        if _is_fine(title, words) or is_company(words, title):
            return " ".join(title.split())
        if words:
            # Blanks are fixed with the rest, so that the words keep their places.
            return _retyped(title, words, answer, classify)
    clean = clean_text(title)
    if clean.was_cut or clean.is_blank or len(clean.text) > LONGEST_CLEAN_TITLE:
        return clean.text if clean.was_cut else title.strip()
    return _retyped(clean.text, (), answer, classify)


def _retyped(
    text: str,
    words: Sequence[Token],
    answer: Classification,
    classify: Callable[[str], Classification],
) -> str:
    """Return a text retyped; ``words`` are its tokens if it is the title itself, else empty."""
    if _is_sentence(text):
        start = _before_sentence(text)
        if start and _is_same(classify(start), answer):
            part = classify(start)
            return _clean_title(part, part.words, classify)
        return " ".join(text.split())
    start = _before_noise(text, words) if words else ""
    if start:
        return start
    spaced = with_blanks(text)
    # A text that cannot be repaired would change each time.
    if not (words and spaced == text) and not is_stable(spaced):
        return answer.title.strip()
    if not words or text.rstrip() != spaced:
        words = tokens_of(spaced)
    return _cleaned(spaced, words, answer, classify)


def _before_sentence(text: str) -> str:
    """Return the title before a sentence, or "" if there is none: "Chef - Choose your hours"."""
    tokens = default_tokenizer().tokenize(text)
    tags = [token.tag for token in tokens]
    start = 0
    for phrase in phrases_of(text, tokens, tags):
        if _has_words_of_sentences(text[phrase.start : phrase.end], text):
            break
        start = phrase.end
    is_title = any(token.tag in ROLES for token in tokens if token.end <= start)
    return text[:start].rstrip() if is_title else ""


def _cleaned(
    text: str,
    words: Sequence[Token],
    answer: Classification,
    classify: Callable[[str], Classification],
) -> str:
    found = settled(text, words, is_careful=False)
    if "(" in found and "(" not in text and find_noise(found):
        # Other brackets become round ones, which could then look like the mark of a gender: "M{A".
        return text
    if answer.title.startswith(found) or not any(map(is_of_the_field, words)):
        return found
    if _is_same(classify(found), answer):
        return found
    # The answer may come from a classifier with extra titles.
    answer = classify(answer.title)
    for is_careful in (False, True):
        found = settled(text, words, is_careful=is_careful)
        if _is_same(classify(found), answer):
            return found
    return text if _is_same(classify(text), answer) else answer.title.strip()


def _is_same(answer: Classification, other: Classification) -> bool:
    return (answer.track, answer.level, answer.scope) == (other.track, other.level, other.scope)


def _is_fine(title: str, words: Sequence[Token]) -> bool:
    """Return whether a title is surely clean already; half of all pass this quick check."""
    if not words:
        return False
    _, _, tags, _, languages, _, repaired = zip(*words, strict=True)
    if True in repaired or not NOT_SPOKEN.isdisjoint(tags):
        return False
    pieces = title.split(" ")
    looks = looks_in(pieces)
    is_english = _ENGLISH.issuperset(languages)
    may_be_english = is_english or languages.count(ENGLISH) > 1
    written_otherwise = TO_BE_WRITTEN | (SMALL if may_be_english else 0)
    written_otherwise |= 0 if is_english else FOREIGN
    if looks & written_otherwise or title.isupper() or pieces[0].islower():
        return False
    is_open = pieces[-1] in _SIGNS or pieces[-1].lower() in dangling_words()
    if is_open or pieces[0] in _SIGNS or pay_in(title) or _says_it_twice(title, pieces):
        return False
    if SLASH in tags and has_words_of_offers(words):
        return False
    return BREAK not in tags or _has_plain_marks(title, pieces, words)


def _says_it_twice(title: str, pieces: Sequence[str]) -> bool:
    """Return whether words or roles stand twice: "Cook Cook", "Vendedora/Vendedor"."""
    is_double = _has_doubles(pieces) or half_of_a_double(title) != ""
    return is_double or without_pairs(title) != title


def _has_doubles(pieces: Sequence[str]) -> bool:
    return any(map(eq, pieces, pieces[1:]))


def _before_noise(title: str, words: Sequence[Token]) -> str:
    """Return the title without the noise at its end, or "" if more may need to be done."""
    tags = [token.tag for token in words]
    # What belongs to a sum of money may be any words: "CTC upto 20k".
    if NOT_SPOKEN.isdisjoint(tags) or pay_in(title):
        return ""
    end = length = len(words)
    while end:
        last = words[end - 1]
        if last.tag == Tag.NOISE and not last.written and not is_kept(last, title):
            # What a pattern found is noise beside any words: "Baker (m/w/d)".
            end -= 1
            continue
        if BREAK not in tags[:end]:
            break
        at = end - 1 - tags[end - 1 :: -1].index(BREAK)
        mark = words[at]
        phrase = Phrase(title[mark.start], mark.end, 0, words[at + 1 : end], tags[at + 1 : end])
        is_gone = not phrase.tags or is_noise(phrase, title, places_stay=False)
        if phrase.mark == "@" or not is_gone:
            break
        end = at
    if end in (0, length) or tags[end - 1] in _ASIDE or not NOT_SPOKEN.isdisjoint(tags[:end]):
        return ""
    kept = Phrase("", 0, 0, words[:end], tags[:end])
    if not has_subject(kept) or (Tag.PLACE in tags and keeps_places([kept], title)):
        return ""
    start = " ".join(title[: words[end].start].split())
    return start if _is_fine(start, kept.tokens) else ""


def _has_plain_marks(title: str, pieces: Sequence[str], words: Sequence[Token]) -> bool:
    """Return whether the dashes, commas and brackets among words are kept as they are."""
    if "," in title and not _AT_AN_END.isdisjoint((words[0].tag, words[-1].tag)):
        return False
    if has_words_of_noise_alone(words) or has_words_of_offers(words):
        return False
    cores = {piece.strip("(),") for piece in pieces if piece != "-"}
    if len(cores) + pieces.count("-") < len(pieces) or not title[0].isupper():
        return False
    if title[-1] == "," or any(pair in title for pair in _UNUSUAL) or with_signs(title) != title:
        return False
    return title.count("(") == title.count(")")


def _is_sentence(text: str) -> bool:
    words = _WORD.findall(text.lower())
    if len(words) <= MOST_WORDS_BEFORE_A_SENTENCE or sentence_words().isdisjoint(words):
        return False
    return _has_words_of_sentences(text, text)


def _has_words_of_sentences(words: str, text: str) -> bool:
    """Return whether a text, or part of it, has words that occur only in sentences."""
    found = _WORD.findall(words)
    if not text.isupper():
        # "IS" is a short name.
        found = [word for word in found if not word.isupper()]
    return not sentence_words().isdisjoint([word.lower() for word in found])
