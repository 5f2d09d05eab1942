"""The clean title: a title as a careful person would retype it.

The tokens of the reading say what is noise and which words are misspelt; what is left is written
with its own words, in its own order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from itertools import pairwise
from operator import attrgetter, or_
from typing import Final

from pmo_classify.classification import Classification, Token
from pmo_classify.knowledge.clean_words import (
    gender_marks,
    place_words,
    sentence_words,
)
from pmo_classify.knowledge.lexicon import ENGLISH, Tag
from pmo_classify.reading.adverts import may_be_advert, title_in
from pmo_classify.reading.clean_noise import (
    Phrase,
    find_dropped,
    has_subject,
    has_words_of_noise_alone,
    is_noise,
    is_noise_alone,
    keeps_places,
    with_states,
)
from pmo_classify.reading.cleaning import clean_text, is_clean
from pmo_classify.reading.interpreter import is_of_the_field
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.noise import find_noise
from pmo_classify.reading.title_order import (
    CLOSE,
    JOINED_BY_SLASH,
    OPEN,
    ROLES,
    Kept,
    join,
    looks_in,
    turn,
)
from pmo_classify.reading.title_style import (
    Style,
    is_short_name,
    is_surely_english,
    style_of,
)
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.word_case import (
    CHANGES,
    GENDER,
    ODD,
    SHOUTED,
    SMALL,
    is_state,
    looks_of,
    repaired_word,
    write_words,
)
from pmo_classify.thresholds import (
    LONGEST_CLEAN_TITLE,
    MAX_PASSES,
    MOST_WORDS_BEFORE_A_SENTENCE,
)

__all__ = ["clean_title"]

_LETTERS = re.compile(r"[^\W\d_]+")
_TIED = re.compile(r"\d[,:]\d|[^\W\dA-Z_]:[^\W\dA-Z_]|\d\([^\W\d_]\)")
"""Marks inside a word: "1,5", "1:1", "401(k)", "Kauf:frau"."""
_BLANK_MARKS: Final = frozenset(')]}"“”«»')
_NOT_SPOKEN: Final = frozenset({Tag.NOISE, Tag.PLACE})
_NONE: Final[frozenset[int]] = frozenset()
_IS_REPAIRED: Final = attrgetter("is_repaired")
_JOINTS_OF_WORDS: Final = frozenset("&+/@")
_IN_FRONT_OF_ALL: Final = frozenset("=@&+/ ")
_SIGNS: Final = frozenset({"-", "&", "/"})
_IN_FRONT: Final = frozenset({Tag.ROLE, Tag.SENIORITY})
_TO_BE_WRITTEN: Final = CHANGES | SHOUTED
_UNUSUAL: Final = ("- &", "& -", "- (", ", (", "& (", "- -", "/ -", "- /", "/ (", ", /", ") /")
_ENGLISH: Final = frozenset({ENGLISH, ""})
_LONGEST_SHORT_NAME: Final = 8


def clean_title(answer: Classification, classify: Callable[[str], Classification]) -> str:
    """Return the title of an answer as a careful person would retype it.

    ``classify`` reads a text: a clean title that would be read to another answer is not used. A
    text that is no title, such as a sentence, comes back with its blanks put right, and one that is
    too long trimmed, to the 1,000 characters that are read.
    """
    if may_be_advert(answer.words):
        found = _title_of_advert(answer, classify)
        if found:
            return found
    return _clean_title(answer, classify)


def _title_of_advert(answer: Classification, classify: Callable[[str], Classification]) -> str:
    """Return the clean title in a sentence of an employer, "" where there is none."""
    text = answer.title if is_clean(answer.title) else clean_text(answer.title).text
    found = title_in(text, answer.words)
    if found == text:
        return ""
    for _ in range(MAX_PASSES):
        if _is_sentence(found):
            return ""
        text = _clean_title(classify(found), classify)
        # Without the sentence, the capitals of a short name look like shouting.
        if found.isupper() and len(found) <= _LONGEST_SHORT_NAME and text != found:
            return ""
        found = title_in(text, default_tokenizer().tokenize(text))
        if found == text:
            break
    return text if _is_same(classify(text), answer) else ""


def _clean_title(answer: Classification, classify: Callable[[str], Classification]) -> str:
    title = answer.title
    if len(title) <= LONGEST_CLEAN_TITLE and _is_fine(title, answer.words):
        return title
    if len(title) <= LONGEST_CLEAN_TITLE and is_clean(title) and answer.words:
        # Blanks are put right with the rest, so that the words keep their places.
        return _retyped(title, answer, classify, is_stable=True)
    clean = clean_text(title)
    if clean.was_cut or clean.is_blank or len(clean.text) > LONGEST_CLEAN_TITLE:
        return clean.text if clean.was_cut else title.strip()
    return _retyped(clean.text, answer, classify, is_stable=False)


def _retyped(
    text: str, answer: Classification, classify: Callable[[str], Classification], *, is_stable: bool
) -> str:
    if _is_sentence(text):
        return " ".join(text.split())
    spaced = _with_blanks(text)
    # Beyond repair, a text would change each time.
    if not (is_stable and spaced == text) and not _is_stable(spaced):
        return answer.title.strip()
    if spaced is answer.title:
        start = _before_noise(spaced, answer.words)
        if start:
            return start
    return _cleaned(spaced, answer, classify)


def _is_stable(text: str) -> bool:
    return is_clean(text) or clean_text(text).text == text


def _with_blanks(text: str) -> str:
    """Return text with blanks for underlines and around the dashes that lack one.

    The endings of other genders go first, for their signs are others' too: "Cocinero-a".
    """
    text = gender_marks().sub("", text)
    if " /" in text:
        text = _STATE.sub(_with_state, text)
    if "//" in text:
        text = _SLASHES.sub(" - ", text).strip()
    if "_" in text:
        text = " ".join(_LINE.sub("-", text).replace("_", " ").split())
    if text.count(" -") > text.count(" - ") or ")-" in text or ",-" in text:
        text = _LOOSE_DASH.sub(" - ", text)
    return _GLUED.sub(" ", text) if _REFERENCE.search(text) else text


def _with_state(found: re.Match[str]) -> str:
    is_sure = found[0][2] != " " or found.string.isupper()
    return f"/{found[1]}" if is_sure and is_state(found[1]) else found[0]


def _cleaned(text: str, answer: Classification, classify: Callable[[str], Classification]) -> str:
    words: Sequence[Token] = answer.words
    if not words or answer.title.rstrip() != text:
        words = default_tokenizer().tokenize(text)
    found = _settled(text, words, is_careful=False)
    if "(" in found and "(" not in text and find_noise(found):
        # A bracket of another kind is written as a round one, which would mark a gender: "M{A".
        return text
    if text.startswith(found) or not any(map(is_of_the_field, words)):
        return found
    if _is_same(classify(found), answer):
        return found
    # A classifier with titles of its own may have given the answer.
    answer = classify(text)
    for is_careful in (False, True):
        found = _settled(text, words, is_careful=is_careful)
        if _is_same(classify(found), answer):
            return found
    return text


def _is_same(answer: Classification, other: Classification) -> bool:
    return (answer.track, answer.level, answer.scope) == (other.track, other.level, other.scope)


def _is_fine(title: str, words: Sequence[Token]) -> bool:
    """Return whether a title is surely clean as it is; a quick check that half of all pass."""
    if not words:
        return False
    _, _, tags, _, languages, _, repaired = zip(*words, strict=True)
    if True in repaired or not _NOT_SPOKEN.isdisjoint(tags):
        return False
    pieces = title.split(" ")
    looks = reduce(or_, map(looks_of, pieces))
    written_otherwise = _TO_BE_WRITTEN | (SMALL if _ENGLISH.issuperset(languages) else 0)
    if looks & written_otherwise or title.isupper() or pieces[0].islower():
        return False
    if pieces[0] in _SIGNS or pieces[-1] in _SIGNS:
        return False
    return BREAK not in tags or _has_plain_marks(title, pieces, words)


def _before_noise(title: str, words: Sequence[Token]) -> str:
    """Return the title without the phrases of noise at its end, "" where more may be to be done."""
    tags = [token.tag for token in words]
    if _NOT_SPOKEN.isdisjoint(tags):
        return ""
    end = length = len(words)
    while BREAK in tags[:end]:
        at = end - 1 - tags[end - 1 :: -1].index(BREAK)
        mark = words[at]
        phrase = Phrase(title[mark.start], mark.end, 0, words[at + 1 : end], tags[at + 1 : end])
        if phrase.tags and not is_noise(phrase, title, places_stay=False):
            break
        end = at
    if end == length or not _NOT_SPOKEN.isdisjoint(tags[:end]):
        return ""
    kept = Phrase("", 0, 0, words[:end], tags[:end])
    if not has_subject(kept) or (Tag.PLACE in tags and keeps_places([kept])):
        return ""
    start = title[: words[end].start].rstrip()
    return start if _is_fine(start, kept.tokens) else ""


def _has_plain_marks(title: str, pieces: Sequence[str], words: Sequence[Token]) -> bool:
    """Return whether the dashes, commas and brackets of words stay as they are written."""
    if (words[0].tag in _IN_FRONT and "," in title) or has_words_of_noise_alone(words):
        return False
    cores = {piece.strip("(),") for piece in pieces if piece != "-"}
    if len(cores) + pieces.count("-") < len(pieces) or not title[0].isupper():
        return False
    if title[-1] == "," or any(pair in title for pair in _UNUSUAL):
        return False
    return title.count("(") == title.count(")")


def _is_sentence(text: str) -> bool:
    words = _LETTERS.findall(text.lower())
    return len(words) > MOST_WORDS_BEFORE_A_SENTENCE and not sentence_words().isdisjoint(words)


def _settled(text: str, tokens: Sequence[Token], *, is_careful: bool) -> str:
    """Return the text retyped until nothing changes: what noise kept apart may be noise itself."""
    given = text
    for _ in range(MAX_PASSES):
        kept = _without_repeats(_kept(text, tokens))
        turned = kept if is_careful else turn(kept)
        again = _written(turned, is_careful=is_careful) or text
        is_same = turned is kept and not _may_be_read_otherwise(kept, text, again)
        if again == text or is_same:
            break
        text = again
        tokens = default_tokenizer().tokenize(text)
    # A capital may make a letter look like one of another encoding.
    return again if again.isascii() or again == given or _is_stable(again) else given


def _may_be_read_otherwise(kept: Sequence[Kept], text: str, again: str) -> bool:
    """Return whether what is left of a text may be read in another way than in it."""
    if True in [phrase.is_new for phrase in kept] or _closes_a_gap(kept) or _is_odd(text):
        return True
    # The words at the start of the text were read as they are.
    return not text.startswith(again) and _LEFT_OVER.search(again) is not None


def _is_odd(text: str) -> bool:
    if text.lstrip()[:1] == "(" or text.count("(") != text.count(")") or _ODD.search(text):
        return True
    return "/" in text and _ODD_SLASH.search(text) is not None


def _closes_a_gap(kept: Sequence[Kept]) -> bool:
    """Return whether a phrase that is gone leaves no mark between those around it."""
    for gone, after in pairwise(kept):
        if not gone.words and after.words and after.mark in _BLANK_MARKS:
            return True
    return False


def _phrases(text: str, tokens: Sequence[Token], tags: Sequence[str]) -> list[Phrase]:
    """Return what is between the marks of a title, empty phrases too."""
    found: list[Phrase] = []
    first, start, mark = 0, 0, ""
    for _ in range(tags.count(BREAK)):
        at = tags.index(BREAK, first)
        token = tokens[at]
        found.append(Phrase(mark, start, token.start, tokens[first:at], tags[first:at]))
        first, start, mark = at + 1, token.end, text[token.start]
    found.append(Phrase(mark, start, len(text), tokens[first:], tags[first:]))
    return found


def _retagged(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """Return tokens with marks inside a word as no breaks, and states after towns as places."""
    tags = [token.tag for token in tokens]
    if Tag.PLACE in tags:
        tokens = with_states(tokens, text)
    if BREAK not in tags or not _TIED.search(text):
        return tokens
    inside = {at for found in _TIED.finditer(text) for at in range(found.start(), found.end())}
    return [
        token._replace(tag=SLASH) if token.tag == BREAK and token.start in inside else token
        for token in tokens
    ]


def _kept(text: str, tokens: Sequence[Token]) -> list[Kept]:
    """Return what stays of each phrase, nothing where all of it is noise."""
    tokens = _retagged(text, tokens)
    tags = [token.tag for token in tokens]
    phrases = _phrases(text, tokens, tags)
    has_repairs = True in map(_IS_REPAIRED, tokens)
    if _NOT_SPOKEN.isdisjoint(tags) or not any(map(has_subject, phrases)):
        return [_kept_of(phrase, text, _NONE, has_repairs) for phrase in phrases]
    places_stay = Tag.PLACE in tags and keeps_places(phrases)
    kept: list[Kept] = []
    for at, phrase in enumerate(phrases):
        dropped: AbstractSet[int] = _NONE
        is_gone = _goes_with_place(phrases[at - 1], phrase, text) if at else False
        if not is_gone and not _NOT_SPOKEN.isdisjoint(phrase.tags):
            is_gone = is_noise(phrase, text, places_stay=places_stay)
            if not is_gone:
                dropped = find_dropped(phrase, text, places_stay=places_stay)
        kept.append(
            Kept(phrase.mark, "", ()) if is_gone else _kept_of(phrase, text, dropped, has_repairs)
        )
    return kept


def _kept_of(phrase: Phrase, text: str, dropped: AbstractSet[int], has_repairs: bool) -> Kept:
    """Return what stays of a phrase without the dropped ones of its tokens."""
    mark, start, end, tokens, _ = phrase
    if dropped:
        tokens = [token for number, token in enumerate(tokens) if number not in dropped]
        rest = phrase._replace(tokens=tokens, tags=[token.tag for token in tokens])
        if _is_rest_of_place(tokens) or is_noise(rest, text, places_stay=False):
            return Kept(mark, "", ())
    if mark and (is_noise_alone(tokens) or (dropped and is_noise_alone(phrase.tokens))):
        return Kept(mark, "", ())
    written = text[start:end]
    pieces = written.split()
    looks = reduce(or_, map(looks_of, pieces), 0)
    is_repaired = has_repairs and True in map(_IS_REPAIRED, phrase.tokens)
    if not dropped and not is_repaired and not looks & GENDER:
        if looks & ODD or (pieces and not _JOINTS_OF_WORDS.isdisjoint((pieces[0], pieces[-1]))):
            words = _spaced(written)
            return Kept(mark, words, tokens, looks_in(words))
        return Kept(mark, " ".join(pieces), tokens, looks)
    words = _words(phrase, text, dropped)
    is_new = is_repaired or (bool(dropped) and _has_gap(dropped, len(phrase.tokens)))
    return Kept(mark, words, tokens, looks_in(words), is_new)


def _has_gap(dropped: AbstractSet[int], length: int) -> bool:
    """Return whether some of the positions up to a length are dropped between others."""
    kept = [at for at in range(length) if at not in dropped]
    return kept[-1] - kept[0] >= len(kept)


def _is_street(phrase: Phrase) -> bool:
    """Return whether a phrase after a town is a street and its number: "Krakowska 51"."""
    street, number = phrase.tags[:-1], phrase.tokens[-1].written
    return bool(street) and number.isdigit() and ROLES.isdisjoint(street)


def _is_part(token: Token) -> bool:
    return place_words().get(token.written) == "part"


def _is_rest_of_place(tokens: Sequence[Token]) -> bool:
    """Return whether words say which part of a place, which is gone, is meant: "North", "N."."""
    return all(
        token.tag in (Tag.LINK, Tag.FILLER) or len(token.written) == 1 or _is_part(token)
        for token in tokens
    )


def _goes_with_place(before: Phrase, phrase: Phrase, text: str) -> bool:
    """Return whether a phrase belongs to the town before it: "Austin, TX", "Leeds - North"."""
    if not phrase.tokens or before.tags[-1:] != [Tag.PLACE]:
        return False
    if phrase.mark == "-":
        return not has_subject(before) and all(map(_is_part, phrase.tokens))
    if phrase.mark == "," and _is_street(phrase) and not has_subject(before):
        return True
    token = phrase.tokens[0]
    letters = text[token.start : token.end]
    is_alone = phrase.mark == "," and len(phrase.tokens) == 1
    return is_alone and len(letters) == 2 and letters.isupper()  # noqa: PLR2004


_GENDER_INSIDE = re.compile(r"(?<=\w)[/*_:·(]-?[^\W\d_]+\)?(?!\S)")
_GENDER = re.compile(r"[/*_:·(]-?[^\W\d_]+\)?")


def _words(phrase: Phrase, text: str, dropped: AbstractSet[int]) -> str:
    """Return the words of a phrase that stay, with their spelling repaired."""
    pieces: list[str] = []
    at = phrase.start
    for number, token in enumerate(phrase.tokens):
        if token.start >= at:
            pieces += [_between(text[at : token.start]), _word(phrase, text, number, dropped)]
            at = token.end
    return _spaced("".join([*pieces, _between(text[at : phrase.end])]))


def _between(gap: str) -> str:
    """Return what is between two words without the ending of the other gender: "/in", "(e)"."""
    return gap if gap in ("", " ", "-") else _GENDER.sub("", gap)


def _word(phrase: Phrase, text: str, number: int, dropped: AbstractSet[int]) -> str:
    token = phrase.tokens[number]
    if number in dropped:
        return " "
    if token.tag == SLASH and _joins_titles(phrase.tokens, number):
        return JOINED_BY_SLASH
    written = text[token.start : token.end]
    if " " in token.written:
        written = _GENDER_INSIDE.sub("", written)
    return repaired_word(written, token) if token.is_repaired else written


def _joins_titles(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a slash is between two titles, not in a name such as "UX/UI"."""
    if not 0 < at < len(tokens) - 1:
        return False
    after = tokens[at + 1].tag
    return tokens[at - 1].tag in ROLES and (after in ROLES or after == Tag.SENIORITY)


