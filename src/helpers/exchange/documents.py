"""An article with its annotations, as every format of exchange gets it to write, and gives it back.

The records are those of `records`, written by `records.codec.whole`; what follows from the text (places, actors that a
content mentions) is not exchanged, and is worked out anew where a document is imported.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field, structs

from helpers.annotation import draft, load
from helpers.annotation.load import Annotations
from helpers.extraction.known import Known
from helpers.files.errors import InputError
from helpers.records import codec
from helpers.records.actors import NamedActor
from helpers.records.claims import UNREVIEWED, Claim
from helpers.records.events import Event, Oddity
from helpers.records.mentions import Mention
from helpers.records.readings import Reading
from helpers.records.sources import Source
from helpers.text import articles
from helpers.text.articles import Article, Span


class Document(Struct, frozen=True):
    """An article with its annotations.

    article_id   its id, safe in paths; of a file of another tool, what that calls it
    sha256       of the text that the offsets are of; None where a file does not say it
    text         that text; None where a file does not have it
    claims, sources, mentions    all of them, in their order, rejected ones and those that nobody has decided on too
    id           as the input of the article gave it, text or number
    path         the file of the article
    warnings     what makes its text doubtful
    actors       who is named in it, for whoever reads the file; not read back
    oddities, events             what people noted beside; only a folder of annotations holds them
    exported     the ids of the claims that a file was once written with; None where it does not say. One of those that is
                 not among the claims was deleted in the other tool.
    reopened     the ids of claims that people had decided on when the file was written, and that somebody opened again
    passed_over  what a file has beside that is not of an annotation of ours, in a few words, and how often
    """

    article_id: str
    sha256: str | None
    text: str | None
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    mentions: tuple[Mention, ...] = ()
    id: str | int = ""
    path: str = ""
    warnings: tuple[str, ...] = ()
    actors: tuple[NamedActor, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    events: tuple[Event, ...] = ()
    exported: frozenset[str] | None = None
    reopened: frozenset[str] = frozenset()
    passed_over: Mapping[str, int] = field(default_factory=dict)


def of(article: Article, known: Known, reading: Reading) -> Document:
    """An article as it is to be written: with people's annotations where it has any, else as the machine reads it.

    known      what annotations are checked against
    reading    the article as the machine reads it; the claims of an article without annotations are its, unreviewed
    Raises     InputError for annotations that do not hold.
    """
    found = load.annotations(article, known.actors, known.cues) or _machines(reading)
    return held(
        article,
        found,
        id=codec.given_id(article),
        path=str(article.path),
        warnings=tuple(article.warnings),
        actors=reading.named,
    )


def held(article: Article, found: Annotations, **others: Any) -> Document:
    """An article with annotations as a document.

    others    what is known of it beside, by the names of a document's fields
    """
    return Document(
        article.article_id,
        article.sha256,
        article.text,
        found.claims,
        found.sources,
        found.mentions,
        oddities=found.oddities,
        events=found.events,
        **others,
    )


def annotations(document: Document) -> Annotations:
    """What a document holds, as a folder of annotations has it."""
    return Annotations(document.claims, document.sources, document.mentions, document.oddities, document.events)


def article(document: Document, where: Path) -> Article:
    """The article of a document that has its text. Raises InputError, one line, where that is no text of an article."""
    return articles.from_text(document.text or "", document.article_id, where, given_id=document.id or None)


def _machines(reading: Reading) -> Annotations:
    """What a machine read as a draft has it, and the outlet's own voice beside it."""
    drafted = draft.of(reading)
    own = (structs.replace(c, about=(), status=UNREVIEWED) for c in reading.claims if not c.attributed)
    return structs.replace(drafted, claims=(*drafted.claims, *own))


def whole(document: Document) -> dict[str, list[dict[str, Any]]]:
    """The records of a document as JSON has them, by table: `claims`, `sources`, `mentions`."""
    return {table: [codec.whole(each) for each in getattr(document, table)] for table in RECORDS}


RECORDS: dict[str, type[Struct]] = {
    "claims": Claim,
    "sources": Source,
    "mentions": Mention,
}


def from_whole(tables: Mapping[str, Any], what: str) -> dict[str, Any]:
    """The records of `whole`, by table. Raises InputError, one line that begins with `what`, for what is no such record."""
    found: dict[str, Any] = {}
    for table, kind in RECORDS.items():
        given = tables.get(table) or ()
        if not isinstance(given, list | tuple) or not all(isinstance(each, Mapping) for each in given):
            raise InputError(f"{what}: {table} is not a list of objects; export it again")
        records = []
        for number, each in enumerate(given, 1):
            try:
                records.append(codec.from_whole(kind, each))  # type: ignore[type-var]
            except InputError as e:
                raise InputError(f"{what}: {table}, record {number}: {e}") from None
        found[table] = tuple(records)
        ids = Counter(getattr(each, kind.__struct_fields__[0]) for each in records)
        if twice := [key for key, number in ids.items() if number > 1]:
            raise InputError(f"{what}: two {table} have the id {twice[0]!r}; give one of them another id")
    return found


def spans(document: Document) -> Iterator[tuple[str, str, Span]]:
    """All spans of a document, each with the id of its record and its role (of a mention, `mention`)."""
    for claim in document.claims:
        for role in ("source", "cue", "content", "antecedent"):
            held: Span | tuple[Span, ...] | None = getattr(claim, role)
            for span in held if isinstance(held, tuple) else (held,) if held else ():
                yield claim.claim_id, role, span
    for source in document.sources:
        if source.justification:
            yield source.source_id, "justification", source.justification
    for mention in document.mentions:
        yield mention.mention_id, "mention", mention.span


def checked(document: Document, where: object) -> Document:
    """The document, whose spans are those of its text.

    where     the file that it is from, for errors
    Raises    InputError, one line, where a text has other words at an offset than its span says.
    """
    if document.text is None:
        return document
    for record_id, role, span in spans(document):
        there = document.text[span.start : span.end]
        if not 0 <= span.start < span.end <= len(document.text) or there != span.exact:
            raise InputError(
                f"{where}: {document.article_id}: {record_id}: its {role} at {span.start}:{span.end} is "
                f"{_short(span.exact)}, but the text there is {_short(there)}; the file was changed by hand or is damaged"
            )
    return document


def left_out(document: Document, *tables: str) -> Counter[str]:
    """What of a document a format does not hold, of the tables that it has no place for: how many of each."""
    return Counter({table: len(getattr(document, table)) for table in tables if getattr(document, table)})


def _short(words: str) -> str:
    return repr(words if len(words) <= 40 else f"{words[:39]}…")
