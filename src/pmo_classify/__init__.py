"""Read job titles and find their place on the career ladder of project offices (PMO)."""

from importlib import import_module
from typing import TYPE_CHECKING

from pmo_classify.taxonomy import Level, Method, Scope, Track

if TYPE_CHECKING:
    from pmo_classify.classification import Classification
    from pmo_classify.classifier import Classifier, classify, classify_many
    from pmo_classify.evaluation.diff import diff
    from pmo_classify.evaluation.evaluate import evaluate
    from pmo_classify.labelling.frames.dask import label_dask
    from pmo_classify.labelling.frames.label import label_frame
    from pmo_classify.labelling.frames.spark import label_spark
    from pmo_classify.labelling.groups import group_titles
    from pmo_classify.labelling.label_file import label_file
    from pmo_classify.version import __version__ as __version__

__all__ = [
    "Classification",
    "Classifier",
    "Level",
    "Method",
    "Scope",
    "Track",
    "classify",
    "classify_many",
    "diff",
    "evaluate",
    "group_titles",
    "label_dask",
    "label_file",
    "label_frame",
    "label_spark",
]

_MODULES = {
    "Classification": "classification",
    "Classifier": "classifier",
    "__version__": "version",
    "classify": "classifier",
    "classify_many": "classifier",
    "diff": "evaluation.diff",
    "evaluate": "evaluation.evaluate",
    "group_titles": "labelling.groups",
    "label_dask": "labelling.frames.dask",
    "label_file": "labelling.label_file",
    "label_frame": "labelling.frames.label",
    "label_spark": "labelling.frames.spark",
}
"""The module of each public name that is imported only when the name is first used."""

# Hidden from type checkers, because with it they would accept any name.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Return a public name, and import its module on first use."""
        if name not in _MODULES:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        module = import_module(f"{__name__}.{_MODULES[name]}")
        found = globals()[name] = getattr(module, name)
        return found


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
