"""Says which ``pip install`` brings a missing optional library."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from pmo_classify.errors import MissingExtraError

__all__ = ["need"]

_IMPORTED_AS: Final = {"scikit-learn": "sklearn"}
"""Import names of the libraries that are installed under another name."""


def need(*libraries: str, extra: str, what: str) -> None:
    """Raise a ``MissingExtraError`` if one of the libraries is not installed.

    ``libraries`` are the names on the package index, ``extra`` is our extra that brings them, and
    ``what`` is the thing that needs them. Nothing is imported.

    >>> need("no-such-library", extra="report", what="a report")
    Traceback (most recent call last):
    ...
    pmo_classify.errors.MissingExtraError: a report needs no-such-library: pip install 'pmo-classify[report]'
    """  # noqa: E501 - a message is one line
    missing = [name for name in libraries if find_spec(_IMPORTED_AS.get(name, name)) is None]
    if missing:
        message = f"{what} needs {' and '.join(missing)}: pip install 'pmo-classify[{extra}]'"
        raise MissingExtraError(message)
