"""Labels in DuckDB: ``label`` adds them to a relation, ``register`` adds SQL functions for them.

::

    import duckdb
    import pmo_classify.duckdb

    labelled = pmo_classify.duckdb.label(duckdb.read_csv("ads.csv"), "title")
"""

from __future__ import annotations

from pmo_classify.labelling.frames.duckdb import label, register

__all__ = ["label", "register"]
