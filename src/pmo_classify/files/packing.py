"""Compressed files: what is in them, and compressed output."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from pmo_classify.errors import FileError

__all__ = [
    "PACKINGS",
    "STANDARD_STREAM",
    "member_name",
    "new_archive",
    "packed_output",
    "unpack",
]

STANDARD_STREAM: Final = "-"
"""The name of stdin as an input and of stdout as an output."""

PACKINGS: Final = frozenset({".gz", ".bz2", ".xz", ".zst", ".zip"})
"""The endings of compressed files."""

_CHUNK: Final = 1 << 20
_SMALL: Final = 1 << 30
_MOST_GROWTH: Final = 200
_GZIP_LEVEL: Final = 6
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
_PASSWORD: Final = 1
_DAMAGED: Final = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError)


def member_name(path: Path) -> str:
    """Return the name of the one file in a ZIP archive; a ``FileError`` says if there is not one.

    What macOS adds to archives does not count.
    """
    try:
        with _zip_errors(path), zipfile.ZipFile(path) as archive:
            return _only_member(archive, str(path)).filename
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror or error}"
        raise FileError(message) from None


def unpack(
    handle: BinaryIO, packing: str, source: Path | str, write: Callable[[bytes], Any]
) -> None:
    """Unpack an open file, piece by piece; ``write`` is called with each.

    A ``FileError`` says that the file is cut short or damaged, or that it grows to more than 200
    times its size and more than 1 GiB, as only a file that means harm does.
    """
    most = max(_SMALL, _MOST_GROWTH * handle.seek(0, 2))
    handle.seek(0)
    size = 0
    with _zip_errors(source), _reader(handle, packing, source) as stream:
        while chunk := _next_chunk(stream, packing, source):
            size += len(chunk)
            if size > most:
                message = (
                    f"{source}: it unpacks to more than {_MOST_GROWTH} times its size: "
                    "unpack it first if you trust it"
                )
                raise FileError(message)
            write(chunk)


def _next_chunk(stream: IO[bytes], packing: str, source: Path | str) -> bytes:
    try:
        return stream.read(_CHUNK)
    except (*_DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        text = str(error).lower()
        is_cut = isinstance(error, EOFError) or "truncated" in text
        what = "is cut short" if is_cut else f"is damaged, or no {packing} file"
        message = f"{source}: the compressed file {what}: fetch it again"
        raise FileError(message) from None


@contextmanager
def _zip_errors(source: Path | str) -> Iterator[None]:
    """Turn errors of opening an archive into a ``FileError``."""
    try:
        yield
    except zipfile.BadZipFile:
        message = f"{source}: the ZIP archive is cut short, damaged, or none: fetch it again"
        raise FileError(message) from None
    except (NotImplementedError, RuntimeError):
        message = f"{source}: the way this ZIP archive is packed is not known: unpack it first"
        raise FileError(message) from None


def _only_member(archive: zipfile.ZipFile, place: str) -> zipfile.ZipInfo:
    names = [info for info in archive.infolist() if not _is_clutter(info)]
    if len(names) != 1:
        listing = ", ".join(repr(info.filename) for info in names[:3])
        more = ", ..." if len(names) > 3 else ""  # noqa: PLR2004 - as many are listed
        held = f"{len(names):,} files ({listing}{more})" if names else "no file"
        message = f"{place}: it holds {held}, and one is read: unpack it first, and name the files"
        raise FileError(message)
    if names[0].flag_bits & _PASSWORD:
        message = f"{place}: it is protected by a password: unpack it first"
        raise FileError(message)
    return names[0]


def _is_clutter(info: zipfile.ZipInfo) -> bool:
    name = Path(info.filename)
    return info.is_dir() or "__MACOSX" in name.parts or name.name.startswith(".")


@contextmanager
def _reader(handle: BinaryIO, packing: str, source: Path | str) -> Iterator[IO[bytes]]:
    if packing == ".zip":
        with zipfile.ZipFile(handle) as archive:
            yield archive.open(_only_member(archive, str(source)))
        return
    openers: dict[str, Callable[[], Any]] = {
        ".gz": partial(gzip.GzipFile, fileobj=handle, mode="rb"),
        ".bz2": partial(bz2.BZ2File, handle),
        ".xz": partial(lzma.LZMAFile, handle),
        ".zst": partial(_zstandard_reader, handle),
    }
    with openers[packing]() as stream:
        yield stream


# Python knows Zstandard from 3.14 on; PyArrow has it in all releases, but is slow to load.
def _zstandard_reader(handle: BinaryIO) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    return pa.CompressedInputStream(pa.PythonFile(handle, "r"), "zstd")


@contextmanager
def _zstandard_writer(out: BinaryIO) -> Iterator[BinaryIO]:
    import pyarrow as pa  # noqa: PLC0415

    with pa.CompressedOutputStream(pa.PythonFile(_KeptOpen(out), "w"), "zstd") as stream:
        yield cast("BinaryIO", _WithWritelines(stream))


class _KeptOpen:
    """A file that PyArrow does not close when it is done with it."""

    closed = False

    def __init__(self, out: BinaryIO) -> None:
        self.write = out.write
        self.flush = out.flush

    def close(self) -> None:
        """Do nothing: who has opened the file closes it."""


class _WithWritelines:
    """A stream of PyArrow with the methods that writing a table needs."""

    def __init__(self, stream: Any) -> None:
        self.write = stream.write

    def writelines(self, parts: Any) -> None:
        """Write several pieces of bytes."""
        for part in parts:
            self.write(part)


@contextmanager
def packed_output(out: BinaryIO, target: Path | str, ending: str) -> Iterator[BinaryIO]:
    """Open a stream into an output file that compresses as the ending of ``target`` says.

    ``ending`` is that of the table itself, which the file in a ZIP archive gets. The same content
    gives the same bytes: neither times nor names of folders are stored.

    >>> import io
    >>> out = io.BytesIO()
    >>> with packed_output(out, "ads.csv.gz", ".csv") as stream:
    ...     _ = stream.write(b"title")
    >>> gzip.decompress(out.getvalue())
    b'title'
    """
    path = Path(target)
    packing = "" if target == STANDARD_STREAM else path.suffix.lower()
    openers: dict[str, Callable[[], AbstractContextManager[Any]]] = {
        ".gz": partial(gzip.GzipFile, "", "wb", _GZIP_LEVEL, out, mtime=0),
        ".bz2": partial(bz2.BZ2File, out, "wb"),
        ".xz": partial(lzma.LZMAFile, out, "wb"),
        ".zst": partial(_zstandard_writer, out),
        ".zip": partial(_zip_writer, out, path, ending),
    }
    with openers.get(packing, partial(nullcontext, out))() as stream:
        yield stream


@contextmanager
def new_archive(out: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP archive for writing, which is left without its end after any error.

    ``zipfile`` would try to write the end all the same. Where a stop came while a part was opened,
    that fails, and the user would be told of this failure instead of the stop.
    """
    archive = zipfile.ZipFile(out, "w")
    try:
        yield archive
    except BaseException:
        archive.fp = None
        raise
    archive.close()


@contextmanager
def _zip_writer(out: BinaryIO, path: Path, ending: str) -> Iterator[BinaryIO]:
    inner = path.stem if Path(path.stem).suffix.lower() == ending else f"{path.stem}{ending}"
    info = zipfile.ZipInfo(inner, _NO_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with (
        new_archive(out) as archive,
        archive.open(info, "w", force_zip64=True) as stream,
    ):
        yield cast("BinaryIO", stream)
