"""The clean title: a title as a careful person would retype it.

The tokens of the reading say what is noise and which words are misspelt; what is left is written
with its own words, in its own order. Only where it is sure, an inversion ("Manager, PMO") is undone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.clean_words import (
    inverted_roles,
    letter_case,
    place_words,
    sentence_words,
)
from pmo_classify.knowledge.lexicon import ENGLISH, Tag
from pmo_classify.reading.clean_noise import (
    Phrase,
    find_dropped,
    has_subject,
    is_noise,
    keeps_places,
)
from pmo_classify.reading.cleaning import clean_text
from pmo_classify.reading.interpreter import is_of_the_field
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.word_case import Style, mended, write_words
from pmo_classify.thresholds import (
    LONGEST_CLEAN_TITLE,
    MAX_PASSES,
    MOST_WORDS_BEFORE_A_SENTENCE,
)

__all__ = ["clean_title"]

_OPEN: Final = frozenset("([{")
_CLOSE: Final = frozenset(")]}")
_BARS: Final = frozenset("|;•·")
_JOINTS: Final = {",": ", ", ";": "; ", ":": ": ", **dict.fromkeys("\"“”«»", " ")}
_DASH: Final = " - "
_SLASH: Final = " / "
_ROLES: Final = frozenset({Tag.ROLE, Tag.TRADE, Tag.LEARNER})
_NO_SUBJECT: Final = frozenset(
    {Tag.UNKNOWN, Tag.ACRONYM, Tag.LINK, Tag.TRADE, Tag.LEARNER, Tag.ROLE, Tag.SENIORITY, SLASH}
)
"""Tags of words that leave it unsure what a role after them would be."""
_LONGEST_SUBJECT: Final = 4


class _Kept(NamedTuple):
    """What stays of a phrase: its mark, its words, and their tokens."""

    mark: str
    words: str
    tokens: Sequence[Token]


def clean_title(title: str, words: Sequence[Token], answer_of: Callable[[str], object]) -> str:
    """Return a title as a careful person would retype it.

    ``words`` are the tokens of the title. ``answer_of`` reads a text: a clean title that would be
    read to another answer than the title is not used. A text that is no title, such as a
    sentence, comes back with its blanks put right, and one that is too long trimmed.
    """
    clean = clean_text(title)
    text = clean.text
    if clean.was_cut or clean.is_blank or len(text) > LONGEST_CLEAN_TITLE:
        return title.strip()
    if _is_sentence(text):
        return text
    if "_" in text:
        text = " ".join(text.replace("_", " ").split())
    tokens = words if words and title.startswith(text) else default_tokenizer().tokenize(text)
    found = _settled(text, tokens, is_careful=False)
    if found != text and any(map(is_of_the_field, tokens)):
        answer = answer_of(text)
        if answer_of(found) != answer:
            found = _settled(text, tokens, is_careful=True)
            return found if answer_of(found) == answer else text
    return found


def _is_sentence(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) > MOST_WORDS_BEFORE_A_SENTENCE and not sentence_words().isdisjoint(words)


def _settled(text: str, tokens: Sequence[Token], *, is_careful: bool) -> str:
    """Return the text retyped until nothing changes: what noise kept apart may be noise itself."""
    for _ in range(MAX_PASSES):
        again = _retyped(text, tokens, is_careful=is_careful)
        if again == text:
            break
        text = again
        tokens = default_tokenizer().tokenize(text)
    return text


def _retyped(text: str, tokens: Sequence[Token], *, is_careful: bool) -> str:
    kept = list(_kept(list(_phrases(text, tokens)), text))
    style = _style([phrase.words for phrase in kept], tokens)
    if not is_careful:
        kept = _turned(kept)
    written = [
        phrase._replace(words=_written(phrase, style, is_first=not at))
        for at, phrase in enumerate(_without_repeats(kept))
    ]
    return _joined(written, is_careful=is_careful) or text


def _phrases(text: str, tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Yield what stands between the marks of a title, empty phrases too."""
    first, start, mark = 0, 0, ""
    for at, token in enumerate(tokens):
        if token.tag == BREAK:
            yield Phrase(mark, start, token.start, tokens[first:at])
            first, start, mark = at + 1, token.end, text[token.start]
    yield Phrase(mark, start, len(text), tokens[first:])


