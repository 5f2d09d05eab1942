"""Reads a job title and says where it stands on the career ladder of the PMO."""

from importlib import import_module
from typing import TYPE_CHECKING

from pmo_classify.taxonomy import Level, Method, Scope, Track

if TYPE_CHECKING:
    from pmo_classify.classifier import Classifier, classify, classify_many
    from pmo_classify.dask_frames import label_dask
    from pmo_classify.frames import label_frame
    from pmo_classify.result import Classification
    from pmo_classify.spark_frames import label_spark

__all__ = [
    "Classification",
    "Classifier",
    "Level",
    "Method",
    "Scope",
    "Track",
    "classify",
    "classify_many",
    "label_dask",
    "label_frame",
    "label_spark",
]

_LOADED_ON_FIRST_USE = {
    "Classification": "result",
    "Classifier": "classifier",
    "classify": "classifier",
    "classify_many": "classifier",
    "label_dask": "dask_frames",
    "label_frame": "frames",
    "label_spark": "spark_frames",
}
"""Where the public names live that the ladder alone does without."""

# Hidden from type checkers, which would take any name for one of ours.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load what reads titles when it is first asked for."""
        if name not in _LOADED_ON_FIRST_USE:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        home = import_module(f"{__name__}.{_LOADED_ON_FIRST_USE[name]}")
        found = globals()[name] = getattr(home, name)
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
