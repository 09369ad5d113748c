"""The work on one batch: read each article, turn the readings into rows, write the partition.

The lexicons are compiled once by the process that starts the run, and sent once to each worker.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from helpers import readings
from helpers.analysis import identities
from helpers.corpus import tables
from helpers.corpus.tables import Rows
from helpers.files.errors import InputError, unexpected
from helpers.inputs.batches import Batch
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

Finished = tuple[Batch, dict[str, int]]  # a batch, with the counts of its partition
DoBatches = Callable[[Iterable[Batch]], Iterator[Finished]]  # processes batches on a cluster or in this process
LEXICONS: dict[str, Known] = {}  # on a worker, the compiled lexicons of each run
ARTICLES_HELD = 25  # articles whose objects are in memory at once
HERE = Path("article")  # begins every error; failures have their own column for the place


def write(run: str, out: str, options: Options, batch: Batch) -> dict[str, int]:
    """Process one batch on a worker that has the lexicons of this run. Returns the counts of its partition."""
    return tables.write(Path(out), batch.number, tables_of(batch, LEXICONS[run], options))


def tables_of(batch: Batch, known: Known, options: Options) -> dict[str, pa.Table]:
    """The tables of a batch: each of its articles becomes a row of `articles` or of `failures`.

    Only some articles are processed at a time, so that memory is reused, which takes a fifth less time.
    """
    inside = batch.unpacked
    parts = []
    for at in range(0, len(inside), ARTICLES_HELD):
        parts += _parts(inside[at : at + ARTICLES_HELD], batch.first + at, known, options)
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


def read_only(run: str, options: Options, batch: Batch) -> None:
    """Read a batch and discard the result, to see whether the worker survives."""
    tables_of(batch, LEXICONS[run], options)
