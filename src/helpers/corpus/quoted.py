"""Who is quoted in a corpus: what `analysis.quoted` adds up, out of the Parquet tables of `isnad corpus`, counted by DuckDB.

One row of DuckDB's is what one name is quoted with in all articles; no claim and no article becomes an object here.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb
import pyarrow as pa

from helpers.analysis import identities, name_decisions
from helpers.analysis.name_decisions import Decisions
from helpers.analysis.quoted import EXAMPLES, VIEW, Example, Part, Quoted, label, shortened, title, unnamed
from helpers.analysis.quoted import added as added_up
from helpers.corpus import questions, results_folder
from helpers.lexicon import countries
from helpers.records.modality import Modality

ROWS = 2_000  # that are taken from DuckDB at once
KEY = "entity, name, article"
KINDS = ", ".join(f"'{kind}'" for kind in identities.TYPES)
COUNTED = f"""
create or replace view counted as
select c.number, c.article_id, c.claim_id, c."order", c.kind = 'direct' as direct, c.act <> '{VIEW}' as statement,
       coalesce(s.kind, 'unknown') as kind, coalesce(s.kind in ({KINDS}), false) as joinable,
       if(joinable, s.entity, '{unnamed("")}' || coalesce(s.kind, 'unknown')) as entity,
       if(joinable, s.entity_by, '') as entity_by, if(joinable, s.name, '') as name, s.name_en,
       s.source_id, s.justification.exact as justification, a.outlet, a.date,
       xor(a.sentence_hashes[c.sentence], row_number() over (partition by c.number, c.sentence order by c."order")) as said,
       if(coalesce(d.everywhere or list_contains(d.articles, c.article_id), false), c.article_id, '') as article
from claims c join articles a using (number)
left join sources s on s.number = c.number and s.source_id = c.source_id
left join decided d on s.kind in ({KINDS}) and d.entity = s.entity and d.name = s.name
where c.modality = '{Modality.ASSERTED}' and c.kind <> 'unattributed' and c.within is null
  and c.act in ('speech', 'evidence', '{VIEW}');
"""
SUMS = f"""
select {KEY}, any_value(entity_by), any_value(name_en order by number), histogram(kind), histogram(outlet),
       list(distinct number), count(*) filter (where statement), min(date), max(date)
from counted group by {KEY} order by {KEY}
"""
# Each text once, where it is first: as `quoted_articles.key_of` and `quoted.Said`.
SAID = f"""
select {KEY}, said, unnest(min(row(coalesce(date, date '9999-12-31'), number, statement, statement and direct)))
from counted group by {KEY}, said order by {KEY}
"""
TITLES = f"""
select {KEY}, any_value(kind), justification, count(*) from (
  select distinct {KEY}, kind, justification, number, source_id from counted where joinable and justification is not null)
group by {KEY}, justification order by {KEY}
"""
FIRST = f"""
with places as (
  select {KEY}, statement, date, number, claim_id, "order", said, row_number() over (
    partition by {KEY}, number, if(joinable, source_id, '') order by statement desc, "order") as nth
  from counted),
once as (
  select * from places where nth <= {EXAMPLES} qualify row_number() over (
    partition by {KEY}, said order by statement desc, nth, date nulls last, number, "order") = 1),
first as (
  select *, row_number() over (
    partition by {KEY} order by statement desc, nth, date nulls last, number, "order") as at
  from once)
select {KEY}, not p.statement, p.nth, coalesce(p.date, date '9999-12-31'), p.number, p."order",
       p.said, c.article_id, c.paragraph, c.sentence, list_transform(c.content, lambda x: x.exact)
