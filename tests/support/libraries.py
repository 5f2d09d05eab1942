"""The modules of the library, and the libraries that are too heavy to load before they are used."""

from __future__ import annotations

from pathlib import Path

import pmo_classify

SOURCE = Path(pmo_classify.__file__).parent
HEAVY = (
    "charset_normalizer",
    "dask",
    "duckdb",
    "ftfy",
    "jinja2",
    "matplotlib",
    "narwhals",
    "numpy",
    "openpyxl",
    "pandas",
    "polars",
    "pyarrow",
    "pyspark",
    "python_calamine",
    "rich",
    "scipy",
    "sklearn",
    "typer",
    "xlsxwriter",
)
