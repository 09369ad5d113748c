"""Reads the rows of `mentions.csv`, `oddities.csv` and `events.csv`: annotations other than claims and sources."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from helpers.annotation import anchoring, source_rows
from helpers.annotation.anchoring import PLACES
from helpers.annotation.faults import Faults
from helpers.files import csv_rows
from helpers.lexicon.entries import ALIAS_VIA, Actors
from helpers.records import claims, fields
from helpers.records.events import Event, Oddity
from helpers.records.fields import Written
from helpers.records.mentions import Mention
from helpers.text.articles import Article

MENTION_COLUMNS = fields.names(Mention, Written.ANNOTATION)
MENTION_VIA = ("description", *ALIAS_VIA, "capital")
ODDITY_COLUMNS = ("start", "end", "exact", "kind", "note")
ODDITY_KINDS = ("misspelling", "two spellings", "grammar", "punctuation")
EVENT_COLUMNS = ("event_id", "label_ar", "label_en", "start", "end", "exact", "claim_ids", "note")
Record = TypeVar("Record")


def mentions(path: Path, article: Article, actors: Actors, faults: Faults) -> tuple[Mention, ...]:
    """The mentions of a file, including rejected and undecided ones."""
    seen: dict[str, csv_rows.Row] = {}

    def mention(row: csv_rows.Row) -> Mention:
        span = anchoring.anchor(row, article)
        place = article.place(span.start)
        mention_id = anchoring.unique(row, "mention_id", seen)
        actor_id = source_rows.known(row["actor_id"], actors, row)
        listed = actors.by_id.get(actor_id)
        status = row.one_of("status", ("", *claims.STATUSES)) or claims.ACCEPTED
        return Mention(
            mention_id=mention_id,
            paragraph=place.paragraph,
            sentence=place.number,
            actor_id=actor_id,
            span=span,
            via=row.one_of("via", MENTION_VIA),
            made_by="machine" if status == claims.UNREVIEWED else "people",
            found_by=listed.found_by if listed else "machine",
            status=status,
            annotator=row["annotator"],
            note=row["note"],
        )

    return _records(path, MENTION_COLUMNS, ("status", "annotator", "note"), mention, faults)


def oddities(path: Path, article: Article, faults: Faults) -> tuple[Oddity, ...]:
    """The oddities of a file."""

    def oddity(row: csv_rows.Row) -> Oddity:
        span = anchoring.anchor(row, article)
        return Oddity(span, article.place(span.start).paragraph, row.one_of("kind", ODDITY_KINDS), row["note"])

    return _records(path, ODDITY_COLUMNS, ("note",), oddity, faults)


def events(path: Path, article: Article, claim_ids: Collection[str], faults: Faults) -> tuple[Event, ...]:
    """The events of a file.

    claim_ids    the ids of claims.csv
    """
    seen: dict[str, csv_rows.Row] = {}

    def event(row: csv_rows.Row) -> Event:
        event_id, reported = anchoring.unique(row, "event_id", seen), tuple(row["claim_ids"].split())
        if not reported or not set(reported) <= set(claim_ids):
            raise row.error(f"claim_ids is {row['claim_ids']!r}; name the claims of claims.csv that report the event")
        time = anchoring.anchor(row, article) if row["exact"] else None
        return Event(event_id, row["label_ar"], row["label_en"], time, reported, row["note"])

    return _records(path, EVENT_COLUMNS, ("exact", "note"), event, faults)


def _records(
    path: Path,
    columns: tuple[str, ...],
    spared: tuple[str, ...],
    record: Callable[[csv_rows.Row], Record],
    faults: Faults,
) -> tuple[Record, ...]:
    """The records of a file's rows; none if the file does not exist. Errors of rows are added to `faults`.

    spared    columns that may be missing, besides the offsets
    """
    if not path.exists():
        return ()
    found: list[Record] = []
    with faults.caught():
        for row in csv_rows.read(path, columns, optional=(*spared, *PLACES), faults=faults.found):
            with faults.caught():
                found.append(record(row))
    return tuple(found)
