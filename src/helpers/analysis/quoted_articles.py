"""What one article quotes, a part per source, for the table of who is quoted in many (`quoted`)."""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from helpers.analysis import identities
from helpers.analysis.name_decisions import Decisions
from helpers.analysis.quoted import EXAMPLES, NOT_JOINED, VIEW, Example, Part, label, shortened, title, unnamed
from helpers.lexicon import countries
from helpers.lexicon.entries import Actor
from helpers.readings import Known
from helpers.records.claims import Claim
from helpers.records.readings import Reading
from helpers.records.sources import Source
from helpers.text import invisible, metadata, sentence_hashes


class Told(Struct, frozen=True):
    """What is asked of one article: its claims that were made, with its sources and actors by id.

    article_id   as the input has it
    day          of publication
    hashes       of its sentences, in order
    """

    article_id: str
    outlet: str
    day: date | None
    claims: tuple[Claim, ...]
    sources: Mapping[str, Source]
    actors: Mapping[str, Actor]
    hashes: tuple[int, ...]


def told(reading: Reading) -> Told:
    """What a reading says of who is quoted."""
    article = reading.article
    given = article.given_id
    return Told(
        invisible.writable(str(article.article_id if given is None else given)),
        str(article.about.get("outlet") or ""),
        metadata.day(article.about.get("date") or article.about.get("published")),
        reading.asserted,
        {source.source_id: source for source in reading.sources},
        reading.actors.by_id,
        sentence_hashes.of_article(article).hashes,
    )


def parts_of(article: Told, number: int, known: Known, decisions: Decisions) -> Iterator[Part]:
    """What one article quotes, a part per source; unnamed ones by kind.

    number   of the article among all that are added up
    """
    parts: dict[str, Part] = {}
    said: dict[str, list[Claim]] = {}
    outlet, day = label(article.outlet), article.day
    keys = _keys(article)
    for claim in article.claims:
        if not _counted(claim):
            continue
        source = article.sources[claim.source_id] if claim.source_id else None
        kind = source.kind if source else NOT_JOINED
        if source and kind in identities.TYPES:
            key = source.source_id
            if key not in parts:
                parts[key] = _begun(article, source, number, known)
        else:
            key = unnamed(kind)
            parts.setdefault(key, Part(key, "", ""))
        part = parts[key]
        first_said = day or date.max, number, claim.reported, claim.reported and claim.kind == "direct"
        part.count(claim, kind, outlet, keys[claim.claim_id], first_said)
        said.setdefault(key, []).append(claim)
    for key, part in parts.items():
        part.articles.add(number)
        part.days = (day,) if day else ()
        part.article = needed(decisions, part.name, part.lexicon[0], article.article_id)
        first = heapq.nsmallest(EXAMPLES, said[key], key=lambda claim: (not claim.reported, claim.order))
        part.examples = [
            (
                (not claim.reported, nth, day or date.max, number, claim.order),
                keys[claim.claim_id],
                _example(article, claim),
            )
            for nth, claim in enumerate(first, 1)
        ]
        yield part


def _counted(claim: Claim) -> bool:
    return claim.attributed and claim.within is None and (claim.reported or claim.act == VIEW)


def _keys(article: Told) -> dict[str, int]:
    """The key of each counted claim, by id."""
    keys: dict[str, int] = {}
    before: Counter[int] = Counter()
    for claim in sorted(filter(_counted, article.claims), key=lambda claim: claim.order):
        before[claim.sentence] += 1
        inside = 0 < claim.sentence <= len(article.hashes)
        hashed = (
            article.hashes[claim.sentence - 1] if inside else sentence_hashes.of_texts([claim.content_text]).hashes[0]
        )
        keys[claim.claim_id] = key_of(hashed, before[claim.sentence])
    return keys


def key_of(sentence_hash: int, nth: int) -> int:
    """The key of a claim, the same wherever its sentence is printed.

    nth   of the counted claims of its sentence, from 1
    """
    return sentence_hash ^ nth


def _example(article: Told, claim: Claim) -> Example:
    return Example(article.article_id, claim.paragraph, claim.sentence, shortened(claim.content_text))


def _begun(article: Told, source: Source, number: int, known: Known) -> Part:
    """The part of a source that can be joined, before its claims are counted."""
    entity, by = identities.of_source(source, article.actors, number, known)
    actor = article.actors.get(entity) if by in ("lexicon", "own") else None
    part = Part(entity, by, source.name, source.name_en or "", (actor.name_ar, actor.name_en) if actor else ("", ""))
    if found := title(source.name, source.kind, source.justification.exact if source.justification else None):
        part.titles[found] += 1
    return part


def needed(decisions: Decisions, name: str, lexicon: str, article_id: str) -> str:
    """The article's id where a decision about the name depends on it; else empty."""
    return (
        article_id if any(decisions.needs_article(countries.key(each), article_id) for each in (name, lexicon)) else ""
    )
