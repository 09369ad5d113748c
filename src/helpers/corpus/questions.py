"""Queries of a corpus, in SQL over its Parquet tables (DuckDB): who speaks and is spoken about, basis of words, stances.

Tables are sorted by what they show, and ties by name, so that the order of a stored table never changes.
"""

import json
import tempfile
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from helpers.analysis import identities
from helpers.corpus import driver, results_folder, shared_text, tables
from helpers.files.errors import InputError
from helpers.inputs.input_articles import Options
from helpers.records.basis import UNCLAIMED, Basis
from helpers.records.modality import Modality

NO_OUTLET, NO_DATE = "(not given)", "(no date)"
SPEAKER_CLAIMS = 2  # claims of a speaker whose stances are counted
JOINED = identities.BY
STANCES = ("neutral", "assertive", "factive", "distancing", "negative")
VIEWS = """
create view asserted as
select c.*, coalesce(list_contains(copied_sentences, sentence), false) as copied
from claims c join shared using (number) where modality = '{asserted}';
create view sourced as
select c.number, c.article_id, c.claim_id, c.kind, c.act, c.within, c.stance, c.cue_lemma, c.about, c.words, c.copied,
       array_to_string(list_transform(c.content, lambda x: x.exact), ' ') as content,
       c.source_via, s.source_id, s.kind as source_kind, s.actor_ids, coalesce(e.name, s.name) as speaker,
       s.entity_by as joined, coalesce(c.source.exact, s.name) as phrase, coalesce(a.outlet, '{no_outlet}') as outlet, a.date, c.basis
from asserted c join articles a using (number)
left join sources s on s.number = c.number and s.source_id = c.source_id
left join entities e on s.named and e.entity = s.entity;
"""


def database(corpus: Path, out: Path) -> duckdb.DuckDBPyConnection:
    """A database of a corpus: a folder written by `isnad corpus`, or its input, which is then read and kept in memory.

    out       where a folder may be made for the time that the input is read
    Returns   views `articles`, `claims`, `sources`, `mentions`, `actors`, `failures`, `shared`; `entities`: the actors and named
              sources of all articles, those that are one joined; `asserted`: the claims that were made, and whether each is `copied`: an earlier
              article has its sentence; `sourced`: such a claim with its source, speaker, how that was `joined` with
              others, outlet and date, and its `basis`
    Raises    InputError for what is neither, or tables of another schema.
    """
    db = duckdb.connect()
    if (corpus / results_folder.RUN).is_file():
        read(db, corpus, "view")
    else:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out) as folder:
            driver.run_in_process([str(corpus)], Path(folder) / "tables", Options())
            read(db, Path(folder) / "tables", "table")
    _names(db)
    db.execute(VIEWS.format(no_outlet=NO_OUTLET, asserted=Modality.ASSERTED))
    return db


def read(db: duckdb.DuckDBPyConnection, folder: Path, how: str) -> None:
    """Make the tables of a folder that `isnad corpus` wrote those of a database, each a view or a table (`how`).

    Raises    InputError, one line, for tables of another schema, damaged ones, and where there are none.
    """
    try:
        schema = int(json.loads((folder / results_folder.SCHEMA).read_text(encoding="utf-8"))["schema"])
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{folder / results_folder.SCHEMA}: missing or damaged; make the tables again") from None
    if schema != tables.SCHEMA:
        raise InputError(f"{folder}: its tables have schema {schema}, not {tables.SCHEMA}; make them again")
    if not results_folder.partitions(folder):
        raise InputError(f"{folder}: there are no tables in it; run `isnad corpus` again")
    try:
        for name in tables.TABLES:
            db.execute(f"create {how} {name} as select * from {tables.files(folder, name)}")
        if results_folder.complete(folder) and (shared := folder / tables.SHARED_FILE).is_file():
            db.execute(f"create {how} {tables.SHARED} as select * from read_parquet('{tables.quoted(shared)}')")
        else:
            db.from_arrow(shared_text.table(folder)).create(tables.SHARED)
    except duckdb.Error as e:
        said = " ".join(str(e).split())
        raise InputError(f"{folder}: its tables cannot be read ({said}); make them again") from None


def _names(db: duckdb.DuckDBPyConnection) -> None:
    """For each entity one name: that of the lexicon, else the commonest spelling. What is not joined to anything in another
    article has the article's id behind its name.
    """
    found = db.sql(
        """select entity, entity_by, name, any_value(name_en order by number), any_value(article_id), count(*) n from (
             select entity, entity_by, name_ar as name, name_en, number, article_id, 0 as own from actors union all
             select entity, entity_by, name, coalesce(name_en, ''), number, article_id, 1 from sources where named)
           group by entity, entity_by, name order by min(own), n desc, name"""
    ).fetchall()
    known: dict[str, tuple[str, str, str, str]] = {}
    for entity, by, name, english, article_id, _ in found:
        called = f"{name} ({article_id})" if by == "article" else name
        known.setdefault(entity, (entity, called, english, by))
    _table(db, "entities", ("entity", "name", "name_en", "joined"), list(known.values()))


