"""Files that appear whole or not at all, and never in the place of the input."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from pmo_classify.errors import FileError

__all__ = [
    "check_apart",
    "check_free",
    "check_regular",
    "check_source",
    "check_target",
    "default_output",
    "whole_file",
]

_ROOM: Final = 80


def default_output(source: Path, suffix: str | None = None) -> Path:
    """Name the output beside the input: ``ads.csv`` gives ``ads.labelled.csv``."""
    return source.with_name(f"{source.stem}.labelled{suffix or source.suffix}")


def check_source(source: Path) -> None:
    """Refuse an input that is neither a file nor a pipe; a ``FileError`` says so."""
    kind = _kind(source)
    if kind is None:
        message = f"{source}: there is no such file: check the name"
        raise FileError(message)
    if stat.S_ISDIR(kind):
        message = f"{source}: this is a folder: name a file in it"
        raise FileError(message)
    # A device may go on for ever.
    if stat.S_ISBLK(kind) or stat.S_ISCHR(kind):
        message = f"{source}: this is a device: name a file"
        raise FileError(message)


def check_regular(source: Path) -> None:
    """Refuse an input that can be read only once; a ``FileError`` says so."""
    check_source(source)
    if not source.is_file():
        message = f"{source}: a workbook cannot be read from a pipe: save it as a file first"
        raise FileError(message)


def _kind(path: Path) -> int | None:
    """Give what a path leads to, as ``os.stat`` says it; None for nothing."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"{path}: cannot be read or written: {error.strerror or error}: check the name"
        raise FileError(message) from None


def check_target(source: Path, target: Path, *, force: bool, option: str = "--output") -> None:
    """Refuse an output that is the input, or that exists (unless ``force``).

    ``option`` is what names the output on the command line.
    """
    if _kind(target) and _kind(source) and source.samefile(target):
        message = f"{target}: the output is the input: name another with {option}"
        raise FileError(message)
    check_free(target, force=force, option=option)


def check_apart(outputs: Mapping[str, Path | None], source: Path | None = None) -> None:
    """Refuse outputs of one run that are one file, or that are ``source``, whatever is forced.

    ``outputs`` are by the option that names each; None is one that is not asked for.
    """
    taken: set[str] = set()
    for option, target in outputs.items():
        if target is None:
            continue
        if source is not None and _kind(target) and _kind(source) and source.samefile(target):
            message = f"{target}: this is one of the inputs: name another with {option}"
            raise FileError(message)
        # Hard links need no look: a run replaces a file, and does not write into it.
        name = _real_name(target)
        if name in taken:
            message = f"{target}: another file of this run goes there: name one with {option}"
            raise FileError(message)
        taken.add(name)


def _real_name(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except OSError:
        # The working folder has gone.
        return str(path)


def check_free(target: Path, *, force: bool, option: str = "--output") -> None:
    """Refuse an output that is no file, or that exists (unless ``force``).

    A link to a file is taken for the file; one that leads nowhere is refused.
    """
    kind = _kind(target)
    if kind is None:
        if target.is_symlink():
            message = f"{target}: this link leads nowhere: name a file with {option}"
            raise FileError(message)
        return
    if stat.S_ISDIR(kind):
        message = f"{target}: this is a folder: name a file with {option}"
        raise FileError(message)
    if not stat.S_ISREG(kind):
        message = f"{target}: this is a pipe or a device: name a file with {option}"
        raise FileError(message)
    if not force:
        message = f"{target}: the file exists: name another with {option}, or use --force"
        raise FileError(message)


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Open a file for writing bytes beside the target, which it replaces at the end.

    After any fault nothing is left and the target is as it was. A link stays, and the file that it
    leads to is replaced. An ``OSError`` while writing becomes a ``FileError`` that names the
    target.
    """
    place = Path(_real_name(target)) if target.is_symlink() else target
    # It has its name before it is made: whenever a stop comes, it is known what to clear away.
    temporary = place.with_name(f".{_short(place.name)}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as out:
            yield out
        temporary.replace(place)
    except OSError as error:
        message = f"{target}: cannot be written: {error.strerror or error}"
        raise FileError(message) from None
    finally:
        # Where it was taken away, its folder may have gone, too.
        with suppress(OSError):
            temporary.unlink()


def _short(name: str) -> str:
    """Cut a name so that it has room for more: a file system counts its bytes."""
    while len(os.fsencode(name)) > _ROOM:
        name = name[:-1]
    return name