def _kept(phrases: Sequence[Phrase], text: str) -> Iterator[_Kept]:
    """Yield what stays of each phrase, nothing where all of it is noise."""
    is_about_something = any(map(has_subject, phrases))
    places_stay = keeps_places(phrases)
    for at, phrase in enumerate(phrases):
        dropped: set[int] = set()
        if is_about_something:
            if is_noise(phrase, places_stay=places_stay) or _is_state(phrases, at, text):
                yield _Kept(phrase.mark, "", ())
                continue
            dropped = find_dropped(phrase, text, places_stay=places_stay)
        tokens = [token for number, token in enumerate(phrase.tokens) if number not in dropped]
        words = "" if dropped and _is_rest_of_place(tokens) else _words(phrase, text, dropped)
        yield _Kept(phrase.mark, words, tokens)


def _is_rest_of_place(tokens: Sequence[Token]) -> bool:
    """Return whether words say which part of a place, which is gone, is meant: "North", "N."."""
    return all(
        len(token.written) == 1 or place_words().get(token.written) == "part" for token in tokens
    )


def _is_state(phrases: Sequence[Phrase], at: int, text: str) -> bool:
    """Return whether a phrase is the two letters of a state after its town: "Austin, TX"."""
    phrase = phrases[at]
    if at == 0 or phrase.mark != "," or len(phrase.tokens) != 1:
        return False
    (token,) = phrase.tokens
    letters = text[token.start : token.end]
    before = phrases[at - 1].tokens
    is_state = len(letters) == 2 and letters.isupper()  # noqa: PLR2004
    return is_state and bool(before) and before[-1].tag == Tag.PLACE


_GENDER = re.compile(r"[/*_:·(]-?[^\W\d_]+\)?")


def _words(phrase: Phrase, text: str, dropped: set[int]) -> str:
    """Return the words of a phrase that stay, with their spelling repaired."""
    pieces: list[str] = []
    at = phrase.start
    for number, token in enumerate(phrase.tokens):
        if token.start < at:
            continue
        # Between words are blanks, signs, and the ending of the other gender.
        pieces.append(_GENDER.sub("", text[at : token.start]))
        written = text[token.start : token.end]
        if number in dropped:
            written = " "
        elif token.tag == SLASH and _joins_titles(phrase.tokens, number):
            written = _SLASH
        elif token.is_repaired:
            written = mended(written, token)
        pieces.append(written)
        at = token.end
    pieces.append(_GENDER.sub("", text[at : phrase.end]))
    return _spaced("".join(pieces))


def _joins_titles(tokens: Sequence[Token], at: int) -> bool:
    sides = tokens[max(at - 1, 0) : at] + tokens[at + 1 : at + 2]
    return len(sides) == 2 and all(token.tag in _ROLES for token in sides)  # noqa: PLR2004


_PICTURE = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3]+")
_LONE_SIGN = re.compile(r"(?<!\S)[^\w\s&+/@]+(?!\S)")
_SPACED_SLASH = re.compile(r"\s+/\s*|\s*/\s+")
_DANGLING = re.compile(r"(?:\s[/&+@])+$|^(?:[/@]\s)+|^/+(?=\w)|(?<=\w)[/&]+$")


def _spaced(words: str) -> str:
    """Return words with single blanks, without signs that stand for nothing."""
    words = words.strip()
    if words.isalnum():
        return words
    if not words.isascii():
        words = _PICTURE.sub(" ", words)
    words = _SPACED_SLASH.sub(_SLASH, _LONE_SIGN.sub(" ", words))
    return _DANGLING.sub("", " ".join(words.split())).strip()


