"""The architecture: modules import in one direction, and nothing heavy before it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from libraries import HEAVY, SOURCE

import pmo_classify

ROOMS = (
    "errors",
    "version",
    "extras",
    "wording",
    "thresholds",
    "taxonomy",
    "classification",
    "knowledge",
    "reading",
    "clean_titles",
    "explanation",
    "learning",
    "classifier",
    "sklearn",
    "files",
    "labelling",
    "pandas",
    "polars",
    "duckdb",
    "evaluation",
    "review",
    "report",
    "page",
    "cli",
    "__main__",
    "__init__",
)
"""The packages and the modules beside them, from the bottom up: imports go only downwards."""
HEIGHT = {room: height for height, room in enumerate(ROOMS)}
FILES = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))
MODULES = [".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in FILES]
EXTRAS = (
    "dask",
    "distributed",
    "duckdb",
    "jinja2",
    "matplotlib",
    "narwhals",
    "pandas",
    "polars",
    "pyspark",
    "sklearn",
)


def _room(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def _imports(file: Path) -> set[str]:
    tree = ast.parse((SOURCE / file).read_text(encoding="utf-8"))
    names = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module]
    return {name.split(".")[1] for name in names if name.startswith("pmo_classify.")}


ALLOWED = {
    "classification.py": {"classifier", "clean_titles", "explanation", "knowledge", "reading"},
    "taxonomy.py": {"knowledge"},
}
"""An answer explains itself and cleans its title, and a level names its codes, when asked: the
imports are in those methods."""


@pytest.mark.parametrize("file", FILES, ids=str)
def test_imports_run_downwards(file: Path) -> None:
    """Each package imports only from itself and from those below it."""
    height = HEIGHT[_room(".".join(file.with_suffix("").parts))]
    upward = {room for room in _imports(file) if HEIGHT[room] > height}
    assert upward == ALLOWED.get(file.as_posix(), set())


def test_every_file_is_in_a_room() -> None:
    """Every folder and module has its place in the order."""
    assert {_room(".".join(file.with_suffix("").parts)) for file in FILES} == set(ROOMS)


def test_modules_beside_the_rooms_are_few() -> None:
    """The folder tree shows the architecture."""
    assert len(list(SOURCE.glob("*.py"))) <= 15


def test_reading_loads_nothing_heavy() -> None:
    """`import pmo_classify` and a plain title load none of the heavy libraries."""
    code = (
        "import sys, pmo_classify; pmo_classify.classify('PMO Lead');"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_no_module_loads_an_extra_at_import() -> None:
    """An extra is loaded on first use; the modules that are built on one are the exception."""
    built_on_one = {"__init__", "learning.estimator", "pandas", "polars", "sklearn"}
    modules = [f"pmo_classify.{name}" for name in MODULES if name not in built_on_one]
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
        "import pmo_classify.reading.tokenizer as t, pmo_classify.reading.title_index as l,"
        "pmo_classify.knowledge.lexicon as v, pmo_classify.knowledge.rules as r,"
        "pmo_classify.knowledge.roles as p;"
        "print(*(read.cache_info().currsize for read in (v.default_lexicon, l.listed_titles,"
        "t.default_tokenizer, r.rules, p.known_roles)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0"] * 5


def test_all_lists_what_there_is() -> None:
    assert sorted(pmo_classify.__all__) == pmo_classify.__all__
    assert all(hasattr(pmo_classify, name) for name in pmo_classify.__all__)
