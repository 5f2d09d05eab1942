"""Parquet files, read and written part by part, so that a copy keeps what the file was.

It loads PyArrow, so it is imported on first use only.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from statistics import mode
from typing import Any, BinaryIO, Final

import pyarrow as pa
from pyarrow import parquet as pq

from pmo_classify.errors import FileError

__all__ = ["ParquetSource", "open_parquet", "stored_schema"]

_MOST_BYTES: Final = 1 << 27
_ROWS_AT_ONCE: Final = 1 << 16
_TEXT_LENGTH: Final = 4
_PAGE_BYTES: Final = 1 << 20
_FEWEST_IN_BATCH: Final = 1 << 10
_OLD_TIMES: Final = "INT96"
_SCHEMA_KEY: Final = b"ARROW:schema"


class ParquetSource:
    """An open Parquet file: its ``schema``, its number of ``rows``, and its tables.

    >>> import io
    >>> out = io.BytesIO()
    >>> pq.write_table(pa.table({"n": [1, 2, 3]}), out, row_group_size=2)
    >>> with open_parquet(out, "ads.parquet") as source:
    ...     [table.num_rows for table in source.tables()]
    [2, 1]
    """

    def __init__(self, handle: BinaryIO, file: pq.ParquetFile, source_name: str) -> None:
        self._handle = handle
        self._file = file
        self._source_name = source_name
        self.schema: pa.Schema = file.schema_arrow
        self.rows: int = file.metadata.num_rows

    def first(self, most: int) -> pa.Table:
        """Return the first rows."""
        with _errors(self._source_name):
            batch = next(self._file.iter_batches(most), None)
        batches = [] if batch is None else [batch]
        return pa.Table.from_batches(batches, self.schema).slice(0, most)

    def encode(self) -> None:
        """Read text as dictionaries from now on, where the file stores it so.

        ``schema`` stays that of the file.
        """
        metadata = self._file.metadata
        texts = {field.name for field in self.schema if field.type == pa.string()}
        for group in map(metadata.row_group, range(metadata.num_row_groups)):
            for chunk in map(group.column, range(group.num_columns)):
                # A text that is written out has four bytes for its length alone.
                if chunk.total_uncompressed_size >= _TEXT_LENGTH * chunk.num_values:
                    texts.discard(chunk.path_in_schema)
        with _errors(self._source_name):
            self._file = pq.ParquetFile(
                self._handle, metadata=metadata, read_dictionary=list(texts), pre_buffer=False
            )

    @property
    def read_schema(self) -> pa.Schema:
        """The schema of the tables that are read."""
        return self._file.schema_arrow

    def tables(self) -> Iterator[pa.Table]:
        """Return the row groups one by one; one that memory has no room for comes in parts."""
        for group in range(self._file.num_row_groups):
            batches: list[pa.RecordBatch] = []
            size = 0
            # A file may say of itself what it likes: only what is read counts.
            for batch in self._batches(group):
                batches.append(batch)
                size += batch.nbytes
                if size > _MOST_BYTES:
                    yield pa.Table.from_batches(batches)
                    batches, size = [], 0
            if batches:
                yield pa.Table.from_batches(batches)

    def _batches(self, group: int) -> Iterator[pa.RecordBatch]:
        with _errors(self._source_name):
            # Threads would cost more, and be no sooner: to write takes longer, and has only one.
            yield from self._file.iter_batches(_ROWS_AT_ONCE, [group], use_threads=False)

    def writing_options(self, dropped: Collection[str], added: Iterable[str]) -> dict[str, Any]:
        """Return what PyArrow must be told to write a copy as this file was written.

        ``dropped`` columns are not in the copy; ``added`` ones get the codec that is most used, and
        no statistics.
        """
        # Otherwise the elements of lists would get another name.
        options: dict[str, Any] = {"use_compliant_nested_type": False}
        metadata = self._file.metadata
        if not metadata.num_row_groups:
            return options
        group = metadata.row_group(0)
        chunks = [group.column(at) for at in range(group.num_columns)]
        codecs = {chunk.path_in_schema: _codec(chunk.compression) for chunk in chunks}
        most_used = mode(codecs.values())
        widest = max(chunk.total_uncompressed_size // max(chunk.num_values, 1) for chunk in chunks)
        for name in dropped:
            codecs.pop(name, None)
        return {
            **options,
            # The range of text in a dictionary is found anew in each batch; a page has one or more.
            "write_batch_size": max(_PAGE_BYTES // max(widest, 1), _FEWEST_IN_BATCH),
            "write_statistics": list(codecs),
            "compression": {**codecs, **dict.fromkeys(added, most_used)},
            "use_deprecated_int96_timestamps": any(
                chunk.physical_type == _OLD_TIMES for chunk in chunks
            ),
        }


def stored_schema(schema: pa.Schema) -> dict[bytes, bytes]:
    """Return the metadata of a Parquet file by which PyArrow finds the types of its columns again.

    It writes them itself, but only for columns that it gets with these types.
    """
    return {**(schema.metadata or {}), _SCHEMA_KEY: b64encode(schema.serialize().to_pybytes())}


def _codec(name: str) -> str:
    return "none" if name == "UNCOMPRESSED" else name.lower()


@contextmanager
def open_parquet(handle: BinaryIO, source_name: str) -> Iterator[ParquetSource]:
    """Open a Parquet file; a ``FileError`` says why it cannot be read."""
    with _errors(source_name):
        file = pq.ParquetFile(handle, pre_buffer=False)
    with file:
        yield ParquetSource(handle, file, source_name)


@contextmanager
def _errors(source_name: str) -> Iterator[None]:
    """Turn the errors of PyArrow for a file that it cannot read into a ``FileError``."""
    try:
        yield
    except pa.ArrowNotImplementedError as error:
        message = f"{source_name}: this Parquet file cannot be read: {error}"
        raise FileError(message) from None
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        # A page that cannot be unpacked is an OSError without a number.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        message = (
            f"{source_name}: this is no Parquet file, or it is cut short, damaged or encrypted: "
            "fetch it again"
        )
        raise FileError(message) from None
