"""The work on a task: read its articles, turn the readings into rows, write each partition.

The lexicons are compiled once by the process that starts the run, and sent once to each worker.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from helpers import readings
from helpers.analysis import identities
from helpers.corpus import tables
from helpers.corpus.plan import Task
from helpers.corpus.tables import Rows
from helpers.files.errors import InputError, unexpected
from helpers.inputs.input_articles import (
    ABOUT,
    LONGEST_TEXT,
    InputArticle,
    Options,
    carried,
    said_by,
    too_long,
    with_day,
)
from helpers.inputs.pieces import DIES, Reader
from helpers.readings import Known
from helpers.records import claims, fields
from helpers.records.actors import NamedActor
from helpers.records.basis import Basis
from helpers.records.claims import Claim
from helpers.records.fields import Written
from helpers.records.mentions import Mention
from helpers.records.readings import Reading
from helpers.records.sources import Source
from helpers.text import articles, invisible, metadata, sentence_hashes
from helpers.text.articles import Article

Counts = dict[str, int]  # of one partition: rows of each table, asserted claims, words
LEXICONS: dict[str, Known] = {}  # on a worker, the compiled lexicons of each run
ARTICLES_HELD = 25  # articles whose objects are in memory at once
HERE = Path("article")  # begins every error; failures have their own column for the place


def write(run: str, out: str, options: Options, task: Task) -> list[Counts]:
    """Read, process and write the partitions of a task, on a worker that has the lexicons of this run.

    Partitions that are there already are kept. Returns the counts of each.
    """
    reader = Reader(task.files, options)
    made = []
    for each in task.partitions:
        counts = tables.counts(Path(out), each.number)
        if counts is None:
            inside = _without_killers(reader.articles(each.pieces), each.killers)
            found = tables_of(inside, each.first, LEXICONS[run], options)
            counts = tables.write(Path(out), each.number, found)
        made.append(counts)
    return made


def _without_killers(found: Iterable[InputArticle], killers: Collection[int]) -> Iterator[InputArticle]:
    """The articles, of which those at the positions in `killers` fail."""
    for position, article in enumerate(found):
        yield replace(article, text="", wrong=DIES) if position in killers else article


def articles_of(options: Options, task: Task) -> list[InputArticle]:
    """The articles of a task, read and not processed, to see whether the worker survives that."""
    return [article for each in task.partitions for article in Reader(task.files, options).articles(each.pieces)]


def tried(run: str, options: Options, article: InputArticle) -> None:
    """Process one article and discard the result, to see whether the worker survives that."""
    tables_of([article], 0, LEXICONS[run], options)


def tables_of(inside: Iterable[InputArticle], first: int, known: Known, options: Options) -> dict[str, pa.Table]:
    """The tables of some articles: each becomes a row of `articles` or of `failures`.

    Only some articles are held and processed at a time, so that memory is reused, which takes a fifth less time.
    first    the number of the first article
    """
    left = iter(inside)
    parts = [{name: tables.table(name, ()) for name in tables.TABLES}]
    while held := list(islice(left, ARTICLES_HELD)):
        parts += _parts(held, first, known, options)
        first += len(held)
    return {name: pa.concat_tables([part[name] for part in parts]).combine_chunks() for name in tables.TABLES}


def _parts(inside: list[InputArticle], first: int, known: Known, options: Options) -> list[dict[str, pa.Table]]:
    """The tables of some articles; one whose rows cannot be written becomes a failure without affecting the others."""
    try:
        return [rows(inside, first, known, options)]
    except Exception as e:
        if len(inside) == 1:
            wrong = f"what was read in it cannot be written ({type(e).__name__}: {said_by(e)})"
            return [rows([replace(inside[0], text="", about={}, wrong=wrong)], first, known, options)]
        return [part for at, each in enumerate(inside, first) for part in _parts([each], at, known, options)]


def rows(inside: list[InputArticle], first: int, known: Known, options: Options) -> dict[str, pa.Table]:
    """The tables of some articles, of which the first has the number `first`."""
    found: Rows = {name: [] for name in tables.TABLES}
    for number, record in enumerate(inside, first):
        try:
            if record.wrong is not None:
                raise InputError(record.wrong)
            reading = read_article(record, known, options)
            _add(found, number, record, reading, known)
        except Exception as e:  # any error in one article must not affect the others
            reason = str(e).removeprefix(f"{HERE}: ") if isinstance(e, InputError) else unexpected(e)
            failed = (record.article_id, record.source, record.place, invisible.shown(" ".join(reason.split())))
            found["failures"].append((number, *map(_sound, failed)))
    return {name: tables.table(name, found[name]) for name in tables.TABLES}


def read_article(record: InputArticle, known: Known, options: Options) -> Reading:
    """The machine's reading of one article. Raises InputError if it is not an article."""
    text, warnings = record.text, tuple[str, ...]()
    about: dict[str, Any] = record.about  # values of columns as received
    if isinstance(text, bytes):
        text, found, warnings = articles.received_text(text, Path(record.source), options.encoding)
        about = carried(found) | about
        warnings += tuple(str(about.pop("warning", "")).splitlines())
    if len(text) > LONGEST_TEXT:
        raise InputError(too_long())
    about, doubt = with_day(about)
    warnings += (doubt,) if doubt else ()
    article = articles.from_text(text, str(record.article_id), HERE, about, warnings=warnings)
    if not options.any_language:
        articles.in_arabic(article)
    return readings.read(article, known, machine=True)


