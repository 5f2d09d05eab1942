"""Labelling a Parquet file: row groups, schema and metadata stay, and our columns have types.

It loads PyArrow, so it is imported on first use only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet as pq

from pmo_classify.classifier import Classifier
from pmo_classify.errors import FileError
from pmo_classify.files.kinds import FileKind, checked_target
from pmo_classify.files.parquet import ParquetSource, open_parquet, stored_schema
from pmo_classify.files.rows import PREVIEW_ROWS
from pmo_classify.files.streams import atomic_output, background_writer, detect_changes, open_source
from pmo_classify.labelling.arrow_labels import ArrowLabels
from pmo_classify.labelling.label_set import ALL_LABELS, LabelSet
from pmo_classify.labelling.labeller import Labeller, Progress, Summary, TitlePlace
from pmo_classify.labelling.pending import PendingBlock, PendingBlocks
from pmo_classify.labelling.title_cache import TitleColumnCache
from pmo_classify.labelling.title_column import NoTitleColumn, find_title_column
from pmo_classify.labelling.workers import WorkerPool

__all__ = ["label_parquet"]

_LISTED: Final = 30


def label_parquet(
    source: Path | str,
    output: Path | str | None = None,
    *,
    column: str | None = None,
    labels: LabelSet = ALL_LABELS,
    classifier: Classifier | None = None,
    force: bool = False,
    jobs: int | None = 1,
    progress: Progress | None = None,
) -> Summary:
    """Label a Parquet file and write it beside the input or as ``output``.

    The other columns keep their types and values, the file its row groups, metadata and
    compression. The labels come last, with the types that ``label_frame`` gives a PyArrow table;
    columns of an earlier run are replaced. ``column`` is the name of the title column, with dots
    where it is inside a struct (``job.title``); without it, names and first rows decide. The
    options that ``label_csv`` has too mean the same.

    One row group is in memory at a time; one of more than 128 MB is read and written in parts.

    A ``FileError`` says what is wrong, where, and what to do: no column with text, a damaged file.
    """
    target = checked_target(source, output, FileKind.PARQUET, force=force)
    classifier = classifier or Classifier()
    with (
        WorkerPool(classifier, jobs, has_clean_titles=labels.has_clean_title) as pool,
        open_source(source) as handle,
        detect_changes(source, handle) as check_unchanged,
        open_parquet(handle, str(source)) as parquet,
    ):
        name = _title_name(parquet, column, str(source), labels)
        layout = _Layout(parquet, str(source), name, labels)
        run = _Run(layout, Labeller(classifier), pool, progress)
        with atomic_output(target) as out:
            with run.writer(out) as writer:
                run.write(writer)
            check_unchanged()
        return run.summary()


class _Layout(NamedTuple):
    """An open file, its name in messages, its title column, and the labels."""

    parquet: ParquetSource
    source_name: str
    title: str
    labels: LabelSet


def _title_name(
    parquet: ParquetSource, wanted: str | None, source_name: str, labels: LabelSet
) -> str:
    """Return the name of the title column."""
    texts = list(_text_columns(parquet.schema))
    listing = _listing(parquet.schema)
    if not texts:
        message = f"{source_name}: there is no column with text: the columns are {listing}"
        raise NoTitleColumn(message)
    labels.check_clash(parquet.schema.names, source_name)
    labels.check_title(wanted or "", source_name)
    names = [name for name in texts if name not in labels.ours]
    head = parquet.first(PREVIEW_ROWS)
    encoded = [_texts(_title_column(head, name, source_name), name, source_name) for name in names]
    columns = [[text or "" for text in column.to_pylist()] for column in encoded]
    rows = [names, *map(list, zip(*columns, strict=True))]
    found = find_title_column(rows, wanted, source_name, header=0, has_letters=False)
    return found.name


def _text_columns(schema: Sequence[pa.Field], before: str = "") -> list[str]:
    """Return the columns that may hold text, those inside structs by names with dots."""
    found = []
    for field in schema:
        if pa.types.is_struct(field.type):
            inner = [field.type.field(at) for at in range(field.type.num_fields)]
            found += _text_columns(inner, f"{before}{field.name}.")
        elif _is_text(field.type):
            found.append(before + field.name)
    return found


def _is_text(type_: pa.DataType) -> bool:
    if pa.types.is_dictionary(type_):
        type_ = type_.value_type
    # Older writers do not say whether bytes are text.
    return str(type_) in {"string", "large_string", "string_view", "binary"}


def _listing(schema: pa.Schema) -> str:
    shown = ", ".join(f"{field.name!r} ({field.type})" for field in list(schema)[:_LISTED])
    more = len(schema) - _LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown or "none"


def _title_column(table: pa.Table, name: str, source_name: str) -> pa.ChunkedArray:
    """Return a column by its name, with dots where it is inside a struct."""
    found = [at for at, known in enumerate(table.column_names) if known == name]
    if len(found) > 1:
        message = f"{source_name}: {len(found)} columns are called {name!r}: rename one of them"
        raise FileError(message)
    if found:
        return table.column(found[0])
    first, *inner = name.split(".")
    return pc.struct_field(table.column(first), inner)


def _texts(column: pa.ChunkedArray, name: str, source_name: str) -> pa.Array:
    """Return the different texts of a column, and the number of each row's; "" if it is missing."""
    try:
        if not pa.types.is_dictionary(column.type):
            # Only some functions know views and plain bytes.
            texts = column if column.type == pa.string() else column.cast(pa.large_string())
            # Nothing else checks what a file says is text.
            texts.validate(full=True)
            return texts.combine_chunks().dictionary_encode()
        encoded = column.unify_dictionaries().combine_chunks()
        if encoded.dictionary.type != pa.string():
            return _texts(column.cast(pa.large_string()), name, source_name)
        encoded.validate(full=True)
    except pa.ArrowInvalid:
        message = f"{source_name}: the column {name!r} holds bytes that are no UTF-8 text"
        raise FileError(message) from None
    return encoded


