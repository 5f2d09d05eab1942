"""What a file is that calls itself a CSV: refused where it is something else."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

from pmo_classify.errors import FileError

__all__ = ["check_ending", "check_kind", "check_no_binary"]

_ENDINGS: Final = frozenset({"", ".csv", ".tsv", ".tab", ".txt", ".psv", ".ssv", ".dat", ".asc"})
_KINDS: Final = (
    (b"PK\x03\x04", "a workbook or a ZIP archive", "give it its right ending, such as .xlsx"),
    (b"PK\x05\x06", "an empty ZIP archive", "unpack the file that holds the table"),
    (b"\xd0\xcf\x11\xe0", "an old or an encrypted workbook", "save it as .xlsx or as CSV UTF-8"),
    (b"%PDF-", "a PDF", "save the table as CSV UTF-8"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"PAR1", "a Parquet file", "save the table as CSV UTF-8"),
    (b"SQLite format 3\0", "a database", "export the table as CSV UTF-8"),
    (b"\x89PNG", "a picture", "save the table as CSV UTF-8"),
    (b"\xff\xd8\xff", "a picture", "save the table as CSV UTF-8"),
    (b"{\\rtf", "an RTF document", "save the table as CSV UTF-8"),
    (b"\x7fELF", "a program", "name a table"),
    (b"<!doctype", "a web page", "open it in a spreadsheet and save it as CSV UTF-8"),
    (b"<html", "a web page", "open it in a spreadsheet and save it as CSV UTF-8"),
    (b"<table", "a web page", "open it in a spreadsheet and save it as CSV UTF-8"),
    (b"<?xml", "an XML file", "open it in a spreadsheet and save it as CSV UTF-8"),
)
_TEXT_CONTROLS: Final = b"\x01\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"
_CONTROLS: Final = bytes(set(range(32)) - set(_TEXT_CONTROLS))


def check_ending(source: Path) -> None:
    """Refuse a file whose ending says that it is no delimited text.

    >>> check_ending(Path("ads.csv"))
    """
    if source.suffix.lower() not in _ENDINGS:
        message = f"{source}: not a CSV or TSV file by its ending: save it as .csv"
        raise FileError(message)


def check_kind(handle: BinaryIO, place: str) -> None:
    """Refuse a file that is empty, or that starts as another kind of file does.

    >>> import io
    >>> check_kind(io.BytesIO(b"PK\\3\\4..."), "ads.csv")
    Traceback (most recent call last):
    pmo_classify.errors.FileError: ads.csv: this is a workbook or a ZIP archive, not a CSV: \
give it its right ending, such as .xlsx
    """
    handle.seek(0)
    start = handle.read(64)
    if not start:
        message = f"{place}: the file is empty: give a CSV whose header names the columns"
        raise FileError(message)
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind, mend in _KINDS:
        if start.startswith(magic) or (magic[:1] == b"<" and start.lower().startswith(magic)):
            message = f"{place}: this is {kind}, not a CSV: {mend}"
            raise FileError(message)


def check_no_binary(sample: bytes, place: str, *, most: float) -> None:
    """Refuse a file of whose first bytes more than the share ``most`` are control characters.

    >>> check_no_binary(b"title\\nPMO\\0Lead\\n", "ads.csv", most=0.3)
    """
    if len(sample) - len(sample.translate(None, _CONTROLS)) > most * len(sample):
        message = f"{place}: this is a binary file, not a CSV: name a table that is saved as CSV"
        raise FileError(message)
