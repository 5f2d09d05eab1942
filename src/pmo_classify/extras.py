"""Check that optional libraries are installed, and say how to install those that are missing."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from pmo_classify.errors import MissingExtraError

__all__ = ["need"]

_IMPORTED_AS: Final = {"scikit-learn": "sklearn"}
"""The import names of libraries whose package has another name."""


def need(*libraries: str, extra: str, what: str) -> None:
    """Raise a ``MissingExtraError`` if one of the libraries is not installed.

    ``libraries`` are their names on the package index, ``extra`` is the extra of this library that
    installs them, and ``what`` is the feature that needs them. Nothing is imported.

    >>> need("no-such-library", extra="report", what="a report")
    Traceback (most recent call last):
    ...
    pmo_classify.errors.MissingExtraError: a report needs no-such-library: pip install 'pmo-classify[report]'
    """  # noqa: E501 - a message is one line
    missing = [name for name in libraries if find_spec(_IMPORTED_AS.get(name, name)) is None]
    if missing:
        message = f"{what} needs {' and '.join(missing)}: pip install 'pmo-classify[{extra}]'"
        raise MissingExtraError(message)
