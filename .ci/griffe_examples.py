"""Shows the examples of our docstrings as code on the pages of reference.

The docstrings hold bare doctests, which Markdown would take for quotations, and a code block after
a line of two colons. This extension of griffe fences both before they are rendered.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_LITERAL = re.compile(r"^::\n\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)
_EXAMPLE = re.compile(r"^>>> (?:.+\n?)+", re.MULTILINE)


def fenced(text: str) -> str:
    """Put fences around the examples of a docstring."""
    text = _LITERAL.sub(lambda m: f"```python\n{_outdented(m[1])}\n```\n\n", text)
    return _EXAMPLE.sub(lambda m: f"```pycon\n{m[0].rstrip()}\n```\n", text)


def _outdented(block: str) -> str:
    return "\n".join(line[4:] for line in block.rstrip().splitlines())


class FencedExamples(griffe.Extension):
    """Fences the examples of every docstring."""

    def on_object(self, *, obj: griffe.Object, **_options: Any) -> None:
        """Change the docstring of one object, if it has one."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)
