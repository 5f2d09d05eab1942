"""Reads a job title and says where it stands on the career ladder of the PMO."""

from typing import TYPE_CHECKING

from pmo_classify.taxonomy import Level, Method, Scope, Track

if TYPE_CHECKING:
    from pmo_classify.classifier import Classifier, classify, classify_many
    from pmo_classify.result import Classification
else:
    # Hidden from type checkers, which would take any name for one of ours.
    def __getattr__(name: str) -> object:
        """Load what reads titles when it is first asked for; the ladder alone does without."""
        if name not in __all__:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        from pmo_classify import classifier, result  # noqa: PLC0415

        home = result if name == "Classification" else classifier
        found = globals()[name] = getattr(home, name)
        return found


__all__ = [
    "Classification",
    "Classifier",
    "Level",
    "Method",
    "Scope",
    "Track",
    "classify",
    "classify_many",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
