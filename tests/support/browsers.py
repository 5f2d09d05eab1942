"""Python as it is in a web page, for the tests: without threads, processes and Arrow."""

from __future__ import annotations

import sys

import pytest

_MODULES = ("files.csv.blocks", "files.csv.encoding", "files.streams", "files.xlsx.legacy")


def like_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a web page lacks; to use it is then an error."""
    for module in (*_MODULES, "page.session"):
        monkeypatch.setattr(f"pmo_classify.{module}.IN_BROWSER", True)
    for missing in ("numpy", "pyarrow", "_multiprocessing"):
        monkeypatch.setitem(sys.modules, missing, None)

    def refuse(*_: object, **__: object) -> None:
        message = "can't start new thread"
        raise RuntimeError(message)

    monkeypatch.setattr("threading.Thread.start", refuse)
    monkeypatch.setattr("subprocess.Popen.__init__", refuse)
