"""Loads people's annotations of one article, anchors them in its text, and checks them row by row.

A folder of annotations (see `folder`) has `article.toml` (with the sha256 of the article), `claims.csv` and
`spans.csv`, and, if needed, `sources.csv`, `mentions.csv` (actors that the machine does not find, or finds wrongly),
`oddities.csv` (irregularities of the text, which are never corrected) and `events.csv` (the events of the article, with
the words that date them). A row that does not match the text is an error that names file and row.
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, structs

from helpers.annotation import anchoring, claim_rows, folder, remark_rows, source_rows, unanchored_rows
from helpers.annotation.faults import Faults
from helpers.files import csv_rows
from helpers.files.errors import InputError
from helpers.lexicon.entries import Actors, Cue
from helpers.records import claims, curated
from helpers.records.claims import Claim
from helpers.records.curated import Curated
from helpers.records.events import Event, Oddity
from helpers.records.mentions import Mention
from helpers.records.sources import Source
from helpers.text.articles import Article

CLAIM_COLUMNS = claim_rows.COLUMNS
SOURCE_COLUMNS = source_rows.COLUMNS
MENTION_COLUMNS = remark_rows.MENTION_COLUMNS


class Annotations(Struct, frozen=True, gc=False):
    """All records in a folder of annotations, including rejected and undecided ones, in the order of the text.

    lost    the ids of claims with words that are no longer found in the corrected text; they count as undecided
    """

    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    mentions: tuple[Mention, ...]
    oddities: tuple[Oddity, ...] = ()
    events: tuple[Event, ...] = ()
    lost: frozenset[str] = frozenset()


class Layer(Struct, frozen=True, gc=False):
    """The annotations of one article that become part of its reading.

    claims              the claims that are neither rejected nor lost, in the order of the text; their `within` refers
                        to one of these
    mentions            the mentions on which people decided
    rejected_mentions   the mentions that people rejected: the actor is not named there
    curated             who decided on how many claims
    """

    claims: tuple[Claim, ...]
    rejected: tuple[Claim, ...]
    sources: tuple[Source, ...]
    mentions: tuple[Mention, ...]
    rejected_mentions: tuple[Mention, ...]
    oddities: tuple[Oddity, ...]
    events: tuple[Event, ...]
    curated: Curated


def layer(article: Article, actors: Actors, cues: dict[str, Cue]) -> Layer | None:
    """People's annotations of an article for its reading, or None if it is not annotated.

    Raises    InputError, naming file and row, for the first conflict with the article, the lexicons or another row.
    """
    found = annotations(article, actors, cues)
    return None if found is None else layered(found)


def annotations(
    article: Article, actors: Actors, cues: Mapping[str, Cue], where: Path | None = None
) -> Annotations | None:
    """All records in the folder of an article's annotations, or None if it is not annotated.

    where     the folder, if it is not the article's own
    Raises    InputError, naming file and row, for the first conflict with the article, the lexicons or another row.
    """
    faults = Faults()
    found = _read(article, where or folder.of(article), actors, cues, faults)
    if faults.found:
        raise faults.found[0]
    return found


def faults(article: Article, actors: Actors, cues: Mapping[str, Cue], where: Path | None = None) -> list[InputError]:
    """All that is wrong with the annotations of an article, in the order of files and rows; nothing when not annotated.

    where     another folder than the article's own
    """
    found = Faults()
    _read(article, where or folder.of(article), actors, cues, found)
    return found.found


def layered(found: Annotations) -> Layer:
    """Annotations for a reading: without rejected records; claims and sources are numbered and named again."""
    by_id = {claim.claim_id: claim for claim in found.claims}
    out = found.lost | {claim.claim_id for claim in found.claims if claim.rejected}
    kept = [claim for claim in found.claims if claim.claim_id not in out]
    numbered = tuple(
        structs.replace(claim, order=number, within=_outer(claim, by_id, out)) for number, claim in enumerate(kept, 1)
    )
    said = {claim.source_id for claim in found.claims}
    speaking = {claim.source_id for claim in kept}
    return Layer(
        claims=numbered,
        rejected=tuple(claim for claim in found.claims if claim.rejected),
        sources=tuple(s for s in found.sources if s.source_id in speaking or s.source_id not in said),
        mentions=tuple(m for m in found.mentions if m.status not in (claims.REJECTED, claims.UNREVIEWED)),
        rejected_mentions=tuple(m for m in found.mentions if m.status == claims.REJECTED),
        oddities=found.oddities,
        events=tuple(_reported(event, out) for event in found.events),
        curated=curated.of(found.claims),
    )


def _outer(claim: Claim, by_id: Mapping[str, Claim], out: frozenset[str]) -> str | None:
    """The id of the nearest claim around a claim that is not in `out`; None if there is none."""
    outer = claim.within
    while outer in out:
        outer = by_id[outer].within
    return outer


def _reported(event: Event, out: frozenset[str]) -> Event:
    """The event with its claims that are not in `out`."""
    return structs.replace(event, claim_ids=tuple(each for each in event.claim_ids if each not in out))


def _read(article: Article, where: Path, actors: Actors, cues: Mapping[str, Cue], faults: Faults) -> Annotations | None:
    """The records in a folder, without those that have faults."""
    if not folder.annotated(where):
        return None
    with faults.caught():
        folder.bound(where, article)
    if faults.found:  # if the text is another one, every row would be wrong
        return None
    try:
        spans = anchoring.spans(folder.file(where, folder.SPANS), article, faults)
    except InputError as e:  # without spans.csv every claim would lack its spans
        faults.found.append(e)
        return None
    named: dict[str, csv_rows.Row] = {}
    seen: dict[str, csv_rows.Row] = {}
    found_sources = source_rows.read(folder.file(where, folder.SOURCES), spans, actors, named, faults)
    found_claims: tuple[Claim, ...] = ()
    lost: frozenset[str] = frozenset()
    with faults.caught():
        lost = unanchored_rows.claims(folder.file(where, folder.UNANCHORED))
    with faults.caught():
        source_ids = None if found_sources is None else named
        found_claims = claim_rows.read(
            folder.file(where, folder.CLAIMS), article, spans, cues, source_ids, seen, faults, lost
        )
        for record_id in sorted(set(spans.by_record) - set(seen) - set(named)):
            rows = [row for parts in spans.of(record_id).values() for row, _ in parts]
            if rows and source_ids is not None:
                said = f"{record_id!r} is neither a claim nor a source; fix the id or remove the row"
                faults.found.append(rows[0].error(said))
    return Annotations(
        found_claims,
        source_rows.by_whom(found_sources or (), found_claims),
        remark_rows.mentions(folder.file(where, folder.MENTIONS), article, actors, faults),
        remark_rows.oddities(folder.file(where, folder.ODDITIES), article, faults),
        remark_rows.events(folder.file(where, folder.EVENTS), article, seen.keys(), faults),
        lost & seen.keys(),
    )
