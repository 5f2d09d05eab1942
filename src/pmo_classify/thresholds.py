"""Every number that the reading depends on, in one place.

Confidences are probabilities from 0 to 1: the share of titles read in that way whose track, level
and scope were all right, measured on labelled titles and rounded towards caution.
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
    "LONG_WORD",
    "MAX_PASSES",
    "MAX_TITLE_LENGTH",
    "MODEL_ODDS",
    "MODEL_OWN_WEIGHT",
    "MOST_EDITS",
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
    "TRADE_MIN_LENGTH",
    "WORD_CACHE_SIZE",
]

MAX_TITLE_LENGTH: Final = 1_000
"""Characters of a title that are read; the rest is ignored and the reasons say so."""

MAX_PASSES: Final = 20
"""How often a title is normalised at the most; each pass but the last leaves out some noise."""

REVIEW_BELOW: Final = 0.85
"""A confidence under this sends the title to review."""

CONFIDENCE_EXACT: Final = 0.99
"""The title stands in the table of listed titles, or in the user's own."""

CONFIDENCE_NOTHING_OF_THE_FIELD: Final = 0.99
"""No word of the title has to do with projects, programmes, portfolios or their planning."""

CONFIDENCE_TRADE_UNREAD: Final = 0.97
"""The same, where no word of the title is a trade or role that the tables know."""

CONFIDENCE_UNREAD: Final = 0.60
"""What the title is about could not be read: an unknown short name, script or language."""

CONFIDENCE_READ: Final = 0.97
"""The parts of the title were read, and one rule settles it."""

CONFIDENCE_SEVERAL_TITLES: Final = 0.93
"""Several titles stand in the cell, and the first that counts was taken."""

CONFIDENCE_REPAIRED: Final = 0.93
"""A misspelt word had to be repaired before the title could be read."""

CONFIDENCE_UNSETTLED: Final = 0.80
"""The title alone cannot settle the answer: the best guess is given."""

CONFIDENCE_UNSETTLED_EXACT: Final = 0.82
"""The same, for a title that the table lists as unsettled."""

CONFIDENCE_MODEL: Final = 0.50
"""The trained model preferred another reading than the rules: no better than a coin, unless the
user's own titles follow habits of their own."""

MODEL_ODDS: Final = 4.0
"""How many times as likely another reading must be before the model prefers it."""

MODEL_OWN_WEIGHT: Final = 10.0
"""How many of the shipped titles one of the user's own outweighs when the model learns."""

CONFIDENCE_PROPOSED: Final = 0.50
"""The trained model proposed what a title is that was not read: the few measured in languages that
no table has were right by half."""

PROPOSAL_ODDS: Final = 2.0
"""How many times as likely as another trade a title must be before the model proposes it."""

PROPOSALS: Final = 2
"""Readings that the model proposes for a title at the most."""

PROPOSAL_WORDS: Final = 3
"""Words of a title that a proposal names at the most."""

PROPOSAL_WORD_ODDS: Final = 4.0
"""The same odds for a word alone, from which on a proposal names it: those of an unknown one are
up to 3.6."""

MOST_EDITS: Final = 2
"""Edits that the spelling of a long word may be away from the right one."""

REPAIR_MAX_TOKEN: Final = 24
"""Longer words, in letters, are no misspelling of ours; this also bounds the work on any one."""

REPAIR_MIN_TOKEN: Final = 4
"""Shorter words, in letters, are never taken for a misspelling."""

REPAIR_MIN_FUNCTION: Final = 7
"""The same for the functions of an office, whose shorter names stand near too many other words."""

REPAIR_MIN_FOREIGN: Final = 6
"""The same for words of other languages than English."""

REPAIR_MIN_TARGET: Final = 5
"""Shorter words, in letters, are never the result of a repair."""

LONG_WORD: Final = 9
"""From this many letters on, a word may be two edits away from its right spelling; below, one."""

WORD_CACHE_SIZE: Final = 50_000
"""Distinct unknown words whose repair is remembered."""

ACRONYM_MAX_LENGTH: Final = 6
"""Longer words in capitals, in letters, are shouted, and no short name of anything."""

ANSWER_CACHE_SIZE: Final = 20_000
"""Answers that are remembered, for titles that are asked for again."""

COMPOUND_MAX_LENGTH: Final = 40
"""Longer words, in letters, are not cut; this also bounds the work on any one word."""

COMPOUND_MIN_STEM: Final = 4
"""Letters that must stand before a role at the end of a compound."""

COMPOUND_MIN_LENGTH: Final = 7
"""Shorter words, in letters, are not cut into two: "Projektleiter" is, "Projekt" is not."""

SHORTEST_SINGULAR: Final = 3
"""Letters of the shortest word that a final s makes a plural of."""

TRADE_MIN_LENGTH: Final = 7
"""Shorter unknown words, in letters, are not taken for a trade by their ending."""

LONGEST_CLEAN_TITLE: Final = 200
"""Longer texts, in characters, are no titles, and come back as they are."""

MOST_WORDS_BEFORE_A_SENTENCE: Final = 4
"""A text of more words that has a word only sentences have is a sentence, and no title."""
