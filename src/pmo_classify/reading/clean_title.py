"""The clean title: a title as a careful person would retype it.

The tokens of the reading say what is noise and which words are misspelt; what is left is written
with its own words, in its own order. Only where it is sure, an inversion ("Manager, PMO") is
undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, repeat
from typing import Final, NamedTuple

from pmo_classify.classification import Classification, Token
from pmo_classify.knowledge.clean_words import (
    inverted_roles,
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
from pmo_classify.reading.cleaning import clean_text, is_clean
from pmo_classify.reading.interpreter import is_of_the_field
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.title_style import Style, style_of
from pmo_classify.reading.tokenizer import default_tokenizer
from pmo_classify.reading.word_case import is_plain, mended, write_words
from pmo_classify.thresholds import (
    LONGEST_CLEAN_TITLE,
    MAX_PASSES,
    MOST_WORDS_BEFORE_A_SENTENCE,
)

__all__ = ["clean_title"]

_DECIMAL = re.compile(r"\d,\d")
_OPEN: Final = frozenset("([{")
_CLOSE: Final = frozenset(")]}")
_BARS: Final = frozenset("|;•·")
_JOINTS: Final = {",": ", ", ";": "; ", ":": ": ", **dict.fromkeys('"“”«»', " ")}
_BLANK_MARKS: Final = frozenset(')]}"“”«»')
_DASH: Final = " - "
_SLASH: Final = " / "
_ROLES: Final = frozenset({Tag.ROLE, Tag.TRADE, Tag.LEARNER})
_NO_SUBJECT: Final = frozenset(
    {Tag.UNKNOWN, Tag.ACRONYM, Tag.LINK, Tag.TRADE, Tag.LEARNER, Tag.ROLE, Tag.SENIORITY, SLASH}
)
"""Tags of words that leave it unsure what a role after them would be."""
_NOT_SPOKEN: Final = frozenset({Tag.NOISE, Tag.PLACE})
_TO_BE_CHECKED: Final = frozenset({Tag.NOISE, Tag.PLACE})
_SIGNS: Final = frozenset({"-", "&", "/"})
_IN_FRONT: Final = frozenset({Tag.ROLE, Tag.SENIORITY})
_UNUSUAL: Final = ("- &", "& -", "- (", ", (", "& (", "- -", "/ -", "- /", "/ (", ", /", ") /")
_ENGLISH: Final = frozenset({ENGLISH, ""})
_LONGEST_SUBJECT: Final = 4


class _Kept(NamedTuple):
    """What stays of a phrase: its mark, its words, and their tokens.

    ``is_new`` says that words are side by side that were not before, or are spelt otherwise.
    """

    mark: str
    words: str
    tokens: Sequence[Token]
    is_new: bool = False


def clean_title(answer: Classification, classify: Callable[[str], Classification]) -> str:
    """Return the title of an answer as a careful person would retype it.

    ``classify`` reads a text: a clean title that would be read to another answer is not used. A
    text that is no title, such as a sentence, comes back with its blanks put right, and one that is
    too long trimmed, to the 1,000 characters that are read.
    """
    title = answer.title
    if len(title) <= LONGEST_CLEAN_TITLE and _is_fine(title, answer.words):
        return title
    clean = clean_text(title)
    if clean.was_cut or clean.is_blank or len(clean.text) > LONGEST_CLEAN_TITLE:
        return clean.text if clean.was_cut else title.strip()
    if _is_sentence(clean.text):
        return clean.text
    text = _with_blanks(clean.text)
    # Beyond repair, a text would change each time.
    return _cleaned(text, answer, classify) if _is_stable(text) else title.strip()


def _is_stable(text: str) -> bool:
    return is_clean(text) or clean_text(text).text == text


def _with_blanks(text: str) -> str:
    """Return text with blanks for underlines, and around the dashes that lack one."""
    if "//" in text:
        text = _SLASHES.sub(" - ", text).strip()
    if "_" in text:
        text = " ".join(_LINE.sub("-", text).replace("_", " ").split())
    return _LOOSE_DASH.sub(" - ", text) if "-" in text else text


def _cleaned(text: str, answer: Classification, classify: Callable[[str], Classification]) -> str:
    words: Sequence[Token] = answer.words
    if not words or not answer.title.startswith(text):
        words = default_tokenizer().tokenize(text)
    found = _settled(text, words, is_careful=False)
    if found == text or not any(map(is_of_the_field, words)) or _is_same(classify(found), answer):
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
    is_foreign = has_breaks = False
    for token in words:
        tag = token.tag
        if tag in _TO_BE_CHECKED or token.is_repaired:
            return False
        has_breaks = has_breaks or tag == BREAK
        is_foreign = is_foreign or token.language not in _ENGLISH
    pieces = title.split(" ")
    if not all(map(is_plain, pieces, repeat(is_foreign))) or title.isupper() or not words:
        return False
    if pieces[0] in _SIGNS or pieces[-1] in _SIGNS or pieces[0].islower():
        return False
    if not has_breaks:
        return True
    return not (words[0].tag in _IN_FRONT and "," in title) and _has_plain_marks(title, pieces)


def _has_plain_marks(title: str, pieces: Sequence[str]) -> bool:
    """Return whether the dashes, commas and brackets of words stay as they are written."""
    cores = {piece.strip("(),") for piece in pieces if piece != "-"}
    if len(cores) + pieces.count("-") < len(pieces) or not title[0].isupper():
        return False
    if title[-1] == "," or any(pair in title for pair in _UNUSUAL):
        return False
    return title.count("(") == title.count(")")


def _is_sentence(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) > MOST_WORDS_BEFORE_A_SENTENCE and not sentence_words().isdisjoint(words)


def _settled(text: str, tokens: Sequence[Token], *, is_careful: bool) -> str:
    """Return the text retyped until nothing changes: what noise kept apart may be noise itself."""
    given = text
    for _ in range(MAX_PASSES):
        kept = list(_without_repeats(_kept(list(_phrases(text, tokens)), text)))
        turned = kept if is_careful else _turned(kept)
        again = _written(turned, tokens, is_careful=is_careful) or text
        is_done = again == text or (turned is kept and not _may_be_read_otherwise(kept, text))
        if is_done:
            break
        text = again
        tokens = default_tokenizer().tokenize(text)
    # A capital may make a letter look like one of another encoding.
    return again if again.isascii() or _is_stable(again) else given


def _may_be_read_otherwise(kept: Sequence[_Kept], text: str) -> bool:
    """Return whether what is left of a text may be read in another way than in it."""
    return any(phrase.is_new for phrase in kept) or _closes_a_gap(kept) or _is_odd(text)


def _is_odd(text: str) -> bool:
    return text.count("(") != text.count(")") or _ODD.search(text) is not None


def _closes_a_gap(kept: Sequence[_Kept]) -> bool:
    """Return whether a phrase that is gone leaves no mark between those around it."""
    return any(
        not gone.words and after.words and after.mark in _BLANK_MARKS
        for gone, after in pairwise(kept)
    )


def _phrases(text: str, tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Yield what is between the marks of a title, empty phrases too."""
    first, start, mark = 0, 0, ""
    for at, token in enumerate(tokens):
        if token.tag == BREAK and not _DECIMAL.match(text, max(token.start - 1, 0)):
            yield Phrase(mark, start, token.start, tokens[first:at])
            first, start, mark = at + 1, token.end, text[token.start]
    yield Phrase(mark, start, len(text), tokens[first:])


