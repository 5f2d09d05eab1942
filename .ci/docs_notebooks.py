"""Puts the notebooks on the site as pages, with the outputs that they were committed with.

``.ci/notebooks.py`` checks that these outputs are fresh.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.structure.files import File
from nbconvert import MarkdownExporter

FOLDER = Path(__file__).parents[1] / "notebooks"


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """Add a page for each notebook, and its pictures."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            for output in cell.get("outputs", ()):
                html = output.get("data", {}).get("text/html")
                if html is not None:
                    # Blank lines would end the HTML and begin a paragraph.
                    output.data["text/html"] = re.sub(r"\n\s*\n", "\n", html)
        text, resources = MarkdownExporter().from_notebook_node(
            notebook, resources={"unique_key": path.stem}
        )
        files.append(File.generated(config, f"notebooks/{path.stem}.md", content=text))
        for name, data in resources["outputs"].items():
            files.append(File.generated(config, f"notebooks/{name}", content=data))
    return files
