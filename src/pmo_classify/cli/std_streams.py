"""Standard input, output and error, whatever the program that called us has made of them."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["json_text", "mend_streams"]

_STREAMS = (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_RDWR))


class _Forgiving(io.TextIOWrapper):
    """What is told to a person: where nobody can take it, the work goes on all the same."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            # What cannot be written now would be tried again, and fail, when Python ends.
            # Imported here because it is hardly ever needed, and the start must be fast.
            from pmo_classify.files.streams import discard_output  # noqa: PLC0415

            discard_output(self)


def mend_streams() -> None:
    """Make the standard streams fit for any text, and for a caller who has closed them.

    A closed stdin or stdout gives an ``OSError`` where it is used, as a broken one does; without
    this the next file to be opened would take its place. Characters that the encoding of stdout
    lacks are written as escapes. What cannot be written to stderr is dropped.
    """
    for number, (name, mode, flags) in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            _occupy(number, flags)
            stand_in = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the process lives
            setattr(sys, name, stand_in)
            # What nobody holds would be closed, and its descriptor with it.
            setattr(sys, f"__{name}__", stand_in)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if type(sys.stderr) is io.TextIOWrapper:
        encoding = sys.stderr.encoding
        sys.stderr = _Forgiving(sys.stderr.buffer, encoding, "backslashreplace", None, True)


def _occupy(number: int, flags: int) -> None:
    """Let a descriptor lead to where the wrong direction is refused."""
    nowhere = os.open(os.devnull, flags)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)


def json_text(value: object, stream: TextIO, indent: int | None = None) -> str:
    r"""Write a value as JSON that a stream can take: what its encoding lacks is escaped.

    >>> import io
    >>> json_text({"title": "Büro"}, io.TextIOWrapper(io.BytesIO(), "ascii"))
    '{"title": "B\\u00fcro"}'
    """
    # json is imported here because a plain explanation does without.
    import json  # noqa: PLC0415

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text
