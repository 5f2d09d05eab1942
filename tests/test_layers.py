"""The shape: modules import in one direction, and nothing heavy before it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import pmo_classify

SOURCE = Path(pmo_classify.__file__).parent
LAYERS = (
    (
        "codec_guess",
        "collector",
        "csv_utf_8",
        "errors",
        "formulas",
        "pictures",
        "plain_text",
        "shipped",
        "std_streams",
        "thresholds",
    ),
    ("crosswalk", "extras"),
    ("text", "taxonomy", "memo"),
    ("topic",),
    ("roles", "vocabulary", "spans", "doubts"),
    ("spelling", "compounds", "lexing"),
    ("shapes",),
    ("terms",),
    ("tokens",),
    ("chunks", "stretches", "words"),
    ("signs",),
    ("gist",),
    ("parse", "subject"),
    ("cases", "standard"),
    ("rules",),
    ("find", "reasons", "output", "columns"),
    ("setting", "result"),
    ("reading",),
    ("resolve", "titles"),
    ("answer", "lint"),
    ("title_features",),
    ("sklearn",),
    ("model",),
    ("classifier",),
    ("intervals",),
    ("calibration",),
    ("evaluation",),
    ("scoring",),
    ("label_columns", "title_store"),
    ("batch", "csv_out", "frame_column", "frame_titles", "frame_types", "title_reader"),
    ("frames",),
    ("dask_frames", "pandas", "spark_frames"),
    ("jobs",),
    ("charts", "own_titles", "review_guide", "summary_text"),
    ("report", "streams", "csv_kind", "csv_records"),
    ("csv_encoding",),
    ("csv_dialect", "csv_fast"),
    ("csv_pieces", "csv_titles"),
    ("csv_plain", "csv_table"),
    ("xlsx_limits",),
    ("xlsx_xml",),
    ("reader_trial", "workbook_kind", "xlsx_area", "xlsx_package", "xlsx_cells", "xlsx_values"),
    ("ods_check", "xlsx_book", "xlsx_scan", "xlsx_styles", "xlsx_table"),
    ("xlsx_sheet", "xlsx_weight", "old_workbook"),
    ("xlsx_plan", "xlsx_rows"),
    ("review_rows",),
    ("review",),
    ("csv_file", "xlsx_file"),
    ("label", "named_table", "explain"),
    (
        "cli_console",
        "cli_options",
        "cli_progress",
        "diff",
        "evaluate",
        "evaluation_plot",
        "evaluation_text",
    ),
    ("diff_text",),
    ("cli_apply", "cli_check_titles", "cli_explain", "cli_label", "cli_ladder", "cli_review"),
    ("cli_diff", "cli_evaluate"),
    ("cli",),
    ("__main__", "__init__"),
)
HEIGHT = {module: height for height, layer in enumerate(LAYERS) for module in layer}
MODULES = sorted(path.stem for path in SOURCE.glob("*.py"))
EXTRAS = (
    "dask",
    "distributed",
    "jinja2",
    "matplotlib",
    "narwhals",
    "pandas",
    "polars",
    "pyspark",
    "sklearn",
)
HEAVY = (
    "charset_normalizer",
    "dask",
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


def _imports(module: str) -> set[str]:
    tree = ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    names = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module]
    return {name.split(".")[1] for name in names if name.startswith("pmo_classify.")}


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module: str) -> None:
    """Each module imports only from the layers above its own."""
    upward = [other for other in _imports(module) if HEIGHT[other] >= HEIGHT[module]]
    assert upward == []


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_small(module: str) -> None:
    lines = (SOURCE / f"{module}.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 330


def test_reading_loads_nothing_heavy() -> None:
    """`import pmo_classify` and a plain title load none of the heavy libraries."""
    code = (
        "import sys, pmo_classify; pmo_classify.classify('PMO Lead');"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_no_module_loads_an_extra_at_import() -> None:
    """An extra is loaded by its first use; the two modules that are made of one are its use."""
    modules = [f"pmo_classify.{name}" for name in MODULES if name not in ("pandas", "sklearn")]
    code = (
        f"import sys; from importlib import import_module; [import_module(m) for m in {modules!r}];"
        f"print([m for m in {EXTRAS!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_frame_loads_only_its_own_library() -> None:
    """Labelling a Polars frame loads neither pandas nor the engines of clusters."""
    pytest.importorskip("polars")
    others = ("dask", "pandas", "pyarrow", "pyspark")
    code = (
        "import sys, polars, pmo_classify; pmo_classify.label_frame(polars.DataFrame({'t': ['x']}),"
        f"'t'); print([m for m in {others!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_nothing_is_read_at_import() -> None:
    """Tables are read at the first use, not at import."""
    code = (
        "import pmo_classify.tokens as t, pmo_classify.titles as l, pmo_classify.vocabulary as v;"
        "print(v.default_vocabulary.cache_info().currsize, l.listed_titles.cache_info().currsize,"
        "t.default_tokeniser.cache_info().currsize)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "0", "0"]


def test_all_lists_what_there_is() -> None:
    assert sorted(pmo_classify.__all__) == pmo_classify.__all__
    assert all(hasattr(pmo_classify, name) for name in pmo_classify.__all__)