_SLASHES = re.compile(r"\s*/(?:\s?/)+\s*")
_STATE = re.compile(r"(?<=[^\W\d_]{3}) / ?([A-Z]{2})(?=$| -)")
"""Where a state may follow its town: "RIO VERDE /GO"."""
_LOOSE_DASH = re.compile(r"(?<!/)\s-(?=[^\W_])|(?<=[),])-(?=[^\W_])")
_ODD = re.compile(r"[^\w ,()/&.':|+–—!%#@’*\[\]-]")
"""Signs that few titles have: what they leave behind is looked at again."""
_ODD_SLASH = re.compile(r"-/|/[.-]|/$")
_LEFT_OVER = re.compile(r"(?<!\S)[-?]\w|\w-\s|\?\w|\(\w\)|(?<!\w)\w/\w(?!\w)|^\d{1,2}\s")
"""What a title may look like where noise is gone of which a part is left."""
_REFERENCE = re.compile(r"\d{5}")
_GLUED = re.compile(r"(?<=[^\W\dA-Z_]{5})(?=\d{5})")
"""Where a reference follows a word without a blank: "Housekeeper25076763"."""
_NUMERALS = re.compile(r"(?!.$)[ivx]{1,5}(?:\s?[-–/&]\s?[ivx]{1,5})*", re.IGNORECASE)
"""Roman numerals, such as those of classes in brackets: "VI-VII"."""
_LINE = re.compile(r"(?<!\S)_+(?!\S)")
_PICTURE = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3]+")
_LONE_SIGN = re.compile(r"(?<!\S)[^\w\s&+/@]+(?!\S)")
_SPACED_SLASH = re.compile(r"\s+/\s*|\s*/\s+")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{5})\.$")
_DANGLING = re.compile(r"(?:\s[/&+@])+$|^(?:@\s)+|(?<=\w)[/&-]+$")


