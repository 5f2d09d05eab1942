"""Input from a file or from stdin, output to a file or to stdout: read again at will, whole."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from pmo_classify.cli.std_streams import drop_results
from pmo_classify.errors import FileError
from pmo_classify.files.output import check_source, whole_file

__all__ = [
    "Parts",
    "open_source",
    "place_name",
    "scratch_folder",
    "unchanging",
    "whole_output",
    "writing_behind",
]

_CHUNK: Final = 1 << 20

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
    try:
        with ExitStack() as opened:
            yield _opened(source, opened)
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{place_name(source)}: cannot be read: {error.strerror or error}"
        raise FileError(message) from None


def _opened(source: Path | str, opened: ExitStack) -> BinaryIO:
    if source == "-":
        handle: BinaryIO = sys.stdin.buffer
    else:
        check_source(Path(source))
        handle = opened.enter_context(Path(source).open("rb"))  # noqa: SIM115 - the stack closes it
        if handle.seekable():
            return handle
    copy = opened.enter_context(_scratch())
    while chunk := handle.read(_CHUNK):
        with _told_scratch():
            copy.write(chunk)
    with _told_scratch():
        copy.seek(0)
    return copy


@contextmanager
def _scratch() -> Iterator[BinaryIO]:
    """Give a file without a name, which goes when it is closed."""
    with _told_scratch():
        opened = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
    try:
        yield opened
    finally:
        # What a full disk did not take would be written once more; it was told already.
        with suppress(OSError):
            opened.close()


@contextmanager
def _told_scratch() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        fault = error.strerror or error
        message = f"the temporary folder cannot be used: {fault}: free some space, or set TMPDIR"
        raise FileError(message) from None


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a temporary folder, which goes at the end with all that is in it."""
    with _told_scratch():
        folder = tempfile.TemporaryDirectory(prefix="pmo-classify-", ignore_cleanup_errors=True)
    with folder as name:
        yield Path(name)


@contextmanager
def unchanging(source: Path | str, handle: BinaryIO | None = None) -> Iterator[Callable[[], None]]:
    """Refuse an input that changes while it is read several times, and so would be mixed up.

    ``handle`` is the input where it stays open; without it, its path is read again and again. Call
    what is given when all is read. A fault within may come of the change, which is then what is
    told: a ``FileError``.
    """
    before = _state(source, handle)

    def check() -> None:
        if _state(source, handle) != before:
            message = f"{place_name(source)}: it changed while it was read: run again when it rests"
            raise FileError(message)

    try:
        yield check
    except Exception:
        check()
        raise


def _state(source: Path | str, handle: BinaryIO | None) -> tuple[int, ...]:
    """Give what shows a change; nothing where there is no such file any more."""
    try:
        found = Path(source).stat() if handle is None else os.fstat(handle.fileno())
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


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
    with _scratch() as copy:
        with _told_scratch():
            yield copy
            copy.seek(0)
        try:
            shutil.copyfileobj(copy, sys.stdout.buffer, 1 << 20)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            drop_results()
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
