"""Python's search for objects that hold each other, put off where it can find nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_at_rest"]


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Put off the search for objects that hold each other, while many are made that do not.

    Python starts it again and again as objects are made, and then looks at all that the program
    has: where pandas is loaded, that takes a fifth of the time that titles take. All else is freed
    as ever. Nobody's own code may run meanwhile, for it might make what must be found.

    >>> import gc
    >>> with collector_at_rest():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