def _add(made: Rows, number: int, record: InputArticle, reading: Reading, known: Known) -> None:
    """Add the rows of one reading; all of them, or none if one cannot be written."""
    article = reading.article
    key = (number, _sound(article.article_id))
    words_of = Counter(claims.innermost(article, reading.claims))
    by_claim, rest = [words_of[at] for at in range(len(reading.claims))], words_of[claims.NO_CLAIM]
    bases = [reading.basis_of(claim) for claim in reading.claims]
    by_basis = dict.fromkeys(Basis, 0)
    for basis, words in zip(bases, by_claim, strict=True):
        by_basis[basis] += words
    by_basis[Basis.OUTLET] += words_of[claims.UNSAID]
    told = sentence_hashes.of_article(article)
    counted = (*_sizes(article), *by_basis.values(), rest)
    made["articles"].append((*key, *_about(record, article), *counted, told.hashes, told.words, article.warnings))
    at = tables.TABLES["claims"].names.index("basis") - len(key)
    for claim, basis, words in zip(reading.claims, bases, by_claim, strict=True):
        values = fields.values(Claim, Written.CORPUS)(claim)
        made["claims"].append((*key, *values[:at], basis, words, *values[at:]))
    at = tables.TABLES["sources"].names.index("named") - len(key)
    for source in reading.listed:
        values = fields.values(Source, Written.CORPUS)(source)
        joined = identities.of_source(source, reading.actors.by_id, number, known)
        made["sources"].append((*key, *values[:at], source.named, *joined, *values[at:]))
    made["mentions"].extend((*key, *fields.values(Mention, Written.CORPUS)(mention)) for mention in reading.mentions)
    at = tables.TABLES["actors"].names.index("entity") - len(key)
    for actor in reading.named:
        values = fields.values(NamedActor, Written.CORPUS)(actor)
        made["actors"].append((*key, *values[:at], *identities.of_actor(actor, number, known), *values[at:]))


def _sizes(article: Article) -> tuple[object, ...]:
    return article.sha256, len(article.text), len(article.paragraphs), len(article.sentences), len(article.words)


def _about(record: InputArticle, article: Article) -> tuple[object, ...]:
    """The values about the origin of an article: its metadata, and as JSON the columns without one of their own."""
    about = dict(article.about)
    day = metadata.day(about.get("date"))
    if day is not None:
        del about["date"]
    outlet, url, title, author = (about.pop(name, None) for name in ABOUT if name != "date")
    rest = json.dumps(about, default=str, sort_keys=True) if about else None
    return (*map(_sound, (record.source, record.place, outlet)), day, *map(_sound, (url, title, author, rest)))


def _sound(value: object) -> str | None:
    """A text that can be written as UTF-8."""
    return None if value is None else invisible.writable(str(value))
