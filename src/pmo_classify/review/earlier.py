"""The decisions in an earlier review workbook that were not applied: a new one keeps them."""

from __future__ import annotations

from pathlib import Path

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.review.sheet import NotAReviewError, ReviewedRow, reviewed_rows

__all__ = ["open_decisions"]


def open_decisions(target: Path, classifier: Classifier) -> list[ReviewedRow]:
    """Return the decided rows of a workbook that are not among the titles of the classifier.

    A workbook that is missing, or that is no review, has none. A ``FileError`` says that it cannot
    be read, so that nobody knows what would be lost.
    """
    if not target.exists():
        return []
    try:
        rows = reviewed_rows(target)
    except NotAReviewError:
        return []
    except FileError as error:
        message = (
            f"{target}: it may hold decisions, and cannot be read: "
            f"{str(error).removeprefix(f'{target}: ')}: name another file with --output"
        )
        raise FileError(message) from None
    return [row for row in rows if row.decision and not _is_applied(row, classifier)]


def _is_applied(row: ReviewedRow, classifier: Classifier) -> bool:
    decided = row.checked()
    if isinstance(decided, list):
        return False
    answer = classifier.classify(decided.title)
    found = answer.track, answer.level, answer.scope
    same = found == (decided.track, decided.level, decided.scope)
    return same and "user-title" in answer.reasons