def _table(db: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    schema = pa.schema([(column, pa.string()) for column in columns])
    db.from_arrow(pa.table(dict(zip(columns, map(list, values), strict=True)), schema=schema)).create(name)


def counts(db: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The number of rows of each table; for claims, of asserted ones."""
    counted = {name: "asserted" if name == "claims" else name for name in tables.TABLES}
    return {name: db.sql(f"select count(*) from {of}").fetchall()[0][0] for name, of in counted.items()}


def overview(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row per outlet: articles, the first and the last day, words, attributed claims, sources; the largest first.

    `distinct_articles` are those that are no copy of an earlier one (`shared_text`), `distinct_claims` those in sentences
    that no earlier article has.
    """
    return db.sql(
        f"""with counted as (
              select number, count(*) filter (kind <> 'unattributed') as claims,
                     count(*) filter (kind <> 'unattributed' and not copied) as distinct_claims,
                     count(distinct source_id) as sources from asserted group by number)
            select coalesce(outlet, '{NO_OUTLET}') as outlet, count(*) as articles,
                   count(*) filter (coalesce(text_group = number, true)) as distinct_articles,
                   coalesce(min(date)::varchar, '{NO_DATE}') as first_day,
                   coalesce(max(date)::varchar, '{NO_DATE}') as last_day, sum(words)::bigint as words,
                   coalesce(sum(claims), 0)::bigint as claims, coalesce(sum(distinct_claims), 0)::bigint as distinct_claims,
                   coalesce(sum(sources), 0)::bigint as sources
            from articles join shared using (number) left join counted using (number)
            group by all order by articles desc, outlet"""
    ).df()


def shared_texts(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row per text that several articles print: its first article, how many articles and outlets; the widest first.

    Returns   group (1, 2, …), title, first_outlet, first_day, last_day, articles, outlets (known ones), article_id.
    """
    return db.sql(
        f"""with members as (
              select text_group, count(*) as articles, count(distinct outlet) as outlets, max(date) as last_day
              from shared join articles using (number) where text_group is not null group by text_group)
            select row_number() over (order by members.articles desc, date nulls last, number) as "group",
                   coalesce(title, '') as title, coalesce(outlet, '{NO_OUTLET}') as first_outlet,
                   coalesce(date::varchar, '{NO_DATE}') as first_day, coalesce(last_day::varchar, '{NO_DATE}') as last_day,
                   members.articles, members.outlets, article_id
            from members join articles on number = text_group order by members.articles desc, date nulls last, number"""
    ).df()


def voices(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row per name and outlet: claims that it makes (`speaks`), those of them in sentences that no earlier article has
    (`distinct`), and claims of others about it (`spoken_about`).

    A name is a source with a name, or an actor. Returns speaker, name_en, joined (how it was taken for one in several
    articles: `lexicon`, `own`, `full name`; `article`: it was not), outlet, speaks, distinct, spoken_about.
    """
    return db.sql(
        f"""with speaks as (
             select speaker, outlet, joined, count(*) as n, count(*) filter (not copied) as own from sourced where basis = '{Basis.NAMED}' group by all),
           about as (
             select e.name as speaker, outlet, e.joined, count(*) as n
             from (select number, outlet, actor_ids, unnest(about) as actor_id from sourced where kind <> 'unattributed') t
             join actors using (number, actor_id) join entities e using (entity)
             where not coalesce(list_contains(actor_ids, actor_id), false) group by all),
           every as (select speaker, outlet, joined, n as speaks, own, 0 as spoken_about from speaks
             union all select speaker, outlet, joined, 0, 0, n from about),
           counted as (
             select speaker, outlet, sum(speaks)::bigint as speaks, sum(own)::bigint as own,
                    sum(spoken_about)::bigint as spoken_about
             from every group by all),
           how as (select speaker, min_by(joined, list_position({list(JOINED)}, joined)) as joined from every group by all)
           select speaker, coalesce(name_en, '') as name_en, joined, outlet, speaks, own as "distinct", spoken_about from counted
           join how using (speaker)
           left join (select name as speaker, min(name_en) as name_en from entities group by all) using (speaker)
           order by sum(own) over (partition by speaker) desc, sum(speaks) over (partition by speaker) desc, sum(spoken_about) over (partition by speaker) desc,
                    speaker, outlet"""
    ).df()


def rests(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row per outlet and month: articles, words, and the shares of words by basis and in no claim, which add up to 1.

    `copied_share` is that of the words in sentences that an earlier article has. Articles without outlet or date have a row that says so.
    """
    parts = (*Basis, UNCLAIMED)
    shares = ", ".join(f"round(sum({part}_words) / sum(words), 4) as {part}_share" for part in parts)
    return db.sql(
        f"""select coalesce(outlet, '{NO_OUTLET}') as outlet, coalesce(strftime(date, '%Y-%m'), '{NO_DATE}') as month,
                   count(*) as articles, sum(words)::bigint as words, {shares},
                   round(sum(copied_words) / sum(words), 4) as copied_share
            from (select *, sum(words) over (partition by outlet) as in_outlet from articles join shared using (number))
            group by outlet, month, in_outlet order by in_outlet desc, outlet, month"""
    ).df()


def stances(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row per named speaker of two claims or more: claims by the stance of their cues, outlets, and the cues.

    Claims in sentences that an earlier article has are left out: their cue is not the choice of this outlet.
    The column `by_outlet` shows differences: for each outlet, the stances other than neutral.
    """
    columns = ", ".join(f"count(*) filter (stance = '{stance}') as {stance}" for stance in STANCES)
    return db.sql(
        f"""select speaker, count(*) as claims, {columns}, count(distinct outlet) as outlets,
                   string_agg(distinct cue_lemma, ' ' order by cue_lemma) as cues,
                   coalesce(string_agg(distinct outlet || ': ' || stance, '؛ ' order by outlet || ': ' || stance)
                            filter (stance <> 'neutral'), '') as by_outlet
            from sourced where basis = '{Basis.NAMED}' and stance is not null and not copied
            group by speaker having count(*) >= {SPEAKER_CLAIMS} order by claims desc, speaker"""
    ).df()