def _kept(phrases: Sequence[Phrase], text: str) -> Iterator[_Kept]:
    """Yield what stays of each phrase, nothing where all of it is noise."""
    is_about_something = any(map(has_subject, phrases))
    places_stay = keeps_places(phrases)
    has_noise = any(token.tag in _NOT_SPOKEN for p in phrases for token in p.tokens)
    for at, phrase in enumerate(phrases):
        dropped: set[int] = set()
        if has_noise and is_about_something:
            if is_noise(phrase, text, places_stay=places_stay) or _is_state(phrases, at, text):
                yield _Kept(phrase.mark, "", ())
                continue
            dropped = find_dropped(phrase, text, places_stay=places_stay)
        tokens = [token for number, token in enumerate(phrase.tokens) if number not in dropped]
        if dropped and _is_rest_of_place(tokens):
            yield _Kept(phrase.mark, "", ())
            continue
        is_new = bool(dropped) and min(dropped) < len(tokens)
        is_new = is_new or any(token.is_repaired for token in tokens)
        yield _Kept(phrase.mark, _words(phrase, text, dropped), tokens, is_new)


def _is_rest_of_place(tokens: Sequence[Token]) -> bool:
    """Return whether words say which part of a place, which is gone, is meant: "North", "N."."""
    return all(
        token.tag in (Tag.LINK, Tag.FILLER)
        or len(token.written) == 1
        or place_words().get(token.written) == "part"
        for token in tokens
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


_GENDER_INSIDE = re.compile(r"(?<=\w)[/*_:·(]-?[^\W\d_]+\)?(?!\S)")
_GENDER_SIGNS: Final = frozenset("/*_:·(")
_GENDER = re.compile(r"[/*_:·(]-?[^\W\d_]+\)?")


def _words(phrase: Phrase, text: str, dropped: set[int]) -> str:
    """Return the words of a phrase that stay, with their spelling repaired."""
    written = text[phrase.start : phrase.end]
    has_signs = not _GENDER_SIGNS.isdisjoint(written)
    if not dropped and not has_signs and not any(token.is_repaired for token in phrase.tokens):
        return _spaced(written)
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


def _word(phrase: Phrase, text: str, number: int, dropped: set[int]) -> str:
    token = phrase.tokens[number]
    if number in dropped:
        return " "
    if token.tag == SLASH and _joins_titles(phrase.tokens, number):
        return _SLASH
    written = text[token.start : token.end]
    if " " in token.written:
        written = _GENDER_INSIDE.sub("", written)
    return mended(written, token) if token.is_repaired else written


def _joins_titles(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a slash is between two titles, not in a name such as "UX/UI"."""
    if not 0 < at < len(tokens) - 1:
        return False
    after = tokens[at + 1].tag
    return tokens[at - 1].tag in _ROLES and (after in _ROLES or after == Tag.SENIORITY)


_SLASHES = re.compile(r"\s*/(?:\s?/)+\s*")
_LOOSE_DASH = re.compile(r"(?<!/)\s-(?=[^\W_])|(?<=[),])-(?=[^\W_])")
_ODD = re.compile(r"[^\w ,()/&.':|+–-]|\w\(|^\(|-/|/-|/$|/\.")
"""Signs that few titles have: what they leave behind is looked at again."""
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
        words = _SPACED_SLASH.sub(_SLASH, words)
    words = _FULL_STOP.sub("", " ".join(words.split()))
    words = _DANGLING.sub("", words).strip()
    return words if any(map(str.isalnum, words)) else ""


def _written(phrases: Sequence[_Kept], tokens: Sequence[Token], *, is_careful: bool) -> str:
    """Return the title that is left of phrases; ``tokens`` are those of the title as it was."""
    style = style_of(" ".join([phrase.words for phrase in phrases]), tokens)
    first = next((at for at, phrase in enumerate(phrases) if phrase.words), 0)
    written = [
        phrase._replace(words=_in_case(phrase, style, is_first=at == first))
        for at, phrase in enumerate(phrases)
    ]
    return _joined(written, is_careful=is_careful)


def _in_case(phrase: _Kept, style: Style, *, is_first: bool) -> str:
    if not phrase.words:
        return ""
    goes_on = phrase.mark in _CLOSE or (phrase.mark == "," and not style.is_titled)
    return " ".join(write_words(phrase.words.split(" "), style, is_first=is_first, goes_on=goes_on))


def _without_repeats(kept: Iterable[_Kept]) -> Iterator[_Kept]:
    """Yield the phrases without what was said before, and without signs in front of all."""
    seen: set[str] = set()
    for phrase in kept:
        words = phrase.words if seen else phrase.words.lstrip("=@&+/ ")
        small = words.casefold()
        yield phrase._replace(words="" if small in seen else words)
        seen.update([small] if small else [])


def _turned(kept: list[_Kept]) -> list[_Kept]:
    """Return "Manager, PMO" as "PMO Manager", where the words leave no doubt."""
    phrases = [phrase for phrase in kept if phrase.words]
    role, *subjects = phrases or [_Kept("", "", ())]
    if not subjects or any(phrase.mark != "," for phrase in subjects):
        return kept
    # "Executive Director" is better left where it is.
    is_role = _is_role(role.tokens) and len(role.words.split()) == len(role.tokens)
    if not is_role or not all(_is_subject(s.tokens) for s in subjects):
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
    if len(tokens) != 1 or tokens[0].language not in _ENGLISH:
        return False
    return tokens[0].tag == Tag.ROLE and tokens[0].meaning in inverted_roles()


def _is_subject(tokens: Sequence[Token]) -> bool:
    if not 0 < len(tokens) <= _LONGEST_SUBJECT:
        return False
    if len(tokens) == 1 and tokens[0].meaning == "support":
        return True
    return all(token.tag not in _NO_SUBJECT and token.language in (ENGLISH, "") for token in tokens)


def _joined(phrases: Sequence[_Kept], *, is_careful: bool) -> str:
    """Return phrases joined by their marks, without those of phrases that are gone."""
    are_titles = not is_careful and all(
        any(token.tag in _ROLES for token in phrase.tokens) for phrase in phrases if phrase.words
    )
    result = joint = ""
    is_opening = is_open = False
    for mark, words, *_ in phrases:
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
            # After a bracket a slash goes on: "Cook (m/f) / Chef".
            rest = words.lstrip("/ ")
            words_on = f"/ {rest}" if joint == " " and words[0] == "/" else rest
            result += f"{joint or ' '}{words_on}" if result else words
        is_opening, joint = False, ""
    return f"{result})" if is_open else result


def _joint(mark: str, *, are_titles: bool, is_careful: bool) -> str:
    if mark in _BARS and are_titles:
        return _SLASH
    if mark == "|" and is_careful:
        return " | "
    return _JOINTS.get(mark, _DASH)


def _stronger(joint: str, other: str) -> str:
    """Return which of two joints in a row to keep."""
    return other if joint in ("", " ") or other == _DASH else joint
