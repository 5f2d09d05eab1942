"""The spelling that a misspelt word is repaired to, compared with rapidfuzz."""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from pmo_classify.knowledge.lexicon import default_lexicon
from pmo_classify.reading.spelling import Speller
from pmo_classify.thresholds import (
    LONG_WORD,
    REPAIR_MAX_TOKEN,
    REPAIR_MIN_TARGET,
    REPAIR_MIN_TOKEN,
)

LEXICON = default_lexicon()
TARGETS = [word for word in LEXICON.repair_targets if len(word) >= REPAIR_MIN_TARGET]
LONG_TARGETS = [w for w in TARGETS if len(w) >= LONG_WORD and not LEXICON.is_compound(w)]
SPELLER = Speller(LEXICON)
REPAIR = SPELLER.repair


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    """Return a known word with up to three typing errors."""
    word = draw(st.sampled_from(TARGETS))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(word) - 2))
        letter = draw(st.sampled_from(word + "qé"))
        ways = (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word + letter,
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
        word = draw(st.sampled_from(ways))
    return word


def _nearest_of_all(word: str) -> str | None:
    """Return the nearest of all right spellings; longer ones may be further away."""
    within = (
        [target for target in TARGETS if OSA.distance(word, target) == 1],
        [target for target in LONG_TARGETS if OSA.distance(word, target) == 2],
    )
    own = sorted(word)
    ranked = [
        (edits, target[0] != word[0], sorted(target) != own, target[-1] != word[-1], target)
        for edits, targets in enumerate(within)
        for target in targets
    ]
    return min(ranked)[-1] if ranked else None


# Of equally near ones: the first letter counts more than which letters they are (the first two
# words), these more than the last letter (the third), and that more than the alphabet.
@example("sepecialista")
@example("lenter")
@example("adjoinet")
@example("abteilungsleitern")
@given(misspelt())
def test_a_word_is_repaired_to_the_nearest_of_all(word: str) -> None:
    """The few spellings that are compared include all that a full comparison would find."""
    assume(REPAIR_MIN_TOKEN < len(word) <= REPAIR_MAX_TOKEN and not LEXICON.knows(word))
    nearest = _nearest_of_all(word)
    if nearest is None:
        # A word without its vowels may be far from the one that it stands for.
        assume(not SPELLER.candidates(word))
    assert REPAIR(word) == nearest
