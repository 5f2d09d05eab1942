"""Files that appear whole or not at all, and never in the place of the input."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pmo_classify.errors import FileError

__all__ = ["check_free", "check_source", "check_target", "default_output", "whole_file"]


def default_output(source: Path, suffix: str | None = None) -> Path:
    """Name the output beside the input: ``ads.csv`` gives ``ads.labelled.csv``."""
    return source.with_name(f"{source.stem}.labelled{suffix or source.suffix}")


def check_source(source: Path) -> None:
    """Refuse an input that is no file; a ``FileError`` says so."""
    if source.is_dir():
        message = f"{source}: this is a folder: name a file in it"
        raise FileError(message)
    if not source.exists():
        message = f"{source}: there is no such file: check the name"
        raise FileError(message)


def check_target(source: Path, target: Path, *, force: bool, option: str = "--output") -> None:
    """Refuse an output that is the input, or that exists (unless ``force``).

    ``option`` is what names the output on the command line.
    """
    if target.exists() and source.exists() and source.samefile(target):
        message = f"{target}: the output is the input: name another with {option}"
        raise FileError(message)
    check_free(target, force=force, option=option)


def check_free(target: Path, *, force: bool, option: str = "--output") -> None:
    """Refuse an output that is a folder, or that exists (unless ``force``)."""
    if target.is_dir():
        message = f"{target}: this is a folder: name a file with {option}"
        raise FileError(message)
    if target.exists() and not force:
        message = f"{target}: the file exists: name another with {option}, or use --force"
        raise FileError(message)


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Open a file for writing bytes beside the target, which it replaces at the end.

    After any fault nothing is left and the target is as it was. An ``OSError`` while writing
    becomes a ``FileError`` that names the target.
    """
    try:
        descriptor, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".part"
        )
    except OSError as error:
        message = f"{target}: cannot be written: {error.strerror or error}"
        raise FileError(message) from None
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
        _give_usual_mode(temporary)
        temporary.replace(target)
    except OSError as error:
        message = f"{target}: cannot be written: {error.strerror or error}"
        raise FileError(message) from None
    finally:
        temporary.unlink(missing_ok=True)


def _give_usual_mode(path: Path) -> None:
    """Give the file the mode that any new file of this user gets, not the private one."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
