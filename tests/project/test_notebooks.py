"""The notebooks are shown as saved, so they must have results, and nothing personal."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:home|root|tmp|Users|usr|opt|var|mnt|work)/|\b[A-Za-z]:\\{1,2}\w+\\"
    r"|ipykernel_\d|site-packages"
)

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def strings(value: object) -> list[str]:
    """Return all text of an output, without its pictures."""
    if isinstance(value, dict):
        return [s for key, part in value.items() if key != "image/png" for s in strings(part)]
    if isinstance(value, list):
        return [s for part in value for s in strings(part)]
    return [value] if isinstance(value, str) else []


def test_there_are_notebooks() -> None:
    """The tests below find what they look for."""
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04"]


@each_notebook
def test_a_notebook_was_run_from_its_top(path: Path) -> None:
    """Every code cell was run, in order, and the notebook shows results."""
    cells = code_cells(path)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert any(cell["outputs"] for cell in cells)


@each_notebook
def test_a_notebook_shows_no_error_and_no_warning(path: Path) -> None:
    """No output is a warning or an error."""
    outputs = [output for cell in code_cells(path) for output in cell["outputs"]]
    kinds = {(output["output_type"], output.get("name")) for output in outputs}
    assert not kinds & {("error", None), ("stream", "stderr")}


@each_notebook
def test_a_notebook_holds_no_machine_path(path: Path) -> None:
    """The notebook says nothing about the machine that ran it."""
    text = "\n".join(strings(json.loads(path.read_text(encoding="utf-8"))))
    assert MACHINE_PATH.findall(text) == []


@pytest.mark.parametrize(
    "text", ["/mnt/x/ads.csv", "'/home/ann/ads.csv'", r"C:\Users\ann", "see site-packages"]
)
def test_a_machine_path_is_known_when_met(text: str) -> None:
    """The search above finds what it looks for."""
    assert MACHINE_PATH.search(text)