def _style(kept: Sequence[str], tokens: Sequence[Token]) -> Style:
    text = " ".join(kept)
    languages = Counter(
        token.language
        for token in tokens
        if token.language and token.tag not in (Tag.NOISE, Tag.PLACE)
    )
    is_plain = text.isascii()
    language = ENGLISH if is_plain else ""
    if languages:
        # English words are in titles of all languages, accents in few English ones.
        language = max(languages, key=lambda code: (languages[code], (code == ENGLISH) == is_plain))
    mode = "shouted" if text.isupper() else "small" if text.islower() else "mixed"
    if mode == "mixed":
        is_titled = is_plain and language == ENGLISH == "".join(languages)
        return Style(mode, language, is_titled)
    return Style(mode, language, letter_case(language) != "sentence")


def _written(phrase: _Kept, style: Style, *, is_first: bool) -> str:
    goes_on = phrase.mark in _CLOSE
    words = phrase.words.split()
    return " ".join(write_words(words, style, is_first=is_first, goes_on=goes_on))


def _without_repeats(kept: Sequence[_Kept]) -> Iterator[_Kept]:
    seen: set[str] = set()
    for phrase in kept:
        small = phrase.words.casefold()
        yield phrase._replace(words="") if small in seen else phrase
        seen.add(small)


def _turned(kept: list[_Kept]) -> list[_Kept]:
    """Return "Manager, PMO" as "PMO Manager", where the words leave no doubt."""
    phrases = [phrase for phrase in kept if phrase.words]
    role, *subjects = phrases
    if not subjects or any(phrase.mark != "," for phrase in subjects):
        return kept
    if not _is_role(role.tokens) or not all(_is_subject(s.tokens) for s in subjects):
        return kept
    if len(subjects) > 1 and any(len(subject.tokens) > 1 for subject in subjects):
        return kept
    words = " ".join(phrase.words for phrase in reversed(phrases))
    if len(role.tokens) > 1:
        # A rank stays in front.
        rank, name = role.words.split(maxsplit=1)
        words = " ".join([rank, *(s.words for s in reversed(subjects)), name])
    return [_Kept("", words, [token for p in reversed(phrases) for token in p.tokens])]


def _is_role(tokens: Sequence[Token]) -> bool:
    if len(tokens) == 2 and tokens[0].meaning in ("senior", "junior"):  # noqa: PLR2004
        tokens = tokens[1:]
    if len(tokens) != 1 or tokens[0].language not in (ENGLISH, ""):
        return False
    return tokens[0].tag == Tag.ROLE and tokens[0].meaning in inverted_roles()


def _is_subject(tokens: Sequence[Token]) -> bool:
    if not 0 < len(tokens) <= _LONGEST_SUBJECT:
        return False
    if len(tokens) == 1 and tokens[0].meaning == "support":
        return True
    return all(
        token.tag not in _NO_SUBJECT and token.language in (ENGLISH, "") for token in tokens
    )


def _joined(phrases: Sequence[_Kept], *, is_careful: bool) -> str:
    """Return phrases joined by their marks, without those of phrases that are gone."""
    are_titles = not is_careful and all(
        any(token.tag in _ROLES for token in phrase.tokens) for phrase in phrases if phrase.words
    )
    result = joint = ""
    is_opening = is_open = False
    for mark, words, _ in phrases:
        if mark in _OPEN:
            is_opening = True
        elif mark in _CLOSE:
            result, joint = (f"{result})", " ") if is_open else (result, joint)
            is_open = is_opening = False
        elif mark:
            joint = _stronger(joint, _joint(mark, are_titles=are_titles, is_careful=is_careful))
        if not words:
            continue
        if result and is_opening and not is_open:
            result += f" ({words}"
            is_open = True
        else:
            result += f"{joint or ' '}{words}" if result else words.lstrip("&+/ ")
        is_opening, joint = False, ""
    return f"{result})" if is_open else result


def _joint(mark: str, *, are_titles: bool, is_careful: bool) -> str:
    if mark in _BARS and are_titles:
        return _SLASH
    if mark == "|" and is_careful:
        return " | "
    return _JOINTS.get(mark, _DASH)


def _stronger(joint: str, other: str) -> str:
    """Return which of two joints in a row stands for both."""
    return other if joint in ("", " ") or other == _DASH else joint