class _Run:
    """Writes one file with its labels."""

    def __init__(
        self, layout: _Layout, labeller: Labeller, pool: WorkerPool, progress: Progress | None
    ) -> None:
        self._layout = layout
        self._names = labels = layout.labels
        self._labeller = labeller
        self._cache = TitleColumnCache(labeller, pool, str, tuple)
        self._pending = PendingBlocks(self._cache, pool, layout.parquet.rows, progress)
        self._labels = ArrowLabels(labels)
        schema = layout.parquet.schema
        self._replaced = [name for name in schema.names if name in labels.earlier]
        self._own = [field for field in schema if field.name not in labels.earlier]
        layout.parquet.encode()
        read = [field for field in layout.parquet.read_schema if field.name not in labels.earlier]
        self._written = pa.schema([*read, *self._labels.written])

    @contextmanager
    def writer(self, out: BinaryIO) -> Iterator[pq.ParquetWriter]:
        """Open the output for the rows."""
        layout, labels = self._layout, self._names
        options = layout.parquet.writing_options(labels.earlier, labels.names)
        if "write_statistics" in options:
            fields = zip(labels.names, self._labels.fields, strict=True)
            options["write_statistics"] += [name for name, field in fields if _has_range(field)]
        schema = pa.schema([*self._own, *self._labels.fields], layout.parquet.schema.metadata)
        with pq.ParquetWriter(out, self._written, store_schema=False, **options) as writer:
            yield writer
            # The labels are handed over as dictionaries, and are text for whoever reads them.
            writer.add_key_value_metadata(stored_schema(schema))

    def write(self, writer: pq.ParquetWriter) -> None:
        """Write all rows."""
        with background_writer(partial(_write_group, writer)) as write:
            for table in self._layout.parquet.tables():
                if self._cache.is_full:
                    self._pending.write_all()
                    self._cache.clear()
                    self._labels = ArrowLabels(self._names)
                self._pending.add(self._begun(table, write))
            self._pending.write_all()
        self._cache.clear()

    def summary(self) -> Summary:
        """Return what the run found."""
        summary = self._labeller.summary
        summary.read_as = {"kind": "Parquet", "column": repr(self._layout.title)}
        summary.places = [TitlePlace(None, self._layout.title, None, None, summary.rows)]
        summary.replaced_columns = tuple(self._replaced)
        return summary

    def _begun(self, table: pa.Table, write: Callable[[pa.Table], None]) -> PendingBlock:
        """Have the new titles of a table read."""
        titles, places, counts = self._titles(table)
        numbers = np.array(self._cache.numbers(titles), np.int32)
        np.add.at(np.frombuffer(self._cache.rows, np.int64), numbers, counts)
        rows = table.num_rows
        return PendingBlock(
            table.nbytes,
            rows,
            rows,
            len(self._cache),
            lambda: write(self._labelled(table, numbers, places)),
        )

    def _titles(self, table: pa.Table) -> tuple[list[str], Any, Any]:
        """Return the different titles of a table, the place of each row's, and their counts."""
        title, source_name = self._layout.title, self._layout.source_name
        encoded = _texts(_title_column(table, title, source_name), title, source_name)
        texts = [text or "" for text in encoded.dictionary.to_pylist()]
        rows = encoded.indices.cast(pa.int32())
        if rows.null_count:
            rows = rows.fill_null(len(texts))
            texts.append("")
        places = np.asarray(rows)
        # A dictionary may have texts that no row has.
        counts = np.bincount(places, minlength=len(texts))
        used = np.flatnonzero(counts)
        if len(used) < len(texts):
            moved = np.zeros(len(texts), np.int32)
            moved[used] = np.arange(len(used), dtype=np.int32)
            texts, places, counts = [texts[at] for at in used], moved[places], counts[used]
        return texts, places, counts

    def _labelled(self, table: pa.Table, numbers: Any, places: Any) -> pa.Table:
        """Return a table with the labels of its rows."""
        self._labels.add(self._cache.texts[len(self._labels) :])
        labels = self._labels.take(np.frombuffer(self._cache.labels, np.int32)[numbers])
        rows = pa.array(places)
        own = [
            column
            for name, column in zip(table.column_names, table.columns, strict=True)
            if name not in self._names.earlier
        ]
        # Each place is known to be one of the titles.
        ours = [pc.take(column, rows, boundscheck=False) for column in labels]
        return pa.Table.from_arrays([*own, *ours], schema=self._written)


def _has_range(field: pa.Field) -> bool:
    """Return whether a label is a number, so that readers can leave out rows by its range."""
    return not (pa.types.is_string(field.type) or pa.types.is_dictionary(field.type))


def _write_group(writer: pq.ParquetWriter, table: pa.Table) -> None:
    writer.write_table(table, row_group_size=max(table.num_rows, 1))
