"""The files that a user means: names, folders and patterns on a command line."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.kinds import labelled_name, looks_readable
from pmo_classify.files.output import real_name
from pmo_classify.files.packing import STANDARD_STREAM

__all__ = ["Inputs", "find_inputs"]

_PATTERN: Final = frozenset("*?[")
_TEMPORARY: Final = ("~$", ".")
"""How the names of files start that programs hide, such as the lock of an open workbook."""


class Inputs(NamedTuple):
    """The files to read, and those of other kinds that folders and patterns hold besides.

    ``are_many`` says that more than one may be meant, even if only one was found.
    """

    files: list[str]
    others: list[str]
    are_many: bool


def find_inputs(sources: Sequence[str]) -> Inputs:
    """Return the files that names, folders and patterns mean, each once.

    A folder means the tables in it, not for those in its folders; ``**`` in a pattern leads
    into folders too. The outputs of an earlier run are left out where their input is among the
    files.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("a.csv", "a.labelled.csv", "b.parquet", "notes.pdf"):
    ...         _ = Path(folder, name).write_text("")
    ...     found = find_inputs([folder])
    >>> [Path(name).name for name in found.files], [Path(name).name for name in found.others]
    (['a.csv', 'b.parquet'], ['notes.pdf'])

    A ``FileError`` says that a folder or a pattern matches no file.
    """
    if STANDARD_STREAM in sources:
        if len(sources) > 1:
            message = "stdin is read alone: leave out the - or the other files"
            raise FileError(message)
        return Inputs([STANDARD_STREAM], [], are_many=False)
    named: list[str] = []
    others: list[str] = []
    are_many = len(sources) > 1
    for source in sources:
        if not _stands_for_several(source):
            named.append(source)
            continue
        are_many = True
        found = _found(source)
        tables = [path for path in found if looks_readable(path)]
        if not tables:
            what = "no table is in this folder" if Path(source).is_dir() else "no file matches"
            message = f"{source}: {what}: give files such as .csv, .xlsx, .parquet or .jsonl"
            raise FileError(message)
        named += tables
        others += [path for path in found if not looks_readable(path)]
    return Inputs(_without_outputs(_distinct(named)), others, are_many)


def _stands_for_several(source: str) -> bool:
    path = Path(source)
    return path.is_dir() or (not _PATTERN.isdisjoint(source) and not os.path.lexists(path))


def _found(source: str) -> list[str]:
    """Return the files of a folder or a pattern in alphabetical order, without hidden ones."""
    if Path(source).is_dir():
        paths = [str(path) for path in Path(source).iterdir()]
    else:
        paths = glob.glob(source, recursive=True)  # noqa: PTH207 - a path may be absolute
    return sorted(
        path
        for path in paths
        if Path(path).is_file() and not Path(path).name.startswith(_TEMPORARY)
    )


def _distinct(paths: Iterable[str]) -> list[str]:
    by_place = {real_name(Path(path)): path for path in reversed(list(paths))}
    return list(by_place.values())[::-1]


def _without_outputs(paths: Sequence[str]) -> list[str]:
    """Leave out what a run has written beside one of the other files."""
    outputs = set()
    for path in map(Path, paths):
        outputs |= {labelled_name(path), labelled_name(path, ".xlsx")}
        outputs |= {path.with_name(path.stem + end) for end in (".review.xlsx", ".groups.csv")}
    return [path for path in paths if Path(path) not in outputs]
