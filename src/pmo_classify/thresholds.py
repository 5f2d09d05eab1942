"""Every number that the reading depends on, in one place.

Confidences are probabilities from 0 to 1: of the titles that were read in the same way, the share
whose track, level and scope were all right, measured on labelled titles and rounded down.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ACRONYM_MAX_LENGTH",
    "ANSWER_CACHE_SIZE",
    "COMPOUND_MAX_LENGTH",
    "COMPOUND_MIN_LENGTH",
    "COMPOUND_MIN_STEM",
    "CONFIDENCE_EXACT",
    "CONFIDENCE_MODEL",
    "CONFIDENCE_NOTHING_OF_THE_FIELD",
    "CONFIDENCE_PROPOSED",
    "CONFIDENCE_READ",
    "CONFIDENCE_REPAIRED",
    "CONFIDENCE_SEVERAL_TITLES",
    "CONFIDENCE_TRADE_UNREAD",
    "CONFIDENCE_UNREAD",
    "CONFIDENCE_UNSETTLED",
    "CONFIDENCE_UNSETTLED_EXACT",
    "LONGEST_CLEAN_TITLE",
    "LONG_WORD",
    "MAX_PASSES",
    "MAX_TITLE_LENGTH",
    "MODEL_ODDS",
    "MODEL_OWN_WEIGHT",
    "MOST_EDITS",
    "MOST_WORDS_BEFORE_A_SENTENCE",
    "PROPOSALS",
    "PROPOSAL_ODDS",
    "PROPOSAL_WORDS",
    "PROPOSAL_WORD_ODDS",
    "REPAIR_MAX_TOKEN",
    "REPAIR_MIN_FOREIGN",
    "REPAIR_MIN_FUNCTION",
    "REPAIR_MIN_TARGET",
    "REPAIR_MIN_TOKEN",
    "REVIEW_BELOW",
    "SHORTEST_SINGULAR",
    "SHORT_FORM_MIN",
    "TRADE_MIN_LENGTH",
    "WORD_CACHE_SIZE",
]

MAX_TITLE_LENGTH: Final = 1_000
"""The number of characters of a title that are read; the reasons say if there are more."""

MAX_PASSES: Final = 20
"""The most passes to normalise a title; each pass but the last removes some noise."""

REVIEW_BELOW: Final = 0.85
"""A title with a lower confidence goes to review."""

CONFIDENCE_EXACT: Final = 0.99
"""The title is in the table of listed titles, or in the user's own table."""

CONFIDENCE_NOTHING_OF_THE_FIELD: Final = 0.99
"""No word of the title has to do with projects, programmes, portfolios or their planning."""

CONFIDENCE_TRADE_UNREAD: Final = 0.97
"""The same, for a title without a trade or role that the tables know."""

CONFIDENCE_UNREAD: Final = 0.60
"""It is unclear what the title is about, because of an unknown short name, script or language."""

CONFIDENCE_READ: Final = 0.97
"""The parts of the title were read, and one rule settles the answer."""

CONFIDENCE_SEVERAL_TITLES: Final = 0.93
"""The cell has several titles, and the first that counts was used."""

CONFIDENCE_REPAIRED: Final = 0.93
"""A misspelt word had to be repaired before the title could be read."""

CONFIDENCE_UNSETTLED: Final = 0.80
"""The title alone cannot settle the answer, which is the best guess."""

CONFIDENCE_UNSETTLED_EXACT: Final = 0.82
"""The same, for a title that its table marks as ambiguous."""

CONFIDENCE_MODEL: Final = 0.50
"""The trained model preferred another reading than the rules. That is right only half of the time,
unless the user's titles follow habits of their own."""

MODEL_ODDS: Final = 4.0
"""How many times as likely as the rules' reading another must be before the model prefers it."""

MODEL_OWN_WEIGHT: Final = 10.0
"""How many shipped titles one of the user's own titles counts as when the model learns."""

CONFIDENCE_PROPOSED: Final = 0.50
"""The trained model proposed the answer to a title that was not read. Of the few such titles that
were measured, in languages without a table of words, half were right."""

PROPOSAL_ODDS: Final = 2.0
"""How many times as likely as other work a reading must be before the model proposes it."""

PROPOSALS: Final = 2
"""The most readings that the model proposes for a title."""

PROPOSAL_WORDS: Final = 3
"""The most words of a title that a proposal names."""

PROPOSAL_WORD_ODDS: Final = 4.0
"""The same odds for a single word, which a proposal names only above them; an unknown word reaches
up to 3.6."""

MOST_EDITS: Final = 2
"""The most edits by which a long word may differ from its right spelling."""

REPAIR_MAX_TOKEN: Final = 24
"""Longer words, in letters, are never taken for a misspelling, which bounds the work on a word."""

REPAIR_MIN_TOKEN: Final = 4
"""Shorter words, in letters, are never taken for a misspelling."""

REPAIR_MIN_FUNCTION: Final = 7
"""The same for the functions of an office, whose shorter names resemble too many other words."""

REPAIR_MIN_FOREIGN: Final = 6
"""The same for words of other languages than English."""

REPAIR_MIN_TARGET: Final = 5
"""Shorter words, in letters, are never the result of a repair."""

SHORT_FORM_MIN: Final = 4
"""The fewest letters, without vowels but the first, of a word that may be short for another."""

LONG_WORD: Final = 9
"""A word of at least this many letters may be two edits from its right spelling, others one."""

WORD_CACHE_SIZE: Final = 50_000
"""The number of distinct words that are looked up only once."""

READ_CACHE_SIZE: Final = 1_000
"""The number of titles whose words are kept, because they are often asked for again."""

ACRONYM_MAX_LENGTH: Final = 6
"""Longer words in capitals, in letters, are for emphasis, and not the short name of something."""

ANSWER_CACHE_SIZE: Final = 20_000
"""The number of answers that are kept for titles that repeat."""

COMPOUND_MAX_LENGTH: Final = 40
"""Longer words, in letters, are not split, which bounds the work on a word."""

COMPOUND_MIN_STEM: Final = 4
"""The fewest letters before a role at the end of a compound."""

COMPOUND_MIN_LENGTH: Final = 7
"""Shorter words, in letters, are not split in two: "Projektleiter" is, "Projekt" is not."""

SHORTEST_SINGULAR: Final = 3
"""The fewest letters of a word that is found by its plural in -s."""

TRADE_MIN_LENGTH: Final = 7
"""Shorter unknown words, in letters, are not taken for a trade by their ending."""

LONGEST_CLEAN_TITLE: Final = 200
"""Longer texts, in characters, are not titles, and are returned unchanged."""

MOST_WORDS_BEFORE_A_SENTENCE: Final = 4
"""A text with more words than this, one of which only sentences use, is not a title."""
