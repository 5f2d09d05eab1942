"""Reads a job title and says where it stands on the career ladder of the PMO."""

from pmo_classify.classifier import Classifier, classify, classify_many
from pmo_classify.dask_frames import label_dask
from pmo_classify.frames import label_frame
from pmo_classify.result import Classification
from pmo_classify.spark_frames import label_spark
from pmo_classify.taxonomy import Level, Method, Scope, Track

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
