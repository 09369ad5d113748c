"""Text that articles share: which sentences an earlier article has, and which articles are one text, such as an agency's.

Sentences are one by their hash (`sentence_hashes`). **Earlier** is an article with an earlier day, undated ones last; of one
day, the one that the input has first. An article is a **copy** where at least half of its words stand in sentences that one
earlier article has, too; it belongs to the group of that article, and so on to the first. Whether that one wrote the text, or
an agency that is not in the corpus, is not known.

A sentence that is in all sorts of articles (a footer, a formula) is **boilerplate** and makes no copy. It is so by two signs:
one outlet has it in OFTEN articles of different text; or MANY articles have it, and most of these have less than half of
their words in sentences of which that is true. An agency's report has neither: an outlet prints it once or twice, and where
many print it, it is most of their article.

Nothing is compared in pairs. An article is measured against those that had its sentences first, and last before it, of which
the likeliest CANDIDATES are compared exactly, so that time and memory grow with the number of sentences; what exceeds
MEMORY, DuckDB puts on disk. Compare `repeated_claims`: the same claim in nearly the same words, whatever surrounds it.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.corpus import tables
from helpers.files import atomic
from helpers.files.errors import InputError

OFTEN = 10  # articles of one outlet, with different texts, that have a sentence: it is boilerplate
MANY = 20  # articles that have a sentence: it is boilerplate where most of them have little else in common
CANDIDATES = 3  # earlier articles with which an article is compared
MEMORY, THREADS = "1GB", 4  # of DuckDB, before it writes to disk
SLICE = 250_000  # articles of which the rows are made at once
STEPS = (
    # nth   the place of an article in time, from 1
    """create table ordered as select number, article_id, outlet, words, hash(sha256) as text,
              row_number() over (order by date nulls last, number) as nth from articles""",
    """create table said as select nth, hash, sum(n) as words from (
         select nth, unnest(sentence_hashes) as hash, unnest(sentence_words) as n from articles join ordered using (number))
       group by nth, hash""",
    "create table common as select hash, count(*) as articles, min(nth) as first from said group by hash having count(*) > 1",
    "create table met as select nth, hash, said.words, articles, first from said join common using (hash)",
    "drop table said",
    f"""create table boilerplate as
       with often as (select nth, sum(words) as words from met where articles >= {MANY} group by nth)
       select hash from met join ordered using (nth) join often using (nth) where met.articles >= {MANY} group by hash
       having count(*) filter (2 * often.words < ordered.words) * 2 > count(*)
       union
       select hash from met join ordered using (nth) where articles >= {OFTEN} and outlet is not null
       group by hash, outlet having count(distinct text) >= {OFTEN}""",
    "create table told as select * from met anti join boilerplate using (hash)",
    "drop table met",
    f"""create table best as
       with near as (
         select nth, words, first, lag(nth) over (partition by hash order by nth) as last from told),
       likely as (
         select nth, other, sum(words) as words from (
           select nth, first as other, words from near where first < nth union all
           select nth, last, words from near where last > first)
         group by nth, other qualify row_number() over (partition by nth order by sum(words) desc, other) <= {CANDIDATES}),
       exact as (
         select one.nth, likely.other, sum(one.words) as words from likely
         join told one on one.nth = likely.nth join told other on other.nth = likely.other and other.hash = one.hash
         group by one.nth, likely.other)
       select nth, other, words from exact qualify row_number() over (partition by nth order by words desc, other) = 1""",
    "drop table told",
    """create table copies as select nth, other as first from best join ordered using (nth)
       where 2 * best.words >= ordered.words""",
)
# The first of the first: each round doubles how far it goes back.
BACK = """
create or replace table copies as
select one.nth, coalesce(other.first, one.first) as first, other.first is not null as moved
from copies one left join copies other on other.nth = one.first
"""
ROWS = """
with copied as (
  select nth, sum(words)::int as words, list(sentence order by sentence)::int[] as sentences from (
    select nth, unnest(sentence_hashes) as hash, unnest(sentence_words) as words,
           generate_subscripts(sentence_hashes, 1) as sentence
    from articles join ordered using (number) where number between {begin} and {end})
  join common using (hash) where first < nth group by nth),
grouped as (select nth, first from copies union select first, first from copies)
select o.number, o.article_id, coalesce(copied.words, 0) as copied_words, coalesce(copied.sentences, []) as copied_sentences,
       other.number as most_shared_with, best.words::int as most_shared_words, root.number as text_group
from ordered o left join copied using (nth) left join best using (nth) left join ordered other on other.nth = best.other
left join grouped using (nth) left join ordered root on root.nth = grouped.first
where o.number between {begin} and {end} order by o.number
"""


def write(folder: Path) -> None:
    """Write what the articles of all partitions in a folder share, as one file, whole or not at all.

    Raises    InputError, one line, where it cannot be found out; OSError for a full disk.
    """
    schema = tables.SHARED_SCHEMA.with_metadata(tables.ABOUT)
    target = folder / tables.SHARED_FILE
    with atomic.naming(target), tempfile.TemporaryDirectory(dir=folder, prefix=tables.MAKING) as scratch:
        made = Path(scratch) / target.name
        with made.open("wb") as file:
            with pq.ParquetWriter(file, schema, compression="zstd") as writer:
                for each in _slices(folder, Path(scratch)):
                    writer.write_table(each)
            file.flush()
            os.fsync(file.fileno())
        made.replace(target)


def table(folder: Path) -> pa.Table:
    """The same as a table, for a folder whose partitions are not complete."""
    with tempfile.TemporaryDirectory() as scratch:
        found = list(_slices(folder, Path(scratch)))
    return pa.concat_tables([tables.SHARED_SCHEMA.empty_table(), *found])


def _slices(folder: Path, scratch: Path) -> Iterator[pa.Table]:
    """The rows, sorted by number, some at a time.

    scratch   where DuckDB may write
    """
    try:
        with duckdb.connect() as db:
            db.execute(f"set memory_limit = '{MEMORY}'")
            db.execute(f"set threads = {THREADS}")
            db.execute(f"set temp_directory = '{tables.quoted(scratch)}'")
            db.execute(f"create view articles as select * from {tables.files(folder, 'articles')}")
            for step in STEPS:
                db.execute(step)
            moved = 1
            while moved:
                db.execute(BACK)
                moved = _one(db, "select count(*) from copies where moved")
            last = _one(db, "select coalesce(max(number), -1) from ordered")
            for begin in range(0, last + 1, SLICE):
                found = db.sql(ROWS.format(begin=begin, end=begin + SLICE - 1)).to_arrow_table()
                yield found.cast(tables.SHARED_SCHEMA).replace_schema_metadata(tables.ABOUT)
    except duckdb.Error as e:
        said = " ".join(str(e).split())
        raise InputError(f"{folder}: what its articles share could not be found out ({said})") from None


def _one(db: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(db.sql(query).fetchall()[0][0])
