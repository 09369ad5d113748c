"""Articles out of Parquet, a few rows at a time; a damaged row group costs its own rows, a bad value its own row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem

from helpers.files.errors import InputError
from helpers.inputs import lines, parquet_chunks, parquet_values
from helpers.inputs.listing import File
from helpers.inputs.records import WHOLE, Record, told

BUFFER = 1 << 16  # bytes of a column that are read from the file at once
EACH = 10_000  # rows of a damaged row group that are reported one by one


@dataclass(frozen=True)
class _Wanted:
    """What a user calls the columns of a file."""

    file: File
    id_column: str
    text_column: str


def records(file: File, before: int, id_column: str, text_column: str) -> Iterator[Record]:
    """One record a row. Of a damaged row group each row that was not read is a record that says so.

    before    bytes of the input that were read before this file
    """
    end = before + file.size
    try:
        stored = file.open()
    except OSError as e:
        yield Record(file.name, WHOLE, None, wrong=f"cannot be read ({e.strerror or told(e)})", read_to=end)
        return
    with stored:
        wrong = None
        try:
            groups = parquet_chunks.row_groups(stored)
            parquet, leaves = _opened(file, stored)
            wrong = _unfit(parquet.schema_arrow, id_column, text_column)
        except Exception as e:  # a foot can be damaged in as many ways as Arrow has errors
            wrong = f"not readable as Parquet ({told(e)}); nothing was read"
        if wrong:
            yield Record(file.name, WHOLE, None, wrong=wrong, read_to=end)
            return
        row, rows = 0, max(parquet.metadata.num_rows, 1)
        wanted = _Wanted(file, id_column, text_column)
        for group in range(parquet.num_row_groups):
            last = row + parquet.metadata.row_group(group).num_rows
            wrong = "the row group has fewer rows than it says"
            try:
                at_once = parquet_chunks.rows_at_once(stored, groups[group], leaves)
                for held in parquet.iter_batches(at_once, row_groups=[group]):
                    easy = [parquet_values.all_at_once(column, lines.LONGEST) for column in held.columns]
                    for at in range(held.num_rows):
                        row += 1
                        yield _record(wanted, held, easy, at, row, before + file.size * row // rows)
            except InputError as e:
                wrong = str(e)
            except Exception as e:  # Arrow's, and those of what it is made of
                wrong = f"damaged row group ({told(e)})"
            while row < last:
                left = last - row
                place = f"row {row + 1}" if left <= EACH else f"rows {row + 1} to {last}"
                row += 1 if left <= EACH else left
                yield Record(file.name, place, None, wrong=wrong, read_to=before + file.size * min(row, rows) // rows)


def _opened(file: File, stored: BinaryIO) -> tuple[pq.ParquetFile, list[parquet_chunks.Leaf]]:
    """The file for reading little at a time, and its leaves. Texts in lists stay numbers in a dictionary until asked for."""
    metadata = pq.read_metadata(stored)
    found = [metadata.schema.column(at) for at in range(metadata.num_columns)]
    leaves = [parquet_chunks.Leaf(leaf.path, leaf.max_repetition_level > 0, leaf.length) for leaf in found]
    texts = [leaf.path for leaf in found if leaf.max_repetition_level and leaf.physical_type == "BYTE_ARRAY"]
    local = isinstance(file.system, LocalFileSystem)
    held = BUFFER if local else 0
    parquet = pq.ParquetFile(
        stored, metadata=metadata, read_dictionary=texts or None, buffer_size=held, pre_buffer=not local
    )
    return parquet, leaves


def _unfit(schema: pa.Schema, id_column: str, text_column: str) -> str | None:
    """Why no row of a table with these columns can be an article, or None."""
    there = f"the columns are: {lines.named(schema.names)}"
    asked = {id_column: "--id-column", text_column: "--text-column"}
    if missing := [(name, option) for name, option in asked.items() if name not in schema.names]:
        said = " and ".join(f"no column {name!r}" for name, _ in missing)
        return f"{said}; name another with {' and '.join(option for _, option in missing)}; {there}"
    if len(set(schema.names)) < len(schema.names):
        twice = next(name for name in schema.names if schema.names.count(name) > 1)
        return f"two columns are named {twice[:40]!r}; rename one of them"
    if not parquet_values.is_text(kind := schema.field(text_column).type):
        return f"column {text_column!r} is no text, but {str(kind)[:80]}; name another with --text-column; {there}"
    if not parquet_values.is_text(kind := schema.field(id_column).type) and not pa.types.is_integer(kind):
        said = f"column {id_column!r} is no text or whole number, but {str(kind)[:80]}"
        return f"{said}; name another with --id-column; {there}"
    return None


def _record(
    wanted: _Wanted, held: pa.RecordBatch, easy: list[list[object] | None], at: int, row: int, read_to: int
) -> Record:
    """A row as a record: a value that cannot be read costs this row alone.

    easy    of each column its values, where these could be had all at once
    """
    names = held.schema.names
    first = [names.index(wanted.id_column), names.index(wanted.text_column)]
    room = parquet_values.Room(lines.LONGEST)
    found: dict[str, object] = {}
    wrong = None
    for column in (*first, *(n for n in range(len(names)) if n not in first)):
        try:
            values = easy[column]
            found[names[column]] = parquet_values.value(held.column(column)[at], room) if values is None else values[at]
        except InputError as e:
            wrong = f"column {names[column][:40]!r}: {e}"
            break
    name, text = (found.pop(column, None) for column in (wanted.id_column, wanted.text_column))
    name, text = (parquet_values.text(each) for each in (name, text))
    if wrong:
        known = lines.of(wanted.file.name, f"row {row}", name, "?", {}, wanted.id_column, wanted.text_column, read_to)
        return Record(wanted.file.name, f"row {row}", known.article_id, wrong=wrong, read_to=read_to)
    return lines.of(wanted.file.name, f"row {row}", name, text, found, wanted.id_column, wanted.text_column, read_to)
