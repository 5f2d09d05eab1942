"""Tables of titles with their answers: the one that ships with the library, and a user's own."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pmo_classify.errors import FileError, TableError, TableFault
from pmo_classify.knowledge.tables import read_shipped
from pmo_classify.taxonomy import Level, Scope, Track
from pmo_classify.wording import near_files

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "ListedTitle",
    "RawRow",
    "TitleRows",
    "check_row",
    "delimiter_of",
    "read_listed_rows",
    "read_title_rows",
]

_ROW: Final = '{"title": "PMO Guru", "track": "pmo", "level": 2, "scope": ""}'
COLUMNS: Final = ("title", "track", "level", "scope", "ambiguous", "source")
_REQUIRED: Final = ("title", "track")
_ALIKE: Final = 0.8
_DELIMITERS: Final = (",", ";", "\t")
"""How alike a name and one of ours are, from 0 to 1, where one is a slip of the other."""
_TRUE: Final = frozenset({"1", "true", "yes", "y"})
_FLAGS: Final = _TRUE | {"", "0", "false", "no", "n"}

TitleRows = str | os.PathLike[str] | Iterable[Mapping[str, object]]
"""The path of a CSV file, or rows with the keys ``title``, ``track``, ``level`` and ``scope``."""


class ListedTitle(NamedTuple):
    """A title of a table with its answer, and the file and line of its row."""

    title: str
    track: Track
    level: Level | None
    scope: Scope
    ambiguous: bool
    source: str
    file: str
    line: int

    @property
    def answer(self) -> tuple[Track, Level | None, Scope, bool]:
        """Track, level, scope, and whether the title alone cannot settle them."""
        return self.track, self.level, self.scope, self.ambiguous


class RawRow(NamedTuple):
    """A row as it was written, with its file and line."""

    file: str
    line: int
    cells: Mapping[str, str]


def read_title_rows(source: TitleRows) -> list[RawRow]:
    """Return the rows of a CSV file or of dictionaries, without checking their answers.

    A file must be UTF-8, and its header must name at least ``title`` and ``track``. Commas,
    semicolons or tabs may separate its cells.
    """
    if isinstance(source, (str, os.PathLike)):
        # Imported here because only a user's own file needs it.
        from pathlib import Path  # noqa: PLC0415

        return list(_read_file(Path(source)))
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        message = (
            f"extra_titles must be the path of a CSV file, or a list of rows such as {_ROW}, "
            f"not {type(source).__name__}"
        )
        raise TypeError(message)
    return [RawRow("extra_titles", at, _cells(at, row)) for at, row in enumerate(source, start=1)]


def _cells(number: int, row: Mapping[str, object]) -> dict[str, str]:
    if not isinstance(row, Mapping):
        message = f"extra_titles, row {number}: must be a dict such as {_ROW}, not {row!r}"
        raise TypeError(message)
    cells = {str(k): "" if v is None else str(v).strip() for k, v in row.items()}
    _check_names(list(cells), "extra_titles", number)
    return cells


def _read_file(path: Path) -> Iterator[RawRow]:
    if path.is_char_device():
        # Reading some devices never ends.
        message = f"cannot read the titles file {str(path)!r}: it is a device, so name a CSV file"
        raise FileError(message)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        near = near_files(path) if isinstance(error, FileNotFoundError) else ""
        what = f"{error.strerror or error}{near and f': {near}'}"
        message = f"cannot read the titles file {str(path)!r}: {what}"
        raise FileError(message) from None
    except UnicodeDecodeError as error:
        message = (
            f"cannot read the titles file {str(path)!r}: it is not UTF-8 at byte {error.start}: "
            "save it as CSV UTF-8"
        )
        raise FileError(message) from None
    yield from _parse(text, path.name)


def _parse(text: str, name: str) -> Iterator[RawRow]:
    records = _records(text, name)
    _, names = next(records, (1, []))
    header = [h.strip().casefold() for h in names]
    missing = [c for c in _REQUIRED if c not in header]
    if missing:
        found = ", ".join(header) or "nothing"
        fault = TableFault(
            name,
            1,
            f"the header lacks {', '.join(missing)}",
            f"write {','.join(COLUMNS[:4])}; found {found}",
        )
        raise TableError([fault])
    _check_names(header, name, 1)
    for line, row in records:
        # A row may be shorter or longer than the header.
        cells = dict(zip(header, map(str.strip, row), strict=False))
        if any(cells.values()):
            yield RawRow(name, line, cells)


def _check_names(names: Sequence[str], file: str, line: int) -> None:
    """Refuse a name that looks like a slip of ours: nobody would notice what its column lost."""
    missing = [column for column in COLUMNS if column not in names]
    others = [name for name in names if name not in COLUMNS]
    if not missing or not others:
        return
    # Imported here because most tables have only our columns.
    from difflib import get_close_matches  # noqa: PLC0415

    slips = [(name, get_close_matches(name.casefold(), missing, 1, _ALIKE)) for name in others]
    faults = [
        TableFault(file, line, f"{name!r} is no column of titles", f"write {near[0]}, or rename it")
        for name, near in slips
        if near
    ]
    if faults:
        raise TableError(faults)


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text, each with its last line; a quoted cell may have several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        fix = "look for a quote that is not closed, here or above"
        fault = TableFault(name, reader.line_num, f"the row cannot be read ({error})", fix)
        raise TableError([fault]) from None


def delimiter_of(text: str) -> str:
    """Return what separates the cells of a table: Excel writes semicolons in many countries.

    >>> delimiter_of("title;track;level"), delimiter_of("title,track,level")
    (';', ',')
    """
    return max(_DELIMITERS, key=text.partition("\n")[0].count)


def check_row(row: RawRow) -> ListedTitle | list[TableFault]:
    """Return the listed title of a row, or the list of the row's faults."""
    cells = row.cells.get
    title, source = cells("title", ""), cells("source", "")
    track = _track(cells("track", ""))
    level, scope = _level(cells("level", "")), _scope(cells("scope", ""))
    flag = cells("ambiguous", "").casefold()
    if title and track is not None and flag in _FLAGS:
        on_ladder = track is Track.PMO
        is_whole = isinstance(level, Level) if on_ladder else not (level or scope)
        if is_whole and not isinstance(level, str) and not isinstance(scope, str):
            return ListedTitle(
                title, track, level, scope, flag in _TRUE, source, row.file, row.line
            )
    return [TableFault(row.file, row.line, what, fix) for what, fix in _faults(row.cells)]


