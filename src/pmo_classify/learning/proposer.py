"""The optional model that proposes answers to titles that could not be read.

It knows words of titles in many languages, and so also parts of words in related languages. Its
answers are only proposals to the person who reviews the titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_classify.classification import Alternative, Classification
from pmo_classify.extras import need
from pmo_classify.knowledge.lexicon import Tag
from pmo_classify.learning.training import TrainedOnce, train_on_words
from pmo_classify.reading.title_index import TitleTable
from pmo_classify.reading.tokenizer import IGNORED, SEPARATORS
from pmo_classify.reading.understanding import scope_of_stems
from pmo_classify.taxonomy import Level, Method, Scope, Track
from pmo_classify.thresholds import (
    CONFIDENCE_PROPOSED,
    PROPOSAL_ODDS,
    PROPOSAL_WORD_ODDS,
    PROPOSAL_WORDS,
    PROPOSALS,
)

if TYPE_CHECKING:
    from pmo_classify.learning.estimator import TitleClassifier

__all__ = ["TitleProposer", "is_not_read"]

_NO_WORDS: Final = frozenset({*IGNORED, *SEPARATORS, Tag.LINK})
_ACRONYM: Final = "unsettled:unread-acronym"


class _Proposal(NamedTuple):
    track: Track
    level: Level | None
    words: tuple[str, ...]


class TitleProposer:
    """Proposes answers to titles that could not be read; it is trained on first use.

    It learns from the examples in the tables of words, from ``listed`` and from ``own``, the
    user's titles, which weigh more. If libraries are missing, a ``MissingExtraError`` says how to
    install them.

    >>> from pmo_classify import classify
    >>> print(TitleProposer({}, {}).propose(classify("Projekleier")))
    'Projekleier': delivery, to be reviewed
    """

    def __init__(self, listed: TitleTable, own: TitleTable) -> None:
        need("scikit-learn", "threadpoolctl", extra="model", what="the model")
        kept = {key: row for key, row in listed.items() if key not in own}
        self._model = TrainedOnce(lambda: train_on_words(kept, own))

    def propose(self, answer: Classification) -> Classification:
        """Return the answer with the proposals of the model, if the title could not be read.

        The best proposal replaces the answer where a word looks like project, programme or
        portfolio, or where the script is unknown. No model can know what a short name means, so for
        such a title the proposals are only alternatives.
        """
        found = self._find(answer) if is_not_read(answer) else []
        if not found:
            return answer
        others = [_alternative(proposal, answer) for proposal in found]
        if _ACRONYM in answer.reasons:
            return replace(answer, alternatives=(*answer.alternatives, *others))
        return _replaced(answer, found[0], others[1:])

    def _find(self, answer: Classification) -> list[_Proposal]:
        """Return the answers that are clearly likelier than ``other``, the likeliest first."""
        model = self._model()
        words = _known_words(answer, model)
        if not words:
            return []
        rows = model.predict_proba([answer.title, *words]).tolist()
        chances, *of_words = [dict(zip(model.classes_.tolist(), row, strict=True)) for row in rows]
        least = PROPOSAL_ODDS * chances.pop(Track.OTHER)
        likeliest = sorted(chances, key=lambda name: -chances[name])[:PROPOSALS]
        return [
            _Proposal(
                *_answer_of(name), _heaviest(words, [_odds(alone, name) for alone in of_words])
            )
            for name in likeliest
            if chances[name] > least
        ]


def is_not_read(answer: Classification) -> bool:
    """Return whether a title went to review because it could not be read.

    >>> from pmo_classify import classify
    >>> [is_not_read(classify(title)) for title in ("Projekleier", "Program Analyst")]
    [True, False]
    """
    return any(reason.startswith("unsettled:unread-") for reason in answer.reasons)


def _known_words(answer: Classification, model: TitleClassifier) -> list[str]:
    """Return the distinct words of a title that the model knows at least a part of."""
    words = (answer.title[w.start : w.end] for w in answer.words if w.tag not in _NO_WORDS)
    distinct = list(dict.fromkeys(words))
    if not distinct:
        return []
    return [word for word, known in zip(distinct, model.knows(distinct), strict=True) if known]


def _heaviest(words: Sequence[str], odds: Sequence[float]) -> tuple[str, ...]:
    """Return the words that make an answer most likely, in the order of the title."""
    order = sorted(range(len(words)), key=lambda at: -odds[at])[:PROPOSAL_WORDS]
    # The best word is always kept, the others only if they say more than an unknown word does.
    kept = {order[0], *(at for at in order if odds[at] > PROPOSAL_WORD_ODDS)}
    return tuple(words[at] for at in sorted(kept))


def _odds(chances: Mapping[str, float], name: str) -> float:
    return chances[name] / chances[Track.OTHER]


def _answer_of(name: str) -> tuple[Track, Level | None]:
    track, _, level = name.partition(" ")
    return Track(track), Level(int(level)) if level else None


def _alternative(found: _Proposal, answer: Classification) -> Alternative:
    words = ", ".join(map(repr, found.words))
    why = f"a trained model proposes it, mostly for {words}"
    return Alternative(found.track, found.level, _scope(found, answer), why)


def _scope(found: _Proposal, answer: Classification) -> Scope:
    return scope_of_stems(answer.words) if found.track is Track.PMO else Scope.NONE


def _replaced(
    answer: Classification, found: _Proposal, others: Iterable[Alternative]
) -> Classification:
    before = Alternative(answer.track, answer.level, answer.scope, "what the rules make of it")
    # The first reason is the rule that found nothing, which no longer leads to the answer.
    reasons = (f"proposed:{'|'.join(found.words)}", *answer.reasons[1:])
    return replace(
        answer,
        track=found.track,
        level=found.level,
        scope=_scope(found, answer),
        method=Method.MODEL,
        confidence=CONFIDENCE_PROPOSED,
        needs_review=True,
        reasons=reasons,
        alternatives=(before, *others),
    )
