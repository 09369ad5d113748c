"""The tables of a corpus: their columns, and how a partition with six of them is written, completely or not at all.

A partition is a folder `part-000000` with one Parquet file per table and `counts.json`. It is made under another name
and renamed in one step, so that a partition always has all six tables.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from msgspec import Struct

import helpers
from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.records import fields
from helpers.records.actors import NamedActor
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.claims import Claim
from helpers.records.fields import Written
from helpers.records.mentions import Mention
from helpers.records.modality import Modality
from helpers.records.sources import Source
from helpers.text.articles import Span

SCHEMA = 6  # goes up when a column changes its name, type or meaning
SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("exact", pa.string())])
# Parquet names the items of a list `element`; with the same name here, the schema is the one in the file.
SPANS, IDS = pa.list_(pa.field("element", SPAN)), pa.list_(pa.field("element", pa.string()))
TEXTS = IDS
NUMBERS, HASHES = pa.list_(pa.field("element", pa.int32())), pa.list_(pa.field("element", pa.int64()))
KEY = [("number", pa.int64()), ("article_id", pa.string())]
ARROW = {
    str: pa.string(),
    int: pa.int32(),
    float: pa.float64(),
    Modality: pa.string(),
    Span: SPAN,
    tuple[Span, ...]: SPANS,
    tuple[str, ...]: IDS,
}


def _schema(record: type[Struct], before: str = "", *computed: tuple[str, pa.DataType]) -> pa.Schema:
    """The columns of a record, with computed ones inserted before the column `before`."""
    columns = [(field.name, ARROW[field.type]) for field in fields.of(record, Written.CORPUS)]
    at = [name for name, _ in columns].index(before) if before else 0
    return pa.schema([*KEY, *columns[:at], *computed, *columns[at:]])


TABLES = {
    "articles": pa.schema(
        [
            *KEY,
            ("source", pa.string()),
            ("place", pa.string()),
            ("outlet", pa.string()),
            ("date", pa.date32()),
            ("url", pa.string()),
            ("title", pa.string()),
            ("author", pa.string()),
            ("carried", pa.string()),
            ("sha256", pa.string()),
            ("characters", pa.int32()),
            ("paragraphs", pa.int32()),
            ("sentences", pa.int32()),
            ("words", pa.int32()),
            *((f"{part}_words", pa.int32()) for part in (*Basis, UNCLAIMED)),
            ("sentence_hashes", HASHES),
            ("sentence_words", NUMBERS),
            ("warnings", TEXTS),
        ]
    ),
    "claims": _schema(Claim, "made_by", ("basis", pa.string()), ("words", pa.int32())),
    "sources": _schema(Source, "actor_ids", ("named", pa.bool_()), ("entity", pa.string()), ("entity_by", pa.string())),
    "mentions": _schema(Mention),
    "actors": _schema(NamedActor, "type", ("entity", pa.string()), ("entity_by", pa.string())),
    "failures": pa.schema([*KEY, ("source", pa.string()), ("place", pa.string()), ("reason", pa.string())]),
}
# One file for all partitions: what articles share (`shared_text`).
SHARED, SHARED_FILE = "shared", "shared.parquet"
SHARED_SCHEMA = pa.schema(
    [
        *KEY,
        ("copied_words", pa.int32()),
        ("copied_sentences", NUMBERS),
        ("most_shared_with", pa.int64()),
        ("most_shared_words", pa.int32()),
        ("text_group", pa.int64()),
    ]
)
ABOUT = {b"isnad.schema": str(SCHEMA).encode(), b"isnad.version": helpers.__version__.encode()}
PART, MAKING, COUNTS = "part-", ".making-", "counts.json"
Rows = dict[str, list[tuple[object, ...]]]


def as_json() -> dict[str, object]:
    """All tables with their columns and types, as in `schema.json`."""
    every = TABLES | {SHARED: SHARED_SCHEMA}
    columns = {name: {field.name: str(field.type) for field in schema} for name, schema in every.items()}
    return {"schema": SCHEMA, "version": helpers.__version__, "tables": columns}


def table(name: str, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    """Rows, with one value per column, as an Arrow table with the schema of `name`."""
    schema = TABLES[name].with_metadata(ABOUT)
    values = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pa.Table.from_arrays([_array(v, f.type) for v, f in zip(values, schema, strict=True)], schema=schema)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """A column as an Arrow array. Spans are flattened first, which is three times as fast."""
    if kind == SPAN:
        return _spans(values)
    if kind == SPANS:
        ends = [0]
        for spans in values:
            ends.append(ends[-1] + len(spans))
        return pa.ListArray.from_arrays(
            pa.array(ends, pa.int32()), _spans([s for spans in values for s in spans]), type=SPANS
        )
    return pa.array(values, kind)


def _spans(spans: Sequence[Span | None]) -> pa.Array:
    parts = (
        pa.array([s and s.start for s in spans], pa.int32()),
        pa.array([s and s.end for s in spans], pa.int32()),
        pa.array([s and s.exact for s in spans], pa.string()),
    )
    nothing = pa.array([s is None for s in spans], pa.bool_())
    return pa.StructArray.from_arrays(parts, fields=list(SPAN), mask=nothing)


def name(number: int) -> str:
    """The name of a partition's folder."""
    return f"{PART}{number:06}"