def _faults(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each fault of a row, and how to fix it."""
    if not cells.get("title", "").strip():
        yield "the title is empty", "write a title, or delete the row"
    track = _track(cells.get("track", ""))
    if track is None:
        what = f"track {cells.get('track', '')!r} is not a track"
        yield what, "write pmo, delivery or other"
    level, scope = _level(cells.get("level", "")), _scope(cells.get("scope", ""))
    if isinstance(level, str):
        what = f"level {level!r} is not a level"
        yield what, "write 1, 2, 3 or 4, or nothing if the title is not on the ladder"
    if isinstance(scope, str):
        what = f"scope {scope!r} is not a scope"
        yield what, "join project, programme, portfolio, enterprise with +"
    if track is Track.PMO and level is None:
        yield "the track is pmo, but there is no level", "write 1, 2, 3 or 4"
    if track in (Track.DELIVERY, Track.OTHER) and (level is not None or scope):
        yield f"the track is {track}, but there is a level or a scope", "leave both empty"
    flag = cells.get("ambiguous", "").casefold()
    if flag not in _FLAGS:
        yield f"ambiguous {flag!r} is neither 0 nor 1", "write 1 if the title is in doubt, else 0"


# Rows repeat a few values; the cache is small, so that a long table of wrong ones fits in memory.
_remembered = lru_cache(maxsize=64)


@_remembered
def _track(text: str) -> Track | None:
    return Track(text.casefold()) if text.casefold() in list(Track) else None


@_remembered
def _level(text: str) -> Level | str | None:
    """Return a level, which spreadsheets may write as 2.0, or the text if it is not a level."""
    if not text:
        return None
    digits = text.removesuffix(".0")
    return Level(int(digits)) if digits in ("1", "2", "3", "4") else text


@_remembered
def _scope(text: str) -> Scope | str:
    try:
        return Scope.parse(text)
    except ValueError:
        return text


def read_listed_rows() -> list[RawRow]:
    """Return the rows of the table that ships with the library, without checking them."""
    return list(_parse(read_shipped("titles.csv"), "titles.csv"))
