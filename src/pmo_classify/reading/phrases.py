"""The phrases of a title: what commas, dashes, brackets, slashes and "and" separate.

A phrase is the text between commas, dashes and brackets; "and" and slashes divide it into
conjuncts. "Project and Programme Office, Leeds" has two phrases, the first with two conjuncts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pmo_classify.classification import Token
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.tokenizer import IGNORED, SEPARATORS

__all__ = ["RANK_TAGS", "Conjunct", "Phrase", "flatten", "has_content", "split_phrases"]

Conjunct = list[Token]
"""Words with no "and", slash or comma between them."""

RANK_TAGS: Final = frozenset({Tag.SENIORITY, Tag.LEARNER, Tag.FILLER})
"""Tags of words of rank and fillers, which do not say what the work is."""

_WITHOUT_CONTENT: Final = RANK_TAGS | {Tag.LINK}
_SPELLS_OUT: Final = frozenset("(-")
"""The marks between a short name and what it stands for."""
_LONGEST_SMALL_WORD: Final = 2
"""Letters of small words such as "de", which short names leave out."""
_NAMES_WORK: Final = frozenset(
    {Tag.LEARNER, Tag.MANAGEMENT, Tag.OFFICE, Tag.OFFICE_NAME, Tag.ROLE, Tag.TRADE}
)


class Phrase(NamedTuple):
    """A phrase: the mark before it, its conjuncts, and what joins these.

    ``opener`` is "" at the start, ",", "-" or "("; ``joiners`` has the text before each conjunct:
    "" for the first, then "and" or "/".
    """

    opener: str
    conjuncts: list[Conjunct]
    joiners: list[str]

    @classmethod
    def of(cls, opener: str, conjuncts: list[Conjunct]) -> Phrase:
        """Return a phrase of conjuncts that are joined by "and"."""
        return cls(opener, conjuncts, ["", *("and" for _ in conjuncts[1:])])

    @property
    def words(self) -> Conjunct:
        """All words of the phrase."""
        return flatten(self.conjuncts)


def has_content(conjunct: Conjunct) -> bool:
    """Return whether a conjunct has more than words of rank and small words."""
    return any(token.tag not in _WITHOUT_CONTENT for token in conjunct)


def flatten(conjuncts: Iterable[Conjunct]) -> Conjunct:
    """Return the words of all conjuncts in one list."""
    return [token for conjunct in conjuncts for token in conjunct]


def split_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """Return the phrases of a title, without noise, places and fillers.

    >>> from pmo_classify.reading.tokenizer import default_tokenizer
    >>> tokens = default_tokenizer().tokenize("Project / Programme Officer, PMO")
    >>> [(phrase.opener, phrase.joiners) for phrase in split_phrases(tokens)]
    [('', ['', '/']), (',', [''])]
    """
    tokens = [token for token in tokens if token.tag not in IGNORED]
    phrases: list[Phrase] = []
    current = Phrase("", [], [])
    words: Conjunct = []
    joiner = ""
    for at, token in enumerate(tokens):
        if token.tag not in SEPARATORS:
            if token.tag == Tag.SENIORITY and words and words[-1].tag == Tag.OFFICE:
                # In "Mayor's Office Senior Officer" the rank after the office starts the title.
                _close(current, words, joiner)
                phrases.append(current)
                words, current, joiner = [], Phrase("-", [], []), ""
            words.append(token)
            continue
        _close(current, words, joiner)
        words = []
        if token.tag == BREAK and not _is_in_list(tokens, at):
            if current.conjuncts:
                phrases.append(current)
            current, joiner = Phrase(token.meaning, [], []), ""
        else:
            joiner = "/" if token.tag == SLASH else "and"
    _close(current, words, joiner)
    return _without_short_names([*phrases, current] if current.conjuncts else phrases)


def _without_short_names(phrases: list[Phrase]) -> list[Phrase]:
    """Return phrases without the short names that others spell out.

    "PSO (Police Support Officer)" and "School Resource Officer (SRO)" are what is spelled out, even
    where the short name has another meaning.
    """
    kept: list[Phrase] = []
    for phrase in phrases:
        name = _short_name(phrase)
        if phrase.opener == "(" and any(n.endswith(name) for o in kept for n in _initials(o)):
            continue
        if kept and phrase.opener in _SPELLS_OUT and _short_name(kept[-1]) in _initials(phrase):
            phrase = phrase._replace(opener=kept.pop().opener)  # noqa: PLW2901
        kept.append(phrase)
    return kept


def _short_name(phrase: Phrase) -> str:
    """Return the only word of a phrase that may be a short name, or " " if there is none."""
    written = {token.written for token in phrase.words}
    name = written.pop() if len(written) == 1 else ""
    return name if len(name) > 1 else " "


def _initials(phrase: Phrase) -> tuple[str, ...]:
    """Return the first letters of all words of a phrase, and of its longer words alone.

    There are none if its last word does not name work, as a short name may then stand for something
    else: in "PMO - Project Manager Operations" the PMO is an office.
    """
    if phrase.words[-1].tag not in _NAMES_WORK:
        return ()
    words = [word for token in phrase.words for word in token.written.split(" ")]
    longer = (word[0] for word in words if len(word) > _LONGEST_SMALL_WORD)
    return "".join([word[0] for word in words]), "".join(longer)


def _close(phrase: Phrase, words: Conjunct, joiner: str) -> None:
    """Add words to a phrase as its next conjunct, if there are any."""
    if words:
        phrase.joiners.append(joiner if phrase.conjuncts else "")
        phrase.conjuncts.append(words)


def _is_in_list(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a comma is part of a list: "Project, Programme and Portfolio Office"."""
    if not 0 < at < len(tokens) - 1 or tokens[at].meaning != ",":
        return False
    return tokens[at - 1].tag == Tag.P3 and tokens[at + 1].tag == Tag.P3
