"""The optional model for titles that were not read: what such a title may be, and by which words.

It knows the words of titles in many languages, and so parts of words in languages akin to them. What
it says is a proposal to the person who reviews, never more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from pmo_classify.classification import Alternative, Classification
from pmo_classify.extras import need
from pmo_classify.learning.training import TrainedOnce, train_on_words
from pmo_classify.reading.lexer import BREAK, SLASH
from pmo_classify.reading.title_index import TitleTable
from pmo_classify.reading.tokenizer import IGNORED
from pmo_classify.reading.understanding import scope_of_stems
from pmo_classify.taxonomy import Level, Method, Scope, Track
from pmo_classify.thresholds import CONFIDENCE_PROPOSED, PROPOSAL_ODDS, PROPOSAL_WORDS

__all__ = ["TitleProposer", "is_not_read"]

_NO_WORDS: Final = frozenset({*IGNORED, BREAK, SLASH})
_ACRONYM: Final = "unsettled:unread-acronym"


class _Proposal(NamedTuple):
    track: Track
    level: Level | None
    words: tuple[str, ...]


class TitleProposer:
    """Proposes what titles are that were not read; it is trained on first use.

    It learns from the examples in the tables of words, from ``listed`` and from ``own``, the
    user's titles, which weigh more. Raises a ``MissingExtraError`` that says what to install.

    >>> from pmo_classify import classify
    >>> answer = TitleProposer({}, {}).propose(classify("Vodja projektne pisarne"))
    >>> print(answer)
    'Vodja projektne pisarne': pmo 3 project, to be reviewed
    """

    def __init__(self, listed: TitleTable, own: TitleTable) -> None:
        need("scikit-learn", "threadpoolctl", extra="model", what="the model")
        kept = {key: row for key, row in listed.items() if key not in own}
        self._model = TrainedOnce(lambda: train_on_words(kept, own))

    def propose(self, answer: Classification) -> Classification:
        """Return the answer with what the model makes of the title, if it was not read.

        What the title is replaces the answer where a word looks like project, programme or
        portfolio, or where the script is unknown. What a short name stands for no model can know:
        there the proposal is only one of the alternatives.
        """
        found = self._find(answer) if is_not_read(answer) else None
        if found is None:
            return answer
        if _ACRONYM in answer.reasons:
            why = f"a model of words proposes it, mostly for {_quoted(found.words)}"
            other = Alternative(found.track, found.level, Scope.NONE, why)
            return replace(answer, alternatives=(*answer.alternatives, other))
        return _replaced(answer, found)

    def _find(self, answer: Classification) -> _Proposal | None:
        """Return the likeliest class but ``other``, if it is clearly likelier than that."""
        model = self._model()
        words = [word for word in _words(answer) if model.knows(word)]
        if not words:
            return None
        classes = model.classes_.tolist()
        nothing = classes.index(Track.OTHER)
        chances, *of_words = model.predict_proba([answer.title, *words]).tolist()
        best = max((at for at in range(len(classes)) if at != nothing), key=chances.__getitem__)
        if chances[best] <= PROPOSAL_ODDS * chances[nothing]:
            return None
        odds = [alone[best] / alone[nothing] for alone in of_words]
        return _Proposal(*_answer_of(classes[best]), _heaviest(words, odds))


def is_not_read(answer: Classification) -> bool:
    """Return whether a title went to review because it was not read.

    >>> from pmo_classify import classify
    >>> [is_not_read(classify(title)) for title in ("Vodja projekta", "Program Analyst")]
    [True, False]
    """
    return any(reason.startswith("unsettled:unread-") for reason in answer.reasons)


def _words(answer: Classification) -> list[str]:
    """Return the words of a title that say something, as they are in it, each once."""
    words = (answer.title[w.start : w.end] for w in answer.words if w.tag not in _NO_WORDS)
    return list(dict.fromkeys(words))


def _heaviest(words: Sequence[str], odds: Sequence[float]) -> tuple[str, ...]:
    """Return the words that alone speak most for a class, in the order of the title."""
    order = sorted(range(len(words)), key=lambda at: -odds[at])[:PROPOSAL_WORDS]
    # A word that speaks against the class did not weigh for it; the first counts in any case.
    kept = {order[0], *(at for at in order if odds[at] > 1)}
    return tuple(words[at] for at in sorted(kept))


def _answer_of(name: str) -> tuple[Track, Level | None]:
    track, _, level = name.partition(" ")
    return Track(track), Level(int(level)) if level else None


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(map(repr, words))


def _replaced(answer: Classification, found: _Proposal) -> Classification:
    on_ladder = found.track is Track.PMO
    before = Alternative(answer.track, answer.level, answer.scope, "what the rules make of it")
    # The first reason is the rule that found nothing, which no longer leads to the answer.
    return replace(
        answer,
        track=found.track,
        level=found.level,
        scope=scope_of_stems(answer.words) if on_ladder else Scope.NONE,
        method=Method.MODEL,
        confidence=CONFIDENCE_PROPOSED,
        needs_review=True,
        reasons=(f"proposed:{'+'.join(found.words)}", *answer.reasons[1:]),
        alternatives=(before, *answer.alternatives),
    )