def _spaced(words: str) -> str:
    """Return words with single blanks, without signs that mean nothing."""
    if words.replace(" ", "").isalnum():
        return " ".join(words.split())
    if not words.isascii():
        words = _PICTURE.sub(" ", words)
    words = _LONE_SIGN.sub(" ", words)
    if "/" in words:
        words = _SPACED_SLASH.sub(JOINED_BY_SLASH, words)
    words = _FULL_STOP.sub("", " ".join(words.split()))
    words = _DANGLING.sub("", words).strip()
    return words if any(map(str.isalnum, words)) else ""


def _written(phrases: Sequence[Kept], *, is_careful: bool) -> str:
    """Return the title that is left of phrases."""
    text = " ".join([phrase.words for phrase in phrases if phrase.words])
    tokens = [token for phrase in phrases for token in phrase.tokens]
    if not _stays(text, phrases, tokens):
        style = style_of(text, tokens)
        first = next((at for at, phrase in enumerate(phrases) if phrase.words), 0)
        phrases = [
            _in_case(phrase, style, is_first=at == first) for at, phrase in enumerate(phrases)
        ]
    return join(phrases, is_careful=is_careful)


def _stays(text: str, phrases: Sequence[Kept], tokens: Sequence[Token]) -> bool:
    """Return whether the words of phrases are surely written as they should be."""
    looks = 0
    for phrase in phrases:
        looks |= phrase.looks
    if looks & _TO_BE_WRITTEN or text.isupper() or text[:1].islower():
        return False
    return not looks & SMALL or not is_surely_english(text, tokens)


