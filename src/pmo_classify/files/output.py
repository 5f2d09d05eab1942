"""Output files: they appear whole or not at all, and never replace the input."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from pmo_classify.errors import FileError
from pmo_classify.wording import near_files

__all__ = [
    "atomic_write",
    "check_apart",
    "check_free",
    "check_regular",
    "check_source",
    "check_target",
    "real_name",
]

_MOST_NAME_BYTES: Final = 80


def check_source(source: Path) -> None:
    """Refuse an input that is neither a file nor a pipe, with a ``FileError``."""
    kind = _kind(source)
    if kind is None:
        message = f"{source}: there is no such file: {near_files(source) or 'check the name'}"
        raise FileError(message)
    if stat.S_ISDIR(kind):
        message = f"{source}: this is a folder: name a file in it"
        raise FileError(message)
    # Reading a device may never end.
    if stat.S_ISBLK(kind) or stat.S_ISCHR(kind):
        message = f"{source}: this is a device: name a file"
        raise FileError(message)


def check_regular(source: Path) -> None:
    """Refuse an input that can be read only once, with a ``FileError``."""
    check_source(source)
    if not source.is_file():
        message = f"{source}: a workbook cannot be read from a pipe: save it as a file first"
        raise FileError(message)


def _kind(path: Path) -> int | None:
    """Return the mode of what a path leads to, as in ``os.stat``; None if there is nothing."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        message = f"{path}: cannot be read or written: {error.strerror or error}: check the name"
        raise FileError(message) from None


def check_target(source: Path, target: Path, *, force: bool, option: str = "--output") -> None:
    """Refuse an output that is the input, or that exists (unless ``force``).

    ``option`` is the option of the command line that names the output.
    """
    if _kind(target) and _kind(source) and source.samefile(target):
        message = f"{target}: the output is the input: name another with {option}"
        raise FileError(message)
    check_free(target, force=force, option=option)


def check_apart(outputs: Mapping[str, Path | None], source: Path | None = None) -> None:
    """Refuse two outputs of one run in one file, and an output in the file ``source``.

    ``outputs`` maps the option that names an output to its path; None is one not asked for.
    """
    taken: set[str] = set()
    for option, target in outputs.items():
        if target is None:
            continue
        if source is not None and _kind(target) and _kind(source) and source.samefile(target):
            message = f"{target}: this is one of the inputs: name another with {option}"
            raise FileError(message)
        # Hard links are no danger: a run replaces a file, and never writes into it.
        name = real_name(target)
        if name in taken:
            message = (
                f"{target}: another output of this run is the same file: name one with {option}"
            )
            raise FileError(message)
        taken.add(name)


def real_name(path: Path) -> str:
    """Return the full name of what a path leads to, by which two paths are compared."""
    try:
        return os.path.realpath(path)
    except OSError:
        # The working folder is gone.
        return str(path)


def check_free(target: Path, *, force: bool, option: str = "--output") -> None:
    """Refuse an output that is not a file, or that exists (unless ``force``).

    A link to a file counts as that file; one that leads nowhere is refused.
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
def atomic_write(target: Path) -> Iterator[BinaryIO]:
    """Open a temporary file for writing beside the target, which it replaces at the end.

    After any error nothing is left and the target is as it was. If the target is a link, it stays,
    and the file that it leads to is replaced. An ``OSError`` while writing becomes a ``FileError``
    that names the target.
    """
    place = Path(real_name(target)) if target.is_symlink() else target
    # The name is known before the file exists, so that a stop at any moment leaves nothing behind.
    temporary = place.with_name(f".{_short(place.name)}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as out:
            yield out
        temporary.replace(place)
    except OSError as error:
        message = f"{target}: cannot be written: {error.strerror or error}"
        raise FileError(message) from None
    finally:
        # It may have been removed, and its folder too.
        with suppress(OSError):
            temporary.unlink()


def _short(name: str) -> str:
    """Return a name cut short, so that more can be added: file systems limit its bytes."""
    while len(os.fsencode(name)) > _MOST_NAME_BYTES:
        name = name[:-1]
    return name
