"""The kept phrases of a title, put in order and joined.

Only where it is sure, an inversion ("Manager, PMO") is undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.clean_titles.word_looks import looks_in
from pmo_classify.knowledge.clean_words import inverted_roles, inverted_subjects
from pmo_classify.knowledge.lexicon import ENGLISH, Tag, default_lexicon
from pmo_classify.reading.lexer import SLASH

__all__ = ["CLOSE", "JOINED_BY_SLASH", "OPEN", "ROLES", "Kept", "join", "turn"]

OPEN: Final = frozenset("([{")
CLOSE: Final = frozenset(")]}")
_BARS: Final = frozenset("|;•·")
_BETWEEN_TITLES: Final = _BARS | {"", ","}
_JOINTS: Final = {",": ", ", ";": "; ", ":": ": ", **dict.fromkeys('"“”„«»', " ")}
_LINKS: Final = ("at ", "bei ", "bij ", "chez ", "for ", "hos ", "in ", "of ", "presso ", "with ")
"""Words that need no dash before them."""
_DASH: Final = " - "
JOINED_BY_SLASH: Final = " / "
ROLES: Final = frozenset({Tag.ROLE, Tag.TRADE, Tag.LEARNER})
_WORKERS: Final = ROLES - {Tag.LEARNER}
_NO_SUBJECT: Final = frozenset(
    {Tag.ACRONYM, Tag.LINK, Tag.TRADE, Tag.LEARNER, Tag.ROLE, Tag.SENIORITY, SLASH}
)
"""Tags of words after which it is unclear what a role belongs to."""
_FIELDS: Final = frozenset(
    {
        Tag.CONTEXT,
        Tag.DEVELOPMENT,
        Tag.FIELD,
        Tag.FINANCE,
        Tag.FUNCTION,
        Tag.OFFICE_FUNCTION,
        Tag.PEOPLE,
        Tag.TECHNICAL,
    }
)
"""Tags of words that show that an unknown one beside them is of the same subject."""
_BESIDE_A_ROLE: Final = ROLES | {Tag.LINK, Tag.SENIORITY, Tag.FILLER, Tag.JOIN}
_ENGLISH: Final = frozenset({ENGLISH, ""})
_RANKS: Final = frozenset({"senior", "junior"})
_LAST_RANKS: Final = _RANKS | {"lead"}
"""Ranks that may follow their title after a comma: "Payroll Clerk, Senior"."""
_BEFORE_ROLES: Final = _RANKS | {"support"}
"""Words that a role may have before it: "Support Technician, IT"."""
_LONGEST_SUBJECT: Final = 4
_LETTERS_OF_A_STEM: Final = 5


class Kept(NamedTuple):
    """The kept part of a phrase: its mark, its words and their tokens.

    ``looks`` is what in the words may be written otherwise; ``is_new`` says that words are side by
    side that were not before, or are spelt otherwise.
    """

    mark: str
    words: str
    tokens: Sequence[Token]
    looks: int = 0
    is_new: bool = False


def turn(kept: list[Kept]) -> list[Kept]:
    """Return "Manager, PMO" as "PMO Manager", where the words leave no doubt.

    Brackets stay at the end: "Engineer, Quality (Nights)".
    """
    marks = [phrase.mark for phrase in kept]
    if "," not in marks:
        return kept
    end = next((at for at, mark in enumerate(marks) if at and mark in OPEN), len(kept))
    turned = _turned([phrase for phrase in kept[:end] if phrase.words])
    return [turned, *kept[end:]] if turned else kept


def _turned(phrases: Sequence[Kept]) -> Kept | None:
    """Return a role and its subjects as one phrase, the role last, or ``None`` if not sure."""
    role, *subjects = phrases or [Kept("", "", ())]
    if not subjects or any(phrase.mark != "," for phrase in subjects):
        return None
    if len(subjects) == 1 and _is_rank_of(subjects[0].tokens, role.tokens):
        words = f"{subjects[0].words} {role.words}"
        return Kept("", words, [*subjects[0].tokens, *role.tokens], looks_in(words.split()))
    # "Executive Director" is better left where it is.
    is_role = _is_role(role.tokens) and len(role.words.split()) == len(role.tokens)
    if not is_role or not all(_is_subject(s.tokens, role.tokens[-1]) for s in subjects):
        return None
    if len(subjects) > 1 and any(len(subject.tokens) > 1 for subject in subjects):
        return None
    words = " ".join(phrase.words for phrase in reversed(phrases))
    if len(role.tokens) > 1 and role.tokens[0].meaning in _RANKS:
        # A rank stays first.
        rank, name = role.words.split(maxsplit=1)
        words = " ".join([rank, *(s.words for s in reversed(subjects)), name])
    tokens = [token for phrase in reversed(phrases) for token in phrase.tokens]
    return Kept("", words, tokens, looks_in(words.split()))


def _is_rank_of(tokens: Sequence[Token], title: Sequence[Token]) -> bool:
    """Return whether words are the rank of the title before them: "Payroll Clerk, Senior"."""
    if len(tokens) != 1 or tokens[0].written not in _LAST_RANKS:
        return False
    last = title[-1]
    # The last word of a name may be a role: "Technical Writer".
    word = default_lexicon().get(last.written.rpartition(" ")[2])
    is_role = last.tag in ROLES or (word is not None and word.tag in ROLES)
    has_rank = any(token.tag == Tag.SENIORITY for token in title)
    return is_role and last.language in _ENGLISH and not has_rank


def _is_role(tokens: Sequence[Token]) -> bool:
    if len(tokens) == 2 and tokens[0].meaning in _BEFORE_ROLES:  # noqa: PLR2004
        tokens = tokens[1:]
    if len(tokens) != 1 or tokens[0].language not in _ENGLISH:
        return False
    return tokens[0].tag in ROLES and tokens[0].meaning in inverted_roles()


def _is_subject(tokens: Sequence[Token], role: Token) -> bool:
    """Return whether words may go before a role; "Management Manager" is better left as it was."""
    if not 0 < len(tokens) <= _LONGEST_SUBJECT:
        return False
    if len(tokens) == 1 and tokens[0].meaning == "support":
        return True
    subjects = inverted_subjects()
    others = [token for token in tokens if token.written not in subjects]
    if " ".join([token.written for token in tokens]) in subjects:
        others = []
    # "Web" in "Web Development" is no name, "Zorba" may be one.
    unknown = [token for token in others if token.tag == Tag.UNKNOWN]
    if len(unknown) > 1 or (unknown and not any(token.tag in _FIELDS for token in tokens)):
        return False
    stem = role.written[:_LETTERS_OF_A_STEM]
    # "Teacher, Year 6"
    if any(token.written.startswith(stem) or token.written.isdigit() for token in tokens):
        return False
    return not any(token.tag in _NO_SUBJECT or token.language not in _ENGLISH for token in others)


def join(phrases: Sequence[Kept], *, is_careful: bool) -> str:
    """Return phrases joined by their marks, without the marks of removed phrases."""
    result = joint = before = ""
    is_opening = is_open = False
    for mark, words, *_ in phrases:
        if mark in OPEN:
            is_opening, before = True, joint
        elif mark in CLOSE:
            # What is removed together with its brackets leaves no mark.
            result, joint = (f"{result})", " ") if is_open else (result, before)
            is_open = is_opening = False
        elif mark:
            joint = _stronger(joint, _joint(mark, phrases, is_careful=is_careful))
        if not words:
            continue
        if is_opening and not is_open:
            words_in = words.lstrip("/ ")
            result += f" ({words_in}" if result else f"({words_in}"
            is_open = True
        else:
            # A slash may follow a bracket: "Cook (m/f) / Chef".
            rest = words.lstrip("/ ")
            words_on = f"/ {rest}" if _goes_on(words, joint, result) else rest
            if joint == _DASH and rest.startswith(_LINKS):
                # "Buyer - for Fashion"
                joint = " "
            result += f"{joint or ' '}{words_on}" if result else words
        is_opening, joint = False, ""
    if is_open:
        result = f"{result})"
    return result[1:-1] if _is_in_brackets(result) else result


def _is_in_brackets(text: str) -> bool:
    """Return whether all of a text is in one pair of brackets, which are then not needed."""
    return text[:1] == "(" and text.find(")") == len(text) - 1


def _goes_on(words: str, joint: str, result: str) -> bool:
    """Return whether the slash before some words follows another title and its brackets."""
    return joint == " " and words[0] == "/" and not _is_in_brackets(result)


def _joint(mark: str, phrases: Sequence[Kept], *, is_careful: bool) -> str:
    if mark in _BARS and not is_careful and all(map(_is_title, _without_brackets(phrases))):
        return JOINED_BY_SLASH
    if mark == "," and not is_careful and _is_list_of_titles(phrases):
        return JOINED_BY_SLASH
    if mark == "|" and is_careful:
        return " | "
    return _JOINTS.get(mark, _DASH)


def _is_list_of_titles(phrases: Sequence[Kept]) -> bool:
    """Return whether commas join titles: "Pastry Chef, Sous Chef", "Baker, Cook, Waiter".

    Only three or more, or two in English with the same role, are surely titles, for a group of
    people may follow a title: "Policy Officer, Young Workers".
    """
    kept = [phrase for phrase in phrases if phrase.words]
    if len(kept) == 1 or any(phrase.mark not in _BETWEEN_TITLES for phrase in phrases):
        return False
    roles = {phrase.words.rpartition(" ")[2].lower() for phrase in kept}
    if len(kept) > 2:  # noqa: PLR2004
        # "Senior Officer, Baker, Night Officer" may be an inversion.
        return not _is_role(kept[0].tokens) and all(map(_is_simple_title, kept))
    return len(roles) == 1 and all(map(_is_whole_title, kept))


def _is_simple_title(phrase: Kept) -> bool:
    """Return whether a phrase starts or ends with a role, with no slash in it."""
    tags = [token.tag for token in phrase.tokens]
    return not ROLES.isdisjoint((tags[0], tags[-1])) and SLASH not in tags


def _is_whole_title(phrase: Kept) -> bool:
    """Return whether a phrase has a subject, then a role as its last word."""
    *before, role = phrase.tokens
    tags = [token.tag for token in before]
    has_subject = " " in role.written or not _BESIDE_A_ROLE.issuperset(tags)
    languages = {token.language for token in phrase.tokens}
    is_english = ENGLISH in languages and _ENGLISH.issuperset(languages)
    return is_english and role.tag in ROLES and has_subject and SLASH not in tags


def _without_brackets(phrases: Sequence[Kept]) -> Sequence[Kept]:
    """Return phrases without brackets, and as one around them: "Sales (B2B) Manager"."""
    found: list[Kept] = []
    for phrase in phrases:
        if phrase.mark in OPEN:
            continue
        if not found or phrase.mark not in CLOSE:
            found.append(phrase)
        else:
            words = found[-1].words or phrase.words
            found[-1] = found[-1]._replace(words=words, tokens=[*found[-1].tokens, *phrase.tokens])
    return found


def _is_title(phrase: Kept) -> bool:
    """Return whether a phrase, if any of it is kept, has a word for a role.

    One for a learner may also be part of a name: "Zorba Graduate School".
    """
    ends = (*phrase.tokens[:1], *phrase.tokens[-1:])
    return (
        not phrase.words
        or any(token.tag in _WORKERS for token in phrase.tokens)
        or any(token.tag in ROLES for token in ends)
    )


def _stronger(joint: str, other: str) -> str:
    """Return which of two adjacent joining marks to keep."""
    return other if joint in ("", " ") or other == _DASH else joint