def _in_case(phrase: Kept, style: Style, *, is_first: bool) -> Kept:
    if phrase.mark in OPEN and _NUMERALS.fullmatch(phrase.words):
        return phrase._replace(words=phrase.words.upper())
    if not phrase.looks and style.mode == "mixed" and (not is_first or phrase.words[0].isupper()):
        return phrase
    if style.mode == "shouted" and phrase.mark in OPEN and is_short_name(phrase.words):
        # Short names are short for the words before their brackets.
        return phrase
    goes_on = phrase.mark in CLOSE or (phrase.mark == "," and not style.is_titled)
    words = write_words(phrase.words.split(), style, is_first=is_first, goes_on=goes_on)
    return phrase._replace(words=" ".join(words))


def _without_repeats(kept: list[Kept]) -> list[Kept]:
    """Return the phrases without what was said before, and without signs in front of all."""
    seen: set[str] = set()
    for at, phrase in enumerate(kept):
        words = phrase.words
        if not words:
            continue
        if not seen and words[0] in _IN_FRONT_OF_ALL:
            words = words.lstrip("=@&+/ ")
            kept[at] = phrase._replace(words=words, looks=looks_in(words))
        small = words.casefold()
        if small in seen:
            kept[at] = phrase._replace(words="", looks=0)
        elif small:
            seen.add(small)
    return kept
