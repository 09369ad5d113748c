"""Finds ids that come again, when all partitions are written: of each id the first article stays, the others become failures.

DuckDB looks for them in the columns of the tables, in little memory: what does not fit is on the disk for that time. Only
partitions that have such an article are written again.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from helpers.corpus import tables
from helpers.files import atomic
from helpers.files.errors import InputError
from helpers.inputs.input_articles import said_by

AGAIN = "its id is that of an earlier article; give each its own"
MEMORY = "1GB"  # most that DuckDB takes
ROWS = 10_000  # that are taken from it at once
FOUND = """
with several as (select article_id, min(number) as first from articles group by article_id having count(*) > 1)
select filename, number from articles join several using (article_id)
where number > first order by filename, number
"""


def removed(out: Path) -> None:
    """Make each article whose id an earlier one has a failure, in all tables of its partition.

    Raises    InputError, one line, if DuckDB cannot work; OSError.
    """
    with _found(out) as found:
        for path, rows in groupby(found, lambda row: row[0]):
            again = pa.array([number for _, number in rows], pa.int64())
            number = int(Path(path).parent.name.removeprefix(tables.PART))
            tables.replace(out, number, _without(again, tables.read(out, number)))


def _without(again: pa.Array, made: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables of a partition in which the articles with these numbers are failures."""
    left = {name: table.filter(pc.invert(pc.is_in(table["number"], again))) for name, table in made.items()}
    refused = made["articles"].filter(pc.is_in(made["articles"]["number"], again))
    rows = zip(*(refused[column].to_pylist() for column in tables.TABLES["failures"].names[:-1]), strict=True)
    failures = pa.concat_tables([left["failures"], tables.table("failures", [(*row, AGAIN) for row in rows])])
    return left | {"failures": failures.sort_by("number").combine_chunks()}


@contextmanager
def _found(out: Path) -> Iterator[Iterator[tuple[str, int]]]:
    """(its file of articles, number) of each article with the id of an earlier one, sorted."""
    room = atomic.folder_beside(out / "x", f"{tables.MAKING}ids-")
    try:
        with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(room)}) as db:
            db.execute("set preserve_insertion_order = false")
            db.execute(
                f"create view articles as select article_id, number, filename from {tables.files(out, 'articles', 'filename = true')}"
            )
            found = db.execute(FOUND)
            yield (row for rows in iter(lambda: found.fetchmany(ROWS), []) for row in rows)
    except duckdb.Error as e:
        wrong = f"repeated ids could not be looked for ({said_by(e)})"
        raise InputError(f"{out}: {wrong}; make room, and run the same command again: finished work is kept") from None
    finally:
        shutil.rmtree(room, ignore_errors=True)
