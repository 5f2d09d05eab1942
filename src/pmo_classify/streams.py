"""Input from a file or from stdin, output to a file or to stdout: read again at will, whole."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, TypeAlias

from pmo_classify.errors import FileError
from pmo_classify.output import check_source, whole_file

__all__ = ["Parts", "open_source", "place_name", "whole_output", "writing_behind"]

Parts: TypeAlias = Iterable[bytes | memoryview]


def place_name(source: Path | str) -> str:
    """Name an input for a message.

    >>> place_name("-"), place_name(Path("ads.csv"))
    ('stdin', 'ads.csv')
    """
    return "stdin" if source == "-" else str(source)


@contextmanager
def open_source(source: Path | str) -> Iterator[BinaryIO]:
    """Open a file, or stdin for ``-``, so that it can be read more than once.

    What cannot be read twice, as stdin or a pipe, is first copied to a temporary file, which goes
    away at the end. A ``FileError`` says what cannot be read.
    """
    with ExitStack() as opened:
        try:
            handle = _opened(source, opened)
        except OSError as error:
            message = f"{place_name(source)}: cannot be read: {error.strerror or error}"
            raise FileError(message) from None
        yield handle


def _opened(source: Path | str, opened: ExitStack) -> BinaryIO:
    if source == "-":
        handle: BinaryIO = sys.stdin.buffer
    else:
        check_source(Path(source))
        handle = opened.enter_context(Path(source).open("rb"))  # noqa: SIM115 - the stack closes it
        if handle.seekable():
            return handle
    copy = opened.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    shutil.copyfileobj(handle, copy, 1 << 20)
    return copy


@contextmanager
def whole_output(target: Path | str) -> Iterator[BinaryIO]:
    """Open the output, a file or ``-`` for stdout: it gets everything at the end, or nothing.

    A ``FileError`` says what cannot be written; a reader of stdout that has gone is a
    ``BrokenPipeError``.
    """
    if target != "-":
        with whole_file(Path(target)) as out:
            yield out
        return
    with ExitStack() as opened:
        try:
            copy = opened.enter_context(tempfile.TemporaryFile())
            yield copy
            copy.seek(0)
            shutil.copyfileobj(copy, sys.stdout.buffer, 1 << 20)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            message = f"stdout: cannot be written: {error.strerror or error}"
            raise FileError(message) from None


@contextmanager
def writing_behind(out: BinaryIO) -> Iterator[Callable[[Parts], None]]:
    """Give a function that writes while its caller goes on; one write waits for the one before.

    >>> import io
    >>> out = io.BytesIO()
    >>> with writing_behind(out) as write:
    ...     write([b"a", b"b"])
    ...     write([b"c"])
    >>> out.getvalue()
    b'abc'

    A fault of a write is raised at the next one, or at the end.
    """
    under_way: Future[None] | None = None

    def write(parts: Parts) -> None:
        nonlocal under_way
        if under_way is not None:
            under_way.result()
        under_way = thread.submit(out.writelines, parts)

    with ThreadPoolExecutor(1) as thread:
        yield write
        if under_way is not None:
            under_way.result()
