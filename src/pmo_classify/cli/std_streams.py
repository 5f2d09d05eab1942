"""Standard input, output and error: closed ones, broken ones, and encodings without our letters."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from pmo_classify.classification import Classification

__all__ = ["hint_at_slips", "repair_std_streams", "write_explanations", "write_json"]


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


def write_explanations(answers: Iterable[Classification]) -> None:
    """Write answers explained to stdout, with a blank line between them; a terminal gets colours.

    Rich decides which colours a terminal has, and heeds ``NO_COLOR``.
    """
    if not sys.stdout.isatty():
        sys.stdout.write("\n\n".join(answer.explain() for answer in answers) + "\n")
        return
    # Imported here because plain text needs none of it, and must come fast.
    from rich.console import Console  # noqa: PLC0415

    from pmo_classify.explanation import explain_in_colour  # noqa: PLC0415

    console = Console(highlight=False)
    for number, answer in enumerate(answers):
        if number:
            console.print()
        console.print(explain_in_colour(answer), soft_wrap=True)


def hint_at_slips(titles: Sequence[str]) -> None:
    """Say on stderr what a user may have meant who forgot quotation marks, or named a file."""
    hint = ""
    if len(titles) > 1 and not any(" " in title for title in titles):
        together = " ".join(titles)
        hint = f'these were read as {len(titles)} titles; for one title, write "{together}"'
    files = [title for title in titles if "." in title and os.path.isfile(title)]  # noqa: PTH113
    if files:
        hint = f"{files[0]} is a file: to label its titles, run: pmo-classify label {files[0]}"
    if hint:
        sys.stderr.write(f"pmo-classify: {hint}\n")
