"""Standard input, output and error: closed ones, broken ones, and encodings without our letters."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["repair_std_streams", "write_json"]


def repair_std_streams() -> None:
    """Make any text printable, and let a stream that the caller has closed lead nowhere.

    Characters that the encoding of stdout or stderr lacks are written as escapes.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # In this order each takes the closed descriptor. Otherwise the next file to be opened
            # would take it, and helper processes would print into that file.
            nowhere = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - it stays open
            setattr(sys, name, nowhere)
            setattr(sys, f"__{name}__", nowhere)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_json(value: object, stream: TextIO | None = None, indent: int | None = None) -> None:
    r"""Write a value as JSON and a line end, to stdout unless another stream is given.

    Letters beyond ASCII are written as they are if the stream is UTF-8, else as escapes:

    >>> import io
    >>> out = io.StringIO()
    >>> write_json({"title": "Büro"}, out)
    >>> out.getvalue()
    '{"title": "B\\u00fcro"}\n'
    """
    # Imported here because a plain `explain` does without.
    import json  # noqa: PLC0415

    stream = sys.stdout if stream is None else stream
    all_letters = (stream.encoding or "").lower().startswith("utf")
    stream.write(json.dumps(value, ensure_ascii=not all_letters, indent=indent) + "\n")
