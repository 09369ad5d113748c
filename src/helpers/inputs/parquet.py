"""Reads articles from Parquet, a few rows at a time; a damaged row group loses only its rows, a bad value only its row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem

from helpers.files.errors import InputError
from helpers.inputs import input_articles, parquet_chunks, parquet_values
from helpers.inputs.input_articles import InputArticle, Options
from helpers.inputs.listing import File

BUFFER = 1 << 16  # bytes of a column that are read at once
TOLD = 10_000  # most rows of a damaged row group that are reported one by one


@dataclass(frozen=True, slots=True)
class _Held:
    """Some rows of a row group.

    row    the number of the first one in the file, from 1
    """

    group: int
    row: int
    rows: pa.RecordBatch


@dataclass(frozen=True, slots=True)
class _Lost:
    """A row, or many in one, that could not be read; or the whole file."""

    group: int
    place: str
    wrong: str


def articles_in(file: File, options: Options) -> Iterator[InputArticle]:
    """One article per row. In rows of a damaged row group that could not be read, `wrong` says so."""
    return articles_from(file, options)


def articles_from(file: File, options: Options, at: int = 0, line: int = 0, passed: int = 0) -> Iterator[InputArticle]:
    """The articles of a file from a place in it, as `counted` gives it. Rows before them are not converted.

    at        the number of a row group
    line      always 0
    passed    articles of the row group that are passed over
    """
    for found in _parts(file, options, at):
        if isinstance(found, _Lost):
            if passed:
                passed -= 1
            else:
                yield InputArticle(file.name, found.place, None, wrong=found.wrong)
            continue
        held, skipped = found.rows, min(passed, found.rows.num_rows)
        passed -= skipped
        easy = [parquet_values.all_at_once(column, input_articles.LONGEST_LINE) for column in held.columns]
        for index in range(skipped, held.num_rows):
            values, wrong = _values(held, easy, index, (options.id_column, options.text_column))
            values |= {options.text_column: "?"} if wrong else {}
            row = found.row + index
            article = input_articles.from_columns(values, options, file.name, f"row {row}")
            yield replace(article, text="", about={}, wrong=wrong) if wrong else article


def counted(file: File, options: Options) -> Iterator[tuple[int, int, int, int]]:
    """Where each article is found again, and the bytes of its text; nothing is converted.

    Yields    (at, line, passed) as `articles_from` takes them, and the bytes
    """
    group, passed = -1, 0
    for found in _parts(file, options):
        if found.group != group:
            group, passed = found.group, 0
        sizes = [0] if isinstance(found, _Lost) else parquet_values.sizes(found.rows.column(options.text_column))
        for size in sizes:
            yield max(group, 0), 0, passed, size
            passed += 1


def _parts(file: File, options: Options, first: int = 0) -> Iterator[_Held | _Lost]:
    """The rows of a file from a row group on, a few at a time, and what of it cannot be read.

    The part of a file that cannot be read at all has no row group (-1).
    """
    try:
        stored = file.open()
    except OSError as e:
        yield _Lost(-1, input_articles.WHOLE, input_articles.unreadable(e))
        return
    with stored:
        wrong = None
        try:
            groups = parquet_chunks.row_groups(stored)
            parquet, leaves = _opened(file, stored)
            wrong = _unfit(parquet.schema_arrow, options)
        except Exception as e:  # a damaged footer can raise any of Arrow's errors
            wrong = f"not readable as Parquet ({input_articles.said_by(e)}); nothing was read"
        if wrong:
            yield _Lost(-1, input_articles.WHOLE, wrong)
            return
        row = sum(parquet.metadata.row_group(group).num_rows for group in range(first))
        for group in range(first, parquet.num_row_groups):
            last = row + parquet.metadata.row_group(group).num_rows
            lost = "the row group has fewer rows than it says"
            try:
                at_once = parquet_chunks.rows_at_once(stored, groups[group], leaves)
                for held in parquet.iter_batches(at_once, row_groups=[group]):
                    yield _Held(group, row + 1, held)
                    row += held.num_rows
            except InputError as e:
                lost = str(e)
            except Exception as e:  # errors of Arrow or of the libraries that it uses
                lost = f"damaged row group ({input_articles.said_by(e)})"
            while row < last:
                left = last - row
                place = f"row {row + 1}" if left <= TOLD else f"rows {row + 1} to {last}"
                row += 1 if left <= TOLD else left
                yield _Lost(group, place, lost)


def _opened(file: File, stored: BinaryIO) -> tuple[pq.ParquetFile, list[parquet_chunks.Leaf]]:
    """The file, opened to be read in small parts, and its leaves. Texts in lists are kept dictionary-encoded until used."""
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


def _unfit(schema: pa.Schema, options: Options) -> str | None:
    """The reason why no row of a table with these columns can be an article, or None."""
    there = input_articles.columns_there(schema.names)
    asked = {options.id_column: "--id-column", options.text_column: "--text-column"}
    if missing := [(name, option) for name, option in asked.items() if name not in schema.names]:
        said = " and ".join(f"no column {name!r}" for name, _ in missing)
        return f"{said}; name another with {' and '.join(option for _, option in missing)}; {there}"
    if twice := input_articles.twice(schema.names):
        return f"two columns are named {twice!r}; rename one of them"
    if not parquet_values.is_text(kind := schema.field(options.text_column).type):
        return f"column {options.text_column!r} is not text, but {str(kind)[:80]}; name another with --text-column; {there}"
    if not parquet_values.is_text(kind := schema.field(options.id_column).type) and not pa.types.is_integer(kind):
        said = f"column {options.id_column!r} is neither text nor a whole number, but {str(kind)[:80]}"
        return f"{said}; name another with --id-column; {there}"
    return None


def _values(
    held: pa.RecordBatch, easy: list[list[object] | None], at: int, asked: tuple[str, str]
) -> tuple[dict[str, object], str | None]:
    """The values of a row by column, and what is wrong with the first one that cannot be read, or None.

    easy     per column its values, if they could be converted all at once, else None
    asked    the columns of id and text, which are read first
    """
    names = held.schema.names
    room = parquet_values.Room(input_articles.LONGEST_LINE)
    found: dict[str, object] = {}
    for name in (*asked, *(each for each in names if each not in asked)):
        column = names.index(name)
        try:
            values = easy[column]
            value = parquet_values.value(held.column(column)[at], room) if values is None else values[at]
        except InputError as e:
            return found, f"column {name[:40]!r}: {e}"
        found[name] = parquet_values.text(value) if name in asked else value
    return found, None
