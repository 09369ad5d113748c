"""Articles out of Parquet, a few rows at a time; a damaged row group costs its own rows."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.corpus import lines
from helpers.corpus.listing import File
from helpers.corpus.records import Record

ROWS = 64  # held at once


def records(file: File, before: int, id_column: str, text_column: str) -> Iterator[Record]:
    """One record a row. Of a damaged row group each row that was not read is a record that says so.

    before    bytes of the input that were read before this file
    """
    end = before + file.size
    try:
        stored = file.open()
        parquet = pq.ParquetFile(stored)
    except (OSError, pa.ArrowException) as e:
        wrong = f"not Parquet that can be read ({_said(e)}); nothing of it was"
        yield Record(file.name, "the whole file", None, wrong=wrong, read_to=end)
        return
    with stored:
        missing = {id_column, text_column} - set(parquet.schema_arrow.names)
        row, rows = 0, max(parquet.metadata.num_rows, 1)
        for group in range(parquet.num_row_groups):
            last = row + parquet.metadata.row_group(group).num_rows
            try:
                if missing:
                    raise KeyError(f"no column {', '.join(map(repr, sorted(missing)))}; name it by an option")
                for held in parquet.iter_batches(ROWS, row_groups=[group]):
                    for values in held.to_pylist():
                        row += 1
                        place, at = f"row {row}", before + file.size * row // rows
                        name, text = values.pop(id_column), values.pop(text_column)
                        yield lines.of(file.name, place, name, text, values, id_column, text_column, at)
            except (OSError, KeyError, UnicodeDecodeError, pa.ArrowException) as e:
                wrong = e.args[0] if isinstance(e, KeyError) else f"damaged row group ({_said(e)})"
                while row < last:
                    row += 1
                    yield Record(file.name, f"row {row}", None, wrong=wrong, read_to=before + file.size * row // rows)


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