from first p join claims c using (number, claim_id) where p.at <= {EXAMPLES} order by {KEY}, p.at
"""
Key = tuple[str, str, str]


class Corpus:
    """A folder that `isnad corpus` wrote, of which it is asked who is quoted."""

    def __init__(self, folder: Path) -> None:
        """Raises InputError, one line, for tables of another schema."""
        self.db = duckdb.connect()
        questions.read(self.db, folder, "view")
        self.articles, failures = (len_of(self.db, name) for name in ("articles", "failures"))
        self.numbers = self.articles + failures
        self.complete = results_folder.complete(folder)

    def ids(self) -> Iterator[str]:
        """The ids of its articles."""
        return (article_id for (article_id,) in _fetched(self.db, "select article_id from articles"))

    def parts(self, decisions: Decisions, first: int = 0) -> Iterator[Part]:
        """What it quotes, as `parts` gives it."""
        return parts(self.db, decisions, first)


def rows(db: duckdb.DuckDBPyConnection, decisions: Decisions | None = None) -> list[Quoted]:
    """The rows of one corpus, as `analysis.quoted.Tally` gives them.

    db          with the tables of a corpus (`questions.database`)
    decisions   by default the user's own; of their names those that are in no article are passed over
    """
    decided = name_decisions.own() if decisions is None else decisions
    return added_up(parts(db, decided), decided)[0]


def len_of(db: duckdb.DuckDBPyConnection, name: str) -> int:
    """The rows of a table."""
    return int(db.sql(f"select count(*) from {name}").fetchall()[0][0])


def parts(db: duckdb.DuckDBPyConnection, decisions: Decisions, first: int = 0) -> Iterator[Part]:
    """What a corpus quotes, a part per name.

    db      with the tables of a corpus (`questions.read`)
    first   added to the numbers of its articles, where other articles are counted beside it
    Memory  a few hundred bytes per name and title, and per distinct statement, and a number per article that has a name
    """
    lexicon = {
        entity: (arabic, english)
        for entity, arabic, english in db.sql(
            """select entity, any_value(name_ar order by number), any_value(name_en order by number) from actors
               where entity_by in ('lexicon', 'own') group by entity"""
        ).fetchall()
    }
    _decided(db, decisions, lexicon)
    db.execute(COUNTED)
    titles: dict[Key, Counter[str]] = {}
    for entity, name, article, kind, justification, times in _fetched(db, TITLES):
        if found := title(name, kind, justification):
            titles.setdefault((entity, name, article), Counter())[found] += times
    examples: dict[Key, list[tuple[object, ...]]] = {}
    for entity, name, article, *example in _fetched(db, FIRST):
        examples.setdefault((entity, name, article), []).append(tuple(example))
    texts = groupby(_fetched(db, SAID), key=itemgetter(0, 1, 2))
    for row, (_, said) in zip(_fetched(db, SUMS), texts, strict=True):
        key: Key = row[:3]
        part = _part(key, row[3:], titles.get(key, Counter()), examples[key], lexicon.get(key[0], ("", "")), first)
        for *_, text, day, number, statement, direct in said:
            part.add(text, (day, number + first, statement, direct))
        yield part
    db.execute("drop view counted; drop table decided")


def _part(
    key: Key,
    row: tuple,  # type: ignore[type-arg]
    titles: Counter[str],
    examples: list[tuple],  # type: ignore[type-arg]
    lexicon: tuple[str, str],
    first: int,
) -> Part:
    entity, name, article = key
    by, english, kinds, outlets, articles, statements, first_day, last_day = row
    if by == "article" and first:
        number, _, rest = entity.partition(":")
        entity = f"{int(number) + first}:{rest}"
    return Part(
        entity,
        by,
        name,
        english or "",
        lexicon if by in ("lexicon", "own") else ("", ""),
        article,
        Counter(kinds),
        titles,
        Counter({label(outlet): times for outlet, times in (outlets or {}).items()}),
        {number + first for number in articles},
        statements,
        {},
        tuple(filter(None, (first_day, last_day))),
        [
            (
                (late, nth, day, number + first, order),
                said,
                Example(article_id, paragraph, sentence, shortened(" … ".join(words))),
            )
            for late, nth, day, number, order, said, article_id, paragraph, sentence, words in examples
        ],
    )


def _decided(db: duckdb.DuckDBPyConnection, decisions: Decisions, lexicon: dict[str, tuple[str, str]]) -> None:
    """The names about which a decision needs to know the article, as a table: entity, name, everywhere, articles."""
    wanted = decisions.many | {words for words, _ in decisions.in_article}
    rows = []
    if wanted:
        for entity, name in _fetched(db, f"select distinct entity, name from sources where kind in ({KINDS})"):
            keys = {countries.key(each) for each in (name, lexicon.get(entity, ("",))[0])} & wanted
            if keys:
                articles = [article for words, article in decisions.in_article if words in keys]
                rows.append((entity, name, bool(keys & decisions.many), articles))
    schema = pa.schema(
        [
            ("entity", pa.string()),
            ("name", pa.string()),
            ("everywhere", pa.bool_()),
            ("articles", pa.list_(pa.string())),
        ]
    )
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    db.execute("drop table if exists decided")
    db.from_arrow(pa.table([list(c) for c in columns], schema=schema)).create("decided")


def _fetched(db: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple]:  # type: ignore[type-arg]
    cursor = db.cursor()
    found = cursor.execute(query)
    while rows := found.fetchmany(ROWS):
        yield from rows