def counts(out: Path, number: int) -> dict[str, int] | None:
    """The counts of a partition that is there; None if it is not.

    Raises    InputError, one line, if its counts are damaged.
    """
    path = out / name(number) / COUNTS
    try:
        return {name: int(count) for name, count in json.loads(path.read_text(encoding="utf-8")).items()}
    except OSError:
        return None
    except (ValueError, AttributeError, TypeError):
        raise InputError(f"{path}: damaged; remove the folder of this partition, and it is made again") from None


def read(out: Path, number: int) -> dict[str, pa.Table]:
    """The tables of a partition. Raises OSError."""
    found = {}
    for each, schema in TABLES.items():
        with (out / name(number) / f"{each}.parquet").open("rb") as file:
            found[each] = pq.read_table(file, schema=schema.with_metadata(ABOUT))
    return found


def numbers(out: Path) -> list[int]:
    """The numbers of the partitions in a folder, in order; a copy that somebody made of one is none."""
    found = (path.name.removeprefix(PART) for path in out.glob(f"{PART}*"))
    return sorted(
        int(number) for number in found if number.isascii() and number.isdigit() and name(int(number)) == PART + number
    )


def files(folder: Path, table_: str, *options: str) -> str:
    """One of the tables in all partitions of a folder, for DuckDB to read, with options of its own.

    Each file is named: a pattern would also find copies of partitions, and take brackets in the folder's name for its own.
    """
    every = ", ".join(f"'{quoted(folder / name(number) / f'{table_}.parquet')}'" for number in numbers(folder))
    return f"read_parquet([{every}]{''.join(f', {option}' for option in options)})"


def quoted(path: Path) -> str:
    """A path as it stands between the quotation marks of SQL."""
    return str(path).replace("'", "''")


def write(out: Path, number: int, made: dict[str, pa.Table]) -> dict[str, int]:
    """Write a partition, completely or not at all. Returns its counts: rows of each table, asserted claims, words.

    An existing one is kept: the task was done twice, since a worker was thought to be lost.
    Raises    OSError, such as for a full disk; then nothing of the partition is left.
    """
    target = out / name(number)
    with _made(target, number, made) as (making, counted):
        try:
            making.rename(target)
        except OSError:
            if not (target / COUNTS).exists():
                raise
    return counted


def replace(out: Path, number: int, made: dict[str, pa.Table]) -> dict[str, int]:
    """Write a partition in place of the one that is there. Returns its counts.

    A process that ends between the two renames leaves no partition of this number; until a run is marked complete, such a
    one is made again.
    Raises    OSError; then the old one is there, or none.
    """
    target = out / name(number)
    with _made(target, number, made) as (making, counted):
        old = making.with_name(f"{making.name}-old")
        target.rename(old)
        making.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    return counted


@contextmanager
def _made(target: Path, number: int, made: dict[str, pa.Table]) -> Iterator[tuple[Path, dict[str, int]]]:
    """A folder with the tables of a partition beside where it goes, with their counts; removed if it stays there."""
    counted = {name: made[name].num_rows for name in TABLES}
    counted["asserted"] = pc.sum(pc.equal(made["claims"]["modality"], Modality.ASSERTED.value)).as_py() or 0
    counted["words"] = pc.sum(made["articles"]["words"]).as_py() or 0
    making = atomic.folder_beside(target, f"{MAKING}{number:06}-")
    try:
        for each in TABLES:
            with (making / f"{each}.parquet").open("wb") as file:
                pq.write_table(made[each], file, compression="zstd")
                file.flush()
                os.fsync(file.fileno())
        (making / COUNTS).write_text(json.dumps(counted), encoding="utf-8")
        yield making, counted
    finally:
        shutil.rmtree(making, ignore_errors=True)
