"""Runs the notebooks, and fails where they no longer show what they showed.

With ``--write`` what they show now is written into them instead. Pictures are not compared.
"""

from __future__ import annotations

import json
import re
import sys
from difflib import unified_diff
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
# Where an object is in memory, and what a table of pandas is called, changes with every run.
CHANGING = re.compile(r"0x[0-9a-f]+|(?<=_)[0-9a-f]{5}(?=_)")


def shown(notebook: Any) -> list[str]:
    """Return the texts that a notebook shows, cell by cell."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            texts = [output.get("text", ""), data.get("text/plain", ""), data.get("text/html", "")]
            found.append(CHANGING.sub("", "\n".join(texts)))
    return found


def run(path: Path, *, write: bool) -> bool:
    """Run a notebook; return whether it shows what it showed, or was written."""
    before = nbformat.read(path, as_version=4)
    after = nbformat.read(path, as_version=4)
    NotebookClient(after, resources={"metadata": {"path": FOLDER}}).execute()
    if write:
        for cell in after.cells:
            # Times of the run, which would change the file each time.
            cell.metadata.pop("execution", None)
        after.metadata = before.metadata
        text = json.dumps(after, indent=1, ensure_ascii=False)
        path.write_text(f"{text}\n", encoding="utf-8")
    elif shown(before) != shown(after):
        old, new = ("\n".join(shown(notebook)).splitlines() for notebook in (before, after))
        changes = "\n".join(unified_diff(old, new, "shown", "shows now", n=0, lineterm=""))
        sys.stderr.write(f"{path.name} shows something else now:\n{changes}\n")
        return False
    return True


def main() -> None:
    """Run all notebooks, and end with 1 if one of them is not fresh."""
    write = "--write" in sys.argv[1:]
    fresh = [run(path, write=write) for path in sorted(FOLDER.glob("*.ipynb"))]
    if not all(fresh):
        sys.stderr.write("if that is right: .venv/bin/python .ci/notebooks.py --write\n")
        raise SystemExit(1)


if __name__ == "__main__":
    main()
