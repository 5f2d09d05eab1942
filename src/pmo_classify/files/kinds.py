"""What kind of table a file is, by its ending, and whether an output's ending agrees with it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from pmo_classify.errors import FileError
from pmo_classify.files.output import check_source, check_target
from pmo_classify.files.packing import PACKINGS, STANDARD_STREAM, member_name

__all__ = [
    "DELIMITERS",
    "FileFormat",
    "FileKind",
    "check_agrees",
    "check_ending",
    "check_readable",
    "checked_target",
    "file_format",
    "is_workbook",
    "labelled_name",
    "looks_readable",
    "name_ending",
    "text_ending",
]


class FileKind(Enum):
    """A kind of table, by the name that messages have for it."""

    TEXT = "CSV file"
    JSON_LINES = "JSON lines file"
    PARQUET = "Parquet file"
    WORKBOOK = "workbook"


class FileFormat(NamedTuple):
    """The kind of a file, its ending without the compression, and that of the compression.

    Both endings are in lower case; either may be empty.
    """

    kind: FileKind
    ending: str
    packing: str = ""


DELIMITERS: Final = {".csv": ",;", ".tsv": "\t", ".tab": "\t", ".psv": "|", ".ssv": ";"}
"""The delimiters that an ending of delimited text promises; other endings promise none."""

_UNNAMED: Final = FileFormat(FileKind.TEXT, "")
_ENDINGS: Final = {
    FileKind.TEXT: ("", *DELIMITERS, ".txt", ".dat", ".asc"),
    FileKind.JSON_LINES: (".jsonl", ".ndjson"),
    FileKind.PARQUET: (".parquet", ".pq"),
    # The last ones are workbooks too, and are refused as such.
    FileKind.WORKBOOK: (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb", ".xltx", ".xltm", ".xlam"),
}
_KINDS: Final = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings}
_MAY_BE_PACKED: Final = frozenset({FileKind.TEXT, FileKind.JSON_LINES})
_ADVICE: Final = {
    ".json": "write one object a line, and name it .jsonl",
    ".zip": "unpack it first",
}


def file_format(source: Path | str) -> FileFormat:
    """Return the format of a file by its ending; a ZIP archive is opened to see what is in it.

    >>> file_format("ads.TSV.gz")
    FileFormat(kind=<FileKind.TEXT: 'CSV file'>, ending='.tsv', packing='.gz')
    >>> file_format("ads.jsonl").kind, file_format("-").kind
    (<FileKind.JSON_LINES: 'JSON lines file'>, <FileKind.TEXT: 'CSV file'>)

    A ``FileError`` names the endings that can be read.
    """
    if source == STANDARD_STREAM:
        return _UNNAMED
    path = Path(source)
    packing = _packing(path)
    place = str(path)
    name = Path(path.stem) if packing else path
    if packing == ".zip":
        name = Path(member_name(path))
        place = f"{path}, {name}"
    ending = name.suffix.lower()
    kind = _KINDS.get(ending)
    if kind is None:
        advice = _ADVICE.get(ending, "save it as .csv, .xlsx, .parquet or .jsonl")
        message = f"{place}: not a table by its ending {ending!r}: {advice}"
        raise FileError(message)
    if packing and kind not in _MAY_BE_PACKED:
        message = f"{place}: a {kind.value} inside {packing} is not read: unpack it first"
        raise FileError(message)
    return FileFormat(kind, ending, packing)


def check_readable(source: Path | str, *kinds: FileKind) -> None:
    """Refuse a file that is of none of these kinds, with a ``FileError``.

    >>> check_readable("ads.csv.gz", FileKind.TEXT)
    """
    found = file_format(source).kind
    if found not in kinds:
        wanted = " or ".join(kind.value for kind in kinds)
        message = f"{source}: this is a {found.value} by its ending, not {wanted}"
        raise FileError(message)


def checked_target(
    source: Path | str, output: Path | str | None, kind: FileKind, *, force: bool
) -> Path | str:
    """Return where the labelled copy of a file of this kind goes: ``output``, or its usual place.

    ``"-"`` is a standard stream. A ``FileError`` says why the file cannot be read, or the copy not
    be written there.
    """
    is_stream = source == STANDARD_STREAM
    if not is_stream:
        check_source(Path(source))
    check_readable(source, kind)
    target = output or (STANDARD_STREAM if is_stream else labelled_name(Path(source)))
    check_agrees(source, target)
    if target != STANDARD_STREAM:
        check_target(Path(source), Path(target), force=force)
    return target


def looks_readable(path: Path | str) -> bool:
    """Return whether a file is a table by its name alone, which must have an ending.

    >>> looks_readable("ads.csv.gz"), looks_readable("ads.zip"), looks_readable("notes.pdf")
    (True, True, False)
    """
    packing, ending = _packing(Path(path)), name_ending(path)
    if packing and not ending:
        return packing == ".zip"
    kind = _KINDS.get(ending)
    return bool(ending) and kind is not None and (not packing or kind in _MAY_BE_PACKED)


def is_workbook(source: Path | str) -> bool:
    """Return whether a file is a workbook by its ending.

    >>> is_workbook("ads.XLSX"), is_workbook("ads.csv"), is_workbook("-")
    (True, False, False)
    """
    return _KINDS.get(Path(source).suffix.lower()) is FileKind.WORKBOOK


def text_ending(source: Path | str) -> str:
    """Return the ending of a file of text without its compression.

    >>> text_ending("ads.tsv.gz"), text_ending("-")
    ('.tsv', '')
    """
    return file_format(source).ending


def name_ending(target: Path | str) -> str:
    """Return what a name ends in before the ending of its compression; nothing is opened.

    >>> name_ending("out.csv.zip"), name_ending("out.zip")
    ('.csv', '')
    """
    path = Path(target)
    return (path.with_suffix("") if _packing(path) else path).suffix.lower()


def labelled_name(source: Path, ending: str | None = None) -> Path:
    """Return the usual output beside an input; ``ending`` is another one than the input's.

    >>> labelled_name(Path("ads.csv.gz")).name, labelled_name(Path("ads.xls"), ".xlsx").name
    ('ads.labelled.csv.gz', 'ads.labelled.xlsx')

    A file without an ending is read as a CSV, and its output ends in one.
    """
    packing = source.suffix if _packing(source) else ""
    inner = source.with_suffix("") if packing else source
    own = inner.suffix or ("" if packing else ".csv")
    return source.with_name(f"{inner.stem}.labelled{ending or own}{packing}")


def check_agrees(source: Path | str, target: Path | str) -> None:
    """Refuse an output whose ending is not that of what labelling the input writes.

    >>> check_agrees("ads.csv", "out.csv.gz")
    >>> check_agrees("ads.csv", "out.xlsx")
    Traceback (most recent call last):
    ...
    pmo_classify.errors.FileError: out.xlsx: the output of a CSV file is a CSV file: name an output that ends in .csv

    Only the names are looked at; a ZIP archive is opened to see what is in it.
    """  # noqa: E501 - a message is one line
    found = file_format(source)
    kind = found.kind
    if target == STANDARD_STREAM:
        if kind not in _MAY_BE_PACKED:
            message = f"{source}: a {kind.value} is not written to standard output: name a file"
            raise FileError(message)
        return
    packing = _packing(Path(target))
    ending = name_ending(target)
    if packing == ".zip" and ending not in _KINDS.keys() - {""}:
        # The member of the archive gets the right ending.
        return
    if ending not in _ENDINGS[kind] or (packing and kind not in _MAY_BE_PACKED):
        usual = found.ending or _ENDINGS[kind][1]
        message = (
            f"{target}: the output of a {kind.value} is a {kind.value}: "
            f"name an output that ends in {usual}"
        )
        raise FileError(message)
    promised, has = DELIMITERS.get(ending), DELIMITERS.get(found.ending)
    if promised and has and not set(promised) & set(has):
        message = (
            f"{target}: the labelled copy has the delimiter of its input: "
            f"name an output that ends in {found.ending}"
        )
        raise FileError(message)


def check_ending(target: Path, *endings: str, option: str = "--output") -> None:
    """Refuse an output with another ending; ``option`` names it on the command line.

    >>> check_ending(Path("ads.review.xlsx"), ".xlsx")
    """
    if target.suffix.lower() not in endings:
        message = f"{target}: it must end in {' or '.join(endings)}: name another with {option}"
        raise FileError(message)


def _packing(path: Path) -> str:
    ending = path.suffix.lower()
    return ending if ending in PACKINGS else ""
