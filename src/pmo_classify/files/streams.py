"""Input from a file or stdin, to be read again and again; output to a file or stdout, whole."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, Final, TypeAlias, TypeVar

from pmo_classify.errors import FileError
from pmo_classify.files.browser import IN_BROWSER
from pmo_classify.files.output import atomic_write, check_source
from pmo_classify.files.packing import PACKINGS, STANDARD_STREAM, unpack

__all__ = [
    "STANDARD_STREAM",
    "Parts",
    "atomic_output",
    "background_writer",
    "detect_changes",
    "discard_output",
    "open_source",
    "source_label",
    "temporary_folder",
]

_CHUNK: Final = 1 << 20

_T = TypeVar("_T")

Parts: TypeAlias = Iterable[bytes | memoryview]
"""Bytes to write, in pieces."""


def source_label(source: Path | str) -> str:
    """Return the name of an input for messages.

    >>> source_label("-"), source_label(Path("ads.csv"))
    ('stdin', 'ads.csv')
    """
    return "stdin" if source == STANDARD_STREAM else str(source)


@contextmanager
def open_source(source: Path | str) -> Iterator[BinaryIO]:
    """Open a file, or stdin for ``-``, so that it can be read more than once.

    An input that can be read only once, such as stdin or a pipe, is first copied to a temporary
    file, which is deleted at the end; a compressed one is unpacked into such a file. A
    ``FileError`` says what cannot be read.
    """
    try:
        with ExitStack() as stack:
            yield _opened(source, stack)
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{source_label(source)}: cannot be read: {error.strerror or error}"
        raise FileError(message) from None


def _opened(source: Path | str, stack: ExitStack) -> BinaryIO:
    if source == STANDARD_STREAM:
        handle: BinaryIO = sys.stdin.buffer
    else:
        check_source(Path(source))
        handle = stack.enter_context(Path(source).open("rb"))  # noqa: SIM115 - the stack closes it
        packing = Path(source).suffix.lower()
        if packing in PACKINGS:
            handle = handle if handle.seekable() else _copied(handle, stack)
            return _filled(stack, lambda write: unpack(handle, packing, source, write))
        if handle.seekable():
            return handle
    return _copied(handle, stack)


def _copied(handle: BinaryIO, stack: ExitStack) -> BinaryIO:
    def copy_to(write: Callable[[bytes], None]) -> None:
        while chunk := handle.read(_CHUNK):
            write(chunk)

    return _filled(stack, copy_to)


def _filled(stack: ExitStack, fill: Callable[[Callable[[bytes], None]], None]) -> BinaryIO:
    """Return a temporary file, at its start, into which a function has written."""
    copy = stack.enter_context(_temporary_file())

    def write(chunk: bytes) -> None:
        with _scratch_errors():
            copy.write(chunk)

    fill(write)
    with _scratch_errors():
        copy.seek(0)
    return copy


@contextmanager
def _temporary_file() -> Iterator[BinaryIO]:
    """Open a file without a name, which is gone when it is closed."""
    with _scratch_errors():
        opened = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
    try:
        yield opened
    finally:
        # Closing tries once more to write what a full disk refused; that error was raised already.
        with suppress(OSError):
            opened.close()


@contextmanager
def _scratch_errors() -> Iterator[None]:
    """Turn an error of the temporary folder into a ``FileError``."""
    try:
        yield
    except OSError as error:
        fault = error.strerror or error
        message = f"the temporary folder cannot be used: {fault}: free some space, or set TMPDIR"
        raise FileError(message) from None


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a temporary folder, which is deleted at the end with everything in it."""
    with _scratch_errors():
        folder = tempfile.TemporaryDirectory(prefix="pmo-classify-", ignore_cleanup_errors=True)
    with folder as name:
        yield Path(name)


@contextmanager
def detect_changes(
    source: Path | str, handle: BinaryIO | None = None
) -> Iterator[Callable[[], None]]:
    """Refuse an input that changes while it is read several times, which would mix two states.

    ``handle`` is the input where it stays open; without it, the path is opened again and again.
    Call the function that you get when everything is read. An error inside the block may be due to
    a change, and is then replaced by the ``FileError`` that says so.
    """
    before = _state(source, handle)

    def check() -> None:
        if _state(source, handle) != before:
            message = (
                f"{source_label(source)}: it changed while it was read: run again when nothing "
                "writes to it"
            )
            raise FileError(message)

    try:
        yield check
    except Exception:
        check()
        raise


def _state(source: Path | str, handle: BinaryIO | None) -> tuple[int, ...]:
    """Return what differs after a change; empty where the file is gone."""
    try:
        found = Path(source).stat() if handle is None else os.fstat(handle.fileno())
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def atomic_output(target: Path | str) -> Iterator[BinaryIO]:
    """Open the output, a file or ``-`` for stdout, which gets everything at the end or nothing.

    A ``FileError`` says what cannot be written. If the program that reads stdout has ended, it is
    a ``BrokenPipeError``.
    """
    if target != STANDARD_STREAM:
        with atomic_write(Path(target)) as out:
            yield out
        return
    with _temporary_file() as copy:
        with _scratch_errors():
            yield copy
            copy.seek(0)
        try:
            shutil.copyfileobj(copy, sys.stdout.buffer, _CHUNK)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            discard_output(sys.stdout)
            message = f"stdout: cannot be written: {error.strerror or error}"
            raise FileError(message) from None


def discard_output(stream: IO[str]) -> None:
    """Drop what a stream could not write; else Python tries again at its end, and complains."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextmanager
def background_writer(write_parts: Callable[[_T], object]) -> Iterator[Callable[[_T], None]]:
    """Return a function that calls another one in a thread, such as the ``writelines`` of a file.

    >>> import io
    >>> out = io.BytesIO()
    >>> with background_writer(out.writelines) as write:
    ...     write([b"a", b"b"])
    ...     write([b"c"])
    >>> out.getvalue()
    b'abc'

    A write waits for the one before it. An error is raised at the next write, or at the end.
    In a web page, which has no threads, each write is done at once.
    """
    if IN_BROWSER:

        def write_now(parts: _T) -> None:
            write_parts(parts)

        yield write_now
        return
    pending: Future[object] | None = None

    def write(parts: _T) -> None:
        nonlocal pending
        if pending is not None:
            pending.result()
        pending = thread.submit(write_parts, parts)

    with ThreadPoolExecutor(1) as thread:
        yield write
        if pending is not None:
            pending.result()
