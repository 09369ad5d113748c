"""Reads the rows of `sources.csv` as sources."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import structs

from helpers.annotation import anchoring, grade_rows
from helpers.annotation.anchoring import Spans
from helpers.annotation.faults import Faults
from helpers.files import csv_rows
from helpers.files.errors import InputError
from helpers.lexicon.entries import Actors
from helpers.records import fields, sources
from helpers.records.claims import Claim
from helpers.records.fields import Written
from helpers.records.sources import Source

COLUMNS = fields.names(Source, Written.ANNOTATION)
NEEDED = ("source_id", "name", "kind")
OPTIONAL = tuple(column for column in COLUMNS if column not in NEEDED)
TEXTS = tuple(field for field in fields.of(Source, Written.ANNOTATION) if field.type is str)
MACHINE = "machine:"  # prefix of the id of an actor that a machine found in the article itself


def read(
    path: Path, spans: Spans, actors: Actors, seen: dict[str, csv_rows.Row], faults: Faults
) -> tuple[Source, ...] | None:
    """The sources of a file in order; empty if the file does not exist, None if it could not be read.

    seen    filled with all rows by id, including invalid ones
    """
    if not path.exists():
        return ()
    try:
        rows = csv_rows.read(path, COLUMNS, optional=OPTIONAL, faults=faults.found)
    except InputError as e:
        faults.found.append(e)
        return None
    rules, found = grade_rows.rules(), []
    for row in rows:
        before, given = len(faults), dict[str, Any]()
        with faults.caught():
            anchoring.unique(row, "source_id", seen)
        with faults.caught():
            row.one_of("kind", sources.SOURCE_KINDS)
            if not row["name"]:
                raise row.error("name is empty; write what the article calls the source")
        for column in ("actor_ids", "affiliation_ids"):
            with faults.caught():
                given[column] = tuple(known(each, actors, row) for each in row[column].split())
        with faults.caught():
            given |= grade_rows.of_source(row, rules)
        if len(faults) == before:
            texts = {field.name: row[field.name] or (None if field.open else "") for field in TEXTS}
            justification = spans.one(row["source_id"], "justification")
            found.append(Source(justification=justification, **(texts | given)))
    return tuple(found)


def known(actor_id: str, actors: Actors, row: csv_rows.Row) -> str:
    """`actor_id`, if it is in a lexicon or that of an actor found by machine. Raises the row's InputError otherwise."""
    return actor_id if actor_id.startswith(MACHINE) else actors.known(actor_id, row)


def by_whom(found: Iterable[Source], claims: Iterable[Claim]) -> tuple[Source, ...]:
    """Sources with `made_by` set: `machine` if one has a machine's rule, no grade, and no claim that is decided on."""
    decided = {claim.source_id for claim in claims if claim.decided}
    return tuple(
        structs.replace(source, made_by="machine")
        if source.rule and not source.reliability and source.source_id not in decided
        else source
        for source in found
    )
